//! The records that screens show: summaries for lists, the bare noun for a detail, drafts to create, edits to change.
//! Those of promises stand in `promise_records`.

use serde::Serialize;

use crate::environment::ZoneSource;
use crate::language::Message;
use crate::model::account::{Account, AccountForm};
use crate::model::authored::Authorship;
use crate::model::calendar::{Shift, WorkingCalendar};
use crate::model::edit::Parts;
use crate::model::handbook::PromiseKind;
use crate::model::ids::{DocId, GroupId, InstallationId, ItemId, OrganisationId, PersonId, Team};
use crate::model::registry::Role;
use crate::model::snippet::Segment;
use crate::model::time::{Millis, Trust};
use crate::model::visit::{Channel, UsageDraft, VisitDraft};
use crate::notebook::history::fields::FieldMessage;
use crate::notebook::history::past::HistoryCheck;
use crate::notebook::promises::records::{PromiseDraft, PromiseSummary};
use crate::sync::outage::Outage;

/// The identity of a notebook: its person, organisation and device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Me {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The organisation's name; empty before `join`.
    pub organisation_name: String,
    /// The person whose notebook this is.
    pub person: PersonId,
    /// The person's name; empty before `join`.
    pub name: String,
    /// The person's role.
    pub role: Role,
    /// The team that new documents enter.
    pub team: Option<Team>,
    /// The id of this notebook on this device.
    pub installation: InstallationId,
    /// True if the notebook belongs to a company.
    pub joined: bool,
    /// The server's address; none if the notebook belongs to no company.
    pub server: Option<String>,
}

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

/// The kind of the document that a line of a list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A customer.
    Account,
    /// A visit.
    Visit,
    /// An observed usage.
    Usage,
    /// A promise.
    Promise,
    /// A colleague's entry about themselves.
    Person,
}

/// One line of a mixed list: the latest entries, an account's timeline, the results of a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct EntrySummary {
    /// The document's id.
    pub id: DocId,
    /// The document's kind.
    pub kind: EntryKind,
    /// The customer's document; none if it is about no customer.
    pub account: Option<DocId>,
    /// The customer's name as it was when this was written.
    pub account_name: String,
    /// The instant at which it happened, in milliseconds since the epoch.
    pub at: Millis,
    /// The author's name; empty while unknown.
    pub by: String,
    /// True if this notebook's person wrote it: with this notebook's actor, or with another one of theirs.
    pub by_me: bool,
    /// Its text: the customer's name, what was said at the visit, the first of quote, activity, notes and product that
    /// the usage has, the promise's deliverable.
    pub text: String,
    /// The text behind it in smaller type: the customer's first telephone number, the meaning of what was said at
    /// the visit, the usage's workaround, the promise's criterion. May be empty.
    pub aside: String,
    /// The channel of a visit; none for other kinds.
    pub channel: Option<Channel>,
    /// The pain that was observed, 0 to 3, for usage; none for other kinds.
    pub pain: Option<u8>,
    /// The promise's summary, for promises; none for other kinds.
    pub promise: Option<PromiseSummary>,
    /// The number of its parts that are here; none where all are.
    pub parts: Option<Parts>,
    /// `parts` as a sentence; none where `parts` is none.
    pub parts_words: Option<Message>,
    /// The trust in its times; `Good` for an account.
    pub trust: Trust,
    /// True if a change of it has not reached the server.
    pub unsent: bool,
    /// The fields in which a search found its words, at most three: its name or text first. Empty if it does not come
    /// from a search.
    pub matches: Vec<SearchMatch>,
    /// The ids of the accounts that are likely the same customer, entered twice; for an account that a search found,
    /// else empty.
    pub likely_same: Vec<DocId>,
}

/// A field in which a search found its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SearchMatch {
    /// The field's name.
    pub field: Message,
    /// An extract of the field's text, with what was found marked.
    pub segments: Vec<Segment>,
}

/// The handbook, as the company agreed on it: kinds of promises, working hours and holidays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HandbookPage {
    /// The kinds of promises, by key; retired ones too.
    pub kinds: Vec<HandbookKind>,
    /// The working hours and holidays; none: Monday to Friday, in the zone of the place.
    pub hours: Option<WorkingCalendar>,
    /// True if this notebook's person may change it.
    pub may_write: bool,
    /// The country whose telephone numbers are written without a country code, as "DE +49": that of the zone of the
    /// hours, else of this device's zone. None where the zone is in no country.
    pub telephone_country: Option<String>,
}

