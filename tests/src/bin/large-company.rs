//! `large-company DIR`: the folder of a server whose company has 5,000 customers, 50,000 documents and 15,000 promises,
//! for measurements that run against a server as a program of its own. Alice, a technician, made every promise.

#![allow(
    clippy::expect_used,
    reason = "a measurement that cannot be prepared has failed"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use kept_tests::{LargeCompany, LargeCompanySize};

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!(
            "Usage: large-company DIR   (DIR must not exist; KEPT_TRIAL=1 makes a small company)"
        );
        return ExitCode::from(2);
    };
    if folder.exists() {
        eprintln!("{} exists already; choose another folder", folder.display());
        return ExitCode::FAILURE;
    }
    let parent = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.map_or_else(|| PathBuf::from("."), PathBuf::from);
    std::fs::create_dir_all(&parent).expect("a folder");
    let size = match std::env::var_os("KEPT_TRIAL") {
        Some(_) => LargeCompanySize::TRIAL,
        None => LargeCompanySize::FULL,
    };
    let large = LargeCompany::found_in(size, &parent);
    large.company.stop_server();
    std::fs::rename(large.company.data(), &folder).expect("the server's folder is moved");
    println!("{} documents are in {}", size.documents(), folder.display());
    ExitCode::SUCCESS
}
