//! Colleagues' descriptions of themselves: hours, absences, efforts, telephone numbers. Role and teams are in the
//! registry, not here.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::authored::Authorship;
use super::calendar::{Shift, WorkingCalendar};
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
        /// The answer that the screen showed: if another one stands there by now, the edit is refused. None: whatever
        /// stands there goes.
        #[n(1)]
        #[uniffi(default = None)]
        was: Option<String>,
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
            PersonEdit::Wins { text, .. } if text.is_empty() => {}
            PersonEdit::Wins { text, .. } => self.wins = text,
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
