//! What stands in a cell, and how it is kept from running.

use std::borrow::Cow;

/// Words or a number.
pub enum Field<'a> {
    Text(Cow<'a, str>),
    /// An offset, a rank, a share of one: nothing that digits are grouped in.
    Count(f64),
    Number(f64),
    /// 32.5 is 32.5 %.
    Percent(f64),
}

impl Field<'_> {
    /// A value in its unit.
    pub fn value(value: f64, unit: &str) -> Self {
        if unit == "%" { Self::Percent(value) } else { Self::Number(value) }
    }

    pub fn optional(number: Option<f64>) -> Self {
        number.map_or(Self::Text(Cow::Borrowed("")), Self::Count)
    }

    /// The words, or the number as programs read it.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(words) => words.as_ref().into(),
            Self::Count(n) | Self::Number(n) | Self::Percent(n) => n.to_string().into(),
        }
    }

    /// The same with words guarded.
    pub fn guarded(&self) -> Cow<'_, str> {
        if let Self::Text(words) = self { guard(words) } else { self.text() }
    }
}

impl<'a> From<&'a str> for Field<'a> {
    fn from(words: &'a str) -> Self {
        Self::Text(words.into())
    }
}

impl From<String> for Field<'_> {
    fn from(words: String) -> Self {
        Self::Text(words.into())
    }
}

impl From<usize> for Field<'_> {
    fn from(number: usize) -> Self {
        Self::Count(number as f64)
    }
}

/// A column of a table.
pub struct Column {
    pub zh: &'static str,
    pub en: &'static str,
    /// In characters of a spreadsheet, a Chinese one being two.
    #[cfg_attr(not(feature = "formats"), expect(dead_code))]
    pub width: u32,
}

pub const fn column(zh: &'static str, en: &'static str, width: u32) -> Column {
    Column { zh, en, width }
}

/// Words that a spreadsheet would run as a formula get an apostrophe in front; dropping one apostrophe from every
/// cell that [`is_risky`] gives the words back.
pub fn guard(words: &str) -> Cow<'_, str> {
    if is_risky(words) { format!("'{words}").into() } else { words.into() }
}

/// Whether a spreadsheet might run these words: apostrophes and white space aside, they begin with a sign of a
/// formula and are no number; or a tab or a line's end, which a spreadsheet might drop, stands first.
pub fn is_risky(words: &str) -> bool {
    let sign = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let bare = words.trim_start_matches('\'');
    let quantity = bare.strip_prefix(['+', '-']).is_some_and(|number| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || ".,%".contains(c))
    });
    bare.starts_with(['\t', '\r', '\n']) || bare.trim_start().starts_with(sign) && !quantity
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_run_is_guarded_and_it_can_be_undone() {
        for safe in ["十年=一个周期", "-3.2%", "+5", "'十四五'规划", "——协商", "", "3-5", " 两会", "'"]
        {
            assert_eq!(guard(safe), safe);
        }
        for risky in [
            "=1+1",
            "-1+cmd|' /C calc'!A0",
            "@SUM(A1)",
            "+a",
            "\t=1",
            "\r1",
            "'=1",
            "＝1+1",
            "-",
            " =1",
            "\u{3000}@a",
        ] {
            let guarded = guard(risky);
            assert_eq!(guarded, format!("'{risky}"));
            assert!(is_risky(&guarded), "so that a reader knows which apostrophe to drop");
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        assert_eq!(Field::value(-3.2, "%").guarded(), "-3.2");
        assert_eq!(Field::value(-8e6, "元").guarded(), "-8000000");
        assert_eq!(Field::optional(None).guarded(), "");
    }
}
