//! One line of a card: its name and parameters, and its value decoded from quoted-printable or
//! base64 and written again in the one form that `calcard` reads the same for every version.

use super::charset::{self, Decoded, DecodingDoubt};
use super::lines::{Line, is_base64};
use data_encoding::BASE64_MIME_PERMISSIVE;

/// The encoding in which a value is transported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TransferEncoding {
    None,
    QuotedPrintable,
    Base64,
}

/// One property with its value decoded.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Property {
    pub(super) group: Option<String>,
    /// In upper case.
    pub(super) name: String,
    /// Names in upper case; a word that stands alone, as in 2.1, is a `TYPE`.
    pub(super) params: Vec<(String, String)>,
    pub(super) value: Value,
    /// The reason why the text may not be what its author wrote.
    pub(super) doubt: Option<DecodingDoubt>,
}

/// A decoded value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// On one line, with the escapes of vCard 3.0 and 4.0.
    Text(String),
    /// Bytes, or none where they could not be decoded.
    Binary(Option<Vec<u8>>),
}

/// The longest name of a property; what is longer is no property.
const MAX_PROPERTY_NAME: usize = 100;
/// Text that is nothing but base64 letters is taken for an undeclared picture from this length on.
const MIN_UNDECLARED_PICTURE: usize = 100;

/// Reads a line; one that is no property comes back as its beginning.
pub(super) fn read(line: &Line) -> Result<Property, String> {
    let beginning = || {
        let read = charset::decode_plain(line.bytes.get(..160).unwrap_or(&line.bytes), None);
        let chars = read.text.chars();
        chars
            .filter(|c| !c.is_control())
            .take(40)
            .collect::<String>()
    };
    let (header, value) = line.parts().ok_or_else(beginning)?;
    let header = PropertyHeader::read(header).ok_or_else(beginning)?;
    let (value, doubt) = header.decode(value);
    Ok(Property {
        doubt,
        group: header.group,
        name: header.name,
        params: header.params,
        value,
    })
}

/// The encoding in which the value after this header is transported.
pub(super) fn transfer_encoding(header: &[u8]) -> TransferEncoding {
    PropertyHeader::read(header).map_or(TransferEncoding::None, |header| header.encoding)
}

struct PropertyHeader {
    group: Option<String>,
    name: String,
    params: Vec<(String, String)>,
    encoding: TransferEncoding,
    charset: Option<String>,
}

impl PropertyHeader {
    fn read(header: &[u8]) -> Option<Self> {
        let text = charset::decode_plain(header, None).text;
        let mut parts = split_unquoted(&text, ';').into_iter();
        let full = parts.next()?.trim().to_owned();
        let (group, name) = match full.rsplit_once('.') {
            Some((group, name)) => (Some(group), name),
            None => (None, full.as_str()),
        };
        let word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || name.len() > MAX_PROPERTY_NAME || !name.chars().all(word) {
            return None;
        }
        let group = group.map(|group| group.chars().filter(|c| word(*c)).collect::<String>());
        let mut header = Self {
            group: group.filter(|group| !group.is_empty()),
            name: name.to_ascii_uppercase(),
            params: Vec::new(),
            encoding: TransferEncoding::None,
            charset: None,
        };
        for part in parts {
            header.add_param(part.trim());
        }
        Some(header)
    }

    fn add_param(&mut self, part: &str) {
        // Android's form of a label of the owner's own.
        if let Some(inside) = part.strip_prefix("X-CUSTOM(") {
            let label = inside.trim_end_matches(')').rsplit(',').next();
            let label = quoted_printable(label.unwrap_or_default().as_bytes(), false);
            let label = charset::decode_transported(&label, Some("utf-8")).text;
            self.params.push(("TYPE".to_owned(), label));
            return;
        }
        let (name, value) = part.split_once('=').unwrap_or(("TYPE", part));
        let name = name.trim().to_ascii_uppercase();
        let alone = !part.contains('=');
        let word = value.trim().trim_matches('"').to_ascii_uppercase();
        match (name.as_str(), word.as_str()) {
            ("ENCODING", "QUOTED-PRINTABLE" | "Q") => {
                self.encoding = TransferEncoding::QuotedPrintable
            }
            ("ENCODING", "BASE64" | "B") => self.encoding = TransferEncoding::Base64,
            ("ENCODING", _) => {}
            ("CHARSET", _) => self.charset = Some(word),
            ("TYPE", "QUOTED-PRINTABLE") if alone => {
                self.encoding = TransferEncoding::QuotedPrintable
            }
            ("TYPE", "BASE64") if alone => self.encoding = TransferEncoding::Base64,
            ("TYPE", "7BIT" | "8BIT") if alone => {}
            ("TYPE", _) => {
                let words = value.split(',').map(|word| word.trim().trim_matches('"'));
                let words = words.filter(|word| !word.is_empty());
                self.params
                    .extend(words.map(|word| ("TYPE".to_owned(), word.to_owned())));
            }
            _ => self
                .params
                .push((name, value.trim().trim_matches('"').to_owned())),
        }
    }

