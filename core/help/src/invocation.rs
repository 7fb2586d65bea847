//! A command line before it is understood: the language that it asks for, JSON or not, and the command it names.
//!
//! The language is that of `--lang`, wherever it stands, else of the environment; `--json` is seen wherever it stands,
//! too.

use std::ffi::{OsStr, OsString};

use clap::Command;
use kept_core::language::Lang;

use crate::command_tree::HELP;

/// The values of `--lang`.
pub const LANGUAGES: [&str; 2] = ["en", "de"];

/// The arguments of a program as they were typed, without its name.
pub struct Invocation {
    args: Vec<OsString>,
    /// The language of help and errors.
    pub lang: Lang,
    /// `--json` stands among the arguments.
    pub json: bool,
}

impl Invocation {
    /// Looks through the arguments up to `--`; the first one is the program's name.
    pub fn new(all: &[OsString]) -> Self {
        let args: Vec<OsString> = all.iter().skip(1).cloned().collect();
        let options: Vec<&str> = args
            .iter()
            .take_while(|arg| *arg != "--")
            .map(|arg| arg.to_str().unwrap_or_default())
            .collect();
        let json = |arg: &&str| *arg == "--json" || arg.starts_with("--json=");
        Self {
            lang: selected_language(language_option(&options)),
            json: options.iter().any(json),
            args,
        }
    }

    /// The first argument that is not UTF-8.
    pub fn first_non_utf8(&self) -> Option<&OsStr> {
        let args = self.args.iter().map(OsString::as_os_str);
        args.into_iter().find(|arg| arg.to_str().is_none())
    }

    /// True if help was asked for with `-h` only.
    pub fn asks_for_short_help(&self) -> bool {
        let options = self.args.iter().take_while(|arg| *arg != "--");
        let has = |text: &str| options.clone().any(|arg| arg == text);
        has("-h") && !has("--help")
    }

    /// True if a word stands only behind `--`, where nothing is an option.
    pub fn is_after_double_dash(&self, text: &str) -> bool {
        let mut parts = self.args.splitn(2, |arg| arg == "--");
        let (before, behind) = (parts.next(), parts.next());
        let has =
            |part: Option<&[OsString]>| part.is_some_and(|part| part.iter().any(|arg| arg == text));
        has(behind) && !has(before)
    }

    /// The command that the arguments descend to.
    pub fn command_path(&self, program: &Command) -> CommandPath {
        let (mut path, mut command) = (CommandPath::default(), program);
        let mut args = self.args.iter().map(|arg| arg.to_string_lossy());
        while let Some(arg) = args.next() {
            if arg == "--" {
                break;
            }
            if takes_next_argument(command, &arg) {
                args.next();
            } else if arg.starts_with('-') {
                // An option says nothing of the way.
            } else if arg == HELP && command.has_subcommands() && !path.help {
                // `kept help promise` is about `kept promise`.
                path.help = true;
            } else if let Some(next) = command.find_subcommand(arg.as_ref()) {
                path.names.push(next.get_name().to_owned());
                command = next;
            } else {
                path.ends_at_unknown_word = true;
                break;
            }
        }
        path
    }
}

/// The way that arguments take through a tree of commands.
#[derive(Debug, Default)]
pub struct CommandPath {
    /// The names of the commands below the program.
    pub names: Vec<String>,
    /// The command `help` stands among them.
    pub help: bool,
    /// The way ends at a word that names no command, such as an argument.
    pub ends_at_unknown_word: bool,
}

/// True if an argument is an option whose value is the next one.
fn takes_next_argument(command: &Command, arg: &str) -> bool {
    let Some(long) = arg.strip_prefix("--") else {
        return false;
    };
    let options = command.get_opts();
    options
        .into_iter()
        .any(|option| option.get_long() == Some(long) && !option.is_require_equals_set())
}

/// The value of `--lang`. Errors of other options come before clap has read it, and are told in it.
fn language_option<'a>(options: &[&'a str]) -> Option<&'a str> {
    let given = options.iter().enumerate().find_map(|(at, option)| {
        let next = || options.get(at + 1).copied();
        match option.strip_prefix("--lang")? {
            "" => next(),
            rest => rest.strip_prefix('='),
        }
    });
    // Another language is an error of its own, told in the one of the environment.
    given.filter(|lang| LANGUAGES.contains(lang))
}

/// The language of a run: what `--lang` says, else that of the environment.
pub fn selected_language(option: Option<&str>) -> Lang {
    let lang = option.map_or_else(|| locale("LC_MESSAGES"), str::to_owned);
    lang.parse().unwrap_or_default()
}

/// The locale of a category, as POSIX looks for it.
pub fn locale(category: &str) -> String {
    ["LC_ALL", category, "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use clap::Arg;

    use super::*;

    fn typed(line: &str) -> Invocation {
        let all: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        Invocation::new(&all)
    }

    #[test]
    fn language_and_json_are_found_wherever_they_stand() {
        for german in ["p --lang de x", "p x --lang=de", "p --json y z --lang de"] {
            assert_eq!(typed(german).lang, Lang::De, "{german}");
        }
        for english in ["p --lang en", "p --lang=en de", "p -- --lang de --json"] {
            assert_eq!(typed(english).lang, Lang::En, "{english}");
        }
        assert!(typed("p x --json y").json && !typed("p x -- --json").json);
        assert!(!typed("p x --note=--json").json);
    }

    #[test]
    fn the_command_is_found_behind_options_and_help() {
        let make = Command::new("make").arg(Arg::new("due").long("due"));
        let promise = Command::new("promise").subcommand(make);
        let program = Command::new("p")
            .arg(Arg::new("data").long("data").global(true))
            .subcommand(promise);
        for (line, path) in [
            ("p", ""),
            ("p --data promise promise --nonsense", "promise"),
            ("p help promise make", "promise make"),
            ("p promise make --due make x", "promise make"),
            ("p promis make", ""),
            ("p promise help --json make", "promise make"),
            ("p -- promise", ""),
        ] {
            assert_eq!(
                typed(line).command_path(&program).names.join(" "),
                path,
                "{line}"
            );
        }
    }
}
