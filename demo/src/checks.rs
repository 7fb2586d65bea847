//! The checks of the demo: conditions that must hold when the story has ended.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kept_core::model::ids::DocId;
use kept_core::model::promise::Flag;
use kept_server::ServerState;

use crate::DemoError;
use crate::demo_phone::DemoPhone;
use crate::scene_context::{SOFIA, SceneContext};

/// The number of times that a page is asked for before a visit counts as missing from it.
const TRIES: u32 = 40;

type Rows = BTreeMap<DocId, Vec<u8>>;

/// Runs all checks and prints them. True if all hold. `reference_phone` is a device that reads every territory and
/// has read everything from the beginning.
pub(crate) fn all(
    context: &mut SceneContext<'_>,
    reference_phone: &DemoPhone,
    state: &ServerState,
    runtime: &tokio::runtime::Runtime,
) -> Result<bool, DemoError> {
    let mut all_hold = true;
    for check in [
        comes_to_rest(context, reference_phone)?,
        outboxes(context, reference_phone)?,
        log(context, state)?,
        healthy(context, reference_phone)?,
        rows(context, reference_phone)?,
        concurrent_edit(context)?,
        across_teams(context)?,
        ladders(context)?,
        page(context, state, runtime)?,
    ] {
        all_hold &= check.holds;
        context
            .reporter
            .check(check.holds, check.what, &check.detail)?;
    }
    Ok(all_hold)
}

/// The rungs of a callback that has no performer, in the order in which they ring.
const LADDER: [&str; 6] = [
    "half",
    "5-minutes",
    "due",
    "promiser-due",
    "pool-step-in",
    "office-step-in",
];
/// The rung at which the office is asked to decide. Its time hangs on the record: where half of such promises took
/// longer than was given, it never rings, else it does by the time when the promise is due.
const DECIDE: &str = "office-decide";

struct CheckResult {
    what: &'static str,
    holds: bool,
    detail: String,
}

fn all_phones<'a>(
    context: &'a SceneContext<'_>,
    reference_phone: &'a DemoPhone,
) -> impl Iterator<Item = &'a DemoPhone> {
    context.phones.iter().chain([reference_phone])
}

/// Exchanges until nothing moves any more; then one round trip each moves nothing.
fn comes_to_rest(
    context: &SceneContext<'_>,
    reference_phone: &DemoPhone,
) -> Result<CheckResult, DemoError> {
    for _ in 0..3 {
        for phone in all_phones(context, reference_phone) {
            phone.sync()?;
        }
    }
    let mut restless = Vec::new();
    for phone in all_phones(context, reference_phone) {
        let report = phone.sync()?;
        if (
            report.exchanges,
            report.sent,
            report.received,
            report.agrees,
        ) != (1, 0, 0, Some(true))
        {
            restless.push(format!("{} {report:?}", phone.name));
        }
    }
    Ok(CheckResult {
        what: "One more exchange of each phone moves nothing, in one round trip, and agrees",
        holds: restless.is_empty(),
        detail: restless.join("; "),
    })
}

fn outboxes(
    context: &SceneContext<'_>,
    reference_phone: &DemoPhone,
) -> Result<CheckResult, DemoError> {
    let mut left = Vec::new();
    for phone in all_phones(context, reference_phone) {
        let status = phone.notebook.status()?;
        if !status.unsent.is_empty() || status.arriving > 0 || status.forked {
            left.push(phone.name.clone());
        }
    }
    Ok(CheckResult {
        what: "Every outbox is empty and nothing is half arrived",
        holds: left.is_empty(),
        detail: left.join(", "),
    })
}

/// Callbacks rang from half time to the office, and do not ring any more.
fn ladders(context: &SceneContext<'_>) -> Result<CheckResult, DemoError> {
    let mut wrong = Vec::new();
    for ladder_run in &context.ladder_runs {
        if !is_full_ladder(&ladder_run.rungs) {
            wrong.push(ladder_run.rungs.join(", "));
        }
        let called = context.phones[SOFIA].notebook.promise(ladder_run.promise)?;
        if called.summary.flags.contains(&Flag::WithoutProof) {
            wrong.push("a call is no proof of the callback".into());
        }
        for phone in &context.phones {
            let rings = phone.notebook.due_reminders(24 * 60 * 60_000)?;
            if rings.iter().any(|ring| ring.promise == ladder_run.promise) {
                wrong.push(format!("{} is still rung", phone.name));
            }
        }
    }
    Ok(CheckResult {
        what: "A callback climbed its ladder to the office, and rings nobody once it was made",
        holds: wrong.is_empty() && !context.ladder_runs.is_empty(),
        detail: wrong.join("; "),
    })
}

