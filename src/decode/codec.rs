//! The encodings that Chinese texts come in, decoded as the WHATWG standard says.

use super::tables::{BIG5, BIG5_TRAILS, GBK, GBK_TRAILS, RANGES};
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// And with it GBK and GB 2312.
    Gb18030,
    Big5,
    Windows1252,
}

/// What stands for bytes that are no character.
const BROKEN: char = '\u{fffd}';

/// Windows-1252 from 80 to 9F; the rest is Latin-1.
const WINDOWS_1252: [u16; 32] = [
    0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d,
    0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a,
    0x153, 0x9d, 0x17e, 0x178,
];

/// The standard's labels of each encoding.
const LABELS: [(Encoding, &str); 6] = [
    (Encoding::Utf8, "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"),
    (Encoding::Utf16Le, "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"),
    (Encoding::Utf16Be, "unicodefffe utf-16be"),
    (
        Encoding::Gb18030,
        "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030",
    ),
    (Encoding::Big5, "big5 big5-hkscs cn-big5 csbig5 x-x-big5"),
    (
        Encoding::Windows1252,
        "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 \
         iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252",
    ),
];

impl Encoding {
    /// By one of the standard's labels, in any case.
    pub fn for_label(label: &[u8]) -> Option<Self> {
        let label = label.trim_ascii();
        let says = |labels: &str| labels.split(' ').any(|l| l.as_bytes().eq_ignore_ascii_case(label));
        LABELS.into_iter().find(|(_, labels)| says(labels)).map(|(encoding, _)| encoding)
    }

    /// By the mark that the bytes begin with, and how long that is.
    pub fn for_mark(bytes: &[u8]) -> Option<(Self, usize)> {
        let marks: [(Self, &[u8]); 3] =
            [(Self::Utf8, b"\xef\xbb\xbf"), (Self::Utf16Le, b"\xff\xfe"), (Self::Utf16Be, b"\xfe\xff")];
        marks.into_iter().find(|(_, mark)| bytes.starts_with(mark)).map(|(e, mark)| (e, mark.len()))
    }

    /// Its name in the standard.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Gb18030 => "GB18030",
            Self::Big5 => "Big5",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The text of the bytes, with `\u{fffd}` for what is none; a mark is a character like others.
    pub fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
            Self::Utf16Le => utf16(bytes, u16::from_le_bytes),
            Self::Utf16Be => utf16(bytes, u16::from_be_bytes),
            Self::Windows1252 => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
            Self::Gb18030 => by_pairs(bytes, gb18030),
            Self::Big5 => by_pairs(bytes, big5),
        }
    }

    /// The text's bytes, those of GB18030 as GBK has them; none where a character has none, or where nobody
    /// asks (UTF-16, Big5).
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Utf8 => Some(text.as_bytes().to_vec()),
            Self::Windows1252 => text.chars().map(to_windows_1252).collect(),
            Self::Gb18030 => {
                let mut bytes = Vec::with_capacity(text.len());
                for c in text.chars() {
                    if c.is_ascii() {
                        bytes.push(c as u8);
                    } else if c == '€' {
                        bytes.push(0x80);
                    } else {
                        let place = *FROM_GBK.get(c as usize)?;
                        let place = usize::from(place.checked_sub(1)?);
                        let trail = place % GBK_TRAILS + 0x40;
                        bytes.push((place / GBK_TRAILS + 0x81) as u8);
                        bytes.push((trail + usize::from(trail >= 0x7f)) as u8);
                    }
                }
                Some(bytes)
            }
            Self::Utf16Le | Self::Utf16Be | Self::Big5 => None,
        }
    }
}

/// For each character of the first plane its place among GBK's pairs, from 1; 0 for none.
static FROM_GBK: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut places = vec![0; 0x1_0000];
    // Of two pairs that are the same character the first one counts.
    for (place, &point) in GBK.iter().enumerate().rev() {
        places[usize::from(point)] = place as u16 + 1;
    }
    places
});

