### The German help of `kept`: a message for each command, as `kept-help` reads it.
###
### What stands in the first column is the command's path; its attributes are the texts of the page. Options,
### values, variables and calls are the same as in the English help, which stands beside the arguments.

kept = Ein Notizbuch für alle, die bei Kunden arbeiten: was gesagt, gesehen und zugesagt wurde, mit oder ohne Netz.
    .after =
        Beispiele:
          kept account add "Bäckerei Süß" --phone "030 1234"     einen Kunden aufschreiben
          kept visit süß "Bei Regen fällt der Ofen aus"          einen Besuch festhalten, auch ohne Netz
          kept promise make süß "Sicherung" --due "Fr 12:00"     etwas zusagen
          kept today                                             was heute ansteht
          kept sync                                              senden und abholen

        Kunden werden mit ihrer Kennung, dem Anfang davon oder ihrem Namen genannt, Menschen mit ihrem Namen.
        Zeiten stehen da, wie man sie sagt, deutsch oder englisch: "morgen 10:00", "in 30 Minuten", "Wed am", "Ende der Woche", "in 3 Werktagen", "halb vier", "gestern 14:00"; `kept promise make --help` zeigt mehr davon. Was zwei Zeiten heißen kann, wird mit beiden zurückgewiesen. Sie gelten in der Zeitzone, die KEPT_ZONE nennt, sonst in der des Systems.
        `kept BEFEHL --help` hat Beispiele zu jedem Befehl. Rückgabewerte: 0 getan, 1 nicht getan, 2 nicht verstanden.
    .arg-data = Ordner des Notizbuchs [Standard: $XDG_DATA_HOME/kept oder ~/.local/share/kept, auf macOS ~/Library/Application Support/kept]
    .arg-json = JSON ausgeben, für Skripte, auch bei Fehlern und --help
    .arg-lang = Sprache der Ausgabe [Standard: die von LC_ALL, LC_MESSAGES oder LANG]
    .arg-wait = So lange auf ein anderes Programm warten, das das Notizbuch verwendet [Standard: 5, und 60, um aufzuschreiben, was Sie eingeben]

shared =
    .arg-also_called = Ein weiterer Name; kann mehrmals stehen
    .arg-anyway = Es ohne Rückfrage tun, auch wo etwas dagegen spricht
    .arg-birthday = Der Geburtstag eines Menschen: 1974-05-31, ohne Jahr --05-31
    .arg-title = Die Berufsbezeichnung eines Menschen
    .arg-account = Der Kunde: Kennung, Anfang der Kennung oder Name
    .arg-at = Wie es damals war, nach den Uhren derer, die es schrieben
    .arg-criterion = Was der Kunde sieht, wenn es erledigt ist, in seinen Worten
    .arg-dates = Tage oder Zeiträume
    .arg-for_person = Für jemanden schreiben, der angerufen hat; nur für Büro und Leitung
    .arg-id = Die Zusage: Kennung oder Anfang der Kennung
    .arg-key = Die Art
    .arg-kind = Welche Art: callback, quote, delivery und so weiter [Standard: other]
    .arg-known = Nur, was der Server damals hatte
    .arg-limit = Höchstens so viele
    .arg-must_not_fail = Was nie ausfallen darf
    .arg-no_ask = Nicht fragen, wer liefern soll
    .arg-nobody = Noch ist niemand genannt
    .arg-not_before = Vor diesem Tag wird es nicht gebraucht
    .arg-performer = Wer liefert, mit Namen [Standard: Sie selbst]
    .arg-person = Wen, mit Namen [Standard: wer liefert]
    .arg-pool = Wer in dieser Rufbereitschaft gerade frei ist
    .arg-reason = Warum
    .arg-told = Der Kunde weiß es schon
    .arg-uses = Wofür unser Produkt dort verwendet wird
    .arg-words = Der Termin in den Worten, die gesprochen wurden [Standard: was hinter --due steht]
    .arg-zone = Die Zeitzone, in der sie gemeint sind [Standard: die, in der Sie sind]

values =
    .v-ACCOUNT = KUNDE
    .v-ADDRESS = ADRESSE
    .v-BY = WER
    .v-CHANNEL = WEG
    .v-CHOICE = WAHL
    .v-CONFLICT = KONFLIKT
    .v-COUNT = ANZAHL
    .v-DATE = TAG
    .v-DAY = TAG
    .v-DELIVERABLE = WAS
    .v-DIR = ORDNER
    .v-DOING = TUN
    .v-EVENT = EREIGNIS
    .v-EVIDENCE = NACHWEIS
    .v-FILE = DATEI
    .v-DECISION = ENTSCHEIDUNG
    .v-FROM_TO = VON-BIS
    .v-ID = KENNUNG
    .v-ID_NAME = KENNUNG|NAME
    .v-KEY = ART
    .v-KIND = ART
    .v-KIND_TIME = ART=ZEIT
    .v-LANG = SPRACHE
    .v-LINK = LINK
    .v-MARK = MARKIERUNG
    .v-MOOD = STIMMUNG
    .v-NAME = NAME
    .v-NAME__ROLE = NAME, ROLLE
    .v-NUMBER = NUMMER
    .v-PERCENT = PROZENT
    .v-PERSON = PERSON
    .v-POOL = RUFBEREITSCHAFT
    .v-PROMISE = ZUSAGE
    .v-ROLE = ROLLE
    .v-REMINDER = ERINNERUNG
    .v-SAID = GESAGT
    .v-SECONDS = SEKUNDEN
    .v-TAG = SCHLAGWORT
    .v-TEAM = TEAM
    .v-TEXT = TEXT
    .v-THEME = THEMA
    .v-TIME = ZEIT
    .v-URL = URL
    .v-VALUE = WERT
    .v-WEEK = WOCHE
    .v-WHEN = WANN
    .v-WORDS = WORTE
    .v-YES_NO = YES|NO
    .v-ZONE = ZEITZONE

