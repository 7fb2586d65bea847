//! The display of promises, entries, ids and moments for people, the same in every command.

use kept_core::Notebook;
use kept_core::model::authored::Authorship;
use kept_core::model::ids::DocId;
use kept_core::model::time::{Due, Millis, Trust};
use kept_core::notebook::{
    AccountSummary, ApiResult, EntryKind, EntrySummary, Mark, Match, Me, PromiseSummary,
    trust_words,
};
use kept_core::words::{Words, finish, say_instant};

use crate::folder::Desk;
use crate::output::{Output, Piece, Style, on_one_line};

/// Characters of a text that a list shows.
const LISTED: usize = 100;

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
    pub fn new(desk: &'a Desk, notebook: &'a Notebook) -> ApiResult<Self> {
        Ok(Self {
            out: &desk.out,
            now: notebook.now_ms()?,
            zone: desk.zone(),
            me: notebook.me()?,
            notebook,
        })
    }

    /// Reads a date to promise, as it is typed here and now.
    pub fn read_due(&self, text: &str) -> ApiResult<Due> {
        self.notebook.read_due(text.to_owned(), None)
    }

    /// Reads when something happened, as it is typed here and now; in milliseconds since the epoch.
    pub fn read_moment(&self, text: &str) -> ApiResult<Millis> {
        self.notebook.read_moment(text.to_owned(), None)
    }

    /// A sentence with its dates as people say them.
    pub fn text(&self, words: &Words) -> String {
        self.out.text_at(words, self.now)
    }

    /// A moment as people say it.
    pub fn when(&self, at: Millis) -> String {
        say_instant(at, &self.zone, self.now, self.out.lang)
    }

    /// A moment of an author's clock, with the doubt if that cannot be trusted. In a notebook of one's own there is
    /// no other clock to compare with.
    pub fn when_by(&self, at: Millis, trust: Trust) -> String {
        let doubt = trust_words(trust).filter(|_| self.me.joined);
        match doubt {
            Some(doubt) => format!("{} ({})", self.when(at), self.text(&doubt)),
            None => self.when(at),
        }
    }

    /// The author's name; an author whom the registry does not know yet is said so.
    pub fn who(&self, by: &Authorship) -> String {
        // Before joining there is no other author.
        let by_me = !self.me.joined || by.person == Some(self.me.person);
        match (by.name.as_str(), by_me) {
            ("", true) => self.text(&Words::new("cli-me")),
            ("", false) => self.text(&Words::new("cli-unknown-person")),
            (name, _) => name.to_owned(),
        }
    }

    /// The shortest beginning of an id, in whole parts, that still means only this one.
    pub fn short(&self, id: DocId) -> String {
        let full = id.to_string();
        let means_it = |length: &&usize| {
            let beginning = full.get(..**length).unwrap_or(&full);
            self.notebook.find(beginning.to_owned()) == Ok(id)
        };
        let length = [13, 18, 23].iter().find(means_it);
        length
            .and_then(|length| full.get(..*length))
            .unwrap_or(&full)
            .to_owned()
    }

    /// An id in a table.
    pub fn id(&self, id: DocId) -> Piece {
        (Style::Copied, self.short(id))
    }

    /// The state of a promise: mark and words.
    pub fn state(&self, promise: &PromiseSummary) -> Piece {
        let late = promise.late_words.as_ref();
        let late = late.filter(|_| promise.mark == Mark::Late);
        let words = late.unwrap_or(&promise.state_words);
        let (style, mark) = self.mark(promise.mark);
        (style, format!("{mark} {}", self.text(words)))
    }

    fn mark(&self, mark: Mark) -> (Style, &'static str) {
        let (style, mark, plain) = match mark {
            Mark::Kept => (Style::Kept, "●", "[x]"),
            Mark::Accepted => (Style::Plain, "○", "( )"),
            Mark::Waiting => (Style::Waiting, "◷", "(~)"),
            Mark::NotAsked => (Style::Waiting, "◌", "(?)"),
            Mark::CounterOffered => (Style::Waiting, "↻", "(>)"),
            Mark::Late => (Style::Late, "⊖", "(-)"),
            Mark::Broken => (Style::Late, "⊘", "(/)"),
            Mark::NotConfirmed => (Style::Arriving, "◔", "(.)"),
            Mark::Disputed => (Style::Disputed, "◎", "(o)"),
            Mark::Quiet => (Style::Quiet, "·", " . "),
        };
        (style, if self.out.unicode { mark } else { plain })
    }

    /// The promise in a sentence: promiser, deliverable, customer, date and performer.
    pub fn sentence(&self, promise: &PromiseSummary) -> String {
        let sentences = [&promise.sentence, &promise.performer_words];
        on_one_line(&sentences.map(|words| finish(self.text(words))).join(" "))
    }

    /// Promises, one a row: state, sentence, id.
    pub fn promises(&self, promises: &[PromiseSummary]) {
        let rows = promises.iter().map(|promise| {
            vec![
                self.state(promise),
                (Style::Plain, self.sentence(promise)),
                self.unsent(promise.unsent),
                self.id(promise.id),
            ]
        });
        self.out.table(&[], rows.collect());
    }

    /// Entries, one a row: when, what, where, the text, who, id.
    pub fn entries(&self, entries: &[EntrySummary], with_account: bool) {
        let rows = entries
            .iter()
            .map(|entry| self.row(entry, with_account, self.entry_text(entry)));
        self.out.table(&[], rows.collect());
    }

    /// Prints the entries that a search found, one a row: in place of its text stands where it has what was looked
    /// for.
    pub fn found(&self, entries: &[EntrySummary]) {
        let rows = entries
            .iter()
            .map(|entry| self.row(entry, true, self.found_text(entry)));
        self.out.table(&[], rows.collect());
    }

    fn row(&self, entry: &EntrySummary, with_account: bool, text: String) -> Vec<Piece> {
        let mut row = vec![
            (Style::Quiet, self.when_by(entry.at, entry.trust)),
            (Style::Plain, self.text(&Words::new(thing(entry.kind)))),
        ];
        if with_account {
            row.push((Style::Strong, self.account_of(entry)));
        }
        row.push((Style::Plain, text));
        row.push((Style::Quiet, self.by(entry)));
        let (style, unsent) = self.unsent(entry.unsent);
        let marks = [unsent, self.likely_same_as(&entry.likely_same)];
        let marks: Vec<String> = marks.into_iter().filter(|mark| !mark.is_empty()).collect();
        row.push((style, marks.join(", ")));
        row.push(self.id(entry.id));
        row
    }

    /// The places where an entry has what was looked for, with it in brackets; what its name says is seen there.
    fn found_text(&self, entry: &EntrySummary) -> String {
        let plain = self.entry_text(entry);
        let elsewhere = entry.matches.iter().filter(|found| {
            let text: String = found
                .segments
                .iter()
                .map(|segment| segment.text.as_str())
                .collect();
            let is_name = ["field-name", "field-account"].contains(&found.field.key.as_str());
            !(is_name && text == self.account_of(entry))
        });
        let shown: Vec<String> = elsewhere.map(|found| self.marked(found)).collect();
        match (shown.is_empty(), entry.kind) {
            (true, _) => plain,
            (false, EntryKind::Promise) => format!("{plain}; {}", shown.join("; ")),
            (false, _) => shown.join("; "),
        }
    }

    fn marked(&self, found: &Match) -> String {
        let pieces = found.segments.iter().map(|segment| match segment.found {
            true => format!("[{}]", segment.text),
            false => segment.text.clone(),
        });
        let text = pieces.collect::<String>();
        format!("{}: {}", self.text(&found.field), on_one_line(text.trim()))
    }

    /// The accounts that are likely the same, in words; empty if none is.
    pub fn likely_same_as(&self, ids: &[DocId]) -> String {
        if ids.is_empty() {
            return String::new();
        }
        let ids: Vec<String> = ids.iter().map(|id| self.short(*id)).collect();
        self.text(&Words::new("cli-likely-same-as").text("ids", ids.join(", ")))
    }

    /// Names the accounts that are likely the same as the one that is shown.
    pub fn likely_same(&self, accounts: &[AccountSummary]) {
        for account in accounts {
            let mut named = vec![account.name.clone()];
            named.extend(Some(account.phone.clone()).filter(|phone| !phone.is_empty()));
            let words = Words::new("cli-likely-same")
                .text("name", named.join(", "))
                .text("id", self.short(account.id));
            self.out.pieces(&[(Style::Waiting, self.text(&words))]);
        }
    }

    fn account_of(&self, entry: &EntrySummary) -> String {
        match entry.kind {
            EntryKind::Account => entry.text.clone(),
            _ => entry.account_name.clone(),
        }
    }

    fn entry_text(&self, entry: &EntrySummary) -> String {
        let text = match (&entry.promise, entry.kind) {
            (Some(promise), _) => {
                let (_, state) = self.state(promise);
                let quoted = Words::new("office-quote").text("text", &entry.text);
                format!("{} {state}", self.text(&quoted))
            }
            (None, EntryKind::Account) => entry.aside.clone(),
            (None, EntryKind::Visit) => entry.text.clone(),
            (None, _) => match entry.pain {
                Some(pain) if pain > 0 => {
                    let pain = Words::new("cli-pain").number("pain", pain);
                    format!("{} ({})", entry.text, self.text(&pain))
                }
                _ => entry.text.clone(),
            },
        };
        let line = one_line(&text);
        match &entry.parts_words {
            Some(words) => format!("{line} ({})", self.text(words)),
            None => line,
        }
    }

    fn by(&self, entry: &EntrySummary) -> String {
        match (entry.by.as_str(), entry.by_me) {
            ("", true) => self.text(&Words::new("cli-me")),
            (name, _) => name.to_owned(),
        }
    }

    fn unsent(&self, unsent: bool) -> Piece {
        let text = if unsent {
            self.text(&Words::new("cli-unsent"))
        } else {
            String::new()
        };
        (Style::Quiet, text)
    }
}

fn thing(kind: EntryKind) -> &'static str {
    // words: thing-account thing-visit thing-usage thing-promise thing-person
    match kind {
        EntryKind::Account => "thing-account",
        EntryKind::Visit => "thing-visit",
        EntryKind::Usage => "thing-usage",
        EntryKind::Promise => "thing-promise",
        EntryKind::Person => "thing-person",
    }
}

/// A text as a list shows it: one line, cut where it is long.
pub fn one_line(text: &str) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(LISTED) {
        line.truncate(at);
        line.push('…');
    }
    line
}
