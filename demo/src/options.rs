//! The options that a demo is started with.

use std::net::SocketAddr;
use std::path::PathBuf;

/// How large the company is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum CompanySize {
    /// 6 people and 40 accounts.
    Small,
    /// 22 people and 640 accounts.
    Full,
}

/// The options that a demo is started with.
#[derive(Clone, Debug)]
pub struct DemoOptions {
    /// The seed that the company is made from.
    pub seed: u64,
    /// The company's size.
    pub size: CompanySize,
    /// True if the story is told once, without pauses, and checked.
    pub once: bool,
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The folder in which the data stay; if None, they are removed at the end.
    pub keep: Option<PathBuf>,
    /// True if each thing is printed as JSON.
    pub json: bool,
    /// True if a terminal shows colours.
    pub colours: bool,
}
