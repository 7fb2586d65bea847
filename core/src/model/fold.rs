//! One spelling for texts that people take for the same: search, likeness and import compare texts as they are folded
//! here.
//!
//! Dropped: case, accents, vowel marks of Arabic and Hebrew, elongation, direction marks, all that has no width. Made
//! equal: full and half width, ligatures, Hiragana and Katakana, the forms of a letter that keyboards lack or confuse.
//! Germans write umlauts as two letters as well, so a word has both spellings. Apostrophes and hyphens join: a name
//! is found with them, without them, and by its parts. Scripts that write no spaces are found by any two
//! characters that follow each other.

use std::ops::Range;

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

/// The number of these rules. Texts that others folded are folded anew when it changes.
pub const VERSION: u32 = 1;

/// Something to look for, or to be found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The range in which it stands in the text, in bytes.
    pub range: Range<usize>,
    /// The content of the term.
    pub body: TermBody,
}

/// The content of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermBody {
    /// A word: its spellings.
    Word(Vec<String>),
    /// Words that an apostrophe or a hyphen joins: the spellings of all in one, and each.
    Compound(Vec<String>, Vec<Term>),
    /// Characters of a script without spaces, each with where it stands.
    Run(Vec<(String, Range<usize>)>),
}

/// The terms of a text, in its order.
pub fn terms(text: &str) -> Vec<Term> {
    let mut reader = Tokenizer::default();
    for (at, c) in text.char_indices() {
        reader.take(c, at);
    }
    reader.end_chunk();
    reader.terms
}

/// A text as one line of folded words: two texts that fold to the same are the same to people.
pub fn plain(text: &str) -> String {
    line(text, |spellings| spellings.first())
}

/// A text as [`plain`] has it, and with umlauts as two letters where that is another line: people take two texts for
/// the same that have one of these in common.
pub fn folded_spellings(text: &str) -> Vec<String> {
    spellings(plain(text), line(text, |spellings| spellings.last()))
}

