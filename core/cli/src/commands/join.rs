//! `kept join`: the notebook becomes a company's, and everything written before goes with it.

use std::path::PathBuf;
use std::process::ExitCode;

use kept_core::notebook::{ApiResult, JoinOptions};
use kept_core::words::Words;

use crate::entering::unreadable;
use crate::folder::Desk;
use crate::progress::Progress;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept join 'kept://kept.example/join?v=1&code=…&org=…'
  kept join --label \"Ann's laptop\" 'kept://…'

The office makes the link; it holds for a short while and for one device. What you wrote before is sent
by the next `kept sync`. Put the link in quotes, for shells read & as something else.")]
pub struct Args {
    /// The invitation link
    #[arg(value_name = "LINK")]
    link: String,
    /// What this device is called [default: the name of this computer]
    #[arg(long, value_name = "NAME")]
    label: Option<String>,
    /// Allow a server that does not encrypt, beyond this computer
    #[arg(long)]
    insecure: bool,
    /// Check the server against the certificate in this PEM file instead of the web's
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
}

/// Joins.
pub fn run(desk: &Desk, args: Args) -> ApiResult<ExitCode> {
    let certificate = match &args.certificate {
        Some(path) => {
            Some(std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?)
        }
        None => None,
    };
    let notebook = desk.open()?;
    let options = JoinOptions {
        label: args.label.unwrap_or_else(this_computer),
        insecure: args.insecure,
        certificate,
    };
    let me = {
        let _progress = Progress::new(&desk.out, desk.out.text(&Words::new("cli-joining")));
        notebook.join(args.link, options)?
    };
    if desk.out.json {
        desk.out.json(&me)?;
    } else {
        desk.out.say(
            &Words::new("cli-joined")
                .text("name", &me.name)
                .text("organisation", &me.organisation_name),
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// What this computer is called.
fn this_computer() -> String {
    let named = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = named.or_else(|| std::env::var("HOSTNAME").ok());
    let named = named.or_else(|| std::env::var("COMPUTERNAME").ok());
    let named = named.map(|name| name.trim().to_owned());
    named
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "laptop".to_owned())
}
