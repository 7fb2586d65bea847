//! Half characters in the generated Kotlin: it hands over U+FFFF for them, which the core refuses.
//!
//! A Kotlin text may end within a character, as one that was cut by its length does. As generated, such a text throws
//! while a call is being prepared, after the object it is made on was counted once more: that object is never given
//! back, and the folder of a notebook stays locked.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const THROWS: &str = "onMalformedInput(CodingErrorAction.REPORT)";
const REPLACES: &str = "onMalformedInput(CodingErrorAction.REPLACE)
            // U+FFFF is no character: the core refuses it with a sentence.
            replaceWith(byteArrayOf(0xEF.toByte(), 0xBF.toByte(), 0xBF.toByte()))";

/// Rewrites the Kotlin files of a folder. An error if the one line that it looks for is not there exactly once, as it
/// may not be with another version of uniffi.
pub fn rewrite(folder: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    kotlin_files(folder, &mut files)?;
    for file in files {
        let generated = fs::read_to_string(&file)?;
        let rewritten = with_half_characters(&generated).ok_or_else(|| {
            let file = file.display();
            io::Error::other(format!(
                "{file}: “{THROWS}” is not there once; does this version of uniffi say it otherwise?"
            ))
        })?;
        fs::write(&file, rewritten)?;
    }
    Ok(())
}

/// Returns generated Kotlin that hands over half a character as U+FFFF; none if it is not as expected.
fn with_half_characters(generated: &str) -> Option<String> {
    let once = generated.matches(THROWS).count() == 1;
    once.then(|| generated.replace(THROWS, REPLACES))
}

fn kotlin_files(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            kotlin_files(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "kt") {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_line_is_rewritten_and_another_number_of_them_is_refused() {
        let encoder = format!("run {{\n            {THROWS}\n            encode(text)\n}}\n");
        let rewritten = with_half_characters(&encoder).unwrap();
        assert!(
            rewritten.contains("CodingErrorAction.REPLACE)"),
            "{rewritten}"
        );
        assert!(rewritten.ends_with("encode(text)\n}\n"), "{rewritten}");
        assert_eq!(with_half_characters("fun nothing() {}"), None);
        assert_eq!(with_half_characters(&encoder.repeat(2)), None);
        assert_eq!(with_half_characters(&rewritten), None);
    }
}
