//! The command line.

use clap::{Parser, Subcommand, ValueEnum};
use gangmu::report::Offsets;
use gangmu::{Options, extract};
use std::path::PathBuf;
use std::process::ExitCode;

/// The outline and the metrics of Chinese work reports.
#[derive(Parser)]
#[command(name = "gangmu", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print a report's outline and metrics.
    Extract {
        #[arg(long, value_enum, default_value = "json")]
        format: OutputFormat,
        /// Overrule the encoding that would be found.
        #[arg(long)]
        encoding: Option<String>,
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum OutputFormat {
    Json,
    Jsonl,
}

fn main() -> ExitCode {
    let Command::Extract { format, encoding, files } = Cli::parse().command;
    let mut status = ExitCode::SUCCESS;
    for file in files {
        let options = Options {
            name: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            encoding: encoding.clone(),
            offsets: Offsets::Utf16,
            ..Options::default()
        };
        let report = std::fs::read(&file)
            .map_err(|e| e.to_string())
            .and_then(|bytes| extract(&bytes, &options).map_err(|e| e.to_string()));
        match report {
            Ok(report) => println!(
                "{}",
                match format {
                    OutputFormat::Json => serde_json::to_string_pretty(&report),
                    OutputFormat::Jsonl => serde_json::to_string(&report),
                }
                .expect("a report is always JSON")
            ),
            Err(message) => {
                eprintln!("gangmu: {}: {message}", file.display());
                status = ExitCode::FAILURE;
            }
        }
    }
    status
}
