//! One paragraph as borders are looked for in it: folded characters, the known words at each place,
//! the quantities.

use super::Words;
use crate::metrics::quantity::Quantity;
use crate::report::Span;

/// What a word of `indicator-words.tsv` is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Class {
    #[default]
    None,
    Verb,
    Adverb,
    Preposition,
    Particle,
    /// An adverb or a word of time that begins no name.
    Time,
}

impl Class {
    /// The part of speech of a word that only this list knows.
    pub fn speech(self) -> Speech {
        match self {
            Self::None => Speech::Unknown,
            Self::Verb => Speech::Verb,
            Self::Adverb => Speech::Adverb,
            Self::Time => Speech::Time,
            Self::Preposition => Speech::Preposition,
            Self::Particle => Speech::Particle,
        }
    }

    /// Whether it only says when or how.
    pub fn is_adverb(self) -> bool {
        matches!(self, Self::Adverb | Self::Time)
    }
}

/// Parts of speech.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Speech {
    /// An unknown character.
    #[default]
    Unknown,
    Verb,
    /// A verb that is mostly used as a noun: 调研.
    VerbalNoun,
    Noun,
    Adjective,
    Adverb,
    Time,
    Preposition,
    Conjunction,
    Particle,
    Place,
    Pronoun,
    Number,
    MeasureWord,
    /// A whole quantity.
    Quantity,
    /// A mark, or beyond the ends of the paragraph.
    Mark,
}

impl Speech {
    /// By its name in `words.tsv`.
    pub fn named(name: &str) -> Self {
        match name {
            "v" => Self::Verb,
            "vn" => Self::VerbalNoun,
            "n" => Self::Noun,
            "a" => Self::Adjective,
            "d" => Self::Adverb,
            "t" => Self::Time,
            "p" => Self::Preposition,
            "c" => Self::Conjunction,
            "u" => Self::Particle,
            "f" => Self::Place,
            "r" => Self::Pronoun,
            "m" => Self::Number,
            "q" => Self::MeasureWord,
            _ => Self::Unknown,
        }
    }
}

/// A word of the paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub start: usize,
    pub end: usize,
    pub speech: Speech,
}

/// A known word that starts or ends at some place.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    pub class: Class,
    /// In characters.
    pub len: usize,
}

/// Places of characters, half-open.
pub(super) type Range = (usize, usize);

/// Stands in [`Line::chars`] for every character of a quantity.
pub(super) const QUANTITY: char = 'Q';
/// Stands beyond both ends of the paragraph.
pub(super) const EDGE: char = '^';

/// Places are counted in characters of the paragraph.
pub(super) struct Line {
    /// Width-folded; every digit is `0`, every Latin letter `a`, every character of a quantity `Q`.
    pub chars: Vec<char>,
    /// Byte offset in the text of each character, and of the end.
    pub bytes: Vec<usize>,
    /// Byte offset in the text behind each character.
    pub ends: Vec<usize>,
    /// The longest known word that starts at a place.
    pub starting: Vec<Word>,
    /// The longest known word that ends before a place.
    pub ending: Vec<Word>,
    /// Whether a noun of one character stands at a place.
    pub lone: Vec<bool>,
    /// The innermost pair of quotes or brackets around the gap before a character: 0 or its number.
    pub pair: Vec<usize>,
    /// Where the sentence of each character starts and ends.
    pub sentence: Vec<Range>,
    /// The words of the paragraph, one after another.
    pub pieces: Vec<Piece>,
    /// The piece that starts at a place, if one does; at the end, the number of pieces.
    pub piece: Vec<Option<usize>>,
    pub quantities: Vec<Range>,
}

impl Line {
    pub fn new(text: &str, span: Span, quantities: &[Quantity], words: &Words) -> Self {
        let line = &text[span.range()];
        let mut bytes = Vec::new();
        let mut ends = Vec::new();
        let mut chars = Vec::new();
        let mut before = ' ';
        let mut all = line.char_indices().peekable();
        while let Some((i, c)) = all.next() {
            // Spaces around figures say nothing.
            let next = all.peek().map_or(' ', |n| n.1);
            let at = span.start + i;
            let apart = is_figure(before)
                || is_figure(next)
                || quantities.binary_search_by_key(&at, |q| q.span.end).is_ok();
            if matches!(c, ' ' | '\u{a0}') && apart {
                continue;
            }
            before = c;
            bytes.push(at);
            ends.push(at + c.len_utf8());
            chars.push(fold(c));
        }
        bytes.push(span.end);
        let place = |byte: usize| bytes.partition_point(|&b| b < byte);
        let quantities: Vec<_> =
            quantities.iter().map(|q| (place(q.span.start), place(q.span.end))).collect();

        let n = chars.len();
        let mut starting = vec![Word::default(); n + 1];
        let mut ending = vec![Word::default(); n + 1];
        for i in 0..n {
            let mut longest = Word::default();
            for len in 1..=words.longest.min(n - i) {
                if let Some(&class) = words.classes.get(&text[bytes[i]..ends[i + len - 1]]) {
                    longest = Word { class, len };
                    if len > ending[i + len].len {
                        ending[i + len] = longest;
                    }
                }
            }
            // 2022年, 9月底, １９８４年: a time, however it is written.
            let begins = i == 0 || chars[i - 1] != '0';
            let digits = if begins { chars[i..].iter().take_while(|c| **c == '0').count() } else { 0 };
            if digits > 0 && matches!(chars.get(i + digits), Some('年' | '月')) {
                let len = digits
                    + 1
                    + usize::from(matches!(chars.get(i + digits + 1), Some('末' | '底' | '初' | '份')));
                longest = Word { class: Class::Time, len };
                ending[i + len] = longest;
            }
            starting[i] = longest;
        }
        for &(start, end) in &quantities {
            chars[start..end].fill(QUANTITY);
        }
        let lone = chars.iter().map(|c| words.nouns.contains(c)).collect();
        let pieces = pieces(text, (&bytes, &ends), &chars, words);
        let mut piece = vec![None; n + 1];
        for (i, p) in pieces.iter().enumerate() {
            piece[p.start] = Some(i);
        }
        piece[n] = Some(pieces.len());
        let pair = pairs(&chars);
        let mut sentence = Vec::with_capacity(n);
        while sentence.len() < n {
            let start = sentence.len();
            let end = chars[start..]
                .iter()
                .position(|c| matches!(c, '。' | '!' | '?' | ';'))
                .map_or(n, |i| start + i + 1);
            sentence.resize(end, (start, end));
        }
        Self { chars, bytes, ends, starting, ending, lone, pair, sentence, pieces, piece, quantities }
    }

