//! Scenarios of invitations.

use kept_core::ScriptedEnvironment;
use kept_core::model::placement::Scope;
use kept_core::sync::invitation::Invitation;
use kept_core::wire::Reply;

use super::*;
use crate::exchange::{self, Caller, CheckedRequest, ExchangeError};
use crate::fixture::{LogFixture, first_request, organisation};
use crate::log::SqliteLog;

impl LogFixture {
    fn invite(&mut self, invitee: &Invitee) -> Result<IssuedInvitation, EnrolError> {
        invite(
            &mut self.log,
            &self.keys,
            &self.environment,
            self.organisation.id,
            invitee,
            10,
        )
    }

    fn redeem(&mut self, code: &str, actor: u8, now: Millis) -> Result<JoinReply, EnrolError> {
        self.redeem_with(code, actor, None, now)
    }

    /// Redeems with the proof of a device.
    fn redeem_with(
        &mut self,
        code: &str,
        actor: u8,
        proof: Option<u8>,
        now: Millis,
    ) -> Result<JoinReply, EnrolError> {
        let request = JoinRequest {
            version: limits::PROTOCOL,
            code: code.into(),
            label: "Sam's phone".into(),
            actors: vec![Actor([actor; 16])],
            proof: proof.map(|byte| [byte; 32].into()),
        };
        redeem(&mut self.log, &self.keys, &self.environment, &request, now)
    }
}

impl LogFixture {
    /// The first exchange of a device that joined, or a later one.
    fn hear(&mut self, joined: &JoinReply, now: Millis) -> Result<Reply, ExchangeError> {
        let request = first_request();
        let caller = Caller::Device(joined.installation);
        let (keys, environment) = (&self.keys, &self.environment);
        let read = CheckedRequest::check(&request).unwrap();
        exchange::handle(&mut self.log, keys, environment, caller, &read, now)
    }

    fn devices(&mut self) -> Vec<Device> {
        self.log
            .read()
            .unwrap()
            .devices(self.organisation.id)
            .unwrap()
    }
}

fn sam() -> Invitee {
    Invitee {
        name: " Sam ".into(),
        role: Some(Role::Technician),
        teams: vec!["north".parse().unwrap()],
        pools: vec![],
    }
}

#[test]
fn an_invitation_takes_one_device_in_and_everybody_learns_of_it() {
    let mut office = LogFixture::new(1);
    let invited = office.invite(&sam()).unwrap();
    let joined = office
        .redeem(&invited.code, 1, 10 + limits::INVITE_MS - 1)
        .unwrap();
    assert_eq!(
        (
            joined.colleague.name.as_str(),
            joined.organisation_name.as_str()
        ),
        ("Sam", "Bäckerei Süß")
    );
    assert_eq!(
        office.keys.verify_token(&joined.token),
        Some(joined.installation)
    );
    assert_eq!(office.devices(), [], "nothing was heard from it yet");
    office.hear(&joined, 30).unwrap();
    let log = office.log.read().unwrap();
    let (_, device) = log.device(joined.installation).unwrap().unwrap();
    assert_eq!(
        (device.person, device.actors),
        (joined.colleague.id, vec![Actor([1; 16])])
    );
    // Ann, Sam and Sam's phone.
    let company = log
        .scope(office.organisation.id, &Scope::Company)
        .unwrap()
        .unwrap();
    assert_eq!(company.head, 3);
}

#[test]
fn an_invitation_is_good_for_one_device_and_fifteen_minutes() {
    let mut office = LogFixture::new(1);
    let invited = office.invite(&sam()).unwrap();
    let late = office.redeem(&invited.code, 1, 10 + limits::INVITE_MS);
    assert_eq!(late.unwrap_err().code(), problem::INVITE_EXPIRED);
    office.redeem(&invited.code, 1, 20).unwrap();
    let again = office.redeem(&invited.code, 2, 30);
    assert_eq!(again.unwrap_err().code(), problem::INVITE_USED);
}

