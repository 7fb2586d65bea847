//! What the field talks about: pure types and rules, without I/O and without Automerge.

pub mod ids;
pub mod people;
pub mod place;
pub mod time;