account = Kunden aufschreiben, auflisten, zeigen, ändern und einlesen

account-add = Einen Kunden aufschreiben
    .after =
        Beispiele:
          kept account add "Bäckerei Süß"
          kept account add "Bäckerei Süß" --phone "030 1234" --contact "Frau Müller, Chefin" --tag ofen
          kept account add "Ada Byron" --person --email ada@example.org --note "Zweimal klingeln"
    .arg-addresses = Eine Postadresse; die erste ist die wichtigste
    .arg-contacts = Wer dort arbeitet, "Name" oder "Name, Rolle"; kann mehrmals stehen
    .arg-emails = Eine E-Mail-Adresse; die erste ist die wichtigste
    .arg-name = Wie der Kunde heißt
    .arg-notes = Notizen; mehrere sind Zeilen
    .arg-person = Ein Mensch oder Haushalt statt einer Firma
    .arg-phones = Eine Telefonnummer; die erste ist die wichtigste
    .arg-tags = Ein Schlagwort; kann mehrmals stehen
    .arg-webs = Eine Webseite; die erste ist die wichtigste

account-archive = Einen Kunden archivieren
    .after =
        Beispiele:
          kept account archive süß
          kept account restore süß

account-edit = Einen Kunden ändern; was andere inzwischen ändern, wird zusammengeführt
    .after =
        Beispiele:
          kept account edit süß --phone "030 5678"           die wichtigste Telefonnummer
          kept account edit süß --add-note "Montags zu"
          kept account edit süß --add-contact "Frau Müller, Chefin" --tag ofen
          kept account edit süß --untag ofen
          kept account edit süß --settle-phone "030 5678"    zwischen mehreren Nummern wählen
          kept account edit süß --needs callback=2h --needs delivery=5d
          kept account edit süß --unneed delivery

        Wenn zwei eine Nummer eintragen, ohne voneinander zu wissen, bleiben beide, bis jemand klärt, welche gilt. Notizen werden Satz für Satz zusammengeführt: Haben zwei denselben Satz ersetzt, ohne voneinander zu wissen, bleiben beide Fassungen stehen, und `kept settle` wählt. Was ein Kunde braucht, ist eine Frist je Art von Zusagen, in Arbeitszeit, wo die Art sie zählt: `kept account show` hält sie gegen die Erfahrungswerte.
    .arg-added_contacts = Jemanden ergänzen, der dort arbeitet, "Name" oder "Name, Rolle"; kann mehrmals stehen
    .arg-added_notes = Eine Zeile an die Notizen hängen, wie sie sind; kann mehrmals stehen
    .arg-address = Die wichtigste Postadresse
    .arg-email = Die wichtigste E-Mail-Adresse
    .arg-name = Ein anderer Name
    .arg-needs = In welcher Frist eine Art von Zusagen gebraucht wird: callback=2h, delivery=5d; kann mehrmals stehen
    .arg-note = Die Notizen ersetzen
    .arg-phone = Die wichtigste Telefonnummer
    .arg-removed = Die Nummer oder Adresse mit diesem Wert entfernen; kann mehrmals stehen
    .arg-removed_contacts = Jemanden entfernen; kann mehrmals stehen
    .arg-settle_address = Zwischen mehreren Postadressen wählen
    .arg-settle_email = Zwischen mehreren E-Mail-Adressen wählen
    .arg-settle_phone = Zwischen mehreren Telefonnummern wählen
    .arg-tags = Ein Schlagwort ergänzen; kann mehrmals stehen
    .arg-unneeds = Zurücknehmen, dass eine Art in einer Frist gebraucht wird; kann mehrmals stehen
    .arg-untags = Ein Schlagwort entfernen; kann mehrmals stehen
    .arg-web = Die wichtigste Webseite
    .arg-was = Die Notizen, wie Sie sie gesehen haben; ohne Angabe, wie sie jetzt sind

account-import = Dateien mit vCards einlesen: Menschen, und Firmen mit denen, die dort arbeiten
    .after =
        Beispiele:
          kept account import contacts.vcf
          kept account import anna.vcf ben.vcf
          export-contacts | kept account import -
          kept account import contacts.vcf --json | jq '.cards[] | select(.refused)'

        Aus einem Menschen wird ein Kunde. Menschen, deren Karten dieselbe Organisation nennen, werden Kontakte eines Kunden, wenn ihre E-Mail-Domänen oder Adressen nicht dagegen sprechen. Wer dieselbe Datei noch einmal einliest, ergänzt nichts und ändert keinen Kunden: Was eine Karte sagt und ihr Kunde nicht, wird genannt. Genannt wird auch, was nicht übernommen wurde, mit dem Grund. Der Rückgabewert ist 1, wenn eine ganze Karte zurückgewiesen wurde oder etwas in einer nicht zu entziffern war.
    .arg-brief = Nur nennen, was nicht übernommen wurde
    .arg-files = Eine .vcf-Datei, wie sie eine Kontakte-App exportiert, oder mehrere; - für die Standardeingabe

account-list = Kunden in alphabetischer Folge auflisten
    .after =
        Beispiele:
          kept account list
          kept account list --archived --limit 20
          kept account list --json | jq -r '.[] | [.name, .phone] | @tsv'
    .arg-archived = Auch die archivierten
    .arg-offset = Nach so vielen

account-restore = Einen Kunden zurückholen
    .after =
        Beispiele:
          kept account archive süß
          kept account restore süß

account-show = Einen Kunden zeigen: jede Angabe und von wem sie ist, was dort geschah, offene Zusagen
    .after =
        Beispiele:
          kept account show süß
          kept account show süß --all
          kept account show süß --json | jq -r '.account.notes'
    .arg-all = Alles, was geschah, statt der letzten 20 Einträge

