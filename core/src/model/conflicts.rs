//! Conflicts that concurrent editing left to be settled: the values that people gave without seeing each other, with
//! their authors, and the ways to settle them.
//!
//! Pure: documents hand in the values that stand side by side, people choose, and every way is an edit as any other.

use sha2::{Digest, Sha256};

use super::account::{
    Account, AccountEdit, AssetDraft, ContactDraft, ContactPointDraft, ContactPointKind, SiteDraft,
};
use super::authored::{AuthoredValue, Authorship};
use super::colleague_profile::{PersonEdit, PersonEntry};
use super::edit::Operation;
use super::event::{Event, Finding};
use super::ids::{DocId, EventId, ItemId, PersonId};
use super::lead_time::LeadTime;
use super::promise::{Contradictions, PromiseRecord, contradictions, reduce};
use super::registry::Registry;
use super::time::{Due, Millis};
use super::unsettled::{ChildKind, ShortAnswer, TextField, Unsettled, UnsettledName};
use super::visit::{Channel, Usage, UsageEdit, Visit, VisitEdit};

/// One thing to settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsettledConflict {
    /// The document.
    pub doc: DocId,
    /// The subject of the conflict.
    pub about: ConflictSubject,
    /// The statements that contradict each other, with their authors, the newest first.
    pub sides: Vec<AuthoredStatement>,
    /// The ways to settle it; empty where only a new value helps.
    pub ways: Vec<SettlementOption>,
}

/// The subject of a clash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConflictSubject {
    /// The account's name.
    Name,
    /// The name of a child.
    ChildName(ItemId),
    /// A number or address.
    ContactPoint(ItemId, ContactPointKind),
    /// The address of a site; the site's name.
    Address(ItemId, String),
    /// The lead time within which they need a kind of promise.
    RequiredLeadTime(String),
    /// A short answer.
    ShortAnswer(ShortAnswer),
    /// A sentence of a text.
    Sentence {
        /// The text.
        field: TextField,
        /// The name of the sentence in its document.
        ancestor: String,
        /// The sentence as it was before; empty if it was long.
        was: String,
    },
    /// The account was put away while others went on with it.
    PutAway,
    /// A child was removed while others went on with it; the child's name.
    Removal(ItemId, String),
    /// Dates told to the customer.
    Dates,
    /// Colleagues of a pool who took the same promise.
    Takers,
    /// Findings in a dispute.
    Findings,
}

/// The statement of one author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthoredStatement {
    /// The statement.
    pub statement: Statement,
    /// The author, and the time.
    pub by: Authorship,
}

/// The statement or act of one author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// A value.
    Value(String),
    /// They deleted a sentence.
    Deleted,
    /// A time within which it is needed.
    Needed(LeadTime),
    /// They took it away.
    TookAway,
    /// They went on with it.
    WentOn,
    /// They told the customer this date.
    Told(Due),
    /// They took the promise.
    Took,
    /// They found this.
    Found(Finding),
}

/// One way to settle a clash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettlementOption {
    /// This value holds.
    Value {
        /// The value.
        value: String,
        /// The operation that makes it hold.
        operation: Operation,
    },
    /// All of them hold.
    All {
        /// The operation that makes them hold.
        operation: Operation,
    },
    /// This time holds.
    Needed {
        /// The time.
        within: LeadTime,
        /// The operation that makes it hold.
        operation: Operation,
    },
    /// It goes.
    Away {
        /// The operation that takes it away for good.
        operation: Operation,
    },
    /// It stays.
    Stay {
        /// The operation that keeps it.
        operation: Operation,
    },
    /// The customer holds us to this date.
    Date {
        /// The date.
        due: Due,
        /// The date in the words that were spoken.
        words: String,
        /// The contact who heard it; None if not said.
        contact: Option<ItemId>,
        /// The channel.
        channel: Channel,
    },
    /// This colleague delivers.
    Performer {
        /// The colleague.
        person: PersonId,
    },
    /// This finding holds.
    Finding {
        /// The dispute that is open.
        dispute: EventId,
        /// The finding.
        finding: Finding,
    },
}

impl UnsettledConflict {
    /// A short name that every device that sees the same clash computes, and that is another one as soon as anything in
    /// it changes: a choice never settles a value that the chooser has not seen. Eight hexadecimal digits.
    pub fn name(&self) -> String {
        let digest = Sha256::digest(self.encoded());
        data_encoding::HEXLOWER.encode(digest.get(..4).unwrap_or_default())
    }

