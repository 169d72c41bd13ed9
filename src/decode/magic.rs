//! Formats that are told by their first bytes and cannot be read as text.

use crate::Error;

/// What holds its words in other than plain bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    Pdf,
    /// The container of old Word and WPS files.
    Compound,
    Rtf,
    Docx,
    Xlsx,
    Odt,
    Ofd,
    Zip,
    Mhtml,
    /// Files packed in a way that is not read here.
    Archive(&'static str),
    /// Known, and read by nothing here; the name that people know it by.
    Unreadable(&'static str),
}

impl Container {
    /// Why it is no text.
    pub fn error(self) -> Error {
        match self {
            Self::Archive(name) => Error::UnsupportedArchive(name),
            Self::Unreadable(name) => Error::UnsupportedFormat(name),
            packed => Error::Packed(packed.name()),
        }
    }

    /// As people know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Compound => "Word/WPS(.doc, .wps)",
            Self::Rtf => "RTF",
            Self::Docx => "Word(.docx)",
            Self::Xlsx => "Excel(.xlsx)",
            Self::Odt => "OpenDocument(.odt)",
            Self::Ofd => "OFD",
            Self::Zip => "zip",
            Self::Mhtml => "MHTML",
            Self::Archive(name) | Self::Unreadable(name) => name,
        }
    }
}

const MAGIC: &[(&[u8], Container)] = &[
    (b"%PDF", Container::Pdf),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Container::Compound),
    (b"{\\rtf", Container::Rtf),
    (b"7z\xbc\xaf\x27\x1c", Container::Archive("7z")),
    (b"Rar!\x1a\x07", Container::Archive("RAR")),
    (b"\x1f\x8b\x08", Container::Archive("gzip")),
    (b"\x89PNG\r\n\x1a\n", Container::Unreadable("PNG")),
    (b"\xff\xd8\xff", Container::Unreadable("JPEG")),
    (b"GIF87a", Container::Unreadable("GIF")),
    (b"GIF89a", Container::Unreadable("GIF")),
    (b"II*\0", Container::Unreadable("TIFF")),
    (b"MM\0*", Container::Unreadable("TIFF")),
    (b"AT&TFORM", Container::Unreadable("DjVu")),
    (b"CAJ\0", Container::Unreadable("CAJ")),
    (b"\0asm", Container::Unreadable("WebAssembly")),
    (b"SQLite format 3\0", Container::Unreadable("SQLite")),
    (b"\x7fELF", Container::Unreadable("ELF")),
];

/// What tells one zip container from another: a name that is stored in it.
const ZIPS: &[(&[u8], Container)] = &[
    (b"word/", Container::Docx),
    (b"xl/", Container::Xlsx),
    (b"ppt/", Container::Unreadable("PowerPoint(.pptx)")),
    (b"OFD.xml", Container::Ofd),
    (b"application/vnd.oasis.opendocument", Container::Odt),
    (b"application/epub+zip", Container::Unreadable("EPUB")),
];

/// The container that the bytes are, or `None` for what may be text.
pub fn container(bytes: &[u8]) -> Option<Container> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        // Names stand in the first entries and, all of them, in the directory at the end.
        let (head, tail) = (&bytes[..bytes.len().min(8192)], &bytes[bytes.len().saturating_sub(8192)..]);
        let has = |name: &[u8]| [head, tail].iter().any(|part| part.windows(name.len()).any(|w| w == name));
        return Some(ZIPS.iter().find(|(name, _)| has(name)).map_or(Container::Zip, |(_, found)| *found));
    }
    if bytes.len() > 12 && bytes.starts_with(b"RIFF") && &bytes[8..12] == b"WEBP" {
        return Some(Container::Unreadable("WebP"));
    }
    let head: Vec<u8> = bytes[..bytes.len().min(2048)].to_ascii_lowercase();
    let says = |words: &[u8]| head.windows(words.len()).any(|w| w == words);
    if says(b"mime-version:") && says(b"multipart/related") {
        return Some(Container::Mhtml);
    }
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, found)| *found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_told_by_what_they_hold() {
        assert_eq!(container(b"PK\x03\x04....word/document.xml"), Some(Container::Docx));
        assert_eq!(container(b"PK\x03\x04....OFD.xml"), Some(Container::Ofd));
        assert_eq!(container(b"PK\x03\x04....a.txt"), Some(Container::Zip));
        assert_eq!(
            container(b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;"),
            Some(Container::Mhtml)
        );
        assert_eq!(container("PK赛报告".as_bytes()), None);
    }
}
