//! Which lines and sentences are headings.
//!
//! A line of its own or a marker speaks for itself, once its neighbours bear it out: a series
//! `一是…二是…` counts only where most of its points are a short sentence in front of a passage. An
//! unnumbered sentence is judged twice by a linear score: first by itself, then together with the
//! candidates around it, because a heading has siblings of the same build in the same place.

use super::features::{self, Features, LOCAL, Setting, figures, likeness};
use super::layout::{Piece, is_end};
use super::marker::{Family, Marker, marker};
use super::words::{Class, Model, Words};
use crate::read::Hint;
use crate::report::Span;
use crate::text::sort_by_key;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Fills its piece.
    Line,
    /// Opens its piece.
    Lead,
    /// Stands inside its piece.
    Inner,
}

#[derive(Debug, Clone)]
pub struct Heading {
    pub piece: usize,
    pub place: Place,
    pub marker: Option<Marker>,
    /// Marker and title.
    pub span: Span,
    pub title: Span,
    /// Level of the heading element or style, where the format has one.
    pub level: Option<u8>,
    /// The heading is one that no section contains: `注释`, `结束语`.
    pub outer: bool,
    /// The heading names a part of the report, not a task: `工作回顾`.
    pub part: bool,
}

/// What kind of piece the piece is before headings are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Title, subtitle, speaker, whatever stands before the report's own words.
    Front,
    /// `各位代表：`
    Address,
    Body,
}

/// A piece where a report leaves what it was listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    None,
    /// It sums up, or goes over to experience or to shortcomings.
    Summary,
    /// It is or opens with an address.
    Address,
}

/// Title lengths in characters beyond which a line or a sentence is no heading.
const LINE: usize = 36;
const MARKED_LINE: usize = 100;
const MARKED: usize = 60;
const POINT: usize = 45;
const UNMARKED: usize = 45;
/// The same for an opener that begins with the phrase of others.
const REFRAIN: usize = 60;
const INNER: usize = 26;
/// Characters of text that a heading inside a piece needs behind it.
const PASSAGE: usize = 10;
/// Candidates on either side that one is compared with.
const NEAR: usize = 12;
/// Characters between two sentences of a paragraph that may both be headings.
const APART: usize = 30;

pub struct Page<'a> {
    pub text: &'a str,
    pub pieces: &'a [Piece],
    pub roles: Vec<Role>,
    /// How a report turns at each piece.
    pub turns: Vec<Turn>,
    /// One for each line of the text.
    pub hints: &'a [Hint],
    pub words: &'a Words,
}

impl<'a> Page<'a> {
    pub fn new(text: &'a str, pieces: &'a [Piece], hints: &'a [Hint], words: &'a Words) -> Self {
        let mut page =
            Self { text, pieces, roles: vec![Role::Body; pieces.len()], turns: Vec::new(), hints, words };
        page.turns = pieces.iter().map(|p| page.turn(p)).collect();
        let mut front = true;
        for (i, of) in pieces.iter().enumerate() {
            let piece = page.piece(i);
            page.roles[i] = if page.addresses(piece) {
                front = false;
                Role::Address
            } else {
                let numbered = marker(piece).is_some_and(|m| m.family.divides());
                front = front && !numbered && of.sentences.len() == 1 && !piece.ends_with(is_end);
                if front { Role::Front } else { Role::Body }
            };
        }
        page
    }

