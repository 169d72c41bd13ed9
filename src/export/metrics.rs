//! The table of metrics: a row a metric, for people.

use super::field::{Column, Field, column};
use super::words::Language;
use super::{path, period};
use crate::report::{Offsets, Report};
use crate::text::Slices;

/// Where the number came from stands first, then what it is, then where it stands in the text.
pub const COLUMNS: [Column; 26] = [
    column("文件", "file", 24),
    column("地区", "place", 16),
    column("机构", "organization", 24),
    column("报告类别", "report_kind", 16),
    column("报告期", "report_period", 12),
    column("届次", "session", 12),
    column("章节", "section", 36),
    column("主体", "subject", 16),
    column("动作", "action", 10),
    column("指标", "indicator", 28),
    column("指标编号", "canonical", 24),
    column("原文数值", "quantity", 16),
    column("数值", "value", 16),
    column("上限", "max", 12),
    column("单位", "unit", 8),
    column("限定", "hedge", 8),
    column("类别", "kind", 8),
    column("期间起", "period_start", 12),
    column("期间止", "period_end", 12),
    column("状态", "status", 8),
    column("置信度", "confidence", 8),
    column("更正", "corrected", 8),
    column("原句", "sentence", 60),
    column("位置起", "span_start", 9),
    column("位置止", "span_end", 9),
    column("报告标题", "title", 36),
];

/// A report's rows; `offsets` is what its spans count.
pub fn rows(
    report: &Report,
    offsets: Offsets,
    language: Language,
) -> impl Iterator<Item = [Field<'_>; COLUMNS.len()]> {
    let slices = Slices::new(&report.text, offsets);
    let report_period = period(&report.meta.period);
    report.metrics.iter().map(move |metric| {
        [
            report.source.name.as_str().into(),
            report.meta.place.as_str().into(),
            report.meta.organization.as_str().into(),
            language.report(report.meta.kind).into(),
            report_period.clone().into(),
            report.meta.session.as_str().into(),
            path(report, metric.section).into(),
            metric.subject.as_str().into(),
            metric.action.as_str().into(),
            metric.indicator.as_str().into(),
            metric.canonical.as_deref().unwrap_or("").into(),
            slices.cut(metric.span).into(),
            Field::value(metric.value, &metric.unit),
            metric.max.map_or("".into(), |max| Field::value(max, &metric.unit)),
            metric.unit.as_str().into(),
            language.hedge(metric.hedge).into(),
            language.kind(metric.kind).into(),
            metric.period.start.as_str().into(),
            metric.period.end.as_str().into(),
            language.status(metric.status).into(),
            Field::optional(metric.confidence),
            language.corrected(metric.corrected).into(),
            slices.cut(metric.sentence).into(),
            metric.span.start.into(),
            metric.span.end.into(),
            report.meta.title.as_str().into(),
        ]
    })
}
