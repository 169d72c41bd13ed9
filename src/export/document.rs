//! A report as a document of headings and tables, whatever it is written in.

use super::field::Field;
use super::words::Language;
use super::{ExportOptions, Part, path, period};
use crate::report::{Metric, Report};
use crate::text::Slices;

/// From the top down.
pub enum Block<'a> {
    Title(&'a str),
    /// What the report says of itself: label and value.
    Facts(Vec<(&'static str, String)>),
    Heading {
        /// 1 at the top.
        level: u32,
        text: String,
    },
    Table {
        heads: Vec<&'static str>,
        rows: Vec<Vec<Field<'a>>>,
    },
}

/// Title, facts, and the outline with each section's metrics under its heading, as far as `options.part` asks
/// for them; only the metrics are one table.
pub fn blocks<'a>(report: &'a Report, options: &ExportOptions) -> Vec<Block<'a>> {
    let slices = Slices::new(&report.text, options.offsets);
    let mut blocks = vec![Block::Title(title(report))];
    if options.part == Part::Metrics {
        let metrics: Vec<&Metric> = report.metrics.iter().collect();
        blocks.extend(table(report, &metrics, &slices, HEADS.len(), options.language));
        return blocks;
    }
    blocks.push(Block::Facts(facts(report, options.language)));
    // By section, and last those of none.
    let mut metrics = vec![Vec::new(); report.outline.len() + 1];
    if options.part == Part::All {
        for metric in &report.metrics {
            metrics[metric.section.unwrap_or(usize::MAX).min(report.outline.len())].push(metric);
        }
    }
    let table = |metrics: &[&'a Metric]| table(report, metrics, &slices, HEADS.len() - 1, options.language);
    blocks.extend(table(&metrics[report.outline.len()]));
    for (section, metrics) in report.outline.iter().zip(&metrics) {
        let text = format!("{}{}", section.marker, section.title);
        blocks.push(Block::Heading { level: section.depth.max(1), text });
        blocks.extend(table(metrics));
    }
    blocks
}

/// The report's title, or its file's name.
pub fn title(report: &Report) -> &str {
    if report.meta.title.is_empty() { &report.source.name } else { &report.meta.title }
}

/// What the report says of itself, as far as it is known: label and value.
pub fn facts(report: &Report, language: Language) -> Vec<(&'static str, String)> {
    let meta = &report.meta;
    let say = |zh, en| language.pick(zh, en);
    let mut facts = vec![
        (say("机构", "Organization"), meta.organization.clone()),
        (say("地区", "Place"), meta.place.clone()),
        (say("类别", "Kind"), language.report(meta.kind).to_owned()),
        (say("报告期", "Period"), period(&meta.period)),
        (say("届次", "Session"), meta.session.clone()),
        (say("报告日期", "Delivered"), meta.date.clone()),
        (say("发布日期", "Published"), meta.published.clone()),
        (say("报告人", "Speaker"), meta.speaker.clone()),
        (say("文件", "File"), report.source.name.clone()),
    ];
    if meta.truncated {
        facts.push((say("完整", "Complete"), say("否,正文不全", "no, the text breaks off").to_owned()));
    }
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

/// `8000000`, `10–15`.
pub fn value(metric: &Metric) -> Field<'static> {
    match metric.max {
        Some(max) => format!("{}–{max}", metric.value).into(),
        None => Field::Number(metric.value),
    }
}

/// The first `columns` columns of some metrics, if there are any.
fn table<'a>(
    report: &'a Report,
    metrics: &[&'a Metric],
    slices: &Slices<'a>,
    columns: usize,
    language: Language,
) -> Option<Block<'a>> {
    let row = |metric: &&'a Metric| {
        let mut row: Vec<Field> = vec![
            metric.indicator.as_str().into(),
            slices.cut(metric.span).into(),
            value(metric),
            metric.unit.as_str().into(),
            language.kind(metric.kind).into(),
            period(&metric.period).into(),
            language.status(metric.status).into(),
        ];
        if columns == HEADS.len() {
            row.push(path(report, metric.section).into());
        }
        row
    };
    let heads = HEADS[..columns].iter().map(|(zh, en)| language.pick(zh, en)).collect();
    (!metrics.is_empty()).then(|| Block::Table { heads, rows: metrics.iter().map(row).collect() })
}

/// Head words of a document's table of metrics.
pub const HEADS: [(&str, &str); 8] = [
    ("指标", "Indicator"),
    ("原文数值", "Quantity"),
    ("数值", "Value"),
    ("单位", "Unit"),
    ("类别", "Kind"),
    ("期间", "Period"),
    ("状态", "Status"),
    ("章节", "Section"),
];
