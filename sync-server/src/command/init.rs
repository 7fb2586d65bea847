//! `init`: the organisation and its owner.

use std::io::Write;
use std::sync::Arc;

use clap::Args;
use kept_core::Environment;
use kept_core::language::visible;
use kept_core::model::ids::Team;
use serde_json::json;

use super::args::CommonArgs;
use super::error::CommandError;
use super::output::print_json;
use crate::audit::AuditEvent;
use crate::enrol::NewOrganisation;
use crate::error::ServerError;
use crate::state::ServerState;

/// Make the organisation and its owner in a folder.
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    #[command(flatten)]
    common: CommonArgs,
    /// What the organisation is called.
    #[arg(long)]
    name: String,
    /// Who runs it.
    #[arg(long, value_name = "NAME")]
    owner: String,
    /// A team that the owner works in; may be given several times.
    #[arg(long = "team", value_name = "TEAM", value_parser = super::args::team)]
    teams: Vec<Team>,
}

impl InitArgs {
    pub(super) fn run(
        self,
        environment: Arc<dyn Environment>,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let new = NewOrganisation {
            name: self.name,
            owner: self.owner,
            teams: self.teams,
        };
        let data = self.common.data;
        let (state, owner) = ServerState::create(&data, environment, &new)?;
        let secret = state.create_sign_in(owner.id).map_err(ServerError::from)?;
        state
            .audit()
            .record_command(&AuditEvent::new("company-founded").with("owner", &owner.name));
        let link = state.sign_in_link(&secret).map_err(ServerError::from)?;
        let organisation = state.organisation();
        if self.common.json {
            let value = json!({
                "organisation": organisation.id,
                "name": organisation.name,
                "owner": owner,
                "sign_in": link,
            });
            return print_json(out, &value);
        }
        let folder = data.display();
        writeln!(
            out,
            "{} is ready in {folder}; {} runs it.",
            visible(&organisation.name),
            visible(&owner.name)
        )?;
        writeln!(
            out,
            "Back up {folder} with its folder `keys`: without them no device is recognised."
        )?;
        writeln!(out)?;
        writeln!(out, "Start it:          kept-server serve --data {folder}")?;
        writeln!(out, "Then the office:   {link}")?;
        writeln!(
            out,
            "                   (valid 24 hours, one use; `kept-server sign-in` prints another)"
        )?;
        Ok(())
    }
}
