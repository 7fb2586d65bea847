//! The row of a document for screens: a function of its content and of the registry.

use rusqlite::ToSql;

use crate::document::{self, Content, DocumentError, LoadedDocument};
use crate::model::account::{Account, ContactPointKind};
use crate::model::account_field::{ACCOUNT_FIELDS, Search};
use crate::model::collation;
use crate::model::conflicts::{is_promise_unsettled, of_account, of_person, of_usage, of_visit};
use crate::model::event::Performer;
use crate::model::ids::{DocId, PersonId, Team};
use crate::model::placement::Placement;
use crate::model::promise::{PromiseRecord, read, receipts_irrelevant_from};
use crate::model::registry::Registry;
use crate::model::time::Millis;
use crate::store::likeness::Likeness;
use crate::store::open_promises::PromiseRows;
use crate::store::rows::encode_row;
use crate::store::search;

/// A row of `entry`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EntryRow {
    pub(super) account: Option<DocId>,
    pub(super) at: Millis,
    pub(super) title: String,
    pub(super) source: Option<String>,
    pub(super) archived: bool,
    pub(super) promiser: Option<PersonId>,
    pub(super) performer: Option<PersonId>,
    pub(super) pool: Option<Team>,
    pub(super) due_at: Option<Millis>,
    /// True if it is a promise with something left to do.
    pub(super) open: bool,
    /// True if concurrent editing left something in it that waits for a choice.
    pub(super) unsettled: bool,
    /// The kind of a promise.
    pub(super) promise_kind: Option<String>,
    pub(super) next_at: Option<Millis>,
    /// True if it is a promise that does not count.
    pub(super) uncounted: bool,
    /// The promise that it writes again.
    pub(super) predecessor: Option<DocId>,
    /// Receipts of the server from this moment on change nothing of this row.
    pub(super) receipts_irrelevant_from: Millis,
    pub(super) detail: Vec<u8>,
    pub(super) words: search::IndexedWords,
    /// The key of an account in a list by name.
    pub(super) sort_key: Vec<u8>,
    /// The rows of a promise in the tables of short rows.
    pub(super) promise_rows: Option<PromiseRows>,
    /// Under which keys an account is likely the same as another.
    pub(super) likeness: Likeness,
}

impl EntryRow {
    /// The row of a document. None of a kind that no screen shows yet. A document whose content makes the reading code
    /// panic counts as one that cannot be read: no other document waits for it.
    pub(super) fn read(
        loaded: &LoadedDocument,
        placement: &Placement,
        registry: &Registry,
    ) -> Result<Option<Self>, DocumentError> {
        let content = document::read(loaded, placement, registry)?;
        let crowded = document::may_exceed_event_quota(loaded);
        loaded.guarded(|| Ok(content.map(|content| Self::of(&content, crowded, registry))))
    }

    /// The values of its columns, in the order in which the fields stand.
    pub(super) fn values(&self) -> [&dyn ToSql; 20] {
        [
            &self.account,
            &self.at,
            &self.title,
            &self.source,
            &self.archived,
            &self.promiser,
            &self.performer,
            &self.pool,
            &self.due_at,
            &self.open,
            &self.next_at,
            &self.receipts_irrelevant_from,
            &self.detail,
            &self.words.names,
            &self.words.text,
            &self.sort_key,
            &self.uncounted,
            &self.predecessor,
            &self.unsettled,
            &self.promise_kind,
        ]
    }

    /// The row of a content that was read or written. The events of a crowded document that have room depend on when
    /// the server took them.
    pub(super) fn of(content: &Content, crowded: bool, registry: &Registry) -> Self {
        let entry = Self::of_content(content, registry);
        let receipts_irrelevant_from = if crowded {
            Millis::MAX
        } else {
            entry.receipts_irrelevant_from
        };
        EntryRow {
            receipts_irrelevant_from,
            ..entry
        }
    }

    fn of_content(content: &Content, registry: &Registry) -> Self {
        match content {
            Content::Account(account) => account_entry(account),
            Content::Visit(visit) => {
                let own = [
                    &visit.said,
                    &visit.means,
                    &visit.help,
                    &visit.labels.account,
                    &visit.labels.contact,
                ];
                let words = own
                    .into_iter()
                    .map(String::as_str)
                    .chain(visit.marks.iter().map(String::as_str));
                EntryRow {
                    account: visit.account,
                    at: visit.happened_at,
                    title: visit.labels.account.clone(),
                    archived: visit.archived,
                    unsettled: !of_visit(visit).is_empty(),
                    detail: encode_row(visit.as_ref()),
                    words: search::IndexedWords {
                        text: search::index_text(words),
                        ..search::IndexedWords::default()
                    },
                    ..EntryRow::plain()
                }
            }
            Content::Usage(usage) => {
                let own = [
                    &usage.product,
                    &usage.doing,
                    &usage.workaround,
                    &usage.quote,
                    &usage.notes,
                    &usage.labels.account,
                ];
                let words = own
                    .into_iter()
                    .map(String::as_str)
                    .chain(usage.themes.iter().map(String::as_str));
                EntryRow {
                    account: usage.account,
                    at: usage.written.instant(None),
                    title: usage.labels.account.clone(),
                    archived: usage.archived,
                    unsettled: !of_usage(usage).is_empty(),
                    detail: encode_row(usage.as_ref()),
                    words: search::IndexedWords {
                        text: search::index_text(words),
                        ..search::IndexedWords::default()
                    },
                    ..EntryRow::plain()
                }
            }
            Content::Promise(promise) => promise_entry(promise, registry),
            // Neither is a customer's, and no search looks for them: `company` reads them whole.
            Content::Handbook(entry) => EntryRow {
                at: entry.by.at,
                detail: encode_row(entry.as_ref()),
                ..EntryRow::plain()
            },
            Content::Person(entry) => EntryRow {
                at: entry.by.at,
                unsettled: !of_person(entry).is_empty(),
                detail: encode_row(entry.as_ref()),
                ..EntryRow::plain()
            },
        }
    }

