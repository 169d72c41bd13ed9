//! Blocks to the clean text: page dirt out, pinyin out, Simplified characters.

use crate::Error;
use crate::lexicon::Tables;
use crate::read::{Document, Facts, Hint};
use crate::report::{Removed, Script, Warning};
use crate::text::{Glyph, Text};

/// The report's own text and what was taken away around it.
#[derive(Debug, Clone)]
pub struct Cleaned {
    pub text: Text,
    /// For each line of the text.
    pub hints: Vec<Hint>,
    /// In the order of the source.
    pub removed: Vec<Removed>,
    pub script: Script,
    /// The text breaks off before the report's end.
    pub truncated: bool,
    pub facts: Facts,
    pub warnings: Vec<Warning>,
}

#[derive(Debug)]
pub struct Words {}

impl Words {
    pub(crate) fn parse(_tables: &Tables) -> Self {
        Self {}
    }
}

/// Cleans a document; `source` is the decoded source that its glyphs point into.
///
/// # Errors
/// [`Error::NoText`] where nothing is left.
pub fn clean(document: &Document, _source: &str, _words: &Words) -> Result<Cleaned, Error> {
    let mut text = Text::default();
    for (i, block) in document.blocks.iter().enumerate() {
        if i > 0 {
            let at = block.glyphs.first().map_or(0, |g| g.start);
            text.push(Glyph { c: '\n', start: at, end: at });
        }
        block.glyphs.iter().for_each(|&g| text.push(g));
    }
    Ok(Cleaned {
        text,
        hints: document.blocks.iter().map(|b| b.hint).collect(),
        removed: document.removed.clone(),
        script: Script::Hans,
        truncated: false,
        facts: document.facts.clone(),
        warnings: Vec::new(),
    })
}
