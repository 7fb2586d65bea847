//! Reminders: in a list, and as a line for a person who watches.

use kept_core::language::{Message, with_full_stop};
use kept_core::remind::{Reminder, ReminderLevel};

use crate::output::{Style, StyledText};
use crate::view::View;

/// Reminders, one a row: when, what and why, what it is called, of which promise.
pub fn print_reminders(view: &View<'_>, reminders: &[Reminder]) {
    let head = [
        Message::new("field-happened-at"),
        Message::new("cli-reminders-why"),
        Message::new("cli-reminders-rung"),
        Message::new("field-id"),
    ];
    let rows = reminders.iter().map(|reminder| {
        vec![
            (Style::Strong, view.time_text(reminder.at)),
            (reminder_style(reminder), reason_text(view, reminder)),
            (Style::Quiet, view.text(&reminder.rung_words)),
            view.id_cell(reminder.promise),
        ]
    });
    view.out.print_table(&head, rows.collect());
}

/// A reminder as a line, for the person who watches.
pub fn reminder_line(view: &View<'_>, reminder: &Reminder) -> Vec<StyledText> {
    let (_, id) = view.id_cell(reminder.promise);
    let called = view.text(&reminder.rung_words);
    vec![
        (reminder_style(reminder), reason_text(view, reminder)),
        (Style::Quiet, format!("  {id} ({called})")),
    ]
}

/// The sentence, what it speaks for as well, and what stands behind it.
fn reason_text(view: &View<'_>, reminder: &Reminder) -> String {
    let mut text = view.text(&reminder.why);
    if !reminder.also.is_empty() {
        let also: Vec<String> = reminder
            .also
            .iter()
            .map(|message| view.text(message))
            .collect();
        text.push_str(&format!(" ({})", also.join(", ")));
    }
    for remark in &reminder.remarks {
        text = format!("{} {}", with_full_stop(text), view.text(remark));
    }
    text
}

fn reminder_style(reminder: &Reminder) -> Style {
    match reminder.level {
        _ if reminder.already_late => Style::Late,
        ReminderLevel::Pool | ReminderLevel::Office => Style::Late,
        ReminderLevel::Performer | ReminderLevel::Promiser => Style::Waiting,
    }
}
