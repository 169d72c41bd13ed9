//! The lines that stand before a report's body: title, subtitle, who delivered it where and when.

use super::Terms;
use super::date::{Date, dates, day_of_year, fold};
use regex_lite::Regex;
use std::sync::LazyLock;

/// What the lines before the body say; folded but for the title.
#[derive(Debug, Default)]
pub struct Head {
    /// As the text has it, without its subtitle.
    pub title: String,
    /// Subtitles and lines on the occasion.
    pub lines: Vec<String>,
    pub speaker: String,
    /// The speaker's post or the body that signs: 云岭市人民政府市长.
    pub signed: Vec<String>,
    pub date: Option<Date>,
    /// Month and day of an occasion that gives no year: 在3月2日……会议上.
    pub day: Option<(u8, u8)>,
    /// The first sentences of the body.
    pub opening: String,
    /// Lines of the text that belong to the head.
    pub len: usize,
}

/// Longer lines are body.
const LONG: usize = 64;

impl Head {
    pub fn read(text: &str, terms: &Terms) -> Self {
        let mut head = Self::default();
        // A report that is one single line: its head is told apart by runs of spaces and dashes.
        let first = text.lines().next().unwrap_or("");
        if first.chars().count() > 2 * LONG && !is_body(&first.chars().take(LONG).collect::<String>()) {
            let (top, _) = split_at_chars(first, 240);
            let mut read = 0;
            for piece in pieces(top) {
                if piece.chars().count() > LONG || !head.take(piece, "", terms) {
                    break;
                }
                read = piece.as_ptr() as usize - first.as_ptr() as usize + piece.len();
            }
            if !head.title.is_empty() || !head.lines.is_empty() {
                head.open(&first[read..]);
                return head;
            }
        }
        let lines: Vec<&str> = text.lines().take(16).collect();
        while let Some(&line) = lines.get(head.len) {
            // An occasion or a title broken over lines: （2022年2月17日在政协第九届 / 望海市委员会第一次会议上）.
            let joined = (2..=3)
                .filter_map(|n| Some((n, lines.get(head.len..head.len + n)?.concat())))
                .find(|(_, joined)| opens_occasion(&fold(line)) && occasion(&fold(joined)));
            let (taken, line) = joined.as_ref().map_or((1, line), |(n, joined)| (*n, joined.as_str()));
            if line.chars().count() > LONG && !occasion(&fold(line)) {
                if let Some(name) = before_salutation(&fold(split_at_chars(line, 40).0), terms) {
                    head.speaker = name;
                }
                break;
            }
            if !head.take(line, lines.get(head.len + taken).unwrap_or(&""), terms) {
                break;
            }
            head.len += taken;
        }
        if head.speaker.is_empty() {
            head.speaker = speaker_of_title(&head.title, terms).unwrap_or_default();
        }
        let body: String = text.lines().skip(head.len).take(6).collect::<Vec<_>>().join("\n");
        head.open(&body);
        head
    }

    fn open(&mut self, body: &str) {
        self.opening = fold(split_at_chars(body, 700).0);
    }

    /// Takes a line in, or says that the body begins with it; `next` is the line behind it.
    fn take(&mut self, line: &str, next: &str, terms: &Terms) -> bool {
        let folded = fold(line).trim().to_owned();
        let bare = folded.trim_start_matches(['—', '-', ' ', '(', '[']).trim_end_matches([')', ']', ' ']);
        if let Some(name) = before_salutation(&folded, terms) {
            self.speaker = name;
            return false;
        }
        let nothing_yet = self.title.is_empty();
        // 附件1 stands above a title.
        if nothing_yet && is_attachment(bare) {
            return true;
        }
        if is_body(&folded) || (!nothing_yet && starts_section(&folded)) {
            return false;
        }
        let on_date = dates(&folded);
        let dashed = folded.starts_with(['—', '-']);
        if occasion(&folded) && (dashed || !nothing_yet || !folded.contains("会议上的")) {
            self.date = self.date.or(on_date.first().map(|d| d.1));
            self.day = self.day.or_else(|| day_of_year(&folded));
            if let Some((who, tail)) = speaker_of_occasion(bare, terms) {
                self.speaker = who;
                self.signed.extend(tail);
            }
            // 云岭市人民政府工作报告——2023年1月5日在……上
            if let Some(at) = dash(line).filter(|_| nothing_yet) {
                self.title = without_dateline(line[..at].trim()).to_owned();
            }
            self.lines.push(folded);
        } else if dashed && !nothing_yet {
            self.lines.push(folded);
        } else if let [(at, date)] = &on_date[..]
            && bare.len() <= at.len() + 12
        {
            self.date = self.date.or(Some(*date));
        } else if let Some((post, name)) = speaker(bare, terms).filter(|(post, _)| {
            // A name alone is one only where names stand; else it may be a short heading.
            !nothing_yet
                && (post.is_some()
                    || !self.lines.is_empty()
                    || self.date.is_some()
                    || next.contains("各位")
                    || bare.contains(is_name_mark))
                || post.is_some() && bare.contains(' ')
        }) {
            self.speaker = name;
            self.signed.extend(post);
        } else if !nothing_yet && terms.is_body_name(bare) && !bare.contains("报告") {
            self.signed.push(folded);
        } else if nothing_yet {
            self.set_title(line);
        } else if !terms.is_report(&self.title)
            && terms.is_report(&fold(&format!("{}{}", self.title, line.trim())))
        {
            self.title += line.trim();
        } else if !is_document_number(bare) {
            self.lines.push(folded);
        }
        true
    }

