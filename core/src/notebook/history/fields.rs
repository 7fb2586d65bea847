//! The names and values of a document's fields, as messages for histories.

use serde::Serialize;

use crate::language::Message;
use crate::model::account_field::AccountField;
use crate::model::handbook::Handbook;
use crate::model::visit::{Channel, UsageKind};
use crate::notebook::accounts::messages::contact_label_message;
use crate::notebook::handbook::messages::with_kind;
use crate::notebook::usages::messages::usage_kind_message;
use crate::notebook::visits::messages::{channel_message, place_message};

/// A field for readers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct FieldMessage {
    /// The field's name.
    pub label: Message,
    /// The field's value.
    pub value: Message,
}

/// A value of a document, with its place in it.
#[derive(Clone, Copy, Debug)]
pub(in crate::notebook) struct FieldValue<'a> {
    /// The map that holds it; empty for the document itself.
    pub map: &'a str,
    /// Its key there: a name, a member of a set, or an item and its part.
    pub key: &'a str,
    /// The value; empty where it was taken away.
    pub value: &'a str,
}

impl<'a> FieldValue<'a> {
    /// Returns the field of a path such as `name`, `tags/café` or `contacts/…/role`.
    pub(in crate::notebook) fn at(path: &'a str, value: &'a str) -> Self {
        let (map, key) = path.split_once('/').unwrap_or(("", path));
        Self { map, key, value }
    }

    /// Returns the field for readers, times in a zone; none for a field that only machines read.
    pub(in crate::notebook) fn words(
        &self,
        handbook: &Handbook,
        zone: &str,
    ) -> Option<FieldMessage> {
        if self.map.is_empty() {
            return self.of_document(zone);
        }
        if self.map == "needs" {
            return Some(FieldMessage {
                label: with_kind(Message::new("field-need"), handbook, self.key),
                value: match self.value {
                    "" => Message::new("past-removed"),
                    within => Message::new("past-need").text("need", within),
                },
            });
        }
        let Some((_, part)) = self.key.split_once('/') else {
            return Some(self.member());
        };
        self.of_item(part)
    }

    fn of_document(&self, zone: &str) -> Option<FieldMessage> {
        let value = match (self.key, self.value) {
            (
                // The names of customer and contact stand in `labels`.
                "id" | "kind" | "written" | "account" | "contact" | "visit",
                _,
            )
            | ("consent", "false") => return None,
            (_, "") => Message::new("past-removed"),
            ("form", "organisation") => Message::new("form-organisation"),
            ("form", "person") => Message::new("form-person"),
            ("need", need) => usage_kind_message(match need {
                "true" => UsageKind::Need,
                _ => UsageKind::Use,
            }),
            ("channel", name) => {
                Channel::from_name(name).map_or_else(|| value_message(name), channel_message)
            }
            ("consent", _) => Message::new("past-yes"),
            ("pain", bothers) => match bothers.parse::<i64>() {
                Ok(bothers) => Message::new("past-pain").number("pain", bothers),
                Err(_) => value_message(bothers),
            },
            ("nothing_promised", "true") => Message::new("visit-nothing-promised"),
            ("nothing_promised", _) => Message::new("past-removed"),
            ("place", place) => match place.parse() {
                Ok(place) => place_message(place),
                Err(_) => value_message(place),
            },
            ("happened_at" | "planned_at" | "arrived_at" | "left_at", at) => match at.parse() {
                Ok(at) => Message::new("past-instant").instant("when", at, zone),
                Err(_) => value_message(at),
            },
            (_, value) => value_message(value),
        };
        let label = document_label(self.key);
        Some(FieldMessage { label, value })
    }

    /// Returns a member of a set, which is keyed by its members.
    fn member(&self) -> FieldMessage {
        let value = match self.value {
            "" => Message::new("past-member-removed").text("value", self.key),
            _ => value_message(self.key),
        };
        let label = item_label(self.map, "member");
        FieldMessage { label, value }
    }

    fn of_item(&self, part: &str) -> Option<FieldMessage> {
        let value = match (self.map, part, self.value) {
            (_, "kind" | "contact" | "site", _) | (_, "gone", "" | "false") => return None,
            (_, "gone", _) | (_, _, "") => Message::new("past-removed"),
            ("reach", "label", label) => contact_label_message(label),
            (_, _, value) => value_message(value),
        };
        let label = item_label(self.map, part);
        Some(FieldMessage { label, value })
    }
}

/// Returns a value as it stands.
pub(in crate::notebook) fn value_message(text: &str) -> Message {
    Message::new("past-value").text("value", text)
}

