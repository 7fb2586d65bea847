//! A server with a certificate of its own: the invitation names its key, and devices trust that key and no other.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kept_core::ScriptedEnvironment;
use kept_core::model::registry::Role;
use kept_core::notebook::{ApiResult, JoinOptions, KeptError, Me, read_invitation};
use kept_core::sync::outage::OutageCause;
use kept_kit::config;
use kept_server::enrol::{Invitee, NewOrganisation};
use kept_server::{RunningServer, Server, ServerConfig, ServerState, TlsFiles};
use kept_tests::{Company, Device, MONDAY, Scenario, visit_entry};
use tokio::runtime::Runtime;

/// A company whose server encrypts with a certificate that it made for itself.
struct OwnCertificate {
    runtime: Runtime,
    server: Option<RunningServer>,
    address: SocketAddr,
    folder: tempfile::TempDir,
    scenario: Scenario,
}

/// A certificate of the name elsewhere.example, which no authority signed, and its key; valid until 2126.
fn files(name: &str) -> TlsFiles {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/join_pinned");
    let file = |kind: &str| -> PathBuf { folder.join(format!("{name}.{kind}")) };
    TlsFiles {
        certificate: file("pem"),
        key: file("key"),
    }
}

impl OwnCertificate {
    fn found(scenario: &Scenario) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let new = NewOrganisation {
            name: "Brandt & Sons".into(),
            owner: "Olivia".into(),
            teams: vec!["north".parse().unwrap()],
        };
        let environment = Arc::new(ScriptedEnvironment::new(MONDAY, 1));
        drop(ServerState::create(&folder.path().join("server"), environment, &new).unwrap());
        let mut company = Self {
            runtime,
            server: None,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            folder,
            scenario: scenario.clone(),
        };
        company.serve(Some("own"));
        company
    }

    /// Serves with a certificate, or unencrypted, at the address of before.
    fn serve(&mut self, certificate: Option<&str>) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.shutdown());
        }
        let environment = Arc::new(ScriptedEnvironment::new(MONDAY, 2));
        let config = ServerConfig {
            tls: certificate.map(files),
            ..config(
                &self.folder.path().join("server"),
                self.address,
                environment,
            )
        };
        let server = self.runtime.block_on(Server::start(config)).unwrap();
        self.address = server.address();
        self.server = Some(server);
    }

    fn invite(&self, name: &str) -> String {
        let invitee = Invitee {
            name: name.into(),
            role: Some(Role::Technician),
            teams: vec!["north".parse().unwrap()],
            pools: vec![],
        };
        let state = self.server.as_ref().unwrap().state();
        state.invitation_link(&invitee).unwrap()
    }

    fn device(&self, name: &str) -> Device {
        let clock = Arc::new(ScriptedEnvironment::new(
            MONDAY,
            self.scenario.seed_of(name),
        ));
        Device::open(&self.scenario, name, self.folder.path().join(name), clock)
    }
}

fn join(device: &Device, link: String) -> ApiResult<Me> {
    let options = JoinOptions {
        label: "phone".into(),
        ..JoinOptions::default()
    };
    device.notebook().join(link, options)
}

fn is_untrusted<T: std::fmt::Debug>(result: ApiResult<T>) -> bool {
    match result {
        Err(KeptError::Offline { outage, .. }) => outage.cause == OutageCause::Untrusted,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_link_names_the_key_of_a_server_and_no_other_server_is_told_anything() {
    let scenario = Scenario::begin("a certificate of its own");
    let mut company = OwnCertificate::found(&scenario);
    let (sam, eva) = (company.device("Sam"), company.device("Eva"));
    let link = company.invite("Sam");
    let preview = read_invitation(link.clone()).unwrap();
    assert!(preview.pinned && preview.allowed && !preview.plain_http);
    assert!(join(&sam, link).unwrap().joined);
    sam.notebook()
        .log_visit(visit_entry(None, "the hinge is loose"))
        .unwrap();
    assert_eq!(sam.notebook().sync_now().unwrap().held, 0);

    // Somebody between them shows another key, with the same names and dates.
    let hers = company.invite("Eva");
    company.serve(Some("other"));
    sam.notebook()
        .log_visit(visit_entry(None, "and the lid as well"))
        .unwrap();
    assert!(is_untrusted(sam.notebook().sync_now()));
    assert!(is_untrusted(join(&eva, hers.clone())));
    assert!(company.invite("Eva") != hers, "links name the new key");

    company.serve(Some("own"));
    assert!(
        sam.notebook().sync_now().unwrap().sent > 0,
        "nothing is lost"
    );
    assert!(
        join(&eva, hers).unwrap().joined,
        "and no invitation used up"
    );
}

#[test]
fn without_the_key_in_the_link_a_certificate_of_its_own_is_not_trusted() {
    let scenario = Scenario::begin("a link without a key");
    let company = OwnCertificate::found(&scenario);
    let link = company.invite("Sam");
    let (bare, pin) = link.split_once("&pin=").unwrap();
    assert!(is_untrusted(join(&company.device("Sam"), bare.to_owned())));
    let cut = format!("{bare}&pin={}", &pin[1..]);
    let refused = join(&company.device("Tim"), cut).unwrap_err();
    assert!(matches!(refused, KeptError::Invalid { .. }), "{refused:?}");
}

#[test]
fn a_server_that_does_not_encrypt_names_no_key() {
    let scenario = Scenario::begin("no certificate");
    let mut company = OwnCertificate::found(&scenario);
    company.serve(None);
    assert!(!company.invite("Sam").contains("pin="));
    let plain = Company::found(&scenario);
    assert!(
        !plain
            .invite("Sam", Role::Technician, &["north"])
            .contains("pin=")
    );
}