    fn piece(&self, i: usize) -> &'a str {
        &self.text[self.pieces[i].span.range()]
    }

    fn addresses(&self, piece: &str) -> bool {
        let body = piece.trim_end_matches(['：', ':', '！', '!', '，', ',', '。']);
        body.len() < piece.len()
            && piece.chars().count() <= 40
            && (self.words.begins(piece, Class::Address) && !body.contains(['。', '，', ','])
                || piece.ends_with(['：', ':']) && self.words.ends(body, Class::Addressee))
    }

    fn turn(&self, piece: &Piece) -> Turn {
        let text = self.str(piece.span);
        if self.addresses(self.str(piece.sentences[0])) {
            Turn::Address
        } else if self.words.begins(text, Class::Turn)
            || self.words.ends(text.trim_end_matches(['：', ':', '，', ',', '。']), Class::Lesson)
        {
            Turn::Summary
        } else {
            Turn::None
        }
    }

    /// The last piece of the report, or an appeal to the audience near it.
    fn closes(&self, i: usize) -> bool {
        i + 1 == self.pieces.len() || i + 4 > self.pieces.len() && self.piece(i).contains("让我们")
    }

    fn hint(&self, piece: usize) -> Hint {
        self.hints.get(self.pieces[piece].line).copied().unwrap_or_default()
    }

    /// The span of a heading without closing punctuation, of which `at` is the start of the title.
    fn title(&self, at: usize, end: usize) -> Span {
        let raw = &self.text[at..end];
        let start = at + (raw.len() - raw.trim_start().len());
        let closed = raw.trim_end_matches(|c: char| {
            is_end(c)
                || c.is_whitespace()
                || matches!(c, '.' | '．' | '：' | ':' | '；' | ';' | '，' | ',' | '、')
        });
        Span::new(start, (at + closed.len()).max(start))
    }

    fn str(&self, span: Span) -> &'a str {
        &self.text[span.range()]
    }

    fn chars(&self, from: usize, to: usize) -> usize {
        self.text[from.min(to)..to].chars().count()
    }
}

/// All headings of a page in reading order.
pub fn headings(page: &Page) -> Vec<Heading> {
    let mut found = opened(page);
    let inner = inner(page, &found);
    found.extend(inner);
    sort_by_key(&mut found, |h| h.span.start);
    found
}

/// The headings but for those inside paragraphs.
pub(super) fn opened(page: &Page) -> Vec<Heading> {
    let mut found = plain(page);
    let leads = leads(page, &found);
    found.extend(leads);
    sort_by_key(&mut found, |h| h.span.start);
    found
}

/// The headings that no weights decide: numbered ones and lines.
pub(super) fn plain(page: &Page) -> Vec<Heading> {
    let mut found = marked(page);
    sort_by_key(&mut found, |h| h.span.start);
    let lines = plain_lines(page, &found);
    found.extend(lines);
    sort_by_key(&mut found, |h| h.span.start);
    found
}

// --- numbered ---------------------------------------------------------------------------------

/// A sentence behind a marker.
struct Point {
    heading: Heading,
    /// Short enough, gives no figures, and text of its own follows.
    good: bool,
}

fn marked(page: &Page) -> Vec<Heading> {
    let mut series: Vec<Vec<Point>> = Vec::new();
    for (i, piece) in page.pieces.iter().enumerate() {
        if page.roles[i] != Role::Body {
            continue;
        }
        let whole = [piece.span];
        for (j, &sentence) in if line(page, i) { &whole } else { &piece.sentences[..] }.iter().enumerate() {
            let Some(mark) = marker(page.str(sentence)) else { continue };
            let title = page.title(sentence.start + mark.len, sentence.end);
            if title.end <= title.start || mark.family == Family::Dash && j > 0 {
                continue;
            }
            let place = match j {
                0 if sentence == piece.span => Place::Line,
                0 => Place::Lead,
                _ => Place::Inner,
            };
            let heading = Heading {
                piece: i,
                place,
                marker: Some(mark),
                span: Span::new(sentence.start, title.end),
                title,
                level: page.hint(i).heading.filter(|_| place == Place::Line),
                outer: false,
                part: page.words.ends(page.str(title), Class::Section),
            };
            let good = good(page, i, j, mark, &heading);
            join(&mut series, Point { heading, good });
        }
    }
    series
        .into_iter()
        .filter(|points| holds(points))
        .flatten()
        .filter(|p| p.good)
        .map(|p| p.heading)
        .collect()
}

/// Whether a numbered piece is a line without a closing mark, though marks may stand inside it.
fn line(page: &Page, piece: usize) -> bool {
    let text = page.piece(piece);
    marker(text).is_some()
        && !text.ends_with(|c: char| is_end(c) || matches!(c, '：' | ':' | '；' | ';' | '”' | '）'))
        && text.chars().count() <= MARKED_LINE
}

