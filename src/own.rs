//! One's own lexicon: lines that a person types, added to the tables compiled in.
//!
//! `docs/lexicon.md` tells how they are written.

use crate::lexicon::Lexicon;
use crate::table::{Tables, rows};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// A line that is not understood; the others count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// From 1.
    pub line: usize,
    /// What is wrong and how to write it, in English.
    pub message: String,
    /// The same in Simplified Chinese.
    pub message_zh: String,
}

/// What the entries of a line are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Indicator,
    Counter,
    Verb,
    Page,
}

const KEYWORDS: [(&str, Kind); 8] = [
    ("指标", Kind::Indicator),
    ("量词", Kind::Counter),
    ("动词", Kind::Verb),
    ("页面", Kind::Page),
    ("indicator", Kind::Indicator),
    ("counter", Kind::Counter),
    ("verb", Kind::Verb),
    ("page", Kind::Page),
];

/// The longest name, in characters.
const LONGEST: usize = 30;
/// A counter and a verb are short words.
const SHORT: usize = 6;
/// A pattern of a page's line has at least so many characters of its own.
const PATTERN: usize = 2;

/// The tables compiled in with the lines of `text` added, and the lines that are not understood.
pub fn lexicon(text: &str) -> (Lexicon, Vec<Fault>) {
    let (added, faults) = read(text);
    let replaced: Vec<(&str, String)> = added
        .iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(name, lines)| (*name, format!("{}\n{lines}", Tables::default().get(name))))
        .collect();
    let replaced: Vec<(&str, &str)> = replaced.iter().map(|(name, text)| (*name, text.as_str())).collect();
    (Lexicon::with(&replaced), faults)
}

/// The lines of `text` that are not understood, in order.
pub fn check(text: &str) -> Vec<Fault> {
    read(text).1
}

/// What is added to which file of `lexicon/`.
type Added = [(&'static str, String); 4];

fn read(text: &str) -> (Added, Vec<Fault>) {
    let verbs: HashSet<&str> = rows(Tables::default().get("indicator-words.tsv"))
        .filter(|row| row.get(1) == Some(&"verb"))
        .map(|row| row[0])
        .collect();
    let mut added = [
        ("indicators.tsv", String::new()),
        ("measure-words.tsv", String::new()),
        ("indicator-words.tsv", String::new()),
        ("page-dirt.tsv", String::new()),
    ];
    let mut faults = Vec::new();
    // Whose words they are.
    let mut claimed: HashMap<String, String> = HashMap::new();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', '＃']) || line.starts_with("//") {
            continue;
        }
        let entry = split(line).and_then(|(kind, rest)| {
            let words = match kind {
                Kind::Indicator => indicator(rest, &verbs, &mut claimed)?,
                Kind::Counter => each(rest, |word| short(word).then(|| format!("{word}\tcount\n")), COUNTER)?,
                Kind::Verb => each(rest, |word| short(word).then(|| format!("{word}\tverb\n")), VERB)?,
                Kind::Page => page(rest)?,
            };
            Ok((kind, words))
        });
        match entry {
            Ok((kind, words)) => added[kind as usize].1 += &words,
            Err((message, message_zh)) => faults.push(Fault { line: at + 1, message, message_zh }),
        }
    }
    (added, faults)
}

/// A fault in English and Chinese.
type Wrong = (String, String);

fn wrong(en: &str, zh: &str) -> Wrong {
    (en.to_owned(), zh.to_owned())
}

const COUNTER: (&str, &str) = (
    "a counter is a short word in Chinese characters without digits; write: 量词 场次",
    "量词应是不带数字的短词。写法:量词 场次",
);
const VERB: (&str, &str) = (
    "a verb is a short word in Chinese characters; write: 动词 督办",
    "动词应是简短的汉字词。写法:动词 督办",
);

