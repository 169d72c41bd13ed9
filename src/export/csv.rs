//! A row a metric, for Excel and WPS and for programs.

use super::words::Language;
use super::{path, period};
use crate::report::{Offsets, Report};
use crate::text::Slices;

/// Header words in both languages. Where the number came from stands first, then what it is, then
/// where it stands in the text.
const COLUMNS: [(&str, &str); 25] = [
    ("文件", "file"),
    ("地区", "place"),
    ("机构", "organization"),
    ("报告类别", "report_kind"),
    ("报告期", "report_period"),
    ("届次", "session"),
    ("章节", "section"),
    ("主体", "subject"),
    ("动作", "action"),
    ("指标", "indicator"),
    ("指标编号", "canonical"),
    ("原文数值", "quantity"),
    ("数值", "value"),
    ("上限", "max"),
    ("单位", "unit"),
    ("限定", "hedge"),
    ("类别", "kind"),
    ("期间起", "period_start"),
    ("期间止", "period_end"),
    ("状态", "status"),
    ("置信度", "confidence"),
    ("原句", "sentence"),
    ("位置起", "span_start"),
    ("位置止", "span_end"),
    ("报告标题", "title"),
];

/// A table of the metrics of all `reports`: UTF-8 with a byte order mark, lines ended by CRLF (RFC 4180).
///
/// `offsets` is what the reports' spans count.
pub fn csv(reports: &[&Report], offsets: Offsets, language: Language) -> String {
    let mut table = csv_header(language);
    for report in reports {
        table += &csv_rows(report, offsets, language);
    }
    table
}

/// The byte order mark and the header line of [`csv`].
pub fn csv_header(language: Language) -> String {
    let mut line = "\u{feff}".to_owned();
    push_row(&mut line, COLUMNS.iter().map(|(zh, en)| language.pick(zh, en)));
    line
}

/// One report's lines of [`csv`].
pub fn csv_rows(report: &Report, offsets: Offsets, language: Language) -> String {
    let slices = Slices::new(&report.text, offsets);
    let number = |n: Option<f64>| n.map_or_else(String::new, |n| n.to_string());
    let mut lines = String::new();
    for metric in &report.metrics {
        let row = [
            text(&report.source.name),
            text(&report.meta.place),
            text(&report.meta.organization),
            language.report(report.meta.kind).to_owned(),
            period(&report.meta.period),
            text(&report.meta.session),
            text(&path(report, metric.section)),
            text(&metric.subject),
            text(&metric.action),
            text(&metric.indicator),
            text(metric.canonical.as_deref().unwrap_or("")),
            text(slices.cut(metric.span)),
            number(Some(metric.value)),
            number(metric.max),
            text(&metric.unit),
            language.hedge(metric.hedge).to_owned(),
            language.kind(metric.kind).to_owned(),
            metric.period.start.clone(),
            metric.period.end.clone(),
            language.status(metric.status).to_owned(),
            number(metric.confidence),
            text(slices.cut(metric.sentence)),
            metric.span.start.to_string(),
            metric.span.end.to_string(),
            text(&report.meta.title),
        ];
        push_row(&mut lines, row.iter().map(String::as_str));
    }
    lines
}

/// A cell of words. One that a spreadsheet would run as a formula gets an apostrophe in front; dropping
/// one apostrophe from every cell that starts with apostrophes and such a sign gives the words back.
fn text(words: &str) -> String {
    let sign = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r');
    let bare = words.trim_start_matches('\'');
    let quantity = !bare.is_empty()
        && bare.starts_with(['+', '-'])
        && bare[1..].starts_with(|c: char| c.is_ascii_digit())
        && bare[1..].chars().all(|c| c.is_ascii_digit() || ".,%".contains(c));
    if bare.starts_with(sign) && !quantity { format!("'{words}") } else { words.to_owned() }
}

fn push_row<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\r', '\n']) || cell.starts_with(' ') || cell.ends_with(' ') {
            out.push('"');
            *out += &cell.replace('"', "\"\"");
            out.push('"');
        } else {
            *out += cell;
        }
    }
    *out += "\r\n";
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;

    /// Cells of a table, by RFC 4180.
    fn parse(table: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
        let mut chars = table.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {
                    assert_eq!(chars.next(), Some('\n'));
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                c => cell.push(c),
            }
        }
        assert!(cell.is_empty() && row.is_empty() && !quoted);
        rows
    }

    #[test]
    fn a_row_a_metric_under_a_header() {
        let report = sample();
        let table = csv(&[&report, &report], Offsets::Utf8, Language::Zh);
        let rows = parse(table.strip_prefix('\u{feff}').unwrap());
        assert_eq!(rows.len(), 1 + 2 * report.metrics.len());
        assert!(rows.iter().all(|r| r.len() == COLUMNS.len()));
        let cell =
            |row: usize, name: &str| rows[row][COLUMNS.iter().position(|c| c.0 == name).unwrap()].as_str();
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

    #[test]
    fn cells_are_cut_by_what_spans_count() {
        let mut report = sample();
        let bytes = csv_rows(&report, Offsets::Utf8, Language::En);
        let source = report.text.clone();
        crate::text::recount(&mut report, &source, Offsets::Utf16);
        assert_ne!(report.metrics[0].span, sample().metrics[0].span);
        let units = csv_rows(&report, Offsets::Utf16, Language::En);
        let quantities = |table: &str| parse(table).iter().map(|r| r[11].clone()).collect::<Vec<_>>();
        assert_eq!(quantities(&units), quantities(&bytes));
    }

    #[test]
    fn only_what_would_run_is_guarded_and_it_can_be_undone() {
        for safe in ["十年=一个周期", "-3.2%", "+5", "'十四五'规划", "——协商", "", "3-5"] {
            assert_eq!(text(safe), safe);
        }
        for risky in ["=1+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "+a", "\t=1", "'=1", "＝1+1", "-"] {
            assert_eq!(text(risky), format!("'{risky}"));
        }
    }
}
