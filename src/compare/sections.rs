//! Outlines side by side: sections of several reports that are about the same.

use super::{Digest, Heading, Words};
use crate::report::{Offsets, ReportKind, Span, Status, Topic, TopicCell};
use crate::text::{Slices, sort_by, sort_by_key};
use std::collections::HashMap;

/// A heading that says less than this of a subject, in characters of its words, does not tell it.
const TOLD: f64 = 2.0;
/// A subsection that stands for itself must say more.
const CLEARLY: f64 = 3.0;
/// What a subheading says counts so much for its section.
const BELOW: f64 = 0.4;
/// Headings that no subject knows are the same if they share so much of their words.
const ALIKE: f64 = 0.5;
/// Pairs of characters that occur in more headings than this tell nothing.
const COMMON: usize = 40;

/// The subjects that sections are about.
#[derive(Debug, Default)]
pub struct Topics {
    /// In Chinese and English.
    names: Vec<[String; 2]>,
    /// The bodies that speak of it.
    bodies: Vec<Vec<String>>,
    /// By their first character, longest first: a word, its subject, what it says of it.
    words: HashMap<char, Vec<(String, usize, f64)>>,
}

impl Topics {
    /// `words` are the words that tell the subject, and those that hint at it, all divided by spaces.
    pub fn add(&mut self, names: [&str; 2], bodies: &str, words: &[&str]) {
        let topic = self.names.len();
        self.names.push(names.map(str::to_owned));
        self.bodies.push(bodies.split(' ').map(str::to_owned).collect());
        for (list, hints) in words.iter().zip([false, true]) {
            for word in list.split(' ').filter(|w| !w.is_empty()) {
                let weight = if hints { 1.0 } else { word.chars().count() as f64 };
                let first = word.chars().next().expect("no word is empty");
                let same = self.words.entry(first).or_default();
                same.push((word.to_owned(), topic, weight));
                sort_by_key(same, |w| std::cmp::Reverse(w.0.len()));
            }
        }
    }

    /// How much a heading says of each subject that `body` speaks of.
    fn score(&self, title: &str, body: &str) -> HashMap<usize, f64> {
        let mut scores = HashMap::new();
        let mut at = 0;
        // What stands first says what was done, what follows what came of it.
        let mut first = 1.25;
        while let Some(c) = title[at..].chars().next() {
            let rest = &title[at..];
            let words = self.words.get(&c).map_or(&[][..], Vec::as_slice);
            let longest = words.iter().find(|w| rest.starts_with(w.0.as_str())).map(|w| w.0.as_str());
            for (_, topic, weight) in words.iter().filter(|w| Some(w.0.as_str()) == longest) {
                if self.bodies[*topic].iter().any(|b| b == body || b == "all") {
                    *scores.entry(*topic).or_default() += weight * first;
                }
            }
            if matches!(c, ',' | '，' | ' ' | '、' | '；') {
                first = 1.0;
            }
            at += longest.map_or(c.len_utf8(), str::len);
        }
        scores
    }
}

/// The subject with the highest score.
fn best(scores: &HashMap<usize, f64>, least: f64) -> Option<usize> {
    let best = scores.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))?;
    (*best.1 >= least).then_some(*best.0)
}

