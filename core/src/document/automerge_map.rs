//! Maps of documents that Automerge holds: a container by its key, and setting a key of it.

use automerge::transaction::{Transactable, Transaction};
use automerge::{AutomergeError, ObjId, ROOT, ReadDoc, ScalarValue, Value};

/// Sets a key. Where values stand side by side the chosen one is written anew: Automerge would write nothing for the
/// one that it shows, and a choice that another author makes meanwhile would pass over this one.
pub(super) fn put(
    transaction: &mut Transaction<'_>,
    object: &ObjId,
    key: &str,
    value: impl Into<ScalarValue>,
) -> Result<(), AutomergeError> {
    if transaction.get_all(object, key)?.len() > 1 {
        transaction.delete(object, key)?;
    }
    transaction.put(object, key, value)
}

/// A container of a document that is there.
pub(super) fn object(transaction: &Transaction<'_>, key: &str) -> Result<ObjId, AutomergeError> {
    match transaction.get(ROOT, key)? {
        Some((Value::Object(_), object)) => Ok(object),
        _ => Err(AutomergeError::NotAnObject),
    }
}
