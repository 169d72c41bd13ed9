//! The long table for R and Python: a row a metric, machine names and codes, whatever the language.

use super::field::Field;
use super::path;
use super::words::Language;
use crate::report::{Offsets, Report};
use crate::text::Slices;

/// These names and their order are a promise; new ones go to the end.
pub const COLUMNS: [&str; 28] = [
    "file",
    "title",
    "place",
    "organization",
    "kind",
    "period_start",
    "period_end",
    "session",
    "metric",
    "indicator_id",
    "indicator",
    "value",
    "max",
    "unit",
    "hedge",
    "metric_kind",
    "subject",
    "action",
    "status",
    "metric_period_start",
    "metric_period_end",
    "confidence",
    "corrected",
    "section",
    "quantity",
    "sentence",
    "span_start",
    "span_end",
];

/// A report's rows; `offsets` is what its spans count.
pub fn rows(report: &Report, offsets: Offsets) -> impl Iterator<Item = [Field<'_>; COLUMNS.len()]> {
    let slices = Slices::new(&report.text, offsets);
    let code = Language::En;
    report.metrics.iter().enumerate().map(move |(index, metric)| {
        [
            report.source.name.as_str().into(),
            report.meta.title.as_str().into(),
            report.meta.place.as_str().into(),
            report.meta.organization.as_str().into(),
            code.report(report.meta.kind).into(),
            report.meta.period.start.as_str().into(),
            report.meta.period.end.as_str().into(),
            report.meta.session.as_str().into(),
            index.into(),
            metric.canonical.as_deref().unwrap_or("").into(),
            metric.indicator.as_str().into(),
            Field::Number(metric.value),
            Field::optional(metric.max),
            metric.unit.as_str().into(),
            code.hedge(metric.hedge).into(),
            code.kind(metric.kind).into(),
            metric.subject.as_str().into(),
            metric.action.as_str().into(),
            code.status(metric.status).into(),
            metric.period.start.as_str().into(),
            metric.period.end.as_str().into(),
            Field::optional(metric.confidence),
            code.corrected(metric.corrected).into(),
            path(report, metric.section).into(),
            slices.cut(metric.span).into(),
            slices.cut(metric.sentence).into(),
            metric.span.start.into(),
            metric.span.end.into(),
        ]
    })
}
