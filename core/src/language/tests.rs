//! The catalogues are whole: same keys, same gaps, and every key that the sources name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;

use super::catalogue::{DE, EN, keys_of};
use super::*;
use crate::model::account_field::ACCOUNT_FIELDS;

/// The gaps of every message, by key.
fn gaps(source: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut gaps: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut key = None;
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        key = keys_of(line).next().or(key);
        let Some(key) = key else { continue };
        let names = line.split('$').skip(1).map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            &rest[..end.unwrap_or(rest.len())]
        });
        gaps.entry(key).or_default().extend(names);
    }
    gaps
}

#[test]
fn both_languages_say_the_same_things() {
    for (name, source) in [("en.ftl", EN), ("de.ftl", DE)] {
        let broken = FluentResource::try_new(source.to_owned()).err();
        assert!(
            broken.is_none(),
            "{name}: {:?}",
            broken.map(|(_, errors)| errors)
        );
        let keys: Vec<_> = keys_of(source).collect();
        let unique: BTreeSet<_> = keys.iter().collect();
        assert_eq!(keys.len(), unique.len(), "{name} says a key twice");
    }
    assert_eq!(gaps(EN), gaps(DE));
    assert!(keys_of(EN).eq(keys_of(DE)), "the order is the same");
}

#[test]
fn every_sentence_is_calm_and_fills_its_gaps_in_singular_and_plural() {
    for (lang, source) in [(Lang::En, EN), (Lang::De, DE)] {
        for (key, gaps) in gaps(source) {
            for number in [1, 2] {
                let counts = |gap: &str| {
                    source.contains(&format!("${gap} ->")) || key.starts_with("unsent-entries")
                };
                let words = gaps.iter().fold(Message::new(key), |words, gap| {
                    if counts(gap) {
                        words.number(gap, number)
                    } else {
                        words.text(gap, gap.to_uppercase())
                    }
                });
                let text = message_text(&words, lang);
                assert!(has_key(key) && text != key, "{key}");
                assert!(!text.contains(['!', '{', '}', '$']), "{key}: {text}");
                for gap in &gaps {
                    let filled = if counts(gap) {
                        number.to_string()
                    } else {
                        gap.to_uppercase()
                    };
                    assert!(text.contains(&filled), "{key} lacks {gap}: {text}");
                }
            }
        }
    }
    assert_eq!(keys().len(), gaps(EN).len());
}

#[test]
fn sentences_read_well() {
    let due = Due {
        date: "2026-11-17".into(),
        part: crate::model::time::DuePart::Morning,
        zone: "Europe/Berlin".into(),
        end_of_day: None,
        repeated: false,
    };
    let now = 1_794_830_400_000; // 2026-11-16 13:00 in Berlin
    let promise = Message::new("promise-sentence")
        .text("promiser", "Ana")
        .text("deliverable", "spare pump")
        .text("account", "Miller")
        .due("due", &due);
    let waiting = Message::new("state-waiting")
        .text("performer", "Sam")
        .instant("since", now - 3_600_000, "Europe/Berlin");
    let unsent = Message::new("unsent-entries")
        .number("drafts", 0)
        .number("visits", 1)
        .number("usages", 0)
        .number("promises", 3)
        .number("accounts", 0)
        .number("others", 0);
    let late = Message::new("state-late-still-to-do").number("late", 2 * 86_400_000_i64);
    let reader = |lang| ReaderContext {
        lang,
        now,
        zone: "Europe/Berlin".into(),
    };
    let missing = Message::new("error-not-found")
        .keyed("what", "thing-visit")
        .text("id", "{x}");
    let list = [
        promise.clone(),
        waiting.clone(),
        unsent.clone(),
        late.clone(),
    ];
    for lang in [Lang::En, Lang::De] {
        let each: Vec<_> = list
            .iter()
            .map(|one| message_text_at(one, &reader(lang)))
            .collect();
        assert_eq!(
            message_texts(&list, &reader(lang)),
            each,
            "a list is said as each alone"
        );
    }
    for (words, en, de) in [
        (
            &promise,
            "Ana promised “spare pump” to Miller, due tomorrow morning",
            "Ana hat Miller „spare pump“ zugesagt, fällig morgen Vormittag",
        ),
        (
            &waiting,
            "Waiting for Sam since 12:00",
            "Wartet auf Sam seit 12:00",
        ),
        (
            &unsent,
            "Only on this device: 1 visit, 3 promises. The next synchronisation sends it.",
            "Nur auf diesem Gerät: 1 Besuch, 3 Zusagen. Die nächste Synchronisierung sendet es.",
        ),
        (
            &late,
            "2 days late, still to do",
            "2 Tage zu spät, noch zu tun",
        ),
    ] {
        assert_eq!(message_text_at(words, &reader(Lang::En)), en);
        assert_eq!(message_text_at(words, &reader(Lang::De)), de);
    }
    assert!(message_text(&promise, Lang::En).ends_with("due Tue 17 Nov 2026, morning"));
    assert!(
        message_text(&missing, Lang::De)
            .starts_with("Auf diesem Gerät nicht gefunden: Besuch „{x}“.")
    );
}