fn line(text: &str, chosen: fn(&[String]) -> Option<&String>) -> String {
    let words = terms(text).into_iter().map(|term| match term.body {
        TermBody::Word(spellings) | TermBody::Compound(spellings, _) => {
            chosen(&spellings).cloned().unwrap_or_default()
        }
        TermBody::Run(characters) => characters.into_iter().map(|(c, _)| c).collect(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The words under which a text is found, one behind another: of a run its pairs of characters.
pub fn index(text: &str, into: &mut Vec<String>) {
    for term in terms(text) {
        index_term(term, into);
    }
}

fn index_term(term: Term, into: &mut Vec<String>) {
    match term.body {
        TermBody::Word(spellings) => into.extend(spellings),
        TermBody::Compound(spellings, parts) => {
            into.extend(spellings);
            for part in parts {
                index_term(part, into);
            }
        }
        TermBody::Run(characters) => {
            into.extend(pairs(&characters));
            // The last one begins no pair, and may be looked for alone.
            into.extend(characters.last().map(|(c, _)| c.clone()));
        }
    }
}

/// True if a folded word is another one with its umlauts as two letters.
pub fn is_respelling(plain: &str, respelt: &str) -> bool {
    let mut rest = plain.chars().peekable();
    let mut put_in = false;
    for c in respelt.chars() {
        match rest.next_if_eq(&c) {
            Some(_) => {}
            None if matches!(c, 'a' | 'e') => put_in = true,
            None => return false,
        }
    }
    put_in && rest.next().is_none()
}

/// The pairs of characters of a run that follow each other.
pub fn pairs(characters: &[(String, Range<usize>)]) -> impl Iterator<Item = String> + '_ {
    let next = characters.iter().skip(1);
    characters
        .iter()
        .zip(next)
        .map(|((one, _), (two, _))| format!("{one}{two}"))
}

/// A number in ASCII digits; None for a character that is no digit.
pub fn digit(c: char) -> Option<char> {
    /// The zeros of the scripts that have digits of their own.
    const ZEROS: [u32; 20] = [
        0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66,
        0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0x1810, 0xFF10,
    ];
    let code = u32::from(c);
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// True if a character is seen nowhere and only tells a program how to set others: direction marks, joiners, soft
/// hyphens.
pub fn is_format(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Reads a text character by character.
#[derive(Default)]
struct Tokenizer {
    terms: Vec<Term>,
    /// The words of the chunk that is being read, with the joints between them.
    chunk: Vec<WordBuffer>,
    word: WordBuffer,
    /// True if the last character was one that joins.
    joint: bool,
}

/// A word that is being read, or the run of a script without spaces.
#[derive(Default)]
struct WordBuffer {
    start: usize,
    end: usize,
    plain: String,
    /// With umlauts as two letters.
    two: String,
    run: Vec<(String, Range<usize>)>,
}

/// The role of a character in the words of a text.
enum CharacterRole {
    /// It is not seen.
    Nothing,
    /// It joins the words on its sides.
    Joint,
    /// It divides words.
    Divider,
    /// It belongs to a word.
    Letter,
}

impl Tokenizer {
    fn take(&mut self, c: char, at: usize) {
        let end = at + c.len_utf8();
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                self.letter(c.to_ascii_lowercase(), at, end);
            } else {
                self.divide(c);
            }
            return;
        }
        match role(c) {
            CharacterRole::Nothing => self.word.end = end.max(self.word.end),
            CharacterRole::Joint | CharacterRole::Divider => self.divide(c),
            CharacterRole::Letter => {
                let mut buffer = [0; 4];
                let decomposed =
                    DecomposingNormalizerBorrowed::new_nfkd().normalize(c.encode_utf8(&mut buffer));
                for piece in decomposed.chars() {
                    self.piece(piece, at, end);
                }
            }
        }
    }

    /// Takes a character of a decomposition.
    fn piece(&mut self, c: char, at: usize, end: usize) {
        if is_accent(c) {
            self.word.accent(c, end);
            return;
        }
        if let Some(digit) = digit(c) {
            self.letter(digit, at, end);
            return;
        }
        if !belongs_to_word(c) {
            self.divide(c);
            return;
        }
        for lower in c.to_lowercase() {
            match plain_letter(lower) {
                Some((plain, two)) => {
                    for letter in plain.chars() {
                        self.letter(letter, at, end);
                    }
                    self.word.respell(plain, two);
                }
                None => self.letter(one_of_its_forms(lower), at, end),
            }
        }
    }

    fn letter(&mut self, c: char, at: usize, end: usize) {
        let in_run = has_no_spaces(c);
        if !self.word.is_empty() && in_run == self.word.run.is_empty() {
            // A word of another script begins.
            self.end_chunk();
        }
        self.joint = false;
        if self.word.is_empty() {
            self.word.start = at;
        }
        self.word.end = end;
        if in_run {
            self.word.unit(c, at, end);
        } else {
            self.word.plain.push(c);
            self.word.two.push(c);
        }
    }

    fn divide(&mut self, c: char) {
        let joins = match c {
            // An abbreviation: S.p.A.
            '.' => {
                self.word.plain.chars().count() == 1
                    && !self.word.plain.starts_with(|c: char| c.is_ascii_digit())
            }
            c => is_joint(c),
        };
        if joins && !self.joint && !self.word.is_empty() && self.word.run.is_empty() {
            self.chunk.push(std::mem::take(&mut self.word));
            self.joint = true;
        } else if !(self.joint && joins) {
            self.end_chunk();
        }
    }

    /// Ends what joints held together.
    fn end_chunk(&mut self) {
        self.joint = false;
        let word = std::mem::take(&mut self.word);
        let mut words = std::mem::take(&mut self.chunk);
        words.extend(Some(word).filter(|word| !word.is_empty()));
        if words.len() < 2 {
            self.terms.extend(words.into_iter().map(WordBuffer::term));
            return;
        }
        let joined =
            |spelling: fn(&WordBuffer) -> &str| words.iter().map(spelling).collect::<String>();
        let spellings = spellings(joined(|word| &word.plain), joined(|word| &word.two));
        let start = words.first().map_or(0, |word| word.start);
        let end = words.last().map_or(0, |word| word.end);
        let parts = words.into_iter().map(WordBuffer::term).collect();
        self.terms.push(Term {
            range: start..end,
            body: TermBody::Compound(spellings, parts),
        });
    }
}

impl WordBuffer {
    fn is_empty(&self) -> bool {
        self.plain.is_empty() && self.run.is_empty()
    }

    fn term(self) -> Term {
        let range = self.start..self.end;
        let body = match self.run.is_empty() {
            true => TermBody::Word(spellings(self.plain, self.two)),
            false => TermBody::Run(self.run),
        };
        Term { range, body }
    }

    /// An accent, which is dropped: of an umlaut it leaves the second letter of its other spelling.
    fn accent(&mut self, accent: char, end: usize) {
        if self.is_empty() {
            return;
        }
        self.end = end;
        match (accent, self.plain.chars().next_back()) {
            ('\u{308}', Some('a' | 'o' | 'u')) => self.two.push('e'),
            ('\u{30A}', Some('a')) => self.two.push('a'),
            _ => {}
        }
    }

    /// Spells the letters that were added last otherwise where umlauts are two letters.
    fn respell(&mut self, plain: &str, two: &str) {
        if plain != two && self.two.ends_with(plain) {
            self.two.truncate(self.two.len() - plain.len());
            self.two.push_str(two);
        }
    }

    /// A character of a script without spaces; what is written above or below one belongs to it.
    fn unit(&mut self, c: char, at: usize, end: usize) {
        match self.run.last_mut() {
            Some((unit, range)) if follows_in_unit(c) => {
                unit.push(c);
                range.end = end;
            }
            _ => self.run.push((c.to_string(), at..end)),
        }
    }
}

fn spellings(plain: String, two: String) -> Vec<String> {
    match plain == two {
        true => vec![plain],
        false => vec![plain, two],
    }
}

fn role(c: char) -> CharacterRole {
    match c {
        _ if is_format(c) || is_accent(c) && !('\u{300}'..='\u{36F}').contains(&c) => {
            CharacterRole::Nothing
        }
        'ـ' => CharacterRole::Nothing,
        '™' | '℠' => CharacterRole::Divider,
        _ if is_joint(c) => CharacterRole::Joint,
        _ => CharacterRole::Letter,
    }
}

/// Apostrophes and hyphens of all kinds, and what stands between the halves of a name.
fn is_joint(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '-'
            | '&'
            | '´'
            | '·'
            | 'ʹ'
            | 'ʻ'
            | 'ʼ'
            | 'ʽ'
            | 'ˈ'
            | '‐'
            | '‑'
            | '‒'
            | '–'
            | '‘'
            | '’'
            | '‛'
            | '′'
            | '‵'
            | '⁃'
            | '־'
            | '׳'
            | '״'
            | '＇'
            | '－'
            | '﹣'
            | '・'
            | '･'
    )
}

/// Marks that are left out when people type: accents, vowel marks.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}'
        | '\u{5C4}' | '\u{5C5}' | '\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}'
        | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}'
        | '\u{711}' | '\u{730}'..='\u{74A}' | '\u{8D3}'..='\u{8E1}' | '\u{8E3}'..='\u{8FF}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Letters and digits, and the marks that scripts cannot be read without.
fn belongs_to_word(c: char) -> bool {
    c.is_alphanumeric()
        || CanonicalCombiningClassMapBorrowed::new().get_u8(c) != 0
        || matches!(c, '\u{E47}'..='\u{E4E}' | 'ー' | '々' | '〆')
}

/// True if a character is of a script that does not part words by spaces.
fn has_no_spaces(c: char) -> bool {
    matches!(c,
        '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}' | '\u{E81}'..='\u{ECF}' | '\u{1000}'..='\u{103F}'
        | '\u{1050}'..='\u{109F}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{17D3}' | '\u{2E80}'..='\u{2FDF}'
        | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3041}'..='\u{30FA}' | '\u{30FC}'..='\u{318F}'
        | '\u{31A0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// True if a character of such a script belongs to the one before it: marks, and all but the first part of a Korean
/// syllable.
fn follows_in_unit(c: char) -> bool {
    matches!(c,
        '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}' | '\u{EB1}' | '\u{EB4}'..='\u{EBC}'
        | '\u{EC8}'..='\u{ECF}' | '\u{102B}'..='\u{103E}' | '\u{1056}'..='\u{1059}' | '\u{1160}'..='\u{11FF}'
        | '\u{17B4}'..='\u{17D3}' | '\u{3099}' | '\u{309A}' | '\u{D7B0}'..='\u{D7FF}')
}

/// The letters that stand for a letter that no accent makes, where a keyboard lacks it: the plain form, and the form in
/// two letters. None for all others.
fn plain_letter(letter: char) -> Option<(&'static str, &'static str)> {
    Some(match letter {
        'ß' => ("ss", "ss"),
        'æ' => ("ae", "ae"),
        'œ' => ("oe", "oe"),
        'ø' => ("o", "oe"),
        'ł' => ("l", "l"),
        'đ' | 'ð' | 'ɖ' => ("d", "d"),
        'þ' => ("th", "th"),
        'ħ' => ("h", "h"),
        'ŧ' => ("t", "t"),
        'ŋ' => ("n", "n"),
        'ı' | 'ɨ' => ("i", "i"),
        'ə' => ("e", "e"),
        _ => return None,
    })
}

/// The form under which a letter is found that has several.
fn one_of_its_forms(letter: char) -> char {
    match letter {
        // The ends of words; capitals do not tell these apart.
        'ς' => 'σ',
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        'ґ' => 'г',
        // Arabic as it is typed, and the same letters of Persian and Urdu.
        'ٱ' | 'ٲ' | 'ٳ' => 'ا',
        'ى' | 'ی' | 'ې' | 'ۍ' => 'ي',
        'ة' | 'ھ' | 'ہ' | 'ۀ' | 'ە' => 'ه',
        'ک' | 'ڪ' => 'ك',
        'ۋ' => 'و',
        // Katakana as Hiragana.
        '\u{30A1}'..='\u{30F6}' | '\u{30FD}' | '\u{30FE}' => {
            char::from_u32(u32::from(letter) - 0x60).unwrap_or(letter)
        }
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indexed(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        index(text, &mut words);
        words
    }

    #[test]
    fn what_people_take_for_the_same_is_one_spelling() {
        for (one, other) in [
            ("Ａｃｍｅ　１", "acme 1"),
            ("مَكْتَبَةُ الفَجْر", "مكتبه الفجر"),
            ("إسلام أحمد", "اسلام احمد"),
            ("مـــحـــمد علی", "محمد علي"),
            ("שָׁלוֹם", "שלומ"),
            ("ﾗｰﾒﾝ ガ", "らーめん が"),
            ("ﬁne Ǆ", "fine dž"),
            ("Straße", "STRASSE"),
            ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
            ("٠١٢ ۳۴", "012 34"),
            ("A\u{202e}da\u{200b}\u{ad}", "ada"),
            ("Renée", "Rene\u{301}e"),
            ("İzmir ızgara", "izmir izgara"),
            (
                "김철수",
                "\u{1100}\u{1175}\u{11b7}\u{110e}\u{1165}\u{11af}\u{1109}\u{116e}",
            ),
            ("हिन्दी", "हिन्दी"),
            ("Æther Łódź Đorđe", "aether lodz dorde"),
        ] {
            assert_eq!(plain(one), plain(other), "{one}");
        }
        for (one, other) in [("ガ", "カ"), ("ぱ", "は"), ("कि", "क"), ("ใหม่", "ใหม้")]
        {
            assert_ne!(plain(one), plain(other));
        }
    }

    #[test]
    fn umlauts_have_two_spellings_and_joints_leave_the_whole_and_its_parts() {
        assert_eq!(
            indexed("Bäckerei Süß"),
            ["backerei", "baeckerei", "suss", "suess"]
        );
        assert_eq!(
            indexed("Ba\u{308}r Ørsted Å"),
            ["bar", "baer", "orsted", "oersted", "a", "aa"]
        );
        for name in ["O'Brien", "O’Brien", "O`Brien", "O-Brien", "O&Brien"] {
            assert_eq!(indexed(name), ["obrien", "o", "brien"], "{name}");
        }
        assert_eq!(
            indexed("Müller-Lüd"),
            [
                "mullerlud",
                "muellerlued",
                "muller",
                "mueller",
                "lud",
                "lued"
            ]
        );
        assert_eq!(
            indexed("S.p.A. Roma. 1.5"),
            ["spa", "s", "p", "a", "roma", "1", "5"]
        );
        assert_eq!(indexed("'n' -- x"), ["n", "x"]);
    }

    #[test]
    fn an_umlaut_is_read_in_both_ways() {
        assert_eq!(
            folded_spellings("Gasthof Pöst"),
            ["gasthof post", "gasthof poest"]
        );
        assert_eq!(folded_spellings("GASTHOF  Poest"), ["gasthof poest"]);
        assert_eq!(folded_spellings("Müller-Lüdenscheid").len(), 2);
    }

    #[test]
    fn scripts_without_spaces_are_pairs() {
        assert_eq!(indexed("东京拉面"), ["东京", "京拉", "拉面", "面"]);
        assert_eq!(indexed("Acme株式"), ["acme", "株式", "式"]);
        assert_eq!(indexed("น้ำ").len(), 2, "a mark belongs to its letter");
        let found = terms("x 东京");
        let TermBody::Run(characters) = &found[1].body else {
            panic!("{found:?}")
        };
        assert_eq!(characters[1].1, 5..8);
    }
}
