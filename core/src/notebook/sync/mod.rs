//! Synchronisation: the engine is driven by a transport; the notebook is free while a body travels.

pub(in crate::notebook) mod active_runs;
pub(in crate::notebook) mod group_words;
pub(in crate::notebook) mod join;
pub(in crate::notebook) mod join_run;
pub(in crate::notebook) mod proxy;
pub(in crate::notebook) mod push;
pub(in crate::notebook) mod renewal;
pub(in crate::notebook) mod report;
pub(in crate::notebook) mod run;
pub(in crate::notebook) mod run_teller;
pub(in crate::notebook) mod server_watch;
pub(in crate::notebook) mod status;
pub(in crate::notebook) mod status_messages;
pub(in crate::notebook) mod status_records;
pub(in crate::notebook) mod stop_signals;
pub(in crate::notebook) mod ways_out;

use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::events::NotebookEvent;
use crate::notebook::folder::secrets::TOKEN;
use crate::notebook::sync::active_runs::ActiveRun;
use crate::notebook::sync::report::{RunEnd, SyncReport, sync_report};
use crate::notebook::sync::run_teller::RunTeller;
use crate::notebook::{Notebook, folder};
use crate::store::meta::{self, Access, Identity, OutageSince};
use crate::store::outbox;
use crate::sync::endpoint::{Endpoint, ServerTrust};
use crate::sync::engine::{ApplyProgress, Engine, EngineError, PendingReply, Response, RunStats};
use crate::sync::outage::{Outage, OutageCause};
use crate::sync::retries::Retries;
use crate::sync::transport::{HttpTransport, Transport, TransportError};
use crate::wire::WireError;

/// The number of times that one run writes again what clashes with another copy of this notebook.
const MAX_REWRITES: u32 = 2;

/// The result of a request: an answer, if it can be read, or none.
type ExchangeResult = Result<Result<Response, WireError>, TransportError>;

/// Returns the outage that an unusable answer means; the error itself if it means none.
fn outage_of(error: EngineError) -> ApiResult<Outage> {
    error.outage().ok_or_else(|| error.into())
}

/// Writes down how a run ended, for diagnosis.
fn note_run(outcome: &ApiResult<RunEnd>, stats: &RunStats) {
    let (sent, received) = (stats.sent, stats.received);
    let (held, refused, lacking) = (stats.held, stats.refused, stats.lacking);
    let exchanges = stats.exchanges;
    match outcome {
        Ok(end) => {
            let stopped = *end == RunEnd::Stopped;
            let (forked, agrees) = (stats.forked, stats.agrees);
            tracing::info!(
                exchanges,
                sent,
                received,
                held,
                refused,
                lacking,
                forked,
                stopped,
                ?agrees,
                "synchronised"
            );
        }
        Err(error) => {
            let error = error.code();
            tracing::warn!(
                exchanges,
                sent,
                received,
                held,
                refused,
                error,
                "not synchronised"
            );
        }
    }
}

/// Sends a request, and reads and checks the answer.
fn exchange(transport: &dyn Transport, request: Vec<u8>) -> ExchangeResult {
    let body = transport.exchange(request)?;
    match Response::read(&body, || transport.is_stopped()) {
        Ok(Some(response)) => Ok(Ok(response)),
        Ok(None) => Err(TransportError::Stopped),
        Err(unreadable) => Ok(Err(unreadable)),
    }
}

#[uniffi::export]
impl Notebook {
    /// Synchronises once over HTTP and waits for its end. `NeedsJoin` before `join`, `SyncRunning` if another run is
    /// under way.
    #[cfg_attr(doc, doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/sync_now.md")))]
    pub fn sync_now(&self) -> ApiResult<SyncReport> {
        self.sync_until_told()
    }
}

