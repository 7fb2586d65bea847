//! The summary of the demo, in a few lines.

use kept_core::model::promise::Outcome;
use kept_core::notebook::PromiseListQuery;
use kept_server::ServerState;
use serde_json::json;

use crate::DemoError;
use crate::company_plan::CompanyPlan;
use crate::demo_phone::DemoPhone;
use crate::reporter::Reporter;

/// The time that it took, in milliseconds.
pub(crate) struct Durations {
    /// Until the company was ready.
    pub(crate) making: i64,
    /// In all.
    pub(crate) all: i64,
}

/// Prints the summary.
pub(crate) fn print(
    reporter: &mut Reporter<'_>,
    reference_phone: &DemoPhone,
    company: &CompanyPlan,
    state: &ServerState,
    durations: &Durations,
) -> Result<(), DemoError> {
    let query = PromiseListQuery {
        open_only: false,
        mine: false,
        account: None,
        limit: u32::MAX,
        offset: 0,
        kind: None,
    };
    let promises = reference_phone.notebook.promises(query)?;
    let count = |test: fn(&Outcome) -> bool| {
        promises
            .iter()
            .filter(|promise| test(&promise.state.outcome))
            .count()
    };
    let kept = count(|outcome| *outcome == Outcome::Kept);
    let open = count(|outcome| *outcome == Outcome::Open);
    let unclear = count(|outcome| matches!(outcome, Outcome::NotConfirmed { .. }));
    let broken = count(|outcome| {
        matches!(
            outcome,
            Outcome::BrokenLate
                | Outcome::BrokenMissed
                | Outcome::BrokenCancelled
                | Outcome::BrokenFound
        )
    });
    let called_off = count(|outcome| *outcome == Outcome::Void);
    let visits = reference_phone
        .notebook
        .latest_entries(u32::MAX, None, vec![])?;
    let of_kind = |kind| visits.iter().filter(|entry| entry.kind == kind).count();
    let (visits, observations) = (
        of_kind(kept_core::notebook::EntryKind::Visit),
        of_kind(kept_core::notebook::EntryKind::Usage),
    );
    let changes = state.change_hashes()?.len();
    let bytes = folder_bytes(state.data_dir())?;
    let text = format!(
        "\n{} people, {} accounts, {} visits, {} observations\n\
         {} of {} promises kept, {} broken, {} open, {} not confirmed, {} called off\n\
         {} changes in the log, {}.{} MB on the server's disk\n\
         {} s to make it all, {} s in all",
        company.people.len(),
        grouped(company.customers.len()),
        grouped(visits),
        grouped(observations),
        grouped(kept),
        grouped(promises.len()),
        grouped(broken),
        grouped(open),
        grouped(unclear),
        grouped(called_off),
        grouped(changes),
        bytes / 1_000_000,
        bytes % 1_000_000 / 100_000,
        seconds(durations.making),
        seconds(durations.all),
    );
    let value = json!({
        "people": company.people.len(),
        "accounts": company.customers.len(),
        "visits": visits,
        "observations": observations,
        "promises": promises.len(),
        "kept": kept,
        "broken": broken,
        "open": open,
        "not_confirmed": unclear,
        "called_off": called_off,
        "changes": changes,
        "bytes": bytes,
        "making_ms": durations.making,
        "all_ms": durations.all,
    });
    Ok(reporter.note(&text, &value)?)
}

/// 1602 as "1,602".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Milliseconds as seconds with one decimal.
fn seconds(millis: i64) -> String {
    format!("{}.{}", millis / 1000, millis % 1000 / 100)
}

fn folder_bytes(folder: &std::path::Path) -> Result<u64, DemoError> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let known = entry.metadata()?;
        bytes += if known.is_dir() {
            folder_bytes(&entry.path())?
        } else {
            known.len()
        };
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_read_in_groups_of_three() {
        assert_eq!(
            [grouped(7), grouped(1602), grouped(1_000_000)],
            ["7", "1,602", "1,000,000"]
        );
        assert_eq!(seconds(1_250), "1.2");
    }
}
