//! Running other programs, and knowing when there is no need to.

use crate::Result;
use std::collections::hash_map::DefaultHasher;
use std::ffi::OsStr;
use std::hash::Hasher;
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
    let state = || format!("{:016x} {:016x}", hash(inputs), hash(outputs));
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

fn hash(paths: &[PathBuf]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for path in files(paths) {
        hasher.write(path.as_os_str().as_encoded_bytes());
        hasher.write(&fs::read(&path).unwrap_or_default());
    }
    hasher.finish()
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, bytes)).map_err(|e| format!("{}: {e}", path.display()))
}
