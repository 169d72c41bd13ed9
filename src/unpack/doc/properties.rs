//! Properties of characters and paragraphs: styles, and the runs of exceptions to them.

use super::{table_part, u16_at, u32_at};
use crate::unpack::docx::symbol;
use crate::unpack::lines::{Look, named_heading};
use std::ops::Range;

/// Styles are based on one another no deeper than this.
const CHAIN: usize = 20;

/// What holds from one place of the file to another.
#[derive(Debug)]
struct Exception {
    place: Range<u32>,
    style: u16,
    changes: Vec<u8>,
}

#[derive(Debug, Clone, Default)]
struct Style {
    base: u16,
    /// Of paragraphs, and of their characters.
    changes: [Vec<u8>; 2],
    heading: Option<u8>,
    contents: bool,
}

#[derive(Debug, Default)]
pub struct Properties {
    characters: Vec<Exception>,
    paragraphs: Vec<Exception>,
    styles: Vec<Style>,
    faces: Vec<String>,
}

/// Of a paragraph.
#[derive(Debug, Default)]
pub struct Paragraph {
    pub look: Look,
    /// The list's use that numbers it, from 1, and the level there.
    pub list: usize,
    pub level: usize,
    pub in_table: bool,
    pub row_end: bool,
    /// Left edges of the row's cells.
    pub edges: Vec<i32>,
    /// It is a line of a table of contents.
    pub contents: bool,
}

/// Of characters.
#[derive(Debug, Default)]
pub struct Run {
    /// The places in the file that it holds for.
    pub range: Range<u32>,
    pub stands_out: bool,
    pub hidden: bool,
    pub deleted: bool,
    pub symbol: Option<char>,
}

impl Properties {
    /// What cannot be read of them is left out.
    pub fn read(file: &[u8], table: &[u8]) -> Self {
        let part = |number| table_part(file, table, number).unwrap_or(&[]);
        Self {
            characters: pages(file, part(12), character_page),
            paragraphs: pages(file, part(13), paragraph_page),
            styles: styles(part(1)).unwrap_or_default(),
            faces: faces(part(15)),
        }
    }

    /// Of the paragraph whose mark stands at a place.
    pub fn paragraph(&self, at: u32) -> Paragraph {
        let mut paragraph = Paragraph::default();
        let exception = find(&self.paragraphs, at).ok();
        let style = exception.map_or(0, |e| e.style);
        for style in self.chain(style) {
            paragraph.look.heading = style.heading.or(paragraph.look.heading);
            paragraph.contents |= style.contents;
            paragraph.change(&style.changes[0]);
            self.change(&mut paragraph.look, &style.changes[1]);
        }
        if let Some(exception) = exception {
            paragraph.change(&exception.changes);
        }
        paragraph
    }

    /// A style and those it is based on, the first one last.
    fn chain(&self, style: u16) -> impl Iterator<Item = &Style> {
        let mut chain = Vec::new();
        let mut next = style;
        while let Some(style) = self.styles.get(usize::from(next)).filter(|_| chain.len() < CHAIN) {
            chain.push(style);
            next = style.base;
        }
        chain.into_iter().rev()
    }

    /// Of the characters from a place on, in a paragraph of that look.
    pub fn run(&self, at: u32, paragraph: &Look) -> Run {
        let mut look = Look::default().over(paragraph);
        let found = find(&self.characters, at);
        let Ok(exception) = found else {
            let next =
                found.err().and_then(|next| self.characters.get(next)).map_or(u32::MAX, |e| e.place.start);
            return Run {
                range: at..next,
                stands_out: look.stands_out(),
                hidden: look.hidden == Some(true),
                ..Run::default()
            };
        };
        let mut run = Run { range: exception.place.clone(), ..Run::default() };
        for (code, value) in changes(&exception.changes) {
            match (code, value) {
                // A style for characters.
                (0x4a30, &[low, high, ..]) => {
                    for style in self.chain(u16::from_le_bytes([low, high])) {
                        self.change(&mut look, &style.changes[1]);
                    }
                }
                (0x0800, &[on, ..]) => run.deleted = on != 0,
                (0x6a09, &[font, high, low, top, ..]) => {
                    let font = self.faces.get(usize::from(u16::from_le_bytes([font, high])));
                    let code = u32::from(u16::from_le_bytes([low, top]));
                    run.symbol = Some(symbol(code, font.map_or("", |font| font.as_str())).unwrap_or(' '));
                }
                _ => {}
            }
        }
        self.change(&mut look, &exception.changes);
        run.stands_out = look.stands_out();
        run.hidden = look.hidden == Some(true);
        run
    }

