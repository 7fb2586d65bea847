//! The ten kinds of promises: how they are worded, how long they take, who usually delivers, and the
//! reasons that people give.

/// The usual performer of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usual {
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
pub struct Pledge {
    /// Its name.
    pub kind: &'static str,
    /// The frequency, of 100.
    pub weight: usize,
    /// The deliverables: what will be done.
    pub deliverables: &'static [&'static str],
    /// The criteria: what the customer will see.
    pub criteria: &'static [&'static str],
    /// The performers, the most usual first.
    pub usual: &'static [Usual],
    /// Working days until it is due, at least and at most; 0 to 0 is within two hours.
    pub days: (i64, i64),
}

/// All ten.
pub const PLEDGES: &[Pledge] = &[
    Pledge {
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
        usual: &[Usual::Myself, Usual::Pool, Usual::Office],
        days: (0, 0),
    },
    Pledge {
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
        usual: &[Usual::Sales, Usual::Myself],
        days: (2, 6),
    },
    Pledge {
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
        usual: &[Usual::Workshop],
        days: (3, 12),
    },
    Pledge {
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
        usual: &[Usual::Workshop, Usual::Myself],
        days: (3, 9),
    },
    Pledge {
        kind: "set-aside",
        weight: 5,
        deliverables: &[
            "Set a compressor aside",
            "Leihgerät zurücklegen",
            "Keep the last blue front",
        ],
        criteria: &["It has their name on it", "Abholbereit mit Namenszettel"],
        usual: &[Usual::Workshop],
        days: (1, 3),
    },
    Pledge {
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
        usual: &[Usual::Myself],
        days: (2, 8),
    },
    Pledge {
        kind: "information",
        weight: 10,
        deliverables: &[
            "Send the cleaning instructions",
            "Datenblatt auf Deutsch schicken",
            "Say which filter fits",
        ],
        criteria: &["By e-mail, to print", "Eine Seite, mit Bild"],
        usual: &[Usual::Myself, Usual::Office],
        days: (1, 2),
    },
    Pledge {
        kind: "fix",
        weight: 9,
        deliverables: &[
            "Fix the door that does not close",
            "Dampfventil abdichten",
            "Make the timer keep Sundays",
        ],
        criteria: &["It closes by itself", "Eine Nacht ohne Alarm"],
        usual: &[Usual::Myself, Usual::Workshop],
        days: (1, 5),
    },
    Pledge {
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
        usual: &[Usual::Office],
        days: (3, 8),
    },
    Pledge {
        kind: "other",
        weight: 4,
        deliverables: &[
            "Bring the old manual",
            "Schlüssel beim Nachbarn abgeben",
            "Introduce the new technician",
        ],
        criteria: &["Done when they say so", "Persönlich, nicht per Post"],
        usual: &[Usual::Myself],
        days: (2, 6),
    },
];

/// The reasons for which performers decline.
pub const DECLINED: &[&str] = &[
    "I am in the south all week",
    "Die Werkstatt ist bis Mittwoch voll",
    "The part is not here before Friday",
];
/// The reasons for which performers offer another date.
pub const PROPOSED: &[&str] = &[
    "The supplier delivers a day later",
    "Erst nach der Inspektion möglich",
    "Two rush jobs before it",
];
/// The reasons for which promises are called off.
pub const CANCELLED: &[&str] = &[
    "They found a spare one in the cellar",
    "Kunde hat sich anders entschieden",
    "The machine is going to be replaced anyway",
];
/// The office's reasons for calling off what was not done.
pub const FORGOTTEN: &[&str] = &[
    "Nobody had taken it; we have told them",
    "Liegen geblieben, der Kunde weiß Bescheid",
];
/// The words of customers in a dispute.
pub const DISPUTED: &[&str] = &[
    "It was promised with fitting, not only delivered",
    "Es hieß vor acht, gekommen sind Sie um elf",
];
/// The office's findings.
pub const FOUND: &[&str] = &[
    "Heard both sides; the note says delivery only",
    "Die Notiz gibt dem Kunden recht",
];
/// Notes beside a proof.
pub const PROOF: &[&str] = &[
    "Signed by the shift lead",
    "Mit Foto bestätigt",
    "Told on the phone",
    "",
];
