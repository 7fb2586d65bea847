//! `GET /`: the entries that came in, newest first, and beside them what the office should look at.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use kept_core::model::event::Performer;
use kept_core::model::promise::{Flag, Work};
use kept_core::notebook::{DeviceSeen, EntryKind, Mark, PromiseSummary, PromisesQuery};
use serde::Deserialize;

use super::frame::Frame;
use super::line::{self, Body, Day, Line};
use super::needs::Needs;
use super::trouble::{Trouble, answer};
use super::{Office, marks};

/// Lines of a page, and how many more each "show more" brings.
const STEP: u32 = 50;
/// Beyond so many lines the search finds things sooner.
const MOST: u32 = 1000;
/// Devices beside the list.
const DEVICES: usize = 8;

/// The query parameters of the list.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    limit: String,
}

/// One choice of a filter.
pub(super) struct Choice {
    pub(super) key: &'static str,
    pub(super) href: String,
    pub(super) chosen: bool,
}

/// Promises that the office should look at, counted.
pub(super) struct Concern {
    pub(super) key: &'static str,
    pub(super) only: &'static str,
    pub(super) mark: &'static str,
    pub(super) tone: &'static str,
    pub(super) count: usize,
}

#[derive(Template)]
#[template(path = "incoming.html")]
struct IncomingPage {
    frame: Frame,
    needs: Needs,
    choices: Vec<Choice>,
    days: Vec<Day>,
    more: Option<String>,
    /// That the list ends here, and that there is more.
    cut: Option<String>,
    concerns: Vec<Concern>,
    open: usize,
    conflicts: usize,
    devices: Vec<DeviceSeen>,
    further_devices: usize,
}

/// The page of the entries that came in.
pub(super) async fn page(
    State(office): State<Arc<Office>>,
    frame: Frame,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Query(asked) = asked.unwrap_or_default();
    let say = frame.say.clone();
    answer(&say, read(&office, frame.section("incoming"), asked).await)
}

async fn read(office: &Office, frame: Frame, asked: Asked) -> Result<String, Trouble> {
    let limit = asked.limit.parse().unwrap_or(STEP).clamp(1, MOST);
    let (kinds, kind) = kinds(&asked.kind);
    let called = office.escalations.called();
    let found = office.read(move |notebook| {
        // One more than shown tells whether there is more.
        let entries = notebook.latest(&kinds, limit.saturating_add(1))?;
        let lines = (Line::all(notebook, entries)?, notebook.count(&kinds)?);
        let open = notebook.promises(open_promises())?;
        let conflicts = notebook.conflicts()?.len();
        let beside = (notebook.devices()?, Needs::read(notebook, &called)?);
        Ok((lines, open, conflicts, beside))
    });
    let ((mut lines, all), open, conflicts, (mut devices, needs)) = found.await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = (lines.len() > shown && limit < MOST).then(|| {
        let next = limit.saturating_add(STEP).min(MOST);
        format!("/?kind={kind}&limit={next}")
    });
    lines.truncate(shown);
    // While there is more to show, the link says it.
    let cut = line::cut(&frame.say, "office-newest-of", lines.len(), all);
    let cut = cut.filter(|_| more.is_none());
    devices.retain(|device| !device.revoked);
    let further_devices = devices.len().saturating_sub(DEVICES);
    devices.truncate(DEVICES);
    let page = IncomingPage {
        needs,
        days: line::by_day(&frame.say, lines),
        choices: choices(kind),
        more,
        cut,
        concerns: concerns(&open),
        open: open.len(),
        conflicts,
        devices,
        further_devices,
        frame,
    };
    Ok(page.render()?)
}

/// The question for every promise with something left to do.
pub(super) fn open_promises() -> PromisesQuery {
    PromisesQuery {
        open_only: true,
        mine: false,
        account: None,
        limit: u32::MAX,
    }
}

/// True if a promise is among those that a concern counts.
pub(super) fn concerns_promise(only: &str, promise: &PromiseSummary) -> bool {
    let counts = !matches!(promise.state.work, Work::NotCounted { .. });
    match only {
        "" => true,
        "not-counted" => !counts,
        "no-room" => promise
            .flags
            .iter()
            .any(|flag| matches!(flag, Flag::NoRoom { .. })),
        // Nothing can be done with one that does not count but to write it again.
        _ if !counts => false,
        "nobody" => {
            let has_left = |flag: &Flag| matches!(flag, Flag::PerformerLeft { .. });
            promise.performer == Performer::Nobody || promise.flags.iter().any(has_left)
        }
        name => marks::name(promise.mark) == name,
    }
}

fn concerns(open: &[PromiseSummary]) -> Vec<Concern> {
    let concern = |key, only, mark| Concern {
        key,
        only,
        mark: marks::name(mark),
        tone: marks::tone(mark),
        count: open
            .iter()
            .filter(|promise| concerns_promise(only, promise))
            .count(),
    };
    let mut all = vec![
        concern("office-concern-not-counted", "not-counted", Mark::Quiet),
        concern("office-concern-no-room", "no-room", Mark::Disputed),
        concern("office-concern-late", "late", Mark::Late),
        concern("office-concern-nobody", "nobody", Mark::NotAsked),
        concern("office-concern-not-asked", "not-asked", Mark::NotAsked),
        concern("office-concern-waiting", "waiting", Mark::Waiting),
        concern(
            "office-concern-counter-offered",
            "counter-offered",
            Mark::CounterOffered,
        ),
        concern(
            "office-concern-not-confirmed",
            "not-confirmed",
            Mark::NotConfirmed,
        ),
        concern("office-concern-disputed", "disputed", Mark::Disputed),
    ];
    all.retain(|concern| concern.count > 0);
    all
}

fn kinds(asked: &str) -> (Vec<EntryKind>, &'static str) {
    match asked {
        "visits" => (vec![EntryKind::Visit], "visits"),
        "observations" => (vec![EntryKind::Usage], "observations"),
        "promises" => (vec![EntryKind::Promise], "promises"),
        _ => (
            vec![EntryKind::Visit, EntryKind::Usage, EntryKind::Promise],
            "",
        ),
    }
}

fn choices(chosen: &str) -> Vec<Choice> {
    let choice = |key, kind: &str| Choice {
        key,
        href: if kind.is_empty() {
            "/".to_owned()
        } else {
            format!("/?kind={kind}")
        },
        chosen: kind == chosen,
    };
    vec![
        choice("office-filter-all", ""),
        choice("office-filter-visits", "visits"),
        choice("office-filter-observations", "observations"),
        choice("office-filter-promises", "promises"),
    ]
}
