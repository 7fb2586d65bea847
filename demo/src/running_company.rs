//! Puts the company and its history into a fresh data folder, behind a server that already listens.

use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex};

use kept_core::model::ids::PersonId;
use kept_core::model::registry::Role;
use kept_core::model::time::{DAY_MS, Millis};
use kept_core::{Environment, SystemEnvironment};
use kept_kit::{Rng, join_notebook};
use kept_server::ServerState;
use kept_server::enrol::{Invitee, NewOrganisation};
use kept_server::{RunningServer, Server, ServerConfig};

use crate::calendar::{Calendar, MINUTE};
use crate::clock::DemoClock;
use crate::company_plan::{self, CompanyPlan};
use crate::demo_phone::DemoPhone;
use crate::handbook;
use crate::history::{self, Author, HistoryWriter};
use crate::past_server::{PastServer, SentChanges};
use crate::people::Employee;
use crate::scene_context::NAMES;
use crate::year_plan::{PAST_DAYS, YearPlan};
use crate::{DemoError, DemoOptions};

/// The pause before each phone joins, in milliseconds: the server takes twenty a minute from one address.
const JOINING_MS: i64 = 4_000;

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
    let now = system.wall_ms();
    let company = CompanyPlan::new(options.seed, options.size);
    let calendar = Calendar::new(now, &system.zone(), PAST_DAYS)?;
    let year_plan = YearPlan::new(&company, options.seed, now, &calendar)?;
    let began = calendar.at(0, 6 * 60)?;
    let clock = Arc::new(DemoClock::new(began, options.seed));
    let owner = found_organisation(&company, data_dir, &clock)?;
    // The address of all networks cannot be called; a reader on another machine knows this one's name.
    let (ip, port) = (options.listen.ip(), options.listen.port());
    let public_url = (ip.is_unspecified() && port != 0).then(|| format!("http://127.0.0.1:{port}"));
    let config = |listen, environment| ServerConfig {
        public_url: public_url.clone(),
        ..kept_kit::config(data_dir, listen, environment)
    };
    // All people join over HTTP. Then the server is closed while the history goes straight into the log, so that the
    // office reads it once and not with every line.
    let server = runtime.block_on(Server::start(config(options.listen, clock.clone())))?;
    let sent = Arc::new(SentChanges::default());
    let past_server = PastServer {
        state: server.state(),
        clock,
        sent: Arc::clone(&sent),
        turn: Mutex::new(()),
    };
    let mut authors = join_all(&company, options.seed, &past_server, phones_dir, began, now)?;
    let address = server.address();
    runtime.block_on(server.shutdown());
    let port_guard = TcpListener::bind(address)?;
    let written = AtomicU64::new(0);
    handbook::write(&authors, &company, (now, calendar.zone()), &written)?;
    let history_writer = HistoryWriter::new(
        &company,
        &year_plan,
        &past_server,
        &written,
        stopping,
        &authors,
    );
    history_writer.write_all(&mut authors)?;
    drop((past_server, port_guard));
    let server = runtime.block_on(Server::start(config(address, Arc::new(system))))?;
    let mut phones = Vec::new();
    for name in NAMES {
        let place = company.people.iter().position(|person| person.name == name);
        let author = authors.iter().find(|author| Some(author.who) == place);
        let author = author.ok_or_else(|| DemoError::Story(format!("{name} is not there")))?;
        author.clock.release();
        phones.push(DemoPhone::new(
            name,
            Arc::clone(&author.notebook),
            Arc::clone(&sent),
        )?);
    }
    Ok(RunningCompany {
        server,
        company,
        owner,
        phones,
        written,
        sent,
    })
}

/// The organisation and its owner.
fn found_organisation(
    company: &CompanyPlan,
    data_dir: &Path,
    clock: &Arc<DemoClock>,
) -> Result<PersonId, DemoError> {
    let owner = company.people.first();
    let new = NewOrganisation {
        name: company_plan::NAME.into(),
        owner: owner.map_or("", |owner| owner.name).into(),
        teams: owner.map_or(Ok(vec![]), Employee::teams)?,
    };
    let (_, owner) = ServerState::create(data_dir, clock.clone(), &new)?;
    Ok(owner.id)
}

/// All people join, each with a phone of their own.
fn join_all(
    company: &CompanyPlan,
    seed: u64,
    past_server: &PastServer,
    folder: &Path,
    began: Millis,
    now: Millis,
) -> Result<Vec<Author>, DemoError> {
    let rng = Rng::new(seed ^ 0x1eaf);
    let mut joining = Vec::new();
    for (who, person) in company.people.iter().enumerate() {
        let invitee = if person.role == Role::Owner {
            Invitee {
                name: person.name.into(),
                ..Invitee::default()
            }
        } else {
            Invitee {
                name: person.name.into(),
                role: Some(person.role),
                teams: person.teams()?,
                pools: person.pools()?,
            }
        };
        let link = past_server.state.invitation_link(&invitee)?;
        joining.push((who, link, None, last_heard(&rng, person, now)));
    }
    history::for_each_in_parallel(&mut joining, |(who, link, author, until)| {
        let seed = seed
            .wrapping_mul(1_000)
            .wrapping_add(u64::try_from(*who).unwrap_or(0) + 1);
        let clock = Arc::new(DemoClock::new(began, seed));
        let name = company.people.get(*who).map_or("", Employee::first_name);
        past_server.clock.pass(JOINING_MS);
        let place = folder.join(who.to_string());
        let notebook = join_notebook(
            &place,
            clock.clone(),
            link.clone(),
            &format!("{name}'s phone"),
        )?;
        *author = Some(history::author(*who, notebook, clock, *until)?);
        Ok(())
    })?;
    Ok(joining
        .into_iter()
        .filter_map(|(_, _, author, _)| author)
        .collect())
}

/// The instant at which a person's phone was heard from before the story, in milliseconds since the epoch: most a while
/// ago, two have been silent for days.
fn last_heard(rng: &Rng, person: &Employee, now: Millis) -> Millis {
    if NAMES.contains(&person.name) {
        now - 2 * MINUTE
    } else if ["Björn", "Käthe"].contains(&person.first_name()) {
        now - 4 * DAY_MS
    } else {
        now - rng.between(2, 100) * MINUTE
    }
}
