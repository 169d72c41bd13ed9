//! Running other programs, and knowing when there is no need to.

use crate::Result;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

/// The repository.
pub fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    PathBuf::from(here).parent().expect("xtask lies in the repository").to_owned()
}

/// Cargo's output folder.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// A command in the repository that finds npm's and cargo's programs.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).unwrap_or_default();
    let cargo = env::var_os("CARGO_HOME").map_or_else(|| PathBuf::from(home).join(".cargo"), PathBuf::from);
    let mut path = vec![root().join("www/node_modules/.bin")];
    path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    path.push(cargo.join("bin"));
    let mut command = Command::new(program);
    command.current_dir(root()).env("PATH", env::join_paths(path).expect("folders of PATH"));
    // What cargo tells this program is not meant for the cargo that it starts.
    command.env_remove("CARGO_MANIFEST_DIR").stdin(Stdio::null());
    command
}

/// Runs a command to its end; its output goes where ours goes.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|e| format!("{}: {e}", name(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", name(command))) }
}

/// What a command prints; nothing where it is not there or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let done = command.stderr(Stdio::null()).output().ok()?;
    done.status.success().then(|| String::from_utf8_lossy(&done.stdout).trim().to_owned())
}

/// A command as one would type it.
pub fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Does a piece of work unless its inputs and outputs are what they were when it was last done.
/// Returns whether it was done.
pub fn once(
    what: &str,
    inputs: &[PathBuf],
    outputs: &[PathBuf],
    work: impl FnOnce() -> Result<()>,
) -> Result<bool> {
    let stamp = target().join("xtask").join(what);
    let state = || format!("{} {}", fingerprint(inputs), fingerprint(outputs));
    if outputs.iter().all(|p| p.exists()) && fs::read_to_string(&stamp).is_ok_and(|s| s == state()) {
        return Ok(false);
    }
    work()?;
    write(&stamp, state().as_bytes())?;
    Ok(true)
}

/// All files in some files and folders, without what is built or installed into them.
pub fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let entries = fs::read_dir(path).into_iter().flatten().flatten().map(|e| e.path());
            let mut entries: Vec<_> = entries.filter(|p| !built(p)).collect();
            entries.sort();
            found.extend(files(&entries));
        } else if path.exists() {
            found.push(path.clone());
        }
    }
    found
}

fn built(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n == "node_modules" || n == "target" || n == "dist")
}

/// FNV-1a over files' names in the repository and their contents; the same on every machine.
pub fn fingerprint(paths: &[PathBuf]) -> String {
    // However a path is written: what is not in the repository counts by its file's name.
    let whole = |path: PathBuf| path.canonicalize().unwrap_or(path);
    let root = whole(root());
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for path in files(paths).into_iter().map(whole) {
        let name = path.strip_prefix(&root).ok().or(path.file_name().map(Path::new)).unwrap_or(&path);
        let content = fs::read(&path).unwrap_or_default();
        for &byte in name.as_os_str().as_encoded_bytes().iter().chain(&content) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, bytes)).map_err(|e| format!("{}: {e}", path.display()))
}

/// How many tests went how.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl Tally {
    /// From a line in which a test runner sums up: cargo's, Vitest's, or our own.
    pub fn parse(line: &str) -> Option<Self> {
        let line = line.trim();
        let words: Vec<&str> = line.split([' ', ',', ';', '|', '(', ')']).filter(|w| !w.is_empty()).collect();
        let ours = matches!(words[..], [_, "passed", _, "failed", _, "skipped"]);
        if !(ours || line.starts_with("test result: ") || line.starts_with("Tests  ")) {
            return None;
        }
        let of = |name: &str| {
            let pair = words.windows(2).find(|pair| pair[1] == name);
            pair.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
        };
        Some(Self {
            passed: of("passed"),
            failed: of("failed"),
            skipped: of("ignored") + of("skipped") + of("todo"),
        })
    }

    /// Runs a test runner, shows what it prints and sums up what it says. One that fails without saying
    /// how many tests failed, or passes without having run any, is a failed test.
    pub fn of(command: &mut Command) -> Self {
        let mut tally = Self::default();
        let run = command.stdout(Stdio::piped()).spawn().and_then(|mut child| {
            let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
            for line in lines.map_while(|l| l.ok()) {
                println!("{line}");
                tally += Self::parse(&line).unwrap_or_default();
            }
            child.wait()
        });
        let succeeded = run.is_ok_and(|status| status.success());
        if tally.failed == 0 && (!succeeded || tally == Self::default()) {
            println!("FAILED: {}", name(command));
            tally.failed = 1;
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn every_runners_summary_is_understood() {
        let tally = |passed, failed, skipped| Some(Tally { passed, failed, skipped });
        let cargo = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 9 filtered out; finished in 0.1s";
        assert_eq!(Tally::parse(cargo), tally(12, 3, 1));
        assert_eq!(Tally::parse("      Tests  1 failed | 9 passed | 2 skipped (12)"), tally(9, 1, 2));
        assert_eq!(Tally::parse("4 passed, 0 failed, 2 skipped"), tally(4, 0, 2));
    }

    #[test]
    fn other_lines_are_no_summary() {
        assert_eq!(Tally::parse(" Test Files  3 passed (3)"), None);
        assert_eq!(Tally::parse("the 4 passed, 0 failed"), None);
    }
}
