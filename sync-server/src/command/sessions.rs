//! `sessions`: who is signed in to the office, and the end of that.

use std::io::Write;
use std::sync::Arc;

use clap::{Args, Subcommand};
use kept_core::Environment;
use kept_core::language::Message;
use kept_core::model::registry::Colleague;
use kept_help::visible_word;
use serde_json::{Value, json};

use super::args::CommonArgs;
use super::error::CommandError;
use super::output::{print_json, utc_text};
use crate::audit::AuditEvent;
use crate::error::ServerError;
use crate::log::Session;
use crate::state::ServerState;

/// List who is signed in to the office, or end that.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct SessionsArgs {
    #[command(flatten)]
    common: CommonArgs,
    #[command(subcommand)]
    command: Option<SessionsCommand>,
}

#[derive(Debug, Subcommand)]
enum SessionsCommand {
    /// List who is signed in to the office.
    List(ListSessionsArgs),
    /// End a session, or all of them; who was signed in needs a new link.
    End(EndArgs),
}

/// List who is signed in to the office.
#[derive(Debug, Args)]
struct ListSessionsArgs {
    #[command(flatten)]
    common: CommonArgs,
}

/// End a session, or all of them; who was signed in needs a new link.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kept-server sessions                    # the ids
  kept-server sessions end 3f9a0c11d2e4
  kept-server sessions end Ann            # all that Ann has
  kept-server sessions end --all")]
struct EndArgs {
    /// The session's id, or whose sessions.
    #[arg(required_unless_present = "all")]
    session: Option<String>,
    /// All sessions of everybody.
    #[arg(long, conflicts_with = "session")]
    all: bool,
    #[command(flatten)]
    common: CommonArgs,
}

impl SessionsArgs {
    pub(super) fn run(
        self,
        environment: Arc<dyn Environment>,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        match self.command {
            Some(SessionsCommand::End(end)) => end.run(environment, out),
            Some(SessionsCommand::List(list)) => write_all(&list.common, environment, out),
            None => write_all(&self.common, environment, out),
        }
    }
}

impl EndArgs {
    fn run(
        self,
        environment: Arc<dyn Environment>,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let state = ServerState::open(&self.common.data, environment)?;
        let mut sessions = state.sessions().map_err(ServerError::from)?;
        if let Some(named) = &self.session {
            sessions.retain(|(session, whose)| session.id() == *named || whose.name == *named);
            if sessions.is_empty() {
                let told = Message::new("usage-no-session").text("text", visible_word(named));
                return Err(CommandError::Usage(told));
            }
        }
        let records: Vec<Session> = sessions
            .iter()
            .map(|(session, _)| session.clone())
            .collect();
        state.end_sessions(&records).map_err(ServerError::from)?;
        for (session, whose) in &sessions {
            state
                .audit()
                .record_command(&AuditEvent::session_ended(session, whose));
        }
        if self.common.json {
            let ended: Vec<Value> = sessions.iter().map(value).collect();
            return print_json(out, &json!({ "ended": ended }));
        }
        for (session, whose) in &sessions {
            let whose = visible_word(&whose.name);
            writeln!(out, "{whose}: signed out of {}.", origin_text(session))?;
        }
        if sessions.is_empty() {
            writeln!(out, "Nobody was signed in.")?;
        }
        Ok(())
    }
}

fn write_all(
    common: &CommonArgs,
    environment: Arc<dyn Environment>,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    let state = ServerState::open(&common.data, environment)?;
    let sessions = state.sessions().map_err(ServerError::from)?;
    if common.json {
        return print_json(out, &Value::from_iter(sessions.iter().map(value)));
    }
    for (session, whose) in &sessions {
        writeln!(
            out,
            "{:<24} {}  since {}  last used {}  {}",
            visible_word(&whose.name),
            session.id(),
            known(session.since),
            known(session.used),
            origin_text(session)
        )?;
    }
    if sessions.is_empty() {
        writeln!(out, "Nobody is signed in to the office.")?;
    }
    Ok(())
}

fn value((session, whose): &(Session, Colleague)) -> Value {
    json!({
        "id": session.id(),
        "person": whose.name,
        "since": Some(session.since).filter(|since| *since > 0),
        "used": Some(session.used).filter(|used| *used > 0),
        "expires": session.expires,
        "address": session.address,
        "browser": session.browser,
    })
}

/// An instant; an older server noted none.
fn known(at: i64) -> String {
    if at > 0 { utc_text(at) } else { "?".to_owned() }
}

/// The origin of a session, in words where nothing of it is known.
fn origin_text(session: &Session) -> String {
    match session.origin() {
        origin if origin.is_empty() => "a browser".to_owned(),
        origin => origin,
    }
}
