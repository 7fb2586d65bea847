//! The commands that change a promise, with their arguments and examples.

use clap::builder::PossibleValuesParser;
use clap::{Subcommand, ValueEnum};

use crate::parse::{self, EvidenceArg, PerformerArgs};

/// The commands that change a promise.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Ask somebody whether they can deliver
    #[command(
        after_help = "Examples:\n  kept promise ask 0199a1b2-c3d4\n  kept promise ask 0199a1b2-c3d4 Sam"
    )]
    Ask {
        /// The promise: id or beginning of an id
        id: String,
        /// Whom, by name [default: who is to deliver]
        #[arg(value_name = "NAME")]
        person: Option<String>,
    },
    /// Accept what you are asked to deliver
    #[command(
        after_help = "Examples:\n  kept promise accept 0199a1b2-c3d4\n  kept promise accept 0199a1b2-c3d4 --for Sam      Sam phoned the office"
    )]
    Accept {
        /// The promise: id or beginning of an id
        id: String,
        #[command(flatten)]
        on_behalf: OnBehalfArgs,
    },
    /// Decline what you are asked to deliver
    #[command(after_help = "Examples:\n  kept promise decline 0199a1b2-c3d4 --reason \"on leave\"")]
    Decline {
        /// The promise: id or beginning of an id
        id: String,
        #[command(flatten)]
        on_behalf: OnBehalfArgs,
        #[command(flatten)]
        reason_args: ReasonArgs,
    },
    /// Offer another date to who promised
    #[command(
        after_help = "Examples:\n  kept promise propose 0199a1b2-c3d4 --due \"Mon 10:00\" --reason \"part arrives Monday\""
    )]
    Propose {
        /// The promise: id or beginning of an id
        id: String,
        #[command(flatten)]
        on_behalf: OnBehalfArgs,
        /// The date that you offer
        #[arg(long, value_name = "WHEN")]
        due: String,
        #[command(flatten)]
        reason_args: ReasonArgs,
    },
    /// Say that the customer was told another date
    #[command(
        after_help = "Examples:\n  kept promise agree 0199a1b2-c3d4 --due \"Mon 10:00\" --channel call"
    )]
    Agree {
        /// The promise: id or beginning of an id
        id: String,
        /// The date
        #[arg(long, value_name = "WHEN")]
        due: String,
        /// The date in the words that were spoken [default: what stands behind --due]
        #[arg(long, value_name = "TEXT")]
        words: Option<String>,
        #[command(flatten)]
        communication: CommunicationArgs,
    },
    /// Say that the customer was told of the promise
    #[command(
        after_help = "Examples:\n  kept promise told 0199a1b2-c3d4 --channel call --contact Müller"
    )]
    Told {
        /// The promise: id or beginning of an id
        id: String,
        #[command(flatten)]
        communication: CommunicationArgs,
    },
    /// Give it to somebody else to deliver
    #[command(
        alias = "assign",
        after_help = "Examples:\n  kept promise reassign 0199a1b2-c3d4 --performer Sam --reason \"Ann is ill\"\n  kept promise reassign 0199a1b2-c3d4 --pool service"
    )]
    Reassign {
        /// The promise: id or beginning of an id
        id: String,
        #[command(flatten)]
        performer: PerformerArgs,
        #[command(flatten)]
        reason_args: ReasonArgs,
    },
    /// Say whose promise it is, where it was made without a customer
    #[command(
        after_help = "Examples:\n  kept promise customer 0199a1b2-c3d4 süß\n  kept promise customer 0199a1b2-c3d4 süß --contact Müller"
    )]
    Customer {
        /// The promise: id or beginning of an id
        id: String,
        /// The customer: id, beginning of an id, or name
        account: String,
        /// The contact of the customer who heard it
        #[arg(long, value_name = "NAME")]
        contact: Option<String>,
    },
    /// Say that work began
    #[command(after_help = "Examples:\n  kept promise start 0199a1b2-c3d4")]
    Start {
        /// The promise: id or beginning of an id
        id: String,
        #[command(flatten)]
        on_behalf: OnBehalfArgs,
    },
    /// Say that it was done
    #[command(
        after_help = "Examples:\n  kept promise fulfil 0199a1b2-c3d4\n  kept promise fulfil 0199a1b2-c3d4 --at \"yesterday 16:00\" --evidence call --note \"she is pleased\""
    )]
    Fulfil {
        /// The promise: id or beginning of an id
        id: String,
        #[command(flatten)]
        on_behalf: OnBehalfArgs,
        /// When it was done, such as "yesterday 16:00" or "vor anderthalb Stunden" [default: now]
        #[arg(long, value_name = "WHEN")]
        at: Option<String>,
        /// The kind of proof
        #[arg(long, value_enum)]
        evidence: Option<EvidenceArg>,
        /// The words of the proof
        #[arg(
            long,
            value_name = "TEXT",
            default_value = "",
            hide_default_value = true
        )]
        note: String,
    },
    /// Write down how the customer finds it
    #[command(
        after_help = "Examples:\n  kept promise confirm 0199a1b2-c3d4 happy --contact Müller"
    )]
    Confirm {
        /// The promise: id or beginning of an id
        id: String,
        /// How happy they are
        #[arg(value_enum)]
        mood: MoodArg,
        /// The contact of the customer who said so
        #[arg(long, value_name = "NAME")]
        contact: Option<String>,
    },
    /// Say that it was not as promised
    #[command(
        after_help = "Examples:\n  kept promise dispute 0199a1b2-c3d4 \"the seal still drips\""
    )]
    Dispute {
        /// The promise: id or beginning of an id
        id: String,
        /// In whose words
        words: String,
    },
    /// Decide a dispute, for the office
    #[command(
        after_help = "Examples:\n  kept promise resolve 0199a1b2-c3d4 kept --reason \"the other seal\""
    )]
    Resolve {
        /// The promise: id or beginning of an id
        id: String,
        /// The decision
        #[arg(value_enum, value_name = "DECISION")]
        finding: FindingArg,
        #[command(flatten)]
        reason_args: ReasonArgs,
    },
    /// Call it off
    #[command(
        after_help = "Examples:\n  kept promise cancel 0199a1b2-c3d4 --by customer --agreed-by Müller\n  kept promise cancel 0199a1b2-c3d4 --reason \"part is not made any more\""
    )]
    Cancel {
        /// The promise: id or beginning of an id
        id: String,
        /// The side that calls it off
        #[arg(long, default_value = "us", value_parser = PossibleValuesParser::new(["us", "customer"]))]
        by: String,
        /// The contact at the customer's who agreed
        #[arg(long, value_name = "NAME")]
        agreed_by: Option<String>,
        #[command(flatten)]
        reason_args: ReasonArgs,
    },
    /// Take back an event that you wrote by mistake
    #[command(
        after_help = "Examples:\n  kept promise show 0199a1b2-c3d4        shows the numbers of the events\n  kept promise retract 0199a1b2-c3d4 3"
    )]
    Retract {
        /// The promise: id or beginning of an id
        id: String,
        /// The number of the event in `kept promise show`, or its id
        event: String,
    },
    /// Thank somebody for it
    #[command(after_help = "Examples:\n  kept promise thank 0199a1b2-c3d4 Sam")]
    Thank {
        /// The promise: id or beginning of an id
        id: String,
        /// Whom, by name [default: who is to deliver]
        #[arg(value_name = "NAME")]
        person: Option<String>,
    },
}

