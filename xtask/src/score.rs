//! Holds a reading of a report against its annotation: the rules of `score.py`, which stands beside the
//! guide that reports are annotated by, figure for figure.
//!
//! All offsets here count characters.

use crate::Result;
use gangmu::report::Offsets;
use gangmu::{Options, extract};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, hash::Hash};
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

pub const FIGURES: [&str; 14] = [
    "text",
    "headings",
    "outline",
    "metrics",
    "rows",
    "value",
    "unit",
    "hedge",
    "indicator",
    "kind",
    "period",
    "status",
    "section",
    "meta",
];
const ATTRIBUTES: &[&str] = &["value", "unit", "hedge", "indicator", "kind", "period", "status", "section"];
const META: &[&str] = &[
    "title",
    "organization",
    "place",
    "kind",
    "period",
    "session",
    "date",
    "published",
    "speaker",
    "truncated",
];

/// How well one report was read.
pub struct Score {
    /// The report's kind, as annotated.
    pub kind: String,
    /// In percent, in the order of [`FIGURES`].
    pub figures: [f64; FIGURES.len()],
    /// What was missed, invented or misread.
    pub faults: Vec<String>,
    /// The confidence of each row that was found, and whether its value, unit, indicator and status are right.
    pub sure: Vec<(f64, bool)>,
}

/// Reads an annotated folder's source and scores what comes out.
pub fn folder(folder: &Path) -> Result<Score> {
    let gold = Side::gold(folder)?;
    let source = source(folder)?;
    let bytes = fs::read(&source).map_err(|e| format!("{}: {e}", source.display()))?;
    let name = source.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let options = Options { name, offsets: Offsets::Utf32, ..Options::default() };
    match extract(&bytes, &options) {
        Ok(report) => {
            Ok(score(&gold, &Side::said(&serde_json::to_value(&report).map_err(|e| e.to_string())?)))
        }
        Err(error) => {
            let mut score = score(&gold, &Side::default());
            score.faults.insert(0, format!("not read: {error}"));
            Ok(score)
        }
    }
}

/// The file of an annotated folder that is read.
pub fn source(folder: &Path) -> Result<PathBuf> {
    let mut found = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    let source = found.find(|p| p.file_stem().is_some_and(|s| s == "source"));
    source.ok_or(format!("{}: no source.* there", folder.display()))
}

// --- one shape for both sides

#[derive(Default)]
struct Side {
    meta: Value,
    text: Vec<char>,
    outline: Vec<Entry>,
    metrics: Vec<Row>,
}

struct Entry {
    depth: u64,
    /// Folded.
    title: String,
    parent: String,
    at: usize,
    optional: bool,
}

#[derive(Default)]
struct Row {
    at: usize,
    line: u64,
    quantity: String,
    value: Option<f64>,
    action: String,
    accept: Vec<String>,
    /// By attribute, as written.
    words: BTreeMap<&'static str, String>,
    section: String,
    /// The section where an optional heading is left out.
    firm_section: String,
    optional: bool,
    confidence: Option<f64>,
}

impl Row {
    fn new(json: &Value, at: usize, quantity: String) -> Self {
        let words = ["unit", "hedge", "indicator", "kind", "status"].map(|a| (a, string(&json[a])));
        let mut words = BTreeMap::from(words);
        words.insert("period", period(&json["period"]));
        let accept = json["accept"].as_array().into_iter().flatten().map(string).collect();
        Self {
            at,
            quantity,
            line: json["line"].as_u64().unwrap_or(0),
            value: json["value"].as_f64(),
            action: string(&json["action"]),
            accept,
            words,
            optional: json["optional"] == true,
            confidence: json["confidence"].as_f64(),
            ..Self::default()
        }
    }
}