asks = Worum Sie andere diesen Monat gebeten haben und ob Sie gedankt haben
    .after =
        Beispiele:
          kept asks                      wie oft sollte es schneller gehen als üblich, und gab es Dank?
          kept promise thank ID Sam      dankt

colleagues = Alle in der Firma
    .after =
        Beispiele:
          kept colleagues
          kept colleagues --json | jq -r '.[].name'

conflicts = Was mehrere sagten, ohne voneinander zu wissen
    .after =
        Beispiele:
          kept conflicts
          kept conflicts süß
          kept conflicts --json | jq -r '.[].id'

        Beide Angaben bleiben, bis jemand wählt; nichts wartet darauf. `kept settle` wählt.
    .arg-id = Nur die dieses Kunden oder dieser Zusage: Kennung, Anfang der Kennung oder Name eines Kunden

correct = Einen Besuch oder eine Beobachtung berichtigen oder ins Archiv legen
    .after =
        Beispiele:
          kept correct 0199a1b2 --said "Der Ofen löst bei Schnee aus" --channel call
          kept correct 0199a1b2 --account adler              es war ein anderer Kunde
          kept correct 0199a1b2 --pain 3 --frequency täglich eine Beobachtung
          kept correct 0199a1b2 --archive --reason "doppelt"
          kept correct 0199a1b2 --restore

        Was vorher da stand, bleibt in `kept history`, und `kept undo` gibt es innerhalb eines Tages zurück.
    .arg-account = Der Kunde, um den es geht: Kennung, Anfang einer Kennung oder Name
    .arg-add_marks = Ein Ergebnis dazu; kann mehrmals stehen
    .arg-archive = Ins Archiv legen
    .arg-arrived = Wann Sie kamen, in Worten wie bei --at
    .arg-at = Wann es war, etwa „letzten Freitag 10:00“ oder „vor einer Stunde“
    .arg-channel = Wie Sie sich getroffen haben
    .arg-doing = Was dort getan wird
    .arg-entry = Der Besuch oder die Beobachtung: Kennung oder ihr Anfang
    .arg-frequency = Wie oft, in den Worten von dort
    .arg-left = Wann Sie gingen, in Worten wie bei --at
    .arg-means = Was es unserer Meinung nach bedeutet
    .arg-nothing_promised = Die Antwort auf „Was haben Sie zugesagt?“ war: nichts
    .arg-notes = Notizen
    .arg-pain = Wie sehr es stört, 0 bis 3
    .arg-product = Das Produkt oder die Maschine
    .arg-quantity = Wie viel davon
    .arg-quote = Die Worte, die gesagt wurden
    .arg-reason = Warum es ins Archiv geht oder zurückkommt
    .arg-remove_marks = Ein Ergebnis weg; kann mehrmals stehen
    .arg-restore = Aus dem Archiv zurückholen
    .arg-said = Was gesagt wurde, in seinen Worten
    .arg-workaround = Womit man sich dort behilft

doctor = Das Notizbuch prüfen und in Ordnung bringen, was gezeigt wird
    .after =
        Beispiele:
          kept doctor                prüfen; der Rückgabewert ist 0, wenn alles stimmt
          kept doctor --rebuild      alle Zeilen neu machen, dann prüfen
          kept doctor --begin-anew   ein neues Notizbuch beginnen; das alte bleibt daneben
    .arg-begin_anew = Ein neues Notizbuch beginnen, wo sich dieses nicht öffnen lässt oder beschädigt ist; das alte bleibt in einem Ordner daneben
    .arg-rebuild = Zuerst jede Zeile aus den Änderungen neu machen; dabei geht nichts verloren

drafts = Was ein Bildschirm gespeichert und noch niemand festgehalten hat
    .after =
        Beispiele:
          kept drafts
          kept drafts --log 0199a1b2
          kept drafts --json | jq -r '.[].id'

        Entwürfe sind nur auf diesem Gerät und werden nie gesendet. Ein Entwurf, der festgehalten wird, ist vergessen; einer, der abgelehnt wird, bleibt, wie er war.
    .arg-drop = Diesen Entwurf vergessen: seine Kennung oder ihr Anfang
    .arg-log = Diesen Entwurf festhalten: seine Kennung oder ihr Anfang

handbook = Was die Firma vereinbart hat: Arten von Zusagen, Arbeitszeiten, Feiertage

handbook-holiday = Feiertage der Firma; nur für Büro und Leitung

handbook-holiday-add = An diesen Tagen arbeitet niemand
    .after =
        Beispiele:
          kept handbook holiday add 2026-12-25 2026-12-26
          kept handbook holiday add 2026-12-24..2027-01-02

handbook-holiday-remove = Diese Tage sind Tage wie alle anderen
    .after =
        Beispiele:
          kept handbook holiday remove 2026-12-24

handbook-hours = Die Arbeitszeiten der Firma zeigen oder ändern; ändern dürfen sie nur Büro und Leitung
    .after =
        Beispiele:
          kept handbook hours
          kept handbook hours "Mo-Fr 8:00-12:00,13:00-17:00; Sa 9:00-12:00"
          kept handbook hours "Mo-Fr 7-16" --zone Europe/Vienna
    .arg-week = Tage und Zeiten; an einem Tag, der nicht dasteht, ist zu

handbook-list = Arten von Zusagen, Arbeitszeiten und Feiertage auflisten
    .after =
        Beispiele:
          kept handbook list
          kept handbook list --json | jq -r '.kinds[].kind.key'

handbook-retire = Eine Art von Zusagen nicht mehr anbieten; nur für Büro und Leitung; was zugesagt ist, bleibt
    .after =
        Beispiele:
          kept handbook retire credit
          kept handbook set credit --offer      bietet sie wieder an

