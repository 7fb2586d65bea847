//! What the office does with a promise: the forms of its page, and a new one for a customer.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kept_core::Notebook;
use kept_core::model::event::{CancelledBy, Evidence, EvidenceKind, Finding, Mood, Performer};
use kept_core::model::ids::{DocId, GroupId, ItemId};
use kept_core::model::promise::Work;
use kept_core::model::time::Due;
use kept_core::model::visit::Channel;
use kept_core::notebook::{Act, ApiResult, KeptError, Promise, PromiseDraft, PromiseEdit};
use kept_core::words::Words;
use kept_core::words::phrase::{parse_due, parse_moment};
use serde::Deserialize;

use super::Refusal;
use super::form::{Drawer, FieldKind, FormView, Given, hidden};
use crate::office::Office;
use crate::office::frame::Frame;
use crate::office::line::{self, promise_href};
use crate::office::promises::detail;
use crate::office::say::Say;
use crate::office::trouble::{Trouble, answer};

/// The forms of a promise's page, in the order in which the office needs them.
pub(in crate::office) fn forms(
    notebook: &Notebook,
    promise: &Promise,
    say: &Say,
    failed: Option<&(String, Given, Words)>,
) -> ApiResult<Vec<FormView>> {
    let draw = Drawer {
        say,
        environment: notebook.environment(),
        failed,
    };
    let summary = &promise.summary;
    let open = summary.state.work.is_open();
    let contacts = contacts(notebook, summary.account, say)?;
    let line = FieldKind::Line;
    let mut forms = Vec::new();
    if let Some(dispute) = open_dispute(promise) {
        let findings = choices(
            say,
            &[
                ("kept", "finding-kept"),
                ("broken", "finding-broken"),
                ("void", "finding-void"),
            ],
        );
        let fields = vec![
            hidden("dispute", dispute),
            draw.field("finding", "office-act-finding", FieldKind::Choice(findings)),
            draw.field("reason", "office-act-reason", line.clone()),
        ];
        forms.push(draw.form("resolve", 'r', "office-act-resolve", fields));
    }
    if open {
        let performer = match &summary.performer {
            Performer::Person { person } => format!("person:{person}"),
            Performer::Pool { pool } => format!("pool:{pool}"),
            Performer::Nobody => String::new(),
        };
        let people = FieldKind::Choice(performers(notebook, say)?);
        let fields = vec![
            draw.filled(
                "performer",
                "office-act-performer",
                people.clone(),
                performer.clone(),
            ),
            draw.filled("ask", "office-act-ask-at-once", FieldKind::Tick, "yes"),
            draw.field("reason", "office-act-reason", line.clone()),
        ];
        forms.push(draw.form("give", 'g', "office-act-give", fields));
        let fields = vec![
            draw.when("when", "office-act-new-date"),
            draw.field(
                "contact",
                "office-act-contact",
                FieldKind::Choice(contacts.clone()),
            ),
            draw.filled("channel", "office-said-how", channels(say), "call"),
        ];
        forms.push(draw.form("date", 't', "office-act-date", fields));
        if let Performer::Person { .. } = summary.performer {
            forms.push(draw.form("ask", 'a', "office-act-ask", vec![]));
            let words = choices(
                say,
                &[
                    ("accept", "office-act-accepts"),
                    ("decline", "office-act-declines"),
                    ("propose", "office-act-proposes"),
                    ("start", "office-act-starts"),
                    ("done", "office-act-done"),
                ],
            );
            let fields = vec![
                hidden("for", performer),
                draw.field("word", "office-act-word", FieldKind::Choice(words)),
                draw.when("when", "office-act-when"),
                draw.field("reason", "office-act-reason", line.clone()),
            ];
            forms.push(draw.form("speak", 's', "office-act-speak", fields));
        }
        let by = choices(
            say,
            &[
                ("customer", "office-act-by-customer"),
                ("us", "office-act-by-us"),
            ],
        );
        let fields = vec![
            draw.field("by", "office-act-by", FieldKind::Choice(by)),
            draw.field(
                "agreed",
                "office-act-agreed",
                FieldKind::Choice(contacts.clone()),
            ),
            draw.field("reason", "office-act-reason", line.clone()),
        ];
        forms.push(draw.form("cancel", 'x', "office-act-cancel", fields));
    }
    let moods = choices(
        say,
        &[
            ("happy", "office-act-happy"),
            ("so-so", "office-act-so-so"),
            ("not", "office-act-not-happy"),
        ],
    );
    let fields = vec![
        draw.field("mood", "office-act-mood", FieldKind::Choice(moods)),
        draw.field("contact", "office-act-contact", FieldKind::Choice(contacts)),
    ];
    forms.push(draw.form("confirm", 'f', "office-act-confirm", fields));
    let fields = vec![draw.field("words", "office-act-their-words", FieldKind::Lines)];
    forms.push(draw.form("dispute", 'u', "office-act-dispute", fields));
    let mut events: Vec<(String, String)> = promise
        .events
        .iter()
        .map(|event| {
            (
                event.id.to_string(),
                format!("{} {}", event.by.name, say.words(&event.words)),
            )
        })
        .collect();
    events.reverse();
    let fields = vec![draw.field("event", "office-act-event", FieldKind::Choice(events))];
    forms.push(draw.form("retract", 'z', "office-act-retract", fields));
    Ok(forms)
}

