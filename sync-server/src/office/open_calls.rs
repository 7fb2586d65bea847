//! The open calls: promises that need the office or a pool now, with the people whom the server called for each, and
//! when.

use std::collections::BTreeMap;

use kept_core::Notebook;
use kept_core::model::ids::{DocId, PersonId};
use kept_core::model::time::Millis;
use kept_core::notebook::ApiResult;
use kept_core::remind::{Reminder, ReminderLevel};

use super::commands::new_form_id;
use super::escalations::CallRecord;

/// Promises of each list.
const MAX_CALLS: usize = 4;

/// A promise that was escalated and waits.
pub(super) struct OpenCall {
    pub(super) reminder: Reminder,
    /// The people who were called to it, and when.
    pub(super) called: Vec<(String, Millis)>,
    /// The id of the form that says that it was seen.
    pub(super) form: String,
}

/// The promises that wait, the newest first, and how many more there are.
#[derive(Default)]
pub(super) struct OpenCalls {
    /// Those that the office decides.
    pub(super) office: Vec<OpenCall>,
    /// Those that a pool is called to, and not the office yet.
    pub(super) pool: Vec<OpenCall>,
    pub(super) further: usize,
}

impl OpenCalls {
    /// Reads them; `called` is whom the server called.
    pub(super) fn read(notebook: &Notebook, called: &[CallRecord]) -> ApiResult<Self> {
        let mut names: BTreeMap<PersonId, String> = BTreeMap::new();
        for colleague in notebook.colleagues()? {
            names.insert(colleague.id, colleague.name);
        }
        let called_to = |promise: DocId| {
            let calls = called.iter().filter(|called| called.promise == promise);
            let people = calls.flat_map(|called| &called.people);
            let mut people: Vec<(String, Millis)> = people
                .filter_map(|(person, at)| Some((names.get(person)?.clone(), *at)))
                .collect();
            people.sort_by(|one, other| (one.1, &one.0).cmp(&(other.1, &other.0)));
            people
        };
        let need = |reminder: Reminder| OpenCall {
            called: called_to(reminder.promise),
            form: new_form_id(notebook.environment()),
            reminder,
        };
        let mut needs = Self::default();
        for call in notebook.calls()? {
            let decided = |need: &OpenCall| need.reminder.promise == call.reminder.promise;
            match call.reminder.level {
                ReminderLevel::Office => needs.office.push(need(call.reminder)),
                // The office's rung comes after the pool's, and stands before it here.
                _ if needs.office.iter().any(decided) => {}
                _ => needs.pool.push(need(call.reminder)),
            }
        }
        for list in [&mut needs.office, &mut needs.pool] {
            needs.further += list.len().saturating_sub(MAX_CALLS);
            list.truncate(MAX_CALLS);
        }
        Ok(needs)
    }
}
