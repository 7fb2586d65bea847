//! The answers of the record as sentences.

use crate::insight::{
    Advice, AdviceLevel, AdviceOutcome, Chance, Fit, Load, Minutes, Question, Rate, Reliability,
    Slowing, chance_within,
};
use crate::language::Message;
use crate::model::event::Suggestion;
use crate::model::handbook::Handbook;
use crate::model::lead_time::{LeadTime, RequiredLeadTime};
use crate::model::time::{Due, Millis};
use crate::notebook::handbook::messages::with_kind;
use crate::notebook::numbers::count_i64;

fn percent(share: f64) -> i64 {
    (share * 100.0).round() as i64
}

/// Returns the answer of the record as sentences: the date or the reason why there is none, the record that it rests
/// on, the median. `who` is the performer's name, empty for none; a day of the time base has `day` minutes, and the
/// handbook has the names of kinds.
pub fn advice_messages(
    advice: &Advice,
    question: &Question,
    day: Minutes,
    who: &str,
    suggestion: Option<&Suggestion>,
    handbook: &Handbook,
) -> Vec<Message> {
    let open = count_i64(advice.used.open);
    let answer = match &advice.answer {
        AdviceOutcome::Suggested { lead } => match suggestion {
            Some(suggestion) => Message::new("when-suggested-due").due("due", &suggestion.due),
            None => Message::new("when-suggested"),
        }
        .text("lead", told_lead(*lead, day))
        .number("percent", percent(question.quantile)),
        AdviceOutcome::Ask {
            fits_most: Some(lead),
            longest,
        } => Message::new("when-ask")
            .text("lead", told_lead(*lead, day))
            .text("longest", told_lead(*longest, day))
            .number("open", open),
        AdviceOutcome::Ask {
            fits_most: None,
            longest,
        } => Message::new("when-never-reached")
            .text("longest", told_lead(*longest, day))
            .number("open", open),
        AdviceOutcome::Few { slowest } => Message::new("when-few")
            .text("slowest", told_lead(*slowest, day))
            .number("closed", count_i64(advice.used.closed)),
        AdviceOutcome::NoRecord => Message::new("when-no-record"),
    };
    // A promiser who has no date to give is told whom to ask for one.
    let answer = match (&advice.answer, who) {
        (AdviceOutcome::Suggested { .. }, _) => answer,
        (_, "") => answer.keyed("who", "when-whoever"),
        (_, who) => answer.text("who", who),
    };
    // A record of nothing rests on nothing.
    let rests = advice.used.closed + advice.used.open > 0;
    let level = rests.then(|| level_message(advice, question, who, handbook));
    let half = advice.median.map(|lead| median_message(lead, day));
    let quicker = advice
        .curve
        .as_ref()
        .filter(|curve| !curve.starts_at_zero_age())
        .map(|curve| Message::new("when-no-quicker").text("lead", told_lead(curve.from, day)));
    [Some(answer), level, half, quicker]
        .into_iter()
        .flatten()
        .collect()
}

/// Returns an answer of the record for a kind that counts working time: its times are those of work, not of the clock.
pub fn working_time_messages(sentences: Vec<Message>) -> Vec<Message> {
    let of_work = |mut words: Message| {
        if words.key == "when-suggested-due" {
            // messages: when-suggested-due-working
            words.key = "when-suggested-due-working".to_owned();
        }
        words
    };
    let sentences = sentences.into_iter().map(of_work);
    sentences
        .chain([Message::new("when-working-time")])
        .collect()
}

/// Returns the sentence on how much of the record an answer rests on.
pub(in crate::notebook) fn level_message(
    advice: &Advice,
    question: &Question,
    who: &str,
    handbook: &Handbook,
) -> Message {
    // messages: when-level-performer when-level-team when-level-kind when-level-company
    let level = match advice.used.level {
        AdviceLevel::KindAndPerformer => Message::new("when-level-performer").person("who", who),
        AdviceLevel::KindAndTeam => {
            Message::new("when-level-team").text("team", question.team.clone().unwrap_or_default())
        }
        AdviceLevel::Kind => Message::new("when-level-kind"),
        AdviceLevel::Company => Message::new("when-level-company"),
    };
    with_kind(level, handbook, &question.kind)
        .number("closed", count_i64(advice.used.closed))
        .number("open", count_i64(advice.used.open))
}

