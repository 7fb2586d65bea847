//! The trades of customers, the machines in their rooms, and their words about these.

use kept_core::model::lead_time::LeadTime;

/// A trade: everything that makes its customers alike.
#[derive(Debug)]
pub(crate) struct Trade {
    /// The tag.
    pub(crate) tag: &'static str,
    /// Names; `{}` is a family or a place.
    pub(crate) names: &'static [&'static str],
    /// The contacts' roles there.
    pub(crate) roles: &'static [&'static str],
    /// Machines.
    pub(crate) machines: &'static [&'static str],
    /// The purposes for which they use us.
    pub(crate) uses: &'static [&'static str],
    /// The things that must never fail.
    pub(crate) must_not_fail: &'static [&'static str],
    /// The time within which the more demanding of them need a kind of promise.
    pub(crate) needs: &'static [(&'static str, LeadTime)],
    /// The words that were said on visits.
    pub(crate) said: &'static [&'static str],
    /// Observed usage: what they were doing, the workaround, how often, their words, the theme.
    pub(crate) observed: &'static [ObservedUsage],
}

/// Something observed.
#[derive(Debug)]
pub(crate) struct ObservedUsage {
    /// The activity that was observed.
    pub(crate) doing: &'static str,
    /// The workaround.
    pub(crate) workaround: &'static str,
    /// The frequency.
    pub(crate) frequency: &'static str,
    /// In their words.
    pub(crate) quote: &'static str,
    /// The theme.
    pub(crate) theme: &'static str,
    /// The strength of the pain.
    pub(crate) pain: u8,
}

const fn minutes(count: i64) -> LeadTime {
    LeadTime::Minutes { count }
}

const fn days(count: i64) -> LeadTime {
    LeadTime::Days { count }
}

const fn observed(
    doing: &'static str,
    workaround: &'static str,
    frequency: &'static str,
    quote: &'static str,
    theme: &'static str,
    pain: u8,
) -> ObservedUsage {
    ObservedUsage {
        doing,
        workaround,
        frequency,
        quote,
        theme,
        pain,
    }
}

