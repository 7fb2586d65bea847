//! A promise of the past as a plan: who made it, and what becomes of it, step by step.

use kept_core::model::event::{CancelledBy, Finding, Mood};
use kept_core::model::people::Role;
use kept_core::model::time::{Due, DueError, DuePart, Millis};

use super::calendar::MINUTE;
use super::planner::Planner;
use super::pledges::{
    CANCELLED, DECLINED, DISPUTED, FORGOTTEN, FOUND, PLEDGES, PROOF, PROPOSED, Pledge, Usual,
};

/// The performer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doer {
    /// A place in the company's people.
    Person(usize),
    /// The one of the callback pool who takes it.
    Pool,
    /// None was named.
    Nobody,
}

/// A promise and what becomes of it.
#[derive(Debug)]
pub struct Life {
    /// The kind.
    pub kind: &'static str,
    /// The deliverable: what will be done.
    pub deliverable: &'static str,
    /// The criterion: what the customer will see.
    pub criterion: &'static str,
    /// The performer.
    pub doer: Doer,
    /// The due date.
    pub due: Due,
    /// The date in the words that were spoken.
    pub words: String,
    /// True if the customer was told.
    pub told: bool,
    /// True if the performer is asked at once.
    pub ask: bool,
    /// The later events, each after the one before.
    pub steps: Vec<Step>,
}

/// Something that happens to a promise.
#[derive(Debug)]
pub struct Step {
    /// The moment, in milliseconds since the epoch.
    pub at: Millis,
    /// The author: a place in the company's people.
    pub who: usize,
    /// The event.
    pub deed: Deed,
}

/// The events that a promise can have.
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
    /// Another person is to deliver.
    Reassign(usize),
    /// Work began.
    Start,
    /// It was done.
    Fulfil(&'static str),
    /// The customer said how they find it.
    Confirm(Mood),
    /// The author says that it was not as promised.
    Dispute(&'static str),
    /// The office decides.
    Resolve(Finding, &'static str),
    /// It is called off.
    Cancel(CancelledBy, &'static str),
    /// A person is thanked.
    Thank(usize),
}

impl Planner<'_> {
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

    /// A promise made by `who` at `at`, and all that follows.
    pub fn life(&self, who: usize, day: usize, at: Millis) -> Result<Life, DueError> {
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

    /// The person who speaks to the customer from now on: the promiser while no other person has written anything, then
    /// the office, which reads everything anyway.
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

    /// Plans that it is not done, until a person clears away what is long late.
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
            called_off => {
                let by = if called_off == 3 {
                    CancelledBy::Customer
                } else {
                    CancelledBy::Us
                };
                let at = self.until(due_at);
                let who = self.speaker(office);
                self.step(at, who, Deed::Cancel(by, dice.pick(CANCELLED, "")));
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
