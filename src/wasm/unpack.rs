//! The module for files that have to be unpacked: bytes in, entries out.

use super::{error, leave};
use crate::Options;
use crate::unpack::{Content, Entry};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const INTERFACE: &str = r#"
/** Something in a file that may be a report: one of `draft`, `bytes` and `error` is there. */
export type Entry = {
  /** The file's name; in an archive with its path there. */
  name: string;
  /** Goes to `extractDraft`. */
  draft?: unknown;
  /** The draft's text, which the spans named `source` point into. */
  source?: string;
  /** A text or a page; goes to `extract` with `encoding` and `format`. */
  bytes?: Uint8Array;
  encoding?: string;
  format?: string;
  /** Why this entry cannot be read; the others can. */
  error?: Error;
};
"#;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "Entry[]")]
    pub type JsEntries;
}

/// What a file holds, in its order; an encoding overrules what would be found. Throws a `GangmuError` where the file itself cannot be read.
#[wasm_bindgen]
pub fn unpack(bytes: &[u8], name: &str, encoding: Option<String>) -> Result<JsEntries, JsValue> {
    let options = Options { name: name.to_owned(), encoding, ..Options::default() };
    let entries = crate::unpack::unpack(bytes, &options).map_err(error)?;
    Ok(entries.into_iter().map(entry).collect::<Array>().unchecked_into())
}

fn entry(entry: Entry) -> JsValue {
    let object = Object::new();
    let set = |key: &str, value: JsValue| {
        Reflect::set(&object, &key.into(), &value).expect("a new object takes properties");
    };
    set("name", entry.name.into());
    match entry.content {
        Ok(Content::Draft(draft)) => {
            set("source", draft.source().into());
            set("draft", leave(&draft));
        }
        Ok(Content::Bytes { bytes, encoding, format }) => {
            set("bytes", Uint8Array::from(bytes.as_slice()).into());
            if let Some(encoding) = encoding {
                set("encoding", encoding.into());
            }
            if let Some(format) = format {
                set("format", leave(&format));
            }
        }
        Err(failure) => set("error", error(failure)),
    }
    object.into()
}