    /// The conflict as CBOR items, each with a number for its kind: names of types and fields are not in it, so that
    /// devices of two versions compute the same name.
    fn encoded(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, self.doc);
        match &self.about {
            ConflictSubject::Name => put(&mut bytes, 0_u8),
            ConflictSubject::ChildName(item) => put(&mut bytes, (1_u8, item)),
            ConflictSubject::ContactPoint(item, kind) => put(&mut bytes, (2_u8, item, kind)),
            ConflictSubject::Address(item, site) => put(&mut bytes, (3_u8, item, site)),
            ConflictSubject::RequiredLeadTime(kind) => put(&mut bytes, (4_u8, kind)),
            ConflictSubject::ShortAnswer(answer) => put(&mut bytes, (5_u8, answer)),
            ConflictSubject::Sentence {
                field,
                ancestor,
                was,
            } => put(&mut bytes, (6_u8, field, ancestor, was)),
            ConflictSubject::PutAway => put(&mut bytes, 7_u8),
            ConflictSubject::Removal(item, name) => put(&mut bytes, (8_u8, item, name)),
            ConflictSubject::Dates => put(&mut bytes, 9_u8),
            ConflictSubject::Takers => put(&mut bytes, 10_u8),
            ConflictSubject::Findings => put(&mut bytes, 11_u8),
        }
        for side in &self.sides {
            match &side.statement {
                Statement::Value(value) => put(&mut bytes, (0_u8, value)),
                Statement::Deleted => put(&mut bytes, 1_u8),
                Statement::Needed(within) => put(&mut bytes, (2_u8, within)),
                Statement::TookAway => put(&mut bytes, 3_u8),
                Statement::WentOn => put(&mut bytes, 4_u8),
                Statement::Told(due) => put(&mut bytes, (5_u8, due)),
                Statement::Took => put(&mut bytes, 6_u8),
                Statement::Found(finding) => put(&mut bytes, (7_u8, finding)),
            }
            put(&mut bytes, (side.by.actor, side.by.at));
        }
        bytes
    }
}

/// Appends an item as CBOR; a vector takes all bytes.
fn put(bytes: &mut Vec<u8>, item: impl minicbor::Encode<()>) {
    let _ = minicbor::encode(item, bytes);
}

