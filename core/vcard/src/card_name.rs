//! The name of a contact, and the decision if it is a person.

use super::card::{CardRefusal, ContactPoint, ContactPointKind};
use super::limits::MAX_NAME;
use super::lines::Line;
use super::parse::{Field, ParsedCard, parse};
use super::property;
use super::text::{longer_than, on_one_line};

/// The number of characters of a refused card's name that are shown.
const SHORTENED_NAME_CHARS: usize = 60;

/// The name chosen for a card.
pub(super) struct ChosenName {
    pub(super) name: String,
    /// The property it came from, where that is then not to be kept a second time.
    pub(super) from: NameSource,
}

/// The source of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameSource {
    FormattedName,
    NameParts,
    Nickname,
    Organisation,
    ContactPoint,
}

/// The formatted name, else the parts of the name, else the nickname, the organisation, an e-mail
/// address or a phone number.
pub(super) fn choose(
    fields: &[Field],
    contact_points: &[ContactPoint],
) -> Result<ChosenName, CardRefusal> {
    let contact_point = |kind| {
        contact_points
            .iter()
            .find(|contact_point| contact_point.kind == kind)
    };
    let candidates = [
        (NameSource::FormattedName, text_of(fields, "FN")),
        (NameSource::NameParts, name_parts(fields)),
        (NameSource::Nickname, text_of(fields, "NICKNAME")),
        (NameSource::Organisation, text_of(fields, "ORG")),
        (
            NameSource::ContactPoint,
            contact_point(ContactPointKind::Email).map(|r| r.value.clone()),
        ),
        (
            NameSource::ContactPoint,
            contact_point(ContactPointKind::Phone).map(|r| r.value.clone()),
        ),
    ];
    let (from, name) = candidates
        .into_iter()
        .find_map(|(from, name)| Some((from, on_one_line(&name?))).filter(|(_, n)| !n.is_empty()))
        .ok_or(CardRefusal::Empty)?;
    if longer_than(&name, MAX_NAME) {
        return Err(CardRefusal::TooLong { limit: MAX_NAME });
    }
    Ok(ChosenName { name, from })
}

fn text_of(fields: &[Field], name: &str) -> Option<String> {
    let mut named = fields.iter().filter(|field| field.name == name);
    named
        .find(|field| !field.text().is_empty())
        .map(|field| field.text().to_owned())
}

/// The name as its parts are spoken: title, given, additional, family, suffix.
pub(super) fn name_parts(fields: &[Field]) -> Option<String> {
    let field = fields.iter().find(|field| field.name == "N")?;
    Some(display_name(field))
}

/// The parts of one name as they are spoken: in Chinese, Japanese and Korean the family comes first, with no space.
pub(super) fn display_name(field: &Field) -> String {
    let [title, given, additional, family, suffix] = [3, 1, 2, 0, 4].map(|at| field.part(at));
    let inner = [family, additional, given].map(str::trim).concat();
    if !inner.is_empty() && inner.chars().all(is_east_asian) {
        return on_one_line(&[title, &inner, suffix].join(" "));
    }
    on_one_line(&[title, given, additional, family, suffix].join(" "))
}

/// True if a character is one of those in which names are written without spaces.
fn is_east_asian(c: char) -> bool {
    matches!(c, '々' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// True if the card is a person's.
pub(super) fn is_person(fields: &[Field]) -> bool {
    let says = |name: &str| {
        let field = fields.iter().find(|field| field.name == name);
        field.map(|field| field.text().to_ascii_lowercase())
    };
    let kind = says("KIND").or_else(|| says("X-ADDRESSBOOKSERVER-KIND"));
    if let Some(kind) = kind {
        return kind == "individual";
    }
    if says("X-ABSHOWAS").is_some_and(|shown| shown == "company") {
        return false;
    }
    let Some(organisation) = text_of(fields, "ORG") else {
        return true;
    };
    // Some phones repeat the organisation as the name.
    let organisation = on_one_line(&organisation).to_lowercase();
    let personal = [
        text_of(fields, "FN"),
        name_parts(fields),
        text_of(fields, "NICKNAME"),
    ];
    personal.into_iter().flatten().any(|name| {
        let name = on_one_line(&name).to_lowercase();
        !name.is_empty() && name != organisation
    })
}

/// The likely name of a refused card, cut to `SHORTENED_NAME_CHARS` characters; None if it has none.
pub(super) fn shortened_name(lines: &[Line]) -> Option<String> {
    let named = |property: &property::Property| {
        matches!(property.name.as_str(), "FN" | "N" | "NICKNAME" | "ORG")
    };
    let properties = lines.iter().filter_map(|line| property::read(line).ok());
    let properties = properties.filter(named).map(Ok).collect();
    let ParsedCard { fields, .. } = parse(properties).ok()?;
    let name = [
        text_of(&fields, "FN"),
        name_parts(&fields),
        text_of(&fields, "NICKNAME"),
        text_of(&fields, "ORG"),
    ];
    let mut names = name.into_iter().flatten().map(|name| on_one_line(&name));
    let name = names.find(|name| !name.is_empty())?;
    if !longer_than(&name, SHORTENED_NAME_CHARS) {
        return Some(name);
    }
    Some(
        name.chars()
            .take(SHORTENED_NAME_CHARS)
            .chain(['…'])
            .collect(),
    )
}
