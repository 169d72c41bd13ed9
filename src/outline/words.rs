//! What the outline knows as data.

use super::features::{Features, LOCAL, NAMES};
use crate::table::Tables;
use crate::table::rows;
use crate::text::decimal;

/// Where a sentence stands that is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// At the start of a paragraph.
    Lead,
    /// Inside a paragraph.
    Inner,
}

/// The classes of `lexicon/heading-words.tsv`, where they are described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Act,
    Deed,
    State,
    Frame,
    Time,
    Speech,
    Body,
    Account,
    Ornament,
    Appeal,
    Section,
    Label,
    After,
    Title,
    Foreign,
    Address,
    Addressee,
    Turn,
    Lesson,
}

const CLASSES: [(&str, Class); 19] = [
    ("act", Class::Act),
    ("deed", Class::Deed),
    ("state", Class::State),
    ("frame", Class::Frame),
    ("time", Class::Time),
    ("speech", Class::Speech),
    ("body", Class::Body),
    ("account", Class::Account),
    ("ornament", Class::Ornament),
    ("appeal", Class::Appeal),
    ("section", Class::Section),
    ("label", Class::Label),
    ("after", Class::After),
    ("title", Class::Title),
    ("foreign", Class::Foreign),
    ("address", Class::Address),
    ("addressee", Class::Addressee),
    ("turn", Class::Turn),
    ("lesson", Class::Lesson),
];

#[derive(Debug)]
pub struct Words {
    lists: [Vec<String>; CLASSES.len()],
    /// For [`Model::Lead`] and [`Model::Inner`], each without and with the row.
    pub(super) weights: [Features; 4],
}

impl Words {
    pub(crate) fn parse(tables: &Tables) -> Self {
        let mut lists = [const { Vec::new() }; CLASSES.len()];
        for row in rows(tables.get("heading-words.tsv")) {
            if let Some((_, class)) = CLASSES.iter().find(|(name, _)| row.get(1) == Some(name)) {
                lists[*class as usize].push(row[0].to_owned());
            }
        }
        Self { lists, weights: weights(tables.get("heading-weights.tsv")) }
    }

    #[cfg(test)]
    pub(crate) fn builtin() -> &'static Self {
        &crate::lexicon::Lexicon::builtin().outline
    }

    pub fn all(&self, class: Class) -> impl Iterator<Item = &str> {
        self.lists[class as usize].iter().map(String::as_str)
    }

    pub fn begins(&self, text: &str, class: Class) -> bool {
        self.all(class).any(|w| text.starts_with(w))
    }

    pub fn ends(&self, text: &str, class: Class) -> bool {
        self.all(class).any(|w| text.ends_with(w))
    }

    pub fn holds(&self, text: &str, class: Class) -> bool {
        self.all(class).any(|w| text.contains(w))
    }

    pub fn is(&self, text: &str, class: Class) -> bool {
        self.all(class).any(|w| text == w)
    }

    /// A sentence's score as a heading: by itself, or with its `row`; above 0 it is one.
    pub fn score(&self, model: Model, row: bool, features: &Features) -> f32 {
        let used = if row { features.len() } else { LOCAL };
        let weights = &self.weights[2 * model as usize + usize::from(row)];
        features[..used].iter().zip(weights).map(|(f, w)| f * w).sum()
    }
}

/// The columns of `heading-weights.tsv`.
pub(super) fn weights(table: &str) -> [Features; 4] {
    let mut weights = [[0.0; NAMES.len()]; 4];
    for row in rows(table) {
        if let Some(feature) = NAMES.iter().position(|name| *name == row[0]) {
            for (column, cell) in weights.iter_mut().zip(&row[1..]) {
                let size = decimal(cell.strip_prefix('-').unwrap_or(cell)).unwrap_or(0.0) as f32;
                column[feature] = if cell.starts_with('-') { -size } else { size };
            }
        }
    }
    weights
}
