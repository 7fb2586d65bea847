//! The table of event kinds: number, name, who may write it, what it does to a promise, and when its clock matters.
//!
//! Everything that differs by kind is asked here, in matches that name every kind, so that the compiler shows each
//! place at which a new one has to be thought about.

#![deny(clippy::wildcard_enum_match_arm)]

use super::event::{EventBody, Finding, Performer, Suggestion};
use super::ids::{EventId, ItemId, PersonId};
use super::time::{Due, RecordedTime};
use super::visit::Channel;

/// The rule that says whose events of a kind count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorRule {
    /// Any colleague, as the first event of the document.
    First,
    /// Any colleague.
    Colleague,
    /// Office and owner.
    Office,
    /// The author of the event that it takes back, within 24 hours.
    OwnWithinADay,
    /// The promiser, the performer, office and owner.
    Involved,
    /// The promiser, office and owner.
    PromiserOrOffice,
    /// The promiser and the performer.
    PromiserOrPerformer,
    /// The promiser, and each person who was performer at some time.
    PromiserOrEverPerformer,
    /// The performer.
    Performer,
}

/// The part of a promise that a kind of event changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EffectClass {
    /// The dates that the customer was told.
    Date,
    /// The instant from which lead time counts.
    Lead,
    /// The questions to the performer.
    Ask,
    /// The performer's answer.
    Answer,
    /// The assignment.
    Assignment,
    /// The beginning of work.
    Start,
    /// The fulfilment.
    Proof,
    /// The cancellation.
    Cancellation,
    /// The disputes.
    Dispute,
    /// The findings in disputes.
    Finding,
    /// The customer.
    Customer,
    /// The events that count.
    Retraction,
    /// Nothing: it is kept and shown.
    Nothing,
}

/// The promises whose outcome rests on the clock by which a kind of event was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockUse {
    /// All.
    Always,
    /// Those that were given to a pool at some time, for there the first to take it delivers.
    WithPools,
    /// None.
    Never,
}

macro_rules! event_kinds {
    ($($kind:ident = $number:literal, $name:literal, $author:ident, $effect:ident, $clock:ident;)*) => {
        /// A kind of event.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, uniffi::Enum)]
        #[allow(missing_docs, reason = "the variants of `EventBody` say what each is")]
        pub enum EventKind {
            $($kind),*
        }

        impl EventKind {
            /// All kinds, by number.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The number on disk and wire.
            pub const fn number(self) -> u32 {
                match self {
                    $(Self::$kind => $number),*
                }
            }

            /// The kind of a number; None for one that only a newer version writes.
            pub const fn from_number(number: u32) -> Option<Self> {
                match number {
                    $($number => Some(Self::$kind),)*
                    _ => None,
                }
            }

            /// The name, for history and machines.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name),*
                }
            }

            /// The rule that says whose events of this kind count.
            pub const fn author_rule(self) -> AuthorRule {
                match self {
                    $(Self::$kind => AuthorRule::$author),*
                }
            }

            /// The part of a promise that it changes.
            pub const fn effect(self) -> EffectClass {
                match self {
                    $(Self::$kind => EffectClass::$effect),*
                }
            }

            /// The promises whose outcome rests on the clock by which it was written.
            pub const fn clock_use(self) -> ClockUse {
                match self {
                    $(Self::$kind => ClockUse::$clock),*
                }
            }
        }

        impl EventBody {
            /// The kind; None for one that only a newer version knows.
            pub const fn kind(&self) -> Option<EventKind> {
                match self {
                    $(Self::$kind { .. } => Some(EventKind::$kind),)*
                    Self::Unknown(_) => None,
                }
            }
        }
    };
}

