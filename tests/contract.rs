//! The contract's rules on invented reports with all kinds of dirt, and on bytes that are no report.

mod common;

use common::{agrees, encodings, loses_nothing, named, page, read, same_report};
use gangmu::report::{Offsets, Report};
use gangmu::{Options, extract};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

/// Invented words in one script.
struct Words {
    title: &'static str,
    subtitle: &'static str,
    salutation: &'static str,
    headings: &'static [&'static str],
    openers: &'static [&'static str],
    /// Sentences with a number in the place of `#`.
    sentences: &'static [&'static str],
}

const SIMPLIFIED: Words = Words {
    title: "政协云泽市委员会常务委员会工作报告",
    subtitle: "——2025年1月8日在政协云泽市第十五届委员会第三次会议上",
    salutation: "各位委员：",
    headings: &[
        "2024年工作回顾",
        "一、围绕发展大局建言",
        "二、用心为民履职",
        "（一）做实提案工作",
        "2025年工作建议",
    ],
    openers: &["协商议政更有质量。", "一是抓实理论学习。", "委员联系群众更加紧密。", ""],
    sentences: &[
        "全年开展重点协商#次，形成调研报告#篇。",
        "收到提案#件，经审查立案#件，办复率达到#%。",
        "组织#名委员深入社区走访，捐款捐物#余万元。",
        "社情民意信息被采用近#条，居全省第#位。",
        "全市地区生产总值增长#%，比上年提高#个百分点。",
        "我们始终把服务群众放在心上，办好每一件实事。",
        "力争新建绿道#公里，惠及居民#户以上。",
    ],
};

const TRADITIONAL: Words = Words {
    title: "政協青坪區委員會常務委員會工作報告",
    subtitle: "——2024年1月9日在政協青坪區第九屆委員會第四次會議上",
    salutation: "各位委員：",
    headings: &["一、圍繞發展大局建言", "二、用心為民履職", "（一）做實提案工作", "今後工作建議"],
    openers: &["協商議政更有質量。", "一是抓實理論學習。", ""],
    sentences: &[
        "全年開展重點協商#次，形成調研報告#篇。",
        "收到提案#件，經審查立案#件，辦復率達到#%。",
        "組織#名委員深入社區走訪，捐款捐物#余萬元。",
        "政協(xié)履職為民(mín)，開(kāi)展視察#次。",
        "我們始終把服務群眾放在心上，辦好每一件實事。",
    ],
};

const LINES_OF_DIRT: &[&str] = &[
    "首页 > 政务公开 > 工作报告",
    "发布日期：2025-01-20　来源：云泽政协网　浏览次数：312",
    "【字号：大 中 小】 打印 收藏",
    "扫一扫在手机打开当前页",
    "查阅全文加微信：gongwen88",
    "上一篇：关于召开会议的通知",
    "第1页共18页",
    "收到提案***件，投入XX亿元。",
    "[SEP]",
    "&nbsp;&amp;",
    "𠀀字样",
    "",
    "　　",
];

const TAGS_AS_TEXT: &[&str] = &["<kbd id=\"9kdmb\"></kbd>", "<dl id=\"x5r\"><dt>", "a < b"];

/// Pieces that are put into running text.
const PIECES_OF_DIRT: &[&str] =
    &["\u{200b}", "\u{a0}", "　", "，，", "。。", " ", "\u{feff}", "\t", "&nbsp;"];

fn numbers() -> impl Strategy<Value = String> {
    let chinese =
        select(&["三", "十二", "两", "近百", "上千", "三百二十一", "十余"][..]).prop_map(str::to_owned);
    let grouped = (1..999u32, 0..999u32).prop_map(|(a, b)| format!("{a},{b:03}"));
    let wide = (1..999u32).prop_map(|n| n.to_string().replace(|c: char| c.is_ascii_digit(), "３"));
    prop_oneof![
        6 => (1..3000u32).prop_map(|n| n.to_string()),
        2 => (1..999u32).prop_map(|n| format!("{:.1}", f64::from(n) / 10.0)),
        2 => chinese,
        1 => grouped,
        1 => wide,
    ]
}

