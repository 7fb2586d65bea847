//! The certificates of servers that are trusted: those of the web's roots, of one key, or of one that the company gave
//! out.

use std::sync::Arc;
use std::time::Duration;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore};

use crate::model::key_pin::KeyPin;
use crate::model::time::Millis;

/// The reason why no connection can be secured.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TlsError(String);

/// Rustls with the web's roots.
pub fn web_pki_tls() -> Result<ClientConfig, TlsError> {
    Ok(builder()?
        .with_root_certificates(web_roots())
        .with_no_client_auth())
}

/// Rustls that trusts the web's roots, and a server that shows one key.
pub fn pinned_key_tls(pin: KeyPin) -> Result<ClientConfig, TlsError> {
    let verifier = Arc::new(PinnedKey {
        pin,
        rules: web_rules()?,
    });
    Ok(builder()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth())
}

/// Returns the pin that invitations to a server need, of its certificate chain as PEM: none where every device trusts
/// the chain for the host, by the web's roots, at `now_ms`, in milliseconds since the epoch.
pub fn needed_pin(pem: &str, host: &str, now_ms: Millis) -> Result<Option<KeyPin>, TlsError> {
    let chain = certificates_of(pem)?;
    let Some((own, others)) = chain.split_first() else {
        return Err(setup(&"the file holds no certificate"));
    };
    let seconds = u64::try_from(now_ms / 1000).unwrap_or(0);
    let now = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    let trusted = ServerName::try_from(host).is_ok_and(|name| {
        web_rules().is_ok_and(|rules| {
            let verified = rules.verify_server_cert(own, others, &name, &[], now);
            verified.is_ok()
        })
    });
    if trusted {
        return Ok(None);
    }
    Ok(Some(pin_of(own).map_err(|e| setup(&e))?))
}

fn pin_of(certificate: &CertificateDer<'_>) -> Result<KeyPin, Error> {
    let parsed = ParsedCertificate::try_from(certificate)?;
    Ok(KeyPin::of_public_key(&parsed.subject_public_key_info()))
}

fn web_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    roots
}

fn web_rules() -> Result<Arc<WebPkiServerVerifier>, TlsError> {
    let rules = WebPkiServerVerifier::builder_with_provider(Arc::new(web_roots()), provider());
    rules.build().map_err(|e| setup(&e))
}

fn certificates_of(pem: &str) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    CertificateDer::pem_slice_iter(pem.as_bytes())
        .collect::<Result<_, _>>()
        .map_err(|e| setup(&e))
}

/// Rustls that trusts one certificate, or several, as PEM: authorities, or the server's own.
pub fn pinned_tls(pem: &str) -> Result<ClientConfig, TlsError> {
    let verifier = Arc::new(PinnedCertificates::read(pem)?);
    Ok(builder()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth())
}

fn builder() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, TlsError> {
    ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|e| setup(&e))
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

fn setup(error: &dyn std::fmt::Display) -> TlsError {
    TlsError(error.to_string())
}

/// Trusts what the given certificates signed, and these themselves: a certificate that a server made for itself
/// is usually marked as an authority's, which the web's rules do not let a server show.
#[derive(Debug)]
struct PinnedCertificates {
    certificates: Vec<CertificateDer<'static>>,
    rules: Arc<WebPkiServerVerifier>,
}

impl PinnedCertificates {
    fn read(pem: &str) -> Result<Self, TlsError> {
        let certificates = certificates_of(pem)?;
        let mut roots = RootCertStore::empty();
        for certificate in &certificates {
            roots.add(certificate.clone()).map_err(|e| setup(&e))?;
        }
        if roots.is_empty() {
            return Err(setup(&"the file holds no certificate"));
        }
        let rules = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider());
        Ok(Self {
            certificates,
            rules: rules.build().map_err(|e| setup(&e))?,
        })
    }
}

impl ServerCertVerifier for PinnedCertificates {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let by_the_rules = self.rules.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        match by_the_rules {
            // Its validity today was checked before that.
            Err(error) if is_ca_as_end_entity(&error) && self.certificates.contains(end_entity) => {
                verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
                Ok(ServerCertVerified::assertion())
            }
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.rules.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.rules.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        self.rules.supported_verify_schemes()
    }
}

/// Trusts what the web's roots signed, and whoever shows one key. Of that key neither name nor dates count: who gave out
/// its pin vouches for more than a certificate that a server wrote for itself could say.
#[derive(Debug)]
struct PinnedKey {
    pin: KeyPin,
    rules: Arc<WebPkiServerVerifier>,
}

impl ServerCertVerifier for PinnedKey {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if pin_of(end_entity)? == self.pin {
            return Ok(ServerCertVerified::assertion());
        }
        let rules = &self.rules;
        rules.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.rules.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.rules.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        self.rules.supported_verify_schemes()
    }
}

