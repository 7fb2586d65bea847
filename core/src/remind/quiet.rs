//! Quiet hours: nothing rings before they end.

use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::model::calendar::Shift;
use crate::model::time::{DAY_MINUTES, Millis, zone};

/// The quiet hours of a person, on the clock of the device that rings.
#[derive(Clone, Debug)]
pub(super) struct QuietHours {
    zone: TimeZone,
    from: u16,
    to: u16,
}

impl QuietHours {
    /// Reads quiet hours, which may pass midnight. None if there are none, or if they leave no hour of the day: a
    /// broken entry holds no reminder back.
    pub(super) fn new(hours: Option<Shift>, zone_name: &str) -> Option<Self> {
        let Shift { from, to } = hours?;
        let fits = from < DAY_MINUTES && to <= DAY_MINUTES && from != to % DAY_MINUTES;
        fits.then(|| Self {
            zone: zone(zone_name).unwrap_or(TimeZone::UTC),
            from,
            to: to % DAY_MINUTES,
        })
    }

    /// True if an instant lies in them.
    pub(super) fn contains(&self, at: Millis) -> bool {
        let Ok(at) = jiff::Timestamp::from_millisecond(at) else {
            return false;
        };
        let clock = self.zone.to_datetime(at).time();
        let minute =
            u16::from(clock.hour().unsigned_abs()) * 60 + u16::from(clock.minute().unsigned_abs());
        if self.from < self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }

    /// The instant itself, or the end of the quiet hours that it lies in. Where clocks repeat the end, it is
    /// the second; where they skip it, the moment after.
    pub(super) fn after_quiet_hours(&self, at: Millis) -> Millis {
        if !self.contains(at) {
            return at;
        }
        self.end_after(at).filter(|end| *end > at).unwrap_or(at)
    }

    fn end_after(&self, at: Millis) -> Option<Millis> {
        let local = self
            .zone
            .to_datetime(jiff::Timestamp::from_millisecond(at).ok()?);
        let (hour, minute) = (i8::try_from(self.to / 60).ok()?, self.to % 60);
        let clock = Time::new(hour, i8::try_from(minute).ok()?, 0, 0).ok()?;
        let day = if local.time() < clock {
            local.date()
        } else {
            local.date().tomorrow().ok()?
        };
        let end = self.zone.to_ambiguous_zoned(day.to_datetime(clock));
        Some(end.later().ok()?.timestamp().as_millisecond())
    }
}
