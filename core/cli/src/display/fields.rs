//! Fields of an entry: a label and its value.

use kept_core::language::Message;

use crate::output::Style;
use crate::view::View;

/// Each field that says something, with all of its lines.
pub fn print_fields<const N: usize>(view: &View<'_>, fields: [(&str, String); N]) {
    // messages: field-account field-contact field-channel field-happened-at field-said field-means field-help
    // messages: field-marks field-author field-form field-product field-doing field-workaround field-frequency
    // messages: field-pain field-quantity field-quote field-consent field-themes field-notes
    for (key, text) in fields
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
    {
        let label = view.text(&Message::new(key));
        let mut lines = text.trim_end().lines();
        view.out.print_styled(&[
            (Style::Quiet, format!("{label}: ")),
            (Style::Plain, lines.next().unwrap_or_default().to_owned()),
        ]);
        for line in lines {
            view.out.print_line(format!("    {line}"));
        }
    }
}

/// Prints each field that says something as a row of a table: label and value.
pub fn print_field_table<const N: usize>(view: &View<'_>, fields: [(&str, String); N]) {
    // messages: cli-kind-lead field-effort cli-kind-quantile heading-evidence cli-kind-role cli-kind-grace
    // messages: heading-hours cli-me-absent cli-me-quiet field-effort field-phone field-wins
    let fields = fields.into_iter().filter(|(_, text)| !text.is_empty());
    let rows = fields.map(|(key, text)| {
        vec![
            (Style::Quiet, view.text(&Message::new(key))),
            (Style::Plain, text),
        ]
    });
    view.out.print_table(&[], rows.collect());
}
