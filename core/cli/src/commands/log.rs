//! `kept log --stdin`: many visits, one JSON object a line; an id is printed when its visit is durable.

use std::io::{BufRead, Read};
use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::model::visit::VisitDraft;
use kept_core::notebook::{ApiResult, KeptError, Logged, TapDraft, is_empty_visit};
use kept_core::words::Words;
use serde::Deserialize;

use crate::entering::{self, Object, ObservationInput, PromiseInput};
use crate::folder::Desk;
use crate::people;
use crate::show::View;

/// Bytes of a line.
const LINE_BYTES: usize = 1024 * 1024;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = r#"Examples:
  echo '{"account": "süß", "said": "All fine"}' | kept log --stdin
  kept log --stdin --json < visits.jsonl

A line has "account" (id or name) and "said", and may have "means", "channel" (on-site, call, video,
message, event), "contact", "marks", "wish", "at" ("yesterday 14:00" or 2026-11-20T14:00:00+01:00),
"observations" (objects with "doing", "need", "product", "workaround", "frequency", "pain", "quantity",
"quote", "themes", "consent", "notes") and "promises" (objects with "deliverable", "due", and maybe
"kind", "criterion", "performer", "pool", "nobody", "told", "ask", "words"). A visit that says nothing
is taken with "anyway": true only.

The id of a visit is printed once it is on disk. A line that cannot be taken is shown on standard error with
its reason, the others are taken, and the exit code is 1. So it is if the ids can no longer be printed: every
line is taken all the same. Other commands use the notebook between two lines."#)]
pub struct Args {
    /// Read from standard input
    #[arg(long, required = true)]
    stdin: bool,
}

/// A visit as a line gives it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VisitInput {
    account: String,
    said: String,
    #[serde(default)]
    means: String,
    #[serde(default)]
    channel: Option<String>,
    #[serde(default)]
    contact: Option<String>,
    #[serde(default)]
    marks: Vec<String>,
    #[serde(default)]
    wish: String,
    #[serde(default)]
    at: Option<String>,
    #[serde(default)]
    observations: Vec<Object<ObservationInput>>,
    #[serde(default)]
    promises: Vec<Object<PromiseInput>>,
    /// Take it even if it says nothing.
    #[serde(default)]
    anyway: bool,
}

/// Reads lines until the input ends.
pub fn run(desk: &Desk, _args: &Args) -> ApiResult<ExitCode> {
    let mut notebook = None;
    let mut input = std::io::stdin().lock();
    let mut failed = false;
    let mut heard = true;
    let mut count: i64 = 0;
    let mut number = 0;
    while let Some(line) = next_line(&mut input)? {
        number += 1;
        let line = match line {
            Ok(line) => line,
            Err(error) => {
                failed = true;
                desk.out.error_in_line(number, &error, None);
                continue;
            }
        };
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        match take(desk, &mut notebook, line) {
            Ok(logged) => {
                count += 1;
                // Lines whose answer has no reader are logged all the same: their sender keeps no copy.
                heard = heard && desk.out.offer(&logged.visit.to_string(), &logged)?;
            }
            // So are lines after one that found no room: there may be some again.
            Err(error) => {
                failed = true;
                let line = String::from_utf8_lossy(line);
                desk.out.error_in_line(number, &error, Some(&line));
            }
        }
    }
    if !heard {
        let words = Words::new("cli-output-gone").number("count", count);
        return Err(KeptError::invalid("output", words));
    }
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Logs a line. The notebook is opened with the first one that it takes, and is others' between two lines.
fn take(desk: &Desk, notebook: &mut Option<Notebook>, line: &[u8]) -> ApiResult<Logged> {
    let notebook = match notebook.take() {
        Some(open) => notebook.insert(open),
        None => notebook.insert(desk.open()?),
    };
    notebook.stay()?;
    let logged = log(desk, notebook, line);
    notebook.leave();
    logged
}

/// The next line, or why it cannot be taken; none at the end. What is too long is passed over.
fn next_line(input: &mut impl BufRead) -> ApiResult<Option<ApiResult<Vec<u8>>>> {
    let broken = |error: std::io::Error| KeptError::Unexpected {
        reason: error.to_string(),
    };
    let mut line = Vec::new();
    let most = LINE_BYTES as u64 + 1;
    let read = input
        .by_ref()
        .take(most)
        .read_until(b'\n', &mut line)
        .map_err(broken)?;
    if read == 0 {
        return Ok(None);
    }
    if line.len() > LINE_BYTES && line.last() != Some(&b'\n') {
        input.skip_until(b'\n').map_err(broken)?;
        let words = Words::new("cli-line-too-long").number("limit", 1);
        return Ok(Some(Err(KeptError::invalid("line", words))));
    }
    Ok(Some(Ok(line)))
}

fn log(desk: &Desk, notebook: &Notebook, line: &[u8]) -> ApiResult<Logged> {
    let Object(input): Object<VisitInput> = serde_json::from_slice(line).map_err(|error| {
        // Each line is read alone, and so the reader's count of lines says nothing.
        let reason = error.to_string().replace(" at line 1 column", ", column");
        let words = Words::new("cli-not-a-visit").text("reason", reason);
        KeptError::invalid("line", words)
    })?;
    let view = View::new(desk, notebook)?;
    let account = notebook.find(input.account)?;
    let contact = match &input.contact {
        Some(name) => Some(people::contact(notebook, account, name)?),
        None => None,
    };
    let channel = entering::channel(input.channel.as_deref())?;
    let happened_at = match &input.at {
        Some(text) => Some(entering::moment(&view, text)?),
        None => None,
    };
    let promises = input.promises.into_iter();
    let promises = promises
        .map(|Object(promise)| promise.draft(notebook, &view, Some(account), contact, channel));
    let tap = TapDraft {
        visit: VisitDraft {
            account: Some(account),
            contact,
            channel,
            said: input.said,
            means: input.means,
            marks: input.marks,
            help: input.wish,
            happened_at,
            ..VisitDraft::default()
        },
        usages: input
            .observations
            .into_iter()
            .map(|Object(observation)| observation.into())
            .collect(),
        promises: promises.collect::<ApiResult<_>>()?,
    };
    if is_empty_visit(&tap) && !input.anyway {
        let words = Words::new("cli-empty-visit-line");
        return Err(KeptError::invalid("anyway", words));
    }
    notebook.log_visit(tap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_does_not_hide_the_next() {
        let mut input = vec![b'x'; 3 * LINE_BYTES];
        input.extend_from_slice(b"\nnext\nlast");
        let mut input = input.as_slice();
        assert!(next_line(&mut input).unwrap().unwrap().is_err());
        assert_eq!(next_line(&mut input).unwrap().unwrap().unwrap(), b"next\n");
        assert_eq!(next_line(&mut input).unwrap().unwrap().unwrap(), b"last");
        assert!(next_line(&mut input).unwrap().is_none());
    }
}
