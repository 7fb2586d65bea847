//! The people of the demo company: who they are, where they work, and which callbacks they take.

use kept_core::model::ids::{IdError, Team};
use kept_core::model::people::Role;

use super::Size;

/// The pool of those who call back.
pub const POOL: &str = "callback";

/// A colleague before the company knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hired {
    /// Their full name.
    pub name: &'static str,
    /// Their role.
    pub role: Role,
    /// Their territory.
    pub team: &'static str,
    /// True if they call back for others.
    pub calls_back: bool,
}

const fn hired(name: &'static str, role: Role, team: &'static str, calls_back: bool) -> Hired {
    Hired {
        name,
        role,
        team,
        calls_back,
    }
}

/// All people. The owner comes first; those whose phones tell the story are in every size.
const EVERYBODY: [Hired; 22] = [
    hired("Ingrid Vogel", Role::Owner, "north", false),
    hired("Ann Hartley", Role::Office, "north", true),
    hired("Sam Okafor", Role::Technician, "north", false),
    hired("Kim Larsen", Role::Technician, "west", false),
    hired("Ben Fischer", Role::Workshop, "north", false),
    hired("Sofía Engel", Role::Sales, "south", true),
    hired("Jürgen Pohl", Role::Office, "south", true),
    hired("Mia Schröder", Role::Office, "west", true),
    hired("Lena Möller", Role::Technician, "north", false),
    hired("Tom Ashworth", Role::Technician, "north", false),
    hired("Jonas Grünwald", Role::Technician, "south", false),
    hired("Priya Nair", Role::Technician, "south", false),
    hired("Uwe Krämer", Role::Technician, "south", false),
    hired("Björn Höfer", Role::Technician, "west", false),
    hired("Nora Feld", Role::Technician, "west", false),
    hired("Käthe Jäger", Role::Workshop, "south", false),
    hired("Mateusz Wójcik", Role::Workshop, "west", false),
    hired("Dave Pritchard", Role::Workshop, "north", false),
    hired("Max Lehmann", Role::Sales, "north", false),
    hired("Grace Whitfield", Role::Sales, "north", false),
    hired("Anton Böhm", Role::Sales, "west", false),
    hired("Yara Özdemir", Role::Sales, "south", false),
];

/// The people of a company of this size.
pub fn people(size: Size) -> Vec<Hired> {
    let count = match size {
        Size::Full => EVERYBODY.len(),
        Size::Small => 6,
    };
    EVERYBODY.into_iter().take(count).collect()
}

impl Hired {
    /// The name that colleagues use.
    pub fn first_name(&self) -> &'static str {
        self.name.split(' ').next().unwrap_or(self.name)
    }

    /// The teams: the owner works in all of them.
    pub fn teams(&self) -> Result<Vec<Team>, IdError> {
        if self.role == Role::Owner {
            return ["north", "south", "west"]
                .iter()
                .map(|name| name.parse())
                .collect();
        }
        Ok(vec![self.team.parse()?])
    }

    /// The callback pools.
    pub fn pools(&self) -> Result<Vec<Team>, IdError> {
        let pools: &[&str] = if self.calls_back { &[POOL] } else { &[] };
        pools.iter().map(|name| name.parse()).collect()
    }
}
