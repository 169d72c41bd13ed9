//! Rows of a table to reports: one a row where a column holds reports, one of all where it holds their
//! paragraphs, and else the table itself.

use super::{Content, Entry};
use crate::read::collection::Columns;
use crate::read::{Cell, Draft, Facts, Line};
use crate::text::iso_date;

/// Han characters of a cell that is a report, and of one in a column that says it holds texts.
const REPORT: usize = 300;
const SAID_REPORT: usize = 50;
/// Han characters of a column that is a report in paragraphs.
const PARAGRAPHS: usize = 500;
/// Characters of a title in an entry's name.
const TITLE: usize = 60;

/// The cells that hold something, by their column.
pub type Row = Vec<(usize, String)>;

/// What a table gives, its head among the rows; `draft` says what all entries share.
pub fn entries(rows: Vec<Row>, name: &str, draft: &Draft, columns: &Columns) -> Vec<Entry> {
    // A title may stand above the head.
    let Some(head) = rows.iter().position(|row| row.len() > 1) else {
        return table(rows, name, draft).into_iter().collect();
    };
    let roles: Vec<(usize, &str)> =
        rows[head].iter().filter_map(|(column, name)| Some((*column, columns.role(name)?))).collect();
    let body = &rows[head + 1..];
    let Some((column, total, all)) = longest(body) else {
        return table(rows, name, draft).into_iter().collect();
    };
    let said = roles.iter().any(|(c, role)| *c == column && matches!(*role, "text" | "zh"));
    let least = if said { SAID_REPORT } else { REPORT };
    let texts: Vec<&str> = body.iter().map(|row| cell(row, column)).filter(|text| han(text) > 0).collect();
    let long = texts.iter().filter(|text| han(text) >= least).count();
    let sentences = texts.iter().filter(|text| text.contains(['。', ';', '；'])).count();
    let reports = texts.iter().any(|text| han(text) >= REPORT) || texts.len() == 1;
    if long * 2 > texts.len() && reports {
        collection(body, column, &roles, name, draft)
    } else if total >= PARAGRAPHS && sentences * 3 > texts.len() && total * 5 >= all * 4 {
        vec![text(name, joined(texts), draft)]
    } else {
        table(rows, name, draft).into_iter().collect()
    }
}

/// The column with the most Chinese in it, how much that is, and how much all have.
fn longest(rows: &[Row]) -> Option<(usize, usize, usize)> {
    let mut sums = std::collections::BTreeMap::new();
    for (column, text) in rows.iter().flatten() {
        *sums.entry(*column).or_insert(0) += han(text);
    }
    let all = sums.values().sum();
    sums.into_iter().max_by_key(|(_, sum)| *sum).map(|(column, sum)| (column, sum, all))
}

fn collection(rows: &[Row], column: usize, roles: &[(usize, &str)], name: &str, draft: &Draft) -> Vec<Entry> {
    let filled = rows.iter().enumerate().filter(|(_, row)| han(cell(row, column)) > 0);
    let alone = filled.clone().count() == 1;
    filled
        .map(|(i, row)| {
            let of = |wanted: &str| {
                let found = roles.iter().find(|(c, role)| *role == wanted && *c != column);
                found.map_or("", |(c, _)| cell(row, *c).trim())
            };
            let title = of("title");
            let mut words = vec![(i + 1).to_string()];
            words.extend(
                ["place", "year"].map(of).into_iter().filter(|w| !title.contains(w)).map(str::to_owned),
            );
            words.extend((!title.is_empty()).then(|| title.chars().take(TITLE).collect()));
            let facts = Facts {
                title: title.to_owned(),
                published: iso_date(of("published")).map(|(date, _)| date).unwrap_or_default(),
                author: of("author").to_owned(),
                site: String::new(),
            };
            let name = if alone { name.to_owned() } else { format!("{name}: {}", words.join(" ")) };
            text(&name, cell(row, column).to_owned(), &Draft { facts, ..draft.clone() })
        })
        .collect()
}

fn text(name: &str, text: String, draft: &Draft) -> Entry {
    Entry { name: name.to_owned(), content: Ok(Content::Draft(Draft { text, ..draft.clone() })) }
}

/// A piece that ends in a comma goes on with the next.
pub fn joined<'a>(pieces: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for piece in pieces {
        text.push_str(piece.trim_end());
        if !text.ends_with(['，', ',', '、']) {
            text.push('\n');
        }
    }
    text
}

/// A cell a line; nothing where no cell has words.
fn table(rows: Vec<Row>, name: &str, draft: &Draft) -> Option<Entry> {
    if !rows.iter().flatten().any(|(_, text)| han(text) > 0) {
        return None;
    }
    let line = |row, column, text| Line {
        text,
        cell: Some(Cell { row, column, ..Cell::default() }),
        ..Line::default()
    };
    let lines = rows
        .into_iter()
        .enumerate()
        .flat_map(|(row, cells)| cells.into_iter().map(move |(column, text)| line(row, column, text)));
    let draft = Draft { lines: lines.collect(), ..draft.clone() };
    Some(Entry { name: name.to_owned(), content: Ok(Content::Draft(draft)) })
}

fn cell(row: &Row, column: usize) -> &str {
    row.binary_search_by_key(&column, |(c, _)| *c).map_or("", |at| &row[at].1)
}

fn han(text: &str) -> usize {
    text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count()
}
