//! The records of customers that screens show, and the query for a list of them.

use serde::Serialize;

use crate::model::account::{Account, AccountForm};
use crate::model::ids::{DocId, Team};
use crate::notebook::entries::records::EntrySummary;
use crate::notebook::promises::records::PromiseSummary;

/// An account in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AccountSummary {
    /// The document's id.
    pub id: DocId,
    /// The customer's name.
    pub name: String,
    /// The form: company or person.
    pub form: AccountForm,
    /// The telephone number to call first; empty if there is none.
    pub phone: String,
    /// The team that looks after it; none if no team does.
    pub team: Option<Team>,
    /// True if it was put away.
    pub archived: bool,
    /// The number of conflicts in it that wait to be settled.
    pub unsettled: u32,
    /// True if a change of it has not reached the server.
    pub unsent: bool,
    /// The ids of the accounts that are likely the same customer, entered twice; empty if there are none.
    pub likely_same: Vec<DocId>,
}

/// The accounts that are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AccountListQuery {
    /// True for those that were put away as well.
    #[uniffi(default = false)]
    pub archived: bool,
    /// The most accounts to return; more than 10,000 counts as 10,000.
    #[uniffi(default = 10000)]
    pub limit: u32,
    /// The number of accounts to skip.
    #[uniffi(default = 0)]
    pub offset: u32,
}

/// An account with what happened there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AccountPage {
    /// The account.
    pub account: Account,
    /// Its newest entries, at most 500, the newest first.
    pub timeline: Vec<EntrySummary>,
    /// The number of all its entries; if it is more, the timeline has only the newest of them.
    pub happened: u64,
    /// Its open promises, the next due first.
    pub promises: Vec<PromiseSummary>,
    /// True if a change of the account has not reached the server.
    pub unsent: bool,
    /// The accounts that are likely the same customer, entered twice.
    pub likely_same: Vec<AccountSummary>,
}
