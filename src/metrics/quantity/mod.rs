//! Numbers with their units, and which of them say how much.

pub(super) mod numerals;
mod words;

use crate::report::{Hedge, MetricKind, Span};
use numerals::{
    Chars, Form, Number, Vague, behind_digits, digit, figure, fraction, han, minus, number, opens, per,
    spaced, tenths, times,
};
pub(super) use words::Words;
use words::{Class, Growth};

/// A quantity as it stands in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// Number and unit with the hedge.
    pub span: Span,
    /// In the base unit, negative for a fall.
    pub value: f64,
    pub max: Option<f64>,
    pub unit: String,
    pub hedge: Hedge,
    pub kind: MetricKind,
}

/// The quantities of one paragraph in reading order; what is no metric (dates, names, ordinals) is
/// left out.
pub(super) fn quantities(text: &str, line: Span, words: &Words) -> Vec<Quantity> {
    let t = Chars::new(&text[line.range()], line.start);
    // ［4］三张清单：
    if matches!(t.get(0), '［' | '[') && matches!(t.before(t.c.len()), '：' | ':') {
        return Vec::new();
    }
    let hidden = hidden(&t);
    let mut scan = Scan { t: &t, words, found: Vec::new() };
    let mut i = 0;
    while i < t.c.len() {
        i = match hidden[i] {
            0 => scan.step(i),
            end => end,
        };
    }
    scan.found.into_iter().map(|f| f.quantity(&t)).collect()
}

/// A number or a percentage as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// In bytes of the text.
    pub span: Span,
    pub value: f64,
}

/// Every number of a text, whether it says how much or not, read by the same grammar as metrics.
pub(super) fn numbers(text: &str, words: &Words) -> Vec<Figure> {
    let t = Chars::new(text, 0);
    figures(&t, |i| {
        if let Some(end) = words.skip(&t, i) {
            return Err(end);
        }
        let mut n = figure(&t, i, &|_| false).ok_or_else(|| behind_digits(&t, i).max(i + 1))?;
        // 两两, 九九
        let repeated = n.form == Form::Digits && t.c[n.start..n.end].windows(2).all(|w| w[0] == w[1]);
        if n.form == Form::Bare || repeated || matches!(t.get(n.end), '%' | '折') {
            return Err(n.end);
        }
        match words.units.at(&t, n.end) {
            Some((1, _)) if t.get(n.end) == '打' => (n.value, n.end) = (12.0 * n.value, n.end + 1),
            _ if n.vague == Vague::Over && matches!(t.before(n.end), '多' | '余' | '几' | '来') => {
                n.end -= 1
            }
            _ => {}
        }
        Ok(n)
    })
}

/// Every percentage of a text in percent, percentage points, tenths and discounts among them.
pub(super) fn percentages(text: &str, words: &Words) -> Vec<Figure> {
    let t = Chars::new(text, 0);
    let unit = |at| words.units.at(&t, at).is_some();
    figures(&t, |i| {
        if let Some(end) = link(&t, i) {
            return Err(end);
        }
        if t.starts_with(i, "打对折") {
            return Ok(Number { value: 50.0, ..Number::plain(i + 1, i + 3) });
        }
        let mut n = if let Some((whole, n)) = per(&t, i, &unit) {
            Number { start: i, value: times(n.value, 100.0 / whole), ..n }
        } else if let Some(n) = tenths(&t, i, &unit) {
            n
        } else {
            let n = number(&t, i, &unit).ok_or(i + 1)?;
            let percent = (t.get(n.end) == '%').then_some(n.end + 1);
            let end = percent.or_else(|| spaced(&t, n.end, "个百分点")).ok_or(n.end)?;
            Number { end, ..n }
        };
        if n.max.is_some() {
            return Err(n.end);
        }
        if let Some(at) = minus(&t, n.start) {
            (n.start, n.value) = (at, -n.value);
        }
        Ok(n)
    })
}

/// What `read` finds at each place: a number, or else the next place to look at.
fn figures(t: &Chars, read: impl Fn(usize) -> Result<Number, usize>) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < t.c.len() {
        i = match read(i) {
            Ok(n) => {
                found.push(Figure { span: Span::new(t.at[n.start], t.at[n.end]), value: n.value });
                n.end
            }
            Err(next) => next,
        };
    }
    found
}

/// The end of a web address that starts at `i`.
fn link(t: &Chars, i: usize) -> Option<usize> {
    let starts = t.starts_with(i, "http") || t.starts_with(i, "www.");
    starts.then(|| (i..t.c.len()).find(|&j| !t.get(j).is_ascii_graphic()).unwrap_or(t.c.len()))
}

/// The `5角` of `3元5角`, in 元, and where it ends.
fn coins(t: &Chars, i: usize) -> Option<(f64, usize)> {
    let value = f64::from(t.get(i).to_digit(10)?);
    matches!(t.get(i + 1), '角' | '毛').then_some((value / 10.0, i + 2))
}

/// Stands for a character that was lost before the file was saved.
const LOST: char = '\u{fffd}';

/// A longer quotation is a text of its own, or its quotes do not belong together.
const LONGEST_QUOTE: usize = 80;

/// For each character inside quotes, titles and document numbers the place behind them, else 0: what
/// stands there is a name or another's words.
fn hidden(t: &Chars) -> Vec<usize> {
    let mut hidden = vec![0; t.c.len()];
    let mut open: Option<(char, usize)> = None;
    for (i, &c) in t.c.iter().enumerate() {
        let closing = match c {
            '“' => '”',
            '《' => '》',
            '〈' => '〉',
            '「' => '」',
            '『' => '』',
            '〔' => '〕',
            '"' => '"',
            _ => '\0',
        };
        match open {
            Some((end, from)) if c == end => {
                if i - from <= LONGEST_QUOTE {
                    hidden[from..=i].fill(i + 1);
                }
                open = None;
            }
            // An opening quote again: the one before was never closed.
            None => open = (closing != '\0').then_some((closing, i)),
            Some((end, _)) if closing == end && c != '"' => open = Some((closing, i)),
            _ => {}
        }
    }
    hidden
}

/// A quantity with places counted in characters.
#[derive(Debug, Clone)]
struct Found {
    /// With the hedge in front.
    start: usize,
    end: usize,
    value: f64,
    max: Option<f64>,
    unit: String,
    hedge: Hedge,
    kind: MetricKind,
    /// The hedge stands behind the unit.
    behind: bool,
}

