//! What happened in the last nine months, as a plan: visits, what was seen, what was promised, and the life
//! of every promise.
//!
//! The plan follows from the seed and the present day; [`super::history`] has people write it.

use kept_core::model::event::{CancelledBy, Finding, Mood};
use kept_core::model::ids::ItemId;
use kept_core::model::people::Role;
use kept_core::model::time::{Due, DueError, DuePart, Millis};
use kept_core::model::visit::{Channel, UsageDraft, UsageKind};

use super::calendar::Calendar;
use super::company::{Company, Customer};
use super::dice::Dice;
use super::pledges::{
    CANCELLED, DECLINED, DISPUTED, FORGOTTEN, FOUND, PLEDGES, PROOF, PROPOSED, Pledge, Usual,
};

/// How far back the history reaches, in days.
pub const PAST_DAYS: i64 = 270;
/// A minute in milliseconds.
const MINUTE: i64 = 60_000;

/// Everything that happened.
#[derive(Debug, Default)]
pub struct Year {
    /// When each customer was written down.
    pub customers: Vec<Millis>,
    /// The visits.
    pub visits: Vec<Visit>,
    /// The promises.
    pub lives: Vec<Life>,
}

/// A visit to be written.
#[derive(Debug)]
pub struct Visit {
    /// When.
    pub at: Millis,
    /// By whom: a place in the company's people.
    pub who: usize,
    /// Where: a place in the company's customers.
    pub customer: usize,
    /// Whom they met.
    pub contact: Option<ItemId>,
    /// How.
    pub channel: Channel,
    /// What was said.
    pub said: String,
    /// What we think it means.
    pub means: String,
    /// What was observed.
    pub usages: Vec<UsageDraft>,
    /// What was promised: places in [`Year::lives`].
    pub lives: Vec<usize>,
}

/// Who is to deliver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doer {
    /// A place in the company's people.
    Person(usize),
    /// Whoever of the callback pool takes it.
    Pool,
    /// Nobody was named.
    Nobody,
}

/// A promise and what becomes of it.
#[derive(Debug)]
pub struct Life {
    /// The kind.
    pub kind: &'static str,
    /// What will be done.
    pub deliverable: &'static str,
    /// What the customer will see.
    pub criterion: &'static str,
    /// Who is to deliver.
    pub doer: Doer,
    /// By when.
    pub due: Due,
    /// In the words that were spoken.
    pub words: String,
    /// Whether the customer was told.
    pub told: bool,
    /// Whether the performer is asked at once.
    pub ask: bool,
    /// What happens afterwards, each after the one before.
    pub steps: Vec<Step>,
}

/// Something that happens to a promise.
#[derive(Debug)]
pub struct Step {
    /// When.
    pub at: Millis,
    /// Who writes it down.
    pub who: usize,
    /// What.
    pub deed: Deed,
}

