//! The project's own commands; each has its file.

mod build;
mod need;
mod quality;
mod run;
mod score;
mod serve;
mod test;
mod train;

use clap::Parser;
use std::process::ExitCode;

/// What went wrong, as a line to print.
type Result<T> = std::result::Result<T, String>;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own commands.")]
enum Command {
    /// Build the WebAssembly package as wasm-pack.toml says.
    Build,
    /// Build package and page and serve the page on this machine.
    Serve(serve::Args),
    /// Run every test there is and end with how many passed, failed and were skipped.
    Test(test::Args),
    /// Score annotated reports and hold them against their floors.
    Quality(quality::Args),
    /// Learn the weights of the lexicon from annotated reports.
    Train(train::Args),
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Build => build::package(),
        Command::Serve(args) => serve::serve(&args),
        Command::Test(args) => test::test(&args),
        Command::Quality(args) => quality::quality(&args),
        Command::Train(args) => train::train(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
