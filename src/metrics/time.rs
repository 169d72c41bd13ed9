//! Which time a quantity speaks of, and whether it is done or planned.
//!
//! First the text is cut into passages: headings and openings such as `今年是…` tell whether a passage
//! looks back or ahead, and on which years. Inside a passage the last time said before a quantity in its
//! sentence goes before the passage's own; in `由A提高到B` the two ends of the time are spread on A and B.

use super::quantity::Quantity;
use super::quantity::numerals::{Chars, digit};
use crate::report::{Meta, Period, Section, Span, Status};
use crate::table;
use crate::table::Tables;
use crate::text::{sentences, sort_by_key};

#[derive(Debug)]
pub(super) struct Words {
    review: Vec<String>,
    plan: Vec<String>,
    plan_opening: Vec<String>,
    review_opening: Vec<String>,
    five_years: Vec<String>,
    /// What in an account of things done speaks of things to come.
    coming: Vec<String>,
    /// What in a plan speaks of things there already.
    existing: Vec<String>,
    /// Verbs that with 到 or 至 lead from one level to another.
    arriving: Vec<String>,
    /// At the head of a sentence they say what is to be done.
    intending: Vec<String>,
    /// In the title of a text that is a plan as a whole, and what makes it an account of one.
    plan_title: Vec<String>,
    account_title: Vec<String>,
}

impl Words {
    pub(super) fn parse(tables: &Tables) -> Self {
        let text = tables.get("time-words.tsv");
        let of = |class| table::of_class(text, class).map(str::to_owned).collect();
        Self {
            review: of("review"),
            plan: of("plan"),
            plan_opening: of("plan-opening"),
            review_opening: of("review-opening"),
            five_years: of("five-years"),
            coming: of("coming"),
            existing: of("existing"),
            arriving: of("arriving"),
            intending: of("intending"),
            plan_title: of("plan-title"),
            account_title: of("account-title"),
        }
    }
}

impl Words {
    /// The sentence begins by saying what is to be done.
    fn intends(&self, sentence: &str) -> bool {
        let end = sentence.char_indices().nth(12).map_or(sentence.len(), |(i, _)| i);
        self.intending.iter().any(|w| sentence[..end].contains(w.as_str()))
            || sentence.starts_with(['要', '将'])
    }

    /// The title of a text that as a whole is a plan: `2026年民生实事`, `2023年工作要点`.
    fn is_plan(&self, title: &str) -> bool {
        let has = |list: &[String]| list.iter().any(|w| title.contains(w.as_str()));
        has(&self.plan_title) && !has(&self.account_title)
    }
}

/// A year, or a month of it where `month` is not 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Point {
    year: i32,
    month: u32,
}

impl Point {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        Some(Self { year, month: parts.next().and_then(|m| m.parse().ok()).unwrap_or(0) })
    }
}

impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self.month {
            0 => write!(f, "{}", self.year),
            month => write!(f, "{}-{month:02}", self.year),
        }
    }
}

/// From a point to a point, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time {
    start: Point,
    end: Point,
}

impl Time {
    fn years(start: i32, end: i32) -> Self {
        Self { start: Point { year: start, month: 0 }, end: Point { year: end, month: 0 } }
    }

    fn months(year: i32, start: u32, end: u32) -> Self {
        Self { start: Point { year, month: start }, end: Point { year, month: end } }
    }

    fn one(point: Point) -> Self {
        Self { start: point, end: point }
    }

    fn period(self) -> Period {
        Period { start: self.start.to_string(), end: self.end.to_string() }
    }
}

/// A time as it is said in a sentence; `start` and `end` are bytes of the text.
#[derive(Debug, Clone, Copy)]
struct Said {
    start: usize,
    end: usize,
    time: Time,
    reach: Reach,
}

/// How far behind it a time holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Sentence,
    /// `连续三年`.
    Clause,
    /// `从2007年的A增加到B`: for A alone.
    Origin,
    /// `比2007年的A增长B`: for the next number.
    Next,
}

/// A passage from `at` on.
#[derive(Debug, Clone, Copy)]
struct Passage {
    at: usize,
    time: Option<Time>,
    status: Status,
}

/// What the report itself says of its time.
#[derive(Debug, Clone, Copy)]
struct Frame {
    /// The report's own period.
    own: Option<Time>,
    /// What `今年` means.
    this_year: Option<i32>,
    /// The whole text is a plan for its period.
    plan: bool,
}

impl Frame {
    fn new(text: &str, meta: &Meta, words: &Words) -> Self {
        let start = Point::parse(&meta.period.start);
        let end = Point::parse(&meta.period.end).or(start);
        let own = start.zip(end).map(|(start, end)| Time { start, end });
        let plan = words.is_plan(&meta.title);
        let delivered = Point::parse(&meta.date).map(|d| d.year);
        let this_year = delivered.or_else(|| {
            let end = own?.end.year;
            // Without a date: a report on the year before speaks of `去年` or of the next year.
            let next = format!("{}年", end + 1);
            let later = text.contains("去年") || text.contains("过去一年") || text.contains(&next);
            Some(if later || !text.contains("今年以来") { end + 1 } else { end })
        });
        Self { own, this_year, plan }
    }

    /// The last year that is looked back on.
    fn last(&self) -> Option<i32> {
        self.own.map(|t| if self.plan { t.start.year - 1 } else { t.end.year })
    }

    /// The five years that end with the report's own.
    fn five(&self) -> Option<Time> {
        let own = self.own?;
        let long = own.end.year - own.start.year >= 2;
        Some(if long { own } else { Time::years(own.end.year - 4, own.end.year) })
    }

    /// The year that a plan is for where it does not say.
    fn coming(&self) -> Option<Time> {
        let last = self.last()?;
        let year = self.this_year.unwrap_or(last + 1).max(last + 1);
        Some(Time::years(year, year))
    }
}

