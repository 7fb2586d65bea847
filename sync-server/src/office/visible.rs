//! The text of a page as it is shown: characters that cannot be seen are written out, tags and fields of forms stay.

use kept_core::language::visible;

/// Elements whose text is sent back as it is, or is no text.
const AS_IT_IS: [&str; 3] = ["textarea", "script", "style"];

/// A page in which the text between tags is made visible.
pub(super) fn page(html: &str) -> String {
    let mut shown = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        shown.push_str(&escaped(text));
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, after) = tag.split_at(end);
        shown.push_str(tag);
        rest = after;
        let name = tag.trim_start_matches('<').split([' ', '>', '\n']).next();
        let element = AS_IT_IS.into_iter().find(|element| name == Some(element));
        if let Some(end) = element.and_then(|element| rest.find(&format!("</{element}"))) {
            let (field, after) = rest.split_at(end);
            shown.push_str(field);
            rest = after;
        }
    }
    shown.push_str(&escaped(rest));
    shown
}

fn escaped(text: &str) -> String {
    if text.chars().all(|c| c == '\n' || (' '..='~').contains(&c)) {
        return text.to_owned();
    }
    // The written-out form has signs of its own, which must be escaped; the text has none any more.
    visible(text).replace("<U+", "&lt;U+").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_written_out_and_fields_stay() {
        let html = "<p title=\"a\u{202e}\">exe\u{202e}fdp &gt; é</p><textarea name=x>\u{202e}</textarea>\u{200b}";
        assert_eq!(
            page(html),
            "<p title=\"a\u{202e}\">exe&lt;U+202E&gt;fdp &gt; é</p><textarea name=x>\u{202e}</textarea>&lt;U+200B&gt;"
        );
    }
}
