//! The office acts: what a person does on a page becomes a group of the log, through the checks that a phone's groups
//! pass.
//!
//! `desk` does it, under one lock; `audit` says which acts leave an audit line; `form` is how forms are drawn and read,
//! `choices` what they offer; `promise`, `new`, `notes` and `settle` are the pages' forms.

mod audit;
mod choices;
mod desk;
mod form;
mod new;
mod notes;
mod promise;
mod settle;

pub(super) use audit::deed;
pub(super) use choices::performers;
pub(super) use desk::{Desk, Refusal};
pub(super) use form::{FORM_BYTES, FieldKind, FormView, Given, fresh};
pub(super) use new::{make, new};
pub(super) use notes::{NOTES_FORM_BYTES, notes, write_notes};
pub(super) use promise::{act, acted, forms};
pub(super) use settle::settle;