/// The event of a dispute that nobody has decided.
fn open_dispute(promise: &Promise) -> Option<String> {
    if !matches!(promise.summary.state.work, Work::Disputed { .. }) {
        return None;
    }
    let mut disputes = promise.events.iter().rev();
    let last = disputes.find(|event| event.what == "disputed");
    last.map(|event| event.id.to_string())
}

/// Whoever may be named to deliver: colleagues who work here, then pools.
pub(in crate::office) fn performers(
    notebook: &Notebook,
    say: &Say,
) -> ApiResult<Vec<(String, String)>> {
    let mut colleagues = notebook.colleagues()?;
    colleagues.retain(|colleague| colleague.to.is_none_or(|to| to > say.now));
    let mut pools: Vec<_> = colleagues
        .iter()
        .flat_map(|c| c.pools.iter().cloned())
        .collect();
    pools.sort();
    pools.dedup();
    let people = colleagues
        .into_iter()
        .map(|colleague| (format!("person:{}", colleague.id), colleague.name));
    let pools = pools.into_iter().map(|pool| {
        let says = say.with("office-act-pool", "pool", pool.to_string());
        (format!("pool:{pool}"), says)
    });
    Ok(people.chain(pools).collect())
}

fn choices(say: &Say, keys: &[(&str, &str)]) -> Vec<(String, String)> {
    let choice = |(value, key): &(&str, &str)| ((*value).to_owned(), say.the(key));
    keys.iter().map(choice).collect()
}

fn channels(say: &Say) -> FieldKind {
    let channel = |channel: &Channel| (channel.name().to_owned(), say.the(line::channel(channel)));
    FieldKind::Choice(Channel::ALL.iter().map(channel).collect())
}

/// The people at a customer's, and nobody of them.
fn contacts(
    notebook: &Notebook,
    account: Option<DocId>,
    say: &Say,
) -> ApiResult<Vec<(String, String)>> {
    let mut contacts = vec![(String::new(), say.the("office-act-nobody-named"))];
    // A customer who is not here has nobody to be named.
    if let Some(page) = account.and_then(|account| notebook.account(account).ok()) {
        let named = page.account.contacts.into_iter();
        contacts.extend(named.map(|contact| (contact.id.to_string(), contact.name)));
    }
    Ok(contacts)
}

/// `POST /promises/{id}/act`: does what a form of the promise's page says.
pub(in crate::office) async fn act(
    State(office): State<Arc<Office>>,
    Path(id): Path<String>,
    frame: Frame,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let say = frame.say.clone();
    let Ok(id) = id.parse::<DocId>() else {
        return Trouble::NoSuchPage.told(say);
    };
    let Some(given) = given(&frame, form) else {
        return Trouble::OldForm.told(say);
    };
    let built = edits(&given, &say).map(|(edits, speaks_for)| Act::ChangePromise {
        id,
        edits,
        speaks_for,
    });
    let done = match built {
        Ok(act) => office.act(&frame, &given, act).await,
        Err(error) => Err(Refusal::from(error)),
    };
    match done {
        Ok(_) => Redirect::to(&back(&given, &promise_href(id))).into_response(),
        Err(Refusal(words)) => {
            let failed = (given.get("do").to_owned(), given, words);
            let page = detail(&office, frame.section("promises"), id, Some(failed)).await;
            (StatusCode::UNPROCESSABLE_ENTITY, answer(&say, page)).into_response()
        }
    }
}

