//! Characters with their places on pages to paragraphs: for formats that fix what stands where, and not why.
//!
//! Lengths are in the units of the page, compared only with each other; y grows downwards.

use super::grid::{self, Piece};
use super::shapes::plain;
use crate::read::{Cell, Hint, Line};
use crate::report::RemovedKind;
use std::collections::{HashMap, HashSet};

/// Rows of a page in which columns are looked for; no real page has more.
const ROWS: usize = 400;
/// Columns within columns.
const SPLITS: usize = 3;
/// Rows at the top and the bottom of a page where headers and footers stand.
const EDGE: usize = 3;

/// A page as its format describes it.
#[derive(Debug, Default)]
pub struct Page {
    pub width: f32,
    pub height: f32,
    /// In the order in which they are drawn.
    pub glyphs: Vec<Glyph>,
}

#[derive(Debug, Clone, Copy)]
pub struct Glyph {
    pub c: char,
    /// Where its baseline begins.
    pub x: f32,
    pub y: f32,
    /// How far the writing goes on behind it.
    pub width: f32,
    pub size: f32,
    pub bold: bool,
    pub turn: Turn,
    /// Said by the format to be no part of the text.
    pub furniture: bool,
}

/// Where the writing goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    Right,
    /// Also of upright characters that stand one below the other, in columns from right to left.
    Down,
    Left,
    Up,
    /// As watermarks go.
    Slanted,
}

impl Turn {
    /// Of writing that goes this far to the right and down.
    pub fn of(right: f32, down: f32) -> Self {
        // A slant of three degrees is how a page lay on the scanner.
        let along = |a: f32, b: f32| b.abs() <= a.abs() * 0.05;
        match () {
            () if along(right, down) && right >= 0.0 => Self::Right,
            () if along(right, down) => Self::Left,
            () if along(down, right) && down > 0.0 => Self::Down,
            () if along(down, right) => Self::Up,
            () => Self::Slanted,
        }
    }
}

/// From an object's own space to that of the page: `x·a + y·c + e` and `x·b + y·d + f`.
#[derive(Debug, Clone, Copy)]
pub struct Place(pub [f32; 6]);

impl Place {
    pub const PAGE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// That of an object whose place in this one is `first`.
    pub fn after(self, first: Self) -> Self {
        let [a, b, c, d, ..] = self.0;
        let [fa, fb, fc, fd, fe, ff] = first.0;
        let (x, y) = self.point(fe, ff);
        Self([fa * a + fb * c, fa * b + fb * d, fc * a + fd * c, fc * b + fd * d, x, y])
    }

    pub fn point(self, x: f32, y: f32) -> (f32, f32) {
        let [.., e, f] = self.0;
        let (right, down) = self.vector(x, y);
        (right + e, down + f)
    }

    pub fn vector(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, ..] = self.0;
        (x * a + y * c, x * b + y * d)
    }
}

/// The font's name says that it is for what stands out.
pub fn bold_font(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["bold", "black", "heavy", "simhei", "黑体", "粗"].iter().any(|word| name.contains(word))
}

/// How wide such a character usually is, as a share of the size.
pub fn usual_width(c: char) -> f32 {
    if c < '\u{2000}' { 0.5 } else { 1.0 }
}

/// The lines of a draft: a line a paragraph, page furniture told.
pub fn lines(mut pages: Vec<Page>) -> Vec<Line> {
    // Where most is in bold, bold says nothing.
    let glyphs = || pages.iter().flat_map(|page| &page.glyphs);
    if glyphs().filter(|g| g.bold).count() * 2 > glyphs().count() {
        pages.iter_mut().flat_map(|page| &mut page.glyphs).for_each(|g| g.bold = false);
    }
    let mut rows = Vec::new();
    for (number, page) in pages.into_iter().enumerate() {
        rows.extend(page_rows(page, number));
    }
    furniture(&mut rows);
    let size = main_size(rows.iter().map(|row| (row.size, row.right - row.left))).unwrap_or_default();
    notes(&mut rows, size);
    grid::tables(&mut rows.iter_mut().filter(|row| !row.furniture && !row.note).collect::<Vec<_>>());
    paragraphs(&rows, size)
}

