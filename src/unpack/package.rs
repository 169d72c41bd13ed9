//! A zip opened with limits: archives, and the office formats that are zips within.

use crate::Error;
use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use rawzip::extra_fields::ExtraFieldId;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};
use std::cell::Cell;
use std::collections::HashMap;
use std::io::Read;

/// What one file may unpack to, all that is nested in it together: so many times its size, and never more or less
/// than these. Honest archives stay far below.
const MAX_GROWTH: u64 = 100;
const MAX_BYTES: u64 = 256 << 20;
const MIN_BYTES: u64 = 64 << 20;
const MAX_ENTRIES: usize = 50_000;
/// Beyond so many bytes, none may be packed tighter than so many to one.
const RATIO_FROM: u64 = 4 << 20;
const MAX_RATIO: u64 = 200;

/// What is left of the limits; shared by all that is nested in one file.
pub struct Budget {
    bytes: Cell<u64>,
    entries: Cell<usize>,
}

impl Budget {
    /// For a file of so many bytes.
    pub fn new(file: usize) -> Self {
        let bytes = (file as u64 * MAX_GROWTH).clamp(MIN_BYTES, MAX_BYTES);
        Self { bytes: Cell::new(bytes), entries: Cell::new(MAX_ENTRIES) }
    }

    /// Reads to the end, within what is left and what so many packed bytes can honestly hold.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond that, [`Error::Damaged`] where the reader fails.
    pub fn read(&self, reader: impl Read, packed: usize) -> Result<Vec<u8>, Error> {
        let limit = self.bytes.get().min((packed as u64 * MAX_RATIO).max(RATIO_FROM));
        let mut bytes = Vec::new();
        let read = reader.take(limit + 1).read_to_end(&mut bytes);
        self.bytes.set(self.bytes.get().saturating_sub(bytes.len() as u64));
        if bytes.len() as u64 > limit {
            return Err(Error::TooLarge);
        }
        read.map(|_| bytes).map_err(|_| Error::Damaged)
    }

    /// Unpacks a zlib stream, as far as it goes where it breaks off.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond the limits of [`Budget::read`].
    pub fn inflate(&self, packed: &[u8]) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let limit = self.bytes.get().min((packed.len() as u64 * MAX_RATIO).max(RATIO_FROM));
        // The error at its end says no more than that it ends.
        let _ = ZlibDecoder::new(packed).take(limit + 1).read_to_end(&mut bytes);
        self.bytes.set(self.bytes.get().saturating_sub(bytes.len() as u64));
        if bytes.len() as u64 > limit { Err(Error::TooLarge) } else { Ok(bytes) }
    }

    /// Counts entries.
    ///
    /// # Errors
    /// [`Error::TooLarge`] where there are more than are left.
    pub fn take_entries(&self, count: usize) -> Result<(), Error> {
        let left = self.entries.get().checked_sub(count).ok_or(Error::TooLarge)?;
        self.entries.set(left);
        Ok(())
    }
}

/// An open zip.
pub struct Package<'a> {
    archive: ZipSliceArchive<&'a [u8]>,
    parts: Vec<Part>,
    /// By [`key`]; of several of one name the last, as office programs have it.
    by_name: HashMap<String, usize>,
    budget: &'a Budget,
}

/// A file in the zip.
#[derive(Debug)]
pub struct Part {
    /// As it is stored, in whatever encoding.
    pub raw_name: Vec<u8>,
    /// Where the zip says it in Unicode.
    pub name: Option<String>,
    encrypted: bool,
    method: CompressionMethod,
    place: ZipArchiveEntryWayfinder,
}

impl<'a> Package<'a> {
    /// Reads the directory, and nothing else yet.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::TooLarge`].
    pub fn open(bytes: &'a [u8], budget: &'a Budget) -> Result<Self, Error> {
        let archive = ZipArchive::from_slice(bytes).map_err(|_| Error::Damaged)?;
        let mut parts = Vec::new();
        let mut records = archive.entries();
        // Where the directory breaks off, what was read of it counts.
        while let Ok(Some(record)) = records.next_entry() {
            budget.take_entries(1)?;
            if record.is_dir() {
                continue;
            }
            let raw_name = record.file_path().as_bytes().to_vec();
            let extra = record
                .extra_fields()
                .find(|(id, _)| *id == ExtraFieldId::INFO_ZIP_UNICODE_PATH)
                .and_then(|(_, data)| unicode_path(data, &raw_name));
            let flagged = || {
                let utf8 = record.flags().is_utf8();
                utf8.then(|| String::from_utf8(raw_name.clone()).ok()).flatten()
            };
            parts.push(Part {
                name: extra.or_else(flagged),
                encrypted: record.flags().is_encrypted(),
                method: record.compression_method(),
                place: record.wayfinder(),
                raw_name,
            });
        }
        if parts.is_empty() && archive.entries_hint() > 0 {
            return Err(Error::Damaged);
        }
        let by_name =
            parts.iter().enumerate().map(|(i, p)| (key(&String::from_utf8_lossy(&p.raw_name)), i)).collect();
        Ok(Self { archive, parts, by_name, budget })
    }

