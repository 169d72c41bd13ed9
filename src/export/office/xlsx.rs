//! A workbook: metrics, comparison, outlines and sources, a sheet each.

use super::super::comparison::{self, Shown};
use super::super::field::{Column, Field, column, is_risky};
use super::super::words::Language;
use super::super::{ExportOptions, counts, metrics, path, period};
use super::{Part, content_types, push_escaped, relations, zip};
use crate::report::{Comparison, Report};
use crate::text::Slices;
use std::fmt::Write;

/// What a sheet holds, head included.
const MAX_ROWS: usize = 1_048_576;
/// What a cell holds, in UTF-16 code units.
const MAX_UNITS: usize = 32_767;
/// A sheet holds so many columns.
const MAX_COLUMNS: usize = 16_384;
/// Beyond so many formats of numbers, a marked value is written as words; Excel takes some 250.
const MAX_FORMATS: usize = 200;
/// So deep titles are indented.
const MAX_INDENT: u32 = 10;

const OUTLINE: [Column; 9] = [
    column("文件", "file", 24),
    column("层级", "depth", 6),
    column("序号", "marker", 10),
    column("标题", "title", 60),
    column("指标数", "metrics", 8),
    column("字数", "characters", 8),
    column("更正", "corrected", 8),
    column("上级", "parents", 40),
    column("报告标题", "report_title", 36),
];

const SOURCES: [Column; 20] = [
    column("文件", "file", 32),
    column("报告标题", "title", 40),
    column("机构", "organization", 24),
    column("地区", "place", 16),
    column("报告类别", "report_kind", 16),
    column("报告期", "report_period", 12),
    column("届次", "session", 12),
    column("报告日期", "delivered", 12),
    column("发布日期", "published", 12),
    column("报告人", "speaker", 12),
    column("正文完整", "complete", 10),
    column("格式", "format", 8),
    column("编码", "encoding", 10),
    column("字节", "bytes", 12),
    column("字数", "characters", 10),
    column("章节数", "sections", 8),
    column("指标数", "metrics", 8),
    column("更正数", "corrected", 8),
    column("提示", "warnings", 60),
    column("程序", "program", 16),
];

/// A workbook that is written while reports come, so that no more than one of them need be held.
pub struct Workbook {
    options: ExportOptions,
    metrics: Table,
    comparison: Option<Table>,
    outline: Table,
    sources: Table,
    styles: Styles,
    /// Cells that were cut to what Excel takes.
    cut: usize,
    /// Columns of the comparison that Excel has no place for.
    left_out: usize,
}

impl Workbook {
    pub fn new(options: ExportOptions) -> Self {
        let language = options.language;
        let table = |zh, en, columns: &[Column]| {
            let columns = columns.iter().map(|c| (language.pick(c.zh, c.en).to_owned(), c.width)).collect();
            Table::new(language.pick(zh, en), columns)
        };
        Self {
            metrics: table("指标", "Metrics", &metrics::COLUMNS),
            comparison: None,
            outline: table("提纲", "Outline", &OUTLINE),
            sources: table("来源", "Sources", &SOURCES),
            styles: Styles::default(),
            options,
            cut: 0,
            left_out: 0,
        }
    }

    pub fn add(&mut self, report: &Report) {
        let ExportOptions { offsets, language, .. } = self.options;
        for row in metrics::rows(report, offsets, language) {
            self.metrics.row(row.iter().map(|field| (field, 0)), &mut self.styles, &mut self.cut);
        }
        let slices = Slices::new(&report.text, offsets);
        let words = |words: &str| Field::from(words.to_owned());
        for (section, count) in report.outline.iter().zip(counts(report)) {
            let row: [Field; OUTLINE.len()] = [
                words(&report.source.name),
                (section.depth as usize).into(),
                words(&section.marker),
                words(&section.title),
                count.into(),
                slices.cut(section.body).chars().filter(|c| !c.is_whitespace()).count().into(),
                language.corrected(section.corrected).into(),
                path(report, section.parent).into(),
                words(&report.meta.title),
            ];
            let indent = (section.depth.max(1) - 1).min(MAX_INDENT);
            let row = row.iter().enumerate().map(|(i, field)| (field, if i == 3 { indent } else { 0 }));
            self.outline.row(row, &mut self.styles, &mut self.cut);
        }
        let (meta, source) = (&report.meta, &report.source);
        let warnings: Vec<&str> = report.warnings.iter().map(|w| w.message.as_str()).collect();
        let row: [Field; SOURCES.len()] = [
            words(&source.name),
            words(&meta.title),
            words(&meta.organization),
            words(&meta.place),
            language.report(meta.kind).into(),
            period(&meta.period).into(),
            words(&meta.session),
            words(&meta.date),
            words(&meta.published),
            words(&meta.speaker),
            if meta.truncated { language.pick("否", "no") } else { language.pick("是", "yes") }.into(),
            language.format(source.format).into(),
            words(source.encoding.as_deref().unwrap_or("")),
            source.bytes.into(),
            report.text.chars().filter(|c| !c.is_whitespace()).count().into(),
            report.outline.len().into(),
            report.metrics.len().into(),
            report.metrics.iter().filter(|metric| metric.corrected).count().into(),
            warnings.join(" ").into(),
            concat!("gangmu ", env!("CARGO_PKG_VERSION")).into(),
        ];
        self.sources.row(row.iter().map(|field| (field, 0)), &mut self.styles, &mut self.cut);
    }

