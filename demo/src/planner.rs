//! The means of every part of the plan of the past: chance, calendar and people, and the choice of the person who takes
//! a piece of work.

use kept_core::model::registry::Role;
use kept_kit::Rng;

use crate::calendar::Calendar;
use crate::company_plan::CompanyPlan;

/// The tools of the plan of the past.
pub(crate) struct Planner<'a> {
    /// The company whose past it is.
    pub(crate) company: &'a CompanyPlan,
    /// Its working days.
    pub(crate) calendar: &'a Calendar,
    /// The source of chance.
    pub(crate) rng: &'a Rng,
}

impl Planner<'_> {
    /// The role of a person in the company; technician for a place that it does not have.
    pub(crate) fn role(&self, who: usize) -> Role {
        self.company
            .people
            .get(who)
            .map_or(Role::Technician, |person| person.role)
    }

    /// The person who takes what comes in for a role: the first of the territory where there is one, else one of
    /// another. The office's work from the field goes to Ann, so that not every phone must read everything.
    pub(crate) fn colleague(&self, role: Role, team: Option<&str>) -> Option<usize> {
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
        anywhere.get(self.rng.below(anywhere.len())).copied()
    }
}
