//! The plan of the last nine months: when customers were written down, visits, and what was seen and promised there.
//!
//! The plan follows from the seed and the present day; [`super::history`] has people write it.

use kept_core::model::ids::ItemId;
use kept_core::model::people::Role;
use kept_core::model::time::{DueError, Millis};
use kept_core::model::visit::{Channel, UsageDraft, UsageKind};

use super::calendar::{Calendar, MINUTE};
use super::company::{Company, Customer};
use super::dice::Dice;
use super::life::Life;
use super::planner::Planner;

/// The length of the history, in days before now.
pub const PAST_DAYS: i64 = 270;

/// Everything that happened.
#[derive(Debug, Default)]
pub struct Year {
    /// The instant at which each customer was written down, in milliseconds since the epoch.
    pub customers: Vec<Millis>,
    /// The visits.
    pub visits: Vec<Visit>,
    /// The promises.
    pub lives: Vec<Life>,
}

/// A visit to be written.
#[derive(Debug)]
pub struct Visit {
    /// The instant of the visit, in milliseconds since the epoch.
    pub at: Millis,
    /// The visitor: a place in the company's people.
    pub who: usize,
    /// The customer: a place in the company's customers.
    pub customer: usize,
    /// The contact whom they met.
    pub contact: Option<ItemId>,
    /// The channel.
    pub channel: Channel,
    /// The words that were said.
    pub said: String,
    /// The meaning that we see in them.
    pub means: String,
    /// The observations.
    pub usages: Vec<UsageDraft>,
    /// The promises that were made: places in [`Year::lives`].
    pub lives: Vec<usize>,
}

impl Year {
    /// The nine months before `now`.
    pub fn new(
        company: &Company,
        seed: u64,
        now: Millis,
        calendar: &Calendar,
    ) -> Result<Self, DueError> {
        let dice = Dice::new(seed ^ 0x9e37_79b9);
        let mut planner = Planner {
            company,
            calendar,
            dice: &dice,
        };
        let mut year = Self::default();
        let visit_weights: Vec<usize> = company
            .customers
            .iter()
            .map(|customer| planner.visits_of(customer))
            .collect();
        let first = calendar.at(0, 8 * 60)?;
        for _ in &company.customers {
            let at = if dice.chance(75) {
                first + dice.between(0, 500) * MINUTE
            } else {
                calendar.at(dice.below(calendar.today() * 3 / 5), dice.between(480, 990))?
            };
            year.customers.push(at);
        }
        while year.visits.len() < company.visits {
            // A person spends a day on the road, or on the telephone.
            let keeper = company.customers.get(dice.weighted(&visit_weights));
            let keeper = keeper.map_or(0, |customer| customer.keeper);
            let theirs: Vec<usize> = (0..company.customers.len())
                .filter(|number| company.customers[*number].keeper == keeper)
                .collect();
            let day = dice.below(calendar.today() + 1);
            for _ in 0..dice.between(3, 6) {
                let customer = theirs.get(dice.below(theirs.len())).copied().unwrap_or(0);
                let at = calendar.at(day, dice.between(455, 1000))?;
                let known = year.customers.get(customer).copied().unwrap_or(now);
                if at > known && at < now - 5 * MINUTE && year.visits.len() < company.visits {
                    planner.visit(&mut year, customer, day, at)?;
                }
            }
        }
        Ok(year)
    }
}

impl Planner<'_> {
    /// The frequency of visits to a customer, as a weight against others.
    fn visits_of(&self, customer: &Customer) -> usize {
        match self.role(customer.keeper) {
            Role::Technician => 10,
            Role::Sales => 7,
            Role::Office => 4,
            Role::Owner => 5,
            Role::Workshop => 1,
        }
    }

    fn visit(
        &mut self,
        year: &mut Year,
        customer: usize,
        day: usize,
        at: Millis,
    ) -> Result<(), DueError> {
        let dice = self.dice;
        let Some(known) = self.company.customers.get(customer) else {
            return Ok(());
        };
        let who = known.keeper;
        let channel = match self.role(who) {
            Role::Technician | Role::Workshop => [
                Channel::OnSite,
                Channel::OnSite,
                Channel::OnSite,
                Channel::Call,
            ],
            Role::Office => [Channel::Call, Channel::Call, Channel::Text, Channel::Call],
            Role::Owner | Role::Sales => [
                Channel::OnSite,
                Channel::Call,
                Channel::OnSite,
                Channel::Video,
            ],
        };
        let mut usages = Vec::new();
        for percent in [40, 8] {
            if dice.chance(percent) && !known.trade.seen.is_empty() {
                let seen = &known.trade.seen[dice.below(known.trade.seen.len())];
                let product = known.draft.assets.first().map(|asset| asset.label.clone());
                usages.push(UsageDraft {
                    kind: if dice.chance(15) {
                        UsageKind::Need
                    } else {
                        UsageKind::Use
                    },
                    product: product.unwrap_or_default(),
                    doing: seen.doing.into(),
                    workaround: seen.workaround.into(),
                    frequency: seen.frequency.into(),
                    pain: seen.pain,
                    quote: seen.quote.into(),
                    themes: vec![seen.theme.into()],
                    consent: dice.chance(70),
                    ..UsageDraft::default()
                });
            }
        }
        let mut lives = Vec::new();
        for percent in [55, 20, 5] {
            if dice.chance(percent) {
                lives.push(year.lives.len());
                year.lives.push(self.life(who, day, at)?);
            }
        }
        year.visits.push(Visit {
            at,
            who,
            customer,
            contact: known
                .contacts
                .get(dice.below(known.contacts.len()))
                .copied(),
            channel: channel[dice.below(4)],
            said: dice.pick(known.trade.said, "").to_owned(),
            means: if dice.chance(30) {
                known.trade.must_not_fail[0].to_owned()
            } else {
                String::new()
            },
            usages,
            lives,
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Size;
    use crate::demo::life::{Deed, Step};

    #[test]
    fn a_year_repeats_and_every_life_goes_forward() {
        let company = Company::new(3, Size::Small);
        let now = 1_780_000_000_000;
        let calendar = Calendar::new(now, "Europe/Berlin", PAST_DAYS).unwrap();
        let year = |seed| format!("{:?}", Year::new(&company, seed, now, &calendar).unwrap());
        assert_eq!(year(5), year(5));
        assert_ne!(year(5), year(6));
        let year = Year::new(&company, 5, now, &calendar).unwrap();
        assert_eq!(year.visits.len(), company.visits);
        for visit in &year.visits {
            assert!(visit.at < now);
            for life in &visit.lives {
                let mut last = visit.at;
                for step in &year.lives[*life].steps {
                    assert!(step.at > last);
                    last = step.at;
                }
            }
        }
    }

    #[test]
    fn what_is_long_due_was_delivered_or_called_off() {
        let company = Company::new(3, Size::Small);
        let now = 1_780_000_000_000;
        let calendar = Calendar::new(now, "Europe/Berlin", PAST_DAYS).unwrap();
        let year = Year::new(&company, 5, now, &calendar).unwrap();
        let long_ago = now - 30 * 24 * 60 * MINUTE;
        let ends = |step: &Step| matches!(step.deed, Deed::Fulfil(_) | Deed::Cancel(..));
        for life in &year.lives {
            let is_due = life.due.instant().unwrap() < long_ago;
            assert!(!is_due || life.steps.iter().any(ends), "{life:?}");
        }
    }
}
