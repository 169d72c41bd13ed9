//! OpenDocument texts (`.odt`).

use super::lines::{Lines, Look};
use super::numbering::{Counters, Figures, LEVELS, Level};
use super::package::{Budget, Package};
use super::xml::{Element, Node, parse};
use crate::Error;
use crate::read::{Cell, Draft};
use crate::report::{Format, RemovedKind};
use std::collections::HashMap;

/// # Errors
/// [`Error::Encrypted`], [`Error::UnsupportedFormat`] for other kinds of OpenDocument, and those of
/// [`Package::part`].
pub fn read(bytes: &[u8], budget: &Budget) -> Result<Draft, Error> {
    let package = Package::open(bytes, budget)?;
    let manifest = package.part("META-INF/manifest.xml").unwrap_or_default();
    if manifest.windows(15).any(|w| w == b"encryption-data") {
        return Err(Error::Encrypted);
    }
    let content = parse(&package.part("content.xml")?)?;
    let common = package.part("styles.xml").and_then(|bytes| parse(&bytes)).unwrap_or_default();
    let text = content
        .child("body")
        .and_then(|body| body.child("text"))
        .ok_or(Error::UnsupportedFormat("OpenDocument(.ods, .odp)"))?;

    let mut reader = Reader::default();
    // The styles of `styles.xml` that are of its headers and footers have names of their own there.
    reader.styles.learn(&common, &["styles", "automatic-styles"]);
    let pages: Vec<&Element> =
        common.child("master-styles").into_iter().flat_map(Element::elements).collect();
    reader.furniture(&pages, "header");
    let mut styles = Styles::default();
    styles.learn(&common, &["styles"]);
    styles.learn(&content, &["automatic-styles"]);
    let common_styles = std::mem::replace(&mut reader.styles, styles);
    reader.blocks(text, None);
    reader.lines.finish();
    reader.styles = common_styles;
    reader.furniture(&pages, "footer");
    Ok(Draft { format: Format::Odt, lines: reader.lines.done, ..Draft::default() })
}

#[derive(Debug, Default)]
struct Styles {
    /// By family and name.
    looks: HashMap<(String, String), Look>,
    lists: HashMap<String, Vec<Level>>,
}

/// Styles are based on one another no deeper than this.
const CHAIN: usize = 20;

impl Styles {
    fn learn(&mut self, root: &Element, parts: &[&str]) {
        let all = || parts.iter().filter_map(|part| root.child(part)).flat_map(Element::elements);
        let key = |style: &Element, name: &str| {
            Some((style.get("family")?.to_owned(), style.get(name)?.to_owned()))
        };
        let named: HashMap<_, _> =
            all().filter(|e| e.name == "style").filter_map(|s| Some((key(s, "name")?, s))).collect();
        let mut looks = HashMap::new();
        for (name, &style) in &named {
            let mut chain = vec![style];
            let mut look = Look::default();
            while let Some(parent) = key(chain[chain.len() - 1], "parent-style-name") {
                match named.get(&parent) {
                    Some(parent) if chain.len() < CHAIN => chain.push(parent),
                    _ => {
                        look = self.looks.get(&parent).cloned().unwrap_or_default();
                        break;
                    }
                }
            }
            chain.into_iter().rev().for_each(|style| learn(&mut look, style));
            looks.insert(name.clone(), look);
        }
        self.looks.extend(looks);
        for list in all() {
            let name = match list.name.as_str() {
                "list-style" => list.get("name").unwrap_or(""),
                "outline-style" => OUTLINE,
                _ => continue,
            };
            self.lists.insert(name.to_owned(), levels(list));
        }
    }

    fn look(&self, family: &str, style: Option<&str>) -> Look {
        let key = (family.to_owned(), style.unwrap_or("").to_owned());
        self.looks.get(&key).cloned().unwrap_or_default()
    }
}

/// The name under which the numbering of headings stands among the lists; no list can have it.
const OUTLINE: &str = "";