/// What a form brought; none if it is not one of this session.
pub(super) fn given(
    frame: &Frame,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Option<Given> {
    let given = form.map(|Form(pairs)| Given::of(pairs)).unwrap_or_default();
    let ours = frame.is_form_key(given.get("key")) && given.read::<GroupId>("form").is_some();
    ours.then_some(given)
}

/// Where to go after an act: back to a list of the office, or to the page of what was changed.
pub(super) fn back(given: &Given, page: &str) -> String {
    let back = given.get("back");
    let ours = back.starts_with("/promises?")
        || back.starts_with("/accounts/")
        || back.starts_with("/promises/");
    if ours && !back.contains("//") && !back.contains('\\') {
        back.to_owned()
    } else {
        page.to_owned()
    }
}

type Speaking = (Vec<PromiseEdit>, Option<kept_core::model::ids::PersonId>);

/// What a form says, as edits, and for whom they are written.
fn edits(given: &Given, say: &Say) -> Result<Speaking, KeptError> {
    let reason = given.get("reason").to_owned();
    let edit = match given.get("do") {
        "give" => {
            let performer = performer(given.get("performer"))?;
            let ask = match &performer {
                Performer::Person { person } if given.get("ask") == "yes" => Some(*person),
                _ => None,
            };
            let mut edits = vec![PromiseEdit::Reassign { performer, reason }];
            edits.extend(ask.map(|person| PromiseEdit::Ask {
                person: Some(person),
            }));
            return Ok((edits, None));
        }
        "date" => PromiseEdit::Agree {
            due: due(given, say)?,
            words: given.get("when").to_owned(),
            contact: given.read("contact"),
            channel: Channel::from_name(given.get("channel")).unwrap_or(Channel::Call),
            suggestion: None,
        },
        "ask" => PromiseEdit::Ask { person: None },
        "speak" => {
            let Performer::Person { person } = performer(given.get("for"))? else {
                return Err(nothing());
            };
            let edit = match given.get("word") {
                "accept" => PromiseEdit::Accept,
                "decline" => PromiseEdit::Decline { reason },
                "propose" => PromiseEdit::Propose {
                    due: due(given, say)?,
                    reason,
                },
                "start" => PromiseEdit::Start,
                "done" => PromiseEdit::Fulfil {
                    occurred_at: match given.get("when") {
                        "" => None,
                        when => Some(parse_moment(when, say.now, &say.zone)?),
                    },
                    evidence: vec![Evidence {
                        kind: EvidenceKind::SaidDone,
                        note: reason,
                        file: None,
                    }],
                },
                _ => return Err(nothing()),
            };
            return Ok((vec![edit], Some(person)));
        }
        "cancel" => PromiseEdit::Cancel {
            by: match given.get("by") {
                "us" => CancelledBy::Us,
                "customer" => CancelledBy::Customer,
                _ => return Err(nothing()),
            },
            agreed_by: given.read::<ItemId>("agreed"),
            reason,
        },
        "confirm" => PromiseEdit::Confirm {
            mood: match given.get("mood") {
                "happy" => Mood::Happy,
                "so-so" => Mood::SoSo,
                "not" => Mood::Not,
                _ => return Err(nothing()),
            },
            contact: given.read("contact"),
        },
        "dispute" => PromiseEdit::Dispute {
            words: given.get("words").to_owned(),
        },
        "resolve" => PromiseEdit::Resolve {
            dispute: given.read("dispute").ok_or_else(nothing)?,
            finding: match given.get("finding") {
                "kept" => Finding::Kept,
                "broken" => Finding::Broken,
                "void" => Finding::Void,
                _ => return Err(nothing()),
            },
            reason,
        },
        "retract" => PromiseEdit::Retract {
            event: given.read("event").ok_or_else(nothing)?,
        },
        _ => return Err(nothing()),
    };
    Ok((vec![edit], None))
}

fn nothing() -> KeptError {
    KeptError::invalid("form", Words::new("office-act-choose"))
}

fn due(given: &Given, say: &Say) -> Result<Due, KeptError> {
    Ok(parse_due(given.get("when"), say.now, &say.zone)?)
}

/// Who is meant by `person:…` or `pool:…`; nobody by an empty text.
fn performer(text: &str) -> Result<Performer, KeptError> {
    match text.split_once(':') {
        Some(("person", id)) => Ok(Performer::Person {
            person: id.parse()?,
        }),
        Some(("pool", pool)) => Ok(Performer::Pool {
            pool: pool.parse()?,
        }),
        _ if text.is_empty() => Ok(Performer::Nobody),
        _ => Err(nothing()),
    }
}

/// What a new promise begins with.
#[derive(Default, Deserialize)]
pub(in crate::office) struct Begin {
    #[serde(default)]
    account: String,
    /// The broken promise that this one makes right.
    #[serde(default)]
    right: String,
}

#[derive(Template)]
#[template(path = "new-promise.html")]
struct NewPromise {
    frame: Frame,
    form: FormView,
    account: DocId,
    account_name: String,
}

/// `GET /promises/new`: the form for a promise to a customer.
pub(in crate::office) async fn new(
    State(office): State<Arc<Office>>,
    frame: Frame,
    begin: Result<Query<Begin>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Query(begin) = begin.unwrap_or_default();
    let say = frame.say.clone();
    let page = match begin.account.parse() {
        Ok(account) => {
            blank(
                &office,
                frame.section("promises"),
                account,
                begin.right.parse().ok(),
                None,
            )
            .await
        }
        Err(_) => Err(Trouble::NoSuchPage),
    };
    answer(&say, page)
}

/// `POST /promises/new`: makes it.
pub(in crate::office) async fn make(
    State(office): State<Arc<Office>>,
    frame: Frame,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let say = frame.say.clone();
    let Some(given) = given(&frame, form) else {
        return Trouble::OldForm.told(say);
    };
    let Some(account) = given.read::<DocId>("account") else {
        return Trouble::NoSuchPage.told(say);
    };
    let done = match draft(&given, account, &say) {
        Ok(draft) => {
            let draft = Box::new(draft);
            office.act(&frame, &given, Act::MakePromise { draft }).await
        }
        Err(error) => Err(Refusal::from(error)),
    };
    match done {
        Ok(Some(promise)) => Redirect::to(&promise_href(promise)).into_response(),
        Ok(None) => Redirect::to(&line::account_href(account)).into_response(),
        Err(Refusal(words)) => {
            let failed = ("new".to_owned(), given, words);
            let page = blank(
                &office,
                frame.section("promises"),
                account,
                None,
                Some(failed),
            )
            .await;
            (StatusCode::UNPROCESSABLE_ENTITY, answer(&say, page)).into_response()
        }
    }
}

fn draft(given: &Given, account: DocId, say: &Say) -> Result<PromiseDraft, KeptError> {
    Ok(PromiseDraft {
        kind: given.get("kind").to_owned(),
        deliverable: given.get("deliverable").to_owned(),
        criterion: given.get("criterion").to_owned(),
        account: Some(account),
        contact: given.read("contact"),
        performer: performer(given.get("performer"))?,
        due: due(given, say)?,
        words: given.get("when").to_owned(),
        channel: Channel::from_name(given.get("channel")).unwrap_or(Channel::Call),
        told: given.get("told") == "yes",
        ask: given.get("ask") == "yes",
        not_before: None,
        suggestion: None,
    })
}

async fn blank(
    office: &Office,
    frame: Frame,
    account: DocId,
    right: Option<DocId>,
    failed: Option<(String, Given, Words)>,
) -> Result<String, Trouble> {
    let say = frame.say.clone();
    let read = move |notebook: &Notebook| {
        let name = notebook.account(account)?.account.name;
        let broken = right.and_then(|right| notebook.promise(right).ok());
        let draw = Drawer {
            say: &say,
            environment: notebook.environment(),
            failed: failed.as_ref(),
        };
        let (kind, deliverable, criterion) = match &broken {
            Some(broken) => {
                let what = say.with("office-act-right-for", "what", &broken.summary.deliverable);
                ("fix", what, broken.summary.criterion.clone())
            }
            None => ("callback", String::new(), String::new()),
        };
        let kinds = notebook.handbook()?.kinds.into_iter();
        let kinds = kinds.filter(|offered| !offered.kind.retired);
        let kinds = kinds.map(|offered| (offered.kind.key, say.words(&offered.words)));
        let mut people = vec![(String::new(), say.the("office-act-nobody-yet"))];
        people.extend(performers(notebook, &say)?);
        let fields = vec![
            hidden("account", account.to_string()),
            draw.filled(
                "deliverable",
                "office-act-deliverable",
                FieldKind::Line,
                deliverable,
            ),
            draw.when("when", "office-due"),
            draw.filled(
                "criterion",
                "office-criterion-name",
                FieldKind::Line,
                criterion,
            ),
            draw.filled(
                "kind",
                "office-act-kind",
                FieldKind::Choice(kinds.collect()),
                kind,
            ),
            draw.field(
                "performer",
                "office-act-performer",
                FieldKind::Choice(people),
            ),
            draw.filled("ask", "office-act-ask-at-once", FieldKind::Tick, "yes"),
            draw.field(
                "contact",
                "office-act-contact",
                FieldKind::Choice(contacts(notebook, Some(account), &say)?),
            ),
            draw.filled("channel", "office-said-how", channels(&say), "call"),
            draw.filled("told", "office-act-told", FieldKind::Tick, "yes"),
        ];
        Ok((name, draw.form("new", 'n', "office-act-new", fields)))
    };
    let (account_name, form) = office.read(read).await?;
    let page = NewPromise {
        frame,
        form,
        account,
        account_name,
    };
    Ok(page.render()?)
}
