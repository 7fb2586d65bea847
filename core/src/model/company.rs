//! The company as rules ask it: its handbook, and each colleague's description of themselves.

use std::collections::BTreeMap;

use super::calendar::{WorkingCalendar, WorkingTime};
use super::colleague_profile::{ColleagueProfile, PersonEntry};
use super::handbook::{Handbook, HandbookEntry};
use super::ids::PersonId;

/// The company as rules ask it: its handbook, and each colleague's description of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// The handbook: kinds of promises, working hours and holidays.
    pub handbook: Handbook,
    /// The descriptions of colleagues, by person.
    pub people: BTreeMap<PersonId, ColleagueProfile>,
}

impl Company {
    /// Combines documents; both lists are ordered by document.
    ///
    /// Where a colleague began on two devices at once, both documents count: a field that both filled is the first
    /// one's, and lists are the union.
    pub fn of(handbook: &[HandbookEntry], people: &[PersonEntry]) -> Self {
        let mut company = Self {
            handbook: Handbook::of(handbook),
            people: BTreeMap::new(),
        };
        for entry in people.iter().rev() {
            let profile = company.people.entry(entry.person).or_default();
            entry.edits.iter().for_each(|edit| profile.apply(edit));
        }
        company
    }

    /// The working time of a colleague, or of the company for None; `zone` is the zone where no document gives hours.
    ///
    /// A calendar that cannot be read is replaced by the next wider one: a broken entry stops no one.
    pub fn working_time(&self, person: Option<PersonId>, zone: &str) -> WorkingTime {
        let profile = person.and_then(|person| self.people.get(&person));
        let absent = profile
            .map(|profile| profile.absent.as_slice())
            .unwrap_or_default();
        let closed = [self.handbook.holidays(), absent].concat();
        let own = profile.and_then(|profile| profile.hours.as_ref());
        own.into_iter()
            .chain(self.handbook.hours.as_ref())
            .find_map(|hours| WorkingTime::new(hours, &closed).ok())
            .or_else(|| WorkingTime::new(&WorkingCalendar::usual(zone), &closed).ok())
            .unwrap_or_else(WorkingTime::usual_utc)
    }

    /// The company's working time on the clocks of a place: its hours, whatever zone they are written in.
    pub fn working_time_at(&self, zone: &str) -> WorkingTime {
        let hours = self.handbook.hours.clone();
        let hours = WorkingCalendar {
            zone: zone.to_owned(),
            ..hours.unwrap_or_else(|| WorkingCalendar::usual(zone))
        };
        WorkingTime::new(&hours, &[]).unwrap_or_else(|_| self.working_time(None, zone))
    }

    /// The usual effort of a person for a kind, in working minutes.
    pub fn effort_minutes(&self, person: Option<PersonId>, kind: &str) -> u32 {
        person
            .and_then(|person| self.people.get(&person))
            .and_then(|profile| profile.efforts.get(kind).copied())
            .unwrap_or_else(|| self.handbook.kind(kind).effort_minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::authored::Authorship;
    use crate::model::colleague_profile::PersonEdit;
    use crate::model::ids::DocId;

    const SAM: PersonId = PersonId([2; 16]);

    #[test]
    fn a_calendar_that_cannot_be_read_stops_nobody() {
        let mut company = Company::default();
        let mut profile = ColleagueProfile {
            hours: Some(WorkingCalendar::usual("Mars/Olympus")),
            ..ColleagueProfile::default()
        };
        profile.efforts.insert("fix".into(), 45);
        company.people.insert(SAM, profile);
        let working = company.working_time(Some(SAM), "Europe/Berlin");
        assert!(!working.shifts("2026-11-25".parse().unwrap()).is_empty());
        assert_eq!(company.effort_minutes(Some(SAM), "fix"), 45);
        assert_eq!(company.effort_minutes(None, "callback"), 10);
    }

    #[test]
    fn an_absence_closes_a_day_of_the_companys_hours_for_one_person_only() {
        let entry = |id, edits| PersonEntry {
            id: DocId([id; 16]),
            person: SAM,
            edits,
            by: Authorship {
                actor: crate::model::ids::Actor([1; 16]),
                person: Some(SAM),
                name: "Sam".into(),
                at: 0,
            },
            unsettled: None,
        };
        let phone = |number: &str| PersonEdit::AddPhone {
            number: number.into(),
        };
        let date = "2026-11-25".to_owned();
        let company = Company::of(
            &[],
            &[
                entry(1, vec![phone("2"), PersonEdit::Absent { date }]),
                entry(2, vec![phone("1"), phone("2")]),
            ],
        );
        let day = "2026-11-25".parse().unwrap();
        let working = |person| company.working_time(person, "Europe/Berlin");
        assert!(working(Some(SAM)).shifts(day).is_empty());
        assert_eq!(working(None).shifts(day).len(), 2);
        assert_eq!(company.people[&SAM].phones, ["1", "2"]);
    }

    #[test]
    fn the_companys_day_ends_on_the_clocks_of_the_place() {
        let mut company = Company::default();
        company.handbook.hours = Some(WorkingCalendar::usual("Europe/Berlin"));
        let day: jiff::civil::Date = "2026-11-25".parse().unwrap();
        let there = company.working_time_at("America/New_York");
        let (from, to) = (
            "2026-11-25T13:00:00Z".parse::<jiff::Timestamp>().unwrap(),
            "2026-11-25T14:00:00Z".parse::<jiff::Timestamp>().unwrap(),
        );
        assert_eq!(there.end_of_day(day).unwrap().of_day, 1020);
        assert_eq!(
            there.minutes(from.as_millisecond(), to.as_millisecond()),
            60
        );
    }
}
