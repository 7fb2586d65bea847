//! The agreements of the demo's company before its year began, and what two of its people say about themselves.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::Date;
use kept_core::model::calendar::{Shift, WorkingCalendar};
use kept_core::model::colleague_profile::PersonEdit;
use kept_core::model::event::EvidenceKind;
use kept_core::model::handbook::{HoursEdit, KindEdit};
use kept_core::model::registry::Role;
use kept_core::model::time::{Millis, zoned};
use kept_core::notebook::{KeptError, Notebook};

use crate::company_plan::CompanyPlan;
use crate::history::Author;

/// Holidays are written for the time that the year and the story do not reach: no date of theirs moves.
const FROM_DAYS: i64 = 61;
const HOLIDAYS: [(i8, i8); 4] = [(1, 1), (5, 1), (12, 25), (12, 26)];

/// The office writes a kind of its own and the hours; a technician and the workshop say when they work.
pub(crate) fn write(
    authors: &[Author],
    company: &CompanyPlan,
    (now, zone): (Millis, &str),
    written: &AtomicU64,
) -> Result<(), KeptError> {
    let first = |role| {
        let is_it = |person: &crate::people::Employee| person.role == role;
        let who = company.people.iter().position(is_it);
        let author = authors.iter().find(|author| Some(author.who) == who);
        author.map(|author| author.notebook.as_ref())
    };
    if let Some(office) = first(Role::Office) {
        handbook(office, now, zone)?;
        written.fetch_add(2, Ordering::SeqCst);
    }
    if let Some(sam) = first(Role::Technician) {
        sam.edit_colleague_profile(
            sam.me()?.person,
            vec![
                PersonEdit::Quiet {
                    quiet: Some(Shift {
                        from: 19 * 60,
                        to: 6 * 60 + 30,
                    }),
                },
                PersonEdit::Effort {
                    kind: "fix".into(),
                    minutes: 90,
                },
                PersonEdit::Wins {
                    text: "Tell me the machine before the customer.".into(),
                    was: None,
                },
            ],
        )?;
        written.fetch_add(1, Ordering::SeqCst);
    }
    if let Some(workshop) = first(Role::Workshop) {
        let day = vec![
            Shift {
                from: 7 * 60,
                to: 12 * 60,
            },
            Shift {
                from: 12 * 60 + 30,
                to: 15 * 60 + 30,
            },
        ];
        let mut hours = WorkingCalendar::usual(zone);
        hours.week = hours
            .week
            .into_iter()
            .map(|shifts| {
                if shifts.is_empty() {
                    shifts
                } else {
                    day.clone()
                }
            })
            .collect();
        workshop.edit_colleague_profile(
            workshop.me()?.person,
            vec![PersonEdit::Hours { hours: Some(hours) }],
        )?;
        written.fetch_add(1, Ordering::SeqCst);
    }
    Ok(())
}

fn handbook(office: &Notebook, now: Millis, zone: &str) -> Result<(), KeptError> {
    let loan = vec![
        KindEdit::Name {
            name: "loan machine".into(),
        },
        KindEdit::PerformerRole {
            role: Some(Role::Workshop),
        },
        KindEdit::WorkingTime { working_time: true },
        KindEdit::Quantile { percent: 90 },
        KindEdit::Evidence {
            evidence: vec![EvidenceKind::Photo, EvidenceKind::Signature],
        },
        KindEdit::Effort { minutes: 45 },
        KindEdit::Lead { minutes: 4 * 60 },
    ];
    office.save_kind("loan-machine".into(), loan)?;
    let hours = WorkingCalendar::usual(zone);
    let closed = holidays(now, zone).map(|date| HoursEdit::Close { date });
    let edits = std::iter::once(HoursEdit::Week { hours }).chain(closed);
    office.save_hours(edits.collect())
}

/// The holidays of a year that begins two months after now.
fn holidays(now: Millis, zone: &str) -> impl Iterator<Item = String> {
    let today = zoned(now, zone).map(|here| here.date()).ok();
    let days = today.into_iter().flat_map(|today| {
        let from = today.saturating_add(jiff::Span::new().days(FROM_DAYS));
        let until = from.saturating_add(jiff::Span::new().years(1));
        let years = [from.year(), until.year()];
        let all = years
            .into_iter()
            .flat_map(|year| HOLIDAYS.map(|(month, day)| Date::new(year, month, day).ok()));
        all.flatten().filter(move |day| (from..until).contains(day))
    });
    days.map(|day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_holiday_comes_once_and_none_before_the_story_ends() {
        // Wednesday, 25 November 2026: two months on it is late January.
        let days: Vec<String> = holidays(1_795_608_000_000, "Europe/Berlin").collect();
        assert_eq!(
            days,
            ["2027-05-01", "2027-12-25", "2027-12-26", "2028-01-01"]
        );
    }
}
