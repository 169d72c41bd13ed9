//! The built command line on invented reports.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const REPORT: &str = "望海市政协2023年工作综述\n2023年,市政协认真履职。\n一、协商议政\n开展专题协商12次,报送社情民意信息86篇。\n";

fn gangmu(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gangmu")).args(arguments).output().expect("the program starts")
}

/// A folder of its own for a test, with files in it.
fn folder(test: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    folder
}

fn path(folder: &std::path::Path, name: &str) -> String {
    folder.join(name).to_string_lossy().into_owned()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn one_file_is_one_document() {
    let folder = folder("one", &[("a.txt", REPORT.as_bytes())]);
    let output = gangmu(&["extract", &path(&folder, "a.txt")]);
    assert_eq!(output.status.code(), Some(0));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["source"]["name"], "a.txt");
    assert_eq!(report["meta"]["place"], "望海市");
    assert!(report["text"].as_str().unwrap().contains("专题协商12次"));
}

#[test]
fn a_bad_file_among_good_ones_is_named_and_the_others_go_on() {
    let folder =
        folder("bad", &[("a.txt", REPORT.as_bytes()), ("empty.txt", b""), ("c.txt", REPORT.as_bytes())]);
    let files = ["a.txt", "empty.txt", "missing.txt", "c.txt"].map(|f| path(&folder, f));
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    for format in ["json", "jsonl", "csv", "tsv", "tidy", "md", "html"] {
        let output = gangmu(&[&["extract", "--format", format], &files[..]].concat());
        assert_eq!(output.status.code(), Some(1), "{format}");
        let errors = text(&output.stderr);
        assert_eq!(errors.lines().count(), 2, "{errors}");
        assert!(errors.contains("empty.txt") && errors.contains("missing.txt"), "{errors}");
        let printed = text(&output.stdout);
        match format {
            "json" => {
                let reports: Vec<serde_json::Value> = serde_json::from_str(printed).unwrap();
                let names: Vec<_> = reports.iter().map(|r| r["source"]["name"].as_str().unwrap()).collect();
                assert_eq!(names, ["a.txt", "c.txt"]);
            }
            "jsonl" => {
                let lines: Vec<serde_json::Value> =
                    printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
                assert_eq!(lines.len(), 2);
                assert_eq!(lines[1]["source"]["name"], "c.txt");
            }
            "md" => assert_eq!(printed.lines().filter(|l| l.starts_with("# ")).count(), 2),
            "html" => {
                assert_eq!((printed.matches("<h1>").count(), printed.matches("</html>").count()), (2, 1))
            }
            // Two metrics a report under a head.
            _ => {
                assert_eq!(printed.lines().count(), 5, "{format}");
                assert_eq!(printed.starts_with('\u{feff}'), format == "csv");
            }
        }
    }
}

#[test]
fn every_report_of_a_file_is_printed() {
    let words = REPORT.repeat(8).replace('\n', "\\n");
    let lines = format!(
        "{{\"title\": \"甲\", \"text\": \"{words}\"}}\n{{broken\n{{\"title\": \"乙\", \"text\": \"{words}\"}}\n"
    );
    let folder = folder("many", &[("a.jsonl", lines.as_bytes())]);
    let file = path(&folder, "a.jsonl");
    let names = |reports: &[serde_json::Value]| -> Vec<String> {
        reports.iter().map(|r| r["source"]["name"].as_str().unwrap().to_owned()).collect()
    };
    let output = gangmu(&["extract", &file]);
    let reports: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(names(&reports), ["a.jsonl: 1 甲", "a.jsonl: 3 乙"]);
    assert_eq!(output.status.code(), Some(1));
    let errors = text(&output.stderr);
    assert!(errors.contains(&format!("{file}: a.jsonl: 2: ")), "{errors}");
    let output = gangmu(&["extract", "--format", "jsonl", &file]);
    let reports: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(reports.len(), 2);
    let output = gangmu(&["extract", "--format", "csv", &file]);
    assert_eq!(text(&output.stdout).matches("文件,地区").count(), 1);
}

