//! One audit line, as JSON and as people read it.

use std::net::IpAddr;

use kept_core::model::time::Millis;
use serde_json::{Map, Value, json};

use super::AuditEvent;

/// Characters of one name or detail that are kept.
const MAX_CHARS: usize = 200;

/// One audit line. Its texts hold nothing but plain characters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AuditLine {
    at: Millis,
    event: String,
    by: String,
    from: Option<String>,
    details: Map<String, Value>,
}

impl AuditLine {
    pub(super) fn new(
        at: Millis,
        (by, from): (&str, Option<IpAddr>),
        audit_event: &AuditEvent,
    ) -> Self {
        let details = audit_event.details.iter();
        let details = details.map(|(name, text)| ((*name).to_owned(), Value::from(plain(text))));
        Self {
            at,
            event: audit_event.word.to_owned(),
            by: plain(by),
            from: from.map(|address| address.to_string()),
            details: details.collect(),
        }
    }

    /// Reads a line of the file; none where it is something else.
    pub(super) fn read(line: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(line).ok()?;
        let text = |name: &str| Some(plain(value.get(name)?.as_str()?));
        let details = value.get("details")?.as_object()?.iter();
        let details = details
            .filter_map(|(name, text)| Some((plain(name), Value::from(plain(text.as_str()?)))));
        Some(Self {
            at: value.get("at")?.as_i64()?,
            event: text("event")?,
            by: text("by")?,
            from: text("from"),
            details: details.collect(),
        })
    }

    /// The instant of the line, in milliseconds since the epoch.
    pub(crate) fn at(&self) -> Millis {
        self.at
    }

    /// The line of the file.
    pub(crate) fn json(&self) -> String {
        self.value().to_string()
    }

    /// The same for machines.
    pub(crate) fn value(&self) -> Value {
        json!({
            "at": self.at,
            "event": self.event,
            "by": self.by,
            "from": self.from,
            "details": self.details,
        })
    }

    /// The line that people read, with the time in UTC.
    pub(crate) fn text(&self) -> String {
        let at = jiff::Timestamp::from_millisecond(self.at).map_or_else(
            |_| self.at.to_string(),
            |at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        );
        let from = self.from.as_ref().map(|from| format!(" from {from}"));
        let by = Value::from(self.by.as_str());
        let mut text = format!("{at}  {}  by {by}{}", self.event, from.unwrap_or_default());
        // In quotes, so that no name looks like what follows it.
        for (name, detail) in &self.details {
            text.push_str(&format!("  {name}: {detail}"));
        }
        text
    }

    pub(super) fn trace(&self) {
        let details = Value::Object(self.details.clone()).to_string();
        tracing::info!(
            target: "audit",
            event = self.event,
            by = self.by,
            from = self.from.as_deref().unwrap_or_default(),
            details,
        );
    }
}

/// A text of plain characters: those that end or turn lines, or do not show, are written as their number.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars().take(MAX_CHARS) {
        if is_plain(c) {
            plain.push(c);
        } else {
            plain.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
        }
    }
    plain
}

fn is_plain(c: char) -> bool {
    let turns_or_hides = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    );
    !c.is_control() && !turns_or_hides
}