/// True if these are the rungs of a callback, no matter what the record says of callbacks.
fn is_full_ladder(rungs: &[String]) -> bool {
    let place = |name: &str| rungs.iter().position(|rung| rung == name);
    let fixed = rungs.iter().filter(|rung| *rung != DECIDE);
    fixed.eq(LADDER.iter())
        && place(DECIDE).is_none_or(|decide| place("pool-step-in") > Some(decide))
}

/// The log holds what was sent, and that is as many changes as were written, each once.
fn log(context: &SceneContext<'_>, state: &ServerState) -> Result<CheckResult, DemoError> {
    let hashes = state.change_hashes()?;
    let distinct: BTreeSet<_> = hashes.iter().copied().collect();
    let sent = context
        .phones
        .first()
        .map(|phone| phone.sent.hashes())
        .unwrap_or_default();
    let written = context.written.load(std::sync::atomic::Ordering::SeqCst);
    let counts = u64::try_from(distinct.len()).unwrap_or(u64::MAX);
    let held = state.held_groups()?.len();
    Ok(CheckResult {
        what: "The log holds exactly the changes that were written, each once",
        holds: distinct == sent && distinct.len() == hashes.len() && counts == written && held == 0,
        detail: format!(
            "{} in the log, {} sent, {written} written, {held} held",
            hashes.len(),
            sent.len()
        ),
    })
}

fn healthy(
    context: &SceneContext<'_>,
    reference_phone: &DemoPhone,
) -> Result<CheckResult, DemoError> {
    let mut unhealthy = Vec::new();
    let mut documents = 0;
    for phone in all_phones(context, reference_phone) {
        let checkup = phone.notebook.verify()?;
        documents += checkup.documents;
        if !checkup.is_healthy() {
            unhealthy.push(format!("{} {checkup:?}", phone.name));
        }
    }
    let detail = if unhealthy.is_empty() {
        format!(
            "{documents} documents on {} devices",
            all_phones(context, reference_phone).count()
        )
    } else {
        unhealthy.join("; ")
    };
    Ok(CheckResult {
        what: "Every row on every device is what its changes say",
        holds: unhealthy.is_empty(),
        detail,
    })
}

/// Every phone's rows are those of the device that sees everything, and it has all that it may see.
fn rows(context: &SceneContext<'_>, reference_phone: &DemoPhone) -> Result<CheckResult, DemoError> {
    let all: Rows = reference_phone.notebook.rows()?.into_iter().collect();
    let mut differ = Vec::new();
    let mut compared = 0;
    for phone in &context.phones {
        let rows: Rows = phone.notebook.rows()?.into_iter().collect();
        compared += rows.len();
        let wrong = rows
            .iter()
            .filter(|(doc, row)| all.get(doc) != Some(row))
            .count();
        let sees_all = phone.notebook.me()?.role.runs_the_company();
        if wrong > 0 || (sees_all && rows.len() != all.len()) {
            differ.push(format!(
                "{}: {wrong} of {} differ, {} in all",
                phone.name,
                rows.len(),
                all.len()
            ));
        }
    }
    let detail = if differ.is_empty() {
        format!("{compared} rows compared with {}", all.len())
    } else {
        differ.join("; ")
    };
    Ok(CheckResult {
        what: "Every phone shows the same as a device that has read everything from the beginning",
        holds: differ.is_empty(),
        detail,
    })
}

fn concurrent_edit(context: &SceneContext<'_>) -> Result<CheckResult, DemoError> {
    let mut missing = Vec::new();
    if let Some(concurrent_edit) = &context.concurrent_edit {
        for phone in [crate::scene_context::SAM, crate::scene_context::ANN] {
            let account = context.phones[phone]
                .notebook
                .account(concurrent_edit.account)?
                .account;
            missing.extend(
                concurrent_edit
                    .notes
                    .iter()
                    .filter(|note| !account.notes.contains(*note))
                    .cloned(),
            );
            let main = kept_core::model::account::ContactPointKind::Phone.main_item();
            let values: Vec<&String> = account
                .contact_points
                .iter()
                .filter(|contact_point| contact_point.id == main)
                .flat_map(|contact_point| contact_point.values.iter().map(|value| &value.value))
                .collect();
            missing.extend(
                concurrent_edit
                    .numbers
                    .iter()
                    .filter(|number| !values.contains(number))
                    .cloned(),
            );
        }
    }
    Ok(CheckResult {
        what: "Of what two phones wrote into one account at once, both notes and both numbers are there",
        holds: context.concurrent_edit.is_some() && missing.is_empty(),
        detail: missing.join(", "),
    })
}

