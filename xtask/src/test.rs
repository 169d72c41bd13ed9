//! `cargo xtask test`: what CI runs.

use crate::run::{Tally, command, files, name, output, root, run, target, write};
use crate::{Result, build, need, quality, serve};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

#[derive(clap::Args)]
pub struct Args {
    /// Leave out all that needs WebAssembly or a browser.
    #[arg(long)]
    quick: bool,
}

pub fn test(args: &Args) -> Result<()> {
    let start = Instant::now();
    let mut all = Tally::default();
    let mut part = |what: &str, work: &mut dyn FnMut() -> Result<Tally>| {
        println!("\n== {what}");
        let start = Instant::now();
        let tally = work().unwrap_or_else(|message| {
            println!("FAILED: {message}");
            Tally { failed: 1, ..Tally::default() }
        });
        println!("-- {what}: {:?}, {:.0} s", tally, start.elapsed().as_secs_f32());
        all += tally;
        tally.failed == 0
    };

    part("format and lints", &mut || {
        need::lints()?;
        let mut lint = command("cargo");
        lint.args(["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]);
        Ok(checks(&mut [command("cargo").args(["fmt", "--all", "--check"]), &mut lint]))
    });
    part("unit, contract, property and command line tests", &mut || {
        Ok(Tally::of(command("cargo").args(["test", "--workspace", "--no-fail-fast"])))
    });
    part("quality", &mut || quality::gate(&quality::Args::default()));

    if args.quick {
        println!("\nSKIPPED: WebAssembly, types and page (--quick)");
        all.skipped += 3;
    } else {
        let package = part("WebAssembly package", &mut || {
            build::package()?;
            let mut lint = command("cargo");
            lint.args(["clippy", "--lib", "--no-default-features", "--target", need::WASM, "--quiet"]);
            Ok(checks(&mut [lint.args(["--", "-D", "warnings"])]))
        });
        if package {
            part("types", &mut types);
            part("native and WebAssembly in a browser", &mut || {
                let mut test = command("node");
                test.env("CHROMIUM", need::chromium()?).arg("tests/wasm.mjs").arg(program()?);
                Ok(Tally::of(test.args(sources())))
            });
            part("page", &mut || {
                let mut tally = Tally::of(npm().arg("test"));
                serve::page()?;
                tally += Tally::of(npm().env("CHROMIUM", need::chromium()?).args(["run", "e2e"]));
                Ok(tally)
            });
        } else {
            println!("\nSKIPPED: types, browser and page, as there is no package");
            all.skipped += 3;
        }
    }

    println!("\nin {:.0} s", start.elapsed().as_secs_f32());
    println!("{} passed, {} failed, {} skipped", all.passed, all.failed, all.skipped);
    if all.failed > 0 { Err("tests failed".into()) } else { Ok(()) }
}

/// Commands that are one test each.
fn checks(commands: &mut [&mut Command]) -> Tally {
    let mut tally = Tally::default();
    for command in commands {
        match run(command) {
            Ok(()) => {
                println!("{} ... ok", name(command));
                tally.passed += 1;
            }
            Err(message) => {
                println!("FAILED: {message}");
                tally.failed += 1;
            }
        }
    }
    tally
}

fn npm() -> Command {
    let mut npm = need::npm();
    npm.env("CI", "true").env("NO_COLOR", "1");
    npm
}

/// The command line's program, built.
fn program() -> Result<PathBuf> {
    run(command("cargo").args(["build", "--quiet"]))?;
    Ok(target().join("debug").join(format!("gangmu{}", std::env::consts::EXE_SUFFIX)))
}

/// The files that reports are read from: the fixtures, and the real ones where they are at hand.
fn sources() -> Vec<PathBuf> {
    let shared = quality::shared().into_iter().flat_map(|s| [s.join("corpus"), s.join("eval/dev")]);
    let mut found = files(&std::iter::once(root().join("tests/fixtures")).chain(shared).collect::<Vec<_>>());
    let apart = ["clean.txt", "gold.json", "README.md", "INDEX.tsv"];
    found.retain(|path| !apart.iter().any(|name| path.ends_with(name)));
    found
}

/// The program's own JSON and the uses in `tests/types` are held against the package's types by tsc.
fn types() -> Result<Tally> {
    let folder = target().join("xtask/types");
    let _ = std::fs::remove_dir_all(&folder);
    let program = program()?;
    let fixtures = files(&[root().join("tests/fixtures")]);
    let package = root().join("pkg/gangmu.js");
    for (i, source) in sources().iter().filter(|s| fixtures.contains(s)).enumerate() {
        let json = output(command(&program).args(["extract", "--format", "json"]).arg(source));
        let json = json.ok_or(format!("{} is not read", source.display()))?;
        let typed =
            format!("import type {{ Report }} from {package:?};\nexport const report: Report = {json};\n");
        write(&folder.join(format!("report-{i}.ts")), typed.as_bytes())?;
    }
    let settings = serde_json::json!({
        "compilerOptions": {
            "strict": true, "noEmit": true, "noUncheckedIndexedAccess": true, "types": [], "skipLibCheck": false,
            "target": "esnext", "module": "esnext", "moduleResolution": "bundler", "lib": ["esnext", "dom"],
        },
        "include": [folder.join("*.ts"), root().join("tests/types/*.ts")],
    });
    let settings_file: &Path = &folder.join("tsconfig.json");
    write(settings_file, settings.to_string().as_bytes())?;
    Ok(checks(&mut [command("tsc").arg("--project").arg(settings_file)]))
}
