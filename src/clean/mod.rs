//! Blocks to the clean text: page dirt out, pinyin out, Simplified characters.

mod characters;
mod dirt;
mod join;
mod region;
mod script;

use crate::Error;
use crate::lexicon::Tables;
use crate::read::{Document, Facts, Hint};
use crate::report::{Removed, RemovedKind, Script, Span, Warning};
use crate::text::{Glyph, Text};

/// The report's own text and what was taken away around it.
#[derive(Debug, Clone)]
pub struct Cleaned {
    pub text: Text,
    /// For each line of the text.
    pub hints: Vec<Hint>,
    /// In the order of the source: all of it that stands for no character of the text.
    pub removed: Vec<Removed>,
    pub script: Script,
    /// The text breaks off before the report's end.
    pub truncated: bool,
    pub facts: Facts,
    pub warnings: Vec<Warning>,
}

#[derive(Debug)]
pub struct Words {
    characters: characters::Words,
    script: script::Words,
    dirt: dirt::Words,
    titles: region::Words,
}

impl Words {
    pub(crate) fn parse(tables: &Tables) -> Self {
        Self {
            characters: characters::Words::parse(tables),
            script: script::Words::parse(tables),
            dirt: dirt::Words::parse(tables),
            titles: region::Words::parse(tables),
        }
    }
}

/// A line on its way to the clean text.
#[derive(Debug, Clone, Default)]
struct Line {
    glyphs: Vec<Glyph>,
    hint: Hint,
    /// A blank line stood before it, or it is an element of its own.
    apart: bool,
    indent: bool,
}

impl Line {
    fn words(&self) -> String {
        self.glyphs.iter().map(|g| g.c).collect()
    }

    /// Drops the glyphs that are marked.
    fn drop(&mut self, out: &[bool]) {
        if out.contains(&true) {
            let bold = self.hint.bold.min(out.len());
            self.hint.bold = bold - out[..bold].iter().filter(|o| **o).count();
            let mut out = out.iter();
            self.glyphs.retain(|_| !out.next().copied().unwrap_or(false));
        }
    }

    fn trim(&mut self) {
        let blank = |g: &&Glyph| g.c.is_whitespace();
        let end = self.glyphs.len() - self.glyphs.iter().rev().take_while(blank).count();
        self.glyphs.truncate(end);
        let start = self.glyphs.iter().take_while(blank).count();
        self.glyphs.drain(..start);
        self.hint.bold = self.hint.bold.saturating_sub(start).min(self.glyphs.len());
    }
}

/// Places of the source that are in no line any more, with the reason.
type Ledger = Vec<(RemovedKind, Span)>;

/// The place in the source from a line's first glyph to its last.
fn place(glyphs: &[Glyph]) -> Span {
    let start = glyphs.first().map_or(0, |g| g.start);
    let end = glyphs.last().map_or(start, |g| g.end);
    Span::new(start as usize, end as usize)
}

/// Cleans a document; `source` is the decoded source that its glyphs point into.
///
/// # Errors
/// [`Error::NoText`] where nothing is left.
pub fn clean(document: &Document, source: &str, words: &Words) -> Result<Cleaned, Error> {
    let mut ledger: Ledger = document.removed.clone();
    let mut facts = document.facts.clone();
    let mut lines: Vec<Line> = document
        .blocks
        .iter()
        .map(|b| Line { glyphs: b.glyphs.clone(), hint: b.hint, apart: b.apart, indent: b.indent })
        .collect();
    let pinyin = characters::settle(&mut lines, &mut ledger, &words.characters);
    let traditional = script::simplify(&mut lines, &words.script);
    let script = match (traditional, pinyin) {
        (true, true) => Script::HantPinyin,
        (true, false) => Script::Hant,
        _ => Script::Hans,
    };
    let mut lines = join::split(lines);
    let cut = dirt::within(&mut lines, &mut ledger, &words.dirt);
    characters::close_up(&mut lines);
    let lines = join::join(lines, &words.dirt, &words.titles);
    let region = region::find(lines, &mut ledger, &mut facts, &words.dirt, &words.titles);
    let truncated = cut || region.truncated;
    let mut text = Text::default();
    let mut hints = Vec::new();
    for line in &region.lines {
        if let (Some(first), false) = (line.glyphs.first(), hints.is_empty()) {
            text.push(Glyph { c: '\n', start: first.start, end: first.start });
        }
        line.glyphs.iter().for_each(|&g| text.push(g));
        hints.push(line.hint);
    }
    if hints.is_empty() {
        return Err(Error::NoText);
    }
    let mut warnings = Vec::new();
    if truncated {
        warnings.push(Warning {
            code: "truncated".into(),
            message: "原文不完整:网站只给出了一部分。".into(),
            span: None,
        });
    }
    let removed = account(source, &text, ledger);
    Ok(Cleaned { text, hints, removed, script, truncated, facts, warnings })
}

/// All of the source that no character of the text stands for, by its reason; what has none is markup.
fn account(source: &str, text: &Text, mut ledger: Ledger) -> Vec<Removed> {
    let mut kept: Vec<Span> = Vec::new();
    for glyph in text.glyphs().filter(|g| g.end > g.start) {
        match kept.last_mut() {
            Some(last) if last.end == glyph.start as usize => last.end = glyph.end as usize,
            _ => kept.push(Span::new(glyph.start as usize, glyph.end as usize)),
        }
    }
    kept.sort_unstable();
    ledger.sort_by_key(|(_, span)| *span);
    let mut reasons = ledger.into_iter().peekable();
    let mut pieces: Vec<(RemovedKind, Span)> = Vec::new();
    let mut at = 0;
    for gap in kept.into_iter().chain([Span::new(source.len(), source.len())]) {
        // From `at` to the next kept place everything is removed.
        while at < gap.start {
            while reasons.peek().is_some_and(|(_, span)| span.end <= at) {
                reasons.next();
            }
            let (kind, end) = match reasons.peek() {
                Some((kind, span)) if span.start <= at => (*kind, span.end),
                Some((_, span)) => (RemovedKind::Markup, span.start),
                None => (RemovedKind::Markup, gap.start),
            };
            let end = end.min(gap.start);
            push_piece(&mut pieces, source, kind, Span::new(at, end));
            at = end;
        }
        at = at.max(gap.end);
    }
    pieces
        .into_iter()
        .map(|(kind, span)| Removed { kind, text: source[span.range()].to_owned(), source: span })
        .collect()
}

/// Adds a piece; white space between two of one kind belongs to them.
fn push_piece(pieces: &mut Vec<(RemovedKind, Span)>, source: &str, kind: RemovedKind, span: Span) {
    if let Some((last, before)) = pieces.last_mut()
        && before.end == span.start
        && *last == kind
    {
        before.end = span.end;
        return;
    }
    if let [.., (first, a), (RemovedKind::Markup, b)] = pieces.as_mut_slice()
        && *first == kind
        && a.end == b.start
        && b.end == span.start
        && source[b.range()].trim().is_empty()
    {
        a.end = span.end;
        pieces.pop();
        return;
    }
    pieces.push((kind, span));
}
