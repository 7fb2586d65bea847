//! The documents that a search finds, in the order in which they are shown, page by page.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use rusqlite::Connection;

use super::StoreError;
use super::queries::{ListedEntry, one};
use super::search::{self, Query};
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::time::Millis;

/// The number of rows from which walking through an index is quicker than reading each.
const MANY: usize = 1_000;

/// The rows of a kind, the newest first.
pub(super) const ROWS_BY_TIME: &str =
    "SELECT id, doc FROM entry INDEXED BY entry_kind_at WHERE kind = ?1 ORDER BY at DESC, doc";

/// The customers with a title, of which the length is given.
pub(super) const TITLED_ACCOUNTS: &str = "SELECT id FROM entry INDEXED BY entry_account_sorted
    WHERE kind = 0 AND substr(names, 1, ?1) = ?2
        AND (length(names) = ?1 OR substr(names, ?1 + 1, 1) = char(10))";

/// The rows that are archived.
pub(super) const ARCHIVED: &str =
    "SELECT id FROM entry INDEXED BY entry_is_archived WHERE archived = 1";

/// The documents that have all words of a query, each as the beginning of a word.
pub struct Matches {
    /// The numbers of their rows, the best first: those whose names have the words whole, then as beginnings; those
    /// that have them elsewhere, whole, then as beginnings; those of any of these that are archived. Each stands in one
    /// tier.
    tiers: [HashSet<i64>; 5],
    /// The title that comes before all others of its tier, folded.
    title: String,
}

impl Matches {
    /// Looks for the words of a query.
    pub fn find(connection: &Connection, query: &Query) -> Result<Self, StoreError> {
        search::load_unindexed(connection)?;
        let ids = |expression: &str| search::matching(connection, expression);
        let mut tiers = [
            ids(&format!("{{names}} : {}", query.whole))?,
            ids(&format!("{{names}} : {}", query.beginnings))?,
            ids(&query.whole)?,
            ids(&query.beginnings)?,
            HashSet::new(),
        ];
        let mut seen = HashSet::new();
        let archived = archived(connection)?;
        for tier in &mut tiers {
            tier.retain(|id| seen.insert(*id) && !archived.contains(id));
        }
        let [.., last] = &mut tiers;
        last.extend(seen.intersection(&archived));
        Ok(Self {
            tiers,
            title: query.title.clone(),
        })
    }

    /// Returns those of some kinds, at most `limit` after the first `offset`: tier by tier; of one tier those that are
    /// called exactly so, then customers before others, then what is newer; what is archived comes last. Of a tier of more than 1,000 rows only
    /// customers that are called exactly so come before others.
    pub fn page(
        &self,
        connection: &Connection,
        kinds: &[DocumentKind],
        offset: u32,
        limit: u32,
    ) -> Result<Vec<ListedEntry>, StoreError> {
        let mut page = Page {
            kinds,
            before: offset as usize,
            room: limit as usize,
            docs: Vec::new(),
        };
        self.fill(connection, &mut page, MANY)?;
        let rows = page.docs.into_iter().map(|doc| one(connection, doc));
        let rows: Vec<Option<ListedEntry>> = rows.collect::<Result<_, _>>()?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// Fills a page; tiers of at least `many` rows are not read row by row.
    fn fill(
        &self,
        connection: &Connection,
        page: &mut Page<'_>,
        many: usize,
    ) -> Result<(), StoreError> {
        for (number, tier) in self.tiers.iter().enumerate() {
            if page.room == 0 {
                break;
            }
            if tier.len() < many {
                self.rank(connection, tier, page)?;
                continue;
            }
            // Whatever is called exactly so has all words whole in its names.
            let titled = match number {
                0 => self.titled_accounts(connection, tier)?,
                _ => HashSet::new(),
            };
            if !titled.is_empty() {
                page.walk(connection, |id| titled.contains(&id))?;
            }
            page.walk(connection, |id| tier.contains(&id) && !titled.contains(&id))?;
        }
        Ok(())
    }

    /// Adds a tier of few rows to a page, each of them read.
    fn rank(
        &self,
        connection: &Connection,
        tier: &HashSet<i64>,
        page: &mut Page<'_>,
    ) -> Result<(), StoreError> {
        let mut order = connection.prepare_cached(
            "SELECT kind, at, doc, substr(names, 1, ?2) = ?3
                                   AND (length(names) = ?2 OR substr(names, ?2 + 1, 1) = char(10))
             FROM entry WHERE id = ?1",
        )?;
        let mut ranked: Vec<(bool, u16, Reverse<Millis>, DocId)> = Vec::with_capacity(tier.len());
        for id in tier {
            let (kind, at, doc, is_title) =
                order.query_row((id, self.title_length(), &self.title), |row| {
                    let kind: DocumentKind = row.get(0)?;
                    Ok((kind, row.get(1)?, row.get(2)?, row.get::<_, bool>(3)?))
                })?;
            if page.kinds.contains(&kind) {
                ranked.push((!is_title, kind.number(), Reverse(at), doc));
            }
        }
        ranked.sort_unstable();
        for (.., doc) in ranked {
            page.add(doc);
        }
        Ok(())
    }

    /// Returns the customers of a tier that are called exactly as the query says, from an index that has names.
    fn titled_accounts(
        &self,
        connection: &Connection,
        tier: &HashSet<i64>,
    ) -> Result<HashSet<i64>, StoreError> {
        let mut statement = connection.prepare_cached(TITLED_ACCOUNTS)?;
        let found = statement.query_map((self.title_length(), &self.title), |row| row.get(0))?;
        let found: HashSet<i64> = found.collect::<Result<_, _>>()?;
        Ok(&found & tier)
    }

    fn title_length(&self) -> i64 {
        i64::try_from(self.title.chars().count()).unwrap_or(i64::MAX - 1)
    }

    /// Returns the number of documents of each kind that there is.
    pub fn counts(&self, connection: &Connection) -> Result<BTreeMap<u16, u32>, StoreError> {
        let mut counts = BTreeMap::new();
        let mut count = |kind: DocumentKind| *counts.entry(kind.number()).or_default() += 1;
        if self.tiers.iter().map(HashSet::len).sum::<usize>() < MANY {
            let mut kind_of = connection.prepare_cached("SELECT kind FROM entry WHERE id = ?1")?;
            for id in self.tiers.iter().flatten() {
                count(kind_of.query_row([id], |row| row.get(0))?);
            }
            return Ok(counts);
        }
        // An index has both.
        let mut statement = connection.prepare_cached("SELECT id, kind FROM entry")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            if self.tiers.iter().any(|tier| tier.contains(&id)) {
                count(row.get(1)?);
            }
        }
        Ok(counts)
    }
}