    /// Takes over what changes of characters say.
    fn change(&self, look: &mut Look, list: &[u8]) {
        for (code, value) in changes(list) {
            // 0 and 1 say so; 128 is as the style has it, 129 the opposite.
            let toggled = |before: Option<bool>| match value.first() {
                Some(0) => Some(false),
                Some(0x80) => before,
                Some(0x81) => Some(before != Some(true)),
                _ => Some(true),
            };
            match code {
                0x0835 => look.bold = toggled(look.bold),
                0x083c => look.hidden = toggled(look.hidden),
                0x4a50 => look.face = u16_at(value, 0).and_then(|n| self.faces.get(usize::from(n))).cloned(),
                _ => {}
            }
        }
    }
}

impl Paragraph {
    fn change(&mut self, list: &[u8]) {
        for (code, value) in changes(list) {
            let first = value.first().copied().unwrap_or(0);
            let word = u16_at(value, 0).unwrap_or(0);
            match code {
                0x2640 => self.look.heading = (first < 9).then(|| (first + 1).min(6)),
                0x2403 | 0x2461 => self.look.centred = Some(first == 1),
                0x8411 | 0x8460 | 0x4457 => self.look.indent = Some(word as i16 > 0),
                0x260a => self.level = first.into(),
                0x460b => self.list = if word < 0x7ff { word.into() } else { 0 },
                0x2416 => self.in_table = first != 0,
                0x2417 => self.row_end = first != 0,
                0xd608 => {
                    let cells = usize::from(first).min(64);
                    let edges = (0..cells).filter_map(|cell| u16_at(value, 1 + 2 * cell));
                    self.edges = edges.map(|edge| i32::from(edge as i16)).collect();
                }
                _ => {}
            }
        }
    }
}

/// The exception at a place, or the index of the next one.
fn find(exceptions: &[Exception], at: u32) -> Result<&Exception, usize> {
    let behind = exceptions.partition_point(|e| e.place.start <= at);
    let found = behind.checked_sub(1).map(|i| &exceptions[i]).filter(|e| e.place.contains(&at));
    found.ok_or(behind)
}

/// Changes to properties: what each changes, and its value.
fn changes(list: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let code = u16_at(rest, 0)?;
        let behind = &rest[2..];
        let (start, length) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            // Tables say their length in two bytes, and one more than it is.
            _ if code == 0xd608 => (2, usize::from(u16_at(behind, 0)?).saturating_sub(1)),
            _ => (1, usize::from(*behind.first()?)),
        };
        let value = behind.get(start..)?.get(..length)?;
        rest = &behind[start + length..];
        Some((code, value))
    })
}

/// Reads the pages of exceptions that a table of pages names.
fn pages(file: &[u8], table: &[u8], read: fn(&[u8], &mut Vec<Exception>)) -> Vec<Exception> {
    let count = table.len().saturating_sub(4) / 8;
    let mut exceptions = Vec::new();
    for i in 0..count {
        let number = u32_at(table, 4 * (count + 1) + 4 * i).unwrap_or(0) as usize & 0x3f_ffff;
        if let Some(page) = file.get(number * 512..).and_then(|rest| rest.get(..512)) {
            read(page, &mut exceptions);
        }
    }
    exceptions.sort_by_key(|e| e.place.start);
    exceptions
}

