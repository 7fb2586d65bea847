//! The wording of the sentences: one word for one thing, and the rules that all sentences keep, in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::catalogue::{DE, EN, keys_of};
use super::*;
use crate::model::time::DuePart;

/// Words that stand for something that has another name, or that say something else, with what to write instead.
/// A trailing `*` bars every word that begins so; a word between spaces stands alone, whatever its case.
const BARRED_EN: &[(&str, &str)] = &[
    ("pool*", "on call, whoever is free"),
    ("rung*", "reminder"),
    ("put away", "archive"),
    ("puts away", "archive"),
    ("take out again", "bring back"),
    ("taken out again", "bring back"),
    ("takes it out again", "bring back"),
    ("took it out again", "bring back"),
    ("pain*", "how much it bothers"),
    ("hurt*", "how much it bothers"),
    ("how they win", "what helps me"),
    ("held", "waits for the office"),
    ("held back", "waits for the office"),
    ("quarantine*", "cannot be read"),
    ("set aside", "cannot be read, or not shown"),
    ("finding*", "decision"),
    ("disputed", "in dispute"),
    ("sends by itself", "the next synchronisation sends it"),
    ("send by themselves", "the next synchronisation sends it"),
];

const BARRED_DE: &[(&str, &str)] = &[
    ("versprech*", "Zusage"),
    ("versprich*", "Zusage"),
    ("versproch*", "Zusage"),
    ("daten", "Termine"),
    ("gebrochen*", "nicht gehalten"),
    ("streit*", "Beanstandung"),
    ("strittig*", "beanstandet"),
    ("befund*", "Entscheidung"),
    ("ausführende*", "wer liefert"),
    ("er sagt", "was gesagt wird"),
    ("sagt er", "was gesagt wird"),
    ("er hat", "ohne „er“"),
    ("wie er", "ohne „er“"),
    ("pool*", "Rufbereitschaft"),
    ("rufgruppe*", "Rufbereitschaft"),
    ("gruppe*", "Rufbereitschaft"),
    ("aufzeichnung*", "Erfahrungswerte"),
    ("bilanz*", "Erfahrungswerte"),
    ("lieferzeit*", "Frist, dauerte"),
    ("beleg*", "Nachweis"),
    ("sprosse*", "Erinnerung"),
    ("weglegen", "archivieren"),
    ("weggelegt*", "archiviert"),
    ("abgelegt*", "archiviert"),
    ("hervorholen", "zurückholen"),
    ("hervorgeholt", "zurückgeholt"),
    ("hervor", "zurück"),
    ("etikett*", "Schlagwort"),
    ("merkmal*", "Markierung"),
    ("leid", "wie sehr es stört"),
    ("schmerz*", "wie sehr es stört"),
    ("wie es gelingt", "was mir hilft"),
    ("anschrift*", "Adresse"),
    ("postanschrift*", "Postadresse"),
    ("inhaber*", "Leitung"),
    ("zurückgehalten*", "liegt beim Büro"),
    ("zurückhält", "liegt beim Büro"),
    ("zur seite*", "nicht lesbar, nicht gezeigt"),
    ("beiseite*", "nicht lesbar, nicht gezeigt"),
    (
        "wird von selbst gesendet",
        "die nächste Synchronisierung sendet es",
    ),
    (
        "werden von selbst gesendet",
        "die nächste Synchronisierung sendet es",
    ),
];

/// Messages that mean the word in its own sense.
const MEANT: &[(&str, &str)] = &[
    // A kind of promise: something is set aside for the customer.
    ("kind-set-aside", "set aside"),
];

/// A text as words in lower case between single spaces, its gaps left out.
fn plain_words(text: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::from(" ");
    for letter in text.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && (letter.is_alphanumeric() || letter == '’') {
            plain.extend(letter.to_lowercase());
        } else if !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.push(' ');
    plain
}

fn has_word(plain: &str, barred: &str) -> bool {
    match barred.strip_suffix('*') {
        Some(beginning) => plain.contains(&format!(" {beginning}")),
        None => plain.contains(&format!(" {barred} ")),
    }
}

/// The messages of a catalogue: each with its whole source, selections opened.
fn messages(source: &str) -> BTreeMap<&str, String> {
    let mut messages: BTreeMap<&str, String> = BTreeMap::new();
    let mut key = None;
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let own = keys_of(line).next();
        key = own.or(key);
        let Some(key) = key else { continue };
        let text = own.map_or(line, |_| line.split_once('=').map_or("", |(_, text)| text));
        // A selection is over several lines, of which each says its words in the open.
        let open = text
            .replace("->", "}")
            .replace('[', "{[")
            .replace(']', "]}");
        let open = match text.matches('{').count() > text.matches('}').count() {
            true if !text.contains("->") => format!("{open}}}"),
            _ => open,
        };
        let message = messages.entry(key).or_default();
        message.push('\n');
        message.push_str(&open);
    }
    messages
}

