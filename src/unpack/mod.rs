//! Office formats and archives to the words and files that they hold.
//!
//! Behind the feature `formats`: a WebAssembly module of its own, loaded when a file needs it. What it
//! gives goes to [`crate::extract`] (bytes) or [`crate::extract_draft`] (drafts).

use crate::Error;
use crate::decode::magic::{Container, container};
use crate::read::Draft;
use crate::report::Format;

/// Something in a file that may be a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The file's name; in an archive with its path there: `2023/报告.docx`.
    pub name: String,
    pub content: Result<Content, Error>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Words that are characters already.
    Draft(Draft),
    /// A text or a page, still to be decoded.
    Bytes {
        bytes: Vec<u8>,
        /// The label of its encoding where the container says it.
        encoding: Option<String>,
        /// What it was in, if that is more than an archive.
        format: Option<Format>,
    },
}

/// What a file holds, in its order; a file that is no container is its own only entry.
///
/// # Errors
/// The file itself is damaged, encrypted or of no format that is read here.
pub fn unpack(bytes: &[u8], name: &str) -> Result<Vec<Entry>, Error> {
    let one = |content| Ok(vec![Entry { name: name.to_owned(), content: Ok(content) }]);
    match container(bytes) {
        None => one(Content::Bytes { bytes: bytes.to_vec(), encoding: None, format: None }),
        Some(Container::Unreadable(name)) => Err(Error::UnsupportedFormat(name)),
        Some(other) => Err(Error::UnsupportedFormat(other.name())),
    }
}
