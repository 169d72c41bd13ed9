//! The module that every page loads: bytes, a `File` or a draft in, reports out.

use super::{arrive, error, leave, thrown};
use crate::compare::{Digest, compare_digests};
use crate::lexicon::Lexicon;
use crate::read::Draft;
use crate::report::{Format, Offsets};
use crate::{Error, Options, Report, own};
use js_sys::{Reflect, Uint8Array};
use serde::Deserialize;
use std::cell::RefCell;
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(typescript_custom_section)]
const CONTRACT: &str = include_str!("../report.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const INTERFACE: &str = r#"
export type ExtractOptions = {
  /** The file's name; `extractFile` takes the file's own where none is given. */
  name?: string;
  /** An encoding label that overrules what would be found: `gbk`, `big5`, `utf-16le`. */
  encoding?: string;
  /** What the text was in before it was unpacked, for `source.format`. */
  format?: Format;
  /** What spans count; `utf-16` where nothing is said, so that `text.slice(span.start, span.end)` is right. */
  offsets?: Offsets;
  /** One's own entries, a line each: `指标 委员走访 = 走访委员`, `量词 场次`, `动词 督办`, `页面 点击下载附件`. */
  lexicon?: string;
};

/** A line of one's own entries that is not understood; the others count. */
export type LexiconFault = {
  /** From 1. */
  line: number;
  /** What is wrong and how to write it, in English. */
  message: string;
  /** The same in Simplified Chinese. */
  messageZh: string;
};

/** What `compare` reads of a report; whole reports will do. */
export type Comparable = {
  source?: Pick<Source, "name">;
  meta?: Partial<Pick<Meta, "title" | "place" | "kind" | "period">>;
  /** Without it nothing tells the parts of a whole. */
  text?: string;
  outline?: (Pick<Section, "depth" | "parent" | "title"> & Partial<Section>)[];
  metrics?: (Pick<Metric, "value" | "unit" | "hedge" | "kind" | "indicator" | "period" | "status"> & Partial<Metric>)[];
};

export type CompareOptions = {
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
    #[wasm_bindgen(typescript_type = "LexiconFault[]")]
    pub type JsFaults;
    #[wasm_bindgen(typescript_type = "Comparable[]")]
    pub type JsComparables;
    #[wasm_bindgen(typescript_type = "CompareOptions")]
    pub type JsCompareOptions;
    #[wasm_bindgen(typescript_type = "Comparison")]
    pub type JsComparison;
    #[wasm_bindgen(typescript_type = "unknown")]
    pub type JsDraft;
    #[wasm_bindgen(typescript_type = "ExtractOptions")]
    pub type JsOptions;
}

/// Reads one file's bytes; throws a `GangmuError`.
#[wasm_bindgen]
pub fn extract(bytes: &[u8], options: Option<JsOptions>) -> Result<JsReport, JsValue> {
    answer(crate::extract(bytes, &given(options, String::new())?))
}

/// Reads what the module `gangmu/formats` made of a file; throws a `GangmuError`.
#[wasm_bindgen(js_name = extractDraft)]
pub fn extract_draft(draft: JsDraft, options: Option<JsOptions>) -> Result<JsReport, JsValue> {
    let draft: Draft = arrive(draft.into())?;
    answer(crate::extract_draft(draft, &given(options, String::new())?))
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
    answer(crate::extract(&Uint8Array::new(&buffer).to_vec(), &given(options, file.name())?))
}

/// The lines of one's own entries that are not understood.
#[wasm_bindgen(js_name = checkLexicon)]
pub fn check_lexicon(text: &str) -> JsFaults {
    leave(&own::check(text)).unchecked_into()
}

/// Puts reports side by side; throws a `GangmuError`.
#[wasm_bindgen]
pub fn compare(reports: JsComparables, options: Option<JsCompareOptions>) -> Result<JsComparison, JsValue> {
    let options: Compared = options.map_or_else(|| Ok(Compared::default()), |o| arrive(o.into()))?;
    let offsets = options.offsets.unwrap_or(Offsets::Utf16);
    let reports: Vec<Digest> = arrive(reports.into())?;
    let words = &Lexicon::builtin().compare;
    let comparison = compare_digests(&reports.iter().collect::<Vec<_>>(), offsets, words);
    Ok(leave(&comparison).unchecked_into())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Compared {
    offsets: Option<Offsets>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Given {
    name: Option<String>,
    encoding: Option<String>,
    format: Option<Format>,
    offsets: Option<Offsets>,
    lexicon: Option<String>,
}

fn given(options: Option<JsOptions>, name: String) -> Result<Options, JsValue> {
    let given: Given = options.map_or_else(|| Ok(Given::default()), |o| arrive(o.into()))?;
    Ok(Options {
        name: given.name.unwrap_or(name),
        encoding: given.encoding,
        format: given.format,
        offsets: given.offsets.unwrap_or(Offsets::Utf16),
        lexicon: given.lexicon.and_then(own_lexicon),
    })
}

/// The lexicon with one's own entries. The last one is kept: many files are read with the same.
fn own_lexicon(text: String) -> Option<Arc<Lexicon>> {
    thread_local! {
        static LAST: RefCell<Option<(String, Arc<Lexicon>)>> = const { RefCell::new(None) };
    }
    if text.trim().is_empty() {
        return None;
    }
    LAST.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|(of, _)| *of != text) {
            let lexicon = Arc::new(own::lexicon(&text).0);
            *last = Some((text, lexicon));
        }
        last.as_ref().map(|(_, lexicon)| Arc::clone(lexicon))
    })
}

fn answer(report: Result<Report, Error>) -> Result<JsReport, JsValue> {
    report.map(|report| leave(&report).unchecked_into()).map_err(error)
}
