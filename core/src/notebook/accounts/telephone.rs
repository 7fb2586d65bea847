//! Telephone numbers as a telephone dials them.

use crate::model::telephone::dial_address;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;

#[uniffi::export]
impl Notebook {
    /// Returns the address under which a telephone dials a number as it was typed, `tel:+497111234567`. A number
    /// without a country code is one of the company's country. None if the text is no number.
    pub fn dial_address(&self, number: String) -> ApiResult<Option<String>> {
        self.read(|store| Ok(dial_address(&number, Context::load(self, store)?.country())))
    }
}
