//! `kept join`: the notebook becomes a company's, and everything written before goes with it.

use std::path::PathBuf;
use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::notebook::{ApiResult, JoinOptions, KeptError};

use crate::app::App;
use crate::keyring;
use crate::parse::unreadable_file_error;
use crate::progress::Progress;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept join 'kept://kept.example/join?v=1&code=…&org=…'
  kept join --label \"Ann's laptop\" 'kept://…'
  kept join --keyring 'kept://…'     keep key and token in this system's keyring
  kept join --keyring                move them there later
  kept join --proxy http://proxy.example:3128 'kept://…'
  kept join --as-new-device          where this folder was copied from another device

The office makes the link; it holds for a short while and for one device. What you wrote before is sent
by the next `kept sync`, also where this device was signed out and joins again. Put the link in quotes, for shells read & as something else.")]
pub struct Args {
    /// The invitation link
    #[arg(value_name = "LINK", required_unless_present_any = ["keyring", "as_new_device"])]
    link: Option<String>,
    /// Go on as a new device, where this notebook was copied from another device: what was not sent is offered
    /// first, and nothing is lost
    #[arg(long, conflicts_with = "link")]
    as_new_device: bool,
    /// The name of this device [default: the name of this computer]
    #[arg(long, value_name = "NAME")]
    label: Option<String>,
    /// Allow a server that does not encrypt, beyond this computer
    #[arg(long)]
    insecure: bool,
    /// Keep key and token in the keyring of the operating system instead of a file that only you can read;
    /// only where kept was built with the feature `keyring`
    #[arg(long)]
    keyring: bool,
    /// Check the server against the certificate in this PEM file instead of the web's
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
    /// Reach the server through this proxy from now on, http://[name:password@]host[:port]; a server on this
    /// computer is always reached directly [default: what KEPT_PROXY says, which is not kept]
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
}

/// Joins.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let certificate = match &args.certificate {
        Some(path) => Some(
            std::fs::read_to_string(path).map_err(|error| unreadable_file_error(path, &error))?,
        ),
        None => None,
    };
    if args.keyring {
        // Before the invitation is used up.
        keyring::check()?;
    }
    let notebook = app.open_for_server()?;
    let me = match args.link {
        None if args.as_new_device => {
            let _progress = Progress::new(&app.out, app.out.text(&Message::new("cli-joining")));
            notebook.renew_installation(args.label.unwrap_or_default())?
        }
        Some(link) => {
            let options = JoinOptions {
                label: args.label.unwrap_or_else(this_computer),
                insecure: args.insecure,
                certificate,
                proxy: args.proxy,
            };
            let _progress = Progress::new(&app.out, app.out.text(&Message::new("cli-joining")));
            match notebook.join(link, options) {
                // Nothing joins by itself later, though all else that waits for a network is sent so.
                Err(ref error @ KeptError::Offline { ref outage, .. }) => {
                    let message = Message::new("cli-join-offline")
                        .keyed("why", outage.cause.key())
                        .text("detail", &outage.detail);
                    app.out.print_error_as(error, &message);
                    return Ok(ExitCode::FAILURE);
                }
                joined => joined?,
            }
        }
        None => notebook.me()?,
    };
    if args.keyring {
        // No other command may read the secrets meanwhile.
        notebook.keep_lock()?;
        keyring::move_to_keyring(&app.folder, &me.installation.to_string())?;
    }
    if app.out.json {
        app.out.print_json(&me)?;
        return Ok(ExitCode::SUCCESS);
    }
    if me.joined {
        app.out.print_message(
            &Message::new("cli-joined")
                .text("name", &me.name)
                .text("organisation", &me.organisation_name),
        );
    }
    if args.keyring {
        app.out.print_message(&Message::new("cli-in-keyring"));
    }
    Ok(ExitCode::SUCCESS)
}

/// The name of this computer; "laptop" if it has none.
fn this_computer() -> String {
    let named = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = named.or_else(|| std::env::var("HOSTNAME").ok());
    let named = named.or_else(|| std::env::var("COMPUTERNAME").ok());
    let named = named.map(|name| name.trim().to_owned());
    named
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "laptop".to_owned())
}