/// Takes over what a style says.
fn learn(look: &mut Look, style: &Element) {
    if let Some(level) = style.get("default-outline-level") {
        look.heading = level.parse::<u8>().ok().filter(|l| *l > 0).map(|l| l.min(6));
    }
    if let Some(pr) = style.child("paragraph-properties") {
        look.centred = pr.get("text-align").map(|align| align == "center").or(look.centred);
        look.indent =
            pr.get("text-indent").map(|i| !i.starts_with(['0', '-']) || i.starts_with("0.")).or(look.indent);
    }
    if let Some(pr) = style.child("text-properties") {
        let weight = pr.get("font-weight-asian").or(pr.get("font-weight"));
        look.bold = weight.map(|w| w == "bold" || w.parse::<u32>().is_ok_and(|w| w >= 600)).or(look.bold);
        look.hidden = pr.get("display").map(|display| display == "none").or(look.hidden);
        if let Some(face) = pr.get("font-name-asian").or(pr.get("font-family-asian")) {
            look.face = Some(face.to_owned());
        }
    }
}

fn levels(list: &Element) -> Vec<Level> {
    let mut levels = vec![Level { figures: Figures::None, ..Level::default() }; LEVELS];
    for of in list.elements() {
        let place = of.get("level").and_then(|l| l.parse::<usize>().ok()).unwrap_or(0);
        let Some(level) = place.checked_sub(1).and_then(|place| levels.get_mut(place)) else { continue };
        let align = of.child("list-level-properties").and_then(|pr| pr.child("list-level-label-alignment"));
        level.gap = align.and_then(|align| align.get("label-followed-by")) != Some("nothing");
        if of.name == "list-level-style-bullet" {
            level.figures = Figures::Bullet;
            level.text = of.get("bullet-char").unwrap_or("").to_owned();
            continue;
        }
        level.start = of.get("start-value").and_then(|n| n.parse().ok()).unwrap_or(1);
        level.figures = figures(of.get("num-format").unwrap_or(""));
        level.text = match of.get("num-list-format") {
            Some(form) => tidy(form),
            None if level.figures == Figures::None => String::new(),
            None => {
                let shown = of.get("display-levels").and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
                let first = (place + 1).saturating_sub(shown).max(1);
                let numbers: Vec<String> = (first..=place).map(|n| format!("%{n}")).collect();
                let around = |name| of.get(name).unwrap_or("");
                format!("{}{}{}", around("num-prefix"), numbers.join("."), around("num-suffix"))
            }
        };
    }
    levels
}

/// `（%2%）` with the numbers' places as [`Level::text`] has them.
fn tidy(form: &str) -> String {
    let mut out = String::new();
    for (i, piece) in form.split('%').enumerate() {
        if i % 2 == 1 && piece.parse::<usize>().is_ok_and(|n| (1..=LEVELS).contains(&n)) {
            out.push('%');
        }
        out += piece;
    }
    out
}

/// Figures by their first signs, as the format names them.
fn figures(format: &str) -> Figures {
    match format.chars().next() {
        None => Figures::None,
        Some('a') => Figures::LowerLetter,
        Some('A') => Figures::UpperLetter,
        Some('i') => Figures::LowerRoman,
        Some('I') => Figures::UpperRoman,
        Some('一' | '十') => Figures::THOUSANDS,
        Some('〇') => Figures::DIGITS,
        Some('壹' | '壱') if format.contains('貳') => Figures::LegalTraditional,
        Some('壹') => Figures::Legal,
        Some('１') => Figures::FullWidth,
        Some('①') => Figures::Circled,
        Some('⑴') => Figures::Bracketed,
        Some('⒈') => Figures::Dotted,
        Some('甲') => Figures::Stem,
        Some('子') => Figures::Branch,
        Some('0') => Figures::Padded,
        _ => Figures::Decimal,
    }
}

/// The list around a paragraph.
#[derive(Clone, Copy)]
struct List<'a> {
    style: &'a str,
    /// What counts on together.
    key: u32,
    level: usize,
    /// The next paragraph opens an item, which counts from the number given.
    opens: bool,
    start: Option<u32>,
}

#[derive(Default)]
struct Reader<'a> {
    styles: Styles,
    lines: Lines,
    counters: Counters,
    /// Lists by their ids, and the last one of each style.
    lists: HashMap<&'a str, u32>,
    last: HashMap<&'a str, u32>,
    keys: u32,
    boxes: Vec<&'a Element>,
}

