//! The clean text to its sections.

use crate::clean::Cleaned;
use crate::lexicon::Tables;
use crate::report::Section;

#[derive(Debug)]
pub struct Words {}

impl Words {
    pub(crate) fn parse(_tables: &Tables) -> Self {
        Self {}
    }
}

/// The sections of a report in reading order.
pub fn outline(_cleaned: &Cleaned, _words: &Words) -> Vec<Section> {
    Vec::new()
}