/// A kind of promises, and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HandbookKind {
    /// The kind's rules.
    pub kind: PromiseKind,
    /// The kind's name for readers.
    pub words: Message,
}

/// A colleague's entry about themselves: hours, absences, quiet time, efforts, telephone numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ProfilePage {
    /// The colleague.
    pub person: PersonId,
    /// The colleague's name; empty while unknown.
    pub name: String,
    /// The colleague's working hours; none: the company's.
    pub hours: Option<WorkingCalendar>,
    /// The days on which the colleague does not work, as `2026-12-24`, in order.
    pub absent: Vec<String>,
    /// The time in which no reminder may ring, callbacks excepted, in minutes after midnight; it may pass midnight.
    /// None if there is none.
    pub quiet: Option<Shift>,
    /// The colleague's usual efforts, by kind of promise.
    pub efforts: Vec<UsualEffort>,
    /// How the colleague wins, in their own words; may be empty.
    pub wins: String,
    /// The colleague's telephone numbers.
    pub phones: Vec<String>,
}

/// The time that a kind of promise usually takes a colleague.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct UsualEffort {
    /// The kind's key.
    pub kind: String,
    /// The kind's name for readers.
    pub kind_words: Message,
    /// The effort, in working minutes.
    pub minutes: u32,
}

/// All that one tap at the customer's door writes: a visit, with what was observed and promised there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct VisitEntry {
    /// The visit.
    pub visit: VisitDraft,
    /// The usages that were observed.
    pub usages: Vec<UsageDraft>,
    /// The promises that were made.
    pub promises: Vec<PromiseDraft>,
}

/// The documents that one tap wrote: all of them are on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct LoggedVisit {
    /// The visit's id.
    pub visit: DocId,
    /// The ids of the usages, in the order of the draft.
    pub usages: Vec<DocId>,
    /// The ids of the promises, in the order of the draft.
    pub promises: Vec<DocId>,
    /// A warning that the clock of this device is behind, as far as it can know; none if nothing speaks against it.
    pub clock_warning: Option<Message>,
}

/// The accounts that are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AccountListQuery {
    /// True for those that were put away as well.
    pub archived: bool,
    /// The most accounts to return; more than 10,000 counts as 10,000.
    pub limit: u32,
    /// The number of accounts to skip.
    pub offset: u32,
}

/// My promises, by what today asks for: those that I made or am to deliver, or that wait in one of my pools. Each is in
/// one list only; every list has the next due first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct MyAgenda {
    /// Those that do not count and have not been written again.
    pub not_counted: Vec<PromiseSummary>,
    /// Those past their date and still to be done.
    pub late: Vec<PromiseSummary>,
    /// Those due until midnight.
    pub due_today: Vec<PromiseSummary>,
    /// Those that others ask me to deliver, and that wait for my answer.
    pub asked_of_me: Vec<PromiseSummary>,
    /// All other open ones, the next due first.
    pub later: Vec<PromiseSummary>,
}

/// A device, and when it was last heard from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct DeviceStatus {
    /// The device's installation.
    pub installation: InstallationId,
    /// The person to whom the device belongs.
    pub person: PersonId,
    /// That person's name; empty while unknown.
    pub name: String,
    /// The device's name.
    pub device: String,
    /// The instant at which it was last heard from, in milliseconds of server time; none if it never was.
    pub heard: Option<Millis>,
    /// The instant of server time, in milliseconds, before which everything that the device wrote has come; none while
    /// unknown.
    pub clear_through: Option<Millis>,
    /// The number of its documents that wait at the office.
    pub open: u32,
    /// True if it was shut out.
    pub revoked: bool,
}

/// A group that the server does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct UnsentGroup {
    /// The group's id.
    pub id: GroupId,
    /// The instant at which it was written, in milliseconds since the epoch.
    pub written_at: Millis,
    /// "unsent", "held" or "refused".
    pub state: String,
    /// The reasons for which it is held or refused, each once.
    pub reasons: Vec<Message>,
    /// The ids of the documents that it is about.
    pub docs: Vec<DocId>,
}

/// The progress of reading a scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ScopeStatus {
    /// The scope's name: "company", "team:north" and so on.
    pub name: String,
    /// The number of the last row read.
    pub seq: u64,
    /// The number of the last row on the server, when last heard.
    pub head: u64,
    /// True if what is here sums up to something else than on the server.
    pub differs: bool,
}

