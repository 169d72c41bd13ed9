//! Which span a quantity measures: every span around it is a candidate, and a linear model scores
//! its two borders, what lies between it and the quantity, and the span itself.

use super::line::{Class, EDGE, Line, QUANTITY, Range, Speech};
use super::weights::{self, STEP, SYMBOLS, T, Weights, symbol};
use crate::metrics::quantity::Quantity;
use crate::report::MetricKind;

/// How far from the quantity a span may lie, and how long it may be, in characters.
const BACK: usize = 90;
const AHEAD: usize = 34;
const LONGEST: usize = 30;

/// How many features a span has beside those of its borders.
pub(super) const SPAN: usize = 7;

/// Where a candidate lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
    /// The indicator of the quantity before, from outside of this sentence.
    Carried,
}

/// A span that may name what is measured, in characters of the line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub side: Side,
    pub start: usize,
    pub end: usize,
    pub features: [u64; SPAN],
}

/// What was decided for the quantity before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Previous {
    pub quantity: usize,
    pub start: usize,
    pub end: usize,
}

/// All candidates of one quantity with the features that decide between them. Features of a border
/// are kept once for all spans that share it.
pub(super) struct Lattice {
    pub low: usize,
    pub side: [Vec<u64>; 2],
    /// By side, then by place from `low`.
    pub start: [Vec<Vec<u64>>; 2],
    pub end: [Vec<Vec<u64>>; 2],
    pub candidates: Vec<Candidate>,
    /// Where what grows is named in the quantity's own clause; what ends before is not meant.
    own: usize,
}

/// A feature as one number.
fn key(template: T, side: Side, a: u32, b: u32) -> u64 {
    weights::key(template as usize, side as usize, a, b)
}

fn pair(template: T, side: Side, a: char, b: char) -> u64 {
    key(template, side, a as u32, b as u32)
}

fn kind_number(kind: MetricKind) -> u32 {
    kind as u32
}

fn bucket(n: usize) -> u32 {
    match n {
        0..=12 => n as u32,
        13..=15 => 13,
        16..=20 => 14,
        _ => 15,
    }
}

/// What lies in `start..end` as at most seven symbols, the last ones where there are more.
fn pattern(line: &Line, start: usize, end: usize) -> u32 {
    let symbols = symbols(line, start, end);
    let cut = symbols.len() > 7;
    let tail = &symbols[symbols.len().saturating_sub(if cut { 6 } else { 7 })..];
    let head = if cut { symbol('+') } else { 0 };
    tail.iter().fold(head, |packed, s| packed << 4 | s)
}

/// The clause from its beginning to a place, as the last four symbols of it, behind the mark that it begins with.
fn lead(line: &Line, place: usize) -> u32 {
    /// In characters.
    const FAR: usize = 14;
    let first = place.saturating_sub(FAR);
    let mark = (first..place).rev().find(|&i| matches!(line.chars[i], ',' | ';' | '。' | ':' | QUANTITY));
    let (start, mark) = match mark {
        Some(i) => (i + 1, if line.chars[i] == QUANTITY { symbol('Q') } else { symbol(',') }),
        None if first == 0 => (0, symbol(',')),
        None => (first, symbol('+')),
    };
    let symbols = symbols(line, start, place);
    symbols[symbols.len().saturating_sub(4)..].iter().fold(mark, |packed, s| packed << 4 | s)
}

/// The clause from a place to its end, as the first three symbols of it, before the mark that it ends with.
fn rest(line: &Line, place: usize) -> u32 {
    /// In characters.
    const FAR: usize = 12;
    let last = line.chars.len().min(place + FAR);
    let mark = (place..last).find(|&i| matches!(line.chars[i], ',' | ';' | '。' | ':' | '、' | QUANTITY));
    let (end, mark) = match mark {
        Some(i) => match line.chars[i] {
            QUANTITY => (i, symbol('Q')),
            '、' => (i, symbol('、')),
            _ => (i, symbol(',')),
        },
        None if last == line.chars.len() => (last, symbol(',')),
        None => (last, symbol('+')),
    };
    let packed = symbols(line, place, end).iter().take(3).fold(0, |packed, s| packed << 4 | s);
    packed << 4 | mark
}

