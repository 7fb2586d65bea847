//! Search: the entries that have all words of a text, and the fields in which they stand.

use crate::language::Message;
use crate::model::account::{Account, ContactPointKind};
use crate::model::account_field::{ACCOUNT_FIELDS, Search};
use crate::model::event::EventBody;
use crate::model::placement::DocumentKind;
use crate::model::snippet::{Segment, snippet, whole};
use crate::model::telephone::{Country, Telephone};
use crate::model::visit::{Usage, Visit};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::entries::messages::contact_point_message;
use crate::notebook::entries::pages::{KindCount, SearchPage, SearchQuery};
use crate::notebook::entries::records::{EntrySummary, SearchMatch};
use crate::notebook::entries::{WITH_LINE, listed_kinds};
use crate::notebook::errors::ApiResult;
use crate::notebook::rows::{MAX_LIST, decode};
use crate::store::matches::Matches;
use crate::store::queries::ListedEntry;
use crate::store::search::Query;
use crate::store::{Reading, likeness};

/// The most fields of an entry that are shown.
const MAX_MATCHES: usize = 3;

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
        store: Reading<'_>,
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

    /// Returns the fields of a row in which the words stand, at most three.
    pub(in crate::notebook) fn matches(&self, row: &ListedEntry) -> ApiResult<Vec<SearchMatch>> {
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
                let bodies = || record.events.iter().map(|event| &event.stored.body);
                let made = bodies().find_map(|body| match body {
                    EventBody::Made(made) => Some(made),
                    _ => None,
                });
                let named = bodies().rev().find_map(|body| match body {
                    EventBody::AccountNamed { labels, .. } => Some(labels),
                    _ => None,
                });
                if let Some(made) = made {
                    let labels = named.unwrap_or(&made.labels);
                    look("field-deliverable", &made.deliverable);
                    look("field-account", &labels.account);
                    look("field-criterion", &made.criterion);
                    look("field-words", &made.words);
                    look("field-contact", &labels.contact);
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
        for field in ACCOUNT_FIELDS {
            if field.search == Search::Names {
                look(field.label, field.value(account));
            }
        }
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
        for field in ACCOUNT_FIELDS {
            if field.search == Search::Text {
                look(field.label, field.value(account));
            }
        }
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

#[uniffi::export]
impl Notebook {
    /// Returns the entries that have all words of `text`, each as the beginning of a word, the best first: names before
    /// other words, whole words before beginnings, customers before what happened there, new before old. Empty if
    /// `text` has no word.
    #[uniffi::method(default(limit = 50))]
    #[cfg_attr(doc, doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/search.md")))]
    pub fn search(&self, text: String, limit: u32) -> ApiResult<Vec<EntrySummary>> {
        let query = SearchQuery {
            text,
            kinds: vec![],
            offset: 0,
            limit,
        };
        let found = self.read(|store| self.found(store, &query))?;
        Ok(found.map_or_else(Vec::new, |(_, entries)| entries))
    }

    /// Returns a page of the entries that a search finds, in the order of `search`, and the number of all. Pages follow
    /// each other without a gap as long as nothing changes in between.
    pub fn search_page(&self, query: SearchQuery) -> ApiResult<SearchPage> {
        self.read(|store| {
            let Some((matches, entries)) = self.found(store, &query)? else {
                return Ok(SearchPage {
                    entries: vec![],
                    total: 0,
                    kinds: vec![],
                });
            };
            let counts = matches.counts(store.read())?;
            let kinds = WITH_LINE.into_iter().filter_map(|kind| {
                let count = *counts.get(&DocumentKind::from(kind).number())?;
                Some(KindCount { kind, count })
            });
            let kinds: Vec<KindCount> = kinds.collect();
            let asked = |of: &&KindCount| query.kinds.is_empty() || query.kinds.contains(&of.kind);
            Ok(SearchPage {
                entries,
                total: kinds.iter().filter(asked).map(|of| of.count).sum(),
                kinds,
            })
        })
    }
}

impl Notebook {
    /// Returns all that a search finds, with the entries of a page of it; none if its text has no word.
    fn found(
        &self,
        store: Reading<'_>,
        query: &SearchQuery,
    ) -> ApiResult<Option<(Matches, Vec<EntrySummary>)>> {
        let context = Context::load(self, store)?;
        let country = context.country();
        let Some(words) = Query::read(&query.text, country) else {
            return Ok(None);
        };
        let matches = Matches::find(store.read(), &words)?;
        let kinds = listed_kinds(&query.kinds, &WITH_LINE);
        let limit = query.limit.min(MAX_LIST);
        let rows = matches.page(store.read(), &kinds, query.offset, limit)?;
        let finder = MatchFinder::new(&query.text, &words, country);
        let entry = |row| finder.entry(store, row, context.entry(row)?);
        let entries = rows.iter().map(entry).collect::<ApiResult<_>>()?;
        Ok(Some((matches, entries)))
    }
}
