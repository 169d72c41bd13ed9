//! Learns the weights of `lexicon/indicator-weights.tsv` from annotated reports.
//!
//! Softmax over all candidates of a quantity, AdaGrad, right are the spans that the annotation accepts.
//! The indicator carried over from the quantity before is what the model itself chose there, so that it
//! learns how far its own choices can be trusted. Figures are by leaving places out, an eighth at a time.

use super::line::Line;
use super::score::{Lattice, Model, Previous, SPAN, Side};
use super::weights::{STEP, Weights, written};
use super::{Words, indicators};
use crate::metrics::quantity::Quantity;
use crate::report::{Hedge, MetricKind, Span};
use crate::table::Tables;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

/// An annotated report: its clean text and its `gold.json`.
pub struct Annotated {
    /// Reports of one place share what stands before the first `-`.
    pub name: String,
    /// Whether it counts double.
    pub heavy: bool,
    pub clean: String,
    pub gold: String,
}

/// What training gives.
pub struct Trained {
    /// The content of `indicator-weights.tsv`.
    pub weights: String,
    /// Figures and faults, to be read.
    pub account: String,
}

#[derive(Deserialize)]
struct Gold {
    metrics: Vec<Entry>,
}

#[derive(Deserialize, Clone)]
struct Entry {
    line: usize,
    quantity: String,
    value: f64,
    unit: String,
    indicator: String,
    action: String,
    kind: MetricKind,
    #[serde(default)]
    accept: Vec<String>,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    column: Option<usize>,
}

/// A paragraph with its quantities and what was annotated for each.
struct Paragraph {
    span: Span,
    quantities: Vec<Quantity>,
    entries: Vec<Vec<Entry>>,
}

struct Document {
    place: usize,
    heavy: bool,
    name: String,
    text: String,
    paragraphs: Vec<Paragraph>,
}

/// Puts the annotations into the text as `score.py` does.
fn document(report: &Annotated, place: usize) -> Document {
    let gold: Gold = serde_json::from_str(&report.gold).expect("gold.json is as the schema says");
    let text = report.clean.trim_end_matches('\n').to_owned();
    let mut spans = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        spans.push(Span::new(at, at + line.len()));
        at += line.len() + 1;
    }
    let mut found: BTreeMap<usize, BTreeMap<usize, (Quantity, Vec<Entry>)>> = BTreeMap::new();
    let mut after = 0;
    let mut previous: Option<(usize, String, usize)> = None;
    for entry in gold.metrics {
        let line = spans[entry.line - 1];
        let search = |from: usize| {
            text[from.max(line.start).min(line.end)..line.end]
                .find(&entry.quantity)
                .map(|i| from.max(line.start) + i)
        };
        let mut at = search(after).or_else(|| search(line.start)).unwrap_or(line.start);
        if let Some(column) = entry.column {
            at = line.start + text[line.range()].char_indices().nth(column).map_or(0, |c| c.0);
        } else if let Some((l, q, place)) = &previous
            && *l == entry.line
            && *q == entry.quantity
            && search(after).is_none()
        {
            at = *place;
        }
        after = after.max(at + entry.quantity.len());
        previous = Some((entry.line, entry.quantity.clone(), at));
        let quantity = Quantity {
            span: Span::new(at, at + entry.quantity.len()),
            value: entry.value,
            max: None,
            unit: entry.unit.clone(),
            hedge: Hedge::Exact,
            kind: entry.kind,
        };
        found.entry(entry.line).or_default().entry(at).or_insert((quantity, Vec::new())).1.push(entry);
    }
    let paragraphs = found
        .into_iter()
        .map(|(line, quantities)| {
            let mut end = 0;
            let apart = |(q, _): &(Quantity, Vec<Entry>)| {
                let fits = q.span.start >= end;
                end = end.max(q.span.end);
                fits
            };
            let (quantities, entries) = quantities.into_values().filter(apart).unzip();
            Paragraph { span: spans[line - 1], quantities, entries }
        })
        .collect();
    Document { place, heavy: report.heavy, name: report.name.clone(), text, paragraphs }
}