/// A row of characters, of the whole page or of a column.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub page: usize,
    /// The column it stands in, counted through the page.
    pub block: usize,
    left: f32,
    right: f32,
    pub y: f32,
    /// The height of the page.
    height: f32,
    /// That of most of its characters.
    pub size: f32,
    /// Width of what must not be broken at its beginning.
    lead: f32,
    pub text: String,
    /// What white parts it into, as between the cells of a table.
    pub pieces: Vec<Piece>,
    /// Where it stands in a table.
    pub place: Option<grid::Place>,
    /// Leading characters in bold.
    bold: usize,
    furniture: bool,
    /// The numbers of notes that stood high in it.
    references: String,
    /// It is part of a note at the foot of the page.
    note: bool,
}

fn page_rows(page: Page, number: usize) -> Vec<Row> {
    let mut turns: HashMap<Turn, Vec<Glyph>> = HashMap::new();
    for mut glyph in page.glyphs {
        let (x, y) = (glyph.x, glyph.y);
        (glyph.x, glyph.y) = match glyph.turn {
            Turn::Right | Turn::Slanted => (x, y),
            Turn::Down => (y, page.width - x),
            Turn::Left => (page.width - x, page.height - y),
            Turn::Up => (page.height - y, x),
        };
        if [x, y, glyph.width, glyph.size].iter().all(|v| v.is_finite()) && glyph.size > 0.0 {
            turns.entry(glyph.turn).or_default().push(glyph);
        }
    }
    let mut turns: Vec<_> = turns.into_iter().collect();
    turns.sort_by_key(|(turn, glyphs)| (*turn == Turn::Slanted, std::cmp::Reverse(glyphs.len()), *turn));
    let mut rows = Vec::new();
    let mut block = 0;
    for (turn, glyphs) in turns {
        let height = if matches!(turn, Turn::Up | Turn::Down) { page.width } else { page.height };
        let parts = match turn {
            Turn::Slanted => vec![vec![glyphs]],
            _ => columns(grouped(glyphs), SPLITS),
        };
        for part in parts {
            for glyphs in part {
                rows.extend(Row::new(glyphs).map(|row| Row {
                    page: number,
                    block,
                    height,
                    furniture: row.furniture || turn == Turn::Slanted,
                    ..row
                }));
            }
            block += 1;
        }
    }
    rows
}

/// Characters to rows from the top down, each from left to right.
fn grouped(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    // Small characters set high or low stand in the row around whose middle they are.
    let middle = |glyph: &Glyph| glyph.y - glyph.size * 0.35;
    glyphs.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    let (mut centre, mut size) = (f32::NEG_INFINITY, 0.0);
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if middle(&glyph) - centre < glyph.size.max(size) * 0.4 => row.push(glyph),
            _ => {
                rows.push(vec![glyph]);
                size = 0.0;
            }
        }
        if glyph.size > size {
            (centre, size) = (middle(&glyph), glyph.size);
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    rows
}

/// Parts of a page in reading order: whole rows, or a column after the other.
fn columns(mut rows: Vec<Vec<Glyph>>, splits: usize) -> Vec<Vec<Vec<Glyph>>> {
    let Some((gutter, from, to)) = (splits > 0).then(|| gutter(&rows)).flatten() else {
        return vec![rows];
    };
    let after = rows.split_off(to);
    let within = rows.split_off(from);
    let (left, right): (Vec<_>, Vec<_>) = within
        .into_iter()
        .map(|row| row.into_iter().partition::<Vec<_>, _>(|glyph| glyph.x < gutter))
        .unzip();
    [rows, left, right, after]
        .into_iter()
        .map(|part| part.into_iter().filter(|row| !row.is_empty()).collect::<Vec<_>>())
        .filter(|part| !part.is_empty())
        .flat_map(|part| columns(part, splits - 1))
        .collect()
}

