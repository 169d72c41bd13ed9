//! Numbers with their units, and which of them say how much.

use crate::lexicon::Tables;
use crate::report::{Hedge, MetricKind, Span};

/// A quantity as it stands in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// Number and unit with the hedge.
    pub span: Span,
    pub value: f64,
    pub max: Option<f64>,
    pub unit: String,
    pub hedge: Hedge,
    pub kind: MetricKind,
}

#[derive(Debug)]
pub(super) struct Words {}

impl Words {
    pub(super) fn parse(_tables: &Tables) -> Self {
        Self {}
    }
}

/// The quantities of one paragraph in reading order; what is no metric (dates, names, ordinals) is
/// left out.
pub(super) fn quantities(_text: &str, _line: Span, _words: &Words) -> Vec<Quantity> {
    Vec::new()
}
