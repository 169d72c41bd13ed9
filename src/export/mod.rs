//! A report as other programs take it in: a table (CSV) and a document (Markdown).
//!
//! The spans of a report count what its caller asked for, so each function is told so again.

mod csv;
mod markdown;
mod words;

pub use csv::{csv, csv_header, csv_rows};
pub use markdown::md;
pub use words::Language;

use crate::report::{Period, Report};

/// `2022`, `2017/2021`, or empty.
fn period(period: &Period) -> String {
    if period.start == period.end || period.end.is_empty() {
        period.start.clone()
    } else {
        format!("{}/{}", period.start, period.end)
    }
}

/// The headings from the top down to a section: `二、紧扣中心 / （一）聚焦产业`.
fn path(report: &Report, section: Option<usize>) -> String {
    let mut names: Vec<String> =
        std::iter::successors(section, |&i| report.outline.get(i).and_then(|s| s.parent))
            .filter_map(|i| report.outline.get(i))
            .map(|s| format!("{}{}", s.marker, s.title))
            .collect();
    names.reverse();
    names.join(" / ")
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
