//! The clean text as pieces and sentences: what stands where, before anything is judged.
//!
//! A piece is a paragraph. Where a report came as one long line, a piece is what once was a
//! paragraph, as far as wide spaces and markers still show it.

use super::marker::{Family, marker};
use super::words::{Class, Words};
use crate::report::Span;

/// Lines longer than this many bytes may hold several paragraphs.
const LONG: usize = 1200;
/// The longest heading that a space or a known ending cuts from the text behind it, in characters.
const CUT: usize = 45;

#[derive(Debug, Clone)]
pub struct Piece {
    pub span: Span,
    /// Index of the line that it stands in.
    pub line: usize,
    /// Sentences with their end marks; they cover the piece but for spaces between them.
    pub sentences: Vec<Span>,
}

/// Pieces of a text; `lines` are its lines.
pub fn pieces(text: &str, lines: &[Span], words: &Words) -> Vec<Piece> {
    let mut found = Vec::new();
    for (line, &span) in lines.iter().enumerate() {
        for part in paragraphs(text, span, words) {
            found.push(Piece { span: part, line, sentences: sentences(text, part) });
        }
    }
    found
}

fn paragraphs(text: &str, line: Span, words: &Words) -> Vec<Span> {
    if line.end - line.start < LONG {
        return vec![line];
    }
    let mut found = Vec::new();
    for part in wide_parts(text, line) {
        let mut start = part.start;
        for sentence in sentences(text, part) {
            if sentence.start > start && divides(&text[sentence.range()]) {
                found.push(trim(text, Span::new(start, sentence.start)));
                start = sentence.start;
            }
            if let Some(cut) = glued_heading(text, sentence, words).filter(|_| start == sentence.start) {
                found.push(trim(text, Span::new(start, cut)));
                start = cut;
            }
        }
        found.push(trim(text, Span::new(start, part.end)));
    }
    found.retain(|s| s.end > s.start);
    found
}

/// Parts between runs of at least two spaces.
fn wide_parts(text: &str, line: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let (mut start, mut blank, mut count) = (line.start, line.start, 0);
    for (i, c) in text[line.range()].char_indices() {
        let at = line.start + i;
        if c.is_whitespace() {
            if count == 0 {
                blank = at;
            }
            count += 1;
        } else {
            if count >= 2 {
                parts.push(trim(text, Span::new(start, blank)));
                start = at;
            }
            count = 0;
        }
    }
    parts.push(trim(text, Span::new(start, line.end)));
    parts.retain(|s| s.end > s.start);
    parts
}

fn divides(sentence: &str) -> bool {
    marker(sentence).is_some_and(|m| matches!(m.family, Family::Part | Family::Han | Family::HanBracket))
}

/// Where a numbered heading ends that runs into its text without an end mark: behind a known
/// ending, or at a space.
fn glued_heading(text: &str, sentence: Span, words: &Words) -> Option<usize> {
    let sentence_text = &text[sentence.range()];
    let mark = marker(sentence_text).filter(|m| m.family.divides())?;
    let title = &sentence_text[mark.len..];
    let lead = title.len() - title.trim_start().len();
    let limit = title.char_indices().nth(CUT).map_or(title.len(), |(i, _)| i);
    let space = title[lead..limit].find(char::is_whitespace).map(|i| lead + i);
    let ending = words.all(Class::Section).filter_map(|w| Some(title[..limit].find(w)? + w.len())).min();
    let fits = sentence_text.chars().count() <= CUT;
    let cut = if fits { ending.filter(|e| space == Some(*e)) } else { space.or(ending) };
    Some(sentence.start + mark.len + cut?)
}

fn trim(text: &str, span: Span) -> Span {
    let inner = &text[span.range()];
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}

pub fn is_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?')
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '"' | '）' | ')' | '》' | '」' | '』')
}

/// Sentences of a piece. They end behind `。！？` and closing quotes, and before the first point of a
/// list that follows a colon.
fn sentences(text: &str, piece: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = piece.start;
    let inner = &text[piece.range()];
    let mut chars = inner.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let mut end = piece.start + i + c.len_utf8();
        if is_end(c) {
            while let Some(&(j, d)) = chars.peek() {
                if !is_end(d) && !is_closing(d) {
                    break;
                }
                end = piece.start + j + d.len_utf8();
                chars.next();
            }
        } else if !matches!(c, '：' | ':')
            || marker(text[end..piece.end].trim_start()).is_none_or(|m| m.number != 1)
        {
            continue;
        }
        found.push(trim(text, Span::new(start, end)));
        start = end;
    }
    found.push(trim(text, Span::new(start, piece.end)));
    found.retain(|s| s.end > s.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let words = Words::builtin();
        pieces(text, &[Span::new(0, text.len())], words)
            .iter()
            .map(|p| text[p.span.range()].to_owned())
            .collect()
    }

    #[test]
    fn a_glued_report_falls_into_paragraphs() {
        let filler = "全年工作有序开展。".repeat(30);
        let long = format!("全年工作在各方面支持下有序开展，{}成效明显。", "协商监督建言，".repeat(10));
        let text = format!(
            "开场白。　　一、过去一年的工作　　{filler}二、今后的重点工作 {filler}三、明年重点任务{long}"
        );
        assert_eq!(
            cut(&text),
            [
                "开场白。",
                "一、过去一年的工作",
                &filler,
                "二、今后的重点工作",
                &filler,
                "三、明年重点任务",
                &long
            ]
        );
    }

    #[test]
    fn a_short_line_is_one_paragraph() {
        assert_eq!(cut("聚焦中心　　担当使命。一、说明"), ["聚焦中心　　担当使命。一、说明"]);
    }

    #[test]
    fn sentences_end_at_marks_and_before_a_list() {
        let text = "他说“好。”做到：一是强基。开展活动：读书";
        let cut: Vec<_> =
            sentences(text, Span::new(0, text.len())).iter().map(|s| &text[s.range()]).collect();
        assert_eq!(cut, ["他说“好。”", "做到：", "一是强基。", "开展活动：读书"]);
    }
}
