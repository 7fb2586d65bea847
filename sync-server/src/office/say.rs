//! The speech of pages: the reader's language and zone, and the catalogue's sentences with dates as said now.

use std::borrow::Borrow;
use std::sync::Arc;

use axum::extract::{Query, Request};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use kept_core::model::calendar::{Shift, WorkingTime};
use kept_core::model::time::{self, Due, DuePart, Millis, zoned};
use kept_core::words::phrase::{Here, PhraseError, parse_due, parse_moment};
use kept_core::words::{
    Lang, Reader, Words, dates, finish, hours, say_due, say_instant, say_since, words_text_at,
};
use serde::Deserialize;

use super::Office;
use super::frame::Frame;
use super::trouble::Trouble;

const CHOICE: &str = "lang";
/// The cookie with the zone that a reader chose.
const ZONE: &str = "zone";
const YEAR_S: u32 = 365 * 24 * 60 * 60;

/// A language, and the present moment where the reader is: in the zone that they chose, else the company's.
#[derive(Clone, Debug)]
pub(super) struct Say {
    lang: Lang,
    pub(super) now: Millis,
    pub(super) zone: String,
    /// The owner of the zone: an entry `office-zone-of-…` of the catalogue.
    zone_of: &'static str,
    /// The company's working time, on the clocks of the zone.
    working: Arc<WorkingTime>,
}

impl Say {
    /// Speaks the language that was chosen, or that the browser asks for.
    pub(super) fn to(parts: &Parts, office: &Office) -> Self {
        let chosen = cookie(&parts.headers, ZONE);
        let chosen = chosen.filter(|zone| !zone.is_empty() && time::zone(zone).is_ok());
        // words: office-zone-of-reader office-zone-of-company office-zone-of-server
        let zone_of = match chosen {
            Some(_) => "office-zone-of-reader",
            None if office.replica.zone_is_agreed() => "office-zone-of-company",
            None => "office-zone-of-server",
        };
        let zone = chosen.map_or_else(|| office.replica.zone(), str::to_owned);
        Self {
            zone_of,
            lang: language(parts),
            now: office.state.environment().wall_ms(),
            working: Arc::new(office.replica.company().working_time_at(&zone)),
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
            zone_of: "office-zone-of-server",
            working: Arc::new(WorkingTime::usual_utc()),
        }
    }

    /// The sentence with the zone in which times are typed and shown, and whose it is.
    pub(super) fn zone_note(&self) -> String {
        self.with(self.zone_of, "zone", &self.zone)
    }

    /// The reader of the page.
    fn reader(&self) -> Reader {
        Reader {
            lang: self.lang,
            now: self.now,
            zone: self.zone.clone(),
        }
    }

    fn here(&self) -> Here<'_> {
        Here {
            now: self.now,
            zone: &self.zone,
            working: &self.working,
        }
    }

    /// A date to promise, as it is typed into a form.
    pub(super) fn read_due(&self, text: &str) -> Result<Due, PhraseError> {
        parse_due(text, &self.here())
    }

    /// The instant of something that happened, as it is typed into a form; in milliseconds since the epoch.
    pub(super) fn read_moment(&self, text: &str) -> Result<Millis, PhraseError> {
        parse_moment(text, &self.here())
    }

    /// The language for the page's `lang`.
    pub(super) fn code(&self) -> &'static str {
        match self.lang {
            Lang::En => "en",
            Lang::De => "de",
        }
    }

    /// A sentence of the catalogue without gaps.
    pub(super) fn the(&self, key: &str) -> String {
        self.words(&Words::new(key))
    }

    /// A sentence with one name in it.
    pub(super) fn with(&self, key: &str, gap: &str, text: impl AsRef<str>) -> String {
        self.words(&Words::new(key).text(gap, text.as_ref()))
    }

    /// A sentence with a count.
    pub(super) fn count(&self, key: &str, count: impl Borrow<usize>) -> String {
        let count = i64::try_from(*count.borrow()).unwrap_or(i64::MAX);
        self.words(&Words::new(key).number("count", count))
    }

    /// A sentence that the core made.
    pub(super) fn words(&self, words: &Words) -> String {
        words_text_at(words, &self.reader())
    }

    /// A sentence that the core made, with its full stop.
    pub(super) fn sentence(&self, words: &Words) -> String {
        finish(self.words(words))
    }

    /// An instant as people say it: "12 min ago", "Thu 21, 14:30".
    pub(super) fn when(&self, at: &Millis) -> String {
        say_instant(*at, &self.zone, self.now, self.lang)
    }

    /// An instant as it follows "since", never so long ago.
    pub(super) fn since(&self, at: Millis) -> String {
        say_since(at, &self.zone, self.now, self.lang)
    }

    /// An instant in full.
    pub(super) fn exact(&self, at: &Millis) -> String {
        dates::exact_instant(*at, &self.zone, self.lang)
    }

    /// The clock time of an instant.
    pub(super) fn clock(&self, at: &Millis) -> String {
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
            closing: None,
            repeated: false,
        }
    }

    /// An amount of time; `day` is how many minutes a day has.
    pub(super) fn amount(&self, minutes: u32, day: u32) -> String {
        hours::say_minutes(minutes, day, self.lang)
    }

    /// The hours of a week, days with the same ones together.
    pub(super) fn week(&self, week: &[Vec<Shift>]) -> Vec<String> {
        hours::say_week(week, self.lang)
    }

    /// A day that is written as `2026-12-25`, in full.
    pub(super) fn day(&self, date: &str) -> String {
        self.exact_due(&Due {
            date: date.to_owned(),
            part: DuePart::Day,
            zone: self.zone.clone(),
            closing: None,
            repeated: false,
        })
    }

    /// A promised date as people say it.
    pub(super) fn due(&self, due: &Due) -> String {
        say_due(due, &self.reader())
    }

    /// A promised date in full.
    pub(super) fn exact_due(&self, due: &Due) -> String {
        dates::exact_due_for(due, &self.reader())
    }
}

