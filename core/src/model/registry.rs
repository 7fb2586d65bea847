//! The registry: the people who work here, their devices, and the moment at which each device was heard from.
//!
//! The server owns the registry and sends it as control rows of the company scope; presence travels
//! beside the feeds.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::ids::{Actor, DocId, IdError, InstallationId, PersonId, Team};
use super::placement::{DocumentKind, Scope};
use super::silence::LONG_SILENCE;
use super::time::{Millis, RecordedTime, Trust};

/// A person's role in the company.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Encode,
    Decode,
    Serialize,
    uniffi::Enum,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the company.
    #[n(0)]
    Owner,
    /// The back office, also administrator.
    #[n(1)]
    Office,
    /// Visits customers.
    #[n(2)]
    Technician,
    /// Delivers: workshop, kitchen, warehouse.
    #[n(3)]
    Workshop,
    /// Sells.
    #[n(4)]
    Sales,
}

impl Role {
    /// Every role, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Owner,
        Self::Office,
        Self::Technician,
        Self::Workshop,
        Self::Sales,
    ];

    /// The role's name on command lines and in databases.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Office => "office",
            Self::Technician => "technician",
            Self::Workshop => "workshop",
            Self::Sales => "sales",
        }
    }

    /// True if this role runs the company: sees every team and decides disputes.
    pub fn runs_the_company(self) -> bool {
        matches!(self, Self::Owner | Self::Office)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::ALL
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| IdError {
                what: "a role (owner, office, technician, workshop or sales)",
                text: text.chars().take(80).collect(),
            })
    }
}

/// A colleague, as the registry knows them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Colleague {
    /// The person's id.
    #[n(0)]
    pub id: PersonId,
    /// The person's name.
    #[n(1)]
    pub name: String,
    /// The person's role.
    #[n(2)]
    pub role: Role,
    /// The teams that they work in; new documents enter the first.
    #[n(3)]
    pub teams: Vec<Team>,
    /// The callback pools that they serve.
    #[n(4)]
    pub pools: Vec<Team>,
    /// The moment from which on this holds, in milliseconds since the epoch.
    #[n(5)]
    pub from: Millis,
    /// The moment until which they worked here; None if they still do.
    #[n(6)]
    pub to: Option<Millis>,
}

impl Colleague {
    /// True if they work here at an instant, in milliseconds since the epoch.
    pub fn works_at(&self, at: Millis) -> bool {
        self.to.is_none_or(|left| at < left)
    }

    /// True if this person may read a scope.
    pub fn may_read(&self, scope: &Scope) -> bool {
        match scope {
            Scope::Company => true,
            Scope::Team(team) => self.role.runs_the_company() || self.teams.contains(team),
            Scope::Sales(team) => {
                self.role.runs_the_company()
                    || (self.role == Role::Sales && self.teams.contains(team))
            }
            Scope::Pool(pool) => self.pools.contains(pool),
            Scope::Person(person) => *person == self.id,
        }
    }

    /// True if this person may write a kind of document that lives in, or is shared into, a scope.
    pub fn may_write(&self, kind: DocumentKind, scope: &Scope) -> bool {
        match kind {
            DocumentKind::Handbook => self.role.runs_the_company() && self.may_read(scope),
            // The placement names whom it is about, and so the document is shared with them.
            DocumentKind::Person => {
                self.role.runs_the_company() || *scope == Scope::Person(self.id)
            }
            _ => self.may_read(scope),
        }
    }
}

/// One notebook folder of one person on one device, as the registry knows it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Device {
    /// The device's id.
    #[n(0)]
    pub id: InstallationId,
    /// The person who owns it.
    #[n(1)]
    pub person: PersonId,
    /// The owner's name for it: "Ann's phone".
    #[n(2)]
    pub label: String,
    /// The actors that write from it.
    #[n(3)]
    pub actors: Vec<Actor>,
    /// The address under which a push reaches it.
    #[n(4)]
    pub push: Option<String>,
    /// The moment at which it joined, in milliseconds since the epoch.
    #[n(5)]
    pub enrolled: Millis,
    /// The moment at which it was shut out; None if it was not.
    #[n(6)]
    pub revoked: Option<Millis>,
    /// True if its actors are the server's: only their events may speak for another person.
    #[n(7)]
    pub server: bool,
}

