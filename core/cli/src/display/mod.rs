//! The output that several commands share, by what it is about.

pub mod entries;
pub mod fields;
pub mod messages;
pub mod promises;
pub mod reminders;
pub mod sync_report;
