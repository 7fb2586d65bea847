//! `people` and `devices`: who is in the registry, with what, and when it was heard from.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use clap::Args;
use kept_core::Environment;
use kept_core::model::ids::Team;
use kept_core::model::time::Millis;
use serde_json::json;

use super::{CommandError, Common, print_json};
use crate::server::{ServerError, ServerState};

/// List everybody.
#[derive(Debug, Args)]
pub(super) struct People {
    #[command(flatten)]
    common: Common,
}

/// List devices and when they were heard from.
#[derive(Debug, Args)]
pub(super) struct Devices {
    #[command(flatten)]
    common: Common,
}

impl People {
    pub(super) fn run(
        self,
        environment: Arc<dyn Environment>,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let state = ServerState::open(&self.common.data, environment)?;
        let colleagues = state.colleagues().map_err(ServerError::from)?;
        if self.common.json {
            return print_json(out, &json!(colleagues));
        }
        for colleague in colleagues {
            let left = colleague
                .to
                .map_or(String::new(), |to| format!("  left {}", shown(to)));
            let teams = names(&colleague.teams);
            writeln!(
                out,
                "{:<24} {:<10} {teams}{left}",
                colleague.name,
                colleague.role.name()
            )?;
        }
        Ok(())
    }
}

impl Devices {
    pub(super) fn run(
        self,
        environment: Arc<dyn Environment>,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let state = ServerState::open(&self.common.data, environment)?;
        let colleagues = state.colleagues().map_err(ServerError::from)?;
        let people: BTreeMap<_, _> = colleagues
            .into_iter()
            .map(|known| (known.id, known.name))
            .collect();
        let devices = state.devices().map_err(ServerError::from)?;
        if self.common.json {
            let with_presence =
                |(device, presence)| json!({ "device": device, "presence": presence });
            let devices: Vec<_> = devices.into_iter().map(with_presence).collect();
            return print_json(out, &json!(devices));
        }
        for (device, presence) in devices {
            let person = people.get(&device.person).map_or("?", String::as_str);
            let heard = presence.map_or("never heard from".into(), |p| {
                format!("last heard {}", shown(p.heard))
            });
            let state = if device.revoked.is_some() {
                "  shut out"
            } else {
                ""
            };
            writeln!(
                out,
                "{person:<24} {:<24} {heard}{state}  {}",
                device.label, device.id
            )?;
        }
        Ok(())
    }
}

fn names(teams: &[Team]) -> String {
    let names: Vec<&str> = teams.iter().map(Team::as_str).collect();
    names.join(", ")
}

/// An instant as a log shows it, in UTC.
fn shown(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at).map_or_else(
        |_| at.to_string(),
        |at| at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
    )
}
