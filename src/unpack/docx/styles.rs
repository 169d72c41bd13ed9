//! Paragraph and character styles, as far as they are hints.

use crate::unpack::lines::{Look, named_heading};
use crate::unpack::xml::Element;
use std::collections::HashMap;

/// What a style or a paragraph says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Style {
    pub look: Look,
    pub number: Option<Number>,
    /// It is a line of a table of contents.
    pub contents: bool,
}

/// What numbers a paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Number {
    /// `numId`.
    pub list: u32,
    pub level: usize,
    /// The style that says so, where the paragraph does not itself; a level of the list may name it.
    pub style: Option<String>,
}

#[derive(Debug, Default)]
pub struct Styles {
    known: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    /// For the styles that number: the list of each.
    pub lists: HashMap<String, u32>,
}

/// Styles are based on one another no deeper than this.
const CHAIN: usize = 20;

impl Styles {
    pub fn parse(root: &Element) -> Self {
        let mut styles = Self::default();
        let all: HashMap<&str, &Element> =
            root.all("style").filter_map(|style| Some((style.get("styleId")?, style))).collect();
        for (&id, &style) in &all {
            let mut chain = vec![style];
            while let Some(base) = chain[chain.len() - 1].val("basedOn").and_then(|id| all.get(id))
                && chain.len() < CHAIN
            {
                chain.push(base);
            }
            let mut made = Style::default();
            for style in chain.into_iter().rev() {
                if let Some(level) = style.val("name").and_then(named_heading) {
                    made.look.heading = Some(level);
                }
                made.paragraph(style.child("pPr"), style.get("styleId"));
                learn(&mut made.look, style.child("rPr"));
            }
            let name = style.val("name").unwrap_or("").to_ascii_lowercase();
            made.contents = name.starts_with("toc ") && name != "toc heading";
            if let Some(number) = &made.number {
                styles.lists.insert(id.to_owned(), number.list);
            }
            if style.get("type") == Some("paragraph")
                && matches!(style.get("default"), Some("1" | "true" | "on"))
            {
                styles.default = Some(id.to_owned());
            }
            styles.known.insert(id.to_owned(), made);
        }
        styles
    }

    fn style(&self, id: Option<&str>) -> Style {
        id.and_then(|id| self.known.get(id)).cloned().unwrap_or_default()
    }

    /// How a paragraph with these properties looks.
    pub fn paragraph(&self, properties: Option<&Element>) -> Style {
        let id = properties.and_then(|pr| pr.val("pStyle")).or(self.default.as_deref());
        let mut style = self.style(id);
        style.paragraph(properties, None);
        style
    }

    /// How a run with these properties looks in a paragraph.
    pub fn run(&self, properties: Option<&Element>, paragraph: &Look) -> Look {
        let mut look = self.style(properties.and_then(|pr| pr.val("rStyle"))).look.over(paragraph);
        learn(&mut look, properties);
        look
    }
}

impl Style {
    /// Takes over what the paragraph properties of a style, or of a paragraph itself, say.
    fn paragraph(&mut self, properties: Option<&Element>, style: Option<&str>) {
        let Some(properties) = properties else { return };
        if let Some(level) = properties.val("outlineLvl").and_then(|l| l.parse::<u8>().ok()) {
            self.look.heading = (level < 9).then(|| (level + 1).min(6));
        }
        if let Some(align) = properties.val("jc") {
            self.look.centred = Some(align == "center");
        }
        if let Some(indent) = properties.child("ind") {
            let first = ["firstLineChars", "firstLine"].iter().find_map(|name| indent.get(name));
            self.look.indent = first.map(|n| n.parse::<f32>().is_ok_and(|n| n > 0.0)).or(self.look.indent);
        }
        if let Some(number) = properties.child("numPr") {
            let known = self.number.take().unwrap_or_default();
            let list = number.val("numId").and_then(|n| n.parse().ok()).unwrap_or(known.list);
            let level = number.val("ilvl").and_then(|n| n.parse().ok()).unwrap_or(known.level);
            self.number = (list != 0).then(|| Number { list, level, style: style.map(str::to_owned) });
        }
    }
}

/// Takes over what run properties say.
fn learn(look: &mut Look, properties: Option<&Element>) {
    let Some(properties) = properties else { return };
    look.bold = on(properties, "b").or(look.bold);
    look.hidden = on(properties, "vanish").or(look.hidden);
    if let Some(face) = properties.child("rFonts").and_then(|fonts| fonts.get("eastAsia")) {
        look.face = Some(face.to_owned());
    }
}

/// Whether a property that is on or off is on; `None` where it is not said.
pub fn on(properties: &Element, name: &str) -> Option<bool> {
    let value = properties.child(name)?.get("val");
    Some(!matches!(value, Some("0" | "false" | "off" | "none")))
}
