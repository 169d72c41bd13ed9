//! The matrix: indicators down, reports across.

use super::clues::{Clues, clues};
use super::{Digest, Item, Words};
use crate::report::{
    Cell, CellValue, Growth, Hedge, IndicatorGroup, IndicatorRow, MetricKind, Offsets, Period, Scale, Status,
    When,
};
use crate::text::{Slices, sort_by, sort_by_key};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// The group of what the lexicon does not know.
const OTHER: &str = "other";
/// A name without an id is at least so long, in characters, and at least so much stands in front of a
/// vague word at its end.
const TELLING: usize = 4;
const IN_FRONT: usize = 3;
/// A reading less sure than this does not stand first.
const SURE: f64 = 0.6;
/// A reading less sure than this makes no row without an id.
const VERY_SURE: f64 = 0.8;

/// What makes a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key<'a> {
    id: Option<&'a str>,
    /// Of a row without an id: what was done to what.
    name: String,
    kind: Order,
    growth: Option<Growth>,
    among: &'a str,
    unit: &'a str,
}

/// Level, growth, share and rank of an indicator stand in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Order(u8);

impl From<MetricKind> for Order {
    fn from(kind: MetricKind) -> Self {
        Self(match kind {
            MetricKind::Count => 0,
            MetricKind::Amount => 1,
            MetricKind::Measure => 2,
            MetricKind::Duration => 3,
            MetricKind::Share => 4,
            MetricKind::Change => 5,
            MetricKind::Rank => 6,
        })
    }
}

/// A metric of a row.
struct Place {
    report: usize,
    metric: usize,
    /// It says itself that it is not the whole.
    part: bool,
    /// It is what there is in all.
    running: bool,
}

pub fn groups(reports: &[&Digest], offsets: Offsets, words: &Words) -> Vec<IndicatorGroup> {
    let mut found: HashMap<Key, Vec<Place>> = HashMap::new();
    for (column, report) in reports.iter().enumerate() {
        let slices = Slices::new(&report.text, offsets);
        for (at, metric) in report.metrics.iter().enumerate() {
            let clues = clues(&slices, metric, words);
            if let Some(key) = key(metric, &clues, words) {
                let Clues { part, running, .. } = clues;
                found.entry(key).or_default().push(Place { report: column, metric: at, part, running });
            }
        }
    }
    let mut rows: Vec<(Key, IndicatorRow)> = found
        .into_iter()
        .filter_map(|(key, places)| row(&key, &places, reports, words).map(|row| (key, row)))
        .collect();
    let place =
        |key: &Key| key.id.map_or(usize::MAX, |id| words.indicators.get(id).map_or(usize::MAX - 1, |k| k.0));
    sort_by(&mut rows, |(a, x), (b, y)| {
        place(a)
            .cmp(&place(b))
            .then_with(|| a.id.cmp(&b.id))
            // What most reports say comes first.
            .then_with(|| if a.id.is_none() { y.cells.len().cmp(&x.cells.len()) } else { a.id.cmp(&b.id) })
            .then_with(|| (&a.name, a.kind, a.growth, a.among).cmp(&(&b.name, b.kind, b.growth, b.among)))
            .then_with(|| y.cells.len().cmp(&x.cells.len()))
            .then_with(|| a.unit.cmp(b.unit))
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
    // What most of these reports speak of comes first: governments do not begin with what conferences count.
    let spoken = |group: &IndicatorGroup| {
        let mut reports: Vec<usize> =
            group.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.report).collect();
        sort_by(&mut reports, Ord::cmp);
        reports.dedup();
        (group.id == OTHER, Reverse(reports.len()))
    };
    sort_by_key(&mut groups, spoken);
    groups
}

fn key<'a>(metric: &'a Item, clues: &Clues<'a>, words: &'a Words) -> Option<Key<'a>> {
    let id = metric.canonical.as_deref();
    let name = if id.is_some() { String::new() } else { name(metric, clues, words)? };
    Some(Key {
        id,
        name,
        kind: metric.kind.into(),
        growth: clues.growth,
        among: clues.among,
        unit: words.unit(metric, id.is_some()),
    })
}

