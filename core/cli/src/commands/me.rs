//! `kept me`: what you say about yourself, and what the office enters for others.

use std::process::ExitCode;

use clap::Subcommand;
use kept_core::Notebook;
use kept_core::language::hours::{format_minutes, format_shift, format_week};
use kept_core::language::{Message, dates};
use kept_core::model::calendar::WorkingCalendar;
use kept_core::model::colleague_profile::PersonEdit;
use kept_core::model::handbook::WORKING_DAY_MINUTES;
use kept_core::model::ids::PersonId;
use kept_core::notebook::{ApiResult, ProfilePage};

use crate::app::App;
use crate::display::fields::print_field_table;
use crate::output::Style;
use crate::parse::{self, people, syntax_error};
use crate::view::View;

/// The commands about oneself.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show it
    #[command(after_help = "Examples:\n  kept me show\n  kept me show --colleague Sam")]
    Show {
        /// The colleague to show, by name [default: yourself]
        #[arg(long, value_name = "NAME")]
        colleague: Option<String>,
    },
    /// Change it; what is not named stays as it is
    Set(Box<SetPersonArgs>),
}

impl Command {
    /// True if it saves what people typed.
    pub fn saves(&self) -> bool {
        matches!(self, Self::Set(_))
    }
}

/// The arguments of `set`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept me set --hours \"Mon-Fri 8:00-12:00,13:00-17:00\" --quiet 20:00-7:00
  kept me set --absent 2026-12-24..2027-01-02
  kept me set --effort fix=45m --phone \"+49 30 22\" --wins \"Call me before noon.\"
  kept me set --colleague Sam --absent tomorrow      for the office and the owner

Reminders of callbacks ring in quiet hours as well. Without hours of your own those of the company count.")]
pub struct SetPersonArgs {
    /// About this colleague, by name, for the office and the owner [default: yourself]
    #[arg(long, value_name = "NAME")]
    colleague: Option<String>,
    /// Working hours; "company" are the company's
    #[arg(long, value_name = "WEEK")]
    hours: Option<String>,
    /// The time zone in which they are meant [default: the one that you are in]
    #[arg(long, value_name = "ZONE", requires = "hours")]
    zone: Option<String>,
    /// When no reminder may ring; "none" is never
    #[arg(long, value_name = "FROM-TO")]
    quiet: Option<String>,
    /// The usual effort for a kind of promises, such as fix=45m; 0m is the handbook's; may be given
    /// several times
    #[arg(long, value_name = "KIND=TIME")]
    effort: Vec<String>,
    /// A day, or a span of days, without work; may be given several times
    #[arg(long, value_name = "DATE")]
    absent: Vec<String>,
    /// A day, or a span of days, with work after all; may be given several times
    #[arg(long, value_name = "DATE")]
    present: Vec<String>,
    /// A telephone number; may be given several times
    #[arg(long, value_name = "NUMBER")]
    phone: Vec<String>,
    /// A number that is not yours; may be given several times
    #[arg(long, value_name = "NUMBER")]
    remove_phone: Vec<String>,
    /// Your own words on how others help you win
    #[arg(long, value_name = "TEXT")]
    wins: Option<String>,
}

/// Runs one of them.
pub fn run(app: &App, command: Command) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let view = View::new(app, &notebook)?;
    match command {
        Command::Show { colleague } => {
            let person = person(&notebook, colleague.as_deref())?;
            print_person(app, &view, &notebook.colleague_profile(person)?)
        }
        Command::Set(args) => {
            let person = person(&notebook, args.colleague.as_deref())?;
            let edits = edits(&view, *args, &notebook.colleague_profile(person)?.phones)?;
            if edits.is_empty() {
                app.refuse_empty_change("--hours, --absent");
            }
            notebook.edit_colleague_profile(person, edits)?;
            if !app.out.json {
                app.out.print_message(&Message::new("cli-me-changed"));
            }
            print_person(app, &view, &notebook.colleague_profile(person)?)
        }
    }
}