#[test]
fn a_guessed_code_opens_nothing() {
    let mut office = LogFixture::new(1);
    let code = office.invite(&sam()).unwrap().code;
    let (id, secret) = code.split_once('.').unwrap();
    let other = office.invite(&sam()).unwrap().code;
    let (_, other_secret) = other.split_once('.').unwrap();
    let guesses = [
        String::new(),
        "kept".into(),
        id.into(),
        format!("{id}."),
        format!("{id}.{other_secret}"),
        format!("{id}.{}", &secret[1..]),
        format!("{id}.{secret}.x"),
    ];
    for guess in guesses {
        let refused = office.redeem(&guess, 1, 20).unwrap_err();
        assert_eq!(refused.code(), problem::INVITE_WRONG, "{guess}");
    }
    // A person may have typed it in capitals.
    office.redeem(&code.to_uppercase(), 1, 20).unwrap();
}

#[test]
fn a_device_cannot_join_with_somebody_elses_actor_or_without_one() {
    let mut office = LogFixture::new(1);
    let first = office.invite(&sam()).unwrap();
    let second = office.invite(&sam()).unwrap();
    let joined = office.redeem(&first.code, 1, 20).unwrap();
    office.hear(&joined, 20).unwrap();
    let taken = office.redeem(&second.code, 1, 20).unwrap_err();
    assert_eq!(taken.code(), problem::ACTOR_TAKEN);
    // The failed try did not use the invitation up.
    office.redeem(&second.code, 2, 20).unwrap();
}

#[test]
fn a_colleague_is_entered_once_and_not_changed_by_an_invitation() {
    let mut office = LogFixture::new(1);
    let first = office.invite(&sam()).unwrap();
    let again = Invitee {
        name: "Sam".into(),
        ..Invitee::default()
    };
    assert_eq!(office.invite(&again).unwrap().colleague, first.colleague);
    let mut other = sam();
    other.role = Some(Role::Owner);
    assert!(matches!(
        office.invite(&other),
        Err(EnrolError::DiffersFromRegistry { .. })
    ));
    let nobody = Invitee {
        name: "Kim".into(),
        ..Invitee::default()
    };
    assert!(matches!(
        office.invite(&nobody),
        Err(EnrolError::RoleMissing(_))
    ));
}

#[test]
fn an_owner_works_in_no_more_teams_than_a_colleague_may() {
    let founded = |count: usize| {
        let environment = ScriptedEnvironment::new(0, 1);
        let keys = Keys::fresh(&environment);
        let teams: Vec<String> = (0..count).map(|number| format!("team-{number}")).collect();
        let teams: Vec<&str> = teams.iter().map(String::as_str).collect();
        let new = organisation("Bakery", &teams);
        let mut log = SqliteLog::in_memory().unwrap();
        create_organisation(&mut log, &keys, &environment, &new, 1)
    };
    assert!(founded(limits::PERSON_TEAMS).is_ok());
    assert!(matches!(
        founded(limits::PERSON_TEAMS + 1),
        Err(EnrolError::TooManyTeams)
    ));
}

#[test]
fn a_folder_holds_one_organisation() {
    let mut office = LogFixture::new(1);
    let new = organisation("Dairy", &[]);
    let second = create_organisation(&mut office.log, &office.keys, &office.environment, &new, 1);
    assert!(matches!(second, Err(EnrolError::OrganisationExists(name)) if name == "Bäckerei Süß"));
}

#[test]
fn a_link_says_where_and_how_to_join() {
    let link = join_link("https://kept.example.com/", "a.b", "Süß & Co", None).unwrap();
    assert_eq!(
        link,
        "kept://kept.example.com/join?v=1&code=a.b&org=S%C3%BC%C3%9F%20%26%20Co"
    );
    let link = join_link("http://127.0.0.1:8787", "a.b", "Co", None).unwrap();
    assert_eq!(
        link,
        "kept://127.0.0.1:8787/join?v=1&code=a.b&org=Co&http=1"
    );
    let pin = KeyPin::of_public_key(b"key");
    let link = join_link("https://kept.example.com", "a.b", "Co", Some(pin)).unwrap();
    assert_eq!(Invitation::parse(&link).unwrap().pin, Some(pin));
    let link = join_link("http://127.0.0.1", "a.b", "Co", Some(pin)).unwrap();
    assert!(!link.contains("pin"), "nothing is checked there: {link}");
    for everywhere in ["http://0.0.0.0:8787", "https://[::]:443/", "http://0.0.0.0"] {
        let told = join_link(everywhere, "a.b", "Co", None)
            .unwrap_err()
            .to_string();
        assert!(told.contains("--public-url"), "{told}");
        assert!(sign_in_link(everywhere, "s").is_err());
    }
    for address in [
        "kept.example.com",
        "https://",
        "https://a/b",
        "ftp://a",
        "",
        "javascript:alert(1)",
    ] {
        assert!(matches!(
            join_link(address, "a.b", "Co", None),
            Err(EnrolError::Address(_))
        ));
    }
}

