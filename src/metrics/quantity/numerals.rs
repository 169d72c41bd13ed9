//! The number grammar: a numeral's surface to its value. Knows nothing of units and metrics.

use crate::text::{decimal, power_of_ten};
/// A paragraph's characters, width folded, with their byte offsets in the text.
pub(in crate::metrics) struct Chars {
    /// Folded: full-width digits, percent signs and points are half-width here.
    pub c: Vec<char>,
    /// Byte offset of each character and, last, of the end.
    pub at: Vec<usize>,
}

impl Chars {
    pub(in crate::metrics) fn new(text: &str, start: usize) -> Self {
        let mut c = Vec::with_capacity(text.len() / 3 + 1);
        let mut at = Vec::with_capacity(text.len() / 3 + 2);
        for (i, d) in text.char_indices() {
            c.push(fold(d));
            at.push(start + i);
        }
        at.push(start + text.len());
        Self { c, at }
    }

    /// The character at `i`, or NUL outside.
    pub(in crate::metrics) fn get(&self, i: usize) -> char {
        self.c.get(i).copied().unwrap_or('\0')
    }

    /// The character before `i`, or NUL.
    pub(in crate::metrics) fn before(&self, i: usize) -> char {
        if i == 0 { '\0' } else { self.get(i - 1) }
    }

    pub(in crate::metrics) fn starts_with(&self, i: usize, word: &str) -> bool {
        let mut at = i;
        word.chars().all(|d| {
            at += 1;
            self.get(at - 1) == d
        })
    }

    /// The first place from `i` on that holds no space.
    pub(in crate::metrics) fn skip_space(&self, mut i: usize) -> usize {
        while matches!(self.get(i), ' ' | '\u{3000}' | '\u{a0}') {
            i += 1;
        }
        i
    }
}

fn fold(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        'Ａ'..='Ｚ' => char::from(b'A' + (c as u32 - 'Ａ' as u32) as u8),
        'ａ'..='ｚ' => char::from(b'a' + (c as u32 - 'ａ' as u32) as u8),
        '．' => '.',
        '％' | '﹪' => '%',
        '／' => '/',
        '〇' | '○' => '零',
        '－' | '−' => '-',
        '～' => '~',
        // Texts that have not been cleaned.
        '壹' => '一',
        '萬' => '万',
        '億' => '亿',
        '兩' | '倆' => '两',
        '貳' => '贰',
        '陸' => '陆',
        '點' => '点',
        '個' => '个',
        '幾' => '几',
        '負' => '负',
        '對' => '对',
        _ => c,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Form {
    /// `326`, `1.2万`.
    Arabic,
    /// `三百二十一`, `两`.
    Chinese,
    /// Chinese digits one by one: `二〇二二`.
    Digits,
    /// A multiplier that no digit stands before: `百`, `千万`, `万亿`.
    Bare,
}

/// What a numeral says beyond its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Vague {
    No,
    /// `余`, `多`, `几` behind it.
    Over,
    /// `三四`, `几十`, `数百`.
    Range,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::metrics) struct Number {
    pub start: usize,
    pub end: usize,
    pub value: f64,
    /// The upper end of `三四十`, `数百`.
    pub max: Option<f64>,
    pub vague: Vague,
    pub form: Form,
    /// 万 or 亿 stands in it.
    pub large: bool,
    /// What the multipliers at its end come to: 1e4 in 3万, 1 in 3.
    pub scale: f64,
}

impl Number {
    /// A Chinese numeral without a value yet.
    pub(in crate::metrics) fn plain(start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            value: 0.0,
            max: None,
            vague: Vague::No,
            form: Form::Chinese,
            large: false,
            scale: 1.0,
        }
    }
}

pub(in crate::metrics) fn digit(c: char) -> Option<f64> {
    Some(match c {
        '零' => 0.0,
        '一' => 1.0,
        '二' | '两' | '贰' => 2.0,
        '三' | '叁' => 3.0,
        '四' | '肆' => 4.0,
        '五' | '伍' => 5.0,
        '六' | '陆' => 6.0,
        '七' | '柒' => 7.0,
        '八' | '捌' => 8.0,
        '九' | '玖' => 9.0,
        _ => return None,
    })
}

