//! Watching ourselves: were the dates that were shown kept as often as they said, are we padding, are we
//! slowing down? Always with counts, of kinds and never of people.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use super::advice::MIN_CLOSINGS;
use super::level_record::LevelRecord;
use super::sample::{Minutes, Sample, TimeBase};
use super::slowing::{CLOSINGS_COMPARED, Slowing, slowing};
use super::survival::Curve;
use crate::model::event::{Event, Finding, Suggestion};
use crate::model::promise::{Facts, Outcome, PromiseRecord};
use crate::model::registry::Registry;
use crate::model::time::Millis;

/// The number of kept promises that are needed before a margin says something.
const MIN_MARGINS: usize = 5;

/// A date that the record suggested to a promiser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownDate {
    /// The share of such dates that should be kept, in percent.
    pub quantile_percent: u8,
    /// True if the promise was done by it; None where that is not known: it has not come yet, was called off before, or
    /// is not confirmed.
    pub kept: Option<bool>,
}

/// The results of the dates that should be kept in some percent of the cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calibration {
    /// The share of them that should be kept, in percent.
    pub quantile_percent: u8,
    /// The number that were kept.
    pub kept: u32,
    /// The number that are decided.
    pub decided: u32,
    /// The number that were shown.
    pub shown: u32,
}

/// The part of the promised lead that was left when a promise was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margin {
    /// The time that was left, in minutes.
    pub left: Minutes,
    /// The time from telling the customer to the date, in minutes.
    pub lead: Minutes,
}

/// The margins of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Padding {
    /// The median share of the promised lead that was left, in percent.
    pub median_percent: u32,
    /// The number of kept promises that it rests on.
    pub kept: u32,
}

impl Padding {
    /// True if the dates are padded: more than half of the lead is left, in the middle.
    pub fn is_too_much(&self) -> bool {
        self.median_percent > 50
    }
}

/// The record's report on a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindReport {
    /// The kind.
    pub kind: String,
    /// Closings in its window.
    pub closed: usize,
    /// Promises of its window that are still open.
    pub open: usize,
    /// Half of them took no longer, in minutes of its time base; none where too few are closed.
    pub median: Option<Minutes>,
    /// The margins; none of fewer than five kept promises.
    pub padding: Option<Padding>,
    /// The evidence that it slows down; None if it does not.
    pub slowing: Option<Slowing>,
}

/// The dates that the record suggested while a promise was made and moved.
pub fn shown_dates(
    record: &PromiseRecord,
    facts: &Facts,
    now: Millis,
    registry: &Registry,
) -> Vec<ShownDate> {
    if facts.retracted || facts.finding == Some(Finding::Void) {
        return vec![];
    }
    let unconfirmed = matches!(
        facts.state(record.id, now, registry).outcome,
        Outcome::NotConfirmed { .. }
    );
    let suggestions = record
        .events
        .iter()
        .filter(|event| !facts.taken_back.contains(&event.id))
        .filter_map(suggestion_of)
        .filter_map(|suggestion| {
            let grace = suggestion.due.grace_ms();
            let through = suggestion.due.instant().ok()?.saturating_add(grace);
            let called_off = facts
                .cancelled
                .as_ref()
                .is_some_and(|off| off.at <= through);
            let kept = match facts.fulfilled_at {
                Some(done) => Some(done <= through),
                None if called_off || unconfirmed || now <= through => None,
                None => Some(facts.finding == Some(Finding::Kept)),
            };
            Some(ShownDate {
                quantile_percent: suggestion.quantile_percent,
                kept,
            })
        });
    suggestions.collect()
}

pub(super) fn suggestion_of(event: &Event) -> Option<&Suggestion> {
    event.stored.body.told_date()?.suggestion
}

/// The results of the dates that were shown, one line per percentage, the lowest first.
pub fn calibrations(shown: impl IntoIterator<Item = ShownDate>) -> Vec<Calibration> {
    let mut lines: BTreeMap<u8, Calibration> = BTreeMap::new();
    for date in shown {
        let line = lines.entry(date.quantile_percent).or_default();
        line.quantile_percent = date.quantile_percent;
        line.shown += 1;
        line.decided += u32::from(date.kept.is_some());
        line.kept += u32::from(date.kept == Some(true));
    }
    lines.into_values().collect()
}

/// The margin of a promise that was kept; none of others, and none where the date was the moment itself.
pub fn margin_of(
    record: &PromiseRecord,
    facts: &Facts,
    now: Millis,
    registry: &Registry,
    base: &dyn TimeBase,
) -> Option<Margin> {
    let (told, done) = (facts.communicated_at?, facts.fulfilled_at?);
    if facts.state(record.id, now, registry).outcome != Outcome::Kept {
        return None;
    }
    let performer = match facts.performer {
        crate::model::event::Performer::Person { person } => Some(person.to_string()),
        _ => None,
    };
    let minutes = |from, to| base.minutes(&facts.made.kind, performer.as_deref(), from, to);
    let told = told.max(facts.owed.told_at);
    let lead = minutes(told, facts.owed.due_at);
    (lead > 0).then(|| Margin {
        left: minutes(done, facts.owed.due_at).clamp(0, lead),
        lead,
    })
}

