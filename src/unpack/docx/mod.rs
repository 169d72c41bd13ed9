//! Word files since 2007 (`.docx`, of either namespace), and what WPS writes under that name.

mod numbers;
mod styles;

use super::lines::{Lines, Look};
use super::package::{Budget, Package};
use super::xml::{Element, parse};
use crate::Error;
use crate::read::{Cell, Draft};
use crate::report::{Format, RemovedKind};
use numbers::Numbers;
use std::collections::HashMap;
use styles::{Style, Styles, on};

/// # Errors
/// [`Error::Damaged`] without a main document, and those of [`Package::part`].
pub fn read(bytes: &[u8], budget: &Budget) -> Result<Draft, Error> {
    let package = Package::open(bytes, budget)?;
    let parts = Parts::of(&package)?;
    let document = parse(&package.part(&parts.main)?)?;
    // Without its styles or lists a document still has its words.
    let part = |kind: &str| {
        let name = parts.of_kind(kind).next().filter(|name| package.has(name))?;
        parse(&package.part(name).ok()?).ok()
    };
    let styles = part("styles").map(|root| Styles::parse(&root)).unwrap_or_default();
    let numbers = part("numbering").map(|root| Numbers::parse(&root, &styles)).unwrap_or_default();
    let notes = ["footnotes", "endnotes"].map(part);
    let furniture = |kind: &str| -> Vec<Element> {
        parts.of_kind(kind).filter_map(|name| parse(&package.part(name).ok()?).ok()).collect()
    };
    let (headers, footers) = (furniture("header"), furniture("footer"));

    let notes = notes.each_ref().map(|root| {
        let notes = root.iter().flat_map(Element::elements);
        notes.filter_map(|note| Some((note.get("id")?, note))).collect()
    });
    let mut reader = Reader::new(&styles, numbers, notes);
    reader.furniture(&headers);
    if let Some(body) = document.child("body") {
        reader.blocks(body);
    }
    reader.end(&Style::default());
    reader.lines.finish();
    reader.furniture(&footers);
    Ok(Draft { format: Format::Docx, lines: reader.lines.done, ..Draft::default() })
}

/// The names of the parts that belong to the main document.
struct Parts {
    main: String,
    /// Kind, as the relationship's type ends, and name.
    related: Vec<(String, String)>,
}

impl Parts {
    fn of(package: &Package) -> Result<Self, Error> {
        let main = relations(package, "_rels/.rels", "")
            .into_iter()
            .find(|(kind, _)| kind == "officeDocument")
            .map(|(_, name)| name)
            .filter(|name| package.has(name))
            .unwrap_or_else(|| "word/document.xml".into());
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let related = relations(package, &format!("{folder}/_rels/{file}.rels"), folder);
        Ok(Self { related, main })
    }

    fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        self.related.iter().filter(move |(k, _)| k == kind).map(|(_, name)| name.as_str())
    }
}

/// Relationships, with the targets' names in the package.
fn relations(package: &Package, name: &str, folder: &str) -> Vec<(String, String)> {
    let root = if package.has(name) { package.part(name).and_then(|bytes| parse(&bytes)).ok() } else { None };
    let Some(root) = root else { return Vec::new() };
    root.elements()
        .filter(|e| e.get("TargetMode") != Some("External"))
        .filter_map(|e| {
            let kind = e.get("Type")?.rsplit('/').next()?.to_owned();
            let target = e.get("Target")?;
            Some((
                kind,
                if target.starts_with('/') { target.to_owned() } else { format!("{folder}/{target}") },
            ))
        })
        .collect()
}

/// A field that is open: what stands before its separator is its instruction.
#[derive(Default)]
struct Field {
    instruction: String,
    result: bool,
}

struct Reader<'a> {
    styles: &'a Styles,
    numbers: Numbers,
    lines: Lines,
    fields: Vec<Field>,
    /// Text boxes of the open paragraph; they follow it, or come before it where they stand at its start.
    boxes: Vec<&'a Element>,
    /// Footnotes and endnotes that no one called yet, by their ids.
    notes: [HashMap<&'a str, &'a Element>; 2],
    /// The open paragraph is one of a table of contents.
    contents: bool,
}

impl<'a> Reader<'a> {
    fn new(styles: &'a Styles, numbers: Numbers, notes: [HashMap<&'a str, &'a Element>; 2]) -> Self {
        Self {
            styles,
            numbers,
            lines: Lines::default(),
            fields: Vec::new(),
            boxes: Vec::new(),
            notes,
            contents: false,
        }
    }

    fn furniture(&mut self, parts: &'a [Element]) {
        self.lines.removed = Some(RemovedKind::Chrome);
        for part in parts {
            self.blocks(part);
        }
        self.lines.removed = None;
    }

