//! The server's statements about itself.

use super::*;
use crate::log::Fault;

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_cannot_store_says_so_and_is_well_again_by_itself() {
    let bakery = bakery().await;
    let token = bakery.sam();
    let is_well = |bakery: &Bakery| {
        let told = bakery.get("/healthz");
        let value: serde_json::Value = serde_json::from_slice(&told.body).unwrap();
        (told.status, value)
    };
    assert_eq!(is_well(&bakery).0, 200);
    // A folder where the probe should be: as good as a disk that takes no file, also for root.
    let probe = bakery.folder.path().join("probe");
    std::fs::create_dir(&probe).unwrap();
    assert_eq!(
        is_well(&bakery).0,
        200,
        "the disk is not written at each call"
    );
    bakery.environment.advance(10_000);
    let (status, value) = is_well(&bakery);
    assert_eq!(status, 503);
    assert_eq!(value["reason"], Fault::Failing.word());
    let told = value.to_string();
    let folder = bakery.folder.path().to_str().unwrap();
    assert!(!told.contains(folder) && !told.contains("probe"), "{told}");
    let body = wire::pack(&request(1)).unwrap();
    assert_eq!(bakery.post("/v1/sync", &token, &body).status, 200);
    std::fs::remove_dir(&probe).unwrap();
    bakery.environment.advance(1_000);
    assert_eq!(is_well(&bakery).0, 200);
    assert!(!probe.exists());
    bakery.server.shutdown().await;
}
