//! `kept sync --watch`: exchanges whenever something moved, here or on the server.
//!
//! The notebook is open only during an exchange, so that other commands can use the folder. Between
//! exchanges it waits for a poke of the server, for a change of the files, or for a while. A stream of
//! pokes on which not even the server's heart beats is given up by the transport after 30 s.

use std::path::Path;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use kept_core::SystemEnvironment;
use kept_core::environment::random_bytes;
use kept_core::limits::LOCK_WAIT_MS;
use kept_core::notebook::{ApiResult, KeptError, SyncReport, Watcher};

use super::line;
use crate::folder::{Desk, open};
use crate::watching::{Fingerprint, changed, fingerprint, stopped, unexpected};

/// Exchange at least this often, so that the office knows that we are here.
const AT_LEAST: Duration = Duration::from_secs(60);
/// How long one exchange may take.
const BUDGET_MS: u32 = 10 * 60 * 1000;
/// The first and the longest pause after a failure, in milliseconds.
const PAUSE_MS: (u64, u64) = (1_000, 60_000);

/// Goes on until it is told to stop.
pub fn run(desk: &Desk) -> ApiResult<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| unexpected(&e))?;
    let done = runtime.block_on(watch(desk));
    // An exchange that is stuck in a system call is not waited for; what it wrote is durable.
    runtime.shutdown_background();
    done
}

async fn watch(desk: &Desk) -> ApiResult<ExitCode> {
    let mut told = Told::default();
    let mut watcher = None;
    let mut failures = 0;
    let mut stop = std::pin::pin!(stopped()?);
    loop {
        let pause = match exchange(desk, &mut watcher, stop.as_mut()).await {
            Ok(None) => return Ok(ExitCode::SUCCESS),
            Ok(Some(report)) => {
                failures = 0;
                told.report(desk, &report)?;
                if report.forked {
                    return Ok(ExitCode::FAILURE);
                }
                None
            }
            Err(error) => Some(told.failure(desk, error, &mut failures)?),
        };
        let seen = fingerprint(&desk.folder);
        tokio::select! {
            () = &mut stop => return Ok(ExitCode::SUCCESS),
            () = wait(pause, watcher.as_mut(), &desk.folder, seen) => {}
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
        tokio::time::sleep(pause.unwrap_or(AT_LEAST)).await;
        return;
    };
    tokio::select! {
        () = poked(watcher) => {}
        () = changed(folder, seen) => {}
        () = tokio::time::sleep(AT_LEAST) => {}
    }
}

/// Returns when the server says that something moved; a stream that breaks is opened again, each time
/// after a longer pause.
async fn poked(watcher: &mut Watcher) {
    let mut failures = 0;
    while watcher.wait().await.is_err() {
        tokio::time::sleep(backoff(failures)).await;
        failures += 1;
    }
}

/// Opens the notebook, exchanges, and closes it again. None if somebody asked to stop meanwhile.
async fn exchange(
    desk: &Desk,
    watcher: &mut Option<Watcher>,
    mut stop: Pin<&mut impl Future<Output = ()>>,
) -> ApiResult<Option<SyncReport>> {
    let folder = desk.folder.clone();
    let opened = tokio::task::spawn_blocking(move || open(folder, LOCK_WAIT_MS));
    let notebook = tokio::select! {
        opened = opened => Arc::new(opened.map_err(|e| unexpected(&e))??),
        () = &mut stop => return Ok(None),
    };
    if watcher.is_none() {
        *watcher = Some(notebook.watcher()?);
    }
    let run = notebook.start_sync();
    let mut finish = std::pin::pin!(run.finish(BUDGET_MS));
    tokio::select! {
        report = &mut finish => Ok(Some(report?)),
        () = &mut stop => {
            run.stop();
            // What was moved until now stays moved; how far that was does not matter any more.
            let _ = finish.await;
            Ok(None)
        }
    }
}

/// What was said last, so that a long failure is said once.
#[derive(Default)]
struct Told {
    failing: bool,
    started: bool,
}

impl Told {
    fn report(&mut self, desk: &Desk, report: &SyncReport) -> ApiResult<()> {
        let moved = report.sent + report.received + report.held + report.refused > 0;
        let worth_saying = moved || report.forked || self.failing || !self.started;
        self.failing = false;
        self.started = true;
        if !worth_saying {
            return Ok(());
        }
        if desk.out.json {
            return desk.out.json(report);
        }
        desk.out.line(line(desk, report));
        Ok(())
    }

    /// Says a failure once, and how long to wait; hands it back if waiting does not help.
    fn failure(
        &mut self,
        desk: &Desk,
        error: KeptError,
        failures: &mut u32,
    ) -> ApiResult<Duration> {
        if !matches!(
            error,
            KeptError::Offline { .. } | KeptError::Busy | KeptError::UnderWay
        ) {
            return Err(error);
        }
        if !self.failing {
            desk.out.error(&error);
            self.failing = true;
        }
        let pause = backoff(*failures);
        *failures = failures.saturating_add(1);
        Ok(pause)
    }
}

/// A pause that doubles with each failure, and of which chance decides the second half, so that many
/// devices do not come back at once.
fn backoff(failures: u32) -> Duration {
    let (first, longest) = PAUSE_MS;
    let full = first.saturating_mul(1 << failures.min(16)).min(longest);
    let chance = u64::from(u32::from_be_bytes(random_bytes(&SystemEnvironment)));
    Duration::from_millis(full / 2 + full / 2 * chance / u64::from(u32::MAX))
}
