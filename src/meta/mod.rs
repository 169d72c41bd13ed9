//! Who reports, where, when, on what.

use crate::clean::Cleaned;
use crate::lexicon::Tables;
use crate::report::{Meta, Section};

#[derive(Debug)]
pub struct Words {}

impl Words {
    pub(crate) fn parse(_tables: &Tables) -> Self {
        Self {}
    }
}

/// A report's metadata from its text, from what was removed around it, from what its page says
/// about itself and from its file's name.
pub fn meta(cleaned: &Cleaned, _outline: &[Section], _name: &str, _words: &Words) -> Meta {
    Meta { truncated: cleaned.truncated, ..Meta::default() }
}
