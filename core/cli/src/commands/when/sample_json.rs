//! The answers of a record as JSON.

use kept_core::import::samples::BrokenRow;
use kept_core::insight::{Advice, AdviceOutcome, Backtest, Curve, Score, chance_within};
use serde_json::{Value, json};

pub fn in_days(minutes: i64) -> f64 {
    minutes as f64 / (24.0 * 60.0)
}

/// The steps of a survival curve: ages in minutes, with the interval whose ends each hold with 80 % confidence.
pub fn curve_json(curve: &Curve) -> Value {
    let steps = curve.steps.iter().map(|step| {
        json!({
            "age_minutes": step.age,
            "at_risk": step.at_risk,
            "closed": step.closed,
            "survival": step.survival,
            "greenwood": step.greenwood,
            "lower": step.lower(),
            "upper": step.upper(),
        })
    });
    steps.collect()
}

pub fn advice_json(
    advice: &Advice,
    within: Option<i64>,
    day_minutes: i64,
    broken: &[BrokenRow],
) -> Value {
    let in_days = |minutes: i64| minutes as f64 / day_minutes as f64;
    let (answer, lead, longest) = match advice.answer {
        AdviceOutcome::Suggested { lead } => ("suggested", Some(lead), None),
        AdviceOutcome::Ask { fits_most, longest } => ("ask", fits_most, Some(longest)),
        AdviceOutcome::Few { slowest } => ("few", Some(slowest), None),
        AdviceOutcome::NoRecord => ("no_record", None, None),
    };
    let chance = within.and_then(|lead| chance_within(advice.curve.as_ref()?, lead));
    json!({
        "answer": answer,
        "lead_days": lead.map(in_days),
        "longest_days": longest.map(in_days),
        "median_days": advice.median.map(in_days),
        "level": advice.used.level.name(),
        "closed": advice.used.closed,
        "open": advice.used.open,
        "slowing": advice.slowing.is_some(),
        "chance": chance.map(|c| json!({ "share": c.share, "lower": c.lower, "upper": c.upper })),
        "broken": broken_json(broken),
    })
}

pub fn backtest_json(result: &Backtest, broken: &[BrokenRow]) -> Value {
    let score = |score: &Score| {
        json!({
            "asked": score.asked,
            "dated": score.dated,
            "kept": score.kept,
            "median_lead_days": score.median_lead.map(in_days),
            "plain_dated": score.plain_dated,
            "plain_kept": score.plain_kept,
            "plain_median_lead_days": score.plain_median_lead.map(in_days),
            "warned": score.warned,
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
        .map(|row| json!({ "line": row.line, "reason": row.reason.to_string() }))
        .collect()
}
