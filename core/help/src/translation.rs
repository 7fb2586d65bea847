//! The tree of commands of a program in the language of its reader.

use clap::{Arg, Command};
use kept_core::language::{Lang, Message, message_text};

use crate::catalogue::{Catalogue, Key, SHARED, VALUES, attribute_name};
use crate::command_tree::HELP;

/// A text of the English help, with the places where its translation may stand and what stands there.
pub struct TranslationEntry {
    pub keys: Vec<Key>,
    pub english: String,
    /// The place that has the translation, and the translation.
    pub german: Option<(Key, String)>,
}

/// A text whose paragraphs are one line each, so that they fill the width of the terminal. Lines that are indented,
/// such as examples, stay.
fn with_joined_paragraphs(text: &str) -> String {
    let mut whole = String::new();
    let flows = |line: &str| line.starts_with(|first: char| !first.is_whitespace());
    let mut joins = false;
    for line in text.lines() {
        if !whole.is_empty() {
            whole.push(if joins && flows(line) { ' ' } else { '\n' });
        }
        whole.push_str(line);
        joins = flows(line);
    }
    whole
}

/// Translates a tree of commands, and notes every text that it meets.
pub struct Translation<'a> {
    lang: Lang,
    catalogue: Option<&'a Catalogue>,
    program: String,
    pub entries: Vec<TranslationEntry>,
}

impl<'a> Translation<'a> {
    /// A translation with a catalogue; without one the texts stay as they are.
    pub fn new(lang: Lang, catalogue: Option<&'a Catalogue>) -> Self {
        Self {
            lang,
            catalogue,
            program: String::new(),
            entries: Vec::new(),
        }
    }

    /// The whole tree of a program, built, with every text in the language.
    pub fn tree(&mut self, program: Command) -> Command {
        let name = program.get_name().to_owned();
        // Usage lines name the program, whatever its file is called.
        let mut program = program.bin_name(&name);
        program.build();
        self.program.clone_from(&name);
        self.command(program, &name, None)
    }

    fn command(&mut self, mut command: Command, message: &str, path: Option<&str>) -> Command {
        let own =
            |attribute: Option<&str>| vec![(message.to_owned(), attribute.map(str::to_owned))];
        let about = command.get_about().map(ToString::to_string);
        let long = command.get_long_about().map(ToString::to_string);
        if let Some(long) = long.filter(|long| Some(long) != about.as_ref()) {
            command = command.long_about(self.text(own(Some("long")), long));
        } else if let Some(about) = &about {
            command = command.long_about(self.translated(&own(None), about));
        }
        if let Some(about) = about {
            command = command.about(self.text(own(None), about));
        }
        if let Some(after) = command.get_after_help().map(ToString::to_string) {
            let after = self.text(own(Some("after")), after);
            command = command.after_help(with_joined_paragraphs(&after));
        }
        let placeholder = message_text(&Message::new("help-command-name"), self.lang);
        command
            .subcommand_value_name(placeholder)
            .mut_args(|arg| self.argument(arg, message))
            .mut_subcommands(|command| {
                let name = command.get_name().to_owned();
                if name == HELP {
                    return command.about(message_text(&Message::new("help-command"), self.lang));
                }
                let message = path.map_or_else(|| name.clone(), |path| format!("{path}-{name}"));
                self.command(command, &message, Some(&message))
            })
    }

    fn argument(&mut self, arg: Arg, message: &str) -> Arg {
        let id = arg.get_id().to_string();
        match id.as_str() {
            "help" => return self.help_flag(arg),
            "version" => {
                return arg.help(message_text(&Message::new("help-version-flag"), self.lang));
            }
            _ => {}
        }
        let mut arg = arg;
        if let Some(help) = arg.get_help().map(ToString::to_string) {
            arg = arg.help(self.text(self.candidate_keys(message, &format!("arg-{id}")), help));
        }
        if let Some(long) = arg.get_long_help().map(ToString::to_string) {
            let places = self.candidate_keys(message, &format!("arg-{id}-long"));
            arg = arg.long_help(self.text(places, long));
        }
        let arg = self.values(arg, message);
        self.value_names(arg)
    }

    fn help_flag(&self, arg: Arg) -> Arg {
        if arg.get_long_help().is_none() {
            return arg.help(message_text(&Message::new("help-flag"), self.lang));
        }
        arg.help(message_text(&Message::new("help-flag-more"), self.lang))
            .long_help(message_text(&Message::new("help-flag-summary"), self.lang))
    }

    fn value_names(&mut self, arg: Arg) -> Arg {
        if !arg.get_action().takes_values() {
            return arg;
        }
        let names: Vec<String> = match arg.get_value_names() {
            Some(names) => names.iter().map(ToString::to_string).collect(),
            None => vec![arg.get_id().as_str().to_ascii_uppercase()],
        };
        // Numbers and their ranges are the same in every language.
        let has_words = |name: &String| name.contains(|c: char| c.is_alphabetic());
        let translated = names.into_iter().map(|name| {
            if !has_words(&name) {
                return name;
            }
            let key = (
                VALUES.to_owned(),
                Some(format!("v-{}", attribute_name(&name))),
            );
            self.text(vec![key], name)
        });
        let translated: Vec<String> = translated.collect();
        arg.value_names(translated)
    }

    /// The values that an argument may have, where they say more than their names, as lines below its help.
    fn values(&mut self, arg: Arg, message: &str) -> Arg {
        let values = arg.get_possible_values();
        let mut lines = String::new();
        for value in values.iter().filter(|value| !value.is_hide_set()) {
            if let Some(help) = value.get_help().map(ToString::to_string) {
                let name = value.get_name();
                let attribute = format!("arg-{}-is-{}", arg.get_id(), attribute_name(name));
                let text = self.text(self.candidate_keys(message, &attribute), help);
                lines.push_str(&format!("\n- {name}: {text}"));
            }
        }
        if lines.is_empty() {
            return arg;
        }
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let long = arg.get_long_help().map(ToString::to_string);
        let long = long.unwrap_or_else(|| help.clone());
        arg.help(format!("{help}{lines}"))
            .long_help(format!("{long}{lines}"))
            .hide_possible_values(true)
    }

    /// The places where the text of an argument may stand: with its command, with the program, whose options go
    /// through all commands, or with what several commands have.
    fn candidate_keys(&self, message: &str, attribute: &str) -> Vec<Key> {
        [message, &self.program, SHARED]
            .map(|message| (message.to_owned(), Some(attribute.to_owned())))
            .to_vec()
    }

    fn text(&mut self, keys: Vec<Key>, english: String) -> String {
        let german = self.lookup(&keys);
        let text = german
            .as_ref()
            .map_or(&english, |(_, german)| german)
            .clone();
        self.entries.push(TranslationEntry {
            keys,
            english,
            german,
        });
        text
    }

    fn translated(&self, keys: &[Key], english: &str) -> String {
        let found = self.lookup(keys);
        found.map_or_else(|| english.to_owned(), |(_, german)| german)
    }

    fn lookup(&self, keys: &[Key]) -> Option<(Key, String)> {
        let catalogue = self.catalogue?;
        keys.iter().find_map(|key| {
            let text = catalogue.text(&key.0, key.1.as_deref())?;
            Some((key.clone(), text))
        })
    }
}
