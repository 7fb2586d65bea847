//! Confirmation before something is done: on a terminal a question, elsewhere a refusal that names the flag that does
//! it, or a warning.

use std::io::{BufRead, IsTerminal, Write};

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::notebook::{ApiResult, KeptError, PromiseDraft};

use crate::output::Output;
use crate::view::View;

/// The flag that answers every question with yes.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct AnywayArgs {
    /// Do it without asking, also where something speaks against it
    #[arg(long)]
    pub anyway: bool,
}

impl AnywayArgs {
    /// Goes on if the user says so, or the flag was given; else an error. `reason` is what speaks against it, as a
    /// sentence.
    pub fn confirm(self, out: &Output, reason: &Message) -> ApiResult<()> {
        if self.anyway {
            return Ok(());
        }
        let reason = out.text(reason);
        if can_ask(out) {
            let question = Message::new("cli-anyway-question").text("reason", &reason);
            if is_answered_yes(&out.one_line_text(&question)) {
                return Ok(());
            }
        }
        let message = Message::new("cli-anyway-refused").text("reason", reason);
        Err(KeptError::invalid("anyway", message))
    }

    /// Asks, or warns, where a promise was made already that says the same.
    pub fn confirm_double_promise(
        self,
        notebook: &Notebook,
        view: &View<'_>,
        draft: &PromiseDraft,
    ) -> ApiResult<()> {
        let Some(double) = notebook
            .duplicates_of_promise(draft.clone())?
            .into_iter()
            .next()
        else {
            return Ok(());
        };
        let reason = Message::new("cli-double-promise")
            .text("promise", view.promise_sentence(&double))
            .text("id", view.short_id(double.id));
        self.confirm_or_warn(view.out, &reason)
    }

    /// Asks if it is meant, where a user can answer; elsewhere says what speaks against it, and goes on.
    pub fn confirm_or_warn(self, out: &Output, reason: &Message) -> ApiResult<()> {
        if self.anyway || can_ask(out) {
            return self.confirm(out, reason);
        }
        if out.json {
            out.print_warning(reason);
        } else {
            out.print_note(reason);
        }
        Ok(())
    }
}

/// True if a user can be asked: standard input and standard error are terminals, and no JSON is printed.
fn can_ask(out: &Output) -> bool {
    !out.json && std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// True if the answer to a question is yes, in either language.
fn is_answered_yes(question: &str) -> bool {
    let mut stderr = std::io::stderr();
    let written = write!(stderr, "{question} ").and_then(|()| stderr.flush());
    let mut answer = String::new();
    let read = written.and_then(|()| std::io::stdin().lock().read_line(&mut answer));
    let answer = answer.trim().to_lowercase();
    read.is_ok() && ["y", "yes", "j", "ja"].contains(&answer.as_str())
}
