//! Promises: in a list, their terms, what is next, and why they stand as they do.

use kept_core::language::{Message, dates, with_full_stop};
use kept_core::notebook::{
    EventLine, Promise, PromiseExplanation, PromiseLink, PromiseSummary, promise_action_message,
};

use crate::output::{Style, StyledText};
use crate::view::View;

impl View<'_> {
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
}

/// Prints the answer of the record, and the warnings.
pub fn print_advice(view: &View<'_>, answer: Option<&Message>, warnings: &[Message]) {
    if let Some(answer) = answer {
        view.out.print_styled(&[(Style::Quiet, view.text(answer))]);
    }
    for message in warnings {
        view.out.print_styled(&[(Style::Late, view.text(message))]);
    }
}

/// Prints what to notice, what to tell the customer, and who has to move next.
pub fn print_next(view: &View<'_>, promise: &Promise) {
    print_flags(view, &promise.summary);
    for message in promise.tell.iter().chain([&promise.next_words]) {
        view.out.print_line(with_full_stop(view.text(message)));
    }
    for (key, other) in [
        ("cli-writes-again", promise.predecessor),
        ("cli-written-again-by", promise.successor),
    ] {
        // messages: cli-writes-again cli-written-again-by
        if let Some(id) = other {
            let label = view.text(&Message::new(key));
            view.out.print_line(format!("{label} {id}"));
        }
    }
    for link in promise.makes_right.iter().chain(&promise.made_right_by) {
        print_link(view, link);
    }
    if promise.may_make_right && promise.next_words.key == "next-make-right" {
        let how = Message::new("cli-right-how").text("id", view.short_id(promise.summary.id));
        view.out.print_styled(&[(Style::Quiet, view.text(&how))]);
    }
}

/// Prints what may be done about a promise now, the likeliest first, and whom to call.
pub fn print_actions(view: &View<'_>, promise: &Promise) {
    let names = promise.actions.iter().copied().map(promise_action_message);
    let names: Vec<String> = names.map(|name| view.text(&name)).collect();
    if !names.is_empty() {
        let actions = Message::new("cli-promise-actions").text("actions", names.join(" · "));
        view.out
            .print_styled(&[(Style::Quiet, view.text(&actions))]);
    }
    for call in &promise.calls {
        let line = Message::new("cli-promise-call")
            .text("name", &call.name)
            .text("number", &call.number);
        view.out.print_styled(&[(Style::Quiet, view.text(&line))]);
    }
}

/// The number, time, author and words of an event; grey where it does not count.
pub fn event_row(view: &View<'_>, number: usize, event: &EventLine) -> Vec<StyledText> {
    let style = |style| if event.counts { style } else { Style::Quiet };
    vec![
        (Style::Quiet, format!("{}.", number + 1)),
        (Style::Quiet, view.author_time_text(event.at, event.trust)),
        (style(Style::Strong), view.author_name(&event.by)),
        (style(Style::Plain), view.text(&event.words)),
    ]
}

/// Prints why a promise is in its state: the rules that matched, then event by event.
pub fn print_why(view: &View<'_>, why: &PromiseExplanation) {
    view.out.print_styled(&[view.state_cell(&why.summary)]);
    view.out
        .print_styled(&[(Style::Strong, view.promise_sentence(&why.summary))]);
    print_flags(view, &why.summary);
    view.out.print_line(view.text(&why.outcome_words));
    view.out.print_line(view.text(&why.work_words));
    view.out.print_heading(&Message::new("field-event"));
    let rows = why.events.iter().enumerate().map(|(n, line)| {
        let mut row = event_row(view, n, &line.event);
        row.push((Style::Quiet, format!("→ {}", view.text(&line.words))));
        row
    });
    view.out.print_table(&[], rows.collect());
}

/// Prints the state of a promise, its terms, and the words in which it was told.
pub fn print_terms(view: &View<'_>, promise: &Promise) {
    let summary = &promise.summary;
    view.out.print_styled(&[view.state_cell(summary)]);
    view.out.print_styled(&[
        (Style::Strong, view.promise_sentence(summary)),
        (Style::Quiet, format!("  {}", summary.id)),
    ]);
    if !promise.spoken.is_empty() {
        let exact = |due| dates::format_due_in_full_for(due, &view.out.reader(view.now));
        // A date that was told too late is measured against the date before it.
        let moved = promise.owes_another_date();
        // messages: cli-spoken cli-spoken-too-late
        let key = if moved {
            "cli-spoken-too-late"
        } else {
            "cli-spoken"
        };
        let message = Message::new(key)
            .text("words", &promise.spoken)
            .text("told", exact(&summary.due))
            .text("due", exact(&promise.owed));
        view.out.print_line(view.text(&message));
    }
    if !summary.criterion.is_empty() {
        let criterion = Message::new("cli-criterion").text("criterion", &summary.criterion);
        view.out.print_line(view.text(&criterion));
    }
}

/// Another promise that belongs to one, and how it stands.
fn print_link(view: &View<'_>, link: &PromiseLink) {
    let mut pieces = vec![(Style::Plain, view.text(&link.words))];
    if let Some(summary) = &link.summary {
        let (style, state) = view.state_cell(summary);
        pieces.push((style, format!("  {state}")));
    }
    pieces.push((Style::Quiet, format!("  {}", link.id)));
    view.out.print_styled(&pieces);
}

fn print_flags(view: &View<'_>, promise: &PromiseSummary) {
    for flag in &promise.flag_words {
        view.out.print_styled(&[(Style::Waiting, view.text(flag))]);
    }
}
