//! An entry as it was at a moment: `--at` and `--known`, of `kept history` and `kept promise show`.

use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::model::ids::DocId;
use kept_core::model::time::Trust;
use kept_core::notebook::{ApiResult, PastBasis, PastEntry};

use crate::app::App;
use crate::display::promises::print_terms;
use crate::output::Style;
use crate::parse;
use crate::view::{View, excerpt};

/// At which moment something is looked at.
#[derive(Debug, clap::Args)]
pub struct MomentArgs {
    /// As it was then, by the clocks of those who wrote it
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
    /// Only what the server had by then
    #[arg(long, requires = "at")]
    known: bool,
}

impl MomentArgs {
    /// Shows a document as it was, if a moment was given.
    pub fn show(&self, app: &App, notebook: &Notebook, id: DocId) -> ApiResult<Option<ExitCode>> {
        let Some(at) = &self.at else {
            return Ok(None);
        };
        let view = View::new(app, notebook)?;
        let basis = match self.known {
            true => PastBasis::Known,
            false => PastBasis::Written,
        };
        let past = notebook.history_at(id, parse::moment(&view, at)?, basis)?;
        if app.out.json {
            app.out.print_json(&past)?;
        } else {
            print(&view, &past);
        }
        Ok(Some(ExitCode::SUCCESS))
    }
}

fn print(view: &View<'_>, past: &PastEntry) {
    let was = past.moment_message(&view.zone);
    view.out
        .print_styled(&[(Style::Quiet, view.out.text(&was))]);
    if let Some(promise) = &past.promise {
        print_terms(view, promise);
    }
    let rows = past.lines.iter().map(|line| {
        vec![
            (Style::Quiet, view.text(&line.label)),
            (Style::Plain, excerpt(&view.text(&line.value))),
            (Style::Strong, view.author_name(&line.by)),
            (Style::Quiet, line.device.clone()),
            (
                Style::Quiet,
                view.author_time_text(line.written_at, line.trust.unwrap_or(Trust::Good)),
            ),
        ]
    });
    view.out.print_table(&[], rows.collect());
    let later = view.text(&past.later_message());
    view.out.print_styled(&[(Style::Quiet, later)]);
}
