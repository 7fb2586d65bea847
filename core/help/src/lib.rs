//! Help and usage errors of the command lines, in the user's language and as JSON.
//!
//! The English help is written beside the arguments. A program brings its German help as a Fluent catalogue; the
//! frame of a help page and the sentences of usage errors are in the catalogues of the core. A call that is
//! understood costs nothing here: the tree of commands is translated only when help or an error is printed.
//!
//! Each program has a test that fails for a text without a translation, a translation without a text, and one that lost
//! an option, a variable, a call or a number (`completeness`).

mod catalogue;
mod command_json;
mod command_tree;
mod completeness;
mod error_json;
mod invocation;
mod nearest;
mod page;
mod program;
mod response;
mod sentence;
mod translation;
mod usage_error;
mod values;
mod visible_word;

pub use error_json::error_json;
pub use invocation::{LANGUAGES, locale, selected_language};
pub use program::Program;
pub use response::Response;
pub use sentence::sentence;
pub use values::{InvalidValue, address, number};
pub use visible_word::visible_word;
