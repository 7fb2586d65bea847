//! `kept handbook`: what the company agreed on, kinds of promises, working hours and holidays.

use std::process::ExitCode;

use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use kept_core::Notebook;
use kept_core::language::hours::{format_minutes, format_week};
use kept_core::language::{Message, dates};
use kept_core::model::calendar::WorkingCalendar;
use kept_core::model::collation::compare;
use kept_core::model::event::EvidenceKind;
use kept_core::model::handbook::{HoursEdit, KindEdit, WORKING_DAY_MINUTES};
use kept_core::model::registry::Role;
use kept_core::notebook::{
    ApiResult, HandbookKind, HandbookPage, KeptError, proof_message, role_message,
};

use crate::app::App;
use crate::display::fields::print_field_table;
use crate::output::Style;
use crate::parse::{self, EvidenceArg};
use crate::view::View;

/// The commands of the handbook.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List kinds of promises, working hours and holidays
    #[command(
        after_help = "Examples:\n  kept handbook list\n  kept handbook list --json | jq -r '.kinds[].kind.key'"
    )]
    List,
    /// Show one kind of promises
    #[command(after_help = "Examples:\n  kept handbook show callback")]
    Show {
        /// The kind
        key: String,
    },
    /// Change a kind of promises or write a new one, for the office and the owner
    Set(Box<SetKindArgs>),
    /// Offer a kind of promises no more, for the office and the owner; what was promised stays
    #[command(
        after_help = "Examples:\n  kept handbook retire credit\n  kept handbook set credit --offer      offers it again"
    )]
    Retire {
        /// The kind
        key: String,
    },
    /// Show the company's working hours, or change them, for the office and the owner
    #[command(
        after_help = "Examples:\n  kept handbook hours\n  kept handbook hours \"Mon-Fri 8:00-12:00,13:00-17:00; Sat 9:00-12:00\"\n  kept handbook hours \"Mo-Fr 7-16\" --zone Europe/Vienna"
    )]
    Hours {
        /// Days and hours; a day that is not named is closed
        week: Option<String>,
        /// The time zone in which they are meant [default: the one that you are in]
        #[arg(long, value_name = "ZONE", requires = "week")]
        zone: Option<String>,
    },
    /// Holidays of the company, for the office and the owner
    #[command(subcommand)]
    Holiday(HolidayCommand),
}

/// The commands of holidays.
#[derive(Debug, Subcommand)]
pub enum HolidayCommand {
    /// Nobody works on these days
    #[command(
        after_help = "Examples:\n  kept handbook holiday add 2026-12-25 2026-12-26\n  kept handbook holiday add 2026-12-24..2027-01-02"
    )]
    Add {
        /// Days, or spans of days
        #[arg(required = true, value_name = "DATE")]
        dates: Vec<String>,
    },
    /// These days are days like any other
    #[command(after_help = "Examples:\n  kept handbook holiday remove 2026-12-24")]
    Remove {
        /// Days, or spans of days
        #[arg(required = true, value_name = "DATE")]
        dates: Vec<String>,
    },
}

/// The arguments of `set`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept handbook set callback --lead 45m --quantile 90
  kept handbook set tow --name Abschleppen --lead 90m --working-time no --role technician
  kept handbook set delivery --evidence photo --evidence signature

What is not named stays as it is; a new kind begins as \"other\". A day of effort, and of the lead of a
kind that counts working time, has 8 hours. Promises keep the rules that they were made under.")]
pub struct SetKindArgs {
    /// The kind: small letters, digits and hyphens
    key: String,
    /// What people call it; empty takes the name away
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// Whether its lead counts working time only
    #[arg(long, value_name = "YES|NO", value_parser = PossibleValuesParser::new(["yes", "no"]))]
    working_time: Option<String>,
    /// The share of promises that a suggested date should keep, 50 to 99
    #[arg(long, value_name = "PERCENT")]
    quantile: Option<u8>,
    /// What counts as done; may be given several times, any of them does
    #[arg(long, value_enum)]
    evidence: Vec<EvidenceArg>,
    /// The usual work: 45m, 1h30m, 2d
    #[arg(long, value_name = "TIME")]
    effort: Option<String>,
    /// The date that is offered while there is no record: 30m, 2d
    #[arg(long, value_name = "TIME")]
    lead: Option<String>,
    /// What a customer is granted beyond a due minute: 5m
    #[arg(long, value_name = "TIME")]
    grace: Option<String>,
    /// Who usually delivers
    #[arg(long, value_parser = PossibleValuesParser::new(["owner", "office", "technician", "workshop", "sales", "anybody"]))]
    role: Option<String>,
    /// Offer a retired kind again
    #[arg(long)]
    offer: bool,
}

impl Command {
    /// True if it saves what people typed.
    pub fn saves(&self) -> bool {
        !matches!(
            self,
            Self::List | Self::Show { .. } | Self::Hours { week: None, .. }
        )
    }
}