    /// The part of speech of the word `step` words behind (or, below zero, before) a place; none where the
    /// place is within a word.
    pub fn speech(&self, place: usize, step: isize) -> Option<Speech> {
        let piece = self.piece[place]?.checked_add_signed(step);
        Some(piece.and_then(|i| self.pieces.get(i)).map_or(Speech::Mark, |p| p.speech))
    }

    /// The character at a place, or [`EDGE`].
    pub fn at(&self, place: usize) -> char {
        self.chars.get(place).copied().unwrap_or(EDGE)
    }

    /// The character `back` before a place, or [`EDGE`].
    pub fn before(&self, place: usize, back: usize) -> char {
        place.checked_sub(back).map_or(EDGE, |i| self.at(i))
    }

    /// The span of the text that the characters `start..end` take.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.bytes[start], self.ends[end - 1])
    }
}

/// The likeliest division into words.
fn pieces(text: &str, (bytes, ends): (&[usize], &[usize]), chars: &[char], words: &Words) -> Vec<Piece> {
    /// In characters.
    const LONGEST: usize = 6;
    /// Bits that a word costs, less what its frequency gives back.
    const WORD: i32 = 20;
    const STRANGER: i32 = 22;
    let n = chars.len();
    // From the end: the cheapest division of what follows each place, and its first word.
    let mut best = vec![(0, 0, Speech::Mark); n + 1];
    // How often the character stands here and right behind.
    let mut same = 0;
    for i in (0..n).rev() {
        let single = match chars[i] {
            QUANTITY => Speech::Quantity,
            '0' => Speech::Number,
            c if !c.is_alphanumeric() => Speech::Mark,
            _ => Speech::Unknown,
        };
        same = if chars.get(i + 1) == Some(&chars[i]) { same + 1 } else { 1 };
        let runs = matches!(single, Speech::Quantity | Speech::Number) || chars[i] == 'a';
        let run = if runs { same } else { 1 };
        best[i] = (best[i + run].0 + STRANGER, run, single);
        for len in 1..=LONGEST.min(n - i) {
            if matches!(chars[i + len - 1], QUANTITY | ',' | '、' | '。') {
                break;
            }
            if let Some(&(speech, level)) = words.speech.get(&text[bytes[i]..ends[i + len - 1]]) {
                let cost = best[i + len].0 + WORD - level;
                if cost < best[i].0 {
                    best[i] = (cost, len, speech);
                }
            }
        }
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < n {
        let (_, len, speech) = best[start];
        pieces.push(Piece { start, end: start + len, speech });
        start += len;
    }
    pieces
}

fn is_figure(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '%' | '％')
}

fn fold(c: char) -> char {
    match c {
        '0'..='9' | '０'..='９' => '0',
        'a'..='z' | 'A'..='Z' => 'a',
        '，' => ',',
        '；' => ';',
        '：' => ':',
        '！' => '!',
        '？' => '?',
        '（' => '(',
        '）' => ')',
        '．' => '.',
        '％' => '%',
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// For each gap the number of the innermost open pair; a pair that is never closed ends with its
/// sentence.
fn pairs(chars: &[char]) -> Vec<usize> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut pair = Vec::with_capacity(chars.len() + 1);
    for (i, &c) in chars.iter().enumerate() {
        let close = match c {
            '“' => '”',
            '‘' => '’',
            '《' => '》',
            '(' => ')',
            '【' => '】',
            '「' => '」',
            _ => '\0',
        };
        pair.push(open.last().map_or(0, |o| o.1));
        if let Some(at) = open.iter().rposition(|o| o.0 == c) {
            open.truncate(at);
        } else if c == '"' {
            open.push((c, i + 1));
        } else if close != '\0' {
            open.push((close, i + 1));
        } else if c == '。' {
            open.clear();
        }
    }
    pair.push(open.last().map_or(0, |o| o.1));
    pair
}
