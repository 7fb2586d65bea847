//! The plan of a promise of the past: its promiser and its performer, and what becomes of it, step by step.

use kept_core::model::event::{CancelledBy, Finding, Mood};
use kept_core::model::registry::Role;
use kept_core::model::time::{Due, DueError, DuePart, Millis};

use crate::calendar::MINUTE;
use crate::planner::Planner;
use crate::promise_templates::{
    CANCEL_REASONS, COUNTER_OFFER_REASONS, DECLINE_REASONS, DISPUTE_WORDS, FINDING_REASONS,
    OVERDUE_CANCEL_REASONS, PROMISE_TEMPLATES, PROOF_NOTES, PromiseTemplate, UsualPerformer,
};

/// The performer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlannedPerformer {
    /// A place in the company's people.
    Person(usize),
    /// The one of the callback pool who takes it.
    Pool,
    /// None was named.
    Nobody,
}

/// A promise and what becomes of it.
#[derive(Debug)]
pub(crate) struct PromisePlan {
    /// The kind.
    pub(crate) kind: &'static str,
    /// The deliverable: what will be done.
    pub(crate) deliverable: &'static str,
    /// The criterion: what the customer will see.
    pub(crate) criterion: &'static str,
    /// The performer.
    pub(crate) performer: PlannedPerformer,
    /// The due date.
    pub(crate) due: Due,
    /// The date in the words that were spoken.
    pub(crate) words: String,
    /// True if the customer was told.
    pub(crate) told: bool,
    /// True if the performer is asked at once.
    pub(crate) ask: bool,
    /// The later events, each after the one before.
    pub(crate) steps: Vec<PlannedStep>,
}

/// Something that happens to a promise.
#[derive(Debug)]
pub(crate) struct PlannedStep {
    /// The moment, in milliseconds since the epoch.
    pub(crate) at: Millis,
    /// The author: a place in the company's people.
    pub(crate) who: usize,
    /// The event.
    pub(crate) edit: PlannedEdit,
}

/// The events that a promise can have.
#[derive(Clone, Debug)]
pub(crate) enum PlannedEdit {
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
    fn performer(&self, template: &PromiseTemplate, who: usize) -> PlannedPerformer {
        let rng = self.rng;
        let team = self.company.people.get(who).map(|person| person.team);
        let usual = if rng.chance(70) {
            0
        } else {
            rng.below(template.usual.len())
        };
        let found = match template
            .usual
            .get(usual)
            .copied()
            .unwrap_or(UsualPerformer::Myself)
        {
            UsualPerformer::Pool => return PlannedPerformer::Pool,
            UsualPerformer::Myself => Some(who),
            UsualPerformer::Workshop if rng.chance(12) => self.colleague(
                Role::Workshop,
                Some(rng.pick(&["north", "south", "west"], "north")),
            ),
            UsualPerformer::Workshop => self.colleague(Role::Workshop, team),
            UsualPerformer::Office => self.colleague(Role::Office, team),
            UsualPerformer::Sales => self.colleague(Role::Sales, team),
        };
        if rng.chance(2) {
            PlannedPerformer::Nobody
        } else {
            PlannedPerformer::Person(found.unwrap_or(who))
        }
    }