/// The record's reports on every kind that is in it, by the kind's name. `margins` are those of each kind.
pub fn kind_reports<S: Borrow<Sample>>(
    samples: &[S],
    margins: &BTreeMap<String, Vec<Margin>>,
    now: Millis,
    base: &dyn TimeBase,
) -> Vec<KindReport> {
    let samples = || samples.iter().map(Borrow::borrow);
    let kinds: BTreeSet<&str> = samples().map(|sample| sample.kind.as_str()).collect();
    let report = |kind: &str| {
        let of_kind = samples().filter(|sample| sample.kind == kind);
        let level_record = LevelRecord::known_at(of_kind, now);
        let window = level_record.window(now, base);
        KindReport {
            kind: kind.to_owned(),
            closed: window.closed,
            open: window.open,
            median: (window.closed >= MIN_CLOSINGS)
                .then(|| Curve::of(&window.lifetimes)?.quantile(0.5))
                .flatten(),
            padding: margins.get(kind).and_then(|margins| padding(margins)),
            slowing: slowing(&level_record.latest_leads(CLOSINGS_COMPARED, base)),
        }
    };
    kinds.into_iter().map(report).collect()
}

/// The median share of the lead that was left.
fn padding(margins: &[Margin]) -> Option<Padding> {
    let mut shares: Vec<i64> = margins
        .iter()
        .map(|margin| margin.left.saturating_mul(100) / margin.lead.max(1))
        .collect();
    shares.sort_unstable();
    let median = *shares.get(shares.len() / 2)?;
    (shares.len() >= MIN_MARGINS).then(|| Padding {
        median_percent: u32::try_from(median).unwrap_or(0),
        kept: u32::try_from(shares.len()).unwrap_or(u32::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::super::promise_fixture::{ANN, PromiseFixture, SAM, at, company, due, made, time};
    use super::super::sample::{CalendarTime, Ending};
    use super::*;
    use crate::model::event::{CancelledBy, EventBody, PromiseMade};
    use crate::model::time::DAY_MS;
    use crate::testing::NOON;

    fn suggested(hours: i64) -> PromiseFixture {
        let suggestion = Suggestion {
            due: due(hours),
            quantile_percent: 80,
            level: "kind".into(),
            closed: 20,
            open: 3,
        };
        let mut fixture = PromiseFixture::of_made(PromiseMade {
            suggestion: Some(suggestion),
            ..made()
        });
        fixture.communicate(0);
        fixture
    }

    fn kept(fixture: &PromiseFixture, hours: i64) -> Option<bool> {
        let registry = company(1_000);
        let facts = fixture.facts_in(&registry);
        shown_dates(&fixture.record, &facts, at(hours), &registry)[0].kept
    }

    #[test]
    fn a_date_that_was_shown_is_judged_by_itself_not_by_the_one_that_was_told() {
        // The record said hour 20, the customer was told hour 10.
        let mut fixture = suggested(20);
        assert_eq!(kept(&fixture, 15), None, "has not come yet");
        assert_eq!(kept(&fixture, 25), Some(false));
        fixture.fulfilled_by(19, SAM, time(19));
        assert_eq!(kept(&fixture, 25), Some(true));
        let mut late = suggested(20);
        late.fulfilled_by(21, SAM, time(21));
        assert_eq!(kept(&late, 25), Some(false));
        let mut off = suggested(20);
        let cancelled = EventBody::Cancelled {
            by: CancelledBy::Customer,
            agreed_by: None,
            reason: "moved".into(),
        };
        off.add_event(5, ANN, cancelled);
        assert_eq!(kept(&off, 25), None);
    }

    #[test]
    fn dates_are_counted_per_percentage() {
        let shown = |quantile_percent, kept| ShownDate {
            quantile_percent,
            kept,
        };
        let lines = calibrations([
            shown(90, None),
            shown(80, Some(true)),
            shown(80, Some(false)),
            shown(80, None),
        ]);
        let counts: Vec<_> = lines
            .iter()
            .map(|line| (line.quantile_percent, line.kept, line.decided, line.shown))
            .collect();
        assert_eq!(counts, [(80, 1, 2, 3), (90, 0, 0, 1)]);
    }

    #[test]
    fn padding_is_when_half_of_the_lead_is_left() {
        let registry = company(1_000);
        let mut fixture = PromiseFixture::communicated();
        fixture.fulfilled_by(5, SAM, time(4));
        let facts = fixture.facts_in(&registry);
        let margin = margin_of(&fixture.record, &facts, at(20), &registry, &CalendarTime).unwrap();
        // Told at hour 1, due at 10, done at 4.
        assert_eq!((margin.left, margin.lead), (6 * 60, 9 * 60));
        let padding = padding(&[margin; 5]).unwrap();
        assert_eq!((padding.median_percent, padding.kept), (66, 5));
        assert!(padding.is_too_much());
        assert_eq!(super::padding(&[margin; 4]), None);
        let tight = Margin { left: 1, lead: 9 };
        assert!(!super::padding(&[tight; 5]).unwrap().is_too_much());
    }

    #[test]
    fn a_kind_that_slows_down_is_told_with_its_counts() {
        let sample = |days_ago: i64, lead: i64| Sample {
            kind: "delivery".into(),
            performer: None,
            team: None,
            start: NOON - days_ago * DAY_MS,
            ending: Ending::Closed(NOON - (days_ago - lead) * DAY_MS),
            received_at: None,
        };
        let mut samples: Vec<Sample> = (0..30).map(|n| sample(100 + n, 2)).collect();
        samples.extend((0..10).map(|n| sample(20 + n, 9)));
        let reports = kind_reports(&samples, &BTreeMap::new(), NOON, &CalendarTime);
        let slow = reports[0].slowing.unwrap();
        assert_eq!(
            (slow.slower, slow.former, slow.former_lead),
            (10, 30, 2 * 24 * 60)
        );
        assert_eq!((reports[0].closed, reports[0].padding), (40, None));
    }
}
