//! Any record: a file of promises is asked instead of the company's own.

use std::path::Path;
use std::process::ExitCode;

use kept_core::import::samples::{BrokenRow, RowError, SamplesError, read_samples};
use kept_core::insight::{
    CalendarTime, Ending, Question, Sample, Score, TimeBase, advise, backtest,
};
use kept_core::language::{Message, without_error_number};
use kept_core::model::handbook::Handbook;
use kept_core::model::time::{DAY_MS, Millis};
use kept_core::notebook::{
    ApiResult, DATABASE, KeptError, advice_messages, chance_message, slowing_message,
    working_time_messages,
};

use super::args::{Args, AsOf};
use super::sample_json::{advice_json, backtest_json, curve_json, in_days};
use crate::app::{App, exit_code};
use crate::output::{Style, StyledText};
use crate::progress::Progress;

/// The share of promises that a date from a file should keep, in percent, unless said otherwise.
const QUANTILE_PERCENT: u8 = 80;

/// The longest silence of a record that goes on, in milliseconds.
const ONGOING_RECORD_MS: i64 = 31 * DAY_MS;

/// Asks a file for a date.
pub fn advise_from_file(app: &App, file: &Path, args: &Args) -> ApiResult<ExitCode> {
    let (samples, broken) = read_record(file, app.out.now())?;
    let (base, handbook) = company_time_base(app)?;
    let team = args
        .team
        .clone()
        .or_else(|| team_of(&samples, args.performer.as_deref()));
    let question = Question {
        kind: args.kind.clone().unwrap_or_default(),
        performer: args.performer.clone(),
        team,
        now: match args.as_of {
            Some(AsOf::Now) => app.out.now(),
            Some(AsOf::At(at)) => at,
            None => present_moment(&samples, app.out.now()),
        },
        quantile: quantile(args),
    };
    let advice = advise(&samples, &question, base.as_ref());
    let day = base.day_minutes(&question.kind, question.performer.as_deref());
    let within = args.within.map(|within| within.minutes(day));
    if app.out.json {
        let mut json_value = advice_json(&advice, within, day, &broken);
        let as_of = jiff::Timestamp::from_millisecond(question.now).ok();
        json_value["as_of"] = as_of.map(|at| at.to_string()).into();
        if args.curve {
            json_value["curve"] = advice.curve.as_ref().map(curve_json).into();
        }
        app.out.print_json(&json_value)?;
    } else {
        let who = args.performer.as_deref().unwrap_or_default();
        let mut sentences = advice_messages(&advice, &question, day, who, None, &handbook);
        // Without a notebook every minute counts, whatever the kind.
        let has_notebook = app.folder.join(DATABASE).exists();
        if has_notebook && handbook.kind(&question.kind).working_time {
            sentences = working_time_messages(sentences);
        }
        for message in sentences {
            app.out.print_message(&message);
        }
        if let Some(lead) = within {
            app.out.print_message(&chance_message(&advice, lead, day));
        }
        if let Some(slowing) = &advice.slowing {
            app.out.print_message(&slowing_message(slowing, day));
        }
        if args.as_of.is_none() {
            let as_of = Message::new("when-as-of").instant("when", question.now, app.zone());
            app.out.print_message(&as_of);
        }
        print_broken_rows(app, &broken);
    }
    // Rows that were not read are no success, though the rest was.
    Ok(exit_code(broken.is_empty()))
}

/// The time bases and names of the handbook where there is a notebook; without one every minute counts, and
/// kinds have their usual names.
fn company_time_base(app: &App) -> ApiResult<(Box<dyn TimeBase>, Handbook)> {
    if app.folder.join(DATABASE).exists() {
        let notebook = app.open()?;
        let time = Box::new(notebook.company_time()?);
        return Ok((time, notebook.company_handbook()?));
    }
    Ok((Box::new(CalendarTime), Handbook::default()))
}

fn quantile(args: &Args) -> f64 {
    f64::from(args.quantile.unwrap_or(QUANTILE_PERCENT)) / 100.0
}