/// Puts a point behind the one it continues, or begins a series with it.
fn join(series: &mut Vec<Vec<Point>>, point: Point) {
    let mark = point.heading.marker.expect("a point has a marker");
    // A point continues the last open series of its family; looking back stays short because a
    // new series of a family hides the older ones.
    let open = series.iter_mut().rev().find(|s| s[0].heading.marker.is_some_and(|m| m.family == mark.family));
    if let Some(points) = open {
        let last = &points.last().expect("a series is never empty").heading;
        let number = last.marker.map_or(0, |m| m.number);
        let distance = point.heading.piece - last.piece;
        let continues = match mark.family {
            Family::Dash => distance <= 2,
            family => {
                mark.number > number && mark.number <= number + 2 && (family.divides() || distance <= 15)
            }
        };
        if continues {
            points.push(point);
            return;
        }
    }
    series.push(vec![point]);
}

/// Whether a series is one of headings: a list of plain points is none.
fn holds(points: &[Point]) -> bool {
    let good = points.iter().filter(|p| p.good).count();
    let family = points[0].heading.marker.map(|m| m.family);
    match family {
        Some(Family::Han | Family::Part | Family::Chapter | Family::Article | Family::HanBracket) => {
            good * 2 >= points.len() && good > 0
        }
        _ => good >= 2 && good * 5 >= points.len() * 3,
    }
}

fn good(page: &Page, piece: usize, sentence: usize, mark: Marker, heading: &Heading) -> bool {
    let sentences = &page.pieces[piece].sentences;
    let whole = page.str(sentences[sentence]);
    let title = page.str(heading.title);
    let length = title.chars().count();
    let closed = whole.ends_with(is_end);
    let limit = match heading.place {
        Place::Line if !closed => MARKED_LINE,
        _ if mark.family.divides() => MARKED,
        _ => POINT,
    };
    if length < 2 || length > limit || title.contains(['；', ';']) || whole.ends_with(['，', ',', '；', ';'])
    {
        return false;
    }
    let dated = heading.place == Place::Line && !closed && mark.family.divides();
    if !dated && (figures(title) || title.contains(['：', ':'])) {
        return false;
    }
    if heading.place == Place::Line {
        // Content of its own: something other than the series' next point.
        return piece + 1 < page.pieces.len()
            && page.roles[piece + 1] != Role::Front
            && marker(page.piece(piece + 1)).is_none_or(|m| m.family != mark.family);
    }
    if !closed || mark.family == Family::Padded {
        return false;
    }
    let behind = sentences[sentence + 1..]
        .iter()
        .take_while(|s| marker(page.str(**s)).is_none_or(|m| m.family != mark.family))
        .map(|s| page.chars(s.start, s.end))
        .sum::<usize>();
    behind >= PASSAGE
}

// --- lines of their own -----------------------------------------------------------------------

fn plain_lines(page: &Page, marked: &[Heading]) -> Vec<Heading> {
    let words = page.words;
    let headed = |i: usize| {
        let at = marked.partition_point(|h| h.piece < i);
        marked.get(at).filter(|h| h.piece == i && h.place != Place::Inner)
    };
    let mut found: Vec<Heading> = Vec::new();
    for (i, piece) in page.pieces.iter().enumerate() {
        let line = page.piece(i);
        if page.roles[i] == Role::Address
            || piece.sentences.len() != 1
            || headed(i).is_some()
            || i + 1 >= page.pieces.len()
        {
            continue;
        }
        let title = page.title(piece.span.start, piece.span.end);
        let name = page.str(title);
        let labelled = line.ends_with(['：', ':']);
        let label = words.is(name, Class::Label);
        if labelled && !label || line.ends_with(is_end) || line.ends_with(['，', ',', '；', ';', '、']) {
            continue;
        }
        let length = name.chars().count();
        let section = words.ends(name, Class::Section) && !words.ends(name, Class::Title);
        if !(2..=LINE).contains(&length) || marker(line).is_some() {
            continue;
        }
        let appended = i > 0 && {
            let above =
                page.piece(i - 1).trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '：' | ':'));
            words.is(above, Class::After)
        };
        if page.roles[i] == Role::Front && (!section || i == 0) && !appended {
            continue;
        }
        let broken = i > 0
            && page.roles[i - 1] == Role::Body
            && headed(i - 1).is_none()
            && found.last().is_none_or(|h| h.piece != i - 1)
            && !page
                .piece(i - 1)
                .ends_with(|c: char| is_end(c) || matches!(c, '”' | '）' | ')' | '：' | '…' | '；' | ';'));
        let next = page.piece(i + 1);
        let follows = next
            .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '（' | '(' | '—' | '《' | '"'))
            && page.roles[i + 1] != Role::Front;
        if broken || !follows && page.roles[i + 1] != Role::Address || figures(name) && !section && !appended
        {
            continue;
        }
        if !label
            && !section
            && (words.holds(name, Class::Foreign)
                || name.contains(['（', '(', '|', '/', '…', '：', ':'])
                || !name.contains(|c: char| ('一'..='龥').contains(&c)))
        {
            continue;
        }
        found.push(Heading {
            piece: i,
            place: Place::Line,
            marker: None,
            span: title,
            title,
            level: page.hint(i).heading,
            outer: words.is(name, Class::After),
            part: section,
        });
    }
    // Lines without text behind them are a signature, a list or the remains of a page.
    let stands = |i: usize| found.binary_search_by_key(&i, |h| h.piece).is_ok();
    let keep: Vec<bool> = found
        .iter()
        .map(|h| {
            let mut after = h.piece + 1;
            while after <= h.piece + 2 && stands(after) {
                after += 1;
            }
            after < page.pieces.len()
                && !stands(after)
                && (headed(after).is_some()
                    || page.roles[after] == Role::Address
                    || page.piece(after).contains(|c| is_end(c) || matches!(c, '，' | ',')))
        })
        .collect();
    let mut keep = keep.iter();
    found.retain(|_| *keep.next().expect("one for each"));
    found
}

