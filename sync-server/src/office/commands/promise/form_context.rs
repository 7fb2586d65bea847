//! The context from which the forms of a promise's page are drawn, and the edits into which they are read.

use kept_core::Notebook;
use kept_core::model::ids::PersonId;
use kept_core::notebook::{Promise, PromiseEdit};

use crate::office::commands::form::{FieldKind, FormBuilder};
use crate::office::localizer::Localizer;

/// A promise for which forms are drawn.
pub(super) struct FormContext<'a> {
    pub(super) notebook: &'a Notebook,
    pub(super) promise: &'a Promise,
    pub(super) localizer: &'a Localizer,
    pub(super) draw: FormBuilder<'a>,
    /// The people at the customer's.
    pub(super) contacts: FieldKind,
}

/// The edits of a form, and the person for whom they are written.
pub(super) struct PromiseEdits {
    pub(super) edits: Vec<PromiseEdit>,
    pub(super) speaks_for: Option<PersonId>,
}

impl From<PromiseEdit> for PromiseEdits {
    fn from(edit: PromiseEdit) -> Self {
        Self {
            edits: vec![edit],
            speaks_for: None,
        }
    }
}
