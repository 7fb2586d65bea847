//! Entries that would not count are not written, and the office writes for a colleague who phones in.

use kept_core::language::{Lang, message_text};
use kept_core::model::promise::{Flag, Outcome, OutcomeRule};
use kept_core::model::registry::Role;
use kept_core::notebook::{KeptError, Promise, PromiseEdit};
use kept_tests::{Company, Scenario, account, promise_to, quiesce};

fn in_english(words: &kept_core::language::Message) -> String {
    message_text(words, Lang::En)
}

fn tell(promise: &Promise) -> String {
    promise.tell.as_ref().map(in_english).unwrap_or_default()
}

fn refusal(refused: Result<(), KeptError>) -> String {
    in_english(&refused.unwrap_err().message())
}

#[test]
fn nobody_writes_what_would_not_count_and_the_office_writes_for_who_phones_in() {
    let scenario = Scenario::begin("for somebody who phones in");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let ola = company.device("Ola", Role::Office, &["north"]);
    let everybody = [&alice, &bob, &ola];
    let customer = alice.notebook().create_account(account("Mill")).unwrap();
    quiesce(&everybody);
    let draft = promise_to(customer, "rebuild", bob.person(), alice.due_in(10));
    let id = alice.notebook().make_promise(draft).unwrap();
    quiesce(&everybody);
    let accept = || vec![PromiseEdit::Accept];
    let before = alice.outbox();
    let own = refusal(alice.notebook().change_promise(id, accept()));
    let others = refusal(
        alice
            .notebook()
            .change_promise_for(id, bob.person(), accept()),
    );
    let nobodys = refusal(
        ola.notebook()
            .change_promise_for(id, alice.person(), accept()),
    );
    assert_eq!(
        [own.as_str(), others.as_str(), nobodys.as_str()],
        [
            "Only whoever is to deliver may do this. Nothing was changed.",
            "Only the office and the owner may write this for somebody else. Nothing was changed.",
            "The person for whom it was written was not to deliver then. Nothing was changed.",
        ]
    );
    assert_eq!(alice.outbox(), before, "nothing was written");

    scenario.step("Bob phones the office: he accepts, and did it an hour ago");
    ola.notebook()
        .change_promise_for(id, bob.person(), accept())
        .unwrap();
    company.advance(11 * 3_600_000);
    quiesce(&everybody);
    assert!(tell(&alice.notebook().promise(id).unwrap()).starts_with("Bob accepted. Tell Mill"));
    let done = PromiseEdit::Fulfil {
        occurred_at: Some(ola.now() - 2 * 3_600_000),
        evidence: vec![],
    };
    ola.notebook()
        .change_promise_for(id, bob.person(), vec![done])
        .unwrap();
    quiesce(&everybody);
    let promise = alice.notebook().promise(id).unwrap();
    assert_eq!(promise.summary.state.outcome, Outcome::Kept);
    let last = promise.events.last().unwrap();
    let remarks: Vec<String> = last.remarks.iter().map(in_english).collect();
    assert_eq!(remarks[0], "for Bob");
    assert!(remarks[1].starts_with("recorded "), "{remarks:?}");
    let corrected = |flag: &Flag| matches!(flag, Flag::Corrected { .. });
    assert!(promise.summary.flags.iter().any(corrected), "it came late");
    let why = alice.notebook().explain_promise(id).unwrap();
    assert_eq!(why.outcome, OutcomeRule::DoneInTime);
    assert_eq!(why.events.len(), promise.events.len());
}
