//! The programs that people run, as processes.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The command that people use, built where it is not there yet.
pub fn kept() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test
        .parent()
        .and_then(Path::parent)
        .expect("the target folder");
    let kept = folder.join(format!("kept{}", std::env::consts::EXE_SUFFIX));
    if !kept.exists() {
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--locked", "-p", "kept"]);
        if folder.ends_with("release") {
            build.arg("--release");
        }
        build.env("CARGO_TARGET_DIR", folder.parent().unwrap());
        assert!(build.status().unwrap().success(), "kept cannot be built");
    }
    kept
}