handbook-set = Eine Art von Zusagen ändern oder neu schreiben; nur für Büro und Leitung
    .after =
        Beispiele:
          kept handbook set callback --lead 45m --quantile 90
          kept handbook set tow --name Abschleppen --lead 90m --working-time no --role technician
          kept handbook set delivery --evidence photo --evidence signature

        Was nicht dasteht, bleibt, wie es ist; eine neue Art beginnt wie "other". Ein Tag Aufwand hat 8 Stunden, auch ein Tag Frist bei Arten, die Arbeitszeit zählen. Zusagen behalten die Regeln, unter denen sie gegeben wurden.
    .arg-effort = Der übliche Aufwand: 45m, 1h30m, 2d
    .arg-evidence = Womit es als erledigt gilt; kann mehrmals stehen, eines davon genügt
    .arg-grace = Was Kunden nach einer fälligen Minute noch zugestanden wird: 5m
    .arg-key = Die Art: Kleinbuchstaben, Ziffern und Striche
    .arg-lead = Die Frist, die angeboten wird, solange es keine Erfahrungswerte gibt: 30m, 2d
    .arg-name = Wie man sie nennt; leer nimmt den Namen weg
    .arg-offer = Eine Art wieder anbieten
    .arg-quantile = Der Anteil der Zusagen, den ein vorgeschlagener Termin halten soll, 50 bis 99
    .arg-role = Wer üblicherweise liefert
    .arg-working_time = Ob ihre Frist nur Arbeitszeit zählt

handbook-show = Eine Art von Zusagen zeigen
    .after =
        Beispiele:
          kept handbook show callback

history = Wer was wann geändert hat; ein Eintrag, wie er war
    .after =
        Beispiele:
          kept history süß
          kept history süß --at "3. Juni 12:00"         wie es war: jedes Feld, von wem, auf welchem Gerät
          kept history süß --at gestern --known         was der Server damals hatte
          kept history süß --verify                     jede Prüfsumme neu rechnen
          kept history 0199a1b2-c3d4 --json | jq -r '.[].by.name'
    .arg-id = Ein Kunde, Besuch, eine Beobachtung oder Zusage: Kennung, Anfang der Kennung oder Name eines Kunden
    .arg-verify = Prüfen, dass in der Geschichte nichts fehlt und nichts verändert ist

join = Einer Firma mit einem Einladungslink beitreten
    .after =
        Beispiele:
          kept join 'kept://kept.example/join?v=1&code=…&org=…'
          kept join --label "Anns Laptop" 'kept://…'
          kept join --keyring 'kept://…'     Schlüssel und Zugang im Schlüsselbund dieses Systems
          kept join --keyring                beide später dorthin bringen
          kept join --proxy http://proxy.example:3128 'kept://…'
          kept join --as-new-device          wo dieser Ordner von einem anderen Gerät kopiert wurde

        Das Büro macht den Link; er gilt kurze Zeit und für ein Gerät. Was Sie vorher geschrieben haben, sendet das nächste `kept sync`, auch wenn dieses Gerät abgemeldet war und neu beitritt. Setzen Sie den Link in Anführungszeichen, denn & bedeutet in Shells etwas anderes.
    .arg-as_new_device = Als neues Gerät weitergehen, wo dieses Notizbuch von einem anderen Gerät kopiert wurde: Was nicht gesendet war, wird zuerst angeboten, und nichts geht verloren
    .arg-certificate = Den Server gegen das Zertifikat in dieser PEM-Datei prüfen statt gegen die des Webs
    .arg-insecure = Einen Server erlauben, der nicht verschlüsselt, auch außerhalb dieses Rechners
    .arg-keyring = Schlüssel und Zugang in den Schlüsselbund des Betriebssystems legen statt in eine Datei, die nur Sie lesen können; nur, wo kept mit der Eigenschaft `keyring` gebaut wurde
    .arg-label = Wie dieses Gerät heißt [Standard: der Name dieses Rechners]
    .arg-link = Der Einladungslink
    .arg-proxy = Den Server von nun an über diesen Proxy erreichen, http://[name:password@]host[:port]; ein Server auf diesem Rechner wird immer direkt erreicht [Standard: was KEPT_PROXY sagt; das wird nicht behalten]

log = Viele Besuche von der Standardeingabe festhalten, je Zeile ein JSON-Objekt
    .after =
        Beispiele:
          echo '{"{"}"account": "süß", "said": "Alles gut"{"}"}' | kept log --stdin
          kept log --stdin --json < visits.jsonl

        Eine Zeile hat "account" (Kennung oder Name) und "said" und kann "means", "channel" (on-site, call, video, message, event), "contact", "marks", "wish", "at" ("gestern 14:00" oder 2026-11-20T14:00:00+01:00), "planned", "arrived", "left" (Zeiten wie "at"), "place" (ein Objekt mit "lat" und "lon" in Grad, "accuracy" in Metern und "age_ms"), "nothing_promised": true, "observations" (Objekte mit "doing", "need", "product", "workaround", "frequency", "pain", "quantity", "quote", "themes", "consent", "notes") und "promises" haben (Objekte mit "deliverable", "due" und vielleicht "kind", "criterion", "performer", "pool", "nobody", "told", "ask", "words"). Ein Besuch, der nichts sagt, wird nur mit "anyway": true übernommen.

        Die Kennung eines Besuchs wird ausgegeben, sobald er gespeichert ist. Eine Zeile, die nicht übernommen werden kann, steht mit dem Grund in der Fehlerausgabe; die anderen werden übernommen, und der Rückgabewert ist 1. So ist es auch, wenn die Kennungen nicht mehr ausgegeben werden können: Übernommen wird trotzdem jede Zeile. Zwischen zwei Zeilen können andere Befehle das Notizbuch verwenden.
    .arg-stdin = Von der Standardeingabe lesen