pub(in crate::metrics) fn multiplier(c: char) -> Option<f64> {
    Some(match c {
        '十' | '拾' => 1e1,
        '百' | '佰' => 1e2,
        '千' | '仟' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        '兆' => 1e12,
        _ => return None,
    })
}

/// `value` times `factor`, as decimals are multiplied: 2597.2 times 1e8 is 259720000000, not
/// 259719999999.99997.
pub(in crate::metrics) fn times(value: f64, factor: f64) -> f64 {
    let product = value * factor;
    if factor == 1.0 || product == 0.0 || !product.is_finite() {
        return product;
    }
    // Fourteen digits stay.
    let (mut size, mut places) = (product.abs(), 13);
    while size >= 10.0 {
        (size, places) = (size / 10.0, places - 1);
    }
    while size < 1.0 {
        (size, places) = (size * 10.0, places + 1);
    }
    let scale = power_of_ten(i32::unsigned_abs(places) as usize);
    if places < 0 { (product / scale).round() * scale } else { (product * scale).round() / scale }
}

fn tens(c: char) -> Option<f64> {
    match c {
        '廿' => Some(20.0),
        '卅' => Some(30.0),
        _ => None,
    }
}

/// Can a numeral begin here?
pub(in crate::metrics) fn opens(t: &Chars, i: usize) -> bool {
    let c = t.get(i);
    match c {
        // 大陆, 队伍, 放肆, 收拾: these are numerals beside others of the formal hand only.
        '肆' | '伍' | '陆' | '拾' => {
            let next = t.get(t.skip_space(i + 1));
            matches!(next, '拾' | '佰' | '仟')
                || t.before(i) == '之'
                || !han(t.before(i)) && (next == '点' || digit(next).is_some() || multiplier(next).is_some())
        }
        '几' | '数' | '半' => true,
        _ => c.is_ascii_digit() || digit(c).is_some() || multiplier(c).is_some() || tens(c).is_some(),
    }
}

pub(in crate::metrics) fn han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Where the minus before `i` stands: `-5`, `负1.1`; not `20-30`, `担负5项`.
pub(in crate::metrics) fn minus(t: &Chars, i: usize) -> Option<usize> {
    let at = i.checked_sub(1)?;
    let before = t.before(at);
    let sign = match t.get(at) {
        '-' => !before.is_ascii_alphanumeric() && !matches!(before, '-' | ')' | '）' | '%'),
        '负' => !han(before) || matches!(before, '为' | '是' | '达' | '到' | '至' | '由' | '从'),
        _ => false,
    };
    sign.then_some(at)
}

/// Digits with thousands separators, a decimal part and an exponent; also single digits with a space
/// between them (`1 9 9 3`). Returns the value and where it ends.
fn arabic(t: &Chars, start: usize) -> Option<(f64, usize)> {
    let digits = |mut i: usize| {
        while t.get(i).is_ascii_digit() {
            i += 1;
        }
        i
    };
    let mut i = digits(start);
    if i == start {
        return None;
    }
    let mut text: String = t.c[start..i].iter().collect();
    if i - start == 1 {
        let mut j = i;
        while t.get(j) == ' '
            && t.get(j + 1).is_ascii_digit()
            && !t.get(j + 2).is_ascii_digit()
            && t.get(j + 2) != '/'
        {
            text.push(t.get(j + 1));
            j += 2;
        }
        i = j;
    }
    if text.len() <= 3 && text.len() == i - start {
        let group =
            |i: usize| matches!(t.get(i), ',' | '，' | ' ' | '\u{a0}' | '\u{2009}') && digits(i + 1) == i + 4;
        let (mut j, mut joined) = (i, text.clone());
        while group(j) && (t.get(j) == t.get(i)) {
            joined.extend((1..4).map(|k| t.get(j + k)));
            j += 4;
        }
        // `立案326,100%办复`: a percentage has no thousands, and what begins with 0 has no groups.
        if t.get(j) != '%' && !text.starts_with('0') {
            (i, text) = (j, joined);
        }
    }
    let whole = t.before(start) != '.' || !t.before(start - 1).is_ascii_digit();
    let end = digits(i + 1);
    // 2022.5.3 is no number with a decimal part.
    if whole && t.get(i) == '.' && end > i + 1 && !(t.get(end) == '.' && t.get(end + 1).is_ascii_digit()) {
        text.extend(&t.c[i..end]);
        i = end;
    } else if t.get(i) == '·' && end > i + 1 && matches!(t.get(end), '%' | '万' | '亿' | '倍') {
        // 19·5%; not 5·18.
        text.push('.');
        text.extend(&t.c[i + 1..end]);
        i = end;
    } else if t.get(i) == '.' && t.get(i + 1) == ' ' && han(t.before(start)) && t.before(start) != '第' {
        // 产量12. 5亿斤: no list begins behind a word.
        let end = digits(i + 2);
        if (i + 3..=i + 4).contains(&end) && !matches!(t.get(end), '年' | '月' | '.' | '、') {
            text.push('.');
            text.extend(&t.c[i + 2..end]);
            i = end;
        }
    }
    if matches!(t.get(i), 'e' | 'E') {
        let from = i + 1 + usize::from(matches!(t.get(i + 1), '+' | '-'));
        let end = digits(from);
        if end > from && end - from <= 3 {
            text.extend(&t.c[i..end]);
            i = end;
        }
    }
    Some((decimal(&text).filter(|v| v.is_finite())?, i))
}