/// Returns the name of a field of a document itself.
pub(in crate::notebook) fn document_label(key: &str) -> Message {
    if let Some(field) = AccountField::from_key(key) {
        return Message::new(field.label);
    }
    Message::new(match key {
        "form" | "need" => "field-form",
        "labels" => "field-account",
        "source" => "field-source",
        "channel" => "field-channel",
        "happened_at" => "field-happened-at",
        "planned_at" => "field-planned-at",
        "arrived_at" => "field-arrived-at",
        "left_at" => "field-left-at",
        "place" => "field-place",
        "nothing_promised" => "field-nothing-promised",
        "said" => "field-said",
        "means" => "field-means",
        "help" => "field-help",
        "product" => "field-product",
        "doing" => "field-doing",
        "workaround" => "field-workaround",
        "frequency" => "field-frequency",
        "pain" => "field-pain",
        "quantity" => "field-quantity",
        "quote" => "field-quote",
        "consent" => "field-consent",
        "also_called" => "field-also-called",
        "wins" => "field-wins",
        _ => "field-other",
    })
}

/// Returns the name of a part of an item, or of a member of a set.
fn item_label(map: &str, part: &str) -> Message {
    Message::new(match (map, part) {
        ("reach", "value" | "gone") => "field-reach",
        ("reach", "label") => "field-reach-label",
        ("contacts", "name" | "gone") => "field-contact",
        ("contacts", "role") => "field-contact-role",
        ("contacts", "title") => "field-title",
        ("contacts", "birthday") => "field-birthday",
        ("contacts", "also_called") => "field-also-called",
        ("sites", "label" | "gone") => "field-site",
        ("sites", "address") => "field-site-address",
        ("assets", "label" | "gone") => "field-asset",
        ("assets", "serial") => "field-asset-serial",
        ("tags", _) => "field-tag",
        ("marks", _) => "field-mark",
        ("themes", _) => "field-theme",
        ("files", _) => "field-file",
        _ => "field-other",
    })
}

// messages: field-form field-account field-source field-channel
// messages: field-planned-at field-arrived-at field-left-at field-place field-nothing-promised
// messages: field-happened-at field-said field-means field-help field-product field-doing field-workaround
// messages: field-frequency field-pain field-quantity field-quote field-consent field-other
// messages: field-reach field-reach-label field-contact field-contact-role field-site field-site-address
// messages: field-asset field-asset-serial field-tag field-mark field-theme field-file
// messages: field-title field-birthday field-also-called field-wins

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Lang, message_text};

    #[test]
    fn no_code_stands_in_a_history() {
        let item = "00000000-0000-0000-0000-000000000001";
        let field = |path: &str, value: &str| {
            let words = FieldValue::at(path, value).words(&Handbook::default(), "UTC")?;
            let text = |words| message_text(words, Lang::De);
            Some(format!("{}: {}", text(&words.label), text(&words.value)))
        };
        for (path, value, said) in [
            ("name", "Hotel Adler", "Name: Hotel Adler"),
            ("form", "organisation", "Form: Organisation"),
            ("channel", "on-site", "Wie: Vor Ort"),
            ("pain", "2", "Wie sehr es stört: 2 von 3"),
            ("consent", "true", "Darf zitiert werden: ja"),
            ("tags/café", "true", "Schlagwort: café"),
            ("tags/café", "", "Schlagwort: café, entfernt"),
            ("needs/callback", "2h", "Braucht Rückruf: Frist 2 Std."),
            ("notes", "", "Notizen: entfernt"),
            ("birthday", "1815", "Geburtstag: 1815"),
            ("wins", "mit Zeichnungen", "Was mir hilft: mit Zeichnungen"),
            ("labels", "Mühle, Ben", "Kunde: Mühle, Ben"),
            ("labels", "", "Kunde: entfernt"),
            ("need", "true", "Form: Bedarf"),
            ("nothing_promised", "true", "Zugesagt: nichts"),
            ("nothing_promised", "false", "Zugesagt: entfernt"),
            ("left_at", "", "Gegangen: entfernt"),
            (
                "place",
                "fix 52520008 -13404954 20 180000",
                "Wo es war: 52.520008, -13.404954, auf etwa 20 m genau, 3 Min. alt",
            ),
            (
                "place",
                "no-fix 8000",
                "Wo es war: in 8 s keine Position gefunden",
            ),
            ("place", "cell 7", "Wo es war: cell 7"),
        ] {
            assert_eq!(field(path, value).as_deref(), Some(said));
        }
        let at = |part: &str| format!("reach/{item}/{part}");
        let contact_point = field(&at("value"), "+49 30 1");
        assert_eq!(
            contact_point.as_deref(),
            Some("Nummer oder Adresse: +49 30 1")
        );
        assert_eq!(
            field(&at("label"), "main").as_deref(),
            Some("Wofür sie ist: Zentrale")
        );
        for (path, value) in [
            ("id", item),
            ("kind", "visit"),
            ("account", item),
            ("contacts/x/site", item),
        ] {
            assert_eq!(field(path, value), None);
        }
        assert_eq!(field("later_field", "x").as_deref(), Some("Sonstiges: x"));
    }
}
