//! The drawing and reading of forms: every one alike, so that a mistake loses nothing of what was typed.

use std::collections::BTreeMap;

use axum::extract::Form;
use axum::extract::rejection::FormRejection;
use kept_core::Environment;
use kept_core::environment::new_uuid;
use kept_core::language::Message;
use kept_core::model::ids::GroupId;

use crate::office::frame::Frame;
use crate::office::localizer::Localizer;

/// The longest form that is read, in bytes.
pub(in crate::office) const FORM_BYTES: usize = 64 * 1024;

/// Fields that hold more than one line.
const MULTILINE_FIELDS: [&str; 3] = ["notes", "was", "words"];
/// The longest address that a form leads back to, in bytes.
const MAX_RETURN_PATH_BYTES: usize = 300;

/// The content of a form that came: the fields that were filled, without characters that people do not type.
#[derive(Clone, Debug, Default)]
pub(in crate::office) struct FormData {
    fields: BTreeMap<String, String>,
    /// True if there were characters that people do not type.
    has_control_characters: bool,
}

impl FormData {
    /// Of the pairs of a form; of a name that comes twice the last counts.
    pub(super) fn of(pairs: Vec<(String, String)>) -> Self {
        let mut given = Self::default();
        for (name, value) in pairs {
            // Browsers end lines of a text with two characters.
            let mut value = value.replace("\r\n", "\n").trim().to_owned();
            let is_text = MULTILINE_FIELDS.contains(&name.as_str());
            let fine = |c: char| !c.is_control() || (is_text && matches!(c, '\n' | '\t'));
            if !value.chars().all(fine) {
                given.has_control_characters = true;
                value.retain(fine);
            }
            given.fields.insert(name, value);
        }
        given
    }

    /// True if it brought characters that people do not type: nothing is done with it.
    pub(in crate::office) fn is_garbled(&self) -> bool {
        self.has_control_characters
    }

    /// A field; empty where it was not filled.
    pub(in crate::office) fn get(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// The field as something that can be read from text; none where it is empty or something else.
    pub(in crate::office) fn read<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name).parse().ok()
    }
}

/// The content of a form that came; None if it is not one of this session.
pub(in crate::office) fn given(
    frame: &Frame,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Option<FormData> {
    let given = form
        .map(|Form(pairs)| FormData::of(pairs))
        .unwrap_or_default();
    let ours = frame.is_form_key(given.get("key")) && given.read::<GroupId>("form").is_some();
    ours.then_some(given)
}

/// The page after an act: a list of the office that the form names, or the page of what was changed. All else that a
/// form may name is no address of the office.
pub(in crate::office) fn back(given: &FormData, page: &str) -> String {
    let back = given.get("back");
    let ours = back == "/"
        || back.starts_with("/promises?")
        || back.starts_with("/accounts/")
        || back.starts_with("/promises/");
    let is_path = back
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && back.len() <= MAX_RETURN_PATH_BYTES
        && !back.contains("//")
        && !given.is_garbled();
    if ours && is_path {
        back.to_owned()
    } else {
        page.to_owned()
    }
}

/// A form that a page shows.
pub(in crate::office) struct FormView {
    /// The word of the act that it does, as the form sends it.
    pub(in crate::office) act: &'static str,
    /// Its key.
    pub(in crate::office) access: char,
    /// Its heading and what its button says.
    pub(in crate::office) title: String,
    /// The id by which a second click is known.
    pub(in crate::office) id: String,
    /// Sentences for the person who fills it.
    pub(in crate::office) beside: Vec<String>,
    /// The questions.
    pub(in crate::office) fields: Vec<FieldView>,
    /// The reason for which it was not done; None at first.
    pub(in crate::office) error: Option<String>,
}

/// One question of a form.
pub(in crate::office) struct FieldView {
    pub(in crate::office) name: &'static str,
    pub(in crate::office) label: String,
    pub(in crate::office) hint: String,
    pub(in crate::office) value: String,
    pub(in crate::office) kind: FieldKind,
}

/// The kind of a question's answer.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::office) enum FieldKind {
    /// One line.
    Line,
    /// Some lines.
    Lines,
    /// A text that may be long.
    Text,
    /// One of several: value and what it says.
    Choice(Vec<(String, String)>),
    /// Yes or no.
    Tick,
    /// Not asked.
    Hidden,
}

