//! Outlines side by side.

use super::{Digest, Words};
use crate::report::{Status, Topic, TopicCell};
use std::collections::HashMap;

/// The sections that have the same heading.
pub fn topics(reports: &[&Digest], _words: &Words) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    let mut known: HashMap<(&str, u32), usize> = HashMap::new();
    for (report, digest) in reports.iter().enumerate() {
        for (at, heading) in digest.outline.iter().enumerate().filter(|(_, h)| h.depth <= 2) {
            let topic = *known.entry((&heading.title, heading.depth)).or_insert_with(|| {
                topics.push(Topic {
                    title: heading.title.clone(),
                    depth: heading.depth,
                    status: Status::Done,
                    cells: Vec::new(),
                });
                topics.len() - 1
            });
            let cells = &mut topics[topic].cells;
            match cells.last_mut().filter(|c| c.report == report) {
                Some(cell) => cell.sections.push(at),
                None => cells.push(TopicCell { report, sections: vec![at] }),
            }
        }
    }
    topics.retain(|t| t.cells.len() > 1);
    topics
}
