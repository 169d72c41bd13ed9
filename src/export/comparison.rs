//! Reports side by side: a row an indicator, a column a report.

use super::delimited::{self, Style};
use super::field::Field;
use super::words::Language;
use super::{html, markdown, period};
use crate::report::{
    Cell, CellValue, Comparison, Growth, Hedge, IndicatorGroup, IndicatorRow, MetricKind, Status, When,
};
use serde::Deserialize;
use std::borrow::Cow;

/// What a comparison is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComparisonForm {
    /// UTF-8 with a byte order mark, lines ended by CRLF (RFC 4180).
    Csv,
    /// The same cells divided by tabs, for the clipboard.
    Tsv,
    /// A table in Markdown.
    Md,
    /// A page with one table.
    Html,
}

/// The columns before those of the reports, and how wide they are.
const COLUMNS: [(&str, &str, u32); 5] = [
    ("分组", "group", 14),
    ("指标", "indicator", 28),
    ("指标编号", "canonical", 22),
    ("类别", "kind", 12),
    ("单位", "unit", 8),
];
#[cfg(feature = "formats")]
pub const WIDTHS: [u32; COLUMNS.len()] =
    [COLUMNS[0].2, COLUMNS[1].2, COLUMNS[2].2, COLUMNS[3].2, COLUMNS[4].2];

/// What a cell shows.
pub enum Shown<'a> {
    Words(Cow<'a, str>),
    Value {
        /// `≥`, or nothing.
        before: &'static str,
        value: f64,
        #[cfg_attr(not(feature = "formats"), expect(dead_code))]
        percent: bool,
        /// What a reader must know beside the number, in brackets: another time, a plan, a part; or nothing.
        after: String,
    },
}

impl<'a> Shown<'a> {
    pub fn words(&self) -> Cow<'_, str> {
        match self {
            Self::Words(words) => words.as_ref().into(),
            Self::Value { before, value, after, .. } => format!("{before}{value}{after}").into(),
        }
    }

    /// A number as long as nothing has to be said beside it.
    fn field(self) -> Field<'a> {
        match self {
            Self::Value { before, value, after, .. } if before.is_empty() && after.is_empty() => {
                Field::Number(value)
            }
            Self::Words(words) => Field::Text(words),
            value => value.words().into_owned().into(),
        }
    }
}

/// The whole comparison of indicators as one text.
pub fn export_comparison(comparison: &Comparison, form: ComparisonForm, language: Language) -> String {
    let heads = heads(comparison, language);
    let rows = rows(comparison, language);
    let mut out = String::new();
    match form {
        ComparisonForm::Csv | ComparisonForm::Tsv => {
            let style = if form == ComparisonForm::Csv { Style::Csv } else { Style::Tsv };
            if form == ComparisonForm::Csv {
                out.push('\u{feff}');
            }
            delimited::push(&mut out, style, heads.iter().map(|head| head.as_str().into()));
            for row in rows {
                delimited::push(&mut out, style, row.into_iter().map(Shown::field));
            }
        }
        ComparisonForm::Md => {
            markdown::row(&mut out, heads.iter().map(|head| markdown::escape(head)));
            let right = |i: usize| if i < COLUMNS.len() { "---" } else { "---:" };
            markdown::row(&mut out, (0..heads.len()).map(right));
            for row in rows {
                markdown::row(&mut out, row.iter().map(|cell| markdown::escape(&cell.words())));
            }
        }
        ComparisonForm::Html => {
            out += &html::head(language);
            let rows = rows.map(|row| row.into_iter().map(Shown::field));
            html::table(&mut out, heads.iter().map(|head| head.as_str().into()), rows);
            out += html::TAIL;
        }
    }
    out
}

