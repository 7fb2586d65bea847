//! `kept today`: what others ask of me, what to tell customers, what is late, what is due.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::model::ids::DocId;
use kept_core::notebook::{AgendaGroup, AgendaKind, ApiResult, Notebook, PromiseSummary};
use serde::Serialize;

use crate::app::App;
use crate::view::View;

/// The number of promises that are read at once.
const AT_ONCE: usize = 500;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept today
  kept today --json | jq '.late | length'")]
pub struct Args {}

/// The promises of the agenda, as `--json` prints them.
#[derive(Debug, Default, Serialize)]
struct Today {
    not_counted: Vec<PromiseSummary>,
    asked_of_me: Vec<PromiseSummary>,
    tell_customer: Vec<PromiseSummary>,
    late: Vec<PromiseSummary>,
    due_today: Vec<PromiseSummary>,
    later: Vec<PromiseSummary>,
}

/// Shows the day.
pub fn run(app: &App, _args: &Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let today = Today::read(&notebook)?;
    if app.out.json {
        app.out.print_json(&today)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(app, &notebook)?;
    let sections = today.sections();
    for (heading, promises) in &sections {
        if !promises.is_empty() {
            view.out.print_heading(heading);
            view.print_promises(promises);
        }
    }
    if sections.iter().all(|(_, promises)| promises.is_empty()) {
        view.out.print_message(&Message::new("cli-today-nothing"));
    }
    Ok(ExitCode::SUCCESS)
}

impl Today {
    fn read(notebook: &Notebook) -> ApiResult<Self> {
        let overview = notebook.my_overview()?;
        let mut today = Self {
            not_counted: overview.not_counted,
            ..Self::default()
        };
        for AgendaGroup { group, ids } in overview.agenda {
            let promises = match group {
                AgendaKind::Late => &mut today.late,
                AgendaKind::AskedOfMe => &mut today.asked_of_me,
                AgendaKind::TellCustomer => &mut today.tell_customer,
                AgendaKind::DueToday => &mut today.due_today,
                AgendaKind::Later => &mut today.later,
            };
            *promises = summaries(notebook, &ids)?;
        }
        Ok(today)
    }

    fn sections(&self) -> [(Message, &[PromiseSummary]); 6] {
        [
            (Message::new("cli-today-not-counted"), &self.not_counted),
            (Message::new("cli-today-asked"), &self.asked_of_me),
            (Message::new("cli-today-tell"), &self.tell_customer),
            (Message::new("cli-today-late"), &self.late),
            (Message::new("cli-today-due"), &self.due_today),
            (Message::new("cli-today-later"), &self.later),
        ]
    }
}

fn summaries(notebook: &Notebook, ids: &[DocId]) -> ApiResult<Vec<PromiseSummary>> {
    let mut promises = Vec::with_capacity(ids.len());
    for ids in ids.chunks(AT_ONCE) {
        promises.extend(notebook.promise_summaries(ids.to_vec())?);
    }
    Ok(promises)
}
