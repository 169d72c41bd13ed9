//! Several reports side by side: indicators down, reports across, and their outlines.
//!
//! `docs/compare.md` tells what makes a row and which value of a cell stands first.

mod clues;
mod rows;
mod sections;
#[cfg(test)]
mod tests;

use crate::lexicon::Lexicon;
use crate::report::{
    CompareHead, Comparison, Hedge, MetricKind, Offsets, Period, Report, ReportKind, SCHEMA, Span, Status,
};
use crate::table::{Tables, rows as lines};
use crate::text::{decimal, sort_by};
use serde::Deserialize;
use std::collections::HashMap;

/// What the comparison knows.
#[derive(Debug, Default)]
pub struct Words {
    groups: Vec<Named>,
    /// By id: its place in the order of the rows.
    indicators: HashMap<String, (usize, Known)>,
    /// To the base unit, with how many of it the unit is.
    units: HashMap<String, (String, f64)>,
    scopes: Vec<String>,
    average: Vec<String>,
    recent: Vec<String>,
    without: Vec<String>,
    against: Vec<String>,
    running: Vec<String>,
    yearly: Vec<String>,
    reached: Vec<String>,
    vague: Vec<String>,
    topics: sections::Topics,
    review: Vec<String>,
    plan: Vec<String>,
    turn: Vec<String>,
}

/// An id with its names.
#[derive(Debug)]
struct Named {
    id: String,
    zh: String,
    en: String,
}

/// An indicator of the lexicon.
#[derive(Debug)]
struct Known {
    group: String,
    zh: String,
    en: String,
}

impl Words {
    pub(crate) fn parse(tables: &Tables) -> Self {
        let mut words = Self::default();
        for row in lines(tables.get("compare.tsv")) {
            let [word, class, rest @ ..] = &row[..] else { continue };
            let list = match (*class, rest) {
                ("group", [zh, en]) => {
                    let (id, zh, en) = ((*word).into(), (*zh).into(), (*en).into());
                    words.groups.push(Named { id, zh, en });
                    continue;
                }
                ("unit", [base, factor]) => {
                    let factor = decimal(factor).unwrap_or(1.0);
                    words.units.insert((*word).into(), ((*base).into(), factor));
                    continue;
                }
                ("topic", [bodies, en, tells @ ..]) => {
                    words.topics.add([word, en], bodies, tells);
                    continue;
                }
                ("review", _) => &mut words.review,
                ("plan", _) => &mut words.plan,
                ("turn", _) => &mut words.turn,
                ("scope", _) => &mut words.scopes,
                ("average", _) => &mut words.average,
                ("recent", _) => &mut words.recent,
                ("without", _) => &mut words.without,
                ("against", _) => &mut words.against,
                ("running", _) => &mut words.running,
                ("yearly", _) => &mut words.yearly,
                ("reached", _) => &mut words.reached,
                ("vague", _) => &mut words.vague,
                _ => continue,
            };
            list.push((*word).into());
        }
        let indicators = lines(tables.get("indicators.tsv")).filter(|row| !row[0].starts_with('@'));
        for (place, row) in indicators.enumerate() {
            if let [id, group, zh, en, ..] = row[..] {
                let known = Known { group: group.into(), zh: zh.into(), en: en.into() };
                words.indicators.insert(id.into(), (place, known));
            }
        }
        words
    }
}

/// What of a report a comparison looks at. It reads the JSON of a report, of which all that is not here may
/// be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Digest {
    source: Name,
    meta: Head,
    /// Without it nothing tells the parts of a whole.
    text: String,
    outline: Vec<Heading>,
    metrics: Vec<Item>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Name {
    name: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Head {
    title: String,
    place: String,
    kind: ReportKind,
    period: Period,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Heading {
    depth: u32,
    parent: Option<usize>,
    title: String,
    heading: Span,
}

#[derive(Debug, Clone, Deserialize)]
struct Item {
    #[serde(default)]
    span: Span,
    #[serde(default)]
    sentence: Span,
    value: f64,
    #[serde(default)]
    max: Option<f64>,
    unit: String,
    hedge: Hedge,
    kind: MetricKind,
    #[serde(default)]
    action: String,
    indicator: String,
    #[serde(default)]
    canonical: Option<String>,
    period: Period,
    status: Status,
    #[serde(default)]
    confidence: Option<f64>,
    #[serde(default)]
    corrected: bool,
}

impl From<&Report> for Digest {
    fn from(report: &Report) -> Self {
        let Report { source, meta, .. } = report;
        Self {
            source: Name { name: source.name.clone() },
            meta: Head {
                title: meta.title.clone(),
                place: meta.place.clone(),
                kind: meta.kind,
                period: meta.period.clone(),
            },
            text: report.text.clone(),
            outline: report
                .outline
                .iter()
                .map(|s| Heading {
                    depth: s.depth,
                    parent: s.parent,
                    title: s.title.clone(),
                    heading: s.heading,
                })
                .collect(),
            metrics: report
                .metrics
                .iter()
                .map(|m| Item {
                    span: m.span,
                    sentence: m.sentence,
                    value: m.value,
                    max: m.max,
                    unit: m.unit.clone(),
                    hedge: m.hedge,
                    kind: m.kind,
                    action: m.action.clone(),
                    indicator: m.indicator.clone(),
                    canonical: m.canonical.clone(),
                    period: m.period.clone(),
                    status: m.status,
                    confidence: m.confidence,
                    corrected: m.corrected,
                })
                .collect(),
        }
    }
}

/// Puts reports side by side, whose spans count bytes.
pub fn compare(reports: &[Report]) -> Comparison {
    let digests: Vec<Digest> = reports.iter().map(Digest::from).collect();
    compare_digests(&digests.iter().collect::<Vec<_>>(), Offsets::Utf8, &Lexicon::builtin().compare)
}

/// As [`compare`], for reports whose spans count `offsets`.
pub fn compare_digests(reports: &[&Digest], offsets: Offsets, words: &Words) -> Comparison {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    sort_by(&mut order, |&a, &b| {
        let head = |i: usize| {
            let Head { place, period, kind, .. } = &reports[i].meta;
            // Whoever does not say where it stands comes last.
            (place.is_empty(), place, &period.start, &period.end, *kind as u8, i)
        };
        head(a).cmp(&head(b))
    });
    let columns: Vec<&Digest> = order.iter().map(|&i| reports[i]).collect();
    Comparison {
        schema: SCHEMA,
        reports: order
            .iter()
            .zip(&columns)
            .map(|(&index, report)| CompareHead {
                index,
                name: report.source.name.clone(),
                title: report.meta.title.clone(),
                place: report.meta.place.clone(),
                kind: report.meta.kind,
                period: report.meta.period.clone(),
            })
            .collect(),
        groups: rows::groups(&columns, offsets, words),
        sections: sections::topics(&columns, offsets, words),
    }
}