impl Side {
    fn gold(folder: &Path) -> Result<Self> {
        let read = |name| {
            let path = folder.join(name);
            fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
        };
        let json: Value = serde_json::from_str(&read("gold.json")?)
            .map_err(|e| format!("{}: {e}", folder.join("gold.json").display()))?;
        let text: Vec<char> = read("clean.txt")?.trim_end_matches('\n').chars().collect();
        let mut lines = vec![(0, 0)];
        for (i, &c) in text.iter().enumerate() {
            if c == '\n' {
                lines.push((i + 1, i + 1));
            } else {
                lines.last_mut().expect("never empty").1 = i + 1;
            }
        }
        let line = |json: &Value| lines[json["line"].as_u64().unwrap_or(1) as usize - 1];
        let place = |json: &Value, needle: &str, after: usize| {
            let (begin, end) = line(json);
            find(&text, needle, after.max(begin), end).or(find(&text, needle, begin, end)).unwrap_or(begin)
        };

        let (mut outline, mut after) = (Vec::new(), 0);
        for entry in json["outline"].as_array().into_iter().flatten() {
            let title = string(&entry["title"]);
            let at = place(entry, &title, after);
            after = at + title.chars().count();
            outline.push(Entry::new(entry, at));
        }
        let (mut metrics, mut after) = (Vec::<Row>::new(), 0);
        for entry in json["metrics"].as_array().into_iter().flatten() {
            let quantity = string(&entry["quantity"]);
            let (begin, end) = line(entry);
            let shared = metrics.last().filter(|m| m.line == entry["line"] && m.quantity == quantity);
            let at = match (entry["column"].as_u64(), shared) {
                (Some(column), _) => begin + column as usize,
                (None, Some(before)) if find(&text, &quantity, after, end).is_none() => before.at,
                _ => place(entry, &quantity, after),
            };
            after = after.max(at + quantity.chars().count());
            metrics.push(Row::new(entry, at, quantity));
        }
        Ok(Self { meta: json["meta"].clone(), text, outline, metrics }.finish())
    }

    /// A report as JSON whose spans count characters.
    fn said(report: &Value) -> Self {
        let text: Vec<char> = string(&report["text"]).chars().collect();
        let number = |v: &Value| v.as_u64().unwrap_or(0) as usize;
        let outline = report["outline"].as_array().into_iter().flatten();
        let outline = outline
            .map(|s| Entry::new(s, number(&s["heading"]["start"]) + string(&s["marker"]).chars().count()));
        let metrics = report["metrics"].as_array().into_iter().flatten().map(|m| {
            let (start, end) = (number(&m["span"]["start"]), number(&m["span"]["end"]));
            Row::new(m, start, text[start..end].iter().collect())
        });
        let (outline, metrics) = (outline.collect(), metrics.collect());
        Self { meta: report["meta"].clone(), outline, metrics, text }.finish()
    }

    fn finish(mut self) -> Self {
        let mut parents: Vec<(u64, String)> = Vec::new();
        for entry in &mut self.outline {
            while parents.last().is_some_and(|p| p.0 >= entry.depth) {
                parents.pop();
            }
            entry.parent = parents.last().map_or_else(String::new, |p| p.1.clone());
            parents.push((entry.depth, entry.title.clone()));
        }
        for metric in &mut self.metrics {
            for entry in self.outline.iter().take_while(|e| e.at <= metric.at) {
                metric.section.clone_from(&entry.title);
                if !entry.optional {
                    metric.firm_section.clone_from(&entry.title);
                }
            }
        }
        self.metrics.sort_by_key(|m| m.at);
        self
    }

    /// The characters around a metric.
    fn context(&self, metric: &Row) -> BTreeSet<char> {
        let (at, width) = (metric.at.min(self.text.len()), 12);
        let piece = |from: usize, to: usize| fold(&self.text[from..to].iter().collect::<String>());
        let before = piece(at.saturating_sub(width), at);
        before.chars().chain(piece(at, (at + width).min(self.text.len())).chars()).collect()
    }
}

impl Entry {
    fn new(json: &Value, at: usize) -> Self {
        let title = fold(&string(&json["title"]));
        let depth = json["depth"].as_u64().unwrap_or(1);
        Self { depth, title, parent: String::new(), at, optional: json["optional"] == true }
    }
}

fn string(json: &Value) -> String {
    json.as_str().unwrap_or_default().to_owned()
}

fn period(json: &Value) -> String {
    let (start, end) = (string(&json["start"]), string(&json["end"]));
    match json {
        Value::Object(_) if start == end || end.is_empty() => start,
        Value::Object(_) => format!("{start}/{end}"),
        _ => string(json),
    }
}

