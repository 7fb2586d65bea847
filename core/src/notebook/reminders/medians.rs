//! The median lead of each kind of promise, which places the rungs of a ladder.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use crate::insight::{Question, advise};
use crate::model::time::DAY_MS;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::record::company_record::CompanyRecord;
use crate::store::Reading;

impl Notebook {
    /// Returns the median lead of each kind of promise, from the record, in minutes of the kind's time base. The record
    /// is read once a day: it moves slowly, and reading it takes long.
    pub(in crate::notebook) fn medians(
        &self,
        store: Reading<'_>,
        context: &Context,
    ) -> ApiResult<BTreeMap<String, u32>> {
        let known = || self.medians.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, medians)) = known().as_ref()
            && (0..DAY_MS).contains(&context.now.saturating_sub(*at))
        {
            return Ok(medians.clone());
        }
        // Nobody waits while the record is read.
        let company_record = CompanyRecord::open(self, store)?;
        let samples = company_record.held.samples();
        let mut medians = BTreeMap::new();
        for kind in context.company.handbook.kinds.keys() {
            let question = Question {
                kind: kind.clone(),
                performer: None,
                team: None,
                now: context.now,
                quantile: 0.5,
            };
            let median = advise(&samples, &question, company_record.context.company_time()).median;
            if let Some(minutes) = median.and_then(|minutes| u32::try_from(minutes).ok()) {
                medians.insert(kind.clone(), minutes);
            }
        }
        *known() = Some((context.now, medians.clone()));
        Ok(medians)
    }
}