/// Returns the sentences on a need: the time within which a customer needs a kind, how often that was made, and if our
/// lead meets it. `needed` is the time in minutes of a kind whose days have `day`.
pub(in crate::notebook) fn need_messages(
    need: &RequiredLeadTime,
    within: LeadTime,
    advice: &Advice,
    needed: Minutes,
    day: Minutes,
    meets: Option<bool>,
) -> Vec<Message> {
    let needs = Message::new("need-within").text("need", within.to_string());
    let several = need.values.len() > 1;
    let several =
        several.then(|| Message::new("need-several").number("count", count_i64(need.values.len())));
    let made = match likelihood(advice, needed) {
        Likelihood::Thin => Message::new("when-chance-unknown"),
        Likelihood::TooShort => Message::new("need-too-short"),
        Likelihood::NoneOf(seen) => Message::new("need-none").number("count", count_i64(seen)),
        Likelihood::Share(chance) => with_share(Message::new("need-made"), &chance, advice),
    };
    let verdict = match (meets, &advice.answer) {
        (None, _) => Message::new("need-open"),
        (Some(true), AdviceOutcome::Suggested { lead }) => {
            Message::new("need-met").text("lead", told_lead(*lead, day))
        }
        (Some(false), AdviceOutcome::Suggested { lead }) => {
            Message::new("need-missed").text("lead", told_lead(*lead, day))
        }
        (Some(_), _) => Message::new("need-hopeless"),
    };
    [Some(needs), several, Some(made), Some(verdict)]
        .into_iter()
        .flatten()
        .collect()
}

/// Returns the sentence on the time within which half of them were done.
pub(in crate::notebook) fn median_message(lead: Minutes, day: Minutes) -> Message {
    Message::new("when-median").text("lead", told_lead(lead, day))
}

/// Returns a lead of the record as the catalogue's `LEAD` reads it. From a day on it is told in full hours, from five
/// days on in full days, rounded up: the lead that is told is never shorter than the record's.
pub(in crate::notebook) fn told_lead(lead: Minutes, day: Minutes) -> String {
    let unit = match lead {
        _ if lead < day => 1,
        _ if lead < day.saturating_mul(5) => 60,
        _ => day,
    };
    let rest = lead.checked_rem(unit).filter(|rest| *rest > 0);
    let lead = rest.map_or(lead, |rest| lead.saturating_add(unit - rest));
    lead_text(lead, day)
}

