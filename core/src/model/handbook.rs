//! The handbook: the company's agreements. Kinds of promises, the working hours and holidays.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::authored::Authorship;
use super::calendar::WorkingCalendar;
use super::event::{EvidenceKind, PromiseRules};
use super::ids::DocId;
use super::registry::Role;

/// The properties that all promises of one kind have in common.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct PromiseKind {
    /// The key by which promises, files and commands name it: "callback".
    #[n(0)]
    pub key: String,
    /// The name by which people know it, where the company has a word of its own; empty: the catalogue's.
    #[n(1)]
    pub name: String,
    /// The role that usually delivers; None if any may.
    #[n(2)]
    pub performer_role: Option<Role>,
    /// True if lead times count working time only.
    #[n(3)]
    pub working_time: bool,
    /// The share of promises that a suggested date should keep, in percent.
    #[n(4)]
    pub quantile_percent: u8,
    /// The kinds of proof that count as done; any of these.
    #[n(5)]
    pub evidence: Vec<EvidenceKind>,
    /// The usual work, in working minutes.
    #[n(6)]
    pub effort_minutes: u32,
    /// The date that is offered while there is no record, in minutes of the kind's time base.
    #[n(7)]
    pub lead_minutes: u32,
    /// The grace: the minutes beyond a due minute within which nothing is late yet.
    #[n(8)]
    pub grace_minutes: u32,
    /// True if the company no longer offers it; promises of this kind stay.
    #[n(9)]
    pub retired: bool,
}

/// A change of a kind of promises.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum KindEdit {
    /// The name by which people know it; empty is the catalogue's word.
    #[n(0)]
    Name {
        /// The name.
        #[n(0)]
        name: String,
    },
    /// The role that usually delivers.
    #[n(1)]
    PerformerRole {
        /// The role; None if any may deliver.
        #[n(0)]
        role: Option<Role>,
    },
    /// The time base: if lead times count working time only.
    #[n(2)]
    WorkingTime {
        /// True if they do.
        #[n(0)]
        working_time: bool,
    },
    /// The share of promises that a suggested date should keep.
    #[n(3)]
    Quantile {
        /// In percent.
        #[n(0)]
        percent: u8,
    },
    /// The kinds of proof that count as done; any of these.
    #[n(4)]
    Evidence {
        /// Kinds of proof.
        #[n(0)]
        evidence: Vec<EvidenceKind>,
    },
    /// The usual work.
    #[n(5)]
    Effort {
        /// In working minutes.
        #[n(0)]
        minutes: u32,
    },
    /// The date that is offered while there is no record.
    #[n(6)]
    Lead {
        /// In minutes of the kind's time base.
        #[n(0)]
        minutes: u32,
    },
    /// The grace: the time beyond a due minute within which nothing is late yet.
    #[n(7)]
    Grace {
        /// In minutes.
        #[n(0)]
        minutes: u32,
    },
    /// Retires the kind, so that the company no longer offers it, or offers it again.
    #[n(8)]
    Retired {
        /// True if it is retired.
        #[n(0)]
        retired: bool,
    },
}

/// A change of the company's working hours.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum HoursEdit {
    /// The hours of a week.
    #[n(0)]
    Week {
        /// Zone and shifts; its closed days are not looked at.
        #[n(0)]
        hours: WorkingCalendar,
    },
    /// Closes a day: no one works on it.
    #[n(1)]
    Close {
        /// The day, as `2026-12-25`.
        #[n(0)]
        date: String,
    },
    /// A closed day is a day like any other again.
    #[n(2)]
    Reopen {
        /// The day, as `2026-12-25`.
        #[n(0)]
        date: String,
    },
}

/// A kind of promises that the office writes into the handbook for the first time.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct KindDraft {
    /// The key by which promises, files and commands name it.
    #[n(0)]
    pub key: String,
    /// The edits that describe it.
    #[n(1)]
    pub edits: Vec<KindEdit>,
}

/// One entry of the handbook, as its document says it. Values that no author gave there are not among the edits.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct HandbookEntry {
    /// The document.
    #[n(0)]
    pub id: DocId,
    /// The topic, with the edits that describe it.
    #[n(1)]
    pub topic: HandbookTopic,
    /// The person who began it, and the time.
    #[n(2)]
    pub by: Authorship,
}

/// The topic of an entry of the handbook, and the edits that describe it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum HandbookTopic {
    /// A kind of promises.
    #[n(0)]
    #[cbor(map)]
    PromiseKind {
        /// Its key.
        #[n(0)]
        key: String,
        /// The edits that its document holds.
        #[n(1)]
        edits: Vec<KindEdit>,
    },
    /// The company's working hours and holidays.
    #[n(1)]
    #[cbor(map)]
    WorkingHours {
        /// The edits that its document holds.
        #[n(0)]
        edits: Vec<HoursEdit>,
    },
    /// A topic that a newer version writes: kept and not shown.
    #[n(2)]
    #[cbor(map)]
    Unknown {
        /// Its name.
        #[n(0)]
        name: String,
    },
}