/// A row of the registry, as the company scope carries it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum RegistryRow {
    /// A colleague came, changed or left.
    #[n(0)]
    Colleague(#[n(0)] Colleague),
    /// A device joined, changed or was shut out.
    #[n(1)]
    Device(#[n(0)] Device),
}

/// The moments up to which a device was heard from, and the documents that it still holds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Presence {
    /// The device.
    #[n(0)]
    pub installation: InstallationId,
    /// The moment at which it was last heard from, in milliseconds of server time.
    #[n(1)]
    pub heard: Millis,
    /// Everything that it wrote before this moment of server time has reached the server.
    #[n(2)]
    pub clear_through: Option<Millis>,
    /// Its documents with held, refused, returned or quarantined groups.
    #[n(3)]
    pub open: Vec<DocId>,
    /// True if the office declared that nothing more will come from it.
    #[n(4)]
    pub closed: bool,
}

/// Everything known about people and devices, for rules that must ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registry {
    /// Colleagues by id, as they are.
    pub colleagues: BTreeMap<PersonId, Colleague>,
    /// Earlier rows of colleagues, the oldest first.
    pub past: BTreeMap<PersonId, Vec<Colleague>>,
    /// Devices by id.
    pub devices: BTreeMap<InstallationId, Device>,
    /// Presence by device.
    pub presence: BTreeMap<InstallationId, Presence>,
}

/// The answer to a question about a person's silence: if it may be taken as "nothing was done".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// All that they wrote until then has come.
    Confirmed,
    /// This device may still hold something.
    Silent {
        /// The device.
        device: Device,
        /// The moment at which it was last heard from; None if it never was.
        heard: Option<Millis>,
    },
    /// A document of theirs waits at the office.
    WaitsAtOffice {
        /// The device that wrote it.
        device: Device,
    },
}

impl Registry {
    /// The device that an actor writes from.
    pub fn device_of(&self, actor: Actor) -> Option<&Device> {
        self.devices
            .values()
            .find(|device| device.actors.contains(&actor))
    }

    /// The person that an actor writes for.
    pub fn author(&self, actor: Actor) -> Option<&Colleague> {
        self.device_of(actor)
            .and_then(|device| self.colleagues.get(&device.person))
    }

    /// The name of a person; None if the registry does not know them.
    pub fn name(&self, person: PersonId) -> Option<&str> {
        self.colleagues
            .get(&person)
            .map(|colleague| colleague.name.as_str())
    }

    /// Every row of a person, the oldest first.
    pub fn rows(&self, person: PersonId) -> impl DoubleEndedIterator<Item = &Colleague> {
        let past = self.past.get(&person).into_iter().flatten();
        past.chain(self.colleagues.get(&person))
    }

    /// The row of a person at an instant; None before their first row.
    pub fn colleague_at(&self, person: PersonId, instant: Millis) -> Option<&Colleague> {
        self.rows(person).rev().find(|row| row.from <= instant)
    }

