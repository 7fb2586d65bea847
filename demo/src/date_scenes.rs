//! Two scenes about honest promises: the record is asked before a date is told, and proof that comes late corrects what
//! was shown, until a dispute is decided.

use kept_core::language::{Lang, message_text};
use kept_core::model::event::Finding;
use kept_core::model::promise::Outcome;
use kept_core::model::visit::Channel;
use kept_core::notebook::{
    DateQuestion, PromiseDraft, PromiseEdit, PromiseListQuery, PromiseSummary,
};

use crate::DemoError;
use crate::scene_context::{ANN, BEN, KIM, SAM, SOFIA, SceneContext, done, pause_or_stop};

const KIND: &str = "delivery";
/// Proof of a promise that is late is dated this long before the promise was owed, in milliseconds.
const EARLY_MS: i64 = 60 * 60_000;

/// A date at the table: the real record is shown before a date is picked, and the performer is asked first.
pub(crate) fn at_the_table(context: &mut SceneContext<'_>) -> Result<bool, DemoError> {
    let customer = context.customer_of(SAM)?;
    let soon = context.due_in(2)?;
    let question = DateQuestion {
        kind: KIND.into(),
        performer: Some(context.phones[BEN].person),
        within: None,
        account: None,
        due: Some(soon.clone()),
        quantile_percent: None,
    };
    let advice = context.phones[SAM].notebook.advise_date(question)?;
    let asked = format!(
        "is asked by {} for {}; the record says:",
        customer.name,
        context.due_text(&soon)
    );
    context.report(SAM, &asked)?;
    let load = advice.load.iter().map(|load| &load.words);
    let lines = advice.sentences.iter().chain(&advice.warnings).chain(load);
    for line in lines.map(|words| message_text(words, Lang::En)) {
        context.report(SAM, &format!("  {line}"))?;
    }
    pause_or_stop!(context);
    let said = context.visit_text(&[
        "They wanted it this week; told them honestly how long it takes, and they were fine with it.",
        "Lieber ein Datum, das hält, hat sie gesagt.",
    ]);
    let due = match &advice.suggestion {
        Some(suggestion) => suggestion.due.clone(),
        None => context.due_in(10)?,
    };
    let drawers = PromiseDraft {
        told: false,
        suggestion: advice.suggestion.clone(),
        ..context.promise(KIND, "Deliver the new drawer set", "It glides shut", &due)
    };
    let drawers = context.asking_performer(BEN, drawers);
    let promise = context.log_promise(SAM, &customer, &said, false, drawers)?;
    context.sync(SAM)?;
    context.report(
        SAM,
        &format!(
            "asks Ben for {} before telling the customer",
            context.due_text(&due)
        ),
    )?;
    pause_or_stop!(context);
    context.sync(BEN)?;
    context.change(BEN, promise, PromiseEdit::Accept)?;
    context.sync(BEN)?;
    context.sync(SAM)?;
    let tell = context.phones[SAM].notebook.promise(promise)?.tell;
    if let Some(tell) = tell {
        context.report(SAM, &format!("reads: {}", message_text(&tell, Lang::En)))?;
    }
    let told = PromiseEdit::Communicate {
        contact: None,
        channel: Channel::OnSite,
    };
    context.change(SAM, promise, told)?;
    context.sync(SAM)?;
    context.sync(BEN)?;
    context.report(SAM, "tells the customer")?;
    Ok(true)
}

/// Proof that arrives late corrects the state; then the customer disputes it, and the office decides.
pub(crate) fn late_proof(context: &mut SceneContext<'_>) -> Result<bool, DemoError> {
    let Some((who, late)) = overdue(context)? else {
        return Ok(true);
    };
    let state = message_text(&late.state_words, Lang::En);
    let shown = format!("{}: {state}", message_text(&late.sentence, Lang::En));
    context.report(ANN, &format!("sees “{shown}”"))?;
    pause_or_stop!(context);
    let owed = context.phones[who]
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
    context.change(who, late.id, proof)?;
    context.sync(who)?;
    context.sync(ANN)?;
    let kept = context.phones[ANN].notebook.promise(late.id)?;
    if kept.summary.state.outcome != Outcome::Kept {
        return Err(DemoError::Story(format!(
            "proof of a deed in time did not count: {:?}",
            kept.summary.state
        )));
    }
    context.report(
        who,
        "finds the signed card of that job: done in time after all, and corrected for everybody",
    )?;
    pause_or_stop!(context);
    let dispute = PromiseEdit::Dispute {
        words: "that is not what we talked about".into(),
    };
    context.change(who, late.id, dispute)?;
    context.sync(who)?;
    context.sync(ANN)?;
    context.report(
        who,
        "hears from the customer: “that is not what we talked about”",
    )?;
    let disputed = context.phones[ANN].notebook.promise(late.id)?;
    let Some(dispute) = disputed.open_dispute else {
        return Ok(true);
    };
    let found = PromiseEdit::Resolve {
        dispute,
        finding: Finding::Broken,
        reason: "The note of the visit agrees with them".into(),
    };
    context.change(ANN, late.id, found)?;
    let due = context.due_in(1)?;
    let right = PromiseDraft {
        account: late.account,
        makes_right: Some(late.id),
        ..context.promise(
            "fix",
            "Make it right",
            "They say that this is what they meant",
            &due,
        )
    };
    let right = context.asking_performer(who, right);
    context.phones[ANN].notebook.make_promise(right)?;
    context.count(1);
    context.sync(ANN)?;
    context.sync(who)?;
    context.report(
        ANN,
        "decides at the office that it was broken, and promises to make it right",
    )?;
    Ok(true)
}

/// A performer of the story, with a promise of theirs to a customer whose date has passed and that is not marked done;
/// None if there is none.
fn overdue(context: &SceneContext<'_>) -> Result<Option<(usize, PromiseSummary)>, DemoError> {
    for who in [KIM, SAM, BEN, SOFIA, ANN] {
        context.sync(who)?;
        let query = PromiseListQuery {
            open_only: true,
            mine: true,
            account: None,
            limit: 1_000,
            offset: 0,
            kind: None,
        };
        let open = context.phones[who].notebook.promises(query)?;
        let performer = context.person(who);
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
