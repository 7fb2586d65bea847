//! Required lead times: those that a customer needs, held against our record.

use crate::insight::{AdviceOutcome, FIT_QUANTILE, Question, Sample, TimeBase, advise, fit, meets};
use crate::language::Message;
use crate::model::account::Account;
use crate::model::ids::DocId;
use crate::model::lead_time::RequiredLeadTime;
use crate::model::placement::DocumentKind;
use crate::notebook::Notebook;
use crate::notebook::entries::decode;
use crate::notebook::errors::ApiResult;
use crate::notebook::handbook::kind_message_by_key;
use crate::notebook::record::company_record::CompanyRecord;
use crate::notebook::record::date_advice::chance;
use crate::notebook::record::messages::{fit_messages, level_message, need_messages};
use crate::notebook::record::records::{LeadTimeFit, NeedFit};
use crate::store::{Store, queries};

#[uniffi::export]
impl Notebook {
    /// Returns the fit of our record to a customer: every lead time that they need, and how many of them we meet. Empty
    /// if they need nothing, or are not here.
    pub fn lead_time_fit(&self, account: DocId) -> ApiResult<LeadTimeFit> {
        self.read(|store| {
            let needs = account_of(store, account)?
                .map(|account| account.needs)
                .unwrap_or_default();
            // The whole record is read only for a customer who needs something of it.
            if needs.is_empty() {
                return Ok(LeadTimeFit::default());
            }
            let company_record = CompanyRecord::open(self, store)?;
            let samples = company_record.samples();
            let lines = needs.iter().filter_map(|need| {
                let question = company_record.anybody(&need.kind);
                company_record.need(need, &question, &samples)
            });
            Ok(LeadTimeFit::of(lines.collect()))
        })
    }
}

/// Returns a customer; none if they are not here.
pub(in crate::notebook) fn account_of(store: &Store, id: DocId) -> ApiResult<Option<Account>> {
    let row = queries::one(store.read(), id)?.filter(|row| row.kind == DocumentKind::Account);
    row.map(|row| decode(&row.detail)).transpose()
}

impl LeadTimeFit {
    fn of(needs: Vec<NeedFit>) -> Self {
        let fit = fit(needs.iter().map(|need| need.meets));
        Self {
            met: fit.met,
            unsettled: fit.unsettled,
            needed: fit.needed,
            sentences: fit_messages(&fit),
            needs,
        }
    }
}

impl CompanyRecord {
    /// Makes the question for a kind, by any performer.
    fn anybody(&self, kind: &str) -> Question {
        Question {
            kind: kind.to_owned(),
            performer: None,
            team: None,
            now: self.context.now,
            quantile: FIT_QUANTILE,
        }
    }

    /// Holds a lead time that a customer needs against the record; none if it has no value.
    pub(in crate::notebook) fn need(
        &self,
        need: &RequiredLeadTime,
        question: &Question,
        samples: &[Sample],
    ) -> Option<NeedFit> {
        let time = self.context.time();
        let question = Question {
            quantile: FIT_QUANTILE,
            ..question.clone()
        };
        let day = time.day_minutes(&need.kind, question.performer.as_deref());
        let within = need.shortest(day)?;
        let needed = within.minutes(day);
        let advice = advise(samples, &question, time);
        let lead = match advice.answer {
            AdviceOutcome::Suggested { lead } => Some(lead),
            _ => None,
        };
        let meets = meets(needed, &advice);
        let handbook = &self.context.company.handbook;
        let mut rests_on = vec![level_message(&advice, &question, "", handbook)];
        if time.is_working_time(&need.kind) {
            rests_on.push(Message::new("when-working-time"));
        }
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Some(NeedFit {
            kind: need.kind.clone(),
            kind_words: kind_message_by_key(handbook, &need.kind),
            within,
            values: need.values.clone(),
            needed_minutes: needed,
            day_minutes: day,
            lead_minutes: lead,
            chance: chance(&advice, needed),
            meets,
            closed: count(advice.used.closed),
            open: count(advice.used.open),
            sentences: need_messages(need, within, &advice, needed, day, meets),
            rests_on,
        })
    }
}