/// Runs one of them.
pub fn run(app: &App, command: Command) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let view = View::new(app, &notebook)?;
    match command {
        Command::List => show_list(app, &view, &notebook.handbook()?),
        Command::Show { key } => print_kind(app, &view, &find_kind(&notebook, &key)?),
        Command::Set(args) => set_kind(app, &view, &notebook, *args),
        Command::Retire { key } => {
            notebook.retire_kind(key.clone())?;
            print_changed_kind(app, &view, &find_kind(&notebook, &key)?, "cli-kind-retired")
        }
        Command::Hours { week: None, .. } => show_hours(app, &view, &notebook.handbook()?),
        Command::Hours {
            week: Some(week),
            zone,
        } => {
            let hours = WorkingCalendar {
                zone: zone.unwrap_or_else(|| view.zone.clone()),
                week: parse::week(&week)?,
                closed: vec![],
            };
            save_hours(app, &view, &notebook, vec![HoursEdit::Week { hours }])
        }
        Command::Holiday(command) => {
            let (dates, close) = match command {
                HolidayCommand::Add { dates } => (dates, true),
                HolidayCommand::Remove { dates } => (dates, false),
            };
            let days = parse::days(&view, &dates)?.into_iter();
            let edits = days.map(|date| match close {
                true => HoursEdit::Close { date },
                false => HoursEdit::Reopen { date },
            });
            save_hours(app, &view, &notebook, edits.collect())
        }
    }
}

/// A kind of the handbook; one that is not there is an error.
fn find_kind(notebook: &Notebook, key: &str) -> ApiResult<HandbookKind> {
    let wanted = key.trim().to_lowercase();
    let mut kinds = notebook.handbook()?.kinds.into_iter();
    let found = kinds.find(|known| known.kind.key == wanted);
    found.ok_or_else(|| KeptError::not_found("thing-kind", key))
}

fn set_kind(
    app: &App,
    view: &View<'_>,
    notebook: &Notebook,
    args: SetKindArgs,
) -> ApiResult<ExitCode> {
    let known = find_kind(notebook, &args.key).ok();
    let working_time = args.working_time.as_deref().map(|answer| answer == "yes");
    // A day of the lead depends on the time base that holds after this.
    let other = find_kind(notebook, "other").ok();
    let base = known.as_ref().or(other.as_ref());
    let counts = working_time.unwrap_or_else(|| base.is_some_and(|base| base.kind.working_time));
    let day = if counts { WORKING_DAY_MINUTES } else { 24 * 60 };
    let mut edits = Vec::new();
    edits.extend(args.name.map(|name| KindEdit::Name { name }));
    edits.extend(working_time.map(|working_time| KindEdit::WorkingTime { working_time }));
    edits.extend(args.quantile.map(|percent| KindEdit::Quantile { percent }));
    if !args.evidence.is_empty() {
        let evidence = args.evidence.into_iter().map(EvidenceKind::from).collect();
        edits.push(KindEdit::Evidence { evidence });
    }
    if let Some(text) = args.effort {
        let minutes = parse::minutes("effort", &text, WORKING_DAY_MINUTES)?;
        edits.push(KindEdit::Effort { minutes });
    }
    if let Some(text) = args.lead {
        let minutes = parse::minutes("lead", &text, day)?;
        edits.push(KindEdit::Lead { minutes });
    }
    if let Some(text) = args.grace {
        let minutes = parse::minutes("grace", &text, 24 * 60)?;
        edits.push(KindEdit::Grace { minutes });
    }
    if let Some(name) = args.role {
        let role = match name.as_str() {
            "anybody" => None,
            name => Some(name.parse::<Role>()?),
        };
        edits.push(KindEdit::PerformerRole { role });
    }
    if args.offer {
        edits.push(KindEdit::Retired { retired: false });
    }
    if edits.is_empty() {
        app.refuse_empty_change("--lead, --effort");
    }
    notebook.save_kind(args.key.clone(), edits)?;
    let message_key = match known {
        Some(_) => "entry-changed",
        None => "cli-kind-added",
    };
    print_changed_kind(app, view, &find_kind(notebook, &args.key)?, message_key)
}

fn print_changed_kind(
    app: &App,
    view: &View<'_>,
    kind: &HandbookKind,
    message_key: &str,
) -> ApiResult<ExitCode> {
    // messages: entry-changed cli-kind-added cli-kind-retired
    if app.out.json {
        app.out.print_json(kind)?;
        return Ok(ExitCode::SUCCESS);
    }
    let name = view.text(&kind.words);
    app.out
        .print_message(&Message::new(message_key).text("name", name));
    print_kind(app, view, kind)
}

