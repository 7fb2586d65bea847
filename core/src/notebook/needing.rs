//! Required lead times: those that a customer needs, held against our record.

use super::Notebook;
use super::asking::chance;
use super::books::Books;
use super::company::kind_called;
use super::errors::ApiResult;
use super::insight_records::{AccountFit, NeedLine};
use super::lists::decode;
use super::record_words::{fit_words, level_words, need_words};
use crate::insight::{Answer, FIT_QUANTILE, Question, Sample, TimeBase, advise, fit, meets};
use crate::model::account::Account;
use crate::model::ids::DocId;
use crate::model::lead::Need;
use crate::model::place::Kind;
use crate::store::{Store, queries};
use crate::words::Words;

#[uniffi::export]
impl Notebook {
    /// Returns the fit of our record to a customer: every lead time that they need, and how many of them we meet. Empty
    /// if they need nothing, or are not here.
    pub fn fit_of(&self, account: DocId) -> ApiResult<AccountFit> {
        self.read(|store| {
            let needs = account_of(store, account)?
                .map(|account| account.needs)
                .unwrap_or_default();
            // The whole record is read only for a customer who needs something of it.
            if needs.is_empty() {
                return Ok(AccountFit::default());
            }
            let books = Books::open(self, store)?;
            let samples = books.samples();
            let lines = needs.iter().filter_map(|need| {
                let question = books.anybody(&need.kind);
                books.need(need, &question, &samples)
            });
            Ok(AccountFit::of(lines.collect()))
        })
    }
}

/// Returns a customer; none if they are not here.
pub(super) fn account_of(store: &Store, id: DocId) -> ApiResult<Option<Account>> {
    let row = queries::one(store.read(), id)?.filter(|row| row.kind == Kind::Account);
    row.map(|row| decode(&row.detail)).transpose()
}

impl AccountFit {
    fn of(needs: Vec<NeedLine>) -> Self {
        let fit = fit(needs.iter().map(|need| need.meets));
        Self {
            met: fit.met,
            unsettled: fit.unsettled,
            needed: fit.needed,
            sentences: fit_words(&fit),
            needs,
        }
    }
}

impl Books {
    /// Makes the question for a kind, by any performer.
    fn anybody(&self, kind: &str) -> Question {
        Question {
            kind: kind.to_owned(),
            performer: None,
            team: None,
            now: self.frame.now,
            quantile: FIT_QUANTILE,
        }
    }

    /// Holds a lead time that a customer needs against the record; none if it has no value.
    pub(super) fn need(
        &self,
        need: &Need,
        question: &Question,
        samples: &[Sample],
    ) -> Option<NeedLine> {
        let time = &self.frame.time;
        let question = Question {
            quantile: FIT_QUANTILE,
            ..question.clone()
        };
        let day = time.day_minutes(&need.kind, question.performer.as_deref());
        let within = need.shortest(day)?;
        let needed = within.minutes(day);
        let advice = advise(samples, &question, time);
        let lead = match advice.answer {
            Answer::Suggested { lead } => Some(lead),
            _ => None,
        };
        let meets = meets(needed, &advice);
        let handbook = &self.frame.company.handbook;
        let mut rests_on = vec![level_words(&advice, &question, "", handbook)];
        if time.is_working_time(&need.kind) {
            rests_on.push(Words::new("when-working-time"));
        }
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Some(NeedLine {
            kind: need.kind.clone(),
            kind_words: kind_called(handbook, &need.kind),
            within,
            values: need.values.clone(),
            needed_minutes: needed,
            day_minutes: day,
            lead_minutes: lead,
            chance: chance(&advice, needed),
            meets,
            closed: count(advice.used.closed),
            open: count(advice.used.open),
            sentences: need_words(need, within, &advice, needed, day, meets),
            rests_on,
        })
    }
}
