//! The input of people and scripts, on its way to the core. Here: ids and channels; the rest has files of its own.

mod contacts;
mod errors;
mod evidence;
mod files;
mod json_input;
pub mod people;
mod promise_input;
mod times;

use clap::builder::PossibleValuesParser;
use kept_core::Notebook;
use kept_core::model::ids::DocId;
use kept_core::model::visit::Channel;
use kept_core::notebook::{ApiResult, KeptError};

pub use contacts::contact_draft;
pub use errors::{not_present_error, syntax_error, unknown_value_message};
pub use evidence::EvidenceArg;
pub use files::{read_file, unreadable_file_error, write_new_file};
pub use json_input::{JsonObject, ObservationInput, VisitInput};
pub use promise_input::{PerformerArgs, PromiseTermsArgs};
pub use times::{days, due, lead_time, minutes, moment, time_span, week};

/// The kind of a promise that was given none.
pub const DEFAULT_KIND: &str = "other";

/// The values of `--channel`.
pub fn channel_values() -> PossibleValuesParser {
    PossibleValuesParser::new(Channel::ALL.map(Channel::name))
}

/// The channel of a name; none is a meeting on site.
pub fn channel(name: Option<&str>) -> ApiResult<Channel> {
    let Some(name) = name else {
        return Ok(Channel::default());
    };
    Channel::from_name(name).ok_or_else(|| {
        let known = Channel::ALL.map(Channel::name).join(", ");
        KeptError::invalid("channel", unknown_value_message("channel", name, &known))
    })
}

/// Finds what is no customer: an entry `thing-…` of the catalogue names it where nothing is found.
pub fn find_entry(notebook: &Notebook, what: &str, text: String) -> ApiResult<DocId> {
    notebook.find_document(text).map_err(|error| match error {
        KeptError::NotFound { id, .. } => KeptError::not_found(what, id),
        error => error,
    })
}
