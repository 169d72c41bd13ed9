//! Clean text with its map back to the source, and the one table that converts offsets at the edge.

use crate::report::{Offsets, Report, Span};
use std::cmp::Ordering;

/// A character with the bytes of the decoded source that it stands for. An entity or a converted
/// character stands for more than itself; a character that was put in (a line end) for no bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    pub c: char,
    pub start: u32,
    pub end: u32,
}

/// Whether it is a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Glyphs of `source[from..to]` as they stand.
pub fn glyphs(source: &str, from: usize, to: usize) -> impl DoubleEndedIterator<Item = Glyph> {
    source[from..to].char_indices().map(move |(i, c)| Glyph {
        c,
        start: (from + i) as u32,
        end: (from + i + c.len_utf8()) as u32,
    })
}

/// The clean text. Lines are paragraphs, divided by `\n`, none empty.
#[derive(Debug, Clone, Default)]
pub struct Text {
    string: String,
    /// Byte offset in `string` of each glyph; sorted.
    starts: Vec<u32>,
    /// Bytes of the source for each glyph.
    origins: Vec<(u32, u32)>,
}

impl Text {
    pub fn push(&mut self, glyph: Glyph) {
        self.starts.push(self.string.len() as u32);
        self.origins.push((glyph.start, glyph.end));
        self.string.push(glyph.c);
    }

    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Each paragraph's span, in order.
    pub fn lines(&self) -> Vec<Span> {
        let mut at = 0;
        self.string
            .split('\n')
            .map(|line| {
                let span = Span::new(at, at + line.len());
                at = span.end + 1;
                span
            })
            .filter(|span| span.end > span.start)
            .collect()
    }

    /// The place in the decoded source (bytes) of a span of the text (bytes).
    pub fn source(&self, span: Span) -> Span {
        let first = self.starts.partition_point(|&s| (s as usize) < span.start);
        let last = self.starts.partition_point(|&s| (s as usize) < span.end);
        if first >= last {
            let at = self.origins.get(first).map_or_else(|| self.origins.last().map_or(0, |o| o.1), |o| o.0);
            return Span::new(at as usize, at as usize);
        }
        let within = &self.origins[first..last];
        Span::new(
            within.iter().map(|o| o.0).min().unwrap_or(0) as usize,
            within.iter().map(|o| o.1).max().unwrap_or(0) as usize,
        )
    }

    /// Every character of the text with the bytes of the decoded source that it stands for.
    pub fn glyphs(&self) -> impl Iterator<Item = Glyph> + '_ {
        self.string.chars().zip(&self.origins).map(|(c, &(start, end))| Glyph { c, start, end })
    }
}

/// Sentences of `text[span]`: they end behind `。！？!?；;` (with closing quotes and brackets behind
/// those) or with the span.
pub fn sentences(text: &str, span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = span.start;
    let mut chars = text[span.range()].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if !matches!(c, '。' | '！' | '？' | '!' | '?' | '；' | ';') {
            continue;
        }
        let mut end = span.start + i + c.len_utf8();
        while let Some(&(j, d)) = chars.peek() {
            if !matches!(
                d,
                '”' | '’' | '"' | '）' | ')' | '》' | '」' | '』' | '。' | '！' | '？' | '!' | '?'
            ) {
                break;
            }
            end = span.start + j + d.len_utf8();
            chars.next();
        }
        found.push(Span::new(start, end));
        start = end;
    }
    if start < span.end {
        found.push(Span::new(start, span.end));
    }
    found
}