/// The keyword and what follows it.
fn split(line: &str) -> Result<(Kind, &str), Wrong> {
    let behind = |c: char| c.is_whitespace() || matches!(c, ':' | '：');
    let end = line.find(behind).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    let found = KEYWORDS.iter().find(|(keyword, _)| keyword.eq_ignore_ascii_case(word));
    let Some(&(_, kind)) = found else {
        return Err((
            format!(
                "the line begins with '{word}'; begin it with 指标 (indicator), 量词 (counter), 动词 (verb) or 页面 (page) and a space"
            ),
            format!("行首的“{word}”不认识。请以“指标”“量词”“动词”或“页面”开头,后面空一格。"),
        ));
    };
    let rest = rest.trim_start_matches(behind).trim_end();
    if rest.is_empty() {
        return Err((
            format!("nothing stands behind '{word}'; write, for example: {word} {}", example(kind)),
            format!("“{word}”后面没有内容。写法:{word} {}", example(kind)),
        ));
    }
    Ok((kind, rest))
}

fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Indicator => "委员走访 = 走访委员、委员走访",
        Kind::Counter => "场次",
        Kind::Verb => "督办",
        Kind::Page => "点击下载附件",
    }
}

fn list(words: &str) -> impl Iterator<Item = &str> {
    let divides = |c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '；' | ';' | '|' | '/');
    words.split(divides).filter(|w| !w.is_empty())
}

fn each(rest: &str, line: impl Fn(&str) -> Option<String>, (en, zh): (&str, &str)) -> Result<String, Wrong> {
    list(rest).map(|word| line(word).ok_or_else(|| wrong(en, zh))).collect()
}

fn short(word: &str) -> bool {
    word.chars().count() <= SHORT
        && word.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
        && !numeral(word)
}

/// Whether a word begins with a numeral, which it would take away from the number before it.
fn numeral(word: &str) -> bool {
    word.starts_with(|c: char| c.is_numeric() || "一二三四五六七八九十百千万亿两几".contains(c))
}

/// A row of indicators.tsv: `委员走访（次） = 走访委员、委员走访`.
fn indicator(
    rest: &str,
    verbs: &HashSet<&str>,
    claimed: &mut HashMap<String, String>,
) -> Result<String, Wrong> {
    let (name, forms) = rest.split_once(['=', '＝']).unwrap_or((rest, ""));
    let (name, forms) = (name.trim(), forms.trim());
    let (name, units) = match name.strip_suffix([')', '）']).and_then(|n| n.rsplit_once(['(', '（'])) {
        Some((name, units)) => (name.trim(), list(units).collect::<Vec<_>>().join(" ")),
        None => (name, "*".to_owned()),
    };
    let units = if units.is_empty() { "*".to_owned() } else { units };
    let forms: Vec<&str> = if forms.is_empty() { vec![name] } else { list(forms).collect() };
    let good = |word: &str| {
        let length = word.chars().count();
        (2..=LONGEST).contains(&length)
            && word.chars().any(char::is_alphabetic)
            && !word.contains(|c: char| c.is_whitespace() || c.is_control() || "+>@|=*#~".contains(c))
    };
    if let Some(word) = std::iter::once(&name).chain(&forms).find(|w| !good(w)) {
        return Err((
            format!(
                "'{word}' cannot be an indicator's name: 2 to {LONGEST} characters without spaces and signs; write: 指标 {}",
                example(Kind::Indicator)
            ),
            format!(
                "“{word}”不能作指标名:应有 2 到 {LONGEST} 个字,中间没有空格和符号。写法:指标 {}",
                example(Kind::Indicator)
            ),
        ));
    }
    if let Some((form, other)) =
        forms.iter().find_map(|f| claimed.get(*f).filter(|other| *other != name).map(|other| (f, other)))
    {
        return Err((
            format!("'{form}' already belongs to the indicator '{other}'; give it to one of both"),
            format!("“{form}”已经归在指标“{other}”下。请只写在一处。"),
        ));
    }
    let mut all = Vec::new();
    for form in forms {
        claimed.insert(form.to_owned(), name.to_owned());
        all.push(form.to_owned());
        // 走访委员 is read as the verb 走访 and the name 委员.
        for (at, _) in form.char_indices().skip(1) {
            let (front, back) = form.split_at(at);
            for (verb, name) in [(front, back), (back, front)] {
                if verbs.contains(verb) && name.chars().nth(1).is_some() {
                    all.push(format!("{name}+{verb}"));
                }
            }
        }
    }
    let forms = all.join(" ");
    Ok(format!("{name}\town\t{name}\t\t{units}\tcount amount measure share duration\t{forms}\n"))
}

