//! OFD (GB/T 33190): pages of XML in a zip, with the place of every character.

use super::layout::{self, Glyph, Page, Place, Turn};
use super::package::{Budget, Package};
use super::xml::{self, Element};
use super::{Content, Entry};
use crate::Error;
use crate::read::{Draft, Facts};
use crate::report::{Format, Warning};
use std::collections::HashMap;

/// Pages of one document, and objects on all its pages together.
const PAGES: usize = 10_000;
const OBJECTS: usize = 2_000_000;
/// Objects within objects.
const DEPTH: usize = 16;

/// Each document in the file. Their own names are their places in it; a single one has the file's.
///
/// # Errors
/// As [`Package::open`]; what is wrong with one document stands in its entry.
pub fn entries(bytes: &[u8], name: &str, budget: &Budget) -> Result<Vec<Entry>, Error> {
    let package = Package::open(bytes, budget)?;
    let root = xml::parse(&package.part("OFD.xml")?)?;
    let bodies: Vec<&Element> = root.all("DocBody").collect();
    if bodies.is_empty() {
        return Err(Error::Damaged);
    }
    let entry = |(number, body): (usize, &&Element)| Entry {
        name: if bodies.len() == 1 { name.to_owned() } else { format!("{name}/{}", number + 1) },
        content: document(&package, body).map(Content::Draft),
    };
    Ok(bodies.iter().enumerate().map(entry).collect())
}

fn document(package: &Package, body: &Element) -> Result<Draft, Error> {
    let path = body.child("DocRoot").map(|root| resolve("", &root.text())).ok_or(Error::Damaged)?;
    let root = xml::parse(&package.part(&path)?)?;
    let mut reader = Reader::new(package);
    let common = root.child("CommonData");
    for resource in common.iter().flat_map(|c| c.elements()) {
        // Resources name fonts and drawings; without them there are still words.
        if matches!(resource.name.as_str(), "PublicRes" | "DocumentRes") {
            let _ = reader.resources(&resolve(&path, &resource.text()));
        }
    }
    let area = common.and_then(|c| c.child("PageArea")).and_then(page_size).unwrap_or((210.0, 297.0));
    let templates: HashMap<&str, String> = common
        .iter()
        .flat_map(|c| c.all("TemplatePage"))
        .filter_map(|t| Some((t.get("ID")?, resolve(&path, t.get("BaseLoc")?))))
        .collect();
    let mut pages = Vec::new();
    let listed: Vec<&Element> = root.child("Pages").iter().flat_map(|p| p.all("Page")).collect();
    if listed.len() > PAGES {
        return Err(Error::TooLarge);
    }
    let mut broken = 0;
    for listed in &listed {
        let content = listed.get("BaseLoc").ok_or(Error::Damaged).and_then(|base| {
            let path = resolve(&path, base);
            xml::parse(&package.part(&path)?)
        });
        match content {
            Ok(content) => pages.push(reader.page(&content, area, &templates)?),
            Err(Error::TooLarge) => return Err(Error::TooLarge),
            Err(_) => broken += 1,
        }
    }
    let glyphs: usize = pages.iter().map(|page| page.glyphs.len()).sum();
    match () {
        () if pages.is_empty() => return Err(Error::Damaged),
        () if reader.lost > glyphs => return Err(Error::Garbled),
        () if glyphs == 0 => return Err(Error::Scanned),
        () => {}
    }
    let mut warnings = Vec::new();
    let mut warn = |code: &str, message: String| {
        warnings.push(Warning { code: code.into(), message, span: None });
    };
    if broken > 0 {
        warn("pages-missing", format!("有 {broken} 页已损坏,没有读出。"));
    }
    if reader.lost > 0 {
        warn("characters-missing", format!("有 {} 个字只有字形、没有编码,没有读出。", reader.lost));
    }
    let lines = layout::lines(pages);
    // What is filled in as a title is often that of another file.
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let said =
        body.child("DocInfo").and_then(|info| info.child("Title")).map(Element::text).unwrap_or_default();
    let beginning: String = lines.iter().take(20).map(|line| bare(&line.text)).collect();
    let title = if beginning.contains(&bare(&said)) { said.trim().to_owned() } else { String::new() };
    Ok(Draft {
        format: Format::Ofd,
        lines,
        facts: Facts { title, ..Facts::default() },
        warnings,
        ..Draft::default()
    })
}

