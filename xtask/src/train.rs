//! Learns `lexicon/indicator-weights.tsv` from annotated reports.

use crate::Result;
use gangmu::metrics::train::{Annotated, train as learn};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

#[derive(clap::Args)]
pub struct Args {
    /// Where figures and faults go, each place judged by what the others teach; else to the terminal.
    #[arg(long)]
    account: Option<PathBuf>,
    /// Folders with clean.txt and gold.json, named by place: `place-year`. Reports of political consultative
    /// conferences count double.
    #[arg(required = true)]
    folders: Vec<PathBuf>,
}

pub fn train(args: &Args) -> Result<()> {
    let read = |path: PathBuf| std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()));
    let mut reports = Vec::new();
    for folder in &args.folders {
        let gold = read(folder.join("gold.json"))?;
        let heavy = gold.contains("\"cppcc-");
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        reports.push(Annotated { name, heavy, clean: read(folder.join("clean.txt"))?, gold });
    }
    let trained = learn(&reports, &today());
    let write =
        |path: &Path, text: &str| std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()));
    match &args.account {
        Some(path) => write(path, &trained.account)?,
        None => print!("{}", trained.account),
    }
    write(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../lexicon/indicator-weights.tsv"), &trained.weights)
}

/// The date in UTC, as 2026-01-31.
fn today() -> String {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() / 86_400) as i64;
    // Days to a civil date, with years that start in March.
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day = z.rem_euclid(146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let (d, m) = (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    format!("{:04}-{m:02}-{d:02}", year + era * 400 + i64::from(m <= 2))
}