/// The trades; a household is a person, all others are organisations.
pub(crate) const TRADES: &[Trade] = &[
    Trade {
        tag: "bakery",
        names: &["Bäckerei {}", "{} Bakery", "Backhaus {}", "Konditorei {}"],
        roles: &["Bäckermeister", "night shift", "shop lead", "Inhaberin"],
        machines: &[
            "deck oven Miwe Condo",
            "proofing cabinet",
            "dough mixer Diosna",
            "blast chiller",
        ],
        uses: &[
            "Ovens and cooling for four shops",
            "Der Ofen läuft ab zwei Uhr nachts",
        ],
        must_not_fail: &[
            "The oven between 2 and 6 in the morning",
            "Die Kühlung am Samstag",
        ],
        needs: &[("callback", minutes(120)), ("fix", days(2))],
        said: &[
            "The left deck bakes darker than the right one since the holidays.",
            "Der Schwadenschieber klemmt, sie öffnen ihn mit dem Haken.",
            "They want to bake on Sundays from spring on and ask whether the cooling can take it.",
            "New apprentice, nobody has shown him the cleaning programme.",
            "Alles läuft. Herr Süß lobt, dass wir vor dem Termin angerufen haben.",
        ],
        observed: &[
            observed(
                "turning the trays halfway through",
                "a paper note on the door says when",
                "every batch",
                "Wenn ich es vergesse, ist das Blech hin.",
                "uneven heat",
                2,
            ),
            observed(
                "starting the oven by hand at two",
                "an alarm clock on the flour sack",
                "every night",
                "I set three alarms because the timer forgets Sundays.",
                "timer",
                3,
            ),
            observed(
                "propping the cooler's door with a broom",
                "the broom has its own hook now",
                "daily",
                "The door closes when it wants to.",
                "door",
                1,
            ),
        ],
    },
    Trade {
        tag: "clinic",
        names: &[
            "Klinik {}",
            "Praxis Dr. {}",
            "{} Dental Care",
            "Tierarztpraxis {}",
        ],
        roles: &[
            "practice manager",
            "Oberschwester",
            "hygiene officer",
            "Empfang",
        ],
        machines: &[
            "vaccine fridge",
            "instrument washer Miele",
            "autoclave",
            "ice maker",
        ],
        uses: &[
            "Cooling for vaccines, washers for instruments",
            "Reinigung und Kühlung im OP-Trakt",
        ],
        must_not_fail: &[
            "The vaccine fridge, at no time",
            "Der Autoklav vor acht Uhr",
        ],
        needs: &[
            ("callback", minutes(60)),
            ("fix", days(1)),
            ("service-visit", days(10)),
        ],
        said: &[
            "Inspection in six weeks; they need the temperature log on paper.",
            "Die Spülmaschine zeigt seit Montag Fehler 12, nach dem Neustart läuft sie.",
            "Dr. Reuter asks for a second fridge before the flu season.",
            "The night alarm went to the old phone number. Corrected it with them.",
            "Everything quiet. They liked that the part was in the van.",
        ],
        observed: &[
            observed(
                "writing down temperatures by hand",
                "a list on the fridge, copied on Fridays",
                "twice a day",
                "Ich schreibe nur ab, was ohnehin auf dem Display steht.",
                "logging",
                2,
            ),
            observed(
                "opening the washer early to save time",
                "a towel on the floor",
                "every noon",
                "We cannot wait the last nine minutes.",
                "cycle time",
                2,
            ),
        ],
    },
    Trade {
        tag: "workshop",
        names: &[
            "Autohaus {}",
            "{} & Sons Joinery",
            "Schreinerei {}",
            "Werkstatt {}",
        ],
        roles: &["foreman", "Meister", "parts desk", "owner"],
        machines: &[
            "compressor Kaeser",
            "dust extractor",
            "parts washer",
            "lift",
        ],
        uses: &[
            "Compressed air for the whole shop",
            "Absaugung für drei Maschinen",
        ],
        must_not_fail: &[
            "Air pressure during the day",
            "Die Absaugung, sonst steht der Betrieb",
        ],
        needs: &[("replacement", days(3))],
        said: &[
            "Pressure drops when the paint booth starts; they stagger the jobs.",
            "Der Filter wurde mit Klebeband geflickt. Ersatz ist bestellt.",
            "They are moving next door in autumn and want the pipes planned with them.",
            "Showed the new foreman how to drain the tank.",
            "Service done, belt replaced, noise is gone.",
        ],
        observed: &[
            observed(
                "draining the tank with a spanner",
                "the spanner hangs on a chain",
                "every Friday",
                "The valve was never made for people with hands.",
                "drain",
                1,
            ),
            observed(
                "waiting for pressure",
                "coffee",
                "several times a day",
                "Wir trinken zu viel Kaffee wegen dieser Kiste.",
                "pressure",
                3,
            ),
        ],
    },
    Trade {
        tag: "hotel",
        names: &["Hotel {}", "Gasthof {}", "{} Lodge", "Pension {}"],
        roles: &["front desk", "Küchenchef", "housekeeping", "Direktorin"],
        machines: &[
            "dishwasher Winterhalter",
            "walk-in cooler",
            "laundry press",
            "minibar row",
        ],
        uses: &[
            "Kitchen, laundry and cellar cooling",
            "Spülküche und Wäscherei",
        ],
        must_not_fail: &["Hot water at breakfast", "Die Spülmaschine am Wochenende"],
        needs: &[("callback", minutes(120)), ("delivery", days(5))],
        said: &[
            "Wedding season starts in May, they fear for the dishwasher.",
            "Im Keller tropft es wieder auf die Weinkisten.",
            "The chef wants the walk-in two degrees colder, housekeeping wants the noise gone.",
            "Glasses come out cloudy on the short programme.",
            "Alles bestens, die neue Dichtung hält.",
        ],
        observed: &[
            observed(
                "polishing glasses by hand",
                "two people after each banquet",
                "every weekend",
                "I did not buy a machine to polish by hand.",
                "clouding",
                2,
            ),
            observed(
                "keeping the cellar door ajar",
                "a wine box",
                "all summer",
                "Sonst beschlägt alles.",
                "moisture",
                1,
            ),
        ],
    },
    Trade {
        tag: "household",
        names: &["{}"],
        roles: &["at home", "Tochter", "neighbour with the key"],
        machines: &[
            "heat pump",
            "fridge-freezer",
            "washing machine",
            "wine cooler",
        ],
        uses: &["Heating and hot water", "Waschen für fünf Personen"],
        must_not_fail: &[
            "Heating when the grandchildren are here",
            "Das Warmwasser am Morgen",
        ],
        needs: &[],
        said: &[
            "The heat pump hums at night, the neighbour has complained.",
            "Frau Adler hört schlecht: bitte lange klingeln.",
            "They are away in August, the key is with the neighbour.",
            "Explained the holiday setting again and left a note.",
            "Läuft leise, sie ist sehr zufrieden.",
        ],
        observed: &[
            observed(
                "switching the pump off at night",
                "a timer from the hardware shop",
                "every night",
                "I would rather be cold than hear it.",
                "noise",
                2,
            ),
            observed(
                "reading the error with a magnifier",
                "a photo sent to the son",
                "now and then",
                "Wer denkt sich so kleine Schrift aus?",
                "display",
                1,
            ),
        ],
    },
    Trade {
        tag: "café",
        names: &["Café {}", "{} Roasters", "Eiscafé {}", "Bistro {}"],
        roles: &["barista", "Inhaber", "shift lead"],
        machines: &[
            "espresso machine",
            "ice cream display",
            "under-counter fridge",
            "glass washer",
        ],
        uses: &[
            "Counter cooling and the glass washer",
            "Eisvitrine von März bis Oktober",
        ],
        must_not_fail: &[
            "The display on a hot Sunday",
            "Die Spülmaschine zur Mittagszeit",
        ],
        needs: &[("delivery", days(4)), ("fix", days(2))],
        said: &[
            "The display ices up on the left; they scrape it with a card.",
            "Umbau im Herbst: sie wollen eine Vitrine mehr.",
            "Ask for the seal before summer, they said it twice.",
            "Descaled with them, took twenty minutes.",
        ],
        observed: &[
            observed(
                "scraping ice off the glass",
                "an old bank card",
                "every evening",
                "My best tool is an expired card.",
                "icing",
                2,
            ),
            observed(
                "moving milk between two fridges",
                "a list of who moved it last",
                "hourly",
                "Im oberen ist es um zwölf zu warm.",
                "temperature",
                3,
            ),
        ],
    },
    Trade {
        tag: "school",
        names: &["Schule {}", "Kita {}", "{} Primary School"],
        roles: &["caretaker", "Hauswirtschaft", "Schulleitung"],
        machines: &["combi steamer Rational", "cold room", "dishwasher conveyor"],
        uses: &["Lunch for 240 children", "Mensa und Lehrküche"],
        must_not_fail: &["Lunch at noon", "Der Kühlraum in den Ferien"],
        needs: &[("quote", days(10))],
        said: &[
            "During the holidays nobody reads the cold room; they ask for an alarm.",
            "Der Hausmeister geht im Sommer in Rente, Nachfolge ist noch offen.",
            "The conveyor stops when trays overlap; the children know how to restart it.",
            "Filter changed, they were surprised how quick it was.",
        ],
        observed: &[observed(
            "restarting the conveyor",
            "a sticker shows the children where to press",
            "daily",
            "Die Kinder können das besser als ich.",
            "stops",
            1,
        )],
    },
    Trade {
        tag: "laundry",
        names: &["Wäscherei {}", "{} Linen Service"],
        roles: &["shift lead", "Betriebsleiterin"],
        machines: &["tunnel washer", "ironer Kannegiesser", "steam generator"],
        uses: &[
            "Linen for eleven hotels",
            "Mangel und Dampf im Zweischichtbetrieb",
        ],
        must_not_fail: &["Steam on Monday mornings", "Die Mangel vor Feiertagen"],
        needs: &[("callback", minutes(90)), ("replacement", days(2))],
        said: &[
            "Steam needs forty minutes on Mondays, it was twenty-five.",
            "Die Mangel zieht links, das Tuch ist fällig.",
            "They ask what a service contract with a date would cost.",
            "Checked the feed water: hard, as before.",
        ],
        observed: &[observed(
            "starting the steam on Sunday evening",
            "somebody drives in for it",
            "weekly",
            "Sunday evening belongs to the boiler.",
            "start-up",
            3,
        )],
    },
];

