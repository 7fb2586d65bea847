//! From the bytes of a file to unfolded lines, one property each. This is where the line habits of
//! vCard 2.1 are undone: soft line breaks of quoted-printable, and base64 blocks that go on
//! without indentation until a blank line. Bytes are joined before they are decoded, because some
//! programs fold in the middle of a character.

use super::property::{TransferEncoding, transfer_encoding};

/// One unfolded line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The whole line; a soft line break of quoted-printable leaves nothing behind.
    pub(super) bytes: Vec<u8>,
    /// The index of the colon between the header and the value; None if there is none.
    pub(super) colon: Option<usize>,
}

impl Line {
    /// The name with its parameters, and the value.
    pub(super) fn parts(&self) -> Option<(&[u8], &[u8])> {
        let (header, rest) = self.bytes.split_at_checked(self.colon?)?;
        Some((header, rest.get(1..)?))
    }

    /// True if this is `BEGIN:VCARD`.
    pub(super) fn begins_card(&self) -> bool {
        is(&self.bytes, b"BEGIN:VCARD")
    }

    /// True if this is `END:VCARD`.
    pub(super) fn ends_card(&self) -> bool {
        is(&self.bytes, b"END:VCARD")
    }
}

fn is(line: &[u8], mark: &[u8]) -> bool {
    trimmed(line).eq_ignore_ascii_case(mark)
}

/// A line without what surrounds a marker where files were put one behind another: white space, and the character
/// that ended files under DOS.
fn trimmed(line: &[u8]) -> &[u8] {
    let mut line = line.trim_ascii();
    while let Some(rest) = line
        .strip_suffix(b"\x1A")
        .or_else(|| line.strip_suffix(b"\0"))
    {
        line = rest.trim_ascii_end();
    }
    line
}

/// The unfolded lines of a file.
pub(super) fn unfolded(file: &[u8]) -> impl Iterator<Item = Line> {
    let mut physical = marked_lines(file);
    let mut current: Option<LineBuilder> = None;
    std::iter::from_fn(move || {
        loop {
            let Some(next) = physical.next() else {
                return current.take().map(LineBuilder::finish);
            };
            let marker = is(next, b"BEGIN:VCARD") || is(next, b"END:VCARD");
            let step = match current.as_mut() {
                Some(line) if !marker => line.add(next),
                _ => LineStep::NewLine,
            };
            let done = match step {
                LineStep::Added => None,
                LineStep::Ended => current.take(),
                LineStep::NewLine => {
                    let started = next.trim_ascii_start();
                    let started = (!started.is_empty()).then(|| LineBuilder::start(started));
                    std::mem::replace(&mut current, started)
                }
            };
            if let Some(line) = done {
                return Some(line.finish());
            }
        }
    })
}

const BEGIN: &[u8] = b"BEGIN:VCARD";
const END: &[u8] = b"END:VCARD";

/// The physical lines of a file, in which the marks of cards stand on lines of their own: some programs write
/// `END:VCARDBEGIN:VCARD`, or a mark behind the last value of a card.
fn marked_lines(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut physical = PhysicalLines { rest: file };
    let mut pieces = Vec::new().into_iter();
    std::iter::from_fn(move || {
        loop {
            if let Some(piece) = pieces.next() {
                return Some(piece);
            }
            let line = physical.next()?;
            if !has_glued_mark(line) {
                return Some(line);
            }
            let rest = physical.rest;
            let following = || PhysicalLines { rest }.find(|line| !trimmed(line).is_empty());
            pieces = split_at_marks(line, following).into_iter();
        }
    })
}

/// True if a mark stands in a line among other text.
fn has_glued_mark(line: &[u8]) -> bool {
    let colons = line.iter().enumerate().filter(|(_, byte)| **byte == b':');
    let mut marks = colons.filter(|(at, _)| {
        let after = line.get(at + 1..at + 6);
        after.is_some_and(|after| after.eq_ignore_ascii_case(b"VCARD"))
    });
    marks.next().is_some() && !is(line, BEGIN) && !is(line, END) && !starts(line, b"AGENT")
}

fn starts(line: &[u8], mark: &[u8]) -> bool {
    let start = line.get(..mark.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(mark))
}

