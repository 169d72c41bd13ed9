//! Where the report begins and ends among the lines of its page.

use super::dirt::{self, Place, fold, prose};
use super::{Ledger, Line, place};
use crate::read::Facts;
use crate::report::RemovedKind;
use crate::table;
use crate::table::Tables;
use crate::text::is_han;
use std::collections::HashSet;

#[derive(Debug)]
pub struct Words {
    /// What titles end in, and what a title line ends in that goes on in the next.
    ends: Vec<String>,
    opens: Vec<String>,
}

impl Words {
    pub fn parse(tables: &Tables) -> Self {
        let of = |class| table::of_class(tables.get("title-words.tsv"), class).map(str::to_owned).collect();
        Self { ends: of("end"), opens: of("open") }
    }

    /// Whether a line reads like the title of a document.
    fn is_title(&self, line: &Line) -> bool {
        let words = line.words();
        let han = words.chars().filter(|c| is_han(*c)).count();
        let bare = without_note(&words);
        (3..=60).contains(&han)
            && !is_numbered(line)
            && !words.contains(['。', '；', '！', '：'])
            && self.ends.iter().any(|end| bare.ends_with(end.as_str()))
    }

    /// Whether a line is a title or subtitle to its end, so that nothing can be joined to it.
    pub fn is_whole(&self, line: &Line) -> bool {
        line.glyphs.len() <= 60 && (self.is_title(line) || line.words().ends_with("会议上"))
    }

    /// Whether a title begun in one line goes on in the next.
    pub fn goes_on(&self, before: &Line, line: &Line) -> bool {
        let (words, next) = (before.words(), line.words());
        if before.glyphs.len() > 60
            || line.glyphs.len() > 60
            || next.starts_with(['—', '-', '（', '(', '“'])
            || (is_numbered(before) && !words.starts_with('—'))
        {
            return false;
        }
        let complete = self.ends.iter().any(|end| words.ends_with(end.as_str()));
        let ended = words.ends_with(['。', '：', ':', '！', '，', '；', '上', '”', '）', ')']);
        if complete || ended {
            return false;
        }
        // `政府工作报` / `告`, `政府` / `工作报告`.
        let split_word = line.glyphs.len() <= 2
            && self.ends.iter().any(|end| format!("{words}{next}").ends_with(end.as_str()));
        let open = self.opens.iter().any(|open| words.ends_with(open.as_str()));
        // A subtitle: `——某年某月某日在某市第九届` / `人民代表大会第五次会议上`.
        let subtitle =
            words.starts_with(['—', '（', '(']) && next.trim_end_matches(['）', ')']).ends_with("会议上");
        // Both are set as titles are.
        let set = before.hint.centred && line.hint.centred;
        split_word
            || (open && subtitle)
            || ((open || set) && self.is_title(line) && !next.starts_with("政府工作"))
    }
}

/// A title without a note or a date in brackets behind it: `工作报告(摘要)`.
fn without_note(title: &str) -> &str {
    let title = title.trim_end();
    match (title.ends_with([')', '）', '］', '】']), title.rfind(['(', '（', '［', '【'])) {
        (true, Some(i)) => title[..i].trim_end(),
        _ => title,
    }
}

/// Whether a line begins with a numbering: `一、` `（一）` `1.` `(1)` `第一,` `第一部分` `一是` `①`.
pub fn is_numbered(line: &Line) -> bool {
    let head: Vec<char> = line.glyphs.iter().take(10).map(|g| g.c).collect();
    let number =
        |c: &char| c.is_ascii_digit() || "一二三四五六七八九十百〇零０１２３４５６７８９".contains(*c);
    let count = |from: usize| head[from.min(head.len())..].iter().take_while(|c| number(c)).count();
    let at = |i: usize| head.get(i).copied().unwrap_or(' ');
    match at(0) {
        '（' | '(' | '〔' | '[' | '［' | '【' => {
            count(1) > 0 && matches!(at(1 + count(1)), '）' | ')' | '〕' | ']' | '］' | '】')
        }
        '第' => count(1) > 0 && "部章节编条篇，,、".contains(at(1 + count(1))),
        '①'..='⑳' | '㈠'..='㈩' => true,
        '—' => at(1) == '—',
        c if number(&c) => {
            let behind = count(0);
            matches!(at(behind), '、' | '是' | '）' | ')')
                || (matches!(at(behind), '.' | '．') && !at(behind + 1).is_numeric())
        }
        _ => false,
    }
}

