//! Push: reaches people whose devices sleep, and says no more than "fetch".

use std::time::Duration;

use kept_core::model::ids::PersonId;
use kept_core::sync::tls::web_pki_tls;
use reqwest::Url;
use serde_json::json;
use tokio::sync::mpsc;

/// The longest time for which a gateway's answer is waited for.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
/// The pauses before a gateway that does not answer is tried again.
const RETRY_PAUSES: [Duration; 3] = [
    Duration::from_secs(1),
    Duration::from_secs(10),
    Duration::from_secs(60),
];

/// Wakes the devices of a person that do not listen.
pub(super) trait Push: Send + Sync {
    /// Their notebooks should fetch; `addresses` are those that their devices gave. Returns at once; what fails is tried
    /// again, and then logged.
    fn fetch(&self, person: PersonId, addresses: Vec<String>);
}

/// Writes it into the log: there is no gateway.
pub(super) struct LoggedPush;

impl Push for LoggedPush {
    fn fetch(&self, person: PersonId, addresses: Vec<String>) {
        tracing::info!(%person, devices = addresses.len(), "is called, and should fetch");
    }
}

/// A gateway of the company's own, which reaches a person, or the addresses of their devices: it is sent
/// `{"person": …, "addresses": […], "fetch": true}`.
pub(super) struct WebhookPush {
    calls: mpsc::UnboundedSender<(PersonId, Vec<String>)>,
}

impl WebhookPush {
    /// Prepares to post to an address of [`address`]. Needs a runtime.
    pub(super) fn new(url: Url) -> Result<Self, String> {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(web_pki_tls().map_err(|e| e.to_string())?)
            .timeout(ANSWER_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|e| e.to_string())?;
        let (calls, mut waiting) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some((person, addresses)) = waiting.recv().await {
                // A slow answer keeps no other call waiting.
                tokio::spawn(call(client.clone(), url.clone(), person, addresses));
            }
        });
        Ok(Self { calls })
    }
}

impl Push for WebhookPush {
    fn fetch(&self, person: PersonId, addresses: Vec<String>) {
        // The task ends with the runtime, and then no person is called any more.
        let _ = self.calls.send((person, addresses));
    }
}

async fn call(client: reqwest::Client, url: Url, person: PersonId, addresses: Vec<String>) {
    let person_text = person.to_string();
    let body = json!({ "person": person_text, "addresses": addresses, "fetch": true }).to_string();
    for pause in RETRY_PAUSES.into_iter().map(Some).chain([None]) {
        let request = client.post(url.clone());
        let request = request.header("content-type", "application/json");
        let problem = match request.body(body.clone()).send().await {
            Ok(answer) if answer.status().is_success() => return,
            Ok(answer) => format!("it answers {}", answer.status()),
            Err(error) => error.without_url().to_string(),
        };
        match pause {
            Some(pause) => tokio::time::sleep(pause).await,
            None => tracing::warn!(%person, problem, "the push gateway was not reached"),
        }
    }
}

/// The address of a gateway: HTTPS, or HTTP on this machine.
pub(super) fn address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|e| e.to_string())?;
    let loopback = match url.host_str().map(|host| host.trim_matches(['[', ']'])) {
        Some("localhost") => true,
        Some(host) => host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback()),
        None => false,
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if loopback => Ok(url),
        _ => Err("only https:// is called, or http:// on this machine".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_gateway_is_called_over_https_or_on_this_machine() {
        for good in [
            "https://push.example.com/kept",
            "http://127.0.0.1:9000/wake",
            "http://[::1]:9000",
            "http://localhost/wake",
        ] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in [
            "http://push.example.com",
            "http://127.0.0.1.example.com",
            "ftp://127.0.0.1",
            "push",
            "",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }

    /// One request, read to the end of its body, and answered.
    fn answer(gateway: &TcpListener, status: &str) -> String {
        let (mut stream, _) = gateway.accept().unwrap();
        let mut request = String::new();
        let mut bytes = [0; 1024];
        while !request.ends_with('}') {
            let count = stream.read(&mut bytes).unwrap();
            assert!(count > 0, "{request}");
            request.push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).unwrap();
        request
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_gateway_hears_whom_to_wake_and_nothing_else_and_is_asked_again_if_it_fails() {
        let gateway = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/wake", gateway.local_addr().unwrap());
        let webhook = WebhookPush::new(address(&url).unwrap()).unwrap();
        let person = PersonId([7; 16]);
        webhook.fetch(person, vec!["token-1".into()]);
        let heard = tokio::task::spawn_blocking(move || {
            ["503 Service Unavailable", "204 No Content"].map(|status| answer(&gateway, status))
        });
        for request in heard.await.unwrap() {
            assert!(request.starts_with("POST /wake HTTP/1.1"), "{request}");
            let body =
                format!("{{\"addresses\":[\"token-1\"],\"fetch\":true,\"person\":\"{person}\"}}");
            assert!(request.ends_with(&body), "{request}");
        }
    }
}
