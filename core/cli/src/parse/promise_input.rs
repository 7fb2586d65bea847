//! A promise as it is entered, on the command line or in a line of JSON, and who is to deliver it.

use kept_core::Notebook;
use kept_core::model::event::Performer;
use kept_core::model::ids::{DocId, ItemId, Team};
use kept_core::model::visit::Channel;
use kept_core::notebook::{ApiResult, PromiseDraft};
use serde::Deserialize;

use super::DEFAULT_KIND;
use super::people::colleague;
use super::times::due;
use crate::view::View;

/// The options that name the performer.
#[derive(Debug, Default, clap::Args)]
#[group(multiple = false)]
pub struct PerformerArgs {
    /// Who is to deliver, by name [default: yourself]
    #[arg(long, value_name = "NAME")]
    pub performer: Option<String>,
    /// Whoever is free on call for this
    #[arg(long, value_name = "POOL")]
    pub pool: Option<String>,
    /// Nobody is named yet
    #[arg(long)]
    pub nobody: bool,
}

impl PerformerArgs {
    /// True if a performer or a pool was named, or `--nobody` was given.
    pub fn is_given(&self) -> bool {
        self.performer.is_some() || self.pool.is_some() || self.nobody
    }

    /// The performer that is meant; without any option the owner of the notebook.
    pub fn find(&self, notebook: &Notebook) -> ApiResult<Performer> {
        if let Some(pool) = &self.pool {
            return Ok(Performer::Pool {
                pool: pool.parse::<Team>()?,
            });
        }
        if self.nobody {
            return Ok(Performer::Nobody);
        }
        let person = match &self.performer {
            Some(name) => colleague(notebook, name)?,
            None => notebook.me()?.person,
        };
        Ok(Performer::Person { person })
    }
}

/// A promise as it is entered, on the command line or in a line of JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromiseInput {
    pub deliverable: String,
    pub due: String,
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub criterion: String,
    #[serde(default)]
    pub performer: Option<String>,
    #[serde(default)]
    pub pool: Option<String>,
    #[serde(default)]
    pub nobody: bool,
    #[serde(default)]
    pub told: bool,
    #[serde(default)]
    pub ask: Option<bool>,
    #[serde(default)]
    pub words: Option<String>,
    #[serde(default)]
    pub not_before: Option<String>,
}

impl PromiseInput {
    /// The promise that the core is to make.
    pub fn into_draft(
        self,
        notebook: &Notebook,
        view: &View<'_>,
        account: Option<DocId>,
        contact: Option<ItemId>,
        channel: Channel,
    ) -> ApiResult<PromiseDraft> {
        let performer = PerformerArgs {
            performer: self.performer,
            pool: self.pool,
            nobody: self.nobody,
        };
        Ok(PromiseDraft {
            kind: self.kind.unwrap_or_else(|| DEFAULT_KIND.to_owned()),
            deliverable: self.deliverable,
            criterion: self.criterion,
            account,
            contact,
            performer: performer.find(notebook)?,
            due: due(view, &self.due)?,
            words: self.words.unwrap_or(self.due),
            channel,
            told: self.told,
            ask: self.ask.unwrap_or(true),
            not_before: match self.not_before {
                Some(text) => Some(due(view, &text)?),
                None => None,
            },
            suggestion: None,
            makes_right: None,
        })
    }
}

/// The terms of a promise on the command line, beside its deliverable and date.
#[derive(Debug, Default, clap::Args)]
pub struct PromiseTermsArgs {
    #[command(flatten)]
    pub performer: PerformerArgs,
    /// What kind: callback, quote, delivery and so on [default: other]
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// What the customer will see when it is done, in their words
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub criterion: String,
    /// The date in the words that were spoken [default: what stands behind --due]
    #[arg(long, value_name = "TEXT")]
    pub words: Option<String>,
    /// It is not wanted before this day
    #[arg(long, value_name = "WHEN")]
    pub not_before: Option<String>,
    /// The customer was told already
    #[arg(long)]
    pub told: bool,
    /// Do not ask whoever is to deliver
    #[arg(long)]
    pub no_ask: bool,
}

impl PromiseTermsArgs {
    /// The promise of these terms.
    pub fn into_input(self, deliverable: String, due: String) -> PromiseInput {
        PromiseInput {
            deliverable,
            due,
            kind: self.kind,
            criterion: self.criterion,
            performer: self.performer.performer,
            pool: self.performer.pool,
            nobody: self.performer.nobody,
            told: self.told,
            ask: Some(!self.no_ask),
            words: self.words,
            not_before: self.not_before,
        }
    }
}
