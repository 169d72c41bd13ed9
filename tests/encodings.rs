//! Pieces of reports, cut at the borders of characters, in every encoding without a mark: is the same text
//! read? Prints the table of docs/reading.md: `cargo test --test encodings -- --nocapture`.

mod common;

use common::{files, fixtures, shared};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use gangmu::Options;
use gangmu::decode::decode;
use gangmu::lexicon::Lexicon;
use std::collections::HashMap;
use std::path::Path;

/// In bytes.
const SIZES: [usize; 4] = [20, 50, 100, 500];
/// How many pieces of each size are cut from a text, evenly over it.
const PIECES: usize = 25;
/// Pieces of at least this part must be read right, in every encoding and size.
const BAR: f64 = 0.995;

/// The texts of the repository's own reports and, where they are present, of the real ones.
fn texts() -> Vec<String> {
    let folders =
        [Some(fixtures()), shared().map(|s| s.join("eval/dev")), shared().map(|s| s.join("corpus"))];
    let paths = folders.into_iter().flatten().flat_map(|folder| files(&folder));
    paths
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect()
}

/// Simplified characters to traditional ones, by the table that turns them the other way.
fn traditional() -> HashMap<char, char> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon/traditional.tsv");
    let table = std::fs::read_to_string(path).expect("the table is there");
    let mut turned = HashMap::new();
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let mut columns = line.split('\t').map(|c| c.chars().next());
        if let (Some(Some(from)), Some(Some(to))) = (columns.next(), columns.next()) {
            turned.entry(to).or_insert(from);
        }
    }
    turned
}

fn encode(c: char, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let text = c.to_string();
    if encoding == UTF_16LE {
        return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, unmappable) = encoding.encode(&text);
    (!unmappable).then(|| bytes.into_owned())
}

#[test]
fn pieces_in_every_encoding_are_read_right() {
    let texts = texts();
    let traditional = traditional();
    let mut failed = Vec::new();
    println!("| encoding | {} |", SIZES.map(|s| format!("{s} bytes")).join(" | "));
    println!("| --- |{}", " --- |".repeat(SIZES.len()));
    for encoding in [UTF_8, GB18030, BIG5, UTF_16LE, UTF_16BE] {
        let mut row = Vec::new();
        for size in SIZES {
            let (mut right, mut all) = (0, 0);
            for text in &texts {
                let characters: Vec<char> = text.chars().collect();
                for piece in 0..PIECES {
                    let (mut bytes, mut words) = (Vec::new(), String::new());
                    for &c in &characters[characters.len() * piece / PIECES..] {
                        let c = if encoding == BIG5 { *traditional.get(&c).unwrap_or(&c) } else { c };
                        let Some(encoded) = encode(c, encoding) else { continue };
                        if bytes.len() + encoded.len() > size {
                            break;
                        }
                        bytes.extend(encoded);
                        words.push(c);
                    }
                    // What is left at a text's end is too short, and white space alone is nothing.
                    if bytes.len() + 4 <= size || words.trim().is_empty() {
                        continue;
                    }
                    all += 1;
                    let read = decode(&bytes, &Options::default(), &Lexicon::builtin().decode);
                    right += usize::from(read.is_ok_and(|decoded| decoded.text == words));
                }
            }
            let share = f64::from(right as u32) / f64::from(all as u32);
            row.push(format!("{:.2} % of {all}", 100.0 * share));
            if share < BAR {
                failed.push(format!("{} {size}", encoding.name()));
            }
        }
        println!("| {} | {} |", encoding.name(), row.join(" | "));
    }
    assert!(failed.is_empty(), "below {BAR}: {failed:?}");
}