    /// Sheets that hold less, for tests.
    #[cfg(test)]
    pub fn limit_rows(&mut self, rows: usize) {
        self.metrics.max_rows = rows;
    }

    /// A sheet of its own for reports side by side.
    pub fn compare(&mut self, comparison: &Comparison) {
        let language = self.options.language;
        let mut heads = comparison::heads(comparison, language);
        self.left_out = heads.len().saturating_sub(MAX_COLUMNS);
        heads.truncate(MAX_COLUMNS);
        let width = |i: usize| comparison::WIDTHS.get(i).copied().unwrap_or(18);
        let columns = heads.into_iter().enumerate().map(|(i, head)| (head, width(i))).collect();
        let mut table = Table::new(language.pick("对比", "Comparison"), columns);
        for row in comparison::rows(comparison, language) {
            table.shown(row.iter().take(MAX_COLUMNS), &mut self.styles, &mut self.cut);
        }
        self.comparison = Some(table);
    }

    /// The file.
    pub fn finish(mut self) -> Vec<u8> {
        self.notes();
        let tables = [Some(self.metrics), self.comparison, Some(self.outline), Some(self.sources)];
        let sheets: Vec<(String, Sheet)> = tables.into_iter().flatten().flat_map(Table::finish).collect();

        let mut types = vec![
            ("xl/workbook.xml".to_owned(), "spreadsheetml.sheet.main"),
            ("xl/styles.xml".to_owned(), "spreadsheetml.styles"),
        ];
        let mut relating = vec![("s".to_owned(), "styles", "styles.xml".to_owned())];
        let mut names = String::new();
        let mut defined = String::new();
        let mut parts = Vec::new();
        for (i, (name, mut sheet)) in sheets.into_iter().enumerate() {
            let place = format!("worksheets/sheet{}.xml", i + 1);
            sheet.part.name = format!("xl/{place}");
            types.push((sheet.part.name.clone(), "spreadsheetml.worksheet"));
            relating.push((format!("r{i}"), "worksheet", place));
            let _ = write!(names, "<sheet name=\"{name}\" sheetId=\"{}\" r:id=\"r{i}\"/>", i + 1);
            let area = area(sheet.columns, sheet.rows, "$");
            let _ = write!(
                defined,
                "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{i}\" hidden=\"1\">'{name}'!{area}</definedName>\
                 <definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{i}\">'{name}'!$1:$1</definedName>"
            );
            parts.push(sheet.part);
        }
        let workbook = format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
             <sheets>{names}</sheets><definedNames>{defined}</definedNames></workbook>"
        );
        let first = [
            content_types(&types),
            relations("_rels/.rels", &[("r1".into(), "officeDocument", "xl/workbook.xml".into())]),
            Part::whole("xl/workbook.xml", &workbook),
            relations("xl/_rels/workbook.xml.rels", &relating),
            Part::whole("xl/styles.xml", &self.styles.xml()),
        ];
        zip(first.into_iter().chain(parts).collect())
    }

    /// What Excel has no place for is told under the sources.
    fn notes(&mut self) {
        let language = self.options.language;
        let mut notes = Vec::new();
        for table in [&self.metrics, &self.outline].into_iter().chain(&self.comparison) {
            let more = table.sheets.len() - 1;
            if more > 0 {
                let name = &table.name;
                notes.push(match language {
                    Language::Zh => format!("“{name}”超出 Excel 一张表的行数,接在后面 {more} 张表里。"),
                    Language::En => format!(
                        "'{name}' has more rows than a sheet of Excel; {more} more sheets go on with it."
                    ),
                });
            }
        }
        if self.cut > 0 {
            let cut = self.cut;
            notes.push(match language {
                Language::Zh => format!("有 {cut} 个单元格超过 32767 字,已截短,以“…”结尾。"),
                Language::En => {
                    format!("{cut} cells had more than 32,767 characters; they are cut and end with '…'.")
                }
            });
        }
        if self.left_out > 0 {
            let left_out = self.left_out;
            notes.push(match language {
                Language::Zh => format!("对比表只放得下 {MAX_COLUMNS} 列,有 {left_out} 份报告没有列出。"),
                Language::En => format!(
                    "The comparison has room for {MAX_COLUMNS} columns; {left_out} reports are left out."
                ),
            });
        }
        for note in notes {
            self.sources.row([(&Field::from(note), 0)].into_iter(), &mut self.styles, &mut self.cut);
        }
    }
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Rows on as many sheets as they need.
struct Table {
    name: String,
    columns: Vec<(String, u32)>,
    sheets: Vec<Sheet>,
    /// What a sheet holds, head included.
    max_rows: usize,
}

