//! Dates, years and sessions as reports write them.

use regex_lite::Regex;
use std::sync::LazyLock;

/// A day, month or year; parts that the text does not give are 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

impl Date {
    pub fn iso(self) -> String {
        match self {
            Self { month: 0, year, .. } => format!("{year}"),
            Self { day: 0, year, month } => format!("{year}-{month:02}"),
            Self { year, month, day } => format!("{year}-{month:02}-{day:02}"),
        }
    }
}

/// A session of a congress or conference: 十四届二次.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    pub term: u16,
    pub number: u16,
}

impl Session {
    pub fn name(self) -> String {
        format!("{}届{}次", chinese(self.term), chinese(self.number))
    }
}

/// Full-width letters and digits as ASCII, every space as a blank, dashes as `—`: what patterns are
/// written against.
pub fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}'))
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '―' | '─' | '–' | '━' => '—',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

/// 23, 二十三, 廿三 and the like, up to 99; digits may stand one by one (二〇).
pub fn number(text: &str) -> Option<u16> {
    let digit = |c: char| match c {
        '0' | '〇' | '○' | '零' | 'O' => Some(0),
        c if c.is_ascii_digit() => c.to_digit(10).map(|d| d as u16),
        c => "一二三四五六七八九".chars().position(|d| d == c).map(|d| d as u16 + 1),
    };
    let mut value = 0;
    for c in text.chars() {
        match (c, digit(c)) {
            (_, Some(d)) if value >= 10 && value % 10 == 0 && text.contains('十') => value += d,
            (_, Some(d)) => value = value * 10 + d,
            ('十', _) if value == 0 => value = 10,
            ('十', _) => value *= 10,
            _ => return None,
        }
        if value > 9999 {
            return None;
        }
    }
    (!text.is_empty()).then_some(value)
}

/// 14 → 十四.
pub fn chinese(n: u16) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (usize::from(n / 10 % 10), usize::from(n % 10));
    let tens = match tens {
        0 => String::new(),
        1 => "十".into(),
        t => format!("{}十", digits[t]),
    };
    tens + digits[ones]
}

const YEAR: &str = "[12一二][0-9〇○零O一二三四五六七八九]{3}";

/// Dates in a folded text with their places.
pub fn dates(text: &str) -> Vec<(std::ops::Range<usize>, Date)> {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        let n = "([0-9一二三四五六七八九十]{1,3})";
        Regex::new(&format!(
            "({YEAR}) ?年 ?{n} ?月(?: ?{n} ?日)?|([12][0-9]{{3}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}})|((?:19|20)[0-9]{{2}})([01][0-9])([0-3][0-9])"
        ))
        .expect("a valid pattern")
    });
    PATTERN
        .captures_iter(text)
        .filter_map(|found| {
            let part = |i: usize| found.get(i).map_or(Some(0), |m| number(m.as_str()));
            let whole = found.get(0)?;
            let first = (1..=9).step_by(3).find(|&i| found.get(i).is_some())?;
            let bordered = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_digit());
            let date = Date {
                year: part(first)?,
                month: u8::try_from(part(first + 1)?).ok()?,
                day: u8::try_from(part(first + 2)?).ok()?,
            };
            ((1..=12).contains(&date.month)
                && date.day <= 31
                && (1949..2100).contains(&date.year)
                && bordered(text[..whole.start()].chars().next_back())
                && bordered(text[whole.end()..].chars().next()))
            .then_some((whole.range(), date))
        })
        .collect()
}

/// Month and day of the first date that stands without a year: 3月2日.
pub fn day_of_year(text: &str) -> Option<(u8, u8)> {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        let n = "([0-9一二三四五六七八九十]{1,3})";
        Regex::new(&format!("(年?) ?{n} ?月 ?{n} ?日")).expect("a valid pattern")
    });
    let found = PATTERN.captures(text).filter(|found| found[1].is_empty())?;
    let (month, day) = (u8::try_from(number(&found[2])?).ok()?, u8::try_from(number(&found[3])?).ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

/// Years in a folded text (`2022年`, `二〇二二年`), with what follows 年.
pub fn years(text: &str) -> Vec<(usize, u16, &str)> {
    static PATTERN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!("({YEAR}) ?年")).expect("a valid pattern"));
    PATTERN
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let year = number(&found[1]).filter(|y| (1949..2100).contains(y))?;
            Some((whole.start(), year, &text[whole.end()..]))
        })
        .collect()
}

/// The first session in a folded text that is one of the body itself, not of its standing committee.
pub fn session(text: &str) -> Option<Session> {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        let n = "([0-9一二三四五六七八九十]{1,3})";
        Regex::new(&format!("{n} ?届([^。,;:!?届]{{0,36}}?)第?{n} ?次(?:全体)?会")).expect("a valid pattern")
    });
    PATTERN.captures_iter(text).find_map(|found| {
        let between = &found[2];
        if ["常务", "常委", "主席", "主任", "党组", "代表大会代表"].iter().any(|w| between.contains(w))
        {
            return None;
        }
        Some(Session { term: number(&found[1])?, number: number(&found[3])? })
    })
}

/// The first term in a folded text: 十五届 → 15.
pub fn term(text: &str) -> Option<u16> {
    let at = text.find('届')?;
    let before: Vec<char> =
        text[..at].chars().rev().take_while(|c| number(&c.to_string()).is_some()).collect();
    number(&before.iter().rev().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_style() {
        let first = |text: &str| dates(&fold(text)).first().map(|d| d.1.iso());
        assert_eq!(first("——２０２３年１月５日在"), Some("2023-01-05".into()));
        assert_eq!(first("二〇二六年一月二十七日在"), Some("2026-01-27".into()));
        assert_eq!(first("2021-1-17 17:10"), Some("2021-01-17".into()));
        assert_eq!(first("报告(20230103)"), Some("2023-01-03".into()));
        assert_eq!(first("（2023年5月）"), Some("2023-05".into()));
        assert_eq!(first("2023年13月"), None);
        assert_eq!(first("电话 202301035567"), None);
        assert_eq!(day_of_year("在3月2日政协云岭市委员会会议上"), Some((3, 2)));
        assert_eq!(day_of_year("2023年3月2日在"), None);
    }

    #[test]
    fn sessions() {
        let of = |text: &str| session(&fold(text)).map(Session::name);
        assert_eq!(of("在政协云岭市第十五届委员会第二次会议上"), Some("十五届二次".into()));
        assert_eq!(of("市政协五届四次会议"), Some("五届四次".into()));
        assert_eq!(of("第２０届人民代表大会第１次会议"), Some("二十届一次".into()));
        assert_eq!(of("十五届常务委员会第十三次会议"), None);
        assert_eq!(of("二十届三中全会"), None);
        assert_eq!(term("云岭市第十五届委员会"), Some(15));
    }

    #[test]
    fn numbers() {
        for (text, n) in
            [("十", 10), ("十二", 12), ("三十", 30), ("三十一", 31), ("二〇二六", 2026), ("7", 7)]
        {
            assert_eq!(number(text), Some(n), "{text}");
        }
        assert_eq!(number("百"), None);
        assert_eq!(chinese(20), "二十");
    }
}
