//! The address under which the company's server reaches this device while it sleeps.

use crate::language::Message;
use crate::limits;
use crate::notebook::Notebook;
use crate::notebook::checks::check_whole_characters;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::store::meta::{self, PushAddress};

#[uniffi::export]
impl Notebook {
    /// Keeps the address under which a push reaches this device, such as a token of the platform or a UnifiedPush
    /// endpoint; none takes it back. The next synchronisation tells the server, also where the address is that of
    /// before, and nobody else. At most 2,048 bytes, without blanks and control characters.
    #[uniffi::method(default(address = None))]
    pub fn set_push_address(&self, address: Option<String>) -> ApiResult<()> {
        let wanted = address.unwrap_or_default().trim().to_owned();
        check_whole_characters("push", &wanted)?;
        let is_address = |c: char| !c.is_control() && !c.is_whitespace();
        if wanted.len() > limits::PUSH_ADDRESS_BYTES || !wanted.chars().all(is_address) {
            let limit = limits::PUSH_ADDRESS_BYTES.to_string();
            let reason = Message::new("error-push-address").text("limit", limit);
            return Err(KeptError::invalid("push", reason));
        }
        self.write(|store| {
            let known: Option<PushAddress> = meta::get(store.read())?;
            if wanted.is_empty() && known.is_none_or(|known| known.wanted.is_empty()) {
                return Ok(());
            }
            let told = None;
            Ok(store.write(|tx| meta::set(tx, &PushAddress { wanted, told }))?)
        })
    }
}