/// A row of page-dirt.tsv.
fn page(rest: &str) -> Result<String, Wrong> {
    if rest.contains('\t') || rest.chars().filter(|c| c.is_alphanumeric()).count() < PATTERN {
        return Err((
            format!(
                "the line of a page has at least {PATTERN} characters of its own; write: 页面 点击下载附件 (* stands for any words)"
            ),
            format!("页面文字至少要有 {PATTERN} 个字,否则会误删正文。写法:页面 点击下载附件(* 代表任意文字)"),
        ));
    }
    Ok(format!("{rest}\tchrome\tany\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, Report, extract};
    use std::sync::Arc;

    fn report(text: &str, own: &str) -> Report {
        let (lexicon, faults) = lexicon(own);
        assert_eq!(faults, []);
        let options = Options { lexicon: Some(Arc::new(lexicon)), ..Options::default() };
        extract(text.as_bytes(), &options).expect("a report")
    }

    const HEAD: &str = "政协望海市委员会常务委员会工作报告\n2022年工作回顾\n";

    #[test]
    fn indicators_get_the_name_that_was_given_them() {
        let ids = |own: &str| -> Vec<Option<String>> {
            let text = format!("{HEAD}全年走访委员120次，开展书屋共建45场。");
            report(&text, own).metrics.into_iter().map(|m| m.canonical).collect()
        };
        assert!(!ids("").contains(&Some("委员联系".into())));
        assert_eq!(ids("指标 委员联系 = 走访委员、看望委员")[0].as_deref(), Some("委员联系"));
        assert_eq!(ids("indicator: 书屋共建")[1].as_deref(), Some("书屋共建"));
        assert_eq!(ids("指标 书屋共建（场） ＝ 书屋共建")[1].as_deref(), Some("书屋共建"));
        // Another unit than the one that was given.
        assert_eq!(ids("指标 书屋共建（元） = 书屋共建")[1], None);
    }

    #[test]
    fn counters_make_numbers_quantities() {
        let units = |own: &str| -> Vec<String> {
            let text = format!("{HEAD}全年开展协商活动120圩，提交提案30件。");
            report(&text, own).metrics.into_iter().map(|m| m.unit).collect()
        };
        assert!(!units("").contains(&"圩".into()));
        assert!(units("量词 圩").contains(&"圩".into()));
        assert!(units("# 说明\n\nCounter 场会、圩\n").contains(&"圩".into()));
    }

    #[test]
    fn lines_of_a_page_go() {
        let text = format!("{HEAD}云端书包随心领\n全年提交提案30件，立案20件。");
        assert!(report(&text, "").text.contains("云端书包"));
        for own in ["页面 云端书包随心领", "page: *书包随心*"] {
            let report = report(&text, own);
            assert!(!report.text.contains("云端书包") && report.text.contains("立案20件"), "{own}");
        }
    }

    #[test]
    fn verbs_are_known() {
        let (added, faults) = read("动词 督战、回访\nVERB 领衔");
        assert_eq!((added[2].1.as_str(), faults), ("督战\tverb\n回访\tverb\n领衔\tverb\n", vec![]));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_the_rest_counts() {
        let text = "指标 走访 = 走访委员\n走访委员\n量词\n量词 3场\n\n# 说明\n页面 *\n动词 abc\n指标 看望 = 走访委员\n指标 委\n量词 轮次";
        let faults = check(text);
        let lines: Vec<_> = faults.iter().map(|f| f.line).collect();
        assert_eq!(lines, [2, 3, 4, 7, 8, 9, 10]);
        assert!(faults[0].message_zh.contains("指标") && faults[0].message.contains("indicator"));
        assert!(faults[5].message_zh.contains("“走访”") && faults[5].message.contains("'走访'"));
        assert!(read(text).0[1].1.ends_with("轮次\tcount\n"));
        assert_eq!(check(""), []);
        assert_eq!(check("\u{feff}量词 轮次\r\n动词　督战"), []);
    }
}
