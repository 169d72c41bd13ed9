//! HTML: blocks of the page's main text, and what the page says about itself.

use super::html::{Kind, Node, attribute, characters, tree};
use super::rows::rows;
use super::{Block, Cell, Document, Facts, Hint, Words, article};
use crate::report::{Format, RemovedKind, Span};
use crate::text::{Glyph, iso_date};
use std::collections::HashMap;

/// A block of the page with what its place in the tree says.
#[derive(Debug, Default)]
pub struct Piece {
    pub block: Block,
    /// The innermost block element around it.
    pub container: usize,
    /// Glyphs within links.
    pub linked: usize,
    pub hidden: bool,
    /// The row of the innermost table; 0 outside.
    row: usize,
}

/// What holds for the content of an element.
#[derive(Clone, Default)]
struct Context {
    /// The element's end in the tree.
    end: usize,
    block: bool,
    container: usize,
    hint: Hint,
    bold: bool,
    link: bool,
    preformatted: bool,
    hidden: bool,
    row: usize,
    cell: Option<Cell>,
}

pub fn read(source: &str, words: &Words) -> Document {
    let nodes = tree(source, words);
    let pieces = pieces(source, &nodes, words);
    let mut facts = facts(source, &nodes, words);
    if facts.title.is_empty() {
        let mut headings = pieces.iter().filter(|p| p.block.hint.heading == Some(1) && !p.hidden);
        if let (Some(only), None) = (headings.next(), headings.next()) {
            facts.title = words_of(&only.block.glyphs).trim().to_owned();
        }
    }
    let chosen = article::choose(&nodes, &pieces, &facts, &words.article);
    if facts.published.is_empty() {
        facts.published = stated_date(&pieces, &chosen).unwrap_or_default();
    }
    let mut removed: Vec<(RemovedKind, Span)> = Vec::new();
    let mut blocks = Vec::new();
    for (piece, chosen) in pieces.into_iter().zip(chosen) {
        if chosen {
            blocks.push(piece.block);
        } else {
            for glyph in &piece.block.glyphs {
                let span = Span::new(glyph.start as usize, glyph.end as usize);
                match removed.last_mut() {
                    Some((_, last)) if last.end == span.start => last.end = span.end,
                    _ => removed.push((RemovedKind::Chrome, span)),
                }
            }
        }
    }
    Document { format: Format::Html, blocks, removed, facts, warnings: Vec::new() }
}

/// The date in the last line before the text, or else the first behind it, that says when it was published.
fn stated_date(pieces: &[Piece], chosen: &[bool]) -> Option<String> {
    let first = chosen.iter().position(|&c| c).unwrap_or(0);
    let date = |piece: &Piece| {
        let glyphs = &piece.block.glyphs;
        if piece.hidden || glyphs.len() > 120 || piece.linked * 2 > glyphs.len() {
            return None;
        }
        let words = words_of(glyphs);
        let says = ["发布", "发表", "时间", "日期", "来源"].iter().any(|w| words.contains(w))
            || words.starts_with(|c: char| c.is_ascii_digit());
        if says { iso_date(&words).map(|(date, _)| date) } else { None }
    };
    let behind = pieces[first..].iter().zip(&chosen[first..]).filter(|(_, chosen)| !**chosen);
    let before = pieces[..first].iter().rev().take(30);
    before.into_iter().find_map(date).or_else(|| behind.map(|(piece, _)| piece).find_map(date))
}

pub fn words_of(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|g| g.c).collect()
}

fn pieces(source: &str, nodes: &[Node], words: &Words) -> Vec<Piece> {
    let mut writer = Writer::default();
    let cells = cells(nodes);
    let mut stack = vec![Context { end: nodes.len(), block: true, ..Context::default() }];
    let mut at = 0;
    while at < nodes.len() {
        while stack.len() > 1 && stack[stack.len() - 1].end <= at {
            if stack.pop().is_some_and(|c| c.block) {
                writer.flush();
            }
        }
        let node = &nodes[at];
        let around = stack[stack.len() - 1].clone();
        match &node.kind {
            Kind::Text { start, end } => {
                writer.enter(&around);
                characters(source, *start, *end, words, |glyph| writer.push(glyph, &around));
            }
            Kind::Element { name, class, attributes }
                if class.skip || name == "a" && note_mark(source, nodes, at, attributes) =>
            {
                at = node.end;
                continue;
            }
            Kind::Element { name, attributes, class } => {
                let context = Context { end: node.end, block: class.block, ..around };
                let mut context = inherit(context, at, name, attributes, words);
                context.cell = if name == "table" { None } else { cells.get(&at).copied().or(context.cell) };
                if class.block {
                    writer.flush();
                }
                if node.end > at + 1 {
                    stack.push(context);
                }
            }
        }
        at += 1;
    }
    writer.flush();
    // The row stands where its cells stood.
    let absorb = |first: &mut Piece, cell: &Piece| {
        first.linked += cell.linked;
        first.container = first.row;
    };
    rows(writer.pieces, |piece| &mut piece.block, absorb)
}