// --- unnumbered sentences ---------------------------------------------------------------------

pub(super) struct Candidate {
    /// Begins or ends as headings do, by the words.
    built: bool,
    /// The first point of a list stands right behind it.
    listed: bool,
    pub(super) piece: usize,
    sentence: usize,
    pub(super) title: Span,
    pub(super) features: Features,
    score: f32,
}

fn leads(page: &Page, known: &[Heading]) -> Vec<Heading> {
    let mut found = Vec::new();
    for (mut row, places) in lead_rows(page, known) {
        judge_openers(page, &mut row, places);
        found.extend(settle(page, row));
    }
    found
}

/// What may open a paragraph, by the stretches between divisions; with each the number of its paragraphs.
pub(super) fn lead_rows(page: &Page, known: &[Heading]) -> Vec<(Vec<Candidate>, usize)> {
    let mut taken = vec![false; page.pieces.len()];
    let mut cut = vec![false; page.pieces.len()];
    for h in known.iter().filter(|h| h.place != Place::Inner) {
        taken[h.piece] = true;
        cut[h.piece] = h.place == Place::Line || h.marker.is_some_and(|m| m.family.divides());
    }
    let mut rows = Vec::new();
    let (mut row, mut places) = (Vec::new(), 0);
    for i in 0..page.pieces.len() {
        if cut[i] || page.roles[i] == Role::Address {
            rows.push((std::mem::take(&mut row), places));
            places = 0;
        }
        if taken[i] || page.roles[i] != Role::Body {
            continue;
        }
        places += 1;
        row.extend(lead(page, i, &taken));
    }
    rows.push((row, places));
    for (row, _) in &mut rows {
        match_row(page, row);
        row.retain(|c| {
            c.features[features::REFRAIN] > 0.0 || page.chars(c.title.start, c.title.end) <= UNMARKED
        });
    }
    rows
}

fn lead(page: &Page, i: usize, taken: &[bool]) -> Option<Candidate> {
    let piece = &page.pieces[i];
    let first = piece.sentences[0];
    let whole = page.str(first);
    if !whole.ends_with(is_end) || page.addresses(whole) || marker(whole).is_some() {
        return None;
    }
    let own_line = piece.sentences.len() == 1;
    let (next, passage) = if own_line {
        let open = i + 1 < page.pieces.len() && !taken[i + 1] && page.roles[i + 1] == Role::Body;
        let behind = page.pieces.get(i + 1).filter(|_| open)?;
        (behind.sentences[0], behind.span)
    } else {
        (piece.sentences[1], Span::new(first.end, piece.span.end))
    };
    candidate(
        page,
        i,
        0,
        REFRAIN,
        Setting {
            next: page.str(next),
            passage: page.str(passage),
            own_line,
            opens: true,
            bold: bold(page, i, whole),
            closing: page.closes(i),
            listed: begins_list(page.str(next)),
            led: false,
        },
    )
}

