//! Automatic numbering: the words that an office program shows in front of a paragraph.
//!
//! Word, its older binary files and OpenDocument count alike: a list has nine levels, a level a start, a form of
//! figures and a text around them, and a paragraph of a level begins the deeper ones anew.

use std::collections::{HashMap, HashSet};

/// Levels of a list.
pub const LEVELS: usize = 9;

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Figures {
    #[default]
    Decimal,
    /// No number; only the text around it shows.
    None,
    /// A sign that is no words, unless it is a dash.
    Bullet,
    /// `01`
    Padded,
    /// `１`
    FullWidth,
    /// `①`
    Circled,
    /// `⑴`
    Bracketed,
    /// `⒈`
    Dotted,
    UpperRoman,
    LowerRoman,
    UpperLetter,
    LowerLetter,
    /// `一百零一`; beyond 99 some programs count in digits: `一〇一`.
    Han {
        digits_from: u32,
    },
    /// `百一`, as Japanese counts.
    Kanji,
    /// `壹佰零壹`
    Legal,
    /// `壹佰零壹` in traditional characters.
    LegalTraditional,
    /// `㊀`
    HanCircled,
    /// `甲`
    Stem,
    /// `子`
    Branch,
    /// `- 1 -`
    Dashed,
}

impl Figures {
    /// `一〇一` from the first number on.
    pub const DIGITS: Self = Self::Han { digits_from: 10 };
    pub const COUNTING: Self = Self::Han { digits_from: 100 };
    pub const THOUSANDS: Self = Self::Han { digits_from: u32::MAX };

    pub fn write(self, number: u32) -> String {
        let from = |first: u32, last: u32| {
            let c = (1..=last).contains(&number).then(|| char::from_u32(first + number - 1)).flatten();
            c.map_or_else(|| number.to_string(), String::from)
        };
        let of = |signs: &str| {
            let sign = (number as usize).checked_sub(1).and_then(|i| signs.chars().nth(i));
            sign.map_or_else(|| number.to_string(), String::from)
        };
        match self {
            Self::None | Self::Bullet => String::new(),
            Self::Decimal => number.to_string(),
            Self::Padded => format!("{number:02}"),
            Self::FullWidth => {
                number.to_string().chars().filter_map(|c| char::from_u32(c as u32 + 0xfee0)).collect()
            }
            Self::Circled => match number {
                21..=35 => char::from_u32(0x3251 + number - 21).into_iter().collect(),
                36..=50 => char::from_u32(0x32b1 + number - 36).into_iter().collect(),
                _ => from(0x2460, 20),
            },
            Self::Bracketed => from(0x2474, 20),
            Self::Dotted => from(0x2488, 20),
            Self::UpperRoman => roman(number),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::UpperLetter => letters(number, b'A'),
            Self::LowerLetter => letters(number, b'a'),
            Self::Han { digits_from } if number >= digits_from => digits(number),
            Self::Han { .. } => counted(number, HAN, false),
            Self::Kanji => counted(number, HAN, true),
            Self::Legal => counted(number, LEGAL, false),
            Self::LegalTraditional => counted(number, LEGAL_TRADITIONAL, false),
            Self::HanCircled => from(0x3280, 10),
            Self::Stem => of("甲乙丙丁戊己庚辛壬癸"),
            Self::Branch => of("子丑寅卯辰巳午未申酉戌亥"),
            Self::Dashed => format!("- {number} -"),
        }
    }
}

/// Ten figures, then 十 百 千 万.
const HAN: &str = "零一二三四五六七八九十百千万";
const LEGAL: &str = "零壹贰叁肆伍陆柒捌玖拾佰仟万";
const LEGAL_TRADITIONAL: &str = "零壹貳參肆伍陸柒捌玖拾佰仟萬";

fn digits(number: u32) -> String {
    number.to_string().bytes().filter_map(|b| "〇一二三四五六七八九".chars().nth((b - b'0').into())).collect()
}

