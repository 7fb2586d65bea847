//! The frame of a help page: headings, usage, and what stands in brackets behind an argument.

use clap::builder::StyledStr;
use clap::{Arg, Command};
use kept_core::language::{Lang, Message, message_text};

use crate::command_tree::HELP;

/// The most columns of a page; a narrower terminal has as many as it is wide.
pub const WIDTH: usize = 100;

/// The place of options that every command takes: behind its own.
const GLOBAL_OPTION_ORDER: usize = 900;

/// Gives every command of a tree a page in a language.
pub fn with_localized_page(command: Command, lang: Lang) -> Command {
    let mut command = command.mut_subcommands(|command| match command.get_name() {
        HELP => command,
        _ => with_localized_page(command, lang),
    });
    let template = template(&mut command, lang);
    command
        .mut_args(|arg| with_brackets(arg, lang))
        .max_term_width(WIDTH)
        .help_template(template)
}

/// The usage lines of a command, without the word before them.
pub fn usage_lines(command: &mut Command, lang: Lang) -> String {
    let text = command.render_usage().to_string();
    let lines = text.strip_prefix("Usage:").unwrap_or(&text).lines();
    let lines: Vec<&str> = lines
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    with_translated_options(&lines.join("\n"), lang)
}

/// clap's own word for options, the only one of a usage line that it does not let us name.
fn with_translated_options(usage: &str, lang: Lang) -> String {
    let options = message_text(&Message::new("help-options-name"), lang);
    usage.replace("[OPTIONS]", &format!("[{options}]"))
}

/// Usage lines behind the word that introduces them, the further ones below the first.
pub fn usage_block(usage: &str, lang: Lang) -> String {
    let head = message_text(&Message::new("help-usage"), lang);
    let indent = " ".repeat(head.chars().count() + 1);
    format!("{head} {}", usage.replace('\n', &format!("\n{indent}")))
}

fn template(command: &mut Command, lang: Lang) -> String {
    let styles = command.get_styles().clone();
    let (header, strong) = (styles.get_header(), styles.get_usage());
    let heading = |key: &str| {
        let text = message_text(&Message::new(key), lang);
        format!("{header}{text}{header:#}")
    };
    // messages: help-commands help-arguments help-options
    let mut parts = Vec::new();
    if command
        .get_subcommands()
        .any(|command| !command.is_hide_set())
    {
        parts.push(format!("{}\n{{subcommands}}", heading("help-commands")));
    }
    if command.get_positionals().any(|arg| !arg.is_hide_set()) {
        parts.push(format!("{}\n{{positionals}}", heading("help-arguments")));
    }
    parts.push(format!("{}\n{{options}}", heading("help-options")));
    let usage = styled_usage_lines(&command.render_usage(), lang);
    let head = message_text(&Message::new("help-usage"), lang);
    let indent = format!("\n{}", " ".repeat(head.chars().count() + 1));
    let usage = usage.replace('\n', &indent);
    format!(
        "{{before-help}}{{about-with-newline}}\n{strong}{head}{strong:#} {usage}\n\n{}{{after-help}}",
        parts.join("\n\n")
    )
}

/// Usage lines with their colours, without the word before them.
fn styled_usage_lines(usage: &StyledStr, lang: Lang) -> String {
    let text = usage.ansi().to_string();
    let lines = text
        .split_once(' ')
        .map_or(text.as_str(), |(_, lines)| lines);
    let lines: Vec<&str> = lines.lines().map(str::trim).collect();
    with_translated_options(&lines.join("\n"), lang)
}

/// Writes default, values and variable of an argument behind its help, where clap would write them in English.
fn with_brackets(arg: Arg, lang: Lang) -> Arg {
    let brackets = brackets(&arg, lang);
    let add = |text: Option<&StyledStr>| {
        let text = text.map(ToString::to_string).unwrap_or_default();
        let gap = match () {
            () if text.is_empty() => "",
            () if text.contains('\n') => "\n",
            () => " ",
        };
        format!("{text}{gap}{}", brackets.join(" "))
    };
    let help = add(arg.get_help());
    let long = arg.get_long_help().map(|long| add(Some(long)));
    let mut arg = arg
        .hide_env(true)
        .hide_default_value(true)
        .hide_possible_values(true);
    if arg.is_global_set() {
        arg = arg.display_order(GLOBAL_OPTION_ORDER);
    }
    if brackets.is_empty() {
        return arg;
    }
    if let Some(long) = long {
        arg = arg.long_help(long);
    }
    arg.help(help)
}

fn brackets(arg: &Arg, lang: Lang) -> Vec<String> {
    if !arg.get_action().takes_values() {
        return vec![];
    }
    let mut found = Vec::new();
    let env = arg.get_env().filter(|_| !arg.is_hide_env_set());
    if let Some(name) = env.and_then(|name| name.to_str()) {
        found.push(Message::new("help-env").text("name", name));
    }
    let defaults: Vec<String> = defaults(arg);
    if !arg.is_hide_default_value_set() && !defaults.is_empty() {
        found.push(Message::new("help-default").text("value", defaults.join(" ")));
    }
    let values = values(arg);
    if !arg.is_hide_possible_values_set() && !values.is_empty() {
        found.push(Message::new("help-values").text("values", values.join(", ")));
    }
    found
        .iter()
        .map(|message| format!("[{}]", message_text(message, lang)))
        .collect()
}

/// The default values of an argument; empty if it has none.
pub fn defaults(arg: &Arg) -> Vec<String> {
    let values = arg.get_default_values().iter();
    values
        .map(|value| value.to_string_lossy().into_owned())
        .collect()
}

/// The values that an argument may have; none where it is free.
pub fn values(arg: &Arg) -> Vec<String> {
    if !arg.get_action().takes_values() {
        return vec![];
    }
    let values = arg.get_possible_values().into_iter();
    let shown = values.filter(|value| !value.is_hide_set());
    shown.map(|value| value.get_name().to_owned()).collect()
}
