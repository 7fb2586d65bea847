//! `kept colleagues`: everybody in the company.

use std::process::ExitCode;

use kept_core::model::ids::Team;
use kept_core::notebook::{ApiResult, role_words};
use kept_core::words::Words;

use crate::folder::Desk;
use crate::output::Style;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept colleagues
  kept colleagues --json | jq -r '.[].name'")]
pub struct Args {}

/// Lists everybody.
pub fn run(desk: &Desk, _args: &Args) -> ApiResult<ExitCode> {
    let colleagues = desk.open()?.colleagues()?;
    if desk.out.json {
        desk.out.json(&colleagues)?;
        return Ok(ExitCode::SUCCESS);
    }
    if colleagues.is_empty() {
        desk.out.say(&Words::new("cli-no-colleagues"));
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
            Some(_) => desk.out.text(&Words::new("cli-left")),
            None => String::new(),
        };
        vec![
            (style, colleague.name.clone()),
            (
                Style::Plain,
                desk.out.text(&role_words(Some(colleague.role))),
            ),
            (Style::Plain, joined(&colleague.teams)),
            (Style::Plain, joined(&colleague.pools)),
            (Style::Quiet, gone),
        ]
    });
    let head = [
        Words::new("cli-head-name"),
        Words::new("cli-head-role"),
        Words::new("cli-head-teams"),
        Words::new("cli-head-pools"),
        Words::new("cli-head-nothing"),
    ];
    desk.out.table(&head, rows.collect());
    Ok(ExitCode::SUCCESS)
}