/// True if the only thing against a certificate is that it is marked as an authority's. Rustls has no name of its own
/// for that.
fn is_ca_as_end_entity(error: &Error) -> bool {
    matches!(
        error,
        Error::InvalidCertificate(CertificateError::Other(why))
            if format!("{why:?}").contains("CaUsedAsEndEntity")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The certificate that `openssl req -x509` makes for kept.example and 127.0.0.1: valid for a hundred years from
    /// 2026-11-26 on, and marked as an authority's.
    const OWN: &str = "\
-----BEGIN CERTIFICATE-----
MIIBozCCAUqgAwIBAgIUDrc6V/fttChy9QnlX5gpgHES2AowCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMa2VwdC5leGFtcGxlMCAXDTI2MTEyNjA5NTkxM1oYDzIxMjYx
MTAyMDk1OTEzWjAXMRUwEwYDVQQDDAxrZXB0LmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAATWXgdyJt8+1GIyY8emVhOlU9JY2xTFgQqaG/YSDQH75phM
1BsJj0KygLGCdvhWt7EjvSaQyiIpkq55atBa84m4o3IwcDAdBgNVHQ4EFgQUDSiF
/Pg9WMVo6KlQdupnrTOtXB4wHwYDVR0jBBgwFoAUDSiF/Pg9WMVo6KlQdupnrTOt
XB4wDwYDVR0TAQH/BAUwAwEB/zAdBgNVHREEFjAUggxrZXB0LmV4YW1wbGWHBH8A
AAEwCgYIKoZIzj0EAwIDRwAwRAIgZ+ezHDoM4JWhlWwAyohggcPgk+8OSidMod7b
7KVowVMCIC7SdnfeF5QF4KQLDClYsewBDlam7HEZeW0TPF40c2xh
-----END CERTIFICATE-----
";
    /// The same for the same name, of another key.
    const OTHER: &str = "\
-----BEGIN CERTIFICATE-----
MIIBnTCCAUSgAwIBAgIUVgkPFyiXcGFS0crr/PE484Lp0b0wCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMa2VwdC5leGFtcGxlMCAXDTI2MTEyNjA5NTkxNFoYDzIxMjYx
MTAyMDk1OTE0WjAXMRUwEwYDVQQDDAxrZXB0LmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAATW5dvoEDcEkZ5xzaiEn3i6GdarRBCyFsxtDMI2Z0y8/QMU
c2i6Pry+Oll48ZOTHlmIrc044herZA9lVhvRZE9Xo2wwajAdBgNVHQ4EFgQUuUAx
KU92SV5zIY+hVE/YBsqK+eAwHwYDVR0jBBgwFoAUuUAxKU92SV5zIY+hVE/YBsqK
+eAwDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxrZXB0LmV4YW1wbGUwCgYI
KoZIzj0EAwIDRwAwRAIgbRrxL3egvbwTWVvCVQYPbgNc9jXVmX8hvNmNYvnAuMoC
IHZ8Fl+6od5QbZvf2nbCXWDDoRpMhDyADIwHYBJ6KifN
-----END CERTIFICATE-----
";

    fn days(days: u64) -> UnixTime {
        UnixTime::since_unix_epoch(Duration::from_secs(days * 24 * 60 * 60))
    }

    #[test]
    fn the_certificate_that_a_server_made_for_itself_is_trusted_where_it_was_given() {
        let given = PinnedCertificates::read(OWN).unwrap();
        let shown = |pem: &str, name: &'static str, now| {
            let shown = CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
            let name = ServerName::try_from(name).unwrap();
            given.verify_server_cert(&shown, &[], &name, &[], now)
        };
        let soon = days(20_800);
        for name in ["kept.example", "127.0.0.1"] {
            assert!(shown(OWN, name, soon).is_ok(), "{name}");
        }
        assert!(shown(OWN, "else.example", soon).is_err(), "another name");
        assert!(shown(OTHER, "kept.example", soon).is_err(), "another key");
        for never in [days(20_000), days(60_000)] {
            let refused = shown(OWN, "kept.example", never);
            assert!(refused.is_err(), "not valid then: {never:?}");
        }
    }

    #[test]
    fn a_key_is_trusted_whatever_its_certificate_says_and_no_other_is() {
        let now_ms = 20_800 * 24 * 60 * 60 * 1000;
        let pin = needed_pin(OWN, "kept.example", now_ms).unwrap();
        let pin = pin.expect("no root of the web signed it");
        let rules = web_rules().unwrap();
        let pinned = PinnedKey { pin, rules };
        let shown = |pem: &str, name: &'static str, now| {
            let shown = CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
            let name = ServerName::try_from(name).unwrap();
            pinned.verify_server_cert(&shown, &[], &name, &[], now)
        };
        for now in [days(20_000), days(20_800), days(60_000)] {
            assert!(shown(OWN, "kept.example", now).is_ok(), "{now:?}");
            assert!(shown(OWN, "10.0.0.7", now).is_ok(), "by another name");
            assert!(shown(OTHER, "kept.example", now).is_err(), "another key");
        }
        assert!(needed_pin("nonsense", "kept.example", now_ms).is_err());
        let listed = needed_pin(&format!("{OWN}{OTHER}"), "kept.example", now_ms);
        assert_eq!(listed.unwrap(), Some(pin), "the first is the server's own");
    }

    #[test]
    fn a_file_without_a_certificate_is_refused() {
        for pem in [
            "",
            "nonsense",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        ] {
            assert!(pinned_tls(pem).is_err(), "{pem:?}");
        }
        assert!(pinned_tls(&format!("{OWN}\n{OTHER}")).is_ok());
    }
}