me = Was Sie über sich sagen: Arbeitszeiten, Abwesenheiten, Ruhezeit, Aufwand

me-set = Es ändern; was nicht dasteht, bleibt, wie es ist
    .after =
        Beispiele:
          kept me set --hours "Mo-Fr 8:00-12:00,13:00-17:00" --quiet 20:00-7:00
          kept me set --absent 2026-12-24..2027-01-02
          kept me set --effort fix=45m --phone "+49 30 22" --wins "Rufen Sie vormittags an."
          kept me set --colleague Sam --absent morgen        nur für Büro und Leitung

        Erinnerungen an Rückrufe klingeln auch in der Ruhezeit. Ohne eigene Arbeitszeiten gelten die der Firma.
    .arg-absent = Ein Tag oder Zeitraum ohne Arbeit; kann mehrmals stehen
    .arg-colleague = Über jemand anderen, mit Namen; nur für Büro und Leitung [Standard: über Sie selbst]
    .arg-effort = Der übliche Aufwand für eine Art von Zusagen, etwa fix=45m; 0m ist der des Handbuchs; kann mehrmals stehen
    .arg-hours = Arbeitszeiten; "company" sind die der Firma
    .arg-phone = Eine Telefonnummer; kann mehrmals stehen
    .arg-present = Ein Tag oder Zeitraum, an dem Sie doch arbeiten; kann mehrmals stehen
    .arg-quiet = Wann keine Erinnerung klingeln darf; "none" ist nie
    .arg-remove_phone = Eine Nummer, die nicht mehr Ihre ist; kann mehrmals stehen
    .arg-wins = Was Ihnen hilft, in Ihren Worten

me-show = Es zeigen
    .after =
        Beispiele:
          kept me show
          kept me show --colleague Sam
    .arg-colleague = Was jemand anderes sagt, mit Namen [Standard: Sie selbst]

mine = Alles, was bei Ihnen liegt, und was als Nächstes klingelt
    .after =
        Beispiele:
          kept mine
          kept mine --json | jq .counts

observe = Aufschreiben, wie ein Kunde das Produkt verwendet oder was er braucht
    .after =
        Beispiele:
          kept observe süß "hält die Ofentür mit dem Fuß offen" --pain 2 --quote "hier wird es so heiß"
          kept observe süß "zählt von Hand" --workaround "eine Strichliste" --frequency "jeden Morgen"
          kept observe --need "jemand, der sonntags Kühlungen repariert"

        Was gebraucht wird, darf ohne einen Kunden dastehen.
    .arg-consent = Die Worte dürfen zitiert werden
    .arg-doing = Was dort getan wird
    .arg-frequency = Wie oft, in den Worten von dort
    .arg-need = Etwas, das fehlt, statt etwas, das getan wird
    .arg-notes = Notizen
    .arg-pain = Wie sehr es stört, 0 bis 3
    .arg-product = Das Produkt oder die Maschine
    .arg-quantity = Wie viel davon
    .arg-quote = Die Worte, die gesagt wurden
    .arg-themes = Ein Thema; kann mehrmals stehen
    .arg-workaround = Womit man sich dort behilft

promise = Etwas zusagen und festhalten, was damit geschieht

promise-accept = Annehmen, was Sie liefern sollen
    .after =
        Beispiele:
          kept promise accept 0199a1b2-c3d4
          kept promise accept 0199a1b2-c3d4 --for Sam      Sam hat im Büro angerufen

promise-again = Eine Zusage, die nicht zählt, noch einmal schreiben
    .after =
        Beispiele:
          kept promise again 0199a1b2-c3d4
          kept promise again 0199a1b2-c3d4 --due "Fr 12:00"        ihr Termin ist vorbei
          kept promise again 0199a1b2-c3d4 --performer Sam         wer liefern sollte, ist nicht mehr da

        Eine Zusage zählt nicht, wenn sie nicht geben durfte, wer sie gab, etwa weil die Person als ausgeschieden galt. Sie bleibt, und hiermit entsteht eine neue mit demselben Inhalt. Sie stehen beim Kunden dafür ein.
    .arg-due = Bis wann [Standard: wie bisher]

promise-agree = Festhalten, dass dem Kunden ein anderer Termin gesagt wurde
    .after =
        Beispiele:
          kept promise agree 0199a1b2-c3d4 --due "Mo 10:00" --channel call
    .arg-channel = Wie
    .arg-contact = Wer es gehört hat, ein Kontakt des Kunden
    .arg-due = Der Termin

promise-right = Eine Zusage machen, die eine gebrochene wiedergutmacht
    .after =
        Beispiele:
          kept promise right 0199a1b2-c3d4 --due "morgen 10:00"
          kept promise right 0199a1b2-c3d4 "eine passende Dichtung" --due Freitag --performer Sam --told

        Die neue Zusage gilt demselben Kunden, ist von derselben Art und für die Person, die liefern sollte, wenn Sie nichts anderes sagen. Jede der beiden zeigt die andere.
    .arg-channel = Wie es gesagt wurde
    .arg-deliverable = Was getan wird [Standard: was zugesagt war]
    .arg-due = Bis wann
    .arg-id = Die gebrochene Zusage: ID oder Anfang einer ID

promise-ask = Eine Person fragen, ob sie liefern kann
    .after =
        Beispiele:
          kept promise ask 0199a1b2-c3d4
          kept promise ask 0199a1b2-c3d4 Sam

