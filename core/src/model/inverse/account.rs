//! The inverse of a tap on a customer.

use super::{Fate, Inverse, Then, answers_of, fate, in_order};
use crate::model::account::{
    Account, AccountEdit, AccountForm, Asset, AssetDraft, Contact, ContactPoint, ContactPointDraft,
    Site, SiteDraft,
};
use crate::model::account_field::{ACCOUNT_FIELDS, Merge};
use crate::model::ids::ItemId;
use crate::model::lead_time::{LeadTime, RequiredLeadTime};
use crate::model::unsettled::{ChildKind, ShortAnswer};

/// The edits that give back what a tap changed in a customer. Of several concurrent values that it chose among, the
/// newest comes back; a child that it removed comes back with all it had.
pub fn account_inverse(then: &Then<&Account>) -> Inverse<AccountEdit> {
    // A new field is given back below.
    let Account {
        id: _,
        team: _,
        created: _,
        unsettled: _,
        parts: _,
        // Where imports found it says nothing of the customer.
        source: _,
        further_sources: _,
        // By the table of fields.
        name: _,
        notes: _,
        uses: _,
        must_not_fail: _,
        title: _,
        birthday: _,
        form: _,
        tags: _,
        contact_points: _,
        contacts: _,
        sites: _,
        assets: _,
        archived: _,
        needs: _,
        also_called: _,
    } = then.now;
    let mut inverse = Inverse::new();
    for field in ACCOUNT_FIELDS {
        let value = |account: &Account| field.value(account).to_owned();
        let values = then.map(|account| value(account));
        let texts = values.map(|text| text);
        match field.merge {
            Merge::BySentence => {
                inverse.text(texts, |text, was| field.edit(text, Some(was)));
            }
            Merge::Latest => inverse.scalar(field.key, texts, |text| field.edit(text, None)),
            Merge::Name | Merge::KeepAll => {
                let all = then.map(|account| all_values(account, field.key));
                let both = Then {
                    before: (texts.before, all.before),
                    after: (texts.after, all.after),
                    now: (texts.now, all.now),
                };
                inverse.answer(field.key, both, |text| field.edit(text, None));
            }
        }
    }
    let form = |form: &AccountForm| {
        let name = match form {
            AccountForm::Organisation => "organisation",
            AccountForm::Person => "person",
        };
        name.to_owned()
    };
    inverse.value("form", then.map(|account| account.form), form, |form| {
        AccountEdit::Form { form }
    });
    inverse.value(
        "also_called",
        then.map(|account| &account.also_called),
        |names| names.join(", "),
        |names| AccountEdit::AlsoCalled {
            names: names.clone(),
        },
    );
    inverse.members(
        then.map(|account| &account.tags),
        |tag| AccountEdit::AddTag { tag },
        |tag| AccountEdit::RemoveTag { tag },
    );
    needs(&mut inverse, then);
    children(
        &mut inverse,
        then.map(|account| account.contact_points.as_slice()),
    );
    children(
        &mut inverse,
        then.map(|account| account.contacts.as_slice()),
    );
    children(&mut inverse, then.map(|account| account.sites.as_slice()));
    children(&mut inverse, then.map(|account| account.assets.as_slice()));
    let archived = then.map(|account| account.archived);
    inverse.archived(archived, AccountEdit::Archive, AccountEdit::Restore);
    inverse
}

/// The concurrent values of the name or a short answer.
fn all_values<'a>(account: &'a Account, key: &str) -> Vec<&'a str> {
    let unsettled = account.unsettled.as_ref();
    let answer = ShortAnswer::OF_ACCOUNT
        .into_iter()
        .find(|answer| answer.name() == key);
    if let Some(answer) = answer {
        return answers_of(unsettled, answer);
    }
    let names = unsettled.into_iter().flat_map(|unsettled| &unsettled.names);
    let own = names.filter(|named| named.item.is_none());
    in_order(own.flat_map(|named| &named.values))
}

fn needs(inverse: &mut Inverse<AccountEdit>, then: &Then<&Account>) {
    let kinds_of = |account: &Account| -> Vec<String> {
        account.needs.iter().map(|need| need.kind.clone()).collect()
    };
    let mut kinds = kinds_of(then.before);
    kinds.extend(kinds_of(then.after));
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let needed = then.map(|account| {
            let need = account.needs.iter().find(|need| need.kind == kind);
            let values = |need: &RequiredLeadTime| {
                let values = need.values.iter().map(|value| value.within.to_string());
                values.collect::<Vec<_>>()
            };
            (
                need.map(values),
                need.and_then(|need| need.values.first())
                    .map(|value| value.within),
            )
        });
        let said = |(_, within): &(Option<Vec<String>>, Option<LeadTime>)| {
            within.map(|within| within.to_string()).unwrap_or_default()
        };
        inverse.value(&format!("needs/{kind}"), needed, said, |(_, within)| {
            let kind = kind.clone();
            match within {
                Some(within) => AccountEdit::RequiredLeadTime { kind, within },
                None => AccountEdit::DropRequiredLeadTime { kind },
            }
        });
    }
}

