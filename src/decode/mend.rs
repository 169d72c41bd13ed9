//! Text that was decoded in the wrong encoding once and saved like that: `鍏ㄥ勾` for `全年`, `ÕþÐ­` for `政协`.

use super::codec::Encoding;
use super::model::Model;

/// What it was decoded in, and what it should have been.
type Mistake = (Encoding, Encoding);

const MISTAKES: [Mistake; 3] = [
    (Encoding::Gb18030, Encoding::Utf8),
    (Encoding::Windows1252, Encoding::Gb18030),
    (Encoding::Windows1252, Encoding::Utf8),
];

/// How much of a text is looked at to find the mistake, in characters that are not ASCII.
const SAMPLE: usize = 400;

/// How much likelier the text must be when it is mended: in nats, and as a part of its unlikeliness.
const MARGIN: (f32, f32) = (12.0, 0.3);

/// The text as it was before the mistake, with `\u{fffd}` for what was lost then, and how many characters that
/// are; none where there was no mistake.
pub fn mend(text: &str, model: &Model) -> Option<(String, usize)> {
    let sample = sample(text);
    let now = model.text(sample);
    let gain = |&(wrong, right): &Mistake| model.text(&undo(sample, wrong, right)) - now;
    let (wrong, right) = MISTAKES.into_iter().max_by(|a, b| gain(a).total_cmp(&gain(b)))?;
    let gain = gain(&(wrong, right));
    if gain < MARGIN.0 || gain < MARGIN.1 * -now {
        return None;
    }
    let mut before = undo(text, wrong, right);
    while before.contains("\u{fffd}\u{fffd}") {
        before = before.replace("\u{fffd}\u{fffd}", "\u{fffd}");
    }
    let lost = before.matches('\u{fffd}').count();
    Some((before, lost))
}

/// Every line's bytes in `wrong` decoded as `right`. A line that cannot have come from there was put in
/// afterwards and stays.
fn undo(text: &str, wrong: Encoding, right: Encoding) -> String {
    let lines: Vec<String> =
        text.split('\n').map(|line| back(line, wrong, right).unwrap_or_else(|| line.to_owned())).collect();
    lines.join("\n")
}

/// The text's bytes in `wrong` decoded as `right`; none where it cannot have come from there.
fn back(text: &str, wrong: Encoding, right: Encoding) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    for (i, part) in text.split('\u{fffd}').enumerate() {
        if i > 0 {
            // A byte that begins no character and ends none.
            bytes.push(0xff);
        }
        bytes.extend_from_slice(&wrong.encode(part)?);
    }
    Some(right.decode(&bytes))
}

/// The text from its first character that is not ASCII on.
fn sample(text: &str) -> &str {
    let start = text.find(|c: char| !c.is_ascii()).unwrap_or(text.len());
    let rest = &text[start..];
    let end = rest.char_indices().filter(|(_, c)| !c.is_ascii()).nth(SAMPLE).map_or(rest.len(), |(i, _)| i);
    &rest[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use encoding_rs::{Encoding, GB18030, GBK, UTF_8, WINDOWS_1252};

    const REPORT: &str =
        "全年提交提案238件，立案216件。\n组织视察12次，提出建议45条。一年来，常委会坚持团结和民主两大主题。";

    fn seen(text: &str) -> Option<(String, usize)> {
        mend(text, &Lexicon::builtin().decode.model)
    }

    fn mistaken(text: &str, right: &'static Encoding, wrong: &'static Encoding) -> String {
        wrong.decode_without_bom_handling(&right.encode(text).0).0.into_owned()
    }

    #[test]
    fn short_words_come_back() {
        assert_eq!(seen("鍏ㄥ勾"), Some(("全年".into(), 0)));
        assert_eq!(seen("ÕþÐ\u{ad}"), Some(("政协".into(), 0)));
    }

    #[test]
    fn reports_come_back_and_losses_are_told() {
        for (right, wrong) in [(GB18030, WINDOWS_1252), (UTF_8, WINDOWS_1252)] {
            assert_eq!(seen(&mistaken(REPORT, right, wrong)), Some((REPORT.into(), 0)));
        }
        // An odd number of bytes before an ASCII character: one was lost.
        let (before, lost) = seen(&mistaken(REPORT, UTF_8, GBK)).unwrap();
        assert!(lost > 0 && before.contains("238件") && before.contains("立案216"), "{before}");
        assert_eq!(before.chars().filter(|&c| c == '\u{fffd}').count(), lost);
    }

    #[test]
    fn lines_put_in_afterwards_stay() {
        let text = format!("{}\n来源：本站", mistaken("全年提交提案238件。", UTF_8, WINDOWS_1252));
        assert_eq!(seen(&text).unwrap().0, "全年提交提案238件。\n来源：本站");
    }

    #[test]
    fn right_texts_stay() {
        for text in [REPORT, "ABC 2022, 326.", "Größe, Übersicht, façade", "龘靐齉齾爩", "㈠⑵ ㄅㄆㄇ", "全年"]
        {
            assert_eq!(seen(text), None, "{text}");
        }
    }
}