fn symbols(line: &Line, start: usize, end: usize) -> Vec<u32> {
    let mut symbols = Vec::new();
    let mut place = start;
    let mut other = 0;
    let flush = |other: &mut usize, symbols: &mut Vec<u32>| {
        match *other {
            0 => {}
            1 => symbols.push(symbol('x')),
            2..=4 => symbols.push(symbol('y')),
            _ => symbols.push(symbol('X')),
        }
        *other = 0;
    };
    while place < end {
        let c = line.chars[place];
        let word = line.starting[place];
        let known = word.class != Class::None && place + word.len <= end;
        let (name, len) = match c {
            QUANTITY => ('Q', line.chars[place..end].iter().take_while(|c| **c == QUANTITY).count()),
            ',' => (',', 1),
            '、' => ('、', 1),
            '(' | ')' | '“' | '”' | '《' | '》' | '"' => ('(', 1),
            ':' | '—' | '-' => (':', 1),
            _ if known => {
                let name = match word.class {
                    Class::Verb if word.len == 1 => 'v',
                    Class::Verb => 'V',
                    Class::Adverb | Class::Time if word.len == 1 => 't',
                    Class::Adverb | Class::Time => 'T',
                    Class::Preposition => 'P',
                    _ => 'D',
                };
                (name, word.len)
            }
            _ => {
                // Other words as their part of speech says; nouns in a row are one symbol.
                let piece = line.piece[place].map(|i| line.pieces[i]).filter(|p| p.end <= end);
                let len = piece.map_or(1, |p| p.end - p.start);
                let name = match piece.map_or(Speech::Unknown, |p| p.speech) {
                    Speech::Verb => 'V',
                    Speech::Adverb | Speech::Time => 'T',
                    Speech::Preposition => 'P',
                    Speech::Particle | Speech::Conjunction => 'D',
                    _ => {
                        other += len;
                        place += len;
                        continue;
                    }
                };
                (name, len)
            }
        };
        flush(&mut other, &mut symbols);
        symbols.push(symbol(name));
        place += len;
    }
    flush(&mut other, &mut symbols);
    symbols
}

/// What stands before a quantity: 1 a verb, 2 a preposition, 3 the clause's beginning, 4 other words.
fn before(line: &Line, from: usize) -> u32 {
    match (line.ending[from].class, line.speech(from, -1)) {
        (Class::Verb, _) | (Class::None, Some(Speech::Verb)) => 1,
        (Class::Preposition, _) | (Class::None, Some(Speech::Preposition)) => 2,
        _ if matches!(line.before(from, 1), EDGE | ',' | ';' | '。' | ':') => 3,
        _ => 4,
    }
}

fn word_number(line: &Line, place: usize, ends: bool) -> u32 {
    let word = if ends { line.ending[place] } else { line.starting[place] };
    word.class as u32 * 4 + word.len.min(3) as u32
}

/// The parts of speech of two words around a place; one number for every place within a word.
fn speeches(line: &Line, place: usize, first: isize, second: isize) -> u32 {
    match (line.speech(place, first), line.speech(place, second)) {
        (Some(a), Some(b)) => a as u32 * 16 + b as u32,
        _ => 256,
    }
}