promise-cancel = Eine Zusage absagen
    .after =
        Beispiele:
          kept promise cancel 0199a1b2-c3d4 --by customer --agreed-by Müller
          kept promise cancel 0199a1b2-c3d4 --reason "das Teil wird nicht mehr gebaut"
    .arg-agreed_by = Wer beim Kunden einverstanden war
    .arg-by = Wer absagt

promise-confirm = Aufschreiben, wie der Kunde es findet
    .after =
        Beispiele:
          kept promise confirm 0199a1b2-c3d4 happy --contact Müller
    .arg-contact = Wer es gesagt hat, ein Kontakt des Kunden
    .arg-mood = Wie zufrieden man dort ist

promise-customer = Nachtragen, wessen Zusage es ist, wo sie ohne Kunden gegeben wurde
    .after =
        Beispiele:
          kept promise customer 0199a1b2-c3d4 süß
          kept promise customer 0199a1b2-c3d4 süß --contact Müller
    .arg-contact = Wer es gehört hat, ein Kontakt des Kunden

promise-decline = Ablehnen, was Sie liefern sollen
    .after =
        Beispiele:
          kept promise decline 0199a1b2-c3d4 --reason "im Urlaub"

promise-dispute = Festhalten, dass es nicht wie zugesagt war
    .after =
        Beispiele:
          kept promise dispute 0199a1b2-c3d4 "die Dichtung tropft noch"
    .arg-words = In wessen Worten

promise-fulfil = Festhalten, dass es erledigt ist
    .after =
        Beispiele:
          kept promise fulfil 0199a1b2-c3d4
          kept promise fulfil 0199a1b2-c3d4 --at "gestern 16:00" --evidence call --note "sie freut sich"
    .arg-at = Wann es erledigt war, etwa "gestern 16:00" oder "vor anderthalb Stunden" [Standard: jetzt]
    .arg-evidence = Was es nachweist
    .arg-note = Was der Nachweis sagt

promise-list = Zusagen auflisten, die nächste fällige zuerst
    .after =
        Beispiele:
          kept promise list
          kept promise list --all --account süß
          kept promise list --mine --json | jq -r '.[].deliverable'
    .arg-account = Nur die dieses Kunden
    .arg-all = Auch die, bei denen nichts mehr zu tun ist
    .arg-mine = Nur die, die Sie gegeben haben oder liefern

promise-make = Einem Kunden etwas zusagen
    .after =
        Beispiele:
          kept promise make süß "Ersatzsicherung" --due "Fr 12:00"
          kept promise make süß "Rückruf" --due "in 30 Minuten" --kind callback --pool service
          kept promise make süß "Angebot" --due "morgen Nachmittag" --performer Sam --words "bis morgen"
          kept promise make süß "Dichtung" --due 2026-11-30 --criterion "kein Tropfen am Boden" --no-ask

        Termine, deutsch oder englisch:
          in 30 Minuten · in anderthalb Stunden · in 2 Werktagen · in einem Monat · in a fortnight
          heute 17:00 · tomorrow at 3 pm · heute halb vier · morgen früh · heute Abend (bis 22:00)
          Wed am · Freitagnachmittag
          EOD · bis Feierabend · Ende der Woche (der letzte Arbeitstag) · nächste Woche · Ende des Monats
          Freitag · Friday next week · Montag in einer Woche · 3.12. · Dec 3 · 2026-12-03 10:00
        Ein Wochentag allein ist der nächste. Ein ganzer oder halber Tag endet mit dem Arbeitstag, an einem geschlossenen Tag mit dem letzten davor. Was zwei Termine heißen kann ("12/3", "tomorrow at 3"), wird mit beiden zurückgewiesen.

        Sie sagen zu; wen Sie nennen, der liefert und wird gleich gefragt. Bevor Sie einer Firma beitreten, gibt es niemanden, der eine Zusage halten könnte.
    .arg-channel = Wie es gesagt wurde
    .arg-contact = Wer es gehört hat, ein Kontakt des Kunden
    .arg-deliverable = Was getan wird
    .arg-due = Bis wann

promise-propose = Der Person, die zugesagt hat, einen anderen Termin vorschlagen
    .after =
        Beispiele:
          kept promise propose 0199a1b2-c3d4 --due "Mo 10:00" --reason "das Teil kommt am Montag"
    .arg-due = Der Termin, den Sie vorschlagen

promise-reassign = Die Zusage jemand anderem zum Liefern geben
    .after =
        Beispiele:
          kept promise reassign 0199a1b2-c3d4 --performer Sam --reason "Ann ist krank"
          kept promise reassign 0199a1b2-c3d4 --pool service

promise-resolve = Über eine Beanstandung entscheiden; nur für das Büro
    .after =
        Beispiele:
          kept promise resolve 0199a1b2-c3d4 kept --reason "die andere Dichtung"
    .arg-finding = Wie entschieden wird

promise-retract = Ein Ereignis zurücknehmen, das Sie aus Versehen geschrieben haben
    .after =
        Beispiele:
          kept promise show 0199a1b2-c3d4        zeigt die Nummern der Ereignisse
          kept promise retract 0199a1b2-c3d4 3
    .arg-event = Die Nummer des Ereignisses in `kept promise show` oder seine Kennung

promise-show = Eine Zusage zeigen, mit allem, was mit ihr geschah
    .after =
        Beispiele:
          kept promise show 0199a1b2-c3d4
          kept promise show 0199a1b2-c3d4 --why
          kept promise show 0199a1b2-c3d4 --at "3. Juni 12:00"   was genau war damals zugesagt?
    .arg-why = Den Stand erklären: was jedes Ereignis bewirkt hat und welche Regeln gegolten haben

promise-start = Festhalten, dass die Arbeit begonnen hat
    .after =
        Beispiele:
          kept promise start 0199a1b2-c3d4

