//! The time that a report speaks of.

use super::date::{Date, Session, fold, number, years};
use super::head::Head;
use crate::report::{Period, ReportKind};
use regex_lite::Regex;
use std::sync::LazyLock;

/// What the period is told by.
pub struct Hints<'a, I> {
    pub kind: ReportKind,
    pub title: &'a str,
    pub head: &'a Head,
    pub text: &'a str,
    pub headings: I,
    pub delivered: Option<Date>,
    pub published: Option<Date>,
    pub session: Option<Session>,
    pub national: bool,
    /// What a heading of plans speaks of beside its year.
    pub plans: &'a [String],
}

/// The report's period, and whether it is that of a whole term of office.
pub fn period<'a>(hints: Hints<'a, impl Iterator<Item = &'a str>>) -> (Period, bool) {
    let title = format!("{}\n{}", fold(hints.title), hints.head.lines.join("\n"));
    let in_title = of_title(&title);
    if let Some(span) = in_title {
        return (span, false);
    }
    let opening = hints.head.opening.as_str();
    let other = hints.kind == ReportKind::Other;
    if other {
        if let Some(found) = since_congress(&opening.chars().take(400).collect::<String>()) {
            return (found, true);
        }
        let year = years(&title).first().map(|y| y.1).or(hints.delivered.or(hints.published).map(|d| d.year));
        // A reply or a resolution speaks of the year in which it is written.
        let year = year.or_else(|| years(opening).first().map(|y| y.1).filter(|_| answers(opening)));
        if let Some(year) = year {
            return (span(year, year), false);
        }
    }
    let headings: Vec<String> = hints.headings.map(fold).collect();
    // The last year that can be looked back on.
    let last = hints
        .delivered
        .map(|d| if d.month >= 11 { d.year } else { d.year - 1 })
        .or_else(|| hints.session.filter(|s| hints.national && s.term >= 6).map(|s| congress_year(s) - 1))
        .or_else(|| of_report_title(&title, hints.published).map(|y| y - 1))
        .or_else(|| headings.iter().find_map(|h| planned(h, hints.plans)).map(|y| y - 1));
    if let Some(found) = headings.iter().filter(|h| is_review(h)).find_map(|h| of_review(h, last, opening)) {
        return found;
    }
    let start: String = opening.chars().take(400).collect();
    if let Some(found) = since_congress(&start).filter(|_| last.is_none()) {
        return (found, true);
    }
    if let Some(n) = ["过去五年", "五年来", "过去的五年", "这五年", "五年的工作", "五年工作"]
        .iter()
        .any(|w| start.contains(w))
        .max(hints.delivered.is_none() && start.contains("的五年。"))
        .then_some(5)
        .filter(|_| hints.session.is_none_or(|s| s.number == 1))
        && let Some(found) = back(n, last, opening)
    {
        return (found, true);
    }
    if let Some(found) = completed_plan(&start).filter(|_| last.is_none()) {
        return (found, false);
    }
    let text = fold(hints.text);
    let year = spoken_of(&start, last)
        .or(last)
        .or_else(|| hints.published.map(|d| if d.month >= 11 { d.year } else { d.year - 1 }))
        .or_else(|| reported(&text))
        .or_else(|| commonest(&text));
    (year.map_or_else(Period::default, |y| span(y, y)), false)
}

fn span(from: u16, to: u16) -> Period {
    Period { start: from.to_string(), end: to.to_string() }
}

/// 2023年度工作综述, 2017—2021年工作总结, 2022年国民经济和社会发展统计公报
fn of_title(title: &str) -> Option<Period> {
    static RANGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("((?:19|20)[0-9]{2})年?(?:—+|-+|~|至|到)((?:19|20)[0-9]{2})年").expect("a valid pattern")
    });
    if let Some(found) = RANGE.captures(title) {
        return Some(span(number(&found[1])?, number(&found[2])?));
    }
    years(title).into_iter().find_map(|(_, year, rest)| {
        let looks_back = rest.starts_with(['度', '工', '履', '国', '常', '全'])
            || ["经济", "社会", "法院", "检察"].iter().any(|w| rest.starts_with(w));
        looks_back.then(|| span(year, year))
    })
}

/// The year of delivery that a title's year speaks for: 2026年政府工作报告 is delivered in 2026, unless
/// it was published in 2027.
fn of_report_title(title: &str, published: Option<Date>) -> Option<u16> {
    let year = years(title).first()?.1;
    Some(published.map(|d| d.year).filter(|&y| y == year + 1).unwrap_or(year))
}

/// The year that a heading plans for: `三、2026年工作安排`, `2026年重点工作`.
fn planned(heading: &str, plans: &[String]) -> Option<u16> {
    let (_, year, rest) = years(heading).into_iter().next()?;
    (!is_review(heading) && heading.chars().count() <= 40 && plans.iter().any(|w| rest.contains(w.as_str())))
        .then_some(year)
}

/// `十九大以来的五年`: the party's congresses meet every five years, the twelfth met in 1982.
fn since_congress(opening: &str) -> Option<Period> {
    let at = opening.find("大以来的五年")?;
    let before = &opening[..at];
    let from = before.trim_end_matches(|c| "一二三四五六七八九十".contains(c)).len();
    let n = number(&before[from..]).filter(|n| (12..40).contains(n))?;
    let start = 1982 + 5 * (n - 12);
    Some(span(start, start + 5))
}

