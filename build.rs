//! Packs what the core carries as data, so that the WebAssembly module stays small. The readable sources are
//! `lexicon/` and, for the tables of encodings, `encoding_rs`; `src/decode/tables.rs` and
//! `src/metrics/indicator/weights.rs` unpack.

#[expect(dead_code, reason = "the half that unpacks is the crate's")]
#[path = "src/metrics/indicator/weights.rs"]
mod weights;

use encoding_rs::{BIG5, Encoding, GB18030};
use std::collections::HashSet;
use std::path::Path;
use std::{env, fs};

fn main() {
    for input in ["build.rs", "lexicon", "src/metrics/indicator/weights.rs"] {
        println!("cargo::rerun-if-changed={input}");
    }
    let folder = env::var("OUT_DIR").expect("cargo says where to write");
    let write = |name: &str, bytes: Vec<u8>| {
        fs::write(Path::new(&folder).join(name), bytes).expect("cargo's folder can be written");
    };
    write("gbk", characters(gbk()));
    write("big5", characters(big5()));
    write("gb18030-ranges", ranges());
    fs::create_dir_all(Path::new(&folder).join("lexicon")).expect("cargo's folder can be written");
    for entry in fs::read_dir("lexicon").expect("the repository has lexicon/") {
        let path = entry.expect("lexicon/ can be read").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("a file of lexicon/ is text");
        if name == "indicator-weights.tsv" {
            write("indicator-weights", slots(&weights::Weights::parse(&text)));
        } else {
            write(&format!("lexicon/{name}"), without_comments(&text).into_bytes());
        }
    }
}

/// How many slots have a weight, how many lie empty before each, and the weights.
fn slots(weights: &weights::Weights) -> Vec<u8> {
    let mut packed = (weights.steps.len() as u32).to_le_bytes().to_vec();
    let mut next = 0;
    for (place, word) in weights.taken.iter().enumerate() {
        for slot in (0..64).filter(|bit| word >> bit & 1 == 1).map(|bit| 64 * place as u32 + bit) {
            number(slot - next, &mut packed);
            next = slot + 1;
        }
    }
    packed.extend(weights.steps.iter().map(|steps| *steps as u8));
    packed
}

fn without_comments(text: &str) -> String {
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    rows.flat_map(|row| [row, "\n"]).collect()
}

/// The code point of a byte sequence, or none.
fn code_point(encoding: &'static Encoding, bytes: &[u8]) -> Option<u32> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let mut chars = text.chars();
    // The four pairs that are two characters stand in the code.
    chars.next().filter(|_| chars.next().is_none()).map(u32::from)
}

/// The two-byte characters of GB18030: those of GB 2312 first, the others of GBK are then in Unicode's order.
fn gbk() -> Vec<Option<u32>> {
    let pairs =
        || (0x81..=0xfe).flat_map(|lead| (0x40..=0xfe).filter(|t| *t != 0x7f).map(move |t| [lead, t]));
    let first = |[lead, trail]: &[u8; 2]| (0xb0..=0xf7).contains(lead) && *trail >= 0xa1;
    let rest = pairs().filter(|pair| !first(pair));
    pairs().filter(first).chain(rest).map(|pair| code_point(GB18030, &pair)).collect()
}

fn big5() -> Vec<Option<u32>> {
    let trails = || (0x40..=0x7e).chain(0xa1..=0xfe);
    let pairs = (0x81..=0xfe).flat_map(|lead| trails().map(move |trail| [lead, trail]));
    pairs.map(|pair| code_point(BIG5, &pair)).collect()
}

/// Each code point as its distance from the next one behind the last that is not taken yet; 0 for none.
fn characters(points: Vec<Option<u32>>) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut taken = HashSet::new();
    let mut next = 0x4e00;
    for point in points {
        let Some(point) = point else {
            number(0, &mut packed);
            continue;
        };
        while taken.contains(&next) {
            next += 1;
        }
        let (ahead, behind) = (point.wrapping_sub(next), next.wrapping_sub(point));
        number(1 + if point >= next { ahead * 2 } else { behind * 2 - 1 }, &mut packed);
        taken.insert(point);
        next = point + 1;
    }
    packed
}

/// The runs of GB18030's characters of four bytes: how many stand before each since the last run, and how far
/// its first code point is from what would have come next.
fn ranges() -> Vec<u8> {
    let mut packed = Vec::new();
    let (mut run, mut next) = (0, 0);
    // Beyond these stand the planes above the first, in order.
    for place in 0..39_420u32 {
        let digit = |n: u32, base: u32, first: u8| (place / n % base) as u8 + first;
        let bytes =
            [digit(12_600, 126, 0x81), digit(1_260, 10, 0x30), digit(10, 126, 0x81), digit(1, 10, 0x30)];
        let point = code_point(GB18030, &bytes).expect("every such place has a character");
        if point != next {
            number(place - run, &mut packed);
            let (ahead, behind) = (point.wrapping_sub(next), next.wrapping_sub(point));
            number(if point > next { ahead * 2 } else { behind * 2 - 1 }, &mut packed);
            run = place;
        }
        next = point + 1;
    }
    packed
}

/// Seven bits a byte, the lowest first.
fn number(mut n: u32, packed: &mut Vec<u8>) {
    while n >= 0x80 {
        packed.push(n as u8 | 0x80);
        n >>= 7;
    }
    packed.push(n as u8);
}