    fn decode(&self, value: &[u8]) -> (Value, Option<DecodingDoubt>) {
        let charset = self.charset.as_deref();
        let picture = matches!(self.name.as_str(), "PHOTO" | "LOGO");
        let text = |read: Decoded| (Value::Text(one_line(&read.text)), read.doubt);
        match self.encoding {
            TransferEncoding::QuotedPrintable => {
                let structured = matches!(self.name.as_str(), "N" | "ADR");
                // Some programs encode the separators too; then none is left in the open.
                let keep_apart = !structured || value.contains(&b';');
                let keep_apart = keep_apart && !charset::is_seven_bit_charset(charset);
                let bytes = quoted_printable(value, keep_apart);
                text(charset::decode_transported(&bytes, charset))
            }
            TransferEncoding::Base64 => {
                if let Some(bytes) = data_uri(value) {
                    return (Value::Binary(bytes), None);
                }
                let bytes = base64(value);
                let utf8 = bytes.as_deref().and_then(|b| std::str::from_utf8(b).ok());
                match (utf8, &bytes) {
                    _ if matches!(self.name.as_str(), "PHOTO" | "LOGO" | "SOUND" | "KEY") => {
                        (Value::Binary(bytes), None)
                    }
                    (_, Some(bytes)) if charset.is_some() => {
                        text(charset::decode_transported(bytes, charset))
                    }
                    (Some(utf8), _) => (Value::Text(one_line(utf8)), None),
                    _ => (Value::Binary(bytes), None),
                }
            }
            TransferEncoding::None => match data_uri(value) {
                Some(bytes) => (Value::Binary(bytes), None),
                None if picture
                    && value.len() >= MIN_UNDECLARED_PICTURE
                    && value.iter().all(|byte| is_base64(*byte)) =>
                {
                    (Value::Binary(base64(value)), None)
                }
                None => text(charset::decode_plain(value, charset)),
            },
        }
    }
}

fn split_unquoted(text: &str, separator: char) -> Vec<&str> {
    let mut in_quotes = false;
    text.split(move |c| {
        in_quotes ^= c == '"';
        c == separator && !in_quotes
    })
    .collect()
}

/// The bytes of a `data:` address; none inside if they cannot be decoded.
fn data_uri(value: &[u8]) -> Option<Option<Vec<u8>>> {
    let value = value.trim_ascii();
    let scheme = value.get(..5)?;
    if !scheme.eq_ignore_ascii_case(b"data:") {
        return None;
    }
    let comma = value.iter().position(|byte| *byte == b',')?;
    let (kind, data) = value.split_at(comma);
    let kind = kind.trim_ascii_end().to_ascii_lowercase();
    // The comma may have been escaped.
    let kind = kind.strip_suffix(b"\\").unwrap_or(&kind);
    let data = data.get(1..).unwrap_or_default();
    Some(kind.ends_with(b";base64").then(|| base64(data)).flatten())
}

fn base64(value: &[u8]) -> Option<Vec<u8>> {
    let mut letters: Vec<u8> = value
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=')
        .collect();
    while !letters.len().is_multiple_of(4) {
        letters.push(b'=');
    }
    BASE64_MIME_PERMISSIVE.decode(&letters).ok()
}

/// Decodes quoted-printable. With `keep_apart`, an encoded separator becomes an escaped one, so
/// that it does not divide the value.
fn quoted_printable(value: &[u8], keep_apart: bool) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((first, after)) = rest.split_first() {
        let hex = |byte: &u8| char::from(*byte).to_digit(16);
        let code = match after {
            [high, low, ..] if *first == b'=' => hex(high).zip(hex(low)),
            _ => None,
        };
        let Some((high, low)) = code else {
            decoded.push(*first);
            rest = after;
            continue;
        };
        let byte = u8::try_from(high * 16 + low).unwrap_or(b'?');
        if keep_apart && matches!(byte, b';' | b',') && decoded.last() != Some(&b'\\') {
            decoded.push(b'\\');
        }
        decoded.push(byte);
        rest = after.get(2..).unwrap_or_default();
    }
    decoded
}

/// Puts a value on one line. A backslash that begins no escape is doubled, because `calcard` would
/// drop it.
fn one_line(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push_str("\\n");
            }
            '\n' => out.push_str("\\n"),
            '\\' => match chars.next_if(|next| "\\;,:nN\"".contains(*next)) {
                Some(next) => out.extend(['\\', next]),
                None => out.push_str("\\\\"),
            },
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