/// Everything the company agreed on, as rules ask it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handbook {
    /// Kinds of promises by key, the ten usual ones included.
    pub kinds: BTreeMap<String, PromiseKind>,
    /// The company's working hours and holidays; none: [`WorkingCalendar::usual`] in the zone of the place.
    pub hours: Option<WorkingCalendar>,
}

const HOUR: u32 = 60;
/// A working day of the usual calendar, in minutes.
pub const WORKING_DAY_MINUTES: u32 = 8 * HOUR;
const DAY: u32 = WORKING_DAY_MINUTES;

impl Default for Handbook {
    /// The ten kinds that every company starts with.
    fn default() -> Self {
        use EvidenceKind::{Call, CustomersWord, Photo, SaidDone, Signature};
        use Role::{Office, Sales, Technician, Workshop};
        let kind = |key: &str,
                    performer_role: Option<Role>,
                    working_time: bool,
                    quantile_percent: u8,
                    evidence: &[EvidenceKind],
                    effort_minutes: u32,
                    lead_minutes: u32| {
            let grace_minutes = PromiseRules::default().grace_minutes;
            let kind = PromiseKind {
                key: key.to_owned(),
                name: String::new(),
                performer_role,
                working_time,
                quantile_percent,
                evidence: evidence.to_vec(),
                effort_minutes,
                lead_minutes,
                grace_minutes,
                retired: false,
            };
            (key.to_owned(), kind)
        };
        let kinds = [
            kind("callback", None, true, 80, &[Call], 10, 30),
            kind("quote", Some(Sales), true, 80, &[SaidDone], HOUR, 2 * DAY),
            kind(
                "delivery",
                Some(Workshop),
                false,
                80,
                &[Photo, Signature],
                2 * HOUR,
                7 * 24 * HOUR,
            ),
            kind(
                "replacement",
                Some(Technician),
                false,
                80,
                &[Photo, Signature],
                2 * HOUR,
                3 * 24 * HOUR,
            ),
            kind("set-aside", Some(Office), true, 80, &[SaidDone], 15, DAY),
            // People plan their day around a visit.
            kind(
                "service-visit",
                Some(Technician),
                true,
                90,
                &[Signature, CustomersWord],
                2 * HOUR,
                3 * DAY,
            ),
            kind("information", Some(Office), true, 80, &[SaidDone], 15, DAY),
            kind(
                "fix",
                Some(Technician),
                true,
                80,
                &[CustomersWord, Photo],
                2 * HOUR,
                2 * DAY,
            ),
            kind("credit", Some(Office), true, 80, &[SaidDone], 15, 5 * DAY),
            kind("other", None, false, 80, &[SaidDone], HOUR, 7 * 24 * HOUR),
        ];
        Self {
            kinds: kinds.into_iter().collect(),
            hours: None,
        }
    }
}

impl Handbook {
    /// Combines entries, upon the ten usual kinds; `entries` are ordered by document.
    ///
    /// Where two offices made the same entry at once, both count: a field that both filled is the first
    /// document's, and a day is closed if either says so.
    pub fn of(entries: &[HandbookEntry]) -> Self {
        let mut handbook = Self::default();
        let mut closed = BTreeSet::new();
        for entry in entries.iter().rev() {
            match &entry.topic {
                HandbookTopic::PromiseKind { key, edits } => {
                    let kind = PromiseKind {
                        key: key.clone(),
                        ..handbook.kind(key)
                    };
                    let kind = handbook.kinds.entry(key.clone()).or_insert(kind);
                    edits.iter().for_each(|edit| kind.apply(edit));
                }
                HandbookTopic::WorkingHours { edits } => {
                    for edit in edits {
                        match edit {
                            HoursEdit::Week { hours } => handbook.hours = Some(hours.clone()),
                            HoursEdit::Close { date } => drop(closed.insert(date.clone())),
                            HoursEdit::Reopen { date } => drop(closed.remove(date)),
                        }
                    }
                }
                HandbookTopic::Unknown { .. } => {}
            }
        }
        if !closed.is_empty() {
            // The facade writes a week with the first holiday; where only the holiday has come, the usual
            // one stands in.
            let hours = handbook
                .hours
                .get_or_insert_with(|| WorkingCalendar::usual("UTC"));
            hours.closed = closed.into_iter().collect();
        }
        handbook
    }

    /// The kinds that may be promised, by key.
    pub fn offered(&self) -> impl Iterator<Item = &PromiseKind> {
        self.kinds.values().filter(|kind| !kind.retired)
    }

