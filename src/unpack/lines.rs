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
    /// Lines of the notes that the open paragraph calls, and of those called before that wait for their place.
    called: Vec<Line>,
    notes: Vec<Line>,
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
        if self.cell.is_none() && self.done.last().is_some_and(|line| line.cell.is_some()) {
            self.done.append(&mut self.notes);
        }
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
        self.notes.append(&mut self.called);
        if self.cell.is_none() && self.done.last().is_some_and(|line| ends_sentence(&line.text)) {
            self.done.append(&mut self.notes);
        }
    }

    /// Puts the lines of a note behind the paragraph that calls it, so that they stand in its section; behind the
    /// table for one called in a cell, and behind the next end of a sentence for one called in a heading or
    /// in a piece of a sentence.
    pub fn note(&mut self, lines: Vec<Line>) {
        self.called.extend(lines);
    }

    /// Ends the text: what notes still wait stand behind it.
    pub fn finish(&mut self) {
        self.notes.append(&mut self.called);
        self.done.append(&mut self.notes);
    }

    /// The words of the open paragraph.
    pub fn words(&self) -> String {
        self.open.iter().map(|of| of.0).collect()
    }

    /// Puts what is open aside, for words of their own: a text box, a note.
    pub fn suspend(&mut self) -> Open {
        Open {
            lines: std::mem::take(&mut self.done),
            words: std::mem::take(&mut self.open),
            cell: self.cell.take(),
            called: std::mem::take(&mut self.called),
            notes: std::mem::take(&mut self.notes),
        }
    }

    /// Goes on with what was put aside; the lines that were written since then.
    pub fn resume(&mut self, open: Open) -> Vec<Line> {
        self.finish();
        (self.called, self.notes) = (open.called, open.notes);
        self.open = open.words;
        self.cell = open.cell;
        std::mem::replace(&mut self.done, open.lines)
    }

    /// Enters a new table; its number.
    pub fn table(&mut self) -> usize {
        self.tables += 1;
        self.tables - 1
    }
}

/// What [`Lines::suspend`] put aside.
#[derive(Debug)]
pub struct Open {
    lines: Vec<Line>,
    words: Vec<(char, bool)>,
    cell: Option<Cell>,
    called: Vec<Line>,
    notes: Vec<Line>,
}

fn ends_sentence(text: &str) -> bool {
    let closing = ['”', '’', '"', '）', ')', '》', '」', '』', '】', ' '];
    text.trim_end_matches(closing).ends_with(['。', '！', '？', '；', '.', '!', '?', ';', '…'])
}

/// The rows of a table whose cells are told by their edges: which of them stand below one another is known when
/// all rows are.
#[derive(Debug)]
pub struct Rows {
    pub table: usize,
    /// Lines before the table.
    from: usize,
    /// Left edges of each row's cells.
    rows: Vec<Vec<i32>>,
}

/// Edges nearer than this, in twentieths of a point, are one.
const EDGE: i32 = 40;

impl Rows {
    pub fn new(table: usize, from: usize) -> Self {
        Self { table, from, rows: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Ends a row.
    pub fn push(&mut self, edges: Vec<i32>) {
        self.rows.push(edges);
    }

    /// Ends the table: the place of a cell in its row becomes its column.
    pub fn settle(self, lines: &mut [Line]) {
        let mut edges: Vec<i32> = self.rows.concat();
        edges.sort_unstable();
        edges.dedup_by(|b, a| b.saturating_sub(*a) < EDGE);
        // A table of one cell is a frame around paragraphs.
        let framed = self.rows.len() <= 1 && self.rows.first().is_none_or(|row| row.len() <= 1);
        for line in lines.iter_mut().skip(self.from) {
            let Some(cell) = line.cell.as_mut().filter(|cell| cell.table == self.table) else { continue };
            if framed {
                line.cell = None;
            } else if let Some(left) = self.rows.get(cell.row).and_then(|row| row.get(cell.column)) {
                cell.column = edges.partition_point(|edge| edge.saturating_add(EDGE) <= *left);
            }
        }
    }
}

/// How a paragraph or a run looks; `None` where nothing is said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look {
    /// 1 to 6.
    pub heading: Option<u8>,
    pub centred: Option<bool>,
    /// Its first line is indented.
    pub indent: Option<bool>,
    pub bold: Option<bool>,
    pub hidden: Option<bool>,
    /// The typeface of Chinese characters.
    pub face: Option<String>,
}

impl Look {
    pub fn hint(&self) -> Hint {
        Hint { heading: self.heading, centred: self.centred == Some(true), bold: 0 }
    }

    /// Bold, or in a typeface that headings stand in where the text is in Song or imitation Song.
    pub fn stands_out(&self) -> bool {
        let named = |face: &String| {
            let face = face.to_ascii_lowercase();
            ["黑", "楷", "标宋", "simhei", "kaiti", "heiti"].iter().any(|name| face.contains(name))
        };
        self.bold == Some(true) || self.face.as_ref().is_some_and(named)
    }

    /// The look of a run of this style in a paragraph.
    pub fn over(self, paragraph: &Self) -> Self {
        Self {
            bold: self.bold.or(paragraph.bold),
            hidden: self.hidden.or(paragraph.hidden),
            face: self.face.or_else(|| paragraph.face.clone()),
            ..Self::default()
        }
    }
}

/// The level of a style that is named as a heading.
pub fn named_heading(name: &str) -> Option<u8> {
    let name = name.replace("_20_", " ").to_ascii_lowercase();
    let level =
        name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?.trim().parse::<u8>().ok()?;
    (1..=9).contains(&level).then(|| level.min(6))
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

    #[test]
    fn notes_stand_behind_what_calls_them() {
        let mut lines = Lines::default();
        let mut write = |words: &str, cell: bool, note: &str| {
            lines.cell = cell.then_some(Cell::default());
            lines.push(words, false);
            if !note.is_empty() {
                let open = lines.suspend();
                lines.push(note, false);
                lines.end("", Hint::default(), false);
                let note = lines.resume(open);
                lines.note(note);
            }
            lines.end("", Hint::default(), false);
        };
        write("一、工作回顾", false, "甲");
        write("全年立案", false, "");
        write("三件。", false, "乙");
        write("（一）”学习。”", false, "");
        write("指标", true, "丙");
        write("合计。", true, "");
        write("如表。", false, "丁");
        write("落款", false, "戊");
        lines.finish();
        let texts: Vec<_> = lines.done.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "一、工作回顾",
                "全年立案",
                "三件。",
                "甲",
                "乙",
                "（一）”学习。”",
                "指标",
                "合计。",
                "丙",
                "如表。",
                "丁",
                "落款",
                "戊"
            ]
        );
    }

    #[test]
    fn cells_stand_below_one_another_by_their_edges() {
        let cell =
            |row, column| Line { cell: Some(Cell { row, column, ..Cell::default() }), ..Line::default() };
        let mut lines = [cell(0, 0), cell(0, 1), cell(1, 0), cell(1, 1), cell(1, 2)];
        let mut rows = Rows::new(0, 0);
        rows.push(vec![0, 2000]);
        rows.push(vec![10, 1000, 1990]);
        rows.settle(&mut lines);
        let columns: Vec<_> = lines.iter().filter_map(|l| Some(l.cell?.column)).collect();
        assert_eq!(columns, [0, 2, 0, 1, 2]);
        let mut framed = [cell(0, 0)];
        Rows { table: 0, from: 0, rows: vec![vec![0]] }.settle(&mut framed);
        assert_eq!(framed[0].cell, None);
    }
}