/// The head words: those of the indicators, then a report each. Reports of one place and time have their title or
/// file beside it.
pub fn heads(comparison: &Comparison, language: Language) -> Vec<String> {
    let short: Vec<String> = comparison
        .reports
        .iter()
        .map(|head| [head.place.as_str(), &period(&head.period)].join(" ").trim().to_owned())
        .collect();
    let mut heads: Vec<String> = COLUMNS.iter().map(|(zh, en, _)| language.pick(zh, en).to_owned()).collect();
    let mut seen = std::collections::HashMap::new();
    for name in &short {
        *seen.entry(name.as_str()).or_insert(0) += 1;
    }
    for (head, name) in comparison.reports.iter().zip(&short) {
        heads.push(match name.as_str() {
            "" => head.name.clone(),
            name if seen[name] > 1 => format!("{name} {}", head.name),
            name => name.to_owned(),
        });
    }
    heads
}

/// A row an indicator; where a report has several values, they stand one under the other, the first of all on top.
pub fn rows(comparison: &Comparison, language: Language) -> impl Iterator<Item = Vec<Shown<'_>>> {
    let indicators =
        comparison.groups.iter().flat_map(|group| group.rows.iter().map(move |indicator| (group, indicator)));
    indicators.flat_map(move |(group, indicator)| {
        let depth = indicator.cells.iter().map(|cell| cell.values.len()).max().unwrap_or(0);
        (0..depth).map(move |at| {
            let mut cells: Vec<Shown> = comparison.reports.iter().map(|_| Shown::Words("".into())).collect();
            for Cell { report, values } in &indicator.cells {
                if let (Some(cell), Some(value)) = (cells.get_mut(*report), values.get(at)) {
                    *cell = shown(value, indicator, language);
                }
            }
            let mut row = names(group, indicator, language);
            row.append(&mut cells);
            row
        })
    })
}

/// What names a row.
fn names<'a>(group: &'a IndicatorGroup, row: &'a IndicatorRow, language: Language) -> Vec<Shown<'a>> {
    let name = |zh: &'a String, en: &'a String| {
        if language == Language::En && !en.is_empty() { en.as_str() } else { zh.as_str() }
    };
    let mut kind = language.kind(row.kind).to_owned();
    match row.growth {
        Some(Growth::Average) => kind += language.pick("(年均)", " (yearly average)"),
        Some(Growth::Since) => kind += language.pick("(多年)", " (over years)"),
        Some(Growth::Plain) | None => {}
    }
    if row.kind == MetricKind::Rank && !row.among.is_empty() {
        kind += &format!("({})", row.among);
    }
    vec![
        Shown::Words(name(&group.name, &group.name_en).into()),
        Shown::Words(name(&row.indicator, &row.indicator_en).into()),
        Shown::Words(row.canonical.as_deref().unwrap_or("").into()),
        Shown::Words(kind.into()),
        Shown::Words(row.scale.unit.as_str().into()),
    ]
}

/// A value in the unit that the row is best shown in.
fn shown(value: &CellValue, row: &IndicatorRow, language: Language) -> Shown<'static> {
    let scale = |n: f64| if row.scale.factor > 0.0 { n / row.scale.factor } else { n };
    let before = match value.hedge {
        Hedge::Exact | Hedge::Range => "",
        Hedge::Over => "≥",
        Hedge::Under => "≤",
        Hedge::About => "≈",
    };
    let mut notes = Vec::new();
    if !matches!(value.when, When::Own | When::Unknown) {
        notes.push(period(&value.period));
    }
    if value.status == Status::Plan {
        notes.push(language.status(value.status).to_owned());
    }
    if value.part {
        notes.push(language.pick("部分", "part").to_owned());
    }
    notes.extend(value.counter.clone());
    notes.retain(|note| !note.is_empty());
    let after = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(" ")) };
    match value.max {
        Some(max) => Shown::Words(format!("{before}{}–{}{after}", scale(value.value), scale(max)).into()),
        None => Shown::Value { before, value: scale(value.value), percent: row.scale.unit == "%", after },
    }
}
