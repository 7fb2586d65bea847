//! Finds the one document that a text means: an id, its beginning, or a customer's name.

use crate::language::Message;
use crate::model::fold;
use crate::model::ids::DocId;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::store::queries;
use crate::store::search::{Query, composed};

#[uniffi::export]
impl Notebook {
    /// Returns the document that is meant by an id, by the beginning of one (six hexadecimal digits or more), or, for
    /// accounts, by a name. `NotFound` if there is none, `Invalid` if it may be several.
    pub fn find_document(&self, text: String) -> ApiResult<DocId> {
        self.read(|store| {
            let text = text.trim();
            if let Ok(id) = text.parse::<DocId>() {
                return match queries::one(store.read(), id)? {
                    Some(_) => Ok(id),
                    None => Err(KeptError::not_found("thing-entry", id)),
                };
            }
            let digits: String = text.chars().filter(|c| *c != '-').collect();
            if digits.len() >= 6 && digits.chars().all(|c| c.is_ascii_hexdigit()) {
                match queries::by_prefix(store.read(), &digits)?.as_slice() {
                    [one] => return Ok(*one),
                    [] => {}
                    several => {
                        let named = several.iter().map(|id| (*id, String::new()));
                        let named: Vec<_> = named.collect();
                        return Err(ambiguous(text, named.iter()));
                    }
                }
            }
            let query = Query::read(text, Context::load(self, store)?.country());
            let query = query.ok_or_else(|| KeptError::not_found("thing-account", text))?;
            let accounts = queries::accounts_named(store.read(), &query)?;
            let as_written = |name: &str| composed(name).to_lowercase();
            // A text with every letter of a name means that one, else the one that is read the same.
            let plainly: [fn(&str) -> String; 2] = [as_written, fold::plain];
            let [written, folded] = plainly.map(|plain| {
                let meant = plain(text);
                let same = accounts.iter().filter(|(_, name)| plain(name) == meant);
                same.collect::<Vec<_>>()
            });
            match (written.as_slice(), folded.as_slice(), accounts.as_slice()) {
                ([(one, _)], ..) | ([], [(one, _)], _) | ([], [], [(one, _)]) => Ok(*one),
                ([], [], []) => Err(KeptError::not_found("thing-account", text)),
                ([], [], all) => Err(ambiguous(text, all.iter())),
                ([], same, _) | (same, ..) => Err(ambiguous(text, same.iter().copied())),
            }
        })
    }
}

/// Makes the error that names some of the documents that a text may mean.
fn ambiguous<'a>(text: &str, all: impl ExactSizeIterator<Item = &'a (DocId, String)>) -> KeptError {
    /// The most documents that are named.
    const MAX_NAMED: usize = 5;
    let more = all.len() > MAX_NAMED;
    let named = all.take(MAX_NAMED).map(|(id, name)| {
        let id = id.to_string();
        match name.as_str() {
            "" => id,
            // As long as lists show it.
            name => format!("{name} ({})", id.get(..18).unwrap_or(&id)),
        }
    });
    let mut known = named.collect::<Vec<_>>().join(", ");
    if more {
        known.push_str(", …");
    }
    let words = Message::new("error-ambiguous")
        .text("text", text)
        .text("known", known);
    KeptError::invalid("id", words)
}