/// `2^5`, `1.1^-3`: the power behind a number that ends at `i`.
fn power(t: &Chars, i: usize) -> Option<(i32, usize)> {
    if t.get(i) != '^' {
        return None;
    }
    let mut at = i + 1;
    let mut sign = 1;
    while matches!(t.get(at), '+' | '-') {
        if t.get(at) == '-' {
            sign = -sign;
        }
        at += 1;
    }
    let end = (at..at + 3).find(|&j| !t.get(j).is_ascii_digit())?;
    let exponent: String = t.c.get(at..end)?.iter().collect();
    Some((sign * exponent.parse::<i32>().ok()?, end))
}

/// `40k`, `2.5 M`: a letter for thousands or millions behind a number that ends at `i`.
fn suffix(t: &Chars, i: usize) -> Option<(f64, usize)> {
    let at = t.skip_space(i);
    let factor = match t.get(at) {
        'k' | 'K' => 1e3,
        'M' => 1e6,
        _ => return None,
    };
    (!t.get(at + 1).is_ascii_alphanumeric() && !matches!(t.get(at + 1), '/' | '-'))
        .then_some((factor, at + 1))
}

/// Chinese digits one by one, at least two of them; a multiplier behind a few is a numeral's.
fn digits(t: &Chars, start: usize) -> Option<(f64, usize)> {
    let mut i = start;
    let mut value = 0.0;
    let mut count = 0;
    while let Some(d) = digit(t.get(i)).filter(|_| t.get(i) != '两') {
        value = value * 10.0 + d;
        count += 1;
        i += 1;
        if t.get(i) == ' ' && digit(t.get(i + 1)).is_some() {
            i += 1;
        }
    }
    let numeral = multiplier(t.get(t.skip_space(i))).is_some() && count < 4;
    (count >= 2 && !numeral && value.is_finite()).then_some((value, i))
}

/// Does `余`, `多` or the like stand here, which says that there is more? `round`: behind a round number,
/// where 多 cannot belong to the word that follows.
fn more(t: &Chars, i: usize, round: bool) -> bool {
    match t.get(i) {
        '余' => true,
        '多' => round && !matches!(t.get(i + 1), '样' | '边') || multiplier(t.get(i + 1)).is_some(),
        '几' => round && !matches!(t.get(i + 1), '十' | '百' | '千'),
        '来' => round && matches!(t.get(i + 1), '个' | '家' | '人' | '次' | '项' | '名' | '万'),
        _ => false,
    }
}

/// Behind the Chinese digits that stand at `i` and are no numeral together: 十三五, 两两.
pub(super) fn behind_digits(t: &Chars, mut i: usize) -> usize {
    while digit(t.get(i)).is_some() || multiplier(t.get(i)).is_some() {
        i += 1;
    }
    i
}