impl Lattice {
    pub fn new(line: &Line, index: usize, quantities: &[Quantity]) -> Self {
        let (from, to) = line.quantities[index];
        let quantity = &quantities[index];
        let (first, last) = line.sentence[from];
        let low = first.max(from.saturating_sub(BACK));
        let high = last.max(to).min(to + AHEAD);
        let kind = kind_number(quantity.kind);
        let unit = quantity.unit.chars().next().unwrap_or(EDGE);

        let sides = [Side::Before, Side::After];
        let side = sides.map(|side| {
            vec![
                pair(T::SideLeft, side, line.before(from, 1), EDGE),
                pair(T::SideRight, side, line.at(to), EDGE),
                pair(T::SideRight, side, line.at(to), line.at(to + 1)),
                pair(T::SideUnit, side, unit, EDGE),
                pair(T::SideUnit, side, unit, line.at(to)),
                key(
                    T::SideWords,
                    side,
                    word_number(line, from, true),
                    word_number(line, to.min(line.chars.len()), false),
                ),
                key(T::SideKind, side, kind, line.at(to) as u32),
                key(T::SideKind, side, kind, line.before(from, 1) as u32),
            ]
        });
        // Many spans share a border, so what is seen from it is seen once.
        let borders: Vec<Border> = (low..=high).map(|place| Border::new(line, place, (from, to))).collect();
        let mut start = [Vec::new(), Vec::new()];
        let mut end = [Vec::new(), Vec::new()];
        for (place, border) in (low..=high).zip(&borders) {
            for side in sides {
                let within = if side == Side::Before { place <= from } else { place >= to };
                let (mut s, mut e) = (Vec::new(), Vec::new());
                if within {
                    start_features(line, side, place, from, kind, border, &mut s);
                    end_features(line, side, place, from, (kind, unit), border, &mut e);
                }
                start[side as usize].push(s);
                end[side as usize].push(e);
            }
        }
        let own = if quantity.kind == MetricKind::Change { named(line, from) } else { 0 };
        let mut candidates = Vec::new();
        for side in sides {
            let (left, right) = if side == Side::Before { (low.max(own), from) } else { (to, high) };
            for s in left..right {
                if side == Side::After && matches!(line.at(s), ',' | ';' | '。' | ':') {
                    break;
                }
                if !may_start(line, s) {
                    continue;
                }
                let mut marks = 0;
                for e in s + 1..=right.min(s + LONGEST) {
                    // A clause or a number ends here, and with it every longer span.
                    if line.chars[e - 1] == QUANTITY {
                        break;
                    }
                    if line.pair[e - 1] == line.pair[s] && matches!(line.at(e - 1), ',' | ';' | ':' | '。') {
                        break;
                    }
                    marks |= mark(line.chars[e - 1]);
                    if e < s + 2
                        || line.pair[s] != line.pair[e]
                        || !may_end(line, e)
                        || !names_share(line, s, e)
                    {
                        continue;
                    }
                    let around = [&borders[s - low], &borders[e - low]];
                    let features = span_features(line, side, (s, e), from, around, marks);
                    candidates.push(Candidate { side, start: s, end: e, features });
                }
            }
        }
        // 帮扶36个村: a noun of one character that is all that follows is what is counted.
        let behind = line.at(to + 1);
        let whole = line.lone.get(to) == Some(&true) && matches!(behind, EDGE | ',' | '、' | ';' | '。');
        if quantity.kind == MetricKind::Count && whole {
            let around = [to, to + 1].map(|place| Border::new(line, place, (from, to)));
            let marks = mark(line.chars[to]);
            let features =
                span_features(line, Side::After, (to, to + 1), from, [&around[0], &around[1]], marks);
            candidates = vec![Candidate { side: Side::After, start: to, end: to + 1, features }];
            return Self { low, side, start, end, candidates, own: to };
        }
        Self { low, side, start, end, candidates, own }
    }

