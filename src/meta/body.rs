//! The body that reports and its place.

use super::Words;
use super::date::{fold, years};
use super::head::Head;
use super::place::{Chain, Counts, Gazetteer, Level, is_of_name};
use crate::read::Facts;
use crate::report::ReportKind;
use regex_lite::Regex;
use std::sync::LazyLock;

/// Who reports.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Body {
    pub name: String,
    pub place: String,
    /// The place is certain, also where it is that of a national body (empty).
    pub known: bool,
}

pub fn find(
    kind: ReportKind,
    title: &str,
    head: &Head,
    outside: &[String],
    text: &str,
    facts: &Facts,
    words: &Words,
) -> Body {
    let title = fold(title);
    let counts = words.places.count(text);
    if kind == ReportKind::Other {
        return other(&title, head, &words.places, &counts, words);
    }
    let first = head.opening.split('。').take(2).collect::<Vec<_>>().join("。");
    let heads: Vec<&str> =
        head.lines.iter().chain([&title]).chain(&head.signed).map(String::as_str).collect();
    if is_national(&heads.join("\n"))
        || heads.iter().all(|h| known_name(h, &words.places).is_none()) && is_national(&first)
    {
        return Body { name: national(kind).to_owned(), place: String::new(), known: true };
    }
    let outside: Vec<String> = outside.iter().map(|t| fold(t)).chain([fold(&facts.site)]).collect();
    let rank = rank(text);
    // The site's name or a file's name counts where it is of the report's own rank.
    let fits = |name: &String| rank.is_none_or(|rank| name.ends_with(rank));
    let named = heads
        .iter()
        .copied()
        .chain([first.as_str()])
        .find_map(|line| known_name(line, &words.places))
        .or_else(|| heads.iter().find_map(|line| unknown_name(line)))
        .or_else(|| outside.iter().filter_map(|line| known_name(line, &words.places)).find(fits));
    if named.is_none() && rank == Some('国') {
        return Body { name: national(kind).to_owned(), place: String::new(), known: true };
    }
    let chain = named
        .map(|name| words.places.resolve(&name, &counts))
        .or_else(|| words.places.foremost(rank?, &counts));
    let Some(chain) = chain else {
        return Body { name: bare(kind, &first), ..Body::default() };
    };
    let all = fold(&heads.join("\n"));
    Body { name: name(kind, &chain, &all, text), place: chain.full(), known: true }
}

fn is_national(text: &str) -> bool {
    const NATIONAL: [&str; 7] = [
        "国务院",
        "全国人民代表大会",
        "全国委员会",
        "全国政协",
        "最高人民法院",
        "最高人民检察院",
        "中华人民共和国",
    ];
    // A local body may be named in the same breath as 国家统计局's local team, never as these.
    NATIONAL.iter().any(|w| text.contains(w))
}

fn national(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Government => "国务院",
        ReportKind::Congress => "全国人民代表大会常务委员会",
        ReportKind::Court => "最高人民法院",
        ReportKind::Procuratorate => "最高人民检察院",
        ReportKind::Statistics => "国家统计局",
        ReportKind::CppccStandingCommittee | ReportKind::CppccSummary | ReportKind::CppccProposals => {
            "政协全国委员会"
        }
        ReportKind::Other => "",
    }
}

