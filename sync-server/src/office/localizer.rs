//! The texts of pages in the reader's language and zone: the catalogue's sentences, dates and amounts of time.

use std::borrow::Borrow;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use kept_core::language::phrase::{PhraseContext, PhraseError, parse_due, parse_moment};
use kept_core::language::{
    Lang, Message, ReaderContext, dates, format_due, format_instant, format_since, hours,
    message_text_at, with_full_stop,
};
use kept_core::model::calendar::{Shift, WorkingTime};
use kept_core::model::time::{self, Due, DuePart, Millis, zoned};

use super::cookies::cookie;
use super::replica::Replica;

/// The cookie with the language that a reader chose.
pub(super) const LANGUAGE_COOKIE: &str = "lang";
/// The cookie with the zone that a reader chose.
pub(super) const ZONE_COOKIE: &str = "zone";

/// A language, and the present moment where the reader is: in the zone that they chose, else the company's.
#[derive(Clone, Debug)]
pub(super) struct Localizer {
    lang: Lang,
    pub(super) now: Millis,
    pub(super) zone: String,
    /// The owner of the zone: an entry `office-zone-of-…` of the catalogue.
    zone_source_key: &'static str,
    /// The company's working time, on the clocks of the zone.
    working: Arc<WorkingTime>,
}

impl Localizer {
    /// Speaks the language that was chosen, or that the browser asks for.
    pub(super) fn from_request(parts: &Parts, replica: &Replica, now: Millis) -> Self {
        let chosen = cookie(&parts.headers, ZONE_COOKIE);
        let chosen = chosen.filter(|zone| !zone.is_empty() && time::zone(zone).is_ok());
        // messages: office-zone-of-reader office-zone-of-company office-zone-of-server
        let zone_source_key = match chosen {
            Some(_) => "office-zone-of-reader",
            None if replica.zone_is_agreed() => "office-zone-of-company",
            None => "office-zone-of-server",
        };
        let zone = chosen.map_or_else(|| replica.zone(), str::to_owned);
        Self {
            zone_source_key,
            lang: language(parts),
            now,
            working: Arc::new(replica.company().working_time_at(&zone)),
            zone,
        }
    }

    /// Speaks a language, in UTC.
    #[cfg(test)]
    pub(super) fn in_language(lang: Lang) -> Self {
        Self {
            lang,
            now: 0,
            zone: "UTC".to_owned(),
            zone_source_key: "office-zone-of-server",
            working: Arc::new(WorkingTime::usual_utc()),
        }
    }

    /// The sentence with the zone in which times are typed and shown, and whose it is.
    pub(super) fn zone_note(&self) -> String {
        self.text_with(self.zone_source_key, "zone", &self.zone)
    }

    /// The reader of the page.
    fn reader(&self) -> ReaderContext {
        ReaderContext {
            lang: self.lang,
            now: self.now,
            zone: self.zone.clone(),
        }
    }

