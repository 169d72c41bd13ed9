//! A decoded file to blocks of characters: plain text or HTML.

use crate::Error;
use crate::decode::Decoded;
use crate::lexicon::Tables;
use crate::report::{Format, Removed, Warning};
use crate::text::{Glyph, glyphs};

/// What a file's format says, before any judgement of what belongs to the report.
#[derive(Debug, Clone)]
pub struct Document {
    pub format: Format,
    /// In the order of the source.
    pub blocks: Vec<Block>,
    /// What is no text in this format: tags, scripts, indentation, with its place.
    pub removed: Vec<Removed>,
    pub facts: Facts,
    pub warnings: Vec<Warning>,
}

/// A line of plain text, or a block element of a page.
#[derive(Debug, Clone, Default)]
pub struct Block {
    pub glyphs: Vec<Glyph>,
    pub hint: Hint,
}

/// What the format says about a block: evidence for the outline that never overrules the words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hint {
    /// 1 to 6 of a heading element or style.
    pub heading: Option<u8>,
    pub centred: bool,
    /// Leading glyphs that are in bold.
    pub bold: usize,
}

/// What a page says about itself outside its text; empty where it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub title: String,
    pub published: String,
    pub author: String,
    pub site: String,
}

#[derive(Debug)]
pub struct Words {}

impl Words {
    pub(crate) fn parse(_tables: &Tables) -> Self {
        Self {}
    }
}

/// Reads a decoded file into blocks.
///
/// # Errors
/// [`Error::NoText`] where the format holds no words.
pub fn read(decoded: &Decoded, _words: &Words) -> Result<Document, Error> {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in decoded.text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            let glyphs = glyphs(&decoded.text, start, start + trimmed.len()).collect();
            blocks.push(Block { glyphs, hint: Hint::default() });
        }
        at += line.len();
    }
    Ok(Document {
        format: Format::Text,
        blocks,
        removed: Vec::new(),
        facts: Facts::default(),
        warnings: Vec::new(),
    })
}