/// Names with their endings that a body or a session is named by: 在`云岭市`第三届人民代表大会,
/// 政协`云岭市松河区`委员会, `云岭市`人民政府.
fn named(line: &str) -> impl Iterator<Item = &str> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        let name = "([一-龥]{1,16}?(?:省|自治区|市|自治州|州|盟|地区|自治县|县|林区|特区|新区|区|自治旗|旗))";
        let body = "(?:人民|行政公署|行署|第?[一二三四五六七八九十0-9]+届|委员会|政协|人大|政府|中级|高级|法院|检察院|统计局|[0-9]{4}年?|国民经济|省长|市长|区长|县长|州长|盟长|旗长|主席)";
        Regex::new(&format!("{name} ?{body}")).expect("a valid pattern")
    });
    NAMED.captures_iter(line).filter_map(|found| found.get(1)).map(|phrase| {
        // What stands before the place: 张三在政协第九届, 我代表, 中共, 2023年.
        let dated = line[..phrase.start()].ends_with(|c: char| c.is_ascii_digit());
        let phrase = phrase.as_str();
        let phrase = phrase.strip_prefix('年').filter(|_| dated).unwrap_or(phrase);
        let cut = ["政协", "协商会议", "届", "在", "代表", "中共", "受", "对"]
            .iter()
            .filter_map(|border| phrase.rfind(border).map(|at| at + border.len()))
            .filter(|&at| at < phrase.len())
            .max();
        &phrase[cut.unwrap_or(0)..]
    })
}

/// A name of the gazetteer in a line: next to a body's name, else in full anywhere.
fn known_name(line: &str, places: &Gazetteer) -> Option<String> {
    for phrase in named(line) {
        if let Some(first) = places.mentions(phrase).first() {
            // 岚江州 does not lie in 江州.
            let mut before = phrase[..first.at.start].chars();
            let tail = matches!((before.next(), before.next()), (Some(c), None) if is_of_name(c));
            return Some(phrase[if tail { 0 } else { first.at.start }..].to_owned());
        }
    }
    // 云岭政协2023年工作综述: a short name next to the body's.
    const BODIES: [&str; 8] = ["政协", "人大", "法院", "检察院", "政府", "市政协", "县政协", "区政协"];
    let mentions = places.mentions(line);
    mentions
        .iter()
        .find(|m| {
            BODIES.iter().any(|w| line[m.at.end..].starts_with(w)) || line[..m.at.start].ends_with("政协")
        })
        .or_else(|| mentions.iter().find(|m| m.full))
        .map(|m| line[m.at.clone()].to_owned())
}

/// A name that the gazetteer lacks, by its ending alone; for title lines.
fn unknown_name(line: &str) -> Option<String> {
    named(line)
        .find(|phrase| {
            (3..=10).contains(&phrase.chars().count())
                && !["自治", "全", "我", "本", "该", "各"].iter().any(|w| phrase.starts_with(w))
        })
        .map(str::to_owned)
}

/// The ending of the place that the report calls its own: 我市, 市政协, 市政府; `国` for the country.
fn rank(text: &str) -> Option<char> {
    ['省', '市', '县', '区', '州', '旗', '盟']
        .into_iter()
        .map(|rank| {
            let weight: usize = ["{}政协", "我{}", "全{}", "{}政府", "{}人大", "{}法院"]
                .iter()
                .map(|form| text.matches(&form.replace("{}", &rank.to_string())).count())
                .sum();
            (weight, rank)
        })
        .chain([(text.matches("我国").count() + text.matches("国务院").count(), '国')])
        .max_by_key(|&(weight, _)| weight)
        .filter(|&(weight, _)| weight > 2)
        .map(|(_, rank)| rank)
}

/// The body's name by its kind, in the fullest form that the title lines or the text have.
fn name(kind: ReportKind, chain: &Chain, heads: &str, text: &str) -> String {
    let (before, behind): (&str, &[&str]) = match kind {
        ReportKind::CppccStandingCommittee | ReportKind::CppccSummary | ReportKind::CppccProposals => {
            ("政协", &["委员会"])
        }
        ReportKind::Government => ("", &["人民政府", "行政公署"]),
        ReportKind::Congress => ("", &["人民代表大会常务委员会", "人大常委会"]),
        ReportKind::Court => (
            "",
            match chain.level {
                Level::Province => &["高级人民法院", "人民法院"],
                Level::City => &["中级人民法院", "人民法院"],
                Level::County => &["人民法院"],
            },
        ),
        ReportKind::Procuratorate => ("", &["人民检察院"]),
        ReportKind::Statistics => ("", &["统计局"]),
        ReportKind::Other => ("", &[""]),
    };
    for ending in behind {
        for form in chain.forms() {
            // The title lines' own way to write the place is the body's.
            if form != chain.own && heads.contains(&form) && ending == &behind[0] {
                return format!("{before}{form}{ending}");
            }
            if has_body(heads, before, &form, ending) || has_body(text, before, &form, ending) {
                return format!("{before}{form}{ending}");
            }
        }
    }
    format!("{before}{}{}", chain.own, behind[0])
}