    /// The properties of the kind with this key; one that the handbook does not know is treated as "other".
    pub fn kind(&self, key: &str) -> PromiseKind {
        let known = self.kinds.get(key).or_else(|| self.kinds.get("other"));
        known.cloned().unwrap_or_else(|| PromiseKind {
            key: key.to_owned(),
            name: String::new(),
            performer_role: None,
            working_time: false,
            quantile_percent: PromiseRules::default().quantile_percent,
            evidence: vec![],
            effort_minutes: HOUR,
            lead_minutes: 7 * 24 * HOUR,
            grace_minutes: PromiseRules::default().grace_minutes,
            retired: false,
        })
    }

    /// The company's holidays.
    pub fn holidays(&self) -> &[String] {
        self.hours
            .as_ref()
            .map(|hours| hours.closed.as_slice())
            .unwrap_or_default()
    }
}

impl PromiseKind {
    /// The minutes that people mean by a day of its lead: those of a working day, or of one of the calendar.
    pub fn day_minutes(&self) -> u32 {
        if self.working_time { DAY } else { 24 * HOUR }
    }

    /// Takes one edit.
    pub fn apply(&mut self, edit: &KindEdit) {
        match edit.clone() {
            KindEdit::Name { name } => self.name = name,
            KindEdit::PerformerRole { role } => self.performer_role = role,
            KindEdit::WorkingTime { working_time } => self.working_time = working_time,
            KindEdit::Quantile { percent } => self.quantile_percent = percent,
            KindEdit::Evidence { evidence } => self.evidence = evidence,
            KindEdit::Effort { minutes } => self.effort_minutes = minutes,
            KindEdit::Lead { minutes } => self.lead_minutes = minutes,
            KindEdit::Grace { minutes } => self.grace_minutes = minutes,
            KindEdit::Retired { retired } => self.retired = retired,
        }
    }

    /// The rules that a promise of this kind is made under, so that later changes do not judge it.
    pub fn rules(&self) -> PromiseRules {
        PromiseRules {
            working_time: self.working_time,
            grace_minutes: self.grace_minutes,
            quantile_percent: self.quantile_percent,
            evidence: self.evidence.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::Actor;

    #[test]
    fn a_company_starts_with_ten_kinds() {
        let handbook = Handbook::default();
        assert_eq!(handbook.kinds.len(), 10);
        assert_eq!(handbook.kind("service-visit").rules().quantile_percent, 90);
        assert_eq!(handbook.kind("a kind of 2031").key, "other");
    }

    fn entry(id: u8, topic: HandbookTopic) -> HandbookEntry {
        HandbookEntry {
            id: DocId([id; 16]),
            topic,
            by: Authorship {
                actor: Actor([1; 16]),
                person: None,
                name: String::new(),
                at: 0,
            },
        }
    }

    #[test]
    fn two_offices_that_wrote_one_kind_at_once_both_count_and_the_first_wins_a_field() {
        let kind = |id, edits| {
            let key = "tow".to_owned();
            entry(id, HandbookTopic::PromiseKind { key, edits })
        };
        let first = kind(1, vec![KindEdit::Lead { minutes: 90 }]);
        let second = vec![
            KindEdit::Lead { minutes: 60 },
            KindEdit::Effort { minutes: 45 },
        ];
        let handbook = Handbook::of(&[first, kind(2, second)]);
        let tow = handbook.kind("tow");
        assert_eq!((tow.key.as_str(), tow.name.as_str()), ("tow", ""));
        assert_eq!((tow.lead_minutes, tow.effort_minutes), (90, 45));
        assert_eq!(handbook.kinds.len(), 11);
    }

    #[test]
    fn a_retired_kind_is_not_offered_and_stays_readable() {
        let edits = vec![KindEdit::Retired { retired: true }];
        let key = "credit".to_owned();
        let handbook = Handbook::of(&[entry(1, HandbookTopic::PromiseKind { key, edits })]);
        assert_eq!(handbook.offered().count(), 9);
        assert_eq!(handbook.kind("credit").lead_minutes, 5 * DAY);
    }

    #[test]
    fn holidays_of_two_entries_are_all_closed() {
        let hours = WorkingCalendar::usual("Europe/Berlin");
        let close = |date: &str| HoursEdit::Close { date: date.into() };
        let first = vec![HoursEdit::Week { hours }, close("2026-12-25")];
        let handbook = Handbook::of(&[
            entry(1, HandbookTopic::WorkingHours { edits: first }),
            entry(
                2,
                HandbookTopic::WorkingHours {
                    edits: vec![close("2026-05-01")],
                },
            ),
            entry(
                3,
                HandbookTopic::Unknown {
                    name: "playbook".into(),
                },
            ),
        ]);
        assert_eq!(handbook.holidays(), ["2026-05-01", "2026-12-25"]);
        assert_eq!(handbook.hours.unwrap().zone, "Europe/Berlin");
    }
}