fn find(text: &[char], needle: &str, from: usize, to: usize) -> Option<usize> {
    let needle: Vec<char> = needle.chars().collect();
    let last = to.checked_sub(needle.len())?;
    (from..=last).find(|&i| text[i..].starts_with(&needle))
}

/// Width, case, spaces and punctuation do not decide a comparison.
fn fold(text: &str) -> String {
    use GeneralCategoryGroup::{Letter, Number};
    let keep = |c: &char| matches!(c.general_category_group(), Letter | Number) || matches!(c, '%' | '°');
    text.nfkc().collect::<String>().to_lowercase().chars().filter(keep).collect()
}

type Counter<T> = BTreeMap<T, usize>;

fn count<T: Ord + Hash>(all: impl IntoIterator<Item = T>) -> Counter<T> {
    all.into_iter().fold(Counter::new(), |mut counter, one| {
        *counter.entry(one).or_default() += 1;
        counter
    })
}

fn both<T: Ord>(one: &Counter<T>, other: &Counter<T>) -> usize {
    one.iter().map(|(k, n)| *n.min(other.get(k).unwrap_or(&0))).sum()
}

/// What is left of a counter.
fn without<'a, T: Ord>(one: &'a Counter<T>, other: &'a Counter<T>) -> impl Iterator<Item = &'a T> {
    one.iter().flat_map(|(k, n)| std::iter::repeat_n(k, n.saturating_sub(*other.get(k).unwrap_or(&0))))
}

fn shingles(text: &str, n: usize) -> Counter<String> {
    let chars: Vec<char> = fold(text).chars().collect();
    let starts = 0..(chars.len() + 1).saturating_sub(n).max(1);
    count(starts.map(|i| chars[i..(i + n).min(chars.len())].iter().collect()))
}

fn likeness(one: &Counter<String>, other: &Counter<String>) -> f64 {
    f1(both(one, other), one.values().sum(), other.values().sum())
}

fn f1(hit: usize, right: usize, said: usize) -> f64 {
    let share = |whole: usize, rest: usize| match whole {
        0 => f64::from(rest == 0),
        _ => hit as f64 / whole as f64,
    };
    let (p, r) = (share(said, right), share(right, said));
    if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
}

// --- alignment

fn same_quantity(gold: &Row, said: &Row, g: &str, s: &str) -> f64 {
    let digits = |t: &str| -> String {
        t.chars()
            .filter(|c| c.is_ascii_digit() || "一二三四五六七八九十百千万亿两半.%".contains(*c))
            .collect()
    };
    if g == s {
        3.0
    } else if gold.value.is_some()
        && gold.value == said.value
        && fold(&gold.words["unit"]) == fold(&said.words["unit"])
    {
        2.5
    } else if !digits(g).is_empty() && digits(g) == digits(s) && (s.contains(g) || g.contains(s)) {
        2.0
    } else {
        0.0
    }
}

