//! `devices`: which there are and when each was heard from; and one that is lost is shut out.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use clap::{Args, Subcommand};
use kept_core::Environment;
use kept_core::language::visible;
use serde_json::json;

use super::args::CommonArgs;
use super::error::CommandError;
use super::output::{print_json, utc_text};
use crate::audit::AuditEvent;
use crate::enrol::RevokedDevice;
use crate::error::ServerError;
use crate::state::ServerState;

/// List devices and when they were heard from, or shut one out that is lost.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct DevicesArgs {
    #[command(flatten)]
    common: CommonArgs,
    #[command(subcommand)]
    command: Option<DevicesCommand>,
}

#[derive(Debug, Subcommand)]
enum DevicesCommand {
    /// List devices and when they were heard from.
    List(ListDevicesArgs),
    /// Shut a device out that is lost, at once and for good.
    Revoke(RevokeArgs),
}

/// List devices and when they were heard from.
#[derive(Debug, Args)]
struct ListDevicesArgs {
    #[command(flatten)]
    common: CommonArgs,
}

/// Shut a device out that is lost, at once and for good.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kept-server devices revoke \"Sam's phone\" --data ./kept
  kept-server devices revoke 01a22bfc-33f0        # its id, which `kept-server devices` prints
  kept-server devices revoke Sam                  # where Sam has one device only

A server that runs notices at once. What the device had not sent stays on it, and it says that it is
signed out; other devices of the same person go on. With `kept-server invite` its owner joins anew.")]
struct RevokeArgs {
    /// Its id or the beginning of it, its label, or whose it is and its label.
    device: String,
    #[command(flatten)]
    common: CommonArgs,
}

impl DevicesArgs {
    pub(super) fn run(
        self,
        environment: Arc<dyn Environment>,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        match self.command {
            Some(DevicesCommand::Revoke(revoke)) => revoke.run(environment, out),
            Some(DevicesCommand::List(list)) => write_all(&list.common, environment, out),
            None => write_all(&self.common, environment, out),
        }
    }
}

impl RevokeArgs {
    fn run(
        self,
        environment: Arc<dyn Environment>,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let state = ServerState::open(&self.common.data, environment)?;
        let device = state.find_device(&self.device).map_err(ServerError::from)?;
        let RevokedDevice {
            device,
            owner,
            was_revoked,
        } = state.revoke_device(device.id).map_err(ServerError::from)?;
        if !was_revoked {
            state
                .audit()
                .record_command(&AuditEvent::device_revoked(&device, &owner));
        }
        if self.common.json {
            return print_json(out, &json!({ "device": device, "owner": owner }));
        }
        let since = device.revoked.map(utc_text).unwrap_or_default();
        Ok(writeln!(
            out,
            "{}: {} is shut out since {since}.",
            visible(&owner),
            visible(&device.label)
        )?)
    }
}

fn write_all(
    common: &CommonArgs,
    environment: Arc<dyn Environment>,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    let state = ServerState::open(&common.data, environment)?;
    let colleagues = state.colleagues().map_err(ServerError::from)?;
    let people: BTreeMap<_, _> = colleagues
        .into_iter()
        .map(|known| (known.id, known.name))
        .collect();
    let devices = state.devices().map_err(ServerError::from)?;
    if common.json {
        let with_presence = |(device, presence)| json!({ "device": device, "presence": presence });
        let devices: Vec<_> = devices.into_iter().map(with_presence).collect();
        return print_json(out, &json!(devices));
    }
    for (device, presence) in devices {
        let person = people.get(&device.person).map_or("?", String::as_str);
        let heard = presence.map_or("never heard from".into(), |p| {
            format!("last heard {}", utc_text(p.heard))
        });
        let state = if device.revoked.is_some() {
            "  shut out"
        } else {
            ""
        };
        writeln!(
            out,
            "{:<24} {:<24} {heard}{state}  {}",
            visible(person),
            visible(&device.label),
            device.id
        )?;
    }
    Ok(())
}
