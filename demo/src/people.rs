//! The people of the demo company: names, roles, teams and callback pools.

use kept_core::model::ids::{IdError, Team};
use kept_core::model::registry::Role;

use crate::CompanySize;

/// The pool of those who call back.
pub(crate) const POOL: &str = "callback";

/// A colleague before the company knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Employee {
    /// Their full name.
    pub(crate) name: &'static str,
    /// Their role.
    pub(crate) role: Role,
    /// Their territory.
    pub(crate) team: &'static str,
    /// True if they call back for others.
    pub(crate) calls_back: bool,
}

const fn employee(
    name: &'static str,
    role: Role,
    team: &'static str,
    calls_back: bool,
) -> Employee {
    Employee {
        name,
        role,
        team,
        calls_back,
    }
}

/// All people. The owner comes first; those whose phones tell the story are in every size.
const EMPLOYEES: [Employee; 22] = [
    employee("Ingrid Vogel", Role::Owner, "north", false),
    employee("Ann Hartley", Role::Office, "north", true),
    employee("Sam Okafor", Role::Technician, "north", false),
    employee("Kim Larsen", Role::Technician, "west", false),
    employee("Ben Fischer", Role::Workshop, "north", false),
    employee("Sofía Engel", Role::Sales, "south", true),
    employee("Jürgen Pohl", Role::Office, "south", true),
    employee("Mia Schröder", Role::Office, "west", true),
    employee("Lena Möller", Role::Technician, "north", false),
    employee("Tom Ashworth", Role::Technician, "north", false),
    employee("Jonas Grünwald", Role::Technician, "south", false),
    employee("Priya Nair", Role::Technician, "south", false),
    employee("Uwe Krämer", Role::Technician, "south", false),
    employee("Björn Höfer", Role::Technician, "west", false),
    employee("Nora Feld", Role::Technician, "west", false),
    employee("Käthe Jäger", Role::Workshop, "south", false),
    employee("Mateusz Wójcik", Role::Workshop, "west", false),
    employee("Dave Pritchard", Role::Workshop, "north", false),
    employee("Max Lehmann", Role::Sales, "north", false),
    employee("Grace Whitfield", Role::Sales, "north", false),
    employee("Anton Böhm", Role::Sales, "west", false),
    employee("Yara Özdemir", Role::Sales, "south", false),
];

/// The people of a company of this size.
pub(crate) fn people(size: CompanySize) -> Vec<Employee> {
    let count = match size {
        CompanySize::Full => EMPLOYEES.len(),
        CompanySize::Small => 6,
    };
    EMPLOYEES.into_iter().take(count).collect()
}

impl Employee {
    /// The name that colleagues use.
    pub(crate) fn first_name(&self) -> &'static str {
        self.name.split(' ').next().unwrap_or(self.name)
    }

    /// True if a name is theirs, whole or the first name alone, in any case.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        [self.name, self.first_name()]
            .iter()
            .any(|own| own.to_lowercase() == name)
    }

    /// The teams: the owner works in all of them.
    pub(crate) fn teams(&self) -> Result<Vec<Team>, IdError> {
        if self.role == Role::Owner {
            return ["north", "south", "west"]
                .iter()
                .map(|name| name.parse())
                .collect();
        }
        Ok(vec![self.team.parse()?])
    }

    /// The callback pools.
    pub(crate) fn pools(&self) -> Result<Vec<Team>, IdError> {
        let pools: &[&str] = if self.calls_back { &[POOL] } else { &[] };
        pools.iter().map(|name| name.parse()).collect()
    }
}
