//! The arguments that several commands take.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use kept_core::language::Message;
use kept_core::model::ids::Team;
use kept_core::model::registry::Role;
use kept_help::InvalidValue;

/// The arguments of all commands.
#[derive(Debug, Args)]
pub(super) struct CommonArgs {
    /// The folder with log and keys.
    #[arg(
        long,
        value_name = "DIR",
        env = "KEPT_SERVER_DATA",
        default_value = "kept-data"
    )]
    pub(super) data: PathBuf,
    /// Print JSON for machines; errors and --help too.
    #[arg(long)]
    pub(super) json: bool,
}

/// The name of a team or pool.
pub(super) fn team(text: &str) -> Result<Team, InvalidValue> {
    text.parse()
        .map_err(|_| InvalidValue(Message::new("usage-team")))
}

/// A person's role.
pub(super) fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.map(Role::name)).try_map(|name| name.parse::<Role>())
}
