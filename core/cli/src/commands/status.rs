//! `kept status`: what is sent and what is not, who was heard from when, how far each scope was read, and
//! the clock.

use std::process::ExitCode;

use kept_core::language::{Message, format_span};
use kept_core::model::collation::compare;
use kept_core::model::ids::DocId;
use kept_core::model::time::Trust;
use kept_core::notebook::{
    ApiResult, DeviceStatus, GroupState, ScopeStatus, Status, UnsentGroup, WayOut,
};

use crate::app::App;
use crate::display::messages::set_aside_message;
use crate::output::Style;
use crate::view::{View, excerpt};

/// The number of groups that people see, at most.
const MAX_LISTED: usize = 20;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept status
  kept status --json | jq '.unsent | length'")]
pub struct Args {}

/// Shows where things stand.
pub fn run(app: &App, _args: &Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let status = notebook.status()?;
    if app.out.json {
        app.out.print_json(&status)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(app, &notebook)?;
    let me = &status.me;
    if me.joined {
        view.out
            .print_line(format!("{}, {}", me.name, me.organisation_name));
    } else {
        view.out.print_message(&Message::new("cli-local-notebook"));
    }
    view.out.print_line(view.text(&status.line));
    for note in status.notes.iter().filter(|note| !is_clock_note(note)) {
        view.out.print_line(view.text(note));
    }
    if status.forked {
        view.out.print_message(&Message::new("cli-forked-hint"));
    }
    print_groups(&view, &status.unsent);
    for doc in &status.quarantined {
        view.out.print_message(
            &Message::new("cli-sick-quarantined")
                .text("id", doc.id.to_string())
                .text("reason", &doc.reason),
        );
    }
    for change in &status.set_aside {
        view.out.print_message(&set_aside_message(change));
    }
    let uncounted = status.not_counted.iter().map(|entry| {
        vec![
            (Style::Plain, excerpt(&entry.title)),
            (Style::Quiet, view.text(&entry.reason)),
            view.id_cell(entry.id),
        ]
    });
    view.out
        .print_table(&[], uncounted.take(MAX_LISTED).collect());
    print_devices(&view, &status.devices);
    print_scopes(&view, &status);
    print_clock(&view, &status);
    Ok(ExitCode::SUCCESS)
}

fn print_groups(view: &View<'_>, groups: &[UnsentGroup]) {
    if groups.is_empty() {
        return;
    }
    view.out.print_heading(&Message::new("cli-head-unsent"));
    let rows = groups.iter().take(MAX_LISTED).map(|group| {
        let reasons: Vec<String> = group
            .reasons
            .iter()
            .map(|message| view.text(message))
            .collect();
        let (style, state) = match group.state {
            GroupState::Held => (Style::Arriving, Message::new("cli-group-held")),
            GroupState::Refused => (Style::Late, Message::new("cli-group-refused")),
            GroupState::Unsent => (Style::Plain, Message::new("cli-group-unsent")),
        };
        vec![
            (Style::Quiet, view.time_text(group.written_at)),
            (style, view.text(&state)),
            (Style::Plain, view.text(&group.words)),
            (Style::Plain, reasons.join("; ")),
            (Style::Copied, docs_text(view, &group.docs)),
        ]
    });
    view.out.print_table(&[], rows.collect());
    if groups
        .iter()
        .any(|group| group.ways.contains(&WayOut::Withdraw))
    {
        view.out.print_message(&Message::new("cli-unsent-hint"));
    }
    let more = groups.len().saturating_sub(MAX_LISTED);
    if more > 0 {
        view.out.print_line(view.text(
            &Message::new("count-more").number("count", i64::try_from(more).unwrap_or(i64::MAX)),
        ));
    }
}

/// The short ids of documents, in a row.
fn docs_text(view: &View<'_>, docs: &[DocId]) -> String {
    let ids: Vec<String> = docs.iter().map(|doc| view.short_id(*doc)).collect();
    ids.join(" ")
}

fn print_devices(view: &View<'_>, devices: &[DeviceStatus]) {
    if devices.is_empty() {
        return;
    }
    view.out.print_heading(&Message::new("cli-head-devices"));
    let mut devices: Vec<&DeviceStatus> = devices.iter().collect();
    devices.sort_by(|one, other| {
        let by_name = compare(&one.name, &other.name);
        by_name.then_with(|| one.person.cmp(&other.person))
    });
    let rows = devices.iter().map(|device| {
        let heard = match device.heard {
            Some(at) => view.time_text(at),
            None => view.text(&Message::new("device-never-heard")),
        };
        let state = if device.revoked {
            view.text(&Message::new("device-revoked"))
        } else if device.open > 0 {
            view.text(&Message::new("device-open").number("count", device.open))
        } else {
            String::new()
        };
        vec![
            (Style::Strong, device.name.clone()),
            (Style::Plain, device.device.clone()),
            (Style::Plain, heard),
            (Style::Arriving, state),
        ]
    });
    view.out.print_table(&[], rows.collect());
}

fn print_scopes(view: &View<'_>, status: &Status) {
    let scopes: &[ScopeStatus] = &status.scopes;
    if scopes.is_empty() {
        return;
    }
    view.out.print_heading(&Message::new("cli-head-scopes"));
    let rows = scopes.iter().map(|scope| {
        let (style, state) = if scope.differs {
            (Style::Late, Message::new("cli-scope-differs"))
        } else if scope.seq < scope.head {
            (Style::Arriving, Message::new("cli-scope-behind"))
        } else {
            (Style::Quiet, Message::new("cli-scope-complete"))
        };
        vec![
            (
                Style::Strong,
                scope_name(view, &scope.name, &status.me.name),
            ),
            (Style::Plain, format!("{}/{}", scope.seq, scope.head)),
            (style, view.text(&state)),
        ]
    });
    view.out.print_table(&[], rows.collect());
}

/// True if a note belongs under the heading of the clock.
fn is_clock_note(note: &Message) -> bool {
    note.key == "clock-behind"
}

/// The name of a scope for people: the company, a team, its sales, those on call, or what is for themselves alone.
fn scope_name(view: &View<'_>, scope: &str, me: &str) -> String {
    match scope.split_once(':') {
        Some(("team", team)) => view.text(&Message::new("cli-scope-team").text("team", team)),
        Some(("sales", team)) => view.text(&Message::new("cli-scope-sales").text("team", team)),
        Some(("pool", pool)) => view.text(&Message::new("cli-scope-pool").text("pool", pool)),
        // One's own scope is named by one's id, which says nothing to people.
        Some(_) => me.to_owned(),
        None => view.text(&Message::new("cli-scope-company")),
    }
}

fn print_clock(view: &View<'_>, status: &Status) {
    if !status.me.joined {
        return;
    }
    view.out.print_heading(&Message::new("cli-head-clock"));
    for note in status.notes.iter().filter(|note| is_clock_note(note)) {
        view.out.print_styled(&[(Style::Late, view.text(note))]);
    }
    let offset = status.clock_offset_ms.unwrap_or(0);
    view.out.print_line(match status.clock {
        Trust::Unknown => view.text(&Message::new("cli-clock-unknown")),
        Trust::Good | Trust::Drifting => {
            view.text(&Message::new("cli-clock").text("offset", format_span(offset, view.out.lang)))
        }
    });
}