    /// Paragraphs and tables in an element.
    fn blocks(&mut self, parent: &'a Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element),
                "tbl" => self.table(element),
                "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" | "moveTo" => self.blocks(element),
                "AlternateContent" => {
                    if let Some(branch) = branch(element) {
                        self.blocks(branch);
                    }
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, p: &'a Element) {
        let properties = p.child("pPr");
        let style = self.styles.paragraph(properties);
        // A paragraph's end that was deleted or is hidden joins it to the next one.
        let mark = properties.and_then(|pr| pr.child("rPr"));
        let says = |names: [&str; 2], said: fn(&Element, &str) -> bool| {
            mark.is_some_and(|mark| names.iter().any(|name| said(mark, name)))
        };
        let deleted = says(["del", "moveFrom"], |mark, name| mark.child(name).is_some());
        let hidden = says(["vanish", "specVanish"], |mark, name| on(mark, name) == Some(true));
        if hidden && self.lines.is_empty() {
            // The first of two joined ones shows its number.
            let number = self.number(&style);
            self.inline(p, &style.look);
            self.lines.lead(&number);
            return;
        }
        self.inline(p, &style.look);
        if !deleted && !hidden {
            self.end(&style);
        }
    }

    fn number(&mut self, style: &Style) -> String {
        style.number.as_ref().map(|number| self.numbers.words(number)).unwrap_or_default()
    }

    /// Ends the open paragraph.
    fn end(&mut self, style: &Style) {
        let number = self.number(style);
        let contents = std::mem::take(&mut self.contents) || style.contents;
        let boxes = std::mem::take(&mut self.boxes);
        let around = self.lines.removed;
        if contents {
            // The headings a second time, with the numbers of pages.
            self.lines.removed = around.or(Some(RemovedKind::Repeat));
        }
        self.lines.end(&number, style.look.hint(), style.look.indent == Some(true));
        self.lines.removed = around;
        for text_box in boxes {
            let fields = std::mem::take(&mut self.fields);
            match text_box.get("string") {
                Some(words) => {
                    self.lines.push(words, false);
                    self.end(&Style::default());
                }
                None => self.blocks(text_box),
            }
            self.fields = fields;
        }
    }

    /// Runs, and what wraps them.
    fn inline(&mut self, parent: &'a Element, look: &Look) {
        for element in parent.elements() {
            match element.name.as_str() {
                "r" => self.run(element, look),
                "hyperlink" | "ins" | "moveTo" | "smartTag" | "sdt" | "sdtContent" | "customXml"
                | "fldSimple" | "dir" | "bdo" => self.inline(element, look),
                "oMath" | "oMathPara" => self.formula(element),
                "AlternateContent" => {
                    if let Some(branch) = branch(element) {
                        self.inline(branch, look);
                    }
                }
                _ => {}
            }
        }
    }

    fn formula(&mut self, parent: &Element) {
        for element in parent.elements() {
            if element.name == "t" {
                self.lines.push(&element.text(), false);
            } else {
                self.formula(element);
            }
        }
    }

    fn run(&mut self, run: &'a Element, paragraph: &Look) {
        let look = self.styles.run(run.child("rPr"), paragraph);
        if look.hidden == Some(true) {
            return;
        }
        self.pieces(run, look.stands_out(), paragraph);
    }

    fn pieces(&mut self, run: &'a Element, stands_out: bool, paragraph: &Look) {
        for piece in run.elements() {
            match piece.name.as_str() {
                "t" => self.show(&piece.text(), stands_out),
                "tab" | "ptab" => self.show(" ", stands_out),
                "br" | "cr" => self.show("\n", stands_out),
                "noBreakHyphen" => self.show("-", stands_out),
                "sym" => {
                    let code = piece.get("char").and_then(|hex| u32::from_str_radix(hex, 16).ok());
                    let sign = code.and_then(|code| symbol(code, piece.get("font").unwrap_or("")));
                    self.show(sign.map_or(String::new(), String::from).as_str(), stands_out);
                }
                "fldChar" => match piece.get("fldCharType") {
                    Some("begin") => self.fields.push(Field::default()),
                    Some("separate") => {
                        if let Some(field) = self.fields.last_mut() {
                            field.result = true;
                        }
                    }
                    _ => {
                        self.fields.pop();
                    }
                },
                "instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.result) {
                        field.instruction += &piece.text();
                    }
                }
                "footnoteReference" => self.note(0, piece),
                "endnoteReference" => self.note(1, piece),
                "drawing" | "pict" | "object" => self.find_boxes(piece),
                "ruby" => {
                    if let Some(base) = piece.child("rubyBase") {
                        self.inline(base, paragraph);
                    }
                }
                "AlternateContent" => {
                    if let Some(branch) = branch(piece) {
                        self.pieces(branch, stands_out, paragraph);
                    }
                }
                _ => {}
            }
        }
    }

    /// Writes words, if no field's instruction is open.
    fn show(&mut self, text: &str, stands_out: bool) {
        if self.fields.iter().all(|field| field.result) {
            self.contents |=
                self.fields.iter().any(|field| field.instruction.trim_start().starts_with("TOC"));
            self.lines.push(text, stands_out);
        }
    }

    fn note(&mut self, kind: usize, call: &Element) {
        let Some(note) = call.get("id").and_then(|id| self.notes[kind].remove(id)) else { return };
        // A note calls no other.
        let notes = std::mem::take(&mut self.notes);
        let fields = std::mem::take(&mut self.fields);
        let boxes = std::mem::take(&mut self.boxes);
        let contents = std::mem::take(&mut self.contents);
        let open = self.lines.suspend();
        self.blocks(note);
        self.end(&Style::default());
        let lines = self.lines.resume(open);
        self.lines.note(lines);
        (self.notes, self.fields, self.boxes, self.contents) = (notes, fields, boxes, contents);
    }

    /// Text boxes and letters drawn as art in a picture.
    fn find_boxes(&mut self, parent: &'a Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "txbxContent" | "textpath" => self.boxes.push(element),
                "AlternateContent" => {
                    if let Some(branch) = branch(element) {
                        self.find_boxes(branch);
                    }
                }
                _ => self.find_boxes(element),
            }
        }
    }

    fn table(&mut self, table: &'a Element) {
        let rows = rows(table);
        let around = self.lines.cell;
        // A table of one cell is a frame around paragraphs.
        let framed = rows.len() == 1 && cells(rows[0]).len() == 1;
        let number = if framed { 0 } else { self.lines.table() };
        for (row, of) in rows.into_iter().enumerate() {
            let before = of.child("trPr").and_then(|pr| pr.val("gridBefore")).and_then(|n| n.parse().ok());
            let mut column: usize = before.unwrap_or(0);
            for cell in cells(of) {
                let pr = cell.child("tcPr");
                let merged = pr.and_then(|pr| pr.child("vMerge"));
                let span = pr.and_then(|pr| pr.val("gridSpan")).and_then(|n| n.parse().ok()).unwrap_or(1);
                if merged.is_none_or(|merge| merge.get("val") == Some("restart")) {
                    if !framed {
                        self.lines.cell = Some(Cell { table: number, row, column, span });
                    }
                    self.blocks(cell);
                    self.end(&Style::default());
                }
                column = column.saturating_add(span);
            }
        }
        self.lines.cell = around;
    }
}

