//! Checks of the handbook's entries before they are written, and of keys that name its kinds.

use std::collections::BTreeSet;

use crate::language::Message;
use crate::limits;
use crate::model::calendar::{WorkingCalendar, WorkingTime};
use crate::model::handbook::{Handbook, HoursEdit, KindEdit, PromiseKind};
use crate::notebook::checks::{check_max_chars, check_minutes, checked_day, non_empty_name};
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};

/// Returns the kind that a promise is made under; one that is not offered is refused with those that are.
pub(in crate::notebook) fn offered_kind(handbook: &Handbook, key: &str) -> ApiResult<PromiseKind> {
    let key = non_empty_name("kind", key)?.to_lowercase();
    let key = key.as_str();
    let known = handbook.kinds.get(key).filter(|kind| !kind.retired);
    known.cloned().ok_or_else(|| match handbook.kinds.get(key) {
        Some(_) => KeptError::invalid(
            "kind",
            Message::new("error-retired-kind")
                .text("kind", key)
                .text("known", offered_keys(handbook)),
        ),
        None => unknown_kind(key, handbook),
    })
}

/// Makes the error of a key that no kind has.
pub(in crate::notebook) fn unknown_kind(key: &str, handbook: &Handbook) -> KeptError {
    KeptError::invalid(
        "kind",
        Message::new("error-unknown-kind")
            .text("kind", key)
            .text("known", offered_keys(handbook)),
    )
}

fn offered_keys(handbook: &Handbook) -> String {
    let keys: Vec<&str> = handbook.offered().map(|kind| kind.key.as_str()).collect();
    keys.join(", ")
}

/// Refuses an author who does not run the company.
pub(in crate::notebook) fn require_handbook_writer(context: &Context) -> ApiResult<()> {
    if context.runs_the_company() {
        return Ok(());
    }
    Err(KeptError::invalid(
        "handbook",
        Message::new("error-handbook-of-the-office"),
    ))
}

/// Returns a key as files and commands write it: small letters, digits and hyphens.
pub(in crate::notebook) fn checked_key(text: &str) -> ApiResult<String> {
    let key = non_empty_name("key", text)?.to_lowercase();
    check_max_chars("key", &key, limits::KEY_CHARS)?;
    if key.chars().all(|c| c.is_alphanumeric() || c == '-') {
        return Ok(key);
    }
    Err(KeptError::invalid(
        "key",
        Message::new("error-kind-key").text("text", text),
    ))
}

/// Returns an edit of a kind as it is written.
pub(in crate::notebook) fn checked_kind_edit(edit: KindEdit) -> ApiResult<KindEdit> {
    match edit {
        KindEdit::Name { name } => {
            let name = name.trim().to_owned();
            check_max_chars("name", &name, limits::NAME_CHARS)?;
            Ok(KindEdit::Name { name })
        }
        // Below a half the upper bound says nothing, and at 100 there is never a date.
        KindEdit::Quantile { percent } if !(50..=99).contains(&percent) => Err(KeptError::invalid(
            "quantile",
            Message::new("error-quantile"),
        )),
        KindEdit::Effort { minutes } => {
            check_minutes("effort", minutes, 1, limits::KIND_MINUTES)?;
            Ok(KindEdit::Effort { minutes })
        }
        KindEdit::Lead { minutes } => {
            check_minutes("lead", minutes, 1, limits::KIND_MINUTES)?;
            Ok(KindEdit::Lead { minutes })
        }
        KindEdit::Grace { minutes } => {
            check_minutes("grace", minutes, 0, limits::GRACE_MINUTES)?;
            Ok(KindEdit::Grace { minutes })
        }
        KindEdit::Evidence { evidence } => {
            let mut seen = BTreeSet::new();
            let new = evidence.into_iter().filter(|kind| seen.insert(*kind as u8));
            Ok(KindEdit::Evidence {
                evidence: new.collect(),
            })
        }
        edit => Ok(edit),
    }
}

/// Returns an edit of the working hours as it is written.
pub(in crate::notebook) fn checked_hours_edit(edit: HoursEdit) -> ApiResult<HoursEdit> {
    Ok(match edit {
        HoursEdit::Week { hours } => HoursEdit::Week {
            hours: checked_hours(hours)?,
        },
        HoursEdit::Close { date } => HoursEdit::Close {
            date: checked_day(&date)?,
        },
        HoursEdit::Reopen { date } => HoursEdit::Reopen {
            date: checked_day(&date)?,
        },
    })
}

/// Returns a week that can be counted in; closed days are entries of their own.
pub(in crate::notebook) fn checked_hours(hours: WorkingCalendar) -> ApiResult<WorkingCalendar> {
    let hours = WorkingCalendar {
        closed: vec![],
        ..hours
    };
    WorkingTime::new(&hours, &[])?;
    Ok(hours)
}
