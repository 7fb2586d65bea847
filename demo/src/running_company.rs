//! The company of a demo, with its past, behind a server that listens.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};

use kept_core::model::ids::PersonId;
use kept_core::notebook::MemorySecretStore;
use kept_core::{Environment, SystemEnvironment};
use kept_server::{RunningServer, Server, ServerConfig};

use crate::company_past::{CompanyPast, PastOptions, PhonePlace};
use crate::company_plan::CompanyPlan;
use crate::demo_phone::DemoPhone;
use crate::past_server::SentChanges;
use crate::scene_context::NAMES;
use crate::{DemoError, DemoOptions};

/// A company that is ready to be watched.
pub(crate) struct RunningCompany {
    /// The server.
    pub(crate) server: RunningServer,
    /// The company.
    pub(crate) company: CompanyPlan,
    /// The person who runs it.
    pub(crate) owner: PersonId,
    /// The phones of the story.
    pub(crate) phones: Vec<DemoPhone>,
    /// Changes written so far.
    pub(crate) written: AtomicU64,
    /// Changes sent so far.
    pub(crate) sent: Arc<SentChanges>,
}

impl RunningCompany {
    /// The owner's name.
    pub(crate) fn owner_name(&self) -> &'static str {
        self.company.people.first().map_or("", |owner| owner.name)
    }
}

/// Makes a company with its history and starts its server. All its files lie in `data_dir` and `phones_dir`.
pub(crate) fn start(
    options: &DemoOptions,
    data_dir: &Path,
    phones_dir: &Path,
    runtime: &tokio::runtime::Runtime,
    stopping: &AtomicBool,
) -> Result<RunningCompany, DemoError> {
    let system = SystemEnvironment;
    // The address of all networks cannot be called; a reader on another machine knows this one's name.
    let (ip, port) = (options.listen.ip(), options.listen.port());
    let public_url = (ip.is_unspecified() && port != 0).then(|| format!("http://127.0.0.1:{port}"));
    let config = |listen, environment| ServerConfig {
        public_url: public_url.clone(),
        ..kept_kit::config(data_dir, listen, environment)
    };
    // The demo is a story: where the zone is not known, it happens in UTC.
    let zone = system
        .found_zone()
        .map_or_else(|_| "UTC".to_owned(), |found| found.name);
    let past_options = PastOptions {
        seed: options.seed,
        size: options.size,
        now: system.wall_ms(),
        zone,
        workers: std::thread::available_parallelism().map_or(2, usize::from),
    };
    let place = |who: usize| PhonePlace {
        folder: phones_dir.join(who.to_string()),
        secrets: Arc::new(MemorySecretStore::default()),
    };
    let (past, port) = CompanyPast::write(
        &past_options,
        &|environment| config(options.listen, environment),
        &place,
        runtime,
        stopping,
    )?;
    let address = port.local_addr()?;
    drop(port);
    let server = runtime.block_on(Server::start(config(address, Arc::new(system))))?;
    let mut phones = Vec::new();
    for name in NAMES {
        let author = past.author(name)?;
        author.clock.release();
        phones.push(DemoPhone::new(
            name,
            Arc::clone(&author.notebook),
            Arc::clone(&past.sent),
        )?);
    }
    Ok(RunningCompany {
        server,
        owner: past.owner,
        phones,
        written: past.written,
        sent: past.sent,
        company: past.company,
    })
}
