//! The notebook on every phone: documents, rules, store, sync, and the surface the phones see.

pub mod document;
pub mod environment;
pub mod import;
pub mod insight;
pub mod language;
pub mod limits;
pub mod model;
pub mod notebook;
pub mod remind;
pub mod store;
pub mod sync;
#[cfg(test)]
mod testing;
pub mod wire;

pub use environment::{Environment, ScriptedEnvironment, SystemEnvironment};
pub use notebook::Notebook;

uniffi::setup_scaffolding!();
