//! A lead time that a customer needs, compared with the company's record.

use crate::insight::{AdviceOutcome, FIT_QUANTILE, Question, Sample, TimeBase, advise, meets};
use crate::language::Message;
use crate::model::lead_time::RequiredLeadTime;
use crate::notebook::handbook::messages::kind_message_by_key;
use crate::notebook::numbers::count_u32;
use crate::notebook::record::answers::{DateChance, NeedFit};
use crate::notebook::record::company_record::CompanyRecord;
use crate::notebook::record::messages::{level_message, need_messages};

impl CompanyRecord {
    /// Makes the question for a kind, by any performer.
    pub(in crate::notebook) fn question_of_kind(&self, kind: &str) -> Question {
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
        samples: &[&Sample],
    ) -> Option<NeedFit> {
        let time = self.context.company_time();
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
        Some(NeedFit {
            kind: need.kind.clone(),
            kind_words: kind_message_by_key(handbook, &need.kind),
            within,
            values: need.values.clone(),
            needed_minutes: needed,
            day_minutes: day,
            lead_minutes: lead,
            chance: DateChance::of(&advice, needed),
            meets,
            closed: count_u32(advice.used.closed),
            open: count_u32(advice.used.open),
            sentences: need_messages(need, within, &advice, needed, day, meets),
            rests_on,
        })
    }
}
