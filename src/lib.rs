//! Chinese work reports: how is a report built (纲), and what are its numbers (目)?
//!
//! A report walks through the rooms in order and never turns back:
//! `decode` → `read` → `clean` → `outline` → `meta` → `metrics`. Each room is one folder with one
//! public function, its own tables in `lexicon/` and its own tests.

pub mod clean;
pub mod decode;
mod error;
pub mod export;
pub mod lexicon;
pub mod meta;
pub mod metrics;
mod options;
pub mod outline;
pub mod read;
pub mod report;
pub mod table;
pub mod text;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use error::Error;
pub use options::Options;
pub use report::Report;

use report::{SCHEMA, Source};

/// Reads one file and returns its first report, with offsets counted as [`Options::offsets`] says.
///
/// # Errors
/// Bytes that hold no readable text: see [`Error`].
pub fn extract(bytes: &[u8], options: &Options) -> Result<Report, Error> {
    let lexicon = options.lexicon();
    let decoded = decode::decode(bytes, options, &lexicon.decode)?;
    let document = read::read(&decoded, &lexicon.read)?;
    let cleaned = clean::clean(&document, &decoded.text, &lexicon.clean)?;
    let outline = outline::outline(&cleaned, &lexicon.outline);
    let meta = meta::meta(&cleaned, &outline, &options.name, &lexicon.meta);
    let metrics = metrics::metrics(&cleaned, &outline, &meta, &lexicon.metrics);
    let mut report = Report {
        schema: SCHEMA,
        source: Source {
            name: options.name.clone(),
            bytes: bytes.len(),
            format: document.format,
            encoding: Some(decoded.encoding.to_owned()),
            encoding_from: Some(decoded.from),
            script: cleaned.script,
        },
        meta,
        text: cleaned.text.as_str().to_owned(),
        removed: cleaned.removed,
        outline,
        metrics,
        warnings: [decoded.warnings, document.warnings, cleaned.warnings].concat(),
    };
    text::recount(&mut report, &decoded.text, options.offsets);
    Ok(report)
}