impl Notebook {
    /// Synchronises over any transport until nothing is left to do, the transport is stopped, or the notebook pauses.
    /// Everything moved before that, or before a failure, stays moved.
    pub fn sync_with(&self, transport: &dyn Transport) -> ApiResult<SyncReport> {
        let running = self.active_runs.begin()?;
        let _only_run = folder::lock_sync_run(&self.folder)?;
        self.events.send(NotebookEvent::Syncing { running: true });
        let mut engine = Engine::new();
        let mut teller = RunTeller::new(self);
        let outcome = self.run_exchanges(&mut engine, transport, &running, &mut teller);
        teller.tell_changes(&mut engine);
        let stats = engine.stats();
        note_run(&outcome, stats);
        self.events.send(NotebookEvent::Syncing { running: false });
        match &outcome {
            Ok(RunEnd::Done) => self.note_access(false)?,
            Err(KeptError::SignedOut) => self.note_access(true)?,
            _ => {}
        }
        self.note_outage(&outcome, stats)?;
        match outcome {
            Ok(end) => Ok(sync_report(stats, end)),
            Err(error) => Err(self.with_progress(error, stats)),
        }
    }

    /// Adds the progress of a run to its error, where that is an outage.
    fn with_progress(&self, error: KeptError, stats: &RunStats) -> KeptError {
        let KeptError::Offline { outage, .. } = error else {
            return error;
        };
        let unsent = self.read(|store| Ok(outbox::unsent_count(store.read())?));
        KeptError::Offline {
            outage,
            sent: stats.sent,
            // The outage is what to tell; a count that cannot be read is not.
            unsent: unsent.unwrap_or_default(),
        }
    }

    /// Keeps the cause and the beginning of an outage, for the status; forgets it once the server was reached.
    fn note_outage(&self, outcome: &ApiResult<RunEnd>, stats: &RunStats) -> ApiResult<()> {
        let outage = match outcome {
            Ok(RunEnd::Stopped) if stats.exchanges == 0 => return Ok(()),
            Ok(_) | Err(KeptError::SignedOut) => None,
            Err(KeptError::Offline { outage, .. }) => Some(outage.clone()),
            Err(KeptError::Storage { problem, .. }) if problem.is_of_the_disk() => {
                Some(Outage::new(OutageCause::Disk, ""))
            }
            Err(_) => return Ok(()),
        };
        let noted = self.write(|store| {
            let known: Option<OutageSince> = meta::get(store.read())?;
            let now = meta::now(store.read(), self.environment.as_ref())?.instant(None);
            let news = outage.map(|outage| OutageSince {
                cause: outage.cause.number(),
                detail: outage.detail,
                // One outage may show itself in several ways, and lasts until something came through.
                since: match &known {
                    Some(known) if stats.exchanges == 0 => known.since,
                    _ => now,
                },
            });
            if news == known {
                return Ok(());
            }
            Ok(store.write(|tx| match &news {
                Some(news) => meta::set(tx, news),
                None => meta::remove::<OutageSince>(tx),
            })?)
        });
        match noted {
            // A full disk is the outage itself.
            Err(KeptError::Storage { .. }) if outcome.is_err() => Ok(()),
            other => other,
        }
    }

    /// Keeps if the server lets this device in, for the status while there is no network.
    fn note_access(&self, signed_out: bool) -> ApiResult<()> {
        self.write(|store| {
            let known: Access = meta::get(store.read())?.unwrap_or_default();
            if known.signed_out != signed_out {
                store.write(|tx| meta::set(tx, &Access { signed_out }))?;
            }
            Ok(())
        })
    }

    fn run_exchanges(
        &self,
        engine: &mut Engine,
        transport: &dyn Transport,
        running: &ActiveRun<'_>,
        teller: &mut RunTeller<'_>,
    ) -> ApiResult<RunEnd> {
        let (mut retries, mut ahead) = (Retries::default(), None);
        // A server that refuses whatever is written again must not keep the run going.
        let mut rewrites = 0..MAX_REWRITES;
        let environment = self.environment.as_ref();
        while self.write(|store| Ok(engine.resume(store, environment)?))? {
            teller.tell(engine, false);
            if transport.is_stopped() || running.is_told_to_end() {
                return Ok(RunEnd::Stopped);
            }
        }
        loop {
            if running.is_told_to_end() {
                return Ok(RunEnd::Stopped);
            }
            let outcome = match ahead.take() {
                Some(outcome) => outcome,
                None => {
                    let request = self.write(|store| Ok(engine.next(store, environment)?))?;
                    let Some(request) = request else {
                        if rewrites.next().is_some() && self.rewrite_clashes()? {
                            engine.go_on();
                            continue;
                        }
                        return Ok(RunEnd::Done);
                    };
                    exchange(transport, request)
                }
            };
            let outage = match outcome {
                Ok(Ok(heard)) => match self.apply_answer(engine, transport, running, teller, heard)
                {
                    Ok(next) => {
                        ahead = next;
                        retries.progressed();
                        continue;
                    }
                    // An answer to something else, such as one that a proxy had kept.
                    Err(KeptError::Offline { outage, .. }) => outage,
                    Err(other) => return Err(other),
                },
                Ok(Err(unreadable)) => outage_of(unreadable.into())?,
                Err(TransportError::Stopped) => return Ok(RunEnd::Stopped),
                Err(error) => error.outage()?,
            };
            engine.failed(outage.cause);
            let Some(pause) = retries.failed(outage.cause) else {
                return Err(outage.into());
            };
            match transport.pause(pause) {
                Err(TransportError::Stopped) => return Ok(RunEnd::Stopped),
                done => done?,
            }
        }
    }