fn across_teams(context: &SceneContext<'_>) -> Result<CheckResult, DemoError> {
    let mut missing = Vec::new();
    for (phone, promise) in &context.across_teams {
        if context.phones[*phone].notebook.promise(*promise).is_err() {
            missing.push(promise.to_string());
        }
    }
    Ok(CheckResult {
        what: "Whoever must deliver in another territory has the promise",
        holds: !context.across_teams.is_empty() && missing.is_empty(),
        detail: missing.join(", "),
    })
}

/// The office's page over HTTP, as a browser gets it that came in by a fresh link.
fn page(
    context: &SceneContext<'_>,
    state: &ServerState,
    runtime: &tokio::runtime::Runtime,
) -> Result<CheckResult, DemoError> {
    let ann = context.phones[crate::scene_context::ANN].person;
    let token = state.create_sign_in(ann)?;
    let url = state.url().trim_end_matches('/').to_owned();
    let missing_on = |page: &str| -> Vec<&str> {
        let texts = context.texts.iter().map(String::as_str);
        texts.filter(|text| !page.contains(text)).collect()
    };
    let (status, page) = runtime.block_on(async {
        let browser = Browser::sign_in(url, &token).await?;
        let mut last = browser.get("/").await?;
        for _ in 0..TRIES {
            // The office reads the log a moment after it was written.
            if last.0 != 200 || !missing_on(&last.1).is_empty() {
                tokio::time::sleep(Duration::from_millis(250)).await;
                last = browser.get("/").await?;
            }
        }
        Ok::<_, DemoError>(last)
    })?;
    let missing = missing_on(&page);
    Ok(CheckResult {
        what: "The office's page shows the story's visits",
        holds: status == 200 && missing.is_empty(),
        detail: match (status, missing.len()) {
            (200, 0) => format!("{} visits", context.texts.len()),
            (200, _) => format!("not there: {}", missing.join(" | ")),
            (other, _) => format!("it answers {other}"),
        },
    })
}

/// As much of a browser as it takes to come in and look.
struct Browser {
    client: reqwest::Client,
    url: String,
    cookies: String,
}

impl Browser {
    /// Presses the button behind a sign-in link.
    async fn sign_in(url: String, token: &str) -> Result<Self, DemoError> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let answer = client
            .post(format!("{url}/signin"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("token={token}"))
            .send()
            .await?;
        let cookies = answer.headers().get_all("set-cookie").iter();
        let pairs: Vec<&str> = cookies
            .filter_map(|cookie| cookie.to_str().ok())
            .filter_map(|cookie| cookie.split(';').next())
            .collect();
        Ok(Self {
            cookies: pairs.join("; "),
            client,
            url,
        })
    }

    /// The status and text of a page.
    async fn get(&self, path: &str) -> Result<(u16, String), DemoError> {
        let url = format!("{}{path}", self.url);
        let answer = self
            .client
            .get(url)
            .header("cookie", &self.cookies)
            .send()
            .await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_ladder(rungs: &[&str]) -> bool {
        is_full_ladder(
            &rungs
                .iter()
                .map(|rung| (*rung).to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn a_ladder_is_whole_whenever_the_record_lets_the_office_decide() {
        assert!(is_ladder(&LADDER));
        for early in 0..4 {
            let mut rungs = LADDER.to_vec();
            rungs.insert(early, DECIDE);
            assert!(is_ladder(&rungs), "{rungs:?}");
        }
        let [rungs @ .., _] = LADDER;
        assert!(!is_ladder(&rungs), "the office was not called");
        let late: Vec<_> = LADDER.into_iter().chain([DECIDE]).collect();
        assert!(!is_ladder(&late), "the office is asked after everything");
        assert!(!is_ladder(&[]));
    }
}
