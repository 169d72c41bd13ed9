//! A report as a document: what it is, how it is built, what it counts.

use super::document::{HEADS, facts, title, value};
use super::{ExportOptions, Part, counts, path, period};
use crate::report::Report;
use crate::text::Slices;

/// Title, metadata, the outline with the number of metrics in each section, and the table of metrics.
pub fn document(report: &Report, options: &ExportOptions) -> String {
    let language = options.language;
    let say = |zh, en| language.pick(zh, en);
    let mut out = format!("# {}\n", escape(title(report)));
    if options.part != Part::Metrics {
        out.push('\n');
        for (label, value) in facts(report, language) {
            out += &format!("- {label}: {}\n", escape(&value));
        }
    }
    if options.part != Part::Metrics && !report.outline.is_empty() {
        out += &format!("\n## {}\n\n", say("提纲", "Outline"));
        for (section, count) in report.outline.iter().zip(counts(report)) {
            let indent = "  ".repeat(section.depth.clamp(1, MAX_DEPTH) as usize - 1);
            out += &format!("{indent}- {}{}", escape(&section.marker), escape(&section.title));
            if count > 0 {
                out += &format!(" ({count})");
            }
            out.push('\n');
        }
    }
    if options.part != Part::Outline && !report.metrics.is_empty() {
        let slices = Slices::new(&report.text, options.offsets);
        let heads = HEADS.map(|(zh, en)| say(zh, en));
        out += &format!("\n## {}\n\n", say("指标", "Metrics"));
        row(&mut out, heads);
        row(&mut out, HEADS.map(|(zh, _)| if zh == "数值" { "---:" } else { "---" }));
        for metric in &report.metrics {
            row(
                &mut out,
                [
                    &escape(&metric.indicator),
                    &escape(slices.cut(metric.span)),
                    &*value(metric).text(),
                    &escape(&metric.unit),
                    language.kind(metric.kind),
                    &period(&metric.period),
                    language.status(metric.status),
                    &escape(&path(report, metric.section)),
                ],
            );
        }
    }
    out
}

/// What Markdown still takes as a list, and no report nests so deep.
const MAX_DEPTH: u32 = 32;

/// A line of a table.
pub fn row<S: AsRef<str>>(out: &mut String, cells: impl IntoIterator<Item = S>) {
    for cell in cells {
        *out += "| ";
        *out += cell.as_ref();
        out.push(' ');
    }
    *out += "|\n";
}

/// Words that Markdown takes as words.
pub fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;

    #[test]
    fn title_outline_and_table() {
        let text = document(&sample(), &ExportOptions::default());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "# 望海市\"一\"号报告");
        assert!(lines.contains(&"- 报告期: 2017/2021"));
        assert!(!text.contains("报告人"));
        let at = lines.iter().position(|l| *l == "- 一、协商 (2)").unwrap();
        assert_eq!(lines[at + 1], "  - （一）调研 (2)");
        assert!(lines.contains(&"| 报告\\|稿 | 3篇 | 3 | 篇 | 数量 | 2022 | 完成 | 一、协商 / （一）调研 |"));
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        let table: Vec<&&str> = lines.iter().filter(|l| l.starts_with('|')).collect();
        assert_eq!(table.len(), 4);
        assert!(table.iter().all(|l| cells(l) == 9));
    }
}
