//! Office files: zips of XML, the same bytes for the same reports.

mod docx;
#[cfg(test)]
mod tests;
mod xlsx;

pub use docx::docx;
pub use xlsx::Workbook;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};
use std::io::Write;

const MEMORY: &str = "what is written to memory does not fail";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A file of the zip. It is packed while it is written, so that only what is packed is held.
struct Part {
    name: String,
    packer: DeflateEncoder<Vec<u8>>,
    crc: Crc,
    bytes: u64,
    /// What is not packed yet.
    waiting: String,
}

impl Part {
    fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            packer: DeflateEncoder::new(Vec::new(), Compression::fast()),
            crc: Crc::new(),
            bytes: 0,
            waiting: DECLARATION.to_owned(),
        }
    }

    fn whole(name: &str, content: &str) -> Self {
        let mut part = Self::new(name);
        part.push(content);
        part
    }

    fn push(&mut self, content: &str) {
        self.waiting += content;
        if self.waiting.len() >= 1 << 16 {
            self.pack();
        }
    }

    fn pack(&mut self) {
        self.crc.update(self.waiting.as_bytes());
        self.bytes += self.waiting.len() as u64;
        self.packer.write_all(self.waiting.as_bytes()).expect(MEMORY);
        self.waiting.clear();
    }
}

/// A zip without times.
fn zip(parts: Vec<Part>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut out);
    for mut part in parts {
        part.pack();
        let file = archive.new_file(&part.name).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, _) = file.start().expect(MEMORY);
        entry.write_all(&part.packer.finish().expect(MEMORY)).expect(MEMORY);
        entry.finish(DataDescriptorOutput::new(part.crc.sum(), part.bytes)).expect(MEMORY);
    }
    archive.finish().expect(MEMORY);
    out
}

/// Appends words as XML; what XML cannot hold becomes nothing.
fn push_escaped(out: &mut String, words: &str) {
    for c in words.chars() {
        match c {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '"' => *out += "&quot;",
            '\t' | '\n' => out.push(c),
            '\r' => *out += "&#13;",
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
}

/// A file that names others: their ids, the ends of their types, and their places.
fn relations(name: &str, to: &[(String, &str, String)]) -> Part {
    let mut xml =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">".to_owned();
    for (id, kind, place) in to {
        xml += &format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{place}\"/>"
        );
    }
    Part::whole(name, &(xml + "</Relationships>"))
}

/// The file that says what the others are: names and the ends of their types.
fn content_types(parts: &[(String, &str)]) -> Part {
    let mut xml = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        .to_owned();
    for (name, kind) in parts {
        xml += &format!(
            "<Override PartName=\"/{name}\" ContentType=\"application/vnd.openxmlformats-officedocument.{kind}+xml\"/>"
        );
    }
    Part::whole("[Content_Types].xml", &(xml + "</Types>"))
}