/// `“十四五”圆满收官`: the years of a plan that the opening says is finished.
fn completed_plan(opening: &str) -> Option<Period> {
    static FINISHED: LazyLock<Regex> = LazyLock::new(|| {
        let n = "[“\"‘']?([一二三四五六七八九十]{1,2})五[”\"’']?";
        Regex::new(&format!("{n}(?:规划|计划)?(?:[^。,“”]{{0,10}})(?:收官|完成)")).expect("a valid pattern")
    });
    let n = number(&FINISHED.captures(opening)?[1])?;
    Some(span(1951 + 5 * n, 1955 + 5 * n))
}

fn answers(opening: &str) -> bool {
    ["收悉", "现答复", "现函复", "听取"].iter().any(|w| opening.contains(w))
}

/// The year that the text tells most of, as its own time and not as one compared with or aimed at.
fn reported(text: &str) -> Option<u16> {
    let mut weights: Vec<(u16, u32)> = Vec::new();
    for (at, year, rest) in years(text) {
        let before = &text[..at];
        let rest = rest.trim_start_matches(['度', '底', '末', '全']);
        let aim = ["目标", "规划", "计划", "年要", "将"].iter().any(|w| rest.starts_with(w));
        let until = ["截至", "截止", "截止到", "截至到"].iter().any(|w| before.ends_with(w));
        // 比2020年, 从2020年, 面向2035年, 到2035年
        let aside = before.ends_with([
            '比', '较', '从', '自', '由', '同', '与', '于', '向', '到', '为', '—', '-', '至', '即',
        ]);
        let opens = before.ends_with(['\n', '。', ' ', ';', '—']) || before.is_empty();
        let weight = if until {
            4
        } else if aim || aside {
            continue;
        } else {
            1 + 2 * u32::from(opens)
        };
        match weights.iter_mut().find(|w| w.0 == year) {
            Some(found) => found.1 += weight,
            None => weights.push((year, weight)),
        }
    }
    weights.into_iter().max_by_key(|&(year, weight)| (weight, year)).map(|w| w.0)
}

fn is_review(heading: &str) -> bool {
    heading.contains("回顾")
        || heading.contains("总结")
        || heading.contains("过去") && heading.contains("工作")
}

/// `2022年工作回顾`, `过去五年工作回顾`, `过去一年的工作`, `“十三五”时期工作回顾`: what it names first.
fn of_review(heading: &str, last: Option<u16>, opening: &str) -> Option<(Period, bool)> {
    static TERM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:过去|这|近|前|本届|以来)?(?:的)?([三四五])年|五年来").expect("a valid pattern")
    });
    static PLAN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("[“\"‘']?([一二三四五六七八九十]{1,2})五[”\"’']?(?:时期|期间|规划)")
            .expect("a valid pattern")
    });
    let mut found = Vec::new();
    if let Some(period) = of_title(heading) {
        found.push((years(heading).first().map_or(0, |y| y.0), period, false));
    } else if let Some(&(at, year, _)) = years(heading).first() {
        found.push((at, span(year, year), false));
    }
    if let Some(m) = TERM.captures(heading) {
        let n = m.get(1).and_then(|d| number(d.as_str())).unwrap_or(5);
        if let Some(period) = back(n, last, opening) {
            found.push((m.get(0)?.start(), period, true));
        }
    }
    if let Some(m) = PLAN.captures(heading)
        && let Some(n) = number(&m[1])
    {
        let from = 1951 + 5 * n;
        found.push((m.get(0)?.start(), span(from, from + 4), false));
    }
    if let Some(at) = ["过去一年", "一年来", "上年", "去年"].iter().filter_map(|w| heading.find(w)).min()
        && let Some(year) = spoken_of(opening, last).or(last)
    {
        found.push((at, span(year, year), false));
    }
    // A year that is named outright comes before a plan's five years: “十四五”时期和2025年工作回顾.
    found
        .into_iter()
        .min_by_key(|(at, period, term)| (!term && period.start != period.end, *at))
        .map(|(_, period, term)| (period, term))
}

/// The `n` years up to `last`; without it, from the term that a national congress began.
fn back(n: u16, last: Option<u16>, opening: &str) -> Option<Period> {
    if let Some(last) = last {
        return Some(span(last + 1 - n, last));
    }
    let since = opening.find("全国人民代表大会第一次会议以来")?;
    let term = super::date::term(&opening[opening[..since].rfind('第')?..])?;
    let from = congress_year(Session { term, number: 1 });
    Some(span(from, from + n - 1))
}

/// The National People's Congress and the national CPPCC meet each year since 1978, a term is five
/// years: the sixth began in 1983.
fn congress_year(session: Session) -> u16 {
    1953 + 5 * session.term + session.number - 1
}

/// The year named most often, the earliest of those named as often.
fn commonest(text: &str) -> Option<u16> {
    let years: Vec<u16> = years(text).into_iter().map(|y| y.1).collect();
    years.iter().copied().max_by_key(|year| (years.iter().filter(|y| *y == year).count(), u16::MAX - year))
}

/// `2022年是……的一年`, `2011年,` at the start of a sentence: the first such year, not later than `last`.
fn spoken_of(opening: &str, last: Option<u16>) -> Option<u16> {
    years(opening)
        .into_iter()
        .filter(|&(_, year, _)| last.is_none_or(|l| year <= l && year + 1 >= l))
        .find(|&(at, _, rest)| {
            let before = opening[..at].chars().next_back();
            let rest = rest.trim_start();
            rest.starts_with(['是', ',', '度', '在', '市', '全', '我', '极'])
                && before.is_none_or(|c| "\n 。,过的".contains(c))
                || opening[..at].ends_with("过去的")
        })
        .map(|(_, year, _)| year)
}
