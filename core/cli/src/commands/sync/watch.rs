//! `kept sync --watch`: exchanges whenever something moved, here or on the server.
//!
//! The notebook is open only during an exchange, so that other commands can use the folder. Between
//! exchanges it waits for a poke of the server, for a change of the files, or for a while. A stream of
//! pokes on which not even the server's heart beats is given up by the transport after 30 s.
//!
//! It goes on after any answer: portals, proxies, full disks and untrusted certificates are waited out. Only a
//! server that says that this device is signed out, or too old, ends it.

use std::path::Path;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use kept_core::SystemEnvironment;
use kept_core::environment::random_bytes;
use kept_core::language::{Message, MessageValue};
use kept_core::limits::LOCK_WAIT_MS;
use kept_core::notebook::{ApiResult, KeptError, SyncReport, Watcher};

use crate::app::{App, open_for_server};
use crate::display::sync_report::report_line;
use crate::watch::{Fingerprint, fingerprint, folder_changed, stop_signal, unexpected_error};

/// Exchange at least this often, so that the office knows that we are here.
const EXCHANGE_INTERVAL: Duration = Duration::from_secs(60);
/// The longest time of one exchange, in milliseconds.
const BUDGET_MS: u32 = 10 * 60 * 1000;
/// The first and the longest pause after a failure, in milliseconds.
const BACKOFF_MS: (u64, u64) = (1_000, 60_000);

/// Goes on until it is told to stop.
pub fn run(app: &App) -> ApiResult<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| unexpected_error(&e))?;
    let done = runtime.block_on(watch(app));
    // An exchange that is stuck in a system call is not waited for; what it wrote is durable.
    runtime.shutdown_background();
    done
}

async fn watch(app: &App) -> ApiResult<ExitCode> {
    let mut last_reported = LastReported::default();
    let mut watcher = None;
    let mut failures = 0;
    let mut stop = std::pin::pin!(stop_signal()?);
    loop {
        let pause = match exchange(app, &mut watcher, stop.as_mut()).await {
            Ok(None) => return Ok(ExitCode::SUCCESS),
            Ok(Some(report)) => {
                failures = 0;
                last_reported.report(app, &report)?;
                // Its time was over, and there is more to do.
                if report.stopped {
                    continue;
                }
                None
            }
            Err(error) => Some(last_reported.failure(app, error, &mut failures)?),
        };
        let seen = fingerprint(&app.folder);
        tokio::select! {
            () = &mut stop => return Ok(ExitCode::SUCCESS),
            () = wait(pause, watcher.as_mut(), &app.folder, seen) => {}
        }
    }
}

/// Waits for a poke, for a change of the files, or for a while; after a failure for its pause.
async fn wait(
    pause: Option<Duration>,
    watcher: Option<&mut Watcher>,
    folder: &Path,
    seen: Fingerprint,
) {
    let (Some(watcher), None) = (watcher, pause) else {
        tokio::time::sleep(pause.unwrap_or(EXCHANGE_INTERVAL)).await;
        return;
    };
    tokio::select! {
        () = server_notified(watcher) => {}
        () = folder_changed(folder, seen) => {}
        () = tokio::time::sleep(EXCHANGE_INTERVAL) => {}
    }
}

/// Returns when the server says that something moved; a stream that breaks is opened again, each time
/// after a longer pause.
async fn server_notified(watcher: &mut Watcher) {
    let mut failures = 0;
    while watcher.wait().await.is_err() {
        tokio::time::sleep(backoff(failures)).await;
        failures += 1;
    }
}

