//! What a quantity measures, by what verb, of whom.
//!
//! Every span around a quantity is a candidate; a small linear model (`score`), learned from annotated
//! reports, chooses between them. What is a matter of structure is decided by rules: which
//! enumeration shares or divides a value (`share`), which verb and whom it belongs to (`action`).

mod action;
mod line;
mod score;
mod share;
#[cfg(feature = "train")]
pub mod train;
mod weights;

#[cfg(test)]
mod tests;

use super::quantity::Quantity;
use crate::report::Span;
use crate::table::{self, Tables, of_class, rows};
use line::{Class, Line, Range, Speech};
use score::{Candidate, Lattice, Model, Previous};
use share::{Common, Part};
use std::collections::{HashMap, HashSet};
use weights::Weights;

/// One reading of a quantity: spans of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Reading {
    pub subject: Option<Span>,
    pub action: Option<Span>,
    pub indicator: Option<Span>,
    pub confidence: Option<f64>,
}

#[derive(Debug)]
pub(super) struct Words {
    classes: HashMap<String, Class>,
    /// The longest of them, in characters.
    longest: usize,
    /// Nouns of one character that are counted.
    nouns: HashSet<char>,
    /// What the name of a body or of people ends with.
    endings: Vec<String>,
    /// Words with part of speech and frequency (binary logarithm), for finding the borders of words.
    speech: HashMap<String, (Speech, i32)>,
    model: Model,
}

impl Words {
    pub(super) fn parse(tables: &Tables) -> Self {
        let text = tables.get("indicator-words.tsv");
        let classes: HashMap<String, Class> = rows(text)
            .filter_map(|row| {
                let class = match *row.get(1)? {
                    "verb" => Class::Verb,
                    "adverb" => Class::Adverb,
                    "time" => Class::Time,
                    "preposition" => Class::Preposition,
                    "particle" => Class::Particle,
                    _ => return None,
                };
                Some((row[0].to_owned(), class))
            })
            .collect();
        let mut speech = HashMap::new();
        for row in rows(tables.get("words.tsv")) {
            let [name, level, words] = row[..] else { continue };
            let entry = (Speech::named(name), level.parse().unwrap_or(0));
            speech.extend(words.split(' ').map(|word| (word.to_owned(), entry)));
        }
        for (word, class) in &classes {
            speech.entry(word.clone()).or_insert((class.speech(), 4));
        }
        Self {
            speech,
            longest: classes.keys().map(|w| w.chars().count()).max().unwrap_or(0),
            classes,
            nouns: of_class(text, "noun").filter_map(|w| w.chars().next()).collect(),
            endings: of_class(text, "subject").map(str::to_owned).collect(),
            model: Model {
                weights: tables
                    .replaced("indicator-weights.tsv")
                    .map_or_else(|| Weights::unpack(table::WEIGHTS), Weights::parse),
            },
        }
    }
}

/// For each quantity of one paragraph its readings: one, or several where one value is shared
/// (`答复率、见面率均达到100%`).
pub(super) fn indicators(
    text: &str,
    span: Span,
    quantities: &[Quantity],
    words: &Words,
) -> Vec<Vec<Reading>> {
    if quantities.is_empty() {
        return Vec::new();
    }
    let line = Line::new(text, span, quantities, words);
    let parts = share::parts(&line);
    let mut chosen: Vec<Vec<Range>> = Vec::new();
    let mut previous: Option<Previous> = None;
    let mut verb = None;
    let mut found = Vec::new();
    for (index, &part) in parts.iter().enumerate() {
        let mut lattice = Lattice::new(&line, index, quantities);
        let carried = previous.and_then(|p| lattice.carry(&line, index, quantities, p));
        let scores = words.model.scores(&lattice, carried);
        let Some(best) = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])) else {
            chosen.push(Vec::new());
            found.push(vec![Reading::default()]);
            continue;
        };
        let confidence = confidence(&scores, &lattice.candidates, best);
        let best = lattice.candidates[best];
        let spans = spread(&line, index, part, best, &lattice, &scores, &chosen);
        previous = spans.last().map(|s| Previous { quantity: index, start: s.0, end: s.1 });
        let before = verb;
        found.push(
            spans
                .iter()
                .map(|&indicator| {
                    let action = action::action(&line, line.quantities[index], indicator, before);
                    verb = action;
                    Reading {
                        subject: action::subject(&line, action, indicator, &words.endings)
                            .map(|s| line.span(s.0, s.1)),
                        action: action.map(|a| line.span(a.0, a.1)),
                        indicator: Some(line.span(indicator.0, indicator.1)),
                        confidence: Some(confidence),
                    }
                })
                .collect(),
        );
        chosen.push(spans);
    }
    found
}

/// The spans that a quantity speaks of, given the best one.
fn spread(
    line: &Line,
    index: usize,
    part: Option<Part>,
    best: Candidate,
    lattice: &Lattice,
    scores: &[f32],
    chosen: &[Vec<Range>],
) -> Vec<Range> {
    let alone = vec![(best.start, best.end)];
    let quantity = line.quantities[index];
    // The likeliest start of a span that ends at a place.
    let start = |low: usize, end: usize| {
        let ending = lattice.candidates.iter().zip(scores).filter(|(c, _)| c.end == end && c.start >= low);
        ending.max_by(|a, b| a.1.total_cmp(b.1)).map(|(c, _)| c.start)
    };
    if let Some(part) = part
        && let Some(start) = part.start.or_else(|| start(0, part.end))
    {
        return vec![(start, part.end)];
    }
    let mut items = share::shared(line, quantity);
    if let Some(first) = items.first_mut() {
        first.0 = start(first.0, first.1).unwrap_or(first.0);
        return items;
    }
    // 原煤达到x吨,原油达到y吨,都比上年增长8%: of both. 分别增长8%和9%: of one each.
    let common = share::common(line, quantity.0);
    if let Some(Common::Each(end) | Common::Divided(end)) = common
        && line.before(end, 1) == ','
    {
        let mut all: Vec<Range> = Vec::new();
        let (first, last) = share::run(line, index);
        for (spans, q) in chosen[..first].iter().zip(&line.quantities) {
            if line.sentence[q.0] == line.sentence[quantity.0] {
                all.extend(spans.iter().filter(|s| s.1 <= quantity.0));
            }
        }
        all.dedup();
        if all.len() == 2 && last == first + 1 {
            return all;
        }
        if all.len() == last - first && matches!(common, Some(Common::Divided(_))) {
            return vec![all[index - first]];
        }
    }
    alone
}

/// How sure the choice is: the part of the probability that falls to spans that are much the same.
fn confidence(scores: &[f32], candidates: &[Candidate], best: usize) -> f64 {
    let top = scores[best];
    let chosen = candidates[best];
    let (mut same, mut all) = (0.0, 0.0);
    for (score, candidate) in scores.iter().zip(candidates) {
        let p = f64::from(score - top).exp();
        all += p;
        let common = candidate.end.min(chosen.end).saturating_sub(candidate.start.max(chosen.start));
        let both = candidate.end - candidate.start + chosen.end - chosen.start;
        if 2 * common * 4 >= 3 * both {
            same += p;
        }
    }
    // Fitted to how often such choices are right in places that the model has not seen (`cargo xtask train`).
    let sure = 1.0 - 0.7 * (1.0 - same / all).powf(1.5);
    (sure * 100.0).round() / 100.0
}
