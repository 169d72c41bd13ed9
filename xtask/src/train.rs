//! Learns `lexicon/indicator-weights.tsv` or `lexicon/heading-weights.tsv` from annotated reports.

use crate::Result;
use crate::run::root;
use gangmu::{metrics, outline};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

#[derive(clap::Args)]
pub struct Args {
    /// Where figures and faults go, each place judged by what the others teach; else to the terminal.
    #[arg(long)]
    account: Option<PathBuf>,
    /// Learn how headings are told from sentences, not what quantities measure.
    #[arg(long)]
    headings: bool,
    /// Folders with clean.txt and gold.json, named by place: `place-year`. Reports of political consultative
    /// conferences count double.
    #[arg(required = true)]
    folders: Vec<PathBuf>,
}

pub fn train(args: &Args) -> Result<()> {
    let read = |path: PathBuf| std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()));
    let write =
        |path: &Path, text: &str| std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()));
    let mut reports = Vec::new();
    for folder in &args.folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let gold = read(folder.join("gold.json"))?;
        // An annotation may be of one kind only.
        if gold.contains(if args.headings { "\"outline\"" } else { "\"metrics\"" }) {
            reports.push((name, read(folder.join("clean.txt"))?, gold));
        }
    }
    let reports = reports.into_iter();
    let (table, weights, account) = if args.headings {
        let priors = read(root().join("xtask/train/heading-priors.tsv"))?;
        let annotated = |(name, clean, gold)| outline::train::Annotated { name, clean, gold };
        let trained = outline::train::train(&reports.map(annotated).collect::<Vec<_>>(), &priors, &today());
        ("heading-weights.tsv", trained.weights, trained.account)
    } else {
        let annotated = |(name, clean, gold): (String, String, String)| {
            let heavy = gold.contains("\"cppcc-");
            metrics::train::Annotated { name, heavy, clean, gold }
        };
        let trained = metrics::train::train(&reports.map(annotated).collect::<Vec<_>>(), &today());
        ("indicator-weights.tsv", trained.weights, trained.account)
    };
    match &args.account {
        Some(path) => write(path, &account)?,
        None => print!("{account}"),
    }
    write(&root().join("lexicon").join(table), &weights)
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