pub fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..0xa0 => char::from_u32(WINDOWS_1252[usize::from(byte - 0x80)].into()).unwrap_or(BROKEN),
        _ => char::from(byte),
    }
}

fn to_windows_1252(c: char) -> Option<u8> {
    match u16::try_from(u32::from(c)).ok()? {
        code @ (0..0x80 | 0xa0..=0xff) => Some(code as u8),
        code => WINDOWS_1252.iter().position(|&other| other == code).map(|i| i as u8 + 0x80),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, rest) = bytes.as_chunks();
    let text = char::decode_utf16(pairs.iter().map(|&pair| unit(pair))).map(|c| c.unwrap_or(BROKEN));
    let mut text: String = text.collect();
    // Half a unit behind the first half of a character is broken with it.
    let halved = pairs.last().is_some_and(|&pair| (0xd800..0xdc00).contains(&unit(pair)));
    if !rest.is_empty() && !halved {
        text.push(BROKEN);
    }
    text
}

/// What begins with a byte beyond ASCII: one or two characters, and how many bytes they take.
type Taken = (char, Option<char>, usize);

fn by_pairs(bytes: &[u8], take: fn(&[u8]) -> Taken) -> String {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut rest = bytes;
    while let Some(&byte) = rest.first() {
        if byte.is_ascii() {
            text.push(char::from(byte));
            rest = &rest[1..];
            continue;
        }
        let (c, second, length) = take(rest);
        text.push(c);
        text.extend(second);
        rest = &rest[length..];
    }
    text
}

/// A sequence that is no character: an ASCII byte at its end stands for itself.
fn broken(bytes: &[u8]) -> Taken {
    let ascii = bytes.get(1).is_none_or(u8::is_ascii);
    (BROKEN, None, if ascii { 1 } else { 2 })
}

fn gb18030(bytes: &[u8]) -> Taken {
    match *bytes {
        [0x80, ..] => ('€', None, 1),
        [0xff, ..] => (BROKEN, None, 1),
        [lead, trail @ (0x40..=0x7e | 0x80..=0xfe), ..] => {
            let place =
                usize::from(lead - 0x81) * GBK_TRAILS + usize::from(trail - 0x40 - u8::from(trail > 0x7f));
            (char::from_u32(GBK[place].into()).unwrap_or(BROKEN), None, 2)
        }
        [a, b @ 0x30..=0x39, c @ 0x81..=0xfe, d @ 0x30..=0x39, ..] => {
            let digit = |byte: u8, first: u8| u32::from(byte - first);
            let place = ((digit(a, 0x81) * 10 + digit(b, 0x30)) * 126 + digit(c, 0x81)) * 10 + digit(d, 0x30);
            (four(place).unwrap_or(BROKEN), None, 4)
        }
        // Cut off by the end.
        [_, 0x30..=0x39] | [_, 0x30..=0x39, 0x81..=0xfe] => (BROKEN, None, bytes.len()),
        _ => broken(bytes),
    }
}

/// A character of four bytes by its place among them.
fn four(place: u32) -> Option<char> {
    let point = match place {
        0..39_420 => {
            let (first, point) = RANGES[RANGES.partition_point(|range| range.0 <= place) - 1];
            point + place - first
        }
        189_000..=1_237_575 => place - 189_000 + 0x1_0000,
        _ => return None,
    };
    char::from_u32(point)
}