/// Width, case, spaces and punctuation do not decide a comparison.
fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .filter(|c| c.is_alphanumeric() || matches!(c, '%' | '°'))
        .flat_map(char::to_lowercase)
        .collect()
}

fn bigrams(text: &str) -> HashMap<(char, char), i32> {
    let chars: Vec<char> = text.chars().collect();
    let mut counts = HashMap::new();
    for w in chars.windows(2) {
        *counts.entry((w[0], w[1])).or_insert(0) += 1;
    }
    if chars.len() == 1 {
        counts.insert((chars[0], '\0'), 1);
    }
    counts
}

/// `score.py`'s right_indicator.
fn right(entry: &Entry, indicator: &str, action: &str) -> bool {
    let mut fair = vec![fold(&entry.indicator), fold(&format!("{}{}", entry.action, entry.indicator))];
    fair.extend(entry.accept.iter().map(|a| fold(a)));
    let name = fold(indicator);
    let whole = fold(&format!("{action}{indicator}"));
    fair.iter().filter(|f| !f.is_empty()).any(|f| {
        let (x, y) = (bigrams(f), bigrams(&name));
        let hit: i32 = x.iter().map(|(k, n)| n.min(y.get(k).unwrap_or(&0))).sum();
        let total = x.values().sum::<i32>() + y.values().sum::<i32>();
        *f == name || *f == whole || 2.0 * f64::from(hit) >= 0.8 * f64::from(total)
    })
}

/// A quantity to learn from.
struct Sample {
    place: usize,
    /// Whether another one of the same paragraph comes before it.
    first: bool,
    line: std::rc::Rc<Line>,
    quantities: std::rc::Rc<Vec<Quantity>>,
    text: std::rc::Rc<String>,
    index: usize,
    lattice: Lattice,
    side: [Vec<u32>; 2],
    start: [Vec<Vec<u32>>; 2],
    end: [Vec<Vec<u32>>; 2],
    features: Vec<[u32; SPAN]>,
    /// How right each candidate is: 1 as annotated, less for another fair phrasing, 0 for wrong.
    truth: Vec<f32>,
    fair: Vec<(String, f32)>,
    weight: f32,
}

#[derive(Default)]
struct Features {
    ids: HashMap<u64, u32>,
    /// A bit for each place that a feature was seen in.
    places: Vec<u128>,
    rows: Vec<u32>,
    last: Vec<u32>,
    row: u32,
}

impl Features {
    fn id(&mut self, key: u64, place: usize) -> u32 {
        let next = self.ids.len() as u32;
        let id = *self.ids.entry(key).or_insert(next);
        if id == next && self.places.len() == next as usize {
            self.places.push(0);
            self.rows.push(0);
            self.last.push(u32::MAX);
        }
        let i = id as usize;
        self.places[i] |= 1 << place;
        if self.last[i] != self.row {
            self.last[i] = self.row;
            self.rows[i] += 1;
        }
        id
    }
}

/// Figures come from leaving places out, an eighth of them at a time.
const GROUPS: usize = 8;
const EPOCHS: usize = 16;
const RATE: f32 = 0.05;
const DECAY: f32 = 0.3;
const PRUNE: f32 = 0.2;
const LAST: usize = 4;

struct Learner {
    weights: Vec<f32>,
    squares: Vec<f32>,
    /// Whether a feature may be used: seen in at least three of the places learned from.
    active: Vec<bool>,
}

impl Learner {
    fn sum(&self, ids: &[u32]) -> f32 {
        ids.iter().map(|&i| self.weights[i as usize]).sum()
    }

