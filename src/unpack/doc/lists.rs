//! Lists, what uses them, and how far they have counted.

use super::{table_part, u16_at, u32_at};
use crate::unpack::numbering::{Counters, Figures, LEVELS, Level};
use std::collections::HashMap;

/// The most uses of lists that paragraphs can name.
const USERS: usize = 0x7fe;

#[derive(Debug, Default)]
pub struct Lists {
    /// By their places; paragraphs name them from 1.
    users: Vec<User>,
    counters: Counters,
}

#[derive(Debug)]
struct User {
    list: u32,
    levels: Vec<Level>,
    /// Levels that begin anew with the first paragraph of this use.
    starts: [Option<u32>; LEVELS],
}

impl Lists {
    /// What cannot be read of them is left out.
    pub fn read(file: &[u8], table: &[u8]) -> Self {
        let lists = lists(file, table).unwrap_or_default();
        let users = table_part(file, table, 74).and_then(|part| users(part, &lists)).unwrap_or_default();
        Self { users, counters: Counters::default() }
    }

    /// Counts a paragraph and gives the words in front of it; list 0 is none.
    pub fn words(&mut self, list: usize, level: usize) -> String {
        let Some(user) = list.checked_sub(1).and_then(|i| self.users.get(i)) else { return String::new() };
        let Some(start) = user.starts.get(level) else { return String::new() };
        self.counters.words(user.list, &user.levels, level, list as u32, *start)
    }
}

/// Bytes that are read one behind the other.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }
}

/// Levels of the lists by their ids.
fn lists(file: &[u8], table: &[u8]) -> Option<HashMap<u32, Vec<Level>>> {
    let heads = table_part(file, table, 73)?;
    let count = usize::from(u16_at(heads, 0)?);
    // The levels follow the part that the file information block measures.
    let start = u32_at(file, 0x9a + 8 * 73)? as usize;
    let mut levels = Bytes(table.get(start + 2 + 28 * count..)?);
    let mut lists = HashMap::new();
    for i in 0..count {
        let head = heads.get(2 + 28 * i..)?.get(..28)?;
        let simple = head[26] & 1 != 0;
        let read: Option<Vec<Level>> =
            (0..if simple { 1 } else { LEVELS }).map(|_| level(&mut levels)).collect();
        lists.insert(u32_at(head, 0)?, read?);
    }
    Some(lists)
}

fn level(bytes: &mut Bytes) -> Option<Level> {
    let head = bytes.take(28)?;
    bytes.take(usize::from(head[24]) + usize::from(head[25]))?;
    let letters = usize::from(u16_at(bytes.take(2)?, 0)?);
    let units = bytes.take(2 * letters)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    // Numbers stand in the text as characters below 9.
    let mut text = String::new();
    for c in char::decode_utf16(units).flatten() {
        match c as u32 {
            level @ 0..9 => text += &format!("%{}", level + 1),
            _ => text.push(c),
        }
    }
    Some(Level {
        start: u32_at(head, 0)?,
        figures: figures(head[4]),
        text,
        gap: head[15] != 2,
        legal: head[5] & 4 != 0,
        restart: (head[5] & 8 != 0).then(|| head[26].into()),
    })
}

fn users(part: &[u8], lists: &HashMap<u32, Vec<Level>>) -> Option<Vec<User>> {
    let mut bytes = Bytes(part);
    let count = u32_at(bytes.take(4)?, 0)? as usize;
    let heads = bytes.take(count.checked_mul(16)?)?;
    let mut users = Vec::new();
    for head in heads.chunks_exact(16).take(USERS) {
        let list = u32_at(head, 0)?;
        let mut levels = lists.get(&list).cloned().unwrap_or_default();
        let mut starts = [None; LEVELS];
        // Where the overrides break off, the list stands as it is.
        let _ = overrides(&mut bytes, head[12], &mut levels, &mut starts);
        users.push(User { list, levels, starts });
    }
    Some(users)
}

fn overrides(
    bytes: &mut Bytes,
    count: u8,
    levels: &mut [Level],
    starts: &mut [Option<u32>; LEVELS],
) -> Option<()> {
    bytes.take(4)?;
    for _ in 0..count {
        let head = bytes.take(8)?;
        let place = usize::from(head[4] & 15);
        if head[4] & 0x20 != 0 {
            let read = level(bytes)?;
            if let Some(level) = levels.get_mut(place) {
                *level = read;
            }
        }
        if head[4] & 0x10 != 0
            && let Some(start) = starts.get_mut(place)
        {
            // With a level of its own, the start is said there.
            let said = if head[4] & 0x20 != 0 { levels.get(place).map(|l| l.start) } else { u32_at(head, 0) };
            *start = said;
        }
    }
    Some(())
}

/// Figures by their number in the format.
fn figures(code: u8) -> Figures {
    match code {
        0x01 => Figures::UpperRoman,
        0x02 => Figures::LowerRoman,
        0x03 => Figures::UpperLetter,
        0x04 => Figures::LowerLetter,
        0x0a | 0x11 | 0x24 | 0x28 => Figures::DIGITS,
        0x0b => Figures::Kanji,
        0x0e | 0x13 => Figures::FullWidth,
        0x10 | 0x22 => Figures::LegalTraditional,
        0x12 | 0x1c => Figures::Circled,
        0x16 => Figures::Padded,
        0x17 => Figures::Bullet,
        0x1a => Figures::Dotted,
        0x1b => Figures::Bracketed,
        0x1d => Figures::HanCircled,
        0x1e => Figures::Stem,
        0x1f => Figures::Branch,
        0x21 | 0x25 => Figures::COUNTING,
        0x23 | 0x27 => Figures::THOUSANDS,
        0x26 => Figures::Legal,
        0x39 => Figures::Dashed,
        0xff => Figures::None,
        _ => Figures::Decimal,
    }
}
