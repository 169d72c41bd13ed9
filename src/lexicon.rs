//! All that the rules know as data. Each room parses its own tables; this is where they are kept
//! together, so that a caller can put others in place of those compiled in.

use crate::{clean, decode, meta, metrics, outline, read};
use std::sync::LazyLock;

/// Names and contents of the files in `lexicon/`.
const BUILTIN: &[(&str, &str)] = &[
    ("common-characters.tsv", include_str!("../lexicon/common-characters.tsv")),
    ("elements.tsv", include_str!("../lexicon/elements.tsv")),
    ("entities.tsv", include_str!("../lexicon/entities.tsv")),
    ("heading-weights.tsv", include_str!("../lexicon/heading-weights.tsv")),
    ("heading-words.tsv", include_str!("../lexicon/heading-words.tsv")),
    ("indicator-weights.tsv", include_str!("../lexicon/indicator-weights.tsv")),
    ("indicator-words.tsv", include_str!("../lexicon/indicator-words.tsv")),
    ("indicators.tsv", include_str!("../lexicon/indicators.tsv")),
    ("measure-words.tsv", include_str!("../lexicon/measure-words.tsv")),
    ("meta.tsv", include_str!("../lexicon/meta.tsv")),
    ("page-dirt.tsv", include_str!("../lexicon/page-dirt.tsv")),
    ("page-facts.tsv", include_str!("../lexicon/page-facts.tsv")),
    ("page-labels.tsv", include_str!("../lexicon/page-labels.tsv")),
    ("page-parts.tsv", include_str!("../lexicon/page-parts.tsv")),
    ("places.tsv", include_str!("../lexicon/places.tsv")),
    ("quantity-words.tsv", include_str!("../lexicon/quantity-words.tsv")),
    ("radicals.tsv", include_str!("../lexicon/radicals.tsv")),
    ("spam.tsv", include_str!("../lexicon/spam.tsv")),
    ("time-words.tsv", include_str!("../lexicon/time-words.tsv")),
    ("title-words.tsv", include_str!("../lexicon/title-words.tsv")),
    ("traditional-phrases.tsv", include_str!("../lexicon/traditional-phrases.tsv")),
    ("traditional.tsv", include_str!("../lexicon/traditional.tsv")),
    ("units.tsv", include_str!("../lexicon/units.tsv")),
    ("words.tsv", include_str!("../lexicon/words.tsv")),
];

/// The tables of every room, parsed.
#[derive(Debug)]
pub struct Lexicon {
    pub(crate) decode: decode::Words,
    pub(crate) read: read::Words,
    pub(crate) clean: clean::Words,
    pub(crate) outline: outline::Words,
    pub(crate) metrics: metrics::Words,
    pub(crate) meta: meta::Words,
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
        let tables = Tables { replaced };
        Self {
            decode: decode::Words::parse(&tables),
            read: read::Words::parse(&tables),
            clean: clean::Words::parse(&tables),
            outline: outline::Words::parse(&tables),
            metrics: metrics::Words::parse(&tables),
            meta: meta::Words::parse(&tables),
        }
    }
}

/// The files that a lexicon is parsed from.
#[derive(Default)]
pub struct Tables<'a> {
    replaced: &'a [(&'a str, &'a str)],
}

impl<'a> Tables<'a> {
    /// The content of a file of `lexicon/`.
    pub(crate) fn get(&self, name: &str) -> &'a str {
        self.replaced
            .iter()
            .chain(BUILTIN)
            .find(|(n, _)| *n == name)
            .map(|(_, text)| *text)
            .unwrap_or_else(|| panic!("lexicon/{name} is not compiled in"))
    }
}
