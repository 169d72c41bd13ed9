//! Office formats and archives to the words and files that they hold.
//!
//! Behind the feature `formats`: a WebAssembly module of its own, loaded when a file needs it. What it
//! gives goes to [`crate::extract`] (bytes) or [`crate::extract_draft`] (drafts).

mod collection;
mod doc;
mod docx;
mod grid;
mod layout;
mod lines;
mod mhtml;
mod numbering;
mod odt;
mod ofd;
mod package;
mod pdf;
mod rows;
mod rtf;
mod shapes;
mod sheet;
mod xml;
mod zip;

use crate::decode;
use crate::decode::magic::{Container, container};
use crate::read::{self, Draft};
use crate::report::{Format, Warning};
use crate::{Error, Options};
use package::Budget;

/// Something in a file that may be a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The file's name; in an archive with its path there: `2023/报告.docx`.
    pub name: String,
    pub content: Result<Content, Error>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Words that are characters already.
    Draft(Draft),
    /// A text or a page, still to be decoded.
    Bytes {
        bytes: Vec<u8>,
        /// The label of its encoding where the container says it.
        encoding: Option<String>,
        /// What it was in, if that is more than an archive.
        format: Option<Format>,
    },
}

/// What a file holds, in its order; a file that is no container is its own only entry. Of the options, name,
/// encoding and lexicon count.
///
/// # Errors
/// The file itself is damaged, encrypted or of no format that is read here.
pub fn unpack(bytes: &[u8], options: &Options) -> Result<Vec<Entry>, Error> {
    let within = Within { options, budget: &Budget::new(bytes.len()), depth: 0 };
    open(bytes, &options.name, &within)
}

/// What all that is nested in one file shares.
#[derive(Clone, Copy)]
struct Within<'a> {
    options: &'a Options,
    budget: &'a Budget,
    /// How many archives are around it.
    depth: usize,
}

fn open(bytes: &[u8], name: &str, within: &Within) -> Result<Vec<Entry>, Error> {
    let mut entries = entries(bytes, name, within)?;
    for entry in &mut entries {
        // In an archive the innermost file is the one that counts.
        if let Ok(Content::Draft(draft)) = &mut entry.content
            && draft.bytes == 0
        {
            draft.bytes = bytes.len();
        }
    }
    Ok(entries)
}

fn entries(bytes: &[u8], name: &str, within: &Within) -> Result<Vec<Entry>, Error> {
    let entry = |name: String, content| Entry { name, content: Ok(content) };
    let parts = |drafts: Vec<(String, Draft)>| {
        let part = |(i, (title, draft)): (usize, (String, Draft))| {
            entry(format!("{name}: {} {title}", i + 1), Content::Draft(draft))
        };
        drafts.into_iter().enumerate().map(part).collect()
    };
    let one = |draft| {
        let mut drafts = read::divided(draft);
        match drafts.pop() {
            Some((_, draft)) if drafts.is_empty() => vec![entry(name.to_owned(), Content::Draft(draft))],
            last => {
                drafts.extend(last);
                parts(drafts)
            }
        }
    };
    match container(bytes) {
        None => {
            let lexicon = within.options.lexicon();
            if let Ok(decoded) = decode::decode(bytes, within.options, &lexicon.decode) {
                if let Some(found) = read::collection::collection(&decoded.text, &lexicon.read.columns) {
                    return collection::entries(found, decoded, name, within);
                }
                let several = read::several(&decoded, &lexicon.read);
                if !several.is_empty() {
                    return Ok(parts(several));
                }
            }
            let bytes = bytes.to_vec();
            Ok(vec![entry(name.to_owned(), Content::Bytes { bytes, encoding: None, format: None })])
        }
        Some(Container::Compound) => Ok(one(doc::read(bytes)?)),
        Some(Container::Docx) => Ok(one(docx::read(bytes, within.budget)?)),
        Some(Container::Xlsx) => {
            sheet::entries(bytes, name, within.budget, &within.options.lexicon().read.columns)
        }
        Some(Container::Mhtml) => {
            let page = mhtml::entry(bytes, name)?;
            let several = match &page.content {
                Ok(Content::Bytes { bytes, encoding, .. }) => {
                    let said = within.options.encoding.clone().or(encoding.clone());
                    let options = Options { encoding: said, ..within.options.clone() };
                    let lexicon = within.options.lexicon();
                    decode::decode(bytes, &options, &lexicon.decode)
                        .map(|decoded| read::several(&decoded, &lexicon.read))
                        .unwrap_or_default()
                }
                _ => Vec::new(),
            };
            Ok(if several.is_empty() { vec![page] } else { parts(several) })
        }
        Some(Container::Odt) => Ok(one(odt::read(bytes, within.budget)?)),
        Some(Container::Rtf) => Ok(one(rtf::read(bytes)?)),
        Some(Container::Zip) => {
            let mut entries = zip::entries(bytes, within)?;
            if within.depth > 0 {
                for entry in &mut entries {
                    entry.name = format!("{name}/{}", entry.name);
                }
            }
            Ok(entries)
        }
        Some(Container::Pdf) => {
            let mut draft = pdf::draft(bytes, within.budget)?;
            check(&mut draft, &within.options.lexicon().decode);
            Ok(one(draft))
        }
        Some(Container::Ofd) => {
            let mut entries = ofd::entries(bytes, name, within.budget)?;
            for entry in &mut entries {
                if let Ok(Content::Draft(draft)) = &mut entry.content {
                    check(draft, &within.options.lexicon().decode);
                }
            }
            Ok(entries)
        }
        Some(other @ (Container::Archive(_) | Container::Unreadable(_))) => Err(other.error()),
    }
}

