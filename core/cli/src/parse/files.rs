//! Files that a command reads or writes, and the errors of those that cannot be read or written.

use std::io::{Read, Write};
use std::path::Path;

use kept_core::import::MAX_FILE;
use kept_core::language::{Message, without_error_number};
use kept_core::notebook::{ApiResult, KeptError};

/// A file of contacts, `-` for standard input. One that the core would refuse is not read to its end.
pub fn read_file(path: &Path) -> ApiResult<Vec<u8>> {
    let limit = MAX_FILE as u64;
    let unreadable_file_error = |error| unreadable_file_error(path, &error);
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        let read = std::io::stdin().take(limit + 1).read_to_end(&mut bytes);
        read.map_err(unreadable_file_error)?;
        return Ok(bytes);
    }
    let file = std::fs::File::open(path).map_err(unreadable_file_error)?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        let message = Message::new("cli-file-is-a-folder").text("path", path.display().to_string());
        return Err(KeptError::invalid("file", message));
    }
    let size = file.metadata().map_err(unreadable_file_error)?.len();
    if size > limit {
        let message = Message::new("import-error-file-too-large")
            .text("bytes", size.to_string())
            .text("limit", limit.to_string());
        return Err(KeptError::invalid("file", message));
    }
    let read = file.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(unreadable_file_error)?;
    Ok(bytes)
}

/// A file that cannot be read, in a sentence.
pub fn unreadable_file_error(path: &Path, error: &std::io::Error) -> KeptError {
    let message = if error.kind() == std::io::ErrorKind::NotFound {
        Message::new("cli-no-file")
    } else {
        Message::new("cli-file-unreadable").text("reason", without_error_number(&error.to_string()))
    };
    KeptError::invalid("file", message.text("path", path.display().to_string()))
}

/// Writes a file that is not there yet, readable by its owner only.
pub fn write_new_file(path: &Path, content: &[u8]) -> ApiResult<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(path)
        .and_then(|mut file| file.write_all(content).and_then(|()| file.sync_all()));
    written.map_err(|error| {
        let reason = without_error_number(&error.to_string());
        let message = Message::new("cli-file-unwritable").text("reason", reason);
        KeptError::invalid("file", message.text("path", path.display().to_string()))
    })
}
