//! Levels. They are relative to what the report itself uses: a kind of heading that is open takes
//! its own level again, a new kind goes below what is open. What stands behind decides where an
//! unnumbered line belongs: if the numbering around it goes on, it is inside.

use super::judge::{Heading, Place, Turn};
use super::marker::Family;

/// Headings of one kind are siblings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Numbered(Family),
    /// An unnumbered line; the number is its tier where two stand in a row or the format has levels.
    Line(u8),
    Lead,
    Inner,
}

fn kind(heading: &Heading) -> Kind {
    match (heading.marker, heading.place) {
        (Some(m), _) => Kind::Numbered(m.family),
        (None, Place::Line) => Kind::Line(heading.level.unwrap_or(0)),
        (None, Place::Lead) => Kind::Lead,
        (None, Place::Inner) => Kind::Inner,
    }
}

/// Whether a heading divides the report: it is on a line of its own, or numbered like one that is.
fn divides(heading: &Heading) -> bool {
    heading.place == Place::Line
        || heading.marker.is_some_and(|m| m.family.divides() && heading.place == Place::Lead)
}

struct Open {
    kind: Kind,
    number: u32,
    piece: usize,
    divides: bool,
    /// It holds a whole part of the report.
    part: bool,
    place: Place,
}

/// Whether the report turns between two headings. What a section begins with is no summary of it.
fn turned(previous: &Heading, heading: &Heading, turns: &[Turn]) -> bool {
    let from = previous.piece + 1;
    let begun = from + usize::from(previous.place == Place::Line);
    (from..=heading.piece).any(|i| turns[i] == Turn::Address || i >= begun && turns[i] == Turn::Summary)
}

/// The depth of each heading, 1 at the top. `turns` tells of each piece whether the report turns
/// there, which ends what was being listed.
pub fn depths(headings: &[Heading], turns: &[Turn]) -> Vec<u32> {
    let mut open: Vec<Open> = Vec::new();
    let mut nested: Vec<(Kind, Kind)> = Vec::new();
    let ahead = Ahead::new(headings);
    let mut depths = Vec::with_capacity(headings.len());
    for (i, heading) in headings.iter().enumerate() {
        let mut kind = kind(heading);
        let number = heading.marker.map_or(0, |m| m.number);
        let previous = i.checked_sub(1).map(|p| &headings[p]);
        // Of two unnumbered lines in a row the second is deeper.
        if let (Kind::Line(0), Some(p)) = (kind, previous)
            && p.piece + 1 == heading.piece
            && matches!(open.last(), Some(Open { kind: Kind::Line(_), .. }))
        {
            let Some(Open { kind: Kind::Line(tier), .. }) = open.last() else { unreachable!() };
            kind = Kind::Line(tier + 1);
        }
        if previous.is_some_and(|p| turned(p, heading, turns)) && !divides(heading) {
            let whole = open.first().is_some_and(|o| o.part) || open.get(1).is_some_and(|o| o.divides);
            open.truncate(usize::from(whole));
        }
        let level = match (heading.place, kind) {
            (Place::Inner, _) => {
                pop_while(&mut open, |o| {
                    o.kind == kind && o.piece == heading.piece || o.piece != heading.piece && !o.divides
                });
                inner_level(&open, kind, heading.piece)
            }
            _ if heading.outer => 0,
            (_, Kind::Line(_)) => line_level(&open, kind, &nested, ahead.next(i)),
            _ if divides(heading) => divider_level(&open, kind, number),
            _ => lead_level(&open, kind, number, heading, previous, &nested, ahead.continues(i)),
        };
        open.truncate(level);
        if let Some(parent) = open.last() {
            nested.push((parent.kind, kind));
        }
        open.push(Open {
            kind,
            number,
            piece: heading.piece,
            divides: divides(heading),
            part: heading.part || heading.place == Place::Line && heading.marker.is_none(),
            place: heading.place,
        });
        depths.push(open.len() as u32);
    }
    depths
}

fn pop_while(open: &mut Vec<Open>, closes: impl Fn(&Open) -> bool) {
    while open.last().is_some_and(&closes) {
        open.pop();
    }
}

