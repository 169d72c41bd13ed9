//! Tables whose heads and row names say what a number is. A table is rows of cells with tabs between them, also between
//! empty ones; where a head cannot be told, or a row has not as many cells as it, nothing is read.

use super::quantity::{self, Quantity, quantities};
use crate::report::{Hedge, MetricKind, Period, Span, Status};
use crate::table;
use crate::table::Tables;
use crate::text::sort_by_key;

#[derive(Debug)]
pub(super) struct Words(Vec<(String, Class)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Name,
    Time,
    Unit,
    Number,
    Total,
    Value,
    Plan,
    Change,
    Filler,
}

impl Words {
    pub(super) fn parse(tables: &Tables) -> Self {
        let class = |name| {
            Some(match name {
                "name" => Class::Name,
                "time" => Class::Time,
                "unit" => Class::Unit,
                "number" => Class::Number,
                "total" => Class::Total,
                "value" => Class::Value,
                "plan" => Class::Plan,
                "change" => Class::Change,
                "filler" => Class::Filler,
                _ => return None,
            })
        };
        let rows = table::rows(tables.get("table-heads.tsv"));
        let mut words: Vec<_> = rows.filter_map(|r| Some((r[0].to_owned(), class(*r.get(1)?)?))).collect();
        sort_by_key(&mut words, |(word, _)| std::cmp::Reverse(word.len()));
        Self(words)
    }

    fn is(&self, text: &str, class: Class) -> bool {
        self.0.iter().any(|(word, of)| word == text && *of == class)
    }

    /// The classes of the words that a folded text is built of; none where one is unknown.
    fn parts(&self, mut text: &str) -> Option<Vec<Class>> {
        let parts = [Class::Value, Class::Plan, Class::Change, Class::Filler];
        let mut found = Vec::new();
        while !text.is_empty() {
            let known = self.0.iter().filter(|(_, class)| parts.contains(class));
            let (word, class) = known.into_iter().find(|(word, _)| text.starts_with(word.as_str()))?;
            found.push(*class);
            text = &text[word.len()..];
        }
        Some(found)
    }
}

/// A cell that says how much of what, when.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub quantity: Quantity,
    pub row: Span,
    /// The place that the row is of, where the column says what is measured.
    pub subject: Option<Span>,
    pub indicator: Span,
    pub period: Period,
    pub status: Status,
    pub confidence: f64,
}

/// What the head above a column says.
#[derive(Debug, Clone, PartialEq)]
enum Column {
    Name,
    Time,
    Unit,
    Numbers(Numbers),
    Other,
}

/// A column of numbers, with what its head says of them.
#[derive(Debug, Clone, PartialEq)]
struct Numbers {
    /// What they measure, where rows are years or places.
    name: Option<Span>,
    year: Option<u32>,
    unit: Option<String>,
    status: Status,
    /// By how much of the year before it grew, in percent.
    change: bool,
}

impl Column {
    fn is_lead(&self) -> bool {
        matches!(self, Self::Name | Self::Time)
    }

    fn numbers(&self) -> Option<&Numbers> {
        match self {
            Self::Numbers(numbers) => Some(numbers),
            _ => None,
        }
    }
}

/// A head and the rows below it.
struct Group {
    columns: Vec<Column>,
    /// Of the caption.
    year: Option<u32>,
    unit: Option<String>,
    rows: usize,
    cells: Vec<Cell>,
}

