//! The clean text to its sections.
//!
//! [`layout`] cuts the text into pieces and sentences, [`judge`] says which of them are headings (with
//! [`marker`] for numbered ones and [`features`] for unnumbered ones), [`nest`] gives levels.

mod features;
mod judge;
mod layout;
mod marker;
mod nest;
#[cfg(test)]
mod tests;
#[cfg(feature = "train")]
pub mod train;
mod words;

use crate::clean::Cleaned;
use crate::report::{HeadingKind, Section, Span};

pub use words::Words;

/// The sections of a report in reading order.
pub fn outline(cleaned: &Cleaned, words: &Words) -> Vec<Section> {
    let text = cleaned.text.as_str();
    let lines = cleaned.text.lines();
    let pieces = layout::pieces(text, &lines, words);
    let page = judge::Page::new(text, &pieces, &cleaned.hints, words);
    let headings = judge::headings(&page);
    let depths = nest::depths(&headings, &page.turns);
    let mut sections: Vec<Section> = headings
        .iter()
        .zip(depths)
        .map(|(heading, depth)| Section {
            depth,
            parent: None,
            kind: kind(text, &lines, pieces[heading.piece].line, heading),
            marker: heading
                .marker
                .map_or("", |m| &text[heading.span.start..heading.span.start + m.len])
                .to_owned(),
            title: text[heading.title.range()].to_owned(),
            heading: heading.span,
            body: Span::new(heading.span.start, text.trim_end().len()),
            corrected: false,
        })
        .collect();
    enclose(text, &mut sections);
    sections
}

/// A heading fills its line; what text or an end mark follows is a run-in, but for a marker's line.
fn kind(text: &str, lines: &[Span], line: usize, heading: &judge::Heading) -> HeadingKind {
    let behind = &text[heading.span.end..lines[line].end];
    let open = behind.trim_end().chars().all(|c| !layout::is_end(c) || heading.marker.is_some());
    if behind.chars().count() <= 2 && open { HeadingKind::Heading } else { HeadingKind::RunIn }
}

/// Sets parents, and bodies from each heading to the next that is no deeper.
fn enclose(text: &str, sections: &mut [Section]) {
    let mut open: Vec<usize> = Vec::new();
    for i in 0..sections.len() {
        let start = sections[i].heading.start;
        while let Some(&last) = open.last()
            && sections[last].depth >= sections[i].depth
        {
            let body = &mut sections[last].body;
            body.end = body.start + text[body.start..start].trim_end().len();
            open.pop();
        }
        sections[i].parent = open.last().copied();
        open.push(i);
    }
}
