//! The files in `lexicon/` and their form: tab-separated columns, a row a line, `#` before a comment.

/// Names and contents of the files in `lexicon/`.
#[cfg(not(all(target_arch = "wasm32", feature = "formats")))]
const BUILTIN: &[(&str, &str)] = &[
    ("columns.tsv", include_str!("../lexicon/columns.tsv")),
    ("common-characters.tsv", include_str!("../lexicon/common-characters.tsv")),
    ("compare.tsv", include_str!("../lexicon/compare.tsv")),
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
    ("table-heads.tsv", include_str!("../lexicon/table-heads.tsv")),
    ("time-words.tsv", include_str!("../lexicon/time-words.tsv")),
    ("title-words.tsv", include_str!("../lexicon/title-words.tsv")),
    ("traditional-phrases.tsv", include_str!("../lexicon/traditional-phrases.tsv")),
    ("traditional.tsv", include_str!("../lexicon/traditional.tsv")),
    ("units.tsv", include_str!("../lexicon/units.tsv")),
    ("words.tsv", include_str!("../lexicon/words.tsv")),
];

/// The module that unpacks decodes names and tells collections; no more is compiled into it.
#[cfg(all(target_arch = "wasm32", feature = "formats"))]
const BUILTIN: &[(&str, &str)] = &[
    ("columns.tsv", include_str!("../lexicon/columns.tsv")),
    ("common-characters.tsv", include_str!("../lexicon/common-characters.tsv")),
    ("traditional.tsv", include_str!("../lexicon/traditional.tsv")),
];

/// The files that a lexicon is parsed from.
#[derive(Default)]
pub struct Tables<'a> {
    replaced: &'a [(&'a str, &'a str)],
}

impl<'a> Tables<'a> {
    /// Those compiled in, with the files of `replaced` in place of those of the same name.
    pub fn with(replaced: &'a [(&'a str, &'a str)]) -> Self {
        Self { replaced }
    }

    /// The content of a file of `lexicon/`.
    pub(crate) fn get(&self, name: &str) -> &'a str {
        self.replaced.iter().chain(BUILTIN).find(|(n, _)| *n == name).map(|(_, text)| *text).unwrap_or_else(
            || {
                let unpacks = cfg!(all(target_arch = "wasm32", feature = "formats"));
                assert!(unpacks, "lexicon/{name} is not compiled in");
                ""
            },
        )
    }
}

/// Rows of a lexicon file, each its columns.
pub fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// The first column of each row whose second column is `class`.
pub fn of_class<'a>(text: &'a str, class: &'a str) -> impl Iterator<Item = &'a str> {
    rows(text).filter(move |row| row.get(1) == Some(&class)).map(|row| row[0])
}
