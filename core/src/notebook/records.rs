//! What screens show: summaries for lists, the bare noun for a detail, drafts to create, edits to change.
//! Those of promises stand in `promise_records`.

use serde::Serialize;

use super::field_words::FieldWords;
use super::past::HistoryCheck;
use super::promise_records::{PromiseDraft, PromiseSummary};
use crate::environment::ZoneSource;
use crate::model::account::{Account, AccountForm};
use crate::model::authored::Authorship;
use crate::model::calendar::{Shift, WorkingCalendar};
use crate::model::edit::Parts;
use crate::model::handbook::PromiseKind;
use crate::model::ids::{DocId, GroupId, InstallationId, ItemId, OrganisationId, PersonId, Team};
use crate::model::people::Role;
use crate::model::snippet::Segment;
use crate::model::time::{Millis, Trust};
use crate::model::visit::{Channel, UsageDraft, VisitDraft};
use crate::sync::outage::Outage;
use crate::words::Words;

/// Whose notebook this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Me {
    /// The organisation.
    pub organisation: OrganisationId,
    /// What it is called; empty before `join`.
    pub organisation_name: String,
    /// Who.
    pub person: PersonId,
    /// What they are called; empty before `join`.
    pub name: String,
    /// What they do.
    pub role: Role,
    /// The team that new documents enter.
    pub team: Option<Team>,
    /// This notebook on this device.
    pub installation: InstallationId,
    /// Whether the notebook belongs to a company.
    pub joined: bool,
    /// The server, where there is one.
    pub server: Option<String>,
}

/// An account in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AccountSummary {
    /// The document.
    pub id: DocId,
    /// What the customer is called.
    pub name: String,
    /// Company or person.
    pub form: AccountForm,
    /// The number to call first; empty if there is none.
    pub phone: String,
    /// The team that looks after it.
    pub team: Option<Team>,
    /// Put away.
    pub archived: bool,
    /// How many values wait to be settled.
    pub unsettled: u32,
    /// Whether something of it has not reached the server.
    pub unsent: bool,
    /// Accounts that are likely the same customer, entered twice.
    pub likely_same: Vec<DocId>,
}

/// What kind of thing a line of a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A customer.
    Account,
    /// A visit.
    Visit,
    /// Observed usage.
    Usage,
    /// A promise.
    Promise,
    /// What a colleague says about themselves.
    Person,
}

/// One line of a mixed list: what came in, an account's timeline, what a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct EntrySummary {
    /// The document.
    pub id: DocId,
    /// What it is.
    pub kind: EntryKind,
    /// The customer.
    pub account: Option<DocId>,
    /// What the customer is called, as it was when this was written.
    pub account_name: String,
    /// When it happened, in milliseconds since the epoch.
    pub at: Millis,
    /// Who wrote it; empty while unknown.
    pub by: String,
    /// Whether it was written on this device's own actor.
    pub by_me: bool,
    /// Its text: what was said, the quote, the deliverable, the name.
    pub text: String,
    /// What stands behind it in smaller type: what it means, the workaround, the criterion, the phone.
    pub aside: String,
    /// How a visit was made.
    pub channel: Option<Channel>,
    /// How much it hurts, 0 to 3, for usage.
    pub pain: Option<u8>,
    /// The promise in full, for promises.
    pub promise: Option<PromiseSummary>,
    /// How much of it is here; none where all is.
    pub parts: Option<Parts>,
    /// The same in words.
    pub parts_words: Option<Words>,
    /// Whether its times can be trusted.
    pub trust: Trust,
    /// Whether something of it has not reached the server.
    pub unsent: bool,
    /// Where it has what was looked for, if it was found by a search: its name or text first.
    pub matches: Vec<Match>,
    /// For an account: those that are likely the same customer, entered twice.
    pub likely_same: Vec<DocId>,
}

/// A field in which a search found something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Match {
    /// Which field.
    pub field: Words,
    /// What it says there, with what was found marked.
    pub segments: Vec<Segment>,
}