    fn phrase_context(&self) -> PhraseContext<'_> {
        PhraseContext {
            now: self.now,
            zone: &self.zone,
            working: &self.working,
        }
    }

    /// A date to promise, as it is typed into a form.
    pub(super) fn parse_typed_due(&self, text: &str) -> Result<Due, PhraseError> {
        parse_due(text, &self.phrase_context())
    }

    /// The instant of something that happened, as it is typed into a form; in milliseconds since the epoch.
    pub(super) fn parse_typed_moment(&self, text: &str) -> Result<Millis, PhraseError> {
        parse_moment(text, &self.phrase_context())
    }

    /// The language for the page's `lang`.
    pub(super) fn language_code(&self) -> &'static str {
        match self.lang {
            Lang::En => "en",
            Lang::De => "de",
        }
    }

    /// A sentence of the catalogue without gaps.
    pub(super) fn text(&self, key: &str) -> String {
        self.message(&Message::new(key))
    }

    /// A sentence with one name in it.
    pub(super) fn text_with(&self, key: &str, gap: &str, text: impl AsRef<str>) -> String {
        self.message(&Message::new(key).text(gap, text.as_ref()))
    }

    /// A sentence with a count.
    pub(super) fn text_with_count(&self, key: &str, count: impl Borrow<usize>) -> String {
        let count = i64::try_from(*count.borrow()).unwrap_or(i64::MAX);
        self.message(&Message::new(key).number("count", count))
    }

    /// A sentence that the core made.
    pub(super) fn message(&self, words: &Message) -> String {
        message_text_at(words, &self.reader())
    }

    /// A sentence that the core made, with its full stop.
    pub(super) fn sentence(&self, words: &Message) -> String {
        with_full_stop(self.message(words))
    }

    /// An instant as people say it: "12 min ago", "Thu 21, 14:30".
    pub(super) fn instant(&self, at: &Millis) -> String {
        format_instant(*at, &self.zone, self.now, self.lang)
    }

    /// An instant as it follows "since", never so long ago.
    pub(super) fn instant_since(&self, at: Millis) -> String {
        format_since(at, &self.zone, self.now, self.lang)
    }

    /// An instant in full.
    pub(super) fn exact_instant(&self, at: &Millis) -> String {
        dates::format_instant_in_full(*at, &self.zone, self.lang)
    }

    /// The clock time of an instant.
    pub(super) fn clock_time(&self, at: &Millis) -> String {
        zoned(*at, &self.zone).map_or_else(
            |_| String::new(),
            |at| format!("{:02}:{:02}", at.hour(), at.minute()),
        )
    }

    /// The day of an instant: what lists are grouped by.
    pub(super) fn day_of(&self, at: Millis) -> Due {
        let date = zoned(at, &self.zone).map_or_else(|_| String::new(), |at| at.date().to_string());
        Due {
            date,
            part: DuePart::Day,
            zone: self.zone.clone(),
            end_of_day: None,
            repeated: false,
        }
    }

    /// An amount of time; `day` is how many minutes a day has.
    pub(super) fn duration(&self, minutes: u32, day: u32) -> String {
        hours::format_minutes(minutes, day, self.lang)
    }

    /// The hours of a week, days with the same ones together.
    pub(super) fn week_hours(&self, week: &[Vec<Shift>]) -> Vec<String> {
        hours::format_week(week, self.lang)
    }

    /// A day that is written as `2026-12-25`, in full.
    pub(super) fn exact_day(&self, date: &str) -> String {
        self.format_due_in_full(&Due {
            date: date.to_owned(),
            part: DuePart::Day,
            zone: self.zone.clone(),
            end_of_day: None,
            repeated: false,
        })
    }

    /// A promised date as people say it.
    pub(super) fn due(&self, due: &Due) -> String {
        format_due(due, &self.reader())
    }

    /// A promised date in full.
    pub(super) fn format_due_in_full(&self, due: &Due) -> String {
        dates::format_due_in_full_for(due, &self.reader())
    }
}

fn language(parts: &Parts) -> Lang {
    let chosen = parts.uri.query().and_then(language_in_query);
    chosen
        .or_else(|| cookie(&parts.headers, LANGUAGE_COOKIE).and_then(parse_language))
        .or_else(|| accepted_language(&parts.headers))
        .unwrap_or_default()
}

/// The language that a query chooses as `lang=de`.
pub(super) fn language_in_query(query: &str) -> Option<Lang> {
    let mut pairs = query.split('&');
    pairs.find_map(|pair| parse_language(pair.strip_prefix("lang=")?))
}

fn parse_language(code: &str) -> Option<Lang> {
    match code {
        "de" => Some(Lang::De),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// The first language of the browser's list that we speak; the heaviest counts first.
fn accepted_language(headers: &HeaderMap) -> Option<Lang> {
    let list = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut preferences: Vec<(f32, Lang)> = list
        .split(',')
        .filter_map(|preference| {
            let (tag, weight) = preference.split_once(";q=").unwrap_or((preference, "1"));
            let primary = tag.trim().split('-').next()?.to_ascii_lowercase();
            Some((weight.trim().parse().ok()?, parse_language(&primary)?))
        })
        .collect();
    // Stable: among equals the first stays first.
    preferences.sort_by(|a, b| b.0.total_cmp(&a.0));
    preferences.first().map(|(_, lang)| *lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_language_that_we_speak_is_taken() {
        for (header, lang) in [
            ("de-AT,de;q=0.9,en;q=0.5", Some(Lang::De)),
            ("en;q=0.4, de;q=0.8", Some(Lang::De)),
            ("fr, en-GB;q=0.7", Some(Lang::En)),
            ("fr", None),
            ("de;q=nonsense", None),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, header.parse().unwrap())]);
            assert_eq!(accepted_language(&headers), lang, "{header}");
        }
    }
}
