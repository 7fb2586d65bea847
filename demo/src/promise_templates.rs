//! The templates of promises, one for each of ten kinds: wordings, durations, usual performers, and the reasons that
//! people give.

/// The usual performer of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UsualPerformer {
    /// The promiser.
    Myself,
    /// The one of the callback pool who takes it.
    Pool,
    /// The workshop of the territory, sometimes another one.
    Workshop,
    /// The office.
    Office,
    /// Sales of the territory.
    Sales,
}

/// A kind of promise.
#[derive(Debug)]
pub(crate) struct PromiseTemplate {
    /// Its name.
    pub(crate) kind: &'static str,
    /// The frequency, of 100.
    pub(crate) weight: usize,
    /// The deliverables: what will be done.
    pub(crate) deliverables: &'static [&'static str],
    /// The criteria: what the customer will see.
    pub(crate) criteria: &'static [&'static str],
    /// The performers, the most usual first.
    pub(crate) usual: &'static [UsualPerformer],
    /// Working days until it is due, at least and at most; 0 to 0 is within two hours.
    pub(crate) days: (i64, i64),
}

/// All ten.
pub(crate) const PROMISE_TEMPLATES: &[PromiseTemplate] = &[
    PromiseTemplate {
        kind: "callback",
        weight: 20,
        deliverables: &[
            "Call back about the invoice",
            "Rückruf wegen des Termins",
            "Call back with the spare part's price",
            "Rückruf zum Fehlercode",
        ],
        criteria: &[
            "Somebody calls who knows the story",
            "Niemand muss alles zweimal erzählen",
        ],
        usual: &[
            UsualPerformer::Myself,
            UsualPerformer::Pool,
            UsualPerformer::Office,
        ],
        days: (0, 0),
    },
    PromiseTemplate {
        kind: "quote",
        weight: 14,
        deliverables: &[
            "Quote for a second cooler",
            "Angebot für den Wartungsvertrag",
            "Quote for the bigger compressor",
        ],
        criteria: &[
            "One page, one price, delivery included",
            "Ein Preis, der bis Monatsende gilt",
        ],
        usual: &[UsualPerformer::Sales, UsualPerformer::Myself],
        days: (2, 6),
    },
    PromiseTemplate {
        kind: "delivery",
        weight: 14,
        deliverables: &[
            "Deliver the door seal set",
            "Lieferung der neuen Bleche",
            "Deliver the steam hose",
        ],
        criteria: &[
            "It lies at the back entrance before the shift",
            "Passt ohne Nacharbeit",
        ],
        usual: &[UsualPerformer::Workshop],
        days: (3, 12),
    },
    PromiseTemplate {
        kind: "replacement",
        weight: 8,
        deliverables: &[
            "Replace the thermostat",
            "Austausch der Umwälzpumpe",
            "Replace the cracked drawer",
        ],
        criteria: &[
            "The display shows four degrees for a whole day",
            "Kein Tropfen mehr auf dem Boden",
        ],
        usual: &[UsualPerformer::Workshop, UsualPerformer::Myself],
        days: (3, 9),
    },
    PromiseTemplate {
        kind: "set-aside",
        weight: 5,
        deliverables: &[
            "Set a compressor aside",
            "Leihgerät zurücklegen",
            "Keep the last blue front",
        ],
        criteria: &["It has their name on it", "Abholbereit mit Namenszettel"],
        usual: &[UsualPerformer::Workshop],
        days: (1, 3),
    },
    PromiseTemplate {
        kind: "service-visit",
        weight: 12,
        deliverables: &[
            "Come by and check the noise",
            "Wartung vor dem Feiertag",
            "Check the pressure with the booth running",
        ],
        criteria: &[
            "Somebody with the part in the van",
            "Vor Schichtbeginn fertig",
        ],
        usual: &[UsualPerformer::Myself],
        days: (2, 8),
    },
    PromiseTemplate {
        kind: "information",
        weight: 10,
        deliverables: &[
            "Send the cleaning instructions",
            "Datenblatt auf Deutsch schicken",
            "Say which filter fits",
        ],
        criteria: &["By e-mail, to print", "Eine Seite, mit Bild"],
        usual: &[UsualPerformer::Myself, UsualPerformer::Office],
        days: (1, 2),
    },
    PromiseTemplate {
        kind: "fix",
        weight: 9,
        deliverables: &[
            "Fix the door that does not close",
            "Dampfventil abdichten",
            "Make the timer keep Sundays",
        ],
        criteria: &["It closes by itself", "Eine Nacht ohne Alarm"],
        usual: &[UsualPerformer::Myself, UsualPerformer::Workshop],
        days: (1, 5),
    },
    PromiseTemplate {
        kind: "credit",
        weight: 4,
        deliverables: &[
            "Credit for the second trip",
            "Gutschrift für den doppelten Filter",
        ],
        criteria: &[
            "It stands on the next invoice",
            "Schriftlich bis Monatsende",
        ],
        usual: &[UsualPerformer::Office],
        days: (3, 8),
    },
    PromiseTemplate {
        kind: "other",
        weight: 4,
        deliverables: &[
            "Bring the old manual",
            "Schlüssel beim Nachbarn abgeben",
            "Introduce the new technician",
        ],
        criteria: &["Done when they say so", "Persönlich, nicht per Post"],
        usual: &[UsualPerformer::Myself],
        days: (2, 6),
    },
];

/// The reasons for which performers decline.
pub(crate) const DECLINE_REASONS: &[&str] = &[
    "I am in the south all week",
    "Die Werkstatt ist bis Mittwoch voll",
    "The part is not here before Friday",
];
/// The reasons for which performers offer another date.
pub(crate) const COUNTER_OFFER_REASONS: &[&str] = &[
    "The supplier delivers a day later",
    "Erst nach der Inspektion möglich",
    "Two rush jobs before it",
];
/// The reasons for which promises are called off.
pub(crate) const CANCEL_REASONS: &[&str] = &[
    "They found a spare one in the cellar",
    "Kunde hat sich anders entschieden",
    "The machine is going to be replaced anyway",
];
/// The office's reasons for calling off what was not done.
pub(crate) const OVERDUE_CANCEL_REASONS: &[&str] = &[
    "Nobody had taken it; we have told them",
    "Liegen geblieben, der Kunde weiß Bescheid",
];
/// The words of customers in a dispute.
pub(crate) const DISPUTE_WORDS: &[&str] = &[
    "It was promised with fitting, not only delivered",
    "Es hieß vor acht, gekommen sind Sie um elf",
];
/// The office's findings.
pub(crate) const FINDING_REASONS: &[&str] = &[
    "Heard both sides; the note says delivery only",
    "Die Notiz gibt dem Kunden recht",
];
/// Notes beside a proof.
pub(crate) const PROOF_NOTES: &[&str] = &[
    "Signed by the shift lead",
    "Mit Foto bestätigt",
    "Told on the phone",
    "",
];