/// Where white runs down between two columns of text, and through which rows.
fn gutter(rows: &[Vec<Glyph>]) -> Option<(f32, usize, usize)> {
    const BINS: usize = 120;
    // Fewer rows may be a table, or chance.
    const LEAST: usize = 8;
    if !(LEAST..=ROWS).contains(&rows.len()) {
        return None;
    }
    let glyphs = || rows.iter().flatten();
    let left = glyphs().map(|g| g.x).fold(f32::INFINITY, f32::min);
    let right = glyphs().map(|g| g.x + g.width).fold(f32::NEG_INFINITY, f32::max);
    let step = (right - left) / BINS as f32;
    if !step.is_normal() {
        return None;
    }
    let mut best: Option<(usize, f32, usize, usize)> = None;
    let covered: Vec<[bool; BINS]> = rows
        .iter()
        .map(|row| {
            let mut bins = [false; BINS];
            for glyph in row.iter().filter(|g| !g.c.is_whitespace()) {
                let (from, to) = ((glyph.x - left) / step, (glyph.x + glyph.width - left) / step);
                for bin in
                    &mut bins[(from.max(0.0) as usize).min(BINS)..(to.max(0.0).ceil() as usize).min(BINS)]
                {
                    *bin = true;
                }
            }
            bins
        })
        .collect();
    for bin in BINS / 5..BINS * 4 / 5 {
        let mut from = 0;
        while from < rows.len() {
            let to = (from..rows.len()).find(|&i| covered[i][bin]).unwrap_or(rows.len());
            // Columns are full of text: cells of a table are not.
            let full = |side: std::ops::Range<usize>| {
                let fills = covered[from..to].iter().filter_map(|bins| {
                    let filled = bins[side.clone()].iter().filter(|b| **b).count();
                    (filled > 0).then_some(filled as f32 / side.len() as f32)
                });
                let fills: Vec<f32> = fills.collect();
                fills.len() >= LEAST && fills.iter().sum::<f32>() / fills.len() as f32 > 0.7
            };
            if to - from >= LEAST
                && best.is_none_or(|(count, ..)| to - from > count)
                && full(0..bin)
                && full(bin + 1..BINS)
            {
                best = Some((to - from, left + (bin as f32 + 0.5) * step, from, to));
            }
            from = to + 1;
        }
    }
    best.map(|(_, gutter, from, to)| (gutter, from, to))
}

impl Row {
    /// `None` for white space. The characters stand from left to right.
    fn new(glyphs: Vec<Glyph>) -> Option<Self> {
        let mut drawn: Vec<Glyph> = Vec::with_capacity(glyphs.len());
        for glyph in glyphs.into_iter().filter(|g| !g.c.is_whitespace() && !g.c.is_control()) {
            // Drawn again with a small shift: how some programs make bold.
            let again = drawn.iter_mut().rev().take(3).find(|last| {
                let shift = (glyph.x - last.x).abs();
                last.c == glyph.c
                    && shift < (glyph.size * 0.15).min(glyph.width * 0.5)
                    && (last.size / glyph.size - 1.0).abs() < 0.05
            });
            match again {
                Some(last) => last.bold = true,
                None => drawn.push(glyph),
            }
        }
        let size = main_size(drawn.iter().map(|g| (g.size, g.width)))?;
        let references = raised(&mut drawn, size);
        let first = drawn.first()?;
        let gap = |pair: &[Glyph]| pair[1].x - pair[0].x - pair[0].width;
        // Titles are set wide: what is wide between all characters is no space.
        let narrow = |c: char| c.is_ascii_graphic();
        let wide = |pair: &&[Glyph]| !narrow(pair[0].c) && !narrow(pair[1].c);
        let mut gaps: Vec<f32> = drawn.windows(2).filter(wide).map(gap).collect();
        gaps.sort_by(f32::total_cmp);
        let usual = gaps.get(gaps.len() / 3).copied().unwrap_or_default();
        let mut text: String = plain(first.c).collect();
        let mut pieces = vec![Piece { left: first.x, right: first.x + first.width, text: text.clone() }];
        for pair in drawn.windows(2) {
            let em = pair[0].size.min(pair[1].size);
            let space = if narrow(pair[0].c) && narrow(pair[1].c) { 0.2 } else { 0.6 } * em;
            if gap(pair) > space.max(usual * 1.5) {
                text.push(' ');
            }
            if gap(pair) > (em * 1.2).max(usual * 1.5) {
                pieces.push(Piece { left: pair[1].x, right: 0.0, text: String::new() });
            }
            text.extend(plain(pair[1].c));
            if let Some(piece) = pieces.last_mut() {
                piece.text.extend(plain(pair[1].c));
                piece.right = pair[1].x + pair[1].width;
            }
        }
        let broken =
            drawn.windows(2).position(|pair| !unbroken(pair[0].c, pair[1].c)).unwrap_or(drawn.len() - 1);
        let bold = drawn.iter().take_while(|g| g.bold).count();
        Some(Self {
            left: first.x,
            // Marks may hang over the margin.
            right: drawn
                .iter()
                .filter(|g| !CLOSING.contains(g.c))
                .map(|g| g.x + g.width)
                .fold(first.x, f32::max),
            y: first.y,
            size,
            references,
            pieces,
            lead: drawn[broken].x + drawn[broken].width - first.x,
            // Counted in characters of the text, spaces and all.
            bold: text
                .char_indices()
                .filter(|(_, c)| *c != ' ')
                .nth(bold)
                .map_or_else(|| text.chars().count(), |(at, _)| text[..at].trim_end().chars().count()),
            text,
            furniture: drawn.iter().all(|g| g.furniture),
            ..Self::default()
        })
    }

