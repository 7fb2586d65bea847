//! Advice on a date that can honestly be given, from the company's record.

use crate::insight::{
    Advice, AdviceOutcome, CONFIDENCE_PERCENT, Curve, Minutes, Question, Rate, TimeBase, advise,
    reliability,
};
use crate::language::Message;
use crate::model::account::Account;
use crate::model::event::{Performer, Suggestion};
use crate::model::ids::{DocId, PersonId};
use crate::model::time::Due;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::numbers::{count_i64, count_u32};
use crate::notebook::record::answers::{DateAdvice, DateAnswer, DateChance, DateQuestion};
use crate::notebook::record::company_record::CompanyRecord;
use crate::notebook::record::messages::{
    advice_messages, chance_message, delivered_message, due_chance_message, kept_rate_message,
    slowing_message, told_lead, working_time_messages,
};
use crate::notebook::rows::account_of;

/// Suggested moments are rounded up to this, in milliseconds.
const QUARTER_MS: i64 = 15 * 60_000;

#[uniffi::export]
impl Notebook {
    /// Asks the record for a date that can honestly be given.
    pub fn advise_date(&self, question: DateQuestion) -> ApiResult<DateAdvice> {
        self.read(|store| {
            let company_record = CompanyRecord::open(self, store)?;
            let load = match question.performer {
                Some(person) => Some(company_record.context.load_of_colleague(person, store)?),
                None => None,
            };
            let account = match question.account {
                Some(account) => account_of(store, account)?,
                None => None,
            };
            Ok(DateAdvice {
                load,
                ..company_record.date(&question, account.as_ref())
            })
        })
    }

    /// Asks the record for another date of a promise: of its kind, for its present performer; `due` is the date that
    /// the asker has in mind.
    #[uniffi::method(default(due = None))]
    pub fn advise_new_date(&self, promise: DocId, due: Option<Due>) -> ApiResult<DateAdvice> {
        let summary = self.promise(promise)?.summary;
        self.advise_date(DateQuestion {
            kind: summary.kind,
            performer: match summary.performer {
                Performer::Person { person } => Some(person),
                Performer::Pool { .. } | Performer::Nobody => None,
            },
            within: None,
            account: None,
            due,
            quantile_percent: None,
        })
    }
}

impl Context {
    /// Returns a lead of the record as a date to be told: a day from one day on, else a quarter of an hour; never
    /// earlier than the record says.
    fn due_after(&self, question: &Question, lead: Minutes) -> Option<Due> {
        let performer = question.performer.as_deref();
        let at = self
            .company_time()
            .after(&question.kind, performer, question.now, lead)?;
        let day = self.company_time().day_minutes(&question.kind, performer);
        if lead < day {
            let quarter = at.saturating_add(QUARTER_MS - 1).div_euclid(QUARTER_MS) * QUARTER_MS;
            return Due::at(quarter, &self.zone).ok();
        }
        self.company_time().working_time(None).day_ending_by(at)
    }
}

impl CompanyRecord {
    fn question(&self, asked: &DateQuestion) -> Question {
        let row = asked
            .performer
            .and_then(|person| self.context.registry.colleagues.get(&person));
        let kind = self.context.company.handbook.kind(&asked.kind);
        let percent = asked.quantile_percent.unwrap_or(kind.quantile_percent);
        Question {
            kind: asked.kind.clone(),
            performer: asked.performer.map(|person| person.to_string()),
            team: row
                .and_then(|row| row.teams.first())
                .map(ToString::to_string),
            now: self.context.now,
            quantile: f64::from(percent.clamp(50, 99)) / 100.0,
        }
    }

