//! Workbooks (.xlsx): the cells of each sheet as they are shown.

use super::Entry;
use super::package::{Budget, Package};
use super::rows::{self, Row};
use super::xml::{self, Element};
use crate::Error;
use crate::read::Draft;
use crate::read::collection::Columns;
use crate::report::Format;
use std::collections::HashMap;

/// Sheets have no column and row beyond these.
const COLUMNS: usize = 16_384;

/// The reports and tables in a workbook, a sheet after the other.
pub fn entries(bytes: &[u8], name: &str, budget: &Budget, columns: &Columns) -> Result<Vec<Entry>, Error> {
    let package = Package::open(bytes, budget)?;
    let workbook = xml::parse(&package.part("xl/workbook.xml")?)?;
    let links = xml::parse(&package.part("xl/_rels/workbook.xml.rels")?)?;
    let links: HashMap<&str, &str> =
        links.elements().filter_map(|link| Some((link.get("Id")?, link.get("Target")?))).collect();
    let shared = optional(&package, "xl/sharedStrings.xml")?;
    let shared: Vec<String> = shared.iter().flat_map(|root| root.all("si")).map(words).collect();
    let styles = optional(&package, "xl/styles.xml")?.map_or_else(Vec::new, |root| shown(&root));
    let draft = Draft { format: Format::Xlsx, ..Draft::default() };
    let mut entries = Vec::new();
    let sheets: Vec<&Element> = workbook.child("sheets").into_iter().flat_map(|s| s.all("sheet")).collect();
    for sheet in sheets.iter().filter(|sheet| !sheet.get("state").is_some_and(|s| s.ends_with("idden"))) {
        let title = sheet.get("name").unwrap_or_default();
        let name = if sheets.len() > 1 { format!("{name}: {title}") } else { name.to_owned() };
        let part =
            sheet.get("id").and_then(|id| links.get(id)).map(|target| match target.strip_prefix('/') {
                Some(path) => path.to_owned(),
                None => format!("xl/{target}"),
            });
        let part =
            part.ok_or(Error::Damaged).and_then(|part| package.part(&part)).and_then(|p| xml::parse(&p));
        match part {
            Ok(root) => {
                let cells =
                    root.child("sheetData").map_or_else(Vec::new, |data| read(data, &shared, &styles));
                entries.extend(rows::entries(cells, &name, &draft, columns));
            }
            Err(error) => entries.push(Entry { name, content: Err(error) }),
        }
    }
    if entries.is_empty() { Err(Error::NoText) } else { Ok(entries) }
}

fn optional(package: &Package, name: &str) -> Result<Option<Element>, Error> {
    if !package.has(name) {
        return Ok(None);
    }
    xml::parse(&package.part(name)?).map(Some)
}

/// The text of a string with its runs, without what is written above it as its reading.
fn words(string: &Element) -> String {
    let runs = string.elements().filter_map(|part| match part.name.as_str() {
        "t" => Some(part.text()),
        "r" => part.child("t").map(Element::text),
        _ => None,
    });
    // `_x000D_` is how a control character is written.
    runs.collect::<String>().replace("_x000D_", "")
}

fn read(data: &Element, shared: &[String], styles: &[Shown]) -> Vec<Row> {
    data.all("row")
        .map(|row| {
            let mut next = 0;
            let mut cells = Row::new();
            for cell in row.all("c") {
                let column = cell.get("r").and_then(column).unwrap_or(next);
                if column < next || column >= COLUMNS {
                    continue;
                }
                next = column + 1;
                let value = || cell.child("v").map(Element::text).unwrap_or_default();
                let text = match cell.get("t") {
                    Some("s") => value().parse().ok().and_then(|at: usize| shared.get(at).cloned()),
                    Some("inlineStr") => cell.child("is").map(words),
                    Some("str" | "d") => Some(value()),
                    Some("b" | "e") => None,
                    _ => {
                        let style = cell.get("s").and_then(|s| styles.get(s.parse::<usize>().ok()?));
                        Some(style.unwrap_or(&Shown::General).write(&value()))
                    }
                };
                if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
                    cells.push((column, text));
                }
            }
            cells
        })
        .filter(|cells| !cells.is_empty())
        .collect()
}

