//! Values that several indicators have in common or between them.

use super::line::{Class, Line, QUANTITY};

/// The item of an enumeration that a quantity belongs to (`A、B分别增长5%和6%`), in characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    /// None for the first item, whose left border is not marked.
    pub start: Option<usize>,
    pub end: usize,
}

/// For each quantity its item, where there are as many items before `分别` as quantities behind it.
pub(super) fn parts(line: &Line) -> Vec<Option<Part>> {
    let mut parts = vec![None; line.quantities.len()];
    let mut first = 0;
    while first < line.quantities.len() {
        let mut last = first;
        while last + 1 < line.quantities.len()
            && joined(line, line.quantities[last].1, line.quantities[last + 1].0)
        {
            last += 1;
        }
        if last > first {
            let from = line.quantities[first].0;
            let items = (line.sentence[from].0..from)
                .rev()
                .take_while(|&i| !matches!(line.chars[i], QUANTITY | ','))
                .find(|&i| line.chars[i..from].starts_with(&['分', '别']))
                .map(|end| items(line, end))
                .unwrap_or_default();
            if items.len() == last + 1 - first {
                for (i, &(start, end)) in items.iter().enumerate() {
                    parts[first + i] = Some(Part { start: (i > 0).then_some(start), end });
                }
            }
        }
        first = last + 1;
    }
    parts
}

/// Whether only a joining word stands between two quantities.
fn joined(line: &Line, from: usize, to: usize) -> bool {
    from <= to
        && matches!(
            line.chars[from..to].iter().collect::<String>().as_str(),
            "、" | "和" | "," | "及" | "与" | "以及" | ",和"
        )
}

/// The items that have one value in common (`A、B均达到100%`, `A、B等两项指标均居全市第一`), or none.
/// The first item starts with its clause; where it really starts is for the scorer to say.
pub(super) fn shared(line: &Line, quantity: (usize, usize)) -> Vec<(usize, usize)> {
    let from = quantity.0;
    let Some(end) = all(line, from) else { return Vec::new() };
    let items = items(line, end);
    if items.len() < 2 { Vec::new() } else { items }
}

/// Where `均` or the like stands between an enumeration and a quantity, with nothing but verbs, adverbs and
/// particles behind it.
pub(super) fn all(line: &Line, from: usize) -> Option<usize> {
    let mut place = from;
    while place > line.sentence[from].0 {
        let word = line.ending[place];
        let all: String = line.chars[place - word.len.min(place)..place].iter().collect();
        if matches!(all.as_str(), "均" | "都" | "皆" | "全部" | "全都" | "双双") {
            let mut end = place - word.len;
            // 全部都, 同比均: adverbs on this side of it, too.
            while end > 0 && line.ending[end].class.is_adverb() && line.ending[end].len > 1 {
                end -= line.ending[end].len;
            }
            return Some(end);
        }
        if word.class == Class::None || word.len > place {
            return None;
        }
        place -= word.len;
    }
    None
}

/// The items of the enumeration that ends at a place, in reading order.
fn items(line: &Line, end: usize) -> Vec<(usize, usize)> {
    let first = line.sentence[end.min(line.sentence.len() - 1)].0;
    let mut items = Vec::new();
    let mut stop = end;
    let mut place = end;
    while place > first {
        let c = line.chars[place - 1];
        let level = line.pair[place - 1] == line.pair[end];
        if level && matches!(c, ',' | ':' | ';') || c == QUANTITY && !listed(line, place, end) {
            break;
        }
        // 和 inside 和谐 or 共和 joins nothing: it has two characters and more on either side.
        let joins = c == '、'
            || matches!(c, '和' | '与' | '及')
                && stop >= place + 2
                && !matches!(line.at(place), '谐' | '平' | '田');
        if level && joins {
            let cut = if c == '及' && line.before(place, 2) == '以' { place - 2 } else { place - 1 };
            items.push((place, stop));
            stop = cut;
            place = cut;
            continue;
        }
        place -= 1;
    }
    items.push((place, stop));
    items.reverse();
    // A、B等六项指标: the list ends before 等.
    if let Some(last) = items.last_mut()
        && let Some(etc) = (last.0 + 2..last.1).find(|&i| line.chars[i] == '等')
    {
        last.1 = etc;
    }
    items.retain(|item| item.1 >= item.0 + 2);
    items
}

/// Whether the quantity that ends at a place sums up a list: `等六项指标`.
fn listed(line: &Line, place: usize, end: usize) -> bool {
    let start = (0..place).rev().take_while(|&i| line.chars[i] == QUANTITY).last().unwrap_or(place);
    line.before(start, 1) == '等' && end - place <= 8
}
