//! The demo company as it stands before anything happens: people, customers, their contacts and machines.
//!
//! Everything here follows from the seed alone.

use kept_core::model::account::{
    AccountDraft, AccountEdit, AccountForm, AssetDraft, ContactDraft, ReachDraft, ReachKind,
    SiteDraft,
};
use kept_core::model::ids::ItemId;
use kept_core::model::people::Role;

use super::Size;
use super::dice::Dice;
use super::people::{self, Hired};
use super::trades::{FAMILIES, FIRST_NAMES, STREETS, TOWNS, TRADES, Trade};

/// The company's name.
pub const NAME: &str = "Vogel & Hartley Kältetechnik";

/// The company.
#[derive(Debug)]
pub struct Company {
    /// All people, the owner first.
    pub people: Vec<Hired>,
    /// The customers.
    pub customers: Vec<Customer>,
    /// The number of visits in the history.
    pub visits: usize,
}

/// A customer before they were written down.
#[derive(Debug)]
pub struct Customer {
    /// The person who looks after them: a place in [`Company::people`].
    pub keeper: usize,
    /// Their trade.
    pub trade: &'static Trade,
    /// The draft of their account.
    pub draft: AccountDraft,
    /// The needs that they named, as edits.
    pub needs: Vec<AccountEdit>,
    /// The contacts' ids.
    pub contacts: Vec<ItemId>,
}

impl Company {
    /// The company of a seed.
    pub fn new(seed: u64, size: Size) -> Self {
        let dice = Dice::new(seed);
        let people = people::people(size);
        let weights: Vec<usize> = people
            .iter()
            .map(|person| customers_of(person.role))
            .collect();
        let (customers, visits) = match size {
            Size::Full => (640, 2_500),
            Size::Small => (40, 120),
        };
        let customers = (0..customers)
            .map(|number| {
                let keeper = dice.weighted(&weights);
                let team = people.get(keeper).map_or("north", |person| person.team);
                Customer::new(&dice, number, keeper, team)
            })
            .collect();
        Self {
            people,
            customers,
            visits,
        }
    }
}

/// One customer in so many said within what time they need things.
const DEMANDING: usize = 4;

/// The share of customers that a person of a role looks after, as a weight against other roles.
fn customers_of(role: Role) -> usize {
    match role {
        Role::Technician => 45,
        Role::Sales => 30,
        Role::Office => 15,
        Role::Owner | Role::Workshop => 8,
    }
}

impl Customer {
    fn new(dice: &Dice, number: usize, keeper: usize, team: &str) -> Self {
        let weights = [14, 12, 14, 12, 22, 14, 6, 6];
        let trade = TRADES.get(dice.weighted(&weights)).unwrap_or(&TRADES[0]);
        let family = dice.pick(FAMILIES, "Adler");
        let towns = TOWNS.iter().find(|(name, _)| *name == team);
        let towns = towns.map_or(TOWNS[0].1, |(_, towns)| towns);
        let (town, code) = towns.get(dice.below(towns.len())).unwrap_or(&TOWNS[0].1[0]);
        let at_home = trade.tag == "household";
        let name = if at_home {
            format!("{} {family}", dice.pick(FIRST_NAMES, "Hanna"))
        } else {
            let pattern = dice.pick(trade.names, "{}");
            let name = pattern.replace("{}", family);
            // The second one of a name says where it is.
            if number < 30 {
                name
            } else {
                format!("{name}, {town}")
            }
        };
        let item = || ItemId(dice.bytes());
        let contacts: Vec<ContactDraft> = (0..dice.between(1, 3))
            .map(|_| ContactDraft {
                id: Some(item()),
                name: format!(
                    "{} {}",
                    dice.pick(FIRST_NAMES, "Hanna"),
                    dice.pick(&FAMILIES[..30], "Adler")
                ),
                role: dice.pick(trade.roles, "").to_owned(),
                ..ContactDraft::default()
            })
            .collect();
        let first = contacts.first().and_then(|contact| contact.id);
        let phone = |label: &str, id: ItemId, contact| ReachDraft {
            id: Some(id),
            kind: ReachKind::Phone,
            label: label.into(),
            value: format!("{code} {}", dice.between(200_000, 989_999)),
            contact,
        };
        let mut reaches = vec![phone("main", ReachKind::Phone.main_item(), None)];
        if dice.chance(40) {
            reaches.push(phone("mobile", item(), first));
        }
        if dice.chance(60) {
            reaches.push(ReachDraft {
                id: Some(item()),
                kind: ReachKind::Email,
                label: "office".into(),
                value: format!("info{number}@example.org"),
                contact: None,
            });
        }
        let site = item();
        let street = dice.pick(STREETS, "Hauptstraße");
        let sites = vec![SiteDraft {
            id: Some(site),
            label: if at_home { "home" } else { "main" }.into(),
            address: format!("{street} {}, {town}", dice.between(1, 140)),
        }];
        let assets = (0..dice.between(1, 3))
            .map(|_| AssetDraft {
                id: Some(item()),
                label: dice.pick(trade.machines, "machine").to_owned(),
                serial: format!("{}-{:05}", dice.between(11, 26), dice.between(1, 99_999)),
                site: Some(site),
            })
            .collect();
        let contact_ids = contacts.iter().filter_map(|contact| contact.id).collect();
        let draft = AccountDraft {
            name,
            form: if at_home {
                AccountForm::Person
            } else {
                AccountForm::Organisation
            },
            source: None,
            tags: vec![trade.tag.into()],
            notes: if dice.chance(30) {
                dice.pick(trade.said, "").to_owned()
            } else {
                String::new()
            },
            uses: dice.pick(trade.uses, "").to_owned(),
            must_not_fail: dice.pick(trade.must_not_fail, "").to_owned(),
            reaches,
            contacts,
            sites,
            assets,
            ..AccountDraft::default()
        };
        let needs = trade.needs.iter().map(|(kind, within)| AccountEdit::Need {
            kind: (*kind).into(),
            within: *within,
        });
        Self {
            keeper,
            trade,
            draft,
            needs: needs.filter(|_| number.is_multiple_of(DEMANDING)).collect(),
            contacts: contact_ids,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_company() {
        let drafts = |seed| -> Vec<AccountDraft> {
            let company = Company::new(seed, Size::Full);
            company
                .customers
                .into_iter()
                .map(|customer| customer.draft)
                .collect()
        };
        assert_eq!(drafts(7), drafts(7));
        assert_ne!(drafts(7), drafts(8));
    }

    #[test]
    fn a_full_company_has_22_people_in_three_territories_and_640_customers() {
        let company = Company::new(1, Size::Full);
        assert_eq!((company.people.len(), company.customers.len()), (22, 640));
        let teams: std::collections::BTreeSet<_> =
            company.people.iter().map(|person| person.team).collect();
        assert_eq!(teams.len(), 3);
        let names: std::collections::BTreeSet<_> =
            company.people.iter().map(Hired::first_name).collect();
        assert_eq!(names.len(), 22);
        assert!(
            company
                .customers
                .iter()
                .any(|customer| customer.draft.name.contains('ß'))
        );
    }
}
