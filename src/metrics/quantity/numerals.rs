//! The number grammar: a numeral's surface to its value. Knows nothing of units and metrics.

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
}

impl Number {
    /// A Chinese numeral without a value yet.
    pub(in crate::metrics) fn plain(start: usize, end: usize) -> Self {
        Self { start, end, value: 0.0, max: None, vague: Vague::No, form: Form::Chinese, large: false }
    }
}

pub(in crate::metrics) fn digit(c: char) -> Option<f64> {
    Some(match c {
        '零' => 0.0,
        '一' => 1.0,
        '二' | '两' => 2.0,
        '三' => 3.0,
        '四' => 4.0,
        '五' => 5.0,
        '六' => 6.0,
        '七' => 7.0,
        '八' => 8.0,
        '九' => 9.0,
        _ => return None,
    })
}

pub(in crate::metrics) fn multiplier(c: char) -> Option<f64> {
    Some(match c {
        '十' => 1e1,
        '百' => 1e2,
        '千' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        _ => return None,
    })
}

/// `value` times `factor`, as decimals are multiplied: 2597.2 times 1e8 is 259720000000, not
/// 259719999999.99997.
pub(in crate::metrics) fn times(value: f64, factor: f64) -> f64 {
    let product = value * factor;
    if factor == 1.0 {
        value
    } else if product.abs() >= 1e9 {
        product.round()
    } else {
        (product * 1e3).round() / 1e3
    }
}

fn tens(c: char) -> Option<f64> {
    match c {
        '廿' => Some(20.0),
        '卅' => Some(30.0),
        _ => None,
    }
}

/// Can a numeral begin with this character?
pub(in crate::metrics) fn opens(c: char) -> bool {
    c.is_ascii_digit()
        || digit(c).is_some()
        || multiplier(c).is_some()
        || tens(c).is_some()
        || matches!(c, '几' | '数' | '半')
}

