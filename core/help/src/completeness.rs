//! Faults of a German help catalogue, for the tests of the programs.

use std::collections::{BTreeMap, BTreeSet};

use clap::Command;
use kept_core::language::Lang;

use crate::catalogue::{self, Catalogue, Key};
use crate::page::WIDTH;
use crate::translation::{Translation, TranslationEntry};

/// Every text without a translation, every translation without a text or for two different ones, every one that lost
/// something that is the same in each language, and every example that a page would break.
pub fn faults(program: Command, source: &str) -> Vec<String> {
    let name = program.get_name().to_owned();
    let catalogue = Catalogue::new(source);
    let mut translation = Translation::new(Lang::De, Some(&catalogue));
    translation.tree(program);
    let mut faults = catalogue::syntax_errors(source);
    let mut used: BTreeMap<Key, BTreeSet<&str>> = BTreeMap::new();
    for entry in &translation.entries {
        match &entry.german {
            None => faults.push(missing_translation(entry)),
            Some((key, german)) => {
                used.entry(key.clone()).or_default().insert(&entry.english);
                let key_name = key_name(key);
                let lost_pieces = lost_pieces(&name, &entry.english, german);
                faults.extend(lost_pieces.map(|piece| format!("{key_name} lost {piece}")));
            }
        }
    }
    for entry in &translation.entries {
        let texts = [
            Some(&entry.english),
            entry.german.as_ref().map(|(_, text)| text),
        ];
        let key_name = entry.keys.first().map(key_name).unwrap_or_default();
        let lines = texts.into_iter().flatten().flat_map(|text| text.lines());
        let long = lines.filter(|line| line.starts_with(' ') && line.chars().count() > WIDTH);
        faults.extend(long.map(|line| format!("{key_name} is broken by a page: {line}")));
    }
    for (key, texts) in &used {
        if texts.len() > 1 {
            faults.push(format!("{} stands for {texts:?}", key_name(key)));
        }
    }
    let keys = catalogue::keys(source);
    let mut seen = BTreeSet::new();
    for key in keys {
        if !used.contains_key(&key) {
            faults.push(format!("{} translates nothing", key_name(&key)));
        }
        if !seen.insert(key.clone()) {
            faults.push(format!("{} stands there twice", key_name(&key)));
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

fn key_name((message, attribute): &Key) -> String {
    match attribute {
        Some(attribute) => format!("{message}.{attribute}"),
        None => message.clone(),
    }
}

fn missing_translation(entry: &TranslationEntry) -> String {
    let key_name = entry.keys.first().map(key_name).unwrap_or_default();
    format!("{key_name} is missing: {}", entry.english)
}

/// The options, variables, calls and numbers of the English text that the German one lacks.
fn lost_pieces(program: &str, english: &str, german: &str) -> impl Iterator<Item = String> {
    let has = pieces(program, german);
    let wants = pieces(program, english);
    wants.into_iter().filter_map(move |(piece, count)| {
        let there = has.get(&piece).copied().unwrap_or_default();
        (there < count).then_some(piece)
    })
}

/// The pieces of a text that are the same in every language, with how often each stands there.
fn pieces(program: &str, text: &str) -> BTreeMap<String, usize> {
    let mut pieces = BTreeMap::new();
    let mut add = |piece: String| *pieces.entry(piece).or_default() += 1;
    for line in text.lines() {
        let example = line.trim_start().starts_with(program);
        let words = line.split(|c: char| c.is_whitespace() || "()[],;:`".contains(c));
        for word in words.map(|word| word.trim_end_matches('.')) {
            let variable =
                word.contains('_') && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            let option = word.starts_with("--") && word.len() > 2;
            let number = !example && word.parse::<f64>().is_ok();
            if variable || option || number {
                add(word.to_owned());
            }
        }
        if example {
            let call = line.split_whitespace();
            let is_name = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            // The program and the name of its command, which every example has.
            add(call
                .take_while(is_name)
                .take(2)
                .collect::<Vec<_>>()
                .join(" "));
        }
        let spans = line.split('`').skip(1).step_by(2);
        let calls = spans.filter(|span| span.starts_with(program));
        calls.for_each(|span| add(without_placeholders(span)));
    }
    pieces
}

/// A call in which what stands for something else, such as COMMAND, has the same name in every language.
fn without_placeholders(call: &str) -> String {
    let stands_for = |word: &str| word.len() > 1 && word.chars().all(char::is_uppercase);
    let words = call
        .split(' ')
        .map(|word| if stands_for(word) { "…" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use clap::{Arg, Command};

    use super::*;

    fn program() -> Command {
        let due = Arg::new("due").long("due").value_name("WHEN");
        let make = Command::new("make")
            .about("Promise something")
            .after_help("Examples:\n  p make x --due Fri")
            .arg(due.help("The date [default: in 3 days]"));
        Command::new("p").about("Promises").subcommand(make)
    }

    const WHOLE: &str = "\
p = Zusagen
make = Etwas zusagen
    .after =
        Beispiele:
          p make x --due Fr
    .arg-due = Der Termin [Standard: in 3 Tagen]
values =
    .v-WHEN = WANN
";

    #[test]
    fn a_whole_catalogue_has_no_fault() {
        assert_eq!(faults(program(), WHOLE), Vec::<String>::new());
    }

    #[test]
    fn every_kind_of_fault_is_told() {
        for (from, to, told) in [
            ("p = Zusagen\n", "", "p is missing: Promises"),
            (
                "values =",
                "    .arg-old = Alt\nvalues =",
                "make.arg-old translates nothing",
            ),
            ("--due Fr", "Fr", "make.after lost --due"),
            ("p make x", "p mach x", "make.after lost p make"),
            ("3 Tagen", "drei Tagen", "make.arg-due lost 3"),
            ("    .v-WHEN", "    .v-WHEN =\n    .v-", "values.v-"),
        ] {
            let faults = faults(program(), &WHOLE.replace(from, to));
            assert!(
                faults.iter().any(|fault| fault.starts_with(told)),
                "{told}: {faults:?}"
            );
        }
    }
}
