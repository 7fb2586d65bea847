//! The rules for templates: sentences of the catalogue only, nothing inline, and one drawing of the logo.

use std::fs;
use std::path::{Path, PathBuf};

use kept_core::language::has_key;

use super::super::assets::{LOGO, SCRIPT};

fn templates() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut templates = Vec::new();
    for folder in [root.clone(), root.join("parts")] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                templates.push((path.clone(), fs::read_to_string(path).unwrap()));
            }
        }
    }
    assert!(templates.len() > 10);
    templates
}

/// The sources of the pages, without their tests.
fn rooms() -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/office")];
    let mut rooms = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("tests") {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("tests.rs")
            {
                rooms.push((path.clone(), fs::read_to_string(path).unwrap()));
            }
        }
    }
    assert!(rooms.len() > 20);
    rooms
}

#[test]
fn every_sentence_of_a_template_is_in_the_catalogue() {
    let mut found = 0;
    for (path, text) in templates().into_iter().chain(rooms()) {
        let office = text.split("\"office-").skip(1);
        let office = office.map(|rest| format!("office-{}", rest.split('"').next().unwrap()));
        let calls = [
            "localizer.text(\"",
            "localizer.text_with(\"",
            "localizer.text_with_count(\"",
        ];
        let named = calls.iter().flat_map(|call| text.split(call).skip(1));
        let named = named.map(|rest| rest.split('"').next().unwrap().to_owned());
        for key in office.chain(named) {
            assert!(has_key(&key), "{key} in {}", path.display());
            found += 1;
        }
    }
    assert!(found > 50);
}

#[test]
fn nothing_is_inline_and_nothing_is_left_unescaped() {
    for (path, text) in templates() {
        for forbidden in [
            "<style",
            "style=",
            " onclick",
            " onload",
            "|safe",
            "javascript:",
        ] {
            assert!(
                !text.contains(forbidden),
                "{forbidden} in {}",
                path.display()
            );
        }
        for script in text.split("<script").skip(1) {
            assert!(script.starts_with(" src="), "{}", path.display());
        }
    }
}

#[test]
fn the_script_stays_small() {
    assert!(SCRIPT.lines().count() <= 120);
}

#[test]
fn pages_and_icon_use_the_same_drawing() {
    let page = include_str!("../../../templates/parts/logo.svg");
    let drawing = |svg: &str| -> Vec<String> {
        let attributes = svg.split('"').skip(1).step_by(2);
        let is_shape = |text: &&str| text.starts_with('M') || text.parse::<f64>().is_ok();
        attributes.filter(is_shape).map(str::to_owned).collect()
    };
    assert_eq!(drawing(page), drawing(LOGO));
}
