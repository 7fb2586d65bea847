//! What the plan of the past is made with, and who takes which work.

use kept_core::model::people::Role;

use super::calendar::Calendar;
use super::company::Company;
use super::dice::Dice;

/// What the plan of the past is made with.
pub struct Planner<'a> {
    /// Whose past it is.
    pub company: &'a Company,
    /// Its working days.
    pub calendar: &'a Calendar,
    /// What decides.
    pub dice: &'a Dice,
}

impl Planner<'_> {
    /// What somebody does in the company.
    pub fn role(&self, who: usize) -> Role {
        self.company
            .people
            .get(who)
            .map_or(Role::Technician, |person| person.role)
    }

    /// Who takes what comes in for a role: the first of the territory where there is one, else somebody of
    /// another. The office's work from the field goes to Ann, so that not every phone must read everything.
    pub fn colleague(&self, role: Role, team: Option<&str>) -> Option<usize> {
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
}
