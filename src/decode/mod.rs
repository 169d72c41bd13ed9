//! Bytes to text: which encoding, and how that is known.

mod codec;
mod declared;
pub mod magic;
mod mend;
mod model;
mod tables;

use crate::report::{EncodingFrom, Warning};
use crate::table::Tables;
use crate::{Error, Options};
use codec::Encoding;
pub(crate) use codec::windows_1252;
use model::Model;

/// The decoded source.
#[derive(Debug, Clone)]
pub struct Decoded {
    pub text: String,
    /// The encoding's name in the WHATWG standard; GB2312 and GBK are read as what contains them,
    /// `GB18030`.
    pub encoding: &'static str,
    pub from: EncodingFrom,
    pub warnings: Vec<Warning>,
}

#[derive(Debug)]
pub struct Words {
    model: Model,
}

impl Words {
    pub(crate) fn parse(tables: &Tables) -> Self {
        Self { model: Model::parse(tables) }
    }
}

/// Larger files are not read; collections of all reports of a country stay below.
const LARGEST: usize = 256 << 20;

/// How many bytes are looked at to tell encodings apart.
const WINDOW: usize = 4096;

/// How much likelier the content must be in another encoding than in the declared one, in nats.
/// A wrong encoding is less likely by some four a byte, so this is a matter of a few characters.
const DOUBT: f32 = 12.0;

/// Decodes a file's bytes by its mark, its declaration or its content, or as the options say.
///
/// # Errors
/// [`Error::Empty`], [`Error::UnknownEncoding`], [`Error::UnsupportedFormat`], [`Error::Packed`],
/// [`Error::NotText`], [`Error::TooLarge`].
pub fn decode(bytes: &[u8], options: &Options, words: &Words) -> Result<Decoded, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty);
    }
    if bytes.len() > LARGEST {
        return Err(Error::TooLarge);
    }
    if let Some(container) = magic::container(bytes) {
        return Err(container.error());
    }
    let (encoding, from, skip) = match &options.encoding {
        Some(label) => {
            let encoding =
                Encoding::for_label(label.as_bytes()).ok_or_else(|| Error::UnknownEncoding(label.clone()))?;
            (encoding, EncodingFrom::Option, 0)
        }
        None => find(bytes, &words.model),
    };
    let mut text = encoding.decode(&bytes[skip..]);
    // A mark is no part of the text.
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    text.drain(..mark);
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    if !model::is_text(&text) {
        return Err(Error::NotText);
    }
    let mut warnings = Vec::new();
    let mut warn = |code: &str, message: String| {
        warnings.push(Warning { code: code.into(), message, span: None });
    };
    let text = match mend::mend(&text, &words.model) {
        None => {
            let cut = if from == EncodingFrom::Bom { 0 } else { skip };
            let malformed = text.matches('\u{fffd}').count() + cut;
            if malformed > 0 {
                warn("malformed", format!("文件中有 {malformed} 处字节不合编码,已用“\u{fffd}”代替。"));
            }
            text
        }
        Some((before, 0)) => {
            warn("mended", "文件曾被用错误的编码打开后保存,文字成了乱码;已还原,没有丢失。".into());
            before
        }
        Some((before, lost)) => {
            let message = format!(
                "文件曾被用错误的编码打开后保存,文字成了乱码;已还原,但有 {lost} 个字那时已经丢失,这里写作“\u{fffd}”。请找原来的文件。"
            );
            warn("mojibake", message);
            before
        }
    };
    Ok(Decoded { text, encoding: encoding.name(), from, warnings })
}

/// How many of a text's Chinese characters are common in reports, and how many there are.
pub fn common(text: &str, words: &Words) -> (usize, usize) {
    let han = || text.chars().filter(|c| crate::text::is_han(*c));
    (han().filter(|c| words.model.is_common(*c)).count(), han().count())
}

