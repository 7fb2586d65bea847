//! The documents of the project name files, types and functions that exist.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Documents that explain the code.
const DOCUMENTS: [&str; 6] = [
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "GLOSSARY.md",
    "README.md",
    "SECURITY.md",
    "core/docs/decisions",
];

/// Spans that look like a name of the project and are none: placeholders of recipes, and folders that builds make.
const PLACEHOLDERS: [&str; 10] = [
    "target/release",
    "target/debug",
    "target",
    "name.rs",
    "file.rs",
    "item/part",
    "core/cli/src/commands/name.rs",
    "document/name",
    "event/…",
    "wire/…",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The paths of all files and folders of the project, relative to its root.
fn paths() -> BTreeSet<String> {
    fn walk(folder: &Path, root: &Path, into: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name == "target" || name == ".git" {
                continue;
            }
            let relative = path.strip_prefix(root).unwrap();
            into.insert(relative.to_string_lossy().into_owned());
            if path.is_dir() {
                walk(&path, root, into);
            }
        }
    }
    let mut paths = BTreeSet::new();
    walk(&root(), &root(), &mut paths);
    paths
}

/// The identifiers and string pieces that stand in the sources: words of letters, digits, `_` and `-`.
fn words_of_sources(paths: &BTreeSet<String>) -> BTreeSet<String> {
    let is_source = |path: &&String| {
        [".rs", ".ftl", ".toml", ".html", ".py", ".sh", "tests/run"]
            .iter()
            .any(|end| path.ends_with(end))
    };
    let mut words = BTreeSet::new();
    for path in paths.iter().filter(is_source) {
        let text = fs::read_to_string(root().join(path)).unwrap();
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
        for word in text.split(|letter| !is_part(letter)) {
            words.insert(word.to_owned());
            words.extend(word.split('-').map(str::to_owned));
        }
    }
    words
}

/// The texts between back ticks, without those of code blocks.
fn spans(document: &str) -> Vec<String> {
    let mut inside = false;
    let lines = document.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    });
    let text: Vec<&str> = lines.collect();
    let text = text.join("\n");
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn is_path(span: &str) -> bool {
    let letters = |letter: char| letter.is_alphanumeric() || "_-./".contains(letter);
    let ends = [
        ".rs", ".md", ".ftl", ".toml", ".html", ".txt", ".hex", ".py",
    ];
    span.chars().all(letters)
        && !span.starts_with(['/', '-', '.'])
        && span.contains(char::is_alphabetic)
        && (ends.iter().any(|end| span.ends_with(end)) || span.contains('/'))
}

/// A type or function, perhaps with what it belongs to: `PromiseMade::deliverable`, `checked_account`.
fn is_name(span: &str) -> bool {
    let is_identifier = |part: &str| {
        let mut letters = part.chars();
        let first = letters.next();
        first.is_some_and(|first| first.is_ascii_alphabetic())
            && part
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    };
    let mut parts = span.split("::");
    parts.all(is_identifier)
        && (span.contains("::") || span.contains('_') || span.starts_with(char::is_uppercase))
}

#[test]
fn the_documents_name_what_exists() {
    let paths = paths();
    let words = words_of_sources(&paths);
    let (mut checked, mut faults) = (0, Vec::new());
    let documents = paths.iter().filter(|path| {
        DOCUMENTS.contains(&path.as_str())
            || path.starts_with("core/docs/decisions/") && path.ends_with(".md")
    });
    for document in documents.filter(|path| path.ends_with(".md")) {
        let text = fs::read_to_string(root().join(document)).unwrap();
        for span in spans(&text) {
            if PLACEHOLDERS.contains(&span.as_str()) {
                continue;
            }
            let exists = if is_path(&span) {
                let folder = span.trim_end_matches('/');
                let ends = [format!("/{folder}"), format!("/{folder}.rs")];
                let named =
                    |path: &String| ends.iter().any(|end| format!("/{path}").ends_with(end));
                paths.iter().any(named)
            } else if is_name(&span) {
                span.split("::").all(|part| words.contains(part))
            } else {
                continue;
            };
            checked += 1;
            if !exists {
                faults.push(format!("{document}: `{span}`"));
            }
        }
    }
    assert!(
        checked > 150,
        "only {checked} names were found in the documents"
    );
    assert!(
        faults.is_empty(),
        "these are named and do not exist; write the present name:\n{}",
        faults.join("\n")
    );
}
