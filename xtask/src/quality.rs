//! `cargo xtask quality`: how well annotated reports are read, and the floors under it.

use crate::Result;
use crate::run::{Tally, fingerprint, root, write};
use crate::score::{self, FIGURES, Score};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[derive(clap::Args, Default)]
pub struct Args {
    /// Print what was missed, invented or misread.
    #[arg(long)]
    faults: bool,
    /// Pin figures that are better than their floors, and those of new reports.
    #[arg(long)]
    raise: bool,
    /// Pin the figures as they are, also where they are worse.
    #[arg(long, conflicts_with = "raise")]
    lower: bool,
    /// Annotated folders, or folders of such; the repository's own and ../shared/eval/dev where none is given.
    folders: Vec<PathBuf>,
}

/// What a report's figures must not fall below, in percent, by figure.
#[derive(Serialize, Deserialize, Clone, PartialEq)]
struct Floor {
    /// Of source, text and annotation: floors hold for these.
    fingerprint: String,
    #[serde(flatten)]
    figures: BTreeMap<String, f64>,
}

type Floors = BTreeMap<String, Floor>;

pub fn quality(args: &Args) -> Result<()> {
    let tally = gate(args)?;
    if tally.failed > 0 { Err("figures fell below their floors".into()) } else { Ok(()) }
}

/// Prints the table and holds each report against its floors; each report is one test.
pub fn gate(args: &Args) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut given = args.folders.clone();
    if given.is_empty() {
        given.push(fixtures());
        match shared().map(|s| s.join("eval/dev")).filter(|dev| dev.is_dir()) {
            Some(dev) => given.push(dev),
            None => {
                println!("SKIPPED: no annotated real reports (../shared, or as GANGMU_SHARED says)");
                tally.skipped += 1;
            }
        }
    }
    let folders: Vec<PathBuf> = given.iter().flat_map(|folder| annotated(folder)).collect();
    if folders.is_empty() {
        return Err("no folder with a gold.json is given".into());
    }
    let scores = folders.iter().map(|f| score::folder(f)).collect::<Result<Vec<Score>>>()?;
    if args.faults {
        for (folder, score) in folders.iter().zip(&scores) {
            println!("== {}", name(folder));
            score.faults.iter().for_each(|f| println!("  {f}"));
        }
    }
    print_table(&folders, &scores);
    print_calibration(&scores);

    let mut floors = read_floors()?;
    for (folder, score) in folders.iter().zip(&scores) {
        let now = pin(folder, score);
        let known = floors.get(&name(folder)).filter(|f| f.fingerprint == now.fingerprint);
        match known {
            _ if args.lower => _ = floors.insert(name(folder), now),
            Some(floor) if args.raise => {
                let figures = now.figures.into_iter().map(|(figure, percent)| {
                    let percent = floor.figures.get(&figure).map_or(percent, |f| f.max(percent));
                    (figure, percent)
                });
                let raised = Floor { figures: figures.collect(), ..now };
                floors.insert(name(folder), raised);
            }
            None if args.raise => _ = floors.insert(name(folder), now),
            Some(floor) => {
                let below = |(figure, percent): &(&String, &f64)| {
                    let fallen = now.figures.get(*figure).is_none_or(|n| n < percent);
                    if fallen {
                        let now = now.figures.get(*figure).unwrap_or(&0.0);
                        println!("FAILED {}: {figure} is {now:.1}, its floor {percent:.1}", name(folder));
                    }
                    fallen
                };
                if floor.figures.iter().filter(below).count() > 0 {
                    tally.failed += 1
                } else {
                    tally.passed += 1
                }
            }
            None if folder.starts_with(fixtures()) => {
                println!(
                    "FAILED {}: no floors for it as it is; pin them: cargo xtask quality --raise",
                    name(folder)
                );
                tally.failed += 1;
            }
            None => {
                println!("SKIPPED {}: no floors for it as it is", name(folder));
                tally.skipped += 1;
            }
        }
    }
    if args.raise || args.lower {
        write_floors(&floors)?;
    }
    Ok(tally)
}

