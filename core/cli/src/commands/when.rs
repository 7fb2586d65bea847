//! `kept when`: what date the record honestly gives, for the company's own promises or for any file.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kept_core::import::samples::{BrokenRow, read_samples};
use kept_core::insight::{
    Advice, Answer, Backtest, Calendar, Question, Sample, Score, advise, backtest, chance_within,
};
use kept_core::model::time::Millis;
use kept_core::notebook::{ApiResult, KeptError, advice_words, chance_words};
use kept_core::words::Words;
use kept_core::{Environment, SystemEnvironment};
use serde_json::{Value, json};

use crate::folder::Desk;
use crate::people;
use crate::progress::Progress;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept when delivery                                  from the company's own promises
  kept when delivery --performer Sam --within 2d      and how often it was made within two days
  kept when delivery --samples record.csv             from any record
  kept when --backtest record.csv                     how often such dates would have been kept

A record is CSV with the columns kind,performer,team,made,closed,cancelled; times are RFC 3339, `made` is when
the customer was told, the last two may be empty. Open promises count, so that slow ones are not forgotten.")]
pub struct Args {
    /// The kind of promise: callback, quote, delivery and so on
    #[arg(required_unless_present = "backtest")]
    kind: Option<String>,
    /// Who would deliver
    #[arg(long, value_name = "NAME")]
    performer: Option<String>,
    /// Their team
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// How often was it made within this time: 2d, 36h, 90m
    #[arg(long, value_name = "TIME", value_parser = minutes)]
    within: Option<i64>,
    /// The share of promises that the date should keep, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 80, value_parser = clap::value_parser!(u8).range(50..=99))]
    quantile: u8,
    /// Ask this record instead of the company's own
    #[arg(long, value_name = "FILE")]
    samples: Option<PathBuf>,
    /// Ask this record at every promise's own moment, and compare
    #[arg(long, value_name = "FILE", conflicts_with_all = ["samples", "within", "kind", "performer", "team"])]
    backtest: Option<PathBuf>,
}

/// Reads "2d", "36h" or "90m" as minutes.
fn minutes(text: &str) -> Result<i64, String> {
    let refused = || format!("“{text}” is not a time like 2d, 36h or 90m");
    let (number, unit) = text.split_at(text.len() - text.chars().last().map_or(0, char::len_utf8));
    let number: i64 = number.trim().parse().map_err(|_| refused())?;
    let per = match unit {
        "d" => 24 * 60,
        "h" => 60,
        "m" => 1,
        _ => return Err(refused()),
    };
    number
        .checked_mul(per)
        .filter(|minutes| *minutes > 0)
        .ok_or_else(refused)
}

/// Asks the record.
pub fn run(desk: &Desk, args: &Args) -> ApiResult<ExitCode> {
    let quantile = f64::from(args.quantile) / 100.0;
    if let Some(file) = &args.backtest {
        return run_backtest(desk, file, quantile);
    }
    let (samples, broken, now, performer) = match &args.samples {
        Some(file) => {
            let (samples, broken) = read(file)?;
            let now = last_moment(&samples);
            (samples, broken, now, args.performer.clone())
        }
        None => {
            let notebook = desk.open()?;
            let performer = match &args.performer {
                Some(name) => Some(people::colleague(&notebook, name)?.to_string()),
                None => None,
            };
            let now = SystemEnvironment.wall_ms();
            (notebook.samples()?, vec![], now, performer)
        }
    };
    let kind = args.kind.clone().unwrap_or_default();
    let team = args
        .team
        .clone()
        .or_else(|| team_of(&samples, performer.as_deref()));
    let question = Question {
        kind,
        performer,
        team,
        now,
        quantile,
    };
    let advice = advise(&samples, &question, &Calendar);
    if desk.out.json {
        desk.out.json(&advice_json(&advice, args.within, &broken))?;
    } else {
        for words in advice_words(
            &advice,
            &question,
            args.performer.as_deref().unwrap_or_default(),
        ) {
            desk.out.say(&words);
        }
        match args.within.map(|lead| chance_words(&advice, lead)) {
            Some(Some((_, words))) => desk.out.say(&words),
            Some(None) => desk.out.say(&Words::new("when-chance-unknown")),
            None => {}
        }
        say_broken(desk, &broken);
    }
    Ok(exit(&broken))
}

