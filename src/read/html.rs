//! A tolerant scanner for HTML as it is found, with the place of every character: tags, attributes,
//! comments and character references, and a tree of elements.
//!
//! Linear in the length of the source, whatever is left open in it.

use super::Words;
use crate::text::Glyph;
use std::collections::HashMap;

/// What an element is, as `elements.tsv` says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Class {
    pub block: bool,
    pub void: bool,
    pub raw: bool,
    pub skip: bool,
    pub frame: bool,
    pub structure: bool,
}

impl Class {
    pub fn parse(classes: &str) -> Self {
        let has = |class| classes.split(' ').any(|c| c == class);
        Self {
            block: has("block"),
            void: has("void"),
            raw: has("raw"),
            skip: has("skip"),
            frame: has("frame"),
            structure: has("structure"),
        }
    }
}

/// A piece of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    Text {
        start: usize,
        end: usize,
    },
    Open {
        name: String,
        attributes: &'a str,
        start: usize,
        end: usize,
    },
    Close {
        name: String,
        start: usize,
        end: usize,
    },
    /// A comment, a declaration, a processing instruction.
    Other {
        start: usize,
        end: usize,
    },
}

/// Cuts a source into tokens that cover it without a gap.
pub struct Tokens<'a> {
    source: &'a str,
    words: &'a Words,
    at: usize,
    /// The element whose content is no markup, while it is open.
    raw: Option<String>,
    /// End marks that were looked for in vain; what follows holds none either.
    absent: Vec<&'static str>,
}

impl<'a> Tokens<'a> {
    pub fn new(source: &'a str, words: &'a Words) -> Self {
        Self { source, words, at: 0, raw: None, absent: Vec::new() }
    }

    /// The end of the first `mark` from `from` on.
    fn behind(&mut self, mark: &'static str, from: usize) -> Option<usize> {
        if self.absent.contains(&mark) {
            return None;
        }
        let found = self.source[from..].find(mark).map(|i| from + i + mark.len());
        if found.is_none() {
            self.absent.push(mark);
        }
        found
    }

    /// The end of a tag whose name ends at `from`: behind the next `>` that is not in quotes.
    fn tag_end(&mut self, from: usize) -> Option<usize> {
        let bytes = self.source.as_bytes();
        let mut at = from;
        loop {
            match bytes.get(at)? {
                b'>' => return Some(at + 1),
                // A tag that was never closed before the next one.
                b'<' => return Some(at),
                b'=' => {
                    at += 1;
                    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                        at += 1;
                    }
                    let closed = match bytes.get(at) {
                        Some(b'"') => self.behind("\"", at + 1),
                        Some(b'\'') => self.behind("'", at + 1),
                        _ => continue,
                    };
                    at = closed.unwrap_or(at + 1);
                }
                _ => at += 1,
            }
        }
    }

    /// Content of a raw element up to its end tag.
    fn raw_content(&mut self, name: &str) -> Option<Token<'a>> {
        let start = self.at;
        let bytes = self.source.as_bytes();
        let mut from = start;
        let end = loop {
            let Some(i) = self.source[from..].find("</") else { break self.source.len() };
            let at = from + i;
            let behind = at + 2 + name.len();
            if bytes.get(at + 2..behind).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes())) {
                break at;
            }
            from = at + 2;
        };
        self.at = end;
        (end > start).then_some(Token::Text { start, end })
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take()
            && let Some(content) = self.raw_content(&name)
        {
            return Some(content);
        }
        let (source, start) = (self.source, self.at);
        let rest = &source[start..];
        if rest.is_empty() {
            return None;
        }
        let mut chars = rest.chars();
        let opens = chars.next() == Some('<');
        let second = chars.next();
        let token = match second {
            Some('!' | '?') if opens => {
                let end = if rest.starts_with("<!--") { self.behind("-->", start + 4) } else { None };
                let end = end.or_else(|| self.behind(">", start)).unwrap_or(source.len());
                Token::Other { start, end }
            }
            Some(c) if opens && (c.is_ascii_alphabetic() || c == '/') => {
                let closing = c == '/';
                let from = start + 1 + usize::from(closing);
                let length = source[from..]
                    .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_')))
                    .unwrap_or(source.len() - from);
                let name = source[from..from + length].to_ascii_lowercase();
                match self.tag_end(from + length) {
                    Some(end) if !name.is_empty() => {
                        if closing {
                            Token::Close { name, start, end }
                        } else {
                            if self.words.class(&name).raw {
                                self.raw = Some(name.clone());
                            }
                            let attributes = source[from + length..end].trim_end_matches('>');
                            Token::Open { name, attributes, start, end }
                        }
                    }
                    Some(end) if closing => Token::Other { start, end },
                    _ => Token::Text { start, end: start + 1 },
                }
            }
            _ => {
                let first = usize::from(opens);
                let end = source[start + first..].find('<').map_or(source.len(), |i| start + first + i);
                Token::Text { start, end }
            }
        };
        self.at = match &token {
            Token::Text { end, .. }
            | Token::Open { end, .. }
            | Token::Close { end, .. }
            | Token::Other { end, .. } => *end,
        };
        Some(token)
    }
}

