//! The same report, the same answer: one invented report in every format, compared field by field.
//!
//! `tests/formats/differences.tsv` holds every difference that is allowed, with its reason; one that is not there
//! fails, and so does one that no longer shows.

use gangmu::{Options, Report};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The file that the others are compared with.
const FIRST: &str = "report.docx";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

fn read(name: &str) -> Report {
    let bytes = std::fs::read(folder().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    // Every file by the same name: what it is called says nothing.
    let options = Options { name: "report".into(), ..Options::default() };
    gangmu::extract(&bytes, &options).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// All that a report says, a field a line; without places, which differ with the spaces between words.
fn fields(report: &Report) -> Vec<String> {
    let meta = serde_json::to_value(&report.meta).unwrap();
    let mut fields: Vec<String> =
        meta.as_object().unwrap().iter().map(|(name, value)| format!("{name} {value}")).collect();
    let title = |i: Option<usize>| i.map_or("", |i| report.outline[i].title.as_str());
    for section in &report.outline {
        fields.push(format!(
            "section {} {:?} {} {} in {}",
            section.depth,
            section.kind,
            if section.marker.is_empty() { "-" } else { &section.marker },
            section.title,
            title(section.parent)
        ));
    }
    for metric in &report.metrics {
        fields.push(format!(
            "metric {} {}{}{} {:?} {:?} {:?} {} {} {} {:?} in {}",
            metric.indicator,
            metric.value,
            metric.max.map(|max| format!("–{max}")).unwrap_or_default(),
            metric.unit,
            metric.hedge,
            metric.kind,
            metric.status,
            metric.canonical.as_deref().unwrap_or("-"),
            metric.subject,
            metric.action,
            metric.period,
            title(metric.section)
        ));
    }
    fields
}

/// What one has and the other lacks; a field that stands twice counts twice.
fn lacks(one: &[String], other: &[String]) -> Vec<String> {
    let mut other = other.to_vec();
    let mut left = Vec::new();
    for field in one {
        match other.iter().position(|f| f == field) {
            Some(at) => drop(other.swap_remove(at)),
            None => left.push(field.clone()),
        }
    }
    left
}

#[test]
fn the_same_report_gives_the_same_answer_in_every_format() {
    let first = fields(&read(FIRST));
    let table = std::fs::read_to_string(folder().join("differences.tsv")).unwrap();
    let allowed: BTreeSet<(&str, &str)> = table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 3, "file, difference, reason: {line}");
            (columns[0], columns[1])
        })
        .collect();
    let mut files: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("report") && name != FIRST && !name.ends_with(".fodt"))
        .collect();
    files.sort();
    assert!(files.len() >= 7, "{files:?}");
    let mut found: Vec<(String, String)> = Vec::new();
    for file in &files {
        let fields = fields(&read(file));
        found.extend(lacks(&first, &fields).into_iter().map(|field| (file.clone(), format!("- {field}"))));
        found.extend(lacks(&fields, &first).into_iter().map(|field| (file.clone(), format!("+ {field}"))));
    }
    let shown: BTreeSet<(&str, &str)> = found.iter().map(|(file, field)| (&**file, &**field)).collect();
    let new: Vec<_> = shown.difference(&allowed).map(|(file, field)| format!("{file}\t{field}")).collect();
    let gone: Vec<_> = allowed.difference(&shown).map(|(file, field)| format!("{file}\t{field}")).collect();
    assert!(new.is_empty(), "not allowed:\n{}", new.join("\n"));
    assert!(gone.is_empty(), "allowed, but no longer so:\n{}", gone.join("\n"));
}

/// The words of a report are there, however its file has them.
#[test]
fn the_report_is_read() {
    let report = read(FIRST);
    assert!(report.text.chars().count() > 2000);
    assert!(
        report.outline.len() > 20 && report.metrics.len() > 60,
        "{} {}",
        report.outline.len(),
        report.metrics.len()
    );
    let markers: Vec<&str> = report.outline.iter().map(|s| s.marker.as_str()).collect();
    // Numbers that the file has as lists, and such as were typed.
    assert!(["一、", "（四）", "1.", "3."].iter().all(|m| markers.contains(m)), "{markers:?}");
}

/// Files that were cut off or changed are read or refused, and never bring the program down.
#[test]
fn cut_and_changed_files_are_read_or_refused() {
    let mut state = 7_u32;
    let mut random = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below.max(1)
    };
    for name in ["report.docx", "report.doc", "report.odt", "report.rtf", "report.pdf", "report.html"] {
        let bytes = std::fs::read(folder().join(name)).unwrap();
        for round in 0..10 {
            let mut bytes = bytes.clone();
            if round % 2 == 0 {
                bytes.truncate(random(bytes.len()));
            }
            for _ in 0..[0, 1, 30][round % 3] {
                let at = random(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = random(256) as u8;
                }
            }
            match gangmu::extract_all(&bytes, &Options::default()) {
                Ok(reports) => assert!(!reports.is_empty(), "{name}"),
                Err(error) => assert!(!error.code().is_empty()),
            }
        }
    }
}
