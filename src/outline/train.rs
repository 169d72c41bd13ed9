//! Learns the weights of `lexicon/heading-weights.tsv` from annotated reports.
//!
//! Four logistic regressions, each held near what was known before (ridge towards the priors): openers of
//! paragraphs by themselves and with their rows, then sentences inside paragraphs likewise. Each stage sees
//! what the stages before it make of the text. Figures are by leaving a place out.

use super::features::{self, COUNT, Features, LOCAL};
use super::judge::{self, Candidate, Page};
use super::layout::{self, Piece};
use super::words::{Model, Words, weights};
use crate::read::Hint;
use crate::report::Span;
use crate::table::Tables;
use serde::Deserialize;
use std::collections::HashMap;
use std::fmt::Write;

/// An annotated report: its clean text and its `gold.json`.
pub struct Annotated {
    /// Reports of one place share what stands before the first `-`.
    pub name: String,
    pub clean: String,
    pub gold: String,
}

/// What training gives.
pub struct Trained {
    /// The content of `heading-weights.tsv`.
    pub weights: String,
    /// Figures and faults, to be read.
    pub account: String,
}

#[derive(Deserialize)]
struct Gold {
    outline: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    line: usize,
    marker: String,
    title: String,
    #[serde(default)]
    optional: bool,
}

struct Document {
    name: String,
    place: usize,
    text: String,
    pieces: Vec<Piece>,
    hints: Vec<Hint>,
    /// Unnumbered headings by line (from 0) and title, with whether they are optional.
    truth: HashMap<(usize, String), bool>,
}

fn document(report: &Annotated, place: usize, words: &Words) -> Document {
    let gold: Gold = serde_json::from_str(&report.gold).expect("gold.json is as the schema says");
    let text = report.clean.trim_end_matches('\n').to_owned();
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        lines.push(Span::new(at, at + line.len()));
        at += line.len() + 1;
    }
    let truth = gold
        .outline
        .into_iter()
        .filter(|e| e.marker.is_empty())
        .map(|e| ((e.line - 1, e.title), e.optional))
        .collect();
    let pieces = layout::pieces(&text, &lines, words);
    Document {
        name: report.name.clone(),
        place,
        hints: vec![Hint::default(); lines.len()],
        text,
        pieces,
        truth,
    }
}

impl Document {
    fn page<'a>(&'a self, words: &'a Words) -> Page<'a> {
        Page::new(&self.text, &self.pieces, &self.hints, words)
    }

    fn title(&self, piece: usize, title: Span) -> (usize, String) {
        (self.pieces[piece].line, self.text[title.range()].to_owned())
    }

    /// A candidate to learn from, unless careful readers could differ.
    fn sample(&self, candidate: &Candidate) -> Option<(Features, bool)> {
        let truth = self.truth.get(&self.title(candidate.piece, candidate.title));
        (truth != Some(&true)).then_some((candidate.features, truth.is_some()))
    }
}

/// How strongly weights are held near their priors.
const RIDGE: f32 = 2.0;
/// What a heading counts beside a sentence that is none, at each stage: inside paragraphs they are rare, and what
/// the first look leaves out no later one brings back.
const HEFT: [f32; 4] = [1.0, 1.0, 20.0, 3.0];
const SWEEPS: usize = 60;

/// Logistic regression on the first `used` features, by Newton's steps along one weight at a time.
fn fit(samples: &[(Features, bool)], prior: &Features, used: usize, heft: f32) -> Features {
    let mut weights = *prior;
    let mut scores: Vec<f32> =
        samples.iter().map(|(f, _)| f.iter().zip(&weights).take(used).map(|(x, w)| x * w).sum()).collect();
    for _ in 0..SWEEPS {
        for i in 0..used {
            let mut slope = RIDGE * (weights[i] - prior[i]);
            let mut bend = RIDGE;
            for ((f, right), score) in samples.iter().zip(&scores).filter(|((f, _), _)| f[i] != 0.0) {
                let likely = 1.0 / (1.0 + (-score).exp());
                let heft = if *right { heft } else { 1.0 };
                slope += heft * f[i] * (likely - f32::from(u8::from(*right)));
                bend += heft * f[i] * f[i] * likely * (1.0 - likely);
            }
            let step = (slope / bend).clamp(-1.0, 1.0);
            weights[i] -= step;
            for ((f, _), score) in samples.iter().zip(&mut scores) {
                *score -= step * f[i];
            }
        }
    }
    weights
}

/// Learns all weights from the documents of all places but one; returns how many sentences there were.
fn learn(
    documents: &[Document],
    words: &mut Words,
    priors: &[Features; 4],
    left_out: Option<usize>,
) -> [usize; 2] {
    words.weights = *priors;
    let mut counts = [0; 2];
    for (model, row) in
        [(Model::Lead, false), (Model::Lead, true), (Model::Inner, false), (Model::Inner, true)]
    {
        let mut samples = Vec::new();
        for document in documents.iter().filter(|d| Some(d.place) != left_out) {
            let page = document.page(words);
            let known = judge::plain(&page);
            let rows: Vec<Vec<Candidate>> = match model {
                Model::Lead => judge::lead_rows(&page, &known)
                    .into_iter()
                    .map(|(mut row, places)| {
                        judge::judge_openers(&page, &mut row, places);
                        row
                    })
                    .collect(),
                Model::Inner => {
                    let mut rows = judge::inner_rows(&page, &judge::opened(&page));
                    judge::judge_inner(&page, &mut rows);
                    rows.into_iter().map(|(_, row)| row).collect()
                }
            };
            samples.extend(rows.iter().flatten().filter_map(|c| document.sample(c)));
        }
        let at = 2 * model as usize + usize::from(row);
        let used = if row { COUNT } else { LOCAL };
        words.weights[at] = fit(&samples, &priors[at], used, HEFT[at]);
        counts[model as usize] = samples.len();
    }
    counts
}