/// The value of an attribute, with character references as they stand.
pub fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .char_indices()
            .skip(1)
            .find(|(_, c)| c.is_ascii_whitespace() || matches!(c, '=' | '/'))
            .map_or(rest.len(), |(i, _)| i);
        let key = &rest[..end];
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(behind) = rest.strip_prefix('=') {
            let behind = behind.trim_start();
            let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (from, end) = match quote {
                Some(quote) => {
                    let end = behind[1..].find(quote).map_or(behind.len(), |i| i + 1);
                    (1, end)
                }
                None => (0, behind.find(|c: char| c.is_ascii_whitespace()).unwrap_or(behind.len())),
            };
            value = &behind[from..end];
            rest = &behind[behind.len().min(end + usize::from(quote.is_some()))..];
        }
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
    }
}

/// Characters of `source[start..end]` with references resolved. A reference is one glyph.
pub fn characters(source: &str, start: usize, end: usize, words: &Words, mut each: impl FnMut(Glyph)) {
    let mut at = start;
    while let Some(c) = source[at..end].chars().next() {
        let reference = (c == '&').then(|| reference(&source[at..end], words)).flatten();
        let (c, length) = reference.unwrap_or((c, c.len_utf8()));
        each(Glyph { c, start: at as u32, end: (at + length) as u32 });
        at += length;
    }
}

/// The character that a reference at the beginning of `text` stands for, and the reference's length.
fn reference(text: &str, words: &Words) -> Option<(char, usize)> {
    let body = &text[1..];
    let length = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#')).unwrap_or(body.len()).min(32);
    let name = body.get(..length)?;
    let closed = usize::from(body[length..].starts_with(';'));
    let c = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        // Numbers of this row mean Windows-1252; so the HTML standard.
        let byte = u8::try_from(code).ok().filter(|b| (0x80..0xa0).contains(b));
        match byte {
            Some(byte) => crate::decode::windows_1252(byte),
            None => char::from_u32(code).filter(|&c| c != '\0').unwrap_or('\u{fffd}'),
        }
    } else {
        words.entity(name).filter(|_| closed == 1 || matches!(name, "nbsp" | "amp" | "lt" | "gt" | "quot"))?
    };
    Some((c, 1 + length + closed))
}

/// A node of the tree, in the order of the source.
#[derive(Debug)]
pub struct Node<'a> {
    pub parent: usize,
    /// Index behind the node's last descendant.
    pub end: usize,
    pub kind: Kind<'a>,
}

#[derive(Debug)]
pub enum Kind<'a> {
    Element { name: String, attributes: &'a str, class: Class },
    Text { start: usize, end: usize },
}

