//! Files that hold texts or tables in rows: told here, split in `unpack`.

use crate::report::Format;
use crate::table::{self, Tables};
use crate::text::decimal;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collection {
    /// RFC 4180, with this between fields.
    Delimited(char),
    /// An object a line, or an array of objects.
    Json,
    /// Translation memory exchange.
    Tmx,
}

impl Collection {
    /// As people know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Delimited('\t') => "TSV",
            Self::Delimited(_) => "CSV",
            Self::Json => "JSON",
            Self::Tmx => "TMX",
        }
    }

    pub fn format(self) -> Format {
        match self {
            Self::Delimited('\t') => Format::Tsv,
            Self::Delimited(_) => Format::Csv,
            Self::Json => Format::Jsonl,
            Self::Tmx => Format::Tmx,
        }
    }
}

/// What the names of columns say.
#[derive(Debug)]
pub struct Columns(HashMap<String, String>);

impl Columns {
    pub fn parse(tables: &Tables) -> Self {
        let rows = table::rows(tables.get("columns.tsv"));
        let pairs = rows
            .filter(|row| row.len() == 2)
            .flat_map(|row| row[1].split_whitespace().map(move |name| (name.to_owned(), row[0].to_owned())));
        Self(pairs.collect())
    }

    /// What a column holds: `title`, `place`, `year`, `published`, `author`, `text`, `zh`.
    pub fn role(&self, name: &str) -> Option<&str> {
        self.0.get(&name.trim().to_lowercase()).map(String::as_str)
    }
}

/// What kind of collection a text is, if it is one. A report with commas in its lines is none.
pub fn collection(text: &str, columns: &Columns) -> Option<Collection> {
    let text = text.trim_start();
    match text.chars().next()? {
        '{' | '[' => is_json(text).then_some(Collection::Json),
        '<' => is_tmx(text).then_some(Collection::Tmx),
        _ => ['\t', ','].into_iter().find(|d| is_delimited(text, *d, columns)).map(Collection::Delimited),
    }
}

/// An object with a key begins here, in an array or without.
fn is_json(text: &str) -> bool {
    let object = text.strip_prefix('[').unwrap_or(text).trim_start();
    let key = object.strip_prefix('{').and_then(|rest| rest.trim_start().strip_prefix('"'));
    key.and_then(|rest| rest.split_once('"')).is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
}

fn is_tmx(text: &str) -> bool {
    let end = text.char_indices().nth(2000).map_or(text.len(), |(at, _)| at);
    text[..end].contains("<tmx")
}

/// Head and rows of as many fields, the head of names and not of words of a text.
fn is_delimited(text: &str, delimiter: char, columns: &Columns) -> bool {
    /// A file that is no table shows it in so many rows.
    const ROWS: usize = 50;
    const NAME: usize = 30;
    let mut records = Records::new(text, delimiter);
    let Some(head) = records.next().filter(|head| head.len() > 1) else { return false };
    let names: Vec<&str> = head.iter().map(|field| field.text.trim()).collect();
    let is_name = |name: &&str| {
        name.chars().count() <= NAME
            && name.chars().all(|c| c.is_alphanumeric() || " _-()()[]/%%.·:".contains(c))
    };
    let distinct: HashSet<&str> = names.iter().copied().collect();
    if !names.iter().all(is_name)
        || distinct.len() < names.len()
        || names.iter().all(|n| decimal(n.strip_prefix('-').unwrap_or(n)).is_some())
    {
        return false;
    }
    let (mut rows, mut quoted, mut sentences) = (0, false, false);
    for row in records.by_ref().take(ROWS) {
        if row.len() != head.len() {
            return false;
        }
        rows += 1;
        quoted |= row.iter().any(|field| field.quoted);
        sentences |= row.iter().any(|field| !field.quoted && field.text.contains('。'));
    }
    if records.broken || rows == 0 {
        return false;
    }
    let known = names.iter().any(|name| columns.role(name).is_some());
    // Lines of a text may by chance have a comma each.
    known || quoted || (!sentences && rows >= if head.len() > 2 { 2 } else { 4 })
}

pub struct Field<'a> {
    pub text: Cow<'a, str>,
    pub quoted: bool,
}

