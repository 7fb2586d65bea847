//! The report of an exchange.

use kept_core::language::Message;
use kept_core::notebook::SyncReport;

use crate::app::App;

/// The report of a run in one line: the numbers of groups that moved, and what is wrong.
pub fn report_line(app: &App, report: &SyncReport) -> String {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    if report.forked {
        return app.out.text(&Message::new("status-forked"));
    }
    let mut sentences = vec![
        app.out.text(
            &Message::new("cli-synced")
                .number("sent", count(report.sent))
                .number("received", count(report.received)),
        ),
    ];
    if report.held > 0 {
        let held = Message::new("status-held-groups").number("count", count(report.held));
        sentences.push(app.out.text(&held));
    }
    if report.refused > 0 {
        let refused = Message::new("cli-refused-see-status").number("count", count(report.refused));
        sentences.push(app.out.text(&refused));
    }
    if report.lacking > 0 {
        let lacking = Message::new("cli-lacking").number("count", count(report.lacking));
        sentences.push(app.out.text(&lacking));
    }
    if report.agrees == Some(false) {
        sentences.push(app.out.text(&Message::new("status-differs")));
    }
    sentences.join(" ")
}