/// Whether a sentence is the first point of a list.
fn begins_list(sentence: &str) -> bool {
    marker(sentence).is_some_and(|m| m.number == 1)
}

fn bold(page: &Page, piece: usize, sentence: &str) -> bool {
    let lead = page.hint(piece).bold;
    let length = sentence.chars().count();
    page.pieces[piece].sentences.len() > 1 && lead + 1 >= length && lead <= length + 1
}

fn candidate(
    page: &Page,
    piece: usize,
    sentence: usize,
    limit: usize,
    setting: Setting,
) -> Option<Candidate> {
    let span = page.pieces[piece].sentences[sentence];
    let title = page.title(span.start, span.end);
    let name = page.str(title);
    let begins = name.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '‘' | '"' | '《'));
    if !begins || !(4..=limit).contains(&name.chars().count()) {
        return None;
    }
    let features = features::local(name, setting, page.words);
    let built = [Class::Act, Class::Frame].iter().any(|&class| page.words.begins(name, class))
        || page.words.ends(name, Class::State);
    Some(Candidate { built, listed: setting.listed, piece, sentence, title, features, score: 0.0 })
}

/// Judges a row of paragraph openers.
pub(super) fn judge_openers(page: &Page, row: &mut [Candidate], places: usize) {
    judge_alone(page, row, Model::Lead);
    judge_row(page, row, places, Model::Lead, Shape::default());
}

/// The headings of a judged row of paragraph openers.
fn settle(page: &Page, row: Vec<Candidate>) -> Vec<Heading> {
    // The paragraph behind an opener on a line of its own has its heading.
    let alone: Vec<usize> = row
        .iter()
        .filter(|c| c.score > 0.0 && page.pieces[c.piece].sentences.len() == 1)
        .map(|c| c.piece + 1)
        .collect();
    row.into_iter()
        .filter(|c| c.score > 0.0 && alone.binary_search(&c.piece).is_err())
        .map(|c| Heading {
            piece: c.piece,
            place: Place::Lead,
            marker: None,
            span: c.title,
            title: c.title,
            level: None,
            outer: false,
            part: false,
        })
        .collect()
}

/// Scores each candidate of a row by itself.
fn judge_alone(page: &Page, row: &mut [Candidate], model: Model) {
    for c in row.iter_mut() {
        c.score = page.words.score(model, false, &c.features);
    }
}

/// Scores each candidate, scored by itself before, together with its row.
fn judge_row(page: &Page, row: &mut [Candidate], places: usize, model: Model, shape: Shape) {
    let likely: Vec<usize> = (0..row.len()).filter(|&i| row[i].score > 0.0).collect();
    let share = likely.len() as f32 / places.max(1) as f32;
    let alike = |i: usize, j: Option<&usize>| {
        j.map_or(0.0, |&j| likeness(page.str(row[i].title), page.str(row[j].title)))
    };
    let scores: Vec<[f32; features::COUNT - LOCAL]> = (0..row.len())
        .map(|i| {
            let at = likely.partition_point(|&j| j < i);
            let next = at + usize::from(likely.get(at) == Some(&i));
            let before = alike(i, at.checked_sub(1).map(|k| &likely[k]));
            let behind = alike(i, likely.get(next));
            let others = likely.len() - (next - at);
            // Characters to the likely neighbours, where they stand in the same piece.
            let gap = |a: usize, b: usize| {
                if row[a].piece == row[b].piece {
                    page.chars(row[a].title.end, row[b].title.start)
                } else {
                    usize::MAX
                }
            };
            let rest = page.chars(row[i].title.end, page.pieces[row[i].piece].span.end);
            let ahead = likely.get(next).map_or(rest, |&j| gap(i, j).min(rest));
            let behind_gap = at.checked_sub(1).map_or(usize::MAX, |k| gap(likely[k], i));
            [
                before.max(behind),
                before.min(behind),
                share.min(1.0),
                f32::from(u8::from(others >= 2)),
                f32::from(u8::from(others == 0)),
                f32::from(u8::from(ahead < 45)),
                f32::from(u8::from(ahead >= 100)),
                f32::from(u8::from(behind_gap < 45)),
                shape.crowd,
                f32::from(u8::from(shape.wide)),
                f32::from(u8::from(shape.early)),
                shape.page,
                f32::from(u8::from(!row[i].built && before.max(behind) < 0.35)),
                f32::from(u8::from(shape.opens)),
                f32::from(u8::from(others == 0 && row[i].listed)),
            ]
        })
        .collect();
    for (c, row_features) in row.iter_mut().zip(scores) {
        c.features[LOCAL..].copy_from_slice(&row_features);
        c.score = page.words.score(model, true, &c.features);
    }
}

