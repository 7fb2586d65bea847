//! The real program on a folder of its own, as people and scripts use it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod drafts;
mod everyday;
mod handbook;
mod help;
mod import;
#[cfg(all(target_os = "linux", feature = "keyring"))]
mod keyring;
mod lines;
mod record;
mod reminders;
mod search;
#[cfg(unix)]
mod sync;
mod test_folder;
mod trouble;
mod undo;
mod unsaved;
mod unsent;
#[cfg(unix)]
mod watching;
mod zone;
