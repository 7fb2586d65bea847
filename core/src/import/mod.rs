//! Files that come from elsewhere: contacts, whose cards the crate `vcard` reads, divided among customers; and records
//! of promises.

mod customer;
mod phone;
pub mod samples;

pub use customer::{Customer, FirmTraits, customers};
pub use phone::canonical_number;
pub use vcard::MAX_FILE;
