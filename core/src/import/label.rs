//! What a number or address is for, in a word: from `TYPE` parameters and from Apple's labels.

/// Types that say nothing a person would call a label.
const SILENT: &[&str] = &[
    "internet",
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
];

/// The label that the types of a property amount to.
pub(super) fn from_types(types: &[String]) -> String {
    let has = |word: &str| types.iter().any(|kind| kind.eq_ignore_ascii_case(word));
    if has("fax") {
        let place = ["work", "home"].into_iter().find(|place| has(place));
        return place.map_or_else(|| "fax".to_owned(), |place| format!("{place} fax"));
    }
    if has("pager") {
        return "pager".to_owned();
    }
    if has("cell") || has("mobile") || has("iphone") {
        return "mobile".to_owned();
    }
    let own = types.iter().find_map(|kind| own_label(kind));
    if let Some(own) = own {
        return own;
    }
    ["work", "home", "main", "other"]
        .into_iter()
        .find(|word| has(word) || (*word == "main" && has("main-number")))
        .unwrap_or_default()
        .to_owned()
}

/// A type that the standards do not know is the owner's own word.
fn own_label(kind: &str) -> Option<String> {
    let lower = kind.to_ascii_lowercase();
    let standard = ["work", "home", "main", "main-number", "other"].contains(&lower.as_str());
    if standard || SILENT.contains(&lower.as_str()) {
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
pub(super) fn from_text(text: &str) -> String {
    let text = super::words::on_one_line(text);
    let inside = text
        .strip_prefix("_$!<")
        .and_then(|rest| rest.strip_suffix(">!$_"));
    let Some(inside) = inside else {
        return text;
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
