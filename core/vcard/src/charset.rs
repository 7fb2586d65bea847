//! Turning bytes of a known, declared or unknown character set into text. No byte is ever replaced: a byte that a set
//! cannot read stands as `\xE4` in the text, and the caller is told.

use encoding_rs::{DecoderResult, Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use oem_cp::code_table::DECODING_TABLE_CP_MAP;
use oem_cp::code_table_type::TableType;
use std::ops::RangeInclusive;

/// The byte order of UTF-16 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ByteOrder {
    Big,
    Little,
}

/// The reason why the text of some bytes may not be what their author wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DecodingDoubt {
    /// Some bytes are no text in the set that was tried; they stand escaped. The set as it was declared; empty if
    /// none was.
    Undecoded(String),
    /// No set was declared and they are no UTF-8: they were read as Western European.
    Guessed,
}

/// Text with the doubt, if any, about how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) doubt: Option<DecodingDoubt>,
}

impl Decoded {
    fn sure(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            doubt: None,
        }
    }
}

/// The byte order of a file that is UTF-16: by its byte order mark, or because its first letter is followed or
/// preceded by a zero byte. None if it is no UTF-16.
pub(super) fn utf16_order(file: &[u8]) -> Option<ByteOrder> {
    match file {
        [0xFF, 0xFE, ..] | [b'\n'..=b'z', 0, b'\n'..=b'z', 0, ..] => Some(ByteOrder::Little),
        [0xFE, 0xFF, ..] | [0, b'\n'..=b'z', 0, b'\n'..=b'z', ..] => Some(ByteOrder::Big),
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
    let mut bytes = Vec::with_capacity(file.len());
    let mut buffer = [0; 4];
    for unit in char::decode_utf16(units) {
        match unit {
            Ok(c) => bytes.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes()),
            // Half of a character: three bytes that are no UTF-8, so that its line says so.
            Err(half) => {
                let [high, low] = half.unpaired_surrogate().to_be_bytes();
                bytes.extend([0xED, 0x80 | (high & 0xF) << 2 | low >> 6, 0x80 | low & 0x3F]);
            }
        }
    }
    match bytes.strip_prefix(UTF8_MARK) {
        Some(rest) => rest.to_vec(),
        None => bytes,
    }
}

/// Text that stood in the file as it is. UTF-8 is believed before the declared set, because phones write `CHARSET`
/// out of habit, unless it would be text of another script than that set is made for.
pub(super) fn decode_plain(bytes: &[u8], declared: Option<&str>) -> Decoded {
    let set = Charset::of(declared);
    if (set.is_seven_bit() && bytes.contains(&0x1B)) || set.is_escaped_in(bytes) {
        return decode_transported(bytes, declared);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if bytes.is_ascii() => Decoded::sure(text),
        Ok(text) => match set.decode(bytes) {
            Some(other) if !set.fits_script(text) && set.fits_script(&other) => {
                Decoded::sure(other)
            }
            _ => Decoded::sure(text),
        },
        Err(_) => decode_transported(bytes, declared),
    }
}

/// Text that was transported as quoted-printable or base64, where the declared set is believed.
pub(super) fn decode_transported(bytes: &[u8], declared: Option<&str>) -> Decoded {
    let set = Charset::of(declared);
    if bytes.is_ascii() && !set.is_seven_bit() && !set.is_escaped_in(bytes) {
        return Decoded::sure(bytes.iter().copied().map(char::from).collect::<String>());
    }
    if let Some(text) = set.decode(bytes) {
        return Decoded::sure(text);
    }
    let named = declared.unwrap_or_default().to_owned();
    match (&set, std::str::from_utf8(bytes)) {
        (_, Ok(text)) if !set.is_escaped_in(bytes) && !set.is_seven_bit() => Decoded::sure(text),
        (Charset::Undeclared, Err(_)) => decode_undeclared(bytes),
        (Charset::Whatwg(encoding), _) => Decoded {
            text: escaped(bytes, encoding),
            doubt: Some(DecodingDoubt::Undecoded(named)),
        },
        _ => Decoded {
            text: escaped(bytes, UTF_8),
            doubt: Some(DecodingDoubt::Undecoded(named)),
        },
    }
}

/// True if text of this set uses bytes that mean something else in ASCII: separators cannot be told from letters
/// before it is decoded.
pub(super) fn is_seven_bit_charset(declared: Option<&str>) -> bool {
    Charset::of(declared).is_seven_bit()
}

/// UTF-8 if more characters of it are whole than broken, else Windows-1252. Neither is sure.
fn decode_undeclared(bytes: &[u8]) -> Decoded {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    // Half of a character of UTF-16, see above.
    let has_half = bytes
        .windows(3)
        .any(|three| matches!(three, [0xED, 0xA0..=0xBF, 0x80..=0xBF]));
    if whole > broken || has_half {
        return Decoded {
            text: escaped(bytes, UTF_8),
            doubt: Some(DecodingDoubt::Undecoded(String::new())),
        };
    }
    match Charset::Whatwg(WINDOWS_1252).decode(bytes) {
        Some(text) => Decoded {
            text,
            doubt: Some(DecodingDoubt::Guessed),
        },
        None => Decoded {
            text: escaped(bytes, WINDOWS_1252),
            doubt: Some(DecodingDoubt::Undecoded(String::new())),
        },
    }
}

