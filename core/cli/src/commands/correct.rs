//! `kept correct`: a visit or an observation gets what should have been entered, or goes to the archive and comes back.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::model::ids::DocId;
use kept_core::model::visit::{UsageEdit, VisitEdit};
use kept_core::notebook::{ApiResult, EntryKind, KeptError, Notebook};
use serde_json::json;

use crate::app::App;
use crate::parse;
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept correct 0199a1b2 --said \"The oven trips when it snows\" --channel call
  kept correct 0199a1b2 --account adler              it was somebody else's
  kept correct 0199a1b2 --pain 3 --frequency daily   an observation
  kept correct 0199a1b2 --archive --reason \"entered twice\"
  kept correct 0199a1b2 --restore

What was there before stays in `kept history`, and `kept undo` gives it back within a day.")]
pub struct Args {
    /// The visit or observation: id, or beginning of an id
    #[arg(value_name = "ID")]
    entry: String,
    /// The customer whom it is about: id, beginning of an id, or name
    #[arg(long, value_name = "ACCOUNT")]
    account: Option<String>,
    #[command(flatten)]
    visit: VisitArgs,
    #[command(flatten)]
    observation: ObservationArgs,
    /// Put it into the archive
    #[arg(long, conflicts_with = "restore")]
    archive: bool,
    /// Bring it back from the archive
    #[arg(long)]
    restore: bool,
    /// Why it goes to the archive or comes back
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    reason: String,
}

/// What only a visit has.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = None)]
struct VisitArgs {
    /// The words that were said
    #[arg(long, value_name = "TEXT")]
    said: Option<String>,
    /// The meaning that we think it has
    #[arg(long, value_name = "TEXT")]
    means: Option<String>,
    /// How you met
    #[arg(long, value_parser = parse::channel_values())]
    channel: Option<String>,
    /// When it was, such as "last Friday 10:00" or "vor einer Stunde"
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
    /// When you came, in words as for --at
    #[arg(long, value_name = "WHEN")]
    arrived: Option<String>,
    /// When you left, in words as for --at
    #[arg(long, value_name = "WHEN")]
    left: Option<String>,
    /// An outcome to add; may be given several times
    #[arg(long = "add-mark", value_name = "MARK")]
    add_marks: Vec<String>,
    /// An outcome to take away; may be given several times
    #[arg(long = "remove-mark", value_name = "MARK")]
    remove_marks: Vec<String>,
    /// The answer to "what did you promise?" was: nothing
    #[arg(long)]
    nothing_promised: bool,
}

/// What only an observation has.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = None)]
struct ObservationArgs {
    /// The product or machine
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// Their way of using it
    #[arg(long, value_name = "TEXT")]
    doing: Option<String>,
    /// How they help themselves
    #[arg(long, value_name = "TEXT")]
    workaround: Option<String>,
    /// How often, as they say it
    #[arg(long, value_name = "TEXT")]
    frequency: Option<String>,
    /// How much it bothers them, 0 to 3
    #[arg(long, value_name = "0-3", value_parser = kept_help::number::<u8>(0..=3))]
    pain: Option<u8>,
    /// How much of it
    #[arg(long, value_name = "TEXT")]
    quantity: Option<String>,
    /// Their words
    #[arg(long, value_name = "TEXT")]
    quote: Option<String>,
    /// Notes
    #[arg(long, value_name = "TEXT")]
    notes: Option<String>,
}

