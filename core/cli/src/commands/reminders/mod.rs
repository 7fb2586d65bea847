//! `kept reminders`: what rings when, and why. How it rings is in `watch`, which wait and which have rung in
//! `reminder_queue`.

mod reminder_queue;
mod watch;

use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::Subcommand;
use kept_core::language::{Lang, Message, message_text};
use kept_core::model::time::Millis;
use kept_core::notebook::{ApiResult, KeptError};
use kept_core::remind::Reminder;
use serde_json::json;

use crate::app::App;
use crate::display::reminders::print_reminders;
use crate::parse;
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  kept reminders                          what calls you now, and what rings within a day
  kept reminders --within 7d --json
  kept reminders --since 2h               and what rang in the last two hours
  kept reminders --watch                  show and ring them as they come
  kept reminders ack 0199a1b2-c3d4        seen: your other devices stay silent
  kept reminders ack 0199a1b2-c3d4 \"half time\""
)]
pub struct Args {
    /// How far to look ahead: 7d, 36h, 90m
    #[arg(long, value_name = "TIME", default_value = "1d")]
    within: String,
    /// Show what rang in this time as well: 2h, 90m
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Show and ring them as they come, until you press Ctrl-C
    #[arg(long, conflicts_with_all = ["within", "since"])]
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

/// The commands of reminders.
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
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    if let Some(Command::Ack(ack)) = args.command {
        let notebook = app.open()?;
        let promise = parse::find_entry(&notebook, "thing-promise", ack.promise)?;
        let seen = reminder_id(
            &notebook.reminders_of(promise)?,
            ack.reminder,
            notebook.now_ms()?,
        )?;
        notebook.acknowledge_reminder(promise, seen)?;
        if app.out.json {
            app.out.print_json(&json!({ "id": promise }))?;
        } else {
            app.out.print_message(&Message::new("cli-reminders-seen"));
        }
        return Ok(ExitCode::SUCCESS);
    }
    if args.watch {
        return watch::run(app);
    }
    let notebook = app.open()?;
    let within = parse::minutes("within", &args.within, 24 * 60)?;
    let mut reminders = notebook.my_calls()?;
    let horizon = i64::from(within) * 60_000;
    let ring = match args.since {
        Some(since) => {
            let minutes = parse::minutes("since", &since, 24 * 60)?;
            let since = notebook.now_ms()? - i64::from(minutes) * 60_000;
            notebook.due_reminders_since(since, horizon)?
        }
        None => notebook.due_reminders(horizon)?,
    };
    reminders.extend(ring);
    // A reminder of this very moment is both a call and a ring.
    let mut named = BTreeSet::new();
    reminders.retain(|reminder| named.insert(reminder.id.clone()));
    if app.out.json {
        app.out.print_json(&reminders)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(app, &notebook)?;
    if reminders.is_empty() {
        view.out.print_message(&Message::new("cli-reminders-none"));
    } else {
        print_reminders(&view, &reminders);
    }
    Ok(ExitCode::SUCCESS)
}

/// The reminder that is meant: the last that has rung and is called so, else the next. A name that is not among them
/// is for the notebook to judge, for a script may name what was seen already.
fn reminder_id(reminders: &[Reminder], named: Option<String>, now: Millis) -> ApiResult<String> {
    let is_meant = |reminder: &&Reminder| {
        let Some(name) = named.as_deref().map(str::trim) else {
            return true;
        };
        let called = [Lang::En, Lang::De].map(|lang| message_text(&reminder.rung_words, lang));
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
            Message::new("cli-reminders-none-of"),
        )),
    }
}