/// What to read of contents in several forms: the first form, unless it has nothing of its own.
fn branch(element: &Element) -> Option<&Element> {
    let forms = || element.elements().filter(|e| matches!(e.name.as_str(), "Choice" | "Fallback"));
    forms().find(|form| form.elements().next().is_some())
}

/// Rows that are not deleted.
fn rows(table: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    for element in table.elements() {
        match element.name.as_str() {
            "tr" => {
                let deleted = element.child("trPr").is_some_and(|pr| pr.child("del").is_some());
                found.extend(Some(element).filter(|_| !deleted));
            }
            "sdt" | "sdtContent" | "customXml" | "ins" => found.extend(rows(element)),
            _ => {}
        }
    }
    found
}

fn cells(row: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    for element in row.elements() {
        match element.name.as_str() {
            "tc" => {
                let deleted = element.child("tcPr").is_some_and(|pr| pr.child("cellDel").is_some());
                found.extend(Some(element).filter(|_| !deleted));
            }
            "sdt" | "sdtContent" | "customXml" => found.extend(cells(element)),
            _ => {}
        }
    }
    found
}

/// The character that a code of a symbol font shows, where it is one that texts use.
pub fn symbol(code: u32, font: &str) -> Option<char> {
    let private = (0xf000..0xf100).contains(&code);
    if !private {
        return char::from_u32(code).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c));
    }
    if !font.eq_ignore_ascii_case("symbol") {
        return None;
    }
    match code - 0xf000 {
        code @ 0x20..=0x7e if !(code as u8 as char).is_ascii_alphabetic() => char::from_u32(code),
        0xa3 => Some('≤'),
        0xb0 => Some('°'),
        0xb1 => Some('±'),
        0xb3 => Some('≥'),
        0xb4 => Some('×'),
        0xb7 => Some('•'),
        0xb8 => Some('÷'),
        0xb9 => Some('≠'),
        0xbb => Some('≈'),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
