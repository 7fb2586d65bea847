//! The functions that the catalogues can call: `SPAN($ms)` for a duration, `SIZE($bytes)` for an amount of data,
//! `LEAD($text)` for a lead such as "5d" or "90m", and `GIVEN($text, before: ": ", after: "")` for a text that may
//! have been left out: it stands with what is around it, or not at all.
//! `ENTRIES($visits, $usages, $promises, $accounts, $others)` lists counts and leaves out those that are 0.
//!
//! With these a sentence carries the plain number, and its language decides how the number is said.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentResource, FluentValue};

use super::catalogue::{marked_as_ours, marked_full_stop};
use super::{Lang, Message, dates, hours, message_text};

const UNITS: [&str; 4] = ["KB", "MB", "GB", "TB"];

/// The keys of the counts that `ENTRIES` lists, in the order of its arguments.
// messages: count-visits count-usages count-promises count-accounts count-others
const ENTRIES: [&str; 5] = [
    "count-visits",
    "count-usages",
    "count-promises",
    "count-accounts",
    "count-others",
];

/// Teaches a bundle the functions, in its own language.
pub(super) fn add(bundle: &mut FluentBundle<FluentResource>, lang: Lang) {
    // Adding fails only for a name that is taken, and a new bundle has none.
    let _ = bundle.add_function("SPAN", move |args, _| {
        format_number(args, |number| dates::format_span(number, lang))
    });
    let _ = bundle.add_function("SIZE", move |args, _| {
        format_number(args, |number| format_size(number, lang))
    });
    let _ = bundle.add_function("LEAD", move |args, _| match args.first() {
        Some(FluentValue::String(text)) => {
            marked_full_stop(marked_as_ours(hours::format_lead(text, lang))).into()
        }
        Some(other) => other.clone(),
        None => FluentValue::Error,
    });
    let _ = bundle.add_function("ENTRIES", move |args, _| {
        let counts = ENTRIES.iter().zip(args);
        let said = counts.filter_map(|(key, value)| match value {
            FluentValue::Number(number) if number.value >= 1.0 => {
                let words = Message::new(*key).number("count", number.value as i64);
                Some(message_text(&words, lang))
            }
            _ => None,
        });
        said.collect::<Vec<_>>().join(", ").into()
    });
    let _ = bundle.add_function("GIVEN", |args, around| {
        let part = |name| match around.get(name) {
            Some(FluentValue::String(text)) => text.as_ref(),
            _ => "",
        };
        match args.first() {
            Some(FluentValue::String(text)) if text.trim().is_empty() => "".into(),
            Some(FluentValue::String(text)) => {
                format!("{}{text}{}", part("before"), part("after")).into()
            }
            Some(other) => other.clone(),
            None => FluentValue::Error,
        }
    });
}

fn format_number<'a>(args: &[FluentValue<'a>], how: impl Fn(i64) -> String) -> FluentValue<'a> {
    match args.first() {
        // The cast saturates, which is what a duration or a size beyond all measure should do.
        Some(FluentValue::Number(number)) => {
            marked_full_stop(marked_as_ours(how(number.value as i64))).into()
        }
        // Some callers have only the digits.
        Some(FluentValue::String(text)) => match text.parse() {
            Ok(number) => marked_full_stop(marked_as_ours(how(number))).into(),
            Err(_) => text.to_string().into(),
        },
        Some(other) => other.clone(),
        None => FluentValue::Error,
    }
}

/// An amount of data as people say it: "640 bytes", "12 KB", "3.4 MB"; 1 KB is 1000 bytes.
fn format_size(bytes: i64, lang: Lang) -> String {
    let bytes = bytes.max(0);
    let mut tenths = i128::from(bytes) * 10;
    let mut unit = if lang == Lang::De { "Byte" } else { "bytes" };
    for larger in UNITS {
        // Rounding must not leave "1000 KB".
        if tenths < 9_995 {
            break;
        }
        tenths = (tenths + 500) / 1000;
        unit = larger;
    }
    let (whole, tenth) = (tenths / 10, tenths % 10);
    let point = if lang == Lang::De { ',' } else { '.' };
    if whole < 10 && tenth > 0 {
        format!("{whole}{point}{tenth} {unit}")
    } else {
        format!("{} {unit}", (tenths + 5) / 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_not_counted() {
        let line = |visits: i64, accounts: i64, others: i64| {
            let words = Message::new("unsent-entries")
                .number("drafts", 0)
                .number("visits", visits)
                .number("usages", 0)
                .number("promises", 0)
                .number("accounts", accounts)
                .number("others", others);
            message_text(&words, Lang::De)
        };
        assert!(line(0, 1, 0).starts_with("Nur auf diesem Gerät: 1 Kunde. "));
        assert!(line(2, 0, 1).contains("Gerät: 2 Besuche, 1 anderer Eintrag. "));
    }

    #[test]
    fn sizes_have_at_most_three_digits_and_one_decimal() {
        for (bytes, en, de) in [
            (-1, "0 bytes", "0 Byte"),
            (640, "640 bytes", "640 Byte"),
            (999, "999 bytes", "999 Byte"),
            (1_000, "1 KB", "1 KB"),
            (12_400, "12 KB", "12 KB"),
            (999_600, "1 MB", "1 MB"),
            (3_440_000, "3.4 MB", "3,4 MB"),
            (5_000_000_000, "5 GB", "5 GB"),
            (i64::MAX, "9223372 TB", "9223372 TB"),
        ] {
            assert_eq!(format_size(bytes, Lang::En), en);
            assert_eq!(format_size(bytes, Lang::De), de);
        }
    }
}