/// True for U+0080 to U+009F: the characters of bytes that mean nothing in most sets.
fn is_c1_control(c: char) -> bool {
    ('\u{80}'..='\u{9F}').contains(&c)
}

/// A declared character set.
enum Charset {
    /// None, or ASCII, which phones declare for whatever they write.
    Undeclared,
    /// UTF-16 of either byte order.
    Utf16,
    /// One of the Encoding Standard.
    Whatwg(&'static Encoding),
    /// A code page of DOS.
    Oem(&'static TableType),
    /// One whose escapes hide from other programs what a text says, such as UTF-7; it is not read.
    Refused,
    /// A name that is no set.
    Unknown,
}

impl Charset {
    fn of(declared: Option<&str>) -> Self {
        let label = declared.unwrap_or_default().trim().to_ascii_lowercase();
        match label.as_str() {
            "" | "us-ascii" | "ascii" | "7bit" | "8bit" => return Self::Undeclared,
            label if label.starts_with("utf-16") || label.starts_with("utf16") => {
                return Self::Utf16;
            }
            _ => {}
        }
        if let Some(table) = code_page(&label).and_then(|page| DECODING_TABLE_CP_MAP.get(&page)) {
            // The Encoding Standard has these as well, with the same letters.
            if !matches!(code_page(&label), Some(866 | 874)) {
                return Self::Oem(table);
            }
        }
        let dashed = label.replace('_', "-");
        let known = [label.as_str(), &dashed, whatwg_label(&label)];
        let known = known
            .iter()
            .find_map(|label| Encoding::for_label(label.as_bytes()));
        match known {
            Some(encoding) if encoding == REPLACEMENT => Self::Refused,
            Some(encoding) => Self::Whatwg(encoding),
            None if dashed.contains("utf-7") || dashed.contains("utf7") => Self::Refused,
            None => Self::Unknown,
        }
    }

    /// True if text in it is bytes below 128 that are not ASCII.
    fn is_seven_bit(&self) -> bool {
        match self {
            Self::Utf16 => true,
            Self::Whatwg(encoding) => *encoding == encoding_rs::ISO_2022_JP,
            Self::Undeclared | Self::Oem(_) | Self::Refused | Self::Unknown => false,
        }
    }

    /// True if bytes may hold escapes of a set that is not read.
    fn is_escaped_in(&self, bytes: &[u8]) -> bool {
        let escapes = |byte: &u8| matches!(byte, b'+' | b'~' | 0x1B | 0x0E);
        matches!(self, Self::Refused) && bytes.iter().any(escapes)
    }

    /// The text, if every byte of it means something.
    fn decode(&self, bytes: &[u8]) -> Option<String> {
        let whole = |encoding: &'static Encoding, bytes: &[u8]| {
            let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
            text.map(std::borrow::Cow::into_owned)
        };
        match self {
            Self::Undeclared => whole(UTF_8, bytes),
            Self::Utf16 => match bytes {
                [0xFF, 0xFE, rest @ ..] => whole(UTF_16LE, rest),
                [0xFE, 0xFF, rest @ ..] => whole(UTF_16BE, rest),
                // Half of the bytes of Latin letters are zero, the first of each in big endian.
                _ if bytes.iter().step_by(2).filter(|byte| **byte == 0).count()
                    < bytes
                        .iter()
                        .skip(1)
                        .step_by(2)
                        .filter(|byte| **byte == 0)
                        .count() =>
                {
                    whole(UTF_16LE, bytes)
                }
                _ => whole(UTF_16BE, bytes),
            },
            Self::Whatwg(encoding) => whole(encoding, bytes)
                .filter(|text| *encoding == UTF_8 || !text.chars().any(is_c1_control)),
            Self::Oem(table) => table.decode_string_checked(bytes),
            Self::Refused | Self::Unknown => None,
        }
    }

    /// True if a text has letters of the script for which the set is made. Western sets are made for none that could
    /// be told from UTF-8 read wrongly.
    fn fits_script(&self, text: &str) -> bool {
        let Some(script) = self.script() else {
            return true;
        };
        text.chars()
            .any(|c| script.iter().any(|range| range.contains(&c)))
    }

    fn script(&self) -> Option<&'static [RangeInclusive<char>]> {
        const EAST: &[RangeInclusive<char>] = &[
            '\u{1100}'..='\u{11FF}',
            '\u{2E80}'..='\u{9FFF}',
            '\u{AC00}'..='\u{D7FF}',
            '\u{F900}'..='\u{FAFF}',
            '\u{FF00}'..='\u{FFEF}',
            '\u{20000}'..='\u{3FFFF}',
        ];
        let name = match self {
            Self::Whatwg(encoding) => encoding.name(),
            _ => return None,
        };
        Some(match name {
            "Shift_JIS" | "EUC-JP" | "ISO-2022-JP" | "GBK" | "gb18030" | "Big5" | "EUC-KR" => EAST,
            "KOI8-R" | "KOI8-U" | "windows-1251" | "ISO-8859-5" | "IBM866" | "x-mac-cyrillic" => {
                &['\u{400}'..='\u{52F}']
            }
            "windows-1253" | "ISO-8859-7" => &['\u{370}'..='\u{3FF}'],
            "windows-1255" | "ISO-8859-8" | "ISO-8859-8-I" => &['\u{590}'..='\u{5FF}'],
            "windows-1256" | "ISO-8859-6" => &['\u{600}'..='\u{6FF}'],
            "windows-874" => &['\u{E00}'..='\u{E7F}'],
            _ => return None,
        })
    }
}