/// Two keys that say the same in both languages, though one belongs to a shell, with the reason.
const SAME_LABELS: &[(&str, &str)] = &[
    // A column of the handbook counts dates; the others are states and decisions of a promise.
    ("cli-head-quantile", "state-kept"),
    ("cli-head-quantile", "finding-kept"),
    ("cli-head-quantile", "when-kept"),
    // A page's filter, and all kinds of a table.
    ("office-filter-all", "when-all"),
    // A due date in a page's list, and the name of a reminder, which people type.
    ("office-due", "rung-due"),
];

#[test]
fn one_label_has_one_key() {
    let plain = |text: &String| text.trim().trim_end_matches('.').to_lowercase();
    let (english, german) = (sources(EN), sources(DE));
    let label = |key: &str| {
        let said = |text: &String| plain(&text.split_once('=').unwrap_or_default().1.to_owned());
        (said(&english[key]), said(&german[key]))
    };
    let mut keys: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    for key in keys_of(EN) {
        keys.entry(label(key)).or_default().push(key);
    }
    let of_a_shell = |key: &str| key.starts_with("cli-") || key.starts_with("office-");
    let mut doubled = Vec::new();
    for (label, keys) in &keys {
        for (position, one) in keys.iter().enumerate() {
            let others = keys[position + 1..].iter();
            let others = others.filter(|other| of_a_shell(one) || of_a_shell(other));
            let known = |other: &&&str| {
                SAME_LABELS.contains(&(one, other)) || SAME_LABELS.contains(&(other, one))
            };
            let others = others.filter(|other| !known(other));
            doubled.extend(others.map(|other| format!("{one} and {other}: {}", label.0)));
        }
    }
    assert!(doubled.is_empty(), "keep one key of each: {doubled:#?}");
}

fn barred_in(text: &str, barred: &[(&str, &str)]) -> Vec<String> {
    let found = text.lines().flat_map(|line| {
        let plain = plain_words(line);
        let found = barred
            .iter()
            .filter(move |(word, _)| has_word(&plain, word));
        found.map(|(word, instead)| format!("“{word}” (write: {instead})"))
    });
    found.collect()
}