#[test]
fn whoever_shows_the_same_proof_gets_the_same_answer_until_the_device_is_heard() {
    let mut office = LogFixture::new(1);
    let invited = office.invite(&sam()).unwrap();
    let first = office.redeem_with(&invited.code, 1, Some(7), 20).unwrap();
    let late = 10 + 9 * limits::INVITE_MS;
    for now in [20, late] {
        let again = office.redeem_with(&invited.code, 1, Some(7), now).unwrap();
        assert_eq!(
            (again.installation, &again.token),
            (first.installation, &first.token)
        );
        for other in [Some(8), None] {
            let used = office.redeem_with(&invited.code, 2, other, now);
            assert_eq!(used.unwrap_err().code(), problem::INVITE_USED);
        }
    }
    assert_eq!(office.devices(), []);
    office.hear(&first, late).unwrap();
    let used = office.redeem_with(&invited.code, 1, Some(7), late);
    assert_eq!(used.unwrap_err().code(), problem::INVITE_USED);
    let devices = office.devices();
    assert_eq!((devices.len(), devices[0].enrolled), (1, late));
}

#[test]
fn a_device_that_was_never_heard_from_leaves_its_actor_to_the_one_that_joins_anew() {
    let mut office = LogFixture::new(1);
    // A server of before entered a device at once, and the answer was lost.
    let (person, ghost) = {
        let invited = office.invite(&sam()).unwrap();
        let joined = office.redeem(&invited.code, 1, 20).unwrap();
        let log = office.log.write().unwrap();
        let (_, mut invitation) = log.redeemed(joined.installation).unwrap().unwrap();
        let ghost = invitation.redeemed.clone().unwrap().device;
        log.put_device(office.organisation.id, &ghost).unwrap();
        invitation.used_at = Some(20);
        log.put_invitation(office.organisation.id, &invitation)
            .unwrap();
        log.commit().unwrap();
        (joined.colleague.id, ghost.id)
    };
    let stranger = Invitee {
        name: "Kim".into(),
        ..sam()
    };
    let stranger = office.invite(&stranger).unwrap();
    let taken = office
        .redeem_with(&stranger.code, 1, Some(9), 30)
        .unwrap_err();
    assert_eq!(taken.code(), problem::ACTOR_TAKEN, "only the same person's");

    let invited = office.invite(&sam()).unwrap();
    let joined = office.redeem_with(&invited.code, 1, Some(7), 30).unwrap();
    office.hear(&joined, 40).unwrap();
    let devices = office.devices();
    let of = |id| devices.iter().find(|device| device.id == id).unwrap();
    assert_eq!(
        (of(ghost).revoked, of(ghost).actors.len(), of(ghost).person),
        (Some(40), 0, person)
    );
    assert_eq!(of(joined.installation).actors, [Actor([1; 16])]);
}

#[test]
fn a_device_whose_owner_left_before_it_was_heard_is_not_taken_in() {
    let mut office = LogFixture::new(1);
    let invited = office.invite(&sam()).unwrap();
    let joined = office.redeem_with(&invited.code, 1, Some(7), 20).unwrap();
    let left = PersonChange {
        works_here: Some(false),
        ..PersonChange::default()
    };
    let (keys, environment, id) = (&office.keys, &office.environment, office.organisation.id);
    change_person(&mut office.log, keys, environment, id, ("Sam", &left), 30).unwrap();
    let shut_out = office.hear(&joined, 40);
    assert!(matches!(shut_out, Err(ExchangeError::SignedOut)));
    assert_eq!(office.devices(), []);
}