promise-thank = Jemandem dafür danken
    .after =
        Beispiele:
          kept promise thank 0199a1b2-c3d4 Sam
    .arg-person = Wem, mit Namen [Standard: wer liefert]

promise-told = Festhalten, dass der Kunde von der Zusage weiß
    .after =
        Beispiele:
          kept promise told 0199a1b2-c3d4 --channel call --contact Müller
    .arg-channel = Wie
    .arg-contact = Wer es gehört hat, ein Kontakt des Kunden

reliability = Was Sie zugesagt und was Sie geliefert haben, mit Zahlen
    .after =
        Beispiele:
          kept reliability               Ihre eigenen Zahlen
          kept reliability Sam           die von jemand anderem; nur für Büro und Leitung

        Gesagt und getan: was Sie Kunden zugesagt haben. Geliefert: was Sie angenommen haben. Die Zahlen sind ungewichtet; die Untergrenze wiegt, was ein halbes Jahr alt ist, halb.
    .arg-person = Wessen, mit Namen [Standard: Ihre eigenen]

reminders = Was wann klingelt, und warum
    .after =
        Beispiele:
          kept reminders                          was Sie jetzt ruft und binnen einem Tag klingelt
          kept reminders --within 7d --json
          kept reminders --since 2h               und was in den letzten zwei Stunden klingelte
          kept reminders --watch                  zeigen und klingeln lassen, wie sie kommen
          kept reminders ack 0199a1b2-c3d4        gesehen: Ihre anderen Geräte bleiben still
          kept reminders ack 0199a1b2-c3d4 "halbe Zeit"
    .arg-since = Auch zeigen, was in dieser Zeit klingelte: 2h, 90m
    .arg-watch = Erinnerungen zeigen und klingeln lassen, wie sie kommen, bis Sie Strg-C drücken
    .arg-within = Wie weit vorausgesehen wird: 7d, 36h, 90m

reminders-ack = Festhalten, dass Sie eine gesehen haben, damit Ihre anderen Geräte still bleiben
    .arg-promise = Die Zusage: Kennung oder Anfang der Kennung
    .arg-reminder = Welche, wie `kept reminders` sie nennt [Vorgabe: die letzte, die geklingelt hat, sonst die nächste]

report = Wie die Termine der Firma gehalten werden
    .after =
        Beispiele:
          kept report                    so oft gehalten wie gesagt? mit Reserve? langsamer?
          kept report --json | jq .calibrations

search = Kunden, Besuche, Beobachtungen und Zusagen finden
    .after =
        Beispiele:
          kept search baeckerei
          kept search "ofen regen" --limit 5
          kept search 0711 1234567

        Findet, was alle Wörter hat, jedes als Anfang eines Wortes, das Beste zuerst: Namen vor Notizen, ganze Wörter vor Anfängen, Neues vor Altem. Was gefunden wurde, steht in Klammern. "backerei" und "baeckerei" finden "Bäckerei", "obrien" findet "O'Brien", und eine Telefonnummer wird in jeder Schreibweise gefunden: mit oder ohne Ländervorwahl (der der Zeitzone der Firma), oder an ihren letzten vier und mehr Ziffern.
    .arg-text = Was gesucht wird

show = Etwas vollständig zeigen, wie es eingegeben wurde
    .after =
        Beispiele:
          kept show 0199a1b2-c3d4
          kept show "Hotel Adler"
          kept show Eva
          kept show delivery --json

        Gekürzt wird nichts. Ein Name kann der eines Kunden, eines Menschen in der Firma oder einer Art sein; wo mehrere so heißen, werden sie genannt.
    .arg-what = Eine Kennung, der Anfang einer Kennung oder ein Name

settle = Bei einem Konflikt wählen, was gilt
    .after =
        Beispiele:
          kept conflicts          zeigt, was wartet, jedes mit einem Namen und Nummern zur Wahl
          kept settle 3fa91c07 2  nimmt das Zweite

        Der Name ändert sich, wenn sich daran etwas ändert: Geklärt wird nur, was man gesehen hat.
    .arg-choice = Die Nummer der Wahl
    .arg-conflict = Der Name des Konflikts, wie `kept conflicts` ihn zeigt

status = Was gesendet ist und was nicht, von wem wann zuletzt zu hören war, die Uhr
    .after =
        Beispiele:
          kept status
          kept status --json | jq '.unsent | length'

sync = Senden und abholen
    .after =
        Beispiele:
          kept sync
          kept sync --watch      weiter bis Strg-C: senden, was hier geschrieben wird, abholen, was kommt
          kept sync --proxy http://proxy.example:3128
          kept sync --proxy none

        Ohne Netz ist der Rückgabewert 1, der Grund wird genannt, und alles wartet hier bis zum nächsten Mal; --watch macht trotzdem weiter. Ein Proxy, den das System kennt, wird nur verwendet, wo er genannt ist: mit --proxy, was behalten wird, oder in KEPT_PROXY, was nicht behalten wird und vorgeht.
    .arg-proxy = Den Server von nun an über diesen Proxy erreichen, http://[name:password@]host[:port]; „none“ für direkt
    .arg-watch = Weitermachen: binnen Sekunden senden, was andere Befehle schreiben, und abholen, was der Server meldet

today = Was heute ansteht
    .after =
        Beispiele:
          kept today
          kept today --json | jq '.late | length'

undo = Zurücknehmen, was gerade geschrieben wurde
    .after =
        Beispiele:
          kept undo               nimmt zurück, was auf diesem Gerät zuletzt geschrieben wurde
          kept undo süß           nimmt zurück, was zuletzt über diesen Kunden geschrieben wurde
          kept undo --list        alles aus den letzten 24 Stunden, das sich zurücknehmen lässt
          kept undo --list --json | jq -r '.[].group'

        Kunden, Besuche und Beobachtungen kommen ins Archiv, Zusagen werden zurückgenommen, Felder bekommen, was vorher darin stand. Was jemand anderes seither geschrieben hat, bleibt. Es darf schon gesendet sein.
    .arg-id = Ein Kunde, Besuch, eine Beobachtung oder Zusage: Kennung, ihr Anfang oder der Name eines Kunden; oder eine Gruppe
    .arg-list = Auflisten, was sich zurücknehmen lässt, das Neueste zuerst

