//! The records of colleagues and their devices that screens show.

use serde::Serialize;

use crate::language::Message;
use crate::model::calendar::{Shift, WorkingCalendar};
use crate::model::ids::{InstallationId, PersonId};
use crate::model::time::Millis;

/// A colleague's entry about themselves: hours, absences, quiet time, efforts, telephone numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ProfilePage {
    /// The colleague.
    pub person: PersonId,
    /// The colleague's name; empty while unknown.
    pub name: String,
    /// The colleague's working hours; none: the company's.
    pub hours: Option<WorkingCalendar>,
    /// The days on which the colleague does not work, as `2026-12-24`, in order.
    pub absent: Vec<String>,
    /// The time in which no reminder may ring, callbacks excepted, in minutes after midnight; it may pass midnight.
    /// None if there is none.
    pub quiet: Option<Shift>,
    /// The colleague's usual efforts, by kind of promise.
    pub efforts: Vec<UsualEffort>,
    /// How the colleague wins, in their own words; may be empty.
    pub wins: String,
    /// The colleague's telephone numbers.
    pub phones: Vec<String>,
}

/// The time that a kind of promise usually takes a colleague.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct UsualEffort {
    /// The kind's key.
    pub kind: String,
    /// The kind's name for readers.
    pub kind_words: Message,
    /// The effort, in working minutes.
    pub minutes: u32,
}

/// A device, and when it was last heard from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct DeviceStatus {
    /// The device's installation.
    pub installation: InstallationId,
    /// The person to whom the device belongs.
    pub person: PersonId,
    /// That person's name; empty while unknown.
    pub name: String,
    /// The device's name.
    pub device: String,
    /// The instant at which it was last heard from, in milliseconds of server time; none if it never was.
    pub heard: Option<Millis>,
    /// The instant of server time, in milliseconds, before which everything that the device wrote has come; none while
    /// unknown.
    pub clear_through: Option<Millis>,
    /// The number of its documents that wait at the office.
    pub open: u32,
    /// True if it was shut out.
    pub revoked: bool,
}
