//! Golden files: the bytes that are on disks and wires.

use std::path::PathBuf;

/// Compares bytes with a golden file. `KEPT_WRITE_GOLDEN=1` writes those that are missing; one that is
/// there is never rewritten, for it is what is on disks and wires.
pub(crate) fn golden(name: &str, bytes: &[u8]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("golden")
        .join(format!("{name}.hex"));
    let hex = data_encoding::HEXLOWER.encode(bytes);
    let lines: Vec<&str> = hex
        .as_bytes()
        .chunks(96)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    let text = format!("{}\n", lines.join("\n"));
    if !path.exists() && std::env::var_os("KEPT_WRITE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &text).unwrap();
    }
    let known =
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert_eq!(text, known, "{name} is not what is on disks and wires");
}