/// The encoding, how it is known, and how many bytes of a character cut in two stand in front.
fn find(bytes: &[u8], model: &Model) -> (Encoding, EncodingFrom, usize) {
    if let Some((encoding, length)) = Encoding::for_mark(bytes) {
        return (encoding, EncodingFrom::Bom, length);
    }
    if bytes.starts_with(&[0x84, 0x31, 0x95, 0x33]) {
        return (Encoding::Gb18030, EncodingFrom::Bom, 0);
    }
    let declared = declared::encoding(bytes);
    let sample = window(bytes);
    if sample.is_ascii() && !sample.contains(&0) {
        // Nothing to judge by, unless it is UTF-16 of characters whose bytes all look like ASCII.
        let wide = [Encoding::Utf16Le, Encoding::Utf16Be]
            .into_iter()
            .max_by(|a, b| model.score(*a, sample).total_cmp(&model.score(*b, sample)))
            .filter(|&e| model.score(e, sample) > model.score(Encoding::Utf8, sample));
        return match (wide, declared) {
            (Some(wide), None) => (wide, EncodingFrom::Detected, 0),
            (_, Some((encoding, from))) => (encoding, from, 0),
            _ => (Encoding::Utf8, EncodingFrom::Detected, 0),
        };
    }
    let mut candidates = vec![
        (Encoding::Utf8, 0),
        (Encoding::Gb18030, 0),
        (Encoding::Big5, 0),
        (Encoding::Utf16Le, 0),
        (Encoding::Utf16Be, 0),
        // Pieces that begin within a character; UTF-8 finds its feet by itself.
        (Encoding::Gb18030, 1),
        (Encoding::Big5, 1),
        (Encoding::Utf16Le, 1),
        (Encoding::Utf16Be, 1),
    ];
    if let Some((encoding, _)) = declared
        && !candidates.iter().any(|(e, _)| *e == encoding)
    {
        candidates.push((encoding, 0));
    }
    let scores: Vec<f32> = candidates
        .iter()
        .map(|&(e, skip)| model.score(e, &sample[skip.min(sample.len())..]) - 15.0 * skip as f32)
        .collect();
    let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
    if let Some((encoding, from)) = declared
        && let Some(said) = candidates.iter().position(|&(e, skip)| e == encoding && skip == 0)
        && scores[best] - scores[said] < DOUBT
    {
        return (encoding, from, 0);
    }
    // Only where the window stands at the file's beginning can its first byte be half a character.
    let (encoding, skip) = candidates[best];
    let skip = if sample.as_ptr() == bytes.as_ptr() { skip } else { 0 };
    (encoding, EncodingFrom::Detected, skip)
}

