//! The options that say something about a person, for `add` and `edit`.

/// The facts about a person beside their name.
#[derive(Debug, Default, clap::Args)]
pub struct PersonalArgs {
    /// A person's birthday: 1974-05-31, --05-31 without a year
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub birthday: Option<String>,
    /// A person's job title
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// A further name; may be given several times
    #[arg(long = "also-called", value_name = "NAME")]
    pub also_called: Vec<String>,
}
