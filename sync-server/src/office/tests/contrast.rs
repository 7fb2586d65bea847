//! All pairs of colours reach 4.5 : 1, in light and in dark.

use std::collections::BTreeMap;

use super::super::assets::STYLE;

const ROLES: [&str; 5] = ["kept", "waiting", "late", "held", "disputed"];

/// The custom properties of the first or the second `:root`.
fn colours(theme: usize) -> BTreeMap<&'static str, [u8; 3]> {
    let block = STYLE.split(":root {").nth(theme + 1).unwrap();
    let block = block.split('}').next().unwrap();
    let pairs = block
        .split(';')
        .filter_map(|pair| pair.trim().split_once(": #"));
    pairs
        .map(|(name, hex)| {
            let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
            (name.trim_start_matches("--"), [byte(0), byte(2), byte(4)])
        })
        .collect()
}

/// The relative luminance of WCAG 2.
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|channel| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.040_45 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_pair_of_colours_can_be_read() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    for theme in 0..2 {
        let colours = colours(theme);
        assert_eq!(colours.len(), 17);
        let mut pairs = vec![("on-accent".to_owned(), "accent".to_owned())];
        for ground in ["paper", "card"] {
            for text in ["ink", "quiet", "accent"].into_iter().chain(ROLES) {
                pairs.push((text.into(), ground.into()));
            }
        }
        for role in ROLES {
            pairs.push((role.into(), format!("{role}-ground")));
        }
        for (text, ground) in pairs {
            let ratio = contrast(colours[&*text], colours[&*ground]);
            assert!(
                ratio >= 4.5,
                "theme {theme}: {text} on {ground} is {ratio:.2}"
            );
        }
    }
}