/// Returns the conflicts that concurrent editing left to be settled in an account; empty if there are none.
pub fn of_account(account: &Account) -> Vec<UnsettledConflict> {
    let clash = |about, sides, ways| UnsettledConflict {
        doc: account.id,
        about,
        sides,
        ways,
    };
    let mut clashes = Vec::new();
    for contact_point in account.contact_points.iter().filter(|r| r.values.len() > 1) {
        let set = |value: &str| AccountEdit::SetContactPoint {
            contact_point: ContactPointDraft {
                id: Some(contact_point.id),
                kind: contact_point.kind,
                label: contact_point.label.clone(),
                value: value.to_owned(),
                contact: contact_point.contact,
            },
        };
        let about = ConflictSubject::ContactPoint(contact_point.id, contact_point.kind);
        clashes.push(clash(
            about,
            said(&contact_point.values),
            ways(&contact_point.values, set),
        ));
    }
    for site in account.sites.iter().filter(|s| s.address.len() > 1) {
        let set = |address: &str| AccountEdit::SetSite {
            site: SiteDraft {
                id: Some(site.id),
                label: site.label.clone(),
                address: address.to_owned(),
            },
        };
        let about = ConflictSubject::Address(site.id, site.label.clone());
        clashes.push(clash(about, said(&site.address), ways(&site.address, set)));
    }
    for need in account.needs.iter().filter(|n| n.values.len() > 1) {
        let sides = need.values.iter().map(|said| AuthoredStatement {
            statement: Statement::Needed(said.within),
            by: said.by.clone(),
        });
        let ways = need.values.iter().map(|said| SettlementOption::Needed {
            within: said.within,
            operation: one(AccountEdit::RequiredLeadTime {
                kind: need.kind.clone(),
                within: said.within,
            }),
        });
        let about = ConflictSubject::RequiredLeadTime(need.kind.clone());
        clashes.push(clash(about, sides.collect(), ways.collect()));
    }
    let unsettled = account.unsettled.as_ref();
    for named in unsettled.iter().flat_map(|u| &u.names) {
        let about = named
            .item
            .map_or(ConflictSubject::Name, ConflictSubject::ChildName);
        let ways = named.values.iter().filter_map(|given| {
            let edit = renamed(account, named, &given.value)?;
            Some(SettlementOption::Value {
                value: given.value.clone(),
                operation: one(edit),
            })
        });
        clashes.push(clash(about, said(&named.values), ways.collect()));
    }
    clashes.extend(of_texts(account.id, unsettled, |change| {
        Some(one(match change {
            TextChange::ShortAnswer(ShortAnswer::Uses, text) => AccountEdit::Uses { text },
            TextChange::ShortAnswer(ShortAnswer::MustNotFail, text) => {
                AccountEdit::MustNotFail { text }
            }
            TextChange::ShortAnswer(..) => return None,
            TextChange::Sentence { ancestor, keep } => {
                AccountEdit::SettleSentence { ancestor, keep }
            }
        }))
    }));
    for removal in unsettled.iter().flat_map(|u| &u.removals) {
        let (about, away, stay) = match (removal.kind, removal.item) {
            (Some(kind), Some(id)) => (
                ConflictSubject::Removal(id, child_name(account, kind, id)),
                removed(kind, id),
                AccountEdit::Keep { kind, id },
            ),
            _ => (
                ConflictSubject::PutAway,
                AccountEdit::Archive,
                AccountEdit::Restore,
            ),
        };
        let side = |statement: Statement| {
            move |by: &Authorship| AuthoredStatement {
                statement: statement.clone(),
                by: by.clone(),
            }
        };
        let mut sides: Vec<AuthoredStatement> = removal
            .removed
            .iter()
            .map(side(Statement::TookAway))
            .collect();
        sides.extend(removal.edited.iter().map(side(Statement::WentOn)));
        sides.sort_by_key(|side| std::cmp::Reverse((side.by.at, side.by.actor)));
        let (stay, away) = (one(stay), one(away));
        let ways = vec![
            SettlementOption::Stay { operation: stay },
            SettlementOption::Away { operation: away },
        ];
        clashes.push(clash(about, sides, ways));
    }
    clashes
}

/// Returns the conflicts that concurrent editing left to be settled in a visit; empty if there are none.
pub fn of_visit(visit: &Visit) -> Vec<UnsettledConflict> {
    of_texts(visit.id, visit.unsettled.as_ref(), |change| {
        Some(Operation::EditVisit(vec![match change {
            TextChange::ShortAnswer(ShortAnswer::Means, text) => VisitEdit::Means { text },
            TextChange::ShortAnswer(ShortAnswer::Help, text) => VisitEdit::Help { text },
            TextChange::ShortAnswer(..) => return None,
            TextChange::Sentence { ancestor, keep } => VisitEdit::SettleSentence { ancestor, keep },
        }]))
    })
}

/// Returns the conflicts that concurrent editing left to be settled in observed usage; empty if there are none.
pub fn of_usage(usage: &Usage) -> Vec<UnsettledConflict> {
    of_texts(usage.id, usage.unsettled.as_ref(), |change| match change {
        TextChange::ShortAnswer(..) => None,
        TextChange::Sentence { ancestor, keep } => {
            let edit = UsageEdit::SettleSentence { ancestor, keep };
            Some(Operation::EditUsage(vec![edit]))
        }
    })
}

/// Returns the conflicts that concurrent editing left to be settled in a colleague's words about themselves; empty if
/// there are none.
pub fn of_person(entry: &PersonEntry) -> Vec<UnsettledConflict> {
    of_texts(entry.id, entry.unsettled.as_ref(), |change| match change {
        TextChange::ShortAnswer(ShortAnswer::Wins, text) => {
            Some(Operation::EditPerson(vec![PersonEdit::Wins { text }]))
        }
        _ => None,
    })
}

/// A change that settles a text.
enum TextChange {
    /// This is the short answer.
    ShortAnswer(ShortAnswer, String),
    /// These versions of a sentence stand.
    Sentence { ancestor: String, keep: Vec<String> },
}