/// The records of a delimited file; blank lines are none.
pub struct Records<'a> {
    rest: &'a str,
    delimiter: char,
    /// Something stood behind a closing quote, or a quote was never closed.
    pub broken: bool,
}

impl<'a> Records<'a> {
    pub fn new(text: &'a str, delimiter: char) -> Self {
        Self { rest: text.trim_start_matches(['\r', '\n']), delimiter, broken: false }
    }

    /// The next field; the rest then begins with what ended it.
    fn field(&mut self) -> Field<'a> {
        let ends = |c: char| c == self.delimiter || c == '\n' || c == '\r';
        let Some(quoted) = self.rest.strip_prefix('"') else {
            let end = self.rest.find(ends).unwrap_or(self.rest.len());
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Field { text: text.into(), quoted: false };
        };
        // A doubled quote stands for one.
        let mut text = Cow::Borrowed("");
        let mut from = quoted;
        loop {
            let Some(at) = from.find('"') else {
                self.broken = true;
                text += from;
                self.rest = "";
                break;
            };
            text += &from[..at];
            from = &from[at + 1..];
            match from.strip_prefix('"') {
                Some(rest) => {
                    text += "\"";
                    from = rest;
                }
                None => {
                    let end = from.find(ends).unwrap_or(from.len());
                    self.broken |= !from[..end].trim().is_empty();
                    text += from[..end].trim_end();
                    self.rest = &from[end..];
                    break;
                }
            }
        }
        Field { text, quoted: true }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Vec<Field<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let mut fields = vec![self.field()];
        while let Some(rest) = self.rest.strip_prefix(self.delimiter) {
            self.rest = rest;
            fields.push(self.field());
        }
        self.rest = self.rest.trim_start_matches(['\r', '\n']);
        Some(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn told(text: &str) -> Option<Collection> {
        collection(text, &Lexicon::builtin().read.columns)
    }

    #[test]
    fn tables_of_texts_are_told() {
        let csv = Some(Collection::Delimited(','));
        assert_eq!(told("province,year,full_text\n云泽省,2024,\"各位代表,\n现在报告。\"\n"), csv);
        assert_eq!(told("甲,乙\n\"他说\"\"好\"\"\",2\n"), csv);
        assert_eq!(told("题目,正文\n报告,全年召开会议6次。\n"), csv);
        assert_eq!(told("指标,2023年,增长(%)\n生产总值,120,5.1\n财政收入,12,3.0\n"), csv);
        assert_eq!(
            told("指标\t单位\n总值\t亿元\n收入\t亿元\n支出\t亿元\n人口\t万人"),
            Some(Collection::Delimited('\t'))
        );
        assert_eq!(told("\n{\"title\": \"报告\"}\n{\"title\": 1}"), Some(Collection::Json));
        assert_eq!(told("[ {\"title\":1}]"), Some(Collection::Json));
        assert_eq!(told("<?xml version=\"1.0\"?>\n<tmx version=\"1.4\">"), Some(Collection::Tmx));
    }

    #[test]
    fn texts_with_commas_are_no_tables() {
        for text in [
            "各位委员,同志们:\n现在,我报告工作。\n",
            "一年来,全县工作扎实推进,成效明显。\n全年召开会议6次,收到提案238件,办复率100%。\n",
            "团结,民主\n全年召开会议,收到提案。\n继续努力,再上台阶。\n各位委员,同志们。\n大家,一起来。",
            "会议,视察\n提案,协商\n",
            "\"十四五\"时期,全县\n政协,履职\n",
            "title,text\n报告",
            "[摘要] {略}",
            "<p>全年</p>",
            "2024,2025\n1,2\n3,4\n5,6\n7,8\n",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn records_follow_the_standard() {
        let text = "a,\"b\"\"1\"\",\n2\" ,\r\n\n,\"\"\nc";
        let records: Vec<Vec<String>> = Records::new(text, ',')
            .map(|record| record.into_iter().map(|field| field.text.into_owned()).collect())
            .collect();
        assert_eq!(records, [vec!["a", "b\"1\",\n2", ""], vec!["", ""], vec!["c"]]);
    }
}