impl VisitArgs {
    fn edits(self, view: &View<'_>) -> ApiResult<Vec<VisitEdit>> {
        let was = None;
        let mut edits = Vec::new();
        edits.extend(self.said.map(|text| VisitEdit::Said {
            text,
            was: was.clone(),
        }));
        edits.extend(self.means.map(|text| VisitEdit::Means { text, was }));
        if let Some(name) = self.channel {
            let channel = parse::channel(Some(&name))?;
            edits.push(VisitEdit::Channel { channel });
        }
        if let Some(at) = self.at {
            let at = parse::moment(view, &at)?;
            edits.push(VisitEdit::HappenedAt { at });
        }
        if let Some(at) = self.arrived {
            let at = Some(parse::moment(view, &at)?);
            edits.push(VisitEdit::ArrivedAt { at });
        }
        if let Some(at) = self.left {
            let at = Some(parse::moment(view, &at)?);
            edits.push(VisitEdit::LeftAt { at });
        }
        let added = self.add_marks.into_iter();
        edits.extend(added.map(|mark| VisitEdit::AddMark { mark }));
        let removed = self.remove_marks.into_iter();
        edits.extend(removed.map(|mark| VisitEdit::RemoveMark { mark }));
        if self.nothing_promised {
            edits.push(VisitEdit::NothingPromised { nothing: true });
        }
        Ok(edits)
    }
}

impl ObservationArgs {
    fn edits(self) -> Vec<UsageEdit> {
        let mut edits = Vec::new();
        edits.extend(self.product.map(|text| UsageEdit::Product { text }));
        edits.extend(self.doing.map(|text| UsageEdit::Doing { text }));
        edits.extend(self.workaround.map(|text| UsageEdit::Workaround { text }));
        edits.extend(self.frequency.map(|text| UsageEdit::Frequency { text }));
        edits.extend(self.pain.map(|pain| UsageEdit::Pain { pain }));
        edits.extend(self.quantity.map(|text| UsageEdit::Quantity { text }));
        edits.extend(self.quote.map(|text| UsageEdit::Quote { text }));
        edits.extend(self.notes.map(|text| UsageEdit::Notes { text, was: None }));
        edits
    }
}

/// Corrects, archives or brings back.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let view = View::new(app, &notebook)?;
    let id = parse::find_entry(&notebook, "thing-entry", args.entry.clone())?;
    let account = args.account.clone();
    let account = account
        .map(|text| notebook.find_document(text))
        .transpose()?;
    let (visit, observation) = (args.visit.edits(&view)?, args.observation.edits());
    let moves = args.archive || args.restore;
    if visit.is_empty() && observation.is_empty() && account.is_none() && !moves {
        return Err(KeptError::invalid(
            "entry",
            Message::new("cli-nothing-to-correct"),
        ));
    }
    match notebook.entry_kind(id)? {
        EntryKind::Visit if observation.is_empty() => {
            correct_visit(&notebook, id, visit, account)?;
        }
        EntryKind::Usage if visit.is_empty() => {
            correct_observation(&notebook, id, observation, account)?;
        }
        _ => {
            return Err(KeptError::invalid(
                "entry",
                Message::new("cli-not-corrected-so"),
            ));
        }
    }
    if args.archive {
        notebook.archive_entry(id, args.reason)?;
    } else if args.restore {
        notebook.restore_entry(id, args.reason)?;
    }
    if app.out.json {
        app.out.print_json(&json!({ "id": id }))?;
    } else {
        app.out.print_message(&Message::new("cli-corrected"));
    }
    Ok(ExitCode::SUCCESS)
}

fn correct_visit(
    notebook: &Notebook,
    id: DocId,
    mut edits: Vec<VisitEdit>,
    account: Option<DocId>,
) -> ApiResult<()> {
    edits.extend(account.map(|account| VisitEdit::Account {
        account: Some(account),
        contact: None,
        labels: Default::default(),
    }));
    match edits.is_empty() {
        true => Ok(()),
        false => notebook.edit_visit(id, edits),
    }
}

fn correct_observation(
    notebook: &Notebook,
    id: DocId,
    mut edits: Vec<UsageEdit>,
    account: Option<DocId>,
) -> ApiResult<()> {
    edits.extend(account.map(|account| UsageEdit::Account {
        account: Some(account),
        labels: Default::default(),
    }));
    match edits.is_empty() {
        true => Ok(()),
        false => notebook.edit_usage(id, edits),
    }
}