/// The longest numeral that starts at `start`. `unit` tells whether a unit or another word begins at a place,
/// so that the `千` of `5千瓦` is left to it.
pub(in crate::metrics) fn number(t: &Chars, start: usize, unit: &dyn Fn(usize) -> bool) -> Option<Number> {
    if !opens(t, start) {
        return None;
    }
    let first = t.get(start);
    let plain = |end, value, form| Number { value, form, ..Number::plain(start, end) };
    if let Some((value, end)) = digits(t, start) {
        let pair =
            end - start == 2 && digit(t.get(start + 1)) == digit(first).map(|d| d + 1.0) && first != '零';
        if !pair {
            return Some(plain(end, value, Form::Digits));
        }
    }
    match first {
        '几' | '数' => few(t, start),
        '半' => (t.get(start + 1) == '百').then(|| plain(start + 2, 50.0, Form::Chinese)),
        _ => {
            let mut found = Reading::new(t, start).read(unit)?;
            if found.form == Form::Arabic && !found.large {
                let raised = power(t, found.end).map(|(n, end)| (found.value.powi(n), end));
                let scaled = || suffix(t, found.end).map(|(m, end)| (times(found.value, m), end));
                if let Some((value, end)) = raised.or_else(scaled).filter(|(value, _)| value.is_finite()) {
                    (found.value, found.end) = (value, end);
                }
            }
            Some(found)
        }
    }
}

/// Lower and upper end of a number; they differ in `三四十`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Bounds(f64, f64);

impl Bounds {
    fn times(self, factor: f64) -> Self {
        Self(times(self.0, factor), times(self.1, factor))
    }

    fn plus(self, other: Self) -> Self {
        Self(self.0 + other.0, self.1 + other.1)
    }
}

/// A numeral read from left to right: `四亿` `零七百` `多` `万`, `3亿` `2000万`. A small multiplier
/// (十, 百, 千) takes the digit before it; 万, 亿 and 兆 take all that is smaller.
struct Reading<'a> {
    t: &'a Chars,
    start: usize,
    /// Behind what has been taken.
    end: usize,
    form: Form,
    /// What 万, 亿 and 兆 have taken so far.
    taken: [Bounds; 3],
    /// Hundreds and the like since the last of them.
    section: Bounds,
    /// Digits that no multiplier has taken yet.
    digits: Option<Bounds>,
    /// The multiplier before; what comes is smaller.
    limit: f64,
    /// Which of 万, 亿, 兆 stands directly before.
    just: Option<usize>,
    /// 零 since the last multiplier.
    zero: bool,
    /// 余, 多: only 万 and the like may follow.
    more: bool,
    /// Behind a decimal part likewise.
    decimals: bool,
    /// The multipliers since the last digit.
    scale: f64,
}

impl<'a> Reading<'a> {
    fn new(t: &'a Chars, start: usize) -> Self {
        Self {
            t,
            start,
            end: start,
            form: if t.get(start).is_ascii_digit() { Form::Arabic } else { Form::Chinese },
            taken: [Bounds::default(); 3],
            section: Bounds::default(),
            digits: None,
            limit: f64::INFINITY,
            just: None,
            zero: false,
            more: false,
            decimals: false,
            scale: 1.0,
        }
    }

    fn read(mut self, unit: &dyn Fn(usize) -> bool) -> Option<Number> {
        let t = self.t;
        let mut i = self.start;
        loop {
            let at = if i > self.start { t.skip_space(i) } else { i };
            let multiplier = multiplier(t.get(at));
            let next = if self.started() && (multiplier.is_some() || at > i) && t.get(at) != '点' && unit(at)
            {
                None
            } else if self.started() && self.says_more(at) {
                Some(at + 1)
            } else if let Some(m) = multiplier {
                if m < 1e4 { self.small(at, m) } else { self.large(at, m) }
            } else if self.more || self.decimals {
                None
            } else if t.get(at) == '零' {
                self.nought(at)
            } else if self.form == Form::Arabic {
                self.arabic(at, at > i)
            } else if t.get(at) == '点' {
                self.point(at)
            } else if let Some(d) = digit(t.get(at)) {
                self.digit(at, d, at > i)?
            } else {
                self.tens(at)
            };
            let Some(next) = next else { break };
            self.scale = multiplier.map_or(if self.more { self.scale } else { 1.0 }, |m| m * self.scale);
            i = next;
            // 零 inside belongs to what follows.
            if !self.zero || t.before(i) != '零' || self.end == self.start {
                self.end = i;
            }
        }
        if self.end == self.start {
            return None;
        }
        let lone = self.section == Bounds::default() && self.limit.is_finite() && self.form == Form::Chinese;
        let mut value = self.section(lone);
        for taken in self.taken {
            value = value.plus(taken);
        }
        let Bounds(low, high) = value;
        let range = high > low;
        Some(Number {
            start: self.start,
            end: self.end,
            value: low,
            max: range.then_some(high),
            vague: match (range, self.more) {
                (true, _) => Vague::Range,
                (false, true) => Vague::Over,
                (false, false) => Vague::No,
            },
            form: self.form,
            large: self.taken.iter().any(|t| t.0 > 0.0),
            scale: self.scale,
        })
    }