/// How the likely candidates of a paragraph stand in it.
#[derive(Debug, Clone, Copy, Default)]
struct Shape {
    /// Share of those with another right behind them.
    crowd: f32,
    /// There are at least two, and half of the passages behind them are long.
    wide: bool,
    /// The first one stands near the start.
    early: bool,
    /// The first one stands right behind the first sentence.
    opens: bool,
    /// Share of the long paragraphs around this one that are wide and not crowded.
    page: f32,
}

impl Shape {
    fn of(page: &Page, row: &[Candidate], piece: &Piece) -> Self {
        let likely: Vec<&Candidate> = row.iter().filter(|c| c.score > 0.0).collect();
        let Some(first) = likely.first() else { return Self::default() };
        let ends = likely.iter().skip(1).map(|c| c.title.start).chain([piece.span.end]);
        let mut gaps: Vec<usize> =
            likely.iter().zip(ends).map(|(c, end)| page.chars(c.title.end, end)).collect();
        sort_by_key(&mut gaps, |gap| *gap);
        let near = likely.windows(2).filter(|w| w[1].sentence == w[0].sentence + 1).count();
        Self {
            crowd: near as f32 / likely.len() as f32,
            wide: likely.len() >= 2 && gaps[(gaps.len() - 1) / 2] >= 70,
            early: page.chars(piece.span.start, first.title.start) < 120,
            opens: first.sentence == 1,
            page: 0.0,
        }
    }
}

/// Paragraphs on either side that are looked at to see whether a report writes so.
const AROUND: usize = 3;

/// What may be a heading inside a paragraph, by paragraphs.
pub(super) fn inner_rows(page: &Page, known: &[Heading]) -> Vec<(usize, Vec<Candidate>)> {
    let mut rows: Vec<(usize, Vec<Candidate>)> = Vec::new();
    for (i, piece) in page.pieces.iter().enumerate() {
        let at = known.partition_point(|h| h.piece < i);
        let here = known[at..].iter().take_while(|h| h.piece == i);
        if page.roles[i] != Role::Body
            || piece.sentences.len() < 4
            || here.clone().any(|h| h.place != Place::Lead)
        {
            continue;
        }
        let led = here.count() > 0;
        let mut row: Vec<Candidate> = (1..piece.sentences.len())
            .filter_map(|j| {
                let whole = page.str(piece.sentences[j]);
                if !whole.ends_with('。') || marker(whole).is_some() {
                    return None;
                }
                let next = piece.sentences.get(j + 1).map_or("", |&s| page.str(s));
                let passage = &page.text[piece.sentences[j].end..piece.span.end];
                let opens = led && j == 1;
                let listed = begins_list(next);
                candidate(
                    page,
                    i,
                    j,
                    INNER,
                    Setting { next, passage, opens, led, listed, ..Setting::default() },
                )
            })
            .collect();
        match_row(page, &mut row);
        rows.push((i, row));
    }
    rows
}

/// Compares each candidate with those of its row that leave it a passage.
fn match_row(page: &Page, row: &mut [Candidate]) {
    let found: Vec<_> = (0..row.len())
        .map(|i| {
            let near = i.saturating_sub(NEAR)..(i + NEAR + 1).min(row.len());
            let apart = |j: &usize| {
                let (a, b) = (&row[i.min(*j)], &row[i.max(*j)]);
                *j != i && (a.piece != b.piece || page.chars(a.title.end, b.title.start) >= APART)
            };
            features::twins(page.str(row[i].title), near.filter(apart).map(|j| page.str(row[j].title)))
        })
        .collect();
    for (c, twins) in row.iter_mut().zip(found) {
        c.features[features::TWINS..LOCAL].copy_from_slice(&twins);
    }
}