/// What a metric without an id counts, if its words say it so well that the same words in another report
/// mean the same.
fn name(metric: &Item, clues: &Clues, words: &Words) -> Option<String> {
    let counts = matches!(
        metric.kind,
        MetricKind::Count | MetricKind::Amount | MetricKind::Measure | MetricKind::Duration
    );
    if metric.confidence.is_some_and(|c| c < VERY_SURE)
        || clues.part
        || (metric.kind == MetricKind::Change && clues.against)
        // Without a verb nobody knows whether they were built or are there.
        || (counts && metric.action.is_empty())
    {
        return None;
    }
    let folded: String =
        metric.indicator.chars().filter(|c| !c.is_whitespace() && !"“”‘’\"'《》〈〉".contains(*c)).collect();
    let name = ["全", "我", "本"]
        .iter()
        .find_map(|all| folded.strip_prefix(all))
        .and_then(|rest| rest.strip_prefix(['省', '市', '区', '县', '州', '盟', '旗']))
        .unwrap_or(&folded);
    let long = |text: &str, least: usize| text.chars().nth(least - 1).is_some();
    let vague =
        words.vague.iter().filter_map(|v| name.strip_suffix(v.as_str())).min_by_key(|rest| rest.len());
    if !long(name, TELLING) || vague.is_some_and(|rest| !long(rest, IN_FRONT)) {
        return None;
    }
    let named = name.starts_with(&metric.action) || words.reached.contains(&metric.action);
    let action = if counts && !named { metric.action.as_str() } else { "" };
    Some(format!("{action}{name}"))
}

impl Words {
    /// The unit that stands for all that can be in one row with it; empty for counters, which differ from report to
    /// report, of an indicator of the lexicon.
    fn unit<'a>(&'a self, metric: &'a Item, known: bool) -> &'a str {
        let unit = metric.unit.as_str();
        match metric.kind {
            MetricKind::Count | MetricKind::Measure => match self.units.get(unit) {
                Some((base, _)) => base,
                None if known && metric.kind == MetricKind::Count && !matches!(unit, "人" | "人次") => "",
                None => unit,
            },
            _ => unit,
        }
    }

    /// How many of the base unit a unit is.
    fn factor(&self, kind: MetricKind, unit: &str) -> f64 {
        match kind {
            MetricKind::Count | MetricKind::Measure => self.units.get(unit).map_or(1.0, |u| u.1),
            _ => 1.0,
        }
    }
}

fn row(key: &Key, places: &[Place], reports: &[&Digest], words: &Words) -> Option<IndicatorRow> {
    let metric = |place: &Place| &reports[place.report].metrics[place.metric];
    let first = metric(&places[0]);
    let unit = most(places.iter().map(|p| metric(p).unit.as_str()));
    let base = words.factor(first.kind, unit);
    let mut cells: Vec<Cell> = Vec::new();
    for place in places {
        let metric = metric(place);
        let factor = words.factor(first.kind, &metric.unit) / base;
        let value = CellValue {
            metric: place.metric,
            value: metric.value * factor,
            max: metric.max.map(|max| max * factor),
            counter: (metric.unit != unit && factor == 1.0).then(|| metric.unit.clone()),
            hedge: metric.hedge,
            period: metric.period.clone(),
            when: match when(&metric.period, &reports[place.report].meta.period) {
                When::Own if place.running && metric.period.start == metric.period.end => When::Around,
                when => when,
            },
            status: metric.status,
            confidence: metric.confidence,
            part: place.part,
            corrected: metric.corrected,
        };
        match cells.last_mut().filter(|c| c.report == place.report) {
            Some(cell) => cell.values.push(value),
            None => cells.push(Cell { report: place.report, values: vec![value] }),
        }
    }
    for cell in &mut cells {
        if key.id.is_none() {
            unambiguous(&mut cell.values);
        } else if matches!(first.kind, MetricKind::Count | MetricKind::Amount) {
            parts(&mut cell.values);
        }
        best_first(&mut cell.values);
    }
    cells.retain(|c| !c.values.is_empty());
    if cells.is_empty() || key.id.is_none() && cells.len() < 2 {
        return None;
    }
    let known = key.id.and_then(|id| words.indicators.get(id)).map(|k| &k.1);
    let own = || key.id.map_or_else(|| key.name.clone(), str::to_owned);
    Some(IndicatorRow {
        canonical: key.id.map(str::to_owned),
        indicator: known.map_or_else(own, |k| k.zh.clone()),
        indicator_en: known.map_or_else(String::new, |k| k.en.clone()),
        kind: first.kind,
        growth: key.growth,
        among: key.among.to_owned(),
        unit: unit.to_owned(),
        scale: scale(&cells, first.kind, unit),
        cells,
    })
}