/// The part of the file to judge by: from the first byte that is not plain ASCII.
fn window(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|&b| b >= 0x80 || b == 0).unwrap_or(0);
    // Characters of UTF-16 lie at even places; a line of ASCII before is context enough.
    let start = if first < WINDOW / 2 { 0 } else { first & !1 };
    &bytes[start..bytes.len().min(start + WINDOW)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

    const SIMPLIFIED: &str = "一年来,县政协常委会坚持团结和民主两大主题,全年召开常委会会议6次,\
        组织专题视察12次,收到提案238件,立案216件,办复率达到100%。\r\n二、聚焦发展大局,\
        积极建言献策。围绕“乡村振兴”等课题深入调研,提出意见建议45条,得到县委县政府主要领导批示7次。\r\n\
        三、广泛凝聚共识,促进社会和谐。走访慰问委员一百余人次,接待来访群众320人;编印文史资料两辑。";
    const TRADITIONAL: &str = "一年來,縣政協常委會堅持團結和民主兩大主題,全年召開常委會會議6次,\
        組織專題視察12次,收到提案238件,立案216件,辦復率達到100%。\r\n二、聚焦發展大局,\
        積極建言獻策。圍繞「鄉村振興」等課題深入調研,提出意見建議45條,得到縣委縣政府主要領導批示7次。\r\n\
        三、廣泛凝聚共識,促進社會和諧。走訪慰問委員一百餘人次,接待來訪群眾320人;編印文史資料兩輯。";

    fn encode(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        match encoding {
            e if e == UTF_16LE => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            e if e == UTF_16BE => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            e => e.encode(text).0.into_owned(),
        }
    }

    fn read(bytes: &[u8]) -> Result<Decoded, Error> {
        decode(bytes, &Options::default(), &Lexicon::builtin().decode)
    }

    #[test]
    fn pieces_without_a_mark_are_told_apart() {
        let mut wrong = Vec::new();
        for (text, encoding) in [
            (SIMPLIFIED, UTF_8),
            (SIMPLIFIED, GB18030),
            (SIMPLIFIED, UTF_16LE),
            (SIMPLIFIED, UTF_16BE),
            (TRADITIONAL, BIG5),
            (TRADITIONAL, UTF_8),
            (TRADITIONAL, GB18030),
            (TRADITIONAL, UTF_16LE),
        ] {
            let chars: Vec<char> = text.chars().collect();
            for size in [20, 50, 100, 500, usize::MAX] {
                for start in (0..chars.len()).step_by(7) {
                    let mut bytes = Vec::new();
                    let mut piece = String::new();
                    for c in &chars[start..] {
                        bytes.extend(encode(&c.to_string(), encoding));
                        piece.push(*c);
                        if bytes.len() >= size {
                            break;
                        }
                    }
                    if bytes.len() >= 20 && read(&bytes).map(|d| d.text) != Ok(piece.clone()) {
                        wrong.push((encoding.name(), size, piece));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn declarations_hold_unless_the_content_says_otherwise() {
        let page = |label: &str| format!("<html><head><meta charset=\"{label}\"></head>{SIMPLIFIED}</html>");
        let honest = read(&encode(&page("gb2312"), GB18030)).unwrap();
        assert_eq!((honest.encoding, honest.from), ("GB18030", EncodingFrom::Meta));
        let lying = read(&encode(&page("utf-8"), GB18030)).unwrap();
        assert_eq!((lying.encoding, lying.from), ("GB18030", EncodingFrom::Detected));
        assert!(lying.text.contains("立案216件"));
        let lying = read(page("gb2312").as_bytes()).unwrap();
        assert_eq!((lying.encoding, lying.from), ("UTF-8", EncodingFrom::Detected));
        let xml = format!("<?xml version=\"1.0\" encoding='big5'?><p>{TRADITIONAL}</p>");
        let xml = read(&encode(&xml, BIG5)).unwrap();
        assert_eq!((xml.encoding, xml.from), ("Big5", EncodingFrom::Xml));
    }

    #[test]
    fn marks_and_options_decide() {
        let mut marked = vec![0xff, 0xfe];
        marked.extend(encode(SIMPLIFIED, UTF_16LE));
        let marked = read(&marked).unwrap();
        assert_eq!((marked.encoding, marked.from), ("UTF-16LE", EncodingFrom::Bom));
        assert_eq!((marked.text.as_str(), marked.warnings), (SIMPLIFIED, vec![]));
        let with = |label: &str| {
            let options = Options { encoding: Some(label.into()), ..Options::default() };
            decode(&encode(TRADITIONAL, GB18030), &options, &Lexicon::builtin().decode)
        };
        let told = with("gbk").unwrap();
        assert_eq!((told.text.as_str(), told.from), (TRADITIONAL, EncodingFrom::Option));
        assert_eq!(with("gbbk").unwrap_err(), Error::UnknownEncoding("gbbk".into()));
    }

    #[test]
    fn a_few_broken_bytes_are_survived_and_told() {
        let mut bytes = SIMPLIFIED.as_bytes().to_vec();
        bytes[40] = 0xff;
        let broken = read(&bytes).unwrap();
        assert_eq!(broken.encoding, "UTF-8");
        assert_eq!(broken.warnings[0].code, "malformed");
        for encoding in [UTF_8, GB18030, UTF_16BE] {
            let bytes = encode(SIMPLIFIED, encoding);
            let cut = read(&bytes[1..bytes.len() - 1]).unwrap();
            assert!(cut.text.contains("收到提案238件"), "{}", encoding.name());
        }
    }

    #[test]
    fn what_is_not_text_is_told() {
        assert_eq!(read(b" \r\n").unwrap_err(), Error::Empty);
        assert_eq!(read(b"%PDF-1.7\n").unwrap_err(), Error::Packed("PDF"));
        assert_eq!(read(b"GIF89a..").unwrap_err(), Error::UnsupportedFormat("GIF"));
        let word_as_text = format!("\u{fffd}\u{fffd}\u{871}\u{1a}\u{fffd}{}", "Root Entry bjbj ".repeat(40));
        assert_eq!(read(word_as_text.as_bytes()).unwrap_err(), Error::NotText);
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(read(&noise).unwrap_err(), Error::NotText);
    }
}
