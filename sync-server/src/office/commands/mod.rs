//! The office's commands: what a person does on a page becomes a group of the log, through the checks that a phone's
//! groups pass.
//!
//! `office_writer` writes the group, under one lock; `run_command` runs it for a page; `audit` says which commands
//! leave an audit line; `form` draws and reads forms, `choices` has what they offer; `promise`, `new_promise`, `notes`
//! and `settle` are the pages' forms.

mod audit;
mod choices;
mod form;
mod new_promise;
mod notes;
mod office_writer;
mod promise;
mod run_command;
mod settle;

pub(super) use choices::performers;
pub(super) use form::{FORM_BYTES, FieldKind, FormData, FormView, back, given, new_form_id};
pub(super) use new_promise::{create_promise, new_promise_page};
pub(super) use notes::{NOTES_FORM_BYTES, notes, write_notes};
pub(super) use office_writer::{CommandRefusal, OfficeWriter};
pub(super) use promise::{command_of, forms};
pub(super) use settle::settle;
