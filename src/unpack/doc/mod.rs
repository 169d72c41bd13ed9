//! The old binary files of Word (`.doc`) and of WPS (`.wps`), as [MS-DOC] describes them.
//!
//! The characters of a document lie in pieces; which properties they and their paragraphs have stands in tables
//! by their place in the file.

mod lists;
mod properties;

use super::lines::{Lines, Rows};
use crate::Error;
use crate::read::{Cell, Draft};
use crate::report::{Format, RemovedKind};
use encoding_rs::{BIG5, Encoding, GB18030, WINDOWS_1252};
use lists::Lists;
use properties::{Properties, Run};
use std::collections::HashMap;
use std::io::{Cursor, Read};

/// The most characters of a document.
const LONGEST: usize = 4 << 20;

/// The most bytes of a stream.
const STREAM: u64 = 256 << 20;

type Compound<'a> = cfb::CompoundFile<Cursor<&'a [u8]>>;

/// # Errors
/// [`Error::Encrypted`], [`Error::Damaged`], [`Error::TooLarge`], and [`Error::UnsupportedFormat`] where the
/// container holds something else.
pub fn read(bytes: &[u8]) -> Result<Draft, Error> {
    let mut compound = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Error::Damaged)?;
    let Some(file) = stream(&mut compound, "WordDocument")? else { return Err(other(&compound)) };
    let format = if written_by_wps(&mut compound) { Format::Wps } else { Format::Doc };
    let head = Head::read(&file)?;
    let mut lines = Lines::default();
    if head.version < 0xc1 {
        let text = old_text(&file)?;
        let characters = text.encode_utf16().map(|unit| Character { unit, at: 0 }).collect::<Vec<_>>();
        Writer::new(&mut lines, &Properties::default(), &mut Lists::default()).write(&characters, None);
    } else {
        let name = if head.second_table { "1Table" } else { "0Table" };
        let table = stream(&mut compound, name)?.ok_or(Error::Damaged)?;
        let characters = characters(&file, &table)?;
        let properties = Properties::read(&file, &table);
        let mut lists = Lists::read(&file, &table);
        // Behind one another: the text, its footnotes, page headers, comments, endnotes, text boxes.
        let mut rest = characters.as_slice();
        let parts: Vec<&[Character]> = [0x4c, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x64]
            .into_iter()
            .map(|place| {
                let length = u32_at(&file, place).unwrap_or(0) as usize;
                let (part, behind) = rest.split_at(length.min(rest.len()));
                rest = behind;
                part
            })
            .collect();
        let mut write = |part: usize, removed, notes| {
            Writer { notes, ..Writer::new(&mut lines, &properties, &mut lists) }.write(parts[part], removed);
        };
        write(2, Some(RemovedKind::Chrome), HashMap::new());
        // Footnotes and endnotes; where it is not told who calls them, they stand behind the text.
        let (mut called, mut behind) = (HashMap::new(), vec![6]);
        for (part, number) in [(1, 2), (5, 46)] {
            match notes(&file, &table, number, parts[part]) {
                Some(notes) => called.extend(notes),
                None => behind.push(part),
            }
        }
        write(0, None, called);
        for part in behind {
            write(part, None, HashMap::new());
        }
    }
    Ok(Draft { format, lines: lines.done, ..Draft::default() })
}

fn stream(compound: &mut Compound, name: &str) -> Result<Option<Vec<u8>>, Error> {
    if !compound.is_stream(name) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let stream = compound.open_stream(name).map_err(|_| Error::Damaged)?;
    stream.take(STREAM).read_to_end(&mut bytes).map_err(|_| Error::Damaged)?;
    Ok(Some(bytes))
}

/// Why a container without a Word document cannot be read.
fn other(compound: &Compound) -> Error {
    let has = |name| compound.is_stream(name);
    if has("EncryptedPackage") {
        Error::Encrypted
    } else if has("Workbook") || has("Book") {
        Error::UnsupportedFormat("Excel(.xls)")
    } else if has("PowerPoint Document") {
        Error::UnsupportedFormat("PowerPoint(.ppt)")
    } else if has("MatOST") || has("CONTENTS") {
        Error::UnsupportedFormat("Microsoft Works(.wps)")
    } else {
        Error::UnsupportedFormat("Word/WPS(.doc, .wps)")
    }
}

/// WPS names itself in the properties of what it writes.
fn written_by_wps(compound: &mut Compound) -> bool {
    ["\u{5}SummaryInformation", "\u{5}DocumentSummaryInformation"].into_iter().any(|name| {
        let bytes = stream(compound, name).ok().flatten().unwrap_or_default();
        ["WPS Office", "KSOProductBuildVer"].iter().any(|word| {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [word.as_bytes(), &wide].iter().any(|word| bytes.windows(word.len()).any(|w| w == *word))
        })
    })
}

