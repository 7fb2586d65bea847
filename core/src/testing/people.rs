//! People and what they write on: colleagues, devices and presences as the registry holds them.

use crate::model::ids::{Actor, InstallationId, PersonId};
use crate::model::registry::{Colleague, Device, Presence, Role};
use crate::model::time::Millis;

/// Promises, in the office.
pub(crate) const ANN: PersonId = PersonId([1; 16]);
/// Delivers.
pub(crate) const SAM: PersonId = PersonId([2; 16]);
/// Serves a pool.
pub(crate) const BEN: PersonId = PersonId([3; 16]);
/// Serves a pool as well.
pub(crate) const EVA: PersonId = PersonId([4; 16]);
/// A technician who promises.
pub(crate) const TOM: PersonId = PersonId([5; 16]);

/// A colleague without a team, from the beginning on.
pub(crate) fn colleague(id: PersonId, name: &str, role: Role, pools: &[&str]) -> Colleague {
    Colleague {
        id,
        name: name.into(),
        role,
        teams: vec![],
        pools: pools.iter().map(|pool| pool.parse().unwrap()).collect(),
        from: 0,
        to: None,
    }
}

/// The device of a person, with which their actor of the same number writes.
pub(crate) fn device(person: PersonId) -> Device {
    Device {
        id: InstallationId(person.0),
        person,
        label: "phone".into(),
        actors: vec![Actor(person.0)],
        push: None,
        enrolled: 0,
        revoked: None,
        server: false,
    }
}

/// The presence of a device that was heard, and is clear through this moment.
pub(crate) fn presence(installation: InstallationId, heard: Millis, clear: Millis) -> Presence {
    Presence {
        installation,
        heard,
        clear_through: Some(clear),
        open: vec![],
        closed: false,
    }
}
