//! The office acts: what a person does on a page becomes a group of the log, through the checks that a
//! phone's groups pass.
//!
//! `desk` does it, under one lock; `form` is how forms are drawn and read; `promise` and `settle` are the
//! pages' forms.

mod desk;
mod form;
mod promise;
mod settle;

pub(super) use desk::{Desk, Refusal};
pub(super) use form::{FORM_BYTES, FieldKind, FormView, Given, fresh};
pub(super) use promise::{act, forms, make, new, performers};
pub(super) use settle::settle;