/// The first full date of a text (`2023-01-07`, `2023/1/7`, `2023年1月7日`), in ISO, and where it stands.
pub fn iso_date(text: &str) -> Option<(String, Span)> {
    let digit = |c: char| c.to_digit(10).or_else(|| (c as u32).checked_sub('０' as u32).filter(|d| *d < 10));
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let number = |from: usize, longest: usize| {
        let from = from + chars[from.min(chars.len())..].iter().take_while(|(_, c)| *c == ' ').count();
        let digits = chars[from.min(chars.len())..].iter().map_while(|&(_, c)| digit(c)).take(longest + 1);
        let digits: Vec<u32> = digits.collect();
        let right = !digits.is_empty() && digits.len() <= longest;
        right.then(|| (digits.iter().fold(0, |n, d| n * 10 + d), from + digits.len()))
    };
    let behind = |at: usize, marks: &str| {
        let at = at + chars[at.min(chars.len())..].iter().take_while(|(_, c)| *c == ' ').count();
        chars.get(at).filter(|(_, c)| marks.contains(*c)).map(|_| at + 1)
    };
    for start in 0..chars.len() {
        if digit(chars[start].1).is_none() || (start > 0 && digit(chars[start - 1].1).is_some()) {
            continue;
        }
        let date = || {
            let (year, at) = number(start, 4)?;
            let (month, at) = number(behind(at, "-/.年－．／")?, 2)?;
            let (day, at) = number(behind(at, "-/.月－．／")?, 2)?;
            let real = (1900..2100).contains(&year) && (1..13).contains(&month) && (1..32).contains(&day);
            real.then(|| (format!("{year}-{month:02}-{day:02}"), at))
        };
        if let Some((date, end)) = date() {
            let end = chars.get(end).map_or(text.len(), |c| c.0);
            return Some((date, Span::new(chars[start].0, end)));
        }
    }
    None
}

/// Converts byte offsets of one text, by one pass over it.
struct Counter {
    /// At the start of every character that takes another number of units than of bytes: byte
    /// offset behind it, units up to there.
    steps: Vec<(usize, usize)>,
}

impl Counter {
    fn new(text: &str, offsets: Offsets) -> Self {
        let mut steps = vec![(0, 0)];
        let mut units = 0;
        for (i, c) in text.char_indices() {
            let width = match offsets {
                Offsets::Utf8 => c.len_utf8(),
                Offsets::Utf16 => c.len_utf16(),
                Offsets::Utf32 => 1,
            };
            units += width;
            if width != c.len_utf8() {
                steps.push((i + c.len_utf8(), units));
            }
        }
        Self { steps }
    }

    fn at(&self, byte: usize) -> usize {
        let (start, units) = self.steps[self.steps.partition_point(|s| s.0 <= byte) - 1];
        units + (byte - start)
    }

    fn span(&self, span: &mut Span) {
        *span = Span::new(self.at(span.start), self.at(span.end));
    }
}

/// Turns a report's byte offsets into what the caller counts.
pub fn recount(report: &mut Report, source: &str, offsets: Offsets) {
    if offsets == Offsets::Utf8 {
        return;
    }
    let text = Counter::new(&report.text, offsets);
    let source = Counter::new(source, offsets);
    for removed in &mut report.removed {
        source.span(&mut removed.source);
    }
    for section in &mut report.outline {
        text.span(&mut section.heading);
        text.span(&mut section.body);
    }
    for metric in &mut report.metrics {
        text.span(&mut metric.span);
        text.span(&mut metric.sentence);
        source.span(&mut metric.source);
    }
    for span in report.warnings.iter_mut().filter_map(|w| w.span.as_mut()) {
        text.span(span);
    }
}

/// Cuts a text by spans that count `offsets`, as [`recount`] wrote them.
pub struct Slices<'a> {
    text: &'a str,
    /// Byte offset of each unit; empty where units are bytes.
    bytes: Vec<u32>,
}

impl<'a> Slices<'a> {
    pub fn new(text: &'a str, offsets: Offsets) -> Self {
        let units = |c: char| match offsets {
            Offsets::Utf8 => 0,
            Offsets::Utf16 => c.len_utf16(),
            Offsets::Utf32 => 1,
        };
        let bytes =
            text.char_indices().flat_map(|(at, c)| std::iter::repeat_n(at as u32, units(c))).collect();
        Self { text, bytes }
    }

    /// The words at `span`; empty where the span does not fit the text.
    pub fn cut(&self, span: Span) -> &'a str {
        let byte = |at: usize| match self.bytes.get(at) {
            _ if self.bytes.is_empty() => at,
            Some(&byte) => byte as usize,
            None => self.text.len(),
        };
        self.text.get(byte(span.start)..byte(span.end)).unwrap_or("")
    }
}

/// Sorts by a key; equal ones stay as they stand.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts; equal ones stay as they stand. One sort of numbers serves every type, which keeps the WebAssembly module small.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order = order(items.len(), &|a, b| compare(&items[a], &items[b]).is_le());
    for first in 0..order.len() {
        // The items of a circle move one after another.
        let mut to = first;
        loop {
            let from = std::mem::replace(&mut order[to], to);
            if from == first {
                break;
            }
            items.swap(to, from);
            to = from;
        }
    }
}