event_kinds! {
    // kind           number  name                  whose events count       effect        clock
    Made              = 0,  "made",               First,                   Date,         Never;
    Communicated      = 1,  "communicated",       Involved,                Lead,         Never;
    Asked             = 2,  "asked",              PromiserOrOffice,        Ask,          Never;
    Accepted          = 3,  "accepted",           Performer,               Answer,       WithPools;
    Declined          = 4,  "declined",           Performer,               Answer,       WithPools;
    TermsProposed     = 5,  "terms_proposed",     PromiserOrPerformer,     Answer,       Never;
    TermsAgreed       = 6,  "terms_agreed",       Involved,                Date,         Always;
    Reassigned        = 7,  "reassigned",         PromiserOrOffice,        Assignment,   Always;
    Started           = 8,  "started",            Performer,               Start,        WithPools;
    Fulfilled         = 9,  "fulfilled",          PromiserOrEverPerformer, Proof,        Always;
    CustomerConfirmed = 10, "customer_confirmed", Colleague,               Nothing,      Never;
    Disputed          = 11, "disputed",           Colleague,               Dispute,      Never;
    DisputeResolved   = 12, "dispute_resolved",   Office,                  Finding,      Never;
    Cancelled         = 13, "cancelled",          PromiserOrOffice,        Cancellation, Always;
    Retracted         = 14, "retracted",          OwnWithinADay,           Retraction,   Never;
    Thanked           = 15, "thanked",            Colleague,               Nothing,      Never;
    ReminderAcked     = 16, "reminder_acked",     Colleague,               Nothing,      Never;
    AccountNamed      = 17, "account_named",      Involved,                Customer,     Never;
    Archived          = 32, "archived",           Colleague,               Nothing,      Never;
    Restored          = 33, "restored",           Colleague,               Nothing,      Never;
}

impl EventKind {
    /// True if its author, or the person for whom it was written, takes the promise by it where a pool may.
    pub const fn takes(self) -> bool {
        match self {
            Self::Accepted | Self::Started | Self::Fulfilled => true,
            Self::Made
            | Self::Communicated
            | Self::Asked
            | Self::Declined
            | Self::TermsProposed
            | Self::TermsAgreed
            | Self::Reassigned
            | Self::CustomerConfirmed
            | Self::Disputed
            | Self::DisputeResolved
            | Self::Cancelled
            | Self::Retracted
            | Self::Thanked
            | Self::ReminderAcked
            | Self::AccountNamed
            | Self::Archived
            | Self::Restored => false,
        }
    }

    /// True if it says that the customer was told: that it is promised, or another date.
    pub const fn tells_customer(self) -> bool {
        match self {
            Self::Communicated | Self::TermsAgreed => true,
            Self::Made
            | Self::Asked
            | Self::Accepted
            | Self::Declined
            | Self::TermsProposed
            | Self::Reassigned
            | Self::Started
            | Self::Fulfilled
            | Self::CustomerConfirmed
            | Self::Disputed
            | Self::DisputeResolved
            | Self::Cancelled
            | Self::Retracted
            | Self::Thanked
            | Self::ReminderAcked
            | Self::AccountNamed
            | Self::Archived
            | Self::Restored => false,
        }
    }
}

/// A date that an event told the customer.
#[derive(Clone, Copy, Debug)]
pub struct ToldDate<'a> {
    /// The date.
    pub due: &'a Due,
    /// The date in the words that were spoken.
    pub words: &'a str,
    /// The contact who heard it; None if not said.
    pub contact: Option<ItemId>,
    /// The channel.
    pub channel: Channel,
    /// The date that the record suggested; None if it suggested none.
    pub suggestion: Option<&'a Suggestion>,
}

/// The parts of a body that rules ask for whatever its kind.
#[derive(Clone, Copy, Default)]
struct BodyParts<'a> {
    for_person: Option<PersonId>,
    performer: Option<&'a Performer>,
    told_date: Option<ToldDate<'a>>,
    asked: Option<(PersonId, EventId)>,
    occurred_at: Option<&'a RecordedTime>,
    finding: Option<(EventId, Finding)>,
}