/// The beginning of the file information block.
struct Head {
    version: u16,
    second_table: bool,
}

impl Head {
    fn read(file: &[u8]) -> Result<Self, Error> {
        let version = u16_at(file, 2).ok_or(Error::Damaged)?;
        let flags = u16_at(file, 0xa).ok_or(Error::Damaged)?;
        if flags & 0x100 != 0 {
            return Err(Error::Encrypted);
        }
        Ok(Self { version, second_table: flags & 0x200 != 0 })
    }
}

/// A part of the table stream, by its number in the file information block.
fn table_part<'a>(file: &[u8], table: &'a [u8], number: usize) -> Option<&'a [u8]> {
    let start = u32_at(file, 0x9a + 8 * number)? as usize;
    let length = u32_at(file, 0x9e + 8 * number)? as usize;
    table.get(start..)?.get(..length)
}

/// The notes of a kind by the place of their call in the text; `number` is that of the table of calls, behind which
/// comes that of the notes' own places.
fn notes<'a>(
    file: &[u8],
    table: &[u8],
    number: usize,
    characters: &'a [Character],
) -> Option<Vec<(usize, &'a [Character])>> {
    let calls = table_part(file, table, number)?;
    let places = table_part(file, table, number + 1)?;
    // A place of four bytes and a word of two for each, and one more place.
    let count = calls.len().checked_sub(4)? / 6;
    let of = |note: usize| {
        let place = |bytes, at: usize| u32_at(bytes, 4 * at).map(|place| place as usize);
        let range = place(places, note)?..place(places, note + 1)?;
        Some((place(calls, note)?, characters.get(range)?))
    };
    (count > 0).then(|| (0..count).map(of).collect())?
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// A code unit of UTF-16 and its place in the file.
#[derive(Debug, Clone, Copy)]
struct Character {
    unit: u16,
    at: u32,
}

/// The characters of all parts, piece by piece.
fn characters(file: &[u8], table: &[u8]) -> Result<Vec<Character>, Error> {
    let clx = table_part(file, table, 33).ok_or(Error::Damaged)?;
    let mut at = 0;
    // Properties of pieces stand before the table of pieces.
    while clx.get(at) == Some(&1) {
        at += 3 + usize::from(u16_at(clx, at + 1).ok_or(Error::Damaged)?);
    }
    let length = u32_at(clx, at + 1).filter(|_| clx.get(at) == Some(&2)).ok_or(Error::Damaged)? as usize;
    let pieces = clx.get(at + 5..).and_then(|rest| rest.get(..length)).ok_or(Error::Damaged)?;
    let count = pieces.len().saturating_sub(4) / 12;
    let mut characters = Vec::new();
    for piece in 0..count {
        let from = u32_at(pieces, 4 * piece).unwrap_or(0);
        let to = u32_at(pieces, 4 * piece + 4).unwrap_or(0);
        let place = u32_at(pieces, 4 * (count + 1) + 8 * piece + 2).unwrap_or(0);
        let long = to.saturating_sub(from) as usize;
        if characters.len() + long > LONGEST {
            return Err(Error::TooLarge);
        }
        let narrow = place & 0x4000_0000 != 0;
        let start = if narrow { (place & 0x3fff_ffff) / 2 } else { place };
        let bytes = file.get(start as usize..).unwrap_or(&[]);
        if narrow {
            let (text, ..) = WINDOWS_1252.decode(&bytes[..long.min(bytes.len())]);
            characters.extend(text.encode_utf16().zip(start..).map(|(unit, at)| Character { unit, at }));
        } else {
            let units = bytes.chunks_exact(2).take(long).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            characters.extend(units.zip((start..).step_by(2)).map(|(unit, at)| Character { unit, at }));
        }
    }
    Ok(characters)
}

/// The text of Word 6 and 95: bytes in the encoding of their language.
fn old_text(file: &[u8]) -> Result<String, Error> {
    let encoding: &'static Encoding = match u16_at(file, 6) {
        Some(0x804) => GB18030,
        Some(0x404) => BIG5,
        _ => WINDOWS_1252,
    };
    let start = u32_at(file, 0x18).ok_or(Error::Damaged)? as usize;
    let length = u32_at(file, 0x34).ok_or(Error::Damaged)? as usize;
    let bytes = file.get(start..).ok_or(Error::Damaged)?;
    Ok(encoding.decode_without_bom_handling(&bytes[..length.min(bytes.len())]).0.into_owned())
}

/// A field that is open: what stands before its separator is its instruction.
#[derive(Default)]
struct Field {
    instruction: String,
    result: bool,
}