/// Opens the notebook, exchanges, and closes it again. None if the user asked to stop meanwhile.
async fn exchange(
    app: &App,
    watcher: &mut Option<Watcher>,
    mut stop: Pin<&mut impl Future<Output = ()>>,
) -> ApiResult<Option<SyncReport>> {
    let folder = app.folder.clone();
    let opened = tokio::task::spawn_blocking(move || open_for_server(folder, LOCK_WAIT_MS));
    let notebook = tokio::select! {
        opened = opened => Arc::new(opened.map_err(|e| unexpected_error(&e))??),
        () = &mut stop => return Ok(None),
    };
    if watcher.is_none() {
        *watcher = Some(notebook.watcher()?);
    }
    let run = notebook.clone().prepare_sync();
    let mut finish = std::pin::pin!(run.run_within(BUDGET_MS));
    tokio::select! {
        report = &mut finish => Ok(Some(report?)),
        () = &mut stop => {
            run.stop();
            // Groups that were moved until now stay moved; their number does not matter any more.
            let _ = finish.await;
            Ok(None)
        }
    }
}

/// The messages that were said last, so that a long failure is said once.
#[derive(Default)]
struct LastReported {
    /// The failure that was said last, in words.
    failing: Option<Message>,
    forked: bool,
    started: bool,
}

impl LastReported {
    fn report(&mut self, app: &App, report: &SyncReport) -> ApiResult<()> {
        let moved = report.sent + report.received + report.held + report.refused > 0;
        let forked = std::mem::replace(&mut self.forked, report.forked);
        let is_news = moved || report.forked != forked || self.failing.is_some() || !self.started;
        self.failing = None;
        self.started = true;
        if !is_news {
            return Ok(());
        }
        if app.out.json {
            return app.out.print_json(report);
        }
        app.out.print_line(report_line(app, report));
        Ok(())
    }

    /// Says a failure once, and how long to wait; hands it back if waiting does not help.
    fn failure(&mut self, app: &App, error: KeptError, failures: &mut u32) -> ApiResult<Duration> {
        if !is_waited_out(&error) {
            return Err(error);
        }
        let message = error.message();
        if self.failing.as_ref().map(|said| &said.key) != Some(&message.key)
            || cause(self.failing.as_ref()) != cause(Some(&message))
        {
            app.out.print_error(&error);
        }
        self.failing = Some(message);
        let pause = backoff(*failures);
        *failures = failures.saturating_add(1);
        Ok(pause)
    }
}

/// True if a failure may be over the next time. One that may not is said to a person: that the server does not let
/// this device in, or one of both is too old, or this folder holds no notebook that can be used.
fn is_waited_out(error: &KeptError) -> bool {
    match error {
        KeptError::SignedOut | KeptError::NeedsJoin | KeptError::NotFound { .. } => false,
        KeptError::Invalid { reason, .. } => {
            !matches!(reason.key.as_str(), "error-version" | "error-proxy")
        }
        KeptError::Storage { .. } => !error.is_mended_by_rebuilding(),
        KeptError::Offline { .. }
        | KeptError::Busy
        | KeptError::SyncRunning
        | KeptError::Unexpected { .. }
        | KeptError::Closed => true,
    }
}

/// The reason that a sentence names; None if it names none.
fn cause(message: Option<&Message>) -> Option<&MessageValue> {
    let why = message?.args.iter().find(|arg| arg.name == "why")?;
    Some(&why.value)
}

/// A pause that doubles with each failure, and of which chance decides the second half, so that many
/// devices do not come back at once.
fn backoff(failures: u32) -> Duration {
    let (first, longest) = BACKOFF_MS;
    let full = first.saturating_mul(1 << failures.min(16)).min(longest);
    let chance = u64::from(u32::from_be_bytes(random_bytes(&SystemEnvironment)));
    Duration::from_millis(full / 2 + full / 2 * chance / u64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use kept_core::notebook::StorageProblem;

    use super::*;

    #[test]
    fn a_file_that_another_exchange_does_not_mend_ends_the_watch() {
        let storage = |problem| KeptError::storage(problem, Message::new("error-damaged"));
        assert!(!is_waited_out(&storage(StorageProblem::Damaged)));
        assert!(!is_waited_out(&storage(StorageProblem::WrongKey)));
        assert!(is_waited_out(&storage(StorageProblem::Full)));
        assert!(is_waited_out(&KeptError::Busy));
    }
}