    /// Makes the span of the quantity before a candidate, if it is none yet. Returns the candidate's place
    /// and the features it has for being carried over; nothing where the quantity's clause has its own name.
    pub fn carry(
        &mut self,
        line: &Line,
        index: usize,
        quantities: &[Quantity],
        previous: Previous,
    ) -> Option<(usize, [u64; 4])> {
        if previous.end <= self.own {
            return None;
        }
        let (from, _) = line.quantities[index];
        let (before, after) = line.quantities[previous.quantity];
        let found = self
            .candidates
            .iter()
            .position(|c| c.start == previous.start && c.end == previous.end)
            .unwrap_or_else(|| {
                let (start, end) = (previous.start, previous.end);
                self.candidates.push(Candidate { side: Side::Carried, start, end, features: [0; SPAN] });
                self.candidates.len() - 1
            });
        let side = self.candidates[found].side;
        let (this, that) = (&quantities[index], &quantities[previous.quantity]);
        let kinds = kind_number(this.kind) * 8 + kind_number(that.kind);
        let gap = if from >= after { pattern(line, after, from) } else { 0 };
        // Whether a noun stands between them, and what divides them.
        let noun = (0..7)
            .any(|i| "xyX".contains(SYMBOLS.chars().nth((gap >> (4 * i) & 15) as usize).unwrap_or('·')));
        let divider = match line.at(after) {
            ',' => 1,
            '、' | '和' => 2,
            ';' | '。' => 3,
            '(' => 4,
            _ => 0,
        };
        let apart = u32::from(line.sentence[from] != line.sentence[before]);
        let features = [
            key(T::CarryGap, side, gap, apart),
            key(T::CarryKind, side, kinds, apart),
            key(
                T::CarryUnit,
                side,
                u32::from(this.unit == that.unit) * 2 + u32::from(from == after),
                u32::from(noun) * 8 + divider,
            ),
            key(T::CarryLeft, side, speeches(line, from, -2, -1), u32::from(this.unit == that.unit)),
        ];
        Some((found, features))
    }
}

/// Where the clause of growth before `from` names what grows (`…达到92.7%,单位能耗下降3.1%`), else 0. A
/// comparison (`比上年…`, `高于全国…`), a basis (`按可比价…`) and short words (`增速`) are no names.
fn named(line: &Line, from: usize) -> usize {
    let clause =
        line.chars[..from].iter().rposition(|&c| matches!(c, ',' | ';' | ':' | '。') || c == QUANTITY);
    let mut start = clause.map_or(0, |i| i + 1);
    while line.starting[start].class.is_adverb() || matches!(line.at(start), '、' | '和' | ' ') {
        start += line.starting[start].len.max(1);
    }
    let mut place = start;
    while let Some(piece) = line.piece[place].and_then(|i| line.pieces.get(i)).filter(|p| p.end <= from) {
        let noun = matches!(
            piece.speech,
            Speech::Noun | Speech::VerbalNoun | Speech::Adjective | Speech::Place | Speech::Unknown
        );
        if !noun || compares(line, place) {
            break;
        }
        place = piece.end;
    }
    let alone =
        (place..from).all(|i| !compares(line, i) && !matches!(line.at(i), '、' | '(' | ')' | '“' | '《'));
    if place >= start + 4 && alone && line.starting[start].class != Class::Verb { start } else { 0 }
}

/// What is seen from a place where a span may start or end.
struct Border {
    /// What lies between it and the quantity.
    gap: u32,
    /// Before the quantity the clause's beginning, behind it the clause's end.
    clause: u32,
}

impl Border {
    fn new(line: &Line, place: usize, (from, to): Range) -> Self {
        if place <= from {
            Self { gap: pattern(line, place, from), clause: lead(line, place) }
        } else if place >= to {
            Self { gap: pattern(line, to, place), clause: rest(line, place) }
        } else {
            Self { gap: 0, clause: 0 }
        }
    }
}

/// What a character says of the span that it stands in, a bit each.
fn mark(c: char) -> u32 {
    match c {
        '、' => 1,
        '和' | '与' | '及' => 2,
        '的' => 4,
        '“' | '《' | '(' | '"' => 8,
        _ => 0,
    }
}