    fn started(&self) -> bool {
        self.end > self.start
    }

    /// What stands behind the last of 万, 亿, 兆. A digit without its multiplier counts the next smaller
    /// place: 三百二, and at the end, where `lone`, 一万二.
    fn section(&self, lone: bool) -> Bounds {
        let small = (100.0..1e4).contains(&self.limit);
        let place = (small || lone) && !self.zero && !self.decimals && self.form == Form::Chinese;
        let digits = self.digits.unwrap_or_default();
        self.section.plus(digits.times(if place { self.limit / 10.0 } else { 1.0 }))
    }

    fn says_more(&mut self, at: usize) -> bool {
        let behind = self.just.is_some() || self.form == Form::Bare;
        let value = self.section(false).0;
        let t = self.t;
        // With a space between it must go on with 万: 十 余 万.
        let loose = at > self.end
            && t.get(at - 1) == ' '
            && multiplier(t.get(t.skip_space(at + 1))).is_none_or(|m| m < 1e4);
        if self.more || loose || !more(t, at, behind || value >= 10.0 && value % 10.0 == 0.0) {
            return false;
        }
        self.more = true;
        true
    }

    fn small(&mut self, at: usize, m: f64) -> Option<usize> {
        let t = self.t;
        if self.decimals || m >= self.limit.min(1e4) {
            // 1.2千: decimals in figures do not close a number.
            return None;
        }
        let digits = match self.digits.take() {
            Some(digits) if self.form == Form::Chinese || m > 10.0 => {
                self.section = self.section.plus(digits.times(m));
                None
            }
            Some(digits) => Some(digits),
            // 十五, 零十, 四亿十万, 一百十八; not 百十.
            None if m == 10.0
                && !self.more
                && (self.section == Bounds::default() || self.zero || self.form != Form::Bare) =>
            {
                self.section = self.section.plus(Bounds(m, m));
                None
            }
            None if self.end == self.start => {
                // 百三 is 130.
                let next = t.get(at + 1);
                if digit(next).is_none_or(|d| d == 0.0) || next == '两' {
                    self.form = Form::Bare;
                }
                self.section = Bounds(m, m);
                None
            }
            None => return None,
        };
        if digits.is_some() {
            self.digits = digits;
            return None;
        }
        (self.limit, self.just, self.zero) = (m, None, false);
        Some(at + 1)
    }

    fn large(&mut self, at: usize, m: f64) -> Option<usize> {
        let level = if m < 1e8 {
            0
        } else if m < 1e12 {
            1
        } else {
            2
        };
        let mut value = self.section(false);
        match self.just {
            // 万万
            Some(before) if before == level && level == 0 => {
                self.taken[0] = self.taken[0].times(m);
                return Some(at + 1);
            }
            Some(before) if before >= level => return None,
            _ => {}
        }
        if self.end == self.start {
            self.form = Form::Bare;
            value = Bounds(1.0, 1.0);
        } else if self.just.is_none()
            && (value == Bounds::default() || self.taken[level].0 > 0.0 && self.taken[level].0 < m * m)
        {
            return None;
        }
        for smaller in &mut self.taken[..level] {
            value = value.plus(std::mem::take(smaller));
        }
        self.taken[level] = self.taken[level].plus(value.times(m));
        (self.section, self.digits) = (Bounds::default(), None);
        (self.limit, self.just, self.zero, self.decimals) = (m, Some(level), false, false);
        Some(at + 1)
    }

