//! A record of promises as CSV, for asking the statistics about any company's past:
//! `kind,performer,team,made,closed,cancelled`, times in RFC 3339, the last two may be empty. A column
//! `received` may say when the end became known.

use serde::Deserialize;

use crate::insight::{Fate, Sample};

/// The columns that a samples file must have.
const COLUMNS: [&str; 6] = ["kind", "performer", "team", "made", "closed", "cancelled"];

/// Broken rows after which a file is taken for something else.
const BROKEN_ROWS: usize = 10_000;

/// Why nothing of a samples file was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SamplesError {
    /// A column is missing.
    #[error(
        "the file has no column “{0}”; its first line must be kind,performer,team,made,closed,cancelled"
    )]
    Column(&'static str),
    /// It is not CSV.
    #[error("the file is not CSV: {0}")]
    NotCsv(String),
}

/// A row that was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// What is wrong.
    pub reason: RowError,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// It has no kind.
    #[error("the kind is empty")]
    NoKind,
    /// It does not say when it was made.
    #[error("“made” is empty")]
    NotMade,
    /// It ended before it was made.
    #[error("it ended before it was made")]
    EndsBefore,
    /// A column holds no time.
    #[error("“{column}” is not a time like 2026-11-22T14:30:00Z: {text}")]
    NotATime {
        /// Which column.
        column: &'static str,
        /// What it holds.
        text: String,
    },
    /// It is no row of this file, in the words of whoever read it.
    #[error("{0}")]
    NotARow(String),
}

#[derive(Deserialize)]
struct Row {
    kind: String,
    performer: String,
    team: String,
    made: String,
    closed: String,
    cancelled: String,
    #[serde(default)]
    received: String,
}

/// Reads a samples file: the samples, and the rows that are broken.
pub fn read_samples(file: &[u8]) -> Result<(Vec<Sample>, Vec<BrokenRow>), SamplesError> {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(file);
    let headers = reader
        .headers()
        .map_err(|e| SamplesError::NotCsv(e.to_string()))?
        .clone();
    if let Some(missing) = COLUMNS
        .into_iter()
        .find(|column| !headers.iter().any(|header| header == *column))
    {
        return Err(SamplesError::Column(missing));
    }
    let (mut samples, mut broken) = (Vec::new(), Vec::new());
    let mut record = csv::StringRecord::new();
    loop {
        if broken.len() > BROKEN_ROWS {
            let reason = format!("more than {BROKEN_ROWS} of its rows cannot be read");
            return Err(SamplesError::NotCsv(reason));
        }
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(false) => return Ok((samples, broken)),
            Ok(true) => {
                let line = record.position().map_or(line, csv::Position::line);
                let row = record
                    .deserialize::<Row>(Some(&headers))
                    .map_err(|e| RowError::NotARow(e.to_string()));
                match row.and_then(|row| sample(&row)) {
                    Ok(sample) => samples.push(sample),
                    Err(reason) => broken.push(BrokenRow { line, reason }),
                }
            }
            Err(error) => broken.push(BrokenRow {
                line,
                reason: RowError::NotARow(error.to_string()),
            }),
        }
    }
}

fn sample(row: &Row) -> Result<Sample, RowError> {
    if row.kind.is_empty() {
        return Err(RowError::NoKind);
    }
    let start = instant("made", &row.made)?.ok_or(RowError::NotMade)?;
    let (closed, cancelled) = (
        instant("closed", &row.closed)?,
        instant("cancelled", &row.cancelled)?,
    );
    let fate = match (closed, cancelled) {
        // Fulfilled and called off: whichever came first ended it.
        (Some(closed), Some(cancelled)) if cancelled < closed => Fate::Censored(cancelled),
        (Some(closed), _) => Fate::Closed(closed),
        (None, Some(cancelled)) => Fate::Censored(cancelled),
        (None, None) => Fate::Open,
    };
    if let Fate::Closed(end) | Fate::Censored(end) = fate
        && end < start
    {
        return Err(RowError::EndsBefore);
    }
    let named = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let received_at = instant("received", &row.received)?;
    Ok(Sample {
        received_at,
        kind: row.kind.clone(),
        performer: named(&row.performer),
        team: named(&row.team),
        start,
        fate,
    })
}

fn instant(column: &'static str, text: &str) -> Result<Option<i64>, RowError> {
    if text.is_empty() {
        return Ok(None);
    }
    let read = text.parse::<jiff::Timestamp>();
    let read = read.map_err(|_| RowError::NotATime {
        column,
        text: text.to_owned(),
    })?;
    Ok(Some(read.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_rows_are_named_and_the_rest_is_read() {
        let file = "kind,performer,team,made,closed,cancelled\n\
                    delivery,Sam,north,2026-01-01T08:00:00Z,2026-01-03T08:00:00+01:00,\n\
                    delivery,Sam,north,yesterday,,\n\
                    delivery,,,2026-01-01T08:00:00Z,,2026-01-02T08:00:00Z\n\
                    delivery,Sam,north,2026-01-05T08:00:00Z,2026-01-03T08:00:00Z,\n\
                    delivery,Sam\n\
                    ,Sam,north,2026-01-05T08:00:00Z,,\n\
                    quote,\"Sam, Jr\",north,2026-01-05T08:00:00Z,,\n";
        let (samples, broken) = read_samples(file.as_bytes()).unwrap();
        assert_eq!(samples.len(), 3);
        assert_eq!(samples[0].fate, Fate::Closed(1_767_423_600_000));
        assert!(matches!(samples[1].fate, Fate::Censored(_)));
        assert_eq!(
            (
                samples[1].performer.clone(),
                samples[2].performer.as_deref()
            ),
            (None, Some("Sam, Jr"))
        );
        assert_eq!(
            broken.iter().map(|row| row.line).collect::<Vec<_>>(),
            [3, 5, 6, 7]
        );
        assert!(broken[0].reason.to_string().contains("yesterday"));
    }

    #[test]
    fn an_end_may_have_become_known_later() {
        let file = "kind,performer,team,made,closed,cancelled,received\n\
                    delivery,Sam,north,2026-01-01T08:00:00Z,2026-01-03T08:00:00Z,,2026-01-05T08:00:00Z\n\
                    delivery,Sam,north,2026-01-01T08:00:00Z,,,\n";
        let (samples, broken) = read_samples(file.as_bytes()).unwrap();
        assert!(broken.is_empty());
        let Fate::Closed(done) = samples[0].fate else {
            panic!("{samples:?}")
        };
        assert_eq!(samples[0].fate_at(done), Some(Fate::Open));
        assert_eq!(samples[1].received_at, None);
    }

    #[test]
    fn another_file_is_refused_as_a_whole() {
        assert_eq!(
            read_samples(b"a,b\n1,2\n"),
            Err(SamplesError::Column("kind"))
        );
        assert!(read_samples(b"\xff\xd8\xff\xe0").is_err());
        assert_eq!(read_samples(b""), Err(SamplesError::Column("kind")));
    }
}