/// `japanese` has no 一 in front of 十 百 千 and no 零.
fn counted(number: u32, signs: &str, japanese: bool) -> String {
    let sign = |i: u32| signs.chars().nth(i as usize).unwrap_or('零');
    if number >= 100_000 {
        return digits(number);
    }
    let mut out = String::new();
    let (mut rest, mut gap) = (number, false);
    for (power, unit) in [(10_000, 13), (1000, 12), (100, 11), (10, 10), (1, 0)] {
        let figure = rest / power;
        rest %= power;
        if figure == 0 {
            gap |= !out.is_empty();
            continue;
        }
        if gap && !japanese {
            out.push(sign(0));
        }
        gap = false;
        // 十一, and 百一 in Japanese, but 壹拾壹 on cheques.
        let bare = figure == 1
            && (unit == 10 && out.is_empty() && signs == HAN || japanese && (10..13).contains(&unit));
        if !bare {
            out.push(sign(figure));
        }
        if unit > 0 {
            out.push(sign(unit));
        }
    }
    if out.is_empty() { sign(0).into() } else { out }
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out += sign;
            rest -= value;
        }
    }
    out
}

/// a … z, aa, bb …
fn letters(number: u32, first: u8) -> String {
    let Some(index) = number.checked_sub(1).filter(|i| *i < 26 * 20) else { return number.to_string() };
    let letter = char::from(first + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26 + 1) as usize).collect()
}

/// A level of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    pub start: u32,
    pub figures: Figures,
    /// With `%1` to `%9` for the numbers of the levels: `（%2）`.
    pub text: String,
    /// White space stands between number and paragraph.
    pub gap: bool,
    /// All numbers in it are decimal.
    pub legal: bool,
    /// Begins anew only behind a paragraph of a level above this one, counted from 1; 0 is never.
    pub restart: Option<usize>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            figures: Figures::Decimal,
            text: String::new(),
            gap: true,
            legal: false,
            restart: None,
        }
    }
}

/// Where the lists of a document stand. `K` names a list whose paragraphs count on together.
#[derive(Debug, Default)]
pub struct Counters {
    at: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<(u32, usize)>,
}

impl Counters {
    /// Counts a paragraph of `levels[level]` and gives its words.
    ///
    /// `list` names what counts on together, `user` what uses the list and begins it at `start` when it first does.
    pub fn words(
        &mut self,
        list: u32,
        levels: &[Level],
        level: usize,
        user: u32,
        start: Option<u32>,
    ) -> String {
        let Some(of) = levels.get(level) else { return String::new() };
        let at = self.at.entry(list).or_default();
        let first = self.begun.insert((user, level));
        at[level] = Some(match (start.filter(|_| first), at[level]) {
            (Some(start), _) => start,
            (None, Some(number)) => number.saturating_add(1),
            (None, None) => of.start,
        });
        for (deeper, other) in levels.iter().enumerate().skip(level + 1) {
            if other.restart.is_none_or(|above| level < above) {
                at[deeper] = None;
            }
        }
        // Levels that were skipped show their start, and have it from now on.
        for (higher, other) in levels.iter().enumerate().take(level) {
            at[higher].get_or_insert(other.start);
        }
        shown(levels, level, at)
    }
}

fn shown(levels: &[Level], level: usize, at: &[Option<u32>; LEVELS]) -> String {
    let of = &levels[level];
    if of.figures == Figures::Bullet && !of.text.trim().starts_with(['—', '–', '－', '·', '─']) {
        return String::new();
    }
    let mut out = String::new();
    let mut chars = of.text.chars().peekable();
    while let Some(c) = chars.next() {
        let place = chars.peek().and_then(|d| d.to_digit(10)).filter(|d| c == '%' && *d > 0);
        let Some(place) = place.map(|p| p as usize - 1) else {
            out.push(c);
            continue;
        };
        chars.next();
        let (Some(named), Some(number)) = (levels.get(place), at[place]) else { continue };
        let figures =
            if of.legal && named.figures != Figures::None { Figures::Decimal } else { named.figures };
        out += &figures.write(number);
    }
    if of.gap { spaced(out) } else { out }
}

/// With a space behind the words of a number that need one: `第一章` and `1.` do, Chinese points do not.
fn spaced(mut words: String) -> String {
    if !words.is_empty() && !words.ends_with(['、', '，', '．', '。', '）', '：', '—', ' ']) {
        words.push(' ');
    }
    words
}