fn fixtures() -> PathBuf {
    root().join("tests/fixtures")
}

/// The folder of real reports, which is not in the repository.
pub fn shared() -> Option<PathBuf> {
    let folder = env::var_os("GANGMU_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// The folder itself if it is annotated, or those in it.
fn annotated(folder: &Path) -> Vec<PathBuf> {
    if folder.join("gold.json").exists() {
        return vec![folder.to_owned()];
    }
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    found.retain(|f| f.join("gold.json").exists());
    found.sort();
    found
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn print_table(folders: &[PathBuf], scores: &[Score]) {
    let names: Vec<String> = folders.iter().map(|f| name(f)).collect();
    let wide = names.iter().map(|n| n.len()).max().unwrap_or(0).max("of CPPCC".len());
    let row = |name: &str, figures: &[f64]| {
        println!("{name:wide$}{}", figures.iter().map(|f| format!(" {f:9.1}")).collect::<String>());
    };
    println!("{:wide$}{}", "", FIGURES.map(|f| format!(" {f:>9}")).concat());
    for (name, score) in names.iter().zip(scores) {
        row(name, &score.figures);
    }
    let mean = |of: &dyn Fn(&Score) -> bool| -> Vec<f64> {
        let of: Vec<&Score> = scores.iter().filter(|s| of(s)).collect();
        (0..FIGURES.len())
            .map(|i| of.iter().map(|s| s.figures[i]).sum::<f64>() / of.len().max(1) as f64)
            .collect()
    };
    row("mean", &mean(&|_| true));
    row("of CPPCC", &mean(&|s| s.kind.starts_with("cppcc")));
}

/// Of the rows that were read with such a confidence, how many are right.
fn print_calibration(scores: &[Score]) {
    let all: Vec<(f64, bool)> = scores.iter().flat_map(|s| s.sure.iter().copied()).collect();
    if all.is_empty() {
        return;
    }
    println!("\nconfidence   rows  right");
    for (from, to) in [(0.9, 1.01), (0.8, 0.9), (0.7, 0.8), (0.5, 0.7), (0.0, 0.5)] {
        let within: Vec<_> = all.iter().filter(|(c, _)| (from..to).contains(c)).collect();
        let right = within.iter().filter(|(_, right)| *right).count();
        let share = 100.0 * right as f64 / within.len().max(1) as f64;
        println!("{from:.1} to {:.1} {:6} {share:5.1}%", to.min(1.0), within.len());
    }
    println!();
}

/// A report's figures, rounded down to what is printed.
fn pin(folder: &Path, score: &Score) -> Floor {
    let source = score::source(folder).unwrap_or_default();
    let parts = [source, folder.join("clean.txt"), folder.join("gold.json")];
    let down = |f: f64| (f * 10.0 + 1e-6).floor() / 10.0;
    let figures = FIGURES.iter().zip(score.figures).map(|(f, percent)| ((*f).to_owned(), down(percent)));
    Floor { fingerprint: fingerprint(&parts), figures: figures.collect() }
}

fn floors_file() -> PathBuf {
    root().join("tests/floors.json")
}

fn read_floors() -> Result<Floors> {
    match fs::read_to_string(floors_file()) {
        Ok(text) => serde_json::from_str(&text).map_err(|e| format!("tests/floors.json: {e}")),
        Err(_) => Ok(Floors::new()),
    }
}

/// A report a line, so that a change shows in review.
fn write_floors(floors: &Floors) -> Result<()> {
    let line = |(name, floor): (&String, &Floor)| {
        let floor = serde_json::to_string(floor).expect("plain data");
        format!("  {}: {floor}", serde_json::to_string(name).expect("a string"))
    };
    let lines: Vec<String> = floors.iter().map(line).collect();
    write(&floors_file(), format!("{{\n{}\n}}\n", lines.join(",\n")).as_bytes())
}
