//! What colleagues say about themselves. Role and teams are in the registry, not here.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::calendar::{Shift, WorkingCalendar, WorkingTime};
use super::handbook::Handbook;
use super::ids::PersonId;

/// What a colleague says about themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize)]
#[cbor(map)]
pub struct SelfDescription {
    /// Their working hours and absences; none: the company's.
    #[n(0)]
    pub hours: Option<WorkingCalendar>,
    /// When no reminder may ring, callbacks excepted, in minutes after midnight; it may pass midnight.
    #[n(1)]
    pub quiet: Option<Shift>,
    /// Usual effort per kind of promise, in working minutes.
    #[n(2)]
    pub efforts: BTreeMap<String, u32>,
    /// How they win, in their own words.
    #[n(3)]
    pub wins: String,
    /// Their telephone numbers.
    #[n(4)]
    pub phones: Vec<String>,
}

/// The company as rules ask it: what was agreed on, and what each colleague says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// What was agreed on.
    pub handbook: Handbook,
    /// What colleagues say about themselves.
    pub people: BTreeMap<PersonId, SelfDescription>,
}

impl Company {
    /// The working time of a colleague, or of the company for none; `zone` is where nobody said.
    ///
    /// A calendar that cannot be read is replaced by the next wider one: a broken entry stops nobody.
    pub fn working_time(&self, person: Option<PersonId>, zone: &str) -> WorkingTime {
        let own = person
            .and_then(|person| self.people.get(&person))
            .and_then(|says| says.hours.as_ref());
        let holidays = self.handbook.holidays();
        own.into_iter()
            .chain(self.handbook.hours.as_ref())
            .find_map(|hours| WorkingTime::new(hours, holidays).ok())
            .or_else(|| WorkingTime::new(&WorkingCalendar::usual(zone), holidays).ok())
            .unwrap_or_else(WorkingTime::usual_utc)
    }

    /// The usual effort of a person for a kind, in working minutes.
    pub fn effort_minutes(&self, person: Option<PersonId>, kind: &str) -> u32 {
        person
            .and_then(|person| self.people.get(&person))
            .and_then(|says| says.efforts.get(kind).copied())
            .unwrap_or_else(|| self.handbook.kind(kind).effort_minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAM: PersonId = PersonId([2; 16]);

    #[test]
    fn a_calendar_that_cannot_be_read_stops_nobody() {
        let mut company = Company::default();
        let mut says = SelfDescription {
            hours: Some(WorkingCalendar::usual("Mars/Olympus")),
            ..SelfDescription::default()
        };
        says.efforts.insert("fix".into(), 45);
        company.people.insert(SAM, says);
        let working = company.working_time(Some(SAM), "Europe/Berlin");
        assert!(!working.shifts("2026-11-25".parse().unwrap()).is_empty());
        assert_eq!(company.effort_minutes(Some(SAM), "fix"), 45);
        assert_eq!(company.effort_minutes(None, "callback"), 10);
    }
}