#[test]
fn a_reason_that_nobody_gave_leaves_no_punctuation() {
    for (lang, source) in [(Lang::En, EN), (Lang::De, DE)] {
        let reasons = gaps(source).into_iter();
        for (key, gaps) in reasons.filter(|(key, _)| may_lack_a_reason(key)) {
            for reason in ["", "  "] {
                let words = gaps
                    .iter()
                    .fold(Message::new(key), |words, gap| match *gap {
                        "reason" => words.text(gap, reason),
                        gap => words.text(gap, "X"),
                    });
                let text = message_text(&words, lang);
                let bare = ["()", "::", " :", "  ", " ,", "weil", "because"];
                assert!(!bare.iter().any(|bare| text.contains(bare)), "{text}");
                assert!(!text.ends_with([':', ' ', ',']), "{text}");
            }
        }
    }
    let declined = |reason| {
        Message::new("tell-declined")
            .text("performer", "Eva")
            .text("account", "Miller")
            .text("reason", reason)
    };
    for (reason, en) in [
        (
            "",
            "Eva declined. Find somebody else, or tell Miller another date",
        ),
        (
            "ill",
            "Eva declined (“ill”). Find somebody else, or tell Miller another date",
        ),
    ] {
        assert_eq!(message_text(&declined(reason), Lang::En), en);
    }
}

/// True if a sentence may be said without a reason.
fn may_lack_a_reason(key: &str) -> bool {
    key.starts_with("event-") || key.starts_with("tell-")
}

#[test]
fn a_sentence_ends_with_one_full_stop() {
    for (lang, source) in [(Lang::En, EN), (Lang::De, DE)] {
        for (key, gaps) in gaps(source) {
            let words = gaps.iter().fold(Message::new(key), |words, gap| {
                if source.contains(&format!("${gap} ->")) {
                    words.number(gap, 2)
                } else if source.contains(&format!("SPAN(${gap})")) {
                    words.number(gap, 29 * 60_000)
                } else {
                    words.text(gap, "Std.")
                }
            });
            let text = message_text(&words, lang);
            assert!(!text.contains(".."), "{key}: {text}");
        }
    }
    let median = Message::new("when-median").text("lead", "10h");
    assert_eq!(
        message_text(&median, Lang::De),
        "Die Hälfte dauerte nicht länger als 10 Std."
    );
    let needs = Message::new("need-met").text("lead", "10h");
    assert!(message_text(&needs, Lang::De).contains(" Std.: Das genügt."));
    let quoted = Message::new("past-value").text("value", "So it goes...");
    assert_eq!(message_text(&quoted, Lang::En), "So it goes...");
    for (text, finished) in [("29 Min.", "29 Min."), ("Sam", "Sam."), ("", "")] {
        assert_eq!(with_full_stop(text.into()), finished);
    }
}

