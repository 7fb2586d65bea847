//! Telephone numbers, however they are written: the one place that compares them, finds them and dials them.
//!
//! A number with a country code means the same everywhere. One without is a number of the company's country, where that
//! is known; what is stored about it does not depend on the country, so that no index goes stale with a setting.
//! Country codes and trunk prefixes come from `rlibphonenumber`, a port of Google's libphonenumber with its metadata.
//! It is not checked here that a number exists.
//!
//! Without a zone in the handbook the country is that of the device's zone. Only comparison, queries and dialling know
//! it. With regex-lite the crate adds 0.64 MB to a library (metadata 0.25 MB), where the crate `phonenumber` adds 4.25
//! MB; its metadata take 4 ms and 5 MB when the first number is read.

use std::sync::LazyLock;

use rlibphonenumber::{
    NumberLengthType, PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, Region,
};

use super::fold;

/// A country, as far as its telephone numbers go.
#[derive(Debug, PartialEq, Eq)]
pub struct Country {
    /// Its ISO 3166 code: "DE".
    pub iso: &'static str,
    region: Region,
    zones: Vec<&'static str>,
}

impl Country {
    /// The country in short: "DE +49".
    pub fn name(&self) -> String {
        match PHONE_NUMBER_UTIL.get_country_code_for_region(self.region) {
            Some(code) => format!("{} +{code}", self.iso),
            None => self.iso.to_owned(),
        }
    }
}

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let lines = include_str!("countries.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    let country = |line: &'static str| {
        let mut words = line.split(' ');
        let iso = words.next()?;
        Some(Country {
            iso,
            region: iso.parse().ok()?,
            zones: words.collect(),
        })
    };
    lines.filter_map(country).collect()
});

/// The country in which a zone of the tz database is; none for zones of none, such as UTC.
pub fn country_of_zone(zone: &str) -> Option<&'static Country> {
    COUNTRIES
        .iter()
        .find(|country| country.zones.contains(&zone))
}

/// The country of an ISO 3166 code.
pub fn country(iso: &str) -> Option<&'static Country> {
    COUNTRIES
        .iter()
        .find(|country| country.iso.eq_ignore_ascii_case(iso))
}

/// A telephone number as a person wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telephone {
    /// Its digits, with the country code if it is `international`.
    digits: String,
    /// The length of the country code, in digits; None if it is not known to begin with one.
    international: Option<usize>,
    /// Inside its country, as it is written there; empty where that is not known.
    domestic: String,
    /// The digits of an extension, may be empty.
    extension: String,
}

/// The fewest digits that make a number.
const MIN_DIGITS: usize = 3;
/// The most digits that E.164 allows, with as many again for prefixes.
const MAX_DIGITS: usize = 30;
/// From so many digits on, the end of a number means it.
const MIN_SUFFIX_DIGITS: usize = 4;
/// From so many digits on, a second number in the same field is one of its own and no extension.
const MIN_OWN_NUMBER_DIGITS: usize = 6;

/// The words that stand for a number in the index begin with one of these, which no text folds to.
const WHOLE: char = '\u{2706}';
const NATIONAL: char = '\u{2707}';
const LOCAL: char = '\u{260E}';
const BACKWARDS: char = '\u{260F}';

/// A word to look for, in full or only its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberWord {
    /// The word.
    pub word: String,
    /// True if more characters may follow.
    pub is_prefix: bool,
}

impl Telephone {
    /// Reads a number: digits of any script with what people put between them, and words around them, as in
    /// "Tel. 0711 1234567 (mornings)". None for a text that is no number.
    pub fn read(text: &str) -> Option<Self> {
        Self::all(text).into_iter().next()
    }

    /// Reads all numbers of a text that is one or several of them.
    pub fn all(text: &str) -> Vec<Self> {
        let mut numbers: Vec<Self> = Vec::new();
        for written in written_numbers(text) {
            numbers.extend(Self::of(&written));
        }
        numbers
    }

