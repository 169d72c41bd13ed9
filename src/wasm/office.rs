//! Reports as office files.

use super::arrive;
use crate::export::{self, ExportOptions, Language, Part, Workbook};
use crate::report::{Comparison, Offsets};
use js_sys::Array;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const INTERFACE: &str = r#"
import type { Comparison, Offsets, Report } from "./gangmu.js";

export type XlsxOptions = {
  /** What heads and labels are written in; Chinese where nothing is said. */
  language?: "zh" | "en";
  /** What the reports' spans count; `utf-16` where nothing is said. */
  offsets?: Offsets;
  /** Goes into a sheet of its own. */
  comparison?: Comparison;
};

export type DocxOptions = {
  /** What labels are written in; Chinese where nothing is said. */
  language?: "zh" | "en";
  /** What the reports' spans count; `utf-16` where nothing is said. */
  offsets?: Offsets;
  /** The outline's headings with each section's metrics in a table under it (`all`, where nothing is said), without them, or one table. */
  part?: "all" | "outline" | "metrics";
};
"#;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "Report[]")]
    pub type JsReports;
    #[wasm_bindgen(typescript_type = "XlsxOptions")]
    pub type JsXlsxOptions;
    #[wasm_bindgen(typescript_type = "DocxOptions")]
    pub type JsDocxOptions;
}

/// A workbook for Excel and WPS (`.xlsx`): the sheets 指标 with all reports' metrics, 对比 where a comparison is given,
/// 提纲 and 来源. Numbers are numbers, words never formulas; the same reports give the same bytes. Throws a `GangmuError`.
#[wasm_bindgen]
pub fn xlsx(reports: JsReports, options: Option<JsXlsxOptions>) -> Result<Vec<u8>, JsValue> {
    let (options, comparison) = wanted(options.map(JsValue::from))?;
    let mut workbook = Workbook::new(options);
    for report in Array::from(&reports) {
        workbook.add(&arrive(report)?);
    }
    if let Some(comparison) = comparison {
        workbook.compare(&comparison);
    }
    Ok(workbook.finish())
}

/// A document for Word and WPS (`.docx`): title, metadata, and the outline in Word's own heading styles, each section's
/// metrics in a table under it. Throws a `GangmuError`.
#[wasm_bindgen]
pub fn docx(reports: JsReports, options: Option<JsDocxOptions>) -> Result<Vec<u8>, JsValue> {
    let (options, _) = wanted(options.map(JsValue::from))?;
    let reports: Vec<_> = Array::from(&reports).iter().map(arrive).collect::<Result<_, _>>()?;
    Ok(export::docx(&reports, &options))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    offsets: Option<Offsets>,
    language: Language,
    part: Part,
    comparison: Option<Comparison>,
}

fn wanted(options: Option<JsValue>) -> Result<(ExportOptions, Option<Comparison>), JsValue> {
    let Wanted { offsets, language, part, comparison } =
        options.map_or_else(|| Ok(Wanted::default()), arrive)?;
    Ok((ExportOptions { offsets: offsets.unwrap_or(Offsets::Utf16), language, part }, comparison))
}