    fn plain() -> Self {
        Self {
            account: None,
            at: 0,
            title: String::new(),
            source: None,
            archived: false,
            promiser: None,
            performer: None,
            pool: None,
            due_at: None,
            open: false,
            unsettled: false,
            promise_kind: None,
            next_at: None,
            uncounted: false,
            predecessor: None,
            receipts_irrelevant_from: Millis::MIN,
            detail: Vec::new(),
            words: search::IndexedWords::default(),
            sort_key: Vec::new(),
            promise_rows: None,
            likeness: Likeness::default(),
        }
    }
}

fn account_entry(account: &Account) -> EntryRow {
    let values = |kind: Option<ContactPointKind>| {
        let contact_points = account.contact_points.iter();
        let contact_points = contact_points
            .filter(move |contact_point| kind.is_none_or(|kind| contact_point.kind == kind));
        contact_points.flat_map(|contact_point| {
            contact_point
                .values
                .iter()
                .map(|value| value.value.as_str())
        })
    };
    let contacts = account.contacts.iter().flat_map(|contact| {
        let also_called = contact.also_called.iter().map(String::as_str);
        std::iter::once(contact.name.as_str()).chain(also_called)
    });
    let scalars = |search: Search| {
        let fields = ACCOUNT_FIELDS.iter();
        let fields = fields.filter(move |field| field.search == search);
        fields.map(|field| field.value(account))
    };
    // The first name is the title of a row: what is called exactly as people search stands first.
    let first = scalars(Search::Names).take(1);
    let further = scalars(Search::Names)
        .skip(1)
        .chain(strings(&account.also_called))
        .chain(contacts);
    let names = [
        search::index_text(first),
        search::index_text(further),
        search::index_numbers(values(Some(ContactPointKind::Phone))),
    ];
    let roles = account.contacts.iter().map(|contact| contact.role.as_str());
    let placements = account.sites.iter().flat_map(|site| {
        let addresses = site.address.iter().map(|address| address.value.as_str());
        std::iter::once(site.label.as_str()).chain(addresses)
    });
    let machines = account
        .assets
        .iter()
        .flat_map(|asset| [asset.label.as_str(), asset.serial.as_str()]);
    let text = scalars(Search::Text)
        .chain(strings(&account.tags))
        .chain(values(None))
        .chain(roles)
        .chain(placements)
        .chain(machines);
    EntryRow {
        account: Some(account.id),
        at: account.created.at,
        title: account.name.clone(),
        source: account.source.clone(),
        archived: account.archived,
        unsettled: !of_account(account).is_empty(),
        detail: encode_row(account),
        words: search::IndexedWords {
            names: names.join("\n"),
            text: search::index_text(text),
        },
        sort_key: collation::sort_key(&account.name),
        likeness: Likeness::of(account),
        ..EntryRow::plain()
    }
}

fn strings(texts: &[String]) -> impl Iterator<Item = &str> {
    texts.iter().map(String::as_str)
}

fn promise_entry(promise: &PromiseRecord, registry: &Registry) -> EntryRow {
    let plain = EntryRow {
        detail: encode_row(promise),
        promise_rows: Some(PromiseRows::default()),
        ..EntryRow::plain()
    };
    let Some(facts) = read(&promise.events, registry) else {
        return plain;
    };
    let counts = facts.not_counted.is_none();
    let (performer, pool) = match &facts.performer {
        Performer::Person { person } => (Some(*person), None),
        Performer::Pool { pool } => (None, Some(pool.clone())),
        Performer::Nobody => (None, None),
    };
    let made = &facts.made;
    let own = [
        &made.criterion,
        &made.words,
        &made.labels.account,
        &made.labels.contact,
    ];
    let words = own
        .into_iter()
        .map(String::as_str)
        .chain([promise.notes.as_str()]);
    EntryRow {
        account: made.account,
        at: facts.made_at,
        title: made.deliverable.clone(),
        promiser: Some(made.promiser),
        performer,
        pool,
        due_at: Some(facts.present.due_at),
        open: facts.work().is_open(),
        unsettled: is_promise_unsettled(promise, &facts, registry),
        promise_kind: Some(made.kind.clone()),
        next_at: facts.next_at().filter(|_| counts),
        uncounted: !counts && !facts.retracted,
        predecessor: made.follows(),
        receipts_irrelevant_from: receipts_irrelevant_from(&promise.events, registry),
        words: search::IndexedWords {
            names: search::index_text([made.deliverable.as_str()]),
            text: search::index_text(words),
        },
        promise_rows: Some(if counts {
            PromiseRows::of(promise, &facts)
        } else {
            PromiseRows::default()
        }),
        ..plain
    }
}
