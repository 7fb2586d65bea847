//! `invite`: a link and a QR code for a colleague's next device.

use std::io::Write;
use std::sync::Arc;

use clap::Args;
use kept_core::Environment;
use kept_core::language::visible;
use kept_core::model::ids::Team;
use kept_core::model::registry::Role;
use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};
use serde_json::json;

use super::args::CommonArgs;
use super::error::CommandError;
use super::output::print_json;
use super::people::with_colleague;
use crate::audit::AuditEvent;
use crate::enrol::Invitee;
use crate::error::ServerError;
use crate::state::ServerState;

/// Invite somebody's next device: prints a link and a QR code.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kept-server invite Sam --role technician --team north --data ./kept
  kept-server invite Sam --data ./kept        # Sam's second device
  kept-server invite Kim --role workshop --team north --pool kitchen --url https://kept.example.com")]
pub(super) struct InviteArgs {
    /// Their name.
    name: String,
    #[command(flatten)]
    common: CommonArgs,
    /// Their role, needed for a new colleague.
    #[arg(long, value_parser = super::args::role())]
    role: Option<Role>,
    /// A team that they work in; may be given several times.
    #[arg(long = "team", value_name = "TEAM", value_parser = super::args::team)]
    teams: Vec<Team>,
    /// Where they are on call; may be given several times.
    #[arg(long = "pool", value_name = "POOL", value_parser = super::args::team)]
    pools: Vec<Team>,
    /// The server's address as the device will call it.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

impl InviteArgs {
    pub(super) fn run(
        self,
        environment: Arc<dyn Environment>,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let state = ServerState::open(&self.common.data, environment)?;
        let invitee = Invitee {
            name: self.name,
            role: self.role,
            teams: self.teams,
            pools: self.pools,
        };
        // An address that cannot be called is noticed before anybody is entered into the registry.
        let url = self.url.unwrap_or_else(|| state.url());
        crate::enrol::callable_address(&url).map_err(ServerError::from)?;
        let invited = state.invite(&invitee).map_err(ServerError::from)?;
        state.audit().record_command(&with_colleague(
            AuditEvent::new("invited"),
            &invited.colleague,
        ));
        let link = state
            .join_link(&invited, Some(&url))
            .map_err(ServerError::from)?;
        if self.common.json {
            let value = json!({
                "link": link,
                "expires": invited.expires,
                "colleague": invited.colleague,
            });
            return print_json(out, &value);
        }
        writeln!(
            out,
            "For {} ({}), valid 15 minutes, one use:",
            visible(&invited.colleague.name),
            invited.colleague.role
        )?;
        writeln!(out)?;
        writeln!(out, "{link}")?;
        writeln!(out)?;
        write_code(out, &link)
    }
}

fn write_code(out: &mut dyn Write, link: &str) -> Result<(), CommandError> {
    let code = QrCode::with_error_correction_level(link, EcLevel::L)
        .map_err(|e| CommandError::Failed(format!("the link does not fit into a QR code: {e}")))?;
    // Terminals are dark: light modules are drawn, dark ones left out, and so a camera sees it upright.
    let picture = code
        .render::<Dense1x2>()
        .dark_color(Dense1x2::Light)
        .light_color(Dense1x2::Dark)
        .build();
    Ok(writeln!(out, "{picture}")?)
}
