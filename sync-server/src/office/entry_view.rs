//! An entry of the notebook as a line of a list: the view that templates take, grouped by day.

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::ids::DocId;
use kept_core::model::time::{Due, Millis};
use kept_core::model::visit::{Usage, Visit};
use kept_core::notebook::{
    ApiResult, EntryKind, EntrySummary, PromiseSummary, SearchMatch, place_message, trust_message,
};

use super::icons;
use super::links::{account_href, promise_href};
use super::localizer::Localizer;

/// Everything of one day, newest first.
pub(super) struct DayGroup {
    pub(super) day: Due,
    pub(super) lines: Vec<EntryView>,
}

/// One entry.
pub(super) struct EntryView {
    pub(super) id: DocId,
    pub(super) at: Millis,
    /// Its author's name; empty while unknown.
    pub(super) by: String,
    pub(super) account: Option<DocId>,
    /// The customer's name; empty if there is none.
    pub(super) account_name: String,
    /// The doubt about its times, if they are not to be trusted.
    pub(super) doubt: Option<Message>,
    /// That more of it is on its way.
    pub(super) arriving: Option<Message>,
    /// True if it was written with the line above: then it says neither who nor where again.
    pub(super) continues: bool,
    /// The places in it that have what was looked for, where its name does not say it.
    pub(super) matches: Vec<SearchMatch>,
    /// True if it is a customer that is likely the same as another.
    pub(super) likely_same: bool,
    pub(super) body: EntryBody,
}

/// The content of a line.
pub(super) enum EntryBody {
    Account {
        phone: String,
    },
    Visit(Box<Visit>),
    Usage(Box<Usage>),
    Promise(Box<PromiseSummary>),
    /// A promise whose beginning has not arrived.
    Arriving,
}

impl EntryView {
    /// Reads what the list leaves out.
    pub(super) fn read(notebook: &Notebook, entry: EntrySummary) -> ApiResult<Self> {
        let body = match (entry.kind, entry.promise) {
            (EntryKind::Account, _) => EntryBody::Account { phone: entry.aside },
            (EntryKind::Visit, _) => EntryBody::Visit(Box::new(notebook.visit(entry.id)?)),
            (EntryKind::Usage, _) => EntryBody::Usage(Box::new(notebook.usage(entry.id)?)),
            (EntryKind::Promise, Some(promise)) => EntryBody::Promise(Box::new(promise)),
            (EntryKind::Promise, None) | (EntryKind::Person, _) => EntryBody::Arriving,
        };
        let (account, account_name) = match entry.kind {
            EntryKind::Account => (Some(entry.id), entry.text),
            _ => (entry.account, entry.account_name),
        };
        Ok(Self {
            id: entry.id,
            at: entry.at,
            by: entry.by,
            account,
            account_name,
            doubt: trust_message(entry.trust),
            arriving: entry.parts_words,
            continues: false,
            matches: matches_beside_names(entry.matches),
            likely_same: !entry.likely_same.is_empty(),
            body,
        })
    }

    /// Reads all lines of a list.
    pub(super) fn read_all(
        notebook: &Notebook,
        entries: Vec<EntrySummary>,
    ) -> ApiResult<Vec<Self>> {
        let lines = entries.into_iter();
        lines.map(|entry| Self::read(notebook, entry)).collect()
    }

    /// The address that the line opens; empty if it has neither a page nor a customer.
    pub(super) fn href(&self) -> String {
        match (&self.body, self.account) {
            (EntryBody::Promise(_) | EntryBody::Arriving, _) => promise_href(self.id),
            (EntryBody::Account { .. }, _) => account_href(self.id),
            (_, Some(account)) => format!("{}#e-{}", account_href(account), self.id),
            (_, None) => String::new(),
        }
    }

    /// The address of the customer's page; None if there is none.
    pub(super) fn account_href(&self) -> Option<String> {
        self.account.map(account_href)
    }
}

/// The matches beside those in names, which stand in the line as they are.
fn matches_beside_names(mut matches: Vec<SearchMatch>) -> Vec<SearchMatch> {
    matches.retain(|found| !["field-name", "field-account"].contains(&found.field.key.as_str()));
    matches
}