    fn all_bold(&self) -> bool {
        self.bold == self.text.chars().count()
    }
}

/// The size of most of what is so wide, by size and width.
fn main_size(parts: impl Iterator<Item = (f32, f32)>) -> Option<f32> {
    let mut sizes: Vec<(f32, f32)> = parts.map(|(size, width)| (size, width.max(0.0))).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, width)| width).sum::<f32>() / 2.0;
    let mut sum = 0.0;
    let middle = sizes.iter().find(|(_, width)| {
        sum += width;
        sum >= half
    });
    middle.map(|(size, _)| *size)
}

/// Takes out small digits that stand high: they would join the numbers beside them. What makes a unit of area or
/// volume stays.
fn raised(glyphs: &mut Vec<Glyph>, size: f32) -> String {
    let Some(baseline) = glyphs.iter().find(|g| g.size > size * 0.9).map(|g| g.y) else {
        return String::new();
    };
    let mut references = String::new();
    let (mut before, mut end) = (' ', f32::NEG_INFINITY);
    glyphs.retain_mut(|glyph| {
        let near = glyph.x - end < size * 0.3;
        let high = near && glyph.size < size * 0.72 && glyph.y < baseline - size * 0.15;
        end = glyph.x + glyph.width;
        match glyph.c {
            '2' if high && before == 'm' => glyph.c = '²',
            '3' if high && before == 'm' => glyph.c = '³',
            c if high && (c.is_ascii_digit() || "[]〔〕①②③④⑤⑥⑦⑧⑨⑩*".contains(c)) => {
                references.push(c);
                return false;
            }
            _ => {}
        }
        before = glyph.c;
        true
    });
    references
}

/// What no line begins with.
const CLOSING: &str = "，。、；：！？）》」』”’】〕,;:!?)";

/// No line ends between the two.
fn unbroken(a: char, b: char) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || ".,%-/‰℃".contains(c);
    (word(a) && word(b)) || CLOSING.contains(b) || "（《「『“‘【〔(".contains(a)
}

