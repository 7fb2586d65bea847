//! A program's command line: it is read, or answered with help or a usage error.

use std::ffi::OsString;
use std::io::Write;

use clap::error::ErrorKind;
use clap::{Command, Parser};
use kept_core::words::{Lang, Words};
use serde_json::json;

use crate::catalogue::Catalogue;
use crate::completeness;
use crate::description::described;
use crate::invocation::Invocation;
use crate::page::framed;
use crate::translation::Translation;
use crate::usage_error::UsageError;

/// The exit code of what was not understood.
const NOT_UNDERSTOOD: u8 = 2;

/// A program's command line and its German help.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// Makes the tree of commands, with its English help.
    pub command: fn() -> Command,
    /// The source of the German catalogue.
    pub german: &'static str,
}

/// The text that a program prints instead of doing anything.
#[derive(Debug)]
pub enum Answer {
    /// A help page that was asked for, coloured where a terminal shows it.
    Page(clap::Error),
    /// Text for standard output: help or version as asked for.
    Told(String),
    /// Text for standard error: a call that was not understood.
    Refused(String),
}

impl Answer {
    /// The exit code that goes with it.
    pub fn code(&self) -> u8 {
        match self {
            Self::Refused(_) => NOT_UNDERSTOOD,
            Self::Page(_) | Self::Told(_) => 0,
        }
    }

    /// Prints it and ends the program. Errors of printing are ignored: the reader went away.
    pub fn exit(self) -> ! {
        match &self {
            Self::Page(page) => drop(page.print()),
            Self::Told(text) => drop(writeln!(std::io::stdout(), "{text}")),
            Self::Refused(text) => drop(writeln!(std::io::stderr(), "{text}")),
        }
        std::process::exit(self.code().into())
    }
}

impl Program {
    /// Reads the arguments of this run, or answers them and ends the program.
    pub fn parse<P: Parser>(&self) -> P {
        let all: Vec<OsString> = std::env::args_os().collect();
        match P::try_parse_from(&all) {
            Ok(parsed) => parsed,
            Err(error) => self.answer(&all, error).exit(),
        }
    }

    /// Ends a run whose arguments clap takes, and which ask for nothing that can be done.
    pub fn refuse(&self, words: &Words) -> ! {
        let all: Vec<OsString> = std::env::args_os().collect();
        self.refusal(&all, words).exit()
    }

    /// The answer to arguments that clap takes, and which ask for nothing that can be done.
    pub fn refusal(&self, all: &[OsString], words: &Words) -> Answer {
        let invocation = Invocation::new(all);
        let mut tree = self.tree(invocation.lang);
        UsageError::of_words(words.clone(), &invocation, &mut tree).answer(&invocation)
    }

    /// The answer to arguments that clap does not take; `error` is its English one.
    pub fn answer(&self, all: &[OsString], error: clap::Error) -> Answer {
        let invocation = Invocation::new(all);
        let lang = invocation.lang;
        let mut tree = self.tree(lang);
        let path = invocation.path(&tree);
        match error.kind() {
            ErrorKind::DisplayHelp => Self::help(tree, &path.names, &invocation, error),
            // clap takes no option behind the command `help`.
            _ if path.help && !path.strayed => Self::help(tree, &path.names, &invocation, error),
            ErrorKind::DisplayVersion => Answer::Told(version(&tree, invocation.json)),
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
                if !invocation.json =>
            {
                let told = UsageError::of_clap(&error, &invocation, &mut tree).sentence(lang);
                let mut tree = framed(tree, lang);
                let page = command_at(&mut tree, &path.names).render_help();
                Answer::Refused(format!("{page}\n{told}"))
            }
            _ => {
                // Once more with translated names of values, which stand in the error.
                let again = tree.clone().try_get_matches_from(all).err();
                let error = again.unwrap_or(error);
                UsageError::of_clap(&error, &invocation, &mut tree).answer(&invocation)
            }
        }
    }

    /// The help of a command. clap's own page is as long as it was asked for.
    fn help(
        mut tree: Command,
        path: &[String],
        invocation: &Invocation,
        error: clap::Error,
    ) -> Answer {
        let lang = invocation.lang;
        if invocation.json {
            return Answer::Told(described(command_at(&mut tree, path), lang).to_string());
        }
        let flag = match invocation.asks_for_short_help() {
            true => "-h",
            false => "--help",
        };
        let name = tree.get_name().to_owned();
        let asked = [&[name][..], path, &[flag.to_owned()]].concat();
        let page = framed(tree, lang).try_get_matches_from(asked);
        Answer::Page(page.err().unwrap_or(error))
    }

    /// The texts that the German help lacks or has too much, and what its texts lost; empty for a catalogue that is
    /// whole.
    pub fn faults(&self) -> Vec<String> {
        completeness::faults((self.command)(), self.german)
    }

    fn tree(&self, lang: Lang) -> Command {
        let catalogue = (lang == Lang::De).then(|| Catalogue::new(self.german));
        Translation::new(lang, catalogue.as_ref()).tree((self.command)())
    }
}

fn version(program: &Command, json: bool) -> String {
    let (name, version) = (
        program.get_name(),
        program.get_version().unwrap_or_default(),
    );
    match json {
        true => json!({ "name": name, "version": version }).to_string(),
        false => format!("{name} {version}"),
    }
}

/// The command of a path below a program, as far as the path leads.
pub fn command_at<'a>(program: &'a mut Command, path: &[String]) -> &'a mut Command {
    let mut command = program;
    for name in path {
        if command.find_subcommand(name).is_none() {
            break;
        }
        let below = command.get_subcommands_mut();
        let Some(next) = below.into_iter().find(|next| next.get_name() == name) else {
            unreachable!("{name} was just found")
        };
        command = next;
    }
    command
}