/// Right, said and due headings.
#[derive(Default, Clone, Copy)]
struct Tally([usize; 3]);

impl Tally {
    fn add(&mut self, other: Tally) {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a += b);
    }

    fn f1(self) -> f64 {
        let [right, said, due] = self.0;
        if said + due == 0 { 1.0 } else { 2.0 * right as f64 / (said + due) as f64 }
    }
}

/// Holds what is read against the annotation: openers of paragraphs and those inside.
fn judge(document: &Document, words: &Words, faults: &mut String) -> [Tally; 2] {
    let page = document.page(words);
    let mut tally = [Tally::default(); 2];
    let mut open = document.truth.clone();
    let name = &document.name;
    for heading in
        judge::headings(&page).iter().filter(|h| h.marker.is_none() && h.place != judge::Place::Line)
    {
        let inside = usize::from(heading.span.start > document.pieces[heading.piece].span.start);
        let key = document.title(heading.piece, heading.title);
        match open.remove(&key) {
            Some(true) => {}
            Some(false) => tally[inside].add(Tally([1, 1, 1])),
            None => {
                tally[inside].add(Tally([0, 1, 0]));
                let _ = writeln!(faults, "{name}: invented {}: {}", key.0 + 1, key.1);
            }
        }
    }
    for ((line, title), optional) in open {
        let text = document.text.lines().nth(line).unwrap_or_default();
        let own = text.strip_prefix(title.as_str()).is_some_and(|rest| !rest.starts_with(layout::is_end));
        if !optional && !own {
            tally[usize::from(!text.starts_with(&title))].add(Tally([0, 0, 1]));
            let _ = writeln!(faults, "{name}: missed {}: {title}", line + 1);
        }
    }
    tally
}

/// Learns from annotated reports; `priors` is a table like the one that comes out, `date` is written beside the
/// weights.
pub fn train(reports: &[Annotated], priors: &str, date: &str) -> Trained {
    let place = |r: &Annotated| r.name.split('-').next().unwrap_or("").to_owned();
    let mut places: Vec<String> = reports.iter().map(place).collect();
    places.sort_unstable();
    places.dedup();
    let mut words = Words::parse(&Tables::default());
    let documents: Vec<Document> = reports
        .iter()
        .map(|r| document(r, places.iter().position(|p| *p == place(r)).unwrap_or(0), &words))
        .collect();
    let priors = weights(priors);
    let (mut account, mut faults) = (String::new(), String::new());
    let mut all = [Tally::default(); 2];
    for (p, place) in places.iter().enumerate() {
        learn(&documents, &mut words, &priors, Some(p));
        let mut here = [Tally::default(); 2];
        for document in documents.iter().filter(|d| d.place == p) {
            let tally = judge(document, &words, &mut faults);
            here.iter_mut().zip(tally).for_each(|(a, b)| a.add(b));
        }
        all.iter_mut().zip(here).for_each(|(a, b)| a.add(b));
        let figure =
            |t: Tally| format!("{:5.1} ({} right, {} said, {} due)", 100.0 * t.f1(), t.0[0], t.0[1], t.0[2]);
        let _ = writeln!(account, "{place:14} openers {}, inside {}", figure(here[0]), figure(here[1]));
    }
    let summary = format!(
        "F1 {:.1} at the start of a paragraph ({} headings), {:.1} inside one ({})",
        100.0 * all[0].f1(),
        all[0].0[2],
        100.0 * all[1].f1(),
        all[1].0[2]
    );
    let counts = learn(&documents, &mut words, &priors, None);
    account = format!("{summary}\n{account}{faults}");

    let mut table = format!(
        "# How much each thing that can be seen of an unnumbered sentence speaks for a heading in front of a passage.\n\
         # Origin: learned from {} annotated reports of {} places, {date} ({} sentences at the start of a paragraph,\n\
         # {} inside one), held near xtask/train/heading-priors.tsv, by `cargo xtask train --headings FOLDER…`.\n\
         # Leaving each place out: {summary}.\n\
         # Licence: as the project.\n\
         # Columns: feature; at the start of a paragraph: by itself, with its row; inside one: by itself, with its row.\n",
        documents.len(),
        places.len(),
        counts[0],
        counts[1],
    );
    for (i, name) in features::NAMES.iter().enumerate() {
        let cells: Vec<String> =
            words.weights.iter().map(|w| format!("{}", (w[i] * 100.0).round() / 100.0 + 0.0)).collect();
        let _ = writeln!(table, "{name}\t{}", cells.join("\t"));
    }
    Trained { weights: table, account }
}
