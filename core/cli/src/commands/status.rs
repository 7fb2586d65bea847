//! `kept status`: what is sent and what is not, who was heard from when, how far each scope was read, and
//! the clock.

use std::process::ExitCode;

use kept_core::model::collation::compare;
use kept_core::model::ids::DocId;
use kept_core::model::time::Trust;
use kept_core::notebook::{ApiResult, DeviceSeen, ScopeSeen, SetAsideChange, Status, UnsentGroup};
use kept_core::words::{Words, say_span};

use crate::folder::Desk;
use crate::output::Style;
use crate::show::{View, one_line};

/// The number of groups that people see, at most.
const LISTED: usize = 20;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept status
  kept status --json | jq '.unsent | length'")]
pub struct Args {}

/// Shows where things stand.
pub fn run(desk: &Desk, _args: &Args) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let status = notebook.status()?;
    if desk.out.json {
        desk.out.json(&status)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(desk, &notebook)?;
    let me = &status.me;
    if me.joined {
        view.out
            .line(format!("{}, {}", me.name, me.organisation_name));
    } else {
        view.out.say(&Words::new("cli-local-notebook"));
    }
    view.out.line(view.text(&status.line));
    for note in status.notes.iter().filter(|note| !is_of_clock(note)) {
        view.out.line(view.text(note));
    }
    groups(&view, &status.unsent);
    for doc in &status.quarantined {
        view.out.say(
            &Words::new("cli-sick-quarantined")
                .text("id", doc.id.to_string())
                .text("reason", &doc.reason),
        );
    }
    for change in &status.set_aside {
        view.out.say(&set_aside(change));
    }
    let uncounted = status.not_counted.iter().map(|entry| {
        vec![
            (Style::Plain, one_line(&entry.title)),
            (Style::Quiet, view.text(&entry.reason)),
            view.id(entry.id),
        ]
    });
    view.out.table(&[], uncounted.take(LISTED).collect());
    devices(&view, &status.devices);
    scopes(&view, &status);
    clock(&view, &status);
    Ok(ExitCode::SUCCESS)
}

/// The sentence about a change that is set aside.
pub fn set_aside(change: &SetAsideChange) -> Words {
    Words::new("cli-set-aside")
        .text("id", change.id.to_string())
        .text("change", change.change.chars().take(12).collect::<String>())
        .keyed("reason", &change.reason.key)
}

fn groups(view: &View<'_>, groups: &[UnsentGroup]) {
    if groups.is_empty() {
        return;
    }
    view.out.heading(&Words::new("cli-head-unsent"));
    let rows = groups.iter().take(LISTED).map(|group| {
        let reasons: Vec<String> = group.reasons.iter().map(|words| view.text(words)).collect();
        let docs: Vec<String> = group
            .docs
            .iter()
            .map(|doc: &DocId| view.short(*doc))
            .collect();
        let (style, state) = match group.state.as_str() {
            "held" => (Style::Arriving, Words::new("cli-group-held")),
            "refused" => (Style::Late, Words::new("cli-group-refused")),
            _ => (Style::Plain, Words::new("cli-group-unsent")),
        };
        vec![
            (Style::Quiet, view.when(group.written_at)),
            (style, view.text(&state)),
            (Style::Plain, reasons.join("; ")),
            (Style::Copied, docs.join(" ")),
        ]
    });
    view.out.table(&[], rows.collect());
    let more = groups.len().saturating_sub(LISTED);
    if more > 0 {
        view.out.line(view.text(
            &Words::new("cli-more").number("count", i64::try_from(more).unwrap_or(i64::MAX)),
        ));
    }
}

fn devices(view: &View<'_>, devices: &[DeviceSeen]) {
    if devices.is_empty() {
        return;
    }
    view.out.heading(&Words::new("cli-head-devices"));
    let mut devices: Vec<&DeviceSeen> = devices.iter().collect();
    devices.sort_by(|one, other| {
        let by_name = compare(&one.name, &other.name);
        by_name.then_with(|| one.person.cmp(&other.person))
    });
    let rows = devices.iter().map(|device| {
        let heard = match device.heard {
            Some(at) => view.when(at),
            None => view.text(&Words::new("cli-never-heard")),
        };
        let state = if device.revoked {
            view.text(&Words::new("cli-device-revoked"))
        } else if device.open > 0 {
            view.text(&Words::new("cli-device-open").number("count", device.open))
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
    view.out.table(&[], rows.collect());
}

fn scopes(view: &View<'_>, status: &Status) {
    let scopes: &[ScopeSeen] = &status.scopes;
    if scopes.is_empty() {
        return;
    }
    view.out.heading(&Words::new("cli-head-scopes"));
    let rows = scopes.iter().map(|scope| {
        let (style, state) = if scope.differs {
            (Style::Late, Words::new("cli-scope-differs"))
        } else if scope.seq < scope.head {
            (Style::Arriving, Words::new("cli-scope-behind"))
        } else {
            (Style::Quiet, Words::new("cli-scope-complete"))
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
    view.out.table(&[], rows.collect());
}

/// True if a note belongs under the heading of the clock.
fn is_of_clock(note: &Words) -> bool {
    note.key == "clock-behind"
}

/// The name of a scope for people: the company, a team, its sales, those on call, or what is for themselves alone.
fn scope_name(view: &View<'_>, scope: &str, me: &str) -> String {
    match scope.split_once(':') {
        Some(("team", team)) => view.text(&Words::new("cli-scope-team").text("team", team)),
        Some(("sales", team)) => view.text(&Words::new("cli-scope-sales").text("team", team)),
        Some(("pool", pool)) => view.text(&Words::new("cli-scope-pool").text("pool", pool)),
        // One's own scope is named by one's id, which says nothing to people.
        Some(_) => me.to_owned(),
        None => view.text(&Words::new("cli-scope-company")),
    }
}

fn clock(view: &View<'_>, status: &Status) {
    if !status.me.joined {
        return;
    }
    view.out.heading(&Words::new("cli-head-clock"));
    for note in status.notes.iter().filter(|note| is_of_clock(note)) {
        view.out.pieces(&[(Style::Late, view.text(note))]);
    }
    let offset = status.clock_offset_ms.unwrap_or(0);
    view.out.line(match status.clock {
        Trust::Unknown => view.text(&Words::new("cli-clock-unknown")),
        Trust::Good | Trust::Drifting => {
            view.text(&Words::new("cli-clock").text("offset", say_span(offset, view.out.lang)))
        }
    });
}
