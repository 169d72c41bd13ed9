//! Formats that are told by their first bytes and cannot be read as text.

/// First bytes and the format's name as people know it.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word/WPS(.doc, .wps)"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"AT&TFORM", "DjVu"),
    (b"CAJ\0", "CAJ"),
    (b"\0asm", "WebAssembly"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x7fELF", "ELF"),
];

/// What tells one zip container from another: a name that is stored in it.
const ZIPS: &[(&[u8], &str)] = &[
    (b"word/", "Word(.docx)"),
    (b"xl/", "Excel(.xlsx)"),
    (b"ppt/", "PowerPoint(.pptx)"),
    (b"OFD.xml", "OFD"),
    (b"application/vnd.oasis.opendocument", "OpenDocument(.odt)"),
    (b"application/epub+zip", "EPUB"),
];

/// The name of the format, or `None` for what may be text.
pub fn format(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        // Names stand in the first entries and, all of them, in the directory at the end.
        let (head, tail) = (&bytes[..bytes.len().min(8192)], &bytes[bytes.len().saturating_sub(8192)..]);
        let has = |name: &[u8]| [head, tail].iter().any(|part| part.windows(name.len()).any(|w| w == name));
        return Some(ZIPS.iter().find(|(name, _)| has(name)).map_or("zip", |(_, format)| format));
    }
    if bytes.len() > 12 && bytes.starts_with(b"RIFF") && &bytes[8..12] == b"WEBP" {
        return Some("WebP");
    }
    let head: Vec<u8> = bytes[..bytes.len().min(2048)].to_ascii_lowercase();
    let says = |words: &[u8]| head.windows(words.len()).any(|w| w == words);
    if says(b"mime-version:") && says(b"multipart/related") {
        return Some("MHTML");
    }
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, format)| *format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_told_by_what_they_hold() {
        assert_eq!(format(b"PK\x03\x04....word/document.xml"), Some("Word(.docx)"));
        assert_eq!(format(b"PK\x03\x04....OFD.xml"), Some("OFD"));
        assert_eq!(format(b"PK\x03\x04....a.txt"), Some("zip"));
        assert_eq!(
            format(b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;"),
            Some("MHTML")
        );
        assert_eq!(format("PK赛报告".as_bytes()), None);
    }
}
