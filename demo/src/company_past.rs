//! The company's past: all people join, work for nine months, and send what they wrote, until now.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex};

use kept_core::Environment;
use kept_core::model::ids::PersonId;
use kept_core::model::registry::Role;
use kept_core::model::time::{DAY_MS, Millis};
use kept_core::notebook::SecretStore;
use kept_kit::{Rng, join_notebook_with};
use kept_server::enrol::{Invitee, NewOrganisation};
use kept_server::{Server, ServerConfig, ServerState};

use crate::calendar::{Calendar, MINUTE};
use crate::clock::DemoClock;
use crate::company_plan::{self, CompanyPlan};
use crate::handbook;
use crate::history::{self, Author, HistoryWriter};
use crate::past_server::{PastServer, SentChanges};
use crate::people::Employee;
use crate::scene_context::NAMES;
use crate::year_plan::{PAST_DAYS, YearPlan};
use crate::{CompanySize, DemoError};

/// The pause before each phone joins, in milliseconds: the server takes twenty a minute from one address.
const JOINING_MS: i64 = 4_000;

/// The options of a past.
#[derive(Clone, Debug)]
pub(crate) struct PastOptions {
    /// The seed that the company is made from.
    pub(crate) seed: u64,
    /// The company's size.
    pub(crate) size: CompanySize,
    /// The instant at which the past ends, in milliseconds since the epoch.
    pub(crate) now: Millis,
    /// The company's time zone, as an IANA name.
    pub(crate) zone: String,
    /// The number of threads that write. One thread writes the same whenever it is asked.
    pub(crate) workers: usize,
}

/// The place of a phone's files.
pub(crate) struct PhonePlace {
    /// The folder of the notebook.
    pub(crate) folder: PathBuf,
    /// The secrets of the notebook.
    pub(crate) secrets: Arc<dyn SecretStore>,
}

/// A company after its past; its server is closed.
pub(crate) struct CompanyPast {
    /// The company.
    pub(crate) company: CompanyPlan,
    /// The person who runs it.
    pub(crate) owner: PersonId,
    /// All people with their notebooks.
    pub(crate) authors: Vec<Author>,
    /// The server's clock.
    pub(crate) clock: Arc<DemoClock>,
    /// The number of changes written.
    pub(crate) written: AtomicU64,
    /// The changes sent.
    pub(crate) sent: Arc<SentChanges>,
}

impl CompanyPast {
    /// Founds the company and writes its past, with a server of `config` and phones at the places of their people.
    /// Returns the server's port as well, which nobody else takes as long as it is held.
    pub(crate) fn write(
        options: &PastOptions,
        config: &dyn Fn(Arc<dyn Environment>) -> ServerConfig,
        place: &(dyn Fn(usize) -> PhonePlace + Sync),
        runtime: &tokio::runtime::Runtime,
        stopping: &AtomicBool,
    ) -> Result<(Self, TcpListener), DemoError> {
        let now = options.now;
        let company = CompanyPlan::new(options.seed, options.size);
        let calendar = Calendar::new(now, &options.zone, PAST_DAYS)?;
        let year_plan = YearPlan::new(&company, options.seed, now, &calendar)?;
        let began = calendar.at(0, 6 * 60)?;
        let clock = Arc::new(DemoClock::new(began, options.seed, &options.zone));
        let config = config(clock.clone());
        let owner = found_organisation(&company, &config.data_dir, &clock)?;
        // All people join over HTTP. Then the server is closed while the history goes straight into the log, so that the
        // office reads it once and not with every line.
        let server = runtime.block_on(Server::start(config))?;
        let sent = Arc::new(SentChanges::default());
        let past_server = PastServer {
            state: server.state(),
            clock: Arc::clone(&clock),
            sent: Arc::clone(&sent),
            turn: Mutex::new(()),
        };
        let mut authors = join_all(&company, options, &past_server, place, began)?;
        let address = server.address();
        runtime.block_on(server.shutdown());
        let port = TcpListener::bind(address)?;
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
        history_writer.write_all(&mut authors, options.workers)?;
        drop(past_server);
        let past = Self {
            company,
            owner,
            authors,
            clock,
            written,
            sent,
        };
        Ok((past, port))
    }

    /// The person of a whole or first name.
    pub(crate) fn author(&self, name: &str) -> Result<&Author, DemoError> {
        let called = |author: &Author| {
            let person = self.company.people.get(author.who);
            person.is_some_and(|person| person.is_called(name))
        };
        let found = self.authors.iter().find(|author| called(author));
        found.ok_or_else(|| DemoError::Story(format!("{name} is not there")))
    }

    /// A colleague who has the same customers as a person: of the same team, from the office before others.
    pub(crate) fn colleague_of(&self, who: usize) -> Result<&Author, DemoError> {
        let employee = |who: usize| self.company.people.get(who);
        let team = employee(who).map(|person| person.team);
        let colleagues = self.authors.iter().filter(|author| {
            let person = employee(author.who);
            author.who != who && person.map(|person| person.team) == team
        });
        let from_office = |author: &&Author| {
            let person = employee(author.who);
            u8::from(person.is_none_or(|person| person.role != Role::Office))
        };
        let first = colleagues.min_by_key(from_office);
        first.ok_or_else(|| DemoError::Story("they have no colleague in their team".into()))
    }
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
    options: &PastOptions,
    past_server: &PastServer,
    place: &(dyn Fn(usize) -> PhonePlace + Sync),
    began: Millis,
) -> Result<Vec<Author>, DemoError> {
    let rng = Rng::new(options.seed ^ 0x1eaf);
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
        joining.push((who, link, None, last_heard(&rng, person, options.now)));
    }
    history::for_each(
        &mut joining,
        options.workers,
        |(who, link, author, until)| {
            let seed = options
                .seed
                .wrapping_mul(1_000)
                .wrapping_add(u64::try_from(*who).unwrap_or(0) + 1);
            let clock = Arc::new(DemoClock::new(began, seed, &options.zone));
            let name = company.people.get(*who).map_or("", Employee::first_name);
            past_server.clock.pass(JOINING_MS);
            let place = place(*who);
            let notebook = join_notebook_with(
                &place.folder,
                place.secrets,
                clock.clone(),
                link.clone(),
                &format!("{name}'s phone"),
            )?;
            *author = Some(history::author(*who, notebook, clock, *until)?);
            Ok(())
        },
    )?;
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
