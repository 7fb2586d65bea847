//! The notebook on every phone: documents, rules, store, sync, and the surface the phones see.

pub mod document;
pub mod environment;
pub mod limits;
pub mod model;
pub mod store;
pub mod sync;
pub mod words;

pub use environment::{Environment, ScriptedEnvironment, SystemEnvironment};

uniffi::setup_scaffolding!();
