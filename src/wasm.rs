//! The whole JavaScript boundary: bytes or a `File` in, plain objects out.

use crate::export::{self, Language};
use crate::{Error, Options, Report, report::Offsets};
use js_sys::{JsString, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(typescript_custom_section)]
const CONTRACT: &str = include_str!("report.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const INTERFACE: &str = r#"
export type ExtractOptions = {
  /** The file's name; `extractFile` takes the file's own where none is given. */
  name?: string;
  /** An encoding label that overrules what would be found: `gbk`, `big5`, `utf-16le`. */
  encoding?: string;
  /** What spans count; `utf-16` where nothing is said, so that `text.slice(span.start, span.end)` is right. */
  offsets?: Offsets;
};

export type ExportOptions = {
  /** What headers and labels are written in; Chinese where nothing is said. */
  language?: "zh" | "en";
  /** What the reports' spans count; `utf-16` where nothing is said. */
  offsets?: Offsets;
};

/** What every function here throws, and every promise rejects with. */
export interface GangmuError extends Error {
  name: "GangmuError";
  /** Stable, in kebab case. */
  code: string;
  /** What happened and what to do, in Simplified Chinese; `message` says the same in English. */
  messageZh: string;
}
"#;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "Report")]
    pub type JsReport;
    #[wasm_bindgen(typescript_type = "Report[]")]
    pub type JsReports;
    #[wasm_bindgen(typescript_type = "ExtractOptions")]
    pub type JsOptions;
    #[wasm_bindgen(typescript_type = "ExportOptions")]
    pub type JsExportOptions;
}

/// Reads one file's bytes; throws a `GangmuError`.
#[wasm_bindgen]
pub fn extract(bytes: &[u8], options: Option<JsOptions>) -> Result<JsReport, JsValue> {
    read(bytes, options, String::new())
}

/// Reads a `File`; rejects with a `GangmuError`.
#[wasm_bindgen(js_name = extractFile)]
pub async fn extract_file(file: web_sys::File, options: Option<JsOptions>) -> Result<JsReport, JsValue> {
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|cause| {
        let cause = Reflect::get(&cause, &"message".into()).ok().and_then(|m| m.as_string());
        thrown(
            "unreadable",
            &format!("the file cannot be read: {}", cause.unwrap_or_default()),
            "文件读不出来,可能已被移动、删除或正被占用。请重新选择文件。",
        )
    })?;
    read(&Uint8Array::new(&buffer).to_vec(), options, file.name())
}

/// One table of the metrics of all reports, with a byte order mark, so that Excel opens it; throws a
/// `GangmuError`.
#[wasm_bindgen]
pub fn csv(reports: JsReports, options: Option<JsExportOptions>) -> Result<String, JsValue> {
    let (offsets, language) = wanted(options)?;
    let reports: Vec<Report> = arrive(reports.into())?;
    Ok(export::csv(&reports.iter().collect::<Vec<_>>(), offsets, language))
}

/// One report as a Markdown document; throws a `GangmuError`.
#[wasm_bindgen]
pub fn md(report: JsReport, options: Option<JsExportOptions>) -> Result<String, JsValue> {
    let (offsets, language) = wanted(options)?;
    Ok(export::md(&arrive(report.into())?, offsets, language))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    offsets: Option<Offsets>,
    language: Language,
}

fn wanted(options: Option<JsExportOptions>) -> Result<(Offsets, Language), JsValue> {
    let wanted: Wanted = options.map_or_else(|| Ok(Wanted::default()), |o| arrive(o.into()))?;
    Ok((wanted.offsets.unwrap_or(Offsets::Utf16), wanted.language))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Given {
    name: Option<String>,
    encoding: Option<String>,
    offsets: Option<Offsets>,
}

fn read(bytes: &[u8], options: Option<JsOptions>, name: String) -> Result<JsReport, JsValue> {
    let given: Given = options.map_or_else(|| Ok(Given::default()), |o| arrive(o.into()))?;
    let options = Options {
        name: given.name.unwrap_or(name),
        encoding: given.encoding,
        offsets: given.offsets.unwrap_or(Offsets::Utf16),
        ..Options::default()
    };
    crate::extract(bytes, &options).map(|report: Report| leave(&report).unchecked_into()).map_err(error)
}

fn arrive<T: for<'de> Deserialize<'de>>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|e| thrown("invalid-argument", &e.to_string(), &format!("调用参数有误:{e}。")))
}

fn leave(value: &impl Serialize) -> JsValue {
    // JSON's shapes: `null` and plain objects, never `undefined` and `Map`.
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .expect("a report is always plain data")
}

fn error(error: Error) -> JsValue {
    thrown(error.code(), &error.to_string(), &error.message_zh())
}

/// The one place that makes JavaScript errors.
fn thrown(code: &str, message: &str, message_zh: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name("GangmuError");
    for (key, value) in [("code", code), ("messageZh", message_zh)] {
        let set = Reflect::set(&error, &JsString::from(key), &JsString::from(value));
        set.expect("a new error takes properties");
    }
    error.into()
}