/// Returns the short answers and sentences that wait to be settled; `operation` makes the operation that does a change
/// to their document, or None if there is none for it.
fn of_texts(
    doc: DocId,
    unsettled: Option<&Unsettled>,
    operation: impl Fn(TextChange) -> Option<Operation>,
) -> Vec<UnsettledConflict> {
    let Some(unsettled) = unsettled else {
        return vec![];
    };
    let answers = unsettled.answers.iter().map(|given| {
        let way = |value: &AuthoredValue| {
            let value = value.value.clone();
            let operation = operation(TextChange::ShortAnswer(given.answer, value.clone()))?;
            Some(SettlementOption::Value { value, operation })
        };
        UnsettledConflict {
            doc,
            about: ConflictSubject::ShortAnswer(given.answer),
            sides: said(&given.values),
            ways: given.values.iter().filter_map(way).collect(),
        }
    });
    let sentences = unsettled.sentences.iter().map(|sentence| {
        let change = |keep: Vec<String>| {
            let ancestor = sentence.ancestor.clone();
            operation(TextChange::Sentence { ancestor, keep })
        };
        let way = |given: &AuthoredValue| {
            let value = given.value.clone();
            Some(match value.is_empty() {
                true => SettlementOption::Away {
                    operation: change(vec![])?,
                },
                false => SettlementOption::Value {
                    operation: change(vec![value.clone()])?,
                    value,
                },
            })
        };
        let mut ways: Vec<SettlementOption> = sentence.values.iter().filter_map(way).collect();
        // The oldest first, as if one had been added to the other.
        let values = sentence.values.iter().rev();
        let all: Vec<String> = values
            .map(|given| given.value.clone())
            .filter(|value| !value.is_empty())
            .collect();
        if all.len() > 1 {
            ways.extend(change(all).map(|operation| SettlementOption::All { operation }));
        }
        let side = |given: &AuthoredValue| AuthoredStatement {
            statement: match given.value.as_str() {
                "" => Statement::Deleted,
                value => Statement::Value(value.to_owned()),
            },
            by: given.by.clone(),
        };
        UnsettledConflict {
            doc,
            about: ConflictSubject::Sentence {
                field: sentence.field,
                ancestor: sentence.ancestor.clone(),
                was: sentence.was.clone(),
            },
            sides: sentence.values.iter().map(side).collect(),
            ways,
        }
    });
    answers.chain(sentences).collect()
}

/// The operation that is one edit of an account.
fn one(edit: AccountEdit) -> Operation {
    Operation::EditAccount(vec![edit])
}

/// Returns the conflicts that concurrent editing left to be settled in a promise, at `now` (milliseconds since the
/// epoch): a date that has passed cannot be told any more. Empty where nothing is left to be done.
pub fn of_promise(
    record: &PromiseRecord,
    registry: &Registry,
    now: Millis,
) -> Vec<UnsettledConflict> {
    let facts = reduce(&record.events, registry).filter(|facts| facts.work().is_open());
    let Some(facts) = facts else {
        return vec![];
    };
    let Contradictions {
        dates,
        takers,
        findings,
    } = contradictions(&record.events, registry);
    let mut clashes = Vec::new();
    let mut clash = |about, mut events: Vec<&Event>, ways: Vec<SettlementOption>| {
        events.sort_by_key(|event| std::cmp::Reverse(event.order()));
        let side = |event: &&Event| AuthoredStatement {
            statement: statement(event),
            by: event.by.clone(),
        };
        if !events.is_empty() {
            clashes.push(UnsettledConflict {
                doc: record.id,
                about,
                sides: events.iter().map(side).collect(),
                ways,
            });
        }
    };
    let ahead = |way: &SettlementOption| matches!(way, SettlementOption::Date { due, .. } if due.instant().is_ok_and(|at| at > now));
    let ways = dates.iter().rev().filter_map(|event| told(event));
    let ways = ways.filter(ahead).collect();
    clash(ConflictSubject::Dates, dates, ways);
    let performer =
        |(person, _): &(PersonId, &Event)| SettlementOption::Performer { person: *person };
    let ways = takers.iter().map(performer).collect();
    let took = takers.into_iter().map(|(_, event)| event).collect();
    clash(ConflictSubject::Takers, took, ways);
    let mut ways: Vec<SettlementOption> = Vec::new();
    for event in &findings {
        let finding = event.stored.body.finding().map(|(_, finding)| finding);
        // While findings contradict each other, a dispute is open; deciding it replaces them all.
        if let Some((dispute, finding)) = facts.open_dispute.zip(finding) {
            let known = |way: &SettlementOption| matches!(way, SettlementOption::Finding { finding: known, .. } if *known == finding);
            if !ways.iter().any(known) {
                ways.push(SettlementOption::Finding { dispute, finding });
            }
        }
    }
    clash(ConflictSubject::Findings, findings, ways);
    clashes
}

