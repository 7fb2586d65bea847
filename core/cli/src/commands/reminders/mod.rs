//! `kept reminders`: what rings when, and why. How it rings is in `watch`, when it does in `bell`.

mod bell;
mod watch;

use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::Subcommand;
use kept_core::model::time::Millis;
use kept_core::notebook::{ApiResult, KeptError};
use kept_core::remind::{Reminder, ReminderLevel};
use kept_core::words::{Lang, Words, finish, words_text};
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
  kept reminders ack 0199a1b2-c3d4        seen: your other devices stay silent
  kept reminders ack 0199a1b2-c3d4 \"half time\""
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
    /// True if it saves what people typed.
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
    /// The reminder, as `kept reminders` names it [default: the last that rang, else the next]
    reminder: Option<String>,
}

/// Shows, rings or acknowledges.
pub fn run(desk: &Desk, args: Args) -> ApiResult<ExitCode> {
    if let Some(Command::Ack(ack)) = args.command {
        let notebook = desk.open()?;
        let promise = entering::find(&notebook, "thing-promise", ack.promise)?;
        let seen = which(
            &notebook.reminders_of(promise)?,
            ack.reminder,
            notebook.now_ms()?,
        )?;
        notebook.acknowledge_reminder(promise, seen)?;
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
    // A reminder of this very moment is both a call and a ring.
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

/// The reminder that is meant: the last that has rung and is called so, else the next. A name that is not among them
/// is for the notebook to judge, for a script may name what was seen already.
fn which(reminders: &[Reminder], named: Option<String>, now: Millis) -> ApiResult<String> {
    let is_meant = |reminder: &&Reminder| {
        let Some(name) = named.as_deref().map(str::trim) else {
            return true;
        };
        let called = [Lang::En, Lang::De].map(|lang| words_text(&reminder.rung_words, lang));
        let called = called
            .iter()
            .any(|called| called.eq_ignore_ascii_case(name));
        called || reminder.rung == name || reminder.id == name
    };
    let mut rung = reminders.iter().filter(|reminder| reminder.at <= now);
    let mut ahead = reminders.iter().filter(|reminder| reminder.at > now);
    let meant = rung.rfind(is_meant).or_else(|| ahead.find(is_meant));
    match (meant, named) {
        (Some(reminder), _) => Ok(reminder.id.clone()),
        (None, Some(name)) => Ok(name),
        (None, None) => Err(KeptError::invalid(
            "reminder",
            Words::new("cli-reminders-none-of"),
        )),
    }
}

/// Reminders, one a row: when, what and why, what it is called, of which promise.
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
            (Style::Quiet, view.text(&reminder.rung_words)),
            view.id(reminder.promise),
        ]
    });
    view.out.table(&head, rows.collect());
}

/// A reminder as a line, for the person who watches.
fn line(view: &View<'_>, reminder: &Reminder) -> Vec<Piece> {
    let (_, id) = view.id(reminder.promise);
    let called = view.text(&reminder.rung_words);
    vec![
        (style(reminder), why(view, reminder)),
        (Style::Quiet, format!("  {id} ({called})")),
    ]
}

/// The sentence, what it speaks for as well, and what stands behind it.
fn why(view: &View<'_>, reminder: &Reminder) -> String {
    let mut text = view.text(&reminder.why);
    if !reminder.also.is_empty() {
        let also: Vec<String> = reminder.also.iter().map(|words| view.text(words)).collect();
        text.push_str(&format!(" ({})", also.join(", ")));
    }
    for remark in &reminder.remarks {
        text = format!("{} {}", finish(text), view.text(remark));
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
