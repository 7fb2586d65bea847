//! A record of promises as CSV, for asking the statistics about any company's past:
//! `kind,performer,team,made,closed,cancelled`, times in RFC 3339, the last two may be empty. A column
//! `received` may say when the end became known.

use vcard::decode_text;

use crate::insight::{Ending, Sample};
use crate::limits;
use crate::model::fold::is_format;
use crate::model::time::Millis;

/// The columns that a samples file must have.
const COLUMNS: [&str; 6] = ["kind", "performer", "team", "made", "closed", "cancelled"];

/// Broken rows after which a file is taken for something else.
const BROKEN_ROWS: usize = 10_000;

/// The reason why nothing of a samples file was read.
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
    /// The reason why it was not read.
    pub reason: RowError,
}

/// The reason why a row was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// It has no kind.
    #[error("the kind is empty")]
    NoKind,
    /// It does not say when it was made.
    #[error("“made” is empty")]
    NotMade,
    /// It ended before it was made.
    #[error("“{column}” is before “made”: {text}")]
    EndsBefore {
        /// The column that says so.
        column: &'static str,
        /// The column's text.
        text: String,
    },
    /// A column holds no time.
    #[error("“{column}” is not a time like 2026-11-22T14:30:00Z: {text}")]
    NotATime {
        /// The column.
        column: &'static str,
        /// The column's text.
        text: String,
    },
    /// A column holds a time that is still to come.
    #[error("“{column}” is in the future: {text}")]
    InTheFuture {
        /// The column.
        column: &'static str,
        /// The column's text.
        text: String,
    },
    /// It has more or fewer fields than the first line.
    #[error("it has {found} fields, and the first line has {expected}")]
    Fields {
        /// The number of its fields.
        found: usize,
        /// The number of fields of the first line.
        expected: usize,
    },
    /// It is no row of this file, in the words of the CSV reader.
    #[error("{0}")]
    NotARow(String),
}

/// Reads a samples file as it is known at `now`: the samples, and the rows that are broken. Fields are divided by
/// commas, semicolons or tabs, whichever the first line has most of; the names of columns may be written in capitals
/// and with spaces. A row with a time in the future is broken, for it cannot be known yet.
pub fn read_samples(
    file: &[u8],
    now: Millis,
) -> Result<(Vec<Sample>, Vec<BrokenRow>), SamplesError> {
    let text = decode_text(file);
    // Some spreadsheets say in a line of its own by what fields are divided.
    let (told, text, skipped) = match text.split_once('\n') {
        Some((first, rest))
            if first.len() < 8 && first.to_ascii_lowercase().starts_with("sep=") =>
        {
            (first.as_bytes().get(4).copied(), rest, 1)
        }
        _ => (None, text.as_str(), 0),
    };
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .delimiter(told.unwrap_or_else(|| delimiter(text)))
        .from_reader(text.as_bytes());
    let headers = reader
        .headers()
        .map_err(|e| SamplesError::NotCsv(e.to_string()))?;
    let columns = SampleColumns::of(headers)?;
    let (mut samples, mut broken) = (Vec::new(), Vec::new());
    let mut record = csv::StringRecord::new();
    let mut lines = Lines::new(text);
    loop {
        if broken.len() > BROKEN_ROWS {
            let reason = format!("more than {BROKEN_ROWS} of its rows cannot be read");
            return Err(SamplesError::NotCsv(reason));
        }
        let line = skipped + lines.at(reader.position().byte());
        match reader.read_record(&mut record) {
            Ok(false) => return Ok((samples, broken)),
            Ok(true) if record.iter().all(str::is_empty) => {}
            Ok(true) => match columns.row(&record).and_then(|row| row.sample(now)) {
                Ok(sample) => samples.push(sample),
                Err(reason) => broken.push(BrokenRow { line, reason }),
            },
            Err(error) => broken.push(BrokenRow {
                line,
                reason: RowError::NotARow(error.to_string()),
            }),
        }
    }
}