/// Groups a list that is sorted by time, and within a day what was written together.
pub(super) fn group_by_day(localizer: &Localizer, mut lines: Vec<EntryView>) -> Vec<DayGroup> {
    order_within_groups(&mut lines);
    let mut days: Vec<DayGroup> = Vec::new();
    for line in lines {
        let day = localizer.day_of(line.at);
        match days.last_mut() {
            Some(last) if last.day == day => last.lines.push(line),
            _ => days.push(DayGroup {
                day,
                lines: vec![line],
            }),
        }
    }
    days
}

/// Puts what one tap wrote in the order in which it is told: the visit, what was seen, what was promised.
fn order_within_groups(lines: &mut [EntryView]) {
    let with =
        |a: &EntryView, b: &EntryView| a.at == b.at && a.by == b.by && a.account == b.account;
    for written_together in lines.chunk_by_mut(with) {
        written_together.sort_by_key(|line| match line.body {
            EntryBody::Account { .. } => 0,
            EntryBody::Visit(_) => 1,
            EntryBody::Usage(_) => 2,
            EntryBody::Promise(_) | EntryBody::Arriving => 3,
        });
        for line in written_together.iter_mut().skip(1) {
            line.continues = line.doubt.is_none();
        }
    }
}

/// The plan, the stay and the place of a visit, and that nothing was promised, in one line; empty if none was noted.
pub(super) fn stay(localizer: &Localizer, visit: &Visit) -> String {
    let time = |label, at: Option<Millis>| at.map(|at| (label, localizer.instant(&at)));
    let place = visit.place.map(place_message);
    let nothing = Message::new("visit-nothing-promised");
    let facts = [
        time("field-planned-at", visit.planned_at),
        time("field-arrived-at", visit.arrived_at),
        time("field-left-at", visit.left_at),
        place.map(|place| ("field-place", localizer.message(&place))),
        visit
            .nothing_promised
            .then(|| ("field-nothing-promised", localizer.message(&nothing))),
    ];
    let facts = facts.into_iter().flatten();
    let facts: Vec<String> = facts
        .map(|(label, value)| {
            let fact = Message::new("field-fact").keyed("field", label);
            localizer.message(&fact.text("value", value))
        })
        .collect();
    facts.join(" · ")
}

/// The activity, its frequency and quantity, in one line.
pub(super) fn activity(usage: &Usage) -> String {
    let parts = [&usage.doing, &usage.frequency, &usage.quantity];
    let parts = parts.into_iter().map(|part| part.trim());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// The strength of the pain, from 0 to 3: never beyond the scale.
pub(super) fn pain(usage: &Usage) -> usize {
    usize::from(usage.pain.min(3))
}

/// The symbol of a promise's state.
pub(super) fn mark(promise: &PromiseSummary) -> &'static str {
    icons::icon_name(promise.mark)
}

/// The colours of a promise's state.
pub(super) fn tone(promise: &PromiseSummary) -> &'static str {
    icons::tone(promise.mark)
}

/// The sentence below a list that does not show all there is, None below others; `key` names its order.
pub(super) fn truncation_note(
    localizer: &Localizer,
    key: &'static str,
    shown: usize,
    all: u64,
) -> Option<String> {
    let all = usize::try_from(all).unwrap_or(usize::MAX);
    let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
    let words = Message::new(key)
        .number("shown", number(shown))
        .number("count", number(all));
    (shown < all).then(|| localizer.message(&words))
}

#[cfg(test)]
mod tests {
    use kept_core::language::Lang;

    use super::*;

    #[test]
    fn a_list_that_ends_early_says_so() {
        let localizer = Localizer::in_language(Lang::En);
        let told = |all| truncation_note(&localizer, "office-newest-of", 500, all);
        assert_eq!(told(500), None);
        let told = told(6_000).unwrap();
        assert!(told.starts_with("The newest 500 of 6"), "{told}");
        let localizer = Localizer::in_language(Lang::De);
        let told = truncation_note(&localizer, "office-first-of", 1, 2).unwrap();
        assert!(told.starts_with("Hier stehen die ersten 1 von 2"), "{told}");
    }
}
