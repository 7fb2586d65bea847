//! The binding generator: `uniffi-bindgen generate LIBRARY --language python --out-dir DIR`.

mod kotlin;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Returns only if everything was generated.
    uniffi::uniffi_bindgen_main();
    let arguments: Vec<String> = std::env::args().collect();
    let value = |flag: &str| {
        let after = |pair: &[String]| (pair[0] == flag).then(|| pair[1].clone());
        arguments.windows(2).find_map(after)
    };
    if value("--language").as_deref() != Some("kotlin") {
        return ExitCode::SUCCESS;
    }
    let Some(folder) = value("--out-dir") else {
        eprintln!("Kotlin is generated with `--language kotlin --out-dir DIR`, in two words each");
        return ExitCode::FAILURE;
    };
    match kotlin::rewrite(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
