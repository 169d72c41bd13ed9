//! Tables as text: cells divided by a sign, a row a line.

use super::field::Field;
use std::borrow::Cow;

/// How cells and rows are divided.
#[derive(Clone, Copy)]
pub enum Style {
    /// RFC 4180: quotes around what needs them, lines ended by CRLF.
    Csv,
    /// CSV with lines ended by LF, as programs on every system take it.
    Lines,
    /// For the clipboard and for tools that know no quotes: tabs and line ends within a cell become spaces.
    Tsv,
}

pub fn push<'a>(out: &mut String, style: Style, row: impl IntoIterator<Item = Field<'a>>) {
    for (i, cell) in row.into_iter().enumerate() {
        if i > 0 {
            out.push(if matches!(style, Style::Tsv) { '\t' } else { ',' });
        }
        let cell = cell.guarded();
        let (cell, quoted) = match style {
            // A quote in front would open a quoted cell where this is pasted.
            Style::Tsv => (Cow::from(cell.replace(['\t', '\r', '\n'], " ")), cell.starts_with('"')),
            _ => {
                let quoted = cell.contains([',', '"', '\r', '\n']) || cell.trim() != cell;
                (cell, quoted)
            }
        };
        if quoted {
            out.push('"');
            *out += &cell.replace('"', "\"\"");
            out.push('"');
        } else {
            *out += &cell;
        }
    }
    *out += if matches!(style, Style::Lines) { "\n" } else { "\r\n" };
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::tests::sample;
    use super::super::{ExportOptions, Form, Language, export, metrics, tidy};
    use crate::report::{Offsets, Report};

    /// Cells of a table, by RFC 4180; lines end by LF or by CRLF.
    pub fn parse(table: &str, divider: char) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
        let mut chars = table.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
                '"' if quoted || cell.is_empty() => quoted = !quoted,
                '\r' if !quoted => assert_eq!(chars.peek(), Some(&'\n')),
                c if !quoted && (c == divider || c == '\n') => {
                    row.push(std::mem::take(&mut cell));
                    if c == '\n' {
                        rows.push(std::mem::take(&mut row));
                    }
                }
                c => cell.push(c),
            }
        }
        assert!(cell.is_empty() && row.is_empty() && !quoted);
        rows
    }

    /// What spreadsheets run, in every field that a file can fill, and what breaks tables.
    pub fn hostile() -> Report {
        let mut report = sample();
        let words = "=HYPERLINK(\"http://x\",\"a\")".to_owned();
        report.source.name = "+cmd|' /C calc'!A0.txt".into();
        report.meta.title = words.clone();
        report.meta.place = " @SUM(A1)".into();
        report.meta.organization = "\t=1".into();
        report.meta.session = "\r=1".into();
        report.outline[0].marker = "-".into();
        report.outline[0].title = "1+1</h2><script>alert(1)</script>\u{0}".into();
        report.outline[0].parent = Some(1);
        for metric in &mut report.metrics {
            metric.indicator = words.clone();
            metric.subject = "\"quoted\"\tand\nbroken".into();
            metric.action = "'=1".into();
            metric.canonical = Some("@x".into());
            metric.unit = "＝1".into();
            metric.period.start = "-1-1".into();
            metric.section = Some(usize::MAX);
        }
        report
    }

    fn written(report: Report, form: Form) -> Vec<Vec<String>> {
        let table = export(&[report.clone(), report], form, &ExportOptions::default());
        assert_eq!(table.starts_with('\u{feff}'), form == Form::Csv);
        assert_eq!(table.contains("\r\n"), form != Form::Tidy);
        parse(table.trim_start_matches('\u{feff}'), if form == Form::Tsv { '\t' } else { ',' })
    }

    #[test]
    fn a_row_a_metric_under_a_header() {
        let report = sample();
        for form in [Form::Csv, Form::Tsv] {
            let rows = written(report.clone(), form);
            assert_eq!(rows.len(), 1 + 2 * report.metrics.len());
            assert!(rows.iter().all(|r| r.len() == metrics::COLUMNS.len()));
            let cell = |row: usize, name: &str| {
                rows[row][metrics::COLUMNS.iter().position(|c| c.zh == name).unwrap()].as_str()
            };
            assert_eq!(cell(0, "数值"), "数值");
            assert_eq!((cell(1, "原文数值"), cell(1, "数值"), cell(1, "上限")), ("3篇", "3", ""));
            assert_eq!(cell(1, "章节"), "一、协商 / （一）调研");
            assert_eq!(cell(1, "报告期"), "2017/2021");
            assert_eq!(cell(1, "报告标题"), report.meta.title);
            assert_eq!(cell(1, "原句"), "开展调研,形成𠀀报告3篇,下降-3.2%。");
            assert_eq!((cell(2, "原文数值"), cell(2, "数值")), ("-3.2%", "-3.2"));
            assert_eq!(cell(1, "文件"), "'=a,b.txt");
            assert_eq!(cell(1, "类别"), "数量");
        }
    }

    #[test]
    fn the_tidy_table_speaks_in_codes() {
        let rows = written(sample(), Form::Tidy);
        assert_eq!(rows[0], tidy::COLUMNS);
        let cell = |name: &str| rows[2][tidy::COLUMNS.iter().position(|c| *c == name).unwrap()].as_str();
        assert_eq!((cell("kind"), cell("metric_kind"), cell("status")), ("cppcc-summary", "count", "done"));
        assert_eq!((cell("period_start"), cell("period_end")), ("2017", "2021"));
        assert_eq!((cell("value"), cell("unit"), cell("metric")), ("-3.2", "%", "1"));
        assert_eq!((cell("hedge"), cell("confidence"), cell("corrected")), ("exact", "0.5", "false"));
        assert_eq!(rows.len(), 5);
    }

    #[test]
    fn nothing_runs_and_no_cell_breaks_its_row() {
        for form in [Form::Csv, Form::Tsv, Form::Tidy] {
            let rows = written(hostile(), form);
            assert_eq!(rows.len(), 5, "{form:?}");
            assert!(rows.iter().all(|row| row.len() == rows[0].len()));
            let risky = |cell: &&String| {
                cell.trim_start().starts_with(['=', '+', '-', '@', '＝']) && cell.parse::<f64>().is_err()
            };
            let left: Vec<_> = rows.iter().flatten().filter(risky).collect();
            assert_eq!(left, ["-3.2%", "-3.2%"], "the quantity, which is a number");
            let guarded = rows[1].iter().filter(|cell| cell.starts_with('\'')).count();
            assert!(guarded >= 8, "{form:?}: {guarded}");
        }
    }

    #[test]
    fn cells_are_cut_by_what_spans_count() {
        let mut report = sample();
        let bytes = export(&[report.clone()], Form::Tidy, &ExportOptions::default());
        let source = report.text.clone();
        crate::text::recount(&mut report, &source, Offsets::Utf16);
        assert_ne!(report.metrics[0].span, sample().metrics[0].span);
        let options = ExportOptions { offsets: Offsets::Utf16, ..ExportOptions::default() };
        let units = export(&[report], Form::Tidy, &options);
        let quantities = |table: &str| parse(table, ',').iter().map(|r| r[24].clone()).collect::<Vec<_>>();
        assert_eq!(quantities(&units), quantities(&bytes));
        assert_eq!(quantities(&units)[1], "3篇");
    }

    #[test]
    fn heads_are_in_the_language_asked_for() {
        let options = ExportOptions { language: Language::En, ..ExportOptions::default() };
        assert!(export(&[], Form::Tsv, &options).starts_with("file\tplace\t"));
    }
}
