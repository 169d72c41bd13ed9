//! Values that several indicators have in common or between them.

use super::line::{Class, Line, QUANTITY, Range};

/// The item of an enumeration that a quantity belongs to (`A、B分别增长5%和6%`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    /// None for the first item, whose left border is not marked.
    pub start: Option<usize>,
    pub end: usize,
}

/// What stands before a quantity and says that it holds for several things.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Common {
    /// Each has this value (`均`); what they are ends at this place.
    Each(usize),
    /// The values that follow belong to one thing each (`分别`); what they are ends at this place.
    Divided(usize),
}

/// Runs of quantities with only a joining word between them, as ranges of their indices.
fn runs(line: &Line) -> Vec<Range> {
    let mut runs: Vec<Range> = Vec::new();
    for index in 0..line.quantities.len() {
        match runs.last_mut() {
            Some(run) if joined(line, line.quantities[index - 1].1, line.quantities[index].0) => {
                run.1 = index + 1
            }
            _ => runs.push((index, index + 1)),
        }
    }
    runs
}

/// The run that a quantity belongs to.
pub(super) fn run(line: &Line, index: usize) -> Range {
    let follows = |&i: &usize| i > 0 && joined(line, line.quantities[i - 1].1, line.quantities[i].0);
    let first = (0..=index).rev().find(|i| !follows(i)).unwrap_or(index);
    let last = (index + 1..line.quantities.len()).find(|i| !follows(i)).unwrap_or(line.quantities.len());
    (first, last)
}

/// For each quantity its item, where there are as many items before `分别` as quantities behind it.
pub(super) fn parts(line: &Line) -> Vec<Option<Part>> {
    let mut parts = vec![None; line.quantities.len()];
    for (first, last) in runs(line).into_iter().filter(|r| r.1 > r.0 + 1) {
        let from = line.quantities[first].0;
        let divided = (line.sentence[from].0..from)
            .rev()
            .take_while(|&i| !matches!(line.chars[i], QUANTITY | ','))
            .find(|&i| line.chars[i..from].starts_with(&['分', '别']));
        let items = divided.map(|end| items(line, without_adverbs(line, end))).unwrap_or_default();
        if items.len() == last - first {
            for (i, &(start, end)) in items.iter().enumerate() {
                parts[first + i] = Some(Part { start: (i > 0).then_some(start), end });
            }
        }
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

/// The items that have one value in common (`A、B均达到100%`, `A、B等两项指标居全市第一`), or none. The
/// first item starts with its clause; where it really starts is for the scorer to say.
pub(super) fn shared(line: &Line, quantity: Range) -> Vec<Range> {
    let end = match common(line, quantity.0) {
        Some(Common::Each(end)) => end,
        Some(Common::Divided(_)) => return Vec::new(),
        None => match summed(line, quantity.0) {
            Some(end) => end,
            None => return Vec::new(),
        },
    };
    let items = items(line, end);
    if items.len() < 2 { Vec::new() } else { items }
}

/// Where `均`, `分别` or the like stands before a quantity with nothing but verbs, adverbs and particles
/// behind it.
pub(super) fn common(line: &Line, from: usize) -> Option<Common> {
    let mut place = from;
    while place > line.sentence[from].0 {
        let word = line.ending[place];
        if word.class == Class::None || word.len > place {
            return None;
        }
        let start = place - word.len;
        let name: String = line.chars[start..place].iter().collect();
        match name.as_str() {
            "均" | "都" | "皆" | "全部" | "全都" | "双双" => {
                return Some(Common::Each(without_adverbs(line, start)));
            }
            "分别" | "分别为" => return Some(Common::Divided(without_adverbs(line, start))),
            _ => place = start,
        }
    }
    None
}

/// The end of a list that a number sums up before this quantity's verb: `A、B等两项指标|居全市第一`.
fn summed(line: &Line, from: usize) -> Option<usize> {
    let mut end = from;
    while line.ending[end].class != Class::None && line.ending[end].len < end {
        end -= line.ending[end].len;
    }
    let first = line.sentence[from].0;
    let number =
        (first..end).rev().take_while(|&i| line.chars[i] != ',').find(|&i| line.chars[i] == QUANTITY)?;
    (end < from && end - number <= 7 && listed(line, number + 1, end)).then_some(end)
}

/// A place with the adverbs before it left out: `纯收入年均|分别增长`.
fn without_adverbs(line: &Line, mut place: usize) -> usize {
    while line.ending[place].class.is_adverb() && line.ending[place].len > 1 {
        place -= line.ending[place].len;
    }
    place
}

/// The items of the enumeration that ends at a place, in reading order: divided by `、`, the last two by
/// `和` or its like.
fn items(line: &Line, end: usize) -> Vec<Range> {
    let first = line.sentence[end.min(line.sentence.len() - 1)].0;
    let level = |place: usize| line.pair[place] == line.pair[end];
    let start = (first..end)
        .rev()
        .find(|&i| match line.chars[i] {
            ',' | ':' | ';' => level(i),
            QUANTITY => !listed(line, i + 1, end),
            _ => false,
        })
        .map_or(first, |i| i + 1);
    // A、B等六项指标: the list ends before 等.
    let end = (start + 2..end).find(|&i| line.chars[i] == '等' && level(i)).unwrap_or(end);
    let mut cuts: Vec<Range> =
        (start..end).filter(|&i| line.chars[i] == '、' && level(i)).map(|i| (i, i + 1)).collect();
    let last = cuts.last().map_or(start, |c| c.1);
    let join = ['和', '及', '与'].into_iter().find_map(|join| {
        // 和 in 和谐 joins nothing; two characters stand on either side.
        (last + 2..end.saturating_sub(2)).rev().find(|&i| {
            line.chars[i] == join && level(i) && line.piece[i].is_some() && line.piece[i + 1].is_some()
        })
    });
    if let Some(i) = join {
        cuts.push((if line.chars[i - 1] == '以' { i - 1 } else { i }, i + 1));
    }
    let mut items = Vec::new();
    let mut from = start;
    for cut in cuts {
        items.push((from, cut.0));
        from = cut.1;
    }
    items.push((from, end));
    items.retain(|item| item.1 >= item.0 + 2);
    items
}

/// Whether the quantity that ends at a place sums up a list: `等六项指标`.
fn listed(line: &Line, place: usize, end: usize) -> bool {
    // Longer runs are quantities without anything between them.
    let number = (0..place).rev().take(8).take_while(|&i| line.chars[i] == QUANTITY);
    let start = number.last().unwrap_or(place);
    line.before(start, 1) == '等' && end - place <= 8
}