    fn step(&mut self, ids: &[u32], gradient: f32) {
        for &i in ids {
            let i = i as usize;
            if !self.active[i] {
                continue;
            }
            let g = gradient - DECAY * self.weights[i] * gradient.abs();
            self.squares[i] += g * g;
            self.weights[i] += RATE * g / (self.squares[i].sqrt() + 0.1);
        }
    }

    /// Learns from one quantity; returns the span that was chosen before learning.
    fn learn(
        &mut self,
        sample: &mut Sample,
        previous: Option<Previous>,
        features: &Features,
    ) -> (usize, usize) {
        let plain = sample.lattice.candidates.len();
        let carried =
            previous.and_then(|p| sample.lattice.carry(&sample.line, sample.index, &sample.quantities, p));
        let carried = carried.map(|(place, keys)| {
            (place, keys.iter().filter_map(|k| features.ids.get(k).copied()).collect::<Vec<u32>>())
        });
        let side = [self.sum(&sample.side[0]), self.sum(&sample.side[1])];
        let sums = |all: &[Vec<Vec<u32>>; 2]| {
            [0, 1].map(|d| all[d].iter().map(|f| self.sum(f)).collect::<Vec<f32>>())
        };
        let (start, end) = (sums(&sample.start), sums(&sample.end));
        let low = sample.lattice.low;
        let candidates = &sample.lattice.candidates;
        let mut scores: Vec<f32> = candidates
            .iter()
            .enumerate()
            .map(|(i, c)| match c.side {
                Side::Carried => 0.0,
                _ => {
                    let d = c.side as usize;
                    side[d] + start[d][c.start - low] + end[d][c.end - low] + self.sum(&sample.features[i])
                }
            })
            .collect();
        if let Some((place, ids)) = &carried {
            scores[*place] += self.sum(ids);
        }
        let mut truth = sample.truth.clone();
        if candidates.len() > plain {
            let c = candidates[plain];
            let span = sample.line.span(c.start, c.end);
            truth.push(rightness(&sample.fair, &sample.text[span.range()]));
        }
        let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
        let chosen = candidates.get(best).map_or((0, 0), |c| (c.start, c.end));

        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let likely: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
        let all: f32 = likely.iter().sum();
        let good: f32 = likely.iter().zip(&truth).map(|(p, t)| p * t).sum();
        if good > 0.0 {
            let n = end[0].len();
            let mut by_side = [0.0f32; 2];
            let mut by_start = [vec![0.0f32; n], vec![0.0f32; n]];
            let mut by_end = [vec![0.0f32; n], vec![0.0f32; n]];
            let mut single: Vec<(usize, f32)> = Vec::new();
            for (i, c) in candidates.iter().enumerate() {
                let g = sample.weight * (likely[i] * truth[i] / good - likely[i] / all);
                if g.abs() > 1e-4 {
                    single.push((i, g));
                }
                if c.side != Side::Carried {
                    let d = c.side as usize;
                    by_side[d] += g;
                    by_start[d][c.start - low] += g;
                    by_end[d][c.end - low] += g;
                }
            }
            for (i, g) in single {
                if i < plain {
                    self.step(&sample.features[i], g);
                }
                if let Some((place, ids)) = &carried
                    && *place == i
                {
                    self.step(ids, g);
                }
            }
            for d in 0..2 {
                self.step(&sample.side[d], by_side[d]);
                for i in 0..n {
                    if by_start[d][i].abs() > 1e-4 {
                        self.step(&sample.start[d][i], by_start[d][i]);
                    }
                    if by_end[d][i].abs() > 1e-4 {
                        self.step(&sample.end[d][i], by_end[d][i]);
                    }
                }
            }
        }
        sample.lattice.candidates.truncate(plain);
        chosen
    }
}

fn rightness(fair: &[(String, f32)], text: &str) -> f32 {
    let name = fold(text);
    fair.iter().find(|f| f.0 == name).map_or(0.0, |f| f.1)
}