/// Warns where characters are such as no text has: a page may show others than its file says.
fn check(draft: &mut Draft, words: &decode::Words) {
    /// Fewer may be all names.
    const LEAST: usize = 60;
    /// In reports all but one in a hundred are common ones, by chance one in seven.
    const COMMON: f64 = 0.75;
    let text: String = draft.lines.iter().map(|line| line.text.as_str()).collect();
    let (common, all) = decode::common(&text, words);
    if all >= LEAST && (common as f64) < COMMON * all as f64 {
        draft.warnings.push(Warning {
            code: "garbled".into(),
            message: "许多字不像正文,文件里的文字可能与页面上显示的不符,请对照页面。".into(),
            span: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::package::tests::zip;
    use super::*;

    /// What a file named `表.csv` gives.
    pub fn unpacked(bytes: &[u8]) -> Result<Vec<Entry>, Error> {
        unpack(bytes, &Options { name: "表.csv".into(), ..Options::default() })
    }

    pub fn drafts(bytes: &[u8]) -> Vec<(String, Draft)> {
        let draft = |entry: Entry| match entry.content {
            Ok(Content::Draft(draft)) => (entry.name, draft),
            other => panic!("{}: {other:?}", entry.name),
        };
        unpacked(bytes).unwrap().into_iter().map(draft).collect()
    }

    /// How a paragraph looks.
    #[derive(Clone, Copy, PartialEq)]
    enum Look {
        Plain,
        Heading,
        Centred,
        /// So many characters in bold.
        Bold(usize),
    }

    /// The same paragraphs in each format that has looks.
    fn in_formats(paragraphs: &[(Look, &str)]) -> [(&'static str, Vec<u8>); 3] {
        let cut = |look: Look, text: &str| {
            let bold = if let Look::Bold(count) = look { count } else { 0 };
            let (bold, rest): (Vec<_>, Vec<_>) = text.chars().enumerate().partition(|(i, _)| *i < bold);
            [bold, rest].map(|part| part.into_iter().map(|(_, c)| c).collect::<String>())
        };
        let (mut docx, mut odt, mut html) = (String::new(), String::new(), String::new());
        for &(look, text) in paragraphs {
            let [bold, rest] = cut(look, text);
            let properties = match look {
                Look::Heading => "<w:outlineLvl w:val=\"0\"/>",
                Look::Centred => "<w:jc w:val=\"center\"/>",
                _ => "",
            };
            docx += &format!(
                "<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{bold}</w:t></w:r><w:r><w:t>{rest}</w:t></w:r></w:p>"
            );
            let (tag, with) = match look {
                Look::Heading => ("h", "text:outline-level=\"1\""),
                Look::Centred => ("p", "text:style-name=\"C\""),
                _ => ("p", ""),
            };
            odt += &format!(
                "<text:{tag} {with}><text:span text:style-name=\"B\">{bold}</text:span>{rest}</text:{tag}>"
            );
            let (tag, with) = match look {
                Look::Heading => ("h2", ""),
                Look::Centred => ("p", "align=center"),
                _ => ("p", ""),
            };
            html += &format!("<{tag} {with}><b>{bold}</b>{rest}</{tag}>");
        }
        let docx = format!("<w:document><w:body>{docx}</w:body></w:document>");
        let odt = format!(
            "<office:document-content><office:automatic-styles>\
            <style:style style:family=\"paragraph\" style:name=\"C\"><style:paragraph-properties fo:text-align=\"center\"/></style:style>\
            <style:style style:family=\"text\" style:name=\"B\"><style:text-properties style:font-weight-asian=\"bold\"/></style:style>\
            </office:automatic-styles><office:body><office:text>{odt}</office:text></office:body></office:document-content>"
        );
        [
            ("docx", zip(&[(b"word/document.xml", docx.as_bytes())])),
            (
                "odt",
                zip(&[
                    (b"mimetype", b"application/vnd.oasis.opendocument.text"),
                    (b"content.xml", odt.as_bytes()),
                ]),
            ),
            ("html", format!("<html><body>{html}</body></html>").into_bytes()),
        ]
    }

    #[test]
    fn hints_never_overrule_the_words() {
        let opening = "2023年，县政协常委会团结带领全体委员，围绕中心任务履职尽责，全年召开会议六次，收到提案二百余件。";
        let visits = "全县政协委员深入基层开展视察调研十二次，形成报告八篇，得到县委主要领导批示三次。";
        let plain = [
            "云泽县政协2023年工作报告",
            "各位委员：",
            opening,
            "一、2023年工作回顾",
            "（一）聚焦发展建言献策",
            visits,
            "团结就是力量，奋斗成就未来。",
            "（二）情系民生广聚合力",
            "走访慰问困难群众三百人，协调解决问题四十五个，捐款捐物二十万元。",
            "二、2024年工作安排",
            "新的一年，县政协将坚持人民至上，办好十件实事，开展协商议政八次。",
        ];
        let sections = |bytes: &[u8]| -> Vec<(u32, String)> {
            let report = crate::extract(bytes, &Options::default()).unwrap();
            report.outline.into_iter().map(|s| (s.depth, s.title)).collect()
        };
        let right =
            [(1, "2023年工作回顾"), (2, "聚焦发展建言献策"), (2, "情系民生广聚合力"), (1, "2024年工作安排")]
                .map(|(depth, title)| (depth, title.to_owned()));
        // Headings without any look, and looks on what is no heading.
        for looks in [
            vec![],
            vec![(opening, Look::Heading)],
            vec![(visits, Look::Bold(6)), (opening, Look::Bold(15))],
            vec![(plain[6], Look::Centred)],
            vec![
                (plain[1], Look::Heading),
                (visits, Look::Heading),
                (plain[8], Look::Centred),
                (plain[10], Look::Bold(30)),
            ],
        ] {
            let looked = plain.map(|text| {
                let look = looks.iter().find(|(of, _)| *of == text).map_or(Look::Plain, |(_, look)| *look);
                (look, text)
            });
            for (format, bytes) in in_formats(&looked) {
                assert_eq!(sections(&bytes), right, "{format}");
            }
        }
    }

    #[test]
    fn wrong_characters_are_told() {
        let codes = |text: &str| {
            let mut draft = Draft {
                lines: vec![read::Line { text: text.into(), ..read::Line::default() }],
                ..Draft::default()
            };
            check(&mut draft, &crate::lexicon::Lexicon::builtin().decode);
            draft.warnings.into_iter().map(|w| w.code).collect::<Vec<_>>()
        };
        let text = sentences(20);
        assert_eq!(codes(&text), [""; 0]);
        // As a map gives them that is off by a few.
        for by in [1, 3, 31, 256] {
            let off = |c: char| if c < '一' { c } else { char::from_u32(c as u32 + by).unwrap() };
            assert_eq!(codes(&text.chars().map(off).collect::<String>()), ["garbled"], "{by}");
        }
        // Names alone may be rare, and few characters say little.
        assert_eq!(codes("龘靐齉爩麤灪蠿饢"), [""; 0]);
    }

    /// Whatever is changed in the parts of a package, it is read or refused.
    #[test]
    fn changed_parts_are_read_or_refused() {
        let ofd = super::ofd::tests::ofd(&[vec![super::ofd::tests::page(
            &[
                super::ofd::tests::text(70.0, 30.0, "全市工作报告"),
                super::ofd::tests::text(30.0, 50.0, "全年召开各类会议十二次，走访委员三百人次。"),
            ]
            .concat(),
        )]]);
        let docx = include_bytes!("../../tests/formats/report.docx").to_vec();
        let odt = include_bytes!("../../tests/formats/report.odt").to_vec();
        let mut state = 1_u32;
        let mut random = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below.max(1)
        };
        for (bytes, times) in [(ofd, 200), (docx, 20), (odt, 20)] {
            let budget = Budget::new(bytes.len());
            let package = package::Package::open(&bytes, &budget).unwrap();
            let parts: Vec<(Vec<u8>, Vec<u8>)> =
                package.parts().iter().map(|p| (p.raw_name.clone(), package.read(p).unwrap())).collect();
            for _ in 0..times {
                let mut parts = parts.clone();
                let at = random(parts.len());
                let part = &mut parts[at].1;
                match random(4) {
                    0 => part.truncate(random(part.len())),
                    1 => {
                        let from = random(part.len());
                        let to = (from + random(200)).min(part.len());
                        let again = part[from..to].repeat(1 + random(9));
                        part.splice(from..from, again);
                    }
                    2 => {
                        // Numbers grow beyond all bounds.
                        let digits: Vec<usize> =
                            (0..part.len()).filter(|i| part[*i].is_ascii_digit()).collect();
                        if let Some(&at) = digits.get(random(digits.len())) {
                            part.splice(at..=at, *b"99999999999");
                        }
                    }
                    _ => {
                        for _ in 0..1 + random(20) {
                            let at = random(part.len());
                            if let Some(byte) = part.get_mut(at) {
                                *byte = random(256) as u8;
                            }
                        }
                    }
                }
                let parts: Vec<(&[u8], &[u8])> = parts.iter().map(|(n, b)| (&n[..], &b[..])).collect();
                if let Ok(entries) = unpack(&zip(&parts), &Options::default()) {
                    assert!(!entries.is_empty());
                }
            }
        }
    }

    /// So many sentences of fifteen characters and more.
    pub fn sentences(count: usize) -> String {
        (0..count).map(|i| format!("全县完成投资{i}亿元，新增就业岗位{i}万个。")).collect()
    }
}