/// Everything to know about what is sent and what is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Status {
    /// The notebook's identity.
    pub me: Me,
    /// A sentence on what is only on this device.
    pub line: Message,
    /// The groups that are not acknowledged, oldest first.
    pub unsent: Vec<UnsentGroup>,
    /// The server time of the last exchange, in milliseconds since the epoch; none if there was none.
    pub last_contact: Option<Millis>,
    /// The devices, the one heard from most recently first.
    pub devices: Vec<DeviceStatus>,
    /// The scopes that are read, with their progress.
    pub scopes: Vec<ScopeStatus>,
    /// The number of documents of which rows are still to come.
    pub arriving: u64,
    /// The number of rows of kinds that this version does not know.
    pub unknown_rows: u64,
    /// The documents that cannot be read, with the reason.
    pub quarantined: Vec<QuarantinedDocument>,
    /// The changes of documents that are set aside, with the reason; the rest of these documents is shown.
    pub set_aside: Vec<SetAsideChange>,
    /// The documents that do not count, with the reason: promises that have not been written again, and what was
    /// written about a colleague by an author who might not.
    pub not_counted: Vec<UncountedEntry>,
    /// True if the server knows another copy of this notebook.
    pub forked: bool,
    /// True if the server said, when it was asked last, that this device is signed out.
    pub signed_out: bool,
    /// The outage of the server, if it was out of reach when it was asked last.
    pub outage: Option<OutageStatus>,
    /// The address of the proxy that is kept for the way to the server, without name and password; none if there is
    /// none.
    pub proxy: Option<String>,
    /// The trust in this device's clock.
    pub clock: Trust,
    /// The server's time minus this device's clock, in milliseconds; none while unknown.
    pub clock_offset_ms: Option<i64>,
    /// The IANA zone that dates are typed and said in; none if it was not found.
    pub zone: Option<String>,
    /// The place where the zone was found; none if it was not.
    pub zone_from: Option<ZoneSource>,
    /// The notes on all of the above that are to be read, as sentences.
    pub notes: Vec<Message>,
}

/// A document that does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct UncountedEntry {
    /// The document's id.
    pub id: DocId,
    /// The document's title: the promise's deliverable, or the name of the colleague that it is about.
    pub title: String,
    /// The reason for which it does not count.
    pub reason: Message,
}

/// The server out of reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct OutageStatus {
    /// The cause, and what was answered.
    #[serde(flatten)]
    pub outage: Outage,
    /// The instant since which it lasts, in milliseconds since the epoch.
    pub since: Millis,
}

/// A document that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct QuarantinedDocument {
    /// The document's id.
    pub id: DocId,
    /// The reason, for diagnosis.
    pub reason: String,
}

/// A change that is here and not shown, because it breaks a bound or builds on one that does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SetAsideChange {
    /// The id of its document.
    pub id: DocId,
    /// The change's hash, in hexadecimal digits.
    pub change: String,
    /// The reason, for readers.
    pub reason: Message,
    /// The reason in detail, for diagnosis.
    pub detail: String,
}

/// One change of a document, as history shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HistoryLine {
    /// The author, and the instant by the author's clock.
    pub by: Authorship,
    /// True if this notebook's person wrote it: with this notebook's actor, or with another one of theirs.
    pub by_me: bool,
    /// The instant at which the server took it, in milliseconds since the epoch; none while unsent.
    pub received_at: Option<Millis>,
    /// The trust in its time; none where the change carries none.
    pub trust: Option<Trust>,
    /// The fields that it changed, for machines; empty for a change that is set aside.
    pub changes: Vec<FieldChange>,
    /// The fields that it changed, for readers; without those that only machines read.
    pub lines: Vec<FieldMessage>,
    /// The reason for which it is set aside; none for a change that is shown.
    pub set_aside: Option<Message>,
}

/// One field that a change touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct FieldChange {
    /// The field's path: "name", "notes", "contacts/…/role", "events/accepted".
    pub field: String,
    /// The field's value after the change; empty if it was removed.
    pub value: String,
}

