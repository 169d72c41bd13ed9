//! Lines of the source to paragraphs: one-line documents are split where they say so, hard wraps,
//! broken titles and fragments are joined.

use super::{Line, dirt, region};
use crate::text::sort_by_key;

/// Splits lines at tokens and at runs of wide spaces that stand for line ends.
pub fn split(lines: Vec<Line>) -> Vec<Line> {
    let mut result = Vec::with_capacity(lines.len());
    for line in lines {
        let mut breaks = breaks(&line);
        if breaks.is_empty()
            && let Some(at) = glued_salutation(&line)
        {
            breaks.push((at, at));
        }
        if breaks.is_empty() {
            result.push(line);
            continue;
        }
        let mut start = 0;
        for (at, end) in breaks.into_iter().chain([(line.glyphs.len(), line.glyphs.len())]) {
            let bold = line.hint.bold.saturating_sub(start).min(at - start);
            let mut part = Line {
                glyphs: line.glyphs[start..at].to_vec(),
                hint: super::Hint { bold, ..line.hint },
                apart: true,
                indent: true,
                cell: line.cell,
            };
            part.trim();
            if !part.glyphs.is_empty() {
                result.push(part);
            }
            start = end;
        }
    }
    result
}

/// Where the salutation begins in a line that has the speaker's name before it: `段某各位委员:`.
fn glued_salutation(line: &Line) -> Option<usize> {
    if line.glyphs.len() > 30 || !line.glyphs.last().is_some_and(|g| matches!(g.c, '：' | ':')) {
        return None;
    }
    let at = line.glyphs.windows(2).position(|pair| pair[0].c == '各' && pair[1].c == '位')?;
    let name = line.glyphs[..at].iter().all(|g| crate::text::is_han(g.c) || g.c.is_whitespace());
    (at >= 2 && name).then_some(at)
}

/// Where a line is to be split: from and to.
fn breaks(line: &Line) -> Vec<(usize, usize)> {
    const TOKEN: [char; 5] = ['[', 'S', 'E', 'P', ']'];
    let glyphs = &line.glyphs;
    let mut found = Vec::new();
    let mut wide = Vec::new();
    let mut at = 0;
    while at < glyphs.len() {
        if glyphs[at].c == '['
            && glyphs[at..].len() >= 5
            && TOKEN.iter().zip(&glyphs[at..]).all(|(t, g)| *t == g.c)
        {
            found.push((at, at + 5));
            at += 5;
            continue;
        }
        let run = glyphs[at..].iter().take_while(|g| g.c.is_whitespace()).count();
        let indents = glyphs[at..at + run].iter().filter(|g| matches!(g.c, '\u{3000}' | '\u{2003}')).count();
        let sentence =
            at > 0 && matches!(glyphs[at - 1].c, '。' | '！' | '？' | '：' | '；' | '”' | '!' | ':' | ';');
        if indents >= 2 || (run >= 4 && sentence) {
            wide.push((at, at + run, sentence));
        }
        at += run.max(1);
    }
    // In a long line with many of them they are paragraphs; in a short one only those behind a sentence
    // are (`区长　　王立` is one line).
    let all = glyphs.len() > 500 && wide.len() >= 4;
    found
        .extend(wide.into_iter().filter(|(_, _, sentence)| all || *sentence).map(|(from, to, _)| (from, to)));
    sort_by_key(&mut found, |f| *f);
    found
}

/// Joins lines that are one paragraph or one title.
pub fn join(lines: Vec<Line>, dirt: &dirt::Words, titles: &region::Words) -> Vec<Line> {
    let layout = Layout::of(&lines);
    let mut result: Vec<Line> = Vec::with_capacity(lines.len());
    // Characters and columns of the paragraph's last source line, and whether it has only that one.
    // … and whether a raised figure stands at its end.
    let (mut last, mut single, mut figure) = ((0, 0), true, false);
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        let size = size(&line);
        let mark = dirt::is_wordless(&line);
        let numeric = line.glyphs.iter().any(|g| g.c.is_numeric());
        let joins = result.last().is_some_and(|before| {
            if line.is_row() || single && before.is_row() {
                return false;
            }
            if mark {
                return layout.takes_mark(before, &line);
            }
            if figure && !line.apart && !line.indent && !region::is_numbered(&line) {
                return true;
            }
            if single && is_opener(before) {
                return true;
            }
            if single && titles.is_whole(before) && !begins_within(&line) {
                return false;
            }
            // Between two pieces of a sentence stands a third.
            let bridge = lines.peek().is_some_and(|next| !next.apart && !line.apart && begins_within(next));
            (!single || dirt.judge(before).is_none())
                && dirt.judge(&line).is_none()
                && ((single && titles.goes_on(before, &line)) || layout.joins(before, last, &line, bridge))
        });
        match result.last_mut() {
            Some(before) if joins => {
                let latin = |g: Option<&crate::text::Glyph>| g.is_some_and(|g| g.c.is_ascii_alphabetic());
                if latin(before.glyphs.last()) && latin(line.glyphs.first()) {
                    let at = line.glyphs[0].start;
                    before.glyphs.push(crate::text::Glyph { c: ' ', start: at, end: at });
                }
                before.glyphs.extend(line.glyphs);
            }
            _ => result.push(line),
        }
        figure = joins && mark && numeric;
        (last, single) = (size, !joins);
    }
    result
}

/// Whether a line holds nothing but an opening bracket or the like.
fn is_opener(line: &Line) -> bool {
    line.glyphs.iter().all(|g| matches!(g.c, '（' | '《' | '“' | '「' | '『' | '〈' | '—' | '('))
}