impl Found {
    fn quantity(self, t: &Chars) -> Quantity {
        Quantity {
            span: Span::new(t.at[self.start], t.at[self.end]),
            value: self.value,
            max: self.max,
            unit: self.unit,
            hedge: self.hedge,
            kind: self.kind,
        }
    }
}

struct Scan<'a> {
    t: &'a Chars,
    words: &'a Words,
    found: Vec<Found>,
}

/// A number with its unit, before it is known whether it is a metric.
struct Sized {
    number: Number,
    /// Behind number and unit.
    end: usize,
    unit: String,
    class: Class,
}

impl Scan<'_> {
    /// Looks at one place and returns the next one to look at.
    fn step(&mut self, i: usize) -> usize {
        let t = self.t;
        if let Some(end) = self.rank(i) {
            return end;
        }
        if let Some(end) = self.words.skip(t, i) {
            return end;
        }
        if !opens(t, i) {
            return i + 1;
        }
        if let Some(end) = self.share(i) {
            return end;
        }
        let Some(first) = self.number(i) else { return behind_digits(t, i).max(i + 1) };
        let before = t.before(i);
        // A lost character beside a number may have been a digit, 万 or the unit.
        let lost = before == LOST || t.get(first.end) == LOST;
        // 1:10, 8:30: a ratio, a time of day.
        let ratio = matches!(before, ':' | '：' | '∶') && i > 0 && t.before(i - 1).is_ascii_digit();
        let joined =
            lost || ratio || before.is_ascii_alphabetic() || matches!(before, '第' | '+' | '_' | '#');
        if joined {
            return first.end;
        }
        self.sized(first)
    }

    fn number(&self, i: usize) -> Option<Number> {
        let t = self.t;
        let mut n = number(t, i, &|at| self.word(at))?;
        // 2×35万: so many of that size.
        if n.form == Form::Arabic
            && matches!(t.get(n.end), '×' | '*' | 'x' | 'X')
            && let Some(m) = number(t, n.end + 1, &|at| self.word(at))
        {
            n = Number { start: i, value: times(n.value, m.value), ..m };
        }
        Some(n)
    }

    /// Does a word begin at `i` that is not to be taken for a part of a numeral? Behind a space a name may.
    fn word(&self, i: usize) -> bool {
        let name = || self.t.before(i) == ' ' && self.words.names.at(self.t, i).is_some();
        self.words.units.at(self.t, i).is_some() || name()
    }

    /// The unit at `i`, with what it is built of (`元/吨`, `头（只）`): its name, class and end.
    fn unit(&self, i: usize) -> Option<(String, Class, usize)> {
        let t = self.t;
        let i = t.skip_space(i);
        let (n, unit) = self.words.units.at(t, i).filter(|(_, unit)| unit.class != Class::No)?;
        let mut end = i + n;
        if t.before(end).is_ascii_alphanumeric() && t.get(end).is_ascii_alphanumeric() {
            return None;
        }
        let mut class = unit.class;
        // 2个多百分点
        if t.get(i) == '个' && matches!(t.get(i + 1), '多' | '半') && t.starts_with(i + 2, "百分点") {
            return Some(("个百分点".into(), Class::Kind(MetricKind::Change), i + 5));
        }
        let mut name = unit.base.clone().unwrap_or_else(|| t.c[i..end].iter().collect());
        let from = end;
        if t.get(end) == '/' {
            let mut j = end + 1;
            while matches!(t.get(j), '百' | '千' | '万' | '亿') && self.words.units.at(t, j).is_none() {
                j += 1;
            }
            if let Some((m, _)) = self.words.units.at(t, j).filter(|(_, u)| u.class != Class::No) {
                end = j + m;
                class = Class::Kind(MetricKind::Measure);
                // 元/人月
                end += usize::from(matches!(t.get(end), '月' | '年' | '日'));
            }
        } else if matches!(t.get(end), '（' | '(')
            && let Some((m, other)) = self.words.units.at(t, end + 1)
        {
            let same = matches!(other.class, Class::Count | Class::Loose);
            if same && matches!(t.get(end + 1 + m), '）' | ')') {
                end += m + 2;
            }
        }
        name.extend(&t.c[from..end]);
        Some((name, class, end))
    }

    /// A number that was read: gives it its unit, hedges and kind, and takes it if it is a metric.
    fn sized(&mut self, first: Number) -> usize {
        let t = self.t;
        let mut number = first;
        let mut unit = self.unit(first.end);
        // A range: `20至30家`, `5%—6%`.
        let from = t.before(first.start);
        let middle = unit.as_ref().map_or(first.end, |u| u.2);
        for at in [first.end, middle] {
            let mut next = at;
            while matches!(t.get(next), '-' | '—' | '–' | '~' | '至' | '到') {
                next += 1;
            }
            if next == at || next > at + 2 || matches!(t.get(at), '至' | '到') && matches!(from, '从' | '由')
            {
                continue;
            }
            let Some(second) = self.number(next) else { continue };
            let other = self.unit(second.end);
            let same = match (&unit, &other) {
                (Some(a), Some(b)) => a.0 == b.0,
                (None, Some(_)) => true,
                _ => false,
            };
            if !same {
                // Dates, codes and the like: `2023-2026`.
                if at == first.end && !matches!(t.get(at), '至' | '到') {
                    return second.end;
                }
                continue;
            }
            // 3至5万人
            let shared = unit.is_none() && !first.large && second.large;
            let scaled = times(first.value, second.scale);
            let scale = if shared && scaled <= second.value { second.scale } else { 1.0 };
            number.value = times(first.value, scale);
            number.max = Some(second.value);
            number.vague = Vague::Range;
            number.end = second.end;
            number.large |= second.large;
            unit = other;
            break;
        }
        let unit = unit
            .or_else(|| self.counted(&number))
            .or_else(|| self.elided(&number))
            .or_else(|| self.unitless(&number))
            .or_else(|| self.money(&number));
        let Some((name, class, end)) = unit else { return number.end };
        let mut sized = Sized { number, end, unit: name, class };
        let half = t.get(end) == '半'
            && number.max.is_none()
            && !number.large
            && !matches!(class, Class::Time | Class::No);
        if half && !matches!(t.get(end + 1), '数' | '年' | '天' | '导') {
            sized.number.value += 0.5;
            sized.end += 1;
        }
        // 3元5角
        let small = coins(t, sized.end).filter(|_| matches!(sized.unit.as_str(), "元" | "块"));
        if let Some((value, end)) = small {
            sized.number.value = times(sized.number.value + value, 1.0);
            (sized.unit, sized.end) = ("元".into(), end);
            sized.class = Class::Kind(MetricKind::Amount);
        }
        let Some(kind) = self.kind(&sized) else { return sized.end.max(number.end) };
        self.take(sized, kind)
    }

    /// `1409万、1305万人次`: the unit stands behind the last of them.
    fn elided(&self, number: &Number) -> Option<(String, Class, usize)> {
        // 分别提高15、22个百分点: without 分别 small numbers may be anything.
        let spread = |i| self.t.starts_with(i, "分别");
        let said = number.large || (self.clause(number.start)..number.start).any(spread);
        if !said || number.form != Form::Arabic {
            return None;
        }
        let mut at = number.end;
        for _ in 0..8 {
            if !matches!(self.t.get(at), '、' | '和' | '与') {
                return None;
            }
            let next = self.number(at + 1)?;
            if let Some((name, class, _)) = self.unit(next.end) {
                return Some((name, class, number.end));
            }
            at = next.end;
        }
        None
    }

    /// An index or a ratio, which has no unit: `水质指数3.48`, `恩格尔系数为0.3`.
    fn unitless(&self, number: &Number) -> Option<(String, Class, usize)> {
        let t = self.t;
        let stops = matches!(t.get(number.end), '\0' | '，' | ',' | '。' | '；' | ';' | '、' | '）' | ')');
        let year = number.value >= 1000.0 && number.value.fract() == 0.0;
        let plain = number.form == Form::Arabic && !number.large && !year && stops;
        let named = plain && self.words.scalar.before(t, self.back_over_fillers(number.start)).is_some();
        named.then(|| (String::new(), Class::Kind(MetricKind::Measure), number.end))
    }

    /// Money without its unit: `投入2000万`, `贷款超千万`.
    fn money(&self, number: &Number) -> Option<(String, Class, usize)> {
        let t = self.t;
        let stops = matches!(t.get(number.end), '\0' | '，' | ',' | '。' | '；' | ';' | '、' | '）' | ')');
        let start = self.front(number.start).map_or(number.start, |(start, _)| start);
        let named = self.words.money.before(t, self.back_over_fillers(start)).is_some();
        let said = number.large && number.form != Form::Digits && stops && named;
        said.then(|| ("元".into(), Class::Kind(MetricKind::Amount), number.end))
    }

    /// People and households without a measure word: `3万余困难群众`, `上千万家庭`.
    fn counted(&self, number: &Number) -> Option<(String, Class, usize)> {
        let t = self.t;
        if !number.large || number.form == Form::Digits {
            return None;
        }
        let stops = |c| matches!(c, '\0' | '，' | ',' | '。' | '；' | '、' | ';');
        let ahead = (number.end..number.end + 12).take_while(|&i| !stops(t.get(i)));
        let behind = (self.clause(number.start)..number.start).rev();
        let said = ahead.chain(behind).find_map(|i| self.words.counted.at(t, i));
        said.map(|(_, unit)| ((*unit).to_owned(), Class::Count, number.end))
    }

    /// What a number with its unit is; none where it is no metric.
    fn kind(&self, q: &Sized) -> Option<MetricKind> {
        let t = self.t;
        let n = &q.number;
        let small = n.form == Form::Chinese && n.value < 20.0 && n.vague == Vague::No;
        let before = t.before(n.start);
        // 万卡级, 百万千瓦级: a class of size.
        if n.form == Form::Digits || t.get(q.end) == '级' {
            return None;
        }
        match q.class {
            Class::No => None,
            Class::Kind(MetricKind::Amount) if small && n.value < 10.0 => None,
            Class::Large => n.large.then_some(MetricKind::Measure),
            // 培训时间：2024年9月10日 is a date.
            Class::Time if matches!(q.unit.as_str(), "月" | "日" | "时" | "点") || n.value >= 1000.0 => {
                None
            }
            Class::Time => {
                let at = self.back_over_fillers(n.start);
                // 压缩至6个工作日, 缩短15天
                let to = usize::from(matches!(t.before(at), '至' | '到'));
                if self.words.shorten.before(t, at - to).is_some() {
                    return Some(if to > 0 { MetricKind::Duration } else { MetricKind::Change });
                }
                self.words
                    .span
                    .before(t, at)
                    .map(|_| if q.unit == "天" { MetricKind::Count } else { MetricKind::Duration })
            }
            Class::Age => {
                let clause = self.clause(n.start);
                let about =
                    (clause..n.start).any(|i| t.starts_with(i, "寿命") || t.starts_with(i, "平均年龄"));
                about.then_some(MetricKind::Measure)
            }
            Class::Score => {
                let scored = (self.clause(n.start)..n.start).any(|i| self.words.score.at(t, i).is_some());
                (scored && n.form == Form::Arabic).then_some(MetricKind::Measure)
            }
            Class::Count | Class::Loose | Class::Rare => {
                // 这两次会议, 那三家: those that were named.
                if before == '每'
                    || before == '届'
                    || small && matches!(before, '这' | '那')
                    || self.ordinals(n.start)
                    || small && q.unit == "次" && matches!(before, '大' | '协')
                {
                    return None;
                }
                // 每年1至2次: how often, not how much.
                let often = q.unit == "次" && n.value < 100.0 && {
                    let at = self.front(n.start).map_or(n.start, |(start, _)| start);
                    matches!(t.before(at), '年' | '月' | '季' | '度' | '周' | '天' | '日')
                        && (at.saturating_sub(4)..at).any(|i| t.get(i) == '每')
                };
                if often {
                    return None;
                }
                // 三个100%: the percentages have a name.
                let behind = (q.end..).find(|&i| !t.get(i).is_ascii_digit()).unwrap_or(q.end);
                if behind > q.end && t.get(behind) == '%' {
                    return None;
                }
                let few = n.form == Form::Chinese && n.value < 2.0 && n.max.is_some();
                let loose = q.class == Class::Loose && n.form == Form::Chinese;
                let doubtful = loose && (small || n.max.is_some_and(|max| max < 10.0));
                let second = small && t.get(n.start) == '二' && q.unit != "个";
                if few || small && n.value < 2.0 || second || doubtful && !self.counts_things(q) {
                    return None;
                }
                if q.class == Class::Rare && !n.large {
                    return None;
                }
                if n.form == Form::Bare && !self.hedged(q) {
                    return None;
                }
                if small && self.words.abstracts.at(t, q.end).is_some() {
                    return None;
                }
                Some(MetricKind::Count)
            }
            Class::Kind(kind) => {
                if n.form == Form::Bare && !self.hedged(q) {
                    return None;
                }
                // 三个100%
                if kind == MetricKind::Share && before == '个' {
                    return None;
                }
                let limit = self.words.limit.before(t, n.start).is_some() || t.get(q.end) == '内';
                if kind == MetricKind::Measure && limit {
                    return None;
                }
                Some(kind)
            }
        }
    }

    /// `第1、2项`: is the number one of a row that 第 begins?
    fn ordinals(&self, start: usize) -> bool {
        let row = |c: char| c.is_ascii_digit() || digit(c).is_some() || matches!(c, '、' | '和' | '至');
        let from = (0..start).rev().take(12).find(|&i| !row(self.t.get(i)));
        from.is_some_and(|i| i + 1 < start && self.t.get(i) == '第')
    }

    /// `新建三个公园`, `两个项目竣工`, `糖厂十二个。`: does a small Chinese numeral with 个 or the like count things here?
    /// Most number a slogan or the parts of a text: 三个方面, 四个意识.
    fn counts_things(&self, q: &Sized) -> bool {
        let t = self.t;
        let start = self.front(q.number.start).map_or(q.number.start, |(start, _)| start);
        let stop =
            |c| matches!(c, '\0' | '，' | ',' | '。' | '；' | ';' | '、' | '！' | '：' | '）' | ')' | '\n');
        let before = t.before(start);
        let noun = |from: usize| {
            (from..from + 10).take_while(|&i| !stop(t.get(i))).any(|i| self.words.things.at(t, i).is_some())
        };
        if self.words.abstracts.at(t, q.end).is_some()
            || matches!(before, '这' | '那' | '的' | '中' | '每' | '前' | '后' | '各' | '其')
        {
            return false;
        }
        if stop(t.get(q.end)) {
            return q.unit == "个" && han(before);
        }
        // 三期工程 is the third; 三类 and the like sort.
        let sorts = matches!(q.unit.as_str(), "类" | "种" | "层" | "道" | "股")
            || q.unit == "期" && self.words.things.at(t, q.end).is_some();
        let at = start - usize::from(before == '了');
        !sorts && self.words.result.before(t, at).is_some()
            || q.unit == "个" && (stop(before) || matches!(before, '等' | '有')) && noun(q.end)
    }

    /// Says a hedge that even a number without a digit counts: `上千户`, `百余家`, `百万吨以上`?
    fn hedged(&self, q: &Sized) -> bool {
        let n = &q.number;
        n.vague != Vague::No
            || matches!(self.t.before(n.start), '上' | '过') && !self.climbs(n.start)
            || self.front(n.start).is_some()
            || self.words.behind.at(self.t, q.end).is_some()
    }

    /// 迈上万亿元台阶: the 上 is the verb's.
    fn climbs(&self, start: usize) -> bool {
        start >= 2 && matches!(self.t.get(start - 2), '迈' | '登' | '跃' | '踏' | '站' | '攀' | '跨')
    }

    /// Where the clause around `i` begins.
    fn clause(&self, i: usize) -> usize {
        let t = self.t;
        let mut at = i;
        while at > 0 && !matches!(t.before(at), '，' | ',' | '。' | '；' | ';' | '！' | '？') && i - at < 40
        {
            at -= 1;
        }
        at
    }

    fn back_over_fillers(&self, mut i: usize) -> usize {
        loop {
            while matches!(self.t.before(i), ' ' | '\u{3000}' | '\u{a0}') {
                i -= 1;
            }
            let Some((n, ())) = self.words.filler.before(self.t, i) else { return i };
            i -= n;
        }
    }

    /// The hedge that ends at `i`, with its start.
    fn front(&self, i: usize) -> Option<(usize, Hedge)> {
        let t = self.t;
        let (n, hedge) = self.words.front.before(t, i)?;
        // 打破3项纪录, 侦破12起
        let broken =
            n == 1 && t.before(i) == '破' && matches!(t.before(i - 1), '打' | '侦' | '告' | '爆' | '攻');
        (!broken).then_some((i - n, *hedge))
    }

    /// Growth or fall that the words before `start` speak of.
    fn growth(&self, start: usize, counted: bool) -> Option<Growth> {
        let t = self.t;
        let at = self.back_over_fillers(start);
        if let Some((n, &(growth, counts))) = self.words.growth.before(t, at) {
            // 新增 says how many there are now; 增长为 says up to where.
            let grows = !matches!(t.before(at - n), '新') && !matches!(t.before(start), '为' | '到' | '至');
            if (grows && (counts || !counted)) || self.words.rate.before(t, at).is_some() {
                return Some(growth);
            }
        }
        None
    }

    /// `减少碳排放2810万吨`, `督促压减支出1260万元`: a verb of falling early in the clause, its object and
    /// the amount.
    fn cut(&self, start: usize) -> bool {
        let t = self.t;
        let from = self.clause(start);
        let verb = (from..start.min(from + 5)).rfind(|&i| self.words.cut.at(t, i).is_some());
        verb.is_some_and(|verb| start - verb <= 12) && !matches!(t.before(start), '为' | '到' | '至')
    }

    /// A noun in the clause whose value is itself a growth: `涨幅控制在3%`.
    fn rate(&self, start: usize) -> Option<Growth> {
        let t = self.t;
        let from = self.clause(start).max(self.found.last().map_or(0, |f| f.end));
        (from..=start).rev().find_map(|end| self.words.rate.before(t, end).map(|(_, &growth)| growth))
    }

    /// Gives a metric its hedge and sign and takes it in; returns where to go on.
    fn take(&mut self, q: Sized, kind: MetricKind) -> usize {
        let t = self.t;
        let Sized { number, end, unit, .. } = q;
        let mut found = Found {
            start: number.start,
            end,
            value: number.value,
            max: number.max,
            unit,
            hedge: match number.vague {
                Vague::No => Hedge::Exact,
                Vague::Over => Hedge::Over,
                Vague::Range => Hedge::Range,
            },
            kind,
            behind: false,
        };
        let minus = minus(t, found.start);
        found.start = minus.unwrap_or(found.start);
        let minus = minus.is_some();
        if number.form != Form::Digits
            && t.before(found.start) == '上'
            && number.value >= 100.0
            && number.form != Form::Arabic
        {
            found.start -= 1;
            found.hedge = Hedge::Over;
        } else if let Some((start, hedge)) = self.front(found.start) {
            found.start = start;
            if found.hedge == Hedge::Exact || hedge != Hedge::About {
                found.hedge = hedge;
            }
        }
        let more = matches!(t.get(end), '多' | '余') && !matches!(t.get(end + 1), '种' | '样' | '元');
        if more && found.hedge == Hedge::Exact {
            found.end += 1;
            found.hedge = Hedge::Over;
        }
        if number.end < end && t.c[number.end..end].starts_with(&['个', '多']) {
            found.hedge = Hedge::Over;
        }
        if let Some((n, hedge)) = self.words.behind.at(t, found.end) {
            found.end += n;
            found.behind = true;
            if found.hedge != Hedge::Range {
                found.hedge = *hedge;
            }
        }
        self.change(&mut found, minus);
        self.share_hedge(&mut found);
        let next = found.end;
        self.found.push(found);
        next
    }

    /// Decides whether it is a change, and its sign.
    fn change(&self, found: &mut Found, minus: bool) {
        // 提升6位 is a change all the same.
        let counted = found.kind == MetricKind::Count && found.unit != "位";
        let growth = if minus { Some(Growth::Fall) } else { self.growth(found.start, counted) };
        let sized = matches!(found.kind, MetricKind::Amount | MetricKind::Measure);
        let growth = growth.or_else(|| (sized && self.cut(found.start)).then_some(Growth::Fall));
        let growth = growth.or_else(|| {
            let last = self.found.last()?;
            let twin = last.kind == MetricKind::Change && self.joined(last, found);
            twin.then_some(if last.value < 0.0 { Growth::Fall } else { Growth::Rise })
        });
        let percent = matches!(found.unit.as_str(), "%" | "‰");
        let rate = if percent && growth.is_none() { self.rate(found.start) } else { None };
        let pace = percent
            && ["的速度", "的增速", "的增长", "的涨幅", "的增幅"]
                .iter()
                .any(|w| self.t.starts_with(found.end, w));
        if growth.is_some() || rate.is_some() || pace {
            found.kind = MetricKind::Change;
        }
        if found.kind == MetricKind::Change && (growth.or(rate)) == Some(Growth::Fall) {
            found.value = -found.value;
            found.max = found.max.map(|m| -m);
        }
    }

    fn twins(&self, a: &Found, b: &Found) -> bool {
        a.unit == b.unit && self.joined(a, b)
    }

    /// Do only `和`, `、` or the like stand between two quantities?
    fn joined(&self, a: &Found, b: &Found) -> bool {
        let t = self.t;
        a.end <= b.start
            && b.start - a.end <= 2
            && t.c[a.end..b.start].iter().all(|c| matches!(c, '和' | '、' | '与' | '及' | '以'))
    }

    /// `90%和98%以上`, `突破300亿元和3000亿元`: one hedge for both.
    fn share_hedge(&mut self, found: &mut Found) {
        /// More have no hedge in common.
        const TWINS: usize = 16;
        let mut next: &Found = found;
        let mut twins = 0;
        for other in self.found.iter().rev().take(TWINS) {
            if !self.twins(other, next) || other.hedge != Hedge::Exact && found.behind {
                break;
            }
            twins += 1;
            next = other;
        }
        let all = self.found.len();
        if found.behind {
            self.found[all - twins..].iter_mut().for_each(|f| f.hedge = found.hedge);
        } else if twins > 0 && found.hedge == Hedge::Exact && !self.found[all - 1].behind {
            found.hedge = self.found[all - 1].hedge;
        }
    }

    /// Percentages and fractions in words: `百分之五点六`, `三分之二`, `五成`, `一半`.
    fn share(&mut self, i: usize) -> Option<usize> {
        let t = self.t;
        let word = |at: usize| self.word(at);
        let (number, unit) = if let Some((whole, n)) = per(t, i, &word) {
            let joined =
                matches!(t.get(n.end), '至' | '到' | '—' | '-') && !matches!(t.before(i), '从' | '由');
            // 百分之五至百分之六, 百分之五到六; 由百分之五到百分之六 is two.
            let upper = per(t, n.end + 1, &word).map(|(_, m)| m).or_else(|| self.number(n.end + 1));
            // 百分之四十到一九五七年 leads to a year.
            let upper = upper.filter(|m| joined && m.form != Form::Digits && m.value > n.value);
            let n = upper.map_or(n, |m| Number { end: m.end, max: Some(m.value), vague: Vague::Range, ..n });
            // 万分之三 is 0.03 %.
            let factor = if whole > 1e3 { 100.0 / whole } else { 1.0 };
            let scaled = Number { value: n.value * factor, max: n.max.map(|m| m * factor), ..n };
            (scaled, if whole == 1e3 { "‰" } else { "%" })
        } else if t.starts_with(i, "一半") && !matches!(t.get(i + 2), '天' | '年') {
            (Number { value: 50.0, ..Number::plain(i, i + 2) }, "%")
        } else if let Some(n) = tenths(t, i, &word).filter(|n| t.before(n.end) != '折') {
            (n, "%")
        } else {
            let n = self.number(i)?;
            let (value, end) = fraction(t, &n, &word).filter(|f| f.0 > 0.0)?;
            if t.get(n.end) == '/' {
                let m = number(t, n.end + 1, &word)?.value;
                let whole = n.value.fract() == 0.0 && m.fract() == 0.0 && value < 1.0 && m <= 10.0;
                if !whole || self.unit(end).is_some() || t.get(end) == '/' || t.before(i) == '/' {
                    return None;
                }
            }
            (Number { value: times(value, 100.0), end, ..n }, "%")
        };
        let number = Number { start: i, ..number };
        let class = Class::Kind(MetricKind::Share);
        Some(self.take(Sized { number, end: number.end, unit: unit.into(), class }, MetricKind::Share))
    }

    /// `全省第一`, `居第2位`, `首位`, `前三`.
    fn rank(&mut self, i: usize) -> Option<usize> {
        let t = self.t;
        let (value, end) = match t.get(i) {
            '第' => {
                let n = number(t, t.skip_space(i + 1), &|_| false)?;
                (n.value, n.end)
            }
            '首' if t.get(i + 1) == '位' => (1.0, i + 1),
            '前' => {
                let n = number(t, i + 1, &|_| false)?;
                (n.value, n.end)
            }
            _ => return None,
        };
        let placed =
            matches!(t.get(end), '位' | '名') && !matches!(t.get(end + 1), '于' | '单' | '置' | '列');
        let end = end + usize::from(placed);
        let next = t.get(end);
        let closed = !('\u{4e00}'..='\u{9fff}').contains(&next)
            && !next.is_ascii_alphanumeric()
            && next != '“'
            && next != '%'
            || matches!(next, '的' | '和' | '且' | '并' | '及');
        let scope = self.words.scope.before(t, i).map(|(n, _)| i - n);
        let start = scope.unwrap_or(i);
        let verb = |at| self.words.rank.before(t, at).is_some();
        // 蝉联全国推广面积第一: the verb may stand further off.
        let ranked = match (placed, scope.is_some()) {
            (true, true) => true,
            (true, false) => verb(start) || closed && (self.clause(i)..start).any(verb),
            (false, true) => closed,
            (false, false) => closed && (self.clause(i)..=start).any(verb),
        };
        if !ranked || next == '书' {
            return None;
        }
        self.found.push(Found {
            start,
            end,
            value,
            max: None,
            unit: "名".into(),
            hedge: Hedge::Exact,
            kind: MetricKind::Rank,
            behind: false,
        });
        Some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn read(text: &str) -> Vec<(String, Quantity)> {
        let words = &Lexicon::builtin().metrics.quantity;
        let found = quantities(text, Span::new(0, text.len()), words);
        found.into_iter().map(|q| (text[q.span.range()].to_owned(), q)).collect()
    }

    /// Surface, value and unit of each quantity.
    fn brief(text: &str) -> Vec<String> {
        read(text).into_iter().map(|(s, q)| format!("{s}|{}|{}", q.value, q.unit)).collect()
    }

    #[test]
    fn numerals_have_their_value_in_the_base_unit() {
        for (text, want) in [
            ("捐款捐物800余万元。", "800余万元|8000000|元"),
            ("产粮四亿零七百多万吨。", "四亿零七百多万吨|407000000|吨"),
            ("收入１２．５亿元。", "１２．５亿元|1250000000|元"),
            ("总量达1.2万亿元。", "1.2万亿元|1200000000000|元"),
            ("增加值2597.2亿元。", "2597.2亿元|259720000000|元"),
            ("常住人口4527.98万人。", "4527.98万人|45279800|人"),
            ("受理12,345件。", "12,345件|12345|件"),
            ("受理12 345件。", "12 345件|12345|件"),
            ("装机5万千瓦。", "5万千瓦|50000|千瓦"),
            ("实施2×35万千瓦机组。", "2×35万千瓦|700000|千瓦"),
            ("共分三组：5个课题。", "5个|5|个"),
            ("走访二百三十五户。", "二百三十五户|235|户"),
            ("培训一万二千三百人次。", "一万二千三百人次|12300|人次"),
            ("机耕面积48.4千公顷。", "48.4千公顷|48400|公顷"),
            ("占总量的百分之五点六。", "百分之五点六|5.6|%"),
            ("占总量的1/4。", "1/4|25|%"),
            ("占三成以上。", "三成以上|30|%"),
            ("惠及3万余困难群众。", "3万余|30000|人"),
            ("惠及上千万家庭。", "上千万|10000000|户"),
            ("存栏18万头（只）。", "18万头（只）|180000|头（只）"),
            ("能耗0.2吨标准煤/万元。", "0.2吨标准煤/万元|0.2|吨标准煤/万元"),
            ("水库一百十八个。", "一百十八个|118|个"),
            ("产钢四百十二万吨。", "四百十二万吨|4120000|吨"),
            ("绿地三千平方公尺。", "三千平方公尺|3000|平方公尺"),
            ("旅游人次86.5万，", "86.5万|865000|人次"),
        ] {
            assert_eq!(brief(text), [want], "{text}");
        }
        assert_eq!(brief("接待226批次3326人。"), ["226批次|226|批次", "3326人|3326|人"]);
    }

    /// Surface and value of each number.
    fn plain(text: &str) -> Vec<String> {
        let words = &Lexicon::builtin().metrics.quantity;
        let found = numbers(text, words);
        found.into_iter().map(|n| format!("{}={}", &text[n.span.range()], n.value)).collect()
    }

    #[test]
    fn numerals_of_every_hand_are_read() {
        for (text, want) in [
            ("工程款壹佰伍拾万圆", "壹佰伍拾万=1500000"),
            ("一万五千亿", "一万五千亿=1500000000000"),
            ("五兆六十二亿四万五千二", "五兆六十二亿四万五千二=5006200045200"),
            ("7 万5 千4 百", "7 万5 千4 百=75400"),
            ("四百 点 五", "四百 点 五=400.5"),
            ("负一又二分之一", "负一又二分之一=-1.5"),
            ("2.5^-1", "2.5^-1=0.4"),
            ("12.5e3", "12.5e3=12500"),
            ("五打", "五打=60"),
            ("千三", "千三=1300"),
        ] {
            assert_eq!(plain(text), [want], "{text}");
        }
        for text in ["大陆", "退伍", "收拾", "放肆", "两两结对", "九九", "一心一意", "https://x.cn/a?b=20%25"]
        {
            assert!(plain(text).is_empty(), "{text}: {:?}", plain(text));
        }
        assert_eq!(plain("担负两项"), ["两=2"]);
        assert_eq!(plain("10-30"), ["10=10", "30=30"]);
        assert_eq!(plain("2022.5.3"), ["2022=2022", "5=5", "3=3"]);
    }

    #[test]
    fn percentages_of_every_kind_are_read() {
        let read = |text: &str| {
            let words = &Lexicon::builtin().metrics.quantity;
            percentages(text, words).into_iter().map(|p| p.value).collect::<Vec<_>>()
        };
        for (text, want) in [
            ("万分之三", 0.03),
            ("七成六", 76.0),
            ("三成半", 35.0),
            ("打对折", 50.0),
            ("八五折", 85.0),
            ("六 个 百 分 点", 6.0),
            ("负3.9%", -3.9),
        ] {
            assert_eq!(read(text), [want], "{text}");
        }
        for text in ["五百分之二", "对折", "成为三成员", "百分之二三十", "三分之二"] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn a_cut_is_a_fall_where_its_verb_rules_the_amount() {
        let first = |text: &str| read(text).into_iter().map(|(_, q)| q.value).next();
        assert_eq!(first("督促政府压减一般性支出1260万元。"), Some(-12_600_000.0));
        assert_eq!(first("减少碳排放2810万吨。"), Some(-28_100_000.0));
        assert_eq!(first("围绕压减支出开展监督,整改问题12个。"), Some(12.0));
        assert_eq!(first("一般性支出压减到1260万元。"), Some(12_600_000.0));
    }

    #[test]
    fn what_only_looks_like_a_quantity_is_left_out() {
        for text in [
            "2022年5月3日，十四届二次会议在三亚召开。",
            "深入学习二十大精神，坚持“四个意识”和“532”战略。",
            "第37期简报，第一书记，第一时间。",
            "五年来，连续三年，每季度一次，9月底前。",
            "国发〔2022〕2号文件，《“十四五”规划30条》，拨打120急救电话。",
            "收到提案***件，投资XX亿元，20XX年。",
            "投资3\u{fffd}元，收到提案\u{fffd}26件。",
            "如未达到1:10则按实际人数，上午8：30分开会。",
            "一心一意，千方百计，千家万户，一系列，一批，一个个。",
            "建成5G基站，沿G60建设4S店，评为3A级景区，监测PM2.5。",
            "80岁以上老人，海拔5000米以上地区。",
            "会同8部门发文。",
        ] {
            assert_eq!(
                brief(text).iter().filter(|q| !q.starts_with("十五项")).count(),
                0,
                "{text}: {:?}",
                brief(text)
            );
        }
    }

    #[test]
    fn small_chinese_numerals_count_things_and_not_slogans() {
        for (text, want) in [
            ("两个项目竣工。", "两个|2|个"),
            ("获两个一等奖。", "两个|2|个"),
            ("新建三个公园。", "三个|3|个"),
            ("东岭、西岭等四个村脱贫。", "四个|4|个"),
            ("全区有盐场十二个。", "十二个|12|个"),
            ("举办两期培训班。", "两期|2|期"),
            ("组建了三支队伍。", "三支|3|支"),
        ] {
            assert_eq!(brief(text), [want], "{text}");
        }
        for text in [
            "坚持三个代表，增强四个意识，抓好五个一工程。",
            "从三个方面发力，建设两个文明，用好两个市场。",
            "这三个项目，其中两个，前三个。",
            "实现三个100%，做到两个80%。",
            "启动三期工程，完成四类村庄认定，分两批实施。",
        ] {
            assert!(brief(text).is_empty(), "{text}: {:?}", brief(text));
        }
    }

    #[test]
    fn a_word_that_begins_like_a_unit_is_none() {
        assert!(brief("0305马克思主义理论").is_empty());
        assert_eq!(brief("捐款305马克"), ["305马克|305|马克"]);
    }

    #[test]
    fn a_unit_may_be_missing_where_the_noun_says_what_it_is() {
        for (text, want) in [
            ("水质指数3.48，", "3.48|3.48|"),
            ("恩格尔系数为0.3。", "0.3|0.3|"),
            ("平均得分93.5分。", "93.5分|93.5|分"),
            ("累计投入2000万，", "2000万|20000000|元"),
            ("贷款超千万。", "超千万|10000000|元"),
        ] {
            assert_eq!(brief(text), [want], "{text}");
        }
        for text in ["指数2022，", "15分钟办结，", "品牌超千万。"] {
            assert!(brief(text).is_empty(), "{text}: {:?}", brief(text));
        }
    }

    #[test]
    fn points_years_and_glossaries() {
        assert_eq!(brief("全年增长19·5％，纪念5·18活动。"), ["19·5％|19.5|%"]);
        assert_eq!(brief("由百分之三十九点七到一九五七年上升。"), ["百分之三十九点七|39.7|%"]);
        assert_eq!(brief("增长百分之三到百分之五。"), ["百分之三到百分之五|3|%"]);
        assert_eq!(brief("产值破百亿元，打破3项纪录。"), ["破百亿元|10000000000|元", "3项|3|项"]);
        assert!(brief("［4］三张零关税清单：").is_empty());
        assert_eq!(brief("三张零关税清单："), ["三张|3|张"]);
    }

    #[test]
    fn lists_share_their_unit_where_they_are_said_to() {
        let want = ["20.9|20.9|个百分点", "36.2|36.2|个百分点", "54个百分点|54|个百分点"];
        assert_eq!(brief("覆盖率分别提高20.9、36.2、54个百分点。"), want);
        assert_eq!(brief("第1、2项任务，15、22日召开。"), Vec::<String>::new());
        assert_eq!(brief("任务1、2项。"), ["2项|2|项"]);
    }

    #[test]
    fn a_time_counts_where_it_is_what_was_shortened() {
        let read = |text: &str| read(text).iter().map(|(_, q)| (q.value, q.kind)).collect::<Vec<_>>();
        assert_eq!(read("审批时间压缩至6个工作日以内。"), [(6.0, MetricKind::Duration)]);
        assert_eq!(read("办理时间平均缩短15天。"), [(-15.0, MetricKind::Change)]);
        assert_eq!(read("培训时间：2024年9月10日—8日，再延长30年试点。"), []);
        assert_eq!(read("降水量偏少1.2成。"), [(-12.0, MetricKind::Change)]);
        assert_eq!(brief("召开两次会议，这两次会议。"), ["两次|2|次"]);
    }

    #[test]
    fn ranges_coins_and_broken_decimals() {
        let range = |text: &str| read(text).iter().map(|(_, q)| (q.value, q.max)).collect::<Vec<_>>();
        assert_eq!(range("投资3-5亿元。"), [(3e8, Some(5e8))]);
        assert_eq!(range("惠及3至5万人。"), [(3e4, Some(5e4))]);
        assert_eq!(range("支出500至1.2万元。"), [(500.0, Some(12000.0))]);
        assert_eq!(range("三至五万吨。"), [(3e4, Some(5e4))]);
        assert_eq!(brief("票价3元5角。"), ["3元5角|3.5|元"]);
        assert_eq!(brief("补助3元5个点。"), ["3元|3|元", "5个点|5|个百分点"]);
        assert_eq!(brief("产量12. 5亿斤。"), ["12. 5亿斤|1250000000|斤"]);
        assert_eq!(brief("第12. 5亿斤。"), ["5亿斤|500000000|斤"]);
        assert_eq!(brief("每年不少于2次，每月开展活动20次。"), ["20次|20|次"]);
    }

    #[test]
    fn hedges_stand_on_both_sides() {
        let hedge = |text: &str| read(text).iter().map(|(s, q)| (s.clone(), q.hedge)).collect::<Vec<_>>();
        assert_eq!(hedge("旅游突破500万人次"), [("突破500万人次".into(), Hedge::Over)]);
        assert_eq!(hedge("服务近百家企业"), [("近百家".into(), Hedge::Under)]);
        assert_eq!(hedge("失业率控制在5%以内"), [("5%以内".into(), Hedge::Under)]);
        assert_eq!(
            hedge("分别达到90%和98%以上"),
            [("90%".into(), Hedge::Over), ("98%以上".into(), Hedge::Over)]
        );
        assert_eq!(hedge("约六亿平方米"), [("约六亿平方米".into(), Hedge::About)]);
        let range = &read("每镇建设20至30家")[0].1;
        assert_eq!((range.value, range.max, range.hedge), (20.0, Some(30.0), Hedge::Range));
        assert_eq!(read("扶持1—2个产业")[0].1.max, Some(2.0));
        let range = &read("增长5%—6%")[0].1;
        assert_eq!((range.value, range.max, range.kind), (5.0, Some(6.0), MetricKind::Change));
    }

    #[test]
    fn growth_has_a_sign_and_a_level_has_none() {
        let kind = |text: &str| read(text).iter().map(|(_, q)| (q.value, q.kind)).collect::<Vec<_>>();
        assert_eq!(kind("同比增长8.5%"), [(8.5, MetricKind::Change)]);
        assert_eq!(kind("比上年下降了3.2%"), [(-3.2, MetricKind::Change)]);
        assert_eq!(kind("比上年减少 439户"), [(-439.0, MetricKind::Change)]);
        assert_eq!(kind("分别增长5%和6%"), [(5.0, MetricKind::Change), (6.0, MetricKind::Change)]);
        assert_eq!(kind("比重提高到52.6%"), [(52.6, MetricKind::Share)]);
        assert_eq!(kind("由32%提高到35%"), [(32.0, MetricKind::Share), (35.0, MetricKind::Share)]);
        assert_eq!(kind("比重提高2.7个百分点"), [(2.7, MetricKind::Change)]);
        assert_eq!(kind("补助标准提高30元"), [(30.0, MetricKind::Change)]);
        assert_eq!(kind("新增就业3000人"), [(3000.0, MetricKind::Count)]);
        assert_eq!(kind("减少碳排放30万吨"), [(-300000.0, MetricKind::Change)]);
        assert_eq!(kind("物价涨幅控制在3%左右"), [(3.0, MetricKind::Change)]);
        assert_eq!(kind("产值翻两番"), [(2.0, MetricKind::Change)]);
    }

    #[test]
    fn ranks_need_a_scope_or_a_verb() {
        let rank = |text: &str| read(text).iter().map(|(s, q)| (s.clone(), q.value)).collect::<Vec<_>>();
        assert_eq!(rank("连续5年排名全省第一。"), [("全省第一".into(), 1.0)]);
        assert_eq!(rank("总量居全国第2位，"), [("全国第2位".into(), 2.0)]);
        assert_eq!(rank("跃居全球首位。"), [("全球首位".into(), 1.0)]);
        assert_eq!(rank("位列前三。"), [("前三".into(), 3.0)]);
        assert_eq!(rank("建成全省第一个站点，把稳定放在第一位的位置。"), []);
    }

    /// Quantities that must be read wherever they stand, with value and unit.
    const PLANTED: [(&str, f64, &str); 16] = [
        ("800余万元", 8e6, "元"),
        ("3,326人次", 3326.0, "人次"),
        ("１２．５公里", 12.5, "公里"),
        ("56.2%", 56.2, "%"),
        ("2.7个百分点", 2.7, "个百分点"),
        ("百分之五点六", 5.6, "%"),
        ("三分之二", 200.0 / 3.0, "%"),
        ("五成", 50.0, "%"),
        ("近百家", 100.0, "家"),
        ("上千户", 1000.0, "户"),
        ("四亿零七百多万吨", 4.07e8, "吨"),
        ("20至30家", 20.0, "家"),
        ("全省第一", 1.0, "名"),
        ("1.5倍", 1.5, "倍"),
        ("18万头（只）", 180000.0, "头（只）"),
        ("0.2吨标准煤/万元", 0.2, "吨标准煤/万元"),
    ];

    proptest::proptest! {
        #[test]
        fn a_planted_quantity_comes_back_exactly(
            before in "[调研报送农村社区公园，。“”]{0,24}",
            after in "[，。；、][调研报送农村社区公园，。“”]{0,24}",
            which in 0..PLANTED.len(),
        ) {
            let (surface, value, unit) = PLANTED[which];
            // Behind an opening quote it would be another's words.
            let before = format!("{}，", before.replace(['“', '”'], ""));
            let text = format!("{before}{surface}{after}");
            let found = read(&text);
            proptest::prop_assert_eq!(found.len(), 1, "{}", text);
            let (cut, q) = &found[0];
            proptest::prop_assert_eq!(q.span.start, before.len());
            proptest::prop_assert_eq!(cut.as_str(), surface);
            proptest::prop_assert!((q.value - value).abs() < 1e-6 * value);
            proptest::prop_assert_eq!(q.unit.as_str(), unit);
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "[0-9０-９一二两三十百千万亿点余多几数半分之成第前位名%％.,，、至到—×/年月（）“”《》个家元 ]{0,60}") {
            for (_, q) in read(&text) {
                proptest::prop_assert!(q.value.is_finite());
            }
        }
    }
}
