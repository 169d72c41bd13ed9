//! The main text of a page: the element that holds most of its prose, without the parts within that
//! are lists of links or are named as something else.

use super::Facts;
use super::html::{Kind, Node, attribute};
use super::page::{Piece, words_of};
use crate::table;
use crate::table::Tables;

#[derive(Debug)]
pub struct Words {
    /// Words that a part of a class or id is, and words that it holds.
    parts: Vec<String>,
    within: Vec<String>,
    /// What titles of reports end in.
    titles: Vec<String>,
}

impl Words {
    pub fn parse(tables: &Tables) -> Self {
        let of = |class| table::of_class(tables.get("page-parts.tsv"), class).map(str::to_owned).collect();
        let titles = table::of_class(tables.get("title-words.tsv"), "end").map(str::to_owned).collect();
        Self { parts: of("part"), within: of("within"), titles }
    }

    /// Whether an element's name says that it is not the main text.
    fn aside(&self, attributes: &str) -> bool {
        ["class", "id"].iter().filter_map(|key| attribute(attributes, key)).any(|value| {
            value.split_whitespace().any(|name| {
                let name = name.to_ascii_lowercase();
                self.within.iter().any(|w| name.contains(w.as_str()))
                    || name
                        .split(|c: char| !c.is_ascii_alphabetic())
                        .any(|word| self.parts.iter().any(|p| p == word))
            })
        })
    }
}

/// The share of a region's prose that one of its children must hold to be the region.
const MOST: f32 = 0.75;

/// Which pieces are the main text.
pub fn choose(nodes: &[Node], pieces: &[Piece], facts: &Facts, words: &Words) -> Vec<bool> {
    let mut chosen = choose_within(nodes, pieces, words, true);
    if !chosen.contains(&true) {
        // Where all prose stands in parts that are named as something else, the names are wrong.
        chosen = choose_within(nodes, pieces, words, false);
    }
    if !chosen.contains(&true) {
        return pieces.iter().map(|p| !p.hidden).collect();
    }
    restore_title(pieces, facts, words, &mut chosen);
    chosen
}

fn choose_within(nodes: &[Node], pieces: &[Piece], words: &Words, by_name: bool) -> Vec<bool> {
    let all: usize = pieces.iter().map(prose).sum();
    // Elements that are not the main text, and all within.
    let mut aside = vec![false; nodes.len()];
    let mut held = vec![0usize; nodes.len()];
    for piece in pieces {
        held[piece.container] += prose(piece);
    }
    for i in (1..nodes.len()).rev() {
        held[nodes[i].parent] += held[i];
    }
    for i in 1..nodes.len() {
        aside[i] = aside[nodes[i].parent];
        if let Kind::Element { attributes, class, .. } = &nodes[i].kind
            && !aside[i]
            && by_name
            // A name on what holds most of the prose is no reason to drop it.
            && held[i] * 2 < all
        {
            aside[i] = class.frame || words.aside(attributes);
        }
    }
    let mut held = vec![0usize; nodes.len()];
    for piece in pieces.iter().filter(|p| !aside[p.container]) {
        held[piece.container] += prose(piece);
    }
    for i in (1..nodes.len()).rev() {
        held[nodes[i].parent] += held[i];
    }
    if held[0] == 0 {
        return vec![false; pieces.len()];
    }
    let mut region = 0;
    loop {
        let mut child = region + 1;
        let mut best = None;
        while child < nodes[region].end {
            if held[child] as f32 >= MOST * held[region] as f32 {
                best = Some(child);
                break;
            }
            child = nodes[child].end;
        }
        match best {
            Some(child) if matches!(&nodes[child].kind, Kind::Element { .. }) => region = child,
            _ => break,
        }
    }
    // A paragraph alone is no region; its neighbours without prose belong to it.
    let single = |region: usize| pieces.iter().filter(|p| p.container == region && prose(p) > 0).count() == 1;
    if region != 0 && single(region) {
        region = nodes[region].parent;
    }
    let within = |node: usize| region <= node && node < nodes[region].end;
    // Lists of links within the region, by the outermost element that is nothing else.
    let mut glyphs = vec![(0usize, 0usize); nodes.len()];
    for piece in pieces {
        let (linked, count) = &mut glyphs[piece.container];
        *linked += piece.linked;
        *count += piece.block.glyphs.len();
    }
    for i in (1..nodes.len()).rev() {
        let (linked, count) = glyphs[i];
        let parent = &mut glyphs[nodes[i].parent];
        parent.0 += linked;
        parent.1 += count;
    }
    let mut links = vec![false; nodes.len()];
    for i in region + 1..nodes[region].end {
        let (linked, count) = glyphs[i];
        links[i] = links[nodes[i].parent] || (held[i] == 0 && linked * 2 > count);
    }
    pieces
        .iter()
        .map(|p| !p.hidden && within(p.container) && !aside[p.container] && !links[p.container])
        .collect()
}

/// How much running text a piece holds, in characters.
fn prose(piece: &Piece) -> usize {
    let glyphs = &piece.block.glyphs;
    if piece.hidden || piece.linked * 2 > glyphs.len() {
        return 0;
    }
    let marks =
        glyphs.iter().filter(|g| matches!(g.c, '，' | '。' | '；' | '：' | '！' | '？' | ',' | '.')).count();
    let words = glyphs.iter().filter(|g| g.c.is_alphanumeric()).count();
    if words >= 15 && marks > 0 || words >= 40 { words } else { 0 }
}

/// Takes in the title of a report that stands before its text.
fn restore_title(pieces: &[Piece], facts: &Facts, words: &Words, chosen: &mut [bool]) {
    let first = chosen.iter().position(|&c| c).unwrap_or(0);
    let fold = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let stated = fold(&facts.title);
    let behind = || pieces[first..].iter().zip(&chosen[first..]).filter(|(_, c)| **c).take(4).map(|(p, _)| p);
    // A subtitle or a salutation shows that what stands before is a report's title, whatever its words.
    let report = behind().any(|p| {
        let text = words_of(&p.block.glyphs);
        text.starts_with("——") || (text.starts_with("各位") && text.ends_with(['：', ':']))
    });
    let title = pieces[..first].iter().rposition(|piece| {
        let text = words_of(&piece.block.glyphs);
        // `工作报告(摘要)`
        let bare = text.trim_end_matches([')', '）']);
        let bare = if bare == text { &text } else { bare.rfind(['(', '（']).map_or(bare, |i| &bare[..i]) };
        let bare = fold(bare);
        let heading = piece.block.hint.heading.is_some_and(|level| level <= 2) || fold(&text) == stated;
        let named = report || words.titles.iter().any(|w| bare.ends_with(w.as_str()));
        heading && !piece.hidden && named
    });
    if let Some(title) = title {
        let said = fold(&words_of(&pieces[title].block.glyphs));
        if !behind().any(|p| fold(&words_of(&p.block.glyphs)).contains(&said)) {
            chosen[title] = true;
        }
    }
}
