//! Times as they are typed: dates to promise, moments, spans and working hours.

use kept_core::language::{Message, hours};
use kept_core::limits::CLOSED_DAYS;
use kept_core::model::calendar::Shift;
use kept_core::model::time::{Due, Millis};
use kept_core::notebook::{ApiResult, LeadTime};
use kept_help::InvalidValue;

use super::errors::syntax_error;
use crate::view::View;

/// A date to promise, as people say it or as RFC 3339.
pub fn due(view: &View<'_>, text: &str) -> ApiResult<Due> {
    if let Ok(instant) = text.trim().parse::<jiff::Timestamp>() {
        return Ok(Due::at(instant.as_millisecond(), &view.zone)?);
    }
    view.parse_typed_due(text)
}

/// Reads when something happened, as people say it or as RFC 3339; in milliseconds since the epoch.
pub fn moment(view: &View<'_>, text: &str) -> ApiResult<Millis> {
    if let Ok(instant) = text.trim().parse::<jiff::Timestamp>() {
        return Ok(instant.as_millisecond());
    }
    view.parse_typed_moment(text)
}

/// The hours of a week.
pub fn week(text: &str) -> ApiResult<Vec<Vec<Shift>>> {
    let example = "Mon-Fri 8:00-12:00,13:00-17:00";
    hours::parse_week(text).ok_or_else(|| syntax_error("hours", text, example))
}

/// A span of the clock.
pub fn time_span(text: &str) -> ApiResult<Shift> {
    hours::parse_shift(text).ok_or_else(|| syntax_error("quiet", text, "20:00-7:00"))
}

/// An amount of time in minutes; `day` is the number of minutes of a day.
pub fn minutes(field: &str, text: &str, day: u32) -> ApiResult<u32> {
    hours::parse_minutes(text, day).ok_or_else(|| syntax_error(field, text, "45m, 1h30m, 2d"))
}

/// Days as people say them, and spans of them: "tomorrow", "2026-12-24..2027-01-02".
pub fn days(view: &View<'_>, texts: &[String]) -> ApiResult<Vec<String>> {
    let day = |text: &str| -> ApiResult<jiff::civil::Date> {
        let date = view.parse_typed_due(text)?.date;
        date.parse()
            .map_err(|_| syntax_error("date", text, "2026-12-24"))
    };
    let mut days = Vec::new();
    for text in texts {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let (first, last) = (day(first)?, day(last)?);
        if last < first {
            return Err(syntax_error("date", text, "2026-12-24..2027-01-02"));
        }
        // One more than a calendar takes: the core says so.
        let span = first.series(jiff::Span::new().days(1));
        let span = span.take_while(|date| *date <= last);
        days.extend(span.take(CLOSED_DAYS + 1).map(|date| date.to_string()));
    }
    Ok(days)
}

/// An amount of time that something takes, such as 2d.
pub fn lead_time(text: &str) -> Result<LeadTime, InvalidValue> {
    text.parse()
        .map_err(|_| InvalidValue(Message::new("usage-amount")))
}
