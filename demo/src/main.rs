//! `kept-demo`: see `kept-demo --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    kept_demo::command::main()
}