unsent = Was der Server nicht hat, und die Auswege aus dem, was er zurückhält oder ablehnt
    .after =
        Beispiele:
          kept unsent                        was der Server nicht hat
          kept unsent --text 0199a1b2        was geschrieben wurde
          kept unsent --again 0199a1b2       Abgelehntes neu schreiben
          kept unsent --withdraw 0199a1b2    von der Liste nehmen
          kept unsent --export 0199a1b2 --to lost.kept
          kept unsent --json | jq -r '.unsent[].id'

        Was zurückgezogen ist, bleibt auf diesem Gerät, und --back holt es zurück. Was darauf aufbaut, geht mit. Was der Server zurückhält, wird nie neu geschrieben, denn das Büro kann es noch annehmen.
    .arg-again = Diese abgelehnte Gruppe neu schreiben: ihre Kennung oder ihr Anfang
    .arg-back = Diese Gruppe zurückholen: ihre Kennung oder ihr Anfang
    .arg-export = Diese Gruppe oder diesen Eintrag in eine Datei schreiben
    .arg-text = Zeigen, was in dieser Gruppe geschrieben wurde: ihre Kennung oder ihr Anfang
    .arg-to = Die Datei, die geschrieben wird; keine vorhandene wird überschrieben
    .arg-withdraw = Diese Gruppe oder diesen unlesbaren Eintrag zurückziehen: Kennung oder ihr Anfang

visit = Einen Besuch festhalten, mit dem, was beobachtet und zugesagt wurde
    .after =
        Beispiele:
          kept visit süß "Bei Regen fällt der Ofen aus"
          kept visit süß "Braucht es bis Freitag" --means "sieht sich sonst anderswo um" --mark follow-up
          kept visit süß "Wegen der Pumpe angerufen" --channel call --at "gestern 14:00"
          kept visit süß "Eine Sicherung fehlt" --promise "Sicherung" --due "Fr 12:00" --performer Sam
          kept visit süß "Hat mir alles gezeigt" --observe "lässt die Tür offen, um den Raum zu kühlen"
          kept visit süß "Alles gut" --arrived "vor einer Stunde" --left "vor 5 Minuten" --nothing-promised

        Alles davon wird geschrieben, oder nichts.
    .arg-arrived = Wann Sie kamen, in Worten wie bei --at
    .arg-at = Wann es war, etwa "letzten Freitag 10:00" oder "vor einer Stunde" [Standard: jetzt]
    .arg-channel = Wie Sie sich getroffen haben
    .arg-contact = Wen Sie getroffen haben, ein Kontakt des Kunden
    .arg-due = Bis wann Sie es zugesagt haben
    .arg-left = Wann Sie gingen, in Worten wie bei --at
    .arg-marks = Eine Markierung, etwa fixed, follow-up, happy; kann mehrmals stehen
    .arg-means = Was es unserer Meinung nach bedeutet
    .arg-nothing_promised = Die Antwort auf „Was haben Sie zugesagt?“ ist: nichts
    .arg-observations = Was mit dem Produkt getan wird; kann mehrmals stehen
    .arg-promise = Was Sie zugesagt haben
    .arg-said = Was gesagt wurde, in seinen Worten
    .arg-wish = Die Antwort auf „Wie können wir noch helfen?“

when = Welcher Termin nach den Erfahrungswerten ehrlich ist
    .after =
        Beispiele:
          kept when delivery                                  aus den Zusagen der Firma
          kept when delivery --performer Sam --within 2d      und wie oft es in zwei Tagen gelang
          kept when delivery --due Freitag --account süß      ist Freitag ehrlich? was hieß es bisher?
          kept when delivery --samples record.csv             aus beliebigen Erfahrungswerten
          kept when --backtest record.csv                     wie oft solche Termine gehalten worden wären

        Erfahrungswerte sind CSV mit den Spalten kind,performer,team,made,closed,cancelled; Zeiten stehen nach RFC 3339 da, `made` ist, wann es der Kunde erfuhr, die letzten beiden dürfen leer sein; eine Spalte `received` kann sagen, wann das Ende bekannt wurde. Jede Minute zählt, außer es gibt ein Notizbuch, dessen Handbuch für die Art Arbeitszeit zählt. Offene Zusagen zählen mit, damit langsame nicht vergessen werden.
    .arg-account = Der Kunde: dazu, was ihm schon gesagt wurde
    .arg-as_of = Die Gegenwart dessen, der fragt: `now` oder eine Zeit wie 2026-11-22T14:30:00Z [Standard: now; bei Erfahrungswerten, die vor mehr als einem Monat enden, ihr letzter Augenblick]
    .arg-backtest = Diese Erfahrungswerte zum Augenblick jeder Zusage fragen und vergleichen
    .arg-curve = Mit --json die ganze Überlebenskurve
    .arg-due = Der Termin, an den Sie denken
    .arg-kind = Die Art der Zusage: callback, quote, delivery und so weiter
    .arg-performer = Wer liefern würde
    .arg-quantile = Der Anteil der Zusagen, den der Termin halten soll, in Prozent [Standard: der des Handbuchs, bei einer Datei 80]
    .arg-samples = Diese Erfahrungswerte fragen statt die der Firma
    .arg-team = Das Team, in einer Datei
    .arg-within = Wie oft gelang es in dieser Zeit: 2d, 36h, 90m