/// Whether a line addresses the meeting.
fn is_salutation(line: &Line) -> bool {
    let words = line.words();
    line.glyphs.len() <= 25
        && (words.starts_with("各位") || words.starts_with("同志们"))
        && words.ends_with(['：', ':', '！', '!'])
}

pub struct Region {
    pub lines: Vec<Line>,
    pub truncated: bool,
}

/// A line and why it goes, if it goes.
struct Judged {
    line: Line,
    place: Option<Place>,
    kind: RemovedKind,
    out: bool,
}

/// Finds the report's lines; the others go into the ledger, what they state into the facts. `page` tells
/// a web page from a text.
pub fn find(
    lines: Vec<Line>,
    ledger: &mut Ledger,
    facts: &mut Facts,
    dirt: &dirt::Words,
    words: &Words,
    page: bool,
) -> Region {
    let mut judged: Vec<Judged> = lines
        .into_iter()
        .map(|line| {
            let verdict = dirt.judge(&line);
            let (kind, place) =
                verdict.map_or((RemovedKind::Chrome, None), |(kind, place)| (kind, Some(place)));
            Judged { line, place, kind, out: place == Some(Place::Any) }
        })
        .collect();
    if !page {
        keep_cells(&mut judged);
    }
    let truncated = cut_end(&mut judged);
    cut_tail(&mut judged, dirt, page);
    cut_head(&mut judged, dirt, words);
    let mut kept = Vec::new();
    for one in judged {
        if one.out {
            learn(&one.line, facts);
            ledger.push((one.kind, place(&one.line.glyphs)));
        } else {
            kept.push(one.line);
        }
    }
    Region { lines: kept, truncated }
}

/// Keeps the figures of a table that was saved with a line for each cell: they look like numbers of pages,
/// but they are cells, two of them stand side by side, or every other line is one.
fn keep_cells(judged: &mut [Judged]) {
    let figures: Vec<Option<f64>> = judged.iter().map(|j| figure(&j.line)).collect();
    let at = |i: usize| figures.get(i).copied().flatten();
    // The numbers of pages follow on one another.
    let apart = |a: usize, b: usize| at(a).zip(at(b)).is_some_and(|(a, b)| b - a != 1.0);
    let is_name = |i: usize| {
        let line: &Line = &judged[i].line;
        judged[i].place.is_none()
            && line.glyphs.len() <= 12
            && !is_numbered(line)
            && !line.glyphs.last().is_some_and(|g| "。；，：！？,;:".contains(g.c))
    };
    let mut cells = Vec::new();
    let mut i = 0;
    while i < judged.len() {
        let run = (i..judged.len()).take_while(|&i| at(i).is_some()).count();
        let others = || [(i.wrapping_sub(2), i.wrapping_sub(1), i), (i, i + 1, i + 2)];
        if run > 0 && (i..i + run).all(|i| judged[i].line.cell)
            || run > 1 && (i + 1..i + run).all(|i| apart(i - 1, i))
            || run == 1 && others().into_iter().any(|(a, name, b)| apart(a, b) && is_name(name))
        {
            cells.extend(i..i + run);
        }
        i += run.max(1);
    }
    for i in cells {
        (judged[i].place, judged[i].out) = (None, false);
    }
}

/// The number that is all a line holds.
fn figure(line: &Line) -> Option<f64> {
    let folded: String = fold(line.glyphs.iter().map(|g| g.c)).into_iter().collect();
    let number = folded.strip_suffix('%').unwrap_or(&folded);
    let bare =
        number.starts_with(|c: char| c.is_ascii_digit()) && number.ends_with(|c: char| c.is_ascii_digit());
    number.parse().ok().filter(|_| bare && dirt::is_wordless(line))
}

/// Ends the text where the site broke it off.
fn cut_end(judged: &mut [Judged]) -> bool {
    let all: usize = judged.iter().filter(|j| !j.out).map(|j| prose(&j.line)).sum();
    let mut before = 0;
    for i in 0..judged.len() {
        if judged[i].place == Some(Place::End) {
            judged[i].out = true;
            // The same words at the top of a page only advertise.
            if before * 3 > all {
                judged[i..].iter_mut().for_each(|j| j.out = true);
                return true;
            }
        } else if !judged[i].out {
            before += prose(&judged[i].line);
        }
    }
    false
}

