//! Office formats and archives to the words and files that they hold.
//!
//! Behind the feature `formats`: a WebAssembly module of its own, loaded when a file needs it. What it
//! gives goes to [`crate::extract`] (bytes) or [`crate::extract_draft`] (drafts).

mod collection;
mod doc;
mod docx;
mod grid;
mod layout;
mod lines;
mod mhtml;
mod numbering;
mod odt;
mod ofd;
mod package;
mod pdf;
mod rows;
mod rtf;
mod shapes;
mod sheet;
mod xml;
mod zip;

use crate::decode;
use crate::decode::magic::{Container, container};
use crate::read::{self, Draft};
use crate::report::Format;
use crate::{Error, Options};
use package::Budget;

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

/// What a file holds, in its order; a file that is no container is its own only entry. Of the options, name,
/// encoding and lexicon count.
///
/// # Errors
/// The file itself is damaged, encrypted or of no format that is read here.
pub fn unpack(bytes: &[u8], options: &Options) -> Result<Vec<Entry>, Error> {
    let within = Within { options, budget: &Budget::new(bytes.len()), depth: 0 };
    open(bytes, &options.name, &within)
}

/// What all that is nested in one file shares.
#[derive(Clone, Copy)]
struct Within<'a> {
    options: &'a Options,
    budget: &'a Budget,
    /// How many archives are around it.
    depth: usize,
}

fn open(bytes: &[u8], name: &str, within: &Within) -> Result<Vec<Entry>, Error> {
    let mut entries = entries(bytes, name, within)?;
    for entry in &mut entries {
        // In an archive the innermost file is the one that counts.
        if let Ok(Content::Draft(draft)) = &mut entry.content
            && draft.bytes == 0
        {
            draft.bytes = bytes.len();
        }
    }
    Ok(entries)
}

fn entries(bytes: &[u8], name: &str, within: &Within) -> Result<Vec<Entry>, Error> {
    let one = |content| Ok(vec![Entry { name: name.to_owned(), content: Ok(content) }]);
    match container(bytes) {
        None => {
            let lexicon = within.options.lexicon();
            if let Ok(decoded) = decode::decode(bytes, within.options, &lexicon.decode)
                && let Some(found) = read::collection::collection(&decoded.text, &lexicon.read.columns)
            {
                return collection::entries(found, decoded, name, within);
            }
            one(Content::Bytes { bytes: bytes.to_vec(), encoding: None, format: None })
        }
        Some(Container::Compound) => one(Content::Draft(doc::read(bytes)?)),
        Some(Container::Docx) => one(Content::Draft(docx::read(bytes, within.budget)?)),
        Some(Container::Xlsx) => {
            sheet::entries(bytes, name, within.budget, &within.options.lexicon().read.columns)
        }
        Some(Container::Mhtml) => Ok(vec![mhtml::entry(bytes, name)?]),
        Some(Container::Odt) => one(Content::Draft(odt::read(bytes, within.budget)?)),
        Some(Container::Rtf) => one(Content::Draft(rtf::read(bytes)?)),
        Some(Container::Zip) => {
            let mut entries = zip::entries(bytes, within)?;
            if within.depth > 0 {
                for entry in &mut entries {
                    entry.name = format!("{name}/{}", entry.name);
                }
            }
            Ok(entries)
        }
        Some(Container::Pdf) => one(Content::Draft(pdf::draft(bytes, within.budget)?)),
        Some(Container::Ofd) => ofd::entries(bytes, name, within.budget),
        Some(other @ (Container::Archive(_) | Container::Unreadable(_))) => Err(other.error()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a file named `表.csv` gives.
    pub fn unpacked(bytes: &[u8]) -> Result<Vec<Entry>, Error> {
        unpack(bytes, &Options { name: "表.csv".into(), ..Options::default() })
    }

    pub fn drafts(bytes: &[u8]) -> Vec<(String, Draft)> {
        let draft = |entry: Entry| match entry.content {
            Ok(Content::Draft(draft)) => (entry.name, draft),
            other => panic!("{}: {other:?}", entry.name),
        };
        unpacked(bytes).unwrap().into_iter().map(draft).collect()
    }

    /// So many sentences of fifteen characters and more.
    pub fn sentences(count: usize) -> String {
        (0..count).map(|i| format!("全县完成投资{i}亿元，新增就业岗位{i}万个。")).collect()
    }
}
