//! The words for promises, ids, people and moments, the same in every command.

use kept_core::Notebook;
use kept_core::language::{Message, format_instant, with_full_stop};
use kept_core::model::authored::Authorship;
use kept_core::model::ids::DocId;
use kept_core::model::time::{Due, Millis, Trust};
use kept_core::notebook::{ApiResult, Me, PromiseMark, PromiseSummary, trust_message};

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
            ("", false) => self.text(&Message::new("thing-somebody")),
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

    /// The mark of what is not sent yet, in a table.
    pub fn unsent_cell(&self, unsent: bool) -> StyledText {
        let text = if unsent {
            self.text(&Message::new("cli-unsent"))
        } else {
            String::new()
        };
        (Style::Quiet, text)
    }

    /// The state of a promise: mark and words.
    pub fn state_cell(&self, promise: &PromiseSummary) -> StyledText {
        let (style, mark) = self.mark_symbol(promise.mark);
        (style, format!("{mark} {}", self.text(&promise.state_words)))
    }

    /// The symbol of a mark, with its colour; in ASCII where the terminal shows no more.
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