/// The statement or act that an event carries.
fn statement(event: &Event) -> Statement {
    let body = &event.stored.body;
    match (body.told_date(), body.finding()) {
        (Some(told), _) => Statement::Told(told.due.clone()),
        (None, Some((_, finding))) => Statement::Found(finding),
        (None, None) => Statement::Took,
    }
}

/// The date that an event told the customer, as it is told again.
fn told(event: &Event) -> Option<SettlementOption> {
    let told = event.stored.body.told_date()?;
    Some(SettlementOption::Date {
        due: told.due.clone(),
        words: told.words.to_owned(),
        contact: told.contact,
        channel: told.channel,
    })
}

fn said(values: &[AuthoredValue]) -> Vec<AuthoredStatement> {
    let side = |given: &AuthoredValue| AuthoredStatement {
        statement: Statement::Value(given.value.clone()),
        by: given.by.clone(),
    };
    values.iter().map(side).collect()
}

fn ways(values: &[AuthoredValue], set: impl Fn(&str) -> AccountEdit) -> Vec<SettlementOption> {
    let way = |given: &AuthoredValue| SettlementOption::Value {
        value: given.value.clone(),
        operation: one(set(&given.value)),
    };
    values.iter().map(way).collect()
}

/// The edit that gives an account or a child a name; None where the child is gone, or is a number or address.
fn renamed(account: &Account, named: &UnsettledName, name: &str) -> Option<AccountEdit> {
    let (Some(kind), Some(id)) = (named.kind, named.item) else {
        return Some(AccountEdit::Name { name: name.into() });
    };
    match kind {
        ChildKind::ContactPoint => None,
        ChildKind::Contact => {
            let contact = account.contacts.iter().find(|child| child.id == id)?;
            Some(AccountEdit::SetContact {
                contact: ContactDraft {
                    name: name.into(),
                    ..contact.draft()
                },
            })
        }
        ChildKind::Site => {
            let site = account.sites.iter().find(|child| child.id == id)?;
            Some(AccountEdit::SetSite {
                site: SiteDraft {
                    id: Some(id),
                    label: name.into(),
                    address: site.address.first()?.value.clone(),
                },
            })
        }
        ChildKind::Asset => {
            let asset = account.assets.iter().find(|child| child.id == id)?;
            Some(AccountEdit::SetAsset {
                asset: AssetDraft {
                    id: Some(id),
                    label: name.into(),
                    serial: asset.serial.clone(),
                    site: asset.site,
                },
            })
        }
    }
}

fn removed(kind: ChildKind, id: ItemId) -> AccountEdit {
    match kind {
        ChildKind::ContactPoint => AccountEdit::RemoveContactPoint { id },
        ChildKind::Contact => AccountEdit::RemoveContact { id },
        ChildKind::Site => AccountEdit::RemoveSite { id },
        ChildKind::Asset => AccountEdit::RemoveAsset { id },
    }
}

fn child_name(account: &Account, kind: ChildKind, id: ItemId) -> String {
    let name = match kind {
        ChildKind::ContactPoint => account
            .contact_points
            .iter()
            .find(|child| child.id == id)
            .map(|contact_point| {
                let values: Vec<&str> = contact_point
                    .values
                    .iter()
                    .map(|v| v.value.as_str())
                    .collect();
                values.join(", ")
            }),
        ChildKind::Contact => account
            .contacts
            .iter()
            .find(|child| child.id == id)
            .map(|child| child.name.clone()),
        ChildKind::Site => account
            .sites
            .iter()
            .find(|child| child.id == id)
            .map(|child| child.label.clone()),
        ChildKind::Asset => account
            .assets
            .iter()
            .find(|child| child.id == id)
            .map(|child| child.label.clone()),
    };
    name.unwrap_or_default()
}