/// What the company agreed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HandbookPage {
    /// The kinds of promises, by key; retired ones too.
    pub kinds: Vec<HandbookKind>,
    /// The working hours and holidays; none: Monday to Friday, in the zone of the place.
    pub hours: Option<WorkingCalendar>,
    /// Whether whose notebook this is may change it.
    pub may_write: bool,
    /// The country whose telephone numbers are written without a country code, as "DE +49": that of the zone of the
    /// hours, else of this device's zone. None where the zone is in no country.
    pub telephone_country: Option<String>,
}

/// A kind of promises, and what people call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HandbookKind {
    /// What holds for it.
    pub kind: PromiseKind,
    /// What it is called.
    pub words: Words,
}

/// What a colleague says about themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Myself {
    /// Who.
    pub person: PersonId,
    /// What they are called; empty while unknown.
    pub name: String,
    /// Their working hours; none: the company's.
    pub hours: Option<WorkingCalendar>,
    /// Days on which they do not work, as `2026-12-24`, in order.
    pub absent: Vec<String>,
    /// When no reminder may ring, callbacks excepted, in minutes after midnight; it may pass midnight.
    pub quiet: Option<Shift>,
    /// Usual efforts, by kind of promise.
    pub efforts: Vec<UsualEffort>,
    /// How they win, in their own words.
    pub wins: String,
    /// Their telephone numbers.
    pub phones: Vec<String>,
}

/// How long a kind of promise usually takes somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct UsualEffort {
    /// The kind.
    pub kind: String,
    /// What people call it.
    pub kind_words: Words,
    /// In working minutes.
    pub minutes: u32,
}

/// What one tap at the customer's door writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct TapDraft {
    /// The visit.
    pub visit: VisitDraft,
    /// What was observed.
    pub usages: Vec<UsageDraft>,
    /// What was promised.
    pub promises: Vec<PromiseDraft>,
}

/// What one tap wrote: all of it is on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Logged {
    /// The visit.
    pub visit: DocId,
    /// What was observed.
    pub usages: Vec<DocId>,
    /// What was promised.
    pub promises: Vec<DocId>,
    /// That the clock of this device is behind, as far as it can know.
    pub clock_warning: Option<Words>,
}

/// Which accounts are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AccountQuery {
    /// Also those that were put away.
    pub archived: bool,
    /// At most so many.
    pub limit: u32,
    /// After so many.
    pub offset: u32,
}

/// What a day asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Today {
    /// Promises that I made or am to deliver, that do not count, and that nobody has written again.
    pub not_counted: Vec<PromiseSummary>,
    /// My promises past their date and still to be done.
    pub late: Vec<PromiseSummary>,
    /// My promises due until midnight.
    pub due_today: Vec<PromiseSummary>,
    /// What others ask me to deliver, and wait for my word.
    pub asked_of_me: Vec<PromiseSummary>,
    /// My other open promises, the next due first.
    pub later: Vec<PromiseSummary>,
}

/// A device, and when it was heard from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct DeviceSeen {
    /// Which.
    pub installation: InstallationId,
    /// Whose.
    pub person: PersonId,
    /// What that person is called.
    pub name: String,
    /// What the device is called.
    pub device: String,
    /// When it was last heard from, in milliseconds of server time.
    pub heard: Option<Millis>,
    /// Everything that it wrote before this moment has come.
    pub clear_through: Option<Millis>,
    /// How many of its documents wait at the office.
    pub open: u32,
    /// Whether it was shut out.
    pub revoked: bool,
}

/// A group that the server does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct UnsentGroup {
    /// Which.
    pub id: GroupId,
    /// When it was written, in milliseconds since the epoch.
    pub written_at: Millis,
    /// "unsent", "held" or "refused".
    pub state: String,
    /// Why it is held or refused.
    pub reasons: Vec<Words>,
    /// The documents that it is about.
    pub docs: Vec<DocId>,
}

/// How far a scope has been read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ScopeSeen {
    /// "company", "team:north" and so on.
    pub name: String,
    /// The last row read.
    pub seq: u64,
    /// How far it reached on the server when last heard.
    pub head: u64,
    /// Whether what is here sums up to something else than on the server.
    pub differs: bool,
}

