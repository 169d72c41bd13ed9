//! What the other commands need on this machine: each is looked for first and installed where it is
//! missing, and what is installed is said.

use crate::Result;
use crate::run::{command, name, once, output, root, run};
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

pub const WASM: &str = "wasm32-unknown-unknown";

fn install(why: &str, command: &mut Command) -> Result<()> {
    eprintln!("xtask: {why}: {}", name(command));
    run(command)
}

/// Formatter and linter, which a minimal toolchain does not have.
pub fn lints() -> Result<()> {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if output(command("cargo").args([tool, "--version"])).is_none() {
            install(
                &format!("cargo {tool} is missing"),
                command("rustup").args(["component", "add", component]),
            )?;
        }
    }
    Ok(())
}

/// Rust's standard library for WebAssembly, wasm-pack, and wasm-bindgen's program in the version that
/// the core is compiled with.
pub fn wasm() -> Result<()> {
    let sysroot = output(command("rustc").args(["--print", "sysroot"])).ok_or("rustc cannot be run")?;
    if !PathBuf::from(sysroot).join("lib/rustlib").join(WASM).exists() {
        install("the wasm target is missing", command("rustup").args(["target", "add", WASM]))?;
    }
    if output(command("wasm-pack").arg("--version")).is_none() {
        install(
            "wasm-pack is missing, this takes two minutes",
            command("cargo").args(["install", "wasm-pack", "--locked"]),
        )?;
    }
    let wanted = locked("wasm-bindgen")?;
    let found = output(command("wasm-bindgen").arg("--version")).unwrap_or_default();
    if found.split_whitespace().nth(1) != Some(&wanted) {
        install(
            "wasm-bindgen's program is missing in the version of Cargo.lock, this takes some minutes",
            command("cargo").args(["install", "wasm-bindgen-cli", "--version", &wanted]),
        )?;
    }
    Ok(())
}

/// A crate's version in Cargo.lock.
fn locked(krate: &str) -> Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).map_err(|e| format!("Cargo.lock: {e}"))?;
    let entry = format!("name = \"{krate}\"\nversion = \"");
    let version = lock
        .replace('\r', "")
        .split_once(&entry)
        .and_then(|(_, rest)| rest.split('"').next().map(str::to_owned));
    version.ok_or(format!("Cargo.lock has no {krate}"))
}

/// npm's program, which is a script on Windows.
pub fn npm() -> Command {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(root().join("www"));
    npm
}

/// The npm packages of `www/`: Vite, TypeScript, binaryen's wasm-opt, playwright-core.
pub fn packages() -> Result<()> {
    if output(command("node").arg("--version")).is_none() {
        return Err("node is missing; install Node.js 20 or later from https://nodejs.org".into());
    }
    let www = root().join("www");
    let lock = [www.join("package.json"), www.join("package-lock.json")];
    // npm writes this file last.
    let installed = [www.join("node_modules/.package-lock.json")];
    once("npm", &lock, &installed, || install("npm packages are missing or old", npm().arg("ci"))).map(|_| ())
}

/// A Chromium that starts: what `CHROMIUM` names, one on PATH, Playwright's; else Debian's package is
/// installed, else Playwright's.
pub fn chromium() -> Result<PathBuf> {
    packages()?;
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    let debian = "apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
                  apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk";
    let as_root = output(command("id").arg("-u")).as_deref() == Some("0");
    if as_root && output(command("apt-get").arg("--version")).is_some() {
        let tried = install("no Chromium is found", command("sh").args(["-c", debian]));
        if let (Ok(()), Some(found)) = (&tried, find_chromium()) {
            return Ok(found);
        }
    }
    let mut playwright = command("npx");
    playwright.current_dir(root().join("www")).args(["playwright-core", "install", "chromium"]);
    if as_root {
        playwright.arg("--with-deps");
    }
    install("no Chromium is found", &mut playwright)?;
    find_chromium().ok_or_else(|| "no Chromium starts here; set CHROMIUM to one that does".into())
}

fn find_chromium() -> Option<PathBuf> {
    let named = env::var_os("CHROMIUM").map(PathBuf::from);
    let known = [
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ];
    let playwright = "process.stdout.write(require('playwright-core').chromium.executablePath())";
    let playwright = output(command("node").current_dir(root().join("www")).args(["-e", playwright]));
    let all = named.into_iter().chain(known.map(PathBuf::from)).chain(playwright.map(PathBuf::from));
    all.filter_map(which).find(|path| output(command(path).arg("--version")).is_some())
}

/// A program's full path, which Playwright wants.
fn which(program: PathBuf) -> Option<PathBuf> {
    if program.components().count() > 1 {
        return program.exists().then_some(program);
    }
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(&program)).find(|path| path.is_file())
}