/// Returns the rows that are archived: few, and in an index of their own.
fn archived(connection: &Connection) -> Result<HashSet<i64>, StoreError> {
    let mut statement = connection.prepare_cached(ARCHIVED)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A page of what was found, while it is filled.
struct Page<'a> {
    /// The kinds that are asked for.
    kinds: &'a [DocumentKind],
    /// The number of documents before the page that are still to come.
    before: usize,
    /// The number of documents for which there is still room.
    room: usize,
    docs: Vec<DocId>,
}

impl Page<'_> {
    fn add(&mut self, doc: DocId) {
        if self.before > 0 {
            self.before -= 1;
        } else if self.room > 0 {
            self.room -= 1;
            self.docs.push(doc);
        }
    }

    /// Adds those of all rows that belong there, in the order of an index that has nothing else, until the page is full:
    /// of very many matches the first are found without reading a row.
    fn walk(
        &mut self,
        connection: &Connection,
        belongs: impl Fn(i64) -> bool,
    ) -> Result<(), StoreError> {
        let mut kinds = self.kinds.to_vec();
        kinds.sort_unstable_by_key(|kind| kind.number());
        let mut statement = connection.prepare_cached(ROWS_BY_TIME)?;
        for kind in kinds {
            let mut rows = statement.query([kind])?;
            while self.room > 0
                && let Some(row) = rows.next()?
            {
                if belongs(row.get(0)?) {
                    self.add(row.get(1)?);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::edit::{Edit, Operation};
    use crate::model::visit::VisitDraft;
    use crate::testing::{ANN, StoreFixture};

    const KINDS: [DocumentKind; 2] = [DocumentKind::Visit, DocumentKind::Account];

    fn visit(fixture: &mut StoreFixture, said: &str) {
        let doc = fixture.doc();
        let operation = Operation::CreateVisit(VisitDraft {
            said: said.into(),
            ..VisitDraft::default()
        });
        fixture.write(ANN, &[Edit { doc, operation }]).unwrap();
    }

    #[test]
    fn very_many_matches_are_shown_in_the_order_of_few() {
        let mut fixture = StoreFixture::new();
        for number in 0..30 {
            fixture.account(["Mill", "Mill North", "Old Mill", "Miller"][number % 4]);
            visit(
                &mut fixture,
                ["the mill drips", "a miller came"][number % 2],
            );
        }
        let query = Query::read("mill", None).unwrap();
        let connection = fixture.store.read();
        let matches = Matches::find(connection, &query).unwrap();
        let docs = |many: usize, before: usize, room: usize| {
            let mut page = Page {
                kinds: &KINDS,
                before,
                room,
                docs: vec![],
            };
            matches.fill(connection, &mut page, many).unwrap();
            page.docs
        };
        let all = docs(usize::MAX, 0, usize::MAX);
        assert_eq!(all.len(), 60);
        for (before, room) in [(0, usize::MAX), (0, 5), (7, 9), (25, 20), (59, 5), (60, 5)] {
            let expected: Vec<DocId> = all.iter().skip(before).take(room).copied().collect();
            assert_eq!(docs(0, before, room), expected, "{room} after {before}");
        }
    }

    #[test]
    fn very_many_matches_are_ranked_from_indexes_alone() {
        let fixture = StoreFixture::new();
        for (sql, step) in [
            (
                ROWS_BY_TIME,
                "SEARCH entry USING COVERING INDEX entry_kind_at (kind=?)",
            ),
            (
                TITLED_ACCOUNTS,
                "SCAN entry USING COVERING INDEX entry_account_sorted",
            ),
            (
                ARCHIVED,
                "SEARCH entry USING COVERING INDEX entry_is_archived (archived=?)",
            ),
        ] {
            let plan = format!("EXPLAIN QUERY PLAN {sql}");
            let mut statement = fixture.store.read().prepare(&plan).unwrap();
            let count = statement.parameter_count();
            let nulls = rusqlite::params_from_iter(vec![rusqlite::types::Null; count]);
            let steps: Vec<String> = statement
                .query_map(nulls, |row| row.get(3))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            assert_eq!(steps, [step]);
        }
    }
}