    fn of(written: &WrittenNumber) -> Option<Self> {
        if !(MIN_DIGITS..=MAX_DIGITS).contains(&written.count()) {
            return None;
        }
        let abroad = written.digits.strip_prefix("00");
        let whole = match (written.plus, abroad) {
            (true, _) => Some(written.digits.as_str()),
            (false, abroad) => abroad,
        };
        let read = whole.and_then(|whole| PHONE_NUMBER_UTIL.parse(format!("+{whole}"), None).ok());
        Some(match read {
            Some(number) => Self::international(&number, &written.extension),
            None => Self {
                digits: written.digits.clone(),
                international: None,
                domestic: String::new(),
                extension: written.extension.clone(),
            },
        })
    }

    fn international(number: &PhoneNumber, extension: &str) -> Self {
        let code = number.country_code.to_string();
        let national = number.get_national_significant_number();
        let written = number.format_as(PhoneNumberFormat::National);
        Self {
            digits: format!("{code}{national}"),
            international: Some(code.len()),
            domestic: written.chars().filter(char::is_ascii_digit).collect(),
            extension: extension.to_owned(),
        }
    }

    /// Reads a number as it is meant in a country: with its country code, if it has one or the country is known.
    pub fn read_in(text: &str, country: Option<&Country>) -> Option<Self> {
        let written = written_numbers(text).into_iter().next()?;
        let read = Self::of(&written)?;
        let Some(country) = country.filter(|_| read.international.is_none()) else {
            return Some(read);
        };
        // Short numbers are dialled as they are: emergency calls, extensions, parts of a town.
        if read.digits.len() < MIN_OWN_NUMBER_DIGITS {
            return Some(read);
        }
        let number = PHONE_NUMBER_UTIL.parse(&written.digits, Some(country.region));
        let Ok(number) = number else {
            return Some(read);
        };
        let is_whole = is_whole(&number, &read.digits, country.region);
        Some(match is_whole {
            true => Self::international(&number, &written.extension),
            false => read,
        })
    }

    /// The number without the country code, where it is known to have one, and without leading zeros.
    fn national(&self) -> &str {
        let national = self.digits.get(self.international.unwrap_or_default()..);
        national.unwrap_or_default().trim_start_matches('0')
    }

    /// The trunk prefix: the digits that are dialled before numbers of its country inside it, without leading zeros;
    /// empty where there are none, or zeros only.
    fn trunk(&self) -> String {
        let code = self.digits.get(..self.international.unwrap_or_default());
        let code = code.and_then(|code| code.parse().ok());
        let region = code.and_then(|code| PHONE_NUMBER_UTIL.get_region_for_country_code(code));
        let trunk = region.map(trunk_of).unwrap_or_default();
        trunk.trim_start_matches('0').to_owned()
    }

    /// The digits that two writings of one number have in common, wherever they are read: the last nine. The same in
    /// two countries or towns counts as one, so that it says something only beside a name.
    pub fn key(&self) -> String {
        let national = self.national();
        national
            .get(national.len().saturating_sub(9)..)
            .unwrap_or(national)
            .to_owned()
    }

    /// The number as every telephone dials it, `+` and digits; as it was written where its country is unknown.
    /// Pauses before the extension are commas.
    pub fn dialled(&self) -> String {
        let plus = if self.international.is_some() {
            "+"
        } else {
            ""
        };
        let pause = if self.extension.is_empty() { "" } else { "," };
        format!("{plus}{}{pause}{}", self.digits, self.extension)
    }

    /// The words under which the index has the number. None of them depends on a country.
    pub fn index_words(&self) -> Vec<String> {
        let whole = match self.international {
            Some(_) => self.digits.as_str(),
            None => self.national(),
        };
        let backwards: String = whole.chars().rev().collect();
        let mut words = match self.international {
            Some(_) => vec![
                format!("{WHOLE}{}", self.digits),
                format!("{NATIONAL}{}", self.national()),
            ],
            None => vec![format!("{LOCAL}{}", self.national())],
        };
        words.push(format!("{BACKWARDS}{backwards}"));
        words
    }

