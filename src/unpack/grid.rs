//! Simple tables among the rows of a page: a head, and below it rows of numbers that all have the same columns.
//!
//! Pages do not say that there is a table. Where anything is doubtful, its rows stay rows.

use super::layout::Row;
use std::ops::Range;

/// Rows below the head; fewer may stand below each other by chance.
const LEAST: usize = 2;

/// What stands between two whites of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub left: f32,
    pub right: f32,
    pub text: String,
}

/// Where a row of pieces stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub table: usize,
    pub row: usize,
    /// Of each piece.
    pub columns: Vec<usize>,
    /// The head of a table that goes on, said again.
    pub again: bool,
}

/// Gives the rows of simple tables their places. All rows are of the text, in reading order.
pub fn tables(rows: &mut [&mut Row]) {
    let mut tables: usize = 0;
    let mut last: Option<Found> = None;
    let mut from = 0;
    while from < rows.len() {
        let Some(mut found) = find(rows, from) else {
            from += 1;
            continue;
        };
        let head = text(rows, found.head.clone());
        // Over the page, a table goes on with its head said again, or without.
        let before = last.take().filter(|before| {
            before.body.end == found.head.start
                && rows[before.head.start].page + 1 == rows[found.head.start].page
                && before.columns.len() == found.columns.len()
                && before
                    .columns
                    .iter()
                    .zip(&found.columns)
                    .all(|(a, b)| a.left < b.right && b.left < a.right)
                && (head.is_empty() || head == text(rows, before.head.clone()))
        });
        let end = found.body.end;
        if head.is_empty() && before.is_none() {
            from = end;
            continue;
        }
        let next = match &before {
            Some(before) => before.next,
            None => {
                tables += 1;
                1
            }
        };
        for (number, i) in (found.head.start..end).enumerate() {
            let row = if i < found.body.start { 0 } else { next + i - found.body.start };
            let columns = rows[i].pieces.iter().filter_map(|piece| only(&found.columns, piece)).collect();
            let again = before.is_some() && number < found.head.len();
            rows[i].place = Some(Place { table: tables - 1, row, columns, again });
        }
        found.next = next + found.body.len();
        if let Some(before) = before {
            found.head = before.head;
        }
        last = Some(found);
        from = end;
    }
}

struct Found {
    head: Range<usize>,
    body: Range<usize>,
    columns: Vec<Piece>,
    /// The row of the table that may follow.
    next: usize,
}

/// The table whose first row of numbers this is.
fn find(rows: &[&mut Row], first: usize) -> Option<Found> {
    let numbers = |row: &Row| row.pieces[1..].iter().all(|piece| number(&piece.text));
    let count = rows[first].pieces.len();
    if count < 2 || !numbers(rows[first]) {
        return None;
    }
    let mut columns = rows[first].pieces.clone();
    let mut end = first + 1;
    while end < rows.len()
        && below(rows, end)
        && rows[end].pieces.len() == count
        && numbers(rows[end])
        && rows[end].pieces.iter().enumerate().all(|(i, piece)| only(&columns, piece) == Some(i))
    {
        for (column, piece) in columns.iter_mut().zip(&rows[end].pieces) {
            column.left = column.left.min(piece.left);
            column.right = column.right.max(piece.right);
        }
        end += 1;
    }
    let apart = columns.windows(2).all(|pair| pair[0].right < pair[1].left);
    // A row with less in it goes on with the one above: no simple table.
    let broken = end < rows.len() && below(rows, end) && fits(&columns, rows[end]) && !note(&rows[end].text);
    if end - first < LEAST || !apart || broken {
        return None;
    }
    let mut start = first;
    while start > 0
        && below(rows, start)
        && rows[start - 1].place.is_none()
        && fits(&columns, rows[start - 1])
    {
        start -= 1;
    }
    // What spans several columns says something of them that would be lost.
    let spanned = start > 0
        && below(rows, start)
        && rows[start - 1].pieces.len() > 1
        && rows[start - 1].place.is_none();
    // Numbers above are rows that did not fit.
    let doubtful = rows[start..first].iter().flat_map(|row| &row.pieces).any(|piece| number(&piece.text));
    // Alone above the numbers may stand the beginning of their name.
    let named = start < first && rows[first - 1].pieces.len() == 1;
    (!spanned && !named && !doubtful).then_some(Found {
        head: start..first,
        body: first..end,
        columns,
        next: 0,
    })
}

/// It stands right below the row before it.
fn below(rows: &[&mut Row], i: usize) -> bool {
    let (above, row) = (&rows[i - 1], &rows[i]);
    (above.page, above.block) == (row.page, row.block) && row.y - above.y < row.size.max(above.size) * 3.0
}

/// Each piece is of one column, and one alone is of the first.
fn fits(columns: &[Piece], row: &Row) -> bool {
    let places: Vec<_> = row.pieces.iter().map(|piece| only(columns, piece)).collect();
    places.iter().all(Option::is_some) && (places.len() > 1 || places == [Some(0)])
}

/// The only column that the piece reaches into.
fn only(columns: &[Piece], piece: &Piece) -> Option<usize> {
    let mut within =
        (0..columns.len()).filter(|i| columns[*i].left < piece.right && piece.left < columns[*i].right);
    within.next().filter(|_| within.next().is_none())
}

fn number(text: &str) -> bool {
    let other = text.chars().filter(|c| !c.is_ascii_digit() && !".,-–—―－%‰+ …/".contains(*c)).count();
    other == 0 && text.chars().any(|c| c.is_ascii_digit() || "-–—―－…".contains(c))
}

fn note(text: &str) -> bool {
    ["注", "备注", "说明", "资料来源", "数据来源"].iter().any(|word| text.starts_with(word))
}

fn text(rows: &[&mut Row], range: Range<usize>) -> String {
    rows[range].iter().map(|row| row.text.as_str()).collect()
}