/// Shows what a colleague says about themselves.
pub fn show_colleague(app: &App, notebook: &Notebook, name: &str) -> ApiResult<ExitCode> {
    let person = people::colleague(notebook, name)?;
    print_person(
        app,
        &View::new(app, notebook)?,
        &notebook.colleague_profile(person)?,
    )
}

fn person(notebook: &Notebook, name: Option<&str>) -> ApiResult<PersonId> {
    match name {
        Some(name) => people::colleague(notebook, name),
        None => Ok(notebook.me()?.person),
    }
}

/// `phones` are the numbers that they have.
fn edits(view: &View<'_>, args: SetPersonArgs, phones: &[String]) -> ApiResult<Vec<PersonEdit>> {
    let mut edits = Vec::new();
    if let Some(text) = args.hours {
        let hours = match text.trim() {
            "company" => None,
            text => Some(WorkingCalendar {
                zone: args.zone.unwrap_or_else(|| view.zone.clone()),
                week: parse::week(text)?,
                closed: vec![],
            }),
        };
        edits.push(PersonEdit::Hours { hours });
    }
    if let Some(text) = args.quiet {
        let quiet = match text.trim() {
            "none" => None,
            text => Some(parse::time_span(text)?),
        };
        edits.push(PersonEdit::Quiet { quiet });
    }
    for text in args.effort {
        let (kind, time) = text
            .split_once('=')
            .ok_or_else(|| syntax_error("effort", &text, "fix=45m"))?;
        edits.push(PersonEdit::Effort {
            minutes: parse::minutes("effort", time, WORKING_DAY_MINUTES)?,
            kind: kind.to_owned(),
        });
    }
    let absent = parse::days(view, &args.absent)?.into_iter();
    edits.extend(absent.map(|date| PersonEdit::Absent { date }));
    let present = parse::days(view, &args.present)?.into_iter();
    edits.extend(present.map(|date| PersonEdit::Present { date }));
    let new = args.phone.into_iter();
    edits.extend(new.map(|number| PersonEdit::AddPhone { number }));
    for number in args.remove_phone {
        if !phones.iter().any(|known| known == number.trim()) {
            return Err(parse::not_present_error("phone", &number, phones));
        }
        edits.push(PersonEdit::RemovePhone { number });
    }
    edits.extend(args.wins.map(|text| PersonEdit::Wins { text, was: None }));
    Ok(edits)
}

fn print_person(app: &App, view: &View<'_>, profile: &ProfilePage) -> ApiResult<ExitCode> {
    if app.out.json {
        app.out.print_json(profile)?;
        return Ok(ExitCode::SUCCESS);
    }
    let name = match profile.name.as_str() {
        "" => view.text(&Message::new("cli-me")),
        name => name.to_owned(),
    };
    view.out.print_styled(&[(Style::Strong, name)]);
    let hours = match &profile.hours {
        Some(hours) => format!(
            "{} ({})",
            format_week(&hours.week, view.out.lang).join("; "),
            hours.zone
        ),
        None => view.text(&Message::new("cli-hours-of-the-company")),
    };
    let quiet = match profile.quiet {
        Some(quiet) => format_shift(quiet),
        None => view.text(&Message::new("cli-never-quiet")),
    };
    let absent: Vec<String> = profile
        .absent
        .iter()
        .map(|day| dates::format_day_in_full(day, view.out.lang))
        .collect();
    let efforts = profile.efforts.iter().map(|usual| {
        let time = format_minutes(usual.minutes, WORKING_DAY_MINUTES, view.out.lang);
        format!("{} {time}", view.text(&usual.kind_words))
    });
    let rows = [
        ("heading-hours", hours),
        ("cli-me-absent", absent.join(", ")),
        ("cli-me-quiet", quiet),
        ("field-effort", efforts.collect::<Vec<_>>().join(", ")),
        ("field-phone", profile.phones.join(", ")),
        ("field-wins", profile.wins.clone()),
    ];
    print_field_table(view, rows);
    Ok(ExitCode::SUCCESS)
}
