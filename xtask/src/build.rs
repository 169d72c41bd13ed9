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
    module: Vec<Module>,
}

/// A WebAssembly module with its JavaScript.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Module {
    name: String,
    features: Vec<String>,
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
    let inputs =
        ["src", "lexicon", "Cargo.toml", "Cargo.lock", "wasm-pack.toml", "build.rs", "pkg/README.md"]
            .map(|p| root().join(p));
    let folder = root().join(&settings.out_dir);
    let mut outputs = vec![folder.join("package.json"), folder.join("README.md")];
    for Module { name, .. } in &settings.module {
        outputs.extend(built(name).map(|file| folder.join(file)));
    }
    if !once("package", &inputs, &outputs, || build(&settings, &folder))? {
        println!("{}: nothing has changed", settings.out_dir);
    }
    Ok(())
}

/// The files of a module.
fn built(name: &str) -> [String; 3] {
    [format!("{name}.js"), format!("{name}.d.ts"), format!("{name}_bg.wasm")]
}

fn build(settings: &Settings, folder: &Path) -> Result<()> {
    // wasm-pack puts the repository's README into its folder, so it gets one of its own, and a build that
    // fails leaves the last package whole.
    let made = target().join("wasm-pack");
    let _ = fs::remove_dir_all(&made);
    for module in &settings.module {
        compile(settings, module, &made.join(&module.name))?;
    }
    for old in files(&[folder.to_owned()]).iter().filter(|p| p.file_name().is_some_and(|n| n != "README.md"))
    {
        fs::remove_file(old).map_err(|e| format!("{}: {e}", old.display()))?;
    }
    for (i, module) in settings.module.iter().enumerate() {
        for new in files(&[made.join(&module.name)]) {
            let name = new.file_name().expect("a file has a name");
            // The first module's package.json is the package's.
            if name != "README.md" && (i == 0 || name != "package.json") {
                write(&folder.join(name), &fs::read(&new).map_err(|e| format!("{}: {e}", new.display()))?)?;
            }
        }
    }
    list(&folder.join("package.json"), &settings.module)
}

/// Names every module's files in the package's list of files.
fn list(path: &Path, modules: &[Module]) -> Result<()> {
    let error = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let text = fs::read_to_string(path).map_err(|e| error(&e))?;
    let mut package: serde_json::Value = serde_json::from_str(&text).map_err(|e| error(&e))?;
    package["files"] = modules.iter().flat_map(|module| built(&module.name)).collect();
    write(path, format!("{package:#}\n").as_bytes())
}

/// A module into a folder of its own.
fn compile(settings: &Settings, module: &Module, made: &Path) -> Result<()> {
    let mut wasm_pack = command("wasm-pack");
    wasm_pack.args(["build", "--mode", "no-install", "--no-opt", "--no-gitignore"]);
    wasm_pack.args(["--target", &settings.target, "--profile", &settings.profile]);
    wasm_pack.args(["--out-name", &module.name]).arg("--out-dir").arg(made).arg(root());
    wasm_pack.arg("--").args(&settings.cargo_flags).args(["--features", &module.features.join(",")]);
    run(&mut wasm_pack)?;

    let name = format!("{}_bg.wasm", module.name);
    let raw = made.join(&name);
    let small = made.join("optimized.wasm");
    run(command("wasm-opt").arg(&raw).arg("-o").arg(&small).args(&settings.wasm_opt))
        .map_err(|e| format!("{e}; npm's binaryen in www/ brings wasm-opt"))?;
    let before = size(&raw)?;
    fs::rename(&small, &raw).map_err(|e| format!("wasm-opt wrote nothing: {e}"))?;
    let after = size(&raw)?;
    let [brotli, code, data] = brotli(&raw)?;
    println!(
        "{name}: {after} bytes ({before} before wasm-opt), {brotli} as Brotli (by itself code {code}, data {data})"
    );
    let budget = &module.size_budget;
    for (what, size, budget) in [("raw", after, budget.raw), ("Brotli", brotli, budget.brotli)] {
        if size > budget {
            return Err(format!("{name} has {size} bytes {what}; wasm-pack.toml allows {budget}"));
        }
    }
    Ok(())
}

fn size(path: &Path) -> Result<u64> {
    fs::metadata(path).map(|m| m.len()).map_err(|e| format!("{}: {e}", path.display()))
}

/// What Brotli leaves of a module, and of its code and its data each by itself.
fn brotli(path: &Path) -> Result<[u64; 3]> {
    let script = "
        const module = require('node:fs').readFileSync(process.argv[1]);
        const size = (bytes) => require('node:zlib').brotliCompressSync(bytes).length;
        const sections = {};
        for (let at = 8; at < module.length; ) {
            const id = module[at++];
            let length = 0, shift = 0, byte;
            do { byte = module[at++]; length |= (byte & 127) << shift; shift += 7 } while (byte > 127);
            sections[id] = module.subarray(at, at += length);
        }
        console.log(size(module), size(sections[10]), size(sections[11]))";
    let printed = output(command("node").args(["-e", script]).arg(path)).unwrap_or_default();
    let sizes: Vec<u64> = printed.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    sizes.try_into().map_err(|_| "node cannot compress the package".into())
}
