//! Numbers about people, each for those who may see it: reliability for oneself, the owner and the office; asks for the
//! asker.

use crate::insight::{Question, Reliability, advise, asks_of, delivered_by, reliability, said_by};
use crate::language::Message;
use crate::model::ids::PersonId;
use crate::model::time::{Millis, zoned};
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::record::company_record::CompanyRecord;
use crate::notebook::record::messages::reliability_messages;
use crate::notebook::record::records::{AskLine, AsksReport, ReliabilityRate, ReliabilityReport};

#[uniffi::export]
impl Notebook {
    /// Returns the reliability of a colleague; none stands for this notebook's person. For others than oneself only the
    /// owner and the office may ask.
    pub fn reliability(&self, person: Option<PersonId>) -> ApiResult<ReliabilityReport> {
        self.read(|store| {
            let company_record = CompanyRecord::open(self, store)?;
            let context = &company_record.context;
            let me = context.identity.person;
            let person = person.unwrap_or(me);
            let row = context.registry.colleagues.get(&me);
            let role = row.map_or(context.identity.role, |row| row.role);
            if person != me && !role.runs_the_company() {
                return Err(KeptError::invalid(
                    "person",
                    Message::new("error-not-your-numbers"),
                ));
            }
            let share = |theirs: &dyn Fn(
                &crate::notebook::record::company_record::ReducedPromise,
            ) -> bool| {
                let promises = company_record.promises.iter().filter(|told| theirs(told));
                reliability_rate(&reliability(
                    promises.filter_map(|told| company_record.verdict(told)),
                    context.now,
                ))
            };
            Ok(ReliabilityReport {
                person,
                name: context.name(person),
                said: share(&|told| said_by(&told.facts) == person),
                delivered: share(&|told| delivered_by(&told.facts) == Some(person)),
            })
        })
    }

    /// Returns the asks of this notebook's person to others this month, with the thanks that were given.
    pub fn my_asks(&self) -> ApiResult<AsksReport> {
        self.read(|store| {
            let company_record = CompanyRecord::open(self, store)?;
            let since = start_of_month(company_record.context.now, &company_record.context.zone)?;
            Ok(company_record.asks_since(since))
        })
    }
}

fn reliability_rate(told: &Reliability) -> ReliabilityRate {
    ReliabilityRate {
        kept: told.kept,
        total: told.total,
        renegotiated: told.renegotiated,
        share: told.share,
        lower: told.lower,
        sentences: reliability_messages(told),
    }
}

/// Returns the instant at which the month of an instant began in a zone, in milliseconds since the epoch.
fn start_of_month(now: Millis, zone: &str) -> ApiResult<Millis> {
    let local = zoned(now, zone)?;
    let first = local.first_of_month().and_then(|day| day.start_of_day());
    Ok(first.map_or(now, |day| day.timestamp().as_millisecond()))
}

impl CompanyRecord {
    fn asks_since(&self, since: Millis) -> AsksReport {
        let context = &self.context;
        let samples = self.samples();
        let mut asks = Vec::new();
        for told in &self.promises {
            let kind = &told.facts.made.kind;
            let usual_of_kind = i64::from(context.company.handbook.kind(kind).lead_minutes);
            for ask in asks_of(&told.record, &told.facts, context.identity.person) {
                if ask.at < since {
                    continue;
                }
                let row = context.registry.colleague_at(ask.person, ask.at);
                let question = Question {
                    kind: kind.clone(),
                    performer: Some(ask.person.to_string()),
                    team: row
                        .and_then(|row| row.teams.first())
                        .map(ToString::to_string),
                    now: ask.at,
                    quantile: 0.5,
                };
                let usual = advise(&samples, &question, context.time()).median;
                let usual_minutes = usual.unwrap_or(usual_of_kind);
                let lead_minutes = ask.lead(kind, context.time());
                asks.push(AskLine {
                    promise: told.record.id,
                    deliverable: told.facts.made.deliverable.clone(),
                    name: context.name(ask.person),
                    at: ask.at,
                    lead_minutes,
                    usual_minutes,
                    rushed: lead_minutes < usual_minutes,
                    thanked: ask.thanked,
                });
            }
        }
        asks.sort_by_key(|ask| std::cmp::Reverse((ask.at, ask.promise)));
        let count = |counts: &dyn Fn(&AskLine) -> bool| {
            u32::try_from(asks.iter().filter(|ask| counts(ask)).count()).unwrap_or(u32::MAX)
        };
        let (asked, rushed) = (count(&|_| true), count(&|ask| ask.rushed));
        let thanked = count(&|ask| ask.rushed && ask.thanked);
        AsksReport {
            since,
            asked,
            rushed,
            thanked,
            words: Message::new("asks-line")
                .number("asked", asked)
                .number("rushed", rushed)
                .number("thanked", thanked),
            asks,
        }
    }
}