    /// 零 inside goes on with a digit, 十 or 几; at the beginning it is a number itself.
    fn nought(&mut self, at: usize) -> Option<usize> {
        let next = self.t.get(self.t.skip_space(at + 1));
        let goes_on = match self.form {
            Form::Arabic => next.is_ascii_digit(),
            _ => digit(next).is_some() || matches!(next, '十' | '拾' | '几'),
        };
        let first = self.end == self.start;
        if self.digits.is_some() || !(first || goes_on && self.limit.is_finite()) {
            return None;
        }
        self.zero = true;
        self.just = None;
        Some(at + 1)
    }

    fn arabic(&mut self, at: usize, spaced: bool) -> Option<usize> {
        let t = self.t;
        if self.digits.is_some() {
            return None;
        }
        let (value, end) = arabic(t, at)?;
        if self.started() {
            let behind = multiplier(t.get(t.skip_space(end)));
            // 7万 5千: with a space between it must go on like a number.
            if value >= self.limit || spaced && behind.is_none_or(|m| m >= self.limit) {
                return None;
            }
        }
        self.digits = Some(Bounds(value, value));
        self.just = None;
        Some(end)
    }

    /// Chinese digits with the point before them.
    fn point(&mut self, at: usize) -> Option<usize> {
        let t = self.t;
        let mut end = t.skip_space(at + 1);
        let mut text = String::from(".");
        while let Some(d) = digit(t.get(end)).filter(|_| t.get(end) != '两') {
            text.push(char::from(b'0' + d as u8));
            end += 1;
        }
        // 十点三十分 is a time of day.
        let hour = multiplier(t.get(end)).is_some_and(|m| m < 1e4);
        if text.len() == 1 || hour || !self.started() || self.form == Form::Bare {
            return None;
        }
        let Bounds(whole, high) = self.section(false);
        if high > whole {
            return None;
        }
        let value = decimal(&format!("{whole}{text}"))?;
        (self.section, self.digits, self.decimals) = (Bounds(value, value), None, true);
        Some(end)
    }

    /// Nothing inside: what stands here is no numeral at all.
    fn digit(&mut self, at: usize, d: f64, spaced: bool) -> Option<Option<usize>> {
        let t = self.t;
        if self.form == Form::Bare && self.just.is_none() {
            return Some(None);
        }
        let mut low = d;
        match self.digits {
            None => {}
            Some(_) if spaced => return Some(None),
            // 三四十, 七八个: two neighbours say about.
            Some(Bounds(before, high))
                if before == high && d == before + 1.0 && !(before == 1.0 && self.limit < 1e4) =>
            {
                low = before;
            }
            Some(_) => return None,
        }
        let mut high = d;
        let mut end = at + 1;
        // 二、三百: the same with a comma.
        if t.get(end) == '、'
            && digit(t.get(end + 1)) == Some(d + 1.0)
            && multiplier(t.get(end + 2)).is_some()
        {
            high = d + 1.0;
            end += 2;
        }
        self.digits = Some(Bounds(low, high));
        self.just = None;
        Some(Some(end))
    }

    fn tens(&mut self, at: usize) -> Option<usize> {
        let v = tens(self.t.get(at))?;
        if self.digits.is_some() || self.limit <= 10.0 || self.form == Form::Bare {
            return None;
        }
        self.section = self.section.plus(Bounds(v, v));
        (self.limit, self.just) = (10.0, None);
        Some(at + 1)
    }
}

/// `几十`, `数百万`; not `几个`.
fn few(t: &Chars, start: usize) -> Option<Number> {
    let mut m = 1.0;
    let mut i = start + 1;
    while let Some(step) = multiplier(t.get(i)) {
        if m > 1.0 && step <= m && step < 1e4 {
            break;
        }
        m *= step;
        i += 1;
    }
    if m == 1.0 {
        return None;
    }
    Some(Number {
        start,
        end: i,
        value: m,
        max: Some(9.0 * m),
        vague: Vague::Range,
        form: Form::Chinese,
        large: m >= 1e4,
        scale: m,
    })
}

/// The words of a unit or a fraction with spaces between: where `word` ends that starts at `i`.
pub(in crate::metrics) fn spaced(t: &Chars, i: usize, word: &str) -> Option<usize> {
    word.chars().try_fold(i, |at, c| {
        let at = t.skip_space(at);
        (t.get(at) == c).then_some(at + 1)
    })
}

