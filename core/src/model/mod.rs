//! The domain model: pure types and rules, without I/O and without Automerge.

pub mod account;
pub mod authored;
pub mod calendar;
pub mod causality;
pub mod collation;
pub mod colleague_profile;
pub mod conflicts;
pub mod duplicates;
pub mod edit;
pub mod event;
pub mod event_kind;
pub mod event_quota;
pub mod fold;
pub mod handbook;
pub mod ids;
pub mod lead_time;
pub mod placement;
pub mod promise;
pub mod registry;
pub mod silence;
pub mod snippet;
pub mod telephone;
pub mod text;
pub mod time;
pub mod unsettled;
pub mod visit;