/// Whether a line begins with what no line can begin with.
fn begins_within(line: &Line) -> bool {
    line.glyphs.first().is_some_and(|g| {
        matches!(
            g.c,
            '，' | '、' | '。' | '；' | '）' | ')' | '》' | '」' | '』' | '〉' | '！' | '？' | '”' | '’'
        )
    })
}

/// A line's length in characters, and its width as a page shows it, in halves of a Han character.
fn size(line: &Line) -> (usize, usize) {
    let indent = if line.indent { 2 } else { 0 };
    let columns: usize = line.glyphs.iter().map(|g| if g.c.is_ascii() { 1 } else { 2 }).sum();
    (line.glyphs.len() + indent, columns + 2 * indent)
}

/// How a document sets its paragraphs.
struct Layout {
    /// Blank lines stand between them.
    spaced: bool,
    /// They are indented.
    indented: bool,
    /// The size at which lines are wrapped.
    wrap: Option<(usize, usize)>,
    /// Some lines have a blank one before them.
    parted: bool,
}

impl Layout {
    fn of(lines: &[Line]) -> Self {
        let long: Vec<&Line> = lines.iter().filter(|l| l.glyphs.len() >= 15).collect();
        let count = |test: fn(&Line) -> bool| long.iter().filter(|l| test(l)).count();
        let spaced = long.len() >= 4 && count(|l| l.apart) * 10 >= long.len() * 8;
        let indented = count(|l| l.indent) * 40 >= long.len().max(40);
        // Most lines of wrapped text are nearly as long as the longest, and few end a sentence.
        let longest = |of: fn(&Line) -> usize| {
            let mut sizes: Vec<usize> = long.iter().map(|l| of(l)).collect();
            sort_by_key(&mut sizes, |size| *size);
            sizes.get(sizes.len() * 19 / 20).copied().unwrap_or(0)
        };
        let wrap = (longest(|l| size(l).0), longest(|l| size(l).1));
        let full = long.iter().filter(|l| is_full(size(l), wrap)).count();
        let ends = count(|l| l.glyphs.last().is_some_and(|g| is_end(g.c)));
        let wrapped =
            long.len() >= 8 && (30..=160).contains(&wrap.1) && full * 2 > long.len() && ends * 2 < long.len();
        let wrap = wrapped.then_some(wrap);
        let parted = count(|l| l.apart) * 20 >= long.len();
        Self { spaced, indented, wrap, parted }
    }

    /// Whether a line without words belongs to the paragraph before it: a mark that a link's end or a
    /// raised figure put on a line of its own.
    fn takes_mark(&self, before: &Line, line: &Line) -> bool {
        if line.apart {
            return false;
        }
        let Some(end) = before.glyphs.last() else { return false };
        let ended = matches!(end.c, '。' | '！' | '？');
        let figure = line.glyphs.iter().any(|g| g.c.is_numeric());
        // `PM` / `2.5` / `浓度下降`.
        begins_within(line)
            || (figure && end.c.is_ascii_alphabetic())
            || (self.spaced && !ended && (is_opener(line) || figure))
    }

    fn joins(&self, before: &Line, last: (usize, usize), line: &Line, bridge: bool) -> bool {
        let Some(end) = before.glyphs.last() else { return false };
        if begins_within(line) {
            return true;
        }
        if matches!(end.c, '（' | '《' | '「' | '『' | '〈' | '、') && !region::is_numbered(line) {
            return true;
        }
        // A bracket that was opened in a short line and is closed in the next.
        if before.glyphs.len() + line.glyphs.len() <= 80 && open_bracket(before) && closes_bracket(line) {
            return true;
        }
        if region::is_numbered(line)
            || line.indent
            || line.hint.heading.is_some()
            || before.hint.heading.is_some()
        {
            return false;
        }
        // No paragraph ends in a comma, whatever stands between the lines.
        if end.c == '，' && (!line.apart || before.glyphs.len() >= 10) {
            return true;
        }
        if !line.apart && bridge && !is_end(end.c) {
            return true;
        }
        let short = before.glyphs.len() < 40;
        let full = self.wrap.is_some_and(|wrap| is_full(last, wrap));
        let heading = short && !full && !is_end(end.c) && region::is_numbered(before);
        if self.spaced && !line.apart {
            // Lines without a blank one between them are one paragraph, save a salutation or heading.
            let opener = matches!(end.c, '：' | ':') || (short && is_end(end.c));
            return !opener && !heading;
        }
        let Some(wrap) = self.wrap else { return false };
        if line.apart || heading || before.glyphs.len() < 15 {
            return false;
        }
        // A full line that ends a sentence ends the paragraph too, unless blank lines or indents show
        // where paragraphs end.
        let shown = self.parted || self.indented;
        self.parted && last.1 * 2 > wrap.1 && !is_end(end.c)
            || full && (shown || !is_end(end.c) || last.1 + 1 >= wrap.1)
    }
}

/// Whether a line is as long as lines get.
fn is_full(size: (usize, usize), wrap: (usize, usize)) -> bool {
    size.0 + 2 >= wrap.0 || size.1 + 6 >= wrap.1
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '：' | ':' | '；' | ';' | '”' | '…')
}

fn open_bracket(line: &Line) -> bool {
    let depth = |open: [char; 2], close: [char; 2]| {
        line.glyphs.iter().fold(0i32, |d, g| {
            if open.contains(&g.c) {
                d + 1
            } else if close.contains(&g.c) {
                (d - 1).max(0)
            } else {
                d
            }
        })
    };
    depth(['（', '('], ['）', ')']) > 0
}

fn closes_bracket(line: &Line) -> bool {
    for g in &line.glyphs {
        match g.c {
            '（' | '(' => return false,
            '）' | ')' => return true,
            _ => {}
        }
    }
    false
}
