//! The proxy through which a network lets its devices out to the server.

use std::sync::PoisonError;

use crate::notebook::Notebook;
use crate::notebook::errors::ApiResult;
use crate::store::meta::{self, Route};
use crate::sync::proxy::Proxy;

#[uniffi::export]
impl Notebook {
    /// Keeps the proxy through which the server is reached from now on: `http://[name:password@]host[:port]`; none
    /// where it is reached directly. A server on this machine is always reached directly, and a proxy that the
    /// system knows is used only where it is named here.
    #[uniffi::method(default(proxy = None))]
    pub fn set_proxy(&self, proxy: Option<String>) -> ApiResult<()> {
        let proxy = proxy.map(|text| Proxy::parse(&text)).transpose()?;
        let route = Route {
            proxy: proxy.map(|proxy| proxy.to_secret()),
        };
        self.write(|store| {
            let known: Route = meta::get(store.read())?.unwrap_or_default();
            if known != route {
                store.write(|tx| meta::set(tx, &route))?;
            }
            Ok(())
        })
    }

    /// Uses another proxy than the one that is kept for as long as this notebook is open, or, with none, again that
    /// one.
    #[uniffi::method(default(proxy = None))]
    pub fn override_proxy(&self, proxy: Option<String>) -> ApiResult<()> {
        let proxy = proxy.map(|text| Proxy::parse(&text)).transpose()?;
        *self.proxy.lock().unwrap_or_else(PoisonError::into_inner) = proxy;
        Ok(())
    }
}

impl Notebook {
    /// The proxy on the way to the server.
    pub(in crate::notebook) fn proxy(&self) -> ApiResult<Option<Proxy>> {
        let named = self.proxy.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(named) = named.clone() {
            return Ok(Some(named));
        }
        let route: Route = self.read(|store| Ok(meta::get(store.read())?.unwrap_or_default()))?;
        let kept = route.proxy.map(|text| Proxy::parse(&text));
        Ok(kept.transpose()?)
    }
}
