//! The project's own commands: serve, test, build, quality.

fn main() {
    eprintln!("usage: cargo xtask <serve|test|build>");
    std::process::exit(2);
}