/// Draws the forms of a page, filled with what was given to the one that failed.
pub(super) struct FormBuilder<'a> {
    pub(super) localizer: &'a Localizer,
    pub(super) environment: &'a dyn Environment,
    /// The form that failed: which, what it brought, and why it was not done.
    pub(super) failed: Option<&'a (String, FormData, Message)>,
}

impl FormBuilder<'_> {
    /// One form. Fields whose label is empty are hidden.
    pub(super) fn form(
        &self,
        act: &'static str,
        access: char,
        title: &str,
        fields: Vec<FieldView>,
    ) -> FormView {
        let failed = self.failed.filter(|(failed, ..)| failed == act);
        let fields = fields.into_iter().map(|field| match failed {
            Some((_, given, _)) if field.kind != FieldKind::Hidden => FieldView {
                value: given.get(field.name).to_owned(),
                ..field
            },
            _ => field,
        });
        FormView {
            act,
            access,
            title: self.localizer.text(title),
            // Nothing was done under the failed form's id: the next try may use it.
            id: failed.map_or_else(
                || new_form_id(self.environment),
                |(_, given, _)| given.get("form").to_owned(),
            ),
            beside: vec![],
            fields: fields.collect(),
            error: failed.map(|(.., words)| self.localizer.message(words)),
        }
    }

    /// A question.
    pub(super) fn field(&self, name: &'static str, label: &str, kind: FieldKind) -> FieldView {
        FieldView {
            name,
            label: self.localizer.text(label),
            hint: String::new(),
            value: String::new(),
            kind,
        }
    }

    /// A question with an answer that is there already.
    pub(super) fn filled(
        &self,
        name: &'static str,
        label: &str,
        kind: FieldKind,
        value: impl Into<String>,
    ) -> FieldView {
        FieldView {
            value: value.into(),
            ..self.field(name, label, kind)
        }
    }

    /// A date as people type it.
    pub(super) fn when(&self, name: &'static str, label: &str) -> FieldView {
        self.hinted(name, label, "office-act-when-hint")
    }

    /// A line that shows what may be typed.
    pub(super) fn hinted(&self, name: &'static str, label: &str, hint: &str) -> FieldView {
        FieldView {
            hint: self.localizer.text_with(hint, "zone", &self.localizer.zone),
            ..self.field(name, label, FieldKind::Line)
        }
    }
}

/// The id of a form that was not sent yet.
pub(in crate::office) fn new_form_id(environment: &dyn Environment) -> String {
    GroupId(new_uuid(environment)).to_string()
}

/// A value that a form carries and does not ask.
pub(super) fn hidden(name: &'static str, value: impl Into<String>) -> FieldView {
    FieldView {
        name,
        label: String::new(),
        hint: String::new(),
        value: value.into(),
        kind: FieldKind::Hidden,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(name: &str, value: &str) -> FormData {
        FormData::of(vec![(name.to_owned(), value.to_owned())])
    }

    #[test]
    fn forms_lead_back_to_pages_of_the_office_only() {
        for fine in [
            "/",
            "/promises?only=nobody",
            "/accounts/01a2",
            "/promises/01a2?x=%0d%0a",
        ] {
            assert_eq!(back(&given("back", fine), "/page"), fine);
        }
        let long = format!("/promises/{}", "a".repeat(10_000));
        for foreign in [
            "//evil.example/promises/",
            "https://evil.example/",
            "/promises//evil.example",
            "/promises/\\evil.example",
            "/promises/\r\nset-cookie: a=b",
            "/promises/\nx",
            "/promises/\0",
            "/promises/\u{7f}",
            "/promises/\u{85}x",
            "/promises/ü",
            "/promises/\u{202e}",
            "/promises/a b",
            "/devices",
            "javascript:alert(1)",
            "",
            &long,
        ] {
            assert_eq!(
                back(&given("back", foreign), "/page"),
                "/page",
                "{foreign:?}"
            );
        }
    }

    #[test]
    fn characters_that_nobody_types_are_noticed_and_the_rest_is_kept() {
        let has_control_characters = given("reason", "no\0 \u{1b}[2Jparts\u{9b}");
        assert!(has_control_characters.is_garbled());
        assert_eq!(has_control_characters.get("reason"), "no [2Jparts");
        assert!(
            given("reason", "two\nlines").is_garbled(),
            "one line is asked"
        );
        assert!(!given("words", "it drips\r\nagain\tand again").is_garbled());
        assert!(given("words", "it\rdrips").is_garbled());
    }
}
