//! Golden files: the bytes that are on disks and wires.

use std::path::PathBuf;

use data_encoding::HEXLOWER;

/// Compares bytes with a golden file. `KEPT_WRITE_GOLDEN=1` writes those that are missing; one that is
/// there is never rewritten, for it is what is on disks and wires.
pub(crate) fn golden(name: &str, bytes: &[u8]) {
    golden_or(
        name,
        bytes,
        &format!("{name} is not what is on disks and wires"),
    );
}

/// Compares bytes with a golden file as [`golden`] does; `hint` says what to do if they differ.
pub(crate) fn golden_or(name: &str, bytes: &[u8], hint: &str) {
    assert!(golden_bytes(name, bytes) == bytes, "{hint}");
}

/// The bytes of a golden file; `bytes` where `KEPT_WRITE_GOLDEN=1` writes one that is missing.
pub(crate) fn golden_bytes(name: &str, bytes: &[u8]) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("golden")
        .join(format!("{name}.hex"));
    if !path.exists() && std::env::var_os("KEPT_WRITE_GOLDEN").is_some() {
        let hex = HEXLOWER.encode(bytes);
        let lines: Vec<&str> = hex
            .as_bytes()
            .chunks(96)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, format!("{}\n", lines.join("\n"))).unwrap();
    }
    let known =
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    HEXLOWER.decode(known.replace('\n', "").as_bytes()).unwrap()
}