/// The byte that divides the fields of the first line: a comma, a semicolon or a tab.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let mut in_quotes = false;
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0)];
    for byte in first.bytes() {
        in_quotes ^= byte == b'"';
        for (delimiter, count) in counts.iter_mut().filter(|_| !in_quotes) {
            *count += usize::from(byte == *delimiter);
        }
    }
    // Of equals the first one.
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(b',', |(delimiter, _)| *delimiter)
}

/// Counts lines of a text from its beginning; the reader counts one that ends with two characters too late.
struct Lines<'a> {
    rest: &'a [u8],
    passed: u64,
    line: u64,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            rest: text.as_bytes(),
            passed: 0,
            line: 1,
        }
    }

    /// The line of the first row from a byte on, which lies behind those that were asked for before.
    fn at(&mut self, byte: u64) -> u64 {
        while let [first, rest @ ..] = self.rest {
            if self.passed >= byte && !matches!(first, b'\r' | b'\n') {
                break;
            }
            let ends = *first == b'\n' || *first == b'\r' && rest.first() != Some(&b'\n');
            self.line += u64::from(ends);
            self.passed += 1;
            self.rest = rest;
        }
        self.line
    }
}

/// The position of each column.
struct SampleColumns {
    at: [usize; COLUMNS.len()],
    received: Option<usize>,
    count: usize,
}

impl SampleColumns {
    fn of(headers: &csv::StringRecord) -> Result<Self, SamplesError> {
        let plain = |header: &str| {
            let shown = header
                .chars()
                .filter(|c| !is_format(*c) && !c.is_whitespace());
            shown.collect::<String>().trim_matches('"').to_lowercase()
        };
        let names: Vec<String> = headers.iter().map(plain).collect();
        let place = |column: &str| names.iter().position(|name| name == column);
        let mut at = [0; COLUMNS.len()];
        for (at, column) in at.iter_mut().zip(COLUMNS) {
            *at = place(column).ok_or(SamplesError::Column(column))?;
        }
        Ok(Self {
            at,
            received: place("received"),
            count: names.len(),
        })
    }

    fn row<'a>(&self, record: &'a csv::StringRecord) -> Result<SampleFileRow<'a>, RowError> {
        let is_filled = |at: &usize| record.get(*at).is_some_and(|field| !field.is_empty());
        let filled = (0..record.len())
            .rfind(is_filled)
            .map_or(0, |last| last + 1);
        if record.len() < self.count || filled > self.count {
            return Err(RowError::Fields {
                found: record.len(),
                expected: self.count,
            });
        }
        let [kind, performer, team, made, closed, cancelled] =
            self.at.map(|at| record.get(at).unwrap_or_default());
        let received = self
            .received
            .and_then(|at| record.get(at))
            .unwrap_or_default();
        Ok(SampleFileRow {
            kind,
            performer,
            team,
            made,
            closed,
            cancelled,
            received,
        })
    }
}

struct SampleFileRow<'a> {
    kind: &'a str,
    performer: &'a str,
    team: &'a str,
    made: &'a str,
    closed: &'a str,
    cancelled: &'a str,
    received: &'a str,
}

impl SampleFileRow<'_> {
    fn sample(&self, now: Millis) -> Result<Sample, RowError> {
        if self.kind.is_empty() {
            return Err(RowError::NoKind);
        }
        let start = instant("made", self.made, now)?.ok_or(RowError::NotMade)?;
        let closed = instant("closed", self.closed, now)?;
        let cancelled = instant("cancelled", self.cancelled, now)?;
        for (column, end, text) in [
            ("closed", closed, self.closed),
            ("cancelled", cancelled, self.cancelled),
        ] {
            if end.is_some_and(|end| end < start) {
                let text = text.to_owned();
                return Err(RowError::EndsBefore { column, text });
            }
        }
        let ending = match (closed, cancelled) {
            // Fulfilled and called off: whichever came first ended it.
            (Some(closed), Some(cancelled)) if cancelled < closed => Ending::Censored(cancelled),
            (Some(closed), _) => Ending::Closed(closed),
            (None, Some(cancelled)) => Ending::Censored(cancelled),
            (None, None) => Ending::Open,
        };
        let named = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(Sample {
            received_at: instant("received", self.received, now)?,
            kind: self.kind.to_owned(),
            performer: named(self.performer),
            team: named(self.team),
            start,
            ending,
        })
    }
}

