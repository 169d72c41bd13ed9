//! The contract's rules as checks on any file, and where files are.
#![allow(dead_code)] // Each test program uses its part.

use gangmu::report::{Format, Report, Span};
use gangmu::{Options, extract};
use std::path::{Path, PathBuf};

/// What is wrong, as a line to print.
pub type Check = Result<(), String>;

macro_rules! ensure {
    ($right:expr, $($message:tt)+) => {
        if !$right {
            return Err(format!($($message)+));
        }
    };
}

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The folder of real reports, which is not in the repository: `GANGMU_SHARED`, or `../shared`.
pub fn shared() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    Some(std::env::var_os("GANGMU_SHARED").map_or_else(beside, PathBuf::from)).filter(|p| p.is_dir())
}

/// All files under a folder, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    entries.into_iter().flat_map(|p| if p.is_dir() { files(&p) } else { vec![p] }).collect()
}

pub fn named(name: &str) -> Options {
    Options { name: name.into(), ..Options::default() }
}

/// Reads a file and holds the report against the rules that need nothing but the file.
pub fn read(bytes: &[u8], name: &str) -> Result<Report, String> {
    let options = named(name);
    let report = extract(bytes, &options).map_err(|e| format!("not read: {e}"))?;
    agrees(&report)?;
    loses_nothing(&report, bytes)?;
    ensure!(extract(bytes, &options).as_ref() == Ok(&report), "the same bytes gave another report");
    Ok(report)
}

/// Rule 1: text, spans and order agree.
pub fn agrees(report: &Report) -> Check {
    let text = report.text.as_str();
    let slice = |what: &str, span: Span| {
        text.get(span.range()).ok_or(format!("{what}: {span:?} is no span of the text"))
    };
    for line in text.split('\n') {
        // Tabs stand for the empty cells of a row.
        let bare = line.trim_matches(|c: char| c.is_whitespace() && c != '\t');
        ensure!(!bare.is_empty() && line == bare, "line {line:?} is empty or has spaces around it");
    }

    let mut open: Vec<usize> = Vec::new();
    for (i, section) in report.outline.iter().enumerate() {
        let title = &section.title;
        let heading = slice(title, section.heading)?;
        slice(title, section.body)?;
        ensure!(
            heading.strip_prefix(&section.marker).is_some_and(|t| t.trim() == title),
            "section {i}: {heading:?} is not {:?} and {title:?}",
            section.marker
        );
        ensure!(
            section.body.start == section.heading.start && section.heading.end <= section.body.end,
            "section {i} ({title}): the body does not start with the heading"
        );
        if let Some(before) = i.checked_sub(1).map(|b| &report.outline[b]) {
            ensure!(before.heading.end <= section.heading.start, "section {i} ({title}) is out of order");
        }
        while open.last().is_some_and(|&o| report.outline[o].body.end <= section.body.start) {
            open.pop();
        }
        ensure!(section.parent == open.last().copied(), "section {i} ({title}): parent {:?}", section.parent);
        if let Some(parent) = section.parent.map(|p| &report.outline[p]) {
            ensure!(section.body.end <= parent.body.end, "section {i} ({title}) reaches out of its parent");
        }
        let above = section.parent.map_or(0, |p| report.outline[p].depth);
        ensure!(section.depth == above + 1, "section {i} ({title}): depth {} under {above}", section.depth);
        open.push(i);
    }

    for (i, metric) in report.metrics.iter().enumerate() {
        let quantity = slice("metric", metric.span)?;
        let sentence = slice(quantity, metric.sentence)?;
        ensure!(!quantity.is_empty(), "metric {i} has no words");
        ensure!(sentence.contains(quantity), "metric {i} ({quantity}) is not in its sentence {sentence:?}");
        ensure!(
            metric.sentence.start <= metric.span.start && metric.span.end <= metric.sentence.end,
            "metric {i} ({quantity}) lies outside of its sentence"
        );
        ensure!(!sentence.contains('\n'), "metric {i} ({quantity}): its sentence goes over lines");
        if let Some(before) = i.checked_sub(1).map(|b| &report.metrics[b]) {
            ensure!(before.span <= metric.span, "metric {i} ({quantity}) is out of order");
        }
        let around = |b: Span| b.start <= metric.span.start && metric.span.end <= b.end;
        let innermost = report.outline.iter().rposition(|s| around(s.body));
        ensure!(metric.section == innermost, "metric {i} ({quantity}): section {:?}", metric.section);
        for words in [&metric.indicator, &metric.action, &metric.subject] {
            ensure!(text.contains(words.as_str()), "metric {i} ({quantity}): {words:?} is not in the text");
        }
        ensure!(metric.value.is_finite(), "metric {i} ({quantity}): value {}", metric.value);
        // 下降2%到3% is -2 to -3, and −5 to 20 degrees are -5 to 20.
        ensure!(
            metric.max.is_none_or(|max| max >= metric.value || max < metric.value && metric.value < 0.0),
            "metric {i} ({quantity}): {} to {:?}",
            metric.value,
            metric.max
        );
        ensure!(
            metric.confidence.is_none_or(|c| (0.0..=1.0).contains(&c)),
            "metric {i} ({quantity}): confidence {:?}",
            metric.confidence
        );
    }
    report.warnings.iter().filter_map(|w| w.span).try_for_each(|s| slice("warning", s).map(|_| ()))
}