/// Walks through a report with its quantities and knows at each what time is spoken of.
pub(super) struct Clock<'a> {
    text: &'a str,
    words: &'a Words,
    frame: Frame,
    passages: Vec<Passage>,
    /// The sentence asked for last, and the times said in it.
    sentence: Span,
    said: Vec<Said>,
    /// The time that still holds from before a semicolon.
    carried: Option<Said>,
    /// What was answered last, for `5%和6%`.
    last: Option<(Span, Period, Status)>,
}

impl<'a> Clock<'a> {
    pub(super) fn new(text: &'a str, outline: &'a [Section], meta: &'a Meta, words: &'a Words) -> Self {
        let frame = Frame::new(text, meta, words);
        let status = if frame.plan { Status::Plan } else { Status::Done };
        let mut passages = vec![Passage { at: 0, time: frame.own, status }];
        let mut series = Series::default();
        let mut headings = outline.iter().peekable();
        let mut at = 0;
        for line in text.split('\n') {
            let span = Span::new(at, at + line.len());
            at = span.end + 1;
            let short = span.start > 0 && line.chars().count() <= LONGEST_HEADING;
            let headed = headings.peek().is_some_and(|s| s.heading.start < span.end);
            // The heads of a table hold for its columns only.
            if !headed && line.contains('\t') {
                continue;
            }
            if !headed && short && !line.ends_with(['。', '：', ':', '；', '！', '？']) {
                passages.extend(heading_passage(text, span, frame, words));
                continue;
            }
            let mut outer = passages.len() - 1;
            let mut heading_end = span.start;
            let mut first = true;
            for sentence in sentences(text, span) {
                while let Some(section) = headings.next_if(|s| s.heading.start < sentence.end) {
                    let heading = section.heading;
                    heading_end = heading.end;
                    let now = passages[passages.len() - 1];
                    let back = series.sibling(section).filter(|p| p.status != now.status);
                    let said = heading_passage(text, heading, frame, words);
                    passages.extend(said.or(back.map(|p| Passage { at: heading.start, ..p })));
                    outer = passages.len() - 1;
                    series.enter(section, passages[outer]);
                }
                let in_heading = sentence.start < heading_end;
                let now = passages[passages.len() - 1];
                // A look back amid the plan ends where a sentence says what is to be done.
                let looks_back = now.status == Status::Done && passages[outer].status == Status::Plan;
                if looks_back && words.intends(&text[sentence.range()]) {
                    passages.push(Passage { at: sentence.start, ..passages[outer] });
                } else if !in_heading || first {
                    passages.extend(opening(text, sentence, first, now, frame, words));
                }
                // Neither a heading nor a salutation is the beginning.
                first = in_heading || first && sentence.end - sentence.start < 24;
            }
            // 近三年来 opens its paragraph alone; five years may be those of the whole passage.
            let inner = passages.len() - 1;
            let long = passages[inner].time.is_some_and(|t| t.end.year - t.start.year == 4);
            let own = [frame.own, frame.five()].contains(&passages[inner].time);
            if inner > outer && passages[inner].status == Status::Done && !own && !long {
                passages.push(Passage { at, ..passages[outer] });
            }
        }
        sort_by_key(&mut passages, |p| p.at);
        Self {
            text,
            words,
            frame,
            passages,
            sentence: Span::default(),
            said: Vec::new(),
            carried: None,
            last: None,
        }
    }

    /// To be asked in reading order.
    pub(super) fn at(&mut self, quantity: &Quantity, sentence: Span) -> (Period, Status) {
        let at = quantity.span.start;
        if let Some((span, period, status)) = self.last.clone() {
            let between = self.text.get(span.end..at).unwrap_or("\n");
            if span == quantity.span
                || !between.is_empty() && between.chars().all(|c| "和、与及以".contains(c))
            {
                self.last = Some((quantity.span, period.clone(), status));
                return (period, status);
            }
        }
        let passage = self.passages[self.passages.partition_point(|p| p.at <= at).max(1) - 1];
        if self.sentence != sentence {
            let goes_on =
                self.sentence.end == sentence.start && self.text[..sentence.start].ends_with(['；', ';']);
            let still = self.said.iter().rfind(|s| s.reach == Reach::Sentence);
            let still = still.copied().or(self.carried).filter(|s| !self.closed(s, sentence.start));
            self.carried = still.filter(|_| goes_on);
            self.sentence = sentence;
            self.said = times(self.text, sentence, self.frame, passage);
        }
        let (time, status) = self.place(quantity, passage);
        let period = time.map(Time::period).unwrap_or_default();
        self.last = Some((quantity.span, period.clone(), status));
        (period, status)
    }