impl<'a> Reader<'a> {
    fn furniture(&mut self, pages: &[&'a Element], kind: &str) {
        self.lines.removed = Some(RemovedKind::Chrome);
        for part in pages.iter().flat_map(|page| page.elements()).filter(|part| part.name.starts_with(kind)) {
            self.blocks(part, None);
        }
        self.lines.removed = None;
    }

    fn key(&mut self) -> u32 {
        self.keys += 1;
        self.keys
    }

    fn blocks(&mut self, parent: &'a Element, mut list: Option<List<'a>>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" | "h" => {
                    self.paragraph(element, list);
                    list = list.map(|list| List { opens: false, ..list });
                }
                "list" => self.list(element, list),
                "numbered-paragraph" => self.numbered(element),
                "table" => self.table(element),
                "table-of-content" => {
                    let around = self.lines.removed.replace(RemovedKind::Repeat);
                    self.blocks(element, None);
                    self.lines.removed = around;
                }
                "section" | "index-body" | "index-title" | "note-body" => self.blocks(element, list),
                "frame" | "g" | "a" | "custom-shape" | "text-box" | "rect" => self.blocks(element, None),
                _ => {}
            }
        }
    }

    fn list(&mut self, element: &'a Element, around: Option<List<'a>>) {
        let named = element.get("style-name");
        let mut list = match around {
            Some(around) => List { style: named.unwrap_or(around.style), level: around.level + 1, ..around },
            None => {
                let style = named.unwrap_or(OUTLINE);
                let continued = element.get("continue-list").and_then(|id| self.lists.get(id));
                let goes_on = element.get("continue-numbering") == Some("true");
                let key = continued.or(self.last.get(style).filter(|_| goes_on)).copied();
                let key = key.unwrap_or_else(|| self.key());
                List { style, key, level: 0, opens: false, start: None }
            }
        };
        if let Some(id) = element.get("id") {
            self.lists.insert(id, list.key);
        }
        self.last.insert(list.style, list.key);
        for item in element.elements() {
            list.opens = item.name == "list-item";
            list.start = item.get("start-value").and_then(|n| n.parse().ok());
            self.blocks(item, Some(list));
        }
    }

    fn numbered(&mut self, element: &'a Element) {
        let id = element.get("list-id").unwrap_or(OUTLINE);
        let key = match self.lists.get(id) {
            Some(key) => *key,
            None => self.key(),
        };
        self.lists.insert(id, key);
        let level = element.get("level").and_then(|l| l.parse::<usize>().ok()).unwrap_or(1).saturating_sub(1);
        let style = element.get("style-name").unwrap_or(OUTLINE);
        let start = element.get("start-value").and_then(|n| n.parse().ok());
        self.blocks(element, Some(List { style, key, level, opens: true, start }));
    }

    fn paragraph(&mut self, p: &'a Element, list: Option<List<'a>>) {
        let mut look = self.styles.look("paragraph", p.get("style-name"));
        let level = p.get("outline-level").and_then(|l| l.parse::<usize>().ok()).unwrap_or(1);
        let mut list = list;
        if p.name == "h" {
            look.heading = Some(level.clamp(1, 6) as u8);
            if p.get("is-list-header") == Some("true") {
                list = None;
            } else if list.is_none() && level >= 1 {
                list = Some(List { style: OUTLINE, key: 0, level: level - 1, opens: true, start: None });
            }
        }
        let number = list.filter(|list| list.opens).map(|list| self.number(list)).unwrap_or_default();
        self.inline(p, &look, &mut true);
        self.lines.end(&number, look.hint(), look.indent == Some(true));
        for text_box in std::mem::take(&mut self.boxes) {
            self.blocks(text_box, None);
        }
    }

    fn number(&mut self, list: List) -> String {
        let Some(levels) = self.styles.lists.get(list.style) else { return String::new() };
        // An item that says its number begins the list at its place, as a new user of it does.
        let user = match list.start {
            Some(_) => {
                self.keys += 1;
                self.keys
            }
            None => list.key,
        };
        self.counters.words(list.key, levels, list.level, user, list.start)
    }

    /// Characters, and what wraps them. `blank` says whether a blank stands before: further ones do not show.
    fn inline(&mut self, parent: &'a Element, look: &Look, blank: &mut bool) {
        for node in &parent.children {
            let element = match node {
                Node::Text(text) => {
                    self.text(text, look, blank);
                    continue;
                }
                Node::Element(element) => element,
            };
            match element.name.as_str() {
                "s" => {
                    let count = element.get("c").and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
                    self.lines.push(&" ".repeat(count.min(80)), false);
                }
                "tab" => self.lines.push(" ", false),
                "line-break" => self.lines.push("\n", false),
                "span" => {
                    let style = self.styles.look("text", element.get("style-name"));
                    self.inline(element, &style.over(look), blank);
                }
                "note" => {
                    if let Some(body) = element.child("note-body") {
                        self.note(body);
                    }
                }
                "ruby" => {
                    if let Some(base) = element.child("ruby-base") {
                        self.inline(base, look, blank);
                    }
                }
                "frame" | "g" | "custom-shape" | "rect" => self.boxes.push(element),
                "annotation" | "annotation-end" | "hidden-text" | "hidden-paragraph" | "change"
                | "change-start" | "change-end" | "script" | "bookmark" | "tracked-changes" => {}
                _ => self.inline(element, look, blank),
            }
        }
    }

    fn note(&mut self, body: &'a Element) {
        let boxes = std::mem::take(&mut self.boxes);
        let open = self.lines.suspend();
        self.blocks(body, None);
        let lines = self.lines.resume(open);
        self.lines.note(lines);
        self.boxes = boxes;
    }

    fn text(&mut self, text: &str, look: &Look, blank: &mut bool) {
        if look.hidden == Some(true) {
            return;
        }
        let shown: String = text
            .chars()
            .filter_map(|c| {
                let white = matches!(c, ' ' | '\t' | '\n' | '\r');
                let shows = !(white && *blank);
                *blank = white;
                shows.then_some(if white { ' ' } else { c })
            })
            .collect();
        self.lines.push(&shown, look.stands_out());
    }

    fn table(&mut self, table: &'a Element) {
        let rows = rows(table);
        let around = self.lines.cell;
        // A table of one cell is a frame around paragraphs.
        let framed = rows.len() == 1 && rows[0].all("table-cell").count() == 1;
        let number = if framed { 0 } else { self.lines.table() };
        let times = |element: &Element, name: &str| {
            element.get(name).and_then(|n| n.parse::<usize>().ok()).unwrap_or(1)
        };
        let mut row = 0_usize;
        for of in rows {
            let mut column = 0_usize;
            for cell in of.elements() {
                if cell.name == "table-cell" {
                    if !framed {
                        let span = times(cell, "number-columns-spanned");
                        self.lines.cell = Some(Cell { table: number, row, column, span });
                    }
                    self.blocks(cell, None);
                }
                column = column.saturating_add(times(cell, "number-columns-repeated"));
            }
            row = row.saturating_add(times(of, "number-rows-repeated"));
        }
        self.lines.cell = around;
    }
}

