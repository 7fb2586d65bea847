//! `kept log --stdin`: many visits, one JSON object a line; an id is printed when its visit is durable.

use std::io::{BufRead, Read};
use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::notebook::{ApiResult, KeptError, LoggedVisit, is_empty_visit};

use crate::app::{App, exit_code};
use crate::parse::{JsonObject, VisitInput};
use crate::view::View;

/// Bytes of a line.
const LINE_BYTES: usize = 1024 * 1024;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = r#"Examples:
  echo '{"account": "süß", "said": "All fine"}' | kept log --stdin
  kept log --stdin --json < visits.jsonl

A line has "account" (id or name) and "said", and may have "means", "channel" (on-site, call, video,
message, event), "contact", "marks", "wish", "at" ("yesterday 14:00" or 2026-11-20T14:00:00+01:00),
"planned", "arrived", "left" (times like "at"), "place" (an object with "lat" and "lon" in degrees, "accuracy"
in metres and "age_ms"), "nothing_promised": true,
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

/// Reads lines until the input ends.
pub fn run(app: &App, _args: &Args) -> ApiResult<ExitCode> {
    let mut notebook = None;
    let mut input = std::io::stdin().lock();
    let mut failed = false;
    let mut has_reader = true;
    let mut count: i64 = 0;
    let mut number = 0;
    while let Some(line) = next_line(&mut input)? {
        number += 1;
        let line = match line {
            Ok(line) => line,
            Err(error) => {
                failed = true;
                app.out.print_line_error(number, &error, None);
                continue;
            }
        };
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        match log_line(app, &mut notebook, line) {
            Ok(logged) => {
                count += 1;
                // Lines whose answer has no reader are logged all the same: their sender keeps no copy.
                has_reader =
                    has_reader && app.out.try_print_line(&logged.visit.to_string(), &logged)?;
            }
            // So are lines after one that found no room: there may be some again.
            Err(error) => {
                failed = true;
                let line = String::from_utf8_lossy(line);
                app.out.print_line_error(number, &error, Some(&line));
            }
        }
    }
    if !has_reader {
        let message = Message::new("cli-output-gone").number("count", count);
        return Err(KeptError::invalid("output", message));
    }
    Ok(exit_code(!failed))
}

/// Logs a line. The notebook is opened with the first one that it takes, and is others' between two lines.
fn log_line(app: &App, notebook: &mut Option<Notebook>, line: &[u8]) -> ApiResult<LoggedVisit> {
    let notebook = match notebook.take() {
        Some(open) => notebook.insert(open),
        None => notebook.insert(app.open()?),
    };
    notebook.keep_lock()?;
    let logged = log_visit(app, notebook, line);
    notebook.release_lock();
    logged
}

/// The next line, or why it cannot be taken; none at the end. A line that is too long is passed over.
fn next_line(input: &mut impl BufRead) -> ApiResult<Option<ApiResult<Vec<u8>>>> {
    let read_error = |error: std::io::Error| KeptError::Unexpected {
        reason: error.to_string(),
    };
    let mut line = Vec::new();
    let limit = LINE_BYTES as u64 + 1;
    let read = input
        .by_ref()
        .take(limit)
        .read_until(b'\n', &mut line)
        .map_err(read_error)?;
    if read == 0 {
        return Ok(None);
    }
    if line.len() > LINE_BYTES && line.last() != Some(&b'\n') {
        input.skip_until(b'\n').map_err(read_error)?;
        let message = Message::new("cli-line-too-long").number("limit", 1);
        return Ok(Some(Err(KeptError::invalid("line", message))));
    }
    Ok(Some(Ok(line)))
}

fn log_visit(app: &App, notebook: &Notebook, line: &[u8]) -> ApiResult<LoggedVisit> {
    let JsonObject(input): JsonObject<VisitInput> =
        serde_json::from_slice(line).map_err(|error| {
            // Each line is read alone, and so the reader's count of lines says nothing.
            let reason = error.to_string().replace(" at line 1 column", ", column");
            let message = Message::new("cli-not-a-visit").text("reason", reason);
            KeptError::invalid("line", message)
        })?;
    // A machine is asked nothing: promises that were made already are not looked for.
    let anyway = input.anyway;
    let entry = input.into_entry(notebook, &View::new(app, notebook)?)?;
    if is_empty_visit(&entry) && !anyway {
        let message = Message::new("cli-empty-visit-line");
        return Err(KeptError::invalid("anyway", message));
    }
    notebook.log_visit(entry)
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