    /// Takes an answer, while the next one is on its way where the engine knows already what to ask.
    fn apply_answer(
        &self,
        engine: &mut Engine,
        transport: &dyn Transport,
        running: &ActiveRun<'_>,
        teller: &mut RunTeller<'_>,
        heard: Response,
    ) -> ApiResult<Option<ExchangeResult>> {
        let environment = self.environment.as_ref();
        let mut answer = engine.received(environment, heard)?;
        let ahead = self.write(|store| Ok(engine.request_ahead(store, environment, &answer)?))?;
        let stopped = || Ok(Some(Err(TransportError::Stopped)));
        let Some(request) = ahead else {
            let taken = self.apply_reply(engine, transport, running, teller, &mut answer)?;
            return taken.map_or_else(stopped, |_| Ok(None));
        };
        let (holds, outcome) = std::thread::scope(|scope| {
            let sending = scope.spawn(|| exchange(transport, request));
            let taken = self.apply_reply(engine, transport, running, teller, &mut answer);
            let sent = sending.join();
            (
                taken,
                sent.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            )
        });
        holds?.map_or_else(stopped, |holds| Ok(holds.then_some(outcome)))
    }

    /// Takes an answer piece by piece; between two of them other threads and processes may use the notebook. Returns
    /// true if the request that is on its way holds; none if the run was told to stop.
    fn apply_reply(
        &self,
        engine: &mut Engine,
        transport: &dyn Transport,
        running: &ActiveRun<'_>,
        teller: &mut RunTeller<'_>,
        answer: &mut PendingReply,
    ) -> ApiResult<Option<bool>> {
        let environment = self.environment.as_ref();
        loop {
            let taken = self.write(|store| Ok(engine.take(store, environment, answer)?))?;
            teller.tell(engine, taken != ApplyProgress::Piece);
            match taken {
                ApplyProgress::All { holds } => return Ok(Some(holds)),
                ApplyProgress::Piece if !answer.has_rows() => {}
                ApplyProgress::Piece if transport.is_stopped() || running.is_told_to_end() => {
                    return Ok(None);
                }
                ApplyProgress::Piece => {}
            }
        }
    }

    /// Returns HTTP to the server that this notebook belongs to; `NeedsJoin` before `join`, `SignedOut` without a
    /// token.
    pub fn http_transport(&self) -> ApiResult<HttpTransport> {
        let identity = self.read(|store| Ok(meta::identity(store.read())?))?;
        if identity.server.is_none() {
            return Err(KeptError::NeedsJoin);
        }
        let Some(token) = self.secrets.load(TOKEN.into())? else {
            self.note_access(true)?;
            return Err(KeptError::SignedOut);
        };
        let token = String::from_utf8(token).map_err(|_| KeptError::SignedOut)?;
        Ok(HttpTransport::new(
            &self.endpoint(&identity)?,
            Some(token),
            self.runtime()?,
        )?)
    }

    /// Returns the way to the server of an identity; `NeedsJoin` before `join`.
    fn endpoint(&self, identity: &Identity) -> ApiResult<Endpoint> {
        Ok(Endpoint {
            url: identity.server.clone().ok_or(KeptError::NeedsJoin)?,
            trust: ServerTrust::of(identity.certificate.clone(), identity.pin),
            proxy: self.proxy()?,
        })
    }
}

#[cfg(test)]
mod join_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod ways_out_tests;
