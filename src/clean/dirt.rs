//! Lines that belong to a site and not to the report, by the patterns of `page-dirt.tsv`.

use super::{Ledger, Line, place};
use crate::report::RemovedKind;
use crate::table;
use crate::table::Tables;
use crate::text::is_han;

/// Where a pattern holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Any,
    Around,
    Before,
    Caption,
    Tail,
    End,
}

#[derive(Debug)]
pub struct Words {
    lines: Vec<(Pattern, RemovedKind, Place)>,
    /// Taken out of the middle of a line; whether words are missing there.
    within: Vec<(Pattern, RemovedKind, bool)>,
    labels: Vec<Vec<char>>,
    strong: Vec<String>,
    weak: Vec<String>,
}

impl Words {
    pub fn parse(tables: &Tables) -> Self {
        let (mut lines, mut within) = (Vec::new(), Vec::new());
        for row in table::rows(tables.get("page-dirt.tsv")) {
            let [pattern, kind, place] = row[..] else { continue };
            let pattern = Pattern::parse(pattern);
            let kind = match kind {
                "promotion" => RemovedKind::Promotion,
                "spam" => RemovedKind::Spam,
                _ => RemovedKind::Chrome,
            };
            let place = match place {
                "around" => Place::Around,
                "before" => Place::Before,
                "caption" => Place::Caption,
                "tail" => Place::Tail,
                "end" => Place::End,
                "within" | "cut" => {
                    within.push((pattern, kind, place == "cut"));
                    continue;
                }
                _ => Place::Any,
            };
            lines.push((pattern, kind, place));
        }
        let spam = |class| table::of_class(tables.get("spam.tsv"), class).map(str::to_owned).collect();
        Self {
            lines,
            within,
            labels: table::rows(tables.get("page-labels.tsv")).map(|row| fold(row[0].chars())).collect(),
            strong: spam("strong"),
            weak: spam("weak"),
        }
    }

    /// What a line is by its words alone.
    pub fn judge(&self, line: &Line) -> Option<(RemovedKind, Place)> {
        let folded = fold(line.glyphs.iter().map(|g| g.c));
        let core = core(&folded);
        if is_wordless(line) {
            // In a row of a table it is a cell.
            let cells = line.glyphs.iter().any(|g| g.c == '\t');
            return (!cells).then_some((RemovedKind::Chrome, Place::Any));
        }
        if self.is_spam(&folded) {
            return Some((RemovedKind::Spam, Place::Any));
        }
        // The site's lines are short.
        if folded.len() > 200 {
            return None;
        }
        let caption = folded.len() <= 80;
        self.lines
            .iter()
            .filter(|(.., place)| caption || *place != Place::Caption)
            .find(|(pattern, ..)| pattern.matches(&folded) || pattern.matches(core))
            .map(|(_, kind, place)| (*kind, if *place == Place::Caption { Place::Any } else { *place }))
            .or_else(|| {
                let label = self.is_label(core) || self.is_date(&line.words());
                label.then_some((RemovedKind::Chrome, Place::Around))
            })
    }

    /// Whether a line is a label with its colon and nothing behind it, so that its value is the next line.
    pub fn is_bare_label(&self, line: &Line) -> bool {
        let folded = fold(line.glyphs.iter().map(|g| g.c));
        folded.last() == Some(&':') && self.labels.iter().any(|label| core(&folded) == label.as_slice())
    }

    /// Whether folded words say when, from whom or how often: a label and a colon, and no sentence.
    fn is_label(&self, core: &[char]) -> bool {
        let said = self.labels.iter().any(|label| {
            core.starts_with(label)
                && (core.len() == label.len() || matches!(core[label.len()], ':' | '(' | '['))
        });
        // `时间:` in front of much else is a sentence of the report, `日期: … 来源: …` is not.
        let short = core.len() <= 60 || (core.len() <= 100 && core.iter().filter(|c| **c == ':').count() > 1);
        said && short && !core.contains(&'。')
    }

