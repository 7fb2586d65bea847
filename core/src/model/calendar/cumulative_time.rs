//! The time that a calendar has worked up to an instant, in closed form: whole weeks, the weekdays since, less the
//! closed days, more or less the changes of the clocks. A difference of two tallies is the time in between.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::{Shift, WorkingTime};
use crate::model::time::{DAY_MS, MINUTE_MS, Millis, instant_on_clock};

/// Years in which clocks that change within a shift are known; outside every day has its usual length.
const YEARS: [i16; 2] = [1970, 2100];
/// The weekday of day 0, 1 January 1970, counted from Monday.
const THURSDAY: i64 = 3;

/// The sums of a calendar, in milliseconds; days are numbered from 1 January 1970.
#[derive(Clone, Debug)]
pub(super) struct CumulativeTime {
    /// The time worked in a week before each weekday begins, and in the whole week.
    before: [i64; 8],
    /// Closed days that would else be worked, with the time lost up to the end of each.
    closed: Vec<(i64, i64)>,
    /// Days on which the clocks change within a shift.
    clock_changes: Vec<ClockChangeDay>,
}

#[derive(Clone, Debug)]
struct ClockChangeDay {
    day: i64,
    /// The spans in which it is worked, in milliseconds since the epoch.
    spans: Vec<(Millis, Millis)>,
    /// By how much this day and all odd ones before it are longer than usual.
    longer: i64,
}

impl CumulativeTime {
    pub(super) fn of(calendar: &WorkingTime) -> Self {
        let mut before = [0; 8];
        for (weekday, shifts) in calendar.week.iter().enumerate() {
            before[weekday + 1] = before[weekday] + length(shifts);
        }
        let mut lost = 0;
        let closed = calendar.closed.iter().filter_map(|date| {
            let day = number(*date)?;
            let usual = length(&calendar.week[weekday(day)]);
            lost += usual;
            (usual > 0).then_some((day, lost))
        });
        Self {
            before,
            closed: closed.collect(),
            clock_changes: clock_change_days(calendar),
        }
    }

    /// The time worked up to an instant, counted from an arbitrary beginning, in milliseconds.
    pub(super) fn worked(&self, calendar: &WorkingTime, at: Millis) -> i64 {
        let Ok(timestamp) = jiff::Timestamp::from_millisecond(at) else {
            return 0;
        };
        let offset = i64::from(calendar.zone.to_offset(timestamp).seconds()) * 1000;
        let local = at.saturating_add(offset);
        let (day, of_day) = (local.div_euclid(DAY_MS), local.rem_euclid(DAY_MS));
        let weekday = weekday(day);
        let weeks = (day + THURSDAY).div_euclid(7) * self.before[7] + self.before[weekday];

        let closed_before = self.closed.partition_point(|(closed, _)| *closed < day);
        let clock_changes_before = self
            .clock_changes
            .partition_point(|clock_changes| clock_changes.day < day);
        let last = |index: usize| index.checked_sub(1);
        let lost = last(closed_before).map_or(0, |index| self.closed[index].1);
        let longer = last(clock_changes_before).map_or(0, |index| self.clock_changes[index].longer);
        let today = match (
            self.closed.get(closed_before),
            self.clock_changes.get(clock_changes_before),
        ) {
            (Some((closed, _)), _) if *closed == day => 0,
            (_, Some(clock_changes)) if clock_changes.day == day => clock_changes
                .spans
                .iter()
                .map(|(begins, ends)| (*ends).min(at).saturating_sub(*begins).max(0))
                .sum(),
            _ => calendar.week[weekday]
                .iter()
                .map(|shift| {
                    let (begins, ends) = (in_ms(shift.from), in_ms(shift.to));
                    (ends.min(of_day) - begins).max(0)
                })
                .sum(),
        };
        weeks - lost + longer + today
    }
}

fn clock_change_days(calendar: &WorkingTime) -> Vec<ClockChangeDay> {
    let [first, end] = YEARS.map(|year| Date::new(year, 1, 1).ok().and_then(number).unwrap_or(0));
    let zone = &calendar.zone;
    let Ok(from) = jiff::Timestamp::from_millisecond(first * DAY_MS) else {
        return vec![];
    };
    let mut clock_changes: Vec<ClockChangeDay> = Vec::new();
    for change in zone.following(from) {
        let at = change.timestamp();
        if at.as_millisecond() >= end * DAY_MS {
            break;
        }
        let before = at
            .checked_sub(jiff::Span::new().milliseconds(1))
            .unwrap_or(at);
        let offsets = [zone.to_offset(before), change.offset()];
        let local = offsets.map(|offset| offset.to_datetime(at));
        let (low, high) = (local[0].min(local[1]), local[0].max(local[1]));
        let (mut date, last) = (low.date(), high.date());
        // Clocks mostly change at night, when hardly anyone works.
        if date == last && !is_worked(calendar.shifts(date), low.time(), high.time()) {
            continue;
        }
        while date <= last {
            let spans: Vec<(Millis, Millis)> = calendar.spans(date).collect();
            let worked: i64 = spans.iter().map(|(begins, ends)| ends - begins).sum();
            let longer = worked - length(calendar.shifts(date));
            let (day, so_far) = (
                number(date),
                clock_changes
                    .last()
                    .map_or(0, |clock_changes| clock_changes.longer),
            );
            if let Some(day) = day
                && longer != 0
                && clock_changes
                    .last()
                    .is_none_or(|clock_changes| clock_changes.day < day)
            {
                let longer = so_far + longer;
                clock_changes.push(ClockChangeDay { day, spans, longer });
            }
            let Ok(next) = date.tomorrow() else {
                break;
            };
            date = next;
        }
    }
    clock_changes
}

/// True if a shift touches the time between two times of its day.
fn is_worked(shifts: &[Shift], from: Time, to: Time) -> bool {
    let minute = |time: Time| {
        u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
    };
    shifts
        .iter()
        .any(|shift| shift.from <= minute(to) + 1 && minute(from) <= shift.to)
}

fn in_ms(of_day: u16) -> i64 {
    i64::from(of_day) * MINUTE_MS
}

fn length(shifts: &[Shift]) -> i64 {
    let length = |shift: &Shift| in_ms(shift.to) - in_ms(shift.from);
    shifts.iter().map(length).sum()
}

/// The number of a day, from 1 January 1970.
fn number(date: Date) -> Option<i64> {
    Some(instant_on_clock(&TimeZone::UTC, date, 0)?.div_euclid(DAY_MS))
}

/// The weekday of a day, counted from Monday.
fn weekday(day: i64) -> usize {
    usize::try_from((day + THURSDAY).rem_euclid(7)).unwrap_or(0)
}