/// Everything that a person may want to know about what is sent and what is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Status {
    /// Whose notebook this is.
    pub me: Me,
    /// What is only on this device, in one line.
    pub line: Words,
    /// What is not acknowledged, oldest first.
    pub unsent: Vec<UnsentGroup>,
    /// Server time of the last exchange, in milliseconds since the epoch.
    pub last_contact: Option<Millis>,
    /// When each device was heard from.
    pub devices: Vec<DeviceSeen>,
    /// How far each scope has been read.
    pub scopes: Vec<ScopeSeen>,
    /// Documents of which rows are still to come.
    pub arriving: u64,
    /// Rows of kinds that this version does not know.
    pub unknown_rows: u64,
    /// Documents that cannot be read, with why.
    pub quarantined: Vec<Quarantined>,
    /// Changes of documents that are set aside, with why; the rest of these documents is shown.
    pub set_aside: Vec<SetAsideChange>,
    /// Documents that do not count, with why: promises that nobody has written again, and what somebody
    /// wrote of a colleague who might not.
    pub not_counted: Vec<NotCounted>,
    /// Whether the server knows another copy of this notebook.
    pub forked: bool,
    /// Whether the server said, when it was asked last, that this device is signed out.
    pub signed_out: bool,
    /// Why the server is out of reach, where it was when it was asked last.
    pub outage: Option<OutageSeen>,
    /// The proxy that is kept for the way to the server, without name and password.
    pub proxy: Option<String>,
    /// How far this device's clock can be trusted.
    pub clock: Trust,
    /// Server time minus this device's clock, in milliseconds, where known.
    pub clock_offset_ms: Option<i64>,
    /// The IANA zone that dates are typed and said in; none where nobody knows.
    pub zone: Option<String>,
    /// Where the zone was found.
    pub zone_from: Option<ZoneSource>,
    /// Whatever of the above somebody should read, in sentences.
    pub notes: Vec<Words>,
}

/// A document that does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct NotCounted {
    /// Which.
    pub id: DocId,
    /// What it is called: what was promised, or whom it is about.
    pub title: String,
    /// Why it does not count.
    pub reason: Words,
}

/// The server out of reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct OutageSeen {
    /// Why, and what was answered.
    #[serde(flatten)]
    pub outage: Outage,
    /// Since when, in milliseconds since the epoch.
    pub since: Millis,
}

/// A document that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Quarantined {
    /// Which.
    pub id: DocId,
    /// Why.
    pub reason: String,
}

/// A change that is here and not shown, for it breaks a bound or builds on one that does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SetAsideChange {
    /// Its document.
    pub id: DocId,
    /// The change's hash, in hexadecimal digits.
    pub change: String,
    /// Why, for people.
    pub reason: Words,
    /// Why, for somebody who looks into it.
    pub detail: String,
}

/// One change of a document, as history shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HistoryLine {
    /// Who, and when by their clock.
    pub by: Authorship,
    /// Whether it was written here.
    pub by_me: bool,
    /// When the server took it; none while unsent.
    pub received_at: Option<Millis>,
    /// How far its time can be trusted; none where the change does not say.
    pub trust: Option<Trust>,
    /// What changed, field by field, for machines; empty for a change that is set aside.
    pub changes: Vec<FieldChange>,
    /// What changed, as people read it.
    pub lines: Vec<FieldWords>,
    /// Why it is set aside; none for a change that is shown.
    pub set_aside: Option<Words>,
}

/// One field that a change touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct FieldChange {
    /// Which field: "name", "notes", "contacts/…/role", "events/accepted".
    pub field: String,
    /// What it says after the change; empty if it was removed.
    pub value: String,
}

/// What an import took, card by card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ImportReport {
    /// Each card of the file, in its order.
    pub cards: Vec<ImportedCard>,
    /// How many are new: they became accounts, or contacts of one.
    pub added: u32,
    /// How many were there before.
    pub known: u32,
    /// How many of these say something that their accounts do not; it is in what was left out.
    pub differing: u32,
    /// How many were refused.
    pub refused: u32,
    /// How many accounts were made.
    pub accounts: u32,
    /// How many of what was added became contacts of a firm.
    pub contacts: u32,
    /// How many cards have text that could not be decoded; it stands as it came, and is in what was left out.
    pub undecoded: u32,
}