/// Tells rows that are page headers, footers and page numbers.
fn furniture(rows: &mut [Row]) {
    // Candidates stand at the top or the bottom of their pages.
    let mut edges: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    while from < rows.len() {
        let page = rows[from].page;
        let to = from + rows[from..].iter().take_while(|row| row.page == page).count();
        let mut order: Vec<usize> = (from..to).collect();
        order.sort_by(|&a, &b| rows[a].y.total_cmp(&rows[b].y));
        let zone = |i: &usize| rows[*i].y / rows[*i].height;
        edges.extend(order.iter().take(EDGE).filter(|i| zone(i) < 0.25).enumerate().map(|(at, i)| (at, *i)));
        edges.extend(
            order.iter().rev().take(EDGE).filter(|i| zone(i) > 0.75).enumerate().map(|(at, i)| (at, *i)),
        );
        from = to;
    }
    let bare = |row: &Row| row.text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let masked =
        |row: &Row| bare(row).chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>();
    // The same words at the same height, on how many pages; numbers may differ.
    let place = |row: &Row| (row.y / row.height * 50.0).round().clamp(-100.0, 100.0) as i32;
    let mut same: HashMap<(String, i32), usize> = HashMap::new();
    let mut alike: HashMap<(String, i32), usize> = HashMap::new();
    // Bare numbers by how far they are from the number of their page.
    let mut counts: HashMap<(i64, i32), usize> = HashMap::new();
    // Each page counts once, whatever it repeats.
    let mut seen = HashSet::new();
    for &(_, i) in &edges {
        let row = &rows[i];
        for near in [-1, 0, 1] {
            let at = place(row) + near;
            if !seen.insert((row.page, masked(row), at)) {
                continue;
            }
            *same.entry((bare(row), at)).or_default() += 1;
            *alike.entry((masked(row), at)).or_default() += 1;
            if let Some(number) = page_number(&bare(row)) {
                *counts.entry((number - row.page as i64, at)).or_default() += 1;
            }
        }
    }
    let pages = rows.last().map_or(0, |row| row.page + 1);
    let found: Vec<usize> = edges
        .into_iter()
        .filter(|&(at, i)| {
            let row = &rows[i];
            let text = bare(row);
            let number = page_number(&text).is_some_and(|number| {
                let decorated = !text.chars().all(|c| c.is_ascii_digit());
                (at == 0 && (decorated || pages == 1 && number == 1))
                    || counts.get(&(number - row.page as i64, place(row))).is_some_and(|count| *count > 1)
            });
            let often = |counts: &HashMap<(String, i32), usize>, text, least| {
                counts.get(&(text, place(row))).is_some_and(|count| *count >= least)
            };
            number || often(&same, text, 2) || often(&alike, masked(row), 3)
        })
        .map(|(_, i)| i)
        .collect();
    for i in found {
        rows[i].furniture = true;
    }
}

/// The number in `12`, `— 12 —`, `第12页`, `12/30`, `第12页 共30页`, written without spaces.
fn page_number(text: &str) -> Option<i64> {
    let inner = text.trim_matches(|c| "-—–－─·•~～.。|".contains(c));
    let inner = inner.strip_prefix('第').unwrap_or(inner);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = inner.split_at(digits);
    let total = rest.trim_matches(|c| "页/,，()（）共总of-—".contains(c));
    let rest_is = total.bytes().all(|b| b.is_ascii_digit()) && rest.chars().count() < 12;
    (rest_is && digits <= 4).then(|| number.parse().ok())?
}

/// The column that a row stands in.
#[derive(Debug, Clone, Copy)]
struct Frame {
    left: f32,
    right: f32,
    /// From one row to the next.
    pitch: f32,
    /// That of most rows.
    size: f32,
}

impl Frame {
    fn new(rows: &[&Row]) -> Self {
        let em = median(rows.iter().map(|row| row.size)).max(f32::MIN_POSITIVE);
        let least = (rows.len() / 10).max(2);
        // A margin is where several rows begin or end; one alone may be an exception.
        let shared = |mut edges: Vec<f32>| {
            edges.sort_by(f32::total_cmp);
            let common = edges.windows(least).find(|near| near[least - 1] - near[0] < em * 0.6);
            common.map_or_else(|| edges.first().copied(), |near| near.first().copied()).unwrap_or_default()
        };
        let right = -shared(rows.iter().map(|row| -row.right).collect());
        // A row that reaches the right margin began at the left one, or behind an indent.
        let long = rows.iter().filter(|row| row.right > right - em * 2.0).map(|row| row.left);
        Self {
            left: long.fold(shared(rows.iter().map(|row| row.left).collect()), f32::min),
            right,
            pitch: median(rows.windows(2).map(|pair| pair[1].y - pair[0].y).filter(|pitch| *pitch > 0.0)),
            size: em,
        }
    }

