//! Customers.

pub(in crate::notebook) mod duplicates;
pub(in crate::notebook) mod import;