/// The samples of all reports.
fn samples(documents: &[Document], words: &Words, features: &mut Features) -> Vec<Sample> {
    let mut samples = Vec::new();
    for document in documents {
        let text = std::rc::Rc::new(document.text.clone());
        for paragraph in &document.paragraphs {
            let line = std::rc::Rc::new(Line::new(&text, paragraph.span, &paragraph.quantities, words));
            let quantities = std::rc::Rc::new(paragraph.quantities.clone());
            for (index, entries) in paragraph.entries.iter().enumerate() {
                let lattice = Lattice::new(&line, index, &quantities);
                let mut fair: Vec<(String, f32)> = Vec::new();
                for entry in entries {
                    fair.push((fold(&entry.indicator), 1.0));
                    let lead = fold(&entry.action);
                    for other in entry.accept.iter().map(|a| fold(a)) {
                        // With its verb in front an indicator is accepted, but it is not what is wanted.
                        if lead.is_empty() || !other.starts_with(&lead) {
                            fair.push((other, 0.3));
                        }
                    }
                }
                features.row += 1;
                let place = document.place;
                let mut ids =
                    |keys: &[u64]| keys.iter().map(|&k| features.id(k, place)).collect::<Vec<u32>>();
                let side = [ids(&lattice.side[0]), ids(&lattice.side[1])];
                let mut nested = |all: &[Vec<Vec<u64>>; 2]| {
                    [0, 1].map(|d| all[d].iter().map(|keys| ids(keys)).collect::<Vec<_>>())
                };
                let (start, end) = (nested(&lattice.start), nested(&lattice.end));
                let of_span =
                    lattice.candidates.iter().map(|c| c.features.map(|k| features.id(k, place))).collect();
                let truth = lattice
                    .candidates
                    .iter()
                    .map(|c| rightness(&fair, &text[line.span(c.start, c.end).range()]))
                    .collect();
                // What the indicator of the quantity before would have for being carried over.
                let mut lattice = lattice;
                if index > 0 {
                    let n = lattice.candidates.len();
                    for (start, end) in [
                        (0, 1),
                        lattice.candidates.first().map_or((0, 1), |c| (c.start, c.end)),
                        lattice.candidates.last().map_or((0, 1), |c| (c.start, c.end)),
                    ] {
                        let previous = Previous { quantity: index - 1, start, end };
                        if let Some((_, keys)) = lattice.carry(&line, index, &quantities, previous) {
                            keys.iter().for_each(|&k| _ = features.id(k, place));
                        }
                        lattice.candidates.truncate(n);
                    }
                }
                let optional = entries.iter().all(|e| e.optional);
                samples.push(Sample {
                    place,
                    first: index == 0,
                    line: line.clone(),
                    quantities: quantities.clone(),
                    text: text.clone(),
                    index,
                    lattice,
                    side,
                    start,
                    end,
                    features: of_span,
                    truth,
                    fair,
                    weight: if optional {
                        0.3
                    } else if document.heavy {
                        2.0
                    } else {
                        1.0
                    },
                });
            }
        }
    }
    samples
}

/// Learns from all places but those of a group, a bit for each (or from all).
fn fit(samples: &mut [Sample], features: &Features, without: Option<u128>) -> Learner {
    let n = features.places.len();
    let mask = without.map_or(u128::MAX, |group| !group);
    let active =
        (0..n).map(|i| (features.places[i] & mask).count_ones() >= 3 && features.rows[i] >= 6).collect();
    let mut learner = Learner { weights: vec![0.0; n], squares: vec![0.0; n], active };
    for epoch in 0..EPOCHS + LAST {
        if epoch == EPOCHS {
            // What weighs little goes, and the rest learns to do without it.
            for i in 0..n {
                if learner.weights[i].abs() < PRUNE {
                    learner.weights[i] = 0.0;
                    learner.active[i] = false;
                }
            }
        }
        let mut previous = None;
        for sample in samples.iter_mut() {
            if without.is_some_and(|group| group >> sample.place & 1 == 1) {
                continue;
            }
            if sample.first {
                previous = None;
            }
            let (start, end) = learner.learn(sample, previous, features);
            previous = Some(Previous { quantity: sample.index, start, end });
        }
    }
    learner
}