    /// A promise made by `who` at `at`, and all that follows.
    pub(crate) fn promise_plan(
        &self,
        who: usize,
        day: usize,
        at: Millis,
    ) -> Result<PromisePlan, DueError> {
        let (rng, calendar) = (self.rng, self.calendar);
        let weights: Vec<usize> = PROMISE_TEMPLATES
            .iter()
            .map(|template| template.weight)
            .collect();
        let template = &PROMISE_TEMPLATES[rng.weighted(&weights)];
        let performer = self.performer(template, who);
        let soon = template.days == (0, 0);
        let due_day =
            day + usize::try_from(rng.between(template.days.0, template.days.1)).unwrap_or(1);
        let (due, words) = if soon {
            let minutes = [30, 30, 60, 120][rng.below(4)];
            (
                Due::at(at + minutes * MINUTE, calendar.zone())?,
                format!("in {minutes} minutes"),
            )
        } else {
            let part = if rng.chance(15) {
                DuePart::Afternoon
            } else {
                DuePart::Day
            };
            (calendar.due(due_day, part), calendar.by_weekday(due_day))
        };
        let due_at = due.instant()?;
        let other = performer != PlannedPerformer::Person(who);
        let mut promise_plan = PromisePlan {
            kind: template.kind,
            deliverable: rng.pick(template.deliverables, "Call back"),
            criterion: rng.pick(template.criteria, ""),
            performer,
            due,
            words,
            told: rng.chance(93),
            ask: matches!(performer, PlannedPerformer::Person(_)) && other && rng.chance(85),
            steps: vec![],
        };
        let mut builder = PromisePlanBuilder {
            planner: self,
            promiser: who,
            last: at,
            steps: vec![],
        };
        builder.plan_acceptance(&promise_plan, due_day, due_at, soon)?;
        promise_plan.steps = builder.steps;
        Ok(promise_plan)
    }
}

/// Builds the plan of one promise, step by step.
struct PromisePlanBuilder<'a> {
    planner: &'a Planner<'a>,
    promiser: usize,
    last: Millis,
    steps: Vec<PlannedStep>,
}

