//! The order of lists by name, as people look for names in it: the root collation of the Unicode Collation Algorithm,
//! which is the order of English and German; digits count as numbers. Accounts store its keys.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::CollatorBorrowed;
use icu_collator::CollatorPreferences;
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;

/// None is never seen: its data is part of the program.
static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    let mut preferences = CollatorPreferences::default();
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    CollatorBorrowed::try_new(preferences, CollatorOptions::default()).ok()
});

/// Bytes that are in the same order as the names that they stand for. They hold for one version of the data only: a
/// store of them makes them anew with a new version of the program's projections.
pub fn sort_key(name: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(name.len() * 2 + 8);
    match COLLATOR.as_ref() {
        Some(collator) => {
            let Ok(()) = collator.write_sort_key_to(name, &mut key);
        }
        None => key.extend_from_slice(name.to_lowercase().as_bytes()),
    }
    key
}

/// The order of two names; those that only a program tells apart are in the order of their characters.
pub fn compare(one: &str, other: &str) -> Ordering {
    let by_language = match COLLATOR.as_ref() {
        Some(collator) => collator.compare(one, other),
        None => one.to_lowercase().cmp(&other.to_lowercase()),
    };
    by_language.then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_people_look_for_them() {
        let ordered = [
            "Apfel",
            "Äpfel",
            "apfelkuchen",
            "Café",
            "Cafe-Atlantico",
            "Halle 2",
            "Halle 10",
            "Łódź",
            "Lyon",
            "Ofen",
            "Öl",
            "Straße",
            "Strasse 1",
            "Über",
            "Zebra",
            "zoo",
            "Ёлка",
            "Жук",
            "Яна",
            "山田",
        ];
        let mut names = ordered.to_vec();
        names.reverse();
        names.sort_by(|one, other| compare(one, other));
        assert_eq!(names, ordered);
        names.reverse();
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ordered);
        assert!(!compare("Ada\u{202e}", "Ada\u{200b}").is_eq());
    }
}