fn paragraph(words: &'static Words) -> impl Strategy<Value = String> {
    (select(words.openers), vec((select(words.sentences), vec(numbers(), 2)), 1..5)).prop_map(
        |(opener, sentences)| {
            let filled = sentences.iter().map(|(sentence, numbers)| {
                numbers.iter().fold((*sentence).to_owned(), |s, n| s.replacen('#', n, 1))
            });
            format!("{opener}{}", filled.collect::<String>())
        },
    )
}

/// A report without dirt, long enough for any reader to see what it is.
fn clean_report(words: &'static Words) -> impl Strategy<Value = Vec<String>> {
    let section = (option::weighted(0.7, select(words.headings)), vec(paragraph(words), 1..4));
    vec(section, 2..6).prop_map(|sections| {
        let head = [words.title, words.subtitle, words.salutation].map(str::to_owned);
        let body = sections
            .into_iter()
            .flat_map(|(heading, paragraphs)| heading.map(str::to_owned).into_iter().chain(paragraphs));
        head.into_iter().chain(body).collect()
    })
}

/// The same with dirt between and inside its lines.
fn dirty_report(words: &'static Words, tags: bool) -> impl Strategy<Value = String> {
    let lines: Vec<_> = LINES_OF_DIRT.iter().chain(if tags { TAGS_AS_TEXT } else { &[] }).copied().collect();
    let between = vec((any::<prop::sample::Index>(), select(lines)), 0..5);
    let inside =
        vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), select(PIECES_OF_DIRT)), 0..5);
    let end = select(&["\n", "\r\n", "\n\n", "\n　　"][..]);
    (clean_report(words), between, inside, end).prop_map(|(mut report, between, inside, end)| {
        for (line, column, piece) in inside {
            let line = line.get_mut(&mut report);
            let at = column.index(line.chars().count() + 1);
            let byte = line.char_indices().nth(at).map_or(line.len(), |(i, _)| i);
            line.insert_str(byte, piece);
        }
        for (at, dirt) in between {
            report.insert(at.index(report.len() + 1), dirt.into());
        }
        report.join(end)
    })
}

fn either_script(tags: bool) -> impl Strategy<Value = String> {
    prop_oneof![dirty_report(&SIMPLIFIED, tags), dirty_report(&TRADITIONAL, tags)]
}

fn fail(message: String) -> TestCaseError {
    TestCaseError::fail(message)
}

/// The same cases at each run; `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask for others.
fn config() -> ProptestConfig {
    let asked = |name| std::env::var_os(name).is_some();
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if !asked("PROPTEST_CASES") {
        config.cases = 64;
    }
    if !asked("PROPTEST_RNG_SEED") {
        config.rng_seed = RngSeed::Fixed(2026);
    }
    config
}