/// The cells of all tables in reading order; `own` is the report's period.
pub(super) fn cells(
    text: &str,
    lines: &[Span],
    own: &Period,
    words: &Words,
    quantity: &quantity::Words,
) -> Vec<Cell> {
    let reader = Reader { text, own, words, quantity };
    let mut found = Vec::new();
    let mut group: Option<Group> = None;
    // Whether a head may stand here: behind the caption, or below a table's last row.
    let mut open = true;
    let mut at = 0;
    while at < lines.len() {
        let (i, line) = (at, lines[at]);
        at += 1;
        let cells = reader.split(line);
        if cells.len() < 2 {
            close(group.take(), &mut found);
            open = true;
            continue;
        }
        let numbers = cells.iter().filter(|c| number(&text[c.range()]).is_some()).count();
        if let Some(now) = &mut group
            && numbers > 0
        {
            match cells.len().cmp(&now.columns.len()) {
                std::cmp::Ordering::Equal => reader.row(now, line, &cells),
                // More columns than heads: which is whose cannot be told.
                std::cmp::Ordering::Greater => group = None,
                std::cmp::Ordering::Less => {}
            }
            continue;
        }
        let captions = &lines[i.saturating_sub(2)..i];
        if open || group.is_some() {
            let next = lines.get(i + 1).map(|next| reader.split(*next)).unwrap_or_default();
            let double = reader.is_second(&cells, &next);
            let head = if double {
                at += 1;
                reader.head(&cells, &next, cells.len(), captions)
            } else {
                reader.head(&cells, &[], next.len(), captions)
            };
            open = head.is_none() && reader.caption_unit(line).is_some();
            // A second row of heads: which goes with which cannot be told.
            if group.take_if(|g| g.rows == 0 && (head.is_some() || g.columns.len() != cells.len())).is_some()
            {
                continue;
            }
            // A row of words in mid-table is a row like others, unless it is of another build.
            let other = double || group.as_ref().is_some_and(|g| g.columns.len() != cells.len());
            if head.is_some() || other {
                close(std::mem::replace(&mut group, head), &mut found);
            }
        }
    }
    close(group, &mut found);
    found
}

/// A single row is no table.
fn close(group: Option<Group>, found: &mut Vec<Cell>) {
    found.extend(group.filter(|g| g.rows > 1).into_iter().flat_map(|g| g.cells));
}

struct Reader<'a> {
    text: &'a str,
    own: &'a Period,
    words: &'a Words,
    quantity: &'a quantity::Words,
}

