//! XML parts as trees of elements under their local names.

use crate::Error;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// Elements inside each other beyond this depth are left out, with all that is in them.
const DEPTH: usize = 200;
/// The largest part that is made a tree of, in bytes.
const LARGEST: usize = 64 << 20;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Element {
    /// Without the prefix of its namespace.
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The attribute of that local name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.name == name)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |e| e.name == name)
    }

    /// The attribute `val` of the first child of that name.
    pub fn val(&self, name: &str) -> Option<&str> {
        self.child(name)?.get("val")
    }

    /// All text directly in it.
    pub fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }
}

/// Reads a part into its root element.
///
/// # Errors
/// [`Error::Damaged`] where it is no XML, [`Error::TooLarge`] beyond a limit.
pub fn parse(bytes: &[u8]) -> Result<Element, Error> {
    if bytes.len() > LARGEST {
        return Err(Error::TooLarge);
    }
    let (encoding, mark) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    let source = encoding.decode_without_bom_handling(&bytes[mark..]).0;
    let mut reader = Reader::from_str(&source);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.check_end_names = false;
    let mut open = vec![Element::default()];
    // How many elements are open that are left out.
    let mut beyond = 0;
    loop {
        match reader.read_event().map_err(|_| Error::Damaged)? {
            Event::Start(_) if beyond > 0 || open.len() > DEPTH => beyond += 1,
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(_) if beyond > 0 => {}
            Event::Empty(start) => push(&mut open, Node::Element(element(&start))),
            Event::End(_) if beyond > 0 => beyond -= 1,
            Event::End(_) => close(&mut open),
            _ if beyond > 0 => {}
            Event::Text(text) => push_text(&mut open, &text.xml10_content()),
            Event::CData(text) => push_text(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let reference = format!("&{};", &*reference);
                push_text(&mut open, &unescape(&reference).unwrap_or_default());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().and_then(|root| root.elements().next().cloned()).ok_or(Error::Damaged)
}

fn element(start: &BytesStart) -> Element {
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false).flatten().map(|attribute| {
        let value =
            unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), |v| v.into_owned());
        (local(attribute.key.as_ref()), value)
    });
    Element { name: local(start.name().as_ref()), attributes: attributes.collect(), children: Vec::new() }
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

fn push(open: &mut [Element], node: Node) {
    if let Some(last) = open.last_mut() {
        last.children.push(node);
    }
}

fn push_text(open: &mut [Element], text: &str) {
    if let Some(last) = open.last_mut() {
        match last.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => last.children.push(Node::Text(text.to_owned())),
        }
    }
}

fn close(open: &mut Vec<Element>) {
    if open.len() > 1
        && let Some(last) = open.pop()
    {
        push(open, Node::Element(last));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_becomes_a_tree_without_prefixes() {
        let root = parse("\u{feff}<?xml version=\"1.0\"?><w:p w:id=\"1&amp;2\"><w:t>甲&lt;&#20057;&nbsp;</w:t><w:b/></w:p>".as_bytes())
            .unwrap();
        assert_eq!((root.name.as_str(), root.get("id")), ("p", Some("1&2")));
        assert_eq!(root.child("t").unwrap().text(), "甲<乙");
        assert!(root.child("b").is_some() && root.child("w:b").is_none());
        let utf16: Vec<u8> = "\u{feff}<a>乙</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(parse(&utf16).unwrap().text(), "乙");
        assert_eq!(parse(b"no markup"), Err(Error::Damaged));
    }

    #[test]
    fn depth_has_an_end() {
        let deep = "<a>".repeat(100_000) + "x" + &"</a>".repeat(100_000) + "<b/>";
        let mut element = &parse(deep.as_bytes()).unwrap();
        let mut depth = 1;
        while let Some(child) = element.child("a") {
            (element, depth) = (child, depth + 1);
        }
        assert_eq!(depth, DEPTH);
    }
}
