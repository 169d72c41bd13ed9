//! Texts that hold reports in rows: CSV, TSV, JSON, JSON Lines, TMX.

use super::rows::{Row, entries as of_rows, joined};
use super::xml::{self, Element};
use super::{Content, Entry, Within};
use crate::Error;
use crate::decode::Decoded;
use crate::read::Draft;
use crate::read::collection::{Collection, Records};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::HashMap;
use std::fmt;

/// Objects may have as many keys together; others are not read.
const MAX_COLUMNS: usize = 256;

/// The reports in a decoded collection.
pub fn entries(
    collection: Collection,
    decoded: Decoded,
    name: &str,
    within: &Within,
) -> Result<Vec<Entry>, Error> {
    let Decoded { text, encoding, from, warnings } = decoded;
    let draft = Draft {
        format: collection.format(),
        encoding: Some((encoding.to_owned(), from)),
        warnings,
        ..Draft::default()
    };
    let mut broken = Vec::new();
    let rows = match collection {
        Collection::Delimited(delimiter) => Records::new(&text, delimiter)
            .map(|record| row(record.into_iter().map(|field| field.text.into_owned()).enumerate()))
            .collect(),
        Collection::Json => json(&text, name, &mut broken)?,
        Collection::Tmx => {
            let draft = Draft { text: tmx(&text)?, ..draft };
            return Ok(vec![Entry { name: name.to_owned(), content: Ok(Content::Draft(draft)) }]);
        }
    };
    let mut entries = of_rows(rows, name, &draft, &within.options.lexicon().read.columns);
    entries.extend(broken);
    within.budget.take_entries(entries.len())?;
    if entries.is_empty() { Err(Error::NoText) } else { Ok(entries) }
}

fn row(cells: impl Iterator<Item = (usize, String)>) -> Row {
    cells.filter(|(_, text)| !text.trim().is_empty()).collect()
}

/// Objects as rows below a head of their keys; lines that are no JSON become entries that say so.
fn json(text: &str, name: &str, broken: &mut Vec<Entry>) -> Result<Vec<Row>, Error> {
    let text = text.trim_start();
    let mut objects: Vec<Object> = Vec::new();
    if text.starts_with('[') {
        objects = serde_json::from_str(text).map_err(|_| Error::Damaged)?;
    } else {
        let mut rest = text;
        while !rest.trim_start().is_empty() {
            let mut stream = serde_json::Deserializer::from_str(rest).into_iter();
            objects.extend(stream.by_ref().map_while(Result::ok));
            rest = rest[stream.byte_offset()..].trim_start();
            if !rest.is_empty() {
                // It keeps its number, and has no cells.
                objects.push(Object(Vec::new()));
                let name = format!("{name}: {}", objects.len());
                broken.push(Entry { name, content: Err(Error::Damaged) });
                rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
            }
        }
    }
    let mut columns: HashMap<String, usize> = HashMap::new();
    let mut head = Row::new();
    let rows: Vec<Row> = objects
        .into_iter()
        .map(|object| {
            let mut cells = Row::new();
            for (key, Words(text)) in object.0 {
                if columns.len() < MAX_COLUMNS && !columns.contains_key(&key) {
                    head.push((columns.len(), key.clone()));
                    columns.insert(key.clone(), columns.len());
                }
                if let Some(column) = columns.get(&key) {
                    cells.push((*column, text));
                }
            }
            cells.sort_by_key(|(column, _)| *column);
            row(cells.into_iter())
        })
        .collect();
    Ok([vec![head], rows].concat())
}

/// Keys and their values, in the order of the file.
struct Object(Vec<(String, Words)>);

