//! Names of days, months, numbers, units and halves of a day as people type them, in every language at once.
//!
//! Lower case, with ae, oe, ue and ss, as `tokens` prepares its text.

use jiff::civil::Weekday;

use super::Lang;

/// A day of the week with its English and its German names.
type Names = (
    Weekday,
    &'static [&'static str],
    &'static [&'static str],
    &'static str,
);

const WEEKDAYS: [Names; 7] = [
    (Weekday::Monday, &["mon", "monday"], &["mo"], "montag"),
    (
        Weekday::Tuesday,
        &["tue", "tues", "tuesday"],
        &["di"],
        "dienstag",
    ),
    (
        Weekday::Wednesday,
        &["wed", "weds", "wednesday"],
        &["mi"],
        "mittwoch",
    ),
    (
        Weekday::Thursday,
        &["thu", "thur", "thurs", "thursday"],
        &["do"],
        "donnerstag",
    ),
    (Weekday::Friday, &["fri", "friday"], &["fr"], "freitag"),
    (
        Weekday::Saturday,
        &["sat", "saturday"],
        &["sa", "sonnabend"],
        "samstag",
    ),
    (Weekday::Sunday, &["sun", "sunday"], &["so"], "sonntag"),
];

const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "januar", "jaenner"],
    &["feb", "february", "februar"],
    &["mar", "march", "maerz", "mrz"],
    &["apr", "april"],
    &["may", "mai"],
    &["jun", "june", "juni"],
    &["jul", "july", "juli"],
    &["aug", "august"],
    &["sep", "sept", "september"],
    &["oct", "october", "okt", "oktober"],
    &["nov", "november"],
    &["dec", "december", "dez", "dezember"],
];

/// One to nineteen.
const COUNTS: [&[&str]; 19] = [
    &["one", "eins"],
    &["two", "zwei", "zwo"],
    &["three", "drei"],
    &["four", "vier"],
    &["five", "fuenf"],
    &["six", "sechs"],
    &["seven", "sieben"],
    &["eight", "acht"],
    &["nine", "neun"],
    &["ten", "zehn"],
    &["eleven", "elf"],
    &["twelve", "zwoelf"],
    &["thirteen", "dreizehn"],
    &["fourteen", "vierzehn"],
    &["fifteen", "fuenfzehn"],
    &["sixteen", "sechzehn"],
    &["seventeen", "siebzehn"],
    &["eighteen", "achtzehn"],
    &["nineteen", "neunzehn"],
];

/// Twenty to ninety.
const TENS: [&[&str]; 8] = [
    &["twenty", "zwanzig"],
    &["thirty", "dreissig"],
    &["forty", "vierzig"],
    &["fifty", "fuenfzig"],
    &["sixty", "sechzig"],
    &["seventy", "siebzig"],
    &["eighty", "achtzig"],
    &["ninety", "neunzig"],
];

/// "first", "dritten": days of a month in words, 1 to 12, German ones without their endings.
const ORDINALS: [&[&str]; 12] = [
    &["first", "erst"],
    &["second", "zweit"],
    &["third", "dritt"],
    &["fourth", "viert"],
    &["fifth", "fuenft"],
    &["sixth", "sechst"],
    &["seventh", "siebt"],
    &["eighth", "acht"],
    &["ninth", "neunt"],
    &["tenth", "zehnt"],
    &["eleventh", "elft"],
    &["twelfth", "zwoelft"],
];

const ARTICLES: [&str; 8] = ["a", "an", "ein", "eine", "einem", "einen", "einer", "eines"];

/// Words that leave a time open, so that no promise can be measured by them.
const VAGUE: &[&str] = &[
    "about",
    "abt",
    "after",
    "afterwards",
    "anfang",
    "approx",
    "approximately",
    "around",
    "asap",
    "bald",
    "baldigst",
    "baldmoeglichst",
    "before",
    "beginning",
    "between",
    "ca",
    "circa",
    "couple",
    "demnaechst",
    "early",
    "einige",
    "einigen",
    "etwa",
    "eventually",
    "few",
    "gegen",
    "gleich",
    "irgendwann",
    "ish",
    "kurz",
    "late",
    "later",
    "lunch",
    "lunchtime",
    "maybe",
    "mid",
    "middle",
    "mitte",
    "nach",
    "nacht",
    "nachts",
    "naechstens",
    "night",
    "oder",
    "or",
    "paar",
    "perhaps",
    "roughly",
    "several",
    "shortly",
    "some",
    "someday",
    "sometime",
    "soon",
    "spaet",
    "spaeter",
    "start",
    "ungefaehr",
    "vielleicht",
    "vor",
    "weekend",
    "wochenanfang",
    "wochenende",
    "wochenmitte",
    "zwischen",
    "~",
];

/// A part of a day that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayPart {
    /// Before noon.
    Morning,
    /// After noon.
    Afternoon,
    /// Until 22:00.
    Evening,
    /// Until the working day ends.
    EndOfDay,
}

/// The day of the week that a word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    weekday_in(word).map(|(weekday, _)| weekday)
}

/// The day of the week that a word names, with the language that names it so.
pub(super) fn weekday_in(word: &str) -> Option<(Weekday, Lang)> {
    WEEKDAYS.iter().find_map(|(weekday, english, short, long)| {
        if english.contains(&word) {
            return Some((*weekday, Lang::En));
        }
        (short.contains(&word) || *long == word).then_some((*weekday, Lang::De))
    })
}

