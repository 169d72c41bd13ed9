//! Chinese work reports: how is a report built (纲), and what are its numbers (目)?
//!
//! A report walks through the rooms in order and never turns back:
//! `decode` → `read` → `clean` → `outline` → `meta` → `metrics`. Each room is one folder with one
//! public function, its own tables in `lexicon/` and its own tests.

pub mod clean;
pub mod compare;
pub mod decode;
mod error;
pub mod export;
pub mod lexicon;
pub mod meta;
pub mod metrics;
mod options;
pub mod outline;
pub mod own;
pub mod read;
pub mod report;
pub mod table;
pub mod text;
#[cfg(feature = "formats")]
pub mod unpack;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use error::Error;
pub use options::Options;
pub use report::Report;

use read::{Document, Draft};
use report::{EncodingFrom, SCHEMA, Source};

/// Reads one file and returns its first report, with offsets counted as [`Options::offsets`] says. Where the
/// file holds more of them, the warning `more-reports` says so.
///
/// # Errors
/// Bytes that hold no readable text: see [`Error`].
pub fn extract(bytes: &[u8], options: &Options) -> Result<Report, Error> {
    #[cfg(feature = "formats")]
    {
        let mut reports = extract_all(bytes, options)?.into_iter().map(|(_, report)| report);
        let mut first = reports.next().ok_or(Error::NoText)?;
        // What follows a file that cannot be read may be read.
        while first.is_err()
            && let Some(next) = reports.next()
        {
            first = next.or(first);
        }
        let more = reports.count();
        let mut first = first?;
        if more > 0 {
            first.warnings.push(report::Warning {
                code: "more-reports".into(),
                message: format!("文件里还有 {more} 份,这里只读了第一份。"),
                span: None,
            });
        }
        Ok(first)
    }
    #[cfg(not(feature = "formats"))]
    extract_bytes(bytes, options)
}

/// A report by its name, or why it cannot be read.
#[cfg(feature = "formats")]
pub type Named = (String, Result<Report, Error>);

/// Reads every report that a file holds, in its order, each with its name: that of the options where the file
/// is one report, else its place in the file (`2023/报告.docx`).
///
/// # Errors
/// The file itself cannot be read; what cannot be read in it has its own error beside it.
#[cfg(feature = "formats")]
pub fn extract_all(bytes: &[u8], options: &Options) -> Result<Vec<Named>, Error> {
    let entries = unpack::unpack(bytes, options)?;
    Ok(entries
        .into_iter()
        .map(|entry| {
            let mut options = Options { name: entry.name.clone(), ..options.clone() };
            let report = entry.content.and_then(|content| match content {
                unpack::Content::Draft(draft) => extract_draft(draft, &options),
                unpack::Content::Bytes { bytes, encoding, format } => {
                    options.encoding = options.encoding.take().or(encoding);
                    options.format = format;
                    extract_bytes(&bytes, &options)
                }
            });
            (entry.name, report)
        })
        .collect())
}

/// Reads a text or a page.
fn extract_bytes(bytes: &[u8], options: &Options) -> Result<Report, Error> {
    let lexicon = options.lexicon();
    let decoded = decode::decode(bytes, options, &lexicon.decode)?;
    let mut document = read::read(&decoded, &lexicon.read)?;
    document.format = options.format.unwrap_or(document.format);
    document.warnings.splice(0..0, decoded.warnings);
    walk(&decoded.text, document, Some((decoded.encoding, decoded.from)), bytes.len(), options)
}

/// Reads what [`unpack`](crate::unpack) made of a file.
///
/// # Errors
/// [`Error::NoText`] where there is no report in it.
pub fn extract_draft(draft: Draft, options: &Options) -> Result<Report, Error> {
    let (bytes, encoding) = (draft.bytes, draft.encoding.clone());
    let (source, document) = read::draft(draft, &options.lexicon().read)?;
    let encoding = encoding.as_ref().map(|(name, from)| (name.as_str(), *from));
    walk(&source, document, encoding, bytes, options)
}

/// A report has at most so many characters; a thousand printed pages have half of it.
const CHARACTERS: usize = 2_000_000;

/// What has no word of Chinese is no report, and what goes beyond all reports is not read.
fn within_limits(document: &Document) -> Result<(), Error> {
    let glyphs = || document.blocks.iter().flat_map(|block| &block.glyphs);
    if !glyphs().any(|g| text::is_han(g.c)) {
        return Err(Error::NoText);
    }
    let characters: usize = document.blocks.iter().map(|block| block.glyphs.len()).sum();
    if characters > CHARACTERS { Err(Error::TooLarge) } else { Ok(()) }
}

fn walk(
    source: &str,
    document: Document,
    encoding: Option<(&str, EncodingFrom)>,
    bytes: usize,
    options: &Options,
) -> Result<Report, Error> {
    let lexicon = options.lexicon();
    within_limits(&document)?;
    let cleaned = clean::clean(&document, source, &lexicon.clean)?;
    let outline = outline::outline(&cleaned, &lexicon.outline);
    let meta = meta::meta(&cleaned, &outline, &options.name, &lexicon.meta);
    let metrics = metrics::metrics(&cleaned, &outline, &meta, &lexicon.metrics)?;
    let mut report = Report {
        schema: SCHEMA,
        source: Source {
            name: options.name.clone(),
            bytes,
            format: document.format,
            encoding: encoding.map(|(name, _)| name.to_owned()),
            encoding_from: encoding.map(|(_, from)| from),
            script: cleaned.script,
        },
        meta,
        text: cleaned.text.as_str().to_owned(),
        removed: cleaned.removed,
        outline,
        metrics,
        warnings: [document.warnings, cleaned.warnings].concat(),
    };
    text::recount(&mut report, source, options.offsets);
    Ok(report)
}