    /// Returns the advice, without the performer's load.
    fn date(&self, asked: &DateQuestion, account: Option<&Account>) -> DateAdvice {
        let context = &self.context;
        let question = self.question(asked);
        let performer = question.performer.as_deref();
        let samples = self.held.samples();
        let advice = advise(&samples, &question, context.company_time());
        let (answer, lead, longest) = match advice.answer {
            AdviceOutcome::Suggested { lead } => (DateAnswer::Suggested, Some(lead), None),
            AdviceOutcome::Ask { fits_most, longest } => {
                (DateAnswer::Ask, fits_most, Some(longest))
            }
            AdviceOutcome::Few { slowest } => (DateAnswer::Few, Some(slowest), None),
            AdviceOutcome::NoRecord => (DateAnswer::NoRecord, None, None),
        };
        let quantile_percent = (question.quantile * 100.0).round() as u8;
        let suggestion = match advice.answer {
            AdviceOutcome::Suggested { lead } => {
                context.due_after(&question, lead).map(|due| Suggestion {
                    due,
                    quantile_percent,
                    level: advice.used.level.name().to_owned(),
                    closed: count_u32(advice.used.closed),
                    open: count_u32(advice.used.open),
                })
            }
            _ => None,
        };
        let day_minutes = context
            .company_time()
            .day_minutes(&question.kind, performer);
        let within = asked.within.map(|within| within.minutes(day_minutes));
        let due_lead = asked.due.as_ref().and_then(|due| {
            let at = due.instant().ok()?;
            Some(
                context
                    .company_time()
                    .minutes(&question.kind, performer, context.now, at),
            )
        });
        let mut sentences = advice_messages(
            &advice,
            &question,
            day_minutes,
            &asked
                .performer
                .map(|person| context.name(person))
                .unwrap_or_default(),
            suggestion.as_ref(),
            &context.company.handbook,
        );
        if context.company_time().is_working_time(&question.kind) {
            sentences = working_time_messages(sentences);
        }
        if let Some(within) = within {
            sentences.push(chance_message(&advice, within, day_minutes));
        }
        if let (Some(due), Some(lead)) = (&asked.due, due_lead) {
            sentences.extend(due_chance_message(&advice, due, lead));
        }
        if let Some(person) = asked.performer {
            sentences.extend(delivered_message(
                &self.delivered(person),
                &context.name(person),
            ));
        }
        let mut needs = account.iter().flat_map(|account| &account.needs);
        let need = needs
            .find(|need| need.kind == asked.kind)
            .and_then(|need| self.need(need, &question, &samples));
        if let Some(need) = &need {
            sentences.extend(need.sentences.iter().cloned());
        }
        if let Some(account) = asked.account {
            sentences.push(kept_rate_message(self.kept_for(account)));
        }
        DateAdvice {
            answer,
            suggestion,
            lead_minutes: lead,
            median_minutes: advice.median,
            longest_minutes: longest,
            working_time: context.company_time().is_working_time(&question.kind),
            day_minutes,
            quantile_percent,
            confidence_percent: CONFIDENCE_PERCENT,
            level: advice.used.level,
            closed: count_u32(advice.used.closed),
            open: count_u32(advice.used.open),
            chance: within.and_then(|lead| DateChance::of(&advice, lead)),
            due_chance: due_lead.and_then(|lead| DateChance::of(&advice, lead)),
            sentences,
            warnings: warnings(&advice, asked.due.as_ref(), due_lead, day_minutes),
            load: None,
            need,
        }
    }

    fn delivered(&self, person: PersonId) -> crate::insight::Reliability {
        let tracks = self.held.tracks();
        let theirs = tracks.filter(|track| track.delivered_by == Some(person));
        reliability(theirs.filter_map(|track| track.verdict), self.context.now)
    }

    /// Returns the rate of promises kept, of those of every kind that this customer heard.
    fn kept_for(&self, account: DocId) -> Rate {
        let tracks = self.held.tracks();
        let theirs = tracks.filter(|track| track.account == Some(account));
        theirs
            .filter_map(|track| track.verdict)
            .fold(Rate::default(), |rate, verdict| Rate {
                hits: rate.hits + u32::from(verdict.kept),
                total: rate.total + 1,
            })
    }
}

/// Returns the reasons to pause: a date sooner than half of them took, and a record that slows down. Where the quickest
/// ones are missing from the record, it is not known how long half of them took at least.
fn warnings(
    advice: &Advice,
    due: Option<&Due>,
    lead: Option<Minutes>,
    day: Minutes,
) -> Vec<Message> {
    let curve = advice.curve.as_ref();
    let half = advice
        .median
        .filter(|_| curve.is_some_and(Curve::starts_at_zero_age));
    let sooner = match (due, lead, half) {
        (Some(due), Some(lead), Some(median)) if lead < median => Some(
            Message::new("when-sooner-than-half")
                .due("due", due)
                .text("lead", told_lead(median, day))
                .number("closed", count_i64(advice.used.closed)),
        ),
        _ => None,
    };
    let slower = advice
        .slowing
        .as_ref()
        .map(|slowing| slowing_message(slowing, day));
    sooner.into_iter().chain(slower).collect()
}