/// Keeps a choice that came as `?lang=de` in a cookie.
pub(super) async fn remember_choice(request: Request, next: Next) -> Response {
    let choice = request.uri().query().and_then(choice_in);
    let mut response = next.run(request).await;
    if let Some(lang) = choice {
        let code = if lang == Lang::De { "de" } else { "en" };
        let cookie = format!("{CHOICE}={code}; Path=/; Max-Age={YEAR_S}; SameSite=Lax; HttpOnly");
        if let Ok(value) = HeaderValue::try_from(cookie) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    response
}

/// The query parameters of the choice of a zone: what the reader typed, and the page that they were on.
#[derive(Deserialize)]
pub(super) struct ZoneChoice {
    #[serde(default)]
    zone: String,
    #[serde(default)]
    back: String,
}

/// `GET /zone`: keeps a zone in a cookie; an empty one makes it the company's again.
pub(super) async fn choose_zone(frame: Frame, Query(choice): Query<ZoneChoice>) -> Response {
    let typed = choice.zone.trim().replace(' ', "_");
    let known = time::zone(&typed).ok();
    let known = known.as_ref().and_then(|zone| zone.iana_name());
    let (value, seconds) = match (typed.as_str(), known) {
        ("", _) => ("", 0),
        (_, Some(name)) => (name, YEAR_S),
        (_, None) => {
            let words = Words::new("office-no-such-zone").text("zone", choice.zone.trim());
            return (
                StatusCode::UNPROCESSABLE_ENTITY,
                Trouble::Refused(words).told(frame.say),
            )
                .into_response();
        }
    };
    // Only pages of this office: a path, and none that a browser takes for another host.
    let is_path = choice.back.starts_with('/') && !choice.back.starts_with("//");
    let back = choice.back.as_str();
    let is_path = is_path && !back.contains(['\\', '\r', '\n']);
    let cookie = format!("{ZONE}={value}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly");
    let back = if is_path { back } else { "/" };
    ([(SET_COOKIE, cookie)], Redirect::to(back)).into_response()
}

fn language(parts: &Parts) -> Lang {
    let chosen = parts.uri.query().and_then(choice_in);
    chosen
        .or_else(|| cookie(&parts.headers, CHOICE).and_then(known))
        .or_else(|| asked_for(&parts.headers))
        .unwrap_or_default()
}

fn choice_in(query: &str) -> Option<Lang> {
    let mut pairs = query.split('&');
    pairs.find_map(|pair| known(pair.strip_prefix("lang=")?))
}

fn known(language: &str) -> Option<Lang> {
    match language {
        "de" => Some(Lang::De),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// The first language of the browser's list that we speak; the heaviest counts first.
fn asked_for(headers: &HeaderMap) -> Option<Lang> {
    let list = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut wishes: Vec<(f32, Lang)> = list
        .split(',')
        .filter_map(|wish| {
            let (tag, weight) = wish.split_once(";q=").unwrap_or((wish, "1"));
            let primary = tag.trim().split('-').next()?.to_ascii_lowercase();
            Some((weight.trim().parse().ok()?, known(&primary)?))
        })
        .collect();
    // Stable: among equals the first stays first.
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
    wishes.first().map(|(_, lang)| *lang)
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
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
            assert_eq!(asked_for(&headers), lang, "{header}");
        }
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let headers = HeaderMap::from_iter([(COOKIE, "xlang=en; lang=de".parse().unwrap())]);
        assert_eq!(cookie(&headers, "lang"), Some("de"));
        assert_eq!(cookie(&headers, "lan"), None);
    }
}