/// What occurs most often; of several the first.
fn most<'a>(units: impl Iterator<Item = &'a str>) -> &'a str {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for unit in units {
        match counts.iter_mut().find(|c| c.0 == unit) {
            Some(count) => count.1 += 1,
            None => counts.push((unit, 1)),
        }
    }
    counts.iter().rev().max_by_key(|c| c.1).map_or("", |c| c.0)
}

/// Of several values of a name without an id for one time nobody knows which is meant.
fn unambiguous(values: &mut Vec<CellValue>) {
    let same = |a: &CellValue, b: &CellValue| a.period == b.period && a.status == b.status;
    let doubtful: HashSet<usize> = values
        .iter()
        .filter(|a| values.iter().any(|b| same(a, b) && a.value != b.value))
        .map(|v| v.metric)
        .collect();
    values.retain(|v| !doubtful.contains(&v.metric));
}

/// Marks what is less than another count of the same for the same time: not both are the whole.
fn parts(values: &mut [CellValue]) {
    for at in 0..values.len() {
        let this = &values[at];
        let less = values.iter().any(|other| {
            !other.part
                && (&other.period, other.status) == (&this.period, this.status)
                && other.value > this.value
                && other.confidence.unwrap_or(1.0) >= SURE
        });
        values[at].part |= less && !values[at].corrected;
    }
}

fn best_first(values: &mut [CellValue]) {
    let order = |v: &CellValue| {
        let unsure = !v.corrected && v.confidence.is_some_and(|c| c < SURE);
        (v.part, v.status == Status::Plan, v.when, unsure, v.hedge != Hedge::Exact)
    };
    let sure = |v: &CellValue| if v.corrected { 1.0 } else { v.confidence.unwrap_or(1.0) };
    sort_by(values, |a, b| {
        // What is nearest to the report's own time.
        let nearer = match a.when {
            When::After => a.period.end.cmp(&b.period.end),
            _ => b.period.end.cmp(&a.period.end),
        };
        order(a).cmp(&order(b)).then(nearer).then_with(|| sure(b).total_cmp(&sure(a)))
    });
}

/// 万, 亿 or 万亿 where most values have them.
fn scale(cells: &[Cell], kind: MetricKind, unit: &str) -> Scale {
    let mut sizes: Vec<f64> = cells.iter().map(|c| c.values[0].value.abs()).collect();
    sort_by(&mut sizes, f64::total_cmp);
    let middle = sizes[sizes.len() / 2];
    let steps = [(1e12, 1e12, "万亿"), (1e8, 1e8, "亿"), (1e5, 1e4, "万")];
    let step = steps.into_iter().find(|s| kind != MetricKind::Rank && middle >= s.0);
    let (_, factor, word) = step.unwrap_or((0.0, 1.0, ""));
    Scale { factor, unit: format!("{word}{unit}") }
}

/// How `period` lies to `own`.
fn when(period: &Period, own: &Period) -> When {
    if [period, own].iter().any(|p| p.start.is_empty() || p.end.is_empty()) {
        return When::Unknown;
    }
    // 2022 lasts from 2022 to 2022-99 in the order of strings.
    let last = |period: &Period| period.end.chars().chain("-99-99".chars()).take(10).collect::<String>();
    let (end, own_end) = (last(period), last(own));
    if period == own {
        When::Own
    } else if period.start > own_end {
        When::After
    } else if end < own.start {
        When::Before
    } else if period.start >= own.start && end <= own_end {
        When::Within
    } else {
        When::Around
    }
}
