//! What a quantity measures, by what verb, of whom.

use super::quantity::Quantity;
use crate::lexicon::Tables;
use crate::report::Span;

/// One reading of a quantity: spans of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Reading {
    pub subject: Option<Span>,
    pub action: Option<Span>,
    pub indicator: Option<Span>,
    pub confidence: Option<f64>,
}

#[derive(Debug)]
pub(super) struct Words {}

impl Words {
    pub(super) fn parse(_tables: &Tables) -> Self {
        Self {}
    }
}

/// For each quantity of one paragraph its readings: one, or several where one value is shared
/// (`答复率、见面率均达到100%`).
pub(super) fn indicators(
    _text: &str,
    _line: Span,
    quantities: &[Quantity],
    _words: &Words,
) -> Vec<Vec<Reading>> {
    quantities.iter().map(|_| vec![Reading::default()]).collect()
}
