//! Recognising, from the first bytes, files that people choose by mistake.

/// Each well-known kind of file: where its mark stands, the mark, and what to call it.
const MARKS: &[(usize, &[u8], &str)] = &[
    (0, b"\xFF\xD8\xFF", "a JPEG picture"),
    (0, b"\x89PNG\r\n", "a PNG picture"),
    (0, b"GIF8", "a GIF picture"),
    (8, b"WEBP", "a WebP picture"),
    (4, b"ftypheic", "a HEIC picture"),
    (4, b"ftypmif1", "a HEIC picture"),
    (4, b"ftyp", "a video"),
    (0, b"PK\x03\x04", "a ZIP archive (unpack it first)"),
    (0, b"PK\x05\x06", "an empty ZIP archive"),
    (0, b"\x1F\x8B", "a gzip archive (unpack it first)"),
    (0, b"7z\xBC\xAF", "a 7z archive (unpack it first)"),
    (0, b"Rar!", "a RAR archive (unpack it first)"),
    (0, b"%PDF", "a PDF document"),
    (0, b"SQLite format 3\0", "a database"),
    (0, b"\xD0\xCF\x11\xE0", "an older Office document"),
    (0, b"!BDN", "an Outlook data file"),
];

/// The beginnings of text files that are not vCards, in lower case.
const TEXT_MARKS: &[(&[u8], &str)] = &[
    (b"begin:vcalendar", "a calendar"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"{\\rtf", "a formatted text document"),
];

/// The kind of the file, with its article, if it is plainly something other than vCards; else None.
pub(super) fn not_a_vcard(file: &[u8]) -> Option<&'static str> {
    for (at, mark, kind) in MARKS {
        if file.get(*at..).is_some_and(|rest| rest.starts_with(mark)) {
            return Some(kind);
        }
    }
    if has_card(file) {
        return None;
    }
    let text = file.trim_ascii_start();
    for (mark, kind) in TEXT_MARKS {
        if text
            .get(..mark.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(mark))
        {
            return Some(kind);
        }
    }
    // UTF-16 text is full of zero bytes, so it is let through to be decoded.
    let utf16 = super::charset::utf16_order(file).is_some();
    (!utf16 && file.iter().take(4096).any(|byte| *byte == 0)).then_some("binary data")
}

fn has_card(file: &[u8]) -> bool {
    const MARK: &[u8] = b"BEGIN:VCARD";
    file.windows(MARK.len())
        .any(|part| part.eq_ignore_ascii_case(MARK))
}