/// A value's words, whatever it is made of; a line each where it is a list.
struct Words(String);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Object;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Words;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_str<E>(self, text: &str) -> Result<Words, E> {
                Ok(Words(text.to_owned()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Words, E> {
                Ok(Words(number.to_string()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Words, E> {
                Ok(Words(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Words, E> {
                Ok(Words(number.to_string()))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Words, E> {
                Ok(Words(value.to_string()))
            }
            fn visit_unit<E>(self) -> Result<Words, E> {
                Ok(Words(String::new()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Words, A::Error> {
                let mut lines = Vec::new();
                while let Some(Words(text)) = list.next_element()? {
                    lines.push(text);
                }
                Ok(Words(lines.join("\n")))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
                let mut lines = Vec::new();
                while let Some((IgnoredAny, Words(text))) = map.next_entry()? {
                    lines.push(text);
                }
                Ok(Words(lines.join("\n")))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// The Chinese segments of a translation memory, in their order.
fn tmx(text: &str) -> Result<String, Error> {
    let root = xml::parse(text.as_bytes())?;
    let units =
        root.child("body").into_iter().flat_map(|body| body.all("tu")).flat_map(|unit| unit.all("tuv"));
    let chinese = units.filter(|v| v.get("lang").is_some_and(|lang| lang.to_lowercase().starts_with("zh")));
    let segments: Vec<String> = chinese.filter_map(|v| v.child("seg")).map(Element::text).collect();
    if segments.is_empty() { Err(Error::NoText) } else { Ok(joined(segments.iter().map(String::as_str))) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{drafts, sentences};
    use super::*;
    use crate::read::Facts;

    #[test]
    fn a_row_is_a_report_with_what_the_columns_say() {
        let (one, two) = (sentences(40), sentences(30));
        let csv = format!(
            "province,year,title,publish_date,source,full_text\r\n\
            云泽省,2024,政府工作报告,2024/1/9 10:00,云泽日报,\"{one}\"\r\n,,,,,\r\n\
            禾川省,2024,2024年禾川省政府工作报告,,,\"第一行\n{two}\"\r\n"
        );
        let read = drafts(csv.as_bytes());
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].0, "表.csv: 1 云泽省 2024 政府工作报告");
        assert_eq!(read[1].0, "表.csv: 3 2024年禾川省政府工作报告");
        assert_eq!(read[0].1.text, one);
        let facts = Facts {
            title: "政府工作报告".into(),
            published: "2024-01-09".into(),
            author: "云泽日报".into(),
            site: String::new(),
        };
        assert_eq!(read[0].1.facts, facts);
        assert!(read[1].1.text.starts_with("第一行\n"));
        // In another encoding, which is told.
        let read = drafts(&encoding_rs::GBK.encode(&csv).0);
        assert_eq!(read[0].1.encoding.as_ref().unwrap().0, "GB18030");
        assert_eq!(read[0].1.text, one);
        // One report keeps the file's name.
        assert_eq!(drafts(format!("year,text\n2024,{one}").as_bytes())[0].0, "表.csv");
    }

    #[test]
    fn a_table_without_reports_is_a_table() {
        let read = drafts("指标,2023年,2024年\n生产总值,120,131\n财政收入,,12\n".as_bytes());
        assert_eq!(read.len(), 1);
        let cells: Vec<_> =
            read[0].1.lines.iter().map(|l| (l.cell.unwrap().row, l.cell.unwrap().column)).collect();
        assert_eq!(cells, [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 2)]);
        assert_eq!(read[0].1.format, crate::report::Format::Csv);
    }

    #[test]
    fn a_column_of_paragraphs_is_one_report() {
        let rows: String =
            (0..30).map(|i| format!("{i}\t全县上下齐心协力，\t\n{i}\t{}\tall\n", sentences(1))).collect();
        let read = drafts(format!("号\t中文\ten\n{rows}").as_bytes());
        assert_eq!(read.len(), 1);
        assert!(read[0].1.text.starts_with(&format!("全县上下齐心协力，{}\n", sentences(1))));
    }

    #[test]
    fn objects_are_rows_in_lines_and_in_lists() {
        let text = sentences(40);
        let one =
            format!("{{\"title\": \"报告一\", \"年\": 2024, \"body\": [\"{text}\", {{\"x\": \"完。\"}}]}}");
        let two = format!("{{\"body\": \"{text}\", \"title\": \"报告二\"}}");
        for json in [format!("{one}\n{two}\n"), format!("[{one},\n{two}]")] {
            let read = drafts(json.as_bytes());
            assert_eq!(read.len(), 2, "{json}");
            assert_eq!(read[0].0, "表.csv: 1 2024 报告一");
            assert_eq!(read[0].1.text, format!("{text}\n完。"));
            assert_eq!(read[1].1.text, text);
        }
        let broken = format!("{one}\n{{\"title\": oops\n{two}\n");
        let entries = super::super::tests::unpacked(broken.as_bytes()).unwrap();
        let damaged: Vec<_> = entries.iter().map(|e| e.content == Err(Error::Damaged)).collect();
        assert_eq!(damaged, [false, false, true]);
        assert_eq!(super::super::tests::unpacked(format!("[{one},").as_bytes()), Err(Error::Damaged));
        let deep = format!("[{{\"a\":{}", "[".repeat(100_000));
        assert_eq!(super::super::tests::unpacked(deep.as_bytes()), Err(Error::Damaged));
    }

    #[test]
    fn a_translation_memory_gives_its_chinese() {
        let unit = |zh: &str| {
            format!(
                "<tu><tuv xml:lang=\"EN-US\"><seg>words</seg></tuv><tuv xml:lang=\"zh-CN\"><seg>{zh}</seg></tuv></tu>"
            )
        };
        let units = ["政府工作报告", "全年总产值&lt;5亿元，", "增长5%。"].map(unit).concat();
        let read = drafts(
            format!("<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><body>{units}</body></tmx>").as_bytes(),
        );
        assert_eq!(read[0].1.text, "政府工作报告\n全年总产值<5亿元，增长5%。\n");
    }
}