/// "freitagnachmittag" as its two words.
pub(super) fn split_compound(word: &str) -> Option<(&str, &str)> {
    const PARTS: [&str; 8] = [
        "vormittag",
        "nachmittag",
        "mittag",
        "abend",
        "morgen",
        "frueh",
        "nacht",
        "ende",
    ];
    let heads = WEEKDAYS.iter().map(|(_, _, _, long)| *long);
    let heads = heads.chain(["heute", "gestern", "vorgestern", "uebermorgen"]);
    let part = |head: &str| {
        let rest = word.strip_prefix(head)?;
        let known = PARTS
            .iter()
            .any(|part| rest == *part || rest.strip_suffix('s') == Some(*part));
        known.then_some(rest.len())
    };
    let length = heads.filter_map(part).next()?;
    word.split_at_checked(word.len() - length)
}

/// The month that a word names, 1 to 12.
pub(super) fn month(word: &str) -> Option<i8> {
    position(&MONTHS, word)
}

/// The day of a month that a word names, 1 to 12.
pub(super) fn ordinal(word: &str) -> Option<i8> {
    let stem = ["er", "en", "e"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.ends_with('t')));
    let english = ORDINALS.iter().position(|names| names[0] == word);
    let german = ORDINALS.iter().position(|names| Some(names[1]) == stem);
    i8::try_from(english.or(german)? + 1).ok()
}

/// The number that a word names, 1 to 99: "drei", "fünfundzwanzig".
pub(super) fn number(word: &str) -> Option<u16> {
    let small = |word: &str| position(&COUNTS, word).map(i8::cast_unsigned);
    if let Some(count) = small(word) {
        return Some(count.into());
    }
    if let Some(tens) = tens(word) {
        return Some(tens);
    }
    let (ones, tens_word) = word.split_once("und")?;
    let ones = if ones == "ein" { 1 } else { small(ones)? };
    (ones < 10).then_some(tens(tens_word)? + u16::from(ones))
}

/// The tens that a word names, 20 to 90.
pub(super) fn tens(word: &str) -> Option<u16> {
    position(&TENS, word).map(|at| (u16::from(at.cast_unsigned()) + 1) * 10)
}

/// True if a word stands for one before what is counted.
pub(super) fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

/// True if a word leaves the time open.
pub(super) fn is_vague(word: &str) -> bool {
    VAGUE.contains(&word)
}

/// The part of a day that a word names.
pub(super) fn day_part(word: &str) -> Option<DayPart> {
    match word {
        "morning" | "mornings" | "vormittag" | "vormittags" | "morgens" | "frueh" => {
            Some(DayPart::Morning)
        }
        "afternoon" | "afternoons" | "nachmittag" | "nachmittags" => Some(DayPart::Afternoon),
        "evening" | "evenings" | "abend" | "abends" => Some(DayPart::Evening),
        "eod" | "cob" | "eob" | "feierabend" | "geschaeftsschluss" | "dienstschluss"
        | "betriebsschluss" | "ladenschluss" => Some(DayPart::EndOfDay),
        _ => None,
    }
}

/// True if a German date or part of a day begins with a word, so that "am" before it is no a.m.
pub(super) fn begins_german_date(word: &str) -> bool {
    let day = word.strip_suffix('.').is_some_and(|day| {
        (1..=2).contains(&day.len()) && day.bytes().all(|byte| byte.is_ascii_digit())
    });
    let dotted = word.contains('.') && word.starts_with(|first: char| first.is_ascii_digit());
    day || dotted
        || matches!(
            word,
            "vormittag"
                | "nachmittag"
                | "mittag"
                | "abend"
                | "morgen"
                | "wochenende"
                | "ende"
                | "anfang"
                | "tag"
                | "naechsten"
                | "kommenden"
                | "letzten"
                | "vergangenen"
                | "vorigen"
                | "folgenden"
                | "gleichen"
                | "selben"
        )
        || matches!(weekday_in(word), Some((_, Lang::De)))
        || split_compound(word).is_some()
        || ordinal(word).is_some_and(|_| word.ends_with("en") || word.ends_with("er"))
}

fn position(table: &[&[&str]], word: &str) -> Option<i8> {
    let index = table.iter().position(|names| names.contains(&word))?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_means_two_things() {
        let weekdays = WEEKDAYS
            .iter()
            .flat_map(|(_, en, de, long)| en.iter().chain(*de).chain([long]));
        let months = MONTHS.iter().flat_map(|names| names.iter());
        let counts = COUNTS.iter().chain(&TENS).flat_map(|names| names.iter());
        let english = ORDINALS.iter().map(|names| &names[0]);
        let all = weekdays.chain(months).chain(counts).chain(&ARTICLES);
        let mut all: Vec<_> = all.chain(VAGUE).chain(english).collect();
        let before = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), before);
    }

    #[test]
    fn numbers_in_words() {
        for (word, meant) in [
            ("eins", Some(1)),
            ("neunzehn", Some(19)),
            ("ninety", Some(90)),
            ("einundzwanzig", Some(21)),
            ("fuenfundvierzig", Some(45)),
            ("zehnundzwanzig", None),
            ("hundert", None),
            ("und", None),
            ("", None),
        ] {
            assert_eq!(number(word), meant, "{word}");
        }
        assert_eq!(
            ["third", "dritten", "achter", "acht", "elfte"].map(ordinal),
            [Some(3), Some(3), Some(8), None, Some(11)]
        );
        assert_eq!(
            split_compound("freitagnachmittags"),
            Some(("freitag", "nachmittags"))
        );
        assert_eq!(split_compound("heuteabend"), Some(("heute", "abend")));
        assert_eq!(split_compound("nachmittag"), None);
    }
}