fn start_features(
    line: &Line,
    side: Side,
    place: usize,
    from: usize,
    kind: u32,
    border: &Border,
    out: &mut Vec<u64>,
) {
    let (l2, l1) = (line.before(place, 2), line.before(place, 1));
    let (r1, r2) = (line.at(place), line.at(place + 1));
    out.extend([
        pair(T::StartLeft, side, l1, EDGE),
        pair(T::StartRight, side, r1, EDGE),
        pair(T::StartLeft2, side, l2, l1),
        pair(T::StartAcross, side, l1, r1),
        pair(T::StartRight2, side, r1, r2),
        key(T::StartWords, side, word_number(line, place, true), word_number(line, place, false)),
        key(T::StartKind, side, kind, word_number(line, place, true)),
        key(T::StartSpeech, side, 0, speeches(line, place, -1, 0)),
        key(T::StartSpeech, side, 1, speeches(line, place, -2, -1)),
        key(T::StartSpeech, side, 2, speeches(line, place, 0, 1)),
    ]);
    match side {
        Side::After => out.push(key(T::StartGap, side, border.gap, 0)),
        _ => {
            out.push(key(T::StartRest, side, border.clause, 0));
            let between = &line.chars[place..from];
            let commas = between.iter().filter(|c| **c == ',').count().min(3);
            let numbers = between.windows(2).filter(|w| w[0] == QUANTITY && w[1] != QUANTITY).count().min(3);
            out.push(key(T::StartDistance, side, commas as u32, numbers as u32));
        }
    }
}

fn end_features(
    line: &Line,
    side: Side,
    place: usize,
    from: usize,
    (kind, unit): (u32, char),
    border: &Border,
    out: &mut Vec<u64>,
) {
    let (l2, l1) = (line.before(place, 2), line.before(place, 1));
    let (r1, r2) = (line.at(place), line.at(place + 1));
    out.extend([
        pair(T::EndLeft, side, l1, EDGE),
        pair(T::EndRight, side, r1, EDGE),
        pair(T::EndLeft2, side, l2, l1),
        pair(T::EndAcross, side, l1, r1),
        pair(T::EndRight2, side, r1, r2),
        key(T::EndWords, side, word_number(line, place, true), word_number(line, place, false)),
        key(T::EndKind, side, kind, l1 as u32),
        pair(T::EndUnit, side, unit, l1),
        key(T::EndSpeech, side, 0, speeches(line, place, -1, 0)),
        key(T::EndSpeech, side, 1, speeches(line, place, -2, -1)),
        key(T::EndSpeech, side, 2, speeches(line, place, 0, 1)),
    ]);
    if side == Side::Before {
        let gap = border.gap;
        out.push(key(T::EndGap, side, gap, 0));
        out.push(key(T::EndGap, side, gap, kind + 1));
        out.push(key(T::EndGapTail, side, gap & 0xff, u32::from(gap > 0xff)));
    } else {
        let rest = border.clause;
        out.push(key(T::EndRest, side, rest, 0));
        out.push(key(T::EndRest, side, rest, before(line, from)));
    }
}

fn span_features(
    line: &Line,
    side: Side,
    (start, end): Range,
    from: usize,
    around: [&Border; 2],
    marks: u32,
) -> [u64; SPAN] {
    let verbs = (start + 1..end)
        .filter(|&i| {
            line.starting[i].class == Class::Verb
                && line.starting[i].len > 1
                && i + line.starting[i].len <= end
        })
        .count()
        .min(2) as u32;
    // Nothing but verbs and adverbs: no name, as a rule.
    let mut place = start;
    while place < end && line.starting[place].class != Class::None {
        place += line.starting[place].len;
    }
    let known = u32::from(place == end);
    // The words within: how many verbs, and what the first and the last are.
    let first = line.piece[start..end].iter().flatten().next().copied().unwrap_or(0);
    let pieces = line.pieces[first..].iter().take_while(|p| p.end <= end);
    let (mut count, mut verbal, mut ends) = (0, 0, Speech::Unknown);
    for piece in pieces {
        count += 1;
        verbal += u32::from(piece.speech == Speech::Verb && piece.start > start);
        ends = piece.speech;
    }
    let begins = line.speech(start, 0).unwrap_or(Speech::Unknown);
    // Both of its borders as the clause around sees them.
    let joint = match side {
        Side::After => (around[0].gap & 0xfff) << 16 | around[1].clause,
        _ => (around[0].clause & 0xffff) << 12 | around[1].gap & 0xfff,
    };
    let joint = key(T::Joint, side, joint, if side == Side::After { before(line, from) } else { 0 });
    [
        key(T::Length, side, bucket(end - start), 0),
        key(T::Inside, side, marks, 0),
        key(T::SpanSpeech, side, begins as u32 * 16 + ends as u32, verbal.min(2)),
        key(T::SpanSpeech, side, 256 + count.min(8), verbal.min(2)),
        key(T::Inside, side, 16 + verbs, 1 + known),
        pair(T::Frame, side, line.before(start, 1), line.before(end, 1)),
        joint,
    ]
}

