//! The contract: what an extraction returns, in Rust, in JavaScript and as JSON.
//!
//! A change that breaks a reader raises [`SCHEMA`].

use serde::{Deserialize, Serialize};

/// The version of this contract.
pub const SCHEMA: u32 = 1;

/// What the numbers of a span count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Offsets {
    /// Bytes of UTF-8.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16 code units, as JavaScript's strings count.
    #[serde(rename = "utf-16")]
    Utf16,
    /// Unicode scalar values, as Python's strings count.
    #[serde(rename = "utf-32")]
    Utf32,
}

/// A half-open range.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

/// One report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Report {
    pub schema: u32,
    pub source: Source,
    pub meta: Meta,
    /// The clean text: Simplified, a paragraph a line, nothing but the report.
    pub text: String,
    /// All that was in the source and is not in `text`, in the order of the source.
    pub removed: Vec<Removed>,
    /// Sections in reading order, flat.
    pub outline: Vec<Section>,
    /// Metrics in reading order.
    pub metrics: Vec<Metric>,
    pub warnings: Vec<Warning>,
}

/// The file as it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Source {
    pub name: String,
    /// The file's size in bytes.
    pub bytes: usize,
    pub format: Format,
    /// The encoding's name in the WHATWG standard; none for formats that have none.
    pub encoding: Option<String>,
    pub encoding_from: Option<EncodingFrom>,
    pub script: Script,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    #[default]
    Text,
    Html,
    Mhtml,
    Markdown,
    Docx,
    Doc,
    Wps,
    Odt,
    Rtf,
    Pdf,
    Ofd,
    Xlsx,
    Csv,
    Tsv,
    Jsonl,
    Tmx,
}

/// Where the encoding was learned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum EncodingFrom {
    Bom,
    Http,
    Meta,
    Xml,
    Detected,
    Option,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Script {
    /// Simplified.
    Hans,
    /// Traditional.
    Hant,
    /// Traditional with pinyin in brackets behind characters.
    HantPinyin,
}

/// What the report says of itself. Unknown fields are empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Meta {
    pub title: String,
    /// The body that reports, in its fullest form: `政协大连市委员会`.
    pub organization: String,
    /// Province, city, county as far as known: `辽宁省大连市`.
    pub place: String,
    pub kind: ReportKind,
    /// The time that the report speaks of.
    pub period: Period,
    /// The meeting at which it was delivered: `十四届二次`.
    pub session: String,
    /// When it was delivered, ISO.
    pub date: String,
    /// When it was published, ISO.
    pub published: String,
    pub speaker: String,
    /// The text breaks off before the report's end.
    pub truncated: bool,
    /// A person changed it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(as = "Option<bool>", optional))]
    pub corrected: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum ReportKind {
    CppccStandingCommittee,
    CppccSummary,
    CppccProposals,
    Government,
    Congress,
    Court,
    Procuratorate,
    Statistics,
    #[default]
    Other,
}

/// A time from `start` to `end`, both included, each `2022`, `2022-12` or `2022-12-05`; empty where
/// the text does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Period {
    pub start: String,
    pub end: String,
}

/// A piece of the source that is not in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Removed {
    pub kind: RemovedKind,
    /// As it stands in the decoded source.
    pub text: String,
    /// Its place in the decoded source.
    pub source: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum RemovedKind {
    /// Menus, breadcrumbs, date lines, comment boxes.
    Chrome,
    /// Download and payment prompts, QR captions, disclaimers.
    Promotion,
    Spam,
    /// Tags, entities' remains, indentation and line ends that carry no words.
    Markup,
    /// Pinyin in brackets behind a character.
    Pinyin,
    /// What the page says a second time.
    Repeat,
}

/// A section of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Section {
    /// 1 at the top.
    pub depth: u32,
    /// Index of the section around this one.
    pub parent: Option<usize>,
    pub kind: HeadingKind,
    /// The numbering as written (`一、`, `（一）`, `一是`), or empty.
    pub marker: String,
    /// The heading without marker and closing punctuation.
    pub title: String,
    /// Marker and title in the text.
    pub heading: Span,
    /// All that the section contains, its heading and its subsections included.
    pub body: Span,
    /// A person changed or added it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(as = "Option<bool>", optional))]
    pub corrected: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum HeadingKind {
    /// On a line of its own.
    Heading,
    /// Followed by text in the same paragraph.
    RunIn,
}

