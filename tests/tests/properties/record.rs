//! The company's record as it is held between calls, told over what reading all documents anew says.

use kept_core::notebook::{DateQuestion, Notebook};
use kept_tests::Device;

/// Everything that is answered from the record, as text.
fn answers(notebook: &Notebook) -> String {
    let question = |kind: &str| DateQuestion {
        kind: kind.into(),
        performer: Some(notebook.me().unwrap().person),
        within: None,
        account: None,
        due: None,
        quantile_percent: None,
    };
    format!(
        "{:#?}",
        (
            notebook.samples().unwrap(),
            notebook.company_report().unwrap(),
            notebook.reliability(None).unwrap(),
            notebook.my_asks().unwrap(),
            notebook.advise_date(question("callback")).unwrap(),
            notebook.advise_date(question("delivery")).unwrap(),
        )
    )
}

/// Asks a device what its record says, so that it is held from now on.
pub fn hold_record(device: &Device) {
    drop(device.notebook().company_report().unwrap());
}

/// Asserts that what is held of the record says what it says when it is read anew.
pub fn assert_record(device: &Device) {
    let held = answers(&device.notebook());
    device.notebook().pause().unwrap();
    assert_eq!(held, answers(&device.notebook()), "{}", device.name());
}
