//! PDF: what its pages draw, as characters with their places.
//!
//! `hayro-syntax` reads the file's objects (also encrypted or damaged ones) and `hayro-cmap` knows how Chinese
//! fonts number their characters; what is drawn where, and what that says, is told here.

mod content;
mod font;
#[cfg(test)]
mod tests;

use super::layout::{self, Page};
use super::package::Budget;
use crate::Error;
use crate::read::Draft;
use crate::report::{Format, Warning};
use content::Reader;
use hayro_syntax::object::Stream;
use hayro_syntax::{DecryptionError, Filter, LoadPdfError, Pdf};

const PAGES: usize = 10_000;
/// What a stream may become that the library unpacks.
const LARGEST: u64 = 256 << 20;

/// The words of the file.
///
/// # Errors
/// [`Error::Encrypted`], [`Error::Damaged`], [`Error::TooLarge`]; [`Error::Scanned`] and [`Error::Garbled`] where
/// its pages show words that it does not hold.
pub fn draft(bytes: &[u8], budget: &Budget) -> Result<Draft, Error> {
    object_streams(bytes, budget)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        ) => Error::Encrypted,
        _ => Error::Damaged,
    })?;
    let pages = pdf.pages();
    match pages.len() {
        0 => return Err(Error::Damaged),
        1..=PAGES => {}
        _ => return Err(Error::TooLarge),
    }
    let mut reader = Reader::new(budget);
    let mut drawn: Vec<Page> = Vec::with_capacity(pages.len());
    for page in pages.iter() {
        drawn.push(reader.page(page)?);
    }
    let known: usize = drawn.iter().map(|page| page.glyphs.len()).sum();
    let lost = reader.lost;
    if lost > known {
        return Err(Error::Garbled);
    }
    if known == 0 {
        return Err(Error::Scanned);
    }
    let mut warnings = Vec::new();
    let mut warn = |code: &str, message: String| {
        warnings.push(Warning { code: code.into(), message, span: None });
    };
    if lost > 0 {
        warn("characters-missing", format!("有 {lost} 个字没有编码,没有读出。"));
    }
    if reader.invisible * 2 > known {
        warn("recognised-text", "文字来自扫描件的文字识别(OCR),可能有错,请对照页面图像。".into());
    }
    let empty = drawn.iter().filter(|page| page.glyphs.is_empty()).count();
    if reader.pictures > 0 && empty * 2 > drawn.len() {
        warn("pages-scanned", format!("共 {} 页,其中 {empty} 页没有文字,可能是图像。", drawn.len()));
    }
    let lines = layout::lines(drawn);
    Ok(Draft { format: Format::Pdf, lines, warnings, ..Draft::default() })
}

/// The bytes of a stream, within what is left of the limits; as far as they go where it breaks off.
fn data(stream: &Stream<'_>, budget: &Budget) -> Result<Vec<u8>, Error> {
    let raw = stream.raw_data();
    let filters = stream.filters();
    if !filters.is_empty() && filters.iter().all(|filter| *filter == Filter::FlateDecode) {
        let first = budget.inflate(&raw)?;
        return filters[1..].iter().try_fold(first, |bytes, _| budget.inflate(&bytes));
    }
    // The library unpacks without a limit: what may become too much is not given to it.
    let growth = filters.iter().map(|filter| match filter {
        Filter::FlateDecode => 1032_u64,
        Filter::LzwDecode => 1366,
        Filter::RunLengthDecode => 64,
        _ => 1,
    });
    if growth.fold(raw.len() as u64, u64::saturating_mul) > LARGEST {
        return Err(Error::TooLarge);
    }
    let bytes = stream.decoded_data().unwrap_or_default();
    budget.read(&*bytes, raw.len())
}

/// Unpacks the streams that hold objects for a try, as the library does it before it can be told of a limit. Those of
/// encrypted files are passed over.
///
/// # Errors
/// [`Error::TooLarge`]; [`Error::Damaged`] for filters that no program writes there.
fn object_streams(bytes: &[u8], budget: &Budget) -> Result<(), Error> {
    const STREAM: &[u8] = b"stream";
    let (mut from, mut at) = (0, 0);
    while let Some(found) = bytes[at..].windows(STREAM.len()).position(|word| word == STREAM) {
        let before = &bytes[from..at + found];
        at += found + STREAM.len();
        from = at;
        // The dictionary.
        let object = before.windows(3).rposition(|word| word == b"obj").map_or(before, |i| &before[i + 3..]);
        let says = |word: &[u8]| object.windows(word.len()).any(|w| w == word);
        if !says(b"/ObjStm") && !says(b"/XRef") {
            continue;
        }
        let count = |word: &[u8]| object.windows(word.len()).filter(|w| *w == word).count();
        if count(b"Decode") > count(b"DecodeParms") + 1 || says(b"LZWDecode") {
            return Err(Error::Damaged);
        }
        let data = &bytes[at..];
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data);
        budget.inflate(data)?;
    }
    Ok(())
}