impl PromisePlanBuilder<'_> {
    fn step(&mut self, at: Millis, who: usize, edit: PlannedEdit) {
        // Each step is later than the one before, whatever chance says.
        let at = self.planner.calendar.daytime(at);
        self.last = at.max(self.last + MINUTE);
        self.steps.push(PlannedStep {
            at: self.last,
            who,
            edit,
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
        self.last + left * self.planner.rng.between(10, 90) / 100
    }

    fn plan_acceptance(
        &mut self,
        promise_plan: &PromisePlan,
        due_day: usize,
        due_at: Millis,
        soon: bool,
    ) -> Result<(), DueError> {
        let rng = self.planner.rng;
        let calendar = self.planner.calendar;
        let office = self
            .planner
            .colleague(Role::Office, None)
            .unwrap_or(self.promiser);
        let mut performer = match promise_plan.performer {
            PlannedPerformer::Person(performer) => performer,
            PlannedPerformer::Nobody if rng.chance(50) => {
                return self.plan_overdue_cancel(office, due_day);
            }
            PlannedPerformer::Nobody => {
                let at = self.until(due_at);
                self.step(at, self.promiser, PlannedEdit::Reassign(self.promiser));
                self.promiser
            }
            // Of those who call back, the office and the first of sales do.
            PlannedPerformer::Pool => {
                let sales = self.planner.company.people.iter();
                let sales = sales
                    .clone()
                    .position(|known| known.role == Role::Sales && known.calls_back);
                sales.filter(|_| rng.chance(40)).unwrap_or(office)
            }
        };
        let other = performer != self.promiser;
        if other && !promise_plan.ask && promise_plan.performer != PlannedPerformer::Pool {
            if rng.chance(15) {
                return self.plan_overdue_cancel(office, due_day);
            }
            let asker = if rng.chance(60) {
                office
            } else {
                self.promiser
            };
            let at = self.last + rng.between(20, 240) * MINUTE;
            self.step(at.min(due_at - 5 * MINUTE), asker, PlannedEdit::Ask);
        }
        if other && rng.chance(2) {
            let at = self.until(due_at);
            self.step(
                at,
                performer,
                PlannedEdit::Decline(rng.pick(DECLINE_REASONS, "")),
            );
            let at = self.until(due_at);
            let other = self.planner.colleague(Role::Workshop, Some("west"));
            performer = other.unwrap_or(office);
            self.step(at, office, PlannedEdit::Reassign(performer));
        }
        let (mut due_day, mut due_at) = (due_day, due_at);
        if !soon && performer != self.promiser && rng.chance(6) {
            due_day += usize::try_from(rng.between(1, 4)).unwrap_or(1);
            let due = calendar.due(due_day, DuePart::Day);
            let at = self.until(due_at);
            self.step(
                at,
                performer,
                PlannedEdit::Propose(due.clone(), rng.pick(COUNTER_OFFER_REASONS, "")),
            );
            let at = self.until(due_at);
            self.step(
                at,
                self.speaker(office),
                PlannedEdit::Agree(due.clone(), calendar.by_weekday(due_day)),
            );
            due_at = due.instant()?;
        } else if performer != self.promiser && rng.chance(88) {
            let at = self.last + rng.between(3, 150) * MINUTE;
            self.step(at.min(due_at - 3 * MINUTE), performer, PlannedEdit::Accept);
        }
        self.plan_ending(performer, office, due_day, due_at, soon)
    }

    /// Plans that it is not done, until a person clears away what is long late.
    fn plan_overdue_cancel(&mut self, who: usize, due_day: usize) -> Result<(), DueError> {
        let (rng, calendar) = (self.planner.rng, self.planner.calendar);
        let days = usize::try_from(rng.between(3, 10)).unwrap_or(3);
        let at = calendar.at(due_day + days, rng.between(480, 960))?;
        self.step(
            at,
            who,
            PlannedEdit::Cancel(CancelledBy::Us, rng.pick(OVERDUE_CANCEL_REASONS, "")),
        );
        Ok(())
    }

    fn plan_ending(
        &mut self,
        performer: usize,
        office: usize,
        due_day: usize,
        due_at: Millis,
        soon: bool,
    ) -> Result<(), DueError> {
        let rng = self.planner.rng;
        let calendar = self.planner.calendar;
        let proof = PlannedEdit::Fulfil(rng.pick(PROOF_NOTES, ""));
        let later = |low, high| -> Result<Millis, DueError> {
            let days = usize::try_from(rng.between(low, high)).unwrap_or(1);
            calendar.at(due_day + days, rng.between(480, 960))
        };
        // Kept, late, missed, called off by the customer, by us.
        match rng.weighted(&[84, 8, 3, 3, 2]) {
            0 => {
                if !soon && rng.chance(30) {
                    let at = self.until(due_at);
                    self.step(at, performer, PlannedEdit::Start);
                }
                // Most things are done shortly before they are due.
                let left = (due_at - 2 * MINUTE - self.last).max(2 * MINUTE);
                let at = self.last + left * rng.between(45, 98) / 100;
                self.step(at, performer, proof);
            }
            1 => {
                let at = if soon {
                    due_at + rng.between(8, 180) * MINUTE
                } else {
                    later(1, 4)?
                };
                self.step(at, performer, proof);
            }
            2 => return self.plan_overdue_cancel(self.speaker(office), due_day),
            called_off => {
                let by = if called_off == 3 {
                    CancelledBy::Customer
                } else {
                    CancelledBy::Us
                };
                let at = self.until(due_at);
                let who = self.speaker(office);
                self.step(
                    at,
                    who,
                    PlannedEdit::Cancel(by, rng.pick(CANCEL_REASONS, "")),
                );
                return Ok(());
            }
        }
        if rng.chance(2) {
            let at = later(1, 3)?;
            self.step(
                at,
                self.speaker(office),
                PlannedEdit::Dispute(rng.pick(DISPUTE_WORDS, "")),
            );
            let finding = if rng.chance(60) {
                Finding::Kept
            } else {
                Finding::Broken
            };
            let at = later(4, 9)?;
            self.step(
                at,
                office,
                PlannedEdit::Resolve(finding, rng.pick(FINDING_REASONS, "")),
            );
        } else if rng.chance(12) {
            let mood = [Mood::Happy, Mood::Happy, Mood::Happy, Mood::SoSo, Mood::Not][rng.below(5)];
            let at = later(1, 3)?;
            self.step(at, self.speaker(office), PlannedEdit::Confirm(mood));
        } else if performer != self.promiser && rng.chance(10) {
            let at = later(1, 2)?;
            self.step(at, office, PlannedEdit::Thank(performer));
        }
        Ok(())
    }
}
