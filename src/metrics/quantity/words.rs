//! The tables of quantities, parsed for looking up at a place in a paragraph.

use super::numerals::Chars;
use crate::report::{Hedge, MetricKind};
use crate::table;
use crate::table::Tables;
use crate::text::sort_by_key;
use std::collections::HashMap;

/// Words with what each says, looked up by the characters that follow or precede a place.
#[derive(Debug)]
pub(super) struct Table<T> {
    /// By first character (or last, where looked up backwards); longest first.
    by_char: HashMap<char, Vec<(Vec<char>, T)>>,
}

impl<T: Clone> Table<T> {
    fn new(words: impl Iterator<Item = (String, T)>, backwards: bool) -> Self {
        let mut by_char: HashMap<char, Vec<(Vec<char>, T)>> = HashMap::new();
        for (word, what) in words {
            let word: Vec<char> = word.chars().collect();
            let end = if backwards { word.last() } else { word.first() };
            let Some(&end) = end else { continue };
            by_char.entry(end).or_default().push((word, what));
        }
        by_char.values_mut().for_each(|words| sort_by_key(words, |(word, _)| std::cmp::Reverse(word.len())));
        Self { by_char }
    }

    /// The longest word that starts at `i`: its length and what it says.
    pub(super) fn at(&self, t: &Chars, i: usize) -> Option<(usize, &T)> {
        let words = self.by_char.get(&t.get(i))?;
        words.iter().find(|(w, _)| t.c[i..].starts_with(w)).map(|(w, what)| (w.len(), what))
    }

    /// The longest word that ends at `end`.
    pub(super) fn before(&self, t: &Chars, end: usize) -> Option<(usize, &T)> {
        let words = self.by_char.get(&t.before(end))?;
        words.iter().find(|(w, _)| t.c[..end].ends_with(w)).map(|(w, what)| (w.len(), what))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Counts things; any numeral may stand before it.
    Count,
    /// Counts things, but small Chinese numerals before it mostly number a plan, a text or a rank.
    Loose,
    /// Counts things behind 万 and 亿 only.
    Rare,
    Kind(MetricKind),
    Age,
    Time,
    /// Measures behind 万 and 亿 only: `度` is a degree or a time else, `方` a direction.
    Large,
    /// Points won in a rating or a contest.
    Score,
    /// A word that only begins like a unit.
    No,
}

#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub class: Class,
    /// The base unit, where it is not the unit as written.
    pub base: Option<String>,
}

/// What a verb or noun before a number makes of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Growth {
    Rise,
    Fall,
}

#[derive(Debug)]
pub(in crate::metrics) struct Words {
    pub(super) units: Table<Unit>,
    pub(super) front: Table<Hedge>,
    pub(super) behind: Table<Hedge>,
    /// The flag: goes with things counted, too.
    pub(super) growth: Table<(Growth, bool)>,
    pub(super) rate: Table<Growth>,
    pub(super) cut: Table<()>,
    pub(super) filler: Table<()>,
    pub(super) scope: Table<()>,
    pub(super) rank: Table<()>,
    /// Nouns counted without a measure word, with the unit to count them in.
    pub(super) counted: Table<&'static str>,
    pub(super) abstracts: Table<()>,
    pub(super) limit: Table<()>,
    pub(super) span: Table<()>,
    /// Verbs that make a time shorter.
    pub(super) shorten: Table<()>,
    pub(super) names: Table<()>,
    /// Verbs whose object has come to be: 建成, 获.
    pub(super) result: Table<()>,
    /// Nouns for things that stand somewhere or can be shown: 村, 水库, 一等奖.
    pub(super) things: Table<()>,
    /// Nouns whose value has no unit.
    pub(super) scalar: Table<()>,
    pub(super) score: Table<()>,
    /// Verbs and nouns of money, whose value may lack its 元.
    pub(super) money: Table<()>,
}

impl Words {
    /// The end of a name or a web address that starts at `i`: numbers in them count nothing.
    pub(super) fn skip(&self, t: &Chars, i: usize) -> Option<usize> {
        self.names.at(t, i).map(|(n, ())| i + n).or_else(|| super::link(t, i))
    }

    pub(in crate::metrics) fn parse(tables: &Tables) -> Self {
        let around = tables.get("quantity-words.tsv");
        let of = |class: &'static str| table::of_class(around, class).map(str::to_owned);
        let set = |class, backwards| Table::new(of(class).map(|w| (w, ())), backwards);
        let hedges = |side: &str, backwards| {
            let classes = [("over", Hedge::Over), ("under", Hedge::Under), ("about", Hedge::About)];
            let rows = classes.into_iter().flat_map(|(name, hedge)| {
                let class = format!("{side}-{name}");
                let words: Vec<_> = table::of_class(around, &class).map(str::to_owned).collect();
                words.into_iter().map(move |w| (w, hedge))
            });
            Table::new(rows.collect::<Vec<_>>().into_iter(), backwards)
        };
        let growth =
            [("rise", Growth::Rise, true), ("rise-size", Growth::Rise, false), ("fall", Growth::Fall, true)];
        let growth =
            growth.into_iter().flat_map(|(class, g, counts)| of(class).map(move |w| (w, (g, counts))));
        let rate = [("rate", Growth::Rise), ("rate-fall", Growth::Fall)];
        let rate = rate.into_iter().flat_map(|(class, g)| of(class).map(move |w| (w, g)));
        let units = table::rows(tables.get("units.tsv")).chain(table::rows(tables.get("measure-words.tsv")));
        let units = units.map(|row| {
            let class = match row.get(1).copied().unwrap_or_default() {
                "count" => Class::Count,
                "loose" => Class::Loose,
                "rare" => Class::Rare,
                "amount" => Class::Kind(MetricKind::Amount),
                "measure" => Class::Kind(MetricKind::Measure),
                "share" => Class::Kind(MetricKind::Share),
                "change" => Class::Kind(MetricKind::Change),
                "age" => Class::Age,
                "time" => Class::Time,
                "large" => Class::Large,
                "score" => Class::Score,
                _ => Class::No,
            };
            (row[0].to_owned(), Unit { class, base: row.get(2).map(|&base| base.to_owned()) })
        });
        Self {
            units: Table::new(units, false),
            front: hedges("front", true),
            behind: hedges("behind", false),
            growth: Table::new(growth, true),
            rate: Table::new(rate, true),
            cut: set("cut", false),
            filler: set("filler", true),
            scope: set("scope", true),
            rank: set("rank", true),
            counted: Table::new(
                of("person")
                    .map(|w| (w, "人"))
                    .chain(of("household").map(|w| (w, "户")))
                    .chain(of("visit").map(|w| (w, "人次"))),
                false,
            ),
            abstracts: set("abstract", false),
            limit: set("limit", true),
            span: set("span", true),
            shorten: set("shorten", true),
            names: set("name", false),
            result: set("result", true),
            things: set("thing", false),
            scalar: set("scalar", true),
            score: set("score", false),
            money: set("money", true),
        }
    }
}
