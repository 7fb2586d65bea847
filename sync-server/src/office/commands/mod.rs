//! The office acts: what a person does on a page becomes a group of the log, through the checks that a phone's groups
//! pass.
//!
//! `desk` does it, under one lock; `audit` says which acts leave an audit line; `form` is how forms are drawn and read,
//! `choices` what they offer; `promise`, `new`, `notes` and `settle` are the pages' forms.

mod audit;
mod choices;
mod form;
mod new_promise;
mod notes;
mod office_writer;
mod promise;
mod settle;

pub(super) use audit::audit_event;
pub(super) use choices::performers;
pub(super) use form::{FORM_BYTES, FieldKind, FormData, FormView, new_form_id};
pub(super) use new_promise::{create_promise, new_promise_page};
pub(super) use notes::{NOTES_FORM_BYTES, notes, write_notes};
pub(super) use office_writer::{CommandRefusal, OfficeWriter};
pub(super) use promise::{forms, redirect_to_promise, submit};
pub(super) use settle::settle;
