//! The placement of a document: the facts that the server must know about it, and the people who may read it.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};

use super::ids::{DocId, FileHash, IdError, PersonId, Team};

/// A kind of document. The numbers are written to disks and wires and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// A customer: organisation or household.
    Account,
    /// One contact with a customer.
    Visit,
    /// Observed usage.
    Usage,
    /// One thing said to a customer.
    Promise,
    /// A problem.
    Case,
    /// A sale.
    Opportunity,
    /// The company's agreements: kinds of promises, working hours.
    Handbook,
    /// A colleague's description of themselves.
    Person,
    /// A private plan of one day.
    Day,
    /// A kind that a newer version writes: stored and passed on, not shown.
    Other(u16),
}

impl DocumentKind {
    /// The kind's number on disk and wire.
    pub fn number(self) -> u16 {
        match self {
            Self::Account => 0,
            Self::Visit => 1,
            Self::Usage => 2,
            Self::Promise => 3,
            Self::Case => 4,
            Self::Opportunity => 5,
            Self::Handbook => 6,
            Self::Person => 7,
            Self::Day => 8,
            Self::Other(number) => number,
        }
    }

    /// The kind with this number.
    pub fn from_number(number: u16) -> Self {
        match number {
            0 => Self::Account,
            1 => Self::Visit,
            2 => Self::Usage,
            3 => Self::Promise,
            4 => Self::Case,
            5 => Self::Opportunity,
            6 => Self::Handbook,
            7 => Self::Person,
            8 => Self::Day,
            other => Self::Other(other),
        }
    }

    /// The kind's name in the document's envelope.
    pub fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Visit => "visit",
            Self::Usage => "usage",
            Self::Promise => "promise",
            Self::Case => "case",
            Self::Opportunity => "opportunity",
            Self::Handbook => "handbook",
            Self::Person => "person",
            Self::Day => "day",
            Self::Other(_) => "other",
        }
    }

    /// True if the author who begins a document of this kind may name scopes in which they may write it, beside its
    /// home: promisers and performers write their promise wherever its customer is, and all people their description of
    /// themselves. All else is begun where it lives, or anyone could write anywhere by naming themselves.
    pub fn is_begun_by_whom_it_names(self) -> bool {
        matches!(self, Self::Promise | Self::Person)
    }
}

impl<C> Encode<C> for DocumentKind {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u16(self.number())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for DocumentKind {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        d.u16().map(Self::from_number)
    }
}

impl rusqlite::ToSql for DocumentKind {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(rusqlite::types::ToSqlOutput::from(i64::from(self.number())))
    }
}

impl rusqlite::types::FromSql for DocumentKind {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        u16::column_result(value).map(Self::from_number)
    }
}

/// The facts that the server is told about a document beside its changes, never by reading them.
///
/// `doc` and `kind` never change; `people`, `pools` and `files` only grow; `parent` takes the value
/// carried by the change with the greatest (max_op, hash); the team is the server's once the document
/// has entered.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Placement {
    /// The document.
    #[n(0)]
    pub doc: DocId,
    /// The kind.
    #[n(1)]
    pub kind: DocumentKind,
    /// The team that it belongs to.
    #[n(2)]
    pub team: Option<Team>,
    /// The account of a visit, usage or promise: its team is taken from there.
    #[n(3)]
    pub parent: Option<DocId>,
    /// Further people who must see it, whatever their territory.
    #[n(4)]
    pub people: BTreeSet<PersonId>,
    /// Callback pools that must see it.
    #[n(5)]
    pub pools: BTreeSet<Team>,
    /// The files that it names.
    #[n(6)]
    pub files: BTreeSet<FileHash>,
}

impl Placement {
    /// A placement of which only the envelope is known.
    pub fn new(doc: DocId, kind: DocumentKind) -> Self {
        Self {
            doc,
            kind,
            team: None,
            parent: None,
            people: BTreeSet::new(),
            pools: BTreeSet::new(),
            files: BTreeSet::new(),
        }
    }

    /// The one scope that the document lives in. `author` wrote its first change.
    pub fn home(&self, author: PersonId) -> Scope {
        let of_team = |scope: fn(Team) -> Scope| self.team.clone().map_or(Scope::Company, scope);
        match self.kind {
            DocumentKind::Account
            | DocumentKind::Visit
            | DocumentKind::Usage
            | DocumentKind::Promise
            | DocumentKind::Case => of_team(Scope::Team),
            DocumentKind::Opportunity => of_team(Scope::Sales),
            DocumentKind::Handbook | DocumentKind::Person => Scope::Company,
            DocumentKind::Day | DocumentKind::Other(_) => Scope::Person(author),
        }
    }

    /// The scopes that it is shared into beside its home.
    pub fn shares(&self) -> BTreeSet<Scope> {
        let people = self.people.iter().copied().map(Scope::Person);
        people
            .chain(self.pools.iter().cloned().map(Scope::Pool))
            .collect()
    }
}

/// A scope of readers: documents enter scopes, people are entitled to them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// All people of the organisation.
    Company,
    /// A team or territory.
    Team(Team),
    /// The sales people of a territory.
    Sales(Team),
    /// The members of a callback pool.
    Pool(Team),
    /// One person.
    Person(PersonId),
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Company => f.write_str("company"),
            Self::Team(team) => write!(f, "team:{team}"),
            Self::Sales(team) => write!(f, "sales:{team}"),
            Self::Pool(team) => write!(f, "pool:{team}"),
            Self::Person(person) => write!(f, "p:{person}"),
        }
    }
}

impl FromStr for Scope {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        match text.split_once(':') {
            None if text == "company" => Ok(Self::Company),
            Some(("team", team)) => team.parse().map(Self::Team),
            Some(("sales", team)) => team.parse().map(Self::Sales),
            Some(("pool", team)) => team.parse().map(Self::Pool),
            Some(("p", person)) => person.parse().map(Self::Person),
            _ => Err(IdError {
                what: "a scope",
                text: text.chars().take(80).collect(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_read_back_what_they_print() {
        let north: Team = "north".parse().unwrap();
        for scope in [
            Scope::Company,
            Scope::Team(north.clone()),
            Scope::Sales(north.clone()),
            Scope::Pool(north),
            Scope::Person(PersonId([3; 16])),
        ] {
            assert_eq!(scope.to_string().parse(), Ok(scope));
        }
        assert!("team:".parse::<Scope>().is_err());
    }

    #[test]
    fn a_promise_lives_with_its_team_and_is_shared_with_its_people() {
        let mut placement = Placement::new(DocId([1; 16]), DocumentKind::Promise);
        placement.team = Some("north".parse().unwrap());
        placement.people.insert(PersonId([2; 16]));
        assert_eq!(placement.home(PersonId([9; 16])).to_string(), "team:north");
        assert_eq!(
            placement.shares().into_iter().collect::<Vec<_>>(),
            [Scope::Person(PersonId([2; 16]))]
        );
    }

    #[test]
    fn a_kind_from_the_future_keeps_its_number() {
        let bytes = minicbor::to_vec(DocumentKind::Other(77)).unwrap();
        assert_eq!(
            minicbor::decode::<DocumentKind>(&bytes).unwrap().number(),
            77
        );
    }
}