struct Sheet {
    part: Part,
    rows: usize,
    columns: usize,
}

impl Table {
    fn new(name: &str, columns: Vec<(String, u32)>) -> Self {
        let mut table = Self { name: name.to_owned(), columns, sheets: Vec::new(), max_rows: MAX_ROWS };
        table.open();
        table
    }

    /// A sheet with its head.
    fn open(&mut self) {
        let mut sheet = Sheet { part: Part::new(""), rows: 0, columns: self.columns.len() };
        let mut xml = format!(
            "<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\">\
             <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
             <sheetFormatPr defaultRowHeight=\"15\"/><cols>"
        );
        for (i, (_, width)) in self.columns.iter().enumerate() {
            let i = i + 1;
            let _ = write!(xml, "<col min=\"{i}\" max=\"{i}\" width=\"{width}\" customWidth=\"1\"/>");
        }
        xml += "</cols><sheetData>";
        sheet.part.push(&xml);
        let mut cut = 0;
        sheet.row(self.columns.iter().map(|(head, _)| (Content::Words(head), Styles::HEAD)), &mut cut);
        self.sheets.push(sheet);
    }

    fn sheet(&mut self) -> &mut Sheet {
        if self.sheets.last().is_none_or(|sheet| sheet.rows >= self.max_rows) {
            self.open();
        }
        self.sheets.last_mut().expect("one was opened")
    }

    fn finish(self) -> impl Iterator<Item = (String, Sheet)> {
        let Self { name, sheets, .. } = self;
        sheets.into_iter().enumerate().map(move |(i, mut sheet)| {
            let filter = area(sheet.columns, sheet.rows, "");
            sheet.part.push(&format!(
                "</sheetData><autoFilter ref=\"{filter}\"/>\
                 <pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"/></worksheet>"
            ));
            (if i == 0 { name.clone() } else { format!("{name} {}", i + 1) }, sheet)
        })
    }
}

impl Table {
    /// A row of fields, each with its indentation.
    fn row<'a>(
        &mut self,
        fields: impl Iterator<Item = (&'a Field<'a>, u32)>,
        styles: &mut Styles,
        cut: &mut usize,
    ) {
        let cells = fields.map(|(field, indent)| match field {
            Field::Text(words) => (Content::Words(words), styles.words(words, indent)),
            Field::Count(n) => (Content::Number(*n), Styles::PLAIN),
            Field::Number(n) => (Content::Number(*n), styles.number(*n, false)),
            Field::Percent(n) => (Content::Number(hundredth(*n)), styles.number(*n, true)),
        });
        self.sheet().row(cells, cut);
    }

    /// A row of the comparison.
    fn shown<'a>(
        &mut self,
        cells: impl Iterator<Item = &'a Shown<'a>>,
        styles: &mut Styles,
        cut: &mut usize,
    ) {
        let mut words = Vec::new();
        let cells: Vec<_> = cells.map(|shown| (shown, styles.shown(shown))).collect();
        for (shown, style) in &cells {
            words.push(if style.is_none() { shown.words() } else { "".into() });
        }
        let cells = cells.iter().zip(&words).map(|((shown, style), words)| match (shown, style) {
            (Shown::Value { value, percent: true, .. }, Some(style)) => {
                (Content::Number(hundredth(*value)), *style)
            }
            (Shown::Value { value, .. }, Some(style)) => (Content::Number(*value), *style),
            _ => (Content::Words(words), styles.words(words, 0)),
        });
        self.sheet().row(cells, cut);
    }
}

