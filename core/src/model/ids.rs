//! Identifiers: one newtype for every kind of id, so that none is taken for another.
//!
//! Ids of things are UUIDv7 made on the device from [`Environment`](crate::Environment): 16 bytes in
//! databases and on the wire, the hyphenated text everywhere else.

use std::fmt;
use std::str::FromStr;

/// A text that should have been an id and is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not {what}")]
pub struct IdError {
    /// The kind of text that was expected, with its article: "a document id".
    pub what: &'static str,
    /// The text that was given, shortened to 80 characters.
    pub text: String,
}

impl IdError {
    fn new(what: &'static str, text: &str) -> Self {
        Self {
            what,
            text: text.chars().take(80).collect(),
        }
    }
}

macro_rules! cbor_bytes {
    ($name:ident, $size:literal) => {
        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }
        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(
                d: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                let at = d.position();
                <[u8; $size]>::try_from(d.bytes()?).map(Self).map_err(|_| {
                    minicbor::decode::Error::message(concat!(
                        stringify!($name),
                        " has another length"
                    ))
                    .at(at)
                })
            }
        }
        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(rusqlite::types::ToSqlOutput::from(&self.0[..]))
            }
        }
        impl rusqlite::types::FromSql for $name {
            fn column_result(
                value: rusqlite::types::ValueRef<'_>,
            ) -> rusqlite::types::FromSqlResult<Self> {
                <[u8; $size]>::column_result(value).map(Self)
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
    };
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                uuid::Uuid::from_bytes(self.0).hyphenated().fmt(f)
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                uuid::Uuid::try_parse(text).map(|id| Self(id.into_bytes())).map_err(|_| IdError::new($what, text))
            }
        }
        cbor_bytes!($name, 16);
    };
}

macro_rules! hex_id {
    ($(#[$doc:meta])* $name:ident, $size:literal, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $size]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                data_encoding::HEXLOWER_PERMISSIVE
                    .decode(text.as_bytes())
                    .ok()
                    .and_then(|bytes| bytes.try_into().ok())
                    .map(Self)
                    .ok_or_else(|| IdError::new($what, text))
            }
        }
        cbor_bytes!($name, $size);
    };
}

uuid_id!(
    /// An organisation: leads every key on the server; nothing crosses it.
    OrganisationId,
    "an organisation id"
);
uuid_id!(
    /// A colleague, as the registry knows them.
    PersonId,
    "a person id"
);
uuid_id!(
    /// One notebook folder of one person on one device.
    InstallationId,
    "an installation id"
);
uuid_id!(
    /// An Automerge document: one thing that people change together.
    DocId,
    "an id"
);
uuid_id!(
    /// An event within a document.
    EventId,
    "an event id"
);
uuid_id!(
    /// A child of a document: a contact, a site, an asset, a telephone number or an address.
    ItemId,
    "an item id"
);
uuid_id!(
    /// A group: the changes that one tap wrote.
    GroupId,
    "a group id"
);
hex_id!(
    /// An Automerge actor; an installation may own several, one of them writing.
    Actor,
    16,
    "an actor"
);
hex_id!(
    /// The SHA-256 that identifies a change.
    Hash,
    32,
    "a change hash"
);
hex_id!(
    /// The SHA-256 of a photo or voice note.
    FileHash,
    32,
    "a file hash"
);

/// A team or territory: lower-case letters, digits and hyphens, 1 to 32 of them.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, minicbor::Encode, serde::Serialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Team(#[n(0)] String);

impl<'b, C> minicbor::Decode<'b, C> for Team {
    /// Whatever no row could hold is not read from a disk or a wire either.
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let at = d.position();
        d.str()?
            .parse()
            .map_err(|error| minicbor::decode::Error::custom(error).at(at))
    }
}

impl Team {
    /// The team's short name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Team {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Team {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let fine = (1..=32).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fine {
            Ok(Self(text.to_owned()))
        } else {
            Err(IdError::new(
                "a team (lower-case letters, digits and hyphens, at most 32)",
                text,
            ))
        }
    }
}

impl rusqlite::ToSql for Team {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl rusqlite::types::FromSql for Team {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        value
            .as_str()?
            .parse()
            .map_err(|e| rusqlite::types::FromSqlError::Other(Box::new(e)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_what_they_print() {
        let id = DocId([7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        let hash = Hash([0xab; 32]);
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert!("xyz".parse::<DocId>().is_err());
        assert!("North".parse::<Team>().is_err());
        assert!("north-2".parse::<Team>().is_ok());
    }

    #[test]
    fn ids_of_another_length_are_refused_on_the_wire() {
        let bytes = minicbor::to_vec(Actor([1; 16])).unwrap();
        assert_eq!(minicbor::decode::<Actor>(&bytes).unwrap(), Actor([1; 16]));
        assert!(minicbor::decode::<Hash>(&bytes).is_err());
    }

    #[test]
    fn a_team_that_no_row_could_hold_is_refused_on_the_wire() {
        let sent = |name: &str| minicbor::decode::<Team>(&minicbor::to_vec(name).unwrap());
        assert_eq!(sent("north-2").unwrap(), "north-2".parse().unwrap());
        for name in ["", "North", "north side", "a\0", &"n".repeat(33)] {
            assert!(sent(name).is_err(), "{name:?}");
        }
    }
}