    /// Whether a line is a site's date: in figures alone (`2021-1-17`), or with the hour or labels behind
    /// it. A report has its date in characters or in brackets.
    fn is_date(&self, words: &str) -> bool {
        let Some((_, span)) = crate::text::iso_date(words).filter(|(_, span)| span.start == 0) else {
            return false;
        };
        let behind = words[span.end..].trim_start_matches(['日', ' ', '\u{3000}']);
        let rest = behind.trim_start_matches(|c: char| {
            c.is_ascii_digit() || c.is_whitespace() || ":：时分秒|.".contains(c)
        });
        let bare = !rest.chars().any(char::is_alphanumeric);
        (bare && (!words.contains('月') || behind.starts_with(|c: char| c.is_ascii_digit())))
            || self.is_label(core(&fold(rest.chars())))
    }

    fn is_spam(&self, folded: &[char]) -> bool {
        let text: String = folded.iter().collect();
        let hits = |list: &[String]| list.iter().filter(|w| text.contains(w.as_str())).count();
        let strong = hits(&self.strong);
        // A long line of the report may hold one such word by chance.
        strong >= 2 || (strong == 1 && folded.len() < 60) || (folded.len() < 200 && hits(&self.weak) >= 3)
    }
}

/// Half width, small letters, no white space.
pub fn fold(chars: impl Iterator<Item = char>) -> Vec<char> {
    chars.filter(|c| !c.is_whitespace()).map(fold_one).collect()
}

fn fold_one(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '〉' | '》' => '>',
        c => c.to_ascii_lowercase(),
    }
}

/// Whether a line holds no words at all, or only a page number.
pub fn is_wordless(line: &Line) -> bool {
    let mut letters = line.glyphs.iter().filter(|g| g.c.is_alphanumeric());
    line.glyphs.len() < 200
        && letters.clone().count() <= 3
        && letters.all(|g| g.c.is_ascii_digit() || matches!(g.c, '０'..='９'))
}

/// Folded words without the brackets, arrows and marks around them.
fn core(folded: &[char]) -> &[char] {
    let inner = |c: &char| c.is_alphanumeric() || *c == '©';
    let start = folded.iter().position(inner).unwrap_or(folded.len());
    let end = folded.iter().rposition(inner).map_or(start, |i| i + 1);
    &folded[start..end]
}