/// What can happen to a promise.
#[derive(Clone, Debug)]
pub enum Deed {
    /// The performer is asked.
    Ask,
    /// They accept.
    Accept,
    /// They decline.
    Decline(&'static str),
    /// They offer another date.
    Propose(Due, &'static str),
    /// The customer was told another date.
    Agree(Due, String),
    /// Somebody else is to deliver.
    Reassign(usize),
    /// Work began.
    Start,
    /// It was done.
    Fulfil(&'static str),
    /// The customer said how they find it.
    Confirm(Mood),
    /// Somebody says that it was not as promised.
    Dispute(&'static str),
    /// The office decides.
    Resolve(Finding, &'static str),
    /// It is called off.
    Cancel(CancelledBy, &'static str),
    /// Somebody is thanked.
    Thank(usize),
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
            // Somebody spends a day on the road, or on the telephone.
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

/// What planning needs.
struct Planner<'a> {
    company: &'a Company,
    calendar: &'a Calendar,
    dice: &'a Dice,
}

impl Planner<'_> {
    /// How often a customer is visited, compared with others.
    fn visits_of(&self, customer: &Customer) -> usize {
        match self.role(customer.keeper) {
            Role::Technician => 10,
            Role::Sales => 7,
            Role::Office => 4,
            Role::Owner => 5,
            Role::Workshop => 1,
        }
    }

    fn role(&self, who: usize) -> Role {
        self.company
            .people
            .get(who)
            .map_or(Role::Technician, |person| person.role)
    }

    /// Who takes what comes in for a role: the first of the territory where there is one, else somebody of
    /// another. The office's work from the field goes to Ann, so that not every phone must read everything.
    fn colleague(&self, role: Role, team: Option<&str>) -> Option<usize> {
        let people = || {
            let people = self.company.people.iter().enumerate();
            people.filter(move |(_, person)| person.role == role)
        };
        if role == Role::Office {
            return people().next().map(|(who, _)| who);
        }
        if let Some((who, _)) = people().find(|(_, person)| team == Some(person.team)) {
            return Some(who);
        }
        let anywhere: Vec<usize> = people().map(|(who, _)| who).collect();
        anywhere.get(self.dice.below(anywhere.len())).copied()
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

    fn doer(&self, pledge: &Pledge, who: usize) -> Doer {
        let dice = self.dice;
        let team = self.company.people.get(who).map(|person| person.team);
        let usual = if dice.chance(70) {
            0
        } else {
            dice.below(pledge.usual.len())
        };
        let found = match pledge.usual.get(usual).copied().unwrap_or(Usual::Myself) {
            Usual::Pool => return Doer::Pool,
            Usual::Myself => Some(who),
            Usual::Workshop if dice.chance(12) => self.colleague(
                Role::Workshop,
                Some(dice.pick(&["north", "south", "west"], "north")),
            ),
            Usual::Workshop => self.colleague(Role::Workshop, team),
            Usual::Office => self.colleague(Role::Office, team),
            Usual::Sales => self.colleague(Role::Sales, team),
        };
        if dice.chance(2) {
            Doer::Nobody
        } else {
            Doer::Person(found.unwrap_or(who))
        }
    }

    /// A promise made by `who` at `at`, and its fate.
    fn life(&self, who: usize, day: usize, at: Millis) -> Result<Life, DueError> {
        let (dice, calendar) = (self.dice, self.calendar);
        let weights: Vec<usize> = PLEDGES.iter().map(|pledge| pledge.weight).collect();
        let pledge = &PLEDGES[dice.weighted(&weights)];
        let doer = self.doer(pledge, who);
        let soon = pledge.days == (0, 0);
        let due_day =
            day + usize::try_from(dice.between(pledge.days.0, pledge.days.1)).unwrap_or(1);
        let (due, words) = if soon {
            let minutes = [30, 30, 60, 120][dice.below(4)];
            (
                Due::at(at + minutes * MINUTE, calendar.zone())?,
                format!("in {minutes} minutes"),
            )
        } else {
            let part = if dice.chance(15) {
                DuePart::Afternoon
            } else {
                DuePart::Day
            };
            (calendar.due(due_day, part), calendar.said(due_day))
        };
        let due_at = due.instant()?;
        let other = doer != Doer::Person(who);
        let mut life = Life {
            kind: pledge.kind,
            deliverable: dice.pick(pledge.deliverables, "Call back"),
            criterion: dice.pick(pledge.criteria, ""),
            doer,
            due,
            words,
            told: dice.chance(93),
            ask: matches!(doer, Doer::Person(_)) && other && dice.chance(85),
            steps: vec![],
        };
        let mut fate = Fate {
            planner: self,
            promiser: who,
            last: at,
            steps: vec![],
        };
        fate.decide(&life, due_day, due_at, soon)?;
        life.steps = fate.steps;
        Ok(life)
    }
}

/// The life of one promise while it is being planned.
struct Fate<'a> {
    planner: &'a Planner<'a>,
    promiser: usize,
    last: Millis,
    steps: Vec<Step>,
}

impl Fate<'_> {
    fn step(&mut self, at: Millis, who: usize, deed: Deed) {
        // Each step is later than the one before, whatever the dice say.
        let at = self.planner.calendar.daytime(at);
        self.last = at.max(self.last + MINUTE);
        self.steps.push(Step {
            at: self.last,
            who,
            deed,
        });
    }

    /// Who speaks to the customer from now on: the promiser while nobody else has written anything, then the
    /// office, which reads everything anyway.
    fn speaker(&self, office: usize) -> usize {
        let alone = self.steps.iter().all(|step| step.who == self.promiser);
        if alone { self.promiser } else { office }
    }

    /// Between the last step and a moment.
    fn until(&self, end: Millis) -> Millis {
        let left = (end - self.last).max(2 * MINUTE);
        self.last + left * self.planner.dice.between(10, 90) / 100
    }

    fn decide(
        &mut self,
        life: &Life,
        due_day: usize,
        due_at: Millis,
        soon: bool,
    ) -> Result<(), DueError> {
        let dice = self.planner.dice;
        let calendar = self.planner.calendar;
        let office = self
            .planner
            .colleague(Role::Office, None)
            .unwrap_or(self.promiser);
        let mut doer = match life.doer {
            Doer::Person(doer) => doer,
            Doer::Nobody if dice.chance(50) => return self.forget(office, due_day),
            Doer::Nobody => {
                let at = self.until(due_at);
                self.step(at, self.promiser, Deed::Reassign(self.promiser));
                self.promiser
            }
            // Of those who call back, the office and the first of sales do.
            Doer::Pool => {
                let sales = self.planner.company.people.iter();
                let sales = sales
                    .clone()
                    .position(|known| known.role == Role::Sales && known.calls_back);
                sales.filter(|_| dice.chance(40)).unwrap_or(office)
            }
        };
        let other = doer != self.promiser;
        if other && !life.ask && life.doer != Doer::Pool {
            if dice.chance(15) {
                return self.forget(office, due_day);
            }
            let asker = if dice.chance(60) {
                office
            } else {
                self.promiser
            };
            let at = self.last + dice.between(20, 240) * MINUTE;
            self.step(at.min(due_at - 5 * MINUTE), asker, Deed::Ask);
        }
        if other && dice.chance(2) {
            let at = self.until(due_at);
            self.step(at, doer, Deed::Decline(dice.pick(DECLINED, "")));
            let at = self.until(due_at);
            let other = self.planner.colleague(Role::Workshop, Some("west"));
            doer = other.unwrap_or(office);
            self.step(at, office, Deed::Reassign(doer));
        }
        let (mut due_day, mut due_at) = (due_day, due_at);
        if !soon && doer != self.promiser && dice.chance(6) {
            due_day += usize::try_from(dice.between(1, 4)).unwrap_or(1);
            let due = calendar.due(due_day, DuePart::Day);
            let at = self.until(due_at);
            self.step(
                at,
                doer,
                Deed::Propose(due.clone(), dice.pick(PROPOSED, "")),
            );
            let at = self.until(due_at);
            self.step(
                at,
                self.speaker(office),
                Deed::Agree(due.clone(), calendar.said(due_day)),
            );
            due_at = due.instant()?;
        } else if doer != self.promiser && dice.chance(88) {
            let at = self.last + dice.between(3, 150) * MINUTE;
            self.step(at.min(due_at - 3 * MINUTE), doer, Deed::Accept);
        }
        self.end(doer, office, due_day, due_at, soon)
    }

    /// Nobody does it, until somebody clears away what is long late.
    fn forget(&mut self, who: usize, due_day: usize) -> Result<(), DueError> {
        let (dice, calendar) = (self.planner.dice, self.planner.calendar);
        let days = usize::try_from(dice.between(3, 10)).unwrap_or(3);
        let at = calendar.at(due_day + days, dice.between(480, 960))?;
        self.step(
            at,
            who,
            Deed::Cancel(CancelledBy::Us, dice.pick(FORGOTTEN, "")),
        );
        Ok(())
    }

    fn end(
        &mut self,
        doer: usize,
        office: usize,
        due_day: usize,
        due_at: Millis,
        soon: bool,
    ) -> Result<(), DueError> {
        let dice = self.planner.dice;
        let calendar = self.planner.calendar;
        let proof = Deed::Fulfil(dice.pick(PROOF, ""));
        let later = |low, high| -> Result<Millis, DueError> {
            let days = usize::try_from(dice.between(low, high)).unwrap_or(1);
            calendar.at(due_day + days, dice.between(480, 960))
        };
        // Kept, late, missed, called off by the customer, by us.
        match dice.weighted(&[84, 8, 3, 3, 2]) {
            0 => {
                if !soon && dice.chance(30) {
                    let at = self.until(due_at);
                    self.step(at, doer, Deed::Start);
                }
                // Most things are done shortly before they are due.
                let left = (due_at - 2 * MINUTE - self.last).max(2 * MINUTE);
                let at = self.last + left * dice.between(45, 98) / 100;
                self.step(at, doer, proof);
            }
            1 => {
                let at = if soon {
                    due_at + dice.between(8, 180) * MINUTE
                } else {
                    later(1, 4)?
                };
                self.step(at, doer, proof);
            }
            2 => return self.forget(self.speaker(office), due_day),
            3 => {
                let at = self.until(due_at);
                self.step(
                    at,
                    self.speaker(office),
                    Deed::Cancel(CancelledBy::Customer, dice.pick(CANCELLED, "")),
                );
                return Ok(());
            }
            _ => {
                let at = self.until(due_at);
                self.step(
                    at,
                    self.speaker(office),
                    Deed::Cancel(CancelledBy::Us, dice.pick(CANCELLED, "")),
                );
                return Ok(());
            }
        }
        if dice.chance(2) {
            let at = later(1, 3)?;
            self.step(
                at,
                self.speaker(office),
                Deed::Dispute(dice.pick(DISPUTED, "")),
            );
            let finding = if dice.chance(60) {
                Finding::Kept
            } else {
                Finding::Broken
            };
            let at = later(4, 9)?;
            self.step(at, office, Deed::Resolve(finding, dice.pick(FOUND, "")));
        } else if dice.chance(12) {
            let mood =
                [Mood::Happy, Mood::Happy, Mood::Happy, Mood::SoSo, Mood::Not][dice.below(5)];
            let at = later(1, 3)?;
            self.step(at, self.speaker(office), Deed::Confirm(mood));
        } else if doer != self.promiser && dice.chance(10) {
            let at = later(1, 2)?;
            self.step(at, office, Deed::Thank(doer));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Size;

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