    fn place(&self, quantity: &Quantity, passage: Passage) -> (Option<Time>, Status) {
        let at = quantity.span.start;
        let known = self.said.partition_point(|s| s.end <= at);
        // What lies far behind a time does not change how it holds; so long lines cost no more.
        let before = |s: &Said| &self.text[s.end..floor(self.text, at.min(s.end + NEAR))];
        // `从2007年的A增加到B`: the year does not hold behind A.
        let clause = self.clause_before(at);
        let spent = |s: &Said| match s.reach {
            _ if self.closed(s, at) => true,
            Reach::Origin => at > s.end + NEAR || before(s).contains(['到', '至', '转']),
            Reach::Next => at > s.end + NEAR || before(s).contains(|c: char| c.is_numeric()),
            Reach::Clause => s.start < at - clause.len(),
            Reach::Sentence => before(s).contains("基础上"),
        };
        // 是1978年的3倍, 相当于1952年的九成: the year is what is compared with.
        let multiple = quantity.unit == "倍" || quantity.unit == "%" && clause.contains("相当于");
        let base = |s: &Said| multiple && before(s).chars().count() <= 8 && before(s).contains('的');
        let said =
            self.said[..known].iter().rev().take(8).find(|s| !spent(s) && !base(s)).copied().or(self.carried);
        // 年均: a single year does not hold for an average over years.
        let yearly = clause.contains("年均") && passage.time.is_some_and(|t| t.start != t.end);
        let said = said.filter(|s| !yearly || s.time.start != s.time.end);
        let last = self.frame.last();
        let has = |words: &[String], clause: &str| words.iter().any(|w| clause.contains(w.as_str()));
        // In a plan what there is already belongs to the review.
        if said.is_none() && passage.status == Status::Plan && has(&self.words.existing, clause) {
            return (last.map(|y| Time::years(y, y)), Status::Done);
        }
        let behind = self.clause_behind(quantity.span.end);
        // 剩余2家预计2024年6月底前完工
        let due = self.said[known..].iter().take(2).find(|s| {
            let ahead = behind.get(..s.start.saturating_sub(quantity.span.end)).unwrap_or("");
            last.is_some_and(|last| s.time.start.year > last)
                && ["预计", "计划", "拟", "将"].iter().any(|w| ahead.ends_with(w))
        });
        if let Some(due) = due {
            return (Some(due.time), Status::Plan);
        }
        // 将增长5% is of the year to come; 5000户的条件将得到改善 of those that are there.
        let aimed = has(&self.words.coming, clause);
        let coming = aimed || has(&self.words.coming, behind);
        let own = if aimed && passage.status == Status::Done { self.frame.coming() } else { passage.time };
        let time = said.map(|s| s.time).or(own);
        let status = match (said, last) {
            (Some(s), Some(last)) if s.time.end.year <= last => Status::Done,
            (Some(s), _) if self.text[s.end..].starts_with("以来") => Status::Done,
            // 今年上半年比去年同期增长5%: of the running year, and done.
            (Some(s), Some(last)) if s.time.start.year > last => {
                let this = self.frame.this_year == Some(s.time.start.year);
                if this && (clause.contains("同期") || clause.ends_with('了')) {
                    Status::Done
                } else {
                    Status::Plan
                }
            }
            _ if coming => Status::Plan,
            _ => passage.status,
        };
        match self.end_of_change(quantity.span) {
            Some(End::Origin) => {
                match said.filter(|s| s.reach == Reach::Origin || s.time.start != s.time.end) {
                    Some(s) => (Some(Time::one(s.time.start)), status),
                    None => {
                        let long = passage.time.filter(|t| t.start != t.end).or(time);
                        let year = long.map(|t| t.start.year - 1);
                        let done = year.zip(last).is_none_or(|(year, last)| year <= last);
                        (year.map(|y| Time::years(y, y)), if done { Status::Done } else { status })
                    }
                }
            }
            Some(End::Target) => {
                let time = said.filter(|s| s.reach != Reach::Origin).map(|s| s.time).or(passage.time);
                let time = if status == Status::Plan { time } else { time.map(|t| Time::one(t.end)) };
                (time, status)
            }
            None => (time, status),
        }
    }

    /// Has the bracket in which a time was said been closed before `at`?
    fn closed(&self, said: &Said, at: usize) -> bool {
        let between = &self.text[said.end.min(at)..floor(self.text, at.min(said.end + NEAR))];
        let count = |brackets: [char; 2]| between.matches(brackets).count();
        count(['）', ')']) > count(['（', '('])
    }

    /// Which end of `由A提高到B` a quantity is, if any.
    fn end_of_change(&self, span: Span) -> Option<End> {
        let before = self.clause_before(span.start);
        let ahead = self.clause_behind(span.end);
        let arrives = |s: &str| s.contains(['到', '至']);
        let verb = |s: &str| {
            let leads = |(i, v): (usize, &str)| s[i + v.len()..].starts_with(['到', '至']);
            self.words.arriving.iter().any(|v| s.match_indices(v.as_str()).any(leads))
        };
        let between = &before[before.rfind(['从', '由'])?..];
        if arrives(between) && verb(between) {
            // 由2万元增加到3万元、年均增长6%: the end has been named before.
            let named = between
                .rfind(['到', '至'])
                .is_some_and(|i| between[i..].contains(|c: char| c.is_ascii_digit()));
            return (!named).then_some(End::Target);
        }
        verb(ahead).then_some(End::Origin)
    }

    /// The words of the clause before a place.
    fn clause_before(&self, at: usize) -> &str {
        let start = self.sentence.start.min(at).max(floor(self.text, at.saturating_sub(NEAR)));
        let before = &self.text[start..at];
        let from = before.char_indices().rev().find(|(_, c)| STOPS.contains(c));
        &before[from.map_or(0, |(i, c)| i + c.len_utf8())..]
    }

    /// The words of the clause behind a place, two dozen at most.
    fn clause_behind(&self, at: usize) -> &str {
        let behind = &self.text[at..self.sentence.end.max(at)];
        let end = behind.char_indices().enumerate().find(|(n, (_, c))| *n == 24 || STOPS.contains(c));
        &behind[..end.map_or(behind.len(), |(_, (i, _))| i)]
    }
}

/// The sections that are open, with the passage that holds at the heading of each.
#[derive(Default)]
struct Series(Vec<(u32, bool, Passage)>);

impl Series {
    /// What held at the beginning of the section before, where `section` goes on with its numbering:
    /// `三、` behind a plan that began somewhere inside `二、` is what `二、` was.
    fn sibling(&self, section: &Section) -> Option<Passage> {
        let first = section.marker.contains(['一', '1', '１', '①']) && !section.marker.contains('十');
        if section.marker.is_empty() || first {
            return None;
        }
        let before = self.0.iter().rfind(|s| s.0 <= section.depth)?;
        (before.0 == section.depth && before.1).then_some(before.2)
    }

