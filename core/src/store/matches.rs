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

/// The number of rows from which reading the kinds of all is quicker than asking for each.
const MANY: usize = 1_000;

/// The documents that have all words of a query, each as the beginning of a word.
pub struct Matches {
    /// The numbers of their rows, the best first: those whose names have the words whole, then as beginnings; those
    /// that have them elsewhere, whole, then as beginnings. Each stands in one tier.
    tiers: [HashSet<i64>; 4],
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
        ];
        let mut seen = HashSet::new();
        for tier in &mut tiers {
            tier.retain(|id| seen.insert(*id));
        }
        Ok(Self {
            tiers,
            title: query.title.clone(),
        })
    }

    /// Returns those of some kinds, at most `limit` after the first `offset`: tier by tier; of one tier those that are
    /// called exactly so, then customers before others, then what is newer.
    pub fn page(
        &self,
        connection: &Connection,
        kinds: &[DocumentKind],
        offset: u32,
        limit: u32,
    ) -> Result<Vec<ListedEntry>, StoreError> {
        let mut order = connection.prepare_cached(
            "SELECT kind, at, doc, substr(names, 1, ?2) = ?3
                                   AND (length(names) = ?2 OR substr(names, ?2 + 1, 1) = char(10))
             FROM entry WHERE id = ?1",
        )?;
        let length = i64::try_from(self.title.chars().count()).unwrap_or(i64::MAX - 1);
        let (offset, limit) = (offset as usize, limit as usize);
        let mut found = Vec::new();
        for tier in &self.tiers {
            if found.len() >= offset.saturating_add(limit) {
                break;
            }
            let mut ranked: Vec<(bool, u16, Reverse<Millis>, DocId)> =
                Vec::with_capacity(tier.len());
            for id in tier {
                let (kind, at, doc, is_title) =
                    order.query_row((id, length, &self.title), |row| {
                        let kind: DocumentKind = row.get(0)?;
                        Ok((kind, row.get(1)?, row.get(2)?, row.get::<_, bool>(3)?))
                    })?;
                if kinds.contains(&kind) {
                    ranked.push((!is_title, kind.number(), Reverse(at), doc));
                }
            }
            ranked.sort_unstable();
            found.extend(ranked.into_iter().map(|(.., doc)| doc));
        }
        let page = found.into_iter().skip(offset).take(limit);
        let rows = page.map(|doc| one(connection, doc));
        let rows: Vec<Option<ListedEntry>> = rows.collect::<Result<_, _>>()?;
        Ok(rows.into_iter().flatten().collect())
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