/// Divides a line at the marks in it. A value may speak of marks: one counts only where what follows is what would
/// follow a mark.
fn split_at_marks<'a>(line: &'a [u8], following: impl Fn() -> Option<&'a [u8]>) -> Vec<&'a [u8]> {
    let line = line.trim_ascii_end();
    let mut pieces = Vec::new();
    let (mut piece, mut at) = (0, 0);
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let mark = [END, BEGIN].into_iter().find(|mark| starts(rest, mark));
        let after = mark.and_then(|mark| rest.get(mark.len()..)).map(trimmed);
        let before = line.get(piece..at).unwrap_or_default();
        let counts = match (mark, after) {
            (Some(END), Some([])) => following().is_none_or(|next| starts(trimmed(next), BEGIN)),
            (Some(END), Some(after)) => starts(after, BEGIN),
            (Some(_), Some([])) => {
                trimmed(before).is_empty() || following().is_some_and(begins_card_text)
            }
            (Some(_), Some(after)) => begins_card_text(after),
            _ => false,
        };
        // In the text of an agent's card, escapes stand for the ends of its lines.
        if let (Some(mark), true, false) = (mark, counts, before.ends_with(b"\\n")) {
            pieces.extend(Some(before).filter(|before| !trimmed(before).is_empty()));
            pieces.extend(rest.get(..mark.len()));
            at += mark.len();
            piece = at;
        } else {
            at += 1;
        }
    }
    let rest = line.get(piece..).unwrap_or_default();
    pieces.extend(Some(rest).filter(|rest| !trimmed(rest).is_empty()));
    pieces
}

/// True if a line is one that cards begin with.
fn begins_card_text(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    let names: [&[u8]; 6] = [b"VERSION", b"FN", b"N", b"PRODID", b"UID", b"PROFILE"];
    names
        .iter()
        .any(|name| starts(line, name) && matches!(line.get(name.len()), Some(b':' | b';')))
}

enum LineStep {
    /// The physical line was part of the current one.
    Added,
    /// The physical line was blank and ended the current one.
    Ended,
    /// The physical line begins another property.
    NewLine,
}

/// A line that may go on.
struct LineBuilder {
    bytes: Vec<u8>,
    scanned: usize,
    in_quotes: bool,
    colon: Option<usize>,
    encoding: TransferEncoding,
    soft_break: bool,
}

impl LineBuilder {
    fn start(bytes: &[u8]) -> Self {
        let mut line = Self {
            bytes: Vec::new(),
            scanned: 0,
            in_quotes: false,
            colon: None,
            encoding: TransferEncoding::None,
            soft_break: false,
        };
        line.append(bytes);
        line
    }

    fn add(&mut self, next: &[u8]) -> LineStep {
        let blank = next.trim_ascii().is_empty();
        if self.soft_break {
            self.append(next);
            return LineStep::Added;
        }
        let indented = matches!(next.first(), Some(b' ' | b'\t'));
        match self.encoding {
            TransferEncoding::Base64 if blank => LineStep::Ended,
            TransferEncoding::Base64 if indented || next.iter().all(|b| is_base64(*b)) => {
                self.append(next.trim_ascii());
                LineStep::Added
            }
            _ if blank => LineStep::Added,
            _ if indented => {
                self.append(next.get(1..).unwrap_or_default());
                LineStep::Added
            }
            _ => LineStep::NewLine,
        }
    }

    fn append(&mut self, part: &[u8]) {
        self.bytes.extend_from_slice(part);
        if self.colon.is_none() {
            self.scan();
        }
        self.soft_break =
            self.encoding == TransferEncoding::QuotedPrintable && part.ends_with(b"=");
        if self.soft_break {
            self.bytes.pop();
        }
    }

    /// Looks for the colon in what has not been looked at yet.
    fn scan(&mut self) {
        while let Some(byte) = self.bytes.get(self.scanned) {
            match byte {
                b'"' => self.in_quotes = !self.in_quotes,
                b':' if !self.in_quotes => {
                    self.colon = Some(self.scanned);
                    self.encoding = transfer_encoding(&self.bytes[..self.scanned]);
                    return;
                }
                _ => {}
            }
            self.scanned += 1;
        }
    }

    fn finish(self) -> Line {
        // A quotation mark that is never closed would hide the colon.
        let colon = self
            .colon
            .or_else(|| self.bytes.iter().position(|byte| *byte == b':'));
        Line {
            bytes: self.bytes,
            colon,
        }
    }
}

pub(super) fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// Each of several files that were put one behind another may begin with one.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Lines as the file breaks them: at LF, CR LF, CR, and the CR CR LF that appears when a file with
/// CR LF is written as text once more.
struct PhysicalLines<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for PhysicalLines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.iter().position(|b| matches!(b, b'\r' | b'\n'));
        let Some(end) = end else {
            let line = std::mem::take(&mut self.rest);
            return Some(line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line));
        };
        let (line, after) = self.rest.split_at(end);
        let returns = after.iter().take_while(|b| **b == b'\r').count();
        let skip = match after.get(returns) {
            Some(b'\n') => returns + 1,
            _ => 1,
        };
        self.rest = after.get(skip..).unwrap_or_default();
        Some(line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line))
    }
}
