//! The inverse of a tap on a colleague's entry about themselves.

use super::{Inverse, Then, answers_of};
use crate::model::colleague_profile::{ColleagueProfile, PersonEdit, PersonEntry};
use crate::model::unsettled::{ShortAnswer, Unsettled};

/// The edits that give back what a tap changed in a colleague's entry about themselves; none before it: the tap began
/// the entry.
pub fn person_inverse(then: &Then<Option<&PersonEntry>>) -> Inverse<PersonEdit> {
    let says = then.map(|entry| {
        let mut says = ColleagueProfile::default();
        let edits = entry.iter().flat_map(|entry| &entry.edits);
        edits.for_each(|edit| says.apply(edit));
        says
    });
    // A new field is given back below.
    let ColleagueProfile {
        hours: _,
        quiet: _,
        efforts: _,
        wins: _,
        phones: _,
        absent: _,
    } = &says.now;
    let mut inverse = Inverse::new();
    let plain = |_: &_| String::new();
    inverse.value("hours", says.map(|says| &says.hours), plain, |hours| {
        PersonEdit::Hours {
            hours: hours.clone(),
        }
    });
    inverse.value(
        "quiet",
        says.map(|says| &says.quiet),
        |_| String::new(),
        |quiet| PersonEdit::Quiet { quiet: *quiet },
    );
    let mut kinds: Vec<&String> = says
        .before
        .efforts
        .keys()
        .chain(says.after.efforts.keys())
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let minutes = says.map(|says| says.efforts.get(kind).copied().unwrap_or(0));
        inverse.value(
            &format!("effort/{kind}"),
            minutes,
            u32::to_string,
            |minutes| PersonEdit::Effort {
                kind: kind.clone(),
                minutes,
            },
        );
    }
    let unsettled: Then<Option<&Unsettled>> =
        then.map(|entry| entry.and_then(|entry| entry.unsettled.as_ref()));
    let wins = Then {
        before: (
            &says.before.wins,
            answers_of(unsettled.before, ShortAnswer::Wins),
        ),
        after: (
            &says.after.wins,
            answers_of(unsettled.after, ShortAnswer::Wins),
        ),
        now: (&says.now.wins, answers_of(unsettled.now, ShortAnswer::Wins)),
    };
    inverse.answer("wins", wins, |text| PersonEdit::Wins { text, was: None });
    inverse.members(
        says.map(|says| &says.phones),
        |number| PersonEdit::AddPhone { number },
        |number| PersonEdit::RemovePhone { number },
    );
    inverse.members(
        says.map(|says| &says.absent),
        |date| PersonEdit::Absent { date },
        |date| PersonEdit::Present { date },
    );
    inverse
}