/// 32.5 becomes 0.325, as if it had been typed.
fn hundredth(percent: f64) -> f64 {
    format!("{percent}e-2").parse().unwrap_or(percent / 100.0)
}

enum Content<'a> {
    Words(&'a str),
    Number(f64),
}

impl Sheet {
    fn row<'a>(&mut self, cells: impl Iterator<Item = (Content<'a>, usize)>, cut: &mut usize) {
        self.rows += 1;
        let row = self.rows;
        let mut xml = format!("<row r=\"{row}\">");
        for (i, (content, style)) in cells.enumerate() {
            let content = match content {
                Content::Words("") => continue,
                // No number that a workbook knows.
                Content::Number(n) if !n.is_finite() => Content::Words("—"),
                content => content,
            };
            xml += "<c r=\"";
            push_letters(&mut xml, i);
            let _ = write!(xml, "{row}\"");
            if style > 0 {
                let _ = write!(xml, " s=\"{style}\"");
            }
            match content {
                Content::Number(n) if n.abs() < 1e15 => {
                    let _ = write!(xml, "><v>{n}</v></c>");
                }
                Content::Number(n) => {
                    let _ = write!(xml, "><v>{n:e}</v></c>");
                }
                Content::Words(words) => {
                    xml += " t=\"inlineStr\"><is><t xml:space=\"preserve\">";
                    push_words(&mut xml, words, cut);
                    xml += "</t></is></c>";
                }
            }
        }
        xml += "</row>";
        self.part.push(&xml);
    }
}

/// Words as they stand in a cell, cut to what it holds.
fn push_words(xml: &mut String, words: &str, cut: &mut usize) {
    let mut words = words;
    let mut end = "";
    // No character takes more units than bytes.
    if words.len() > MAX_UNITS && words.encode_utf16().count() > MAX_UNITS {
        let mut units = 0;
        let fits = |(_, c): &(usize, char)| {
            units += c.len_utf16();
            units < MAX_UNITS
        };
        let at = words.char_indices().take_while(fits).last().map_or(0, |(at, c)| at + c.len_utf8());
        (words, end) = (&words[..at], "…");
        *cut += 1;
    }
    // `_x0041_` would be read as an A.
    let mut rest = words;
    while let Some(at) = rest.find("_x") {
        let code = rest.as_bytes().get(at + 2..at + 7);
        let escape = code.is_some_and(|c| c[4] == b'_' && c[..4].iter().all(u8::is_ascii_hexdigit));
        push_escaped(xml, &rest[..at]);
        *xml += if escape { "_x005F_" } else { "_" };
        rest = &rest[at + 1..];
    }
    push_escaped(xml, rest);
    *xml += end;
}

/// A column's letters: A, …, Z, AA, ….
fn push_letters(out: &mut String, column: usize) {
    if column >= 26 {
        push_letters(out, column / 26 - 1);
    }
    out.push((b'A' + (column % 26) as u8) as char);
}

/// All cells of a sheet: `A1:Z9`.
fn area(columns: usize, rows: usize, fixed: &str) -> String {
    let mut last = String::new();
    push_letters(&mut last, columns.max(1) - 1);
    format!("{fixed}A{fixed}1:{fixed}{last}{fixed}{}", rows.max(1))
}

/// The formats of cells, as far as they occur; cells name them by their index.
struct Styles {
    used: Vec<Style>,
}

#[derive(PartialEq)]
enum Style {
    Plain,
    Head,
    /// So deep, and whether these are words that would run were they typed.
    Words(u32, bool),
    /// With so many decimals.
    Number(usize),
    Percent(usize),
    /// A number format with words beside the number.
    Marked(String),
}

impl Default for Styles {
    fn default() -> Self {
        Self { used: vec![Style::Plain, Style::Head] }
    }
}

impl Styles {
    const PLAIN: usize = 0;
    const HEAD: usize = 1;