    fn set_title(&mut self, line: &str) {
        let line = without_dateline(line.trim());
        let (title, subtitle) = line.split_at(dash(line).unwrap_or(line.len()));
        if !subtitle.is_empty() {
            self.lines.push(fold(subtitle));
        }
        // 统计公报[1]: the mark of a note.
        let note = title.rfind('[').filter(|&at| {
            title.ends_with(']') && title[at + 1..title.len() - 1].chars().all(|c| c.is_ascii_digit())
        });
        self.title = without_date(&title[..note.unwrap_or(title.len())], &mut self.date);
    }
}

/// Where the dash between a title and its subtitle stands.
fn dash(line: &str) -> Option<usize> {
    ["——", "――", "──", "━━", "--", "－－"].iter().filter_map(|dash| line.find(dash)).filter(|&i| i > 0).min()
}

/// A title without the news agency's dateline that was run together with it: `新华社北京3月16日电`.
fn without_dateline(line: &str) -> &str {
    let at = line
        .find('电')
        .filter(|&at| at <= 60 && line[..at].contains(['社', '网', '报']) && line[..at].ends_with('日'));
    at.map_or(line, |at| line[at + '电'.len_utf8()..].trim_start())
}

/// A title without the date that stands in brackets behind it: `工作报告(20230103)`.
pub fn without_date(title: &str, date: &mut Option<Date>) -> String {
    let title = title.trim();
    if let Some(at) = title.rfind(['(', '（', '[', '【']).filter(|&i| i > 0) {
        let bracket = fold(&title[at..]);
        if let [(_, found)] = dates(&bracket)[..]
            && bracket.chars().count() <= 16
        {
            *date = date.or(Some(found));
            return title[..at].trim().to_owned();
        }
    }
    title.to_owned()
}

fn split_at_chars(text: &str, n: usize) -> (&str, &str) {
    text.split_at(text.char_indices().nth(n).map_or(text.len(), |(i, _)| i))
}

/// Pieces of a head that was run together into one line.
fn pieces(line: &str) -> Vec<&str> {
    static BORDER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("[ \u{3000}\u{a0}\t]{2,}|——|――|━━|各位|同志们").expect("a valid pattern")
    });
    let mut cut = vec![0];
    for border in BORDER.find_iter(line) {
        // A blank between the characters of a name (李　　强) is no border.
        let blank = border.as_str().trim().is_empty();
        let one_each_side = blank && {
            let before = line[..border.start()].chars().rev().take_while(|c| !c.is_whitespace()).count();
            let after = line[border.end()..].chars().take_while(|c| !c.is_whitespace()).count();
            before == 1 || after == 1 && border.as_str().chars().count() < 4
        };
        if !one_each_side {
            cut.push(border.start());
        }
    }
    cut.push(line.len());
    cut.windows(2).map(|w| &line[w[0]..w[1]]).filter(|p| !p.trim().is_empty()).collect()
}

/// A line on where and when the report was delivered or passed.
fn occasion(folded: &str) -> bool {
    folded.chars().count() <= 90
        && (["会议上", "大会上", "全会上"].iter().any(|w| folded.contains(w))
            || folded.contains('在') && folded.trim_end_matches([')', ' ']).ends_with("会上")
            || folded.contains("会议") && folded.starts_with(['(', '—', '-']) && !dates(folded).is_empty())
}

