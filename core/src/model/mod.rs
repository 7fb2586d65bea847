//! The domain model: pure types and rules, without I/O and without Automerge.

pub mod account;
pub mod authored;
pub mod calendar;
pub mod causality;
pub mod collation;
pub mod colleague;
pub mod conflicts;
pub mod edit;
pub mod event;
pub mod fold;
pub mod handbook;
pub mod ids;
pub mod lead;
pub mod likeness;
pub mod people;
pub mod place;
pub mod promise;
pub mod room;
pub mod silence;
pub mod snippet;
pub mod telephone;
pub mod text;
pub mod time;
pub mod unsettled;
pub mod visit;
