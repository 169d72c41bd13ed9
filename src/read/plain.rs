//! Plain text: a block a line. Tags that a copying site strewed into it are no text.

use super::html::{Token, Tokens, characters};
use super::{Block, Document, Facts, Hint, Words};
use crate::report::Format;
use crate::text::Glyph;

/// Whether most of the words stand within elements that pages are built of.
pub fn is_page(source: &str, words: &Words) -> bool {
    if !source.contains('<') {
        return false;
    }
    let (mut depth, mut within, mut all, mut tags) = (0usize, 0, 0, 0);
    for token in Tokens::new(source, words) {
        match token {
            Token::Text { start, end } => {
                let text = source[start..end].chars().filter(|c| !c.is_whitespace()).count();
                all += text;
                within += if depth > 0 { text } else { 0 };
            }
            Token::Open { name, .. } if words.class(&name).structure => {
                tags += 1;
                depth += usize::from(!words.class(&name).void);
            }
            Token::Close { name, .. } if words.class(&name).structure => {
                depth = depth.saturating_sub(1);
                // A line that ends in a break is the page's doing too.
                tags += 1;
            }
            _ => {}
        }
    }
    tags >= 2 && within * 2 > all
}

pub fn read(source: &str, words: &Words) -> Document {
    let mut blocks = Vec::new();
    let mut line: Vec<Glyph> = Vec::new();
    let mut apart = true;
    let mut flush = |line: &mut Vec<Glyph>| {
        let indent = line.iter().take_while(|g| g.c.is_whitespace()).count();
        let end = line.len() - line.iter().rev().take_while(|g| g.c.is_whitespace()).count();
        if indent < end {
            let glyphs = line[indent..end].to_vec();
            blocks.push(Block { glyphs, hint: Hint::default(), apart, indent: indent > 0, cell: None });
        }
        apart = indent >= end;
        line.clear();
    };
    let mut push = |glyph: Glyph| match glyph.c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            // The two characters of one line end are no blank line.
            let pair = glyph.c == '\n' && source[..glyph.start as usize].ends_with('\r');
            if !pair {
                flush(&mut line);
            }
        }
        _ => line.push(glyph),
    };
    for token in Tokens::new(source, words) {
        match token {
            Token::Text { start, end } => characters(source, start, end, words, &mut push),
            // What only looks like a tag (`<名称>`, `a<b`) stays.
            Token::Open { name, start, end, .. } | Token::Close { name, start, end }
                if !words.elements.contains_key(&name) =>
            {
                characters(source, start, end, words, &mut push);
            }
            Token::Open { .. } | Token::Close { .. } => {}
            Token::Other { start, end } if !source[start..].starts_with("<!--") => {
                characters(source, start, end, words, &mut push);
            }
            Token::Other { .. } => {}
        }
    }
    flush(&mut line);
    Document {
        format: Format::Text,
        blocks,
        removed: Vec::new(),
        facts: Facts::default(),
        warnings: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn lines(source: &str) -> Vec<String> {
        let document = read(source, &Lexicon::builtin().read);
        document.blocks.iter().map(|b| b.glyphs.iter().map(|g| g.c).collect()).collect()
    }

    #[test]
    fn stray_tags_go_and_comparisons_stay() {
        assert_eq!(lines("1. <kbd id=\"9kdmb\"></kbd>\r\n  全年提案<b>30</b>件"), ["1.", "全年提案30件"]);
        assert_eq!(lines("产值<5亿元的企业,AT&amp;T,<待补>"), ["产值<5亿元的企业,AT&T,<待补>"]);
    }

    #[test]
    fn blank_lines_and_indents_are_seen() {
        let document = read("标题\r\n\r\n  一\r\n二\n", &Lexicon::builtin().read);
        let seen: Vec<_> = document.blocks.iter().map(|b| (b.apart, b.indent)).collect();
        assert_eq!(seen, [(true, false), (true, true), (false, false)]);
    }

    #[test]
    fn pages_are_told_from_text_with_tags() {
        let words = &Lexicon::builtin().read;
        assert!(is_page("<p>全年提案</p><p>30件</p>", words));
        assert!(is_page("<tbody>\n<tr><td>全年", words));
        assert!(!is_page("<dl id=\"dlf5r\"></dl><dl id=\"x\">\n全年提案30件", words));
        assert!(!is_page("产值<p的企业", words));
    }
}