/// Returns a lead as the catalogue's `LEAD` reads it: whole days of the time base, and the minutes that are left.
fn lead_text(lead: Minutes, day: Minutes) -> String {
    let days = lead.checked_div(day).unwrap_or(0);
    let parts = [
        LeadTime::Days { count: days },
        LeadTime::Minutes {
            count: lead - days * day,
        },
    ];
    let said = parts.iter().filter(|part| part.minutes(1) > 0);
    said.map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Returns the sentences on how many of the lead times that a customer needs our record meets; empty if they need none.
pub(in crate::notebook) fn fit_messages(fit: &Fit) -> Vec<Message> {
    if fit.needed == 0 {
        return vec![];
    }
    let settled = fit.needed.saturating_sub(fit.unsettled);
    if settled == 0 {
        return vec![Message::new("fit-unknown")];
    }
    let line = Message::new("fit-line")
        .number("met", fit.met)
        .number("needed", settled);
    let open = (fit.unsettled > 0)
        .then(|| Message::new("fit-unsettled").number("unsettled", fit.unsettled));
    std::iter::once(line).chain(open).collect()
}

/// The share of promises that were made within some time, as far as the record has one.
enum Likelihood {
    /// There are too few closings for a share.
    Thin,
    /// Nothing is known of so short a time.
    TooShort,
    /// None of so many was done so soon.
    NoneOf(usize),
    /// The share, with its interval.
    Share(Chance),
}

fn likelihood(advice: &Advice, lead: Minutes) -> Likelihood {
    let Some(curve) = advice.curve.as_ref() else {
        return Likelihood::Thin;
    };
    match chance_within(curve, lead) {
        None => Likelihood::TooShort,
        Some(Chance {
            none_of: Some(seen),
            ..
        }) => Likelihood::NoneOf(seen),
        Some(chance) => Likelihood::Share(chance),
    }
}

fn with_share(words: Message, chance: &Chance, advice: &Advice) -> Message {
    words
        .number("percent", percent(chance.share))
        .number("lower", percent(chance.lower))
        .number("upper", percent(chance.upper))
        .number("closed", count_i64(advice.used.closed))
        .number("open", count_i64(advice.used.open))
}

/// Returns the sentence on how often it was made within `lead` minutes of a time base whose days have `day`.
pub fn chance_message(advice: &Advice, lead: Minutes, day: Minutes) -> Message {
    let words = match likelihood(advice, lead) {
        Likelihood::Thin => return Message::new("when-chance-unknown"),
        Likelihood::TooShort => Message::new("when-chance-too-short"),
        Likelihood::NoneOf(seen) => {
            Message::new("when-chance-none").number("count", count_i64(seen))
        }
        Likelihood::Share(chance) => with_share(Message::new("when-chance"), &chance, advice),
    };
    words.text("lead", lead_text(lead, day))
}

/// Returns the sentence on how often a date like `due`, which is `lead` minutes ahead, was made; none for thin records.
pub(in crate::notebook) fn due_chance_message(
    advice: &Advice,
    due: &Due,
    lead: Minutes,
) -> Option<Message> {
    let words = match likelihood(advice, lead) {
        Likelihood::Thin => return None,
        Likelihood::TooShort => Message::new("when-due-too-short"),
        Likelihood::NoneOf(seen) => Message::new("when-due-none").number("count", count_i64(seen)),
        Likelihood::Share(chance) => {
            Message::new("when-due-chance").number("percent", percent(chance.share))
        }
    };
    Some(words.due("due", due))
}

/// Returns the sentence that a record slows down, with its counts.
pub fn slowing_message(slowing: &Slowing, day: Minutes) -> Message {
    Message::new("when-slowing")
        .number("slower", slowing.slower)
        .number("latest", slowing.latest)
        .number("former", slowing.former)
        .text("lead", told_lead(slowing.former_lead, day))
}

/// Returns the sentence on how much was kept of what a customer heard.
pub(in crate::notebook) fn kept_rate_message(rate: Rate) -> Message {
    let words = match rate.lower() {
        Some(lower) => Message::new("when-customer").number("lower", percent(lower)),
        None => return Message::new("when-customer-new"),
    };
    words.number("kept", rate.hits).number("total", rate.total)
}

/// Returns the sentence on a colleague's load.
pub(in crate::notebook) fn load_message(
    load: &Load,
    who: &str,
    as_of: Option<Millis>,
    zone: &str,
) -> Message {
    let words = match (load.percent(), as_of) {
        (Some(percent), Some(as_of)) => Message::new("load-line")
            .number("percent", percent)
            .instant("as_of", as_of, zone),
        (Some(percent), None) => Message::new("load-line-unheard").number("percent", percent),
        (None, _) => Message::new("load-line-away"),
    };
    words
        .person("who", who)
        .number("promises", load.promises)
        .number("overdue", load.overdue)
        .number("unaccepted", load.unaccepted)
}

/// Returns the sentence on how much a colleague delivered of what they accepted, for those who ask them for a date;
/// none if nothing is decided.
pub(in crate::notebook) fn delivered_message(
    reliability: &Reliability,
    who: &str,
) -> Option<Message> {
    (reliability.total > 0).then(|| {
        Message::new("when-delivered")
            .person("who", who)
            .number("kept", reliability.kept)
            .number("total", reliability.total)
    })
}

/// Returns the sentences on one of the two numbers of a colleague's reliability.
pub(in crate::notebook) fn reliability_messages(reliability: &Reliability) -> Vec<Message> {
    if reliability.total == 0 {
        return vec![Message::new("fair-nothing")];
    }
    let counts = Message::new("fair-share")
        .number("kept", reliability.kept)
        .number("total", reliability.total)
        .number("renegotiated", reliability.renegotiated);
    let bound = match reliability.lower {
        Some(lower) => Message::new("fair-bound").number("lower", percent(lower)),
        None => Message::new("fair-few"),
    };
    vec![counts, bound]
}

#[cfg(test)]
#[path = "messages_tests.rs"]
mod tests;
