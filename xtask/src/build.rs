//! `cargo xtask build`: the npm package in `pkg/`, as `wasm-pack.toml` says.

use crate::run::{command, files, once, output, root, run, target, write};
use crate::{Result, need};
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// `wasm-pack.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    target: String,
    out_dir: String,
    profile: String,
    cargo_flags: Vec<String>,
    wasm_opt: Vec<String>,
    size_budget: Budget,
}

/// In bytes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    raw: u64,
    brotli: u64,
}

/// Builds the package, unless nothing has changed since it was last built.
pub fn package() -> Result<()> {
    let text =
        fs::read_to_string(root().join("wasm-pack.toml")).map_err(|e| format!("wasm-pack.toml: {e}"))?;
    let settings: Settings = toml::from_str(&text).map_err(|e| format!("wasm-pack.toml: {e}"))?;
    need::packages()?;
    need::wasm()?;
    let inputs = ["src", "lexicon", "Cargo.toml", "Cargo.lock", "wasm-pack.toml", "pkg/README.md"]
        .map(|p| root().join(p));
    let folder = root().join(&settings.out_dir);
    let outputs =
        ["package.json", "gangmu.js", "gangmu.d.ts", "gangmu_bg.wasm", "README.md"].map(|p| folder.join(p));
    if !once("package", &inputs, &outputs, || build(&settings, &folder))? {
        println!("{}: nothing has changed", settings.out_dir);
    }
    Ok(())
}

fn build(settings: &Settings, folder: &Path) -> Result<()> {
    // wasm-pack puts the repository's README into its folder, so it gets one of its own, and a build that
    // fails leaves the last package whole.
    let made = target().join("wasm-pack");
    let _ = fs::remove_dir_all(&made);
    let mut wasm_pack = command("wasm-pack");
    wasm_pack.args(["build", "--mode", "no-install", "--no-opt", "--no-gitignore"]);
    wasm_pack.args(["--target", &settings.target, "--profile", &settings.profile]);
    run(wasm_pack.arg("--out-dir").arg(&made).arg(root()).arg("--").args(&settings.cargo_flags))?;

    let raw = made.join("gangmu_bg.wasm");
    let small = made.join("optimized.wasm");
    run(command("wasm-opt").arg(&raw).arg("-o").arg(&small).args(&settings.wasm_opt))
        .map_err(|e| format!("{e}; npm's binaryen in www/ brings wasm-opt"))?;
    let before = size(&raw)?;
    fs::rename(&small, &raw).map_err(|e| format!("wasm-opt wrote nothing: {e}"))?;
    let (after, brotli) = (size(&raw)?, brotli(&raw)?);
    println!("gangmu_bg.wasm: {after} bytes ({before} before wasm-opt), {brotli} as Brotli");
    for (what, size, budget) in
        [("raw", after, settings.size_budget.raw), ("Brotli", brotli, settings.size_budget.brotli)]
    {
        if size > budget {
            return Err(format!("gangmu_bg.wasm has {size} bytes {what}; wasm-pack.toml allows {budget}"));
        }
    }

    for old in files(&[folder.to_owned()]).iter().filter(|p| p.file_name().is_some_and(|n| n != "README.md"))
    {
        fs::remove_file(old).map_err(|e| format!("{}: {e}", old.display()))?;
    }
    for new in files(&[made]) {
        let name = new.file_name().expect("a file has a name");
        if name != "README.md" {
            write(&folder.join(name), &fs::read(&new).map_err(|e| format!("{}: {e}", new.display()))?)?;
        }
    }
    Ok(())
}

fn size(path: &Path) -> Result<u64> {
    fs::metadata(path).map(|m| m.len()).map_err(|e| format!("{}: {e}", path.display()))
}

fn brotli(path: &Path) -> Result<u64> {
    let script = "const zlib = require('node:zlib'), fs = require('node:fs');\
                  console.log(zlib.brotliCompressSync(fs.readFileSync(process.argv[1])).length)";
    let printed = output(command("node").args(["-e", script]).arg(path));
    printed.and_then(|n| n.parse().ok()).ok_or_else(|| "node cannot compress the package".into())
}
