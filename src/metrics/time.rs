//! Which time a quantity speaks of, and whether it is done or planned.

use super::quantity::Quantity;
use crate::lexicon::Tables;
use crate::report::{Meta, Period, Section, Span, Status};

#[derive(Debug)]
pub(super) struct Words {}

impl Words {
    pub(super) fn parse(_tables: &Tables) -> Self {
        Self {}
    }
}

/// Walks through a report with its quantities and knows at each what time is spoken of.
pub(super) struct Clock<'a> {
    meta: &'a Meta,
}

impl<'a> Clock<'a> {
    pub(super) fn new(_text: &'a str, _outline: &'a [Section], meta: &'a Meta, _words: &'a Words) -> Self {
        Self { meta }
    }

    /// To be asked in reading order.
    pub(super) fn at(
        &mut self,
        _quantity: &Quantity,
        _sentence: Span,
        _section: Option<usize>,
    ) -> (Period, Status) {
        (self.meta.period.clone(), Status::Done)
    }
}