/// What was learned, in steps.
fn learned(learner: &Learner, features: &Features) -> Vec<(u64, i8)> {
    let steps = |id: u32| (learner.weights[id as usize] / STEP).round().clamp(-127.0, 127.0) as i8;
    features.ids.iter().map(|(&key, &id)| (key, steps(id))).filter(|(_, steps)| *steps != 0).collect()
}

fn model(learned: &[(u64, i8)]) -> Model {
    Model { weights: Weights::new(learned) }
}

#[derive(Default)]
struct Figures {
    right: usize,
    action: usize,
    all: usize,
    sure: Vec<(f64, bool)>,
}

/// Holds the choices of `words` against the annotations of a report.
fn judge(document: &Document, words: &Words, figures: &mut Figures, faults: &mut String) {
    for paragraph in &document.paragraphs {
        let found = indicators(&document.text, paragraph.span, &paragraph.quantities, words);
        for ((quantity, entries), readings) in paragraph.quantities.iter().zip(&paragraph.entries).zip(&found)
        {
            let text = |span: Option<Span>| span.map_or("", |s| &document.text[s.range()]);
            for entry in entries.iter().filter(|e| !e.optional) {
                let hit = readings.iter().find(|r| right(entry, text(r.indicator), text(r.action)));
                figures.all += 1;
                figures.right += usize::from(hit.is_some());
                let reading = hit.or(readings.first()).copied().unwrap_or_default();
                figures.action += usize::from(fold(text(reading.action)) == fold(&entry.action));
                figures.sure.push((reading.confidence.unwrap_or(0.0), hit.is_some()));
                let mark = match (hit.is_some(), fold(text(reading.action)) == fold(&entry.action)) {
                    (false, _) => "INDICATOR",
                    (true, false) => "action",
                    _ => continue,
                };
                let from =
                    document.text[..quantity.span.start].char_indices().rev().nth(50).map_or(0, |c| c.0);
                let from = from.max(paragraph.span.start);
                let to = document.text[quantity.span.end..]
                    .char_indices()
                    .nth(16)
                    .map_or(document.text.len(), |c| quantity.span.end + c.0);
                let _ = writeln!(
                    faults,
                    "{mark} {} | {}【{}】{} | gold {} + {} | said {} + {} ({:.2})",
                    document.name,
                    &document.text[from..quantity.span.start],
                    &document.text[quantity.span.range()],
                    document.text[quantity.span.end..to].replace('\n', "¶"),
                    entry.action,
                    entry.indicator,
                    text(reading.action),
                    readings.iter().map(|r| text(r.indicator)).collect::<Vec<_>>().join(" & "),
                    reading.confidence.unwrap_or(0.0),
                );
            }
        }
    }
}

