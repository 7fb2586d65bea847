//! The addresses of the pages of customers and promises.

use std::fmt::Display;

use kept_core::notebook::{Conflict, EntryKind};

/// The address of an account's page.
pub(super) fn account_href(account: impl Display) -> String {
    format!("/accounts/{account}")
}

/// The address of a promise's page.
pub(super) fn promise_href(promise: impl Display) -> String {
    format!("/promises/{promise}")
}

/// The address of the page that shows the document of a conflict.
pub(super) fn conflict_href(conflict: &Conflict) -> String {
    match conflict.kind {
        EntryKind::Account => account_href(conflict.doc),
        EntryKind::Promise => promise_href(conflict.doc),
        // Other entries are shown at their customer.
        _ => conflict
            .account
            .map_or_else(|| "/conflicts".to_owned(), account_href),
    }
}
