//! Reports as one HTML page: headings that a word processor takes as headings, and tables.

use super::ExportOptions;
use super::document::{Block, blocks};
use super::field::{Field, guard};
use super::words::Language;
use crate::report::Report;

/// HTML knows six levels, and the title has the first.
const MAX_LEVEL: u32 = 5;

pub const TAIL: &str = "</body>\n</html>\n";

pub fn head(language: Language) -> String {
    let (code, title) = (language.pick("zh-Hans", "en"), language.pick("工作报告", "Work reports"));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n<body>\n"
    )
}

/// A report's part of the page.
pub fn document(report: &Report, options: &ExportOptions) -> String {
    let mut out = String::new();
    for block in blocks(report, options) {
        match block {
            Block::Title(words) => out += &format!("<h1>{}</h1>\n", text(words)),
            Block::Facts(facts) => {
                out += "<ul>\n";
                for (label, value) in facts {
                    out += &format!("<li>{label}: {}</li>\n", escape(&value));
                }
                out += "</ul>\n";
            }
            Block::Heading { level, text: words } => {
                let level = level.min(MAX_LEVEL) + 1;
                out += &format!("<h{level}>{}</h{level}>\n", text(&words));
            }
            Block::Table { heads, rows } => {
                table(&mut out, heads.into_iter().map(Into::into), rows);
            }
        }
    }
    out
}

pub fn table<'a, R: IntoIterator<Item = Field<'a>>>(
    out: &mut String,
    heads: impl IntoIterator<Item = Field<'a>>,
    rows: impl IntoIterator<Item = R>,
) {
    *out += "<table border=\"1\">\n<thead>\n<tr>";
    for head in heads {
        *out += &format!("<th>{}</th>", escape(&head.guarded()));
    }
    *out += "</tr>\n</thead>\n<tbody>\n";
    for row in rows {
        *out += "<tr>";
        for cell in row {
            *out += &format!("<td>{}</td>", escape(&cell.guarded()));
        }
        *out += "</tr>\n";
    }
    *out += "</tbody>\n</table>\n";
}

/// Words that a spreadsheet would make a cell of their own.
fn text(words: &str) -> String {
    escape(&guard(words))
}

fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::delimited::tests::hostile;
    use super::super::tests::sample;
    use super::super::{ExportOptions, Form, Part, export};

    fn page(part: Part) -> String {
        export(&[sample()], Form::Html, &ExportOptions { part, ..ExportOptions::default() })
    }

    #[test]
    fn headings_and_under_each_its_table() {
        let page = page(Part::All);
        let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} in {page}"));
        assert!(at("<h1>望海市&quot;一&quot;号报告</h1>") < at("<h2>一、协商</h2>"));
        assert!(at("<h2>一、协商</h2>") < at("<h3>（一）调研</h3>"));
        assert!(at("<h3>（一）调研</h3>") < at("<table"));
        assert_eq!(page.matches("<table").count(), 1);
        assert!(page.contains("<li>报告期: 2017/2021</li>"));
    }

    #[test]
    fn parts() {
        assert!(!page(Part::Outline).contains("<table"));
        assert!(page(Part::Outline).contains("<h2>"));
        let metrics = page(Part::Metrics);
        assert!(!metrics.contains("<h2>") && metrics.contains("<td>一、协商 / （一）调研</td>"));
    }

    #[test]
    fn nothing_runs() {
        for part in [Part::All, Part::Outline, Part::Metrics] {
            let page = export(&[hostile()], Form::Html, &ExportOptions { part, ..ExportOptions::default() });
            assert!(!page.contains("<script"), "{page}");
            for risky in [">=", ">+", ">-", ">@", "> @", "> =", ">＝", ">\t", ">\r"] {
                assert!(!page.contains(risky) || risky == ">-" && page.contains(">-3.2%<"), "{risky}");
            }
        }
    }
}
