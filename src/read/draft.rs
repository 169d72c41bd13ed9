//! What the readers of office formats and archives hand over: lines that are already characters.

use super::rows::rows;
use super::{Block, Cell, Document, Facts, Hint, Words};
use crate::Error;
use crate::report::{EncodingFrom, Format, RemovedKind, Span, Warning};
use crate::text::glyphs;
use serde::{Deserialize, Serialize};

/// A file's words before any judgement of what belongs to the report.
///
/// It crosses the border between the two WebAssembly modules, so it is plain data.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub format: Format,
    /// The size of the file.
    pub bytes: usize,
    /// What its characters were decoded from, where they were bytes: the encoding's name and how it is known.
    pub encoding: Option<(String, EncodingFrom)>,
    /// In reading order.
    pub lines: Vec<Line>,
    /// In place of lines, a text or a page that is read like any.
    pub text: String,
    /// What the text says of itself comes before these.
    pub facts: Facts,
    pub warnings: Vec<Warning>,
}

/// A paragraph, a heading, or a cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    /// With the words of automatic numbering as the office program shows them.
    pub text: String,
    pub hint: Hint,
    /// It begins with an indent.
    pub indent: bool,
    /// Said by the format to be no part of the text: page headers and footers.
    pub removed: Option<RemovedKind>,
    pub cell: Option<Cell>,
}

impl Line {
    /// A line of the draft is one line of the source, whatever ends of lines stand in it.
    fn words(&self) -> String {
        self.text.trim().chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }).collect()
    }
}

impl Draft {
    /// The text that spans of `source` point into.
    pub fn source(&self) -> String {
        if !self.text.is_empty() {
            return self.text.clone();
        }
        let lines = self.lines.iter().map(Line::words).filter(|line| !line.is_empty());
        lines.map(|line| line + "\n").collect()
    }
}

/// The decoded source of a draft, and the document that points into it.
///
/// # Errors
/// [`Error::NoText`] where there are no words in it.
pub fn draft(draft: Draft, words: &Words) -> Result<(String, Document), Error> {
    if draft.text.is_empty() {
        return Ok(lines(draft));
    }
    let mut document = super::text(&draft.text, words)?;
    document.format = draft.format;
    document.warnings.splice(0..0, draft.warnings);
    document.facts.or(draft.facts);
    Ok((draft.text, document))
}

/// Lines become lines of the source.
fn lines(draft: Draft) -> (String, Document) {
    let mut source = String::new();
    let mut document = Document {
        format: draft.format,
        blocks: Vec::new(),
        removed: Vec::new(),
        facts: draft.facts,
        warnings: draft.warnings,
    };
    for line in draft.lines {
        let text = line.words();
        if text.is_empty() {
            continue;
        }
        let start = source.len();
        source.push_str(&text);
        match line.removed {
            Some(kind) => document.removed.push((kind, Span::new(start, source.len()))),
            None => document.blocks.push(Block {
                glyphs: glyphs(&source, start, source.len()).collect(),
                hint: Hint { bold: line.hint.bold.min(text.chars().count()), ..line.hint },
                apart: true,
                indent: line.indent,
                cell: line.cell,
            }),
        }
        source.push('\n');
    }
    document.blocks = rows(document.blocks, |block| block, |_, _| ());
    (source, document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_point_into_their_source_and_furniture_is_told() {
        let line = |text: &str| Line { text: text.into(), ..Line::default() };
        let given = Draft {
            format: Format::Docx,
            lines: vec![
                Line { removed: Some(RemovedKind::Chrome), ..line("— 1 —") },
                line("  "),
                line(" 一、全年\n工作 "),
            ],
            ..Draft::default()
        };
        let told = given.source();
        let (source, document) = lines(given);
        assert_eq!(source, told);
        assert_eq!(source, "— 1 —\n一、全年 工作\n");
        assert_eq!(document.blocks.len(), 1);
        for glyph in &document.blocks[0].glyphs {
            assert!(source[glyph.start as usize..glyph.end as usize].starts_with(glyph.c));
        }
        assert_eq!(&source[document.removed[0].1.range()], "— 1 —");
    }

    #[test]
    fn rows_of_data_are_lines_and_cells_of_text_are_paragraphs() {
        let cell = |row, column, text: &str| Line {
            text: text.into(),
            cell: Some(Cell { row, column, ..Cell::default() }),
            ..Line::default()
        };
        let long = "全年工作".repeat(20);
        let lines = vec![
            cell(0, 0, "类别"),
            cell(0, 1, "件数"),
            cell(1, 0, &long),
            cell(1, 1, "乙"),
            cell(2, 0, "甲"),
            cell(2, 0, "甲二"),
            cell(3, 0, "独"),
            cell(4, 1, "乙"),
            cell(4, 4, "丙"),
            cell(5, 0, "丁"),
            cell(5, 3, "5"),
        ];
        let (_, document) = super::lines(Draft { lines, ..Draft::default() });
        let texts: Vec<String> =
            document.blocks.iter().map(|b| b.glyphs.iter().map(|g| g.c).collect()).collect();
        assert_eq!(
            texts,
            ["类别\t件数\t\t", long.as_str(), "乙", "甲", "甲二", "独", "\t乙\t\t丙", "丁\t\t5\t"]
        );
    }
}
