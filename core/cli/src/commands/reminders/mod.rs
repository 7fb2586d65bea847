//! `kept reminders`: what rings when, and why. How it rings is in `watch`, when it does in `bell`.

mod bell;
mod watch;

use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::Subcommand;
use kept_core::notebook::ApiResult;
use kept_core::remind::{Reminder, ReminderLevel};
use kept_core::words::{Words, finish};
use serde_json::json;

use crate::entering;
use crate::folder::Desk;
use crate::output::{Piece, Style};
use crate::show::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  kept reminders                          what calls you now, and what rings within a day
  kept reminders --within 7d --json
  kept reminders --watch                  show and ring them as they come
  kept reminders ack 0199a1b2-c3d4 half   seen: your other devices stay silent"
)]
pub struct Args {
    /// How far to look ahead: 7d, 36h, 90m
    #[arg(long, value_name = "TIME", default_value = "1d")]
    within: String,
    /// Show and ring them as they come, until you press Ctrl-C
    #[arg(long)]
    watch: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

impl Args {
    /// Whether it saves what people typed.
    pub fn saves(&self) -> bool {
        self.command.is_some()
    }
}

/// What can be done with reminders.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say that you have seen one, so that your other devices stay silent
    Ack(AckArgs),
}

/// The arguments of `ack`.
#[derive(Debug, clap::Args)]
pub struct AckArgs {
    /// The promise: id or beginning of an id
    promise: String,
    /// The rung, as `kept reminders` names it
    rung: String,
}

/// Shows, rings or acknowledges.
pub fn run(desk: &Desk, args: Args) -> ApiResult<ExitCode> {
    if let Some(Command::Ack(ack)) = args.command {
        let notebook = desk.open()?;
        let promise = entering::find(&notebook, "thing-promise", ack.promise)?;
        notebook.acknowledge_reminder(promise, ack.rung)?;
        if desk.out.json {
            desk.out.json(&json!({ "id": promise }))?;
        } else {
            desk.out.say(&Words::new("cli-reminders-seen"));
        }
        return Ok(ExitCode::SUCCESS);
    }
    if args.watch {
        return watch::run(desk);
    }
    let notebook = desk.open()?;
    let within = entering::minutes("within", &args.within, 24 * 60)?;
    let mut reminders = notebook.my_calls()?;
    reminders.extend(notebook.due_reminders(i64::from(within) * 60_000)?);
    // What comes at this very moment calls and rings.
    let mut named = BTreeSet::new();
    reminders.retain(|reminder| named.insert(reminder.id.clone()));
    if desk.out.json {
        desk.out.json(&reminders)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(desk, &notebook)?;
    if reminders.is_empty() {
        view.out.say(&Words::new("cli-reminders-none"));
    } else {
        table(&view, &reminders);
    }
    Ok(ExitCode::SUCCESS)
}

/// Reminders, one a row: when, what and why, which rung, of which promise.
pub(super) fn table(view: &View<'_>, reminders: &[Reminder]) {
    let head = [
        Words::new("cli-reminders-when"),
        Words::new("cli-reminders-why"),
        Words::new("cli-reminders-rung"),
        Words::new("cli-head-id"),
    ];
    let rows = reminders.iter().map(|reminder| {
        vec![
            (Style::Strong, view.when(reminder.at)),
            (style(reminder), why(view, reminder)),
            (Style::Copied, reminder.rung.clone()),
            view.id(reminder.promise),
        ]
    });
    view.out.table(&head, rows.collect());
}

/// A reminder as a line, for whoever watches.
fn line(view: &View<'_>, reminder: &Reminder) -> Vec<Piece> {
    let (_, id) = view.id(reminder.promise);
    vec![
        (style(reminder), why(view, reminder)),
        (Style::Quiet, format!("  {id} {}", reminder.rung)),
    ]
}

/// The sentence, what it speaks for as well, and what to do where time is too short.
fn why(view: &View<'_>, reminder: &Reminder) -> String {
    let mut text = view.text(&reminder.why);
    if !reminder.also.is_empty() {
        let also: Vec<String> = reminder.also.iter().map(|words| view.text(words)).collect();
        text.push_str(&format!(" ({})", also.join(", ")));
    }
    let asides = [
        (
            // What rings later is not late yet, whatever it will be then.
            reminder.already_late && reminder.at <= view.now,
            Words::new("remind-already-late"),
        ),
        (reminder.renegotiate, Words::new("remind-renegotiate")),
    ];
    for (_, words) in asides.into_iter().filter(|(holds, _)| *holds) {
        text = format!("{} {}", finish(text), view.text(&words));
    }
    text
}

fn style(reminder: &Reminder) -> Style {
    match reminder.level {
        _ if reminder.already_late => Style::Late,
        ReminderLevel::Pool | ReminderLevel::Office => Style::Late,
        ReminderLevel::Performer | ReminderLevel::Promiser => Style::Waiting,
    }
}
