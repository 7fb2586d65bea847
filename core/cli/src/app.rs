//! The context that every command works in: the folder, how its notebook is opened, and the output.

use std::cell::RefCell;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use kept_core::language::Message;
use kept_core::notebook::{ApiResult, EventStream, KeptError, NotebookEvent};
use kept_core::{Environment, Notebook, SystemEnvironment, limits};
use kept_help::Program;

use crate::keyring::FolderSecrets;
use crate::options::SharedOptions;
use crate::output::Output;

/// The variable that names a proxy for this run. Those that other programs read are not looked at: they often
/// stand for something else.
const PROXY_VARIABLE: &str = "KEPT_PROXY";

/// The context of every command.
pub struct App {
    /// The folder of the notebook.
    pub folder: PathBuf,
    /// The output: where and how to print.
    pub out: Output,
    /// The command line that was read.
    program: Program,
    /// The time to wait for other programs, in milliseconds.
    wait_ms: i64,
    /// True if the command saves what people typed.
    saves: bool,
    /// The changes since the notebook was opened; None before.
    changes: RefCell<Option<Arc<EventStream>>>,
    /// The warning that the clock of this device is behind, as it was when the notebook was opened; None if it is
    /// not.
    clock_warning: RefCell<Option<Message>>,
}

impl App {
    /// Reads the options that every command takes. A command that saves what people typed waits longer for other
    /// programs than one that looks something up.
    pub fn new(program: Program, options: &SharedOptions, saves: bool) -> Self {
        let default = match saves {
            true => limits::TEXT_WAIT_MS,
            false => limits::LOCK_WAIT_MS,
        };
        Self {
            folder: options.data.clone().unwrap_or_else(default_folder),
            out: Output::new(options),
            program,
            wait_ms: options.wait.map_or(default, |wait| i64::from(wait) * 1000),
            saves,
            changes: RefCell::default(),
            clock_warning: RefCell::default(),
        }
    }

    /// Opens the notebook; makes one where there is none. A command that saves what people typed keeps other programs
    /// out until it ends: what it writes follows from what it read. All others let them in after each call.
    pub fn open(&self) -> ApiResult<Notebook> {
        let notebook = self.open_after_waiting()?;
        if self.saves {
            notebook.keep_lock()?;
            self.clock_warning.replace(notebook.clock_warning()?);
        }
        self.out.set_clock(notebook.now_ms()?);
        self.changes.replace(Some(notebook.events()));
        Ok(notebook)
    }

    /// Opens the notebook, and says that it has to wait where that takes long.
    fn open_after_waiting(&self) -> ApiResult<Notebook> {
        const SILENT_WAIT_MS: i64 = 1_000;
        match open(self.folder.clone(), self.wait_ms.min(SILENT_WAIT_MS)) {
            Err(KeptError::Busy) if self.wait_ms > SILENT_WAIT_MS => {
                self.out.print_note(&Message::new("cli-waiting"));
                open(self.folder.clone(), self.wait_ms - SILENT_WAIT_MS)
            }
            opened => Ok(opened?.with_lock_wait(self.wait_ms)),
        }
    }

    /// True if something was saved since the notebook was opened.
    pub fn has_saved_changes(&self) -> bool {
        let changes = self.changes.borrow();
        let events = changes.as_ref().map_or(vec![], |changes| changes.waiting());
        let saved = |event: &NotebookEvent| {
            matches!(event, NotebookEvent::Changed { .. } | NotebookEvent::Missed)
        };
        events.iter().any(saved)
    }

    /// Says, after something was saved, that the clock is behind by which its times were taken.
    pub fn print_clock_warning(&self) {
        if let Some(message) = self
            .clock_warning
            .take()
            .filter(|_| self.has_saved_changes())
        {
            self.out.print_warning(&message);
        }
    }

    /// Opens the notebook for a command that calls the server.
    pub fn open_for_server(&self) -> ApiResult<Notebook> {
        with_environment_proxy(self.open()?)
    }

    /// Ends a call that names nothing to change. clap could say this as well, but only by naming every option.
    pub fn refuse_empty_change(&self, such_as: &str) -> ! {
        let message = Message::new("usage-nothing-to-change").text("such", such_as);
        self.program.exit_with_usage_error(&message)
    }

    /// The time zone that we are in.
    pub fn zone(&self) -> String {
        SystemEnvironment.zone()
    }
}

/// Opens the notebook of a folder, whose calls wait so many milliseconds for other programs.
pub fn open(folder: PathBuf, wait_ms: i64) -> ApiResult<Notebook> {
    let secrets = Arc::new(FolderSecrets::new(&folder));
    Notebook::open_with_lock_wait(folder, secrets, Arc::new(SystemEnvironment), wait_ms)
}

/// Opens the notebook of a folder for a command that calls the server, and waits so many milliseconds for other
/// programs.
pub fn open_for_server(folder: PathBuf, wait_ms: i64) -> ApiResult<Notebook> {
    with_environment_proxy(open(folder, wait_ms)?)
}

/// Lets a notebook use the proxy that the environment names.
fn with_environment_proxy(notebook: Notebook) -> ApiResult<Notebook> {
    if let Some(proxy) = std::env::var(PROXY_VARIABLE)
        .ok()
        .filter(|text| !text.is_empty())
    {
        notebook.override_proxy(Some(proxy))?;
    }
    Ok(notebook)
}

/// The exit code of a command that ran: success if all was done.
pub fn exit_code(is_done: bool) -> ExitCode {
    match is_done {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// The default folder of the notebook: `kept` where this system keeps the data of programs.
fn default_folder() -> PathBuf {
    let variable = |name: &str| {
        let value = PathBuf::from(std::env::var_os(name)?);
        value.is_absolute().then_some(value)
    };
    let home = || std::env::home_dir().unwrap_or_default();
    let data = if cfg!(target_os = "macos") {
        home().join("Library/Application Support")
    } else if cfg!(windows) {
        variable("APPDATA").unwrap_or_else(home)
    } else {
        variable("XDG_DATA_HOME").unwrap_or_else(|| home().join(".local/share"))
    };
    data.join("kept")
}
