//! Markdown: its marks become hints and cells, its words stay.

use super::html::characters;
use super::rows::rows;
use super::{Block, Cell, Document, Facts, Hint, Words};
use crate::report::Format;
use crate::text::Glyph;

/// Whether headings are marked with `#`, and more than one thing is marked.
pub fn is_markdown(source: &str) -> bool {
    let mut headings = 0;
    let mut others = 0;
    for line in source.lines() {
        headings += usize::from(heading(line).is_some());
        others += usize::from(is_rule(line) || (line.starts_with("**") && line[2..].contains("**")));
    }
    headings >= 2 || (headings == 1 && others >= 1)
}

pub fn read(source: &str, words: &Words) -> Document {
    let mut blocks: Vec<Block> = Vec::new();
    let mut apart = true;
    let (mut tables, mut row, mut within) = (0, 0, false);
    let mut at = 0;
    for whole in source.split_inclusive('\n') {
        let start = at;
        at += whole.len();
        let line = whole.trim_end();
        if line.is_empty() || line.starts_with("```") || is_rule(line) {
            // The line below a table's head is one of these too.
            within &= line.contains('|');
            apart = true;
            continue;
        }
        let mut hint = Hint::default();
        if let Some(cells) = line.trim().strip_prefix('|') {
            (tables, row) = if within { (tables, row + 1) } else { (tables + 1, 0) };
            within = true;
            let mut from = start + line.len() - line.trim_start().len() + 1;
            for (column, cell) in cells.strip_suffix('|').unwrap_or(cells).split('|').enumerate() {
                let cell_at = Some(Cell { table: tables - 1, row, column, ..Cell::default() });
                let glyphs = inline(source, from, from + cell.len(), words, &mut hint);
                if !glyphs.is_empty() {
                    blocks.push(Block {
                        glyphs,
                        hint: Hint::default(),
                        apart: true,
                        indent: false,
                        cell: cell_at,
                    });
                }
                from += cell.len() + 1;
            }
            continue;
        }
        within = false;
        let text = match heading(line) {
            Some((level, text)) => {
                hint.heading = Some(level);
                text
            }
            None => bare(line),
        };
        let from = start + (text.as_ptr() as usize - whole.as_ptr() as usize);
        let glyphs = inline(source, from, from + text.len(), words, &mut hint);
        if !glyphs.is_empty() {
            let indent = line.starts_with(char::is_whitespace);
            // A list's item is a paragraph of its own.
            let apart = apart || hint.heading.is_some() || text.len() < line.trim_start().len();
            blocks.push(Block { glyphs, hint, apart, indent, cell: None });
        }
        apart = hint.heading.is_some();
    }
    Document {
        format: Format::Markdown,
        blocks: rows(blocks, |block| block, |_, _| ()),
        removed: Vec::new(),
        facts: Facts::default(),
        warnings: Vec::new(),
    }
}

/// `## 二、工作` is a heading of the second level.
fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let words = text.trim_end_matches('#').trim();
    ((1..=6).contains(&level) && text.starts_with([' ', '\t']) && !words.is_empty())
        .then_some((level as u8, words))
}

/// A line across the page, or below the head of a table.
fn is_rule(line: &str) -> bool {
    let marks = line.chars().filter(|c| !matches!(c, ' ' | '|' | ':' | '\t'));
    let mut marks = marks.peekable();
    let Some(mark) = marks.peek().copied().filter(|c| matches!(c, '-' | '*' | '_' | '=')) else {
        return false;
    };
    line.contains("|") || marks.clone().count() >= 3 && marks.all(|c| c == mark)
}

/// A line without the marks of quotations and lists; numbers are words.
fn bare(line: &str) -> &str {
    let text = line.trim_start().trim_start_matches("> ").trim_start();
    ["- ", "* ", "+ "].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text).trim_start()
}