fn big5(bytes: &[u8]) -> Taken {
    let [lead @ 0x81..=0xfe, trail @ (0x40..=0x7e | 0xa1..=0xfe), ..] = *bytes else {
        return if matches!(bytes[0], 0x80 | 0xff) { (BROKEN, None, 1) } else { broken(bytes) };
    };
    let offset = if trail < 0x7f { 0x40 } else { 0x62 };
    let two = match (lead, trail) {
        (0x88, 0x62) => Some(('Ê', '\u{304}')),
        (0x88, 0x64) => Some(('Ê', '\u{30c}')),
        (0x88, 0xa3) => Some(('ê', '\u{304}')),
        (0x88, 0xa5) => Some(('ê', '\u{30c}')),
        _ => None,
    };
    match (two, BIG5[usize::from(lead - 0x81) * BIG5_TRAILS + usize::from(trail - offset)]) {
        (Some((first, second)), _) => (first, Some(second), 2),
        (None, 0) => broken(bytes),
        (None, point) => (char::from_u32(point).unwrap_or(BROKEN), None, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [(Encoding, &encoding_rs::Encoding); 6] = [
        (Encoding::Utf8, encoding_rs::UTF_8),
        (Encoding::Utf16Le, encoding_rs::UTF_16LE),
        (Encoding::Utf16Be, encoding_rs::UTF_16BE),
        (Encoding::Gb18030, encoding_rs::GB18030),
        (Encoding::Big5, encoding_rs::BIG5),
        (Encoding::Windows1252, encoding_rs::WINDOWS_1252),
    ];

    fn same(bytes: &[u8]) {
        for (ours, theirs) in ALL {
            let theirs = theirs.decode_without_bom_handling(bytes).0;
            assert_eq!(ours.decode(bytes), theirs, "{} {bytes:02x?}", ours.name());
        }
    }

    #[test]
    fn every_sequence_is_what_encoding_rs_says() {
        for a in 0..=0xff {
            same(&[a]);
            for b in 0..=0xff {
                same(&[a, b]);
            }
        }
        for place in 0..126 * 10 * 126 * 10u32 {
            let digit = |n: u32, base: u32, first: u8| (place / n % base) as u8 + first;
            let bytes =
                [digit(12_600, 126, 0x81), digit(1_260, 10, 0x30), digit(10, 126, 0x81), digit(1, 10, 0x30)];
            let theirs = encoding_rs::GB18030.decode_without_bom_handling(&bytes).0;
            assert_eq!(Encoding::Gb18030.decode(&bytes), theirs, "{bytes:02x?}");
        }
    }

    #[test]
    fn every_character_is_encoded_as_encoding_rs_does() {
        let mut wrong = Vec::new();
        // Private characters that have had public ones since 2022 are left out.
        let private = 0xe78d..=0xe864;
        for c in (0..0x1_1000).filter(|code| !private.contains(code)).filter_map(char::from_u32) {
            let text = c.to_string();
            for (ours, theirs) in
                [(Encoding::Windows1252, encoding_rs::WINDOWS_1252), (Encoding::Gb18030, encoding_rs::GBK)]
            {
                let (bytes, _, unmappable) = theirs.encode(&text);
                let theirs = (!unmappable).then(|| bytes.into_owned());
                if ours.encode(&text) != theirs {
                    wrong.push((ours.name(), c, theirs, ours.encode(&text)));
                }
            }
        }
        assert_eq!(wrong, []);
    }

    #[test]
    fn labels_are_the_standards() {
        for (_, labels) in LABELS {
            for label in labels.split(' ') {
                let theirs = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
                let theirs = if theirs == encoding_rs::GBK { encoding_rs::GB18030 } else { theirs };
                let ours = Encoding::for_label(format!(" {} ", label.to_uppercase()).as_bytes()).unwrap();
                assert!(ours.name().eq_ignore_ascii_case(theirs.name()), "{label}");
            }
        }
        assert_eq!(Encoding::for_label(b"shift_jis"), None);
    }

    proptest! {
        #[test]
        fn whatever_is_decoded_is_what_encoding_rs_says(
            bytes in prop::collection::vec(
                prop_oneof![0u8..0x80, 0x30u8..0x3a, 0x80u8..=0xff, Just(0xd8u8), Just(0xdcu8)], 0..24),
        ) {
            same(&bytes);
        }
    }
}
