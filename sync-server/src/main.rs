//! `kept-server`: see `kept-server --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    kept_server::command::main()
}
