//! The display of promises, entries, ids and moments for people, the same in every command.

use kept_core::Notebook;
use kept_core::language::{Message, format_instant, with_full_stop};
use kept_core::model::authored::Authorship;
use kept_core::model::ids::DocId;
use kept_core::model::time::{Due, Millis, Trust};
use kept_core::notebook::{
    AccountSummary, ApiResult, EntryKind, EntrySummary, Me, PromiseMark, PromiseSummary,
    SearchMatch, trust_message,
};

use crate::app::App;
use crate::output::{Output, Style, StyledText, joined_lines};

/// Characters of a text that a list shows.
const MAX_EXCERPT: usize = 100;

/// A notebook as one command shows it, at one moment.
pub struct View<'a> {
    /// The output.
    pub out: &'a Output,
    /// The present moment.
    pub now: Millis,
    /// The zone to say times in.
    pub zone: String,
    notebook: &'a Notebook,
    me: Me,
}

impl<'a> View<'a> {
    /// Looks at a notebook now.
    pub fn new(app: &'a App, notebook: &'a Notebook) -> ApiResult<Self> {
        Ok(Self {
            out: &app.out,
            now: notebook.now_ms()?,
            zone: app.zone(),
            me: notebook.me()?,
            notebook,
        })
    }

    /// Reads a date to promise, as it is typed here and now.
    pub fn parse_typed_due(&self, text: &str) -> ApiResult<Due> {
        self.notebook.parse_typed_due(text.to_owned(), None)
    }

    /// Reads when something happened, as it is typed here and now; in milliseconds since the epoch.
    pub fn parse_typed_moment(&self, text: &str) -> ApiResult<Millis> {
        self.notebook.parse_typed_moment(text.to_owned(), None)
    }

    /// A sentence with its dates as people say them.
    pub fn text(&self, message: &Message) -> String {
        self.out.text_at(message, self.now)
    }

    /// A moment as people say it.
    pub fn time_text(&self, at: Millis) -> String {
        format_instant(at, &self.zone, self.now, self.out.lang)
    }

    /// A moment of an author's clock, with the doubt if that cannot be trusted. In a notebook of one's own there is
    /// no other clock to compare with.
    pub fn author_time_text(&self, at: Millis, trust: Trust) -> String {
        let doubt = trust_message(trust).filter(|_| self.me.joined);
        match doubt {
            Some(doubt) => format!("{} ({})", self.time_text(at), self.text(&doubt)),
            None => self.time_text(at),
        }
    }

    /// The author's name; an author whom the registry does not know yet is said so.
    pub fn author_name(&self, by: &Authorship) -> String {
        // Before joining there is no other author.
        let by_me = !self.me.joined || by.person == Some(self.me.person);
        match (by.name.as_str(), by_me) {
            ("", true) => self.text(&Message::new("cli-me")),
            ("", false) => self.text(&Message::new("cli-unknown-person")),
            (name, _) => name.to_owned(),
        }
    }

    /// The shortest beginning of an id, in whole parts, that still means only this one.
    pub fn short_id(&self, id: DocId) -> String {
        let full = id.to_string();
        let means_it = |length: &&usize| {
            let beginning = full.get(..**length).unwrap_or(&full);
            self.notebook.find_document(beginning.to_owned()) == Ok(id)
        };
        let length = [13, 18, 23].iter().find(means_it);
        length
            .and_then(|length| full.get(..*length))
            .unwrap_or(&full)
            .to_owned()
    }

    /// An id in a table.
    pub fn id_cell(&self, id: DocId) -> StyledText {
        (Style::Copied, self.short_id(id))
    }

    /// The state of a promise: mark and words.
    pub fn state_cell(&self, promise: &PromiseSummary) -> StyledText {
        let late = promise.late_words.as_ref();
        let late = late.filter(|_| promise.mark == PromiseMark::Late);
        let message = late.unwrap_or(&promise.state_words);
        let (style, mark) = self.mark_symbol(promise.mark);
        (style, format!("{mark} {}", self.text(message)))
    }

    fn mark_symbol(&self, mark: PromiseMark) -> (Style, &'static str) {
        let (style, mark, plain) = match mark {
            PromiseMark::Kept => (Style::Kept, "●", "[x]"),
            PromiseMark::Accepted => (Style::Plain, "○", "( )"),
            PromiseMark::Waiting => (Style::Waiting, "◷", "(~)"),
            PromiseMark::NotAsked => (Style::Waiting, "◌", "(?)"),
            PromiseMark::CounterOffered => (Style::Waiting, "↻", "(>)"),
            PromiseMark::Late => (Style::Late, "⊖", "(-)"),
            PromiseMark::Broken => (Style::Late, "⊘", "(/)"),
            PromiseMark::NotConfirmed => (Style::Arriving, "◔", "(.)"),
            PromiseMark::Disputed => (Style::Disputed, "◎", "(o)"),
            PromiseMark::Quiet => (Style::Quiet, "·", " . "),
        };
        (style, if self.out.unicode { mark } else { plain })
    }

    /// The promise in a sentence: promiser, deliverable, customer, date and performer.
    pub fn promise_sentence(&self, promise: &PromiseSummary) -> String {
        let sentences = [&promise.sentence, &promise.performer_words];
        joined_lines(
            &sentences
                .map(|message| with_full_stop(self.text(message)))
                .join(" "),
        )
    }

    /// Promises, one a row: state, sentence, id.
    pub fn print_promises(&self, promises: &[PromiseSummary]) {
        let rows = promises.iter().map(|promise| {
            vec![
                self.state_cell(promise),
                (Style::Plain, self.promise_sentence(promise)),
                self.unsent_cell(promise.unsent),
                self.id_cell(promise.id),
            ]
        });
        self.out.print_table(&[], rows.collect());
    }

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
            (
                Style::Plain,
                self.text(&Message::new(entry_kind_key(entry.kind))),
            ),
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
                let quotation = Message::new("office-quote").text("text", &entry.text);
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

    fn unsent_cell(&self, unsent: bool) -> StyledText {
        let text = if unsent {
            self.text(&Message::new("cli-unsent"))
        } else {
            String::new()
        };
        (Style::Quiet, text)
    }
}

fn entry_kind_key(kind: EntryKind) -> &'static str {
    // messages: thing-account thing-visit thing-usage thing-promise thing-person
    match kind {
        EntryKind::Account => "thing-account",
        EntryKind::Visit => "thing-visit",
        EntryKind::Usage => "thing-usage",
        EntryKind::Promise => "thing-promise",
        EntryKind::Person => "thing-person",
    }
}

/// A text as a list shows it: one line, cut where it is long.
pub fn excerpt(text: &str) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(MAX_EXCERPT) {
        line.truncate(at);
        line.push('…');
    }
    line
}
