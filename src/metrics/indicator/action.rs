//! The verb that a quantity completes, and who does it.

use super::line::{Class, Line, QUANTITY, Range};

/// The verb of a quantity that measures `indicator`; `previous` is the verb of the quantity before, for
/// lists that have one verb.
pub(super) fn action(
    line: &Line,
    quantity: Range,
    indicator: Range,
    previous: Option<Range>,
) -> Option<Range> {
    let (from, to) = quantity;
    let clause = clause(line, from);
    if indicator.0 >= to {
        // 举办6期培训班: before the quantity; 44名干部结对: behind the noun.
        return verb_before(line, from, clause)
            .or_else(|| listed(line, from).then_some(previous).flatten())
            .or_else(|| verb_behind(line, indicator.1));
    }
    let gap = verb_before(line, from, indicator.1.max(clause)).or_else(|| hedging(line, quantity));
    if gap.is_some() {
        return gap;
    }
    if indicator.1 < clause || listed(line, from) {
        return previous;
    }
    verb_before(line, indicator.0, 0)
        .or_else(|| listed(line, indicator.0).then_some(previous).flatten())
        .or_else(|| verb_within(line, indicator))
}

/// Where the clause of a place starts.
fn clause(line: &Line, place: usize) -> usize {
    let first = line.sentence[place.min(line.sentence.len() - 1)].0;
    (first..place).rev().find(|&i| matches!(line.chars[i], ',' | ':' | QUANTITY)).map_or(first, |i| i + 1)
}

/// Whether what starts here goes on a list of quantities: `提案6件、|信息8条`.
fn listed(line: &Line, place: usize) -> bool {
    let joins = matches!(line.before(place, 1), '、' | '和' | '及' | '与');
    let back = if line.before(place, 2) == '以' { 3 } else { 2 };
    joins && line.before(place, back) == QUANTITY
}

/// The verb right before a place and not before `low`, with nothing but adverbs and particles between;
/// compound verbs stay whole.
fn verb_before(line: &Line, place: usize, low: usize) -> Option<Range> {
    let mut end = place;
    loop {
        let word = line.ending[end];
        if word.len == 0 || end < low + word.len || line.chars[end - 1] == QUANTITY {
            return None;
        }
        match word.class {
            Class::Verb => break,
            Class::Adverb | Class::Time | Class::Particle | Class::Preposition => end -= word.len,
            Class::None => return None,
        }
    }
    let mut start = end - line.ending[end].len;
    while line.ending[start].class == Class::Verb
        && line.ending[start].len > 1
        && start >= low + line.ending[start].len
    {
        start -= line.ending[start].len;
    }
    Some((start, end))
}

/// The first verb behind a place, with nothing but adverbs between.
fn verb_behind(line: &Line, place: usize) -> Option<Range> {
    let mut start = place;
    loop {
        let word = line.starting[start];
        match word.class {
            Class::Verb if word.len > 1 => return Some((start, start + word.len)),
            Class::Adverb | Class::Time => start += word.len,
            _ => return None,
        }
    }
}

/// The verb that the indicator itself starts or ends with: `走访委员`, `生猪出栏`.
fn verb_within(line: &Line, indicator: Range) -> Option<Range> {
    let (first, last) = (line.starting[indicator.0], line.ending[indicator.1]);
    let fits = |word: super::line::Word| word.class == Class::Verb && word.len <= indicator.1 - indicator.0;
    if fits(first) && (first.len > 1 || line.chars[indicator.0] == '占') {
        Some((indicator.0, indicator.0 + first.len))
    } else if fits(last) && last.len > 1 {
        Some((indicator.1 - last.len, indicator.1))
    } else {
        None
    }
}

/// The verb that hedges the quantity and belongs to it: `突破500万人次`.
fn hedging(line: &Line, quantity: Range) -> Option<Range> {
    let verb = line.starting[quantity.0];
    (verb.class == Class::Verb && verb.len > 1 && quantity.0 + verb.len < quantity.1)
        .then_some((quantity.0, quantity.0 + verb.len))
}

/// Who does it: what stands before the verb in its clause and ends like a body or people.
pub(super) fn subject(
    line: &Line,
    action: Option<Range>,
    indicator: Range,
    endings: &[String],
) -> Option<Range> {
    let mut end = action.map_or(indicator.0, |a| a.0.min(indicator.0));
    let start = clause(line, end);
    while end > start && line.ending[end].class.is_adverb() {
        end -= line.ending[end].len;
    }
    let mut begin = start;
    while begin < end && line.starting[begin].class.is_adverb() {
        begin += line.starting[begin].len;
    }
    let long_enough = end >= begin + 2 && end - begin <= 24;
    let words: String = line.chars[begin.min(end)..end].iter().collect();
    let plain = (begin..end).all(|i| line.starting[i].class != Class::Verb || line.starting[i].len < 2);
    (long_enough
        && plain
        && line.pair[begin] == line.pair[end]
        && line.starting[begin].class != Class::Preposition
        && endings.iter().any(|e| words.ends_with(e.as_str())))
    .then_some((begin, end))
}
