//! The clean text to its metrics: quantities first, then what each measures, then when;
//! and the cells of tables, by their heads.

mod canonical;
mod indicator;
#[cfg(feature = "train")]
pub use indicator::train;
mod quantity;
mod table;
mod time;

pub use quantity::Figure;

use crate::Error;
use crate::clean::Cleaned;
use crate::report::{Meta, Metric, Section, Span};
use crate::table::Tables;
use crate::text::{sentences, sort_by_key};

#[derive(Debug)]
pub struct Words {
    quantity: quantity::Words,
    indicator: indicator::Words,
    canonical: canonical::Words,
    table: table::Words,
    time: time::Words,
}

impl Words {
    pub(crate) fn parse(tables: &Tables) -> Self {
        Self {
            quantity: quantity::Words::parse(tables),
            indicator: indicator::Words::parse(tables),
            canonical: canonical::Words::parse(tables),
            table: table::Words::parse(tables),
            time: time::Words::parse(tables),
        }
    }
}

/// Every number in a text, whether it is a metric or not; the metrics' own reading of numerals by itself.
pub fn numbers(text: &str, words: &Words) -> Vec<Figure> {
    quantity::numbers(text, &words.quantity)
}

/// Every percentage in a text, in percent.
pub fn percentages(text: &str, words: &Words) -> Vec<Figure> {
    quantity::percentages(text, &words.quantity)
}

/// A report with more numbers is none, and would be read for minutes.
const NUMBERS: usize = 50_000;

/// The metrics of a report in reading order.
///
/// # Errors
/// [`Error::TooLarge`] beyond 50 000 numbers.
pub fn metrics(
    cleaned: &Cleaned,
    outline: &[Section],
    meta: &Meta,
    words: &Words,
) -> Result<Vec<Metric>, Error> {
    let text = cleaned.text.as_str();
    let mut clock = time::Clock::new(text, outline, meta, &words.time);
    let home = canonical::Home::new(meta);
    let mut found = Vec::new();
    let mut numbers = 0;
    for line in cleaned.text.lines() {
        let quantities = quantity::quantities(text, line, &words.quantity);
        numbers += quantities.len();
        if numbers > NUMBERS {
            return Err(Error::TooLarge);
        }
        let readings = indicator::indicators(text, line, &quantities, &words.indicator);
        let cuts = sentences(text, line);
        for (quantity, readings) in quantities.iter().zip(readings) {
            let sentence = around(&cuts, quantity.span);
            let section = innermost(outline, quantity.span);
            let (period, status) = clock.at(quantity, sentence);
            for reading in readings {
                found.push(Metric {
                    span: quantity.span,
                    source: cleaned.text.source(quantity.span),
                    sentence,
                    section,
                    value: quantity.value,
                    max: quantity.max,
                    unit: quantity.unit.clone(),
                    hedge: quantity.hedge,
                    kind: quantity.kind,
                    subject: reading.subject.map_or_else(String::new, |s| text[s.range()].to_owned()),
                    action: reading.action.map_or_else(String::new, |s| text[s.range()].to_owned()),
                    indicator: reading.indicator.map_or_else(String::new, |s| text[s.range()].to_owned()),
                    canonical: canonical::canonical(
                        text,
                        sentence,
                        quantity,
                        &reading,
                        &home,
                        &words.canonical,
                    )
                    .map(str::to_owned),
                    period: period.clone(),
                    status,
                    confidence: reading.confidence,
                    corrected: false,
                });
            }
        }
    }
    let cells = table::cells(text, &cleaned.text.lines(), &meta.period, &words.table, &words.quantity);
    if !cells.is_empty() {
        // What the heads say of a number is surer than what stands beside it.
        found.retain(|m| {
            let next = cells.partition_point(|c| c.quantity.span.end <= m.span.start);
            cells.get(next).is_none_or(|c| m.span.end <= c.quantity.span.start)
        });
        found.extend(cells.into_iter().map(|cell| Metric {
            span: cell.quantity.span,
            source: cleaned.text.source(cell.quantity.span),
            sentence: cell.row,
            section: innermost(outline, cell.quantity.span),
            value: cell.quantity.value,
            max: None,
            unit: cell.quantity.unit,
            hedge: cell.quantity.hedge,
            kind: cell.quantity.kind,
            subject: cell.subject.map_or_else(String::new, |s| text[s.range()].to_owned()),
            action: String::new(),
            indicator: text[cell.indicator.range()].to_owned(),
            canonical: None,
            period: cell.period,
            status: cell.status,
            confidence: Some(cell.confidence),
            corrected: false,
        }));
        sort_by_key(&mut found, |m| m.span);
    }
    Ok(found)
}

/// The sentence that a span starts in.
fn around(sentences: &[Span], span: Span) -> Span {
    let at = sentences.partition_point(|s| s.start <= span.start).saturating_sub(1);
    let sentence = sentences.get(at).copied().unwrap_or(span);
    Span::new(sentence.start, sentence.end.max(span.end))
}

/// The innermost section around a span.
fn innermost(outline: &[Section], span: Span) -> Option<usize> {
    let mut section = outline.partition_point(|s| s.body.start <= span.start).checked_sub(1)?;
    while span.end > outline[section].body.end {
        section = outline[section].parent?;
    }
    Some(section)
}
