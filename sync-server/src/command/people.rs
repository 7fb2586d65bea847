//! `people`: lists the colleagues of the registry, and changes one.

use std::io::{BufRead, IsTerminal, Write};
use std::sync::Arc;

use clap::{Args, Subcommand};
use kept_core::Environment;
use kept_core::language::{Lang, Message, message_text, visible};
use kept_core::model::collation::compare;
use kept_core::model::ids::Team;
use kept_core::model::registry::{Colleague, Role};
use serde_json::json;

use super::args::CommonArgs;
use super::error::CommandError;
use super::output::{print_json, utc_text};
use crate::audit::AuditEvent;
use crate::enrol::PersonChange;
use crate::error::ServerError;
use crate::state::ServerState;

/// List everybody, or change what somebody does.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct PeopleArgs {
    #[command(flatten)]
    common: CommonArgs,
    #[command(subcommand)]
    command: Option<PeopleCommand>,
}

#[derive(Debug, Subcommand)]
enum PeopleCommand {
    /// Change what somebody does from now on, or say that they left or are back.
    Set(SetArgs),
}

/// Change what somebody does from now on, or say that they left or are back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kept-server people set Sam --role office --data ./kept
  kept-server people set Sam --team north --team south --pool service
  kept-server people set Sam --no-pools
  kept-server people set Sam --left
  kept-server people set Sam --back

What is not named stays as it is; what is named replaces what was before. What somebody
wrote until now is judged by what they were then.")]
struct SetArgs {
    /// What they are called.
    name: String,
    #[command(flatten)]
    common: CommonArgs,
    /// What they do.
    #[arg(long, value_parser = super::args::role())]
    role: Option<Role>,
    /// A team that they work in; may be given several times.
    #[arg(long = "team", value_name = "TEAM", value_parser = super::args::team, conflicts_with = "no_teams")]
    teams: Vec<Team>,
    /// They work in no team.
    #[arg(long)]
    no_teams: bool,
    /// Where they are on call; may be given several times.
    #[arg(long = "pool", value_name = "POOL", value_parser = super::args::team, conflicts_with = "no_pools")]
    pools: Vec<Team>,
    /// They are not on call.
    #[arg(long)]
    no_pools: bool,
    /// They left the company: the server does not serve their devices.
    #[arg(long, conflicts_with_all = ["role", "teams", "no_teams", "pools", "no_pools"])]
    left: bool,
    /// They work here again: their devices are served, and send what waited there.
    #[arg(long, conflicts_with = "left")]
    back: bool,
    /// Do it without asking, also if nobody is left who owns the company.
    #[arg(long)]
    anyway: bool,
}

impl SetArgs {
    fn run(
        self,
        lang: Lang,
        environment: Arc<dyn Environment>,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let named = |teams: Vec<Team>, none: bool| (none || !teams.is_empty()).then_some(teams);
        let change = PersonChange {
            role: self.role,
            teams: named(self.teams, self.no_teams),
            pools: named(self.pools, self.no_pools),
            works_here: (self.left || self.back).then_some(self.back),
        };
        let asks_nothing = change.role.is_none()
            && change.teams.is_none()
            && change.pools.is_none()
            && change.works_here.is_none();
        if asks_nothing {
            let such = "--role, --team, --pool, --left, --back";
            let told = Message::new("usage-nothing-to-change").text("such", such);
            return Err(CommandError::Usage(told));
        }
        let state = ServerState::open(&self.common.data, environment)?;
        let colleagues = state.colleagues().map_err(ServerError::from)?;
        if !self.anyway && change.leaves_no_owner(&colleagues, &self.name, state.now()) {
            confirm_without_owner(&self.name, self.common.json, lang)?;
        }
        let changed = state.change_person(&self.name, &change);
        let changed = changed.map_err(ServerError::from)?;
        state
            .audit()
            .record_command(&audit_event(&change, &changed));
        if self.common.json {
            return print_json(out, &json!(changed));
        }
        write_colleague(out, &changed)
    }
}

fn audit_event(change: &PersonChange, changed: &Colleague) -> AuditEvent {
    let word = match change.works_here {
        Some(true) => "person-back",
        Some(false) => "person-left",
        None => "person-changed",
    };
    with_colleague(AuditEvent::new(word), changed)
}

/// The audit event of a change, with the colleague as they are by then.
pub(super) fn with_colleague(audit_event: AuditEvent, colleague: &Colleague) -> AuditEvent {
    audit_event
        .with("person", &colleague.name)
        .with("role", colleague.role)
        .with("teams", names(&colleague.teams))
        .with("pools", names(&colleague.pools))
}

/// Asks on a terminal whether a company shall have no owner; elsewhere it is refused.
fn confirm_without_owner(name: &str, json: bool, lang: Lang) -> Result<(), CommandError> {
    let mut stderr = std::io::stderr();
    if !json && std::io::stdin().is_terminal() && stderr.is_terminal() {
        let question = Message::new("usage-last-owner-question").text("name", name);
        write!(stderr, "{} ", visible(&message_text(&question, lang)))?;
        stderr.flush()?;
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer)?;
        if ["y", "yes", "j", "ja"].contains(&answer.trim().to_lowercase().as_str()) {
            return Ok(());
        }
    }
    let words = Message::new("usage-last-owner").text("name", name);
    Err(CommandError::Usage(words))
}

impl PeopleArgs {
    pub(super) fn run(
        self,
        lang: Lang,
        environment: Arc<dyn Environment>,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        if let Some(PeopleCommand::Set(set)) = self.command {
            return set.run(lang, environment, out);
        }
        let state = ServerState::open(&self.common.data, environment)?;
        let mut colleagues = state.colleagues().map_err(ServerError::from)?;
        colleagues.sort_by(|one, other| compare(&one.name, &other.name));
        if self.common.json {
            return print_json(out, &json!(colleagues));
        }
        let mut colleagues = colleagues.iter();
        colleagues.try_for_each(|colleague| write_colleague(out, colleague))
    }
}

fn write_colleague(out: &mut dyn Write, colleague: &Colleague) -> Result<(), CommandError> {
    let left = colleague
        .to
        .map_or(String::new(), |to| format!("  left {}", utc_text(to)));
    let teams = names(&colleague.teams);
    let pools = match colleague.pools.as_slice() {
        [] => String::new(),
        pools => format!("  pools: {}", names(pools)),
    };
    Ok(writeln!(
        out,
        "{:<24} {:<10} {teams}{pools}{left}",
        visible(&colleague.name),
        colleague.role.name()
    )?)
}

fn names(teams: &[Team]) -> String {
    let names: Vec<&str> = teams.iter().map(Team::as_str).collect();
    names.join(", ")
}
