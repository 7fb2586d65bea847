//! One line of a list: an entry of the notebook as the templates take it, grouped by day.

use std::fmt::Display;

use kept_core::Notebook;
use kept_core::model::ids::DocId;
use kept_core::model::time::{Due, Millis, Trust};
use kept_core::model::visit::{Channel, Usage, UsageKind, Visit};
use kept_core::notebook::{ApiResult, EntryKind, EntrySummary, Match, PromiseSummary};
use kept_core::words::Words;

use super::marks;
use super::say::Say;

/// Everything of one day, newest first.
pub(super) struct Day {
    pub(super) day: Due,
    pub(super) lines: Vec<Line>,
}

/// One entry.
pub(super) struct Line {
    pub(super) id: DocId,
    pub(super) at: Millis,
    /// Its author's name; empty while unknown.
    pub(super) by: String,
    pub(super) account: Option<DocId>,
    /// The customer's name; empty if there is none.
    pub(super) account_name: String,
    /// The doubt about its times, if they are not to be trusted.
    pub(super) doubt: Option<&'static str>,
    /// That more of it is on its way.
    pub(super) arriving: Option<Words>,
    /// True if it was written with the line above: then it says neither who nor where again.
    pub(super) continues: bool,
    /// The places in it that have what was looked for, where its name does not say it.
    pub(super) matches: Vec<Match>,
    /// True if it is a customer that is likely the same as another.
    pub(super) likely_same: bool,
    pub(super) body: Body,
}

/// The content of a line.
pub(super) enum Body {
    Account {
        phone: String,
    },
    Visit(Box<Visit>),
    Usage(Box<Usage>),
    Promise(Box<PromiseSummary>),
    /// A promise whose beginning has not arrived.
    Arriving,
}

impl Line {
    /// Reads what the list leaves out.
    pub(super) fn read(notebook: &Notebook, entry: EntrySummary) -> ApiResult<Self> {
        let body = match (entry.kind, entry.promise) {
            (EntryKind::Account, _) => Body::Account { phone: entry.aside },
            (EntryKind::Visit, _) => Body::Visit(Box::new(notebook.visit(entry.id)?)),
            (EntryKind::Usage, _) => Body::Usage(Box::new(notebook.usage(entry.id)?)),
            (EntryKind::Promise, Some(promise)) => Body::Promise(Box::new(promise)),
            (EntryKind::Promise, None) | (EntryKind::Person, _) => Body::Arriving,
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
            doubt: doubt(entry.trust),
            arriving: entry.parts_words,
            continues: false,
            matches: elsewhere(entry.matches),
            likely_same: !entry.likely_same.is_empty(),
            body,
        })
    }

    /// Reads all lines of a list.
    pub(super) fn all(notebook: &Notebook, entries: Vec<EntrySummary>) -> ApiResult<Vec<Self>> {
        let lines = entries.into_iter();
        lines.map(|entry| Self::read(notebook, entry)).collect()
    }

    /// The address that the line opens; empty if it has neither a page nor a customer.
    pub(super) fn href(&self) -> String {
        match (&self.body, self.account) {
            (Body::Promise(_) | Body::Arriving, _) => promise_href(self.id),
            (Body::Account { .. }, _) => account_href(self.id),
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
fn elsewhere(mut matches: Vec<Match>) -> Vec<Match> {
    matches.retain(|found| !["field-name", "field-account"].contains(&found.field.key.as_str()));
    matches
}

/// The address of an account's page.
pub(super) fn account_href(account: impl Display) -> String {
    format!("/accounts/{account}")
}

/// The address of a promise's page.
pub(super) fn promise_href(promise: impl Display) -> String {
    format!("/promises/{promise}")
}

/// Groups a list that is sorted by time, and within a day what was written together.
pub(super) fn by_day(say: &Say, mut lines: Vec<Line>) -> Vec<Day> {
    together(&mut lines);
    let mut days: Vec<Day> = Vec::new();
    for line in lines {
        let day = say.day_of(line.at);
        match days.last_mut() {
            Some(last) if last.day == day => last.lines.push(line),
            _ => days.push(Day {
                day,
                lines: vec![line],
            }),
        }
    }
    days
}

/// Puts what one tap wrote in the order in which it is told: the visit, what was seen, what was promised.
fn together(lines: &mut [Line]) {
    let with = |a: &Line, b: &Line| a.at == b.at && a.by == b.by && a.account == b.account;
    for tap in lines.chunk_by_mut(with) {
        tap.sort_by_key(|line| match line.body {
            Body::Account { .. } => 0,
            Body::Visit(_) => 1,
            Body::Usage(_) => 2,
            Body::Promise(_) | Body::Arriving => 3,
        });
        for line in tap.iter_mut().skip(1) {
            line.continues = line.doubt.is_none();
        }
    }
}

/// The catalogue's key for the doubt about a time; None for one that is to be trusted.
pub(super) fn doubt(trust: Trust) -> Option<&'static str> {
    match trust {
        Trust::Good => None,
        Trust::Drifting => Some("trust-drifting"),
        Trust::Unknown => Some("trust-unknown"),
    }
}

/// The catalogue's key for the channel of a meeting.
pub(super) fn channel(channel: &Channel) -> &'static str {
    match channel {
        Channel::OnSite => "office-channel-on-site",
        Channel::Call => "office-channel-call",
        Channel::Video => "office-channel-video",
        Channel::Text => "office-channel-message",
        Channel::Event => "office-channel-event",
    }
}

/// The catalogue's key for the kind of an observation.
pub(super) fn usage_kind(usage: &Usage) -> &'static str {
    match usage.kind {
        UsageKind::Use => "office-kind-usage",
        UsageKind::Need => "office-kind-need",
    }
}

/// The activity, its frequency and quantity, in one line.
pub(super) fn doing(usage: &Usage) -> String {
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
    marks::name(promise.mark)
}

/// The colours of a promise's state.
pub(super) fn tone(promise: &PromiseSummary) -> &'static str {
    marks::tone(promise.mark)
}

/// The sentence below a list that does not show all there is, None below others; `key` names its order.
pub(super) fn cut(say: &Say, key: &'static str, shown: usize, all: u64) -> Option<String> {
    let all = usize::try_from(all).unwrap_or(usize::MAX);
    let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
    let words = Words::new(key)
        .number("shown", number(shown))
        .number("count", number(all));
    (shown < all).then(|| say.words(&words))
}

#[cfg(test)]
mod tests {
    use kept_core::words::Lang;

    use super::*;

    #[test]
    fn a_list_that_ends_early_says_so() {
        let say = Say::in_language(Lang::En);
        let told = |all| cut(&say, "office-newest-of", 500, all);
        assert_eq!(told(500), None);
        let told = told(6_000).unwrap();
        assert!(told.starts_with("The newest 500 of 6"), "{told}");
        let say = Say::in_language(Lang::De);
        let told = cut(&say, "office-first-of", 1, 2).unwrap();
        assert!(told.starts_with("Hier stehen die ersten 1 von 2"), "{told}");
    }
}
