//! `kept reminders --watch`: shows and rings reminders as they come.
//!
//! The notebook is open only while it is asked, so that other commands can use the folder. Between, this waits
//! for the next reminder or for a change of the files. A machine that was asleep is noticed within a while.

use std::process::ExitCode;
use std::time::Duration;

use kept_core::language::Message;
use kept_core::limits::LOCK_WAIT_MS;
use kept_core::model::time::{DAY_MS, Millis};
use kept_core::notebook::{ApiResult, KeptError};
use kept_core::remind::Reminder;

use super::reminder_queue::ReminderQueue;
use crate::app::{App, open};
use crate::display::reminders::reminder_line;
use crate::view::View;
use crate::watch::{fingerprint, folder_changed, stop_signal, unexpected_error};

/// The time ahead for which the notebook is asked, in milliseconds.
const LOOK_AHEAD_MS: i64 = DAY_MS;
/// The longest wait before the clock is looked at: timers stand still while a machine sleeps.
const MAX_SLEEP: Duration = Duration::from_secs(30);

/// Goes on until it is told to stop.
pub fn run(app: &App) -> ApiResult<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| unexpected_error(&e))?;
    runtime.block_on(watch(app))
}

async fn watch(app: &App) -> ApiResult<ExitCode> {
    let mut reminder_queue = ReminderQueue::default();
    let mut stop = std::pin::pin!(stop_signal()?);
    if !app.out.json {
        app.out
            .print_message(&Message::new("cli-reminders-watching"));
    }
    loop {
        let seen = fingerprint(&app.folder);
        // Another command may hold the folder longer than one waits: what is known rings all the same.
        let now = match refresh(app, &mut reminder_queue) {
            Err(KeptError::Busy) => app.out.now(),
            looked => looked?,
        };
        let pause = reminder_queue.next_at().map_or(MAX_SLEEP, |at| {
            let left = u64::try_from(at.saturating_sub(now)).unwrap_or(0);
            Duration::from_millis(left).min(MAX_SLEEP)
        });
        tokio::select! {
            () = &mut stop => return Ok(ExitCode::SUCCESS),
            () = folder_changed(&app.folder, seen) => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Rings what is due, and asks the notebook anew. Returns the present moment.
fn refresh(app: &App, reminder_queue: &mut ReminderQueue) -> ApiResult<Millis> {
    let notebook = open(app.folder.clone(), LOCK_WAIT_MS)?;
    let now = notebook.now_ms()?;
    // Reminders that were due before this look and still stand ring now.
    let mut ring = reminder_queue.take_due(now);
    ring.extend(reminder_queue.take_calls(notebook.my_calls()?));
    reminder_queue.replace_waiting(notebook.due_reminders(LOOK_AHEAD_MS)?);
    let view = View::new(app, &notebook)?;
    for reminder in ring {
        print_reminder(app, &view, &reminder)?;
    }
    Ok(now)
}

fn print_reminder(app: &App, view: &View<'_>, reminder: &Reminder) -> ApiResult<()> {
    if app.out.json {
        return app.out.print_json(reminder);
    }
    app.out.ring_bell();
    app.out.print_styled(&reminder_line(view, reminder));
    Ok(())
}