/// Rule 2: the decoded source is the kept text and what was removed, in order, and each metric maps
/// back to its place.
pub fn loses_nothing(report: &Report, bytes: &[u8]) -> Check {
    let name = report.source.encoding.as_deref().unwrap_or("UTF-8");
    let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).ok_or(format!("encoding {name}?"))?;
    let whole = maps_back(report, &encoding.decode_with_bom_removal(bytes).0);
    // A file that begins within a character, which is said.
    let cut = report.warnings.iter().any(|w| w.code == "malformed") && !bytes.is_empty();
    let whole = whole.or_else(|e| {
        let rest = || maps_back(report, &encoding.decode_with_bom_removal(&bytes[1..]).0);
        if cut && rest().is_ok() { Ok(()) } else { Err(e) }
    });
    whole.map_err(|e| format!("{e} ({name})"))
}

fn maps_back(report: &Report, source: &str) -> Check {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut at = 0;
    for removed in &report.removed {
        let span = removed.source;
        ensure!(at <= span.start, "removed {:?} is out of order", removed.text);
        let there = source.get(span.range());
        ensure!(there == Some(&removed.text), "removed {:?} is not at {span:?}", removed.text);
        at = span.end;
    }
    let html = report.source.format == Format::Html;
    same_words(&kept(report, source, Span::new(0, source.len())), &report.text, html)?;
    for metric in &report.metrics {
        let quantity = &report.text[metric.span.range()];
        ensure!(
            source.get(metric.source.range()).is_some(),
            "{quantity}: {:?} is no span of the source",
            metric.source
        );
        same_words(&kept(report, source, metric.source), quantity, html)
            .map_err(|e| format!("{quantity} is not at its place in the source: {e}"))?;
    }
    Ok(())
}

/// What is left of a piece of the source.
fn kept(report: &Report, source: &str, piece: Span) -> String {
    let mut left = String::new();
    let mut at = piece.start;
    for span in report.removed.iter().map(|r| r.source) {
        if span.start < piece.end && at < span.end {
            left += source.get(at..span.start.max(at)).unwrap_or_default();
            at = span.end;
        }
    }
    left + source.get(at..piece.end).unwrap_or_default()
}

/// Whether `text` is `kept` but for characters that were converted one by one, entities, and line ends
/// that were put in.
fn same_words(kept: &str, text: &str, html: bool) -> Check {
    let (mut left, mut right) = (kept, text);
    loop {
        let (from, to) = (left.chars().next(), right.chars().next());
        let same = from.zip(to).is_some_and(|(a, b)| a == b || converted(a, b));
        // In a page `&amp;` is never itself; in plain text it may be.
        let entity = if html || !same { entity(left, right) } else { None };
        match (from, to) {
            (None, None) => return Ok(()),
            (Some(a), Some(b)) if same || entity.is_some() => {
                (left, right) = (&left[entity.unwrap_or(a.len_utf8())..], &right[b.len_utf8()..]);
            }
            (_, Some('\n')) => right = &right[1..],
            _ => {
                let some = |s: &str| s.chars().take(20).collect::<String>();
                return Err(format!("the source goes on {:?}, the text {:?}", some(left), some(right)));
            }
        }
    }
}

