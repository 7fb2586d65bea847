//! Numbers about people, each for those who may see it: reliability for oneself, the owner and the office; asks for the
//! asker.

use super::Notebook;
use super::books::Books;
use super::errors::{ApiResult, KeptError};
use super::insight_records::{AskLine, AsksReport, FairNumbers, FairShare};
use super::record_words::reliability_words;
use crate::insight::{Question, Reliability, advise, asks_of, delivered_by, reliability, said_by};
use crate::model::ids::PersonId;
use crate::model::time::{Millis, zoned};
use crate::words::Words;

#[uniffi::export]
impl Notebook {
    /// Returns the reliability of a colleague; none stands for this notebook's person. For others than oneself only the
    /// owner and the office may ask.
    pub fn reliability(&self, person: Option<PersonId>) -> ApiResult<FairNumbers> {
        self.read(|store| {
            let books = Books::open(self, store)?;
            let frame = &books.frame;
            let me = frame.identity.person;
            let person = person.unwrap_or(me);
            let row = frame.registry.colleagues.get(&me);
            let role = row.map_or(frame.identity.role, |row| row.role);
            if person != me && !role.runs_the_company() {
                return Err(KeptError::invalid(
                    "person",
                    Words::new("error-not-your-numbers"),
                ));
            }
            let share = |theirs: &dyn Fn(&super::books::Told) -> bool| {
                let promises = books.promises.iter().filter(|told| theirs(told));
                fair_share(&reliability(
                    promises.filter_map(|told| books.verdict(told)),
                    frame.now,
                ))
            };
            Ok(FairNumbers {
                person,
                name: frame.name(person),
                said: share(&|told| said_by(&told.facts) == person),
                delivered: share(&|told| delivered_by(&told.facts) == Some(person)),
            })
        })
    }

    /// Returns the asks of this notebook's person to others this month, with the thanks that were given.
    pub fn asks(&self) -> ApiResult<AsksReport> {
        self.read(|store| {
            let books = Books::open(self, store)?;
            let since = month_of(books.frame.now, &books.frame.zone)?;
            Ok(books.asks_since(since))
        })
    }
}

fn fair_share(told: &Reliability) -> FairShare {
    FairShare {
        kept: told.kept,
        total: told.total,
        renegotiated: told.renegotiated,
        share: told.share,
        lower: told.lower,
        sentences: reliability_words(told),
    }
}

/// Returns the instant at which the month of an instant began in a zone, in milliseconds since the epoch.
fn month_of(now: Millis, zone: &str) -> ApiResult<Millis> {
    let local = zoned(now, zone)?;
    let first = local.first_of_month().and_then(|day| day.start_of_day());
    Ok(first.map_or(now, |day| day.timestamp().as_millisecond()))
}

impl Books {
    fn asks_since(&self, since: Millis) -> AsksReport {
        let frame = &self.frame;
        let samples = self.samples();
        let mut asks = Vec::new();
        for told in &self.promises {
            let kind = &told.facts.made.kind;
            let usual_of_kind = i64::from(frame.company.handbook.kind(kind).lead_minutes);
            for ask in asks_of(&told.record, &told.facts, frame.identity.person) {
                if ask.at < since {
                    continue;
                }
                let row = frame.registry.at(ask.person, ask.at);
                let question = Question {
                    kind: kind.clone(),
                    performer: Some(ask.person.to_string()),
                    team: row
                        .and_then(|row| row.teams.first())
                        .map(ToString::to_string),
                    now: ask.at,
                    quantile: 0.5,
                };
                let usual = advise(&samples, &question, &frame.time).median;
                let usual_minutes = usual.unwrap_or(usual_of_kind);
                let lead_minutes = ask.lead(kind, &frame.time);
                asks.push(AskLine {
                    promise: told.record.id,
                    deliverable: told.facts.made.deliverable.clone(),
                    name: frame.name(ask.person),
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
            words: Words::new("asks-line")
                .number("asked", asked)
                .number("rushed", rushed)
                .number("thanked", thanked),
            asks,
        }
    }
}
