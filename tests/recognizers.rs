//! Numbers and percentages against another project's cases in `../shared/eval/recognizers`, where it is present.
//! Each case that is read otherwise stands with its reason in `recognizers-differences.tsv`.

mod common;

use gangmu::lexicon::Lexicon;
use gangmu::metrics::{Figure, Words, numbers, percentages};
use serde_json::Value;
use std::collections::BTreeMap;

/// Of a file's cases at least so many hundredths must agree.
const FLOOR: usize = 95;

#[test]
fn numbers_are_read_as_the_cases_say() {
    agree("NumberModel.json", 365, numbers);
}

#[test]
fn percentages_are_read_as_the_cases_say() {
    agree("PercentModel.json", 152, percentages);
}

/// Case number, counted from 0, to the reason why it is read otherwise.
fn differences(file: &str) -> BTreeMap<usize, &'static str> {
    let rows = include_str!("recognizers-differences.tsv").lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|row| {
        let [name, case, reason] = row.splitn(3, '\t').collect::<Vec<_>>()[..] else {
            panic!("{row:?} has no three columns");
        };
        assert!(!reason.trim().is_empty(), "{row:?} has no reason");
        (name == file).then(|| (case.parse().expect("a number"), reason))
    })
    .collect()
}

fn agree(file: &str, count: usize, read: fn(&str, &Words) -> Vec<Figure>) {
    let Some(folder) = common::shared() else {
        println!("SKIPPED: no folder ../shared");
        return;
    };
    let bytes = std::fs::read(folder.join("eval/recognizers").join(file)).expect("the cases are there");
    let json = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let cases: Vec<Value> = serde_json::from_slice(json).expect("it is JSON");
    assert_eq!(cases.len(), count);

    let known = differences(file);
    let words = &Lexicon::builtin().metrics;
    let mut wrong = Vec::new();
    let mut passed = 0;
    for (i, case) in cases.iter().enumerate() {
        let input = case["Input"].as_str().expect("a text");
        let found: Vec<_> = read(input, words).iter().map(|f| place(input, f)).collect();
        let results = case["Results"].as_array().expect("a list");
        let exact = case["IgnoreResolution"] != true;
        let right = found.len() == results.len()
            && found.iter().zip(results).all(|(found, want)| same(*found, want, exact));
        passed += usize::from(right);
        if right == known.contains_key(&i) {
            let results: Vec<_> = results
                .iter()
                .map(|r| format!("{} {} {}", r["Start"], r["End"], r["Resolution"]["value"]))
                .collect();
            wrong.push(format!("{i} {input:?}: found {found:?}, wanted {results:?}"));
        }
    }
    println!("{file}: {passed} of {count} agree");
    assert!(wrong.is_empty(), "not as the table of differences says:\n{}", wrong.join("\n"));
    assert!(100 * passed >= FLOOR * count, "only {passed} of {count}");
}

/// First and last place in UTF-16 units, and the value.
fn place(input: &str, figure: &Figure) -> (usize, usize, f64) {
    let units = |end: usize| input[..end].encode_utf16().count();
    (units(figure.span.start), units(figure.span.end) - 1, figure.value)
}

/// The cases give some fifteen digits.
fn same(found: (usize, usize, f64), want: &Value, exact: bool) -> bool {
    let number = |v: &Value| v.as_u64().and_then(|n| usize::try_from(n).ok());
    let value = want["Resolution"]["value"].as_str().unwrap_or_default().trim_end_matches('%');
    let value: f64 = value.parse().expect("a number");
    Some(found.0) == number(&want["Start"])
        && Some(found.1) == number(&want["End"])
        && (!exact || (found.2 - value).abs() <= 1e-12 * value.abs().max(1e-3))
}