#[test]
fn csv_is_what_excel_opens() {
    let folder = folder("csv", &[("a.txt", REPORT.as_bytes())]);
    let output = gangmu(&["extract", "--format", "csv", &path(&folder, "a.txt"), &path(&folder, "a.txt")]);
    assert_eq!(output.status.code(), Some(0));
    let table = text(&output.stdout);
    assert!(table.starts_with("\u{feff}文件,"));
    assert!(table.ends_with("\r\n"));
    assert_eq!(table.matches("文件,地区").count(), 1, "one header for all files");
    assert_eq!(table.matches('\n').count(), table.matches("\r\n").count());
    let english = gangmu(&["extract", "--format", "csv", "--lang", "en", &path(&folder, "a.txt")]);
    assert!(text(&english.stdout).starts_with("\u{feff}file,place,"));
}

#[test]
fn office_files_go_where_they_are_sent() {
    let folder = folder("office", &[("a.txt", REPORT.as_bytes())]);
    for form in ["xlsx", "docx"] {
        let to = path(&folder, &format!("a.{form}"));
        let output = gangmu(&["extract", "--format", form, "-o", &to, &path(&folder, "a.txt")]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(output.stdout.is_empty());
        let written = fs::read(&to).unwrap();
        let piped = gangmu(&["extract", "--format", form, &path(&folder, "a.txt")]);
        assert_eq!(piped.stdout, written, "{form}");
        if form == "docx" {
            // The program reads what it wrote.
            let again = gangmu(&["extract", &to]);
            let report: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
            assert_eq!(report["outline"][0]["title"], "协商议政");
        }
    }
    let nowhere = gangmu(&["extract", "-o", &path(&folder, "no/such/folder"), &path(&folder, "a.txt")]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(text(&nowhere.stderr).contains("no/such/folder"));
}

#[test]
fn offsets_count_what_is_asked_for() {
    let folder = folder(
        "offsets",
        &[("a.txt", "望海市𠀀政协\n一、协商议政\n开展协商12次。\n二、自身建设\n举办培训2期。\n".as_bytes())],
    );
    let outline_end = |unit: &str| {
        let output = gangmu(&["extract", "--offsets", unit, &path(&folder, "a.txt")]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = report["text"].as_str().unwrap().to_owned();
        let length = match unit {
            "utf-8" => text.len(),
            "utf-16" => text.encode_utf16().count(),
            _ => text.chars().count(),
        };
        let ends = report["outline"].as_array().unwrap().iter().map(|s| s["body"]["end"].as_u64().unwrap());
        (ends.max(), length as u64)
    };
    for unit in ["utf-8", "utf-16", "utf-32"] {
        let (end, length) = outline_end(unit);
        assert_eq!(end, Some(length), "{unit}");
    }
}

#[test]
fn standard_input() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gangmu"))
        .args(["extract", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(REPORT.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["source"]["bytes"], REPORT.len());
}

#[test]
fn bad_usage() {
    let folder = folder("usage", &[("a.txt", REPORT.as_bytes())]);
    let file = path(&folder, "a.txt");
    for arguments in [
        &["extract"][..],
        &["extract", "--format", "xml", &file],
        &["extract", "--offsets", "bytes", &file],
        &["extract", "--encoding", "klingon", &file],
        &["extrat", &file],
    ] {
        let output = gangmu(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    let help = gangmu(&["extract", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(text(&help.stdout).contains("--format"));
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let long = REPORT.to_owned() + &"市政协开展专题协商12次,报送社情民意信息86篇。\n".repeat(2_000);
    let folder = folder("pipe", &[("long.txt", long.as_bytes())]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_gangmu"))
        .args(["extract", &path(&folder, "long.txt")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
}
