//! Texts that several people write: cut into sentences, compared by sentence, and shown. Pure.
//!
//! Texts merge by sentence, never by letter: letters would make words that no author wrote.

mod revision;
mod sentence;

pub use revision::{RevisionStep, revise, similarity};
pub use sentence::{SOFT_BREAK, Sentence, ends_itself, normal, sentences, shown};