    fn centred(&self, row: &Row) -> bool {
        let (before, after) = (row.left - self.left, self.right - row.right);
        // Titles are larger, and may nearly fill their row.
        let least = if row.size > self.size * 1.15 { 0.4 } else { 2.5 };
        before.min(after) > row.size * least && (before - after).abs() < row.size * 1.2
    }

    fn indented(&self, row: &Row) -> bool {
        row.left - self.left > row.size * 1.2
    }

    /// There was no room for so much more behind it.
    fn full(&self, row: &Row, more: f32) -> bool {
        self.right - row.right < more.max(row.size) + row.size * 0.7
    }
}

fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Tells the notes at the foot of each page.
fn notes(rows: &mut [Row], body: f32) {
    let mut from = 0;
    while from < rows.len() {
        let page = rows[from].page;
        let to = from + rows[from..].iter().take_while(|row| row.page == page).count();
        let mut order: Vec<usize> = (from..to).filter(|&i| !rows[i].furniture).collect();
        order.sort_by(|&a, &b| rows[b].y.total_cmp(&rows[a].y));
        let small = order.iter().take_while(|&&i| rows[i].size < body * 0.92).count();
        let marked = |i: &usize| {
            let row = &rows[*i];
            let begins = |c: char| c.is_ascii_digit() || "①*※注[〔".contains(c);
            !row.references.is_empty() || row.text.starts_with(begins)
        };
        let called: String = rows[from..to].iter().map(|row| row.references.as_str()).collect();
        let first = order[..small].iter().rposition(marked).map_or(0, |last| last + 1);
        for i in &order[..first] {
            let row = &mut rows[*i];
            row.note = true;
            // Its number, where the page has called it.
            let digits = row.text.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = row.text.split_at(digits);
            if digits > 0 && called.contains(number) && !rest.trim_start().starts_with(|c: char| c.is_ascii())
            {
                row.references = number.to_owned();
                row.bold = row.bold.saturating_sub(digits);
                row.text = rest.trim_start().to_owned();
            }
        }
        from = to;
    }
}

fn paragraphs(rows: &[Row], body: f32) -> Vec<Line> {
    let mut blocks: HashMap<(usize, usize), Vec<&Row>> = HashMap::new();
    for row in rows.iter().filter(|row| !row.furniture) {
        blocks.entry((row.page, row.block)).or_default().push(row);
    }
    // Margins are those of the text, which tables and notes may leave.
    let of_text = |rows: &Vec<&Row>| {
        let text: Vec<&Row> =
            rows.iter().copied().filter(|row| (row.size / body - 1.0).abs() < 0.09).collect();
        Frame::new(if text.len() > 2 { &text } else { rows })
    };
    let mut frames: HashMap<(usize, usize), Frame> =
        blocks.iter().map(|(key, rows)| (*key, of_text(rows))).collect();
    // A page of single lines shows their indent as its margin, a short page no right one: the others know.
    let whole = Frame {
        left: median(frames.values().map(|frame| frame.left)),
        right: median(frames.values().map(|frame| frame.right)),
        pitch: 0.0,
        size: body,
    };
    for (key, frame) in &mut frames {
        let em = median(blocks[key].iter().map(|row| row.size));
        if frame.left > whole.left && frame.left < whole.left + em * 2.6 {
            frame.left = whole.left;
        }
        if frame.right < whole.right && frame.left < whole.left + em && blocks[key].len() < 8 {
            frame.right = whole.right;
        }
    }
    let mut lines: Vec<Line> = Vec::new();
    // Those between the parts of a paragraph come after it.
    let mut waiting: Vec<Line> = Vec::new();
    let removed =
        |text: &str| Line { text: text.to_owned(), removed: Some(RemovedKind::Chrome), ..Line::default() };
    let mut last: Option<(&Row, Frame)> = None;
    let mut last_note: Option<(&Row, Frame)> = None;
    for row in rows {
        if row.furniture {
            waiting.push(removed(&row.text));
            continue;
        }
        if let Some(place) = &row.place {
            if place.again {
                waiting.push(removed(&row.text));
                continue;
            }
            lines.append(&mut waiting);
            cells(row, place, &mut lines);
            last = None;
            continue;
        }
        let frame = frames[&(row.page, row.block)];
        let (before, of) = if row.note { (&mut last_note, &mut waiting) } else { (&mut last, &mut lines) };
        match (*before, of.iter_mut().rfind(|line| line.removed.is_none())) {
            (Some((before, theirs)), Some(line)) if goes_on(before, &theirs, row, &frame) => {
                if line.hint.bold == line.text.chars().count() {
                    line.hint.bold += row.bold;
                }
                let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
                if letter(line.text.chars().last()) && letter(row.text.chars().next()) {
                    line.text.push(' ');
                }
                line.text.push_str(&row.text);
            }
            _ => {
                let line = Line {
                    text: row.text.clone(),
                    hint: Hint { heading: None, centred: frame.centred(row), bold: row.bold },
                    indent: frame.indented(row) && !frame.centred(row),
                    ..Line::default()
                };
                if row.note {
                    waiting.push(line);
                } else {
                    lines.append(&mut waiting);
                    lines.push(line);
                }
            }
        }
        *(if row.note { &mut last_note } else { &mut last }) = Some((row, frame));
        if !row.references.is_empty() {
            waiting.push(removed(&row.references));
        }
    }
    lines.append(&mut waiting);
    lines
}

