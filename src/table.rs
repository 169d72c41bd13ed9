//! The form of the files in `lexicon/`: tab-separated columns, a row a line, `#` before a comment.

/// Rows of a lexicon file, each its columns.
pub fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// The first column of each row whose second column is `class`.
pub fn of_class<'a>(text: &'a str, class: &'a str) -> impl Iterator<Item = &'a str> {
    rows(text).filter(move |row| row.get(1) == Some(&class)).map(|row| row[0])
}
