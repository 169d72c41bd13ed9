//! A report as other programs take it in: tables and documents.
//!
//! The spans of a report count what its caller asked for, so each function is told so again.

mod comparison;
mod delimited;
mod document;
mod field;
mod html;
mod markdown;
mod metrics;
#[cfg(feature = "formats")]
mod office;
mod tidy;
mod words;

pub use comparison::{ComparisonForm, export_comparison};
#[cfg(feature = "formats")]
pub use office::{Workbook, docx};
pub use words::Language;

use crate::report::{Offsets, Period, Report};
use delimited::Style;
use serde::Deserialize;

/// What reports are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A row a metric, for people: UTF-8 with a byte order mark, lines ended by CRLF (RFC 4180).
    Csv,
    /// The same columns divided by tabs, for the clipboard; no byte order mark, nothing quoted that need not be.
    Tsv,
    /// A row a metric, for R and Python: CSV with machine names and codes, no byte order mark, lines ended by LF.
    Tidy,
    /// A document in Markdown a report.
    Md,
    /// One HTML page.
    Html,
}

/// What of a report goes into a document; tables hold metrics in any case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    #[default]
    All,
    Outline,
    Metrics,
}

#[derive(Debug, Clone, Default)]
pub struct ExportOptions {
    /// What the reports' spans count.
    pub offsets: Offsets,
    /// What headers and labels are written in.
    pub language: Language,
    pub part: Part,
}

/// All reports in one piece.
pub fn export(reports: &[Report], form: Form, options: &ExportOptions) -> String {
    let mut out = form.head(options);
    for (i, report) in reports.iter().enumerate() {
        out += &form.report(report, i == 0, options);
    }
    out + form.tail()
}

/// One piece after another, for those who do not hold all reports at once.
impl Form {
    /// What stands before all reports.
    pub fn head(self, options: &ExportOptions) -> String {
        let language = options.language;
        let heads = metrics::COLUMNS.iter().map(|column| language.pick(column.zh, column.en).into());
        let mut out = String::new();
        match self {
            Self::Csv => {
                out.push('\u{feff}');
                delimited::push(&mut out, Style::Csv, heads);
            }
            Self::Tsv => delimited::push(&mut out, Style::Tsv, heads),
            Self::Tidy => delimited::push(&mut out, Style::Lines, tidy::COLUMNS.map(Into::into)),
            Self::Md => {}
            Self::Html => out += &html::head(language),
        }
        out
    }

    /// A report.
    pub fn report(self, report: &Report, first: bool, options: &ExportOptions) -> String {
        let ExportOptions { offsets, language, .. } = *options;
        let mut out = String::new();
        match self {
            Self::Csv | Self::Tsv => {
                let style = if self == Self::Csv { Style::Csv } else { Style::Tsv };
                for row in metrics::rows(report, offsets, language) {
                    delimited::push(&mut out, style, row);
                }
            }
            Self::Tidy => {
                for row in tidy::rows(report, offsets) {
                    delimited::push(&mut out, Style::Lines, row);
                }
            }
            Self::Md => {
                if !first {
                    out.push('\n');
                }
                out += &markdown::document(report, options);
            }
            Self::Html => out += &html::document(report, options),
        }
        out
    }

    /// What stands behind all reports.
    pub fn tail(self) -> &'static str {
        if self == Self::Html { html::TAIL } else { "" }
    }
}

/// `2022`, `2017/2021`, or empty.
fn period(period: &Period) -> String {
    if period.start == period.end || period.end.is_empty() {
        period.start.clone()
    } else {
        format!("{}/{}", period.start, period.end)
    }
}

/// A section and those around it, from the innermost up. A parent stands before what it contains; whatever a
/// report from outside says, this ends.
fn up(report: &Report, section: Option<usize>) -> impl Iterator<Item = usize> {
    std::iter::successors(section, |&at| {
        report.outline.get(at).and_then(|s| s.parent).filter(|&parent| parent < at)
    })
    .filter(|&at| at < report.outline.len())
}

/// The headings from the top down to a section: `二、紧扣中心 / （一）聚焦产业`.
fn path(report: &Report, section: Option<usize>) -> String {
    let mut names: Vec<String> = up(report, section)
        .map(|at| &report.outline[at])
        .map(|s| format!("{}{}", s.marker, s.title))
        .collect();
    names.reverse();
    names.join(" / ")
}

/// For each section, the metrics in it and in what it contains.
fn counts(report: &Report) -> Vec<usize> {
    let mut counts = vec![0; report.outline.len()];
    for metric in &report.metrics {
        for section in up(report, metric.section) {
            counts[section] += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::*;

    /// An invented report with one section in another and a metric in the inner one.
    pub(super) fn sample() -> Report {
        let text = "望海市\"一\"号报告\n一、协商\n（一）调研\n开展调研,形成𠀀报告3篇,下降-3.2%。";
        let at = |needle: &str| {
            let start = text.find(needle).unwrap();
            Span::new(start, start + needle.len())
        };
        let section = |depth, parent, marker: &str, title: &str| Section {
            depth,
            parent,
            kind: HeadingKind::Heading,
            marker: marker.into(),
            title: title.into(),
            heading: at(title),
            body: at(title),
            corrected: false,
        };
        let metric = |quantity: &str, indicator: &str, value, unit: &str| Metric {
            span: at(quantity),
            source: at(quantity),
            sentence: at("开展调研,形成𠀀报告3篇,下降-3.2%。"),
            section: Some(1),
            value,
            max: None,
            unit: unit.into(),
            hedge: Hedge::Exact,
            kind: MetricKind::Count,
            subject: String::new(),
            action: "形成".into(),
            indicator: indicator.into(),
            canonical: None,
            period: Period { start: "2022".into(), end: "2022".into() },
            status: Status::Done,
            confidence: Some(0.5),
            corrected: false,
        };
        Report {
            schema: SCHEMA,
            source: Source {
                name: "=a,b.txt".into(),
                bytes: text.len(),
                format: Format::Text,
                encoding: Some("UTF-8".into()),
                encoding_from: Some(EncodingFrom::Detected),
                script: Script::Hans,
            },
            meta: Meta {
                title: "望海市\"一\"号报告".into(),
                organization: "政协望海市委员会".into(),
                place: "望海市".into(),
                kind: ReportKind::CppccSummary,
                period: Period { start: "2017".into(), end: "2021".into() },
                ..Meta::default()
            },
            text: text.into(),
            removed: Vec::new(),
            outline: vec![section(1, None, "一、", "协商"), section(2, Some(0), "（一）", "调研")],
            metrics: vec![metric("3篇", "报告|稿", 3.0, "篇"), metric("-3.2%", "报告", -3.2, "%")],
            warnings: Vec::new(),
        }
    }

    #[test]
    fn a_path_goes_from_the_top_down() {
        assert_eq!(path(&sample(), Some(1)), "一、协商 / （一）调研");
        assert_eq!(path(&sample(), None), "");
    }
}
