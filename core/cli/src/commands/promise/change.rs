//! The commands that change a promise: each is one entry of its history, and prints the state after it.

use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::event::{CancelledBy, Evidence, EvidenceKind, Finding, Mood, Performer};
use kept_core::model::ids::{EventId, ItemId};
use kept_core::model::visit::NameSnapshot;
use kept_core::notebook::{ApiResult, DateAdvice, KeptError, Promise, PromiseEdit};
use serde_json::json;

use super::change_args::{Command, FindingArg, MoodArg};
use crate::app::App;
use crate::display::promises::{print_advice, print_next};
use crate::parse::{self, EvidenceArg, people, unknown_value_message};
use crate::view::View;

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
        print_next(&view, &after);
        if let Some(advice) = &advice {
            print_advice(&view, advice.sentences.first(), &advice.warnings);
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
        Command::Customer {
            account, contact, ..
        } => {
            let account = parse::find_entry(notebook, "thing-account", account)?;
            PromiseEdit::NameAccount {
                account,
                contact: match contact {
                    Some(name) => Some(people::contact(notebook, account, &name)?),
                    None => None,
                },
                labels: NameSnapshot::default(),
            }
        }
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
            dispute: promise
                .open_dispute
                .ok_or_else(|| KeptError::invalid("dispute", Message::new("cli-no-dispute")))?,
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
                (None, Performer::Person { person }) => *person,
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
        None => EvidenceKind::SaidDone,
        Some(kind) => kind.into(),
    };
    vec![Evidence {
        kind,
        note,
        file: None,
    }]
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
