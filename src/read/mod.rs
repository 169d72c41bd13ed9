//! A decoded file to blocks of characters: plain text, Markdown or HTML.

mod article;
pub mod collection;
mod draft;
mod html;
mod markdown;
mod page;
mod plain;
mod rows;
mod several;

use crate::Error;
use crate::decode::Decoded;
use crate::report::{Format, RemovedKind, Span, Warning};
use crate::table;
use crate::table::Tables;
use crate::text::Glyph;
pub use draft::{Draft, Line, draft};
use html::Class;
use serde::{Deserialize, Serialize};
pub use several::{divided, several};
use std::collections::HashMap;

/// What a file's format says, before any judgement of what belongs to the report.
#[derive(Debug, Clone)]
pub struct Document {
    pub format: Format,
    /// In the order of the source.
    pub blocks: Vec<Block>,
    /// Words of the page around its main text, by their place in the source, in its order. Tags,
    /// scripts and white space are what is neither in here nor in a block.
    pub removed: Vec<(RemovedKind, Span)>,
    pub facts: Facts,
    pub warnings: Vec<Warning>,
}

/// A line of plain text, or a block element of a page.
#[derive(Debug, Clone, Default)]
pub struct Block {
    pub glyphs: Vec<Glyph>,
    pub hint: Hint,
    /// Blank lines stand before it, or it is an element of its own.
    pub apart: bool,
    /// It begins with an indent.
    pub indent: bool,
    /// Where it stands in a table.
    pub cell: Option<Cell>,
}

/// A place in a table, counted from 0; a cell that spans several stands at its first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cell {
    /// The table's number in the document.
    pub table: usize,
    pub row: usize,
    pub column: usize,
    /// How many columns it takes, where that is known to be more than one.
    pub span: usize,
}

/// What the format says about a block: evidence for the outline that never overrules the words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hint {
    /// 1 to 6 of a heading element or style.
    pub heading: Option<u8>,
    pub centred: bool,
    /// Leading glyphs that are in bold.
    pub bold: usize,
}

/// What a page says about itself outside its text; empty where it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    pub title: String,
    /// ISO.
    pub published: String,
    pub author: String,
    pub site: String,
}

impl Facts {
    /// What is not known here, from others.
    fn or(&mut self, others: Self) {
        let Self { title, published, author, site } = others;
        for (own, other) in [
            (&mut self.title, title),
            (&mut self.published, published),
            (&mut self.author, author),
            (&mut self.site, site),
        ] {
            if own.is_empty() {
                *own = other;
            }
        }
    }
}

#[derive(Debug)]
pub struct Words {
    elements: HashMap<String, Class>,
    entities: HashMap<String, char>,
    /// Names of `meta` elements and the fact they state, best first.
    facts: Vec<(String, String)>,
    article: article::Words,
    pub(crate) columns: collection::Columns,
}

impl Words {
    pub(crate) fn parse(tables: &Tables) -> Self {
        let pairs = |name| {
            table::rows(tables.get(name)).filter(|row| row.len() > 1).map(|row| (row[0].to_owned(), row[1]))
        };
        Self {
            elements: pairs("elements.tsv").map(|(name, class)| (name, Class::parse(class))).collect(),
            entities: pairs("entities.tsv")
                .filter_map(|(name, hex)| Some((name, char::from_u32(u32::from_str_radix(hex, 16).ok()?)?)))
                .collect(),
            facts: pairs("page-facts.tsv").map(|(name, fact)| (name, fact.to_owned())).collect(),
            article: article::Words::parse(tables),
            columns: collection::Columns::parse(tables),
        }
    }

    fn class(&self, element: &str) -> Class {
        self.elements.get(element).copied().unwrap_or_default()
    }

    fn entity(&self, name: &str) -> Option<char> {
        self.entities.get(name).copied()
    }
}

/// Reads a decoded file into blocks.
///
/// # Errors
/// [`Error::NoText`] where the format holds no words, [`Error::Packed`] where it holds several texts.
pub fn read(decoded: &Decoded, words: &Words) -> Result<Document, Error> {
    match collection::collection(&decoded.text, &words.columns) {
        Some(collection) => Err(Error::Packed(collection.name())),
        None => text(&decoded.text, words),
    }
    .and_then(|document| {
        if several::is_several(&document) { Err(Error::Packed("多篇报告")) } else { Ok(document) }
    })
}

fn text(source: &str, words: &Words) -> Result<Document, Error> {
    let document = if plain::is_page(source, words) {
        page::read(source, words)
    } else if markdown::is_markdown(source) {
        markdown::read(source, words)
    } else {
        plain::read(source, words)
    };
    if document.blocks.is_empty() { Err(Error::NoText) } else { Ok(document) }
}