fn run_backtest(desk: &Desk, file: &Path, quantile: f64) -> ApiResult<ExitCode> {
    let (samples, broken) = read(file)?;
    let mut progress = Progress::new(&desk.out, desk.out.text(&Words::new("when-asking")));
    let until = last_moment(&samples);
    let result = backtest(&samples, quantile, &Calendar, until, |done, total| {
        progress.at(done as u64, total as u64);
    });
    drop(progress);
    if desk.out.json {
        desk.out.json(&backtest_json(&result, &broken))?;
    } else {
        let head = [
            "when-part",
            "when-asked",
            "when-dated",
            "when-kept",
            "when-lead",
            "when-plain-kept",
            "when-plain-lead",
        ];
        // words: when-part when-asked when-dated when-kept when-lead when-plain-kept when-plain-lead
        let head: Vec<Words> = head.into_iter().map(Words::new).collect();
        let all = desk.out.text(&Words::new("when-all"));
        let mut rows = vec![row(&all, &result.overall)];
        rows.extend(
            result
                .eighths
                .iter()
                .enumerate()
                .map(|(index, score)| row(&format!("{}/8", index + 1), score)),
        );
        desk.out.table(&head, rows);
        say_broken(desk, &broken);
    }
    Ok(exit(&broken))
}

fn row(name: &str, score: &Score) -> Vec<crate::output::Piece> {
    use crate::output::Style;
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
    ];
    cells.into_iter().map(|cell| (Style::Plain, cell)).collect()
}

fn read(file: &Path) -> ApiResult<(Vec<Sample>, Vec<BrokenRow>)> {
    let invalid = |reason: String| {
        let file = file.display().to_string();
        KeptError::invalid(
            "samples",
            Words::new("when-file")
                .text("file", file)
                .text("reason", reason),
        )
    };
    let bytes = std::fs::read(file).map_err(|e| invalid(e.to_string()))?;
    read_samples(&bytes).map_err(|e| invalid(e.to_string()))
}

/// The last moment that a record tells of: the present of whoever asks it.
fn last_moment(samples: &[Sample]) -> Millis {
    use kept_core::insight::Fate;
    let end = |sample: &Sample| match sample.fate {
        Fate::Closed(at) | Fate::Censored(at) => at.max(sample.start),
        Fate::Open => sample.start,
    };
    samples.iter().map(end).max().unwrap_or(0)
}

/// The team in which somebody delivered last.
fn team_of(samples: &[Sample], performer: Option<&str>) -> Option<String> {
    let theirs = samples
        .iter()
        .filter(|sample| performer.is_some() && sample.performer.as_deref() == performer);
    theirs
        .max_by_key(|sample| sample.start)
        .and_then(|sample| sample.team.clone())
}

fn say_broken(desk: &Desk, broken: &[BrokenRow]) {
    for row in broken {
        let line = i64::try_from(row.line).unwrap_or(i64::MAX);
        desk.out.say(
            &Words::new("when-broken-row")
                .number("line", line)
                .text("reason", &row.reason),
        );
    }
}

/// Rows that were not read are no success, though the rest was.
fn exit(broken: &[BrokenRow]) -> ExitCode {
    if broken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn in_days(minutes: i64) -> f64 {
    minutes as f64 / (24.0 * 60.0)
}

fn advice_json(advice: &Advice, within: Option<i64>, broken: &[BrokenRow]) -> Value {
    let (answer, lead, longest) = match advice.answer {
        Answer::Suggested { lead } => ("suggested", Some(lead), None),
        Answer::Ask { fits_most, longest } => ("ask", fits_most, Some(longest)),
        Answer::Few { slowest } => ("few", Some(slowest), None),
        Answer::NoRecord => ("no_record", None, None),
    };
    let chance = within.and_then(|lead| Some(chance_within(advice.curve.as_ref()?, lead)));
    json!({
        "answer": answer,
        "lead_days": lead.map(in_days),
        "longest_days": longest.map(in_days),
        "median_days": advice.median.map(in_days),
        "level": advice.used.level.name(),
        "closed": advice.used.closed,
        "open": advice.used.open,
        "chance": chance.map(|c| json!({ "share": c.share, "lower": c.lower, "upper": c.upper })),
        "broken": broken_json(broken),
    })
}

fn backtest_json(result: &Backtest, broken: &[BrokenRow]) -> Value {
    let score = |score: &Score| {
        json!({
            "asked": score.asked,
            "dated": score.dated,
            "kept": score.kept,
            "median_lead_days": score.median_lead.map(in_days),
            "plain_dated": score.plain_dated,
            "plain_kept": score.plain_kept,
            "plain_median_lead_days": score.plain_median_lead.map(in_days),
        })
    };
    let mut value = score(&result.overall);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("eighths".into(), result.eighths.iter().map(score).collect());
        fields.insert("broken".into(), broken_json(broken));
    }
    value
}

fn broken_json(broken: &[BrokenRow]) -> Value {
    broken
        .iter()
        .map(|row| json!({ "line": row.line, "reason": row.reason }))
        .collect()
}
