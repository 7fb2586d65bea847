//! Conflicts in an account: values of numbers, addresses and needs, names, texts, and removals.

use super::removal::of_removal;
use super::texts::{TextChange, of_texts};
use super::{
    AuthoredStatement, ConflictSubject, SettlementOption, Statement, UnsettledConflict, said,
};
use crate::model::account::{
    Account, AccountEdit, AssetDraft, ContactDraft, ContactPointDraft, SiteDraft,
};
use crate::model::authored::AuthoredValue;
use crate::model::edit::Operation;
use crate::model::ids::ItemId;
use crate::model::unsettled::{ChildKind, ShortAnswer, UnsettledName};

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
            TextChange::ShortAnswer(ShortAnswer::Uses, text) => {
                AccountEdit::Uses { text, was: None }
            }
            TextChange::ShortAnswer(ShortAnswer::MustNotFail, text) => {
                AccountEdit::MustNotFail { text, was: None }
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
        clashes.push(of_removal(account.id, about, removal, one(stay), one(away)));
    }
    clashes
}

/// The operation that is one edit of an account.
fn one(edit: AccountEdit) -> Operation {
    Operation::EditAccount(vec![edit])
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