    fn enter(&mut self, section: &Section, passage: Passage) {
        self.0.retain(|s| s.0 < section.depth);
        self.0.push((section.depth, !section.marker.is_empty(), passage));
    }
}

/// How many bytes around a time or a number are looked at.
const NEAR: usize = 300;

/// The last place up to `at` where a character begins.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

const STOPS: [char; 8] = ['，', ',', '。', '；', ';', '！', '？', '\n'];

enum End {
    Origin,
    Target,
}

/// A line of more characters is no heading.
const LONGEST_HEADING: usize = 40;

/// What a heading says of the passage under it.
fn heading_passage(text: &str, heading: Span, frame: Frame, words: &Words) -> Option<Passage> {
    let title = &text[heading.range()];
    let has = |list: &[String]| list.iter().any(|w| title.contains(w.as_str()));
    // A report's or a plan's own title.
    if title.contains("报告") && !title.contains("回顾")
        || ["纲要", "规划的", "《"].iter().any(|w| title.contains(w))
    {
        return None;
    }
    let base = Passage { at: heading.start, time: frame.own, status: Status::Done };
    let chars = Chars::new(title, heading.start);
    let mut said: Vec<(usize, Time)> = times(text, heading, frame, base)
        .iter()
        .filter(|s| s.time.start.month == 0)
        .map(|s| (s.start, s.time))
        .collect();
    // 科学谋划“十五五” is something done; “十五五”主要目标 and “十五五”时期 are to come.
    let plan = has(&words.plan);
    said.extend((0..chars.c.len()).filter_map(|i| {
        let time = bare_plan_years(&chars, i, plan)?;
        Some((chars.at[i], time))
    }));
    sort_by_key(&mut said, |s| s.0);
    let last = frame.last();
    let ahead = said.iter().map(|s| s.1).find(|t| last.is_some_and(|last| t.start.year > last));
    let past = said.first().map(|s| s.1).filter(|t| last.is_some_and(|last| t.end.year <= last));
    let review = has(&words.review);
    let finished = ["完成", "圆满", "如期", "顺利", "取得"].iter().any(|w| title.contains(w));
    let plan = plan && !finished;
    if title.contains("五年") && !plan && (review || title.contains('这') || title.contains("过去")) {
        return Some(Passage { time: frame.five(), ..base });
    }
    match (ahead, past) {
        // “十三五”时期发展成就和“十四五”时期主要目标: first the one, then the other.
        (Some(_), Some(past)) => Some(Passage { time: Some(past), ..base }),
        _ if review && (ahead.is_none() || !plan) => Some(base),
        (Some(_), None) => Some(Passage { time: ahead, status: Status::Plan, ..base }),
        _ => plan.then(|| Passage { time: frame.coming(), status: Status::Plan, ..base }),
    }
}

/// What the beginning of a sentence says of the passage that it opens; `first`: of its paragraph.
fn opening(
    text: &str,
    sentence: Span,
    first: bool,
    now: Passage,
    frame: Frame,
    words: &Words,
) -> Option<Passage> {
    let start = text[sentence.range()].trim_start_matches(['“', '"', '—', ' ', '\u{3000}']);
    let opens = |list: &[String]| list.iter().find(|w| start.starts_with(w.as_str())).cloned();
    let at = sentence.start;
    let head =
        Span::new(at, text[sentence.range()].char_indices().nth(16).map_or(sentence.end, |(i, _)| at + i));
    let last = frame.last();
    let this = frame.this_year;
    let whole = text[sentence.range()].trim_end_matches('。');
    let five = first && whole.starts_with("这是") && whole.ends_with("的五年");
    if five || first && opens(&words.five_years).is_some() {
        return Some(Passage { at, time: frame.five(), status: Status::Done });
    }
    let said = times(text, head, frame, now);
    let lead = said
        .first()
        .filter(|s| s.reach == Reach::Sentence && text[at..s.start].chars().count() <= 2)
        .map(|s| s.time);
    if let (Some(time), Some(last)) = (lead, last) {
        let is = ["是", "，是", ",是"].iter().any(|w| text[said[0].end..].starts_with(w));
        if time.start.year > last && (is || first && this == Some(time.start.year) || time.end != time.start)
        {
            return Some(Passage { at, time: Some(time), status: Status::Plan });
        }
        if first && time.end.year <= last && time.end != time.start {
            return Some(Passage { at, time: Some(time), status: Status::Done });
        }
    }
    // 从投资的效果看，两年来共建设…: a look back amid a plan.
    let back = said.iter().find(|s| {
        let word = &text[s.start..s.end];
        word.ends_with("年来") && s.time.end.year <= last.unwrap_or(0) && !word.starts_with("五年")
    });
    // 1979年产量比上年增长5%。 at the head of a paragraph amid the plan: the paragraph looks back.
    let past = said.first().filter(|s| {
        first && lead.is_some() && s.time.start == s.time.end && s.time.end.year <= last.unwrap_or(0)
    });
    if let Some(back) = back.or(past).filter(|_| now.status == Status::Plan && !frame.plan) {
        return Some(Passage { at, time: Some(back.time), status: Status::Done });
    }
    if let Some(word) = opens(&words.plan_opening) {
        let behind = this == last && word.starts_with("今年");
        // 展望 inside a plan for five years is no plan for one.
        let again = now.status == Status::Plan && !word.contains('年');
        return (!behind && !again && (first || !word.starts_with("今年要"))).then(|| Passage {
            at,
            time: if word.contains("五年") { lead.or(frame.coming()) } else { frame.coming() },
            status: Status::Plan,
        });
    }
    let back = first && opens(&words.review_opening).is_some();
    (back && now.status == Status::Done).then_some(Passage { at, time: frame.own, status: Status::Done })
}

