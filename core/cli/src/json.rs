//! JSON for machines. Sentences, which the core hands out as a key with values, get their text beside them.

use kept_core::language::{Lang, Message, MessageArg, MessageValue, message_text};
use kept_core::model::time::{Due, DuePart, EndOfDay};
use kept_core::notebook::{ApiResult, KeptError};
use kept_help::error_json;
use serde::Serialize;
use serde_json::{Value, json};

/// A value with the text of each sentence in it.
pub fn with_texts(value: &impl Serialize, lang: Lang) -> ApiResult<Value> {
    let mut value = serde_json::to_value(value).map_err(|e| KeptError::Unexpected {
        reason: e.to_string(),
    })?;
    add_texts(&mut value, lang);
    Ok(value)
}

/// An error as machines read it, with the sentence that people read.
pub fn error(error: &KeptError, message: &Message, lang: Lang) -> Value {
    let (kind, field) = match error {
        KeptError::NotFound { .. } => ("not_found", None),
        KeptError::Invalid { field, .. } => ("invalid", Some(field)),
        KeptError::Offline { .. } => ("offline", None),
        KeptError::SignedOut => ("signed_out", None),
        KeptError::NeedsJoin => ("needs_join", None),
        KeptError::Busy => ("busy", None),
        KeptError::SyncRunning => ("under_way", None),
        KeptError::Storage { .. } => ("storage", None),
        KeptError::Unexpected { .. } => ("unexpected", None),
        KeptError::Closed => ("closed", None),
    };
    let text = message_text(message, lang);
    let mut json_value = error_json(kind, Some(&message.key), &text);
    let fields = &mut json_value["error"];
    if let Some(field) = field {
        fields["field"] = field.as_str().into();
    }
    if let KeptError::Storage { problem, .. } = error {
        fields["problem"] = json!(problem);
    }
    if let KeptError::Offline {
        outage,
        sent,
        unsent,
    } = error
    {
        fields["reason"] = json!(outage);
        fields["sent"] = (*sent).into();
        fields["unsent"] = (*unsent).into();
    }
    json_value
}

fn add_texts(value: &mut Value, lang: Lang) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| add_texts(value, lang)),
        Value::Object(fields) => {
            if let Some(message) = message_of(fields) {
                fields.insert("text".into(), message_text(&message, lang).into());
                return;
            }
            fields.values_mut().for_each(|value| add_texts(value, lang));
        }
        _ => {}
    }
}

/// The sentence that an object stands for, if it is one.
fn message_of(fields: &serde_json::Map<String, Value>) -> Option<Message> {
    if fields.len() != 2 {
        return None;
    }
    let args = fields.get("args")?.as_array()?;
    Some(Message {
        key: fields.get("key")?.as_str()?.to_owned(),
        args: args.iter().map(arg_of).collect::<Option<_>>()?,
    })
}

fn arg_of(arg: &Value) -> Option<MessageArg> {
    let (kind, value) = arg.get("value")?.as_object()?.iter().next()?;
    let text = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
    let value = match kind.as_str() {
        "text" => MessageValue::Text {
            text: text("text")?,
        },
        "number" => MessageValue::Number {
            number: value.get("number")?.as_i64()?,
        },
        "key" => MessageValue::Key { key: text("key")? },
        "instant" => MessageValue::Instant {
            at_ms: value.get("at_ms")?.as_i64()?,
            zone: text("zone")?,
        },
        "due" => MessageValue::Due {
            due: due_of(value.get("due")?)?,
        },
        _ => return None,
    };
    Some(MessageArg {
        name: arg.get("name")?.as_str()?.to_owned(),
        value,
    })
}

fn due_of(due: &Value) -> Option<Due> {
    let part = due.get("part")?;
    let parts = [DuePart::Morning, DuePart::Afternoon, DuePart::Day];
    let part = match part.as_object().and_then(|part| part.values().next()) {
        Some(minute) => DuePart::Minute {
            of_day: u16::try_from(minute.get("of_day")?.as_u64()?).ok()?,
        },
        None => parts
            .into_iter()
            .find(|known| serde_json::to_value(known).is_ok_and(|known| known == *part))?,
    };
    Some(Due {
        date: due.get("date")?.as_str()?.to_owned(),
        part,
        zone: due.get("zone")?.as_str()?.to_owned(),
        end_of_day: due.get("closing").and_then(closing_of),
        repeated: due.get("repeated").is_some_and(|repeated| repeated == true),
    })
}

fn closing_of(end_of_day: &Value) -> Option<EndOfDay> {
    Some(EndOfDay {
        date: end_of_day.get("date")?.as_str()?.to_owned(),
        of_day: u16::try_from(end_of_day.get("of_day")?.as_u64()?).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_get_their_text() {
        let due = |part| Due {
            date: "2026-11-17".into(),
            part,
            zone: "Europe/Berlin".into(),
            end_of_day: None,
            repeated: false,
        };
        for (part, said) in [
            (
                DuePart::Minute { of_day: 600 },
                "Tue 17 Nov 2026, 10:00 CET",
            ),
            (DuePart::Morning, "Tue 17 Nov 2026, morning"),
            (DuePart::Day, "Tue 17 Nov 2026"),
        ] {
            let message = Message::new("promise-sentence")
                .text("promiser", "Ana")
                .text("deliverable", "pump")
                .text("account", "Miller")
                .due("due", &due(part));
            let value = with_texts(&vec![message], Lang::En).unwrap();
            assert_eq!(
                value[0]["text"],
                format!("Ana promised “pump” to Miller, due {said}")
            );
        }
        let message = Message::new("error-not-found")
            .keyed("what", "thing-visit")
            .text("id", "x");
        let text = with_texts(&message, Lang::De).unwrap()["text"].clone();
        assert!(text.as_str().unwrap().contains("Besuch „x“"), "{text}");
        let message = Message::new("status-last-contact").instant("when", 0, "UTC");
        let text = with_texts(&message, Lang::En).unwrap()["text"].clone();
        assert!(text.as_str().unwrap().contains("1970"), "{text}");
    }
}
