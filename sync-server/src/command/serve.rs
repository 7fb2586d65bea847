//! `serve`: listens until it is told to stop.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use kept_core::Environment;
use serde_json::json;
use tracing_subscriber::EnvFilter;

use super::args::CommonArgs;
use super::error::CommandError;
use super::output::print_json;
use crate::server::{Server, ServerConfig, TlsFiles};
use crate::stop_signal::stop_signal;

/// Listen for devices and show the office.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kept-server serve --data ./kept
  kept-server serve --data ./kept --listen 0.0.0.0:443 --tls-cert cert.pem --tls-key key.pem \\
      --public-url https://kept.example.com")]
pub(super) struct ServeArgs {
    #[command(flatten)]
    common: CommonArgs,
    /// Where to listen.
    #[arg(long, value_name = "ADDRESS", value_parser = kept_help::address, default_value = "127.0.0.1:8787")]
    listen: SocketAddr,
    /// A PEM file with the certificate chain; with it the server speaks HTTPS. Invitations name the server's key where
    /// no authority that devices know signed the certificate.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// A PEM file with the certificate's key.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// The address in links, where devices do not call the one listened on.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// A gateway that wakes sleeping phones: it is sent {"person": …, "addresses": […], "fetch": true} for whoever
    /// is called, with the addresses that their phones gave for that.
    #[arg(long, value_name = "URL")]
    push_url: Option<String>,
}

impl ServeArgs {
    pub(super) fn run(
        self,
        environment: Arc<dyn Environment>,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let filter = EnvFilter::try_from_env("KEPT_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
        // The program that embeds this command may have chosen a subscriber already.
        let _ = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(io::stderr)
            .try_init();
        let tls = self.tls_cert.zip(self.tls_key);
        let config = ServerConfig {
            data_dir: self.common.data,
            listen: self.listen,
            public_url: self.public_url,
            tls: tls.map(|(certificate, key)| TlsFiles { certificate, key }),
            push_url: self.push_url,
            environment,
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let server = Server::start(config).await?;
            if self.common.json {
                let value = json!({ "url": server.url(), "address": server.address() });
                print_json(out, &value)?;
            } else {
                writeln!(
                    out,
                    "{} is served at {}",
                    server.state().organisation().name,
                    server.url()
                )?;
                writeln!(out, "Stop it with Ctrl-C.")?;
            }
            out.flush()?;
            stop_signal().await?;
            server.shutdown().await;
            Ok(())
        })
    }
}