/// The characters of a line without the marks in it; bold ones at its beginning are counted.
fn inline(source: &str, start: usize, end: usize, words: &Words, hint: &mut Hint) -> Vec<Glyph> {
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut at = start;
    let mut bold = source[start..end].trim_start().starts_with("**");
    while at < end {
        let rest = &source[at..end];
        let length = rest.chars().next().map_or(1, char::len_utf8);
        let (skip, keep) = if rest.starts_with("**") || rest.starts_with("__") {
            if bold && !glyphs.is_empty() {
                hint.bold = glyphs.len();
                bold = false;
            }
            (2, 0)
        } else if rest.starts_with('`') {
            (1, 0)
        } else if let Some(image) = rest.starts_with("![").then(|| link(&rest[1..])).flatten() {
            (1 + image.1, 0)
        } else if let Some((text, whole)) = rest.starts_with('[').then(|| link(rest)).flatten() {
            glyphs.extend(inline(source, at + 1, at + 1 + text, words, &mut Hint::default()));
            (whole, 0)
        } else if rest.starts_with('\\') && rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) {
            (1, 1)
        } else {
            // Up to the next mark, at once: entities are longer than a character.
            let marks = rest[length..].find(['*', '_', '`', '!', '[', '\\']);
            (0, marks.map_or(rest.len(), |to| to + length))
        };
        characters(source, at + skip, at + skip + keep, words, &mut |glyph| glyphs.push(glyph));
        at += skip + keep;
    }
    let leading = glyphs.iter().take_while(|g| g.c.is_whitespace()).count();
    let trailing = glyphs[leading..].iter().rev().take_while(|g| g.c.is_whitespace()).count();
    glyphs.truncate(glyphs.len() - trailing);
    glyphs.split_off(leading)
}

/// Of `[words](address)` the length of the words, and of all.
fn link(text: &str) -> Option<(usize, usize)> {
    const LONGEST: usize = 1000;
    let text = &text[..text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at)];
    let (words, rest) = text[1..].split_once(']')?;
    let address = rest.strip_prefix('(')?.split_once(')')?.0;
    (!words.contains('[')).then_some((words.len(), words.len() + address.len() + 4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn lines(source: &str) -> Vec<(String, Hint)> {
        let document = read(source, &Lexicon::builtin().read);
        for block in &document.blocks {
            for glyph in &block.glyphs {
                assert!(source.is_char_boundary(glyph.start as usize) && glyph.end as usize <= source.len());
            }
        }
        document.blocks.iter().map(|b| (b.glyphs.iter().map(|g| g.c).collect(), b.hint)).collect()
    }

    #[test]
    fn marks_go_and_words_stay() {
        let source = "# 工作报告\r\n\r\n## 一、工作 ##\n**履职尽责。**全年[视察](http://a.cn/b)**12**次,![图](x.png)\n\
            - 提案`30`件\n1. 办复\\*率&lt;100%\n> 引文\n---\n完";
        let read = lines(source);
        let texts: Vec<&str> = read.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(
            texts,
            ["工作报告", "一、工作", "履职尽责。全年视察12次,", "提案30件", "1. 办复*率<100%", "引文", "完"]
        );
        assert_eq!(read[0].1.heading, Some(1));
        assert_eq!(read[1].1.heading, Some(2));
        assert_eq!((read[2].1.heading, read[2].1.bold), (None, 5));
        assert_eq!(read[3].1.bold, 0);
    }

    #[test]
    fn tables_are_rows_of_cells() {
        let source = "## 表\n| 指标 | 年 | 值 |\n|---|:-:|---|\n| 总值 || **12** |\n\n|甲|\n";
        let texts: Vec<String> = lines(source).into_iter().map(|(text, _)| text).collect();
        assert_eq!(texts, ["表", "指标\t年\t值", "总值\t\t12", "甲"]);
    }

    #[test]
    fn markdown_is_told_by_its_marks() {
        assert!(is_markdown("# 报告\n\n## 一、工作\n全年"));
        assert!(is_markdown("# 报告\n**一、工作**\n全年"));
        assert!(!is_markdown("#报告#\n一、工作\n# 1"));
        assert!(!is_markdown("委员张**、李**\n——————\n一、工作"));
    }
}