/// Where each cell of a page's tables stands, by its node.
fn cells(nodes: &[Node]) -> HashMap<usize, Cell> {
    /// Cells beyond this column stand nowhere.
    const COLUMNS: usize = 1000;
    struct Table {
        end: usize,
        next: Cell,
        /// How many rows more a cell from above reaches into, by column.
        taken: Vec<usize>,
    }
    let mut tables: Vec<Table> = Vec::new();
    let (mut count, mut found) = (0, HashMap::new());
    for (at, node) in nodes.iter().enumerate() {
        let Kind::Element { name, attributes, .. } = &node.kind else { continue };
        while tables.pop_if(|table| at >= table.end).is_some() {}
        if name == "table" {
            let next = Cell { table: count, ..Cell::default() };
            tables.push(Table { end: node.end, next, taken: Vec::new() });
            count += 1;
        }
        let Some(table) = tables.last_mut() else { continue };
        match name.as_str() {
            "tr" => {
                table.next.row += 1;
                table.next.column = 0;
                table.taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            }
            "td" | "th" => {
                let number = |name| attribute(attributes, name).and_then(|n| n.trim().parse().ok());
                let free = |column: &usize| table.taken.get(*column).is_none_or(|rows| *rows == 0);
                let column = (table.next.column..).find(free).unwrap_or(COLUMNS);
                let span = number("colspan").unwrap_or(1).clamp(1, COLUMNS);
                let rows: usize = number("rowspan").unwrap_or(1).max(1);
                table.next.column = column.saturating_add(span);
                if table.next.column > COLUMNS {
                    continue;
                }
                if table.taken.len() < table.next.column {
                    table.taken.resize(table.next.column, 0);
                }
                table.taken[column..table.next.column].fill(rows);
                found.insert(at, Cell { column, span, ..table.next });
            }
            _ => {}
        }
    }
    found
}

/// Whether a link is the mark of a note, or of the way back from one: a number that leads elsewhere in the page.
fn note_mark(source: &str, nodes: &[Node], at: usize, attributes: &str) -> bool {
    let words = nodes[at..nodes[at].end].iter().filter_map(|node| match node.kind {
        Kind::Text { start, end } => Some(source[start..end].trim()),
        Kind::Element { .. } => None,
    });
    let mark = |c: char| c.is_ascii_digit() || ('①'..='⑳').contains(&c);
    let around = |c: char| mark(c) || matches!(c, '[' | ']' | '［' | '］' | '〔' | '〕');
    attribute(attributes, "href").is_some_and(|href| href.starts_with('#'))
        && words.clone().all(|text| text.len() <= 12 && text.chars().all(around))
        && words.clone().any(|text| text.contains(mark))
}

/// What an element adds to what holds around it.
fn inherit(mut context: Context, at: usize, name: &str, attributes: &str, _words: &Words) -> Context {
    let style: String = attribute(attributes, "style")
        .unwrap_or("")
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    if context.block {
        context.container = at;
        let align = attribute(attributes, "align").unwrap_or("");
        if style.contains("text-align:") || !align.is_empty() || name == "center" {
            context.hint.centred = style.contains("text-align:center")
                || align.eq_ignore_ascii_case("center")
                || name == "center";
        }
    }
    if let [b'h', level @ b'1'..=b'6'] = name.as_bytes() {
        context.hint.heading = Some(level - b'0');
    }
    match name {
        "b" | "strong" => context.bold = true,
        "a" => context.link = true,
        "pre" => context.preformatted = true,
        "tr" => context.row = at,
        "table" => context.row = 0,
        _ => {}
    }
    if let Some(i) = style.find("font-weight:") {
        let weight = &style[i + 12..];
        context.bold = ["bold", "6", "7", "8", "9"].iter().any(|w| weight.starts_with(w));
    }
    // Page headers and footers, as LibreOffice saves them.
    let title = attribute(attributes, "title").unwrap_or("");
    if name == "div" && matches!(title, "header" | "footer") {
        context.hidden = true;
    }
    if style.contains("display:none") || attribute(attributes, "hidden").is_some() {
        context.hidden = true;
    }
    context
}

