//! The plan of the last nine months: the instants at which customers were written down, the visits, and the
//! observations and promises of each.
//!
//! The plan follows from the seed and the present day; [`crate::history`] has people write it.

use kept_core::model::ids::ItemId;
use kept_core::model::registry::Role;
use kept_core::model::time::{DueError, Millis};
use kept_core::model::visit::{Channel, UsageDraft, UsageKind};
use kept_kit::Rng;

use crate::calendar::{Calendar, MINUTE};
use crate::company_plan::{CompanyPlan, Customer};
use crate::planner::Planner;
use crate::promise_plan::PromisePlan;

/// The length of the history, in days before now.
pub(crate) const PAST_DAYS: i64 = 270;

/// Everything that happened.
#[derive(Debug, Default)]
pub(crate) struct YearPlan {
    /// The instant at which each customer was written down, in milliseconds since the epoch.
    pub(crate) customers: Vec<Millis>,
    /// The visits.
    pub(crate) visits: Vec<PlannedVisit>,
    /// The promises.
    pub(crate) promise_plans: Vec<PromisePlan>,
}

/// A visit to be written.
#[derive(Debug)]
pub(crate) struct PlannedVisit {
    /// The instant of the visit, in milliseconds since the epoch.
    pub(crate) at: Millis,
    /// The visitor: a place in the company's people.
    pub(crate) who: usize,
    /// The customer: a place in the company's customers.
    pub(crate) customer: usize,
    /// The contact whom they met.
    pub(crate) contact: Option<ItemId>,
    /// The channel.
    pub(crate) channel: Channel,
    /// The words that were said.
    pub(crate) said: String,
    /// The meaning that we see in them.
    pub(crate) means: String,
    /// The observations.
    pub(crate) usages: Vec<UsageDraft>,
    /// The promises that were made: places in [`YearPlan::promise_plans`].
    pub(crate) promise_plans: Vec<usize>,
}

impl YearPlan {
    /// The nine months before `now`.
    pub(crate) fn new(
        company: &CompanyPlan,
        seed: u64,
        now: Millis,
        calendar: &Calendar,
    ) -> Result<Self, DueError> {
        let rng = Rng::new(seed ^ 0x9e37_79b9);
        let mut planner = Planner {
            company,
            calendar,
            rng: &rng,
        };
        let mut year_plan = Self::default();
        let visit_weights: Vec<usize> = company
            .customers
            .iter()
            .map(|customer| planner.visits_of(customer))
            .collect();
        let first = calendar.at(0, 8 * 60)?;
        for _ in &company.customers {
            let at = if rng.chance(75) {
                first + rng.between(0, 500) * MINUTE
            } else {
                calendar.at(rng.below(calendar.today() * 3 / 5), rng.between(480, 990))?
            };
            year_plan.customers.push(at);
        }
        while year_plan.visits.len() < company.visits {
            // A person spends a day on the road, or on the telephone.
            let account_manager = company.customers.get(rng.weighted(&visit_weights));
            let account_manager = account_manager.map_or(0, |customer| customer.account_manager);
            let theirs: Vec<usize> = (0..company.customers.len())
                .filter(|number| company.customers[*number].account_manager == account_manager)
                .collect();
            let day = rng.below(calendar.today() + 1);
            for _ in 0..rng.between(3, 6) {
                let customer = theirs.get(rng.below(theirs.len())).copied().unwrap_or(0);
                let at = calendar.at(day, rng.between(455, 1000))?;
                let known = year_plan.customers.get(customer).copied().unwrap_or(now);
                if at > known && at < now - 5 * MINUTE && year_plan.visits.len() < company.visits {
                    planner.visit(&mut year_plan, customer, day, at)?;
                }
            }
        }
        Ok(year_plan)
    }
}

