//! Entries, search matches and accounts that are likely the same.

use kept_core::language::Message;
use kept_core::model::ids::DocId;
use kept_core::notebook::{
    AccountSummary, EntryKind, EntrySummary, SearchMatch, entry_kind_message,
};

use crate::output::{Style, StyledText, joined_lines};
use crate::view::{View, excerpt};

impl View<'_> {
    /// Entries, one a row: when, what, where, the text, who, id.
    pub fn print_entries(&self, entries: &[EntrySummary], with_account: bool) {
        let rows = entries
            .iter()
            .map(|entry| self.entry_row(entry, with_account, self.entry_text(entry)));
        self.out.print_table(&[], rows.collect());
    }

    /// Prints the entries that a search found, one a row: in place of its text stands where it has what was looked
    /// for.
    pub fn print_matches(&self, entries: &[EntrySummary]) {
        let rows = entries
            .iter()
            .map(|entry| self.entry_row(entry, true, self.match_text(entry)));
        self.out.print_table(&[], rows.collect());
    }

    fn entry_row(&self, entry: &EntrySummary, with_account: bool, text: String) -> Vec<StyledText> {
        let mut row = vec![
            (Style::Quiet, self.author_time_text(entry.at, entry.trust)),
            (Style::Plain, self.text(&entry_kind_message(entry.kind))),
        ];
        if with_account {
            row.push((Style::Strong, self.account_name(entry)));
        }
        row.push((Style::Plain, text));
        row.push((Style::Quiet, self.entry_author(entry)));
        let (style, unsent) = self.unsent_cell(entry.unsent);
        let marks = [unsent, self.likely_same_text(&entry.likely_same)];
        let marks: Vec<String> = marks.into_iter().filter(|mark| !mark.is_empty()).collect();
        row.push((style, marks.join(", ")));
        row.push(self.id_cell(entry.id));
        row
    }

    /// The places where an entry has what was looked for, with it in brackets; what its name says is seen there.
    fn match_text(&self, entry: &EntrySummary) -> String {
        let plain = self.entry_text(entry);
        let elsewhere = entry.matches.iter().filter(|found| {
            let text: String = found
                .segments
                .iter()
                .map(|segment| segment.text.as_str())
                .collect();
            let is_name = ["field-name", "field-account"].contains(&found.field.key.as_str());
            !(is_name && text == self.account_name(entry))
        });
        let shown: Vec<String> = elsewhere.map(|found| self.bracketed(found)).collect();
        match (shown.is_empty(), entry.kind) {
            (true, _) => plain,
            (false, EntryKind::Promise) => format!("{plain}; {}", shown.join("; ")),
            (false, _) => shown.join("; "),
        }
    }

    fn bracketed(&self, found: &SearchMatch) -> String {
        let pieces = found.segments.iter().map(|segment| match segment.found {
            true => format!("[{}]", segment.text),
            false => segment.text.clone(),
        });
        let text = pieces.collect::<String>();
        format!("{}: {}", self.text(&found.field), joined_lines(text.trim()))
    }

    /// The accounts that are likely the same, in words; empty if none is.
    pub fn likely_same_text(&self, ids: &[DocId]) -> String {
        if ids.is_empty() {
            return String::new();
        }
        let ids: Vec<String> = ids.iter().map(|id| self.short_id(*id)).collect();
        self.text(&Message::new("cli-likely-same-as").text("ids", ids.join(", ")))
    }

    /// Names the accounts that are likely the same as the one that is shown.
    pub fn print_likely_same(&self, accounts: &[AccountSummary]) {
        for account in accounts {
            let mut named = vec![account.name.clone()];
            named.extend(Some(account.phone.clone()).filter(|phone| !phone.is_empty()));
            let message = Message::new("cli-likely-same")
                .text("name", named.join(", "))
                .text("id", self.short_id(account.id));
            self.out
                .print_styled(&[(Style::Waiting, self.text(&message))]);
        }
    }

    fn account_name(&self, entry: &EntrySummary) -> String {
        match entry.kind {
            EntryKind::Account => entry.text.clone(),
            _ => entry.account_name.clone(),
        }
    }

    fn entry_text(&self, entry: &EntrySummary) -> String {
        let text = match (&entry.promise, entry.kind) {
            (Some(promise), _) => {
                let (_, state) = self.state_cell(promise);
                let quotation = Message::new("quote").text("text", &entry.text);
                format!("{} {state}", self.text(&quotation))
            }
            (None, EntryKind::Account) => entry.aside.clone(),
            (None, EntryKind::Visit) => entry.text.clone(),
            (None, _) => match entry.pain {
                Some(pain) if pain > 0 => {
                    let pain = Message::new("cli-pain").number("pain", pain);
                    format!("{} ({})", entry.text, self.text(&pain))
                }
                _ => entry.text.clone(),
            },
        };
        let line = excerpt(&text);
        match &entry.parts_words {
            Some(message) => format!("{line} ({})", self.text(message)),
            None => line,
        }
    }

    fn entry_author(&self, entry: &EntrySummary) -> String {
        match (entry.by.as_str(), entry.by_me) {
            ("", true) => self.text(&Message::new("cli-me")),
            (name, _) => name.to_owned(),
        }
    }
}