proptest! {
    #![proptest_config(config())]

    /// Rules 1, 2 and 4.
    #[test]
    fn spans_agree_nothing_is_lost_and_nothing_is_random(source in either_script(true)) {
        read(source.as_bytes(), "report.txt").map_err(fail)?;
        read(page(&source).as_bytes(), "report.html").map_err(fail)?;
    }

    /// Rule 3, encodings. Big5 takes part where it has all the characters.
    #[test]
    fn every_encoding_gives_the_same_report(source in either_script(false)) {
        let report = read(source.as_bytes(), "").map_err(fail)?;
        for (encoding, bytes) in encodings(&source, false) {
            let again = read(&bytes, "").map_err(|e| fail(format!("in {encoding}: {e}")))?;
            same_report(&report, &again).map_err(|e| fail(format!("in {encoding}: {e}")))?;
        }
    }

    /// Rule 3, formats.
    #[test]
    fn a_page_gives_the_same_report_as_its_text(lines in clean_report(&SIMPLIFIED)) {
        let text = lines.join("\n");
        let one = read(text.as_bytes(), "").map_err(fail)?;
        let other = read(page(&text).as_bytes(), "").map_err(fail)?;
        same_report(&one, &other).map_err(fail)?;
    }

    /// Spans say the same words whatever they count.
    #[test]
    fn offsets_of_every_kind_cut_the_same_words(source in either_script(true)) {
        let by = |offsets| extract(source.as_bytes(), &Options { offsets, ..Options::default() });
        let bytes = by(Offsets::Utf8).map_err(|e| fail(e.to_string()))?;
        let utf16 = by(Offsets::Utf16).map_err(|e| fail(e.to_string()))?;
        let utf32 = by(Offsets::Utf32).map_err(|e| fail(e.to_string()))?;
        let units: Vec<u16> = bytes.text.encode_utf16().collect();
        let chars: Vec<char> = bytes.text.chars().collect();
        let spans = |r: &Report| -> Vec<_> {
            let sections = r.outline.iter().flat_map(|s| [s.heading, s.body]);
            sections.chain(r.metrics.iter().flat_map(|m| [m.span, m.sentence])).collect()
        };
        for ((a, b), c) in spans(&bytes).into_iter().zip(spans(&utf16)).zip(spans(&utf32)) {
            prop_assert_eq!(&bytes.text[a.range()], String::from_utf16_lossy(&units[b.range()]));
            prop_assert_eq!(&bytes.text[a.range()], chars[c.range()].iter().collect::<String>());
        }
        let units: Vec<u16> = source.encode_utf16().collect();
        for removed in &utf16.removed {
            prop_assert_eq!(&removed.text, &String::from_utf16_lossy(&units[removed.source.range()]));
        }
    }

    /// What is no report is refused or read by the same rules; nothing panics.
    #[test]
    fn any_bytes_are_survived(bytes in vec(any::<u8>(), 0..400)) {
        survives(&bytes).map_err(fail)?;
    }

    #[test]
    fn any_text_is_survived(text in "[一-龥0-9a-z<>&;/=\"。，、：（）\\s\\p{Any}]{0,200}") {
        survives(text.as_bytes()).map_err(fail)?;
    }

    #[test]
    fn a_damaged_file_is_survived(
        source in either_script(true),
        cut in any::<prop::sample::Index>(),
        put in vec(any::<u8>(), 0..9),
        gb in any::<bool>(),
    ) {
        let mut bytes = if gb { encoding_rs::GB18030.encode(&source).0.into_owned() } else { source.into_bytes() };
        let at = cut.index(bytes.len());
        bytes.splice(at..(at + 3).min(bytes.len()), put);
        survives(&bytes).map_err(fail)?;
    }
}

fn survives(bytes: &[u8]) -> Result<(), String> {
    match extract(bytes, &named("")) {
        Ok(_) => read(bytes, "").map(|_| ()),
        Err(error) if error.code().is_empty() || error.message_zh().is_empty() => Err("a mute error".into()),
        Err(_) => Ok(()),
    }
}

/// The checks above can fail: each rule's breach is seen.
#[test]
fn the_checks_see_a_breach() {
    let source = std::fs::read(common::fixtures().join("yunze-2024/source.txt")).unwrap();
    let right = read(&source, "").unwrap();
    assert!(!right.outline.is_empty() && right.metrics.len() > 1 && !right.removed.is_empty());
    let broken = |change: fn(&mut Report)| {
        let mut report = right.clone();
        change(&mut report);
        agrees(&report)
            .and_then(|()| loses_nothing(&report, &source))
            .and_then(|()| same_report(&right, &report))
    };
    let breaches: [fn(&mut Report); 10] = [
        |r| r.metrics.reverse(),
        |r| r.metrics[0].section = Some(r.outline.len() - 1),
        |r| r.metrics[0].span.start -= 1,
        |r| r.metrics[0].sentence = r.metrics[1].span,
        |r| r.metrics[0].source.start += 3,
        |r| r.outline[0].title.push('了'),
        |r| r.outline[0].body.start += 3,
        |r| r.removed.clear(),
        |r| r.text = r.text.replacen('。', "", 1),
        |r| r.meta.title.push('了'),
    ];
    for (i, breach) in breaches.into_iter().enumerate() {
        assert!(broken(breach).is_err(), "breach {i} is not seen");
    }
}
