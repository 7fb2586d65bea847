//! The asks of this notebook's person to colleagues, with the thanks that were given.

use std::collections::BTreeMap;

use crate::insight::{Question, Sample, TimeBase, advise};
use crate::language::Message;
use crate::model::time::Millis;
use crate::notebook::Notebook;
use crate::notebook::clock::start_of_month;
use crate::notebook::errors::ApiResult;
use crate::notebook::record::answers::{AskLine, AsksReport};
use crate::notebook::record::company_record::CompanyRecord;

#[uniffi::export]
impl Notebook {
    /// Returns the asks of this notebook's person to others this month, with the thanks that were given.
    pub fn my_asks(&self) -> ApiResult<AsksReport> {
        self.read(|store| {
            let company_record = CompanyRecord::open(self, store)?;
            let since = start_of_month(company_record.context.now, &company_record.context.zone)?;
            Ok(company_record.asks_since(since))
        })
    }
}

impl CompanyRecord {
    fn asks_since(&self, since: Millis) -> AsksReport {
        let context = &self.context;
        let samples = self.held.samples();
        let base = context.company_time();
        let mut alike: BTreeMap<&str, Vec<&Sample>> = BTreeMap::new();
        let mut asks = Vec::new();
        for track in self.held.tracks() {
            let kind = &track.kind;
            for ask in track.asks.iter().filter(|ask| ask.at >= since) {
                let usual_of_kind = i64::from(context.company.handbook.kind(kind).lead_minutes);
                // No answer rests on kinds that are counted otherwise: each ask need not pass over them.
                let alike = alike.entry(kind).or_insert_with(|| {
                    let is_alike =
                        |sample: &&&Sample| sample.kind == *kind || base.alike(&sample.kind, kind);
                    samples.iter().filter(is_alike).copied().collect()
                });
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
                let usual = advise(alike, &question, base).median;
                let usual_minutes = usual.unwrap_or(usual_of_kind);
                let lead_minutes = ask.lead(kind, base);
                asks.push(AskLine {
                    promise: track.id,
                    deliverable: track.deliverable.clone(),
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
