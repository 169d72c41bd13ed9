//! The matrix: indicators down, reports across.

use super::{Digest, Item, Words};
use crate::report::{
    Cell, CellValue, IndicatorGroup, IndicatorRow, MetricKind, Offsets, Period, Scale, Status, When,
};
use std::collections::HashMap;

/// A name without an id must be this long, in characters, to be the same thing in two reports.
const TELLING: usize = 4;
/// The group of what the lexicon does not know.
const OTHER: &str = "other";

/// What makes a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key<'a> {
    id: Option<&'a str>,
    /// Of a row without an id.
    action: &'a str,
    name: String,
    kind: u8,
    unit: &'a str,
}

pub fn groups(reports: &[&Digest], _offsets: Offsets, words: &Words) -> Vec<IndicatorGroup> {
    let mut found: HashMap<Key, Vec<(usize, usize)>> = HashMap::new();
    for (column, report) in reports.iter().enumerate() {
        for (at, metric) in report.metrics.iter().enumerate() {
            if let Some(key) = key(metric) {
                found.entry(key).or_default().push((column, at));
            }
        }
    }
    let mut rows: Vec<(Key, IndicatorRow)> = found
        .into_iter()
        .filter(|(key, places)| key.id.is_some() || places.iter().any(|p| p.0 != places[0].0))
        .map(|(key, places)| {
            let row = row(&key, &places, reports, words);
            (key, row)
        })
        .collect();
    let place = |key: &Key| key.id.and_then(|id| words.indicators.get(id)).map_or(usize::MAX, |k| k.0);
    rows.sort_by(|(a, _), (b, _)| {
        let order = |key: &'_ Key| (place(key), key.id.is_none());
        order(a)
            .cmp(&order(b))
            .then_with(|| (a.id, &a.name, a.action).cmp(&(b.id, &b.name, b.action)))
            .then_with(|| (a.kind, a.unit).cmp(&(b.kind, b.unit)))
    });
    let mut groups: Vec<IndicatorGroup> = words
        .groups
        .iter()
        .map(|g| IndicatorGroup {
            id: g.id.clone(),
            name: g.zh.clone(),
            name_en: g.en.clone(),
            rows: Vec::new(),
        })
        .collect();
    for (key, row) in rows {
        let group = key.id.and_then(|id| words.indicators.get(id)).map_or(OTHER, |k| k.1.group.as_str());
        if let Some(group) = groups.iter_mut().find(|g| g.id == group) {
            group.rows.push(row);
        }
    }
    groups.retain(|g| !g.rows.is_empty());
    groups
}

fn key(metric: &Item) -> Option<Key<'_>> {
    let id = metric.canonical.as_deref();
    let name = if id.is_none() { fold(&metric.indicator) } else { String::new() };
    let action = if id.is_none() { metric.action.as_str() } else { "" };
    let kind = order(metric.kind);
    (id.is_some() || name.chars().count() >= TELLING).then_some(Key {
        id,
        action,
        name,
        kind,
        unit: &metric.unit,
    })
}

/// Level, growth, share and rank stand in this order.
fn order(kind: MetricKind) -> u8 {
    match kind {
        MetricKind::Count => 0,
        MetricKind::Amount => 1,
        MetricKind::Measure => 2,
        MetricKind::Duration => 3,
        MetricKind::Change => 4,
        MetricKind::Share => 5,
        MetricKind::Rank => 6,
    }
}

fn fold(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && !"“”‘’\"'《》〈〉".contains(*c)).collect()
}

fn row(key: &Key, places: &[(usize, usize)], reports: &[&Digest], words: &Words) -> IndicatorRow {
    let mut cells: Vec<Cell> = Vec::new();
    for &(column, at) in places {
        let metric = &reports[column].metrics[at];
        let value = CellValue {
            metric: at,
            value: metric.value,
            max: metric.max,
            counter: None,
            hedge: metric.hedge,
            period: metric.period.clone(),
            when: when(&metric.period, &reports[column].meta.period),
            status: metric.status,
            confidence: metric.confidence,
            part: false,
            corrected: metric.corrected,
        };
        match cells.last_mut().filter(|c| c.report == column) {
            Some(cell) => cell.values.push(value),
            None => cells.push(Cell { report: column, values: vec![value] }),
        }
    }
    for cell in &mut cells {
        cell.values.sort_by(|a, b| {
            let order = |v: &CellValue| (!v.corrected, v.part, v.when, v.status == Status::Plan);
            order(a).cmp(&order(b)).then(b.confidence.unwrap_or(0.0).total_cmp(&a.confidence.unwrap_or(0.0)))
        });
    }
    let known = key.id.and_then(|id| words.indicators.get(id)).map(|k| &k.1);
    let first = &reports[places[0].0].metrics[places[0].1];
    IndicatorRow {
        canonical: key.id.map(str::to_owned),
        indicator: known.map_or_else(|| first.indicator.clone(), |k| k.zh.clone()),
        indicator_en: known.map_or_else(String::new, |k| k.en.clone()),
        kind: first.kind,
        unit: key.unit.to_owned(),
        scale: scale(&cells, key.unit),
        cells,
    }
}

/// 万 and 亿 where most values have them.
fn scale(cells: &[Cell], unit: &str) -> Scale {
    let mut sizes: Vec<f64> = cells.iter().map(|c| c.values[0].value.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let middle = sizes[sizes.len() / 2];
    let (factor, word) = [(1e8, "亿"), (1e4, "万")].into_iter().find(|s| middle >= s.0).unwrap_or((1.0, ""));
    Scale { factor, unit: format!("{word}{unit}") }
}

/// How `period` lies to `own`.
fn when(period: &Period, own: &Period) -> When {
    if period == own {
        return When::Own;
    }
    if [&period.start, &period.end, &own.start, &own.end].iter().any(|t| t.is_empty()) {
        return When::Other;
    }
    // 2022 lasts from 2022 to 2022-99 in the order of strings.
    let last = |time: &str| format!("{time}-99");
    let ends = last(&period.end) <= last(&own.end) || period.end.starts_with(&own.end);
    if period.start > last(&own.end) {
        When::After
    } else if last(&period.end) < own.start {
        When::Before
    } else if period.start >= own.start && ends {
        When::Within
    } else {
        When::Other
    }
}