/// Traditional to Simplified, a radical or a full-width form to its character, white space to a space.
fn converted(from: char, to: char) -> bool {
    let han = |c: char| matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..);
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        '\u{e5e5}' => Some('\u{3000}'), // GBK's A3A0 in old fonts
        _ => c.is_whitespace().then_some(' '),
    };
    let quotes = |c: char| matches!(c, '「' | '」' | '『' | '』');
    han(from) && han(to) || narrow(from) == Some(to) || quotes(from) && matches!(to, '“' | '”' | '‘' | '’')
}

/// Length of an entity in front of `html` that stands for the first character of `text`.
fn entity(html: &str, text: &str) -> Option<usize> {
    let (body, _) = html.strip_prefix('&')?.split_once(';').filter(|(b, _)| (2..=8).contains(&b.len()))?;
    let c = match body {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => '\u{a0}',
        _ => match body.strip_prefix("#x").or(body.strip_prefix("#X")) {
            Some(hex) => char::from_u32(u32::from_str_radix(hex, 16).ok()?)?,
            None => match body.strip_prefix('#') {
                Some(number) => char::from_u32(number.parse().ok()?)?,
                None => text.chars().next()?, // one of the two thousand with a name
            },
        },
    };
    let there = text.chars().next()?;
    (there == c || converted(c, there)).then_some(body.len() + 2)
}

/// Rule 3: two readings of one report agree in all but where they stood in their files.
pub fn same_report(one: &Report, other: &Report) -> Check {
    ensure!(one.text == other.text, "the texts differ: {}", first_difference(&one.text, &other.text));
    ensure!(one.outline == other.outline, "the outlines differ");
    ensure!(one.meta == other.meta, "the metadata differ: {:?} and {:?}", one.meta, other.meta);
    let rows = |report: &Report| {
        let mut metrics = report.metrics.clone();
        metrics.iter_mut().for_each(|m| m.source = Span::default());
        metrics
    };
    let (one, other) = (rows(one), rows(other));
    let differ = one.iter().zip(&other).find(|(a, b)| a != b);
    ensure!(differ.is_none() && one.len() == other.len(), "the metrics differ: {differ:?}");
    Ok(())
}

fn first_difference(one: &str, other: &str) -> String {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let some = |s: &str| s.chars().skip(same.saturating_sub(5)).take(20).collect::<String>();
    format!("{:?} and {:?}", some(one), some(other))
}

/// A text's bytes in every encoding that reports come in and that has all its characters, with a name
/// for each. Without a mark only where the text does not declare an encoding itself.
pub fn encodings(text: &str, marks_only: bool) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let (le, be) = (utf16(u16::to_le_bytes), utf16(u16::to_be_bytes));
    let mut all = vec![
        ("UTF-8 with a mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("UTF-16LE with a mark", [b"\xff\xfe", le.as_slice()].concat()),
        ("UTF-16BE with a mark", [b"\xfe\xff", be.as_slice()].concat()),
    ];
    if !marks_only {
        all.extend([("UTF-8", text.as_bytes().to_vec()), ("UTF-16LE", le), ("UTF-16BE", be)]);
        for (name, encoding) in [("GB18030", encoding_rs::GB18030), ("Big5", encoding_rs::BIG5)] {
            let (bytes, _, lost) = encoding.encode(text);
            if !lost {
                all.push((name, bytes.into_owned()));
            }
        }
    }
    all
}

/// A text as a page, a paragraph a line.
pub fn page(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let paragraphs: Vec<_> = escaped.lines().map(|l| format!("<p>{l}</p>")).collect();
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head>\n<body>\n{}\n</body></html>\n",
        paragraphs.join("\n")
    )
}