/// Judges the rows of all paragraphs.
pub(super) fn judge_inner(page: &Page, rows: &mut [(usize, Vec<Candidate>)]) {
    let mut shapes: Vec<Shape> = Vec::new();
    for (i, row) in rows.iter_mut() {
        judge_alone(page, row, Model::Inner);
        shapes.push(Shape::of(page, row, &page.pieces[*i]));
    }
    let formed: Vec<bool> = shapes.iter().map(|s| s.wide && s.crowd < 0.3).collect();
    for (at, ((i, row), mut shape)) in rows.iter_mut().zip(shapes).enumerate() {
        shape.page = around(&formed, at);
        judge_row(page, row, page.pieces[*i].sentences.len(), Model::Inner, shape);
    }
}

fn inner(page: &Page, known: &[Heading]) -> Vec<Heading> {
    let mut kept = inner_rows(page, known);
    judge_inner(page, &mut kept);
    kept.iter_mut().for_each(|(_, row)| part(page, row));
    let divided: Vec<bool> = kept.iter().map(|(_, row)| row.len() >= 2).collect();
    kept.into_iter()
        .enumerate()
        .filter(|(at, (_, row))| divided[*at] && (around(&divided, *at) >= 0.3 || sure(row)))
        .flat_map(|(_, (i, row))| {
            let place = beside(page, known, i, &row);
            row.into_iter().map(move |c| (i, place, c))
        })
        .map(|(piece, place, c)| Heading {
            piece,
            place,
            marker: None,
            span: c.title,
            title: c.title,
            level: None,
            outer: false,
            part: false,
        })
        .collect()
}

/// The place of a row inside a piece: beside the opener, where that one has a passage of its own and is as like
/// the row as its members are like each other, else below it.
fn beside(page: &Page, known: &[Heading], piece: usize, row: &[Candidate]) -> Place {
    let lead = known.get(known.partition_point(|h| h.piece < piece)).filter(|h| h.piece == piece);
    let Some(lead) = lead.filter(|h| h.marker.is_none() && row[0].sentence > 1) else { return Place::Inner };
    let lead = page.str(lead.title);
    let titles: Vec<&str> = row.iter().map(|c| page.str(c.title)).collect();
    let clauses = |text: &str| text.split(['，', ',']).count();
    let alike = titles.iter().filter(|t| clauses(t) == clauses(lead)).count();
    let across = titles.iter().map(|t| likeness(lead, t)).sum::<f32>() / titles.len() as f32;
    let within =
        titles.windows(2).map(|w| likeness(w[0], w[1])).sum::<f32>() / (titles.len() - 1).max(1) as f32;
    if alike * 2 >= titles.len() && across + CLOSE >= within { Place::Lead } else { Place::Inner }
}

/// How much less like a row its first member may be than the others.
const CLOSE: f32 = 0.1;

/// Whether a row needs no other paragraph to bear it out.
fn sure(row: &[Candidate]) -> bool {
    row.len() >= 2 && row.iter().map(|c| c.score).sum::<f32>() >= SURE * row.len() as f32
}

/// The mean score from which a row stands alone.
const SURE: f32 = 2.0;

/// The share of neighbours on either side for which something holds.
fn around(holds: &[bool], at: usize) -> f32 {
    let near = at.saturating_sub(AROUND)..(at + AROUND + 1).min(holds.len());
    let others = near.len() - 1;
    let alike = holds[near].iter().filter(|h| **h).count() - usize::from(holds[at]);
    alike as f32 / others.max(1) as f32
}

/// Keeps what scores above zero and has a passage of its own: of two that stand too near to each
/// other, the better one.
fn part(page: &Page, row: &mut Vec<Candidate>) {
    let mut kept: Vec<Candidate> = Vec::new();
    for c in row.drain(..).filter(|c| c.score > 0.0) {
        match kept.last() {
            Some(last) if page.chars(last.title.end, c.title.start) < PASSAGE => {
                if c.score > last.score {
                    kept.pop();
                    kept.push(c);
                }
            }
            _ => kept.push(c),
        }
    }
    *row = kept;
}