impl Reader<'_> {
    /// The cells of a line, empty ones too.
    fn split(&self, line: Span) -> Vec<Span> {
        let mut at = line.start;
        let cells = self.text[line.range()].split('\t').map(|cell| {
            let start = at + cell.len() - cell.trim_start().len();
            at += cell.len() + 1;
            Span::new(start, start + cell.trim().len())
        });
        cells.collect()
    }

    /// Whether a row is the second row of the head that begins with the row above it: cells of that reach down into it
    /// or stand over several of it.
    fn is_second(&self, top: &[Span], row: &[Span]) -> bool {
        let empty = |cell: &Span| cell.start == cell.end;
        let year = |cell: &Span| !years(&self.text[cell.range()]).is_empty();
        let merged = top.iter().zip(row).enumerate().any(|(i, (top, below))| {
            if i == 0 { !empty(top) && empty(below) } else { empty(top) && !empty(below) }
        });
        top.len() == row.len()
            && top.len() > 2
            && merged
            && row.iter().filter(|cell| !empty(cell)).count() > 1
            && row.iter().all(|cell| number(&self.text[cell.range()]).is_none() || year(cell))
    }

    /// The unit that is all that a head says, in brackets or without.
    fn bare_unit(&self, cell: Span) -> Option<String> {
        let words = fold(&self.text[cell.range()]);
        let inner = words.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(&words);
        self.is_unit(inner).then(|| inner.to_owned())
    }

    /// `地区生产总值（亿元）`: the name's place and the unit.
    fn with_unit(&self, cell: Span) -> (Span, Option<String>) {
        let words = &self.text[cell.range()];
        let named = |at: usize, unit: &str| {
            let name = words[..at].trim_end();
            let known = !name.is_empty() && self.is_unit(unit);
            known.then(|| (Span::new(cell.start, cell.start + name.len()), Some(unit.to_owned())))
        };
        let bracket = words.strip_suffix([')', '）']).and_then(|inner| {
            let at = inner.rfind(['(', '（'])?;
            named(at, &fold(inner[at..].trim_start_matches(['(', '（'])))
        });
        let percent = || words.strip_suffix(['%', '％']).and_then(|name| named(name.len(), "%"));
        bracket.or_else(percent).unwrap_or((cell, None))
    }

    fn is_unit(&self, unit: &str) -> bool {
        !unit.starts_with(|c: char| c.is_ascii_digit()) && self.measure("5", unit).is_some()
    }

    /// Digits and a unit, read as in a sentence.
    fn measure(&self, digits: &str, unit: &str) -> Option<Quantity> {
        let whole = format!("{digits}{unit}");
        let mut found = quantities(&whole, Span::new(0, whole.len()), self.quantity).into_iter();
        let only = found.next().filter(|q| q.span == Span::new(0, whole.len()) && q.max.is_none())?;
        (found.next().is_none() && !only.unit.is_empty() && only.hedge == Hedge::Exact).then_some(only)
    }

    /// The unit that a caption states: `单位：万元`, `单位:亿元、%`; empty where it states several.
    fn caption_unit(&self, line: Span) -> Option<String> {
        let words = fold(&self.text[line.range()]);
        let (_, behind) = words.rsplit_once("单位:").filter(|_| words.chars().count() <= 60)?;
        let units = behind.trim_end_matches(')').split(['、', ',', '/']).filter(|unit| *unit != "%");
        let units: Vec<&str> = units.collect();
        match units[..] {
            [unit] if self.is_unit(unit) => Some(unit.to_owned()),
            _ => Some(String::new()),
        }
    }

    /// Reads a row of words as a head, with the second row of it or none; `next` is how many cells stand below.
    fn head(&self, cells: &[Span], second: &[Span], next: usize, captions: &[Span]) -> Option<Group> {
        let empty = |cell: &Span| cell.start == cell.end;
        let mut columns: Vec<Column> = Vec::with_capacity(cells.len() + 1);
        // What stands over the columns from here on.
        let mut over = None;
        for (i, &cell) in cells.iter().enumerate() {
            let below = second.get(i).copied().filter(|below| !empty(below));
            over = match below {
                Some(_) if !empty(&cell) => Some(cell),
                Some(_) => over,
                None => None,
            };
            columns.push(match (over, below) {
                (Some(top), Some(below)) => self.double(top, below),
                (None, Some(below)) => self.column(below),
                (_, None) if empty(&cell) => Column::Other,
                (_, None) => self.column(cell),
            });
        }
        let corner =
            |columns: &[Column]| columns.iter().all(|c| matches!(c, Column::Numbers(_) | Column::Unit));
        // The corner above the names is empty, or was not even written.
        if empty(&cells[0]) && second.first().is_none_or(empty) {
            columns[0] = Column::Name;
        } else if next == cells.len() + 1 && corner(&columns) {
            columns.insert(0, Column::Name);
        }
        let names = columns.iter().filter(|c| c.is_lead()).count();
        let lead = columns.iter().position(Column::is_lead)?;
        let counted = lead == 1 && self.words.is(&fold(&self.text[cells[0].range()]), Class::Number);
        if names != 1 || lead > 0 && !counted {
            return None;
        }
        // Beside levels of what rows name, a column with a name of its own says something else.
        let level = |c: &Column| c.numbers().is_some_and(|n| n.name.is_none() && !n.change);
        if columns[lead] == Column::Name && columns.iter().any(level) {
            for column in &mut columns {
                if column.numbers().is_some_and(|n| n.name.is_some()) {
                    *column = Column::Other;
                }
            }
        }
        let mut numbers: Vec<&Numbers> = columns.iter().filter_map(Column::numbers).collect();
        let said = numbers.iter().any(|n| !n.change);
        let dated = numbers.iter().all(|n| n.year.is_some() || columns[lead] == Column::Time);
        // The same column twice says that something differs; growth belongs to the level before it.
        let words =
            |n: &Numbers| (n.name.map(|name| fold(&self.text[name.range()])), n.year, n.status, n.change);
        while let Some(one) = numbers.pop() {
            let again = |other: &&Numbers| words(other) == words(one) && (!one.change || one.name.is_some());
            if numbers.iter().any(again) {
                return None;
            }
        }
        let short = captions.iter().filter(|c| self.text[c.range()].chars().count() <= 60);
        let mut years: Vec<u32> = short.clone().flat_map(|c| years(&self.text[c.range()])).collect();
        years.dedup();
        // Of a table over several years the heads must say which is whose.
        if years.len() > 1 && !dated {
            return None;
        }
        said.then(|| Group {
            year: years.first().copied(),
            unit: short.rev().find_map(|&c| self.caption_unit(c)).filter(|unit| !unit.is_empty()),
            columns,
            rows: 0,
            cells: Vec::new(),
        })
    }

    fn column(&self, cell: Span) -> Column {
        let whole = fold(&self.text[cell.range()]);
        for (class, column) in
            [(Class::Name, Column::Name), (Class::Time, Column::Time), (Class::Unit, Column::Unit)]
        {
            if self.words.is(&whole, class) {
                return column;
            }
        }
        let (name, unit) = self.with_unit(cell);
        match self.numbers(&fold(&self.text[name.range()]), unit.clone()) {
            Column::Other if unit.is_some() && self.is_name(name) => Column::Numbers(Numbers {
                name: Some(name),
                year: None,
                unit,
                status: Status::Done,
                change: false,
            }),
            column => column,
        }
    }

    /// A column by the words over it that do not name what is measured.
    fn numbers(&self, words: &str, unit: Option<String>) -> Column {
        let (year, rest) = match year_in(words) {
            Some((year, rest)) => (Some(year), rest),
            None => (None, words.to_owned()),
        };
        let Some(parts) = self.words.parts(&rest) else { return Column::Other };
        let has = |class| parts.contains(&class);
        let status = if has(Class::Plan) { Status::Plan } else { Status::Done };
        let change = has(Class::Change);
        let known = match (has(Class::Value), change) {
            // 完成计划(%)
            (true, _) if status == Status::Plan => false,
            (_, true) => unit.as_deref() == Some("%"),
            (value, _) => value || year.is_some() || status == Status::Plan,
        };
        if known {
            Column::Numbers(Numbers { name: None, year, unit, status, change })
        } else {
            Column::Other
        }
    }

    /// A column below a head that stands over several.
    fn double(&self, top: Span, below: Span) -> Column {
        let (over, over_unit) = self.with_unit(top);
        let (under, under_unit) = match self.bare_unit(below) {
            Some(unit) => (Span::new(below.start, below.start), Some(unit)),
            None => self.with_unit(below),
        };
        if over_unit.is_some() && under_unit.is_some() && over_unit != under_unit {
            return Column::Other;
        }
        let unit = under_unit.or(over_unit);
        let words = [over, under].map(|part| fold(&self.text[part.range()]));
        let plain = self.numbers(&words.concat(), unit.clone());
        if plain != Column::Other {
            return plain;
        }
        // 地区生产总值 over 总量(亿元) and 增速(%), or 2023年 over 产值(亿元).
        for (name, rest) in [(over, &words[1]), (under, &words[0])] {
            let column = if rest.is_empty() {
                let (year, status) = (None, Status::Done);
                Column::Numbers(Numbers { name: None, year, unit: unit.clone(), status, change: false })
            } else {
                self.numbers(rest, unit.clone())
            };
            if let Column::Numbers(numbers) = column
                && self.is_name(name)
                && self.numbers(&fold(&self.text[name.range()]), Some("%".into())) == Column::Other
                && numbers.unit.is_some()
            {
                return Column::Numbers(Numbers { name: Some(name), ..numbers });
            }
        }
        Column::Other
    }

    /// Whether a span names something that can be measured.
    fn is_name(&self, name: Span) -> bool {
        let words = &self.text[name.range()];
        let han = words.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
        (2..=30).contains(&han)
            && !words.contains(['。', '；', '，', '：', '降', '\u{fffd}'])
            && ![Class::Total, Class::Name].iter().any(|&class| self.words.is(&fold(words), class))
            && year_in(&fold(words)).is_none()
    }

    /// A row's name without numbering and `其中:`.
    fn name(&self, cell: Span) -> Option<(Span, Option<String>)> {
        let words = &self.text[cell.range()];
        let bare = words.trim_start_matches(['#', '＃', '*']).trim_start();
        let bare = ["其中：", "其中:"].iter().find_map(|w| bare.strip_prefix(w)).unwrap_or(bare);
        let numbered =
            bare.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十（）()".contains(c));
        let bare = match numbered.strip_prefix(['、', '.', '．']) {
            Some(rest) => rest,
            None if bare.starts_with(['（', '(']) => numbered,
            None => bare,
        };
        let bare = bare.trim_start();
        let (name, unit) = self.with_unit(Span::new(cell.end - bare.len(), cell.end));
        self.is_name(name).then_some((name, unit))
    }

    fn row(&self, group: &mut Group, line: Span, cells: &[Span]) {
        let Some(lead) = group.columns.iter().position(Column::is_lead) else { return };
        group.rows += 1;
        let time = match group.columns[lead] {
            Column::Time => match year_in(&fold(&self.text[cells[lead].range()])) {
                Some((year, rest)) if rest.is_empty() => Some(year),
                _ => return,
            },
            _ => None,
        };
        let place = self.is_place(cells[lead]).then_some(cells[lead]);
        let named = if time.is_some() { None } else { self.name(cells[lead]) };
        if time.is_none() && named.is_none() && place.is_none() {
            return;
        }
        let (name, mut unit) = named.map_or((None, None), |(name, unit)| (Some(name), unit));
        if let Some(at) = group.columns.iter().position(|c| *c == Column::Unit) {
            let said = fold(&self.text[cells[at].range()]);
            // A unit that is none, or two that differ: nothing is certain.
            if !self.is_unit(&said) || unit.is_some_and(|unit| unit != said) {
                return;
            }
            unit = Some(said);
        }
        // What growth is told of, and of which year.
        let (mut before, mut year) = (if place.is_none() { name } else { None }, None);
        for (column, &cell) in group.columns.iter().zip(cells) {
            let Some(head) = column.numbers() else { continue };
            let (indicator, when, unit) = if head.name.is_some() {
                // Columns name it: rows are years or places.
                if time.is_none() && place.is_none() {
                    continue;
                }
                before = head.name;
                (head.name, head.year.or(time), head.unit.clone())
            } else if head.change {
                // A rate's growth may be told in points.
                if unit.as_deref() == Some("%") {
                    continue;
                }
                (before, head.year.or(time).or(year), head.unit.clone())
            } else if time.is_none() && place.is_none() {
                year = head.year;
                if unit.is_some() && head.unit.is_some() && unit != head.unit {
                    continue;
                }
                (name, head.year, unit.clone().or(head.unit.clone()).or(group.unit.clone()))
            } else {
                continue;
            };
            let when = when.or(group.year);
            let Some(indicator) = indicator else { continue };
            let Some(mut quantity) = self.quantity(cell, unit.as_deref()) else { continue };
            let percent = quantity.unit == "%";
            let grows = ["增长", "增速", "增幅"].iter().any(|w| self.text[indicator.range()].contains(w));
            if head.change && (!percent || grows) {
                continue;
            }
            if head.change || percent && grows {
                quantity.kind = MetricKind::Change;
            }
            group.cells.push(Cell {
                quantity,
                row: line,
                subject: place,
                indicator,
                period: when.map_or_else(
                    || self.own.clone(),
                    |year| Period { start: year.to_string(), end: year.to_string() },
                ),
                status: head.status,
                confidence: if when.is_some() { 0.8 } else { 0.6 },
            });
        }
    }

    /// Whether a row is of a place: `云泽县`, `全市`.
    fn is_place(&self, cell: Span) -> bool {
        let words = &self.text[cell.range()];
        let count = words.chars().count();
        (2..=10).contains(&count)
            && words.chars().all(crate::text::is_han)
            && words.ends_with(['省', '市', '县', '区', '州', '盟', '旗', '镇', '乡'])
    }

    /// A cell that is a number, with its own unit or the one said for it.
    fn quantity(&self, cell: Span, unit: Option<&str>) -> Option<Quantity> {
        let (negative, digits, own) = number(&self.text[cell.range()])?;
        if !own.is_empty() && unit.is_some_and(|unit| unit != own) {
            return None;
        }
        let unit = if own.is_empty() { unit? } else { &own };
        let mut quantity = self.measure(&digits, unit)?;
        if negative {
            quantity.value = -quantity.value;
        }
        quantity.span = cell;
        Some(quantity)
    }
}