/// The text names the body, with or without its term (政协第九届云岭市委员会, 政协云岭市第九届委员会).
fn has_body(text: &str, before: &str, place: &str, behind: &str) -> bool {
    const TERM: &str = "第届一二三四五六七八九十0123456789";
    text.match_indices(place).any(|(at, _)| {
        let ahead = text[..at].trim_end_matches(|c| TERM.contains(c));
        let rest = text[at + place.len()..].trim_start_matches(|c| TERM.contains(c));
        rest.starts_with(behind)
            && (before.is_empty() || ahead.ends_with(before) || ahead.ends_with("协商会议"))
    })
}

/// A body without a known place: 区人民政府, as the opening calls it.
fn bare(kind: ReportKind, first: &str) -> String {
    let ending = match kind {
        ReportKind::Government => "政府",
        ReportKind::Court => "法院",
        ReportKind::Procuratorate => "检察院",
        _ => return String::new(),
    };
    let Some(end) = first.find(ending).map(|i| i + ending.len()) else { return String::new() };
    let start = first[..end].rfind("代表").map_or(end, |i| i + "代表".len());
    first[start..end].to_owned()
}

/// Who wrote a letter, a resolution, a notice: what stands before 关于, 对 or the year in the title, or
/// who signs.
fn other(title: &str, head: &Head, places: &Gazetteer, counts: &Counts, words: &Words) -> Body {
    let first = head.opening.split(['。', ',']).next().unwrap_or("");
    let before = |text: &str| {
        let border = ["关于", "对", "听取", "工作总结", "工作报告"].iter().filter_map(|w| text.find(w));
        // 云岭市教育局2023年工作总结
        let year = years(text).first().map(|y| y.0);
        let name = without_session(text[..border.chain(year).min()?].trim());
        (words.terms.is_body_name(&name) && name.chars().count() <= 30).then_some(name)
    };
    // 云岭市教育局局长 林远 speaks for 云岭市教育局.
    let signed = head.signed.first().map(|s| {
        let name = s.trim();
        let post = words.terms.last_post(name).filter(|(at, post)| at + post.len() == name.len());
        post.map_or(name, |(at, _)| &name[..at]).to_owned()
    });
    let name = before(title).or(signed).or_else(|| before(first)).unwrap_or_default();
    let mentions = places.mentions(&name);
    let place = mentions
        .first()
        .filter(|m| m.at.start == 0 || name.starts_with("政协"))
        .map(|first| {
            let end = mentions
                .windows(2)
                .take_while(|pair| pair[0].at.end == pair[1].at.start)
                .last()
                .map_or(first.at.end, |pair| pair[1].at.end);
            places.resolve(&name[first.at.start..end], counts).full()
        })
        .unwrap_or_default();
    Body { known: !name.is_empty(), name, place }
}

/// 第十三届全国人民代表大会第一次会议 → 全国人民代表大会
fn without_session(name: &str) -> String {
    static SESSION: LazyLock<Regex> = LazyLock::new(|| {
        let n = "[一二三四五六七八九十0-9]+";
        Regex::new(&format!("第?{n}届|第?{n}次(?:全体)?会议")).expect("a valid pattern")
    });
    SESSION.replace_all(name, "").into_owned()
}
