//! `kept sync --watch`: exchanges whenever something moved, here or on the server.
//!
//! The notebook rests between exchanges, so that other commands can use the folder. Until the next one it waits for
//! the watch on the server, for a change of the files, or, after a failure, for a while.
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
use kept_core::notebook::{ApiResult, KeptError, Notebook, ServerWatch, SyncReport};
use kept_core::sync::retries::pause_before_trying_again;

use crate::app::{App, open_for_server};
use crate::display::sync_report::report_line;
use crate::watch::{Fingerprint, fingerprint, folder_changed, stop_signal, unexpected_error};

/// The time until the next exchange where no watch says when.
const EXCHANGE_INTERVAL: Duration = Duration::from_secs(60);
/// The longest time of one exchange, in milliseconds.
const BUDGET_MS: u32 = 10 * 60 * 1000;

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
    let mut contact = Contact::default();
    let mut failures = 0;
    let mut stop = std::pin::pin!(stop_signal()?);
    loop {
        let pause = match exchange(app, &mut contact, stop.as_mut()).await {
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
            () = wait(pause, &contact, &app.folder, seen) => {}
        }
    }
}

/// The things that stay between two exchanges: the notebook, which rests, and the watch on its server.
#[derive(Default)]
struct Contact {
    notebook: Option<Arc<Notebook>>,
    watch: Option<Arc<ServerWatch>>,
}

/// Waits until the server has news, for a change of the files, or for a while; after a failure for its pause.
async fn wait(pause: Option<Duration>, contact: &Contact, folder: &Path, seen: Fingerprint) {
    let (Some(server), None) = (&contact.watch, pause) else {
        tokio::time::sleep(pause.unwrap_or(EXCHANGE_INTERVAL)).await;
        return;
    };
    tokio::select! {
        // An error of the watch is that of the next exchange as well, which says it.
        _ = server.next() => {}
        () = folder_changed(folder, seen) => {}
    }
}

/// Exchanges, and lets the notebook rest again. None if the user asked to stop meanwhile.
async fn exchange(
    app: &App,
    contact: &mut Contact,
    mut stop: Pin<&mut impl Future<Output = ()>>,
) -> ApiResult<Option<SyncReport>> {
    let notebook = match &contact.notebook {
        Some(known) => Arc::clone(known),
        None => {
            let folder = app.folder.clone();
            let opened = tokio::task::spawn_blocking(move || open_for_server(folder, LOCK_WAIT_MS));
            let opened = tokio::select! {
                opened = opened => opened.map_err(|e| unexpected_error(&e))??,
                () = &mut stop => return Ok(None),
            };
            Arc::clone(contact.notebook.insert(Arc::new(opened)))
        }
    };
    let outcome = run_once(&notebook, contact, stop).await;
    notebook.pause()?;
    outcome
}

async fn run_once(
    notebook: &Arc<Notebook>,
    contact: &mut Contact,
    mut stop: Pin<&mut impl Future<Output = ()>>,
) -> ApiResult<Option<SyncReport>> {
    if contact.watch.is_none() {
        contact.watch = Some(Arc::clone(notebook).watch()?);
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
        let chance = u32::from_be_bytes(random_bytes(&SystemEnvironment));
        let pause = pause_before_trying_again(*failures, chance);
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
