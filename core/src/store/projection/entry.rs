//! The row of a document for screens: a function of its content and of the registry.

use rusqlite::ToSql;

use crate::document::{self, Content, DocumentError, Loaded};
use crate::model::account::{Account, ReachKind};
use crate::model::collation;
use crate::model::conflicts::{of_account, of_person, of_usage, of_visit};
use crate::model::event::Performer;
use crate::model::ids::{DocId, PersonId, Team};
use crate::model::people::Registry;
use crate::model::place::Place;
use crate::model::promise::{PromiseRecord, indifferent_from, read};
use crate::model::time::Millis;
use crate::store::held::Short;
use crate::store::likeness::Likeness;
use crate::store::{cbor, search};

/// A row of `entry`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) account: Option<DocId>,
    pub(super) at: Millis,
    pub(super) title: String,
    pub(super) source: Option<String>,
    pub(super) archived: bool,
    pub(super) promiser: Option<PersonId>,
    pub(super) performer: Option<PersonId>,
    pub(super) pool: Option<Team>,
    pub(super) due_at: Option<Millis>,
    pub(super) open: bool,
    pub(super) next_at: Option<Millis>,
    /// True if it is a promise that does not count.
    pub(super) uncounted: bool,
    /// The promise that it writes again.
    pub(super) predecessor: Option<DocId>,
    /// Receipts of the server from this moment on change nothing of this row.
    pub(super) indifferent_from: Millis,
    pub(super) detail: Vec<u8>,
    pub(super) words: search::Words,
    /// The key of an account in a list by name.
    pub(super) sort_key: Vec<u8>,
    /// The rows of a promise in the tables of short rows.
    pub(super) short: Option<Short>,
    /// Under which keys an account is likely the same as another.
    pub(super) likeness: Likeness,
}

impl Entry {
    /// The row of a document. None of a kind that no screen shows yet. A document whose content makes the reading code
    /// panic counts as one that cannot be read: no other document waits for it.
    pub(super) fn read(
        loaded: &Loaded,
        place: &Place,
        registry: &Registry,
    ) -> Result<Option<Self>, DocumentError> {
        let content = document::read(loaded, place, registry)?;
        let crowded = document::is_crowded(loaded);
        loaded.guarded(|| Ok(content.map(|content| Self::of(&content, crowded, registry))))
    }

    /// The values of its columns, in the order in which the fields stand.
    pub(super) fn values(&self) -> [&dyn ToSql; 18] {
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
            &self.indifferent_from,
            &self.detail,
            &self.words.names,
            &self.words.text,
            &self.sort_key,
            &self.uncounted,
            &self.predecessor,
        ]
    }

    /// The row of a content that was read or written. The events of a crowded document that have room depend on when
    /// the server took them.
    pub(super) fn of(content: &Content, crowded: bool, registry: &Registry) -> Self {
        let entry = Self::of_content(content, registry);
        let indifferent_from = if crowded {
            Millis::MAX
        } else {
            entry.indifferent_from
        };
        Entry {
            indifferent_from,
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
                Entry {
                    account: visit.account,
                    at: visit.happened_at,
                    title: visit.labels.account.clone(),
                    open: !of_visit(visit).is_empty(),
                    detail: cbor(visit.as_ref()),
                    words: search::Words {
                        text: search::index_text(words),
                        ..search::Words::default()
                    },
                    ..Entry::plain()
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
                Entry {
                    account: usage.account,
                    at: usage.written.instant(None),
                    title: usage.labels.account.clone(),
                    open: !of_usage(usage).is_empty(),
                    detail: cbor(usage.as_ref()),
                    words: search::Words {
                        text: search::index_text(words),
                        ..search::Words::default()
                    },
                    ..Entry::plain()
                }
            }
            Content::Promise(promise) => promise_entry(promise, registry),
            // Neither is a customer's, and no search looks for them: `company` reads them whole.
            Content::Handbook(entry) => Entry {
                at: entry.by.at,
                detail: cbor(entry.as_ref()),
                ..Entry::plain()
            },
            Content::Person(entry) => Entry {
                at: entry.by.at,
                open: !of_person(entry).is_empty(),
                detail: cbor(entry.as_ref()),
                ..Entry::plain()
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
            next_at: None,
            uncounted: false,
            predecessor: None,
            indifferent_from: Millis::MIN,
            detail: Vec::new(),
            words: search::Words::default(),
            sort_key: Vec::new(),
            short: None,
            likeness: Likeness::default(),
        }
    }
}

fn account_entry(account: &Account) -> Entry {
    let values = |kind: Option<ReachKind>| {
        let reaches = account.reaches.iter();
        let reaches = reaches.filter(move |reach| kind.is_none_or(|kind| reach.kind == kind));
        reaches.flat_map(|reach| reach.values.iter().map(|value| value.value.as_str()))
    };
    let contacts = account.contacts.iter().flat_map(|contact| {
        let also_called = contact.also_called.iter().map(String::as_str);
        std::iter::once(contact.name.as_str()).chain(also_called)
    });
    let further = strings(&account.also_called).chain(contacts);
    let names = [
        search::index_text([account.name.as_str()]),
        search::index_text(further),
        search::index_numbers(values(Some(ReachKind::Phone))),
    ];
    let roles = account.contacts.iter().map(|contact| contact.role.as_str());
    let places = account.sites.iter().flat_map(|site| {
        let addresses = site.address.iter().map(|address| address.value.as_str());
        std::iter::once(site.label.as_str()).chain(addresses)
    });
    let machines = account
        .assets
        .iter()
        .flat_map(|asset| [asset.label.as_str(), asset.serial.as_str()]);
    let own = [
        account.notes.as_str(),
        &account.uses,
        &account.must_not_fail,
        &account.title,
    ];
    let text = own
        .into_iter()
        .chain(strings(&account.tags))
        .chain(values(None))
        .chain(roles)
        .chain(places)
        .chain(machines);
    Entry {
        account: Some(account.id),
        at: account.created.at,
        title: account.name.clone(),
        source: account.source.clone(),
        archived: account.archived,
        open: !of_account(account).is_empty(),
        detail: cbor(account),
        words: search::Words {
            names: names.join("\n"),
            text: search::index_text(text),
        },
        sort_key: collation::sort_key(&account.name),
        likeness: Likeness::of(account),
        ..Entry::plain()
    }
}

fn strings(texts: &[String]) -> impl Iterator<Item = &str> {
    texts.iter().map(String::as_str)
}

fn promise_entry(promise: &PromiseRecord, registry: &Registry) -> Entry {
    let plain = Entry {
        detail: cbor(promise),
        short: Some(Short::default()),
        ..Entry::plain()
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
    Entry {
        account: made.account,
        at: facts.made_at,
        title: made.deliverable.clone(),
        promiser: Some(made.promiser),
        performer,
        pool,
        due_at: Some(facts.present.due_at),
        open: facts.work().is_open(),
        next_at: facts.next_at().filter(|_| counts),
        uncounted: !counts && !facts.retracted,
        predecessor: made.follows(),
        indifferent_from: indifferent_from(&promise.events, registry),
        words: search::Words {
            names: search::index_text([made.deliverable.as_str()]),
            text: search::index_text(words),
        },
        short: Some(if counts {
            Short::of(promise, &facts)
        } else {
            Short::default()
        }),
        ..plain
    }
}
