//! Texts that put several reports one after the other: `第一篇：…工作报告`, `篇二：…`.

use super::{Block, Document, Draft, Line, Words};
use crate::decode::Decoded;
use crate::report::Format;

/// A report has at least so many characters.
const REPORT: usize = 300;
/// Its name stands among so many of a line.
const NAME: usize = 60;

/// Where a report begins: its line, and where in the line its name does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Border {
    line: usize,
    name: usize,
}

/// The borders between the reports of a text, none where it is one. Parts of one report are named without a colon or
/// without the word of a report.
fn borders<'a>(lines: impl Iterator<Item = std::borrow::Cow<'a, str>>) -> Vec<Border> {
    let mut found: Vec<Border> = Vec::new();
    let mut between = 0;
    for (i, line) in lines.enumerate() {
        let head: String = line.chars().take(NAME).collect();
        if let Some((number, name)) = numbered(&head)
            && number == found.len() + 1
            && (found.is_empty() || between >= REPORT)
        {
            found.push(Border { line: i, name });
            between = 0;
        }
        between += line.chars().count();
    }
    if found.len() < 2 || between < REPORT { Vec::new() } else { found }
}

/// Which report's name the line is, and where the name itself begins.
fn numbered(line: &str) -> Option<(usize, usize)> {
    let bare = line.trim_start();
    let (number, rest) = match bare.strip_prefix('第') {
        Some(rest) => rest.split_once('篇')?,
        None => {
            let rest = bare.strip_prefix('篇')?;
            rest.split_at(rest.find(['：', ':'])?)
        }
    };
    let name = rest.trim_start().strip_prefix(['：', ':'])?.trim_start();
    ["报告", "总结", "公报"].iter().any(|word| name.contains(word)).then_some(())?;
    let number = match number {
        "十" => 10,
        _ => match number.strip_prefix('十') {
            Some(one) => 10 + digit(one)?,
            None => digit(number)?,
        },
    };
    Some((number, line.len() - name.len()))
}

fn words(block: &Block) -> String {
    block.glyphs.iter().map(|g| g.c).collect()
}

fn of_blocks(document: &Document) -> Vec<Border> {
    borders(document.blocks.iter().map(|block| words(block).into()))
}

/// Whether a document holds more than one report.
pub fn is_several(document: &Document) -> bool {
    !of_blocks(document).is_empty()
}

/// The reports of a decoded text or page that holds several, each with its name; none where it is one.
pub fn several(decoded: &Decoded, lexicon: &Words) -> Vec<(String, Draft)> {
    let Ok(document) = super::text(&decoded.text, lexicon) else { return Vec::new() };
    let borders = of_blocks(&document);
    if borders.is_empty() {
        return Vec::new();
    }
    let draft = Draft {
        format: document.format,
        encoding: Some((decoded.encoding.to_owned(), decoded.from)),
        warnings: [decoded.warnings.clone(), document.warnings].concat(),
        ..Draft::default()
    };
    if matches!(document.format, Format::Html | Format::Mhtml) {
        let line = |block: &Block| Line {
            text: words(block),
            hint: block.hint,
            indent: block.indent,
            removed: None,
            cell: block.cell,
        };
        let facts = super::Facts { title: String::new(), ..document.facts };
        let lines = document.blocks.iter().map(line).collect();
        return cut(Draft { lines, facts, ..draft }, &borders);
    }
    // Of texts, pieces of the source.
    let start = |border: &Border| document.blocks[border.line].glyphs.first().map_or(0, |g| g.start as usize);
    let ends = borders.iter().skip(1).map(|border| {
        let at = start(border);
        decoded.text[..at].rfind('\n').unwrap_or(at)
    });
    let ends: Vec<usize> = ends.chain([decoded.text.len()]).collect();
    let part = |(border, end): (&Border, usize)| {
        let name = words(&document.blocks[border.line])[border.name..].to_owned();
        // The name ends its line.
        let at = decoded.text[start(border)..end].find(&name).map_or(start(border), |at| start(border) + at);
        (name, Draft { text: decoded.text[at..end].to_owned(), ..draft.clone() })
    };
    borders.iter().zip(ends).map(part).collect()
}

/// The reports of a draft that holds several, each with its name; else the draft alone.
pub fn divided(draft: Draft) -> Vec<(String, Draft)> {
    // Words that are no part of the text begin no report.
    let text = |line: &Line| if line.removed.is_some() { String::new() } else { line.text.clone() };
    let borders = borders(draft.lines.iter().map(|line| text(line).into()));
    if borders.is_empty() { vec![(String::new(), draft)] } else { cut(draft, &borders) }
}

fn cut(mut draft: Draft, borders: &[Border]) -> Vec<(String, Draft)> {
    let mut parts = Vec::new();
    for border in borders.iter().rev() {
        let mut lines = draft.lines.split_off(border.line);
        let first = &mut lines[0];
        let taken = first.text[..border.name].chars().count();
        first.text = first.text.split_off(border.name);
        first.hint.bold = first.hint.bold.saturating_sub(taken);
        parts.push((first.text.clone(), Draft { lines, ..draft.clone() }));
    }
    parts.reverse();
    parts
}

fn digit(number: &str) -> Option<usize> {
    "一二三四五六七八九"
        .chars()
        .position(|c| number.chars().eq([c]))
        .map(|at| at + 1)
        .or_else(|| number.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::report::EncodingFrom;

    fn names(text: &str) -> Vec<(String, String)> {
        let decoded = Decoded {
            text: text.into(),
            encoding: "UTF-8",
            from: EncodingFrom::Detected,
            warnings: Vec::new(),
        };
        let parts = several(&decoded, &Lexicon::builtin().read);
        parts.into_iter().map(|(name, draft)| (name, draft.source())).collect()
    }

    #[test]
    fn numbered_reports_are_told_apart() {
        let body = "全年召开会议六次。".repeat(50);
        let text =
            format!("以下供参考。\n第一篇：某区政协工作报告\n{body}\n  第二篇： 某县工作总结\n{body}完。\n");
        let part = |name: &str, end: &str| (name.to_owned(), format!("{name}\n{body}{end}"));
        assert_eq!(names(&text), [part("某区政协工作报告", ""), part("某县工作总结", "完。\n")]);
        let three = format!("篇1:某区工作报告\n{body}\n篇2:某县工作报告\n{body}\n篇3：某市工作报告\n{body}");
        assert_eq!(names(&three).len(), 3);
        let page = format!(
            "<html><title>工作报告三篇</title><body><p>篇1:某区工作报告</p><p>{body}</p><p>篇2:某县工作报告</p><p>{body}</p></body></html>"
        );
        assert_eq!(names(&page), [part("某区工作报告", "\n"), part("某县工作报告", "\n")]);
        let lines = text.lines().map(|line| Line { text: line.into(), ..Line::default() }).collect();
        let parts = divided(Draft { lines, ..Draft::default() });
        assert_eq!(
            parts.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            ["某区政协工作报告", "某县工作总结"]
        );
    }

    #[test]
    fn parts_of_a_report_are_one() {
        let body = "全年召开会议六次。".repeat(50);
        for text in [
            format!("第一篇 发展环境\n{body}\n第二篇 主要任务\n{body}\n"),
            format!("第一篇：政府工作报告解读\n{body}\n一、工作\n{body}"),
            // What follows is listed; the last is cut off.
            format!("第一篇：某区工作报告\n第二篇：某县工作报告\n{body}"),
            format!("第一篇：某区工作报告\n{body}\n第二篇：某县工作报告\n略"),
        ] {
            assert_eq!(names(&text), [], "{text}");
        }
    }
}
