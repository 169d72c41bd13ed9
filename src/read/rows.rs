//! Cells of tables to lines: a row of short cells is one line, with tabs between its cells and for its empty ones.
//! Cells of other rows stay lines of their own, and lose their place if the row is none.

use super::{Block, Hint};
use crate::text::Glyph;
use std::collections::{BTreeSet, HashMap};

/// The longest cell of a table of data, in characters; longer ones hold text of their own.
const CELL: usize = 60;
/// Tables with more columns are layouts, or nobody's reading.
const COLUMNS: usize = 100;

/// Joins the cells of each row that holds data. Columns that are empty in the whole table do not count; `absorb` hears
/// which item takes up which.
pub fn rows<T>(items: Vec<T>, block: fn(&mut T) -> &mut Block, absorb: fn(&mut T, &T)) -> Vec<T> {
    let mut items = items;
    let mut columns: HashMap<usize, BTreeSet<usize>> = HashMap::new();
    for cell in items.iter_mut().filter_map(|item| block(item).cell) {
        let used = columns.entry(cell.table).or_default();
        used.insert(cell.column);
        // What spans the last columns shows that they are there.
        if cell.span > 1 && used.len() <= COLUMNS {
            used.extend((cell.column..cell.column.saturating_add(cell.span)).take(COLUMNS));
        }
    }
    let mut joined: Vec<T> = Vec::with_capacity(items.len());
    let mut rest = items.into_iter().peekable();
    while let Some(mut first) = rest.next() {
        let Some(cell) = block(&mut first).cell else {
            joined.push(first);
            continue;
        };
        let mut cells = vec![first];
        while rest.peek_mut().is_some_and(|next| {
            let next = block(next).cell;
            next.is_some_and(|next| (next.table, next.row) == (cell.table, cell.row))
        }) {
            cells.extend(rest.next());
        }
        let places: Vec<usize> = cells.iter_mut().filter_map(|c| Some(block(c).cell?.column)).collect();
        let used = &columns[&cell.table];
        let of_cells = cells.len() > 1 && places.windows(2).all(|pair| pair[0] < pair[1]);
        let data =
            of_cells && used.len() <= COLUMNS && cells.iter_mut().all(|c| block(c).glyphs.len() <= CELL);
        if data {
            joined.push(row(cells, used, block, absorb));
            continue;
        }
        // A layout, or a frame.
        if !of_cells {
            cells.iter_mut().for_each(|cell| block(cell).cell = None);
        }
        joined.extend(cells);
    }
    joined
}

fn row<T>(
    mut cells: Vec<T>,
    used: &BTreeSet<usize>,
    block: fn(&mut T) -> &mut Block,
    absorb: fn(&mut T, &T),
) -> T {
    // Whose number it is that stands in several columns cannot be told: the row is not given as many cells as others.
    let uncertain = cells.iter_mut().any(|cell| spans_numbers(block(cell)));
    let mut line: Vec<Glyph> = Vec::new();
    // Tabs stand for nothing in the source.
    let tabs = |line: &mut Vec<Glyph>, count: usize, at: u32| {
        line.extend(std::iter::repeat_n(Glyph { c: '\t', start: at, end: at }, count));
    };
    let mut rank = 0;
    for (i, cell) in cells.iter_mut().enumerate() {
        let cell = block(cell);
        let column = cell.cell.map_or(0, |cell| used.range(..cell.column).count());
        let count = if uncertain { usize::from(i > 0) } else { column - rank };
        tabs(&mut line, count, cell.glyphs.first().map_or(0, |g| g.start));
        line.append(&mut cell.glyphs);
        rank = column;
    }
    if !uncertain {
        let end = line.last().map_or(0, |g| g.end);
        tabs(&mut line, used.len() - 1 - rank, end);
    }
    let mut first = cells.remove(0);
    cells.iter().for_each(|cell| absorb(&mut first, cell));
    let block = block(&mut first);
    block.glyphs = line;
    block.hint = Hint::default();
    first
}

/// A number over several columns; years may stand over them.
fn spans_numbers(block: &Block) -> bool {
    let digits = block.glyphs.iter().filter(|g| g.c.is_ascii_digit()).count();
    let words = block.glyphs.iter().any(|g| g.c.is_alphabetic());
    let spans = block.cell.is_some_and(|cell| cell.span > 1);
    spans && !words && digits > 0 && !(digits == 4 && block.glyphs.len() == 4)
}
