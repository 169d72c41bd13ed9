//! What the words in front of a number say of how it can be compared.

use super::{Item, Words};
use crate::report::{Growth, MetricKind, Span};
use crate::text::Slices;

#[derive(Debug, Default, PartialEq)]
pub struct Clues<'a> {
    /// Of a change: what it is measured against.
    pub growth: Option<Growth>,
    /// Of a rank: among whom.
    pub among: &'a str,
    /// It leaves something out (扣除房地产后).
    pub part: bool,
    /// It is a distance from another's figure (高于全国).
    pub against: bool,
    /// It is what there is in all (累计建成), not of one year.
    pub running: bool,
}

pub fn clues<'a>(slices: &Slices<'a>, metric: &Item, words: &Words) -> Clues<'a> {
    let start = metric.sentence.start.min(metric.span.start);
    let before = slices.cut(Span::new(start, metric.span.start));
    let mut clauses = before.rsplit(['，', ',', '；', ';', '。', '：', ':']);
    let clause = clauses.next().unwrap_or("");
    let has = |list: &[String]| list.iter().any(|w| clause.contains(w.as_str()));
    let left_out = clauses.next().is_some_and(|front| {
        front.ends_with(['后', '外']) && words.without.iter().any(|w| front.contains(w.as_str()))
    });
    Clues {
        growth: (metric.kind == MetricKind::Change).then(|| growth(clause, metric, words)),
        among: match metric.kind {
            MetricKind::Rank => {
                let whole = slices.cut(Span::new(start, metric.span.end));
                among(&whole[(before.len() - clause.len()).min(whole.len())..], words)
            }
            _ => "",
        },
        part: left_out || has(&words.without),
        against: metric.kind == MetricKind::Change && has(&words.against),
        running: !matches!(metric.kind, MetricKind::Change | MetricKind::Rank | MetricKind::Share)
            && has(&words.running)
            && !has(&words.yearly),
    }
}

fn growth(clause: &str, metric: &Item, words: &Words) -> Growth {
    let year = |time: &str| time.get(..4).and_then(|y| y.parse::<i32>().ok());
    let (start, end) = (year(&metric.period.start), year(&metric.period.end));
    let average = |word: &String| {
        // 年均浓度 is an average of another kind.
        clause
            .match_indices(word.as_str())
            .any(|(at, w)| !clause[at + w.len()..].starts_with(['浓', '气', '值', '产']))
    };
    if words.average.iter().any(average) {
        return Growth::Average;
    }
    if clause.contains("同比") {
        return Growth::Plain;
    }
    let long = start.zip(end).is_some_and(|(start, end)| end > start);
    let base = clause.char_indices().rev().find_map(|(at, c)| {
        let behind = &clause[at + c.len_utf8()..];
        let compares = match c {
            '比' => {
                !clause[..at].ends_with(['同', '环', '可', '占', '对'])
                    && !behind.starts_with(['重', '例', '率', '值'])
            }
            '较' => !behind.starts_with(['快', '大', '好', '高', '多', '低', '小']),
            _ => false,
        };
        compares.then_some(behind)
    });
    match base {
        Some(base) if words.recent.iter().any(|w| base.starts_with(w.as_str())) => Growth::Plain,
        Some(base) => match year(base.get(..4).unwrap_or("")) {
            Some(from) if end.is_some_and(|end| end - from <= 1) => Growth::Plain,
            Some(_) => Growth::Since,
            None if base.contains(['年', '期', '末', '前']) || long => Growth::Since,
            None => Growth::Plain,
        },
        None if long => Growth::Since,
        None => Growth::Plain,
    }
}

/// 全国, or what is said more closely: 全国副省级城市.
fn among<'a>(clause: &'a str, words: &Words) -> &'a str {
    let found = words.scopes.iter().filter_map(|w| clause.rfind(w.as_str()).map(|at| (at, w.len()))).max();
    let Some((at, length)) = found else { return "" };
    let end = clause[at..]
        .find(|c: char| !c.is_alphabetic() || "第前居列位排名首均升跃一二三四五六七八九十".contains(c))
        .map_or(clause.len(), |end| at + end);
    &clause[at..end.max(at + length)]
}
