//! The time bases of a company: calendar time, or the working time of the performer, as its handbook has it for each
//! kind.

use std::collections::{BTreeMap, BTreeSet};

use super::sample::{CalendarTime, Minutes, TimeBase};
use crate::model::calendar::WorkingTime;
use crate::model::company::Company;
use crate::model::ids::PersonId;
use crate::model::time::Millis;

/// The time bases of a company.
#[derive(Clone, Debug)]
pub struct CompanyTime {
    /// Every kind of the handbook, with whether it counts working time.
    kinds: BTreeMap<String, bool>,
    /// True if kinds that the handbook does not know count working time.
    others: bool,
    people: BTreeMap<String, WorkingTime>,
    company: WorkingTime,
}

impl CompanyTime {
    /// The time bases of a company whose colleagues are known as `people`; `zone` is the time zone where none was
    /// entered. A performer's key is their id.
    pub fn new(company: &Company, people: impl Iterator<Item = PersonId>, zone: &str) -> Self {
        let handbook = &company.handbook;
        let known = handbook.kinds.iter();
        let people: BTreeSet<PersonId> = people.chain(company.people.keys().copied()).collect();
        Self {
            kinds: known
                .map(|(key, kind)| (key.clone(), kind.working_time))
                .collect(),
            others: handbook.kind("").working_time,
            people: people
                .into_iter()
                .map(|person| (person.to_string(), company.working_time(Some(person), zone)))
                .collect(),
            company: company.working_time(None, zone),
        }
    }

    /// True if a kind counts working time.
    pub fn is_working_time(&self, kind: &str) -> bool {
        self.kinds.get(kind).copied().unwrap_or(self.others)
    }

    /// The working time of a performer; of the company for none, and for one that is not known.
    pub fn working_time(&self, performer: Option<&str>) -> &WorkingTime {
        performer
            .and_then(|key| self.people.get(key))
            .unwrap_or(&self.company)
    }
}

impl TimeBase for CompanyTime {
    fn minutes(&self, kind: &str, performer: Option<&str>, from: Millis, to: Millis) -> Minutes {
        if self.is_working_time(kind) {
            self.working_time(performer).minutes(from, to)
        } else {
            CalendarTime.minutes(kind, performer, from, to)
        }
    }

    fn after(
        &self,
        kind: &str,
        performer: Option<&str>,
        from: Millis,
        minutes: Minutes,
    ) -> Option<Millis> {
        if self.is_working_time(kind) {
            self.working_time(performer).after(from, minutes)
        } else {
            CalendarTime.after(kind, performer, from, minutes)
        }
    }

    /// A usual working day of the performer, or 24 hours.
    fn day_minutes(&self, kind: &str, performer: Option<&str>) -> Minutes {
        if self.is_working_time(kind) {
            self.working_time(performer).usual_day_minutes()
        } else {
            CalendarTime.day_minutes(kind, performer)
        }
    }

    fn alike(&self, one: &str, other: &str) -> bool {
        self.is_working_time(one) == self.is_working_time(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::{Shift, WorkingCalendar};
    use crate::model::colleague_profile::ColleagueProfile;
    use crate::testing::NOON;

    #[test]
    fn a_callback_counts_the_hours_of_whoever_calls_and_a_delivery_every_hour() {
        let sam = PersonId([2; 16]);
        let mut hours = WorkingCalendar::usual("UTC");
        // NOON is a Sunday, the only day on which Sam works.
        hours.week = vec![vec![]; 6];
        hours.week.push(vec![Shift { from: 600, to: 900 }]);
        let mut company = Company::default();
        let says = ColleagueProfile {
            hours: Some(hours),
            ..ColleagueProfile::default()
        };
        company.people.insert(sam, says);
        let time = CompanyTime::new(&company, [sam].into_iter(), "UTC");
        let key = sam.to_string();
        let hour = NOON + 3_600_000;
        assert_eq!(time.minutes("callback", Some(&key), NOON, hour), 60);
        assert_eq!(time.minutes("callback", Some("Eva"), NOON, hour), 0);
        assert_eq!(time.minutes("delivery", Some(&key), NOON, hour), 60);
        assert_eq!(time.after("callback", Some(&key), NOON, 60), Some(hour));
        assert!(time.alike("callback", "quote") && !time.alike("callback", "delivery"));
        assert!(time.alike("a kind of 2031", "other"));
        assert_eq!(time.day_minutes("callback", Some(&key)), 300);
        assert_eq!(time.day_minutes("callback", None), 480);
        assert_eq!(time.day_minutes("delivery", None), 1440);
    }
}