struct Writer<'a> {
    lines: &'a mut Lines,
    properties: &'a Properties,
    lists: &'a mut Lists,
    fields: Vec<Field>,
    contents: bool,
    rows: Option<Rows>,
    column: usize,
    /// Notes by the place of their call, counted in characters of what is written.
    notes: HashMap<usize, &'a [Character]>,
}

impl<'a> Writer<'a> {
    fn new(lines: &'a mut Lines, properties: &'a Properties, lists: &'a mut Lists) -> Self {
        Self {
            lines,
            properties,
            lists,
            fields: Vec::new(),
            contents: false,
            rows: None,
            column: 0,
            notes: HashMap::new(),
        }
    }

    fn write(mut self, characters: &[Character], removed: Option<RemovedKind>) {
        self.lines.removed = removed;
        let mut place = 0;
        for paragraph in characters.split_inclusive(|c| matches!(c.unit, 0x07 | 0x0c | 0x0d)) {
            self.paragraph(paragraph, place);
            place += paragraph.len();
        }
        self.end_table();
        self.lines.finish();
        self.lines.removed = None;
    }

    /// `place` is that of the first character.
    fn paragraph(&mut self, characters: &[Character], place: usize) {
        let Some(mark) = characters.last() else { return };
        let paragraph = self.properties.paragraph(mark.at);
        let mut run = Run::default();
        let mut units: Vec<u16> = Vec::new();
        for (place, character) in (place..).zip(characters) {
            if !run.range.contains(&character.at) {
                self.show(&mut units, &run);
                run = self.properties.run(character.at, &paragraph.look);
            }
            if run.deleted {
                continue;
            }
            if let Some(note) = self.notes.remove(&place) {
                self.note(note);
            }
            match character.unit {
                0x13 => {
                    self.show(&mut units, &run);
                    self.fields.push(Field::default());
                }
                0x14 => {
                    self.show(&mut units, &run);
                    if let Some(field) = self.fields.last_mut() {
                        field.result = true;
                    }
                }
                0x15 => {
                    self.show(&mut units, &run);
                    self.fields.pop();
                }
                0x0b | 0x0e => units.push(u16::from(b'\n')),
                0x09 => units.push(u16::from(b' ')),
                0x1e => units.push(u16::from(b'-')),
                0x28 if run.symbol.is_some() => units.extend(run.symbol.and_then(|s| u16::try_from(s).ok())),
                unit if unit >= 0x20 => units.push(unit),
                _ => {}
            }
        }
        self.show(&mut units, &run);
        // A paragraph's end that was deleted joins it to the next one.
        if run.deleted && mark.unit == 0x0d {
            return;
        }
        if paragraph.row_end && mark.unit == 0x07 {
            if let Some(rows) = &mut self.rows {
                rows.push(paragraph.edges);
            }
            self.column = 0;
            return;
        }
        if paragraph.in_table {
            let rows = match &mut self.rows {
                Some(rows) => rows,
                None => {
                    let table = self.lines.table();
                    self.rows.insert(Rows::new(table, self.lines.done.len()))
                }
            };
            self.lines.cell =
                Some(Cell { table: rows.table, row: rows.len(), column: self.column, ..Cell::default() });
        } else {
            self.end_table();
        }
        let around = self.lines.removed;
        if std::mem::take(&mut self.contents) || paragraph.contents {
            self.lines.removed = around.or(Some(RemovedKind::Repeat));
        }
        let number = self.lists.words(paragraph.list, paragraph.level);
        self.lines.end(&number, paragraph.look.hint(), paragraph.look.indent == Some(true));
        self.lines.removed = around;
        self.lines.cell = None;
        if mark.unit == 0x07 {
            self.column += 1;
        }
    }

    fn note(&mut self, characters: &[Character]) {
        let open = self.lines.suspend();
        Writer::new(self.lines, self.properties, self.lists).write(characters, None);
        let lines = self.lines.resume(open);
        self.lines.note(lines);
    }

    /// Writes what a run has so far, if it shows.
    fn show(&mut self, units: &mut Vec<u16>, run: &Run) {
        let text = String::from_utf16_lossy(&std::mem::take(units));
        if text.is_empty() || run.hidden {
            return;
        }
        if let Some(field) = self.fields.last_mut().filter(|field| !field.result) {
            field.instruction += &text;
        } else if self.fields.iter().all(|field| field.result) {
            self.contents |=
                self.fields.iter().any(|field| field.instruction.trim_start().starts_with("TOC"));
            self.lines.push(&text, run.stands_out);
        }
    }

    fn end_table(&mut self) {
        if let Some(rows) = self.rows.take() {
            rows.settle(&mut self.lines.done);
        }
        self.column = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// What LibreOffice saved of the invented report; `tests/formats.rs` reads it as a whole.
    fn saved() -> Vec<u8> {
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/report.doc")).unwrap()
    }

    /// A container with these streams.
    fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
        let mut compound = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for (name, bytes) in streams {
            compound.create_stream(name).unwrap().write_all(bytes).unwrap();
        }
        compound.into_inner().into_inner()
    }

