//! Reports and comparisons as texts to take along.

use super::arrive;
use crate::export::{ComparisonForm, ExportOptions, Form, Language, Part, export_comparison};
use crate::report::Offsets;
use js_sys::{Array, JSON};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const INTERFACE: &str = r#"
export type ExportOptions = {
  /**
   * - `csv`: a row a metric, all reports in one table, with a byte order mark, for Excel and WPS
   * - `tsv`: the same cells divided by tabs, for the clipboard
   * - `tidy`: a long table for R and Python with English machine names, no byte order mark
   * - `md`: a Markdown document a report
   * - `html`: one page with headings and tables, for the clipboard and word processors
   * - `json`: the report, or an array where several are given
   */
  as: "csv" | "tsv" | "tidy" | "md" | "html" | "json";
  /** What headers and labels are written in; Chinese where nothing is said. */
  language?: "zh" | "en";
  /** What the reports' spans count; `utf-16` where nothing is said. */
  offsets?: Offsets;
  /** What of a report goes into `md` and `html`; all where nothing is said. */
  part?: "all" | "outline" | "metrics";
};

export type ComparisonExportOptions = {
  /**
   * - `csv`: a row an indicator, a column a report, with a byte order mark, for Excel and WPS
   * - `tsv`: the same cells divided by tabs, for the clipboard
   * - `md`: a Markdown table
   * - `html`: a page with one table, for the clipboard and word processors
   */
  as: "csv" | "tsv" | "md" | "html";
  /** What heads and names are written in; Chinese where nothing is said. */
  language?: "zh" | "en";
};
"#;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "Report[]")]
    pub type JsReports;
    #[wasm_bindgen(typescript_type = "ExportOptions")]
    pub type JsExportOptions;
    #[wasm_bindgen(typescript_type = "Comparison")]
    pub type JsCompared;
    #[wasm_bindgen(typescript_type = "ComparisonExportOptions")]
    pub type JsComparisonExportOptions;
}

/// Writes reports as a text to take along. Cells that a spreadsheet would run as formulas get an apostrophe in front.
/// For some of a report's metrics only, give a copy of it that has no others. Throws a `GangmuError`.
#[wasm_bindgen(js_name = exportReport)]
pub fn export_report(reports: JsReports, options: JsExportOptions) -> Result<String, JsValue> {
    let reports = Array::from(&reports);
    let Wanted { form, offsets, language, part } = arrive(options.into())?;
    if form == "json" {
        let value = if reports.length() == 1 { reports.get(0) } else { reports.into() };
        let text = JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &2.into())?;
        return Ok(String::from(text) + "\n");
    }
    let form: Form = arrive(form.into())?;
    let options = ExportOptions { offsets: offsets.unwrap_or(Offsets::Utf16), language, part };
    let mut out = form.head(&options);
    for (i, report) in reports.iter().enumerate() {
        out += &form.report(&arrive(report)?, i == 0, &options);
    }
    Ok(out + form.tail())
}

/// Writes the indicators of a comparison as a text to take along, in the units that `scale` says. A cell is a number
/// where nothing has to be said beside it, else words: `≥800 (2025 计划)`. Throws a `GangmuError`.
#[wasm_bindgen(js_name = exportComparison)]
pub fn write_comparison(
    comparison: JsCompared,
    options: JsComparisonExportOptions,
) -> Result<String, JsValue> {
    let WantedComparison { form, language } = arrive(options.into())?;
    Ok(export_comparison(&arrive(comparison.into())?, form, language))
}

#[derive(Deserialize)]
struct WantedComparison {
    #[serde(rename = "as")]
    form: ComparisonForm,
    #[serde(default)]
    language: Language,
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(rename = "as")]
    form: String,
    offsets: Option<Offsets>,
    #[serde(default)]
    language: Language,
    #[serde(default)]
    part: Part,
}