/// A quantity that says how much of something was done, exists, was reached or is planned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Metric {
    /// The quantity in the text, with its hedge: `800余万元`.
    pub span: Span,
    /// The same place in the decoded source.
    pub source: Span,
    pub sentence: Span,
    /// Index of the innermost section around the span.
    pub section: Option<usize>,
    /// In the base unit: 800余万元 is 8000000.
    pub value: f64,
    /// The upper end of a range, in the base unit.
    pub max: Option<f64>,
    /// The base unit: `元`, `件`, `%`.
    pub unit: String,
    pub hedge: Hedge,
    pub kind: MetricKind,
    /// Who; empty where the text does not say.
    pub subject: String,
    /// The verb that the quantity completes; may be empty.
    pub action: String,
    /// What is measured, as the text has it.
    pub indicator: String,
    /// Id in the indicator lexicon.
    pub canonical: Option<String>,
    pub period: Period,
    pub status: Status,
    /// 0 to 1.
    pub confidence: Option<f64>,
    /// A person changed or added it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(as = "Option<bool>", optional))]
    pub corrected: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Hedge {
    Exact,
    Over,
    Under,
    About,
    Range,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum MetricKind {
    Count,
    /// Money.
    Amount,
    /// Area, weight, length and the like.
    Measure,
    /// Percent of a whole, rates.
    Share,
    /// Growth or fall.
    Change,
    Rank,
    Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Done,
    Plan,
}

/// What a careful reader should know about this reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Warning {
    /// Stable, in kebab case.
    pub code: String,
    /// In Simplified Chinese.
    pub message: String,
    pub span: Option<Span>,
}

/// Several reports side by side: what `compare` returns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Comparison {
    pub schema: u32,
    /// The columns: by place, then period.
    pub reports: Vec<CompareHead>,
    /// The rows: indicators in their groups.
    pub groups: Vec<IndicatorGroup>,
    /// The outlines side by side.
    pub sections: Vec<Topic>,
}

/// A report as the head of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CompareHead {
    /// Index of the report among those given.
    pub index: usize,
    /// `source.name`.
    pub name: String,
    pub title: String,
    pub place: String,
    pub kind: ReportKind,
    pub period: Period,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct IndicatorGroup {
    /// In kebab case; `other` holds what the indicator lexicon does not know.
    pub id: String,
    /// In Simplified Chinese.
    pub name: String,
    pub name_en: String,
    pub rows: Vec<IndicatorRow>,
}

/// One indicator, of one kind, in one unit, in all reports that give it. Level, growth, share and rank are
/// rows of their own, one after another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct IndicatorRow {
    /// Id in the indicator lexicon; none where only its words are the same in several reports.
    pub canonical: Option<String>,
    /// In Simplified Chinese.
    pub indicator: String,
    /// Empty where the lexicon does not know it.
    pub indicator_en: String,
    pub kind: MetricKind,
    /// What growth is measured against; only for the kind `change`.
    pub growth: Option<Growth>,
    /// Among whom (`全国`); only for the kind `rank`, and empty where the text does not say.
    pub among: String,
    /// The unit of all values of the row.
    pub unit: String,
    /// How the row's values are best shown.
    pub scale: Scale,
    /// By report; reports without a value have no cell.
    pub cells: Vec<Cell>,
}

/// What growth is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Growth {
    /// The year before, or what the text leaves unsaid.
    Plain,
    /// A yearly average over several years (年均).
    Average,
    /// An earlier time: several years together (比2020年).
    Since,
}

/// A unit to show values in: the value divided by `factor`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Scale {
    pub factor: f64,
    /// `亿元`.
    pub unit: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Cell {
    /// Index in `Comparison.reports`.
    pub report: usize,
    /// At least one; the first is the one to show.
    pub values: Vec<CellValue>,
}