/// `C7` is in column 2.
fn column(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number = letters.fold(0, |n, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A' + 1));
    number.checked_sub(1)
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shown {
    General,
    /// With so many places.
    Fixed(usize),
    Percent(usize),
    Date,
}

/// How numbers are shown, by a cell's style.
fn shown(styles: &Element) -> Vec<Shown> {
    let formats = styles.child("numFmts").into_iter().flat_map(|f| f.all("numFmt"));
    let own: HashMap<&str, &str> =
        formats.filter_map(|f| Some((f.get("numFmtId")?, f.get("formatCode")?))).collect();
    let cells = styles.child("cellXfs").into_iter().flat_map(|c| c.all("xf"));
    cells
        .map(|xf| {
            let id = xf.get("numFmtId").unwrap_or("0");
            match own.get(id) {
                Some(code) => Shown::by_code(code),
                None => Shown::by_number(id.parse().unwrap_or(0)),
            }
        })
        .collect()
}

impl Shown {
    /// The formats that ECMA-376 18.8.30 numbers.
    fn by_number(id: u32) -> Self {
        match id {
            1 | 3 | 37 | 38 => Self::Fixed(0),
            2 | 4 | 39 | 40 => Self::Fixed(2),
            9 => Self::Percent(0),
            10 => Self::Percent(2),
            14..=17 | 22 | 27..=31 | 36 | 50..=58 => Self::Date,
            _ => Self::General,
        }
    }

    fn by_code(code: &str) -> Self {
        // What is in quotes or brackets is shown as it is; the first part is that of positive numbers.
        let mut quoted = false;
        let mut bracket = false;
        let plain: String = code
            .chars()
            .take_while(|c| *c != ';')
            .filter(|c| {
                match c {
                    '"' => quoted = !quoted,
                    '[' => bracket = true,
                    _ => {}
                }
                let keep = !quoted && !bracket && *c != '"';
                bracket &= *c != ']';
                keep
            })
            .collect();
        let places = plain
            .split_once('.')
            .map_or(0, |(_, rest)| rest.chars().take_while(|c| matches!(c, '0' | '#' | '?')).count());
        if plain.contains('%') {
            Self::Percent(places)
        } else if plain.contains(['y', 'Y', 'd', 'D']) || plain.contains("mm") && !plain.contains('0') {
            Self::Date
        } else if plain.contains('0') {
            Self::Fixed(places)
        } else {
            Self::General
        }
    }

    fn write(self, value: &str) -> String {
        let Ok(number) = value.trim().parse::<f64>() else { return value.to_owned() };
        match self {
            Self::Fixed(places) => format!("{number:.places$}"),
            Self::Percent(places) => format!("{:.places$}%", number * 100.0),
            Self::Date => date(number).unwrap_or_else(|| value.to_owned()),
            // 0.1 + 0.2 is stored with all its digits and shown with at most eleven.
            Self::General => {
                let rounded = format!("{number:.10}");
                if value.len() > 11 && value.contains('.') && !value.contains(['e', 'E']) {
                    rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
                } else {
                    number.to_string()
                }
            }
        }
    }
}

/// Days since the end of 1899 as a date; the system takes 1900 for a leap year.
fn date(days: f64) -> Option<String> {
    if !(61.0..2_958_466.0).contains(&days) {
        return None;
    }
    // Civil from days, from 0000-03-01 on.
    let days = days as i64 + 693_899;
    let era = days / 146_097;
    let of_era = days - era * 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) =
        (year + era * 400 + i64::from(month >= 10), if month < 10 { month + 3 } else { month - 9 });
    Some(format!("{year}年{month}月{day}日"))
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip;
    use super::super::tests::{drafts, sentences};
    use super::*;

    /// A workbook of sheets (name, rows) with these strings and cell formats.
    fn workbook(sheets: &[(&str, &str)], strings: &str) -> Vec<u8> {
        let list: String = sheets
            .iter()
            .enumerate()
            .map(|(i, (name, _))| format!("<sheet name=\"{name}\" sheetId=\"{i}\" r:id=\"r{i}\"/>"))
            .collect();
        let links: String = (0..sheets.len())
            .map(|i| format!("<Relationship Id=\"r{i}\" Target=\"worksheets/s{i}.xml\"/>"))
            .collect();
        let mut files = vec![
            ("xl/workbook.xml".to_owned(), format!("<workbook xmlns:r=\"r\"><sheets>{list}</sheets></workbook>")),
            ("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{links}</Relationships>")),
            ("xl/sharedStrings.xml".to_owned(), format!("<sst>{strings}</sst>")),
            (
                "xl/styles.xml".to_owned(),
                "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"0.0%\"/></numFmts>\
                <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"176\"/><xf numFmtId=\"14\"/><xf numFmtId=\"2\"/></cellXfs></styleSheet>"
                    .to_owned(),
            ),
        ];
        for (i, (_, rows)) in sheets.iter().enumerate() {
            files.push((
                format!("xl/worksheets/s{i}.xml"),
                format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
            ));
        }
        let files: Vec<_> = files.iter().map(|(name, text)| (name.as_bytes(), text.as_bytes())).collect();
        zip(&files)
    }

    #[test]
    fn sheets_are_tables_of_cells_as_they_are_shown() {
        let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>增长</t></is></c></row>\
            <row r=\"4\"><c r=\"A4\"><v>131.30000000000001</v></c><c r=\"B4\" s=\"1\"><v>5.5E-2</v></c>\
            <c r=\"C4\" s=\"2\"><v>45301</v></c><c r=\"D4\" s=\"3\"><v>3</v></c><c r=\"E4\" t=\"e\"><v>#REF!</v></c></row>";
        let strings = "<si><r><t>生产</t></r><r><t>总值</t></r><rPh><t>zhi</t></rPh></si>";
        let read =
            drafts(&workbook(&[("经济", rows), ("空", ""), ("数", "<row><c><v>1</v></c></row>")], strings));
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].0, "表.csv: 经济");
        let cells: Vec<_> = read[0]
            .1
            .lines
            .iter()
            .map(|l| (l.text.as_str(), l.cell.unwrap().row, l.cell.unwrap().column))
            .collect();
        assert_eq!(
            cells,
            [
                ("生产总值", 0, 0),
                ("增长", 0, 2),
                ("131.3", 1, 0),
                ("5.5%", 1, 1),
                ("2024年1月10日", 1, 2),
                ("3.00", 1, 3)
            ]
        );
    }

    #[test]
    fn a_row_with_a_report_is_a_report() {
        let text = |s: &str| format!("<c t=\"inlineStr\"><is><t>{s}</t></is></c>");
        let row = |a: &str, b: &str| format!("<row>{}{}</row>", text(a), text(b));
        let long = sentences(40);
        let rows = [row("年份", "内容"), row("2023", &long), row("2024", &long)].concat();
        let read = drafts(&workbook(&[("一", &rows)], ""));
        assert_eq!(
            read.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            ["表.csv: 1 2023", "表.csv: 2 2024"]
        );
        assert_eq!(read[1].1.text, long);
    }

    #[test]
    fn formats_are_those_of_the_cells() {
        assert_eq!(Shown::by_code("#,##0.00_ "), Shown::Fixed(2));
        assert_eq!(Shown::by_code("[$-804]yyyy\"年\"m\"月\";@"), Shown::Date);
        assert_eq!(Shown::by_code("0\"d\""), Shown::Fixed(0));
        assert_eq!(Shown::by_code("@"), Shown::General);
        assert_eq!(Shown::General.write("0.30000000000000004"), "0.3");
        assert_eq!(Shown::General.write("2024"), "2024");
        assert_eq!(date(61.0).as_deref(), Some("1900年3月1日"));
        assert_eq!(date(45_351.0).as_deref(), Some("2024年2月29日"));
        assert_eq!(date(0.5), None);
        assert_eq!(column("XFD1048576"), Some(16_383));
        assert_eq!(column("7"), None);
    }
}
