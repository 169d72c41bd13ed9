//! From the codes in a content stream to characters and widths.

use super::data;
use crate::Error;
use crate::unpack::layout::bold_font;
use crate::unpack::package::Budget;
use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use hayro_cmap::{BfString, CMap, CMapName, CidFamily, WritingMode, load_embedded};
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Number, Object, Stream};
use std::collections::HashMap;
use std::rc::Rc;

/// CIDs that have widths; no collection has more.
const CIDS: u32 = 1 << 16;

pub struct Font {
    kind: Kind,
    to_unicode: Option<CMap>,
    pub bold: bool,
    pub vertical: bool,
}

enum Kind {
    Simple { widths: HashMap<u32, f32>, missing: f32, characters: Vec<Option<char>> },
    Composite { encoding: Rc<CMap>, unicode: Option<Rc<CMap>>, widths: HashMap<u32, f32>, missing: f32 },
}

/// One character as it is shown.
pub struct Shown {
    /// Bytes that its code takes.
    pub length: usize,
    /// How far the writing goes on, as a share of the size.
    pub advance: f32,
    /// Empty where nobody says.
    pub text: String,
    /// A single byte 32, which word spacing widens.
    pub space: bool,
}

/// The predefined maps that a file uses, each read once.
#[derive(Default)]
pub struct Maps(HashMap<Vec<u8>, Option<Rc<CMap>>>);

impl Maps {
    fn get(&mut self, name: CMapName<'_>) -> Option<Rc<CMap>> {
        let read = || match name {
            CMapName::IdentityH => Some(Rc::new(CMap::identity_h())),
            CMapName::IdentityV => Some(Rc::new(CMap::identity_v())),
            _ => CMap::parse(load_embedded(name)?, load_embedded).map(Rc::new),
        };
        self.0.entry(name.to_bytes().to_vec()).or_insert_with(read).clone()
    }
}

impl Font {
    pub fn new(dict: &Dict<'_>, maps: &mut Maps, budget: &Budget) -> Result<Self, Error> {
        let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next());
        let descriptor =
            descendant.as_ref().unwrap_or(dict).get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let name = dict.get::<Name<'_>>("BaseFont");
        let forced = descriptor.get::<i32>("Flags").is_some_and(|flags| flags & 0x40000 != 0);
        let heavy = descriptor.get::<f32>("FontWeight").is_some_and(|weight| weight >= 600.0);
        let bold =
            forced || heavy || name.is_some_and(|name| bold_font(&String::from_utf8_lossy(name.as_ref())));
        let to_unicode = match (dict.get::<Stream<'_>>("ToUnicode"), dict.get::<Name<'_>>("ToUnicode")) {
            (Some(stream), _) => CMap::parse(&data(&stream, budget)?, load_embedded),
            (None, Some(name)) => maps.get(CMapName::from_bytes(name.as_ref())).map(|map| (*map).clone()),
            (None, None) => None,
        };
        let kind = match descendant {
            Some(descendant) => composite(dict, &descendant, maps, budget)?,
            None => simple(dict, &descriptor),
        };
        let vertical = match &kind {
            Kind::Composite { encoding, .. } => {
                encoding.metadata().writing_mode == Some(WritingMode::Vertical)
            }
            Kind::Simple { .. } => false,
        };
        Ok(Self { kind, to_unicode, bold, vertical })
    }

    /// The first character of what is shown, which is not empty.
    pub fn first(&self, bytes: &[u8]) -> Shown {
        match &self.kind {
            Kind::Simple { widths, missing, characters } => {
                let code = u32::from(bytes[0]);
                let text = self.said(code).or_else(|| characters[bytes[0] as usize].map(String::from));
                Shown {
                    length: 1,
                    advance: widths.get(&code).unwrap_or(missing) / 1000.0,
                    text: text.unwrap_or_default(),
                    space: code == 32,
                }
            }
            Kind::Composite { encoding, unicode, widths, missing } => {
                let mut code = 0;
                let mut found = None;
                for (i, byte) in bytes.iter().take(4).enumerate() {
                    code = code << 8 | u32::from(*byte);
                    found = encoding.lookup_cid_code(code, i as u8 + 1).map(|cid| (code, cid, i + 1));
                    if found.is_some() {
                        break;
                    }
                }
                // What is in no range is one character nevertheless; of two bytes, as nearly all are.
                let (code, cid, length) = found.unwrap_or((0, 0, bytes.len().min(2)));
                let collected = || unicode.as_ref()?.lookup_bf_string(cid).and_then(text);
                let advance = if self.vertical { 1.0 } else { widths.get(&cid).unwrap_or(missing) / 1000.0 };
                Shown {
                    length,
                    advance,
                    text: self.said(code).or_else(collected).unwrap_or_default(),
                    space: length == 1 && code == 32,
                }
            }
        }
    }

    /// What the font's own map says that a code is.
    fn said(&self, code: u32) -> Option<String> {
        self.to_unicode.as_ref()?.lookup_bf_string(code).and_then(text)
    }
}

