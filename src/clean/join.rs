//! Lines of the source to paragraphs: one-line documents are split where they say so, hard wraps,
//! broken titles and fragments are joined.

use super::{Line, dirt, region};

/// Splits lines at tokens and at runs of wide spaces that stand for line ends.
pub fn split(lines: Vec<Line>) -> Vec<Line> {
    let mut result = Vec::with_capacity(lines.len());
    for line in lines {
        let breaks = breaks(&line);
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
    found.sort_unstable();
    found
}

/// Joins lines that are one paragraph or one title.
pub fn join(lines: Vec<Line>, dirt: &dirt::Words, titles: &region::Words) -> Vec<Line> {
    let layout = Layout::of(&lines);
    let mut result: Vec<Line> = Vec::with_capacity(lines.len());
    // Length of the last source line of the paragraph so far, in columns.
    let mut last = 0;
    for line in lines {
        let columns = columns(&line);
        let joins = result.last().is_some_and(|before| {
            dirt.judge(&line).is_none()
                && dirt.judge(before).is_none()
                && (titles.goes_on(before, &line) || layout.joins(before, last, &line))
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
        last = columns;
    }
    result
}

/// Width as a page shows it, in halves of a Han character.
fn columns(line: &Line) -> usize {
    line.glyphs.iter().map(|g| if g.c.is_ascii() { 1 } else { 2 }).sum::<usize>()
        + if line.indent { 4 } else { 0 }
}

/// How a document sets its paragraphs.
struct Layout {
    /// Blank lines stand between them.
    spaced: bool,
    /// They are indented.
    indented: bool,
    /// The width at which lines are wrapped.
    wrap: Option<usize>,
}

impl Layout {
    fn of(lines: &[Line]) -> Self {
        let long: Vec<&Line> = lines.iter().filter(|l| l.glyphs.len() >= 15).collect();
        let count = |test: fn(&Line) -> bool| long.iter().filter(|l| test(l)).count();
        let spaced = long.len() >= 4 && count(|l| l.apart) * 10 >= long.len() * 8;
        let indented = count(|l| l.indent) * 10 >= long.len();
        let mut widths: Vec<usize> = long.iter().map(|l| columns(l)).collect();
        widths.sort_unstable();
        // Most lines of wrapped text are nearly as long as the longest, and few end a sentence.
        let wrap = widths.get(widths.len() * 19 / 20).copied().filter(|&wrap| {
            let full = widths.iter().filter(|&&w| w + 6 >= wrap).count();
            let ends = long.iter().filter(|l| l.glyphs.last().is_some_and(|g| is_end(g.c))).count();
            widths.len() >= 8
                && (30..=160).contains(&wrap)
                && full * 2 > widths.len()
                && ends * 2 < widths.len()
        });
        Self { spaced, indented, wrap }
    }

    fn joins(&self, before: &Line, last: usize, line: &Line) -> bool {
        let (Some(end), Some(first)) = (before.glyphs.last(), line.glyphs.first()) else { return false };
        // What no line can begin or end with.
        if matches!(first.c, '，' | '、' | '。' | '；' | '）' | '》' | '」' | '』' | '〉' | '！' | '？')
        {
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
        if end.c == '，' && !line.apart {
            return true;
        }
        let short = before.glyphs.len() < 40;
        let heading = short && !is_end(end.c) && region::is_numbered(before);
        if self.spaced && !line.apart {
            // Lines without a blank one between them are one paragraph, save a salutation or heading.
            let opener = matches!(end.c, '：' | ':') || (short && is_end(end.c));
            return !opener && !heading;
        }
        let Some(wrap) = self.wrap else { return false };
        let full = last + 6 >= wrap;
        // A full line that ends a sentence ends the paragraph, unless indents would say so.
        full && !line.apart
            && (self.indented || !is_end(end.c) || last + 1 >= wrap)
            && !heading_like(before, wrap)
    }
}

/// A line of its own that was not wrapped, though it is as long as a line can be.
fn heading_like(line: &Line, wrap: usize) -> bool {
    region::is_numbered(line) && columns(line) + 6 < wrap
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
