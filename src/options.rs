use crate::lexicon::Lexicon;
use crate::report::{Format, Offsets};
use std::sync::Arc;

/// What a caller may decide; the default decides nothing.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The file's name, for the report's `source.name` and as a hint for the metadata; may be empty.
    pub name: String,
    /// An encoding label that overrules what would be found (`gbk`, `big5`, `utf-16le`, …).
    pub encoding: Option<String>,
    /// What the text was before it was unpacked (a row of a CSV file, the page in an MHTML file), for
    /// `source.format`; its content says where nothing is given.
    pub format: Option<Format>,
    /// What spans count. Bytes by default, so that `&report.text[span]` works in Rust.
    pub offsets: Offsets,
    /// Tables to use in place of those compiled in.
    pub lexicon: Option<Arc<Lexicon>>,
}

impl Options {
    pub(crate) fn lexicon(&self) -> &Lexicon {
        match &self.lexicon {
            Some(lexicon) => lexicon,
            None => Lexicon::builtin(),
        }
    }
}