/// A child of a customer, as it is given back.
trait Child: Sized {
    const KIND: ChildKind;
    /// The map that histories name it by, and the part that shows it.
    const PATH: (&'static str, &'static str);

    fn id(&self) -> ItemId;
    /// Everything of it that an edit sets; each concurrent value counts.
    fn says(&self) -> Vec<String>;
    fn set(&self) -> AccountEdit;
    fn remove(id: ItemId) -> AccountEdit;
}

fn children<C: Child>(inverse: &mut Inverse<AccountEdit>, then: Then<&[C]>) {
    let mut ids: Vec<ItemId> = then.before.iter().chain(then.after).map(C::id).collect();
    ids.sort_unstable();
    ids.dedup();
    let (map, part) = C::PATH;
    for id in ids {
        let child = then.map(|children| children.iter().find(|child| child.id() == id));
        let says = child.map(|child| child.map(C::says));
        match (fate(&says), child.before) {
            (Fate::Stands, _) => {}
            (Fate::GivenBack, None) => inverse.edits.push(C::remove(id)),
            (Fate::GivenBack, Some(_)) if child.now.is_none() => {
                inverse.edits.push(AccountEdit::Keep { kind: C::KIND, id });
            }
            (Fate::GivenBack, Some(before)) => inverse.edits.push(before.set()),
            (Fate::Left, _) => {
                let now = says.now.and_then(|says| says.into_iter().next());
                inverse.leave(&format!("{map}/{id}/{part}"), now.unwrap_or_default());
            }
        }
    }
}

impl Child for ContactPoint {
    const KIND: ChildKind = ChildKind::ContactPoint;
    const PATH: (&'static str, &'static str) = ("reach", "value");

    fn id(&self) -> ItemId {
        self.id
    }

    fn says(&self) -> Vec<String> {
        let Self {
            id: _,
            removal_in_question: _,
            kind,
            label,
            contact,
            values,
        } = self;
        let values = values.iter().map(|value| value.value.clone());
        let further = [label.clone(), kind.name().to_owned(), id_text(*contact)];
        values.chain(further).collect()
    }

    fn set(&self) -> AccountEdit {
        let value = self.values.first().map(|value| value.value.clone());
        let contact_point = ContactPointDraft {
            id: Some(self.id),
            kind: self.kind,
            label: self.label.clone(),
            value: value.unwrap_or_default(),
            contact: self.contact,
        };
        AccountEdit::SetContactPoint { contact_point }
    }

    fn remove(id: ItemId) -> AccountEdit {
        AccountEdit::RemoveContactPoint { id }
    }
}

impl Child for Contact {
    const KIND: ChildKind = ChildKind::Contact;
    const PATH: (&'static str, &'static str) = ("contacts", "name");

    fn id(&self) -> ItemId {
        self.id
    }

    fn says(&self) -> Vec<String> {
        let Self {
            id: _,
            removal_in_question: _,
            source: _,
            name,
            role,
            birthday,
            also_called,
        } = self;
        let mut says = vec![name.clone(), role.clone(), birthday.clone()];
        says.extend(also_called.iter().cloned());
        says
    }

    fn set(&self) -> AccountEdit {
        AccountEdit::SetContact {
            contact: self.draft(),
        }
    }

    fn remove(id: ItemId) -> AccountEdit {
        AccountEdit::RemoveContact { id }
    }
}

impl Child for Site {
    const KIND: ChildKind = ChildKind::Site;
    const PATH: (&'static str, &'static str) = ("sites", "label");

    fn id(&self) -> ItemId {
        self.id
    }

    fn says(&self) -> Vec<String> {
        let Self {
            id: _,
            removal_in_question: _,
            label,
            address,
        } = self;
        let address = address.iter().map(|value| value.value.clone());
        [label.clone()].into_iter().chain(address).collect()
    }

    fn set(&self) -> AccountEdit {
        let address = self.address.first().map(|value| value.value.clone());
        let site = SiteDraft {
            id: Some(self.id),
            label: self.label.clone(),
            address: address.unwrap_or_default(),
        };
        AccountEdit::SetSite { site }
    }

    fn remove(id: ItemId) -> AccountEdit {
        AccountEdit::RemoveSite { id }
    }
}

impl Child for Asset {
    const KIND: ChildKind = ChildKind::Asset;
    const PATH: (&'static str, &'static str) = ("assets", "label");

    fn id(&self) -> ItemId {
        self.id
    }

    fn says(&self) -> Vec<String> {
        let Self {
            id: _,
            removal_in_question: _,
            label,
            serial,
            site,
        } = self;
        vec![label.clone(), serial.clone(), id_text(*site)]
    }

    fn set(&self) -> AccountEdit {
        let asset = AssetDraft {
            id: Some(self.id),
            label: self.label.clone(),
            serial: self.serial.clone(),
            site: self.site,
        };
        AccountEdit::SetAsset { asset }
    }

    fn remove(id: ItemId) -> AccountEdit {
        AccountEdit::RemoveAsset { id }
    }
}

fn id_text(id: Option<ItemId>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}
