//! The commands that change a promise: each is one entry of its history, and prints the state after it.

use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Subcommand, ValueEnum};
use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::event::{CancelledBy, Evidence, EvidenceKind, Finding, Mood};
use kept_core::model::ids::{EventId, ItemId};
use kept_core::notebook::{ApiResult, DateAdvice, KeptError, Promise, PromiseEdit};
use serde_json::json;

use crate::app::App;
use crate::parse::{self, unknown_value_message};
use crate::people::{self, PerformerArgs};
use crate::view::View;

/// What can happen.
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
        /// What proves it
        #[arg(long, value_enum)]
        evidence: Option<EvidenceArg>,
        /// What the proof says
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
        /// Who said so, a contact of the customer
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
        /// Who calls it off
        #[arg(long, default_value = "us", value_parser = PossibleValuesParser::new(["us", "customer"]))]
        by: String,
        /// Who at the customer's agreed
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

/// Whose deed it is.
#[derive(Debug, Default, clap::Args)]
pub struct OnBehalfArgs {
    /// Write it for somebody who phoned in, for office and owner
    #[arg(long = "for", value_name = "NAME")]
    for_person: Option<String>,
}

/// Why something is done.
#[derive(Debug, clap::Args)]
pub struct ReasonArgs {
    /// Why
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    reason: String,
}

/// How the customer was told.
#[derive(Debug, clap::Args)]
pub struct CommunicationArgs {
    /// How
    #[arg(long, value_parser = parse::channel_values())]
    channel: Option<String>,
    /// Who heard it, a contact of the customer
    #[arg(long, value_name = "NAME")]
    contact: Option<String>,
}

/// What proves that it was done.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum EvidenceArg {
    Call,
    Photo,
    Signature,
    CustomersWord,
    SaidDone,
}

/// How happy a customer is.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum MoodArg {
    Happy,
    SoSo,
    Not,
}

/// What the office finds.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FindingArg {
    Kept,
    Broken,
    Void,
}

