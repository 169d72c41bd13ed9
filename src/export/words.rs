//! The words that tables and documents are labelled with.

#[cfg(feature = "formats")]
use crate::report::Format;
use crate::report::{Hedge, MetricKind, ReportKind, Status};
use serde::{Deserialize, Serialize};

/// What headers and labels are written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English; codes are those of the JSON.
    En,
}

impl Language {
    pub(super) fn pick(self, zh: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    pub(super) fn hedge(self, hedge: Hedge) -> &'static str {
        match hedge {
            Hedge::Exact => self.pick("", "exact"),
            Hedge::Over => self.pick("超过", "over"),
            Hedge::Under => self.pick("不足", "under"),
            Hedge::About => self.pick("约", "about"),
            Hedge::Range => self.pick("区间", "range"),
        }
    }

    pub(super) fn kind(self, kind: MetricKind) -> &'static str {
        match kind {
            MetricKind::Count => self.pick("数量", "count"),
            MetricKind::Amount => self.pick("金额", "amount"),
            MetricKind::Measure => self.pick("度量", "measure"),
            MetricKind::Share => self.pick("占比", "share"),
            MetricKind::Change => self.pick("增减", "change"),
            MetricKind::Rank => self.pick("位次", "rank"),
            MetricKind::Duration => self.pick("时长", "duration"),
        }
    }

    pub(super) fn status(self, status: Status) -> &'static str {
        match status {
            Status::Done => self.pick("完成", "done"),
            Status::Plan => self.pick("计划", "plan"),
        }
    }

    pub(super) fn corrected(self, corrected: bool) -> &'static str {
        if corrected { self.pick("是", "true") } else { self.pick("", "false") }
    }

    #[cfg(feature = "formats")]
    pub(super) fn format(self, format: Format) -> &'static str {
        match format {
            Format::Text => self.pick("纯文本", "text"),
            Format::Html => self.pick("网页", "html"),
            Format::Mhtml => "mhtml",
            Format::Markdown => "markdown",
            Format::Docx => "docx",
            Format::Doc => "doc",
            Format::Wps => "wps",
            Format::Odt => "odt",
            Format::Rtf => "rtf",
            Format::Pdf => "pdf",
            Format::Ofd => "ofd",
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Jsonl => "jsonl",
            Format::Tmx => "tmx",
        }
    }

    pub(super) fn report(self, kind: ReportKind) -> &'static str {
        match kind {
            ReportKind::CppccStandingCommittee => self.pick("政协常委会工作报告", "cppcc-standing-committee"),
            ReportKind::CppccSummary => self.pick("政协工作综述", "cppcc-summary"),
            ReportKind::CppccProposals => self.pick("政协提案工作报告", "cppcc-proposals"),
            ReportKind::Government => self.pick("政府工作报告", "government"),
            ReportKind::Congress => self.pick("人大常委会工作报告", "congress"),
            ReportKind::Court => self.pick("法院工作报告", "court"),
            ReportKind::Procuratorate => self.pick("检察院工作报告", "procuratorate"),
            ReportKind::Statistics => self.pick("统计公报", "statistics"),
            ReportKind::Other => self.pick("其他", "other"),
        }
    }
}
