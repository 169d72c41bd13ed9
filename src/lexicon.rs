//! All that the rules know as data. Each room parses its own tables; this is where they are kept
//! together, so that a caller can put others in place of those compiled in.

use crate::table::Tables;
use crate::{clean, compare, decode, meta, metrics, outline, read};
use std::sync::LazyLock;

/// The tables of every room, parsed.
#[derive(Debug)]
pub struct Lexicon {
    pub decode: decode::Words,
    pub(crate) read: read::Words,
    pub(crate) clean: clean::Words,
    pub(crate) outline: outline::Words,
    pub metrics: metrics::Words,
    pub(crate) meta: meta::Words,
    pub(crate) compare: compare::Words,
}

impl Lexicon {
    /// The tables compiled in.
    pub fn builtin() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::with(&[]));
        &LEXICON
    }

    /// The tables compiled in, with the files of `replaced` (name in `lexicon/`, content) in place of
    /// those of the same name.
    pub fn with(replaced: &[(&str, &str)]) -> Self {
        let tables = Tables::with(replaced);
        Self {
            decode: decode::Words::parse(&tables),
            read: read::Words::parse(&tables),
            clean: clean::Words::parse(&tables),
            outline: outline::Words::parse(&tables),
            metrics: metrics::Words::parse(&tables),
            meta: meta::Words::parse(&tables),
            compare: compare::Words::parse(&tables),
        }
    }
}
