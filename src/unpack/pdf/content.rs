//! What the operators of a page's content draw: the part of them that shows text.

use super::data;
use super::font::{Font, Maps};
use crate::Error;
use crate::unpack::layout::{Glyph, Page, Place, Turn};
use crate::unpack::package::Budget;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::{self, Resources};
use std::collections::HashMap;
use std::rc::Rc;

/// Operators and characters on all pages together.
const STEPS: usize = 30_000_000;
/// Forms within forms.
const DEPTH: usize = 12;
/// States that wait to be restored.
const STATES: usize = 512;

pub struct Reader<'a> {
    budget: &'a Budget,
    maps: Maps,
    /// By where they stand in the file: fonts within another object have no number of their own.
    fonts: HashMap<*const u8, Rc<Font>>,
    left: usize,
    /// Characters that are drawn and that nobody tells.
    pub lost: usize,
    /// Characters that are not drawn: text laid over a picture of it.
    pub invisible: usize,
    pub pictures: usize,
}

#[derive(Clone)]
struct State {
    place: Place,
    font: Option<Rc<Font>>,
    size: f32,
    between: f32,
    words: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
    mode: i64,
}

impl<'a> Reader<'a> {
    pub fn new(budget: &'a Budget) -> Self {
        Self {
            budget,
            maps: Maps::default(),
            fonts: HashMap::new(),
            left: STEPS,
            lost: 0,
            invisible: 0,
            pictures: 0,
        }
    }

