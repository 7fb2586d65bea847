//! A program's command line: it is read, or answered with help or a usage error.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Command, Parser};
use kept_core::language::{Lang, Message};
use serde_json::json;

use crate::catalogue::Catalogue;
use crate::command_json::command_json;
use crate::command_tree::subcommand_at;
use crate::completeness;
use crate::invocation::Invocation;
use crate::page::with_localized_page;
use crate::response::Response;
use crate::translation::Translation;
use crate::usage_error::UsageError;

/// A program's command line and its German help.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// Makes the tree of commands, with its English help.
    pub command: fn() -> Command,
    /// The source of the German catalogue.
    pub german: &'static str,
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
    pub fn exit_with_usage_error(&self, message: &Message) -> ! {
        let all: Vec<OsString> = std::env::args_os().collect();
        self.usage_response(&all, message).exit()
    }

    /// The answer to arguments that clap takes, and which ask for nothing that can be done.
    pub fn usage_response(&self, all: &[OsString], message: &Message) -> Response {
        let invocation = Invocation::new(all);
        let mut tree = self.tree(invocation.lang);
        UsageError::from_message(message.clone(), &invocation, &mut tree).answer(&invocation)
    }

    /// The answer to arguments that clap does not take; `error` is its English one.
    pub fn answer(&self, all: &[OsString], error: clap::Error) -> Response {
        let invocation = Invocation::new(all);
        let lang = invocation.lang;
        let mut tree = self.tree(lang);
        let path = invocation.command_path(&tree);
        match error.kind() {
            ErrorKind::DisplayHelp => Self::help(tree, &path.names, &invocation, error),
            // clap takes no option behind the command `help`.
            _ if path.help && !path.ends_at_unknown_word => {
                Self::help(tree, &path.names, &invocation, error)
            }
            ErrorKind::DisplayVersion => Response::Stdout(version(&tree, invocation.json)),
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
                if !invocation.json =>
            {
                let sentence =
                    UsageError::from_clap_error(&error, &invocation, &mut tree).sentence(lang);
                let mut tree = with_localized_page(tree, lang);
                let page = subcommand_at(&mut tree, &path.names).render_help();
                Response::Stderr(format!("{page}\n{sentence}"))
            }
            _ => {
                // Once more with translated names of values, which stand in the error.
                let again = tree.clone().try_get_matches_from(all).err();
                let error = again.unwrap_or(error);
                UsageError::from_clap_error(&error, &invocation, &mut tree).answer(&invocation)
            }
        }
    }

    /// The help of a command. clap's own page is as long as it was asked for.
    fn help(
        mut tree: Command,
        path: &[String],
        invocation: &Invocation,
        error: clap::Error,
    ) -> Response {
        let lang = invocation.lang;
        if invocation.json {
            return Response::Stdout(
                command_json(subcommand_at(&mut tree, path), lang).to_string(),
            );
        }
        let flag = match invocation.asks_for_short_help() {
            true => "-h",
            false => "--help",
        };
        let name = tree.get_name().to_owned();
        let asked = [&[name][..], path, &[flag.to_owned()]].concat();
        let page = with_localized_page(tree, lang).try_get_matches_from(asked);
        Response::HelpPage(page.err().unwrap_or(error))
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
