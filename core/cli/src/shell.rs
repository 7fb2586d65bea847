//! The command that was called, as a shell reads it.
//!
//! Typed text that the notebook did not take is shown again in full, as a command to be repeated. It is written to no
//! file: words of customers lie on this disk encrypted only, and the disk may be what is full.

/// The command that was called, word by word.
pub fn typed_command() -> Vec<String> {
    let words = std::env::args_os();
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect()
}

/// Words as a shell reads them, on one line.
pub fn shell_quoted(words: &[String]) -> String {
    words
        .iter()
        .map(|word| shell_quoted_word(word))
        .collect::<Vec<_>>()
        .join(" ")
}

fn shell_quoted_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    if !word.contains(char::is_control) {
        return format!("'{}'", word.replace('\'', "'\\''"));
    }
    let escaped = |c: char| match c {
        '\\' | '\'' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("$'{}'", word.chars().map(escaped).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_can_be_pasted_as_it_is_shown() {
        let words = [
            "kept",
            "visit",
            "Müller",
            "it's 5 o'clock $HOME",
            "",
            "a\nb's\u{1b}",
        ];
        assert_eq!(
            shell_quoted(&words.map(str::to_owned)),
            r"kept visit 'Müller' 'it'\''s 5 o'\''clock $HOME' '' $'a\nb\'s\u001b'"
        );
    }
}