/// A metric in a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CellValue {
    /// Index in that report's `metrics`.
    pub metric: usize,
    /// In the row's unit.
    pub value: f64,
    pub max: Option<f64>,
    /// The counter that the report uses, where it is another than the row's: 户 beside 家.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub counter: Option<String>,
    pub hedge: Hedge,
    pub period: Period,
    /// How `period` lies to the report's own period.
    pub when: When,
    pub status: Status,
    pub confidence: Option<f64>,
    /// It may be a part of what the row says (其中 …), or of something else of the same name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(as = "Option<bool>", optional))]
    pub part: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(as = "Option<bool>", optional))]
    pub corrected: bool,
}

/// How the time of a value lies to the time of its report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// The same time.
    Own,
    /// A part of it: the last year of five.
    Within,
    /// It reaches beyond it: five years in a yearly report.
    Around,
    Before,
    After,
    /// One of both is not known.
    Unknown,
}

/// Sections of several reports that are about the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Topic {
    /// In Simplified Chinese: the subject's name, or one of the headings.
    pub title: String,
    /// Empty where the title is a heading.
    pub title_en: String,
    /// 1 for a whole part of the reports (回顾, 安排), 2 for a subject in it.
    pub depth: u32,
    /// Whether it tells what was done or what is planned.
    pub status: Status,
    /// By report; reports that say nothing of it have no cell.
    pub cells: Vec<TopicCell>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TopicCell {
    /// Index in `Comparison.reports`.
    pub report: usize,
    /// Indices in that report's `outline`.
    pub sections: Vec<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use ts_rs::{Config, TS};

    /// A type's declaration with a field a line.
    fn declare<T: TS>() -> String {
        let config = Config::default();
        let whole = format!("{}export {}\n", T::docs().unwrap_or_default(), T::decl(&config));
        let mut out = String::new();
        for piece in whole.split("/**") {
            let (comment, code) = piece.split_once("*/").unwrap_or(("", piece));
            if !comment.is_empty() {
                let lines: Vec<_> =
                    comment.lines().map(|l| l.trim_start_matches([' ', '*']).trim_end()).collect();
                out += &format!("/** {} */\n", lines.join(" ").trim());
            }
            out += &code.trim_start().replace("{ ", "{\n").replace(", }", ";\n}").replace(", ", ";\n");
        }
        let mut depth = 0;
        out.lines().filter(|l| !l.trim().is_empty()).fold(String::new(), |done, line| {
            depth -= usize::from(line.starts_with('}'));
            let line = format!("{done}{}{}\n", "  ".repeat(depth), line.trim_end());
            depth += usize::from(line.ends_with("{\n"));
            line
        })
    }

    #[test]
    fn typescript_has_the_same_contract() {
        let types = [
            declare::<Report>(),
            declare::<Source>(),
            declare::<Format>(),
            declare::<EncodingFrom>(),
            declare::<Script>(),
            declare::<Meta>(),
            declare::<ReportKind>(),
            declare::<Period>(),
            declare::<Removed>(),
            declare::<RemovedKind>(),
            declare::<Section>(),
            declare::<HeadingKind>(),
            declare::<Metric>(),
            declare::<Hedge>(),
            declare::<MetricKind>(),
            declare::<Status>(),
            declare::<Warning>(),
            declare::<Span>(),
            declare::<Offsets>(),
            declare::<Comparison>(),
            declare::<CompareHead>(),
            declare::<IndicatorGroup>(),
            declare::<IndicatorRow>(),
            declare::<Growth>(),
            declare::<Scale>(),
            declare::<Cell>(),
            declare::<CellValue>(),
            declare::<When>(),
            declare::<Topic>(),
            declare::<TopicCell>(),
        ]
        .join("\n");
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/report.d.ts");
        if std::env::var_os("GANGMU_WRITE").is_some() {
            std::fs::write(path, &types).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            written.replace('\r', "") == types,
            "src/report.d.ts is not what report.rs says: run the tests once with GANGMU_WRITE=1"
        );
    }
}