#[test]
fn durations_stand_in_german_sentences_as_they_are_said_alone() {
    let two_days = |key: &str, gap| Message::new(key).text(gap, "2d");
    for (words, said) in [
        (two_days("when-chance", "lead"), "Höchstens 2 Tage:"),
        (
            two_days("when-suggested-due", "lead"),
            "2 Tage von jetzt an",
        ),
        (
            Message::new("office-kind-lead").text("time", "2 Tage"),
            "Frist: 2 Tage",
        ),
    ] {
        let text = message_text(&words, Lang::De);
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn a_missing_key_or_gap_is_shown_and_nothing_breaks() {
    let key = "no-such-sentence";
    assert_eq!(message_text(&Message::new(key), Lang::De), key);
    assert!(!has_key(key));
    let strange = ["", " ", "-term", "a.b", "{ $x }"];
    for key in strange {
        assert_eq!(message_text(&Message::new(key), Lang::En), key);
    }
    let text = message_text(&Message::new("date-ago-days").text("day", "x"), Lang::En);
    assert!(text.contains("count"), "{text}");
    let text = message_text(
        &Message::new("status-clock-off").text("offset", "much"),
        Lang::En,
    );
    assert!(text.contains("off by much."), "{text}");
    let text = message_text(
        &Message::new("import-left-out-picture").text("bytes", "3440000"),
        Lang::De,
    );
    assert!(text.contains("3,4 MB"), "{text}");
}

#[test]
fn words_survive_cbor_and_name_each_gap_once() {
    let words = Message::new("date-near")
        .number("day", 1)
        .number("day", 2)
        .keyed("weekday", "weekday-1");
    assert_eq!(words.args.len(), 2);
    let bytes = minicbor::to_vec(&words).unwrap();
    assert_eq!(minicbor::decode::<Message>(&bytes).unwrap(), words);
}

#[test]
fn languages_are_read_from_what_systems_call_them() {
    for (text, lang) in [
        ("en", Lang::En),
        ("de", Lang::De),
        ("de_DE.UTF-8", Lang::De),
        ("DE-at", Lang::De),
        ("en-GB", Lang::En),
        ("C", Lang::En),
        ("", Lang::En),
        ("den", Lang::En),
    ] {
        assert_eq!(text.parse::<Lang>(), Ok(lang), "{text}");
    }
}

/// Every key that a source names: `Message::new("key")`, `.keyed("gap", "key")`, `// messages: key key`.
fn named_keys(source: &str) -> Vec<String> {
    let literal = |text: &str| {
        let text = text.trim_start().strip_prefix('"')?;
        Some((
            text.split('"').next()?.to_owned(),
            text.split_once('"')?.1.to_owned(),
        ))
    };
    let (code, comments): (Vec<_>, Vec<_>) = source
        .lines()
        .partition(|line| !line.trim_start().starts_with("//"));
    let code = code.join("\n");
    let made = code
        .split("Message::new(")
        .skip(1)
        .filter_map(|rest| Some(literal(rest)?.0));
    let keyed = code.split(".keyed(").skip(1).filter_map(|rest| {
        let (_, rest) = literal(rest)?;
        Some(literal(rest.trim_start().strip_prefix(',')?)?.0)
    });
    let marked = comments
        .iter()
        .filter_map(|line| line.trim_start().strip_prefix("// messages:"))
        .flat_map(|rest| rest.split_whitespace().map(str::to_owned));
    made.chain(keyed).chain(marked).collect()
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("language/tests.rs")
        {
            files.push(path);
        }
    }
}

#[test]
fn every_key_that_the_sources_name_is_in_the_catalogue() {
    let core = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in [
        "src",
        "cli/src",
        "help/src",
        "../sync-server/src",
        "../demo/src",
    ] {
        rust_files(&core.join(folder), &mut files);
    }
    let mut found = BTreeSet::new();
    let mut missing = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let keys = named_keys(&source);
        found.extend(keys.iter().cloned());
        let unknown = keys.into_iter().filter(|key| !has_key(key));
        missing.extend(unknown.map(|key| format!("{key} ({})", file.display())));
    }
    found.extend(ACCOUNT_FIELDS.iter().map(|field| field.label.to_owned()));
    assert!(
        found.len() > 400,
        "keys are named otherwise now: {}",
        found.len()
    );
    let labels = ACCOUNT_FIELDS.iter().map(|field| field.label);
    missing.extend(labels.filter(|label| !has_key(label)).map(str::to_owned));
    assert!(missing.is_empty(), "add to en.ftl and de.ftl: {missing:#?}");
}

/// The functions that refuse the value of a field, which is their first argument.
const REFUSING: [&str; 6] = [
    "check_max_chars(",
    "non_empty_name(",
    "check_max_entries(",
    "too_many(",
    "check_minutes(",
    "with_field(",
];

/// Every field that a source names where it refuses its value: the text behind one of these, or the first of
/// a pair with a part of a draft.
fn named_fields(source: &str) -> BTreeSet<String> {
    let code: String = source.split_whitespace().collect::<Vec<_>>().join(" ");
    let behind = REFUSING.iter().flat_map(|name| code.split(name).skip(1));
    let behind = behind.filter_map(|rest| rest.trim_start().strip_prefix('"'));
    let pairs = code.split("(\"").skip(1).filter(|rest| {
        let value = rest.split_once("\", ").map(|(_, value)| value);
        value.is_some_and(|value| value.trim_start_matches('&').starts_with("draft."))
    });
    behind
        .chain(pairs)
        .filter_map(|rest| Some(rest.split('"').next()?.to_owned()))
        .collect()
}

#[test]
fn every_field_that_an_error_names_has_a_name() {
    let core = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src/notebook", "cli/src"] {
        rust_files(&core.join(folder), &mut files);
    }
    files.retain(|file| !file.to_string_lossy().ends_with("tests.rs"));
    let sources = files.iter().map(|file| fs::read_to_string(file).unwrap());
    let sources: Vec<String> = sources.collect();
    for name in REFUSING {
        let is_called = sources.iter().any(|source| source.contains(name));
        assert!(is_called, "nothing is called {name}…) any more");
    }
    let own =
        |source: &String| named_fields(source.split("#[cfg(test)]").next().unwrap_or_default());
    let mut fields: BTreeSet<String> = sources.iter().flat_map(own).collect();
    fields.extend(ACCOUNT_FIELDS.iter().map(|field| field.key.to_owned()));
    assert!(
        fields.len() > 20,
        "fields are named otherwise now: {fields:?}"
    );
    for known in ["deliverable", "words", "must_not_fail", "quote", "effort"] {
        assert!(fields.contains(known), "{known}: {fields:?}");
    }
    let key = |field: &String| format!("field-{}", field.replace('_', "-"));
    let nameless: Vec<_> = fields
        .iter()
        .filter(|field| !has_key(&key(field)))
        .collect();
    assert!(
        nameless.is_empty(),
        "add field-… to en.ftl and de.ftl: {nameless:?}"
    );
}

#[test]
fn the_search_for_keys_finds_them() {
    let source = "Message::new(\n  \"one\")\n .keyed(\"gap\", \"two\")\n  // messages: three four\n//! Message::new(\"no\")";
    assert_eq!(named_keys(source), ["one", "two", "three", "four"]);
}