/// The path in the package that a part at `base` names.
fn resolve(base: &str, path: &str) -> String {
    let path = path.trim();
    let folder =
        if path.starts_with('/') { "" } else { base.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn numbers(text: Option<&str>) -> Vec<f32> {
    text.unwrap_or_default().split_ascii_whitespace().map_while(|n| n.parse().ok()).collect()
}

fn page_size(area: &Element) -> Option<(f32, f32)> {
    match numbers(area.child("PhysicalBox").map(Element::text).as_deref())[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    }
}

/// The place of an object in that of another.
fn within(place: Place, object: &Element) -> Place {
    let corner = match numbers(object.get("Boundary"))[..] {
        [x, y, ..] => Place([1.0, 0.0, 0.0, 1.0, x, y]),
        _ => Place::PAGE,
    };
    let own = <[f32; 6]>::try_from(numbers(object.get("CTM"))).map_or(Place::PAGE, Place);
    place.after(corner).after(own)
}

struct Reader<'a> {
    package: &'a Package<'a>,
    /// Ids of fonts in bold.
    bold: Vec<String>,
    /// Drawings that pages name.
    drawings: HashMap<String, Element>,
    /// How many pages show a template.
    shown: HashMap<String, usize>,
    /// Objects that may still be read.
    left: usize,
    /// Characters that are drawn and not told.
    lost: usize,
}

impl<'a> Reader<'a> {
    fn new(package: &'a Package<'a>) -> Self {
        Self {
            package,
            bold: Vec::new(),
            drawings: HashMap::new(),
            shown: HashMap::new(),
            left: OBJECTS,
            lost: 0,
        }
    }

    fn resources(&mut self, path: &str) -> Result<(), Error> {
        let root = xml::parse(&self.package.part(path)?)?;
        for font in root.all("Fonts").flat_map(|fonts| fonts.all("Font")) {
            let name = font.get("FontName").unwrap_or_default();
            if font.get("Bold") == Some("true") || layout::bold_font(name) {
                self.bold.extend(font.get("ID").map(str::to_owned));
            }
        }
        for unit in root.all("CompositeGraphicUnits").flat_map(|units| units.all("CompositeGraphicUnit")) {
            if let (Some(id), Some(content)) = (unit.get("ID"), unit.child("Content")) {
                self.drawings.insert(id.to_owned(), content.clone());
            }
        }
        Ok(())
    }

    fn page(
        &mut self,
        content: &Element,
        area: (f32, f32),
        templates: &HashMap<&str, String>,
    ) -> Result<Page, Error> {
        let (width, height) = content.child("Area").and_then(page_size).unwrap_or(area);
        let mut page = Page { width, height, glyphs: Vec::new() };
        for used in content.all("Template") {
            let Some(path) = used.get("TemplateID").and_then(|id| templates.get(id)) else { continue };
            // A form is a template of a single page; what all pages show is their head and foot.
            let times = self.shown.entry(path.clone()).or_default();
            *times += 1;
            let again = *times > 1;
            let template = self.package.part(path).and_then(|bytes| xml::parse(&bytes));
            let from = page.glyphs.len();
            for layer in template.iter().flat_map(|t| t.all("Content")) {
                self.objects(layer, Place::PAGE, 0, &mut page.glyphs)?;
            }
            for glyph in &mut page.glyphs[from..] {
                glyph.furniture = again;
            }
        }
        for layer in content.all("Content") {
            self.objects(layer, Place::PAGE, 0, &mut page.glyphs)?;
        }
        Ok(page)
    }

    fn objects(
        &mut self,
        parent: &Element,
        place: Place,
        depth: usize,
        glyphs: &mut Vec<Glyph>,
    ) -> Result<(), Error> {
        for object in parent.elements() {
            self.left = self.left.checked_sub(1).ok_or(Error::TooLarge)?;
            if object.get("Visible") == Some("false") || depth == DEPTH {
                continue;
            }
            match object.name.as_str() {
                "Layer" | "PageBlock" => self.objects(object, place, depth + 1, glyphs)?,
                "TextObject" => self.text(object, within(place, object), glyphs)?,
                "CompositeObject" => {
                    // Taken out while it is read: a drawing cannot hold itself.
                    let id = object.get("ResourceID").unwrap_or_default();
                    if let Some((id, drawing)) = self.drawings.remove_entry(id) {
                        let read = self.objects(&drawing, within(place, object), depth + 1, glyphs);
                        self.drawings.insert(id, drawing);
                        read?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn text(&mut self, object: &Element, place: Place, glyphs: &mut Vec<Glyph>) -> Result<(), Error> {
        let size = numbers(object.get("Size")).first().copied().unwrap_or(0.0);
        let stretch = numbers(object.get("HScale")).first().copied().unwrap_or(1.0);
        let heavy = numbers(object.get("Weight")).first().is_some_and(|weight| *weight >= 600.0);
        let bold = heavy || object.get("Font").is_some_and(|id| self.bold.iter().any(|bold| bold == id));
        let (up, down) = place.vector(0.0, size);
        let drawn = up.hypot(down);
        let (mut x, mut y) = (0.0, 0.0);
        let mut told = 0;
        for code in object.all("TextCode") {
            x = numbers(code.get("X")).first().copied().unwrap_or(x);
            y = numbers(code.get("Y")).first().copied().unwrap_or(y);
            let (right, below) = (deltas(code.get("DeltaX")), deltas(code.get("DeltaY")));
            let (mut px, mut py) = (x, y);
            let text = code.text();
            // Ends of lines are those of the XML.
            for (i, c) in text.chars().filter(|c| !matches!(c, '\n' | '\r')).enumerate() {
                self.left = self.left.checked_sub(1).ok_or(Error::TooLarge)?;
                let own = layout::usual_width(c) * size * stretch;
                let (dx, dy) = match (right.get(i), below.get(i)) {
                    (None, None) if right.is_empty() && below.is_empty() => (own, 0.0),
                    (dx, dy) => (dx.copied().unwrap_or(0.0), dy.copied().unwrap_or(0.0)),
                };
                let along =
                    if dx.abs() < dy.abs() { (0.0, dy) } else { (if dx < 0.0 { dx } else { own }, 0.0) };
                let step = dx.hypot(dy);
                let (gx, gy) = place.point(px, py);
                let (vx, vy) = place.vector(along.0, along.1);
                // The last character's step is not told; it is as wide as such characters are.
                let width = if step > 0.0 { vx.hypot(vy).min(drawn * step / size) } else { vx.hypot(vy) };
                if known(c) {
                    told += 1;
                    let turn = Turn::of(vx, vy);
                    glyphs.push(Glyph { c, x: gx, y: gy, width, size: drawn, bold, turn, furniture: false });
                } else if !c.is_whitespace() {
                    self.lost += 1;
                    told += 1;
                }
                (px, py) = (px + dx, py + dy);
            }
        }
        if told == 0 {
            // Glyphs by their numbers in the font, and no characters.
            let shapes = object.all("CGTransform").map(|shapes| {
                let listed = shapes.child("Glyphs").map(|g| g.text().split_ascii_whitespace().count());
                listed.unwrap_or_default()
            });
            self.lost += shapes.sum::<usize>();
        }
        Ok(())
    }
}

/// Says what it stands for.
fn known(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}')
}

/// Steps from one character to the next; `g 3 5.6` is `5.6` three times.
fn deltas(text: Option<&str>) -> Vec<f32> {
    /// No object has more characters.
    const MOST: usize = 100_000;
    let mut steps = Vec::new();
    let mut words = text.unwrap_or_default().split_ascii_whitespace();
    while let Some(word) = words.next() {
        let (times, step) = match word {
            "g" => (words.next().and_then(|n| n.parse().ok()).unwrap_or(0), words.next()),
            step => (1, Some(step)),
        };
        let step = step.and_then(|step| step.parse().ok()).unwrap_or(0.0);
        steps.extend(std::iter::repeat_n(step, times.min(MOST - steps.len())));
    }
    steps
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::report::RemovedKind;
    use crate::unpack::package::tests::zip;

    /// A text object at a place, its characters 5 apart.
    pub fn text(x: f32, y: f32, words: &str) -> String {
        format!(
            r#"<ofd:TextObject Boundary="{x} {y} 150 6" Font="1" Size="5">
            <ofd:TextCode X="0" Y="4" DeltaX="g {} 5">{words}</ofd:TextCode></ofd:TextObject>"#,
            words.chars().count() - 1
        )
    }

    pub fn page(content: &str) -> String {
        format!(
            r#"<ofd:Page xmlns:ofd="x"><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"#
        )
    }

    pub fn ofd(documents: &[Vec<String>]) -> Vec<u8> {
        let mut parts: Vec<(String, String)> = Vec::new();
        let mut bodies = String::new();
        for (number, pages) in documents.iter().enumerate() {
            bodies += &format!("<DocBody><DocRoot>/Doc_{number}/Document.xml</DocRoot></DocBody>");
            let mut listed = String::new();
            for (i, page) in pages.iter().enumerate() {
                listed += &format!(r#"<Page ID="{i}" BaseLoc="./Pages/../Pages/{i}.xml"/>"#);
                parts.push((format!("Doc_{number}/Pages/{i}.xml"), page.clone()));
            }
            let common = "<CommonData><PageArea><PhysicalBox>0 0 200 280</PhysicalBox></PageArea>\
                <DocumentRes>Res.xml</DocumentRes>\
                <TemplatePage ID=\"7\" BaseLoc=\"Tpls/T.xml\"/></CommonData>";
            parts.push((
                format!("Doc_{number}/Document.xml"),
                format!("<Document>{common}<Pages>{listed}</Pages></Document>"),
            ));
            parts.push((format!("Doc_{number}/Tpls/T.xml"), page(&text(80.0, 10.0, "内部资料"))));
            let drawing = format!(
                r#"<CompositeGraphicUnit ID="9"><Content>{}<CompositeObject ResourceID="9"/></Content></CompositeGraphicUnit>"#,
                text(0.0, 0.0, "图中的字")
            );
            parts.push((
                format!("Doc_{number}/Res.xml"),
                format!("<Res><CompositeGraphicUnits>{drawing}</CompositeGraphicUnits></Res>"),
            ));
        }
        parts.push(("OFD.xml".into(), format!("<OFD>{bodies}</OFD>")));
        let parts: Vec<(&[u8], &[u8])> = parts.iter().map(|(n, b)| (n.as_bytes(), b.as_bytes())).collect();
        zip(&parts)
    }

    fn read(bytes: &[u8]) -> Vec<Result<Draft, Error>> {
        let entries = entries(bytes, "报告.ofd", &Budget::new(0)).unwrap();
        let draft = |entry: Entry| {
            entry.content.map(|content| match content {
                Content::Draft(draft) => draft,
                Content::Bytes { .. } => panic!("a draft is expected"),
            })
        };
        entries.into_iter().map(draft).collect()
    }

    fn words(draft: &Draft) -> Vec<&str> {
        draft.lines.iter().filter(|line| line.removed.is_none()).map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn rows_become_paragraphs_across_pages() {
        let first = page(
            &[
                text(70.0, 30.0, "全市工作报告"),
                text(30.0, 50.0, "全年召开各类会议十二次，走访委员三百人次，收到"),
                text(20.0, 58.0, "提案二百件，办复率为百分之百，委员们对办理情况表示"),
            ]
            .concat(),
        );
        let second = page(&[text(20.0, 30.0, "满意。"), text(30.0, 38.0, "新年要做好三件事。")].concat());
        let draft = read(&ofd(&[vec![first, second]])).remove(0).unwrap();
        let whole = "全年召开各类会议十二次，走访委员三百人次，收到提案二百件，办复率为百分之百，委员们对办理情况表示满意。";
        assert_eq!(words(&draft), ["全市工作报告", whole, "新年要做好三件事。"]);
        assert_eq!(draft.lines.iter().map(|l| l.hint.centred).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(draft.lines.iter().map(|l| l.indent).collect::<Vec<_>>(), [false, true, true]);
    }

    #[test]
    fn documents_templates_and_drawings() {
        let shown = format!(
            r#"<Page><Template TemplateID="7"/><Content><Layer>{}<CompositeObject ResourceID="9" Boundary="20 100 150 9"/>
            <TextObject Visible="false" Boundary="20 200 9 9" Size="5"><TextCode>隐藏</TextCode></TextObject>
            </Layer></Content></Page>"#,
            text(20.0, 120.0, "每页都有正文")
        );
        let drafts =
            read(&ofd(&[vec![shown.clone(), shown.clone(), shown], vec![page(&text(20.0, 20.0, "第二份"))]]));
        let first = drafts[0].as_ref().unwrap();
        assert_eq!(words(first).concat().matches("图中的字").count(), 3);
        assert!(first.lines.iter().all(|line| line.text != "隐藏"));
        let furniture = first.lines.iter().filter(|line| line.removed == Some(RemovedKind::Chrome));
        assert_eq!(furniture.map(|line| line.text.as_str()).collect::<Vec<_>>(), ["内部资料"; 3]);
        assert_eq!(words(drafts[1].as_ref().unwrap()), ["第二份"]);
    }

    #[test]
    fn pages_without_characters_are_told() {
        let drawn = r#"<PathObject Boundary="0 0 9 9"><AbbreviatedData>M 0 0</AbbreviatedData></PathObject>"#;
        assert_eq!(read(&ofd(&[vec![page(drawn)]])), [Err(Error::Scanned)]);
        let shapes = r#"<TextObject Boundary="0 0 9 9" Size="5"><CGTransform CodeCount="2" GlyphCount="2">
            <Glyphs>12 13</Glyphs></CGTransform><TextCode X="0" Y="4"></TextCode></TextObject>"#;
        assert_eq!(read(&ofd(&[vec![page(shapes)]])), [Err(Error::Garbled)]);
        let both = page(&[text(20.0, 20.0, "有字的正文"), shapes.to_owned()].concat());
        let draft = read(&ofd(&[vec![both]])).remove(0).unwrap();
        assert_eq!(draft.warnings[0].code, "characters-missing");
        assert_eq!(entries(&zip(&[(b"OFD.xml", b"<OFD/>")]), "", &Budget::new(0)), Err(Error::Damaged));
    }

    #[test]
    fn steps_are_repeated() {
        assert_eq!(deltas(Some("5 g 2 7.5 6")), [5.0, 7.5, 7.5, 6.0]);
        assert_eq!(deltas(Some("g 99999999999999999999999 7")).len(), 0);
        assert_eq!(deltas(Some("g 999999999 7")).len(), 100_000);
        assert_eq!(resolve("Doc_0/Document.xml", "../a/./b.xml"), "a/b.xml");
        assert_eq!(resolve("Doc_0/Document.xml", "/a.xml"), "a.xml");
    }
}