/// Learns from annotated reports; `date` is written beside the weights.
pub fn train(reports: &[Annotated], date: &str) -> Trained {
    let mut places: Vec<&str> = reports.iter().map(|r| r.name.split('-').next().unwrap_or("")).collect();
    places.sort_unstable();
    places.dedup();
    let documents: Vec<Document> = reports
        .iter()
        .map(|r| document(r, places.iter().position(|p| r.name.split('-').next() == Some(p)).unwrap_or(0)))
        .collect();
    let mut words = Words::parse(&Tables::default());
    let mut features = Features::default();
    let mut samples = samples(&documents, &words, &mut features);
    let reachable = samples.iter().filter(|s| s.truth.iter().any(|t| *t > 0.0)).count();

    let mut account = format!(
        "{} quantities, {} features, right span among candidates: {}\n",
        samples.len(),
        features.ids.len(),
        reachable
    );
    let mut faults = String::new();
    let mut all = Figures::default();
    let mut pooled = (0, 0);
    let mut means = [(0.0, 0.0); 2];
    let mut models: Vec<Model> = (0..GROUPS)
        .map(|group| {
            let left_out = (0..places.len()).filter(|p| p % GROUPS == group).fold(0, |bits, p| bits | 1 << p);
            model(&learned(&fit(&mut samples, &features, Some(left_out)), &features))
        })
        .collect();
    for (p, place) in places.iter().enumerate() {
        if !documents.iter().any(|d| d.place == p && !d.paragraphs.is_empty()) {
            continue;
        }
        std::mem::swap(&mut words.model, &mut models[p % GROUPS]);
        let mut figures = Figures::default();
        for document in documents.iter().filter(|d| d.place == p) {
            judge(document, &words, &mut figures, &mut faults);
        }
        std::mem::swap(&mut words.model, &mut models[p % GROUPS]);
        let share = figures.right as f64 / figures.all as f64;
        let heavy = documents.iter().any(|d| d.place == p && d.heavy);
        means[usize::from(heavy)].0 += share;
        means[usize::from(heavy)].1 += 1.0;
        let _ = writeln!(
            account,
            "{place:12} indicator {:5.1}  action {:5.1}  of {}",
            100.0 * share,
            100.0 * figures.action as f64 / figures.all as f64,
            figures.all
        );
        if heavy {
            pooled.0 += figures.right;
            pooled.1 += figures.all;
        }
        all.right += figures.right;
        all.action += figures.action;
        all.all += figures.all;
        all.sure.extend(figures.sure);
    }
    let mean = |m: (f64, f64)| 100.0 * m.0 / m.1.max(1.0);
    let summary = format!(
        "indicator {:.1} of {} rows, mean over {} places that count double {:.1} ({} of {} rows), over {} others {:.1}; action {:.1}",
        100.0 * all.right as f64 / all.all as f64,
        all.all,
        means[1].1,
        mean(means[1]),
        pooled.0,
        pooled.1,
        means[0].1,
        mean(means[0]),
        100.0 * all.action as f64 / all.all as f64,
    );
    account += &summary;
    account.push('\n');
    for step in 0..10 {
        let (low, high) = (f64::from(step) / 10.0, f64::from(step + 1) / 10.0);
        let within: Vec<_> = all.sure.iter().filter(|s| s.0 >= low && (s.0 < high || step == 9)).collect();
        let _ = writeln!(
            account,
            "confidence {low:.1}: {:5} rows, {:5.1}% right",
            within.len(),
            100.0 * within.iter().filter(|s| s.1).count() as f64 / within.len().max(1) as f64
        );
    }
    account += &faults;

    let learner = fit(&mut samples, &features, None);
    let mut lines: BTreeMap<(String, i32), Vec<String>> = BTreeMap::new();
    for (key, steps) in learned(&learner, &features) {
        if let Some((feature, value)) = written(key) {
            lines.entry((feature, i32::from(steps) * 5)).or_default().push(value);
        }
    }
    let lines: Vec<String> = lines
        .into_iter()
        .map(|((feature, weight), mut values)| {
            values.sort_unstable();
            format!("{feature}\t{weight}\t{}", values.join(" "))
        })
        .collect();
    let weights = format!(
        "# Weights of the model that chooses what a quantity measures. Columns: feature, side (before, after,\n\
         # carried), weight in hundredths, values that have it. See src/metrics/indicator/score.rs.\n\
         # Origin: learned from {} quantities in {} annotated texts (public reports, and invented\n\
         # sentences in the style of consultative conferences) of {} places, {date}, by\n\
         # `cargo xtask train FOLDER…`; a feature was seen in at least three places. Leaving places out:\n\
         # {summary}.\n\
         # Licence: as the project.\n{}\n",
        samples.len(),
        documents.len(),
        places.len(),
        lines.join("\n")
    );
    Trained { weights, account }
}