/// Writes characters into blocks, white space as a browser shows it.
#[derive(Default)]
struct Writer {
    pieces: Vec<Piece>,
    piece: Piece,
    /// White space that counts only if a word follows; whether it holds a line end.
    space: Option<(Glyph, bool)>,
    /// All glyphs so far are in bold.
    bold: bool,
}

impl Writer {
    fn enter(&mut self, context: &Context) {
        if self.piece.block.glyphs.is_empty() {
            self.piece.container = context.container;
            self.piece.hidden = context.hidden;
            self.piece.block.hint = Hint { bold: 0, ..context.hint };
            (self.piece.row, self.piece.block.cell) = (context.row, context.cell);
            self.bold = true;
        }
    }

    fn push(&mut self, glyph: Glyph, context: &Context) {
        let plain = glyph.end - glyph.start == 1;
        if plain && context.preformatted && glyph.c == '\n' {
            self.flush();
            return self.enter(context);
        }
        if plain && glyph.c.is_ascii_whitespace() {
            let space = self.space.get_or_insert((Glyph { c: ' ', ..glyph }, false));
            space.1 |= matches!(glyph.c, '\n' | '\r');
            return;
        }
        if let Some((space, broken)) = self.space.take()
            && let Some(last) = self.piece.block.glyphs.last()
        {
            // A line end between Chinese characters is the writer's, not the text's.
            let wide = |c: char| c >= '\u{2e80}';
            if !(broken && (wide(last.c) || wide(glyph.c))) {
                self.piece.block.glyphs.push(space);
            }
        }
        self.bold &= context.bold || glyph.c.is_whitespace();
        self.piece.linked += usize::from(context.link);
        self.piece.block.glyphs.push(glyph);
        if self.bold {
            self.piece.block.hint.bold = self.piece.block.glyphs.len();
        }
    }

    fn flush(&mut self) {
        self.space = None;
        let mut piece = std::mem::take(&mut self.piece);
        let glyphs = &mut piece.block.glyphs;
        let indent = glyphs.iter().take_while(|g| g.c.is_whitespace()).count();
        while glyphs.last().is_some_and(|g| g.c.is_whitespace()) {
            glyphs.pop();
        }
        if glyphs.is_empty() {
            return;
        }
        glyphs.drain(..indent);
        let bold = &mut piece.block.hint.bold;
        *bold = bold.saturating_sub(indent).min(glyphs.len());
        piece.block.indent = indent > 0;
        piece.block.apart = true;
        self.pieces.push(piece);
    }
}

/// What the page's `meta` and `title` elements state.
fn facts(source: &str, nodes: &[Node], words: &Words) -> Facts {
    let resolve = |start: usize, end: usize| {
        let mut text = String::new();
        characters(source, start, end, words, |g| text.push(g.c));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut best = [usize::MAX; 4];
    let mut values = vec![String::new(); 4];
    const FIELDS: [&str; 4] = ["title", "published", "author", "site"];
    let mut title = String::new();
    for (i, node) in nodes.iter().enumerate() {
        let Kind::Element { name, attributes, .. } = &node.kind else { continue };
        if name == "title" && title.is_empty() {
            if let Some(Node { kind: Kind::Text { start, end }, .. }) =
                nodes.get(i + 1).filter(|n| n.parent == i)
            {
                title = resolve(*start, *end);
            }
        } else if name == "meta" {
            let Some(content) = attribute(attributes, "content").filter(|c| !c.trim().is_empty()) else {
                continue;
            };
            let key = ["name", "property", "itemprop"]
                .iter()
                .find_map(|k| attribute(attributes, k))
                .unwrap_or("")
                .to_ascii_lowercase();
            let Some(rank) = words.facts.iter().position(|(name, _)| *name == key) else { continue };
            let Some(field) = FIELDS.iter().position(|f| *f == words.facts[rank].1) else { continue };
            if rank < best[field] {
                best[field] = rank;
                let start = content.as_ptr() as usize - source.as_ptr() as usize;
                values[field] = resolve(start, start + content.len());
            }
        }
    }
    let [stated, published, author, site] = values.try_into().unwrap_or_default();
    Facts {
        title: if stated.is_empty() { own_title(&title).to_owned() } else { stated },
        published: iso_date(&published).map(|(date, _)| date).unwrap_or_default(),
        author,
        site,
    }
}

/// A `title` element without the site's name behind a dash or bar.
fn own_title(title: &str) -> &str {
    let parts = title.split(['_', '|', '–']).flat_map(|part| part.split(" - "));
    parts.map(str::trim).max_by_key(|part| part.chars().count()).unwrap_or(title)
}