impl EventBody {
    /// The kind's name, for history and machines; "unknown" for one that only a newer version knows.
    pub fn name(&self) -> &'static str {
        self.kind().map_or("unknown", EventKind::name)
    }

    fn parts(&self) -> BodyParts<'_> {
        let none = BodyParts::default();
        match self {
            Self::Made(made) => BodyParts {
                performer: Some(&made.performer),
                told_date: Some(ToldDate {
                    due: &made.due,
                    words: &made.words,
                    contact: made.contact,
                    channel: made.channel,
                    suggestion: made.suggestion.as_ref(),
                }),
                ..none
            },
            Self::Asked { person, terms } => BodyParts {
                asked: Some((*person, *terms)),
                ..none
            },
            Self::Accepted {
                for_person,
                terms: _,
            }
            | Self::Declined {
                for_person,
                terms: _,
                reason: _,
            }
            | Self::TermsProposed {
                for_person,
                due: _,
                reason: _,
            }
            | Self::Started { for_person } => BodyParts {
                for_person: *for_person,
                ..none
            },
            Self::TermsAgreed {
                due,
                words,
                contact,
                channel,
                proposal: _,
                suggestion,
            } => BodyParts {
                told_date: Some(ToldDate {
                    due,
                    words,
                    contact: *contact,
                    channel: *channel,
                    suggestion: suggestion.as_ref(),
                }),
                ..none
            },
            Self::Reassigned {
                performer,
                reason: _,
            } => BodyParts {
                performer: Some(performer),
                ..none
            },
            Self::Fulfilled {
                occurred_at,
                evidence: _,
                for_person,
            } => BodyParts {
                for_person: *for_person,
                occurred_at: Some(occurred_at),
                ..none
            },
            Self::DisputeResolved {
                dispute,
                finding,
                reason: _,
            } => BodyParts {
                finding: Some((*dispute, *finding)),
                ..none
            },
            Self::Communicated { .. }
            | Self::CustomerConfirmed { .. }
            | Self::Disputed { .. }
            | Self::Cancelled { .. }
            | Self::Retracted { .. }
            | Self::Thanked { .. }
            | Self::ReminderAcked { .. }
            | Self::AccountNamed { .. }
            | Self::Archived { .. }
            | Self::Restored { .. }
            | Self::Unknown(_) => none,
        }
    }

    /// The performer for whom it was written; None if for its author. A kind may be written for another person if
    /// and only if it can name one here.
    pub fn for_person(&self) -> Option<PersonId> {
        self.parts().for_person
    }

    /// The person or pool that is to deliver from here on.
    pub fn named_performer(&self) -> Option<&Performer> {
        self.parts().performer
    }

    /// The date that the customer was told.
    pub fn told_date(&self) -> Option<ToldDate<'_>> {
        self.parts().told_date
    }

    /// The person who was asked to deliver, and the terms that were meant.
    pub fn asked(&self) -> Option<(PersonId, EventId)> {
        self.parts().asked
    }

    /// The time at which that happened of which it tells; None where that is the time of writing.
    pub fn occurred_at(&self) -> Option<&RecordedTime> {
        self.parts().occurred_at
    }

    /// The dispute that the office decided, and its finding.
    pub fn finding(&self) -> Option<(EventId, Finding)> {
        self.parts().finding
    }

    /// The terms that it means, where it names them.
    pub fn terms_mut(&mut self) -> Option<&mut EventId> {
        match self {
            Self::Asked { terms, .. }
            | Self::Accepted { terms, .. }
            | Self::Declined { terms, .. } => Some(terms),
            Self::Made(_)
            | Self::Communicated { .. }
            | Self::TermsProposed { .. }
            | Self::TermsAgreed { .. }
            | Self::Reassigned { .. }
            | Self::Started { .. }
            | Self::Fulfilled { .. }
            | Self::CustomerConfirmed { .. }
            | Self::Disputed { .. }
            | Self::DisputeResolved { .. }
            | Self::Cancelled { .. }
            | Self::Retracted { .. }
            | Self::Thanked { .. }
            | Self::ReminderAcked { .. }
            | Self::AccountNamed { .. }
            | Self::Archived { .. }
            | Self::Restored { .. }
            | Self::Unknown(_) => None,
        }
    }

    /// True if it takes the promise, where a pool may take it.
    pub fn takes(&self) -> bool {
        self.kind().is_some_and(EventKind::takes)
    }

    /// True if it is a performer's answer to terms.
    pub fn is_answer(&self) -> bool {
        self.kind().map(EventKind::effect) == Some(EffectClass::Answer)
    }

    /// True if it says that the customer was told: that it is promised, or another date.
    pub fn tells_customer(&self) -> bool {
        self.kind().is_some_and(EventKind::tells_customer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::event_sample;

    #[test]
    fn the_table_has_the_number_that_each_body_has_on_disks() {
        for kind in EventKind::ALL {
            let body = event_sample(*kind);
            assert_eq!(body.kind(), Some(*kind));
            let bytes = minicbor::to_vec(&body).unwrap();
            let mut decoder = minicbor::Decoder::new(&bytes);
            decoder.array().unwrap();
            assert_eq!(decoder.u32().unwrap(), kind.number(), "{kind:?}");
            assert_eq!(EventKind::from_number(kind.number()), Some(*kind));
        }
    }

    #[test]
    fn the_table_knows_a_number_if_and_only_if_the_enum_does() {
        for number in 0..=255_u8 {
            let body = [&[0x82], &*minicbor::to_vec(number).unwrap(), &[0x80]].concat();
            let unknown =
                minicbor::decode::<EventBody>(&body).is_err_and(|error| error.is_unknown_variant());
            let known = EventKind::from_number(number.into()).is_some();
            assert_eq!(known, !unknown, "{number}");
        }
    }
}