/// The places `0..n` in order, where `ordered` says whether one may stand before another that is later now.
fn order(n: usize, ordered: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    if (1..n).all(|i| ordered(i - 1, i)) {
        return order;
    }
    let mut merged = Vec::with_capacity(n);
    let mut width = 1;
    while width < n {
        for pair in order.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some(&a), Some(&b)) = (left.first(), right.first()) {
                let early = if ordered(a, b) { &mut left } else { &mut right };
                merged.push(early[0]);
                *early = &early[1..];
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut merged);
        merged.clear();
        width *= 2;
    }
    order
}

/// A number in ASCII digits, with a point and a power of ten (`1.5e-3`) or without. The standard library's parser would
/// bring ten kilobytes of tables.
pub fn decimal(text: &str) -> Option<f64> {
    let (number, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = || whole.bytes().chain(part.bytes());
    if digits().next().is_none() || !digits().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // Up to 2^53 and 10^22 this is as exact as can be; numbers of reports have fewer digits.
    let number = digits().fold(0.0, |number, b| number * 10.0 + f64::from(b - b'0'));
    let power = power.parse::<i16>().ok()? as isize - part.len() as isize;
    let size = power_of_ten(power.unsigned_abs());
    Some(if power < 0 { number / size } else { number * size })
}

/// 10^n.
pub fn power_of_ten(n: usize) -> f64 {
    std::iter::repeat_n(10.0, n).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_wrong_for_javascript_and_the_counter_is_right() {
        let text = "一𠀀abc。";
        let byte = text.find('a').unwrap();
        let utf16: Vec<u16> = text.encode_utf16().collect();
        assert_ne!(utf16.get(byte), Some(&(b'a' as u16)));
        assert_eq!(utf16[Counter::new(text, Offsets::Utf16).at(byte)], b'a' as u16);
        assert_eq!(text.chars().nth(Counter::new(text, Offsets::Utf32).at(byte)), Some('a'));
    }

    #[test]
    fn dates_are_found_in_each_form() {
        let date = |text| iso_date(text).map(|(d, _)| d);
        assert_eq!(date("发布日期: 2023-1-07   字号"), Some("2023-01-07".into()));
        assert_eq!(date("共 120 人,2023 年 1 月 7 日"), Some("2023-01-07".into()));
        assert_eq!(date("２０２３年１２月３１日"), Some("2023-12-31".into()));
        assert_eq!(date("2023年13月1日,电话0411-83-1234"), None);
    }

    #[test]
    fn sentences_keep_their_closing_quotes() {
        let text = "他说:“好。”完成3件;再看";
        let cut: Vec<_> =
            sentences(text, Span::new(0, text.len())).iter().map(|s| &text[s.range()]).collect();
        assert_eq!(cut, ["他说:“好。”", "完成3件;", "再看"]);
    }

    #[test]
    fn slices_undo_the_counter() {
        let text = "一𠀀abc。";
        for offsets in [Offsets::Utf8, Offsets::Utf16, Offsets::Utf32] {
            let counter = Counter::new(text, offsets);
            let slices = Slices::new(text, offsets);
            for (at, c) in text.char_indices() {
                let end = at + c.len_utf8();
                assert_eq!(slices.cut(Span::new(counter.at(at), counter.at(end))), &text[at..end]);
            }
            assert_eq!(slices.cut(Span::new(99, 102)), "");
        }
    }

    proptest::proptest! {
        #[test]
        fn sorting_is_what_the_standard_library_does(mut items: Vec<(u8, u16)>) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort_by_key(&mut items, |item| item.0);
            proptest::prop_assert_eq!(items, expected);
        }

        #[test]
        fn numbers_are_what_the_standard_library_reads(text in "[0-9]{1,9}(\\.[0-9]{0,6})?(e-?[0-9])?|[0-9]{15}|\\.[0-9]{1,15}") {
            proptest::prop_assert_eq!(decimal(&text), text.parse().ok());
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", ".", "-1", "e5", "1e", "1.2.3", "１", "inf"] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