/// Asks a file at every promise's own moment.
pub fn backtest_file(app: &App, file: &Path, args: &Args) -> ApiResult<ExitCode> {
    let (samples, broken) = read_record(file, app.out.now())?;
    let (base, _) = company_time_base(app)?;
    let mut progress = Progress::new(&app.out, app.out.text(&Message::new("when-asking")));
    let until = last_moment(&samples);
    let result = backtest(
        &samples,
        quantile(args),
        base.as_ref(),
        until,
        |done, total| {
            progress.update(done as u64, total as u64);
        },
    );
    drop(progress);
    if app.out.json {
        app.out.print_json(&backtest_json(&result, &broken))?;
    } else {
        let head = [
            "when-part",
            "when-asked",
            "when-dated",
            "when-kept",
            "when-lead",
            "when-plain-kept",
            "when-plain-lead",
            "when-warned",
        ];
        // messages: when-part when-asked when-dated when-kept when-lead when-plain-kept when-plain-lead when-warned
        let head: Vec<Message> = head.into_iter().map(Message::new).collect();
        let all = app.out.text(&Message::new("when-all"));
        let mut rows = vec![score_row(&all, &result.overall)];
        rows.extend(
            result
                .eighths
                .iter()
                .enumerate()
                .map(|(index, score)| score_row(&format!("{}/8", index + 1), score)),
        );
        app.out.print_table(&head, rows);
        print_broken_rows(app, &broken);
    }
    // Rows that were not read are no success, though the rest was.
    Ok(exit_code(broken.is_empty()))
}

fn score_row(name: &str, score: &Score) -> Vec<StyledText> {
    let share = |hits: u32, total: u32| match total {
        0 => "–".to_owned(),
        _ => format!(
            "{hits} / {total} ({:.0} %)",
            f64::from(hits) * 100.0 / f64::from(total)
        ),
    };
    let days =
        |lead: Option<i64>| lead.map_or("–".to_owned(), |lead| format!("{:.2} d", in_days(lead)));
    let cells = [
        name.to_owned(),
        score.asked.to_string(),
        score.dated.to_string(),
        share(score.kept, score.dated),
        days(score.median_lead),
        share(score.plain_kept, score.plain_dated),
        days(score.plain_median_lead),
        score.warned.to_string(),
    ];
    cells.into_iter().map(|cell| (Style::Plain, cell)).collect()
}

fn read_record(file: &Path, now: Millis) -> ApiResult<(Vec<Sample>, Vec<BrokenRow>)> {
    let invalid = |message: Message| {
        let file = file.display().to_string();
        KeptError::invalid("samples", message.text("file", file))
    };
    let unreadable = |reason: String| {
        let reason = without_error_number(&reason);
        invalid(Message::new("when-file").text("reason", reason))
    };
    let bytes = std::fs::read(file).map_err(|e| unreadable(e.to_string()))?;
    read_samples(&bytes, now).map_err(|error| match error {
        SamplesError::Column(column) => {
            invalid(Message::new("when-file-lacks").text("column", column))
        }
        SamplesError::NotCsv(reason) => unreadable(reason),
    })
}

/// The present of a question to a record: `now` while it goes on, its last moment where it is history.
fn present_moment(samples: &[Sample], now: Millis) -> Millis {
    if samples.is_empty() {
        return now;
    }
    let last = last_moment(samples);
    let goes_on = (0..=ONGOING_RECORD_MS).contains(&now.saturating_sub(last));
    if goes_on { now } else { last }
}

/// The last moment that a record tells of.
fn last_moment(samples: &[Sample]) -> Millis {
    let end = |sample: &Sample| match sample.ending {
        Ending::Closed(at) | Ending::Censored(at) => at.max(sample.start),
        Ending::Open => sample.start,
    };
    samples.iter().map(end).max().unwrap_or(0)
}

/// The team in which a performer delivered last.
fn team_of(samples: &[Sample], performer: Option<&str>) -> Option<String> {
    let theirs = samples
        .iter()
        .filter(|sample| performer.is_some() && sample.performer.as_deref() == performer);
    theirs
        .max_by_key(|sample| sample.start)
        .and_then(|sample| sample.team.clone())
}

fn print_broken_rows(app: &App, broken: &[BrokenRow]) {
    for row in broken {
        let line = i64::try_from(row.line).unwrap_or(i64::MAX);
        app.out.print_message(
            &Message::new("when-broken-row")
                .number("line", line)
                .text("reason", app.out.text(&row_error_message(&row.reason))),
        );
    }
}

/// The error of a row, as a sentence.
fn row_error_message(reason: &RowError) -> Message {
    match reason {
        RowError::NoKind => Message::new("when-row-no-kind"),
        RowError::NotMade => Message::new("when-row-not-made"),
        RowError::EndsBefore { column, text } => Message::new("when-row-ends-before")
            .text("column", *column)
            .text("text", text),
        RowError::InTheFuture { column, text } => Message::new("when-row-in-the-future")
            .text("column", *column)
            .text("text", text),
        RowError::Fields { found, expected } => Message::new("when-row-fields")
            .text("found", found.to_string())
            .text("expected", expected.to_string()),
        RowError::NotATime { column, text } => Message::new("when-row-not-a-time")
            .text("column", *column)
            .text("text", text),
        RowError::NotARow(reason) => Message::new("when-row-unreadable").text("reason", reason),
    }
}
