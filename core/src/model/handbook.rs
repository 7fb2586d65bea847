//! The handbook: what the company agreed on. Kinds of promises, the working hours and holidays.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::calendar::WorkingCalendar;
use super::event::{EvidenceKind, Rules};
use super::people::Role;

/// What promises of one kind have in common.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct PromiseKind {
    /// What promises, files and commands call it: "callback".
    #[n(0)]
    pub key: String,
    /// What people call it, where the company has a word of its own; empty: the catalogue's.
    #[n(1)]
    pub name: String,
    /// Who usually delivers.
    #[n(2)]
    pub performer_role: Option<Role>,
    /// Whether lead times count working time only.
    #[n(3)]
    pub working_time: bool,
    /// The share of promises that a suggested date should keep, in percent.
    #[n(4)]
    pub quantile_percent: u8,
    /// What counts as done; any of these.
    #[n(5)]
    pub evidence: Vec<EvidenceKind>,
    /// The usual work, in working minutes.
    #[n(6)]
    pub effort_minutes: u32,
    /// The date that is offered while there is no record, in minutes of the kind's time base.
    #[n(7)]
    pub lead_minutes: u32,
    /// What the customer is granted beyond a due minute, in minutes.
    #[n(8)]
    pub grace_minutes: u32,
    /// Whether the company no longer offers it; promises of this kind stay.
    #[n(9)]
    pub retired: bool,
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
const DAY: u32 = 8 * HOUR;

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
            let grace_minutes = Rules::default().grace_minutes;
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
    /// What holds for a kind; one that the handbook does not know is treated as "other".
    pub fn kind(&self, key: &str) -> PromiseKind {
        let known = self.kinds.get(key).or_else(|| self.kinds.get("other"));
        known.cloned().unwrap_or_else(|| PromiseKind {
            key: key.to_owned(),
            name: String::new(),
            performer_role: None,
            working_time: false,
            quantile_percent: Rules::default().quantile_percent,
            evidence: vec![],
            effort_minutes: HOUR,
            lead_minutes: 7 * 24 * HOUR,
            grace_minutes: Rules::default().grace_minutes,
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
    /// The rules that a promise of this kind is made under, so that later changes do not judge it.
    pub fn rules(&self) -> Rules {
        Rules {
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

    #[test]
    fn a_company_starts_with_ten_kinds() {
        let handbook = Handbook::default();
        assert_eq!(handbook.kinds.len(), 10);
        assert_eq!(handbook.kind("service-visit").rules().quantile_percent, 90);
        assert_eq!(handbook.kind("a kind of 2031").key, "other");
    }
}