fn text(mapped: BfString) -> Option<String> {
    let text = match mapped {
        BfString::Char(c) => c.to_string(),
        BfString::String(text) => text,
    };
    let says = |c: char| c != '\0' && c != '\u{fffd}' && !('\u{e000}'..='\u{f8ff}').contains(&c);
    (!text.is_empty() && text.chars().all(says)).then_some(text)
}

fn composite(
    dict: &Dict<'_>,
    descendant: &Dict<'_>,
    maps: &mut Maps,
    budget: &Budget,
) -> Result<Kind, Error> {
    let encoding = match (dict.get::<Stream<'_>>("Encoding"), dict.get::<Name<'_>>("Encoding")) {
        (Some(stream), _) => CMap::parse(&data(&stream, budget)?, load_embedded).map(Rc::new),
        (None, Some(name)) => maps.get(CMapName::from_bytes(name.as_ref())),
        (None, None) => None,
    };
    let encoding = encoding.unwrap_or_else(|| Rc::new(CMap::identity_h()));
    let info = descendant.get::<Dict<'_>>("CIDSystemInfo").unwrap_or_default();
    let said = |key: &str| info.get::<hayro_syntax::object::String<'_>>(key).map(|s| s.as_bytes().to_vec());
    let declared = CidFamily::from_registry_ordering(
        &said("Registry").unwrap_or_default(),
        &said("Ordering").unwrap_or_default(),
    );
    let of_encoding = encoding.metadata().character_collection.as_ref().map(|collection| &collection.family);
    let unicode = of_encoding
        .and_then(CidFamily::ucs2_cmap)
        .or_else(|| declared.ucs2_cmap())
        .and_then(|name| maps.get(name));
    let mut widths = HashMap::new();
    // Ranges may say the same again and again.
    let mut left = CIDS as usize * 4;
    if let Some(listed) = descendant.get::<Array<'_>>("W") {
        let mut items = listed.iter::<Object<'_>>();
        while left > 0
            && let (Some(first), Some(next)) = (items.next().and_then(cid), items.next())
        {
            match next {
                Object::Array(each) => {
                    for (i, width) in each.iter::<Number>().take(left).enumerate() {
                        left -= 1;
                        widths.insert(first.saturating_add(i as u32), width.as_f32());
                    }
                }
                last => {
                    let (Some(last), Some(width)) = (cid(last), items.next().and_then(Object::into_f32))
                    else {
                        break;
                    };
                    for cid in (first..=last).take(left) {
                        left -= 1;
                        widths.insert(cid, width);
                    }
                }
            }
        }
    }
    let missing = descendant.get::<f32>("DW").unwrap_or(1000.0);
    Ok(Kind::Composite { encoding, unicode, widths, missing })
}

fn cid(object: Object<'_>) -> Option<u32> {
    object.into_i32().and_then(|cid| u32::try_from(cid).ok()).filter(|cid| *cid < CIDS)
}

