//! Copies of a notebook's folder as a power cut would leave it, and fingerprints of folders.

use std::fs;
use std::path::{Path, PathBuf};

use kept_core::model::ids::DocId;

/// Copies the database of an open notebook as the disk has it now, beside the original. The index of the
/// write-ahead log and the lock do not survive a power cut, so they are left out.
pub fn copy_as_after_power_cut(folder: &Path) -> PathBuf {
    let image = folder.with_extension("after-the-power-cut");
    let image = (0..)
        .map(|n| image.with_extension(format!("after-power-cut-{n}")))
        .find(|path| !path.exists())
        .expect("a free name");
    fs::create_dir(&image).expect("a folder for the image");
    for file in ["notebook.db", "notebook.db-wal"] {
        let from = folder.join(file);
        if from.exists() {
            fs::copy(&from, image.join(file)).expect("the file is copied");
        }
    }
    image
}

/// A short text for rows: two devices that show the same have the same.
pub fn fingerprint(rows: &[(DocId, Vec<u8>)]) -> String {
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let bytes = rows.iter().flat_map(|(doc, row)| doc.0.iter().chain(row));
    let sum = bytes.fold(0xcbf2_9ce4_8422_2325, mix);
    format!("{} rows, {sum:016x}", rows.len())
}