/// Takes page furniture out of the middle of lines; whether words are missing there.
pub fn within(lines: &mut [Line], ledger: &mut Ledger, words: &Words) -> bool {
    let mut cut = false;
    for line in lines {
        let mut out = vec![false; line.glyphs.len()];
        let mut at = 0;
        while at < line.glyphs.len() {
            let found = words.within.iter().find_map(|(pattern, kind, missing)| {
                pattern.prefix(&line.glyphs, at).map(|end| (end, *kind, *missing))
            });
            let Some((end, kind, missing)) = found else {
                at += 1;
                continue;
            };
            cut |= missing;
            // Whole lines are judged later.
            if at > 0 || end < line.glyphs.len() {
                ledger.push((kind, place(&line.glyphs[at..end])));
                out[at..end].fill(true);
            }
            at = end;
        }
        line.drop(&out);
        line.trim();
    }
    cut
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Atom {
    Char(char),
    Digits,
    Any,
}

/// A pattern of folded characters.
#[derive(Debug, Clone)]
struct Pattern(Vec<Atom>);

impl Pattern {
    fn parse(text: &str) -> Self {
        Self(
            fold(text.chars())
                .into_iter()
                .map(|c| match c {
                    '*' => Atom::Any,
                    '#' => Atom::Digits,
                    c => Atom::Char(c),
                })
                .collect(),
        )
    }

    /// Whether the pattern stands for all of the text.
    fn matches(&self, text: &[char]) -> bool {
        let atoms = &self.0;
        let (mut a, mut t) = (0, 0);
        // Where to go on if what follows the last `*` does not fit.
        let mut back: Option<(usize, usize)> = None;
        loop {
            let fits = match atoms.get(a) {
                Some(Atom::Any) => {
                    back = Some((a + 1, t));
                    a += 1;
                    continue;
                }
                Some(Atom::Char(c)) if text.get(t) == Some(c) => Some(1),
                Some(Atom::Digits) => match digits(&text[t.min(text.len())..]) {
                    0 => None,
                    n => Some(n),
                },
                None if t == text.len() => return true,
                _ => None,
            };
            match (fits, back) {
                (Some(n), _) => (a, t) = (a + 1, t + n),
                (None, Some((atom, from))) if from < text.len() => {
                    back = Some((atom, from + 1));
                    (a, t) = (atom, from + 1);
                }
                _ => return false,
            }
        }
    }

    /// Where the pattern ends if it stands at `at`, whatever white space is in it.
    fn prefix(&self, glyphs: &[crate::text::Glyph], at: usize) -> Option<usize> {
        let mut end = at;
        for (i, atom) in self.0.iter().enumerate() {
            if i > 0 {
                end += glyphs[end..].iter().take_while(|g| g.c.is_whitespace()).count();
            }
            let folded = |i: usize| glyphs.get(i).map(|g| fold_one(g.c));
            match atom {
                Atom::Char(c) if folded(end) == Some(*c) => end += 1,
                Atom::Digits => {
                    let mut length = 0;
                    while folded(end + length).is_some_and(is_digit) {
                        length += 1;
                    }
                    if length == 0 {
                        return None;
                    }
                    end += length;
                }
                _ => return None,
            }
        }
        Some(end)
    }
}

fn digits(text: &[char]) -> usize {
    text.iter().take_while(|c| is_digit(**c)).count()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// How many Han characters of running text a line holds: one that ends like a sentence or is long.
pub fn prose(line: &Line) -> usize {
    let han = line.glyphs.iter().filter(|g| is_han(g.c)).count();
    let marks = line.glyphs.iter().filter(|g| matches!(g.c, '。' | '！' | '；' | '？' | '!' | ';')).count();
    if (han >= 14 && marks > 0) || han >= 60 { han } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::text::glyphs;

    fn line(text: &str) -> Line {
        Line { glyphs: glyphs(text, 0, text.len()).collect(), ..Line::default() }
    }

    fn judge(text: &str) -> Option<(RemovedKind, Place)> {
        Lexicon::builtin().clean.dirt.judge(&line(text))
    }

    #[test]
    fn lines_of_the_site_are_known() {
        for text in [
            "下载",
            "【打印本页】",
            "发布日期: 2023-01-07   字号：〖",
            "2021-1-17 17:10| 编辑: 某人 | 查看: 3",
            "2026年02月10日 07时41分",
            "来源：某某日报",
            "上一篇: 一则通知",
            "1.",
            "- 3 -",
            "第 3 页 共 18 页",
        ] {
            assert!(judge(text).is_some(), "{text}");
        }
        assert_eq!(judge("............试读结束............").map(|j| j.1), Some(Place::End));
    }

    #[test]
    fn lines_of_the_report_stay() {
        for text in [
            "2022年工作回顾",
            "2023年1月5日在政协某县委员会第二次会议上",
            "资料来源：",
            "注释：",
            "各位委员：",
            "三、下载安装应用",
            "来源于群众、服务于群众是我们的根本。",
            "(一)加强学习",
            "编辑出版文史资料5本。",
            "时间过半、任务过半,全年提案办复率达到100%。",
        ] {
            assert_eq!(judge(text), None, "{text}");
        }
    }

    #[test]
    fn spam_is_told_from_one_odd_word() {
        assert_eq!(judge("亚洲综合在线 久久精品 无码专区").map(|j| j.0), Some(RemovedKind::Spam));
        assert_eq!(
            judge(
                "依法打击网络六合彩等违法犯罪活动,破获案件12起,抓获犯罪嫌疑人36名,挽回经济损失280万元,\
            群众安全感和满意度进一步提升,平安建设取得新的成效。"
            ),
            None
        );
    }

    #[test]
    fn furniture_in_mid_sentence_goes() {
        let mut lines = [line("全年收到提案第1页 共18页238件,省略635字,正式会员可完整阅读办复率100%")];
        let cut = within(&mut lines, &mut Vec::new(), &Lexicon::builtin().clean.dirt);
        assert_eq!((lines[0].words().as_str(), cut), ("全年收到提案238件,办复率100%", true));
        let mut lines = [line("见第12页,共18页材料")];
        within(&mut lines, &mut Vec::new(), &Lexicon::builtin().clean.dirt);
        assert_eq!(lines[0].words(), "见材料");
    }

    #[test]
    fn patterns_with_many_stars_end() {
        let text: Vec<char> = "首页".repeat(5000).chars().collect();
        assert!(!Pattern::parse("*首页>*>*").matches(&text));
        assert!(Pattern::parse("*#字*").matches(&fold("省略６３５字".chars())));
    }
}
