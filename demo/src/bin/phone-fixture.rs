//! `phone-fixture`: see `phone-fixture --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    kept_demo::phone_fixture_command::main()
}
