//! Promises: how they are made, changed, listed and said.

pub(in crate::notebook) mod checks;
pub(in crate::notebook) mod event_builder;
pub(in crate::notebook) mod event_messages;
pub(in crate::notebook) mod lateness;
pub(in crate::notebook) mod make_right;
pub(in crate::notebook) mod performers;
pub(in crate::notebook) mod records;
pub(in crate::notebook) mod rewrite;
pub(in crate::notebook) mod state_messages;
pub(in crate::notebook) mod summary;