/// Pairs metrics of both sides in reading order, the largest total likeness.
fn align(gold: &Side, said: &Side) -> Vec<(usize, usize)> {
    let (a, b) = (&gold.metrics, &said.metrics);
    let near = |side: &Side| side.metrics.iter().map(|m| side.context(m)).collect::<Vec<_>>();
    let folded = |rows: &[Row]| rows.iter().map(|m| fold(&m.quantity)).collect::<Vec<_>>();
    let (near_a, near_b, folded_a, folded_b) = (near(gold), near(said), folded(a), folded(b));
    let mut table = vec![vec![0.0f64; b.len() + 1]; a.len() + 1];
    let mut gain = BTreeMap::new();
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let mut best = table[i + 1][j].max(table[i][j + 1]);
            let like = same_quantity(&a[i], &b[j], &folded_a[i], &folded_b[j]);
            if like > 0.0 {
                let union = near_a[i].union(&near_b[j]).count().max(1);
                let near = near_a[i].intersection(&near_b[j]).count() as f64 / union as f64;
                if near >= 0.3 {
                    let won = like + near + 0.5 * f64::from(right_indicator(&a[i], &b[j]));
                    gain.insert((i, j), won);
                    best = best.max(won + table[i + 1][j + 1]);
                }
            }
            table[i][j] = best;
        }
    }
    let (mut pairs, mut i, mut j) = (Vec::new(), 0, 0);
    while i < a.len() && j < b.len() {
        if gain.get(&(i, j)).is_some_and(|won| table[i][j] == won + table[i + 1][j + 1]) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if table[i][j] == table[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn right_indicator(gold: &Row, said: &Row) -> bool {
    let whole = |row: &Row| format!("{}{}", row.action, row.words["indicator"]);
    let (name, with_action) = (fold(&said.words["indicator"]), fold(&whole(said)));
    let fair = [gold.words["indicator"].clone(), whole(gold)].into_iter().chain(gold.accept.iter().cloned());
    let fair: Vec<String> = fair.map(|f| fold(&f)).filter(|f| !f.is_empty()).collect();
    let said = shingles(&name, 2);
    fair.contains(&name)
        || fair.contains(&with_action)
        || fair.iter().any(|f| likeness(&shingles(f, 2), &said) >= 0.8)
}

fn right(attribute: &str, gold: &Row, said: &Row) -> bool {
    match attribute {
        "value" => gold.value.zip(said.value).is_some_and(|(g, s)| (g - s).abs() <= 1e-9 * g.abs().max(1.0)),
        "indicator" => right_indicator(gold, said),
        // An optional heading may be there or not.
        "section" => said.section == gold.section || said.section == gold.firm_section,
        _ => fold(&gold.words[attribute]) == fold(&said.words[attribute]),
    }
}

fn written(row: &Row, attribute: &str) -> String {
    match attribute {
        "value" => row.value.map_or_else(String::new, |v| v.to_string()),
        "section" => row.section.clone(),
        _ => row.words[attribute].clone(),
    }
}

// --- figures

fn score(gold: &Side, said: &Side) -> Score {
    let mut figures: BTreeMap<&str, f64> = BTreeMap::new();
    let mut faults = Vec::new();
    let text = |side: &Side| shingles(&side.text.iter().collect::<String>(), 5);
    figures.insert("text", likeness(&text(gold), &text(said)));

    for (name, with_parent) in [("headings", false), ("outline", true)] {
        let key = |e: &Entry| (if with_parent { e.parent.clone() } else { String::new() }, e.title.clone());
        let must = count(gold.outline.iter().filter(|e| !e.optional).map(key));
        let may = count(gold.outline.iter().map(key));
        let has = count(said.outline.iter().map(key));
        let hit = both(&must, &has);
        figures.insert(name, f1(hit, must.values().sum(), hit + without(&has, &may).count()));
        if !with_parent {
            faults.extend(without(&must, &has).map(|(_, t)| format!("heading missed: {t}")));
            faults.extend(without(&has, &may).map(|(_, t)| format!("heading invented: {t}")));
        } else {
            for (parent, title) in without(&must, &has) {
                if let Some((said, _)) = without(&has, &may).find(|k| k.1 == *title) {
                    faults.push(format!("heading \"{title}\" of \"{parent}\" was read as of \"{said}\""));
                }
            }
        }
    }

    let (a, b) = (&gold.metrics, &said.metrics);
    let pairs = align(gold, said);
    let firm: Vec<(&Row, &Row)> =
        pairs.iter().map(|&(i, j)| (&a[i], &b[j])).filter(|(g, _)| !g.optional).collect();
    let must = a.iter().filter(|m| !m.optional).count();
    let all = firm.len() + b.len() - pairs.len();
    figures.insert("metrics", f1(firm.len(), must, all));
    for &attribute in ATTRIBUTES {
        let wrong: Vec<_> = firm.iter().filter(|(g, s)| !right(attribute, g, s)).collect();
        let share = 1.0 - wrong.len() as f64 / firm.len().max(1) as f64;
        figures.insert(attribute, share);
        faults.extend(wrong.iter().map(|(g, s)| {
            let (g_words, s_words) = (written(g, attribute), written(s, attribute));
            format!("{attribute}: {} {g_words:?} was read as {s_words:?}", g.quantity)
        }));
    }
    let whole = |g: &Row, s: &Row| ["value", "unit", "indicator", "status"].iter().all(|t| right(t, g, s));
    let rows = firm.iter().filter(|(g, s)| whole(g, s)).count();
    figures.insert("rows", f1(rows, must, all));
    let missed = a.iter().enumerate().filter(|(i, m)| !m.optional && !pairs.iter().any(|p| p.0 == *i));
    faults.extend(missed.map(|(_, m)| {
        format!("metric missed: {} ({}) in line {}", m.quantity, m.words["indicator"], m.line)
    }));
    let invented: Vec<&Row> =
        b.iter().enumerate().filter(|(j, _)| !pairs.iter().any(|p| p.1 == *j)).map(|(_, m)| m).collect();
    faults.extend(
        invented.iter().map(|m| format!("metric invented: {} ({})", m.quantity, m.words["indicator"])),
    );
    let sure = firm.iter().map(|(g, s)| (*s, whole(g, s))).chain(invented.iter().map(|s| (*s, false)));
    let sure = sure.filter_map(|(s, right)| Some((s.confidence?, right))).collect();

    let mut good = 0;
    for &field in META {
        let (g, s) = (&gold.meta[field], &said.meta[field]);
        let fair = g.as_array().map_or_else(|| vec![g], |all| all.iter().collect());
        let right = match field {
            "truncated" => (g == true) == (s == true),
            _ => fair.iter().any(|x| fold(&string(x)) == fold(&period(s))),
        };
        good += usize::from(right);
        if !right {
            faults.push(format!("meta {field}: {g} was read as {s}"));
        }
    }
    figures.insert("meta", good as f64 / META.len() as f64);
    let kind = gold.meta["kind"].as_str().or(gold.meta["kind"][0].as_str()).unwrap_or_default().to_owned();
    Score { kind, figures: FIGURES.map(|f| 100.0 * figures[f]), faults, sure }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::root;

    fn gold() -> Side {
        Side::gold(&root().join("tests/fixtures/yunze-2024")).unwrap()
    }

    fn figure(name: &str, change: fn(&mut Side)) -> f64 {
        let mut said = gold();
        change(&mut said);
        score(&gold(), &said).figures[FIGURES.iter().position(|f| *f == name).unwrap()]
    }

    #[test]
    fn the_annotation_itself_is_right_in_all_but_lists() {
        let score = score(&gold(), &gold());
        assert_eq!(score.figures[..FIGURES.len() - 1], [100.0; FIGURES.len() - 1]);
        assert!(score.faults.iter().all(|f| f.starts_with("meta ")), "{:?}", score.faults);
    }

    #[test]
    fn a_missed_row_costs_recall_and_an_invented_one_precision() {
        let rows = gold().metrics.iter().filter(|m| !m.optional).count() as f64;
        let missed = figure("metrics", |said| {
            let firm = said.metrics.iter().position(|m| !m.optional).unwrap();
            said.metrics.remove(firm);
        });
        let recall = (rows - 1.0) / rows;
        assert!((missed - 200.0 * recall / (1.0 + recall)).abs() < 1e-9, "{missed}");
        let invented = figure("metrics", |said| {
            let mut row = Row::new(&Value::Null, 0, "77家".into());
            row.words.insert("unit", "家".into());
            said.metrics.push(row);
        });
        let precision = rows / (rows + 1.0);
        assert!((invented - 200.0 * precision / (1.0 + precision)).abs() < 1e-9, "{invented}");
    }

    #[test]
    fn width_and_punctuation_do_not_decide_and_words_do() {
        assert_eq!(fold("（１）工作·报告 A％"), "1工作报告a%");
        assert_eq!(
            figure("rows", |said| said.metrics.iter_mut().for_each(|m| {
                m.words.get_mut("indicator").unwrap().push('。');
            })),
            100.0
        );
        assert!(
            figure("unit", |said| said.metrics.iter_mut().for_each(|m| {
                m.words.get_mut("unit").unwrap().push('元');
            })) < 1.0
        );
        assert!(figure("outline", |said| said.outline.iter_mut().for_each(|e| e.parent.push('了'))) < 1.0);
    }
}