/// The times said in a sentence, in order.
fn times(text: &str, sentence: Span, frame: Frame, passage: Passage) -> Vec<Said> {
    let t = Chars::new(&text[sentence.range()], sentence.start);
    let mut found: Vec<Said> = Vec::new();
    let mut title = 0;
    let mut i = 0;
    while i < t.c.len() {
        match t.get(i) {
            '《' => title += 1,
            '》' => title -= 1,
            _ => {}
        }
        let aim = t.before(i) == '向' && t.before(i - 1) == '面';
        let hit = if title > 0 || aim { None } else { time(&t, i, frame, passage, &found) };
        let Some((time, end)) = hit else {
            i += 1;
            continue;
        };
        let quoted = usize::from(matches!(t.before(i), '“' | '"'));
        let before = t.before(i - quoted);
        let compared = matches!(before, '比' | '较' | '同' | '与' | '按' | '以')
            || before == '过' && t.before(i - quoted - 1) == '超'
            || before == '于' && "高低多少快大好优".contains(t.before(i - 1));
        // 超过1953年到1978年的 says when; 超过去年 compares.
        let compared = compared && !(before == '过' && time.start != time.end);
        // 比1952年的A增长: the year is A's.
        if !compared || t.get(end) == '的' {
            let multiple = t.get(end) == '的' && (end..end + 10).any(|i| t.get(i) == '倍');
            let reach = match before {
                _ if compared || multiple => Reach::Next,
                '从' | '由' if time.start == time.end => Reach::Origin,
                _ if t.get(i) == '连' => Reach::Clause,
                _ => Reach::Sentence,
            };
            found.push(Said { start: t.at[i], end: t.at[end], time, reach });
        }
        i = end;
    }
    found
}

/// The time that is said at `i`, and where it ends.
fn time(t: &Chars, i: usize, frame: Frame, passage: Passage, found: &[Said]) -> Option<(Time, usize)> {
    let own = frame.own;
    let last = own.map(|t| t.end.year);
    match t.get(i) {
        c if c.is_ascii_digit() || digit(c).is_some() || c == '十' => {
            let before = t.before(i);
            if before.is_ascii_alphanumeric() || digit(before).is_some() || before == '十' {
                return None;
            }
            year(t, i, last)
                .or_else(|| plan_years(t, i))
                .or_else(|| congress(t, i, last?))
                .or_else(|| years_back(t, i, frame, passage))
                .or_else(|| {
                    let year = found.last().map(|s| s.time.end.year).or(passage.time.map(|t| t.end.year))?;
                    // In a plan a month is a date by which, not the time that is counted.
                    month(t, i, year).filter(|m| passage.status == Status::Done && !is_limit(t, i, m.1))
                })
        }
        '今' if t.starts_with(i, "今年") => one(frame.this_year?, i + 2, t),
        '去' if t.starts_with(i, "去年") => one(frame.this_year? - 1, i + 2, t),
        '上' if t.starts_with(i, "上年") && t.get(i + 2) != '末' => one(last? - 1, i + 2, t),
        '明' if t.starts_with(i, "明年") => one(frame.this_year? + 1, i + 2, t),
        '现' if t.starts_with(i, "现在") => one(last?, i + 2, t),
        '本' if t.starts_with(i, "本世纪末") => {
            let year = if last? <= 2000 { 2000 } else { 2100 };
            Some((Time::years(year, year), i + 4))
        }
        '连' if t.starts_with(i, "连续") => {
            let (n, end) = count_of_years(t, i + 2)?;
            let end_year = passage.time.map(|t| t.end.year)?;
            Some((Time::years(end_year - n + 1, end_year), end))
        }
        '今' if t.starts_with(i, "今后") => ahead(t, i + 2, last?),
        '未' if t.starts_with(i, "未来") => ahead(t, i + 2, last?),
        '第' => quarter(t, i + 1, passage, found).or_else(|| nth_plan(t, i + 1)),
        '一' | '二' | '三' | '四' => quarter(t, i, passage, found),
        _ => None,
    }
}

/// A year with what may follow it: `年底`, `以来`.
fn one(year: i32, mut end: usize, t: &Chars) -> Option<(Time, usize)> {
    if matches!(t.get(end), '底' | '末' | '初') {
        end += 1;
    }
    Some((Time::years(year, year), end))
}

/// Four digits, Arabic or Chinese, that make a year.
fn four(t: &Chars, i: usize) -> Option<i32> {
    let d = |c: char| c.to_digit(10).map(|d| d as i32).or(digit(c).map(|d| d as i32).filter(|_| c != '两'));
    let year = (0..4).try_fold(0, |n, k| Some(10 * n + d(t.get(i + k))?))?;
    let more = d(t.get(i + 4)).is_some();
    (!more && (1900..2100).contains(&year)).then_some(year)
}