fn instant(column: &'static str, text: &str, now: Millis) -> Result<Option<Millis>, RowError> {
    if text.is_empty() {
        return Ok(None);
    }
    let text = text.to_owned();
    let Ok(read) = text.parse::<jiff::Timestamp>() else {
        return Err(RowError::NotATime { column, text });
    };
    let at = read.as_millisecond();
    if at > now.saturating_add(limits::FUTURE_MS) {
        return Err(RowError::InTheFuture { column, text });
    }
    Ok(Some(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 June 2026.
    const NOW: Millis = 1_780_272_000_000;

    #[test]
    fn spreadsheets_divide_and_name_columns_as_they_like() {
        let row = "delivery|Süß, Ada|north|2026-01-01T08:00:00Z|2026-01-03T08:00:00Z|";
        let head = " Kind |PERFORMER|Team| Made|Closed |cancelled";
        let plain = format!(
            "kind,performer,team,made,closed,cancelled\n{}\n",
            row.replace("Süß, Ada", "\"Süß, Ada\"").replace('|', ",")
        );
        let expected = read_samples(plain.as_bytes(), NOW).unwrap();
        assert_eq!(expected.0.len(), 1, "{expected:?}");
        for delimiter in [";", "\t"] {
            let text = format!("{head}\r\n{row}\r\n{}\r\n", "|".repeat(5)).replace('|', delimiter);
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let western: Vec<u8> = text
                .chars()
                .map(|c| u8::try_from(u32::from(c)).unwrap())
                .collect();
            for file in [
                text.as_bytes().to_vec(),
                [b"\xef\xbb\xbf", text.as_bytes()].concat(),
                [b"\xff\xfe", utf16.as_slice()].concat(),
                format!("sep={delimiter}\r\n{text}").into_bytes(),
                western,
            ] {
                assert_eq!(
                    read_samples(&file, NOW),
                    Ok(expected.clone()),
                    "{delimiter:?}"
                );
            }
        }
    }

    #[test]
    fn what_is_still_to_come_is_named_and_not_counted() {
        let file = "kind;performer;team;made;closed;cancelled\n\
                    delivery;Sam;north;2026-01-01T08:00:00Z;2027-01-03T08:00:00Z;\n\
                    delivery;Sam;north;2062-01-01T08:00:00Z;;\n\
                    delivery;Sam;north;2026-01-01T08:00:00Z;;2026-01-03T08:00:00Z;too much\n";
        let windows = file.replace('\n', "\r\n");
        let (samples, broken) = read_samples(windows.as_bytes(), NOW).unwrap();
        assert_eq!(read_samples(file.as_bytes(), NOW).unwrap().1, broken);
        assert!(samples.is_empty());
        let told: Vec<String> = broken
            .iter()
            .map(|row| format!("{} {}", row.line, row.reason))
            .collect();
        assert_eq!(
            told,
            [
                "2 “closed” is in the future: 2027-01-03T08:00:00Z",
                "3 “made” is in the future: 2062-01-01T08:00:00Z",
                "4 it has 7 fields, and the first line has 6",
            ]
        );
    }

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
        let (samples, broken) = read_samples(file.as_bytes(), NOW).unwrap();
        assert_eq!(samples.len(), 3);
        assert_eq!(samples[0].ending, Ending::Closed(1_767_423_600_000));
        assert!(matches!(samples[1].ending, Ending::Censored(_)));
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
        let (samples, broken) = read_samples(file.as_bytes(), NOW).unwrap();
        assert!(broken.is_empty());
        let Ending::Closed(done) = samples[0].ending else {
            panic!("{samples:?}")
        };
        assert_eq!(samples[0].ending_at(done), Some(Ending::Open));
        assert_eq!(samples[1].received_at, None);
    }

    #[test]
    fn another_file_is_refused_as_a_whole() {
        assert_eq!(
            read_samples(b"a,b\n1,2\n", NOW),
            Err(SamplesError::Column("kind"))
        );
        assert!(read_samples(b"\xff\xd8\xff\xe0", NOW).is_err());
        assert_eq!(read_samples(b"", NOW), Err(SamplesError::Column("kind")));
    }
}
