//! What is written is read back: workbooks by another program's reader, documents by our own.

use super::super::delimited::tests::hostile;
use super::super::tests::sample;
use super::super::{ComparisonForm, ExportOptions, Language, Part, export_comparison};
use super::{Workbook, docx};
use crate::report::*;
use calamine::{Data, Range, Reader, Xlsx};
use std::io::{Cursor, Read};

fn read(bytes: &[u8]) -> Vec<(String, Range<Data>)> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook").worksheets()
}

fn book(reports: &[Report], comparison: Option<&Comparison>, language: Language) -> Vec<u8> {
    let mut workbook = Workbook::new(ExportOptions { language, ..ExportOptions::default() });
    for report in reports {
        workbook.add(report);
    }
    if let Some(comparison) = comparison {
        workbook.compare(comparison);
    }
    workbook.finish()
}

fn named(names: &[(String, Range<Data>)]) -> Vec<&str> {
    names.iter().map(|(name, _)| name.as_str()).collect()
}

/// The cells of a column by its head.
fn column(sheet: &Range<Data>, head: &str) -> Vec<Data> {
    let at = sheet.rows().next().unwrap().iter().position(|cell| *cell == Data::String(head.into()));
    sheet.rows().skip(1).map(|row| row[at.unwrap_or_else(|| panic!("{head}"))].clone()).collect()
}

fn words(words: &str) -> Data {
    Data::String(words.into())
}

#[test]
fn a_sheet_a_table_and_numbers_are_numbers() {
    let bytes = book(&[sample(), sample()], None, Language::Zh);
    let sheets = read(&bytes);
    assert_eq!(named(&sheets), ["指标", "提纲", "来源"]);
    let metrics = &sheets[0].1;
    assert_eq!(metrics.height(), 1 + 4);
    assert_eq!(column(metrics, "数值")[..2], [Data::Float(3.0), Data::Float(-0.032)]);
    assert_eq!(column(metrics, "单位")[1], words("%"));
    assert_eq!(column(metrics, "置信度")[0], Data::Float(0.5));
    assert_eq!(column(metrics, "文件")[0], words("=a,b.txt"), "as it is: a string cannot run");
    assert_eq!(column(metrics, "上限")[0], Data::Empty);
    let outline = &sheets[1].1;
    assert_eq!(column(outline, "标题")[..2], [words("协商"), words("调研")]);
    assert_eq!(column(outline, "上级")[1], words("一、协商"));
    assert_eq!(column(outline, "指标数")[0], Data::Float(2.0));
    assert_eq!(column(&sheets[2].1, "编码"), [words("UTF-8"), words("UTF-8")]);
    assert_eq!(named(&read(&book(&[], None, Language::En))), ["Metrics", "Outline", "Sources"]);
}

#[test]
fn the_same_reports_give_the_same_bytes() {
    assert_eq!(book(&[sample()], None, Language::Zh), book(&[sample()], None, Language::Zh));
    let options = ExportOptions::default();
    assert_eq!(docx(&[sample()], &options), docx(&[sample()], &options));
}