/// Cuts what follows the report: from the first line on that begins such things, with little prose behind.
fn cut_tail(judged: &mut [Judged], dirt: &dirt::Words, page: bool) {
    let amounts: Vec<usize> = judged.iter().map(|j| if j.out { 0 } else { prose(&j.line) }).collect();
    let all: usize = amounts.iter().sum();
    // The page's title and the report's first words once more are no reason to go on.
    let mut seen = HashSet::new();
    let (mut first, mut beginning) = (0, 0);
    for (one, amount) in judged.iter().zip(&amounts) {
        if beginning >= 4000.min(all / 2) {
            break;
        }
        seen.extend(grams(&one.line));
        beginning += amount;
        first += 1;
    }
    let repeats: Vec<bool> = judged
        .iter()
        .enumerate()
        .map(|(i, one)| i >= first && is_within(&grams(&one.line), &seen, 80))
        .collect();
    let mut before = 0;
    let mut behind: usize = (0..judged.len()).filter(|&i| !repeats[i]).map(|i| amounts[i]).sum();
    for i in 0..judged.len() {
        behind -= if repeats[i] { 0 } else { amounts[i] };
        let begins = judged[i].place == Some(Place::Tail) && !judged[i].out;
        if begins && before > 0 {
            // On a page other articles may follow; a text holds the report and little else.
            let little = if page { before } else { (all * 15 / 100).max(400.min(before / 2)) };
            if behind <= little {
                for (one, repeat) in judged.iter_mut().zip(repeats).skip(i) {
                    if !one.out && one.place.is_none() && repeat {
                        one.kind = RemovedKind::Repeat;
                    }
                    one.out = true;
                }
                return drop_labels(judged, i);
            }
            judged[i].out = true;
            if dirt.is_bare_label(&judged[i].line) && i + 1 < judged.len() {
                judged[i + 1].out |= judged[i + 1].line.glyphs.len() <= 12;
            }
        }
        before += if judged[i].out { 0 } else { amounts[i] };
    }
    drop_labels(judged, judged.len());
}

/// Drops the site's lines that stand right before the report's end: `（来源：某某日报）`.
fn drop_labels(judged: &mut [Judged], end: usize) {
    for one in judged[..end].iter_mut().rev() {
        if !one.out && one.place != Some(Place::Around) {
            break;
        }
        one.out = true;
    }
}

/// The four-letter pieces of a line.
fn grams(line: &Line) -> Vec<[char; 4]> {
    let words: Vec<char> =
        fold(line.glyphs.iter().map(|g| g.c)).into_iter().filter(|c| c.is_alphanumeric()).collect();
    words.windows(4).map(|w| [w[0], w[1], w[2], w[3]]).collect()
}

/// Whether at least so many of a hundred pieces have been seen.
fn is_within(pieces: &[[char; 4]], seen: &HashSet<[char; 4]>, percent: usize) -> bool {
    pieces.len() >= 2 && pieces.iter().filter(|g| seen.contains(*g)).count() * 100 >= pieces.len() * percent
}

