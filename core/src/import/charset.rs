//! Turning bytes of a known, declared or unknown character set into text, leniently.

use calcard::vcard::{VCard, VCardProperty};

/// The byte order of UTF-16 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ByteOrder {
    Big,
    Little,
}

/// Whether the file is UTF-16: by its byte order mark, or because its first letter is followed or
/// preceded by a zero byte.
pub(super) fn utf16_order(file: &[u8]) -> Option<ByteOrder> {
    match file {
        [0xFF, 0xFE, ..] | [b'A'..=b'z', 0, b'A'..=b'z', 0, ..] => Some(ByteOrder::Little),
        [0xFE, 0xFF, ..] | [0, b'A'..=b'z', 0, b'A'..=b'z', ..] => Some(ByteOrder::Big),
        _ => None,
    }
}

/// The file without a byte order mark, and in UTF-8 if it was UTF-16. Other character sets are
/// left alone, because each line of a vCard may have its own.
pub(super) fn file_to_bytes(file: &[u8]) -> Vec<u8> {
    const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
    let Some(order) = utf16_order(file) else {
        return file.strip_prefix(UTF8_MARK).unwrap_or(file).to_vec();
    };
    let units = file.chunks(2).map(|pair| match (pair, order) {
        ([first, second], ByteOrder::Big) => u16::from_be_bytes([*first, *second]),
        ([first, second], ByteOrder::Little) => u16::from_le_bytes([*first, *second]),
        _ => u16::from(b'\n'),
    });
    let text: String = char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    text.trim_start_matches('\u{FEFF}').as_bytes().to_vec()
}

/// Text that stood in the file as it is. Valid UTF-8 is believed before the declared set, because
/// phones write `CHARSET` out of habit.
pub(super) fn plain(bytes: &[u8], declared: Option<&str>) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoded(bytes, declared),
    }
}

/// Text that was transported as quoted-printable or base64, where the declared set is believed.
pub(super) fn encoded(bytes: &[u8], declared: Option<&str>) -> String {
    if bytes.is_ascii() && !is_seven_bit_escape(declared) {
        return bytes.iter().copied().map(char::from).collect();
    }
    let declared = declared.unwrap_or_default().to_ascii_lowercase();
    match declared.as_str() {
        "utf-8" | "utf8" => String::from_utf8_lossy(bytes).into_owned(),
        "iso-8859-1" | "latin1" | "iso8859-1" | "windows-1252" | "cp1252" => windows_1252(bytes),
        "" | "us-ascii" | "ascii" => guess(bytes),
        other => by_library(bytes, other).unwrap_or_else(|| guess(bytes)),
    }
}

/// UTF-8 if more characters of it are whole than broken, else Windows-1252.
fn guess(bytes: &[u8]) -> String {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if broken == 0 || whole > broken {
        String::from_utf8_lossy(bytes).into_owned()
    } else {
        windows_1252(bytes)
    }
}

fn is_seven_bit_escape(declared: Option<&str>) -> bool {
    declared.is_some_and(|name| {
        let name = name.to_ascii_lowercase();
        name.starts_with("iso-2022") || name.starts_with("utf-7") || name.starts_with("utf-16")
    })
}

/// `calcard` knows many character sets but offers them only through its parser, so the bytes are
/// given to it as the one property of a card.
fn by_library(bytes: &[u8], charset: &str) -> Option<String> {
    let safe = |c: char| c.is_ascii_alphanumeric() || "-_:.".contains(c);
    if !charset.chars().all(safe) {
        return None;
    }
    let mut card =
        format!("BEGIN:VCARD\nVERSION:3.0\nNOTE;CHARSET=\"{charset}\";ENCODING=QUOTED-PRINTABLE:");
    for byte in bytes {
        card.push_str(&format!("={byte:02X}"));
    }
    card.push_str("\nEND:VCARD\n");
    let card = std::panic::catch_unwind(|| VCard::parse(card)).ok()?.ok()?;
    let note = card.property(&VCardProperty::Note)?;
    note.values.first()?.as_text().map(str::to_owned)
}

fn windows_1252(bytes: &[u8]) -> String {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž',
        '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}',
        'ž', 'Ÿ',
    ];
    let decode = |byte: &u8| {
        let high = byte.checked_sub(0x80).map(usize::from);
        high.and_then(|at| HIGH.get(at).copied())
            .unwrap_or(char::from(*byte))
    };
    bytes.iter().map(decode).collect()
}
