//! `kept colleagues`: everybody in the company.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::model::ids::Team;
use kept_core::notebook::{ApiResult, role_message};

use crate::app::App;
use crate::output::Style;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept colleagues
  kept colleagues --json | jq -r '.[].name'")]
pub struct Args {}

/// Lists everybody.
pub fn run(app: &App, _args: &Args) -> ApiResult<ExitCode> {
    let colleagues = app.open()?.colleagues()?;
    if app.out.json {
        app.out.print_json(&colleagues)?;
        return Ok(ExitCode::SUCCESS);
    }
    if colleagues.is_empty() {
        app.out.print_message(&Message::new("cli-no-colleagues"));
        return Ok(ExitCode::SUCCESS);
    }
    let joined = |teams: &[Team]| {
        let teams: Vec<&str> = teams.iter().map(Team::as_str).collect();
        teams.join(", ")
    };
    let rows = colleagues.iter().map(|colleague| {
        let style = match colleague.to {
            Some(_) => Style::Quiet,
            None => Style::Strong,
        };
        let gone = match colleague.to {
            Some(_) => app.out.text(&Message::new("cli-left")),
            None => String::new(),
        };
        vec![
            (style, colleague.name.clone()),
            (
                Style::Plain,
                app.out.text(&role_message(Some(colleague.role))),
            ),
            (Style::Plain, joined(&colleague.teams)),
            (Style::Plain, joined(&colleague.pools)),
            (Style::Quiet, gone),
        ]
    });
    let head = [
        Message::new("field-name"),
        Message::new("cli-head-role"),
        Message::new("cli-head-teams"),
        Message::new("cli-head-pools"),
        Message::new("cli-head-nothing"),
    ];
    app.out.print_table(&head, rows.collect());
    Ok(ExitCode::SUCCESS)
}