impl Planner<'_> {
    /// The frequency of visits to a customer, as a weight against others.
    fn visits_of(&self, customer: &Customer) -> usize {
        match self.role(customer.account_manager) {
            Role::Technician => 10,
            Role::Sales => 7,
            Role::Office => 4,
            Role::Owner => 5,
            Role::Workshop => 1,
        }
    }

    fn visit(
        &mut self,
        year_plan: &mut YearPlan,
        customer: usize,
        day: usize,
        at: Millis,
    ) -> Result<(), DueError> {
        let rng = self.rng;
        let Some(known) = self.company.customers.get(customer) else {
            return Ok(());
        };
        let who = known.account_manager;
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
            if rng.chance(percent) && !known.trade.observed.is_empty() {
                let observed = &known.trade.observed[rng.below(known.trade.observed.len())];
                let product = known.draft.assets.first().map(|asset| asset.label.clone());
                usages.push(UsageDraft {
                    kind: if rng.chance(15) {
                        UsageKind::Need
                    } else {
                        UsageKind::Use
                    },
                    product: product.unwrap_or_default(),
                    doing: observed.doing.into(),
                    workaround: observed.workaround.into(),
                    frequency: observed.frequency.into(),
                    pain: observed.pain,
                    quote: observed.quote.into(),
                    themes: vec![observed.theme.into()],
                    consent: rng.chance(70),
                    ..UsageDraft::default()
                });
            }
        }
        let mut promise_plans = Vec::new();
        for percent in [55, 20, 5] {
            if rng.chance(percent) {
                promise_plans.push(year_plan.promise_plans.len());
                year_plan
                    .promise_plans
                    .push(self.promise_plan(who, day, at)?);
            }
        }
        year_plan.visits.push(PlannedVisit {
            at,
            who,
            customer,
            contact: known.contacts.get(rng.below(known.contacts.len())).copied(),
            channel: channel[rng.below(4)],
            said: rng.pick(known.trade.said, "").to_owned(),
            means: if rng.chance(30) {
                known.trade.must_not_fail[0].to_owned()
            } else {
                String::new()
            },
            usages,
            promise_plans,
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CompanySize;
    use crate::promise_plan::{PlannedEdit, PlannedStep};

    #[test]
    fn a_year_repeats_and_every_life_goes_forward() {
        let company = CompanyPlan::new(3, CompanySize::Small);
        let now = 1_780_000_000_000;
        let calendar = Calendar::new(now, "Europe/Berlin", PAST_DAYS).unwrap();
        let year_plan = |seed| {
            format!(
                "{:?}",
                YearPlan::new(&company, seed, now, &calendar).unwrap()
            )
        };
        assert_eq!(year_plan(5), year_plan(5));
        assert_ne!(year_plan(5), year_plan(6));
        let year_plan = YearPlan::new(&company, 5, now, &calendar).unwrap();
        assert_eq!(year_plan.visits.len(), company.visits);
        for visit in &year_plan.visits {
            assert!(visit.at < now);
            for promise_plan in &visit.promise_plans {
                let mut last = visit.at;
                for step in &year_plan.promise_plans[*promise_plan].steps {
                    assert!(step.at > last);
                    last = step.at;
                }
            }
        }
    }

    #[test]
    fn what_is_long_due_was_delivered_or_called_off() {
        let company = CompanyPlan::new(3, CompanySize::Small);
        let now = 1_780_000_000_000;
        let calendar = Calendar::new(now, "Europe/Berlin", PAST_DAYS).unwrap();
        let year_plan = YearPlan::new(&company, 5, now, &calendar).unwrap();
        let long_ago = now - 30 * 24 * 60 * MINUTE;
        let ends = |step: &PlannedStep| {
            matches!(step.edit, PlannedEdit::Fulfil(_) | PlannedEdit::Cancel(..))
        };
        for promise_plan in &year_plan.promise_plans {
            let is_due = promise_plan.due.instant().unwrap() < long_ago;
            assert!(
                !is_due || promise_plan.steps.iter().any(ends),
                "{promise_plan:?}"
            );
        }
    }
}
