//! Errors as machines read them: one shape for every program.

use serde_json::{Value, json};

/// An error with its kind, the key of its sentence if it has one, and the sentence. Programs add fields of their own
/// beside these.
pub fn error_json(kind: &str, key: Option<&str>, message: &str) -> Value {
    json!({ "error": { "kind": kind, "key": key, "message": message } })
}
