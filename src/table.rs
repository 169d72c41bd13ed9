//! The files in `lexicon/` and their form: tab-separated columns, a row a line, `#` before a comment.

/// Names and contents of files of `lexicon/`, without their comments.
macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!(env!("OUT_DIR"), "/lexicon/", $name)))),*]
    };
}

/// What is compiled in; of `indicator-weights.tsv`, [`WEIGHTS`].
#[cfg(not(all(target_arch = "wasm32", feature = "formats")))]
const BUILTIN: &[(&str, &str)] = files! {
    "columns.tsv"
    "common-characters.tsv"
    "compare.tsv"
    "elements.tsv"
    "entities.tsv"
    "heading-weights.tsv"
    "heading-words.tsv"
    "indicator-words.tsv"
    "indicators.tsv"
    "measure-words.tsv"
    "meta.tsv"
    "page-dirt.tsv"
    "page-facts.tsv"
    "page-labels.tsv"
    "page-parts.tsv"
    "places.tsv"
    "quantity-words.tsv"
    "radicals.tsv"
    "spam.tsv"
    "table-heads.tsv"
    "time-words.tsv"
    "title-words.tsv"
    "traditional-phrases.tsv"
    "traditional.tsv"
    "units.tsv"
    "words.tsv"
};

/// `indicator-weights.tsv` as `build.rs` packed it.
#[cfg(not(all(target_arch = "wasm32", feature = "formats")))]
pub(crate) const WEIGHTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/indicator-weights"));

/// The module that unpacks decodes names and tells collections; no more is compiled into it.
#[cfg(all(target_arch = "wasm32", feature = "formats"))]
const BUILTIN: &[(&str, &str)] = files! { "columns.tsv" "common-characters.tsv" "traditional.tsv" };
#[cfg(all(target_arch = "wasm32", feature = "formats"))]
pub(crate) const WEIGHTS: &[u8] = &[];

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

    /// What stands in place of a file of `lexicon/`, if something does.
    pub(crate) fn replaced(&self, name: &str) -> Option<&'a str> {
        self.replaced.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
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
