//! The places in which an entry has what a search looked for, and the country whose telephone numbers a company writes.

use crate::language::Message;
use crate::model::account::{Account, ContactPointKind};
use crate::model::event::EventBody;
use crate::model::placement::DocumentKind;
use crate::model::snippet::{Segment, snippet, whole};
use crate::model::telephone::{Country, Telephone, country_of_zone, dial_address};
use crate::model::visit::{Usage, Visit};
use crate::notebook::Notebook;
use crate::notebook::entries::decode;
use crate::notebook::entries::records::{EntrySummary, SearchMatch};
use crate::notebook::errors::ApiResult;
use crate::notebook::handbook::contact_point_message;
use crate::store::queries::ListedEntry;
use crate::store::search::Query;
use crate::store::{Store, company, likeness};

/// The most fields of an entry that are shown.
const MAX_MATCHES: usize = 3;

#[uniffi::export]
impl Notebook {
    /// Returns the address under which a telephone dials a number as it was typed, `tel:+497111234567`. A number
    /// without a country code is one of the company's country. None if the text is no number.
    pub fn dial_address(&self, number: String) -> ApiResult<Option<String>> {
        self.read(|store| Ok(dial_address(&number, self.country_of(store)?)))
    }
}

impl Notebook {
    /// Returns the country whose telephone numbers are written without a country code; none where the zone is in no
    /// country.
    pub(in crate::notebook) fn country_of(
        &self,
        store: &Store,
    ) -> ApiResult<Option<&'static Country>> {
        let hours = company::handbook(store.read())?.hours;
        let zone = hours.map_or_else(|| self.environment.zone(), |hours| hours.zone);
        Ok(country_of_zone(&zone))
    }
}

/// The words of a search, for marking them in what was found.
pub(in crate::notebook) struct MatchFinder<'a> {
    query: &'a Query,
    /// The words of the telephone number that the search may be for.
    number: Vec<String>,
}

impl<'a> MatchFinder<'a> {
    /// Makes the finder of a text, which was read as a query.
    pub(in crate::notebook) fn new(
        text: &str,
        query: &'a Query,
        country: Option<&Country>,
    ) -> Self {
        let words = Telephone::query_words(text, country);
        Self {
            query,
            number: words.into_iter().map(|word| word.word).collect(),
        }
    }

    /// Returns an entry with the fields in which it was found, and with the accounts that are likely the same.
    pub(in crate::notebook) fn entry(
        &self,
        store: &Store,
        row: &ListedEntry,
        entry: EntrySummary,
    ) -> ApiResult<EntrySummary> {
        let likely_same = match row.kind {
            DocumentKind::Account => likeness::of(store.read(), row.doc)?,
            _ => vec![],
        };
        Ok(EntrySummary {
            matches: self.matches(row)?,
            likely_same,
            ..entry
        })
    }

    fn matches(&self, row: &ListedEntry) -> ApiResult<Vec<SearchMatch>> {
        let mut found = Vec::new();
        let mut look = |field: &str, text: &str| {
            let segments = snippet(text, &self.query.terms);
            found.extend(segments.map(|segments| matched(field, segments)));
        };
        match row.kind {
            DocumentKind::Account => self.account(&decode(&row.detail)?, &mut found),
            DocumentKind::Visit => {
                let visit: Visit = decode(&row.detail)?;
                look("field-account", &visit.labels.account);
                look("field-said", &visit.said);
                look("field-means", &visit.means);
                look("field-help", &visit.help);
                look("field-contact", &visit.labels.contact);
                for mark in &visit.marks {
                    look("field-marks", mark);
                }
            }
            DocumentKind::Usage => {
                let usage: Usage = decode(&row.detail)?;
                look("field-account", &usage.labels.account);
                look("field-product", &usage.product);
                look("field-doing", &usage.doing);
                look("field-workaround", &usage.workaround);
                look("field-quote", &usage.quote);
                look("field-notes", &usage.notes);
                for theme in &usage.themes {
                    look("field-themes", theme);
                }
            }
            DocumentKind::Promise => {
                let record = row.promise()?;
                let made = record
                    .events
                    .iter()
                    .find_map(|event| match &event.stored.body {
                        EventBody::Made(made) => Some(made),
                        _ => None,
                    });
                if let Some(made) = made {
                    look("field-deliverable", &made.deliverable);
                    look("field-account", &made.labels.account);
                    look("field-criterion", &made.criterion);
                    look("field-words", &made.words);
                    look("field-contact", &made.labels.contact);
                }
                look("field-notes", &record.notes);
            }
            _ => {}
        }
        found.truncate(MAX_MATCHES);
        Ok(found)
    }

    fn account(&self, account: &Account, found: &mut Vec<SearchMatch>) {
        let mut look = |field: &str, text: &str| {
            let segments = snippet(text, &self.query.terms);
            found.extend(segments.map(|segments| matched(field, segments)));
        };
        look("field-name", &account.name);
        for name in &account.also_called {
            look("field-also-called", name);
        }
        for contact in &account.contacts {
            look("field-contact", &contact.name);
            for name in &contact.also_called {
                look("field-contact", name);
            }
            look("field-contact-role", &contact.role);
        }
        for contact_point in &account.contact_points {
            for given in &contact_point.values {
                match contact_point.kind {
                    ContactPointKind::Phone if self.is_number(&given.value) => {
                        found.push(matched("field-phone", whole(&given.value)));
                    }
                    kind => {
                        let field = contact_point_message(kind).key;
                        let segments = snippet(&given.value, &self.query.terms);
                        found.extend(segments.map(|segments| matched(&field, segments)));
                    }
                }
            }
        }
        let mut look = |field: &str, text: &str| {
            let segments = snippet(text, &self.query.terms);
            found.extend(segments.map(|segments| matched(field, segments)));
        };
        for site in &account.sites {
            look("field-site", &site.label);
            for address in &site.address {
                look("field-address", &address.value);
            }
        }
        for asset in &account.assets {
            look("field-asset", &asset.label);
            look("field-serial", &asset.serial);
        }
        for tag in &account.tags {
            look("field-tags", tag);
        }
        look("field-notes", &account.notes);
        look("field-uses", &account.uses);
        look("field-must-not-fail", &account.must_not_fail);
        look("field-title", &account.title);
    }

    fn is_number(&self, value: &str) -> bool {
        let known = Telephone::all(value).into_iter();
        known
            .flat_map(|number| number.index_words())
            .any(|known| self.number.iter().any(|sought| known.starts_with(sought)))
    }
}

fn matched(field: &str, segments: Vec<Segment>) -> SearchMatch {
    SearchMatch {
        field: Message::new(field),
        segments,
    }
}
