//! `cargo xtask serve`: the built page on this machine.

use crate::run::{once, root, run};
use crate::{Result, build, need};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::{fs, thread};

#[derive(clap::Args)]
pub struct Args {
    /// The port; the next free one where it is taken.
    #[arg(long, default_value_t = 8020)]
    port: u16,
    /// Serve what was built last.
    #[arg(long)]
    no_build: bool,
}

/// Builds the package and the page, unless nothing has changed.
pub fn page() -> Result<()> {
    build::package()?;
    let inputs = [root().join("www"), root().join("pkg")];
    let built =
        once("page", &inputs, &[root().join("www/dist")], || run(need::npm().args(["run", "build"])))?;
    if !built {
        println!("www/dist: nothing has changed");
    }
    Ok(())
}

pub fn serve(args: &Args) -> Result<()> {
    if !args.no_build {
        page()?;
    }
    let folder = root().join("www/dist");
    if !folder.join("index.html").exists() {
        return Err("www/dist has no page; run without --no-build".into());
    }
    let free =
        (args.port..=args.port.saturating_add(20)).find_map(|p| TcpListener::bind(("127.0.0.1", p)).ok());
    let listener = free.ok_or("no port is free; choose one with --port")?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    println!("http://localhost:{}/   (Ctrl-C ends it)", address.port());
    for stream in listener.incoming().flatten() {
        let folder = folder.clone();
        thread::spawn(move || answer(&stream, &folder));
    }
    Ok(())
}

/// Answers one request; a browser that goes away is no error.
fn answer(mut stream: &TcpStream, folder: &Path) -> Option<()> {
    let mut lines = BufReader::new(stream).lines().map_while(|l| l.ok());
    let request = lines.next()?;
    lines.find(String::is_empty)?;
    let mut words = request.split(' ');
    let (method, address) = (words.next()?, words.next()?);
    let path = address.split(['?', '#']).next()?.trim_start_matches('/');
    let path =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    // Built files have plain names: nothing to decode, and no way out of the folder.
    let inside = !path.split('/').any(|part| part == ".." || part.contains('\\'));
    let found = inside.then(|| fs::read(folder.join(&path)).ok()).flatten();
    let (status, kind, body) = match found {
        _ if method != "GET" && method != "HEAD" => ("405 Method Not Allowed", "text/plain", Vec::new()),
        Some(body) => ("200 OK", mime(&path), body),
        None => ("404 Not Found", "text/plain", b"not found".to_vec()),
    };
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n").ok()?;
    write!(stream, "Cache-Control: no-cache\r\nConnection: close\r\n\r\n").ok()?;
    if method != "HEAD" {
        stream.write_all(&body).ok()?;
    }
    Some(())
}

fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" | "webmanifest" => "application/json; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
