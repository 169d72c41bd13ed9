//! The contract's rules on every real file at hand: the repository's fixtures, and `../shared` where it
//! is present. Each file is a test; a folder that is not there counts as ignored and says so.

mod common;

use common::{agrees, encodings, files, fixtures, named, page, read, same_report, shared};
use gangmu::report::Format;
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut trials = trials("fixtures", &fixtures());
    match shared() {
        Some(folder) => ["corpus", "eval/dev", "eval/pages"]
            .iter()
            .for_each(|part| trials.extend(self::trials(part, &folder.join(part)))),
        None => {
            println!("SKIPPED: no folder of real reports (../shared, or as GANGMU_SHARED says)");
            trials.push(Trial::test("shared reports are not present", || Ok(())).with_ignored_flag(true));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn trials(part: &str, folder: &Path) -> Vec<Trial> {
    let reports = files(folder).into_iter().filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !["clean.txt", "gold.json", "INDEX.tsv", "README.md"].contains(&&*name)
    });
    reports
        .map(|path| {
            let name = path.strip_prefix(folder).expect("it lies in the folder").display().to_string();
            Trial::test(format!("{part}/{name}"), move || holds(&path).map_err(Failed::from))
        })
        .collect()
}

fn holds(path: &Path) -> Result<(), String> {
    let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let readable = ["txt", "html"].iter().any(|e| name.ends_with(e));
    // Other formats may be refused, if that is said.
    if !readable {
        match gangmu::extract(&bytes, &named(&name)) {
            Err(error) if error.code().is_empty() => return Err("an error without a code".into()),
            Err(_) => return Ok(()),
            // The source is a row, a part or characters that were never bytes: not what the file decodes to.
            Ok(report) if !matches!(report.source.format, Format::Text | Format::Html | Format::Markdown) => {
                return agrees(&report);
            }
            Ok(_) => {}
        }
    }
    let report = read(&bytes, &name)?;

    let decoded =
        encoding_rs::Encoding::for_label(report.source.encoding.as_deref().unwrap_or("UTF-8").as_bytes())
            .ok_or("an encoding without a name")?
            .decode_with_bom_removal(&bytes)
            .0;
    let declares = report.source.format != Format::Text;
    for (encoding, bytes) in encodings(&decoded, declares) {
        let again = gangmu::extract(&bytes, &named(&name)).map_err(|e| format!("in {encoding}: {e}"))?;
        same_report(&report, &again).map_err(|e| format!("in {encoding}: {e}"))?;
    }
    // HTML carries no two spaces in a row.
    let single: Vec<_> =
        report.text.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let text = single.join("\n");
    let html = read(page(&text).as_bytes(), "").map_err(|e| format!("as a page: {e}"))?;
    let text = read(text.as_bytes(), "").map_err(|e| format!("its text: {e}"))?;
    same_report(&text, &html).map_err(|e| format!("as text and as a page: {e}"))
}
