//! The certificates of servers that are trusted: those of the web's roots, or of one that the company gave out.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore};

/// The reason why no connection can be secured.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TlsError(String);

/// Rustls with the web's roots.
pub fn web_pki_tls() -> Result<ClientConfig, TlsError> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    Ok(builder()?
        .with_root_certificates(roots)
        .with_no_client_auth())
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
        let certificates = CertificateDer::pem_slice_iter(pem.as_bytes());
        let certificates: Vec<_> = certificates
            .collect::<Result<_, _>>()
            .map_err(|e| setup(&e))?;
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
    use std::time::Duration;

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
