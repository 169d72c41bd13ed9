//! A report as a document: what it is, how it is built, what it counts.

use super::words::Language;
use super::{path, period};
use crate::report::{Offsets, Report};
use crate::text::Slices;

/// Title, metadata, the outline with the number of metrics in each section, and the table of metrics.
///
/// `offsets` is what the report's spans count.
pub fn md(report: &Report, offsets: Offsets, language: Language) -> String {
    let meta = &report.meta;
    let say = |zh, en| language.pick(zh, en);
    let title = if meta.title.is_empty() { &report.source.name } else { &meta.title };
    let mut out = format!("# {}\n\n", escape(title));
    let span = period(&meta.period);
    for (label, value) in [
        (say("机构", "Organization"), meta.organization.as_str()),
        (say("地区", "Place"), &meta.place),
        (say("类别", "Kind"), language.report(meta.kind)),
        (say("报告期", "Period"), &span),
        (say("届次", "Session"), &meta.session),
        (say("报告日期", "Delivered"), &meta.date),
        (say("发布日期", "Published"), &meta.published),
        (say("报告人", "Speaker"), &meta.speaker),
        (say("文件", "File"), &report.source.name),
        (
            say("完整", "Complete"),
            if meta.truncated { say("否,正文不全", "no, the text breaks off") } else { "" },
        ),
    ] {
        if !value.is_empty() {
            out += &format!("- {label}: {}\n", escape(value));
        }
    }
    if !report.outline.is_empty() {
        out += &format!("\n## {}\n\n", say("提纲", "Outline"));
        for (section, count) in report.outline.iter().zip(counts(report)) {
            let indent = "  ".repeat(section.depth.saturating_sub(1) as usize);
            out += &format!("{indent}- {}{}", escape(&section.marker), escape(&section.title));
            if count > 0 {
                out += &format!(" ({count})");
            }
            out.push('\n');
        }
    }
    if !report.metrics.is_empty() {
        let heads = match language {
            Language::Zh => ["指标", "原文数值", "数值", "单位", "类别", "期间", "状态", "章节"],
            Language::En => ["Indicator", "Quantity", "Value", "Unit", "Kind", "Period", "Status", "Section"],
        };
        out += &format!("\n## {}\n\n| {} |\n|", say("指标", "Metrics"), heads.join(" | "));
        for head in heads {
            out += if head == heads[2] { " ---: |" } else { " --- |" };
        }
        out.push('\n');
        let slices = Slices::new(&report.text, offsets);
        for metric in &report.metrics {
            let value = match metric.max {
                Some(max) => format!("{}–{max}", metric.value),
                None => metric.value.to_string(),
            };
            let cells = [
                escape(&metric.indicator),
                escape(slices.cut(metric.span)),
                value,
                escape(&metric.unit),
                language.kind(metric.kind).to_owned(),
                period(&metric.period),
                language.status(metric.status).to_owned(),
                escape(&path(report, metric.section)),
            ];
            out += &format!("| {} |\n", cells.join(" | "));
        }
    }
    out
}

/// For each section, the metrics in it and in what it contains.
fn counts(report: &Report) -> Vec<usize> {
    let mut counts = vec![0; report.outline.len()];
    for metric in &report.metrics {
        let mut at = metric.section;
        while let Some(section) = at.filter(|&i| i < counts.len()) {
            counts[section] += 1;
            at = report.outline[section].parent;
        }
    }
    counts
}

/// Words that Markdown takes as words.
fn escape(words: &str) -> String {
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
        let text = md(&sample(), Offsets::Utf8, Language::Zh);
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
