//! The company's record of promises, and what is computed from it.

pub(in crate::notebook) mod answers;
pub(in crate::notebook) mod asks;
pub(in crate::notebook) mod company_record;
pub(in crate::notebook) mod date_advice;
pub(in crate::notebook) mod held_record;
pub(in crate::notebook) mod lead_time_fit;
pub(in crate::notebook) mod load;
pub(in crate::notebook) mod messages;
pub(in crate::notebook) mod needs;
pub(in crate::notebook) mod reliability;
pub(in crate::notebook) mod report;
pub(in crate::notebook) mod tracker;
