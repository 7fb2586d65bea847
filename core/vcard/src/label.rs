//! The purpose of a number or address, in a word: from `TYPE` parameters and from the labels of address books.

use super::text::on_one_line;

/// Types that say how a thing is transported, and nothing a person would call a label.
const TRANSPORT_TYPES: &[&str] = &[
    "internet",
    "smtp",
    "voice",
    "msg",
    "text",
    "video",
    "dom",
    "intl",
    "postal",
    "parcel",
    "x400",
    "isdn",
    "modem",
    "bbs",
    "pcs",
    "textphone",
    "pref",
    "aol",
    "applelink",
    "attmail",
    "cis",
    "eworld",
    "ibmmail",
    "mcimail",
    "powershare",
    "prodigy",
    "tlx",
    "phone",
    "tel",
    "number",
    "email",
    "url",
];

/// The places that a type may name.
const PLACES: &[&str] = &["work", "home"];

/// Types of the standards that are a label, or part of one.
const LABEL_TYPES: &[&str] = &[
    "work",
    "home",
    "fax",
    "pager",
    "cell",
    "mobile",
    "iphone",
    "main",
    "main-number",
    "other",
];

/// The label of a property: what its owner calls it, and what its types say beyond that.
pub(super) fn of(text: Option<&str>, types: &[String]) -> String {
    let Some(text) = text.map(from_text).filter(|text| !text.is_empty()) else {
        return from_types(types);
    };
    let words: Vec<&str> = technical_words(&text);
    if !words.is_empty() {
        // It only repeats types.
        let all: Vec<String> = words
            .into_iter()
            .map(str::to_owned)
            .chain(types.iter().cloned())
            .collect();
        return from_types(&all);
    }
    let meant = from_types(types);
    let said = text.to_lowercase();
    let news = !meant.is_empty()
        && !meant
            .split(' ')
            .all(|word| said.split(' ').any(|known| known == word));
    if news {
        format!("{text}, {meant}")
    } else {
        text
    }
}

/// True if a label says of a property that it is the preferred one.
pub(super) fn prefers(text: &str) -> bool {
    let text = from_text(text);
    technical_words(&text)
        .iter()
        .any(|word| word.eq_ignore_ascii_case("pref"))
}

/// The words of a label that has nothing but the words of types; none if it has any other.
fn technical_words(text: &str) -> Vec<&str> {
    let words = text.split([';', ',', '/', '+', ' ']);
    let words: Vec<&str> = words
        .map(|word| {
            let (name, kind) = word.split_at_checked(5).unwrap_or_default();
            let is_type = name.eq_ignore_ascii_case("type=");
            if is_type { kind } else { word }
        })
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect();
    let is_technical = |word: &&str| {
        let word = word.to_ascii_lowercase();
        TRANSPORT_TYPES.contains(&word.as_str()) || LABEL_TYPES.contains(&word.as_str())
    };
    if words.iter().all(is_technical) {
        words
    } else {
        Vec::new()
    }
}

/// The label that the types of a property amount to.
pub(super) fn from_types(types: &[String]) -> String {
    let has = |word: &str| types.iter().any(|kind| kind.eq_ignore_ascii_case(word));
    let device = match () {
        () if has("fax") => "fax",
        () if has("pager") => "pager",
        () if has("cell") || has("mobile") || has("iphone") => "mobile",
        () => "",
    };
    let own = types
        .iter()
        .find_map(|kind| own_label(kind))
        .unwrap_or_default();
    let place = PLACES.iter().find(|place| has(place)).copied();
    let main = (has("main") || has("main-number")).then_some("main");
    let place = place
        .or(main)
        .or(has("other").then_some("other"))
        .unwrap_or_default();
    // "other" and "main" say nothing beside what a thing is.
    let place = if device.is_empty() || PLACES.contains(&place) {
        place
    } else {
        ""
    };
    let standard = on_one_line(&format!("{place} {device}"));
    match (own.is_empty(), standard.is_empty()) {
        (true, _) => standard,
        (false, true) => own,
        (false, false) => format!("{own}, {standard}"),
    }
}

/// A type that the standards do not know is the owner's own word.
fn own_label(kind: &str) -> Option<String> {
    let lower = kind.to_ascii_lowercase();
    let known = LABEL_TYPES.contains(&lower.as_str()) || TRANSPORT_TYPES.contains(&lower.as_str());
    if known {
        return None;
    }
    let bare = match kind.get(..2) {
        Some("X-" | "x-") => kind.get(2..).unwrap_or_default(),
        _ => kind,
    };
    let shouted = !bare.chars().any(char::is_lowercase);
    let label = if shouted {
        bare.to_lowercase()
    } else {
        bare.to_owned()
    };
    (!label.is_empty()).then_some(label)
}

/// The text of a label property. Apple's own labels, `_$!<HomeFAX>!$_`, become words: "home fax".
fn from_text(text: &str) -> String {
    let text = on_one_line(text);
    let inside = text
        .strip_prefix("_$!<")
        .and_then(|rest| rest.strip_suffix(">!$_"));
    let Some(inside) = inside else {
        // A name of some program: GRAND_CENTRAL.
        let is_name = text.contains('_') && !text.chars().any(char::is_lowercase);
        return if is_name {
            text.to_lowercase().replace('_', " ")
        } else {
            text
        };
    };
    let mut label = String::new();
    let mut after_lower = false;
    for c in inside.chars() {
        if c.is_uppercase() && after_lower {
            label.push(' ');
        }
        after_lower = c.is_lowercase();
        label.extend(c.to_lowercase());
    }
    label
}