/// One card of an imported file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ImportedCard {
    /// Its number in the file, from 1.
    pub number: u32,
    /// What it is called.
    pub name: String,
    /// The account; none if it was refused.
    pub account: Option<DocId>,
    /// Whether the card is new.
    pub added: bool,
    /// Why it was refused.
    pub refused: Option<Words>,
    /// The firm's contact that the card became; none if it became an account itself.
    pub contact: Option<ItemId>,
    /// What the account is called, where the card became a contact of it.
    pub account_name: String,
    /// Whether the account was there before the card.
    pub joined: bool,
    /// What was taken: "2 phone numbers" and so on, field by field.
    pub taken: Vec<FieldChange>,
    /// What was not taken, and why.
    pub left_out: Vec<LeftOutField>,
}

/// A property of a card that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct LeftOutField {
    /// The property's name.
    pub property: String,
    /// Why.
    pub reason: Words,
}

/// What a check of the notebook found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Checkup {
    /// What the database itself complains about.
    pub database: Vec<String>,
    /// Documents whose rows are not what their changes say; `rebuild` mends them.
    pub stale: Vec<DocId>,
    /// Documents that cannot be read.
    pub quarantined: Vec<Quarantined>,
    /// Changes of documents that are set aside.
    pub set_aside: Vec<SetAsideChange>,
    /// Scopes whose changes here do not sum up to what was read.
    pub lost: Vec<String>,
    /// Documents whose history is not intact, with why.
    pub broken: Vec<HistoryCheck>,
    /// How many changes are here.
    pub changes: u64,
    /// How many documents are shown.
    pub documents: u64,
}

impl Checkup {
    /// Whether nothing is wrong.
    pub fn is_healthy(&self) -> bool {
        self.database.is_empty()
            && self.stale.is_empty()
            && self.quarantined.is_empty()
            && self.set_aside.is_empty()
            && self.lost.is_empty()
            && self.broken.is_empty()
    }
}

/// How to join.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct JoinOptions {
    /// What this device is called.
    pub label: String,
    /// Whether plain http may be used beyond loopback.
    pub insecure: bool,
    /// A certificate, as PEM, to check the server's against instead of the web's roots.
    pub certificate: Option<String>,
    /// The proxy on the way to the server, `http://[name:password@]host[:port]`; kept with the notebook.
    #[uniffi(default = None)]
    pub proxy: Option<String>,
}

/// What a synchronisation moved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SyncReport {
    /// How many exchanges it took.
    pub exchanges: u32,
    /// Groups that the server stored, or had.
    pub sent: u64,
    /// Changes that were new here.
    pub received: u64,
    /// Groups that the server holds for the office.
    pub held: u64,
    /// Groups that the server refused.
    pub refused: u64,
    /// Groups that wait because the server lacks what they build on, though that was sent again.
    pub lacking: u64,
    /// Whether the server knows another copy of this notebook; then nothing moved.
    pub forked: bool,
    /// Whether it was stopped before its end.
    pub stopped: bool,
    /// Whether everything here agrees with the server; none if it was not compared.
    pub agrees: Option<bool>,
}

/// An account with what happened there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AccountPage {
    /// The account.
    pub account: Account,
    /// What happened last, newest first.
    pub timeline: Vec<EntrySummary>,
    /// How much happened in all: where it is more, the timeline has only the newest of it.
    pub happened: u64,
    /// Its open promises, the next due first.
    pub promises: Vec<PromiseSummary>,
    /// Whether something of the account has not reached the server.
    pub unsent: bool,
    /// Accounts that are likely the same customer, entered twice.
    pub likely_same: Vec<AccountSummary>,
}

/// Something that changed. Carries ids, never data: load what is on screen again.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum NotebookEvent {
    /// These documents may read differently.
    Changed {
        /// Which.
        ids: Vec<DocId>,
    },
    /// People, devices, presence or the company's record of promises changed.
    People,
    /// A synchronisation began or ended.
    Syncing {
        /// Whether it runs.
        running: bool,
    },
    /// The listener fell behind: reload everything on screen.
    Missed,
}
