//! A command with its arguments, options and commands as data.
//!
//! `--help --json` prints this.

use clap::{Arg, Command};
use kept_core::language::Lang;
use serde_json::{Value, json};

use crate::command_tree::HELP;
use crate::page;

/// A command and all commands below it: `name`, `about`, `usage`, `arguments`, `options`, `commands`, `notes`.
pub fn command_json(command: &mut Command, lang: Lang) -> Value {
    let usage = page::usage_lines(command, lang);
    let text = |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string);
    let about = text(command.get_long_about().or_else(|| command.get_about()));
    let notes = text(command.get_after_help());
    let arguments: Vec<Value> = command.get_positionals().map(argument).collect();
    let options = command.get_arguments().filter(|arg| !arg.is_positional());
    let options: Vec<Value> = options
        .filter(|arg| !arg.is_hide_set())
        .map(argument)
        .collect();
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let name = name.to_owned();
    let below = command.get_subcommands_mut();
    let below = below.filter(|command| command.get_name() != HELP && !command.is_hide_set());
    let commands: Vec<Value> = below.map(|command| command_json(command, lang)).collect();
    json!({
        "name": name,
        "about": about,
        "usage": usage,
        "arguments": arguments,
        "options": options,
        "commands": commands,
        "notes": notes,
    })
}

fn argument(arg: &Arg) -> Value {
    let mut flags = Vec::new();
    flags.extend(arg.get_short().map(|short| format!("-{short}")));
    flags.extend(arg.get_long().map(|long| format!("--{long}")));
    let takes = arg.get_action().takes_values();
    let names = arg.get_value_names().filter(|_| takes);
    let names = names.map(|names| names.iter().map(ToString::to_string).collect::<Vec<_>>());
    let help = arg.get_long_help().or_else(|| arg.get_help());
    let several = matches!(
        arg.get_action(),
        clap::ArgAction::Append | clap::ArgAction::Count
    );
    let env = arg.get_env().and_then(|name| name.to_str());
    json!({
        "flags": flags,
        "value": names.map(|names| names.join(" ")),
        "help": help.map(ToString::to_string),
        "required": arg.is_required_set(),
        "several": several,
        "default": if takes { page::defaults(arg) } else { vec![] },
        "values": page::values(arg),
        "env": env,
    })
}