    /// The rows of a person when they wrote something at `time` that the server took at `received_at`: at its instant
    /// and when it was taken, each if they worked here then. A thing that any of these rows may do is allowed.
    ///
    /// Where the time is unknown, or lies before their first row, only the moment at which it was taken tells,
    /// and until then their newest row.
    pub fn colleague_rows_when_written(
        &self,
        person: PersonId,
        time: &RecordedTime,
        received_at: Option<Millis>,
    ) -> impl Iterator<Item = &Colleague> + Clone + use<'_> {
        let instant = time.instant(received_at);
        let newest = self.colleagues.get(&person);
        let then = (time.trust() != Trust::Unknown).then(|| self.colleague_at(person, instant));
        let rows = match (then, received_at) {
            (Some(Some(then)), None) => [(Some(then), instant), (None, instant)],
            (Some(Some(then)), Some(taken)) => [
                (Some(then), instant),
                (self.colleague_at(person, taken), taken),
            ],
            (_, Some(taken)) => [
                (self.colleague_at(person, taken).or(newest), taken),
                (None, taken),
            ],
            (Some(None), None) => [(newest, instant), (None, instant)],
            (None, None) => [(newest, Millis::MAX), (None, Millis::MAX)],
        };
        rows.into_iter()
            .filter_map(|(row, at)| row.filter(|row| row.works_at(at)))
    }

    /// Tells if everything that a person wrote about `doc` up to `through` has reached the server.
    ///
    /// At least one device must be clear through that moment, and so must each other one that is not
    /// revoked and was heard from later than 30 days before it.
    pub fn confirmed(&self, person: PersonId, doc: DocId, through: Millis) -> Confirmation {
        let devices: Vec<(&Device, Option<&Presence>)> = self
            .devices
            .values()
            .filter(|device| device.person == person && !device.server)
            .map(|device| (device, self.presence.get(&device.id)))
            .filter(|(_, presence)| !presence.is_some_and(|p| p.closed))
            .collect();
        for (device, presence) in &devices {
            if presence.is_some_and(|p| p.open.contains(&doc)) {
                return Confirmation::WaitsAtOffice {
                    device: (*device).clone(),
                };
            }
        }
        let is_clear = |device: &Device, presence: Option<&Presence>| {
            let needed = device
                .revoked
                .map_or(through, |revoked| revoked.min(through));
            presence
                .and_then(|p| p.clear_through)
                .is_some_and(|clear| clear >= needed)
        };
        let any_clear = devices
            .iter()
            .any(|(device, presence)| is_clear(device, *presence));
        let silent = devices.iter().find(|(device, presence)| {
            let recent = presence.is_some_and(|p| p.heard > through.saturating_sub(LONG_SILENCE));
            !is_clear(device, *presence) && (!any_clear || device.revoked.is_some() || recent)
        });
        silent.map_or(Confirmation::Confirmed, |(device, presence)| {
            Confirmation::Silent {
                device: (*device).clone(),
                heard: presence.map(|p| p.heard),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::DAY_MS;

    fn registry(devices: &[(u8, Option<Millis>, Millis)]) -> Registry {
        let mut registry = Registry::default();
        for (id, clear_through, heard) in devices {
            let id = InstallationId([*id; 16]);
            registry.devices.insert(
                id,
                Device {
                    id,
                    person: PersonId([1; 16]),
                    label: "phone".into(),
                    actors: vec![],
                    push: None,
                    enrolled: 0,
                    revoked: None,
                    server: false,
                },
            );
            let presence = Presence {
                installation: id,
                heard: *heard,
                clear_through: *clear_through,
                open: vec![],
                closed: false,
            };
            registry.presence.insert(id, presence);
        }
        registry
    }

    #[test]
    fn a_colleague_works_here_until_the_instant_of_leaving() {
        let mut ann = Colleague {
            id: PersonId([1; 16]),
            name: "Ann".into(),
            role: Role::Sales,
            teams: vec![],
            pools: vec![],
            from: 0,
            to: None,
        };
        assert!(ann.works_at(Millis::MAX));
        ann.to = Some(10);
        assert!(ann.works_at(9) && !ann.works_at(10));
    }

    #[test]
    fn what_somebody_was_is_asked_for_a_moment() {
        let row = |role, from| Colleague {
            id: PersonId([1; 16]),
            name: "Ann".into(),
            role,
            teams: vec![],
            pools: vec![],
            from,
            to: None,
        };
        let mut registry = Registry::default();
        let person = PersonId([1; 16]);
        registry
            .past
            .insert(person, vec![row(Role::Technician, 100)]);
        registry.colleagues.insert(person, row(Role::Office, 200));
        let role = |at| registry.colleague_at(person, at).map(|row| row.role);
        assert_eq!(role(99), None);
        assert_eq!(role(199), Some(Role::Technician));
        assert_eq!(role(200), Some(Role::Office));
    }

    #[test]
    fn a_dark_phone_is_no_proof_that_nothing_was_done() {
        let (person, doc) = (PersonId([1; 16]), DocId([5; 16]));
        let now = 100 * DAY_MS;
        assert_eq!(
            registry(&[]).confirmed(person, doc, now),
            Confirmation::Confirmed
        );
        assert_eq!(
            registry(&[(1, Some(now), now)]).confirmed(person, doc, now),
            Confirmation::Confirmed
        );
        assert!(matches!(
            registry(&[(1, Some(now - 1), now)]).confirmed(person, doc, now),
            Confirmation::Silent { .. }
        ));
        // A second phone that was heard from recently must have spoken as well; one silent for a month not.
        let recent = registry(&[(1, Some(now), now), (2, Some(0), now - DAY_MS)]);
        assert!(matches!(
            recent.confirmed(person, doc, now),
            Confirmation::Silent { .. }
        ));
        let forgotten = registry(&[(1, Some(now), now), (2, Some(0), now - 31 * DAY_MS)]);
        assert_eq!(
            forgotten.confirmed(person, doc, now),
            Confirmation::Confirmed
        );
    }
}