    /// # Errors
    /// [`Error::TooLarge`] beyond the limits; what is broken is left out.
    pub fn page(&mut self, page: &page::Page<'_>) -> Result<Page, Error> {
        let (width, height) = page.render_dimensions();
        let place = Place(page.initial_transform(true).as_coeffs().map(|v| v as f32));
        let mut content = Vec::new();
        let contents = page.raw();
        let single = contents.get::<Stream<'_>>("Contents");
        let several = contents.get::<Array<'_>>("Contents");
        for stream in single.into_iter().chain(several.iter().flat_map(|a| a.iter::<Stream<'_>>())) {
            content.extend(data(&stream, self.budget)?);
            content.push(b' ');
        }
        let mut drawn = Page { width, height, glyphs: Vec::new() };
        let state = State {
            place,
            font: None,
            size: 0.0,
            between: 0.0,
            words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        };
        self.run(&content, page.resources(), state, 0, &mut drawn.glyphs)?;
        Ok(drawn)
    }

    fn run(
        &mut self,
        content: &[u8],
        resources: &Resources<'_>,
        mut state: State,
        depth: usize,
        glyphs: &mut Vec<Glyph>,
    ) -> Result<(), Error> {
        let mut operators = TypedIter::new(content);
        let mut saved: Vec<State> = Vec::new();
        // The text matrix, and the one at the beginning of the line.
        let (mut at, mut line) = (Place::PAGE, Place::PAGE);
        let mut marked: Vec<Marked> = Vec::new();
        while let Some(operator) = operators.next() {
            self.left = self.left.checked_sub(1).ok_or(Error::TooLarge)?;
            let next = |line: Place, x: f32, y: f32| line.after(Place([1.0, 0.0, 0.0, 1.0, x, y]));
            match operator {
                Op::SaveState(_) if saved.len() < STATES => saved.push(state.clone()),
                Op::RestoreState(_) => state = saved.pop().unwrap_or(state),
                Op::Transform(m) => state.place = state.place.after(place([m.0, m.1, m.2, m.3, m.4, m.5])),
                Op::BeginText(_) => (at, line) = (Place::PAGE, Place::PAGE),
                Op::SetTextMatrix(m) => {
                    line = place([m.0, m.1, m.2, m.3, m.4, m.5]);
                    at = line;
                }
                Op::NextLine(step) => {
                    line = next(line, step.0.as_f32(), step.1.as_f32());
                    at = line;
                }
                Op::NextLineAndSetLeading(step) => {
                    state.leading = -step.1.as_f32();
                    line = next(line, step.0.as_f32(), step.1.as_f32());
                    at = line;
                }
                Op::NextLineUsingLeading(_) => {
                    line = next(line, 0.0, -state.leading);
                    at = line;
                }
                Op::CharacterSpacing(v) => state.between = v.0.as_f32(),
                Op::WordSpacing(v) => state.words = v.0.as_f32(),
                Op::HorizontalScaling(v) => state.stretch = v.0.as_f32() / 100.0,
                Op::TextLeading(v) => state.leading = v.0.as_f32(),
                Op::TextRise(v) => state.rise = v.0.as_f32(),
                Op::TextRenderingMode(v) => state.mode = v.0.as_i64(),
                Op::TextFont(font) => {
                    state.font = self.font(resources, font.0)?;
                    state.size = font.1.as_f32();
                }
                Op::SetGraphicsState(name) => {
                    let set = resources.get_ext_g_state(name.0).and_then(|set| set.get::<Array<'_>>("Font"));
                    if let Some(set) = set
                        && let (Some(font), Some(size)) =
                            (set.iter::<Dict<'_>>().next(), set.iter::<Object<'_>>().nth(1))
                    {
                        state.font = Some(self.read(&font)?);
                        state.size = size.into_f32().unwrap_or(state.size);
                    }
                }
                Op::ShowText(shown) => self.show(shown.0.as_bytes(), &state, &mut at, glyphs)?,
                Op::NextLineAndShowText(shown) => {
                    line = next(line, 0.0, -state.leading);
                    at = line;
                    self.show(shown.0.as_bytes(), &state, &mut at, glyphs)?;
                }
                Op::ShowTextWithParameters(shown) => {
                    (state.words, state.between) = (shown.0.as_f32(), shown.1.as_f32());
                    line = next(line, 0.0, -state.leading);
                    at = line;
                    self.show(shown.2.as_bytes(), &state, &mut at, glyphs)?;
                }
                Op::ShowTexts(shown) => {
                    for part in shown.0.iter::<Object<'_>>() {
                        match part {
                            Object::String(bytes) => self.show(bytes.as_bytes(), &state, &mut at, glyphs)?,
                            Object::Number(back) => {
                                let step = -back.as_f32() / 1000.0 * state.size;
                                let vertical = state.font.as_ref().is_some_and(|font| font.vertical);
                                let (x, y) = if vertical { (0.0, step) } else { (step * state.stretch, 0.0) };
                                at = next(at, x, y);
                            }
                            _ => {}
                        }
                    }
                }
                Op::XObject(name) => {
                    let Some(object) = resources.get_x_object(name.0) else { continue };
                    let dict = object.dict();
                    if dict.get::<Name<'_>>("Subtype").is_none_or(|kind| kind.as_ref() != b"Form") {
                        self.pictures += 1;
                    } else if depth < DEPTH {
                        let content = data(&object, self.budget)?;
                        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
                        let mut state = state.clone();
                        if let Some(matrix) = dict.get::<[f32; 6]>("Matrix") {
                            state.place = state.place.after(Place(matrix));
                        }
                        self.run(&content, own.as_ref().unwrap_or(resources), state, depth + 1, glyphs)?;
                    }
                }
                Op::InlineImage(_) => self.pictures += 1,
                Op::BeginMarkedContent(_) if marked.len() < STATES => marked.push(Marked::default()),
                Op::BeginMarkedContentWithProperties(mark) if marked.len() < STATES => {
                    let properties = match mark.1 {
                        Object::Dict(dict) => Some(dict.clone()),
                        Object::Name(name) => resources.properties.get::<Dict<'_>>(name),
                        _ => None,
                    };
                    marked.push(Marked::new(mark.0, properties, glyphs.len()));
                }
                Op::EndMarkedContent(_) => {
                    if let Some(marked) = marked.pop() {
                        marked.end(glyphs);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn font(&mut self, resources: &Resources<'_>, name: &Name<'_>) -> Result<Option<Rc<Font>>, Error> {
        resources.get_font(name).map(|dict| self.read(&dict)).transpose()
    }

    fn read(&mut self, dict: &Dict<'_>) -> Result<Rc<Font>, Error> {
        let place = dict.data().as_ptr();
        if let Some(font) = self.fonts.get(&place) {
            return Ok(font.clone());
        }
        let font = Rc::new(Font::new(dict, &mut self.maps, self.budget)?);
        self.fonts.insert(place, font.clone());
        Ok(font)
    }

    fn show(
        &mut self,
        mut bytes: &[u8],
        state: &State,
        at: &mut Place,
        glyphs: &mut Vec<Glyph>,
    ) -> Result<(), Error> {
        let Some(font) = &state.font else { return Ok(()) };
        while !bytes.is_empty() {
            self.left = self.left.checked_sub(1).ok_or(Error::TooLarge)?;
            let shown = font.first(bytes);
            bytes = &bytes[shown.length..];
            let step = shown.advance * state.size;
            let spacing = state.between + if shown.space { state.words } else { 0.0 };
            let (along, moved) = if font.vertical {
                ((0.0, -step), (0.0, -step + spacing))
            } else {
                ((step * state.stretch, 0.0), ((step + spacing) * state.stretch, 0.0))
            };
            let page = state.place.after(*at);
            let (x, y) = page.point(0.0, state.rise);
            let (right, down) = page.vector(along.0, along.1);
            let (up, across) = page.vector(0.0, state.size);
            let size = if font.vertical { right.hypot(down) } else { up.hypot(across) };
            let width = right.hypot(down);
            // Nothing moves on for what is drawn over something else.
            let turn = if width > 0.0 { Turn::of(right, down) } else { Turn::Right };
            let count = shown.text.chars().count();
            for (i, c) in shown.text.chars().enumerate() {
                let share = i as f32 / count as f32;
                glyphs.push(Glyph {
                    c,
                    x: x + right * share,
                    y: y + down * share,
                    width: width / count as f32,
                    size,
                    bold: font.bold || state.mode == 2,
                    turn,
                    furniture: false,
                });
            }
            if count == 0 && width > 0.0 && state.mode != 3 {
                self.lost += 1;
            }
            if state.mode == 3 {
                self.invisible += count;
            }
            *at = at.after(Place([1.0, 0.0, 0.0, 1.0, moved.0, moved.1]));
        }
        Ok(())
    }
}

fn place(numbers: [Number; 6]) -> Place {
    Place(numbers.map(|number| number.as_f32()))
}

/// What the file says of a part of its content.
#[derive(Default)]
struct Marked {
    /// How many characters stood before it.
    from: usize,
    /// What it says instead of its characters.
    says: Option<String>,
    /// Page headers, footers and watermarks.
    furniture: bool,
}

impl Marked {
    fn new(tag: &Name<'_>, properties: Option<Dict<'_>>, from: usize) -> Self {
        let properties = properties.unwrap_or_default();
        let is = |key: &str, value: &[u8]| {
            properties.get::<Name<'_>>(key).is_some_and(|name| name.as_ref() == value)
        };
        let says = properties.get::<hayro_syntax::object::String<'_>>("ActualText");
        Self {
            from,
            says: says.and_then(|text| utf16(text.as_bytes())),
            furniture: tag.as_ref() == b"Artifact" && is("Type", b"Pagination"),
        }
    }

    fn end(self, glyphs: &mut Vec<Glyph>) {
        let from = self.from.min(glyphs.len());
        if self.furniture {
            glyphs[from..].iter_mut().for_each(|glyph| glyph.furniture = true);
        }
        // Only for single characters: what is said of a whole row would lose its places.
        if let Some(says) = self.says
            && let [glyph] = glyphs[from..]
        {
            let count = says.chars().count() as f32;
            glyphs.truncate(from);
            glyphs.extend(says.chars().enumerate().map(|(i, c)| Glyph {
                c,
                x: glyph.x + glyph.width / count * i as f32,
                width: glyph.width / count,
                ..glyph
            }));
        }
    }
}

/// Text as properties have it, where it is in UTF-16; the rest of them is Latin.
fn utf16(bytes: &[u8]) -> Option<String> {
    let units =
        bytes.strip_prefix(b"\xfe\xff")?.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<String, _>>().ok()
}