/// `三分之二`, `3/5`: the fraction whose first number is `n`, as its value and where it ends.
pub(super) fn fraction(t: &Chars, n: &Number, unit: &dyn Fn(usize) -> bool) -> Option<(f64, usize)> {
    if n.form == Form::Bare || n.value == 0.0 {
        return None;
    }
    if let Some(at) = spaced(t, n.end, "分之") {
        let at = t.skip_space(at);
        let negative = t.get(at) == '负';
        let m = number(t, at + usize::from(negative), unit)?;
        return Some((if negative { -m.value } else { m.value } / n.value, m.end));
    }
    let plain = n.form == Form::Arabic && t.get(n.end) == '/' && t.get(n.end + 1).is_ascii_digit();
    let m = number(t, n.end + 1, unit).filter(|m| plain && m.value > 0.0)?;
    Some((n.value / m.value, m.end))
}

/// A number as a text alone says it, with its sign and fraction: `-3/2`, `三又二分之一`, `2^5`.
pub(super) fn figure(t: &Chars, i: usize, unit: &dyn Fn(usize) -> bool) -> Option<Number> {
    // .5, but not ...5
    let bare_point =
        t.get(i) == '.' && !matches!(t.before(i), '.' | '0'..='9') && t.get(i + 1).is_ascii_digit();
    let start = i + usize::from(bare_point);
    let mut n = number(t, start, unit)?;
    if bare_point {
        let digits: String = t.c[start..n.end].iter().collect();
        n.value = decimal(&format!("0.{digits}"))?;
        n.start = i;
    } else if let Some((value, end)) = fraction(t, &n, unit) {
        (n.value, n.end) = (value, end);
    } else {
        // 三又二分之一, 1 4/3
        let behind = t.skip_space(n.end);
        let and = t.get(behind) == '又';
        if and || behind > n.end && n.form == Form::Arabic {
            let at = if and { t.skip_space(behind + 1) } else { behind };
            let part = number(t, at, unit).and_then(|m| fraction(t, &m, unit));
            if let Some((value, end)) = part {
                (n.value, n.end) = (n.value + value, end);
            }
        }
    }
    if let Some(at) = minus(t, n.start) {
        (n.start, n.value) = (at, -n.value);
    }
    Some(n)
}

/// `百分之五`, `千分之2.4`: the whole that 百 or 千 names, and the number.
pub(super) fn per(t: &Chars, i: usize, unit: &dyn Fn(usize) -> bool) -> Option<(f64, Number)> {
    let whole = number(t, i, &|_| false).filter(|n| n.form == Form::Bare)?;
    let at = t.skip_space(spaced(t, whole.end, "分之")?);
    let n = number(t, at, unit).filter(|n| n.form != Form::Bare || n.value <= 100.0)?;
    Some((whole.value, n))
}

/// `五成`, `七成六`, `三成半`, `八折`, `九五折`, `半成`: a number of tenths in percent.
pub(super) fn tenths(t: &Chars, i: usize, unit: &dyn Fn(usize) -> bool) -> Option<Number> {
    let n = match t.get(i) {
        '半' => Number { value: 0.5, ..Number::plain(i, i + 1) },
        _ => number(t, i, unit)?,
    };
    let at = t.skip_space(n.end);
    let plain = n.max.is_none() && n.form != Form::Bare && !n.large;
    match t.get(at) {
        '成' if plain && n.value <= 10.0 && n.form != Form::Digits && !unit(at) => {
            let next = t.skip_space(at + 1);
            let closed = !han(t.get(next + 1)) || matches!(t.get(next + 1), '以' | '左' | '的');
            let (more, end) = match digit(t.get(next)) {
                Some(d) if closed && d > 0.0 => (d, next + 1),
                _ if t.get(next) == '半' => (5.0, next + 1),
                _ => (0.0, at + 1),
            };
            let half = if t.get(i) == '半' { 5.0 } else { n.value * 10.0 };
            Some(Number { value: times(half + more, 1.0), end, ..n })
        }
        '折' if plain && n.value < 100.0 && n.value != 10.0 => {
            let value = if t.get(i) == '半' {
                50.0
            } else if n.value < 10.0 {
                n.value * 10.0
            } else {
                n.value
            };
            Some(Number { value, end: at + 1, ..n })
        }
        _ => None,
    }
}