#[test]
fn one_thing_has_one_word() {
    let mut wrong = Vec::new();
    for (source, barred) in [(EN, BARRED_EN), (DE, BARRED_DE)] {
        for (key, text) in messages(source) {
            let meant = |word: &str| {
                let mut meant = MEANT.iter();
                meant.any(|(known, allowed)| *known == key && word.contains(allowed))
            };
            let found = barred_in(&text, barred).into_iter();
            wrong.extend(
                found
                    .filter(|word| !meant(word))
                    .map(|word| format!("{key}: {word}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The pages say what the catalogue says; what stands in a template itself keeps to the same words.
#[test]
fn templates_keep_to_the_words_as_well() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sync-server/templates");
    let mut files = Vec::new();
    for folder in [folder.clone(), folder.join("parts")] {
        let entries = fs::read_dir(folder).unwrap().flatten();
        files.extend(entries.map(|entry| entry.path()));
    }
    let pages = files.iter().filter(|file| {
        file.extension()
            .is_some_and(|extension| extension == "html")
    });
    let mut wrong = Vec::new();
    for page in pages {
        let source = fs::read_to_string(page).unwrap();
        let shown = without_tags(&source);
        for barred in [BARRED_EN, BARRED_DE] {
            let found = barred_in(&shown, barred).into_iter();
            wrong.extend(found.map(|word| format!("{}: {word}", page.display())));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The text that a page shows of itself: neither tags nor what is filled in.
fn without_tags(source: &str) -> String {
    let mut shown = String::new();
    let mut inside = 0_usize;
    for letter in source.chars() {
        match letter {
            '<' | '{' => inside += 1,
            '>' | '}' => inside = inside.saturating_sub(1),
            letter if inside == 0 => shown.push(letter),
            _ => {}
        }
    }
    shown
}

#[test]
fn barred_words_are_found_as_words() {
    for (text, found) in [
        ("Der Pool ist leer", true),
        ("Der Pool{ $x }", true),
        ("Schwimmbadpool", false),
        ("Die Datenbank", false),
        ("Die Daten sind da", true),
        ("Bitte zur Seite gelegt", true),
        ("{ $pool ->\n [one] Beleg\n}", true),
        ("{ $pool }", false),
    ] {
        let source = format!("a-key = {text}");
        let messages = messages(&source);
        let barred = barred_in(&messages["a-key"], BARRED_DE);
        assert_eq!(!barred.is_empty(), found, "{text}: {barred:?}");
    }
}

/// Fills a gap with a typical value.
fn fill(words: Message, source: &str, gap: &str, number: i64) -> Message {
    let counted = [
        format!("${gap} ->"),
        format!("SPAN(${gap})"),
        format!("SIZE(${gap})"),
    ];
    let listed = source.contains("ENTRIES(") && gap != "count";
    if counted.iter().any(|counted| source.contains(counted)) || listed {
        return words.number(gap, if listed { number.max(1) } else { number });
    }
    if source.contains(&format!("LEAD(${gap})")) {
        return words.text(gap, "2d");
    }
    match gap {
        "due" | "not_before" => words.due(
            gap,
            &Due {
                date: "2026-12-03".into(),
                part: DuePart::Minute { of_day: 720 },
                zone: "Europe/Berlin".into(),
                end_of_day: None,
                repeated: false,
            },
        ),
        "when" | "since" => words.instant(gap, NOW - 3 * 86_400_000, "Europe/Berlin"),
        // The same sentence begins with a person whose name is known, or not.
        "performer" | "promiser" | "person" | "owner" => {
            words.person(gap, if number == 1 { "" } else { "Sam" })
        }
        "account" => words.text(gap, "Hotel Adler"),
        "kind" => words.keyed(gap, "kind-callback"),
        "what" => words.keyed(gap, "thing-visit"),
        "why" => words.keyed(gap, "not-allowed-not-office"),
        "reason" => words.text(gap, "parts"),
        "lower" | "upper" | "percent" | "kept" | "total" | "closed" | "open" => {
            words.number(gap, number)
        }
        "known" => words.text(gap, "callback, quote"),
        // A digit keeps it from being taken for the word beside it.
        gap => words.text(gap, format!("{}1", gap.to_uppercase())),
    }
}

const NOW: i64 = 1_794_830_400_000; // 2026-11-16 13:00 in Berlin

/// Every message of a language with typical values, by key.
fn rendered(lang: Lang, number: i64) -> Vec<(String, String)> {
    let source = if lang == Lang::De { DE } else { EN };
    let reader = ReaderContext {
        lang,
        now: NOW,
        zone: "Europe/Berlin".into(),
    };
    let mut rendered = Vec::new();
    for (key, text) in sources(source) {
        let names: BTreeSet<&str> = text
            .split('$')
            .skip(1)
            .map(|rest| {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                &rest[..end.unwrap_or(rest.len())]
            })
            .collect();
        let words = names.into_iter().fold(Message::new(key), |words, gap| {
            fill(words, &text, gap, number)
        });
        rendered.push((key.to_owned(), message_text_at(&words, &reader)));
    }
    rendered
}

/// The source of each message as it stands.
fn sources(source: &str) -> BTreeMap<&str, String> {
    let mut messages: BTreeMap<&str, String> = BTreeMap::new();
    let mut key = None;
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        key = keys_of(line).next().or(key);
        if let Some(key) = key {
            messages.entry(key).or_default().push_str(line);
        }
    }
    messages
}

/// Sentences: they begin with a capital and end.
const SENTENCES: &[&str] = &[
    "error-",
    "import-error-",
    "import-refused-",
    "import-left-out-",
    "not-allowed-",
    "notice-",
    "outcome-rule-",
    "work-rule-",
    "unsent-entries",
    "status-all-sent",
    "status-nothing-waits",
    "status-never",
    "status-outage",
    "status-not-counted",
    "status-quarantined",
    "status-set-aside",
    "status-arriving",
    "status-forked",
    "status-signed-out",
    "status-clock",
    "status-zone",
    "status-held-groups",
    "status-refused-groups",
    "status-unknown-rows",
    "status-differs",
    "office-act-busy",
    "office-act-held",
    "office-act-stumbled",
    "office-act-choose",
    "office-act-garbled",
    "office-act-no-contact",
    "office-sign-in-",
    "office-fault-",
    "office-form-",
    "fit-",
    "need-",
    "load-",
    "when-ask",
    "when-few",
    "when-no-record",
    "when-level-",
    "when-median",
    "when-chance",
    "when-slowing",
    "remind-renegotiate",
    "remind-earlier-passed",
];
/// Keys that are named like those of sentences and are of none.
const NO_SENTENCES: &[&str] = &["when-asked", "when-asking"];

/// Beginnings of sentences or headings: they begin with a capital.
const CAPITALS: &[&str] = &[
    "state-",
    "flag-",
    "next-",
    "tell-",
    "remind-",
    "conflict-",
    "settle-",
    "office-",
    "cli-joined",
    "cli-synced",
    "performer-line",
    "promise-sentence",
    "report-",
    "fair-",
    "field-",
    "remedy-",
];
/// Beginnings of the keys of texts that stand within a line.
const WITHIN: &[&str] = &[
    "remind-no-account",
    "remind-nobody",
    "remind-anybody",
    "tell-customer",
    "office-pain",
    "office-clock-",
    "office-concern-",
    "office-act-when-hint",
    "office-act-again-when-hint",
    "office-act-done-when-hint",
    "office-history-hint",
    "quote",
    // Begins with a whole sentence.
    "cli-anyway-refused",
];

#[test]
fn every_sentence_reads_as_one() {
    let keys: BTreeSet<String> = keys().into_iter().filter(|key| key.contains('-')).collect();
    let mut wrong = Vec::new();
    for lang in [Lang::En, Lang::De] {
        for number in [0, 1, 2, 5] {
            for (key, text) in rendered(lang, number) {
                let mut say = |what: &str| wrong.push(format!("{key} {what}: {text}"));
                let is = |beginnings: &[&str]| {
                    beginnings
                        .iter()
                        .any(|beginning| key.starts_with(beginning))
                };
                let marks = [
                    "  ", "..", " . ", " ,", " ;", "()", "( ", " )", "{", "}", ",,", ":.",
                    "\u{fdd0}", "\u{fdd1}",
                ];
                if marks.iter().any(|mark| text.contains(mark)) || text.trim() != text {
                    say("is mangled");
                }
                if doubled(&text) {
                    say("says a word twice");
                }
                let named = text
                    .split(|c: char| !(c.is_alphanumeric() || c == '-'))
                    .find(|word| keys.contains(*word));
                if named.is_some() {
                    say("names a key");
                }
                let refuses = ["Nothing was changed.", "Es wurde nichts geändert."];
                let refuses = refuses.iter().any(|refused| text.contains(refused));
                let sentence = refuses || is(SENTENCES) && !NO_SENTENCES.contains(&key.as_str());
                let capital = (sentence || is(CAPITALS)) && !is(WITHIN);
                // Typed text stays as it is, in quotes.
                if capital && text.starts_with(char::is_lowercase) {
                    say("begins in lower case");
                }
                // A list of what is known ends the sentence.
                let ends = text.ends_with(['.', '?', '”']) || text.ends_with("callback, quote");
                if sentence && !ends {
                    say("does not end");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A path or an id may begin in lower case, and is no word to begin with.
#[test]
fn no_sentence_begins_with_what_a_program_named() {
    for source in [EN, DE] {
        for (key, text) in sources(source) {
            let said = text
                .split_once('=')
                .map_or("", |(_, said)| said.trim_start());
            let named = ["$path", "$id", "$file", "$change", "$scope"];
            let named = named.map(|gap| format!("{{ {gap} }}"));
            assert!(
                !named.iter().any(|gap| said.starts_with(gap)),
                "{key}: {said}"
            );
        }
    }
}

/// True if a word follows itself, which numbers and names may.
fn doubled(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| {
        // "Schreiben Sie sie" is right.
        pair[0] == pair[1] && pair[0].chars().all(char::is_alphabetic)
    })
}

#[test]
fn what_a_system_said_is_shown_without_its_number() {
    for (said, plain) in [
        ("Permission denied (os error 13)", "Permission denied"),
        ("dns: refused (os error 111), twice", "dns: refused, twice"),
        ("nothing (os error", "nothing (os error"),
        ("", ""),
    ] {
        assert_eq!(without_error_number(said), plain);
    }
}

#[test]
fn somebody_whose_name_is_not_known_is_somebody() {
    let declined = |name: &str, lang| {
        message_text(
            &Message::new("state-declined").person("performer", name),
            lang,
        )
    };
    assert_eq!(declined("", Lang::En), "Somebody declined");
    assert_eq!(declined(" ", Lang::De), "Jemand hat abgelehnt");
    assert_eq!(declined("van Dyk", Lang::En), "van Dyk declined");
    let asked = Message::new("event-asked").person("person", "");
    assert_eq!(message_text(&asked, Lang::En), "asked somebody");
}

/// Phones show these sentences: only the command line and the office name a command, an option or a variable. Sentences
/// on the zone name the variable that set it.
#[test]
fn no_sentence_of_the_core_names_a_command() {
    let shells = ["cli-", "office-", "usage-", "help-", "server-", "demo-"];
    let of_variables = ["error-zone-", "zone-from-setting"];
    let mut wrong = vec![];
    for source in [EN, DE] {
        for (key, text) in sources(source) {
            let is_of_shell = |begin: &&str| key.starts_with(*begin);
            if shells.iter().chain(&of_variables).any(is_of_shell) {
                continue;
            }
            if ["`kept", "“--", "„--", "KEPT_"]
                .iter()
                .any(|word| text.contains(word))
            {
                wrong.push(key);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
