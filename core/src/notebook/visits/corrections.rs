//! Corrections of visits: every field can be changed after the visit was logged.

use super::{check_place, check_stay};
use crate::limits;
use crate::model::edit::{Edit, Operation};
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::visit::{Visit, VisitEdit};
use crate::notebook::Notebook;
use crate::notebook::checks::{check_max_chars, check_unchanged, non_empty_name};
use crate::notebook::errors::ApiResult;
use crate::notebook::rows::{copied_names, decode, row_of_kind};
use crate::store::Reading;

#[uniffi::export]
impl Notebook {
    /// Changes a visit. One that is given to a customer of another team stays in its team until the office moves it.
    pub fn edit_visit(&self, id: DocId, edits: Vec<VisitEdit>) -> ApiResult<()> {
        self.save(|store| Ok((vec![self.visit_edit(store, id, edits)?], ())))
    }
}

fn check_edit(edit: &VisitEdit) -> ApiResult<()> {
    match edit {
        VisitEdit::Said { text, .. } | VisitEdit::Means { text, .. } => {
            check_max_chars("text", text, limits::TEXT_CHARS)
        }
        VisitEdit::Help { text, .. } => check_max_chars("help", text, limits::VALUE_CHARS),
        VisitEdit::AddMark { mark } | VisitEdit::RemoveMark { mark } => {
            non_empty_name("mark", mark).map(drop)
        }
        VisitEdit::Place { place: Some(place) } => check_place(*place),
        VisitEdit::SettleSentence { .. }
        | VisitEdit::Account { .. }
        | VisitEdit::Contact { .. }
        | VisitEdit::Channel { .. }
        | VisitEdit::HappenedAt { .. }
        | VisitEdit::PlannedAt { .. }
        | VisitEdit::ArrivedAt { .. }
        | VisitEdit::LeftAt { .. }
        | VisitEdit::Place { place: None }
        | VisitEdit::NothingPromised { .. }
        | VisitEdit::AddFile { .. }
        | VisitEdit::RemoveFile { .. } => Ok(()),
        VisitEdit::Archive { reason } | VisitEdit::Restore { reason } => {
            check_max_chars("reason", reason, limits::VALUE_CHARS)
        }
    }
}

impl Notebook {
    /// Returns the edit of a visit that edits of a screen stand for.
    pub(in crate::notebook) fn visit_edit(
        &self,
        store: Reading<'_>,
        id: DocId,
        edits: Vec<VisitEdit>,
    ) -> ApiResult<Edit> {
        edits.iter().try_for_each(check_edit)?;
        let row = row_of_kind(store, id, DocumentKind::Visit, "thing-visit")?;
        let visit: Visit = decode(&row.detail)?;
        let edits = self.completed_edits(store, &visit, edits)?;
        let operation = Operation::EditVisit(edits);
        Ok(Edit { doc: id, operation })
    }

    /// Returns edits with the names that they copy; refused where the visit that they leave would be no possible one.
    fn completed_edits(
        &self,
        store: Reading<'_>,
        visit: &Visit,
        mut edits: Vec<VisitEdit>,
    ) -> ApiResult<Vec<VisitEdit>> {
        let mut account_now = visit.account;
        let mut labels_now = visit.labels.clone();
        let (mut arrived_at, mut left_at) = (visit.arrived_at, visit.left_at);
        for edit in &mut edits {
            match edit {
                VisitEdit::Account {
                    account,
                    contact,
                    labels,
                } => {
                    *labels = copied_names(store, *account, *contact, std::mem::take(labels))?;
                    (account_now, labels_now) = (*account, labels.clone());
                }
                VisitEdit::Contact { contact, labels } => {
                    labels_now.contact = std::mem::take(&mut labels.contact);
                    *labels = copied_names(store, account_now, *contact, labels_now)?;
                    labels_now = labels.clone();
                }
                VisitEdit::Means { text, was } => {
                    check_unchanged("means", was.as_deref(), text, &visit.means)?;
                }
                VisitEdit::Help { text, was } => {
                    check_unchanged("help", was.as_deref(), text, &visit.help)?;
                }
                VisitEdit::HappenedAt { at } => self.check_not_future(store, "happened_at", *at)?,
                VisitEdit::ArrivedAt { at } => {
                    at.map_or(Ok(()), |at| self.check_not_future(store, "arrived_at", at))?;
                    arrived_at = *at;
                }
                VisitEdit::LeftAt { at } => {
                    at.map_or(Ok(()), |at| self.check_not_future(store, "left_at", at))?;
                    left_at = *at;
                }
                _ => {}
            }
        }
        check_stay(arrived_at, left_at)?;
        Ok(edits)
    }
}

#[cfg(test)]
#[path = "corrections_tests.rs"]
mod tests;
