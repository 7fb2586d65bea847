//! The fit of the company's record to the lead times that a customer needs.

use crate::insight::fit;
use crate::model::ids::DocId;
use crate::notebook::Notebook;
use crate::notebook::errors::ApiResult;
use crate::notebook::record::answers::{LeadTimeFit, NeedFit};
use crate::notebook::record::company_record::CompanyRecord;
use crate::notebook::record::messages::fit_messages;
use crate::notebook::rows::account_of;

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
            let samples = company_record.held.samples();
            let lines = needs.iter().filter_map(|need| {
                let question = company_record.question_of_kind(&need.kind);
                company_record.need(need, &question, &samples)
            });
            Ok(LeadTimeFit::of(lines.collect()))
        })
    }
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
