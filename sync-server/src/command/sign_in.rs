//! `sign-in`: a fresh link into the office.

use std::io::Write;
use std::sync::Arc;

use clap::Args;
use kept_core::Environment;
use kept_core::language::visible;
use serde_json::json;

use super::args::CommonArgs;
use super::error::CommandError;
use super::output::print_json;
use crate::audit::AuditEvent;
use crate::error::ServerError;
use crate::state::ServerState;

/// Print a fresh sign-in link for the office.
#[derive(Debug, Args)]
pub(super) struct SignInArgs {
    /// For whom.
    name: String,
    #[command(flatten)]
    common: CommonArgs,
}

impl SignInArgs {
    pub(super) fn run(
        self,
        environment: Arc<dyn Environment>,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let state = ServerState::open(&self.common.data, environment)?;
        let colleague = state
            .colleague_named(&self.name)
            .map_err(ServerError::from)?;
        // An address that cannot be called is noticed before there is a link to it.
        state.sign_in_link("").map_err(ServerError::from)?;
        let secret = state
            .create_sign_in(colleague.id)
            .map_err(ServerError::from)?;
        state
            .audit()
            .record_command(&AuditEvent::new("sign-in-link-made").with("person", &colleague.name));
        let link = state.sign_in_link(&secret).map_err(ServerError::from)?;
        if self.common.json {
            return print_json(out, &json!({ "sign_in": link, "colleague": colleague }));
        }
        writeln!(out, "{link}")?;
        writeln!(
            out,
            "For {}, valid 24 hours, one use.",
            visible(&colleague.name)
        )?;
        Ok(())
    }
}