/// The result of an import, card by card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ImportReport {
    /// The cards of the file, in its order.
    pub cards: Vec<ImportedCard>,
    /// The number of new cards: they became accounts, or contacts of one.
    pub added: u32,
    /// The number of cards that were here before.
    pub known: u32,
    /// The number of cards, of those that were here before, that say something that their accounts do not; it is in
    /// what was left out.
    pub differing: u32,
    /// The number of cards that were refused.
    pub refused: u32,
    /// The number of accounts that were made.
    pub accounts: u32,
    /// The number of new cards that became contacts of a firm.
    pub contacts: u32,
    /// The number of cards with text that could not be decoded; it stands as it came, and is in what was left out.
    pub undecoded: u32,
}

/// One card of an imported file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ImportedCard {
    /// Its number in the file, from 1.
    pub number: u32,
    /// The name on the card.
    pub name: String,
    /// The account that it belongs to; none if it was refused.
    pub account: Option<DocId>,
    /// True if the card is new.
    pub added: bool,
    /// The reason for which it was refused; none if it was not.
    pub refused: Option<Message>,
    /// The firm's contact that the card became; none if it became an account itself.
    pub contact: Option<ItemId>,
    /// The account's name, where the card became a contact of it; else empty.
    pub account_name: String,
    /// True if the account was there before the card.
    pub joined: bool,
    /// The fields that were taken, with their values: "phone (mobile)", "tags", "title" and so on. Empty if the card
    /// was known or refused.
    pub taken: Vec<FieldChange>,
    /// The properties that were not taken, with the reason.
    pub left_out: Vec<LeftOutField>,
}

/// A property of a card that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct LeftOutField {
    /// The property's name.
    pub property: String,
    /// The reason, for readers.
    pub reason: Message,
}

/// The result of a check of the notebook; `database`, `stale`, `quarantined`, `set_aside`, `lost` and `broken` are
/// empty if it is healthy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct VerificationReport {
    /// The errors that the database itself reports.
    pub database: Vec<String>,
    /// The ids of documents whose rows are not what their changes say; `rebuild` mends them.
    pub stale: Vec<DocId>,
    /// The documents that cannot be read, with the reason.
    pub quarantined: Vec<QuarantinedDocument>,
    /// The changes of documents that are set aside, with the reason.
    pub set_aside: Vec<SetAsideChange>,
    /// The names of scopes whose changes here do not sum up to what was read.
    pub lost: Vec<String>,
    /// The documents whose history is not intact, with the problems.
    pub broken: Vec<HistoryCheck>,
    /// The number of changes that are here.
    pub changes: u64,
    /// The number of documents that are shown.
    pub documents: u64,
}

impl VerificationReport {
    /// True if nothing is wrong.
    pub fn is_healthy(&self) -> bool {
        self.database.is_empty()
            && self.stale.is_empty()
            && self.quarantined.is_empty()
            && self.set_aside.is_empty()
            && self.lost.is_empty()
            && self.broken.is_empty()
    }
}

/// The options of `join`.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct JoinOptions {
    /// The name of this device.
    pub label: String,
    /// True if plain http may be used beyond loopback.
    pub insecure: bool,
    /// The certificate, as PEM, to check the server's against instead of the web's roots; none: the web's roots.
    pub certificate: Option<String>,
    /// The address of the proxy on the way to the server, `http://[name:password@]host[:port]`; kept with the notebook.
    #[uniffi(default = None)]
    pub proxy: Option<String>,
}

/// The result of a synchronisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SyncReport {
    /// The number of exchanges.
    pub exchanges: u32,
    /// The number of groups that the server stored, or had already.
    pub sent: u64,
    /// The number of changes that were new here.
    pub received: u64,
    /// The number of groups that the server holds for the office.
    pub held: u64,
    /// The number of groups that the server refused.
    pub refused: u64,
    /// The number of groups that wait because the server lacks what they build on, though that was sent again.
    pub lacking: u64,
    /// True if the server knows another copy of this notebook; then nothing moved.
    pub forked: bool,
    /// True if it was stopped before its end.
    pub stopped: bool,
    /// True if everything here agrees with the server; none if it was not compared.
    pub agrees: Option<bool>,
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

/// A change in the notebook. It carries ids, never data: load what is on screen again.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum NotebookEvent {
    /// Documents that may read differently.
    Changed {
        /// The documents' ids.
        ids: Vec<DocId>,
    },
    /// People, devices, presence or the company's record of promises changed.
    PeopleChanged,
    /// The beginning or the end of a synchronisation.
    Syncing {
        /// True if it runs.
        running: bool,
    },
    /// Anything may read differently, after a rebuild, after `join`, or because the listener fell behind: reload
    /// everything on screen.
    Missed,
}