    /// The words of the index under which this number stands, if it was written with its country code, without it,
    /// or is only the beginning or the end of one.
    pub fn query_words(text: &str, country: Option<&Country>) -> Vec<NumberWord> {
        let (Some(raw), Some(read)) = (Self::read(text), Self::read_in(text, country)) else {
            return Vec::new();
        };
        let prefix = |kind: char, digits: &str| NumberWord {
            word: format!("{kind}{digits}"),
            is_prefix: true,
        };
        let mut words = Vec::new();
        let national = read.national();
        if read.international.is_some() {
            words.push(prefix(WHOLE, &read.digits));
            // As others of its country write it, with what they dial before where that is more than zeros.
            let domestic = read.domestic.trim_start_matches('0');
            let before = format!("{}{national}", read.trunk());
            let local = [national, domestic, &before].into_iter();
            let local = local.filter(|local| local.len() >= MIN_DIGITS);
            words.extend(local.map(|local| prefix(LOCAL, local)));
        } else if !national.is_empty() {
            words.extend([prefix(NATIONAL, national), prefix(LOCAL, national)]);
        }
        if !raw.national().is_empty() {
            words.push(prefix(LOCAL, raw.national()));
        }
        // The beginning of one, too short to be read.
        if text.trim_start().starts_with(['+', '＋']) && raw.international.is_none() {
            words.push(prefix(WHOLE, &raw.digits));
        }
        let is_part = raw.international.is_none()
            && !raw.digits.starts_with('0')
            && raw.digits.len() >= MIN_SUFFIX_DIGITS;
        if is_part {
            let backwards: String = raw.digits.chars().rev().collect();
            words.push(prefix(BACKWARDS, &backwards));
        }
        let mut seen = Vec::new();
        words.retain(|word| !seen.contains(word) && (seen.push(word.clone()), true).1);
        words
    }
}

/// True if two writings are of one number, in a country.
pub fn is_same(one: &str, other: &str, country: Option<&Country>) -> bool {
    match (
        Telephone::read_in(one, country),
        Telephone::read_in(other, country),
    ) {
        (Some(one), Some(other)) => {
            let both_known = one.international.is_some() == other.international.is_some();
            one.extension == other.extension
                && if both_known {
                    one.digits == other.digits
                } else {
                    one.national() == other.national()
                }
        }
        _ => false,
    }
}

/// The address under which a telephone dials a number as a person wrote it; None for a text that is no number.
pub fn dial_address(text: &str, country: Option<&Country>) -> Option<String> {
    Telephone::read_in(text, country).map(|number| format!("tel:{}", number.dialled()))
}

/// The trunk prefix: the digits that are dialled before whole numbers inside a region; empty where there are none. It
/// is in front of an example as it is written there, but for those of North America.
fn trunk_of(region: Region) -> String {
    if PHONE_NUMBER_UTIL.is_nanpa_country(region) {
        return "1".to_owned();
    }
    let Ok(example) = PHONE_NUMBER_UTIL.get_example_number(region) else {
        return String::new();
    };
    let example = Telephone::international(&example, "");
    let national = example
        .digits
        .get(example.international.unwrap_or_default()..);
    let trunk = example.domestic.strip_suffix(national.unwrap_or_default());
    trunk.unwrap_or_default().to_owned()
}

/// True if digits that were read in a region are a whole number there, and no subscriber's inside a town: they begin
/// with the region's trunk prefix, or could be nothing else.
fn is_whole(number: &PhoneNumber, digits: &str, region: Region) -> bool {
    let trunk = trunk_of(region);
    let is_possible = matches!(
        number.is_possible_with_reason(),
        Ok(NumberLengthType::IsPossible)
    );
    // Where zeros are dialled before, ten digits without one are a mobile, or have their area in them.
    const CLOSED: usize = 10;
    match trunk.as_str() {
        "0" => digits.starts_with('0') || digits.len() >= CLOSED && number.is_valid(),
        "" | "1" => is_possible,
        trunk => digits.starts_with(trunk) || number.is_valid(),
    }
}

/// A number as it stands in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct WrittenNumber {
    plus: bool,
    digits: String,
    extension: String,
    /// The words before it, folded.
    after: String,
}

impl WrittenNumber {
    fn count(&self) -> usize {
        self.digits.len()
    }
}