/// The person for whom it is written.
#[derive(Debug, Default, clap::Args)]
pub struct OnBehalfArgs {
    /// Write it for somebody who phoned in, for office and owner
    #[arg(long = "for", value_name = "NAME")]
    pub for_person: Option<String>,
}

/// The reason for a change.
#[derive(Debug, clap::Args)]
pub struct ReasonArgs {
    /// Why
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub reason: String,
}

/// The options that say how the customer was told.
#[derive(Debug, clap::Args)]
pub struct CommunicationArgs {
    /// How
    #[arg(long, value_parser = parse::channel_values())]
    pub channel: Option<String>,
    /// The contact of the customer who heard it
    #[arg(long, value_name = "NAME")]
    pub contact: Option<String>,
}

/// The mood of a customer.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum MoodArg {
    Happy,
    SoSo,
    Not,
}

/// The finding of the office.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FindingArg {
    Kept,
    Broken,
    Void,
}

impl Command {
    /// The promise, as it is typed.
    pub fn id(&self) -> &str {
        match self {
            Self::Ask { id, .. }
            | Self::Accept { id, .. }
            | Self::Decline { id, .. }
            | Self::Propose { id, .. }
            | Self::Agree { id, .. }
            | Self::Told { id, .. }
            | Self::Reassign { id, .. }
            | Self::Customer { id, .. }
            | Self::Start { id, .. }
            | Self::Fulfil { id, .. }
            | Self::Confirm { id, .. }
            | Self::Dispute { id, .. }
            | Self::Resolve { id, .. }
            | Self::Cancel { id, .. }
            | Self::Retract { id, .. }
            | Self::Thank { id, .. } => id,
        }
    }

    /// For whom it is written, by name.
    pub fn for_person(&self) -> Option<&str> {
        match self {
            Self::Accept { on_behalf, .. }
            | Self::Decline { on_behalf, .. }
            | Self::Propose { on_behalf, .. }
            | Self::Start { on_behalf, .. }
            | Self::Fulfil { on_behalf, .. } => on_behalf.for_person.as_deref(),
            _ => None,
        }
    }
}