fn simple(dict: &Dict<'_>, descriptor: &Dict<'_>) -> Kind {
    let first = dict.get::<i32>("FirstChar").unwrap_or(0).clamp(0, 255) as u32;
    // The unit of a Type 3 font is its own.
    let unit = dict.get::<[f32; 6]>("FontMatrix").map_or(1.0, |matrix| matrix[0].abs() * 1000.0);
    let widths: HashMap<u32, f32> = dict
        .get::<Array<'_>>("Widths")
        .map(|widths| (first..256).zip(widths.iter::<Number>().map(|width| width.as_f32() * unit)).collect())
        .unwrap_or_default();
    let missing = descriptor.get::<f32>("MissingWidth").filter(|width| *width > 0.0).unwrap_or(500.0);
    let listed = dict.get::<Dict<'_>>("Encoding");
    let base = listed
        .as_ref()
        .and_then(|encoding| encoding.get::<Name<'_>>("BaseEncoding"))
        .or_else(|| dict.get::<Name<'_>>("Encoding"));
    let base: &'static Encoding = match base.as_ref().map(|name| name.as_ref()) {
        Some(b"MacRomanEncoding") => MACINTOSH,
        _ => WINDOWS_1252,
    };
    let mut characters: Vec<Option<char>> = (0..=255_u8)
        .map(|code| {
            let c = base.decode_without_bom_handling(&[code]).0.chars().next();
            c.filter(|c| !c.is_control())
        })
        .collect();
    let mut code = 0_usize;
    for item in listed.and_then(|e| e.get::<Array<'_>>("Differences")).iter().flat_map(|a| a.raw_iter()) {
        match item {
            MaybeRef::NotRef(Object::Number(number)) => code = number.as_i64().clamp(0, 256) as usize,
            MaybeRef::NotRef(Object::Name(name)) => {
                if let Some(character) = characters.get_mut(code) {
                    *character = named(name.as_str());
                }
                code += 1;
            }
            _ => {}
        }
    }
    Kind::Simple { widths, missing, characters }
}

/// The character that a glyph's name says, of the names that Latin subsets have.
fn named(name: &str) -> Option<char> {
    const NAMES: &str = "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright \
        asterisk plus comma hyphen period slash zero one two three four five six seven eight nine colon semicolon \
        less equal greater question at";
    const MORE: &[(&str, char)] = &[
        ("bracketleft", '['),
        ("backslash", '\\'),
        ("bracketright", ']'),
        ("asciicircum", '^'),
        ("underscore", '_'),
        ("grave", '`'),
        ("braceleft", '{'),
        ("bar", '|'),
        ("braceright", '}'),
        ("asciitilde", '~'),
        ("quoteleft", '‘'),
        ("quoteright", '’'),
        ("quotedblleft", '“'),
        ("quotedblright", '”'),
        ("endash", '–'),
        ("emdash", '—'),
        ("bullet", '•'),
        ("periodcentered", '·'),
        ("ellipsis", '…'),
        ("degree", '°'),
        ("perthousand", '‰'),
        ("multiply", '×'),
        ("minus", '−'),
        ("fi", 'ﬁ'),
        ("fl", 'ﬂ'),
    ];
    let mut letters = name.chars();
    if let (Some(letter @ ('a'..='z' | 'A'..='Z')), None) = (letters.next(), letters.next()) {
        return Some(letter);
    }
    let hex = name.strip_prefix("uni").or_else(|| name.strip_prefix('u')).unwrap_or_default();
    if (4..=6).contains(&hex.len()) && hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return char::from_u32(u32::from_str_radix(hex, 16).ok()?);
    }
    let ascii = NAMES.split_ascii_whitespace().zip(' '..);
    ascii.chain(MORE.iter().copied()).find(|(known, _)| *known == name).map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_glyphs() {
        let all = ["A", "z", "zero", "at", "comma", "uni4E00", "u20000", "g17", "union", "space"].map(named);
        let expected = ["A", "z", "0", "@", ",", "一", "𠀀", "", "", " "].map(|s| s.chars().next());
        assert_eq!(all, expected);
    }

    #[test]
    fn predefined_maps_lead_from_bytes_to_characters() {
        let mut maps = Maps::default();
        for (name, family, bytes) in [
            ("GBK-EUC-H", CidFamily::AdobeGB1, &[0xd2, 0xbb][..]),
            ("GB-EUC-H", CidFamily::AdobeGB1, &[0xd2, 0xbb]),
            ("GBKp-EUC-H", CidFamily::AdobeGB1, &[0xd2, 0xbb]),
            ("GBK2K-H", CidFamily::AdobeGB1, &[0xd2, 0xbb]),
            ("UniGB-UCS2-H", CidFamily::AdobeGB1, &[0x4e, 0x00]),
            ("UniGB-UTF16-H", CidFamily::AdobeGB1, &[0x4e, 0x00]),
            ("ETen-B5-H", CidFamily::AdobeCNS1, &[0xa4, 0x40]),
        ] {
            let encoding = maps.get(CMapName::from_bytes(name.as_bytes())).expect(name);
            let unicode = maps.get(family.ucs2_cmap().unwrap());
            let kind = Kind::Composite { encoding, unicode, widths: HashMap::new(), missing: 1000.0 };
            let font = Font { kind, to_unicode: None, bold: false, vertical: false };
            let shown = font.first(bytes);
            assert_eq!((shown.text.as_str(), shown.length), ("一", 2), "{name}");
        }
    }
}