/// Digits with thousands separators and a decimal part; with `spaced`, single digits with a space
/// between them (`1 9 9 3`). Returns the value and where it ends.
fn arabic(t: &Chars, start: usize) -> Option<(f64, usize)> {
    if !t.get(start).is_ascii_digit() {
        return None;
    }
    let mut text = String::new();
    let mut i = start;
    while t.get(i).is_ascii_digit() {
        text.push(t.get(i));
        i += 1;
    }
    if i - start == 1 {
        let mut j = i;
        while t.get(j) == ' ' && t.get(j + 1).is_ascii_digit() && !t.get(j + 2).is_ascii_digit() {
            text.push(t.get(j + 1));
            j += 2;
        }
        i = j;
    }
    if text.len() <= 3 && text.len() == i - start {
        let group = |i: usize| {
            matches!(t.get(i), ',' | '，' | ' ' | '\u{a0}' | '\u{2009}')
                && (1..4).all(|k| t.get(i + k).is_ascii_digit())
                && !t.get(i + 4).is_ascii_digit()
        };
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
    if t.get(i) == '.' && t.get(i + 1).is_ascii_digit() {
        let mut j = i + 1;
        while t.get(j).is_ascii_digit() {
            j += 1;
        }
        text.push('.');
        text.extend((i + 1..j).map(|k| t.get(k)));
        i = j;
    }
    Some((text.parse().ok()?, i))
}

/// A Chinese numeral below ten thousand, decimals included: `三百二十一`, `十`, `零点五`, `三四十`.
fn section(t: &Chars, start: usize) -> Option<Small> {
    let mut total = 0.0;
    let mut upper = 0.0;
    let mut pending: Option<(f64, f64)> = None;
    let mut last = 1e4;
    let mut zero = false;
    let mut i = start;
    loop {
        let c = t.get(i);
        if let Some(d) = digit(c) {
            if d == 0.0 {
                if pending.is_some() {
                    break;
                }
                zero = true;
                i += 1;
                continue;
            }
            match pending {
                None => pending = Some((d, d)),
                // 三四十, 七八个: two neighbours say about.
                Some((low, high))
                    if low == high && d == low + 1.0 && !(low == 1.0 && d == 2.0 && last < 1e4) =>
                {
                    pending = Some((low, d));
                }
                Some(_) => return None,
            }
            i += 1;
            // 二、三百: the same with a comma.
            if t.get(i) == '、' && digit(t.get(i + 1)) == Some(d + 1.0) && multiplier(t.get(i + 2)).is_some()
            {
                pending = Some((d, d + 1.0));
                i += 2;
            }
        } else if let Some(v) = tens(c) {
            if pending.is_some() || last <= 10.0 {
                break;
            }
            total += v;
            upper += v;
            last = 10.0;
            i += 1;
        } else if let Some(m) = multiplier(c).filter(|&m| m < 1e4) {
            if m >= last || (pending.is_none() && (m > 10.0 || (i > start && !zero))) {
                break;
            }
            let (low, high) = pending.take().unwrap_or((1.0, 1.0));
            total += low * m;
            upper += high * m;
            last = m;
            zero = false;
            i += 1;
        } else {
            break;
        }
    }
    if i == start {
        return None;
    }
    if let Some((low, high)) = pending {
        // 三百二: the last digit counts the next smaller place.
        let place = if (100.0..1e4).contains(&last) && !zero { last / 10.0 } else { 1.0 };
        total += low * place;
        upper += high * place;
    }
    if t.get(i) == '点' && digit(t.get(i + 1)).is_some() {
        let mut j = i + 1;
        let mut text = format!("{total}.");
        while let Some(d) = digit(t.get(j)) {
            text.push(char::from(b'0' + d as u8));
            j += 1;
        }
        total = text.parse().ok()?;
        upper = total;
        i = j;
    }
    Some(Small { value: total, max: (upper > total).then_some(upper), end: i })
}

struct Small {
    value: f64,
    max: Option<f64>,
    end: usize,
}

/// Chinese digits one by one, at least two of them; a multiplier behind a few is a numeral's.
fn digits(t: &Chars, start: usize) -> Option<(f64, usize)> {
    let mut i = start;
    let mut value = 0.0;
    while let Some(d) = digit(t.get(i)).filter(|_| t.get(i) != '两') {
        value = value * 10.0 + d;
        i += 1;
    }
    (i >= start + 2 && (multiplier(t.get(i)).is_none() || i >= start + 4)).then_some((value, i))
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

/// The longest numeral that starts at `start`. `unit` tells whether a unit begins at a place, so that
/// the `千` of `5千瓦` is left to it.
pub(in crate::metrics) fn number(t: &Chars, start: usize, unit: &dyn Fn(usize) -> bool) -> Option<Number> {
    let first = t.get(start);
    if !opens(first) {
        return None;
    }
    if let Some((value, end)) = digits(t, start) {
        let pair =
            end - start == 2 && digit(t.get(start + 1)) == digit(first).map(|d| d + 1.0) && first != '零';
        if !pair {
            return Some(Number {
                start,
                end,
                value,
                max: None,
                vague: Vague::No,
                form: Form::Digits,
                large: false,
            });
        }
    }
    if matches!(first, '几' | '数') {
        return few(t, start);
    }
    let form = if first.is_ascii_digit() { Form::Arabic } else { Form::Chinese };
    let mut found = Number { start, end: start, value: 0.0, max: None, vague: Vague::No, form, large: false };
    // Each turn reads a part with its multiplier: `四亿` `零七百多万`, `3亿` `2000万`.
    let (mut upper, mut limit, mut i) = (0.0, f64::INFINITY, start);
    loop {
        let small = match form {
            Form::Arabic => arabic(t, i).map(|(value, end)| Small { value, max: None, end }),
            _ => section(t, i),
        };
        let bare = small.is_none();
        let mut part = match small {
            Some(part) => part,
            None if i == start && multiplier(first).is_some() => {
                found.form = Form::Bare;
                Small { value: 1.0, max: None, end: i }
            }
            None => break,
        };
        if i > start {
            if form == Form::Chinese && part.end == i + 1 {
                // 一万二: a last digit alone counts the next smaller place.
                part.value *= limit / 10.0;
            }
            if part.value >= limit {
                break;
            }
        }
        let mut end = part.end;
        let mut vague = !bare && {
            let round = part.value >= 10.0 && part.value % 10.0 == 0.0;
            more(t, end, round)
        };
        end += usize::from(vague);
        let mut m = 1.0;
        while let Some(step) = multiplier(t.get(end)) {
            // Behind Chinese digits only 万 and 亿 are left; 千亿 and 万亿 add up, 百百 does not.
            let smallest = if form == Form::Chinese && !bare { 1e4 } else { 1e2 };
            let adds_up = m == 1.0 || step >= 1e4 && step >= m;
            if step < smallest || !adds_up || m * step >= limit || unit(end) {
                break;
            }
            m *= step;
            end += 1;
            if more(t, end, true) {
                vague = true;
                end += 1;
            }
        }
        found.value += times(part.value, m);
        upper += times(part.max.unwrap_or(part.value), m);
        found.large |= m >= 1e4;
        found.end = end;
        if vague {
            found.vague = Vague::Over;
        }
        let next = t.get(end);
        let goes_on =
            if form == Form::Arabic { next.is_ascii_digit() } else { digit(next).is_some() || next == '十' };
        if m < 1e4 || vague || !goes_on {
            break;
        }
        (limit, i) = (m, end);
    }
    if found.end == start {
        return None;
    }
    if upper > found.value {
        found.max = Some(upper);
        found.vague = Vague::Range;
    }
    Some(found)
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
    })
}