/// `2022年`, `2023—2026年`, `1979年到1983年`, `2022年12月`, `2007年以来`.
fn year(t: &Chars, i: usize, last: Option<i32>) -> Option<(Time, usize)> {
    let first = four(t, i)?;
    let mut end = t.skip_space(i + 4);
    let named = t.get(end) == '年';
    end += usize::from(named);
    let mut next = end;
    while matches!(t.get(next), '-' | '—' | '–' | '~' | '至' | '到') {
        next += 1;
    }
    let second = four(t, next).filter(|&y| next > end && y >= first && t.get(next + 4) == '年');
    if let Some(second) = second {
        return Some((Time::years(first, second), next + 5));
    }
    if !named || matches!(t.get(end), '代' | '版' | '级') {
        return None;
    }
    if let Some((months, behind)) = month(t, end, first) {
        // 截至2022年11月底 counts what the year brought up to then; by 2024年6月底 is a date to come.
        let past = last.is_some_and(|last| first <= last);
        let time = if past && is_limit(t, i, behind) { Time::years(first, first) } else { months };
        return Some((time, behind));
    }
    if small(t, end).is_some_and(|(_, end)| t.get(end) == '月') {
        return None;
    }
    let (time, end) = one(first, end, t)?;
    let since = ["以来", "起", "开始"].iter().find(|w| t.starts_with(end, w));
    match (since, last) {
        (Some(word), Some(last)) if first <= last => {
            Some((Time::years(first, last), end + word.chars().count()))
        }
        _ => Some((time, end)),
    }
}

/// `3月份`, `9月底`, `1至9月`; not a day.
fn month(t: &Chars, i: usize, year: i32) -> Option<(Time, usize)> {
    let (first, mut end) = small(t, i)?;
    let mut months = (first, first);
    if matches!(t.get(end), '-' | '—' | '–' | '~' | '至' | '到') {
        let (second, e) = small(t, end + 1)?;
        months.1 = second;
        end = e;
    }
    // 一月一主题 is each month.
    let each = digit(t.get(i)).is_some() && digit(t.get(end + 1)).is_some() && t.get(end + 2) != '个';
    let valid = (1..=12).contains(&months.0) && (months.0..=12).contains(&months.1) && !each;
    let day = small(t, end + 1).is_some_and(|(_, end)| matches!(t.get(end), '日' | '号'));
    if t.get(end) != '月' || !valid || day {
        return None;
    }
    end += 1;
    if matches!(t.get(end), '份' | '底' | '末' | '初') {
        end += 1;
    }
    Some((Time::months(year, months.0, months.1), end))
}

/// A month from `i` to `end` that only says until or since when: `截至9月底`, `8月底前`, `从7月份起`, `4月中旬`.
fn is_limit(t: &Chars, i: usize, end: usize) -> bool {
    const BEHIND: [&str; 9] = ["上旬", "中旬", "下旬", "前", "以前", "之前", "起", "以来", "开始"];
    matches!(t.get(end - 1), '底' | '末' | '初')
        || matches!(t.before(i), '至' | '到' | '从' | '自')
        || BEHIND.iter().any(|w| t.starts_with(end, w))
}

/// A number below a hundred.
fn small(t: &Chars, i: usize) -> Option<(u32, usize)> {
    let mut end = i;
    let mut value = 0;
    while let Some(d) = t.get(end).to_digit(10) {
        value = 10 * value + d;
        end += 1;
        if end > i + 2 {
            return None;
        }
    }
    if end > i {
        return Some((value, end));
    }
    let n = crate::metrics::quantity::numerals::number(t, i, &|_| false)?;
    (n.value < 100.0 && n.value.fract() == 0.0).then_some((n.value as u32, n.end))
}

/// `第四季度`, `一季度`.
fn quarter(t: &Chars, i: usize, passage: Passage, found: &[Said]) -> Option<(Time, usize)> {
    let (n, end) = small(t, i)?;
    if !t.starts_with(end, "季度") || !(1..=4).contains(&n) {
        return None;
    }
    let year = found.last().map(|s| s.time.end.year).or(passage.time.map(|t| t.end.year))?;
    Some((Time::months(year, 3 * n - 2, 3 * n), end + 2))
}

/// `“十四五”期间`: the years of a five-year plan.
fn plan_years(t: &Chars, i: usize) -> Option<(Time, usize)> {
    let (n, mut end) = plan_number(t, i)?;
    if matches!(t.get(end), '”' | '"') {
        end += 1;
    }
    let word = ["期间", "时期", "以来", "末", "前四年", "前三年"].iter().find(|w| t.starts_with(end, w))?;
    let time = plan_span(n);
    let time = if *word == "末" { Time::one(time.end) } else { time };
    Some((time, end + word.chars().count()))
}

/// `“十五五”` in the heading of a plan needs no 时期, nor does it where it stands alone.
fn bare_plan_years(t: &Chars, i: usize, plan: bool) -> Option<Time> {
    let (n, end) = plan_number(t, i)?;
    let alone = i == 1 && end + 1 >= t.c.len();
    (t.starts_with(end, "时期") || t.before(i) == '“' && (plan || alone)).then(|| plan_span(n))
}

/// `第一个五年计划期间`, `第一个五年合计`.
fn nth_plan(t: &Chars, i: usize) -> Option<(Time, usize)> {
    let (n, end) = small(t, i)?;
    if !t.starts_with(end, "个五年") {
        return None;
    }
    let end = end + if t.starts_with(end + 3, "计划") { 5 } else { 3 };
    let word = ["期间", "时期", "合计"].iter().find(|w| t.starts_with(end, w))?;
    Some((plan_span(n as i32), end + word.chars().count()))
}

/// The first began in 1953; from the third (1966) on they follow each other.
fn plan_span(n: i32) -> Time {
    let start = match n {
        1 => 1953,
        2 => 1958,
        _ => 1966 + 5 * (n - 3),
    };
    Time::years(start, start + 4)
}

fn plan_number(t: &Chars, i: usize) -> Option<(i32, usize)> {
    let n = match (t.get(i), t.get(i + 1), t.get(i + 2)) {
        ('十', d, '五') if digit(d).is_some() => 10 + digit(d)? as i32,
        ('十', '五', _) => 10,
        (d, '五', _) if digit(d).is_some() => digit(d)? as i32,
        _ => return None,
    };
    Some((n, i + if n > 10 { 3 } else { 2 }))
}