#[test]
fn nothing_in_a_workbook_is_a_formula() {
    let mut report = hostile();
    report.metrics[0].value = f64::NAN;
    report.metrics[1].value = 1e300;
    report.source.name = "_x003D_1+1]]>&<'\u{b}".into();
    let comparison = crate::compare::compare(&[report.clone(), report.clone()]);
    let bytes = book(&[report], Some(&comparison), Language::Zh);
    let mut workbook = Xlsx::new(Cursor::new(&bytes)).unwrap();
    for name in workbook.sheet_names().to_vec() {
        assert!(workbook.worksheet_formula(&name).unwrap().is_empty(), "{name}");
    }
    let sheets = read(&bytes);
    let metrics = &sheets[0].1;
    assert_eq!(column(metrics, "指标")[0], words("=HYPERLINK(\"http://x\",\"a\")"));
    assert_eq!(column(metrics, "数值"), [words("—"), Data::Float(1e300)]);
    let raw = text_of(&bytes, "xl/worksheets/sheet1.xml");
    assert!(
        raw.contains("_x005F_x003D_1+1]]&gt;&amp;&lt;'<"),
        "no escape of Excel's own, no control characters"
    );
    assert!(!raw.contains("<f>"));
    assert!(text_of(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
}

#[test]
fn what_a_cell_cannot_hold_is_cut_and_told() {
    let mut report = sample();
    report.metrics[0].indicator = "协".repeat(32_767);
    report.metrics[1].indicator = "𠀀".repeat(20_000);
    let sheets = read(&book(&[report], None, Language::Zh));
    let lengths: Vec<usize> =
        column(&sheets[0].1, "指标").iter().map(|cell| cell.to_string().encode_utf16().count()).collect();
    assert_eq!(lengths, [32_767, 32_767], "{lengths:?}");
    assert!(column(&sheets[0].1, "指标")[1].to_string().ends_with("𠀀…"));
    let notes = column(&sheets[2].1, "文件");
    assert!(notes[1].to_string().starts_with("有 1 个单元格"), "{notes:?}");
}

#[test]
fn what_a_sheet_cannot_hold_goes_on_in_the_next_and_is_told() {
    let mut workbook = Workbook::new(ExportOptions::default());
    workbook.limit_rows(3);
    for _ in 0..4 {
        workbook.add(&sample());
    }
    let sheets = read(&workbook.finish());
    let metrics: Vec<_> = sheets.iter().filter(|(name, _)| name.starts_with("指标")).collect();
    assert_eq!(metrics.len(), 4);
    assert!(metrics.iter().all(|(_, sheet)| sheet.height() == 3 && column(sheet, "数值").len() == 2));
    assert_eq!((metrics[1].0.as_str(), metrics[3].0.as_str()), ("指标 2", "指标 4"));
    let notes = column(&sheets.last().unwrap().1, "文件");
    assert!(notes.iter().any(|note| note.to_string().contains("“指标”超出")), "{notes:?}");
}

/// Two reports with one indicator, once hedged and planned.
fn comparison() -> Comparison {
    let head = |index, place: &str, year: &str| CompareHead {
        index,
        name: format!("{index}.txt"),
        title: String::new(),
        place: place.into(),
        kind: ReportKind::Government,
        period: Period { start: year.into(), end: year.into() },
    };
    let value = |value, hedge, when, status| CellValue {
        metric: 0,
        value,
        max: None,
        counter: None,
        hedge,
        period: Period { start: "2025".into(), end: "2025".into() },
        when,
        status,
        confidence: None,
        part: false,
        corrected: false,
    };
    let row = |unit: &str, factor, cells| IndicatorRow {
        canonical: Some("gdp".into()),
        indicator: "地区生产总值".into(),
        indicator_en: "GDP".into(),
        kind: MetricKind::Amount,
        growth: None,
        among: String::new(),
        unit: "元".into(),
        scale: Scale { factor, unit: unit.into() },
        cells,
    };
    let own = |n| value(n, Hedge::Exact, When::Own, Status::Done);
    Comparison {
        schema: SCHEMA,
        reports: vec![head(0, "望海市", "2023"), head(1, "=市", "2024")],
        groups: vec![IndicatorGroup {
            id: "economy".into(),
            name: "经济".into(),
            name_en: "Economy".into(),
            rows: vec![
                row(
                    "亿元",
                    1e8,
                    vec![
                        Cell { report: 0, values: vec![own(1_234_000_000.0)] },
                        Cell {
                            report: 1,
                            values: vec![
                                value(1.5e9, Hedge::Over, When::After, Status::Plan),
                                value(-2e8, Hedge::Exact, When::Own, Status::Done),
                            ],
                        },
                    ],
                ),
                row("%", 1.0, vec![Cell { report: 1, values: vec![own(6.5)] }]),
            ],
        }],
        sections: Vec::new(),
    }
}

#[test]
fn a_comparison_shows_what_must_be_known_beside_a_number() {
    let comparison = comparison();
    let bytes = book(&[], Some(&comparison), Language::Zh);
    let sheets = read(&bytes);
    assert_eq!(named(&sheets), ["指标", "对比", "提纲", "来源"]);
    let sheet = &sheets[1].1;
    assert_eq!(column(sheet, "望海市 2023"), [Data::Float(12.34), Data::Empty, Data::Empty]);
    assert_eq!(column(sheet, "=市 2024"), [Data::Float(15.0), Data::Float(-2.0), Data::Float(0.065)]);
    assert_eq!(column(sheet, "单位"), [words("亿元"), words("亿元"), words("%")]);
    let styles = text_of(&bytes, "xl/styles.xml");
    assert!(styles.contains("&quot;≥&quot;#,##0&quot; (2025 计划)&quot;"), "{styles}");

    let csv = export_comparison(&comparison, ComparisonForm::Csv, Language::En);
    assert_eq!(
        csv.lines().collect::<Vec<_>>(),
        [
            "\u{feff}group,indicator,canonical,kind,unit,望海市 2023,'=市 2024",
            "Economy,GDP,gdp,amount,亿元,12.34,≥15 (2025 plan)",
            "Economy,GDP,gdp,amount,亿元,,-2",
            "Economy,GDP,gdp,amount,%,,6.5",
        ]
    );
    let md = export_comparison(&comparison, ComparisonForm::Md, Language::Zh);
    assert_eq!(
        md.lines().nth(2),
        Some("| 经济 | 地区生产总值 | gdp | 金额 | 亿元 | 12.34 | ≥15 (2025 计划) |")
    );
    let html = export_comparison(&comparison, ComparisonForm::Html, Language::Zh);
    assert!(html.contains("<th>&#39;=市 2024</th>"));
    let tsv = export_comparison(&comparison, ComparisonForm::Tsv, Language::Zh);
    assert!(tsv.lines().all(|line| line.split('\t').count() == 7));
}

/// A part of a zip.
fn text_of(bytes: &[u8], part: &str) -> String {
    let archive = rawzip::ZipArchive::from_slice(bytes).unwrap();
    let mut entries = archive.entries();
    while let Some(record) = entries.next_entry().unwrap() {
        if record.file_path().as_bytes() == part.as_bytes() {
            let entry = archive.get_entry(record.wayfinder()).unwrap();
            let unpacked = flate2::bufread::DeflateDecoder::new(entry.data());
            let mut text = String::new();
            entry.verifying_reader(unpacked).read_to_string(&mut text).unwrap();
            return text;
        }
    }
    panic!("no {part}")
}

#[test]
fn a_document_reads_back_with_its_headings_and_cells() {
    let options = ExportOptions { part: Part::All, ..ExportOptions::default() };
    let bytes = docx(&[sample(), hostile()], &options);
    let document = text_of(&bytes, "word/document.xml");
    let at = |words: &str| document.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(at("<w:pStyle w:val=\"Title\"/>") < at("<w:pStyle w:val=\"Heading1\"/>"));
    assert!(at("<w:pStyle w:val=\"Heading1\"/>") < at("<w:pStyle w:val=\"Heading2\"/>"));
    assert!(at("<w:pStyle w:val=\"Heading2\"/>") < at("<w:tbl>"));
    assert_eq!(document.matches("<w:pageBreakBefore/>").count(), 1, "each report on pages of its own");

    let named = crate::Options { name: "a.docx".into(), ..crate::Options::default() };
    let mut entries = crate::unpack::unpack(&bytes, &named).unwrap();
    let Ok(crate::unpack::Content::Draft(draft)) = entries.remove(0).content else { panic!("a draft") };
    let text = draft.source();
    for words in ["望海市\"一\"号报告", "一、协商", "（一）调研", "报告|稿", "-3.2%", "</h2><script>"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(!text.contains('\0'));

    let outline = docx(&[sample()], &ExportOptions { part: Part::Outline, ..options });
    assert!(!text_of(&outline, "word/document.xml").contains("<w:tbl>"));
}

/// `cargo test --release --lib thousand -- --ignored --nocapture` says how long it takes; `/usr/bin/time -v` before it, how
/// much memory.
#[test]
#[ignore = "a measurement"]
fn a_thousand_reports_of_three_hundred_metrics() {
    let mut report = sample();
    report.metrics = report.metrics.iter().cycle().take(300).cloned().collect();
    let start = std::time::Instant::now();
    let mut workbook = Workbook::new(ExportOptions::default());
    for i in 0..1_000 {
        report.source.name = format!("{i}.txt");
        for (at, metric) in report.metrics.iter_mut().enumerate() {
            metric.value = (i * 300 + at) as f64 * 1.5;
        }
        workbook.add(&report);
    }
    let bytes = workbook.finish();
    println!("{} bytes in {:?}", bytes.len(), start.elapsed());
    assert!(bytes.len() > 1_000_000);
}