/// The numbers of a text, with their extensions.
fn written_numbers(text: &str) -> Vec<WrittenNumber> {
    /// Words that stand before an extension; "p" and "w" are pauses.
    const EXTENSION: &[&str] = &[
        "",
        "ext",
        "extn",
        "extension",
        "x",
        "durchwahl",
        "dw",
        "apparat",
        "app",
        "nst",
        "nebenstelle",
        "poste",
        "int",
        "interno",
        "p",
        "w",
        "доб",
    ];
    let pieces = pieces(text);
    let has_words = text.chars().any(char::is_alphabetic);
    let mut numbers: Vec<WrittenNumber> = Vec::new();
    for piece in pieces {
        let is_extension = !piece.plus
            && (piece.count() < MIN_OWN_NUMBER_DIGITS
                || !piece.digits.starts_with('0') && !piece.after.is_empty())
            && EXTENSION.contains(&piece.after.as_str());
        match numbers.last_mut() {
            Some(number) if is_extension => number.extension = piece.digits,
            Some(_) if piece.count() < MIN_OWN_NUMBER_DIGITS => {}
            None if piece.count() < MIN_DIGITS => {}
            _ => numbers.push(piece),
        }
    }
    // Beside words, few digits are a room or a time.
    numbers.retain(|number| !has_words || number.count() >= MIN_OWN_NUMBER_DIGITS);
    if numbers.is_empty() {
        numbers.extend(spelt(text));
    }
    numbers
}

/// The digits of a text, divided where something stands between them that is not part of a number.
fn pieces(text: &str) -> Vec<WrittenNumber> {
    let mut pieces: Vec<WrittenNumber> = Vec::new();
    let mut piece = WrittenNumber::default();
    let mut words = String::new();
    let mut divided = false;
    for c in text.chars().filter(|c| !fold::is_format(*c)) {
        let next = match (c, fold::digit(c)) {
            ('+' | '＋', _) => None,
            (_, Some('0')) if divided && piece.count() >= MIN_OWN_NUMBER_DIGITS => Some('0'),
            (_, Some(digit)) => {
                if piece.count() == 0 {
                    piece.after = std::mem::take(&mut words);
                }
                piece.digits.push(digit);
                divided = false;
                continue;
            }
            _ if is_between(c) => {
                divided |= matches!(c, '/' | '／' | '\n');
                continue;
            }
            _ => {
                if piece.count() > 0 {
                    pieces.push(std::mem::take(&mut piece));
                }
                piece.plus = false;
                words.extend(c.to_lowercase().filter(|c| c.is_alphabetic()));
                continue;
            }
        };
        // A plus, or a zero behind a slash, begins another number.
        if piece.count() > 0 {
            pieces.push(std::mem::take(&mut piece));
        }
        piece.after = std::mem::take(&mut words);
        piece.plus = next.is_none();
        piece.digits.extend(next);
        divided = false;
    }
    if piece.count() > 0 {
        pieces.push(piece);
    }
    pieces
}

/// A number of which a part is spelt in letters, as on a keypad: "1-800-FLOWERS".
fn spelt(text: &str) -> Option<WrittenNumber> {
    const KEYS: [&str; 8] = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];
    let mut written = WrittenNumber::default();
    let mut letters = 0;
    for c in text.trim().chars().filter(|c| !fold::is_format(*c)) {
        if c == '+' && written.count() == 0 {
            written.plus = true;
        } else if let Some(digit) = fold::digit(c) {
            written.digits.push(digit);
        } else if c.is_ascii_alphabetic() && written.count() >= MIN_DIGITS {
            let key = KEYS
                .iter()
                .position(|keys| keys.contains(c.to_ascii_lowercase()))?;
            written
                .digits
                .extend(char::from_digit(u32::try_from(key).ok()? + 2, 10));
            letters += 1;
        } else if !is_between(c) {
            return None;
        }
    }
    ((3..=8).contains(&letters) && (10..=15).contains(&written.count())).then_some(written)
}

/// True for a character that people put between digits.
fn is_between(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '.' | '/' | '(' | ')' | '[' | ']' | '~' | '\u{2010}'
                ..='\u{2015}' | '−' | '·' | '－' | '／'
        )
}

#[cfg(test)]
#[path = "telephone_tests.rs"]
mod tests;