/// Lets it happen, and says how the promise stands.
pub fn run(app: &App, command: Command) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let view = View::new(app, &notebook)?;
    let promise = notebook.promise(parse::find_entry(
        &notebook,
        "thing-promise",
        command.id().to_owned(),
    )?)?;
    let id = promise.summary.id;
    let for_person = match command.for_person() {
        Some(name) => Some(people::colleague(&notebook, name)?),
        None => None,
    };
    let edit = edit(&notebook, &view, &promise, command)?;
    // Asked before the date is written down, so that what is stored is what was known.
    let advice = match &edit {
        PromiseEdit::Agree { due, .. } | PromiseEdit::Propose { due, .. } => {
            let mut advice = notebook.advise_new_date(id, Some(due.clone()))?;
            advice.warnings.extend(notebook.due_warning(due.clone())?);
            Some(advice)
        }
        _ => None,
    };
    let edits = vec![with_suggestion(edit, advice.as_ref())];
    match for_person {
        Some(person) => notebook.change_promise_for(id, person, edits)?,
        None => notebook.change_promise(id, edits)?,
    }
    let after = notebook.promise(id)?;
    if app.out.json {
        let mut json_value = json!(after);
        if let Some(advice) = &advice {
            json_value["suggestion"] = json!(advice.suggestion);
            json_value["warnings"] = json!(advice.warnings);
        }
        app.out.print_json(&json_value)?;
    } else {
        view.print_promises(std::slice::from_ref(&after.summary));
        super::print_next(&view, &after);
        if let Some(advice) = &advice {
            super::print_advice(&view, advice.sentences.first(), &advice.warnings);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The edit with the date that the record suggests, which is shown beside what was agreed. A date that the performer
/// proposes was told to no customer yet.
fn with_suggestion(edit: PromiseEdit, advice: Option<&DateAdvice>) -> PromiseEdit {
    match edit {
        PromiseEdit::Agree {
            due,
            words,
            contact,
            channel,
            suggestion: _,
        } => PromiseEdit::Agree {
            due,
            words,
            contact,
            channel,
            suggestion: advice.and_then(|advice| advice.suggestion.clone()),
        },
        edit => edit,
    }
}

impl Command {
    fn id(&self) -> &str {
        match self {
            Self::Ask { id, .. }
            | Self::Accept { id, .. }
            | Self::Decline { id, .. }
            | Self::Propose { id, .. }
            | Self::Agree { id, .. }
            | Self::Told { id, .. }
            | Self::Reassign { id, .. }
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
    fn for_person(&self) -> Option<&str> {
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

fn edit(
    notebook: &Notebook,
    view: &View<'_>,
    promise: &Promise,
    command: Command,
) -> ApiResult<PromiseEdit> {
    let contact = |name: Option<String>| find_contact_of(notebook, promise, name);
    Ok(match command {
        Command::Ask { person, .. } => PromiseEdit::Ask {
            person: match person {
                Some(name) => Some(people::colleague(notebook, &name)?),
                None => None,
            },
        },
        Command::Accept { .. } => PromiseEdit::Accept,
        Command::Decline { reason_args, .. } => PromiseEdit::Decline {
            reason: reason_args.reason,
        },
        Command::Propose {
            due, reason_args, ..
        } => PromiseEdit::Propose {
            due: parse::due(view, &due)?,
            reason: reason_args.reason,
        },
        Command::Agree {
            due,
            words,
            communication,
            ..
        } => PromiseEdit::Agree {
            due: parse::due(view, &due)?,
            words: words.unwrap_or(due),
            contact: contact(communication.contact)?,
            channel: parse::channel(communication.channel.as_deref())?,
            suggestion: None,
        },
        Command::Told { communication, .. } => PromiseEdit::Communicate {
            contact: contact(communication.contact)?,
            channel: parse::channel(communication.channel.as_deref())?,
        },
        Command::Reassign {
            performer,
            reason_args,
            ..
        } => PromiseEdit::Reassign {
            performer: performer.find(notebook)?,
            reason: reason_args.reason,
        },
        Command::Start { .. } => PromiseEdit::Start,
        Command::Fulfil {
            at, evidence, note, ..
        } => PromiseEdit::Fulfil {
            occurred_at: match at {
                Some(text) => Some(parse::moment(view, &text)?),
                None => None,
            },
            evidence: evidence_of(evidence, note),
        },
        Command::Confirm {
            mood,
            contact: name,
            ..
        } => PromiseEdit::Confirm {
            mood: match mood {
                MoodArg::Happy => Mood::Happy,
                MoodArg::SoSo => Mood::SoSo,
                MoodArg::Not => Mood::Not,
            },
            contact: contact(name)?,
        },
        Command::Dispute { words, .. } => PromiseEdit::Dispute { words },
        Command::Resolve {
            finding,
            reason_args,
            ..
        } => PromiseEdit::Resolve {
            dispute: latest_dispute(promise)?,
            finding: match finding {
                FindingArg::Kept => Finding::Kept,
                FindingArg::Broken => Finding::Broken,
                FindingArg::Void => Finding::Void,
            },
            reason: reason_args.reason,
        },
        Command::Cancel {
            by,
            agreed_by,
            reason_args,
            ..
        } => PromiseEdit::Cancel {
            by: match by.as_str() {
                "customer" => CancelledBy::Customer,
                _ => CancelledBy::Us,
            },
            agreed_by: contact(agreed_by)?,
            reason: reason_args.reason,
        },
        Command::Retract { event, .. } => PromiseEdit::Retract {
            event: event_by_number(promise, &event)?,
        },
        Command::Thank { person, .. } => PromiseEdit::Thank {
            person: match (person, &promise.summary.performer) {
                (Some(name), _) => people::colleague(notebook, &name)?,
                (None, kept_core::model::event::Performer::Person { person }) => *person,
                (None, _) => {
                    return Err(KeptError::invalid(
                        "person",
                        Message::new("error-nobody-to-ask"),
                    ));
                }
            },
        },
    })
}

fn find_contact_of(
    notebook: &Notebook,
    promise: &Promise,
    name: Option<String>,
) -> ApiResult<Option<ItemId>> {
    match (name, promise.summary.account) {
        (None, _) => Ok(None),
        (Some(name), Some(account)) => Ok(Some(people::contact(notebook, account, &name)?)),
        (Some(name), None) => Err(KeptError::not_found("thing-contact", name)),
    }
}

fn evidence_of(kind: Option<EvidenceArg>, note: String) -> Vec<Evidence> {
    let kind = match kind {
        None if note.is_empty() => return vec![],
        None | Some(EvidenceArg::SaidDone) => EvidenceKind::SaidDone,
        Some(EvidenceArg::Call) => EvidenceKind::Call,
        Some(EvidenceArg::Photo) => EvidenceKind::Photo,
        Some(EvidenceArg::Signature) => EvidenceKind::Signature,
        Some(EvidenceArg::CustomersWord) => EvidenceKind::CustomersWord,
    };
    vec![Evidence {
        kind,
        note,
        file: None,
    }]
}

fn latest_dispute(promise: &Promise) -> ApiResult<EventId> {
    let mut events = promise.events.iter().rev();
    events
        .find(|event| event.what == "disputed")
        .map(|event| event.id)
        .ok_or_else(|| KeptError::invalid("dispute", Message::new("cli-no-dispute")))
}

/// The event of a number, counted from 1, or of an id.
fn event_by_number(promise: &Promise, text: &str) -> ApiResult<EventId> {
    if let Ok(id) = text.parse::<EventId>() {
        return Ok(id);
    }
    let number = text.parse::<usize>().ok();
    let event = number.and_then(|number| promise.events.get(number.checked_sub(1)?));
    event.map(|event| event.id).ok_or_else(|| {
        let known = format!("1–{}", promise.events.len());
        KeptError::invalid("event", unknown_value_message("event", text, &known))
    })
}