/// The pieces of a row as cells; those of a head of several rows join.
fn cells(row: &Row, place: &grid::Place, lines: &mut Vec<Line>) {
    for (piece, column) in row.pieces.iter().zip(&place.columns) {
        let cell = Cell { table: place.table, row: place.row, column: *column, ..Cell::default() };
        let same = |line: &Line| line.cell.is_some_and(|c| (c.table, c.row) == (cell.table, cell.row));
        match lines.iter_mut().rev().take_while(|line| same(line)).find(|line| line.cell == Some(cell)) {
            Some(line) => line.text.push_str(&piece.text),
            None => {
                // The lower row of a head may name columns that the upper one leaves out.
                let right = |line: &&Line| same(line) && line.cell.is_some_and(|c| c.column > cell.column);
                let at = lines.len() - lines.iter().rev().take_while(right).count();
                lines.insert(at, Line { text: piece.text.clone(), cell: Some(cell), ..Line::default() });
            }
        }
    }
}

/// The row belongs to the paragraph of the row before it.
fn goes_on(before: &Row, theirs: &Frame, row: &Row, frame: &Frame) -> bool {
    let near = (before.page, before.block) != (row.page, row.block)
        || (row.y - before.y) < frame.pitch.clamp(row.size * 1.2, row.size * 2.4) * 1.5;
    let alike = (before.size / row.size - 1.0).abs() < 0.09;
    if !near
        || !alike
        || before.pieces.len().max(row.pieces.len()) > 1
        || theirs.centred(before)
        || frame.centred(row)
        || !theirs.full(before, row.lead)
    {
        return false;
    }
    // Paragraphs set in as a whole go on below their first row if that did not end a sentence.
    let level = (before.left - theirs.left - (row.left - frame.left)).abs() < row.size * 0.5;
    let ended = before.text.ends_with(|c| "。！？：；".contains(c));
    if ended && numbered(&row.text) {
        return false;
    }
    !frame.indented(row) || level && !ended && before.all_bold() == row.all_bold()
}

/// It begins as headings and items do: `一、`, `（一）`, `第一章`, `1.`.
fn numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(['（', '(', '第']);
    let inner = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c));
    let mut behind = inner.chars();
    let closed = match behind.next() {
        Some('、' | '）' | ')' | '．') => true,
        Some('.') => !behind.next().is_some_and(|c| c.is_ascii_digit()),
        Some('章' | '节' | '条' | '篇' | '部') => text.starts_with('第'),
        _ => false,
    };
    inner.len() < rest.len() && closed
}
