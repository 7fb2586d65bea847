//! The options that every command takes.

use std::path::PathBuf;

/// The options of every command.
#[derive(Debug, clap::Args)]
pub struct SharedOptions {
    /// Folder of the notebook [default: $XDG_DATA_HOME/kept or ~/.local/share/kept; on macOS
    /// ~/Library/Application Support/kept]
    #[arg(
        long,
        global = true,
        env = "KEPT_DATA",
        value_name = "DIR",
        hide_env_values = true
    )]
    pub data: Option<PathBuf>,
    /// Print JSON, for scripts; errors and --help too
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of what is printed [default: that of LC_ALL, LC_MESSAGES or LANG]
    #[arg(long, global = true, value_name = "LANG", value_parser = kept_help::LANGUAGES)]
    pub lang: Option<String>,
    /// Wait so long for another program that uses the notebook [default: 5, and 60 to write down what you typed]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = kept_help::number::<u32>(0..=86_400))]
    pub wait: Option<u32>,
}