    /// In the order of the directory; folders are left out.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(&key(name))
    }

    /// A part by its path in the zip (`word/document.xml`), whatever its case and slashes.
    ///
    /// # Errors
    /// [`Error::Damaged`] also where there is none; see [`Package::read`].
    pub fn part(&self, name: &str) -> Result<Vec<u8>, Error> {
        let part = self.by_name.get(&key(name)).ok_or(Error::Damaged)?;
        self.read(&self.parts[*part])
    }

    /// The bytes of one of [`Package::parts`].
    ///
    /// # Errors
    /// [`Error::Encrypted`], [`Error::Damaged`], [`Error::TooLarge`], and [`Error::UnsupportedFormat`] where it
    /// is packed by another method than Deflate.
    pub fn read(&self, part: &Part) -> Result<Vec<u8>, Error> {
        if part.encrypted {
            return Err(Error::Encrypted);
        }
        let entry = self.archive.get_entry(part.place).map_err(|_| Error::Damaged)?;
        let data = entry.data();
        match part.method {
            CompressionMethod::STORE => self.budget.read(entry.verifying_reader(data), data.len()),
            CompressionMethod::DEFLATE => {
                self.budget.read(entry.verifying_reader(DeflateDecoder::new(data)), data.len())
            }
            _ => Err(Error::UnsupportedFormat("zip")),
        }
    }
}

/// How paths within packages are compared.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The name in an Info-ZIP Unicode field, where it still belongs to the name beside it.
fn unicode_path(data: &[u8], raw_name: &[u8]) -> Option<String> {
    let (version, rest) = data.split_first()?;
    let (checksum, name) = rest.split_first_chunk()?;
    let belongs = *version == 1 && u32::from_le_bytes(*checksum) == rawzip::crc32(raw_name);
    belongs.then(|| String::from_utf8(name.to_vec()).ok()).flatten()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use std::io::Write;

    /// A zip of files, deflated, with names as they are given.
    pub fn zip(files: &[(&[u8], &[u8])]) -> Vec<u8> {
        let mut output = Vec::new();
        let mut archive = rawzip::ZipArchiveWriter::new(&mut output);
        for (name, content) in files {
            let (mut entry, config) = archive
                .new_file(rawzip::path::EntryPath::verbatim(*name))
                .compression_method(CompressionMethod::DEFLATE)
                .start()
                .unwrap();
            let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::best()));
            writer.write_all(content).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            entry.finish(descriptor).unwrap();
        }
        archive.finish().unwrap();
        output
    }

    #[test]
    fn parts_are_found_by_any_spelling_of_their_path() {
        let bytes = zip(&[(b"word/document.xml", b"<w/>"), (b"word/", b"")]);
        let budget = Budget::new(0);
        let package = Package::open(&bytes, &budget).unwrap();
        assert_eq!(package.parts().len(), 1);
        assert_eq!(package.part("/Word\\document.xml").unwrap(), b"<w/>");
        assert!(!package.has("word/styles.xml"));
        assert_eq!(package.part("word/styles.xml"), Err(Error::Damaged));
    }

    #[test]
    fn what_is_broken_costs_only_itself() {
        let text = "全年召开常委会会议六次。".repeat(50);
        let mut bytes = zip(&[(b"a", text.as_bytes()), (b"b", text.as_bytes())]);
        let budget = Budget::new(0);
        // Within the packed bytes of the first.
        bytes[40] ^= 0xff;
        let package = Package::open(&bytes, &budget).unwrap();
        assert_eq!(package.part("a"), Err(Error::Damaged));
        assert_eq!(package.part("b").unwrap(), text.as_bytes());
        assert!(matches!(Package::open(&bytes[..bytes.len() / 2], &budget), Err(Error::Damaged)));
    }

    #[test]
    fn what_is_packed_too_tightly_is_not_unpacked() {
        let bytes = zip(&[(b"bomb", &vec![0; (RATIO_FROM + 1) as usize]), (b"a", b"1")]);
        let budget = Budget::new(0);
        let package = Package::open(&bytes, &budget).unwrap();
        assert_eq!(package.part("bomb"), Err(Error::TooLarge));
        assert_eq!(package.part("a").unwrap(), b"1");
        assert!(budget.bytes.get() < MIN_BYTES - RATIO_FROM);
    }

    #[test]
    fn the_budget_is_of_all_together() {
        let budget = Budget { bytes: Cell::new(10), entries: Cell::new(3) };
        assert_eq!(budget.read(&b"1234567"[..], 7).unwrap().len(), 7);
        assert_eq!(budget.read(&b"1234567"[..], 7), Err(Error::TooLarge));
        assert_eq!(budget.take_entries(3), Ok(()));
        assert_eq!(budget.take_entries(1), Err(Error::TooLarge));
    }
}