fn rows(table: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    for element in table.elements() {
        match element.name.as_str() {
            "table-row" => found.push(element),
            "table-rows" | "table-header-rows" | "table-row-group" => found.extend(rows(element)),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Hint, Line};
    use crate::unpack::package::tests::zip;

    const STYLES: &str = r#"<office:document-styles><office:styles>
        <style:style style:family="paragraph" style:name="Standard"/>
        <style:style style:family="paragraph" style:name="Heading_20_1" style:default-outline-level="1"><style:paragraph-properties fo:text-align="center"/></style:style>
        <style:style style:family="text" style:name="Strong"><style:text-properties style:font-weight-asian="bold"/></style:style>
        <text:outline-style><text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"><style:list-level-properties><style:list-level-label-alignment text:label-followed-by="nothing"/></style:list-level-properties></text:outline-level-style></text:outline-style>
        <text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." loext:num-list-format="（%1%）"/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="2"/></text:list-style>
        </office:styles><office:master-styles><style:master-page><style:footer><text:p>— 1 —</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>"#;

    fn lines(body: &str) -> Vec<Line> {
        let content = format!(
            r#"<office:document-content><office:automatic-styles><style:style style:family="paragraph" style:name="P1" style:parent-style-name="Heading_20_1"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:family="text" style:name="H"><style:text-properties text:display="none"/></style:style></office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
        );
        let bytes = zip(&[(b"content.xml", content.as_bytes()), (b"styles.xml", STYLES.as_bytes())]);
        let mut lines = read(&bytes, &Budget::new(0)).unwrap().lines;
        assert_eq!(
            lines.pop().map(|l| (l.text, l.removed)),
            Some(("— 1 —".into(), Some(RemovedKind::Chrome)))
        );
        lines
    }

    fn texts(body: &str) -> Vec<String> {
        lines(body).into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn lists_show_their_numbers() {
        let body = r#"<text:h text:outline-level="1">回顾</text:h>
            <text:list xml:id="a" text:style-name="L"><text:list-item><text:p>协商</text:p><text:p>无号</text:p><text:list><text:list-item><text:p>调研</text:p></text:list-item></text:list></text:list-item></text:list>
            <text:list text:style-name="L" text:continue-list="a"><text:list-item><text:p>监督</text:p></text:list-item><text:list-header><text:p>题</text:p></text:list-header><text:list-item text:start-value="7"><text:p>从七起</text:p></text:list-item></text:list>
            <text:list text:style-name="L"><text:list-item><text:p>另起</text:p></text:list-item></text:list>
            <text:h text:outline-level="1">任务</text:h><text:h text:outline-level="1" text:is-list-header="true">附</text:h>"#;
        assert_eq!(
            texts(body),
            [
                "一、回顾",
                "（一）协商",
                "无号",
                "一.1. 调研",
                "（二）监督",
                "题",
                "（七）从七起",
                "（一）另起",
                "二、任务",
                "附"
            ]
        );
    }

    #[test]
    fn styles_give_hints() {
        let body = r#"<text:p text:style-name="P1">全年工作</text:p><text:p><text:span text:style-name="Strong">一是学习。</text:span>六次。</text:p>"#;
        let hints: Vec<_> = lines(body).into_iter().map(|l| l.hint).collect();
        assert_eq!(hints[0], Hint { heading: Some(1), centred: true, bold: 4 });
        assert_eq!(hints[1], Hint { bold: 5, ..Hint::default() });
    }

    #[test]
    fn words_come_once_and_only_if_they_show() {
        let body = r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>删去</text:p></text:deletion></text:changed-region></text:tracked-changes>
            <text:p>全年<text:change-start/>开会<text:change-end/><text:s text:c="2"/>六
              次<text:span text:style-name="H">暗</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>脚注。</text:p></text:note-body></text:note><draw:frame><draw:text-box><text:p>框中字</text:p></draw:text-box></draw:frame>。<text:line-break/>次行。<office:annotation><text:p>批注</text:p></office:annotation></text:p>
            <text:table-of-content><text:index-body><text:p>一、回顾 1</text:p></text:index-body></text:table-of-content>"#;
        assert_eq!(texts(body), ["全年开会  六 次。", "次行。", "脚注。", "框中字", "一、回顾 1"]);
        assert_eq!(lines(body)[4].removed, Some(RemovedKind::Repeat));
    }

    #[test]
    fn cells_know_their_place() {
        let body = r#"<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>指标</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>数量</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>三件</text:p></table:table-cell></table:table-row></table:table>"#;
        let cells: Vec<_> = lines(body).iter().filter_map(|l| Some((l.cell?.row, l.cell?.column))).collect();
        assert_eq!(cells, [(0, 0), (0, 2), (1, 2)]);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let read = |parts: &[(&[u8], &[u8])]| read(&zip(parts), &Budget::new(0)).err();
        let locked: &[u8] = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
        assert_eq!(
            read(&[(b"META-INF/manifest.xml", locked), (b"content.xml", b"\x8f")]),
            Some(Error::Encrypted)
        );
        assert_eq!(
            read(&[(b"content.xml", b"<d><body><spreadsheet/></body></d>")]).map(|e| e.code()),
            Some("unsupported-format")
        );
        assert_eq!(read(&[(b"other", b"")]), Some(Error::Damaged));
    }
}
