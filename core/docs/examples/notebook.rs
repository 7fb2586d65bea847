// The notebooks of the examples: one in a folder of its own, and one whose person works for a company.

/// A notebook of its own in a new folder. The folder goes with the process.
#[allow(dead_code)]
fn new_notebook() -> std::sync::Arc<kept_core::notebook::Notebook> {
    use kept_core::notebook::{MemorySecretStore, Notebook};
    let folder = tempfile::tempdir().expect("a folder").keep();
    let secrets = std::sync::Arc::new(MemorySecretStore::default());
    Notebook::open(folder.to_string_lossy().into_owned(), secrets).expect("a notebook")
}

/// The notebook of Sam, a technician of a company whose server is out of reach.
#[allow(dead_code)]
fn joined_notebook() -> std::sync::Arc<kept_core::notebook::Notebook> {
    use kept_core::model::ids::{Actor, InstallationId, OrganisationId, PersonId};
    use kept_core::model::registry::{Colleague, Role};
    use kept_core::store::meta::Identity;
    use kept_core::sync::endpoint::{Endpoint, ServerTrust};
    use kept_core::wire::JoinReply;
    let notebook = new_notebook();
    let me = notebook.me().expect("an identity");
    let before = Identity {
        organisation: me.organisation,
        organisation_name: String::new(),
        person: me.person,
        person_name: String::new(),
        role: me.role,
        team: None,
        installation: me.installation,
        actor: Actor([7; 16]),
        server: None,
        certificate: None,
        pin: None,
    };
    let reply = JoinReply {
        version: 1,
        organisation: OrganisationId([1; 16]),
        organisation_name: "Nord".into(),
        colleague: Colleague {
            id: PersonId([2; 16]),
            name: "Sam".into(),
            role: Role::Technician,
            teams: vec!["north".parse().expect("a team")],
            pools: vec![],
            from: 0,
            to: None,
        },
        installation: InstallationId([3; 16]),
        token: "token".into(),
        server_time: notebook.environment().wall_ms(),
    };
    let endpoint = Endpoint {
        url: "http://127.0.0.1:9".into(),
        trust: ServerTrust::Web,
        proxy: None,
    };
    notebook
        .complete_join(before, reply, endpoint)
        .expect("a notebook of the company");
    notebook
}

/// A customer called Hotel Adler.
#[allow(dead_code)]
fn new_account(notebook: &kept_core::notebook::Notebook) -> kept_core::model::ids::DocId {
    let draft = kept_core::model::account::AccountDraft {
        name: "Hotel Adler".into(),
        ..Default::default()
    };
    notebook.create_account(draft).expect("a customer")
}

/// A door seal for a customer, promised for tomorrow noon, for Sam to deliver.
#[allow(dead_code)]
fn door_seal(
    notebook: &kept_core::notebook::Notebook,
    account: kept_core::model::ids::DocId,
) -> kept_core::notebook::PromiseDraft {
    use kept_core::model::event::Performer;
    use kept_core::model::visit::Channel;
    let person = notebook.me().expect("an identity").person;
    let due = notebook.parse_typed_due("tomorrow 12:00".into(), None);
    kept_core::notebook::PromiseDraft {
        kind: "other".into(),
        deliverable: "a new door seal".into(),
        criterion: String::new(),
        account: Some(account),
        contact: None,
        performer: Performer::Person { person },
        due: due.expect("a date"),
        words: String::new(),
        channel: Channel::OnSite,
        told: true,
        ask: true,
        not_before: None,
        suggestion: None,
        makes_right: None,
    }
}
