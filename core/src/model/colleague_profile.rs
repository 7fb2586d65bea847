//! Colleagues' descriptions of themselves: hours, absences, efforts, telephone numbers. Role and teams are in the
//! registry, not here.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::authored::Authorship;
use super::calendar::{Shift, WorkingCalendar, WorkingTime};
use super::handbook::{Handbook, HandbookEntry};
use super::ids::{DocId, PersonId};
use super::unsettled::Unsettled;

/// A colleague's description of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize)]
#[cbor(map)]
pub struct ColleagueProfile {
    /// Their working hours; none: the company's.
    #[n(0)]
    pub hours: Option<WorkingCalendar>,
    /// The time in which no reminder may ring, callbacks excepted, in minutes after midnight; it may pass midnight.
    #[n(1)]
    pub quiet: Option<Shift>,
    /// Usual effort per kind of promise, in working minutes.
    #[n(2)]
    pub efforts: BTreeMap<String, u32>,
    /// The way in which they win, in their own words.
    #[n(3)]
    pub wins: String,
    /// Their telephone numbers.
    #[n(4)]
    pub phones: Vec<String>,
    /// Days on which they do not work, as `2026-12-24`, in order.
    #[n(5)]
    pub absent: Vec<String>,
}

/// A change of a colleague's description of themselves.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum PersonEdit {
    /// Their working hours.
    #[n(0)]
    Hours {
        /// Zone and shifts, whose closed days are not looked at; none are the company's.
        #[n(0)]
        hours: Option<WorkingCalendar>,
    },
    /// The time in which no reminder may ring, callbacks excepted.
    #[n(1)]
    Quiet {
        /// In minutes after midnight; it may pass midnight. None: reminders may always ring.
        #[n(0)]
        quiet: Option<Shift>,
    },
    /// Their usual effort for a kind of promises.
    #[n(2)]
    Effort {
        /// The kind.
        #[n(0)]
        kind: String,
        /// In working minutes; 0 stands for the handbook's.
        #[n(1)]
        minutes: u32,
    },
    /// The way in which they win.
    #[n(3)]
    Wins {
        /// In their own words, the whole text.
        #[n(0)]
        text: String,
    },
    /// A telephone number of theirs.
    #[n(4)]
    AddPhone {
        /// The number.
        #[n(0)]
        number: String,
    },
    /// A number is not theirs.
    #[n(5)]
    RemovePhone {
        /// The number.
        #[n(0)]
        number: String,
    },
    /// They do not work on a day.
    #[n(6)]
    Absent {
        /// The day, as `2026-12-24`.
        #[n(0)]
        date: String,
    },
    /// They work on a day after all.
    #[n(7)]
    Present {
        /// The day, as `2026-12-24`.
        #[n(0)]
        date: String,
    },
}

/// A first description of a colleague.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PersonDraft {
    /// The colleague whom it is about.
    #[n(0)]
    pub person: PersonId,
    /// The edits that describe them.
    #[n(1)]
    pub edits: Vec<PersonEdit>,
}

/// One document's description of a colleague. Values that no author gave there are not among the edits.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PersonEntry {
    /// The document.
    #[n(0)]
    pub id: DocId,
    /// The colleague whom it is about.
    #[n(1)]
    pub person: PersonId,
    /// The edits that its document holds.
    #[n(2)]
    pub edits: Vec<PersonEdit>,
    /// The person who began it, and the time.
    #[n(3)]
    pub by: Authorship,
    /// Values that wait to be settled; none if nothing does.
    #[n(4)]
    pub unsettled: Option<Unsettled>,
}

impl ColleagueProfile {
    /// Takes one edit.
    pub fn apply(&mut self, edit: &PersonEdit) {
        match edit.clone() {
            PersonEdit::Hours { hours } => self.hours = hours,
            PersonEdit::Quiet { quiet } => self.quiet = quiet,
            PersonEdit::Effort { kind, minutes: 0 } => drop(self.efforts.remove(&kind)),
            PersonEdit::Effort { kind, minutes } => drop(self.efforts.insert(kind, minutes)),
            PersonEdit::Wins { text } if text.is_empty() => {}
            PersonEdit::Wins { text } => self.wins = text,
            PersonEdit::AddPhone { number } => include(&mut self.phones, number),
            PersonEdit::RemovePhone { number } => self.phones.retain(|known| *known != number),
            PersonEdit::Absent { date } => include(&mut self.absent, date),
            PersonEdit::Present { date } => self.absent.retain(|known| *known != date),
        }
    }
}

/// Adds a member to a sorted list that has it at most once.
fn include(list: &mut Vec<String>, member: String) {
    if let Err(at) = list.binary_search(&member) {
        list.insert(at, member);
    }
}

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
            let says = company.people.entry(entry.person).or_default();
            entry.edits.iter().for_each(|edit| says.apply(edit));
        }
        company
    }

    /// The working time of a colleague, or of the company for None; `zone` is the zone where no document gives hours.
    ///
    /// A calendar that cannot be read is replaced by the next wider one: a broken entry stops no one.
    pub fn working_time(&self, person: Option<PersonId>, zone: &str) -> WorkingTime {
        let says = person.and_then(|person| self.people.get(&person));
        let absent = says.map(|says| says.absent.as_slice()).unwrap_or_default();
        let closed = [self.handbook.holidays(), absent].concat();
        let own = says.and_then(|says| says.hours.as_ref());
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
        let mut says = ColleagueProfile {
            hours: Some(WorkingCalendar::usual("Mars/Olympus")),
            ..ColleagueProfile::default()
        };
        says.efforts.insert("fix".into(), 45);
        company.people.insert(SAM, says);
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