/// A section that is about something.
struct Placed {
    report: usize,
    section: usize,
    status: Status,
    about: About,
    /// Where it stands in its part of the report, from 0 to 1.
    at: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum About {
    /// It holds the part that looks back or ahead.
    Part,
    Topic(usize),
    /// A subject that only headings name.
    Heading(usize),
    /// Nothing that another report has too.
    Rest,
}

pub fn topics(reports: &[&Digest], offsets: Offsets, words: &Words) -> Vec<Topic> {
    let mut placed = Vec::new();
    for (report, digest) in reports.iter().enumerate() {
        place(report, digest, offsets, words, &mut placed);
    }
    let title = |p: &Placed| reports[p.report].outline[p.section].title.as_str();
    let headings = alike(&mut placed, title);
    let mut rows: HashMap<(bool, About), Vec<&Placed>> = HashMap::new();
    for p in &placed {
        rows.entry((p.status == Status::Plan, p.about)).or_default().push(p);
    }
    let mut rows: Vec<_> = rows.into_iter().collect();
    let order = |about: About, placed: &[&Placed]| match about {
        About::Part => -1.0,
        About::Rest => 2.0,
        _ => placed.iter().map(|p| p.at).sum::<f64>() / placed.len() as f64,
    };
    sort_by(&mut rows, |((plan, about), a), ((other_plan, other), b)| {
        let place = order(*about, a).total_cmp(&order(*other, b));
        plan.cmp(other_plan).then(place).then(about.cmp(other))
    });
    rows.into_iter()
        .map(|((plan, about), placed)| {
            let (zh, en) = match about {
                About::Part if plan => ("工作安排", "What is planned"),
                About::Part => ("工作回顾", "What was done"),
                About::Topic(topic) => {
                    let [zh, en] = &words.topics.names[topic];
                    (zh.as_str(), en.as_str())
                }
                About::Heading(heading) => (headings[heading], ""),
                About::Rest => ("其他", "Other"),
            };
            let mut cells: Vec<TopicCell> = Vec::new();
            for p in placed {
                match cells.last_mut().filter(|c| c.report == p.report) {
                    Some(cell) => cell.sections.push(p.section),
                    None => cells.push(TopicCell { report: p.report, sections: vec![p.section] }),
                }
            }
            for cell in &mut cells {
                sort_by_key(&mut cell.sections, |section| *section);
            }
            Topic {
                title: zh.to_owned(),
                title_en: en.to_owned(),
                depth: if about == About::Part { 1 } else { 2 },
                status: if plan { Status::Plan } else { Status::Done },
                cells,
            }
        })
        .collect()
}

/// Says of the sections of one report what they are about.
fn place(report: usize, digest: &Digest, offsets: Offsets, words: &Words, placed: &mut Vec<Placed>) {
    let outline = &digest.outline;
    let slices = Slices::new(&digest.text, offsets);
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); outline.len()];
    for (at, heading) in outline.iter().enumerate() {
        if let Some(children) = heading.parent.and_then(|p| below.get_mut(p)) {
            children.push(at);
        }
    }
    let body = match digest.meta.kind {
        ReportKind::CppccStandingCommittee | ReportKind::CppccSummary | ReportKind::CppccProposals => "cppcc",
        ReportKind::Congress => "congress",
        ReportKind::Court | ReportKind::Procuratorate => "court",
        ReportKind::Government | ReportKind::Statistics | ReportKind::Other => "government",
    };
    let scores: Vec<_> = outline.iter().map(|h| words.topics.score(&h.title, body)).collect();
    let with_below = |section: usize| {
        let mut all = scores[section].clone();
        for child in &below[section] {
            for (topic, score) in &scores[*child] {
                *all.entry(*topic).or_default() += score * BELOW;
            }
        }
        best(&all, TOLD)
    };
    let mut status = Status::Done;
    let first = placed.len();
    for (section, heading) in outline.iter().enumerate().filter(|(_, h)| h.depth == 1) {
        let part = looks(heading, digest, words);
        let before = section.checked_sub(1).map_or(0, |last| outline[last].heading.end);
        let gap = slices.cut(Span::new(before.min(heading.heading.start), heading.heading.start));
        if gap.lines().any(|line| words.turn.iter().any(|w| line.starts_with(w.as_str()))) {
            status = Status::Plan;
        }
        status = part.unwrap_or(status);
        let mut add = |section, about| placed.push(Placed { report, section, status, about, at: 0.0 });
        if part.is_some() {
            add(section, About::Part);
            for &child in &below[section] {
                add(child, with_below(child).map_or(About::Rest, About::Topic));
            }
            continue;
        }
        let about = with_below(section);
        add(section, about.map_or(About::Rest, About::Topic));
        for &child in &below[section] {
            if let Some(topic) = best(&scores[child], CLEARLY).filter(|t| Some(*t) != about) {
                add(child, About::Topic(topic));
            }
        }
    }
    let count = (placed.len() - first).max(1) as f64;
    for (at, p) in placed[first..].iter_mut().enumerate() {
        p.at = at as f64 / count;
    }
}

/// Whether a heading holds the part of a report that looks back or ahead.
fn looks(heading: &Heading, digest: &Digest, words: &Words) -> Option<Status> {
    if heading.title.contains([',', '，', ' ']) {
        return None;
    }
    let has = |list: &[String]| list.iter().any(|w| heading.title.contains(w.as_str()));
    let year =
        |text: &str| text.get(..4).and_then(|y| y.parse::<u32>().ok()).filter(|y| (1950..2100).contains(y));
    let named = heading.title.char_indices().filter_map(|(at, _)| year(&heading.title[at..])).max();
    let own = year(&digest.meta.period.end);
    if has(&words.review) {
        return Some(Status::Done);
    }
    match named.zip(own) {
        Some((named, own)) if named > own => Some(Status::Plan),
        Some(_) if has(&words.plan) || heading.title.contains("工作") => Some(Status::Done),
        _ => has(&words.plan).then_some(Status::Plan),
    }
}

/// Finds headings without a subject that several reports share; their words.
fn alike<'a>(placed: &mut [Placed], title: impl Fn(&Placed) -> &'a str) -> Vec<&'a str> {
    let pairs = |title: &str| -> Vec<(char, char)> {
        let letters: Vec<char> = title.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.windows(2).map(|w| (w[0], w[1])).collect()
    };
    let mut occurs: HashMap<(char, char), usize> = HashMap::new();
    for p in placed.iter() {
        for pair in pairs(title(p)) {
            *occurs.entry(pair).or_default() += 1;
        }
    }
    // What few headings have says most.
    let weight = |pair: &(char, char)| 1.0 / (1.0 + occurs.get(pair).map_or(0, |n| *n) as f64).ln();
    let mut by_pair: HashMap<(bool, (char, char)), Vec<usize>> = HashMap::new();
    let mut headings: Vec<&str> = Vec::new();
    for at in 0..placed.len() {
        if placed[at].about != About::Rest {
            continue;
        }
        let own = pairs(title(&placed[at]));
        let plan = placed[at].status == Status::Plan;
        let mut shared: HashMap<usize, f64> = HashMap::new();
        for pair in &own {
            for other in by_pair.get(&(plan, *pair)).into_iter().flatten() {
                *shared.entry(*other).or_default() += weight(pair);
            }
        }
        let whole = |title: &str| pairs(title).iter().map(weight).sum::<f64>();
        let mine = whole(title(&placed[at]));
        let other = shared
            .into_iter()
            .filter(|(other, _)| placed[*other].report != placed[at].report)
            .map(|(other, both)| (other, both / (mine + whole(title(&placed[other])) - both)))
            .filter(|(_, part)| *part >= ALIKE)
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((other, _)) = other {
            if placed[other].about == About::Rest {
                placed[other].about = About::Heading(headings.len());
                headings.push(title(&placed[other]));
            }
            placed[at].about = placed[other].about;
        }
        for pair in own {
            let list = by_pair.entry((plan, pair)).or_default();
            if list.len() < COMMON {
                list.push(at);
            }
        }
    }
    headings
}