/// The number of a code page: of "cp852", "IBM-852", "DOS-852", "windows-1251".
fn code_page(label: &str) -> Option<u16> {
    let at = label.find(|c: char| c.is_ascii_digit())?;
    let (family, number) = label.split_at(at);
    let family = family.trim_end_matches(['-', '_']);
    let known = [
        "", "cp", "ibm", "dos", "oem", "ms", "cs", "csibm", "csibmpc", "x-cp", "pc", "windows",
    ];
    known
        .contains(&family)
        .then(|| number.parse().ok())
        .flatten()
}

/// The name in the Encoding Standard of what Windows and some phones call otherwise.
fn whatwg_label(label: &str) -> &'static str {
    match code_page(label) {
        Some(866) => return "ibm866",
        Some(874) => return "windows-874",
        Some(932) => return "shift_jis",
        Some(936 | 1386) => return "gbk",
        Some(949) => return "euc-kr",
        Some(950) => return "big5",
        Some(1250) => return "windows-1250",
        Some(1251) => return "windows-1251",
        Some(1252) => return "windows-1252",
        Some(1253) => return "windows-1253",
        Some(1254) => return "windows-1254",
        Some(1255) => return "windows-1255",
        Some(1256) => return "windows-1256",
        Some(1257) => return "windows-1257",
        Some(1258) => return "windows-1258",
        Some(10000) => return "macintosh",
        Some(20866) => return "koi8-r",
        Some(21866) => return "koi8-u",
        Some(28592) => return "iso-8859-2",
        Some(28605) => return "iso-8859-15",
        Some(50220..=50222) => return "iso-2022-jp",
        Some(51932) => return "euc-jp",
        Some(51949) => return "euc-kr",
        Some(54936) => return "gb18030",
        _ => {}
    }
    let bare: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    match bare.as_str() {
        "sjis" | "xsjis" | "shiftjis" | "xshiftjis" | "mskanji" | "windows31j" | "cswindows31j" => {
            "shift_jis"
        }
        "eucjp" | "xeucjp" | "ujis" => "euc-jp",
        "iso2022jp" | "jis" | "jis7" => "iso-2022-jp",
        "gb2312" | "gb231280" | "euccn" | "xeuccn" => "gb2312",
        "gbk" | "xgbk" => "gbk",
        "gb18030" | "gb180302000" => "gb18030",
        "big5" | "big5hkscs" | "big5eten" | "bigfive" => "big5",
        "euckr" | "xeuckr" | "ksc5601" | "ksc56011987" | "uhc" | "xwindows949" => "euc-kr",
        "koi8r" | "koi8" => "koi8-r",
        "koi8u" => "koi8-u",
        "utf8" | "unicode11utf8" | "utf8mb4" => "utf-8",
        "tis620" | "iso885911" => "windows-874",
        "latin1" | "iso88591" => "iso-8859-1",
        "latin2" | "iso88592" => "iso-8859-2",
        "latin9" | "iso885915" => "iso-8859-15",
        "macroman" => "macintosh",
        _ => "",
    }
}

/// Text in which each byte that means nothing stands as `\xE4`.
fn escaped(bytes: &[u8], encoding: &'static Encoding) -> String {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        text.reserve(rest.len().clamp(16, 65_536));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                let end = at.saturating_sub(usize::from(after));
                let start = end.saturating_sub(usize::from(length));
                for byte in bytes.get(start..end).unwrap_or_default() {
                    text.push_str(&format!("\\x{byte:02X}"));
                }
                if at >= bytes.len() {
                    break;
                }
            }
        }
    }
    if encoding == UTF_8 || !text.chars().any(is_c1_control) {
        return text;
    }
    let shown = text.chars().map(|c| match is_c1_control(c) {
        true => format!("\\x{:02X}", u32::from(c)),
        false => c.to_string(),
    });
    shown.collect()
}
