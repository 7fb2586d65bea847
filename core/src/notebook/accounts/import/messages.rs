//! The sentences of an import: the reasons for which a file, a card or a property was not taken.

use vcard::{CardRefusal, FileError, LeftOutReason, MAX_CARDS, MAX_FILE};

use crate::language::Message;

/// Returns the reason why nothing of a file was imported.
pub(in crate::notebook) fn file_message(error: &FileError) -> Message {
    match error {
        FileError::Empty => Message::new("import-error-empty"),
        FileError::FileTooLarge { bytes } => Message::new("import-error-file-too-large")
            .text("bytes", bytes.to_string())
            .text("limit", MAX_FILE.to_string()),
        FileError::TooManyCards => {
            Message::new("import-error-too-many-cards").text("limit", MAX_CARDS.to_string())
        }
        FileError::OtherKind { kind } => {
            Message::new("import-error-other-kind").text("kind", *kind)
        }
        FileError::NoCards => Message::new("import-error-no-cards"),
    }
}

/// Returns the reason why a card was refused.
pub(in crate::notebook) fn refusal_message(refusal: &CardRefusal) -> Message {
    match refusal {
        CardRefusal::Empty => Message::new("import-refused-empty"),
        CardRefusal::Unfinished => Message::new("import-refused-unfinished"),
        CardRefusal::Unreadable => Message::new("import-refused-unreadable"),
        CardRefusal::TooLong { limit } => {
            Message::new("import-refused-too-long").text("limit", limit.to_string())
        }
    }
}

/// Returns the reason why a property was not taken, or what became of it.
pub(in crate::notebook) fn left_out_message(reason: &LeftOutReason) -> Message {
    match reason {
        LeftOutReason::PictureSetAside { bytes } => {
            Message::new("import-left-out-picture").text("bytes", bytes.to_string())
        }
        LeftOutReason::NotKept => Message::new("import-left-out-not-kept"),
        LeftOutReason::Unreadable => Message::new("import-left-out-unreadable"),
        LeftOutReason::TooLong => Message::new("import-left-out-too-long"),
        LeftOutReason::Duplicate => Message::new("import-left-out-duplicate"),
        LeftOutReason::Undecoded { charset } if charset.is_empty() => {
            Message::new("import-undecoded-undeclared").text("charset", "")
        }
        LeftOutReason::Undecoded { charset } => {
            Message::new("import-undecoded").text("charset", charset.as_str())
        }
        LeftOutReason::Guessed => Message::new("import-guessed"),
        LeftOutReason::AlsoCalled { name } => {
            Message::new("import-also-called").text("name", name.as_str())
        }
        LeftOutReason::NoEnd => Message::new("import-no-end"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Lang, message_text};

    #[test]
    fn what_was_not_taken_is_said_with_its_sizes_and_names() {
        let said = |message: &Message| message_text(message, Lang::En);
        for (message, part) in [
            (
                file_message(&FileError::FileTooLarge { bytes: 70_000_000 }),
                "up to 67 MB",
            ),
            (file_message(&FileError::TooManyCards), "50000"),
            (
                refusal_message(&CardRefusal::TooLong { limit: 500 }),
                "longer than 500",
            ),
            (
                left_out_message(&LeftOutReason::PictureSetAside { bytes: 3_400_000 }),
                "3.4 MB",
            ),
            (
                left_out_message(&LeftOutReason::Undecoded {
                    charset: String::new(),
                }),
                "names none",
            ),
            (
                left_out_message(&LeftOutReason::Undecoded {
                    charset: "KOI8-R".to_owned(),
                }),
                "KOI8-R",
            ),
            (
                left_out_message(&LeftOutReason::AlsoCalled {
                    name: "Ada Byron".to_owned(),
                }),
                "Ada Byron",
            ),
        ] {
            assert!(said(&message).contains(part), "{}", said(&message));
        }
    }
}