fn show_list(app: &App, view: &View<'_>, page: &HandbookPage) -> ApiResult<ExitCode> {
    if app.out.json {
        app.out.print_json(page)?;
        return Ok(ExitCode::SUCCESS);
    }
    let head = [
        "field-kind",
        "cli-head-lead",
        "cli-head-effort",
        "cli-head-quantile",
        "heading-evidence",
        "cli-head-role",
    ];
    // messages: field-kind cli-head-lead cli-head-effort cli-head-quantile
    // messages: heading-evidence cli-head-role
    let mut kinds: Vec<(String, &HandbookKind)> = page
        .kinds
        .iter()
        .map(|known| (view.text(&known.words), known))
        .collect();
    kinds.sort_by(|(one, _), (other, _)| compare(one, other));
    let rows = kinds.into_iter().map(|(_, known)| {
        let style = if known.kind.retired {
            Style::Quiet
        } else {
            Style::Plain
        };
        let [name, facts @ ..] = facts(view, known);
        let mut row = vec![(style, with_key(&name, &known.kind.key))];
        row.extend(facts.into_iter().map(|fact| (style, fact)));
        row
    });
    view.out
        .print_table(&head.map(Message::new), rows.collect());
    print_hours(view, page);
    Ok(ExitCode::SUCCESS)
}

/// The columns of a kind in the list: name, lead, effort, share, proof, role.
fn facts(view: &View<'_>, known: &HandbookKind) -> [String; 6] {
    let (kind, lang) = (&known.kind, view.out.lang);
    let name = match kind.retired {
        true => {
            view.text(&Message::new("cli-kind-is-retired").text("name", view.text(&known.words)))
        }
        false => view.text(&known.words),
    };
    let lead = format_minutes(kind.lead_minutes, kind.day_minutes(), lang);
    let lead = match kind.working_time {
        true => view.text(&Message::new("working-time").text("time", lead)),
        false => lead,
    };
    let proofs = kind
        .evidence
        .iter()
        .map(|proof| view.text(&proof_message(*proof)));
    let role = role_message(kind.performer_role);
    [
        name,
        lead,
        format_minutes(kind.effort_minutes, WORKING_DAY_MINUTES, lang),
        format!("{} %", kind.quantile_percent),
        proofs.collect::<Vec<_>>().join(", "),
        view.text(&role),
    ]
}

/// A kind's name with the key that commands take, unless the name is that.
fn with_key(name: &str, key: &str) -> String {
    if name == key {
        name.to_owned()
    } else {
        format!("{name} ({key})")
    }
}

/// Shows a kind of promises.
pub fn show_kind(app: &App, notebook: &Notebook, key: &str) -> ApiResult<ExitCode> {
    print_kind(app, &View::new(app, notebook)?, &find_kind(notebook, key)?)
}

fn print_kind(app: &App, view: &View<'_>, known: &HandbookKind) -> ApiResult<ExitCode> {
    if app.out.json {
        app.out.print_json(known)?;
        return Ok(ExitCode::SUCCESS);
    }
    let [name, lead, effort, quantile, evidence, role] = facts(view, known);
    let named = with_key(&name, &known.kind.key);
    view.out.print_styled(&[(Style::Strong, named)]);
    let grace = format_minutes(known.kind.grace_minutes, 24 * 60, view.out.lang);
    let rows = [
        ("cli-kind-lead", lead),
        ("field-effort", effort),
        ("cli-kind-quantile", quantile),
        ("heading-evidence", evidence),
        ("cli-kind-role", role),
        ("cli-kind-grace", grace),
    ];
    print_field_table(view, rows);
    Ok(ExitCode::SUCCESS)
}

fn save_hours(
    app: &App,
    view: &View<'_>,
    notebook: &Notebook,
    edits: Vec<HoursEdit>,
) -> ApiResult<ExitCode> {
    let before = notebook.handbook()?.hours;
    notebook.save_hours(edits)?;
    let page = notebook.handbook()?;
    if !app.out.json {
        app.out.print_message(&match page.hours == before {
            true => Message::new("cli-hours-unchanged"),
            false => Message::new("cli-hours-changed"),
        });
    }
    show_hours(app, view, &page)
}

fn show_hours(app: &App, view: &View<'_>, page: &HandbookPage) -> ApiResult<ExitCode> {
    if app.out.json {
        app.out.print_json(&page.hours)?;
    } else {
        print_hours(view, page);
    }
    Ok(ExitCode::SUCCESS)
}

fn print_hours(view: &View<'_>, page: &HandbookPage) {
    print_week_and_holidays(view, page);
    let zone = page
        .hours
        .as_ref()
        .map_or(view.zone.as_str(), |hours| &hours.zone);
    view.out
        .print_line(view.text(&match &page.telephone_country {
            Some(country) => Message::new("telephone-country").text("country", country),
            None => Message::new("cli-telephone-no-country").text("zone", zone),
        }));
}

fn print_week_and_holidays(view: &View<'_>, page: &HandbookPage) {
    let Some(hours) = &page.hours else {
        view.out.print_heading(&Message::new("cli-hours-usual"));
        return;
    };
    let heading = Message::new("cli-hours").text("zone", &hours.zone);
    view.out.print_heading(&heading);
    for line in format_week(&hours.week, view.out.lang) {
        view.out.print_line(line);
    }
    if !hours.closed.is_empty() {
        view.out.print_heading(&Message::new("field-closed"));
        let days = hours.closed.iter();
        let days: Vec<String> = days
            .map(|day| dates::format_day_in_full(day, view.out.lang))
            .collect();
        view.out.print_line(days.join(", "));
    }
}