/// Whether a span may start at a place: not within a number or a Latin word, not with a mark, a
/// particle or a quantity.
fn may_start(line: &Line, place: usize) -> bool {
    let (left, right) = (line.before(place, 1), line.at(place));
    let cut = |c: char| matches!(c, '0' | 'a' | '.');
    let particle = "的了着和与及等为至都也被把并而且".contains(right);
    let within = cut(left) && cut(right) || right == QUANTITY || is_mark(right, true);
    !(within || particle || line.starting[place].class == Class::Time || compares(line, place))
}

/// Whether a comparison starts here, which tells how a value is held against another: `高于全国`, `比上年`.
fn compares(line: &Line, place: usize) -> bool {
    match (line.at(place), line.at(place + 1)) {
        ('比', next) => !matches!(next, '重' | '例' | '较' | '率' | '赛'),
        (first, '于') => matches!(first, '高' | '低' | '多' | '少'),
        ('只', next) => next != '数',
        _ => false,
    }
}

/// Whether a span that starts with `占` names a share: `占总数的比重`, not `占全国`.
fn names_share(line: &Line, start: usize, end: usize) -> bool {
    line.at(start) != '占'
        || matches!(line.at(start + 1), '地' | '比' | '用' | '有')
        || matches!(line.before(end, 1), '重' | '例' | '额' | '率')
}

/// Whether a span may end at a place.
fn may_end(line: &Line, place: usize) -> bool {
    let (left, right) = (line.before(place, 1), line.at(place));
    let cut = |c: char| matches!(c, '0' | 'a' | '.');
    !(cut(left) && cut(right))
        && left != QUANTITY
        && line.ending[place].class != Class::Time
        && !matches!(
            left,
            '的' | '了'
                | '着'
                | '和'
                | '与'
                | '及'
                | '在'
                | '为'
                | '被'
                | '把'
                | '各'
                | '共'
                | '达'
                | '占'
                | '获'
                | '由'
                | '从'
                | '对'
                | '向'
        )
        && !is_mark(left, false)
}

fn is_mark(c: char, opening_allowed: bool) -> bool {
    let opening = matches!(c, '“' | '‘' | '《' | '(' | '"' | '【' | '「');
    let closing = matches!(c, '”' | '’' | '》' | ')' | '"' | '】' | '」');
    if opening || closing {
        return if opening_allowed { !opening } else { !closing };
    }
    !c.is_alphanumeric() && !matches!(c, '%' | '+')
}

/// A number for every feature that matters.
#[derive(Debug)]
pub(super) struct Model {
    pub weights: Weights,
}

impl Model {
    fn sum(&self, features: &[u64]) -> f32 {
        let steps: i32 = features.iter().map(|&f| i32::from(self.weights.get(f))).sum();
        steps as f32 * STEP
    }

    /// The score of each candidate.
    pub fn scores(&self, lattice: &Lattice, carried: Option<(usize, [u64; 4])>) -> Vec<f32> {
        let side = [self.sum(&lattice.side[0]), self.sum(&lattice.side[1])];
        let borders = |all: &[Vec<Vec<u64>>; 2]| -> [Vec<f32>; 2] {
            [0, 1].map(|side| all[side].iter().map(|f| self.sum(f)).collect())
        };
        let (start, end) = (borders(&lattice.start), borders(&lattice.end));
        let mut scores: Vec<f32> = lattice
            .candidates
            .iter()
            .map(|c| match c.side {
                Side::Carried => 0.0,
                _ => {
                    let d = c.side as usize;
                    side[d]
                        + start[d][c.start - lattice.low]
                        + end[d][c.end - lattice.low]
                        + self.sum(&c.features)
                }
            })
            .collect();
        if let Some((place, features)) = carried {
            scores[place] += self.sum(&features);
        }
        scores
    }
}
