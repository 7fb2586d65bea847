//! Two scenes about honest promises: the record is asked before a date is told, and proof that comes late corrects what
//! was shown, until a dispute is decided.

use kept_core::model::event::Finding;
use kept_core::model::promise::Outcome;
use kept_core::model::visit::Channel;
use kept_core::notebook::{DateQuestion, PromiseDraft, PromiseEdit, PromiseSummary, PromisesQuery};
use kept_core::words::{Lang, words_text};

use super::DemoError;
use super::stage::{ANN, BEN, KIM, SAM, SOFIA, Stage, beat, done};

const KIND: &str = "delivery";
/// Proof of a promise that is late is dated this long before the promise was owed, in milliseconds.
const EARLY_MS: i64 = 60 * 60_000;

/// A date at the table: the real record is shown before a date is picked, and the performer is asked first.
pub fn at_the_table(stage: &mut Stage<'_>) -> Result<bool, DemoError> {
    let customer = stage.customer_of(SAM)?;
    let soon = stage.due_in(2)?;
    let question = DateQuestion {
        kind: KIND.into(),
        performer: Some(stage.phones[BEN].person),
        within: None,
        account: None,
        due: Some(soon.clone()),
        quantile_percent: None,
    };
    let advice = stage.phones[SAM].notebook.ask_for_date(question)?;
    let asked = format!(
        "is asked by {} for {}; the record says:",
        customer.name,
        stage.said(&soon)
    );
    stage.say(SAM, &asked)?;
    let load = advice.load.iter().map(|load| &load.words);
    let lines = advice.sentences.iter().chain(&advice.warnings).chain(load);
    for line in lines.map(|words| words_text(words, Lang::En)) {
        stage.say(SAM, &format!("  {line}"))?;
    }
    beat!(stage);
    let said = stage.text(&[
        "They wanted it this week; told them honestly how long it takes, and they were fine with it.",
        "Lieber ein Datum, das hält, hat sie gesagt.",
    ]);
    let due = match &advice.suggestion {
        Some(suggestion) => suggestion.due.clone(),
        None => stage.due_in(10)?,
    };
    let drawers = PromiseDraft {
        told: false,
        suggestion: advice.suggestion.clone(),
        ..stage.promise(KIND, "Deliver the new drawer set", "It glides shut", &due)
    };
    let drawers = stage.asking(BEN, drawers);
    let promise = stage.log_with(SAM, &customer, &said, false, drawers)?;
    stage.quiet_sync(SAM)?;
    stage.say(
        SAM,
        &format!(
            "asks Ben for {} before telling the customer",
            stage.said(&due)
        ),
    )?;
    beat!(stage);
    stage.quiet_sync(BEN)?;
    stage.change(BEN, promise, PromiseEdit::Accept)?;
    stage.quiet_sync(BEN)?;
    stage.quiet_sync(SAM)?;
    let tell = stage.phones[SAM].notebook.promise(promise)?.tell;
    if let Some(tell) = tell {
        stage.say(SAM, &format!("reads: {}", words_text(&tell, Lang::En)))?;
    }
    let told = PromiseEdit::Communicate {
        contact: None,
        channel: Channel::OnSite,
    };
    stage.change(SAM, promise, told)?;
    stage.quiet_sync(SAM)?;
    stage.quiet_sync(BEN)?;
    stage.say(SAM, "tells the customer")?;
    Ok(true)
}

/// Proof that arrives late corrects the state; then the customer disputes it, and the office decides.
pub fn late_proof(stage: &mut Stage<'_>) -> Result<bool, DemoError> {
    let Some((who, late)) = overdue(stage)? else {
        return Ok(true);
    };
    let state = words_text(&late.state_words, Lang::En);
    let shown = format!("{}: {state}", words_text(&late.sentence, Lang::En));
    stage.say(ANN, &format!("sees “{shown}”"))?;
    beat!(stage);
    let owed = stage.phones[who]
        .notebook
        .promise(late.id)?
        .owed
        .instant()?;
    let proof = match done("The card was in the van all the time") {
        PromiseEdit::Fulfil { evidence, .. } => PromiseEdit::Fulfil {
            occurred_at: Some(owed - EARLY_MS),
            evidence,
        },
        other => other,
    };
    stage.change(who, late.id, proof)?;
    stage.quiet_sync(who)?;
    stage.quiet_sync(ANN)?;
    let kept = stage.phones[ANN].notebook.promise(late.id)?;
    if kept.summary.state.outcome != Outcome::Kept {
        return Err(DemoError::Story(format!(
            "proof of a deed in time did not count: {:?}",
            kept.summary.state
        )));
    }
    stage.say(
        who,
        "finds the signed card of that job: done in time after all, and corrected for everybody",
    )?;
    beat!(stage);
    let dispute = PromiseEdit::Dispute {
        words: "that is not what we talked about".into(),
    };
    stage.change(who, late.id, dispute)?;
    stage.quiet_sync(who)?;
    stage.quiet_sync(ANN)?;
    stage.say(
        who,
        "hears from the customer: “that is not what we talked about”",
    )?;
    let disputed = stage.phones[ANN].notebook.promise(late.id)?;
    let Some(dispute) = disputed.events.last().map(|event| event.id) else {
        return Ok(true);
    };
    let found = PromiseEdit::Resolve {
        dispute,
        finding: Finding::Broken,
        reason: "The note of the visit agrees with them".into(),
    };
    stage.change(ANN, late.id, found)?;
    let due = stage.due_in(1)?;
    let right = PromiseDraft {
        account: late.account,
        makes_right: Some(late.id),
        ..stage.promise(
            "fix",
            "Make it right",
            "They say that this is what they meant",
            &due,
        )
    };
    let right = stage.asking(who, right);
    stage.phones[ANN].notebook.make_promise(right)?;
    stage.count(1);
    stage.quiet_sync(ANN)?;
    stage.quiet_sync(who)?;
    stage.say(
        ANN,
        "decides at the office that it was broken, and promises to make it right",
    )?;
    Ok(true)
}

/// A performer of the story, with a promise of theirs to a customer whose date has passed and that is not marked done;
/// None if there is none.
fn overdue(stage: &Stage<'_>) -> Result<Option<(usize, PromiseSummary)>, DemoError> {
    for who in [KIM, SAM, BEN, SOFIA, ANN] {
        stage.quiet_sync(who)?;
        let query = PromisesQuery {
            open_only: true,
            mine: true,
            account: None,
            limit: 1_000,
        };
        let open = stage.phones[who].notebook.promises(query)?;
        let performer = stage.person(who);
        let late = open.into_iter().find(|promise| {
            let theirs = promise.performer == performer && promise.account.is_some();
            promise.state.late_ms > 0 && theirs
        });
        if let Some(late) = late {
            return Ok(Some((who, late)));
        }
    }
    Ok(None)
}
