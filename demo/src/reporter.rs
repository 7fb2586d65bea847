//! One short line for each thing that happens: for people, or as JSON for machines.

use std::io::{self, Write};

use kept_core::Environment;
use kept_core::model::time;
use serde_json::json;

/// The width at which names are written, in characters.
const NAMES: usize = 7;

/// Prints what happens.
pub(crate) struct Reporter<'a> {
    out: &'a mut dyn Write,
    json: bool,
    colours: bool,
    environment: &'a dyn Environment,
}

impl<'a> Reporter<'a> {
    /// Prints to `out`; `colours` only where it is a terminal that people look at.
    pub(crate) fn new(
        out: &'a mut dyn Write,
        json: bool,
        colours: bool,
        environment: &'a dyn Environment,
    ) -> Self {
        Self {
            out,
            json,
            colours: colours && !json,
            environment,
        }
    }

    fn clock(&self) -> String {
        let now = time::zoned(self.environment.wall_ms(), &self.environment.zone());
        now.map_or_else(
            |_| String::new(),
            |now| now.strftime("%H:%M:%S").to_string(),
        )
    }

    fn painted(&self, text: &str, code: &str) -> String {
        if self.colours {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    /// Prints that a person does something.
    pub(crate) fn report(&mut self, who: &str, what: &str) -> io::Result<()> {
        if self.json {
            let at = self.environment.wall_ms();
            writeln!(
                self.out,
                "{}",
                json!({ "at": at, "who": who, "what": what })
            )?;
        } else {
            let (clock, name) = (self.painted(&self.clock(), "2"), format!("{who:<NAMES$}"));
            writeln!(self.out, "{clock}  {} {what}", self.painted(&name, "1;36"))?;
        }
        self.out.flush()
    }

    /// A line of the demo itself; `value` is what a machine reads instead.
    pub(crate) fn note(&mut self, text: &str, value: &serde_json::Value) -> io::Result<()> {
        if self.json {
            writeln!(self.out, "{value}")?;
        } else {
            writeln!(self.out, "{text}")?;
        }
        self.out.flush()
    }

    /// Prints the result of a check.
    pub(crate) fn check(&mut self, holds: bool, what: &str, detail: &str) -> io::Result<()> {
        if self.json {
            let value = json!({ "check": what, "holds": holds, "detail": detail });
            return writeln!(self.out, "{value}");
        }
        let mark = if holds {
            self.painted("✓", "32")
        } else {
            self.painted("✗", "1;31")
        };
        let detail = if detail.is_empty() {
            String::new()
        } else {
            format!(": {detail}")
        };
        writeln!(self.out, "{mark} {what}{}", self.painted(&detail, "2"))
    }
}