/// `十八大以来`: from the party's congress on.
fn congress(t: &Chars, i: usize, last: i32) -> Option<(Time, usize)> {
    let (n, end) = small(t, i)?;
    if !(12..40).contains(&n) || !t.starts_with(end, "大以来") {
        return None;
    }
    let start = 1982 + 5 * (n as i32 - 12);
    (start <= last).then_some((Time::years(start, last), end + 3))
}

fn count_of_years(t: &Chars, i: usize) -> Option<(i32, usize)> {
    let (n, end) = small(t, i)?;
    (t.get(end) == '年' && (2..60).contains(&n)).then_some((n as i32, end + 1))
}

/// `今后五年`.
fn ahead(t: &Chars, i: usize, last: i32) -> Option<(Time, usize)> {
    let (n, end) = count_of_years(t, i)?;
    Some((Time::years(last + 1, last + n), end))
}

/// `五年来`, `三年间`.
fn years_back(t: &Chars, i: usize, frame: Frame, passage: Passage) -> Option<(Time, usize)> {
    let (n, end) = count_of_years(t, i)?;
    // 1953年到1978年的二十六年间 has said it already.
    if matches!(t.before(i), '的' | '年') {
        return None;
    }
    let word = ["来", "以来", "间", "中", "累计"].iter().find(|w| t.starts_with(end, w))?;
    let last = frame.last()?;
    if passage.status == Status::Plan && !word.ends_with('来') {
        return None;
    }
    Some((Time::years(last - n + 1, last), end + word.chars().count()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::metrics::quantity::quantities;

    /// Surface, period and status of every quantity of a report on `period`, delivered the year after.
    fn read(period: (&str, &str), text: &str) -> Vec<String> {
        read_with(&[], "", period, text)
    }

    fn read_with(outline: &[Section], title: &str, period: (&str, &str), text: &str) -> Vec<String> {
        let meta = Meta {
            title: title.into(),
            period: Period { start: period.0.into(), end: period.1.into() },
            date: format!("{}-01-10", period.1.parse::<i32>().unwrap() + 1),
            ..Meta::default()
        };
        let words = &Lexicon::builtin().metrics;
        let mut clock = Clock::new(text, outline, &meta, &words.time);
        let mut found = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            let span = Span::new(at, at + line.len());
            at = span.end + 1;
            for sentence in sentences(text, span) {
                for q in quantities(text, sentence, &words.quantity) {
                    let (period, status) = clock.at(&q, sentence);
                    let when = if period.start == period.end {
                        period.start
                    } else {
                        format!("{}/{}", period.start, period.end)
                    };
                    let status = if status == Status::Done { "" } else { " plan" };
                    found.push(format!("{} {when}{status}", &text[q.span.range()]));
                }
            }
        }
        found
    }

    fn year(text: &str) -> Vec<String> {
        read(("2022", "2022"), text)
    }

    #[test]
    fn the_reports_own_period_holds_where_nothing_else_is_said() {
        assert_eq!(year("全年报送信息30篇，比上年增长5%。"), ["30篇 2022", "5% 2022"]);
        assert_eq!(read(("2017", "2021"), "五年来，报送信息30篇。"), ["30篇 2017/2021"]);
    }

    #[test]
    fn times_in_the_sentence_go_before_it() {
        assert_eq!(
            year("2020年报送信息30篇，办理提案5件。共办结9件。"),
            ["30篇 2020", "5件 2020", "9件 2022"]
        );
        assert_eq!(year("3月份招录20人。"), ["20人 2022-03"]);
        assert_eq!(year("第四季度增长8%。"), ["8% 2022-10/2022-12"]);
        assert_eq!(year("2019至2021年完成投资3亿元。"), ["3亿元 2019/2021"]);
        assert_eq!(year("党的十八大以来培训干部300名。"), ["300名 2012/2022"]);
        assert_eq!(year("连续3年排名全市第一，报送信息30篇。"), ["全市第一 2020/2022", "30篇 2022"]);
        // A comparison, a title, a day.
        assert_eq!(
            year("比2020年增长5%，印发《2023年要点》后办结3件，2021年3月5日前办结4件。")[0],
            "5% 2022"
        );
        assert_eq!(year("印发《2023年要点》后办结3件。"), ["3件 2022"]);
    }

    #[test]
    fn both_ends_of_a_change_have_their_own_time() {
        assert_eq!(year("参保率由90%提高到95%。"), ["90% 2021", "95% 2022"]);
        assert_eq!(
            year("收入从2019年的3亿元增加到5亿元，捐款2万元。"),
            ["3亿元 2019", "5亿元 2022", "2万元 2022"]
        );
        assert_eq!(read(("2018", "2022"), "城镇化率由60%提高到65%。"), ["60% 2017", "65% 2022"]);
    }

    #[test]
    fn headings_and_openings_turn_to_the_plan() {
        let text = "工作报告\n一、2022年工作回顾\n完成调研5次。\n二、2023年工作安排\n完成调研6次，标准由20元提高到30元。";
        assert_eq!(year(text), ["5次 2022", "6次 2023 plan", "20元 2022", "30元 2023 plan"]);
        let text = "开展视察8次。\n今年是开局之年。要组织视察9次。";
        assert_eq!(year(text), ["8次 2022", "9次 2023 plan"]);
        let text = "工作报告\n今后五年工作建议\n建成工作室20个。";
        assert_eq!(read(("2017", "2021"), text), ["20个 2022/2026 plan"]);
        let text = "工作报告\n二、“十五五”主要目标任务\n城镇化率达到70%。";
        assert_eq!(read(("2025", "2025"), text), ["70% 2026/2030 plan"]);
        // 今年 in a report on the running year is no plan.
        assert_eq!(year("今年以来办结3件。"), ["3件 2023"]);
        // A span of years opens its paragraph alone.
        let text = "近三年来，工作有力。捐款3万元。\n开展视察8次。";
        assert_eq!(year(text), ["3万元 2020/2022", "8次 2022"]);
    }

    /// As `read`, with an outline of lines and a title; numbered headings are one deep.
    fn sections(text: &str, headings: &[(u32, &str)]) -> Vec<String> {
        let outline: Vec<Section> = headings
            .iter()
            .map(|&(depth, heading)| {
                let start = text.find(heading).expect("a heading of the text");
                let marker = heading.find(['、', '）']).map_or(0, |i| i + 3);
                Section {
                    depth,
                    parent: None,
                    kind: crate::report::HeadingKind::RunIn,
                    marker: heading[..marker].to_owned(),
                    title: heading[marker..].to_owned(),
                    heading: Span::new(start, start + heading.len()),
                    body: Span::new(start, text.len()),
                    corrected: false,
                }
            })
            .collect();
        read_with(&outline, "", ("2020", "2020"), text)
    }

    #[test]
    fn a_plan_as_the_matter_of_work_is_no_plan() {
        let text = "工作报告\n献计“十四五”。召开座谈会3次。\n“十四五”发展目标。召开座谈会4次。";
        let outline = [(1, "献计“十四五”"), (1, "“十四五”发展目标")];
        assert_eq!(sections(text, &outline), ["3次 2020", "4次 2021/2025 plan"]);
    }

    #[test]
    fn a_series_that_goes_on_goes_on_in_its_own_time() {
        let text = "工作报告\n一、抓协商\n今后一个时期，还要开展调研3次。\n二、抓监督\n开展视察5次。";
        assert_eq!(sections(text, &[(1, "一、抓协商"), (1, "二、抓监督")]), ["3次 2021 plan", "5次 2020"]);
        // A series that begins anew is the plan's own.
        let text = "工作报告\n二、抓协商\n今后一个时期，要抓好工作。\n一、抓监督\n开展视察5次。";
        assert_eq!(sections(text, &[(1, "二、抓协商"), (1, "一、抓监督")]), ["5次 2021 plan"]);
    }

    #[test]
    fn the_title_may_say_that_all_is_planned() {
        let of = |title: &str| read_with(&[], title, ("2026", "2026"), "新建学校5所，增加学位300个。");
        assert_eq!(of("2026年民生实事"), ["5所 2026 plan", "300个 2026 plan"]);
        assert_eq!(of("2026年民生实事完成情况"), ["5所 2026", "300个 2026"]);
        assert_eq!(of("2026年工作总结"), ["5所 2026", "300个 2026"]);
    }

    #[test]
    fn a_month_as_a_limit_is_counted_in_its_year() {
        assert_eq!(
            year("截至2022年11月底，办结12件。到10月底办结11件。8月底前办结9件。"),
            ["12件 2022", "11件 2022", "9件 2022"]
        );
        assert_eq!(year("2022年11月办结12件，1至9月增长6%。"), ["12件 2022-11", "6% 2022-01/2022-09"]);
        assert_eq!(year("开展“一月一主题”活动，参加80人。"), ["80人 2022"]);
        assert_eq!(year("已完成10家，剩余2家预计2023年6月底前完工。"), ["10家 2022", "2家 2023-06 plan"]);
    }

    #[test]
    fn a_look_back_amid_the_plan_and_a_forecast_amid_the_review() {
        let text =
            "工作报告\n二、2023年工作安排\n两年来共建成工作室30个。\n建设工作室50个，目前已有工作室20个。";
        assert_eq!(year(text), ["30个 2021/2022", "50个 2023 plan", "20个 2022"]);
        assert_eq!(
            year("收入比2022年将增长5%，受益的300户将得到改善。"),
            ["5% 2023 plan", "300户 2022 plan"]
        );
    }

    #[test]
    fn what_is_compared_with_says_no_time() {
        assert_eq!(
            year("占比高于2021年3个百分点，启动面向2030年的项目6个。"),
            ["3个百分点 2022", "6个 2022"]
        );
        assert_eq!(year("2022年收入3亿元，是2017年的2倍。"), ["3亿元 2022", "2倍 2022"]);
        assert_eq!(year("规模比“十三五”末翻了一番。"), ["一番 2022"]);
        assert_eq!(year("利润由上年下降2%转为增长8%。")[1], "8% 2022");
        assert_eq!(year("收入由2万元增加到3万元、年均增长6%。"), ["2万元 2021", "3万元 2022", "6% 2022"]);
        assert_eq!(year("事项由398项精简到142项。"), ["398项 2021", "142项 2022"]);
    }

    #[test]
    fn early_plans_have_numbers() {
        let of = |text: &str| read(("1956", "1956"), text);
        assert_eq!(of("第一个五年计划期间新建工厂80个。"), ["80个 1953/1957"]);
        assert_eq!(of("第一个五年计划新建工厂80个。"), ["80个 1956"]);
    }

    #[test]
    fn a_paragraph_that_opens_with_a_past_year_looks_back() {
        let text = "工作报告\n二、2023年工作安排\n2021年粮食产量30万吨。油料产量2万吨。今年力争达到35万吨。\n新建粮库5座。";
        assert_eq!(year(text), ["30万吨 2021", "2万吨 2021", "35万吨 2023 plan", "5座 2023 plan"]);
        let text = "工作报告\n二、2023年工作安排\n2023年粮食产量30万吨。油料产量2万吨。";
        assert_eq!(year(text), ["30万吨 2023 plan", "2万吨 2023 plan"]);
        assert_eq!(year("今年上半年产值比去年同期增长5%。"), ["5% 2023"]);
        assert_eq!(year("今年上半年产值要增长5%。"), ["5% 2023 plan"]);
    }
}