fn character_page(page: &[u8], exceptions: &mut Vec<Exception>) {
    let count = usize::from(page[511]);
    for i in 0..count {
        let changes = page.get(4 * (count + 1) + i).map(|&at| usize::from(at) * 2).filter(|at| *at > 0);
        let changes = changes.and_then(|at| page.get(at + 1..)?.get(..usize::from(page[at])));
        push(page, i, 0, changes.unwrap_or(&[]), exceptions);
    }
}

fn paragraph_page(page: &[u8], exceptions: &mut Vec<Exception>) {
    let count = usize::from(page[511]);
    for i in 0..count {
        let Some(at) = page.get(4 * (count + 1) + 13 * i).map(|&at| usize::from(at) * 2) else { continue };
        let (start, length) = match page[at] {
            0 => (at + 2, page.get(at + 1).map_or(0, |&words| usize::from(words) * 2)),
            words => (at + 1, usize::from(words) * 2 - 1),
        };
        let Some(body) = page.get(start..).and_then(|rest| rest.get(..length)) else { continue };
        push(page, i, u16_at(body, 0).unwrap_or(0), body.get(2..).unwrap_or(&[]), exceptions);
    }
}

fn push(page: &[u8], i: usize, style: u16, changes: &[u8], exceptions: &mut Vec<Exception>) {
    if let (Some(from), Some(to)) = (u32_at(page, 4 * i), u32_at(page, 4 * i + 4)) {
        exceptions.push(Exception { place: from..to, style, changes: changes.to_vec() });
    }
}

fn styles(sheet: &[u8]) -> Option<Vec<Style>> {
    let head = usize::from(u16_at(sheet, 0)?);
    let count = u16_at(sheet, 2)?;
    let base_length = usize::from(u16_at(sheet, 4)?);
    let mut rest = sheet.get(2 + head..)?;
    let mut styles = Vec::new();
    for _ in 0..count {
        let Some(length) = u16_at(rest, 0).map(usize::from) else { break };
        let Some(body) = rest.get(2..2 + length) else { break };
        styles.push(style(body, base_length).unwrap_or(Style { base: u16::MAX, ..Style::default() }));
        rest = rest.get(2 + length + length % 2..).unwrap_or(&[]);
    }
    Some(styles)
}

fn style(body: &[u8], base_length: usize) -> Option<Style> {
    let number = u16_at(body, 0)? & 0xfff;
    let kind = u16_at(body, 2)? & 0xf;
    let letters = usize::from(u16_at(body, base_length)?);
    let name = body.get(base_length + 2..)?.get(..2 * letters)?;
    let name: Vec<u16> = name.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let mut style = Style {
        base: u16_at(body, 2)? >> 4,
        heading: (1..=9).contains(&number).then(|| (number as u8).min(6)),
        contents: (19..=27).contains(&number),
        ..Style::default()
    };
    style.heading = style.heading.or_else(|| named_heading(&String::from_utf16_lossy(&name)));
    let mut at = base_length + 2 + 2 * letters + 2;
    let mut next = || {
        let length = usize::from(u16_at(body, at)?);
        let part = body.get(at + 2..)?.get(..length)?;
        at += 2 + length + length % 2;
        Some(part)
    };
    match kind {
        1 => {
            style.changes[0] = next().and_then(|part| part.get(2..)).unwrap_or(&[]).to_vec();
            style.changes[1] = next().unwrap_or(&[]).to_vec();
        }
        2 => style.changes[1] = next().unwrap_or(&[]).to_vec(),
        _ => {}
    }
    Some(style)
}

/// Names of typefaces.
fn faces(table: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = table.get(4..).unwrap_or(&[]);
    while let Some((&length, behind)) = rest.split_first() {
        let Some(body) = behind.get(..usize::from(length)) else { break };
        let name = body.get(39..).unwrap_or(&[]).chunks_exact(2);
        let name: Vec<u16> =
            name.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).take_while(|unit| *unit != 0).collect();
        names.push(String::from_utf16_lossy(&name));
        rest = &behind[usize::from(length)..];
    }
    names
}