/// A number as a file has it written, without the sign of a bullet.
pub fn tidy_number(words: &str) -> String {
    let words = words.trim();
    let says = |c: char| c.is_alphanumeric() || matches!(c, '—' | '–' | '－' | '·' | '─');
    if words.contains(says) { spaced(words.to_owned()) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_their_programs_write_them() {
        let cases: [(Figures, &[(u32, &str)]); 12] = [
            (
                Figures::COUNTING,
                &[(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "一〇〇")],
            ),
            (
                Figures::THOUSANDS,
                &[(11, "十一"), (101, "一百零一"), (110, "一百一十"), (1001, "一千零一"), (0, "零")],
            ),
            (Figures::DIGITS, &[(9, "九"), (10, "一〇"), (21, "二一")]),
            (Figures::Kanji, &[(10, "十"), (101, "百一"), (20, "二十")]),
            (Figures::Legal, &[(11, "壹拾壹"), (2, "贰")]),
            (Figures::Circled, &[(1, "①"), (20, "⑳"), (21, "㉑"), (36, "㊱"), (51, "51")]),
            (Figures::Bracketed, &[(3, "⑶"), (21, "21")]),
            (Figures::FullWidth, &[(12, "１２")]),
            (Figures::UpperRoman, &[(4, "IV"), (1949, "MCMXLIX")]),
            (Figures::LowerLetter, &[(1, "a"), (26, "z"), (27, "aa")]),
            (Figures::Stem, &[(1, "甲"), (11, "11")]),
            (Figures::Padded, &[(3, "03"), (12, "12")]),
        ];
        for (figures, of) in cases {
            for (number, written) in of {
                assert_eq!(figures.write(*number), *written);
            }
        }
    }

    fn level(figures: Figures, text: &str) -> Level {
        Level { figures, text: text.into(), ..Level::default() }
    }

    fn report() -> Vec<Level> {
        vec![
            level(Figures::COUNTING, "%1、"),
            level(Figures::COUNTING, "（%2）"),
            level(Figures::Decimal, "%3."),
            Level { legal: true, ..level(Figures::Decimal, "%1.%2.%3.%4") },
        ]
    }

    #[test]
    fn deeper_levels_begin_anew() {
        let (mut counters, levels) = (Counters::default(), report());
        let shown: Vec<String> =
            [0, 1, 1, 2, 2, 1, 0, 1, 3].iter().map(|&l| counters.words(1, &levels, l, 1, None)).collect();
        assert_eq!(shown, ["一、", "（一）", "（二）", "1. ", "2. ", "（三）", "二、", "（一）", "2.1.1.1 "]);
        // Another list counts by itself.
        assert_eq!(counters.words(2, &levels, 0, 2, None), "一、");
    }

    #[test]
    fn a_level_counts_on_where_it_says_so() {
        let mut levels = report();
        levels[1].restart = Some(0);
        let mut counters = Counters::default();
        let shown: Vec<String> =
            [0, 1, 0, 1].iter().map(|&l| counters.words(1, &levels, l, 1, None)).collect();
        assert_eq!(shown, ["一、", "（一）", "二、", "（二）"]);
    }

    #[test]
    fn a_user_of_the_list_begins_it_anew_once() {
        let (mut counters, levels) = (Counters::default(), report());
        counters.words(1, &levels, 0, 1, None);
        assert_eq!(counters.words(1, &levels, 0, 2, Some(1)), "一、");
        assert_eq!(counters.words(1, &levels, 0, 2, Some(1)), "二、");
        assert_eq!(counters.words(1, &levels, 0, 3, None), "三、");
    }

    #[test]
    fn a_written_number_loses_its_tab_and_a_bullet() {
        assert_eq!(
            ["（一）\t", "1.\t", "•\t", "\u{f0b7}", "——"].map(tidy_number),
            ["（一）", "1. ", "", "", "——"]
        );
    }

    #[test]
    fn bullets_are_no_words_but_dashes_are() {
        let levels = [level(Figures::Bullet, "\u{f06c}")];
        assert_eq!(Counters::default().words(1, &levels, 0, 1, None), "");
        let levels = [level(Figures::Bullet, "——")];
        assert_eq!(Counters::default().words(1, &levels, 0, 1, None), "——");
    }
}
