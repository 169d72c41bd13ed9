//! The whole JavaScript boundary. The crate makes two modules: the one that every page loads, and, with
//! the feature `formats`, the one that is loaded when a file has to be unpacked.

#[cfg(not(feature = "formats"))]
mod export;
#[cfg(feature = "formats")]
mod office;
#[cfg(not(feature = "formats"))]
mod report;
#[cfg(feature = "formats")]
mod unpack;

use crate::Error;
use js_sys::{JsString, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

fn arrive<T: for<'de> Deserialize<'de>>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|e| thrown("invalid-argument", &e.to_string(), &format!("调用参数有误:{e}。")))
}

fn leave(value: &impl Serialize) -> JsValue {
    // JSON's shapes: `null` and plain objects, never `undefined` and `Map`.
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .expect("what is handed out is always plain data")
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
