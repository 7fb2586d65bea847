//! Companies, people and phones that the demo and the tests of server and devices share: a server with its
//! organisation, notebooks that join it, the network between them, and short drafts of what people enter.
//!
//! Nothing here panics, since the demo is a program; what cannot be done is a [`KitError`].

mod company_server;
mod drafts;
mod error;
mod network;
mod phone;
mod rng;

pub use company_server::{CompanyServer, config};
pub use drafts::{
    account, call_entry, fulfilled, main_phone, promise, promise_by, promise_to, usage, visit,
    visit_entry,
};
pub use error::KitError;
pub use network::{Network, RecordedExchange};
pub use phone::{Phone, join_notebook, join_notebook_with};
pub use rng::Rng;