/// Half width, no white space.
fn fold(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '−' | '–' | '﹣' => '-',
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(half).collect()
}

/// Every year that stands in a text.
fn years(text: &str) -> Vec<u32> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    digits.filter_map(|digits| digits.parse().ok()).filter(|year| (1900..2100).contains(year)).collect()
}

/// The one year of a folded text (`2023年`, or `2023` alone), and the text without it.
fn year_in(text: &str) -> Option<(u32, String)> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let digits: String = text[at..].chars().take_while(char::is_ascii_digit).collect();
    let (before, behind) = (&text[..at], &text[at + digits.len()..]);
    let rest = behind.strip_prefix('年').or((text == digits).then_some(""))?;
    let year = digits.parse().ok().filter(|year| digits.len() == 4 && (1900..2100).contains(year))?;
    (!rest.contains(|c: char| c.is_ascii_digit())).then(|| (year, format!("{before}{rest}")))
}

/// A cell that is a number in digits: whether it is negative, the digits, the unit behind them. No phone number, date,
/// numbering or year is one.
fn number(cell: &str) -> Option<(bool, String, String)> {
    let folded = fold(cell);
    let bare = folded.strip_prefix(['-', '+']).unwrap_or(&folded);
    let end = bare.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(bare.len());
    let (digits, unit) = bare.split_at(end);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let plain = !whole.contains(',');
    let formed = all(first)
        && (plain || first.len() <= 3)
        && groups.all(|group| group.len() == 3 && all(group))
        && all(part)
        && (first == "0" || !first.starts_with('0'));
    // `5-6`, `3月`: a range, a date.
    let other = unit.contains(|c: char| c.is_ascii_digit()) || unit.starts_with(['年', '月', '日', '-', '/']);
    (formed && !other).then(|| (folded.starts_with('-'), digits.to_owned(), unit.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    /// `indicator|number as written|value and unit|year|kind` of each cell; the report is of 2023.
    fn read(text: &str) -> Vec<String> {
        let words = &Lexicon::builtin().metrics;
        let own = Period { start: "2023".into(), end: "2023".into() };
        let mut lines = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            lines.push(Span::new(at, at + line.len()));
            at += line.len() + 1;
        }
        let found = cells(text, &lines, &own, &words.table, &words.quantity);
        let said = |c: &Cell| {
            let (name, number) = (&text[c.indicator.range()], &text[c.quantity.span.range()]);
            let (value, unit, year) = (c.quantity.value, &c.quantity.unit, &c.period.start);
            format!("{name}|{number}|{value}{unit}|{year}|{:?}|{:?}", c.quantity.kind, c.status)
        };
        found.iter().map(said).collect()
    }

    #[test]
    fn heads_and_rows_name_indicator_time_and_unit() {
        assert_eq!(
            read(
                "指标\t单位\t2023年\t比上年±%\n地区生产总值\t亿元\t1,234.5\t5.2\n常住人口\t万人\t88.1\t-0.3"
            ),
            [
                "地区生产总值|1,234.5|123450000000元|2023|Amount|Done",
                "地区生产总值|5.2|5.2%|2023|Change|Done",
                "常住人口|88.1|881000人|2023|Count|Done",
                "常住人口|-0.3|-0.3%|2023|Change|Done",
            ]
        );
        // The corner is empty; units stand with the rows and in the caption.
        assert_eq!(
            read(
                "表1 某县收支（单位：万元）\n2022年\t2023年计划\n一、财政收入\t100\t120\n粮食产量（吨）\t50\t60"
            ),
            [
                "财政收入|100|1000000元|2022|Amount|Done",
                "财政收入|120|1200000元|2023|Amount|Plan",
                "粮食产量|50|50吨|2022|Measure|Done",
                "粮食产量|60|60吨|2023|Measure|Plan",
            ]
        );
        // Years down, indicators across; what a head does not name is left out.
        assert_eq!(
            read("年份\t地区生产总值（亿元）\t增长（%）\t位次\n2021年\t80\t6.1\t3\n2022年\t85\t5\t2"),
            [
                "地区生产总值|80|8000000000元|2021|Amount|Done",
                "地区生产总值|6.1|6.1%|2021|Change|Done",
                "地区生产总值|85|8500000000元|2022|Amount|Done",
                "地区生产总值|5|5%|2022|Change|Done",
            ]
        );
        // Units of their own, and the report's year.
        assert_eq!(
            read("项目\t数量\n立案提案\t326件\n办结提案\t320件"),
            ["立案提案|326件|326件|2023|Count|Done", "办结提案|320件|320件|2023|Count|Done"]
        );
    }

    #[test]
    fn heads_in_two_rows_say_which_column_is_whose() {
        let rows = [
            "财政收入|10|1000000000元|2022|Amount|Done",
            "财政收入|5.2|5.2%|2022|Change|Done",
            "财政收入|11|1100000000元|2023|Amount|Done",
            "财政收入|-3|-3%|2023|Change|Done",
            "财政支出|30|3000000000元|2023|Amount|Done",
            "财政支出|2|2%|2023|Change|Done",
        ];
        // The first cell reaches down; the corner is empty, or it names the rows in the second row.
        for (first, second) in [("指标", ""), ("", "指标"), ("", "")] {
            let body = "财政收入\t10\t5.2\t11\t-3\n财政支出\t\t\t30\t2";
            let head = format!(
                "{first}\t2022年\t\t2023年\t\n{second}\t总量（亿元）\t增速（%）\t总量（亿元）\t增速（%）"
            );
            assert_eq!(read(&format!("{head}\n{body}")), rows, "{head}");
        }
        // Units alone in the second row; indicators over years.
        assert_eq!(
            read(
                "年份\t地区生产总值\t\t常住人口\n\t总量（亿元）\t增速（%）\t（万人）\n2021年\t80\t6.1\t30\n2022年\t85\t5\t"
            ),
            [
                "地区生产总值|80|8000000000元|2021|Amount|Done",
                "地区生产总值|6.1|6.1%|2021|Change|Done",
                "常住人口|30|300000人|2021|Count|Done",
                "地区生产总值|85|8500000000元|2022|Amount|Done",
                "地区生产总值|5|5%|2022|Change|Done",
            ]
        );
        // Who stands over whom is not said.
        for head in [
            "指标\t2022年\t\t2023年\t\n\t城镇\t农村\t城镇\t农村",
            "指标\t2022年（亿元）\t\t2023年（亿元）\t\n\t总量（万元）\t增速\t总量（万元）\t增速",
        ] {
            assert_eq!(
                read(&format!("{head}\n财政收入\t1\t2\t3\t4\n财政支出\t1\t2\t3\t4")),
                [""; 0],
                "{head}"
            );
        }
    }

    #[test]
    fn rows_of_places_are_of_what_the_columns_name() {
        let text = "表2 2022年各区人口\n\t常住人口（万人）\t人口密度（女=100）\n云泽区\t12.5\t98\n全市\t80\t99\n其他\t3\t97";
        assert_eq!(
            read(text),
            ["常住人口|12.5|125000人|2022|Count|Done", "常住人口|80|800000人|2022|Count|Done"]
        );
        // Women of what?
        assert_eq!(read("地区\t户数（户）\t女性（人）\n云泽县\t1\t2\n禾川县\t3\t4").len(), 2);
        // Which of several levels is meant is not said of a place.
        assert_eq!(read("地区\t2022年（亿元）\t2023年（亿元）\n云泽县\t1\t2\n禾川县\t3\t4"), [""; 0]);
    }

    #[test]
    fn what_is_uncertain_is_left_out() {
        for text in [
            // A layout, names, contents with pages, phones, dates.
            "首页\t新闻 12\t服务 30\n关于我们\t15\t30",
            "姓名\t职务\t任职年份\n张某\t主任\t2019\n王某\t委员\t2020",
            "目录\t页码\n地区生产总值\t3\n常住人口\t12",
            "项目\t电话\n办公室\t88123456\n提案委\t0591-8812345",
            "项目\t时间\n全体会议\t2023年1月5日\n常委会议\t2023.3.2",
            // No unit, a unit that is none, two units.
            "指标\t2023年\n地区生产总值\t100\n财政收入\t20",
            "指标\t单位\t2023年\n价格指数\t上年=100\t101\n财政收入\t-\t20",
            "指标\t单位\t2023年（万元）\n粮食产量\t吨\t101\n棉花产量\t吨\t20",
            // Heads with words that change what is said.
            "指标\t占比（%）\t完成计划（%）\t降幅（%）\n工业\t30\t99\t5\n农业\t20\t98\t4",
            "指标\t1-9月（亿元）\n财政收入\t10\n财政支出\t20",
            // Heads in two rows, more cells than heads, one row.
            "指标\t2022年\t2023年\n总量（亿元）\t增速（%）\t总量（亿元）\t增速（%）\n财政收入\t1\t2\t3\t4\n财政支出\t1\t2\t3\t4",
            "指标\t2022年（亿元）\n财政收入\t1\t2\n财政支出\t1\t2",
            "指标\t2022年（亿元）\n财政收入\t1",
            // Totals name nothing; a rate's change may be points.
            "类别\t数量（件）\n合计\t30\n总计\t30",
            "指标\t单位\t增长（%）\n城镇化率\t%\t1.2\n覆盖率\t%\t0.5",
        ] {
            assert_eq!(read(text), [""; 0], "{text}");
        }
        // The caption says the year; of two it is not clear which.
        let dated = |caption: &str| read(&format!("{caption}\n单位：吨\n产品\t产量\n粮食\t5\n棉花\t6"));
        assert_eq!(dated("表1 2021年产量")[0], "粮食|5|5吨|2021|Measure|Done");
        assert_eq!(dated("表1 2019-2021年产量"), [""; 0]);
        // Another table's head right below is no row.
        let two = "项目\t2022（亿元）\n收入\t1\n支出\t2\n项目\t2023\n投资\t3\n产值\t4";
        assert!(read(two).iter().all(|row| !row.starts_with("项目")), "{:?}", read(two));
        // Of a row with a cell less it is not clear which one, of one with an empty cell it is.
        assert_eq!(read("指标\t2022年（亿元）\t2023年（亿元）\n收入\t1\t2\n支出\t2\n投资\t3\t4").len(), 4);
        assert_eq!(
            read("指标\t2022年（亿元）\t2023年（亿元）\n收入\t1\t2\n支出\t\t2")[2],
            "支出|2|200000000元|2023|Amount|Done"
        );
    }

    /// `subject indicator value unit year` of each metric of a page with this table.
    fn of_page(table: &str) -> Vec<String> {
        let page = format!(
            "<html><body><h1>某县2023年国民经济和社会发展统计公报</h1><p>2023年,全县各项工作取得新的成效,人民生活水平不断提高。</p>\
            <table>{table}</table><p>各项事业取得新的进步,人民群众的获得感、幸福感、安全感明显增强。</p></body></html>"
        );
        let report = crate::extract(page.as_bytes(), &crate::Options::default()).unwrap();
        let row = |m: &crate::report::Metric| {
            format!("{} {} {}{} {}", m.subject, m.indicator, m.value, m.unit, m.period.start)
        };
        report.metrics.iter().map(row).collect()
    }

    #[test]
    fn merged_and_empty_cells_of_pages_shift_nothing() {
        assert_eq!(
            of_page(
                "<tr><th rowspan=2>指标</th><th colspan=2>2022年</th><th colspan=2>2023年</th></tr>\
                <tr><td>总量（亿元）<td>增速（%）<td>总量（亿元）<td>增速（%）</tr>\
                <tr><td>财政收入<td>10<td>&nbsp;<td>11<td>5</tr><tr><td>财政支出<td><td><td>30<td></tr>\
                <tr><td>投资<td colspan=2>7<td>8<td>9</tr>"
            ),
            [
                " 财政收入 1000000000元 2022",
                " 财政收入 1100000000元 2023",
                " 财政收入 5% 2023",
                " 财政支出 3000000000元 2023",
            ]
        );
        // Figures in neighbouring cells are two; page numbers are none of them.
        assert_eq!(
            of_page(
                "<tr><td>年份<td>提案（件）<td>建议（件）</tr><tr><td>2021年<td>9<td>8</tr><tr><td>2022年<td>98<td>99</tr>"
            ),
            [" 提案 9件 2021", " 建议 8件 2021", " 提案 98件 2022", " 建议 99件 2022"]
        );
        assert_eq!(
            of_page(
                "<tr><td><td>常住人口（万人）<td>备注</tr><tr><td>云泽区<td>12<td></tr><tr><td>禾川区<td>13<td>含新区</tr>"
            ),
            ["云泽区 常住人口 120000人 2023", "禾川区 常住人口 130000人 2023"]
        );
    }

    #[test]
    fn tables_of_pages_are_read_once() {
        let page = "<html><body><h1>某县2023年国民经济和社会发展统计公报</h1><p>2023年,全县各项工作取得新的成效,人民生活水平不断提高。</p>\
            <p>单位：亿元</p><table><tr><th>指标</th><th>2023年</th><th>比上年增长（%）</th></tr>\
            <tr><td>地区生产总值</td><td>100.5</td><td>5.2</td></tr><tr><td>立案提案（件）</td><td>326件</td><td>-1.5</td></tr></table>\
            <p>全年接待游客30万人次。</p></body></html>";
        let report = crate::extract(page.as_bytes(), &crate::Options::default()).unwrap();
        let rows: Vec<_> =
            report.metrics.iter().map(|m| format!("{} {}{}", m.indicator, m.value, m.unit)).collect();
        assert_eq!(
            rows,
            [
                "地区生产总值 10050000000元",
                "地区生产总值 5.2%",
                "立案提案 326件",
                "立案提案 -1.5%",
                "游客 300000人次"
            ]
        );
    }
}