    fn index(&mut self, style: Style) -> usize {
        self.used.iter().position(|used| *used == style).unwrap_or_else(|| {
            self.used.push(style);
            self.used.len() - 1
        })
    }

    fn words(&mut self, words: &str, indent: u32) -> usize {
        match is_risky(words) {
            false if indent == 0 => Self::PLAIN,
            risky => self.index(Style::Words(indent, risky)),
        }
    }

    fn number(&mut self, number: f64, percent: bool) -> usize {
        match decimals(number) {
            None => Self::PLAIN,
            Some(decimals) => {
                self.index(if percent { Style::Percent(decimals) } else { Style::Number(decimals) })
            }
        }
    }

    /// None where the cell cannot be a number.
    fn shown(&mut self, shown: &Shown) -> Option<usize> {
        let Shown::Value { before, value, percent, after } = shown else { return None };
        if before.is_empty() && after.is_empty() {
            return Some(self.number(*value, *percent));
        }
        let quote = |words: &str| {
            if words.is_empty() { String::new() } else { format!("\"{}\"", words.replace('"', "")) }
        };
        let code = number_format(decimals(*value)?, *percent);
        let style = Style::Marked(format!("{}{code}{}", quote(before), quote(after)));
        let room = self.used.len() < MAX_FORMATS || self.used.contains(&style);
        room.then(|| self.index(style))
    }

    fn xml(&self) -> String {
        let mut formats = String::new();
        let mut count = 0;
        let mut cells = String::new();
        for style in &self.used {
            let mut format = |code: &str| {
                count += 1;
                // Below are those that every program knows.
                let id = 163 + count;
                let _ = write!(formats, "<numFmt numFmtId=\"{id}\" formatCode=\"");
                push_escaped(&mut formats, code);
                formats += "\"/>";
                id
            };
            let top = "<alignment vertical=\"top\"/>";
            let (number, font, rest, alignment) = match style {
                Style::Plain => (0, 0, "", top.to_owned()),
                Style::Head => (0, 1, " fillId=\"2\" applyFont=\"1\" applyFill=\"1\"", top.to_owned()),
                Style::Words(indent, risky) => (
                    0,
                    0,
                    if *risky { " quotePrefix=\"1\"" } else { "" },
                    format!("<alignment horizontal=\"left\" vertical=\"top\" indent=\"{indent}\"/>"),
                ),
                Style::Number(decimals) => {
                    (format(&number_format(*decimals, false)), 0, " applyNumberFormat=\"1\"", top.to_owned())
                }
                Style::Percent(decimals) => {
                    (format(&number_format(*decimals, true)), 0, " applyNumberFormat=\"1\"", top.to_owned())
                }
                Style::Marked(code) => (
                    format(code),
                    0,
                    " applyNumberFormat=\"1\"",
                    "<alignment horizontal=\"right\" vertical=\"top\"/>".to_owned(),
                ),
            };
            let fill = if rest.contains("fillId") { "" } else { " fillId=\"0\"" };
            let _ = write!(
                cells,
                "<xf numFmtId=\"{number}\" fontId=\"{font}\"{fill} borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"{rest}>{alignment}</xf>"
            );
        }
        let formats =
            if count > 0 { format!("<numFmts count=\"{count}\">{formats}</numFmts>") } else { formats };
        let font = "<sz val=\"11\"/><name val=\"等线\"/><family val=\"2\"/>";
        format!(
            "<styleSheet xmlns=\"{MAIN}\">{formats}<fonts count=\"2\"><font>{font}</font><font><b/>{font}</font></fonts>\
             <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
             <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE7EBF0\"/></patternFill></fill></fills>\
             <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
             <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
             <cellXfs count=\"{}\">{cells}</cellXfs>\
             <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
            self.used.len()
        )
    }
}

/// Digits behind the point, where a cell shows the number whole.
fn decimals(number: f64) -> Option<usize> {
    if !number.is_finite() || number.abs() >= 1e15 {
        return None;
    }
    let decimals = number.to_string().split_once('.').map_or(0, |(_, digits)| digits.len());
    (decimals <= 6).then_some(decimals)
}

fn number_format(decimals: usize, percent: bool) -> String {
    let (whole, sign) = if percent { ("0", "%") } else { ("#,##0", "") };
    let point = if decimals > 0 { "." } else { "" };
    format!("{whole}{point}{}{sign}", "0".repeat(decimals))
}