/// The first line of an occasion that goes on in the next.
fn opens_occasion(folded: &str) -> bool {
    !occasion(folded)
        && (folded.trim_start().starts_with(['(', '—', '-']) || !dates(folded).is_empty())
        && (folded.contains('在') || folded.contains('届'))
}

fn is_attachment(folded: &str) -> bool {
    folded.strip_prefix("附件").or(folded.strip_prefix("附录")).is_some_and(|rest| {
        rest.trim_matches([' ', ':'])
            .chars()
            .all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    })
}

fn is_document_number(folded: &str) -> bool {
    folded.contains('〔') && folded.contains('号') && folded.chars().count() < 30
}

fn is_body(folded: &str) -> bool {
    const SALUTATIONS: [&str; 8] =
        ["各位", "同志们", "同志:", "尊敬的", "主席团", "主任、", "现在,我", "现在我"];
    let start: String = folded.trim_start().chars().take(12).collect();
    SALUTATIONS.iter().any(|w| start.contains(w))
        || folded.contains("听取")
        || folded.trim_end().ends_with(['。', ';'])
        || folded.trim_end().ends_with(':') && folded.chars().count() > 5
        || folded.chars().filter(|c| *c == ',').count() > 2 && folded.chars().count() > 40
}

fn starts_section(folded: &str) -> bool {
    static MARKER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:[一二三四五六七八九十]{1,3}[、.,]|\\([一二三四五六七八九十]{1,3}\\)|第[一二三四五六七八九十]+部分|[0-9]{1,2}[、.][^0-9]|目录)").expect("a valid pattern")
    });
    MARKER.is_match(folded)
        || folded.chars().count() <= 30 && folded.contains("回顾") && !folded.starts_with(['—', '-'])
}

/// `张三各位委员:`, `市长 张三 各位代表:`: a speaker run together with the salutation.
fn before_salutation(folded: &str, terms: &Terms) -> Option<String> {
    let at = ["各位", "同志们"].iter().filter_map(|w| folded.find(w)).min()?;
    let before = folded[..at].trim_matches([':', ' ', '—']);
    speaker(before, terms).map(|(_, name)| name)
}

/// Spaces and marks out.
fn closed(text: &str) -> String {
    text.chars().filter(|&c| !is_name_mark(c) && c != ':').collect()
}

/// What stands before a speaker's name or between its characters.
fn is_name_mark(c: char) -> bool {
    c.is_whitespace() || "□○●◎■◇◆△▲*".contains(c)
}

/// A line that is a post with a name, or a name alone; the post is given where there is one.
fn speaker(bare: &str, terms: &Terms) -> Option<(Option<String>, String)> {
    if bare.chars().count() > 48 || bare.contains(['。', ',', '、', '《', '年']) {
        return None;
    }
    let joined = closed(bare);
    if let Some((at, post)) = terms.last_post(&joined) {
        let (before, name) = (&joined[..at + post.len()], &joined[at + post.len()..]);
        let shape = name.chars().count();
        if (2..=12).contains(&shape)
            && terms.could_be_name(name)
            && (shape <= 4 || name.contains(['·', '•']) || bare.contains(' '))
        {
            return Some((Some(before.to_owned()), name.to_owned()));
        }
        return None;
    }
    terms.is_person(&joined).then_some((None, joined))
}

/// `张三同志在……会议上的报告`
fn speaker_of_title(title: &str, terms: &Terms) -> Option<String> {
    let name = closed(title.split_once("同志在")?.0);
    terms.is_person(&name).then_some(name)
}

/// `张三在政协……会议上` or `……会议上 市长 张三`.
fn speaker_of_occasion(bare: &str, terms: &Terms) -> Option<(String, Option<String>)> {
    let before = bare.split('在').next().unwrap_or("");
    if before.len() < bare.len()
        && let Some((post, name)) = speaker(before, terms)
    {
        return Some((name, post));
    }
    let after =
        ["会议上", "大会上", "会上"].iter().filter_map(|w| bare.rfind(w).map(|i| i + w.len())).max()?;
    let tail = bare[after..].trim_matches([')', ' ', '(', ',', '—', '-']);
    speaker(tail, terms).map(|(post, name)| (name, post))
}
