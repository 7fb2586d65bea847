//! `kept sync`: one exchange with the server. What goes on with `--watch` is in `watch`.

mod watch;

use std::process::ExitCode;

use kept_core::notebook::{ApiResult, SyncReport};
use kept_core::words::Words;

use crate::folder::Desk;
use crate::progress::Progress;

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
pub fn run(desk: &Desk, args: &Args) -> ApiResult<ExitCode> {
    if let Some(proxy) = &args.proxy {
        let proxy = (proxy != "none").then(|| proxy.clone());
        desk.open()?.set_proxy(proxy)?;
    }
    if args.watch {
        return watch::run(desk);
    }
    let notebook = desk.open_to_call()?;
    let report = {
        let _progress = Progress::new(&desk.out, desk.out.text(&Words::new("cli-exchanging")));
        notebook.sync_now()?
    };
    if desk.out.json {
        desk.out.json(&report)?;
    } else {
        desk.out.line(line(desk, &report));
    }
    Ok(if report.forked || report.agrees == Some(false) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The report of a run in one line: the numbers of groups that moved, and what is wrong.
fn line(desk: &Desk, report: &SyncReport) -> String {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    if report.forked {
        return desk.out.text(&Words::new("status-forked"));
    }
    let mut said = vec![
        desk.out.text(
            &Words::new("cli-synced")
                .number("sent", count(report.sent))
                .number("received", count(report.received)),
        ),
    ];
    if report.held > 0 {
        let held = Words::new("status-held-groups").number("count", count(report.held));
        said.push(desk.out.text(&held));
    }
    if report.refused > 0 {
        let refused = Words::new("cli-refused-see-status").number("count", count(report.refused));
        said.push(desk.out.text(&refused));
    }
    if report.lacking > 0 {
        let lacking = Words::new("cli-lacking").number("count", count(report.lacking));
        said.push(desk.out.text(&lacking));
    }
    if report.agrees == Some(false) {
        said.push(desk.out.text(&Words::new("status-differs")));
    }
    said.join(" ")
}