fn position(open: &[Open], kind: Kind) -> Option<usize> {
    open.iter().rposition(|o| o.kind == kind)
}

/// Inside a paragraph: next to those of its kind there, else below what the paragraph opens with.
fn inner_level(open: &[Open], kind: Kind, piece: usize) -> usize {
    open.iter().position(|o| o.kind == kind && o.piece == piece).unwrap_or(open.len())
}

fn divider_level(open: &[Open], kind: Kind, number: u32) -> usize {
    if let Some(at) = position(open, kind) {
        return at;
    }
    // What lists points inside a passage contains no division, and a lower numbering no higher one that the
    // report has not put there before.
    let below = |o: &Open| match (kind, o.kind) {
        (Kind::Numbered(family), Kind::Numbered(other)) => {
            (family as u8) < other as u8 && (number >= 2 || o.number >= 2)
        }
        _ => false,
    };
    open.iter().position(|o| !o.divides || below(o)).unwrap_or(open.len())
}

fn line_level(open: &[Open], kind: Kind, nested: &[(Kind, Kind)], next: Option<(Family, u32)>) -> usize {
    let end = open.iter().position(|o| !o.divides).unwrap_or(open.len());
    let open = &open[..end];
    // The numbering that goes on behind the line contains it.
    if let Some((family, number)) = next
        && let Some(at) = position(open, Kind::Numbered(family))
    {
        if open[at].number < number {
            return position(&open[at..], kind).map_or(end, |p| at + p);
        }
        // It begins anew below the line.
        return position(&open[..at], kind).unwrap_or(at);
    }
    if let Some(at) = position(open, kind) {
        return at;
    }
    match nested.iter().find(|(_, k)| *k == kind) {
        Some((parent, _)) => position(open, *parent).map_or(end, |p| p + 1),
        None => end,
    }
}

fn lead_level(
    open: &[Open],
    kind: Kind,
    number: u32,
    heading: &Heading,
    previous: Option<&Heading>,
    nested: &[(Kind, Kind)],
    continues: impl Fn(Family, u32) -> bool,
) -> usize {
    let end = open.iter().position(|o| !o.divides).unwrap_or(open.len());
    if let Some(at) = position(open, kind)
        && (number == 0 || open[at].number < number || at >= end)
    {
        return at;
    }
    // Below an open run-in paragraph only without a gap between, and only where that one's row goes on or
    // has held such before.
    let near = previous.is_some_and(|p| p.piece + 1 >= heading.piece);
    let inside = open[end..].iter().rposition(|o| {
        o.place == Place::Lead
            && match o.kind {
                Kind::Numbered(family) => continues(family, o.number) || nested.contains(&(o.kind, kind)),
                // A list that begins behind an opener's paragraph is the opener's.
                _ => nested.contains(&(o.kind, kind)) || matches!(kind, Kind::Numbered(_)) && number <= 1,
            }
    });
    match inside {
        Some(at) if near => end + at + 1,
        _ => end,
    }
}

/// What comes behind a heading.
struct Ahead<'a> {
    headings: &'a [Heading],
    /// For each heading the next one that divides and is numbered.
    next: Vec<Option<usize>>,
}

impl<'a> Ahead<'a> {
    fn new(headings: &'a [Heading]) -> Self {
        let mut next = vec![None; headings.len()];
        let mut found = None;
        for i in (0..headings.len()).rev() {
            next[i] = found;
            if divides(&headings[i]) && headings[i].marker.is_some() {
                found = Some(i);
            }
        }
        Self { headings, next }
    }

    fn next(&self, i: usize) -> Option<(Family, u32)> {
        self.headings[self.next[i]?].marker.map(|m| (m.family, m.number))
    }

    /// Tells whether the series of a family goes on from a number before the next division.
    fn continues(&self, i: usize) -> impl Fn(Family, u32) -> bool + '_ {
        let end = self.next[i].unwrap_or(self.headings.len());
        move |family, number| {
            self.headings[i..end]
                .iter()
                .filter_map(|h| h.marker)
                .find(|m| m.family == family)
                .is_some_and(|m| m.number > number || family == Family::Dash)
        }
    }
}
