//! Checks of entries about colleagues before they are written.

use crate::language::Message;
use crate::limits;
use crate::model::calendar::Shift;
use crate::model::colleague_profile::PersonEdit;
use crate::model::handbook::Handbook;
use crate::notebook::checks::{check_max_chars, check_minutes, checked_day, non_empty_name};
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::handbook::checks::{checked_hours, checked_key, unknown_kind};

/// Returns an edit of the entry about a colleague as it is written.
pub(in crate::notebook) fn checked_person_edit(
    edit: PersonEdit,
    handbook: &Handbook,
) -> ApiResult<PersonEdit> {
    Ok(match edit {
        PersonEdit::Hours { hours } => PersonEdit::Hours {
            hours: hours.map(checked_hours).transpose()?,
        },
        PersonEdit::Quiet { quiet } => PersonEdit::Quiet {
            quiet: quiet.map(checked_quiet).transpose()?,
        },
        PersonEdit::Effort { kind, minutes } => {
            let kind = checked_key(&kind)?;
            if !handbook.kinds.contains_key(&kind) {
                return Err(unknown_kind(&kind, handbook));
            }
            check_minutes("effort", minutes, 0, limits::KIND_MINUTES)?;
            PersonEdit::Effort { kind, minutes }
        }
        PersonEdit::Wins { text, was } => {
            check_max_chars("wins", &text, limits::VALUE_CHARS)?;
            PersonEdit::Wins { text, was }
        }
        PersonEdit::AddPhone { number } => PersonEdit::AddPhone {
            number: non_empty_name("phone", &number)?,
        },
        PersonEdit::RemovePhone { number } => PersonEdit::RemovePhone {
            number: non_empty_name("phone", &number)?,
        },
        PersonEdit::Absent { date } => PersonEdit::Absent {
            date: checked_day(&date)?,
        },
        PersonEdit::Present { date } => PersonEdit::Present {
            date: checked_day(&date)?,
        },
    })
}

fn checked_quiet(quiet: Shift) -> ApiResult<Shift> {
    if quiet.from >= 1440 || quiet.to > 1440 || quiet.from == quiet.to {
        return Err(KeptError::invalid("quiet", Message::new("error-quiet")));
    }
    Ok(quiet)
}
