//! Paragraphs on their way to the lines of a draft.

use crate::read::{Cell, Hint, Line};
use crate::report::RemovedKind;

/// Writes paragraphs, character by character, into lines.
#[derive(Debug, Default)]
pub struct Lines {
    pub done: Vec<Line>,
    /// Characters of the open paragraph, and whether they stand out: bold, or set in a heading's face.
    open: Vec<(char, bool)>,
    /// Where the paragraph stands in a table.
    pub cell: Option<Cell>,
    /// Set where what is written now is no part of the text.
    pub removed: Option<RemovedKind>,
    /// Tables so far.
    pub tables: usize,
}

impl Lines {
    /// A line end within the paragraph is `\n`; a tab becomes a space, control characters go.
    pub fn push(&mut self, text: &str, bold: bool) {
        let shown = text.chars().filter_map(|c| match c {
            '\t' | '\u{2028}' => Some(' '),
            '\n' => Some(c),
            '\u{ad}' => None,
            c if c.is_control() => None,
            c => Some(c),
        });
        self.open.extend(shown.map(|c| (c, bold)));
    }

    pub fn is_empty(&self) -> bool {
        self.open.iter().all(|(c, _)| c.is_whitespace())
    }

    /// Puts a number in front of the open paragraph, if there are words in it.
    pub fn lead(&mut self, number: &str) {
        if !self.is_empty() {
            self.open.splice(0..0, number.chars().map(|c| (c, false)));
        }
    }

    /// Ends the paragraph, `number` standing in front of it.
    pub fn end(&mut self, number: &str, hint: Hint, indent: bool) {
        let open = std::mem::take(&mut self.open);
        let mut number = number;
        for piece in open.split(|(c, _)| *c == '\n') {
            let blank = |of: &&(char, bool)| of.0.is_whitespace();
            let lead = piece.iter().take_while(blank).count();
            let words = &piece[lead..];
            let words = &words[..words.len() - words.iter().rev().take_while(blank).count()];
            if words.is_empty() {
                continue;
            }
            let mut text: String = std::mem::take(&mut number).into();
            let mut bold = words.iter().take_while(|of| of.1 || of.0.is_whitespace()).count();
            if bold > 0 {
                bold += text.chars().count();
            }
            text.extend(words.iter().map(|of| of.0));
            self.done.push(Line {
                text,
                hint: Hint { bold, ..hint },
                indent: indent || lead > 0,
                removed: self.removed,
                cell: self.cell,
            });
        }
    }

    /// Enters a new table; its number.
    pub fn table(&mut self) -> usize {
        self.tables += 1;
        self.tables - 1
    }
}

/// Whether a typeface is one that headings stand in where the text is in Song or imitation Song.
pub fn stands_out(face: &str) -> bool {
    let face = face.to_ascii_lowercase();
    ["黑", "楷", "标宋", "simhei", "kaiti", "heiti"].iter().any(|name| face.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_breaks_where_it_shows_a_break() {
        let mut lines = Lines::default();
        lines.push("\u{3000}全年\u{ad}", true);
        lines.push("工作\n\n关于\t说明 ", false);
        lines.end("一、", Hint::default(), false);
        lines.end("二、", Hint::default(), false);
        let texts: Vec<_> = lines.done.iter().map(|l| (l.text.as_str(), l.hint.bold, l.indent)).collect();
        assert_eq!(texts, [("一、全年工作", 4, true), ("关于 说明", 0, false)]);
    }
}
