//! Tables whose heads and row names say what a number is. A table is rows of cells with tabs between them; where a
//! head cannot be told, or a row has not as many cells as it, nothing is read.

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
    /// Numbers of it with this unit: in rows that are years, what the head names.
    Named(Span, String),
    /// The time or none, the unit or none.
    Value(Option<u32>, Option<String>, Status),
    Change(Option<u32>, Status),
    Other,
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
    for (i, &line) in lines.iter().enumerate() {
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
            let next = lines.get(i + 1).map(|next| reader.split(*next).len()).unwrap_or(0);
            let head = reader.head(&cells, next, captions);
            open = head.is_none() && reader.caption_unit(line).is_some();
            // A second row of heads: which goes with which cannot be told.
            if group.take_if(|g| g.rows == 0 && (head.is_some() || g.columns.len() != cells.len())).is_some()
            {
                continue;
            }
            // A row of words in mid-table is a row like others, unless it is of another build.
            if head.is_some() || group.as_ref().is_some_and(|g| g.columns.len() != cells.len()) {
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
    /// The cells of a line.
    fn split(&self, line: Span) -> Vec<Span> {
        let mut at = line.start;
        let cells = self.text[line.range()].split('\t').map(|cell| {
            let start = at + cell.len() - cell.trim_start().len();
            at += cell.len() + 1;
            Span::new(start, start + cell.trim().len())
        });
        cells.filter(|cell| cell.end > cell.start).collect()
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

    /// Reads a row of words as a head; `next` is how many cells stand below it.
    fn head(&self, cells: &[Span], next: usize, captions: &[Span]) -> Option<Group> {
        let folded: Vec<String> = cells.iter().map(|c| fold(&self.text[c.range()])).collect();
        let mut columns: Vec<Column> = cells.iter().map(|&cell| self.column(cell)).collect();
        let read = |c: &Column| matches!(c, Column::Value(..) | Column::Change(..) | Column::Unit);
        // The corner above the names is empty.
        if next == cells.len() + 1 && columns.iter().all(read) {
            columns.insert(0, Column::Name);
        }
        let names = columns.iter().filter(|c| matches!(c, Column::Name | Column::Time)).count();
        let lead = columns.iter().position(|c| matches!(c, Column::Name | Column::Time))?;
        let counted = lead == 1 && self.words.is(&folded[0], Class::Number);
        if names != 1 || lead > 0 && !counted {
            return None;
        }
        if columns[lead] == Column::Time {
            for (column, &cell) in columns.iter_mut().zip(cells) {
                let (name, unit) = self.with_unit(cell);
                if let (Column::Other, Some(unit), true) = (&*column, unit, self.is_name(name)) {
                    *column = Column::Named(name, unit);
                }
            }
        }
        let twice = |(i, c): (usize, &Column)| matches!(c, Column::Value(..)) && columns[..i].contains(c);
        if columns.iter().enumerate().any(twice) {
            return None;
        }
        let said = columns.iter().any(|c| matches!(c, Column::Value(..) | Column::Named(..)));
        let short = captions.iter().filter(|c| self.text[c.range()].chars().count() <= 60);
        let mut years: Vec<u32> = short.clone().flat_map(|c| years(&self.text[c.range()])).collect();
        years.dedup();
        // Of a table over several years the heads must say which is whose.
        let dated = |c: &Column| !matches!(c, Column::Value(None, ..) | Column::Change(None, _));
        if years.len() > 1 && !columns.iter().all(dated) {
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
        let name = fold(&self.text[name.range()]);
        let (year, rest) = match year_in(&name) {
            Some((year, rest)) => (Some(year), rest),
            None => (None, name),
        };
        let Some(parts) = self.words.parts(&rest) else { return Column::Other };
        let has = |class| parts.contains(&class);
        let status = if has(Class::Plan) { Status::Plan } else { Status::Done };
        match (has(Class::Value), has(Class::Change)) {
            // 完成计划(%)
            (true, _) if status == Status::Plan => Column::Other,
            (_, true) if unit.as_deref() == Some("%") => Column::Change(year, status),
            (_, true) => Column::Other,
            (value, _) if value || year.is_some() || status == Status::Plan => {
                Column::Value(year, unit, status)
            }
            _ => Column::Other,
        }
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
        let Some(lead) = group.columns.iter().position(|c| matches!(c, Column::Name | Column::Time)) else {
            return;
        };
        group.rows += 1;
        let time = match group.columns[lead] {
            Column::Time => match year_in(&fold(&self.text[cells[lead].range()])) {
                Some((year, rest)) if rest.is_empty() => Some(year),
                _ => return,
            },
            _ => None,
        };
        let named = if time.is_some() { None } else { self.name(cells[lead]) };
        if time.is_none() && named.is_none() {
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
        // The name and the year that growth is told of.
        let (mut before, mut year) = (name, None);
        for (column, &cell) in group.columns.iter().zip(cells) {
            let (name, when, unit, status, change) = match column {
                Column::Named(name, unit) => {
                    before = Some(*name);
                    (Some(*name), time, Some(unit.clone()), Status::Done, false)
                }
                Column::Value(when, head, status) if time.is_none() => {
                    year = *when;
                    if unit.is_some() && head.is_some() && unit != *head {
                        continue;
                    }
                    let unit = unit.clone().or(head.clone()).or(group.unit.clone());
                    (name, when.or(group.year), unit, *status, false)
                }
                // A rate's growth may be told in points.
                Column::Change(when, status) if unit.as_deref() != Some("%") => {
                    let when = when.or(time).or(year).or(group.year);
                    (before, when, Some("%".to_owned()), *status, true)
                }
                _ => continue,
            };
            let Some(indicator) = name else { continue };
            let Some(mut quantity) = self.quantity(cell, unit.as_deref()) else { continue };
            let percent = quantity.unit == "%";
            let grows = ["增长", "增速", "增幅"].iter().any(|w| self.text[indicator.range()].contains(w));
            if change && (!percent || grows) {
                continue;
            }
            if change || percent && grows {
                quantity.kind = MetricKind::Change;
            }
            group.cells.push(Cell {
                quantity,
                row: line,
                indicator,
                period: when.map_or_else(
                    || self.own.clone(),
                    |year| Period { start: year.to_string(), end: year.to_string() },
                ),
                status,
                confidence: if when.is_some() { 0.8 } else { 0.6 },
            });
        }
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
        // A row with an empty cell is left out, the others are not.
        assert_eq!(read("指标\t2022年（亿元）\t2023年（亿元）\n收入\t1\t2\n支出\t2\n投资\t3\t4").len(), 4);
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
