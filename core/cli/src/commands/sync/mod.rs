//! `kept sync`: one exchange with the server; `watch` has those that go on.

mod watch;

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::notebook::{ApiResult, Notebook, NotebookEvent, SyncReport};

use crate::app::{App, exit_code};
use crate::display::sync_report::report_line;
use crate::progress::Progress;
use crate::watch::unexpected_error;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept sync
  kept sync --watch      go on until Ctrl-C: send what is written here, fetch what comes
  kept sync --proxy http://proxy.example:3128
  kept sync --proxy none

Without a network the exit code is 1, the reason is said, and everything waits here for the next time; --watch
goes on through that. A proxy that the system knows is used only where it is named: with --proxy, which is kept,
or in KEPT_PROXY, which is not and goes first.")]
pub struct Args {
    /// Go on: send within seconds what other commands write, fetch what the server announces
    #[arg(long)]
    watch: bool,
    /// Reach the server through this proxy from now on, http://[name:password@]host[:port]; “none” for directly
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
}

/// Synchronises.
pub fn run(app: &App, args: &Args) -> ApiResult<ExitCode> {
    if let Some(proxy) = &args.proxy {
        let proxy = (proxy != "none").then(|| proxy.clone());
        app.open()?.set_proxy(proxy)?;
    }
    if args.watch {
        return watch::run(app);
    }
    let notebook = app.open_for_server()?;
    let report = exchange(app, &notebook)?;
    if app.out.json {
        app.out.print_json(&report)?;
    } else {
        app.out.print_line(report_line(app, &report));
    }
    Ok(exit_code(!report.forked && report.agrees != Some(false)))
}

/// Synchronises once, and shows the progress meanwhile.
fn exchange(app: &App, notebook: &Notebook) -> ApiResult<SyncReport> {
    let mut progress = Progress::new(&app.out, app.out.text(&Message::new("cli-exchanging")));
    let events = notebook.events();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|e| unexpected_error(&e))?;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while let Some(event) = runtime.block_on(events.next()) {
                if let NotebookEvent::Progress { done, of } = event {
                    progress.update(done, of);
                }
            }
        });
        let report = notebook.sync_now();
        events.stop();
        report
    })
}