/// Cuts what stands before the report: site, breadcrumbs, date lines, a lead or title that comes again.
fn cut_head(judged: &mut [Judged], dirt: &dirt::Words, words: &Words) {
    let kept = |judged: &[Judged]| (0..judged.len()).filter(|&i| !judged[i].out).collect::<Vec<_>>();
    // A lead that the report says again.
    for i in kept(judged).into_iter().take(12) {
        if judged[i].place.is_none() && is_repeated(judged, i) {
            judged[i].out = true;
            judged[i].kind = RemovedKind::Repeat;
        } else if prose(&judged[i].line) > 0 {
            break;
        }
    }
    let order = kept(judged);
    let body = order
        .iter()
        .position(|&i| {
            let line = &judged[i].line;
            judged[i].place.is_none()
                && (prose(line) > 0
                    || is_salutation(line)
                    || is_numbered(line) && !line.words().starts_with('—'))
        })
        .unwrap_or(0);
    let head = &order[..body];
    // The title: the first line that reads like one, or that a subtitle follows; a later one in its
    // place if lines of the site stand between, or if it says the same.
    let titled = |n: usize| {
        let line = &judged[head[n]].line;
        let subtitle = head.get(n + 1).is_some_and(|&next| {
            let next = judged[next].line.words();
            next.starts_with("——") && !next.contains("会议")
        });
        judged[head[n]].place.is_none()
            && (words.is_title(line) || (subtitle && !line.words().starts_with('—')))
    };
    let mut title: Option<usize> = None;
    for n in 0..head.len() {
        if !titled(n) {
            continue;
        }
        let better = title.is_none_or(|t| {
            let site = judged[head[t]..head[n]].iter().any(|j| j.out || j.place.is_some());
            site || same(&judged[head[t]].line, &judged[head[n]].line)
        });
        if better {
            title = Some(n);
        }
    }
    let head = head.to_vec();
    if let Some(title) = title {
        // Without a line of the site among them, the lines before it belong to the title.
        let site = |j: &Judged| j.out || j.place.is_some();
        let first = (0..title).find(|&n| {
            let i = head[n];
            !judged[..i].iter().any(site)
                && !judged[i..head[title]].iter().any(site)
                && !head[title..].iter().any(|&later| same(&judged[i].line, &judged[later].line))
        });
        for &i in &head[..first.unwrap_or(title)] {
            judged[i].out = true;
            if judged[i].place.is_none()
                && head[title..].iter().any(|&later| same(&judged[i].line, &judged[later].line))
            {
                judged[i].kind = RemovedKind::Repeat;
            }
        }
    }
    let mut value = false;
    for &i in &head {
        let line = &judged[i].line;
        let around = judged[i].place.is_some();
        let is_value = value && line.glyphs.len() <= 20 && !words.is_title(line);
        value = dirt.is_bare_label(line);
        judged[i].out |= around || is_value;
    }
}

/// Whether two title lines say the same, or one all that the other says.
fn same(a: &Line, b: &Line) -> bool {
    let fold = |line: &Line| {
        let words = line.words();
        fold(without_note(&words).chars()).into_iter().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    let (a, b) = (fold(a), fold(b));
    !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a))
}

/// Whether all that a line of the head says comes again in the lines behind it.
fn is_repeated(judged: &[Judged], i: usize) -> bool {
    let mine = grams(&judged[i].line);
    if mine.len() < 25 || prose(&judged[i].line) == 0 {
        return false;
    }
    let mut behind = HashSet::new();
    for one in judged[i + 1..].iter().filter(|j| !j.out).take(40) {
        behind.extend(grams(&one.line));
        if behind.len() > 6000 {
            break;
        }
    }
    is_within(&mine, &behind, 85)
}

/// What a removed line of the site states about the report.
fn learn(line: &Line, facts: &mut Facts) {
    let words = line.words();
    if words.chars().count() > 100 {
        return;
    }
    if facts.site.is_empty()
        && let Some(source) = words.split("来源").nth(1).and_then(|rest| rest.strip_prefix(['：', ':']))
    {
        facts.site = source.split_whitespace().next().unwrap_or("").trim_end_matches(['）', ')']).to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::text::glyphs;

    fn line(text: &str) -> Line {
        Line { glyphs: glyphs(text, 0, text.len()).collect(), ..Line::default() }
    }

    #[test]
    fn numbering_is_told_from_figures() {
        for text in [
            "一、总体要求",
            "（一）加强学习",
            "(12)其他",
            "1.保障",
            "第一部分 回顾",
            "一是加强",
            "①新增",
            "——经济增长",
            "第三,",
        ] {
            assert!(is_numbered(&line(text)), "{text}");
        }
        for text in ["3.9亿元", "３．９％", "2022年", "一年来", "第一次会议", "（试行）", "—2018年3月7日"]
        {
            assert!(!is_numbered(&line(text)), "{text}");
        }
    }

    #[test]
    fn titles_go_on_where_they_are_open() {
        let words = &Lexicon::builtin().clean.titles;
        let goes_on = |a: &str, b: &str| words.goes_on(&line(a), &line(b));
        assert!(goes_on("中国人民政治协商会议", "第八届某市委员会常务委员会工作报告"));
        assert!(goes_on("政府工作报", "告"));
        assert!(goes_on("——2026年1月26日在某省第十四届", "人民代表大会第五次会议上"));
        assert!(!goes_on("某县人民政府", "政府工作报告"));
        assert!(!goes_on("聚焦大局促发展", "——某县政协工作综述"));
        assert!(!goes_on("政府工作报告", "某县第三次会议通知"));
    }
}