/// Families and places that stand for `{}`.
pub(crate) const FAMILIES: &[&str] = &[
    "Süß",
    "Adler",
    "Krüger",
    "Weiß",
    "Müller",
    "O'Brien",
    "Schäfer",
    "Lindqvist",
    "Böhmer",
    "Yıldız",
    "Hoffmann",
    "Fraser",
    "Größ",
    "Nowak",
    "Köhler",
    "Bennett",
    "Jahn",
    "Öztürk",
    "Thießen",
    "Carter",
    "Bräuer",
    "Lang",
    "Pfeiffer",
    "Whitby",
    "Döring",
    "Kowalski",
    "Seidel",
    "Hübner",
    "Marsh",
    "Vogt",
    "Am Markt",
    "Lindenhof",
    "Seeblick",
    "Riverside",
    "Alte Post",
    "Rosengarten",
    "Mühlbach",
    "Hill Street",
    "Nordtor",
    "Sonnenhang",
];

/// First names of contacts.
pub(crate) const FIRST_NAMES: &[&str] = &[
    "Hanna", "Jörg", "Emma", "Ömer", "Karin", "Liam", "Beate", "Tomasz", "Ruth", "Götz", "Aisha",
    "Peter", "Sigrid", "Harry", "Änne", "Leonie", "Paul", "Marlene", "Stefan", "Zoë",
];

/// Streets.
pub(crate) const STREETS: &[&str] = &[
    "Hauptstraße",
    "Lindenweg",
    "Bahnhofstraße",
    "Mill Lane",
    "Schlossallee",
    "Gartenstraße",
    "Am Brunnen",
    "Church Road",
    "Mühlgasse",
    "Ringstraße",
];

/// Towns by territory, with their area codes.
pub(crate) const TOWNS: &[(&str, &[(&str, &str)])] = &[
    (
        "north",
        &[
            ("Lübeck", "+49 451"),
            ("Kiel", "+49 431"),
            ("Husum", "+49 4841"),
        ],
    ),
    (
        "south",
        &[
            ("Nürnberg", "+49 911"),
            ("Fürth", "+49 911"),
            ("Bamberg", "+49 951"),
        ],
    ),
    (
        "west",
        &[
            ("Köln", "+49 221"),
            ("Düren", "+49 2421"),
            ("Mönchengladbach", "+49 2161"),
        ],
    ),
];
