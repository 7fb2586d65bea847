//! `kept reminders --watch`: shows and rings reminders as they come.
//!
//! The notebook is open only while it is asked, so that other commands can use the folder. Between, this waits
//! for the next reminder or for a change of the files. A machine that was asleep is noticed within a while.

use std::process::ExitCode;
use std::time::Duration;

use kept_core::limits::LOCK_WAIT_MS;
use kept_core::model::time::{DAY_MS, Millis};
use kept_core::notebook::{ApiResult, KeptError};
use kept_core::remind::Reminder;
use kept_core::words::Words;

use super::bell::Bell;
use super::line;
use crate::folder::{Desk, open};
use crate::show::View;
use crate::watching::{changed, fingerprint, stopped, unexpected};

/// The time ahead for which the notebook is asked, in milliseconds.
const AHEAD: i64 = DAY_MS;
/// The longest wait before the clock is looked at: timers stand still while a machine sleeps.
const AT_MOST: Duration = Duration::from_secs(30);

/// Goes on until it is told to stop.
pub fn run(desk: &Desk) -> ApiResult<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| unexpected(&e))?;
    runtime.block_on(watch(desk))
}

async fn watch(desk: &Desk) -> ApiResult<ExitCode> {
    let mut bell = Bell::default();
    let mut stop = std::pin::pin!(stopped()?);
    if !desk.out.json {
        desk.out.say(&Words::new("cli-reminders-watching"));
    }
    loop {
        let seen = fingerprint(&desk.folder);
        // Another command may hold the folder longer than one waits: what is known rings all the same.
        let now = match look(desk, &mut bell) {
            Err(KeptError::Busy) => desk.now(),
            looked => looked?,
        };
        let pause = bell.next_at().map_or(AT_MOST, |at| {
            let left = u64::try_from(at.saturating_sub(now)).unwrap_or(0);
            Duration::from_millis(left).min(AT_MOST)
        });
        tokio::select! {
            () = &mut stop => return Ok(ExitCode::SUCCESS),
            () = changed(&desk.folder, seen) => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Rings what is due, and asks the notebook anew. Returns the present moment.
fn look(desk: &Desk, bell: &mut Bell) -> ApiResult<Millis> {
    let notebook = open(desk.folder.clone(), LOCK_WAIT_MS)?;
    let now = notebook.now_ms()?;
    // Reminders that were due before this look and still stand ring now.
    let mut ring = bell.ring(now);
    ring.extend(bell.call(notebook.my_calls()?));
    bell.set(notebook.due_reminders(AHEAD)?);
    let view = View::new(desk, &notebook)?;
    for reminder in ring {
        tell(desk, &view, &reminder)?;
    }
    Ok(now)
}

fn tell(desk: &Desk, view: &View<'_>, reminder: &Reminder) -> ApiResult<()> {
    if desk.out.json {
        return desk.out.json(reminder);
    }
    desk.out.ring();
    desk.out.pieces(&line(view, reminder));
    Ok(())
}