    #[test]
    fn paragraphs_come_with_numbers_hints_and_places() {
        let lines = read(&saved()).unwrap().lines;
        let of = |words: &str| lines.iter().find(|l| l.text.contains(words)).unwrap();
        assert_eq!(lines[0].removed, Some(RemovedKind::Chrome));
        assert!(of("常务委员会工作报告").hint.centred);
        let heading = of("2023年工作回顾");
        assert_eq!((heading.text.as_str(), heading.hint.heading), ("一、2023年工作回顾", Some(1)));
        assert_eq!(of("深化理论学习").hint.bold, "1.深化理论学习。".chars().count());
        let cell = of("社会事业类").cell.unwrap();
        assert_eq!((cell.table, cell.row, cell.column), (0, 2, 0));
        assert_eq!(of("117").cell.map(|c| c.column), Some(1));
        // No mark of the note stands in the sentence; it is a line of its own, here behind the table that the
        // paragraph ends in.
        assert!(of("收到提案").text.contains("251件，"));
        let note = lines.iter().position(|l| l.text.starts_with("立案数不含")).unwrap();
        assert!(lines[note - 1].cell.is_some() && lines[note + 1].text.starts_with("从办理结果看"));
    }

    #[test]
    fn eight_bit_and_wide_pieces_fields_and_old_files() {
        let mut file = vec![0; 0x400];
        let mut put = |at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
        put(2, &0xc1_u16.to_le_bytes());
        put(0x4c, &18_u32.to_le_bytes());
        put(0x300, b"a\x93b\x13 REF x\x14c\x15\r");
        let wide: Vec<u8> = "全年\r".encode_utf16().flat_map(u16::to_le_bytes).collect();
        put(0x380, &wide);
        // A table of two pieces.
        let mut clx = vec![2, 28, 0, 0, 0];
        for position in [0_u32, 15, 18] {
            clx.extend(position.to_le_bytes());
        }
        for place in [0x4000_0600_u32, 0x380] {
            clx.extend([0, 0]);
            clx.extend(place.to_le_bytes());
            clx.extend([0, 0]);
        }
        put(0x9a + 8 * 33 + 4, &(clx.len() as u32).to_le_bytes());
        let texts = |streams: &[(&str, &[u8])]| -> Vec<String> {
            read(&container(streams)).unwrap().lines.into_iter().map(|l| l.text).collect()
        };
        assert_eq!(texts(&[("WordDocument", &file), ("0Table", &clx)]), ["a“bc", "全年"]);

        let mut old = vec![0; 0x60];
        old[2] = 0x65;
        old[6..8].copy_from_slice(&0x804_u16.to_le_bytes());
        old[0x18] = 0x60;
        old[0x34] = 9;
        old.extend(b"\xc8\xab\xc4\xea\r\xb9\xa4\xd7\xf7\r");
        assert_eq!(texts(&[("WordDocument", &old)]), ["全年", "工作"]);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let code = |streams: &[(&str, &[u8])]| read(&container(streams)).unwrap_err().code();
        assert_eq!(code(&[("EncryptedPackage", b"")]), "encrypted");
        let mut locked = vec![0; 0x20];
        locked[2] = 0xc1;
        locked[0xb] = 1;
        assert_eq!(code(&[("WordDocument", &locked)]), "encrypted");
        assert_eq!(code(&[("Workbook", b"")]), "unsupported-format");
        assert_eq!(code(&[("WordDocument", b"\xec\xa5")]), "damaged");
        let mut file = vec![0; 0x400];
        file[2] = 0xc1;
        assert_eq!(code(&[("WordDocument", &file)]), "damaged");
    }

    #[test]
    fn wps_is_told_by_what_it_writes_of_itself() {
        let mut file = vec![0; 0x60];
        file[2] = 0x65;
        let wide: Vec<u8> = "KSOProductBuildVer".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let said = container(&[("WordDocument", &file), ("\u{5}DocumentSummaryInformation", &wide)]);
        assert_eq!(read(&said).unwrap().format, Format::Wps);
        assert_eq!(read(&container(&[("WordDocument", &file)])).unwrap().format, Format::Doc);
    }

    #[test]
    fn broken_bytes_do_no_harm() {
        let whole = saved();
        for cut in (0..whole.len()).step_by(509) {
            let _ = read(&whole[..cut]);
        }
        for at in (0..whole.len()).step_by(67) {
            let mut broken = whole.clone();
            broken[at] ^= 0xff;
            let _ = read(&broken);
        }
    }
}