/// Elements that the opening of another one closes, and up to which ancestor.
fn closed_by(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li", "p"], &["ul", "ol"]),
        "dt" | "dd" => (&["dt", "dd", "p"], &["dl"]),
        "td" | "th" => (&["td", "th", "p"], &["tr", "table"]),
        "tr" => (&["tr", "td", "th", "p"], &["table"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "tr", "td", "th", "p"], &["table"]),
        _ => (&["p"], &["table", "td", "th", "div", "li", "button"]),
    }
}

/// Builds the tree. The first node is the root, an element without a name.
pub fn tree<'a>(source: &'a str, words: &'a Words) -> Vec<Node<'a>> {
    let root = Kind::Element {
        name: String::new(),
        attributes: "",
        class: Class { block: true, ..Class::default() },
    };
    let mut nodes = vec![Node { parent: 0, end: 0, kind: root }];
    let mut stack = vec![0];
    let mut open: HashMap<String, usize> = HashMap::new();
    let pop = |nodes: &mut Vec<Node<'a>>, stack: &mut Vec<usize>, open: &mut HashMap<String, usize>| {
        let top = stack.pop().unwrap_or(0);
        nodes[top].end = nodes.len();
        if let Kind::Element { name, .. } = &nodes[top].kind
            && let Some(count) = open.get_mut(name)
        {
            *count -= 1;
        }
    };
    for token in Tokens::new(source, words) {
        let parent = stack.last().copied().unwrap_or(0);
        match token {
            Token::Text { start, end } => {
                nodes.push(Node { parent, end: nodes.len() + 1, kind: Kind::Text { start, end } });
            }
            Token::Open { name, attributes, .. } => {
                let class = words.class(&name);
                // A line break ends no paragraph.
                if class.block && name != "br" {
                    // Only a few steps up, so that unclosed elements by the thousand cost nothing.
                    let (closes, within) = closed_by(&name);
                    let mut up = None;
                    for (i, &node) in stack.iter().enumerate().rev().take(8) {
                        let Kind::Element { name, .. } = &nodes[node].kind else { break };
                        if within.contains(&name.as_str()) {
                            break;
                        }
                        if closes.contains(&name.as_str()) {
                            up = Some(i);
                        }
                    }
                    if let Some(up) = up {
                        while stack.len() > up {
                            pop(&mut nodes, &mut stack, &mut open);
                        }
                    }
                }
                let parent = stack.last().copied().unwrap_or(0);
                let alone = class.void || (attributes.ends_with('/') && !class.block && !class.raw);
                let index = nodes.len();
                if !alone {
                    *open.entry(name.clone()).or_default() += 1;
                    stack.push(index);
                }
                nodes.push(Node { parent, end: index + 1, kind: Kind::Element { name, attributes, class } });
            }
            Token::Close { name, .. } => {
                if open.get(&name).is_none_or(|&count| count == 0) {
                    continue;
                }
                let inline = !words.class(&name).block;
                // Blocks that are closed on the way are paid for; a search in vain is not.
                let reach = if inline { 256 } else { usize::MAX };
                let found = stack.iter().enumerate().rev().take(reach).find(
                    |&(_, &node)| matches!(&nodes[node].kind, Kind::Element { name: n, .. } if *n == name),
                );
                let Some((found, _)) = found else { continue };
                // An inline end tag does not end the blocks that were opened within.
                let crosses = inline
                    && stack[found..]
                        .iter()
                        .any(|&node| matches!(&nodes[node].kind, Kind::Element { class, .. } if class.block));
                if crosses {
                    continue;
                }
                while stack.len() > found {
                    pop(&mut nodes, &mut stack, &mut open);
                }
            }
            Token::Other { .. } => {}
        }
    }
    while !stack.is_empty() {
        pop(&mut nodes, &mut stack, &mut open);
    }
    nodes
}
