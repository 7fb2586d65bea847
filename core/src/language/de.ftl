### Alle Sätze, die Menschen lesen, auf Deutsch. `en.ftl` hat dieselben Schlüssel mit denselben Lücken.
###
### Ruhig und kurz, mit „Sie“, im Präsens. Keine Codes, keine Vorwürfe, keine Ausrufezeichen.
### Ein Fehler sagt, was geschehen ist, dass nichts verloren ist und was zu tun ist.
### SPAN($ms) sagt Millisekunden als Dauer, SIZE($bytes) Bytes als Größe, GIVEN($text, before: ": ") was fehlen
### darf.

## Zeitangaben: siehe dates.rs

weekday-1 = Mo
weekday-2 = Di
weekday-3 = Mi
weekday-4 = Do
weekday-5 = Fr
weekday-6 = Sa
weekday-7 = So
month-1 = Jan.
month-2 = Feb.
month-3 = März
month-4 = Apr.
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = Aug.
month-9 = Sept.
month-10 = Okt.
month-11 = Nov.
month-12 = Dez.
date-now = gerade eben
date-in-minutes = in { $count } Min.
date-ago-minutes = vor { $count } Min.
date-ago-hours = vor { $count } Std.
date-ago-days =
    { $count ->
        [one] vor { $count } Tag
       *[other] vor { $count } Tagen
    }
date-span-moment = unter einer Minute
date-span-minutes = { $count } Min.
date-span-hours = { $count } Std.
date-span-days =
    { $count ->
        [one] { $count } Tag
       *[other] { $count } Tage
    }
date-today = heute
date-tomorrow = morgen
date-yesterday = gestern
date-near = { $weekday } { $day }.
date-this-year = { $day }. { $month }
date-far = { $day }. { $month } { $year }
date-exact = { $weekday } { $day }. { $month } { $year }
date-closes-before = { $day } (bis { $end })
date-in-place = { $there } in { $place }
date-elsewhere = { $there } in { $place }, hier { $here }
date-elsewhere-until = { $there } in { $place }, hier bis { $here }
date-clock = { $day }, { $clock }
date-today-morning = heute Vormittag
date-today-afternoon = heute Nachmittag
date-word-morning = { $day } Vormittag
date-word-afternoon = { $day } Nachmittag
date-day-morning = { $day } vormittags
date-day-afternoon = { $day } nachmittags
date-exact-morning = { $day }, vormittags
date-exact-afternoon = { $day }, nachmittags
due-choice = { $due }
due-choice-this-week = Diese Woche, bis { $due }
due-choice-next-week = Nächste Woche, bis { $due }

## Dinge, für die Lücken anderer Sätze

thing-account = Kunde
thing-colleague = Kollegin oder Kollege
thing-contact = Kontakt
thing-draft = Entwurf
thing-entry = Eintrag
thing-event = Ereignis
thing-promise = Zusage
thing-somebody = jemand
thing-text = Text
thing-usage = Beobachtung
thing-visit = Besuch
thing-person = Kollegin oder Kollege
count-visits =
    { $count ->
        [one] { $count } Besuch
       *[other] { $count } Besuche
    }
count-usages =
    { $count ->
        [one] { $count } Beobachtung
       *[other] { $count } Beobachtungen
    }
count-promises =
    { $count ->
        [one] { $count } Zusage
       *[other] { $count } Zusagen
    }
count-accounts =
    { $count ->
        [one] { $count } Kunde
       *[other] { $count } Kunden
    }
count-others =
    { $count ->
        [one] { $count } anderer Eintrag
       *[other] { $count } andere Einträge
    }

## Bezeichnungen, Vermerke und Werte, die Befehlszeile und Seiten teilen

account-archived = archiviert
account-unsettled =
    { $count ->
        [one] { $count } Wert zu klären
       *[other] { $count } Werte zu klären
    }
account-born = geboren { $day }
account-also-called = auch genannt { $names }
form-organisation = Organisation
form-person = Person
visit-mark-fixed = Behoben
visit-mark-follow-up = Noch einmal melden
visit-mark-good = Gut
visit-mark-so-so = Mittel
visit-mark-bad = Schlecht
frequency-choice-each-time = jedes Mal
frequency-choice-daily = täglich
frequency-choice-weekly = wöchentlich
frequency-choice-monthly = monatlich
frequency-choice-seldom = selten
pain-none = Stört nicht
pain-little = Stört ein wenig
pain-much = Stört
pain-badly = Stört sehr
mood-happy = Zufrieden
mood-so-so = Geht so
mood-not-happy = Nicht zufrieden
cancelled-by-customer = Der Kunde
cancelled-by-us = Wir selbst
mark-accepted = Angenommen
mark-waiting = Wartet auf Antwort
mark-counter-offered = Anderer Termin angeboten
mark-late = Überfällig
mark-broken = Nicht gehalten
mark-not-confirmed = Nicht bestätigt
mark-quiet = Zählt nicht mehr
level-performer = Sie liefern
level-promiser = Sie haben es zugesagt
level-pool = Sie sind in Bereitschaft
level-office = Das Büro entscheidet
action-accept = Annehmen
action-start = Anfangen
action-fulfil = Erledigt
action-ask = Fragen
action-reassign = Jemand anderen fragen
action-name-account = Kunden nennen
action-communicate = Dem Kunden sagen
action-agree = Anderen Termin sagen
action-propose = Bis dahin nicht
action-decline = Geht nicht
action-confirm = War alles gut?
action-resolve = Entscheiden
action-make-right = Wiedergutmachen
action-write-again = Neu schreiben
action-thank = Danken
action-dispute = Nicht wie zugesagt
action-cancel = Absagen
action-take-back = Zurücknehmen
role-owner = Leitung
role-office = Büro
role-technician = Außendienst
role-workshop = Werkstatt
role-sales = Vertrieb
role-anybody = wer gerade kann
usage-use = Beobachtung
usage-need = Bedarf
channel-on-site = Vor Ort
channel-call = Anruf
channel-video = Videoanruf
channel-message = Nachricht
channel-event = Begegnung
place-fix = { $where }, auf etwa { $accuracy } m genau, { SPAN($age) } alt
place-no-fix = in { $seconds } s keine Position gefunden
place-not-allowed = durfte nicht ermittelt werden
visit-nothing-promised = nichts
heading-evidence = Erledigt mit
heading-hours = Arbeitszeiten
heading-open-promises = Offene Zusagen
heading-reaches = Erreichbar unter
values-unsettled = { $count } Angaben; jemand muss wählen
removal-in-question = Von einer Person entfernt, von einer anderen geändert
conflicts-none = Es ist nichts zu klären.
device-never-heard = Noch kein Kontakt
device-open =
    { $count ->
        [one] { $count } Eintrag liegt beim Büro
       *[other] { $count } Einträge liegen beim Büro
    }
device-revoked = Ausgesperrt
working-time = { $time } Arbeitszeit
telephone-country = Telefonnummern ohne Ländervorwahl werden gelesen wie solche aus { $country }.
entry-changed = { $name } ist geändert.
count-more = Und noch { $count }
quote = „{ $text }“

## Zusagen: der Stand

state-kept = Gehalten
state-open-accepted = Angenommen von { $performer }
state-waiting = Wartet auf { $performer } seit { $since }
state-waiting-pool = Wartet seit { $since } auf die Rufbereitschaft „{ $pool }“
state-not-asked = Noch niemand gefragt
state-counter-offered = { $performer } bietet { $due } an
state-declined = { $performer } hat abgelehnt
state-fulfilled = Erledigt
state-late-still-to-do = { SPAN($late) } zu spät, noch zu tun
state-late-days =
    { $count ->
        [one] { $count } Tag zu spät, noch zu tun
       *[other] { $count } Tage zu spät, noch zu tun
    }
state-late-working-days =
    { $count ->
        [one] { $count } Arbeitstag zu spät, noch zu tun
       *[other] { $count } Arbeitstage zu spät, noch zu tun
    }
state-late-no-working-day = Seit dem letzten Arbeitstag zu spät, noch zu tun
state-broken-late = Nicht gehalten: zu spät
state-broken-missed = Nicht gehalten: versäumt
state-broken-found = Nicht gehalten: so hat das Büro entschieden
state-broken-cancelled = Nicht gehalten: von uns abgesagt
state-not-confirmed = Nicht bestätigt: Telefon von { $owner } still seit { $since }
state-not-confirmed-never = Nicht bestätigt: Telefon von { $person } hatte noch keinen Kontakt
state-not-confirmed-office = Nicht bestätigt: etwas von { $person } liegt beim Büro
state-not-confirmed-clock = Nicht bestätigt: Uhr nicht verlässlich
state-disputed = Beanstandet
state-void = Hinfällig
state-not-counted = Zählt nicht. { $why }
parts-here = { $here } von { $of } Teilen sind da; der Rest ist unterwegs.
state-retracted = Zurückgenommen
state-cancelled = Abgesagt

## Zusagen: der Satz

promise-sentence = { $promiser } hat { $account } „{ $deliverable }“ zugesagt, fällig { $due }
performer-line = { $performer } liefert
performer-line-done = { $performer } hat geliefert
performer-line-none = Noch liefert niemand
performer-line-pool = Es liefert, wer in der Rufbereitschaft „{ $pool }“ gerade frei ist

## Erinnerungen: warum, und wie sie heißen

remind-no-account = uns
remind-nobody = niemand
remind-anybody = wer gerade frei ist
remind-half = Die Hälfte der Zeit ist um: „{ $deliverable }“ für { $account }, fällig { $due }
remind-still-fine = Passt es noch? Die Hälfte der Zeit ist um: „{ $deliverable }“ für { $account }, fällig { $due }
remind-5-minutes = Noch fünf Minuten: „{ $deliverable }“ für { $account }, fällig { $due }
remind-30-minutes = Noch eine halbe Stunde: „{ $deliverable }“ für { $account }, fällig { $due }
remind-2-hours = Noch zwei Stunden: „{ $deliverable }“ für { $account }, fällig { $due }
remind-start-by = Zeit anzufangen: „{ $deliverable }“ für { $account }, fällig { $due }
remind-day-before = Am Tag davor: „{ $deliverable }“ für { $account }, fällig { $due }
remind-1-day = Noch ein Tag: „{ $deliverable }“ für { $account }, fällig { $due }
remind-3-days = Noch drei Tage: „{ $deliverable }“ für { $account }, fällig { $due }
remind-due = Es ist so weit: „{ $deliverable }“ für { $account }, fällig { $due }
remind-late = Zu spät, noch zu tun: „{ $deliverable }“ für { $account }, fällig { $due }
remind-answer = Ihre Antwort fehlt: „{ $deliverable }“ für { $account }, fällig { $due }
remind-answer-pool = Können Sie es übernehmen? „{ $deliverable }“ für { $account }, fällig { $due }
remind-unassigned = Noch liefert es niemand: „{ $deliverable }“ für { $account }, fällig { $due }
remind-due-with = Es ist so weit, und { $performer } liefert: „{ $deliverable }“ für { $account }, fällig { $due }
remind-due-pool = Es ist so weit, und es liefert, wer gerade frei ist: „{ $deliverable }“ für { $account }, fällig { $due }
remind-late-with = Zu spät, und { $performer } hat es noch zu tun: „{ $deliverable }“ für { $account }, fällig { $due }
remind-late-pool = Zu spät, und niemand in Rufbereitschaft hat es übernommen: „{ $deliverable }“ für { $account }, fällig { $due }
remind-not-started = Bald fällig, und { $performer } hat nicht begonnen: „{ $deliverable }“ für { $account }, fällig { $due }
remind-not-started-pool = Bald fällig, und niemand in Rufbereitschaft hat begonnen: „{ $deliverable }“ für { $account }, fällig { $due }
remind-not-sure = Noch drei Tage, und { $performer } hat weder angenommen noch begonnen: „{ $deliverable }“ für { $account }, fällig { $due }
remind-not-sure-pool = Noch drei Tage, und niemand in Rufbereitschaft hat es übernommen: „{ $deliverable }“ für { $account }, fällig { $due }
remind-not-accepted = Noch keine Antwort von { $performer }: „{ $deliverable }“ für { $account }, fällig { $due }
remind-not-accepted-pool = Noch hat es niemand in Rufbereitschaft übernommen: „{ $deliverable }“ für { $account }, fällig { $due }
remind-declined = { $performer } hat abgelehnt: „{ $deliverable }“ für { $account }, fällig { $due }. Fragen Sie jemand anderen, oder sagen Sie es dem Kunden.
remind-counter-offered = { $performer } bietet einen anderen Termin an: „{ $deliverable }“ für { $account }, fällig { $due }
remind-pool = Können Sie es übernehmen? „{ $deliverable }“ für { $account }, fällig { $due }; { $performer } hat es noch nicht getan
remind-pool-free = Können Sie es übernehmen? „{ $deliverable }“ für { $account }, fällig { $due }, und noch hat es niemand getan
remind-office = Das Büro entscheidet: „{ $deliverable }“ für { $account }, fällig { $due }; { $performer } hat es noch nicht getan
remind-office-pool = Das Büro entscheidet: „{ $deliverable }“ für { $account }, fällig { $due }, und noch hat es niemand in Rufbereitschaft getan
remind-office-nobody = Das Büro entscheidet: „{ $deliverable }“ für { $account }, fällig { $due }, und niemand sollte liefern
remind-decide-nobody = Zeit zu entscheiden: „{ $deliverable }“ für { $account }, fällig { $due }, übernimmt niemand; die Hälfte solcher Zusagen dauert so lange, wie noch bleibt
remind-decide = Zeit zu entscheiden: { $performer } hat „{ $deliverable }“ für { $account } noch nicht angenommen, fällig { $due }; die Hälfte solcher Zusagen dauert so lange, wie noch bleibt
remind-decide-pool = Zeit zu entscheiden: „{ $deliverable }“ für { $account }, fällig { $due }, hat niemand in Rufbereitschaft übernommen; die Hälfte solcher Zusagen dauert so lange, wie noch bleibt
remind-renegotiate = Für die Arbeit bleibt zu wenig Zeit: Vereinbaren Sie einen anderen Termin.
remind-earlier-passed = Ein früherer Termin ist schon verstrichen und bleibt geschuldet.
alarm-private = Eine Zusage wartet auf Sie
alarm-private-call = Jemand wartet auf Ihren Anruf
error-answer-needs-date = Dafür muss zuerst ein anderer Termin gewählt werden. Es wurde nichts geändert. Öffnen Sie die Zusage und wählen Sie einen.
error-answer-needs-proof = Hier soll der Kunde mehr sehen als einen Anruf. Es wurde nichts geändert. Öffnen Sie die Zusage und sagen Sie, woran er sieht, dass es erledigt ist.
error-rung = „{ $rung }“ ist keine Erinnerung an diese Zusage. Es wurde nichts geändert. Wählen Sie eine der genannten.
rung-half = halbe Zeit
rung-still-fine = passt noch
rung-5-minutes = 5 Minuten vorher
rung-30-minutes = 30 Minuten vorher
rung-2-hours = 2 Stunden vorher
rung-start-by = spätester Beginn
rung-day-before = am Tag davor
rung-1-day = 1 Tag vorher
rung-3-days = 3 Tage vorher
rung-due = fällig
rung-late = zu spät
rung-answer = nicht angenommen
rung-step-in = jemand springt ein
rung-decide = entscheiden

## Import: Dateien mit Kontakten, die nicht übernommen werden können

import-error-empty = Diese Datei ist leer. Es wurde nichts geändert. Exportieren Sie die Kontakte noch einmal und wählen Sie die neue Datei.
import-error-file-too-large = Diese Datei hat { SIZE($bytes) }; Kept liest bis zu { SIZE($limit) }. Es wurde nichts geändert. Exportieren Sie die Kontakte in kleineren Teilen.
import-error-too-many-cards = Diese Datei hat mehr als { $limit } Kontakte. Es wurde nichts geändert. Exportieren Sie die Kontakte in kleineren Teilen.
import-error-other-kind = Das ist keine Datei mit Kontakten. Es wurde nichts geändert. Wählen Sie die vcf-Datei aus der Kontakte-App.
import-error-no-cards = In dieser Datei ist kein Kontakt. Es wurde nichts geändert. Wählen Sie die vcf-Datei aus der Kontakte-App.

## Import: Kontakte, die nicht übernommen werden können

import-refused-empty = Dieser Kontakt hat keinen Namen, keine Organisation, keine E-Mail-Adresse und keine Telefonnummer. Die Datei ist unverändert. Benennen Sie ihn im anderen Programm und importieren Sie ihn noch einmal.
import-refused-unfinished = Dieser Kontakt endet mittendrin. Die Datei ist unverändert. Exportieren Sie ihn im anderen Programm neu und importieren Sie ihn noch einmal.
import-refused-unreadable = Kept kann diesen Kontakt nicht lesen. Die Datei ist unverändert. Geben Sie den Kontakt von Hand ein.
import-refused-too-long = Dieser Kontakt hat einen Namen oder eine Liste länger als { $limit }. Die Datei ist unverändert. Kürzen Sie ihn im anderen Programm und importieren Sie ihn noch einmal.

## Import: was aus einem übernommenen Kontakt weggelassen wurde

import-left-out-picture = Ein Bild mit { SIZE($bytes) } wurde nicht übernommen; es bleibt in Ihrer Datei.
import-left-out-not-kept = Kept hat dafür keinen Platz; es bleibt in Ihrer Datei.
import-left-out-unreadable = Dieser Teil ist nicht lesbar; er bleibt in Ihrer Datei.
import-left-out-too-long = Dieser Teil ist zu lang für Kept; er bleibt in Ihrer Datei.
import-left-out-duplicate = Das ist schon in Kept.
import-left-out-known = „{ $value }“ wurde nicht übernommen, denn der Kunde ist schon ohne dies hier. Tragen Sie es von Hand nach, wenn es stimmt.
import-undecoded = Ein Teil davon ist nicht in { $charset } geschrieben, dem Zeichensatz, den er nennt. Er steht unverändert hier; Bytes, die nichts bedeuten, stehen als \xE4.
import-undecoded-undeclared = Ein Teil davon ist in einem Zeichensatz geschrieben, den niemand erkennen kann, denn er nennt keinen. Er steht unverändert hier; Bytes, die nichts bedeuten, stehen als \xE4.
import-guessed = Hier ist kein Zeichensatz genannt; es wurde als westeuropäisch gelesen. Vergleichen Sie es mit Ihrer Datei.
import-also-called = „{ $name }“ ist ein weiterer Name und wurde als solcher übernommen.
import-no-end = Diesem Kontakt fehlt sein END:VCARD; was vor dem nächsten steht, wurde übernommen.

## Fehler: was Sie wollten

error-not-found = Auf diesem Gerät nicht gefunden: { $what } „{ $id }“. Es wurde nichts geändert. Prüfen Sie die Schreibweise oder warten Sie, bis der Eintrag ankommt.
error-not-an-id = „{ $text }“ ist keine Kennung. Es wurde nichts geändert. Kopieren Sie die ganze Kennung.
error-half-character = Ein Zeichen in diesem Text ist nur halb da. Es wurde nichts geändert. Löschen Sie es und geben Sie es noch einmal ein.
error-too-long = „{ $field }“ ist länger als { $limit } Zeichen. Es wurde nichts geändert. Kürzen Sie es und versuchen Sie es noch einmal.
error-zone-unknown = { $variable } nennt „{ $text }“, und das ist keine Zeitzone. Es wurde nichts geschrieben; Zeiten sind in UTC angegeben. Setzen Sie KEPT_ZONE auf die Zeitzone, in der Sie sind, etwa Europe/Berlin.
error-zone-rule = TZ nennt „{ $text }“, eine Regel für Uhren, die keinen Ort nennt. Es wurde nichts geschrieben; Zeiten sind in UTC angegeben. Setzen Sie KEPT_ZONE auf die Zeitzone, in der Sie sind, etwa Europe/Berlin.
error-zone-of-device = Dieses Gerät nennt die Zeitzone „{ $text }“, und die kennt Kept nicht. Es wurde nichts geschrieben; Zeiten sind in UTC angegeben. Wählen Sie in den Einstellungen des Geräts eine andere Zeitzone.
error-zone-not-told = Dieses Gerät sagt nicht, in welcher Zeitzone es ist. Es wurde nichts geschrieben; Zeiten sind in UTC angegeben. Wählen Sie die Zeitzone in den Einstellungen des Geräts.
error-zone-nowhere = Dieses System sagt nicht, in welcher Zeitzone es ist. Es wurde nichts geschrieben; Zeiten sind in UTC angegeben. Setzen Sie KEPT_ZONE auf die Zeitzone, in der Sie sind, etwa Europe/Berlin.
error-time-not-understood = Kept versteht „{ $text }“ nicht als Zeit, wegen „{ $word }“. Es wurde nichts geändert. Schreiben Sie „in 30 Minuten“, „morgen 10:00“ oder „Freitag Nachmittag“.
error-time-vague = Kept versteht „{ $text }“ nicht als Zeit: „{ $word }“ lässt offen, wann. Es wurde nichts geändert. Schreiben Sie einen Tag oder eine Uhrzeit, an der sich eine Zusage messen lässt, etwa „morgen 10:00“ oder „Freitag Nachmittag“.
error-time-either = Kept versteht „{ $word }“ als { $one } oder als { $other }. Es wurde nichts geändert. Schreiben Sie, was von beidem.
error-time-contradiction = Kept versteht „{ $text }“ nicht als Zeit: Die Teile passen nicht zusammen, oder es gibt diesen Tag nicht. Es wurde nichts geändert. Schreiben Sie „in 30 Minuten“, „morgen 10:00“ oder „Freitag Nachmittag“.
error-time-unfinished = Kept versteht „{ $text }“ nicht als Zeit: Weder Tag noch Uhrzeit sind genannt. Es wurde nichts geändert. Schreiben Sie „in 30 Minuten“, „morgen 10:00“ oder „Freitag Nachmittag“.
error-unexpected = Etwas ging schief, womit Kept nicht gerechnet hat. Was gespeichert war, ist noch da. Versuchen Sie es noch einmal; kommt es wieder, zeigen Sie dies Ihrem Büro: „{ $reason }“.

## Fehler: das Notizbuch auf diesem Gerät

error-busy = Ein anderes Programm benutzt dieses Notizbuch. Was gespeichert war, ist noch da. Schließen Sie es und versuchen Sie es noch einmal.
error-under-way = Dieses Notizbuch wird gerade schon synchronisiert. Nichts ist verloren: Was inzwischen geschrieben wird, wird mitgesendet.
error-closed = Dieses Notizbuch wurde geschlossen. Was gespeichert war, ist noch da. Öffnen Sie es wieder.
error-disk-full = Dieses Gerät ist voll. Was gespeichert war, ist noch da. Schaffen Sie Platz und versuchen Sie es noch einmal.
error-file-limit = Dateien dürfen hier nicht weiter wachsen: Eine Grenze dieses Kontos oder des Dateisystems ist erreicht. Was gespeichert war, ist noch da. Heben Sie die Grenze an und versuchen Sie es noch einmal.
error-disk = Der Speicher dieses Geräts ist voll oder versagt: { $reason }. Schaffen Sie Platz und versuchen Sie es noch einmal. Bleibt es so, kopieren Sie den Ordner dieses Notizbuchs auf einen anderen Speicher.
error-read-only = Kept darf nicht nach { $path } schreiben. Was gespeichert war, ist noch da. Wählen Sie einen anderen Ordner oder erlauben Sie das Schreiben dort.
error-server-folder = Der Ordner { $path } gehört einem Kept-Server, und ein Notizbuch braucht einen eigenen. Es wurde nichts geändert. Wählen Sie einen anderen.
error-read-only-notebook = Kept darf in dieses Notizbuch nicht schreiben. Was gespeichert war, ist noch da. Erlauben Sie das Schreiben in seinen Ordner und in jede Datei darin.
error-newer-database = Dieses Notizbuch stammt von einer neueren Version von Kept. Nichts ist verloren. Aktualisieren Sie Kept auf diesem Gerät.
error-key-missing = Der Schlüssel zu diesem Notizbuch ist nicht auf diesem Gerät. Das Notizbuch ist unberührt. Stellen Sie den Schlüssel wieder her oder beginnen Sie mit einer Einladung neu: Das alte Notizbuch bleibt hier.
error-wrong-key = Der Schlüssel zu diesem Notizbuch öffnet seine Datei nicht: Es ist ein anderer Schlüssel, oder die Datei ist beschädigt. Es wurde nichts geändert. Stellen Sie aus einer Kopie des Ordners wieder her, was zusammenpasst, oder beginnen Sie mit einer Einladung neu: Das alte Notizbuch bleibt hier.
error-database-gone = Die Datei { $path } dieses Notizbuchs ist weg; nur ihr Schlüssel ist noch hier. Es wurde nichts geändert. Stellen Sie die Datei aus einer Kopie wieder her oder beginnen Sie ohne sie neu.
error-damaged = Die Datei dieses Notizbuchs ist beschädigt: { $reason }. Etwas davon kann verloren sein; was gesendet wurde, ist auf dem Server. Kopieren Sie den Ordner, bevor Sie etwas anderes tun, und zeigen Sie ihn Ihrem Büro.
error-database = Die Datenbank dieses Notizbuchs hat versagt: { $reason }. Versuchen Sie es noch einmal. Kommt es wieder, kopieren Sie den Ordner und fragen Sie Ihr Büro, denn die Datei kann beschädigt sein.
error-key-locked = Der Schlüssel zu diesem Notizbuch ist gesperrt, solange dieses Gerät es ist. Es wurde nichts geändert. Entsperren Sie das Gerät und versuchen Sie es noch einmal.
error-keystore = Dieses Gerät hat den Schlüssel zu diesem Notizbuch nicht herausgegeben. Es wurde nichts geändert. Versuchen Sie es noch einmal; bleibt es so, entsperren Sie das Gerät oder starten Sie es neu.
error-notebook-sound = Dieses Notizbuch lässt sich öffnen, und seine Datei ist in Ordnung. Es wurde nichts geändert. Benutzen Sie es weiter.
remedy-free-space = Platz schaffen
remedy-allow-writing = Das Schreiben hier erlauben
remedy-unlock = Dieses Gerät entsperren
remedy-restore-key = Den Schlüssel aus einer Kopie wiederherstellen
remedy-restore-file = Die Datei aus einer Kopie wiederherstellen
remedy-begin-anew = Neu beginnen und das alte Notizbuch behalten
remedy-update = Kept aktualisieren
remedy-try-again = Noch einmal versuchen
remedy-choose-folder = Einen anderen Ordner wählen
remedy-ask-office = Ihr Büro fragen
error-needs-join = Dieses Notizbuch gehört noch zu keiner Firma, und dies braucht eine, wie jede Zusage. Nichts davon wurde geschrieben. Treten Sie zuerst mit einer Einladung bei; Besuche ohne Zusage lassen sich schon jetzt aufschreiben.

## Fehler: der Server

error-offline = Der Server ist nicht erreichbar: { $why }{ GIVEN($detail, before: " (", after: ")") }. Alles ist auf diesem Gerät gespeichert; die nächste Synchronisierung sendet es.
error-offline-partly =
    { $sent ->
        [one] { $sent } Eintrag wurde gesendet
       *[other] { $sent } Einträge wurden gesendet
    }, { $unsent ->
        [one] { $unsent } wartet
       *[other] { $unsent } warten
    } auf diesem Gerät auf die nächste Synchronisierung. Dann war der Server nicht mehr erreichbar: { $why }{ GIVEN($detail, before: " (", after: ")") }.
error-proxy = Das ist kein Proxy. Es wurde nichts geändert. Schreiben Sie ihn als http://Rechner:Port, mit Name:Passwort@ vor dem Rechner, wo er danach fragt.
outage-name = sein Name wurde nicht gefunden
outage-unreachable = es gibt keine Verbindung zu ihm
outage-cut = die Verbindung brach ab
outage-silent = zu lange war nichts zu hören
outage-untrusted = dem Zertifikat, das er zeigt, wird nicht vertraut; fragen Sie Ihr Büro nach dem Zertifikat seines Servers und geben Sie es mit --certificate an
outage-clock = nach der Uhr dieses Geräts gilt das Zertifikat nicht, das er zeigt; prüfen Sie Datum und Uhrzeit
outage-foreign = etwas anderes antwortet, etwa die Anmeldeseite eines Netzes oder ein Proxy
outage-proxy = der Proxy lässt das nicht durch
outage-unavailable = er kann das gerade nicht
outage-too-large = etwas unterwegs nimmt keine so große Nachricht an
outage-garbled = eine Nachricht wurde unterwegs beschädigt
outage-unusable = seine Antwort ist nicht zu gebrauchen
outage-setup = seine Adresse, sein Zertifikat oder der Proxy ist nicht zu gebrauchen
outage-disk = dieses Gerät hat keinen Platz mehr oder darf nicht schreiben
error-signed-out = Dieses Gerät ist abgemeldet. Alles ist hier gespeichert und wird gesendet, wenn Ihr Büro Sie wieder zulässt. Mit einer neuen Einladung treten Sie in einem anderen Ordner bei.
error-insecure = Die Verbindung zu diesem Server ist nicht sicher, deshalb wurde nichts gesendet. Alles ist auf diesem Gerät gespeichert. Bitten Sie Ihr Büro, den Server zu prüfen.
error-invite-expired = Diese Einladung ist abgelaufen. Nichts ist verloren. Bitten Sie Ihr Büro um eine neue.
error-invite-used = Diese Einladung wurde schon benutzt. Nichts ist verloren. Bitten Sie Ihr Büro um eine neue.
error-invite-wrong = Diese Einladung passt nicht. Nichts ist verloren. Kopieren Sie sie noch einmal oder bitten Sie Ihr Büro um eine neue.

## Stand: senden

status-all-sent =
    Alles ist gesendet.{ $drafts ->
        [0] { "" }
        [one] { " " }{ $drafts } Entwurf liegt nur hier.
       *[other] { " " }{ $drafts } Entwürfe liegen nur hier.
    }
status-nothing-waits =
    Nichts wartet auf das Senden.{ $drafts ->
        [0] { "" }
        [one] { " " }{ $drafts } Entwurf liegt nur hier.
       *[other] { " " }{ $drafts } Entwürfe liegen nur hier.
    }
status-last-contact = Letzter Kontakt mit dem Server: { $when }
status-never-in-contact = Dieses Gerät hatte noch keinen Kontakt mit dem Server.
status-outage = Der Server ist seit { $since } nicht erreichbar: { $why }{ GIVEN($detail, before: " (", after: ")") }. Jede Synchronisierung versucht es wieder.

## Stand: was nicht in Ordnung ist

status-not-counted =
    { $count ->
        [one] { $count } Eintrag zählt nicht, obwohl ihn alle haben, die ihn sehen dürfen.
       *[other] { $count } Einträge zählen nicht, obwohl sie alle haben, die sie sehen dürfen.
    }
status-quarantined =
    { $count ->
        [one] { $count } Eintrag ist nicht lesbar. Er bleibt unverändert, und der Rest ist in Ordnung.
       *[other] { $count } Einträge sind nicht lesbar. Sie bleiben unverändert, und der Rest ist in Ordnung.
    }
status-set-aside =
    { $count ->
        [one] { $count } Änderung ist gespeichert und wird nicht gezeigt. Der Rest des Eintrags ist in Ordnung.
       *[other] { $count } Änderungen sind gespeichert und werden nicht gezeigt. Der Rest der Einträge ist in Ordnung.
    }
status-arriving =
    { $count ->
        [one] { $count } Eintrag kommt noch an.
       *[other] { $count } Einträge kommen noch an.
    }
status-forked = Dieses Notizbuch wurde von einem anderen Gerät kopiert. Nichts ist verloren. Lassen Sie es als neues Gerät weitergehen, damit beide zu unterscheiden sind.
status-signed-out = Der Server lässt dieses Gerät nicht mehr zu. Was hier ist, bleibt hier; es wird gesendet, wenn Ihr Büro Sie wieder zulässt.
status-clock-off = Die Uhr dieses Geräts geht um { SPAN($offset) } falsch. Ihre Arbeit ist gespeichert; stellen Sie die Uhr, damit ihre Zeiten zählen.
status-zone = Zeiten werden in der Zeitzone { $zone } gelesen und gezeigt, { $from }.
zone-from-setting = wie KEPT_ZONE sagt
zone-from-variable = wie TZ sagt
zone-from-localtime-link = auf die /etc/localtime verweist
zone-from-localtime-copy = von der /etc/localtime eine Kopie ist
zone-from-timezone-file = wie /etc/timezone sagt
zone-from-system = wie das System sagt
zone-from-host = wie dieses Gerät sagt
status-clock-unknown = Die Uhr dieses Geräts wurde seit dem Start nicht mit dem Server verglichen. Ihre Arbeit ist gespeichert.
status-clock-replaced = Diese App kann Kept eine Uhr oder die Zeitzone nicht geben: „{ $reason }“. Ihre Arbeit ist mit denen des Systems gespeichert. Bleibt das so, zeigen Sie es Ihrem Büro.
clock-behind = Die Uhr dieses Geräts geht mindestens { SPAN($behind) } nach: { $passed } ist schon vorbei. Ihre Arbeit ist gespeichert; ihre Zeiten sind als unsicher gekennzeichnet. Stellen Sie Datum und Uhrzeit des Geräts ein.
clock-behind-due = Der Termin beruht auf einer Uhr, die nachgeht: { $due } ist schon vorbei. Nennen Sie ihn noch einmal, sobald die Uhr stimmt.

## Fehler: was so nicht eingetragen werden kann

error-empty = „{ $field }“ ist leer. Es wurde nichts geändert. Füllen Sie es aus und versuchen Sie es noch einmal.
error-too-many = „{ $field }“ hat mehr als { $limit } Einträge. Es wurde nichts geändert. Lassen Sie einige weg und versuchen Sie es noch einmal.
error-too-many-asked = Mehr als { $limit } Einträge lassen sich nicht auf einmal abrufen. Es wurde nichts geändert. Rufen Sie sie in Teilen ab.
error-pain = Wie sehr es stört, ist 0, 1, 2 oder 3. Es wurde nichts geändert. Wählen Sie eines davon.
error-place = Diese Position liegt nicht auf der Erdkugel. Es wurde nichts geändert. Lassen Sie sie weg, oder geben Sie Grad von -90 bis 90 nach Norden und von -180 bis 180 nach Osten an.
error-left-before-arrived = Gegangen wurde vor dem Kommen. Es wurde nichts geändert. Berichtigen Sie eine der beiden Zeiten und versuchen Sie es noch einmal.
error-promised-something = Es heißt, dass nichts zugesagt wurde, und doch wird etwas zugesagt. Es wurde nichts geändert. Lassen Sie eines davon weg und versuchen Sie es noch einmal.
error-empty-observation = Diese Beobachtung sagt nichts. Es wurde nichts geändert. Schreiben Sie, was der Kunde tut oder braucht.
error-too-many-events = Mehr als { $limit } Ereignisse passen nicht in einen Eintrag. Es wurde nichts geändert. Legen Sie einen neuen Eintrag an und machen Sie dort weiter.
error-too-many-events-of-one = Eine Person schreibt höchstens { $limit } Ereignisse in einen Eintrag, damit für die anderen Platz bleibt. Es wurde nichts geändert. Legen Sie einen neuen Eintrag an und machen Sie dort weiter, oder lassen Sie es jemand anderen schreiben.
error-entry-too-large = Das ist zu viel für einen Eintrag. Es wurde nichts geändert. Teilen Sie es auf und versuchen Sie es noch einmal.
error-too-much-at-once = Das ändert zu viel an einem Eintrag auf einmal. Es wurde nichts geändert. Ändern Sie seinen Text in mehreren Schritten.
error-rewritten-too-often = An diesem Eintrag wurde so viel geschrieben und wieder gelöscht, dass er nicht weiter wachsen kann. Es wurde nichts geändert. Legen Sie einen neuen Eintrag an und machen Sie dort weiter.
error-in-the-future = Das liegt in der Zukunft. Es wurde nichts geändert. Prüfen Sie die Zeit.
error-due-passed = Der Termin ist schon vorbei: { $due }. Es wurde nichts geändert. Wählen Sie einen späteren Termin.
error-nobody-to-ask = Noch liefert niemand. Es wurde nichts geändert. Nennen Sie, wer gefragt werden soll.
error-done-already = Es ist schon erledigt. Es wurde nichts geändert. Sehen Sie es sich noch einmal an, oder sagen Sie etwas Neues zu.
error-dispute-not-open = Über diese Beanstandung ist nichts mehr zu entscheiden: Sie ist entschieden, wurde zurückgenommen, oder eine spätere wartet. Es wurde nichts geändert. Sehen Sie sich die Zusage noch einmal an und entscheiden Sie, was dort offen ist.
error-archive-promise = Zusagen kommen nicht ins Archiv: Binnen eines Tages nimmt sie zurück, wer sie gegeben hat, später werden sie abgesagt. Es wurde nichts geändert. Sagen Sie sie mit dem Grund ab.
undoable = { $kind }{ GIVEN($title, before: " „", after: "“") }{ $more ->
        [0] { "" }
        [one] { " " }und { $more } weiterer Eintrag
       *[other] { " " }und { $more } weitere Einträge
    }
error-no-way-out = Das geht mit diesem Eintrag nicht: Er wird noch gesendet, das Büro kann ihn noch annehmen, oder der Server würde ihn wieder ablehnen. Es wurde nichts geändert. Sehen Sie sich seinen Stand noch einmal an.
error-changed-meanwhile = Jemand anderes hat „{ $field }“ geschrieben, seit es hier gezeigt wurde{ GIVEN($now, before: ": ") }. Es wurde nichts geändert, und was Sie geschrieben haben, steht noch auf dem Bildschirm. Sehen Sie sich beides an, und speichern Sie, was gelten soll.
error-undo-at-office = Das wartet beim Büro, oder der Server hat es nicht angenommen. Es wurde nichts geändert. Der Status sagt, was wartet und warum.
error-too-late-to-undo = Das wurde vor mehr als 24 Stunden geschrieben. Es wurde nichts geändert. Berichtigen Sie es, oder legen Sie es ins Archiv.
error-undo-handbook = Absprachen der Firma werden nicht zurückgenommen. Es wurde nichts geändert. Ändern Sie sie auf das, was sie waren.
error-undo-unreadable = Etwas davon ist hier nicht lesbar. Es wurde nichts geändert. Berichtigen Sie es von Hand.
draft-title = { $kind }{ GIVEN($account, before: " „", after: "“") }
draft-unreadable = Ein Entwurf einer neueren Fassung, die damit weitermachen kann
error-draft-logged = Das ist schon festgehalten. Es wurde nichts geändert. Sehen Sie nach, was festgehalten wurde, und berichtigen Sie es dort.
error-draft-too-large = Dieser Entwurf ist größer als { SIZE($limit) }. Was davon zuletzt gespeichert wurde, ist noch da. Kürzen oder teilen Sie ihn.
error-draft-unreadable = Diesen Entwurf hat eine neuere Fassung geschrieben. Er ist noch da. Bringen Sie dieses Programm auf den neuesten Stand, um damit weiterzumachen.
error-two-customers = Hier ist ein Kunde genannt und ein neuer beschrieben. Es wurde nichts geändert, und der Entwurf ist noch da. Behalten Sie einen davon.
error-not-counted = Diese Zusage zählt nicht. { $why } Es wurde nichts geändert. Schreiben Sie sie neu.
error-counts-already = Diese Zusage zählt, und so gibt es nichts neu zu schreiben. Es wurde nichts geändert.
error-written-again = Diese Zusage wurde schon neu geschrieben, als { $id }. Es wurde nichts geändert. Sehen Sie sich die neue an.
error-not-broken = Bei dieser Zusage gibt es nichts gutzumachen, denn sie steht nicht als „nicht gehalten“ da. Es wurde nichts geändert. Sehen Sie sie noch einmal an.
error-made-right = Eine andere Zusage macht diese schon gut, { $id }. Es wurde nichts geändert. Arbeiten Sie mit jener weiter.
error-not-allowed = { $why } Es wurde nichts geändert.
error-not-for-others = Das lässt sich nicht für jemand anderen schreiben. Es wurde nichts geändert.
error-ambiguous = „{ $text }“ passt auf mehrere: { $known }. Es wurde nichts geändert. Schreiben Sie mehr vom Namen oder die Kennung.
error-no-such-choice = Die Wahl { $choice } gibt es hier nicht. Es wurde nichts geändert. Wählen Sie eine der genannten.
error-conflict-changed = Was „{ $id }“ nennt, ist inzwischen geklärt oder hat sich geändert. Es wurde nichts geändert. Sehen Sie sich die Liste noch einmal an.
error-not-written-yet = Davon war zu diesem Zeitpunkt noch nichts da. Es beginnt { $when }. Wählen Sie einen späteren Zeitpunkt.
error-already-joined = Dieses Notizbuch gehört schon zu { $organisation }. Es wurde nichts geändert. Wählen Sie einen anderen Ordner, um einer anderen Firma beizutreten.
error-other-company = Dieses Notizbuch gehört zu { $organisation }, und die Einladung ist für eine andere Firma. Es wurde nichts geändert. Bitten Sie Ihr eigenes Büro um eine Einladung, oder beginnen Sie ein neues Notizbuch.
error-other-person = Dieses Notizbuch gehört { $name }, und die Einladung ist für jemand anderen. Es wurde nichts geändert. Bitten Sie Ihr Büro um eine Einladung für { $name }, oder beginnen Sie ein neues Notizbuch.
error-not-copied = Von diesem Notizbuch ist keine andere Kopie bekannt. Es wurde nichts geändert. Es kann weitergehen, wie es ist.
error-renewal-stopped = Das hat zu lange gedauert oder wurde angehalten. Es ist nichts verloren. Versuchen Sie es noch einmal.

## Fehler: die Einladung und der Server

error-invite-link = Das ist keine Einladung von Kept. Es wurde nichts gesendet. Kopieren Sie den ganzen Link, der mit „kept://“ beginnt.
error-invite-newer = Diese Einladung ist für eine neuere Version von Kept. Es wurde nichts gesendet. Aktualisieren Sie Kept auf diesem Gerät.
error-join-stopped = Der Beitritt hat zu lange gedauert oder wurde angehalten. Hier hat sich nichts geändert. Die Einladung gilt auf diesem Gerät weiter: Versuchen Sie es noch einmal.
error-device-name = Der Name eines Geräts hat 1 bis { $limit } Zeichen, in einer Zeile und ohne Steuerzeichen. Es wurde nichts gesendet. Wählen Sie einen anderen Namen und versuchen Sie es noch einmal.
error-push-address = Die Adresse, unter der dieses Gerät geweckt wird, hat höchstens { $limit } Bytes und keine Leerzeichen. Es wurde nichts geändert. Fragen Sie den Push-Dienst noch einmal danach.
error-version = Kept auf diesem Gerät und Kept auf dem Server sind zu verschieden alt. Alles ist auf diesem Gerät gespeichert. Aktualisieren Sie das ältere.
error-server-setup = Adresse oder Zertifikat des Servers sind so nicht möglich ({ $reason }). Alles ist auf diesem Gerät gespeichert. Fragen Sie Ihr Büro nach beidem.

## Zusagen: was geschah

event-made = hat „{ $deliverable }“ zugesagt, fällig { $due }
event-communicated = hat es dem Kunden gesagt
event-asked = hat { $person } gefragt
event-accepted = hat angenommen
event-declined = hat abgelehnt{ GIVEN($reason, before: ": ") }
event-terms-proposed = hat { $due } angeboten{ GIVEN($reason, before: ": ") }
event-terms-agreed = hat dem Kunden einen anderen Termin genannt: { $due }
event-reassigned = hat es { $performer } gegeben{ GIVEN($reason, before: ": ") }
event-reassigned-pool = hat es der Rufbereitschaft „{ $pool }“ gegeben{ GIVEN($reason, before: ": ") }
event-reassigned-nobody = hat niemanden mehr zum Liefern genannt{ GIVEN($reason, before: ": ") }
event-started = hat begonnen
event-fulfilled = hat es erledigt ({ $when })
event-customer-confirmed = hat aufgeschrieben, was der Kunde sagt
event-disputed = hat eine Beanstandung aufgeschrieben: „{ $words }“
event-found-kept = hat entschieden, dass sie gehalten wurde{ GIVEN($reason, before: ": ") }
event-found-broken = hat entschieden, dass sie nicht gehalten wurde{ GIVEN($reason, before: ": ") }
event-found-void = hat entschieden, dass sie nicht zählt{ GIVEN($reason, before: ": ") }
event-cancelled = hat abgesagt{ GIVEN($reason, before: ": ") }
event-retracted = hat ein Ereignis zurückgenommen
event-thanked = hat { $person } gedankt
event-reminder-acked = hat die Erinnerung gesehen
event-account-named = hat den Kunden genannt{ GIVEN($account, before: ": ") }
event-archived = hat es archiviert
event-restored = hat es zurückgeholt
event-unknown = hat etwas getan, das erst eine neuere Version von Kept kennt

## Zusagen: was auffällt, was als Nächstes kommt

event-for = für { $person }
event-recorded = eingetragen { $when }
event-proof = mit { $proof }
event-proof-noted = mit { $proof }: „{ $note }“
event-taken-back = zurückgenommen
event-not-allowed = zählt nicht: { $why }
flag-conflicting-dates = Zwei Termine wurden genannt; der frühere gilt, bis einer vereinbart ist
flag-two-took-it = Zwei Personen haben es übernommen
flag-promised-without-asking = Zugesagt, ohne vorher zu fragen
flag-nobody-asked = Der Kunde weiß es, und niemand wurde gefragt
flag-no-room =
    { $count ->
        [one] { $count } Ereignis fand hier keinen Platz und zählt nicht
       *[other] { $count } Ereignisse fanden hier keinen Platz und zählen nicht
    }{ GIVEN($name, before: "; die meisten von ") }
flag-performer-left = { $name } arbeitet nicht mehr hier: Geben Sie es jemand anderem
flag-without-proof = Als erledigt gemeldet, ohne den Nachweis, den diese Art verlangt
flag-corrected = Berichtigt: { $when }
flag-no-longer-missed = Berichtigt ({ $when }): { $device } ({ $owner }) hat sich nach langer Stille gemeldet und kann den Nachweis noch haben
next-write-again = Als Nächstes: Wer dazu steht, schreibt sie neu
next-written-again = Sie wurde neu geschrieben; die neue zählt
next-nobody = Es ist nichts mehr zu tun
next-make-right = Als Nächstes: { $promiser } macht es gut
next-made-right = Eine andere Zusage macht es gut
next-office = Das Büro entscheidet die Beanstandung
next-reassign = Als Nächstes: { $promiser } findet jemand anderen oder einen anderen Termin
next-agree = Als Nächstes: { $promiser } fragt den Kunden und vereinbart dann den Termin
next-name = Als Nächstes: { $promiser } bestimmt, wer liefert
next-ask = Als Nächstes: { $promiser } fragt { $performer }
next-ask-pool = Als Nächstes: { $promiser } fragt die Rufbereitschaft „{ $pool }“
next-deliver = Als Nächstes: { $performer } erledigt es und trägt es ein
next-answer = Als Nächstes: { $performer } antwortet
next-answer-pool = Als Nächstes: Es antwortet, wer in der Rufbereitschaft „{ $pool }“ gerade frei ist
link-makes-right = Macht „{ $deliverable }“ gut, fällig { $due }
link-makes-right-elsewhere = Macht eine Zusage gut, die nicht hier ist
link-made-right-by = Wird gutgemacht durch „{ $deliverable }“, fällig { $due }
tell-stands = { $performer } hat angenommen. Sagen Sie { $account }, dass der Termin gilt: { $due }
tell-offer = { $performer } bietet { $due } an{ GIVEN($reason, before: " („", after: "“)") }. Fragen Sie den Kunden, dann vereinbaren Sie den Termin
tell-declined = { $performer } hat abgelehnt{ GIVEN($reason, before: " („", after: "“)") }. Finden Sie jemand anderen, oder nennen Sie { $account } einen anderen Termin
tell-customer = dem Kunden

## Zusagen: was nicht zählt

not-allowed-author-arriving = Hier ist noch nicht bekannt, wer es geschrieben hat.
not-allowed-not-a-colleague = Wer das geschrieben hat, arbeitete damals nicht hier.
not-allowed-out-of-order = Es passt nicht in die Reihenfolge der Ereignisse.
not-allowed-not-first = Eine Zusage beginnt nur einmal.
not-allowed-promise-unseen = Es wurde geschrieben, ohne die Zusage zu kennen.
not-allowed-not-involved = Das dürfen nur, wer zugesagt hat oder liefert, Büro und Leitung.
not-allowed-not-promiser = Das dürfen nur, wer zugesagt hat, Büro und Leitung.
not-allowed-not-promiser-or-performer = Das darf nur, wer zugesagt hat oder liefert.
not-allowed-not-performer = Das darf nur, wer liefern soll.
not-allowed-never-performer = Das darf nur, wer zugesagt hat, liefert oder liefern sollte.
not-allowed-not-office = Das dürfen nur Büro und Leitung.
not-allowed-for-somebody-else = Für andere dürfen das nur Büro und Leitung schreiben.
not-allowed-not-theirs = Die Person, für die es geschrieben wurde, sollte damals nicht liefern.
not-allowed-not-the-author = Zurücknehmen kann es nur, wer es geschrieben hat.
not-allowed-too-late-to-retract = Es lässt sich nur innerhalb von 24 Stunden zurücknehmen.
not-allowed-promise-not-counted = Die Zusage selbst zählt nicht.
not-allowed-date-unreadable = Der Termin ist hier nicht lesbar.
not-allowed-no-room = Dafür ist kein Platz: So viele Ereignisse zählen von einem Eintrag, und von einer Person ein Viertel davon.
not-allowed-nothing-to-retract = Was es zurücknimmt, war dort nicht bekannt, wo es geschrieben wurde.

## Zusagen: was jedes Ereignis bewirkt hat

effect-taken-back = zählt nicht: zurückgenommen
effect-unknown = bleibt erhalten; erst eine neuere Version von Kept kennt es
effect-noted = ist vermerkt und ändert nichts
effect-date-binds = dieser Termin gilt
effect-date-steers-work = dieser Termin bestimmt die Arbeit; ein früherer war verstrichen und bleibt geschuldet
effect-date-stays-owed = dieser Termin verstrich, ohne rechtzeitig ersetzt zu werden, und bleibt geschuldet
effect-date-replaced = dieser Termin wurde durch einen späteren ersetzt
effect-date-after-deed = dieser Termin wurde genannt, als es schon erledigt war: das Ergebnis bleibt
effect-date-conflicts = dieser Termin steht neben einem früheren, der ohne Wissen davon genannt wurde
effect-lead-starts = ab hier zählt, wie lange es dauert
effect-asks = wartet auf Antwort
effect-ask-answered = wurde beantwortet oder betrifft einen anderen Termin oder eine andere Person
effect-word-counts = ist das Wort, das zählt
effect-word-replaced = wich einem anderen Wort derselben Person
effect-word-on-other-date = betrifft nicht den jetzigen Termin
effect-word-of-another = ist nicht von der Person, die liefern soll, oder fiel, bevor sie es sollte
effect-assigns = bestimmt, wer liefert
effect-assignment-replaced = wurde ersetzt: später wurde jemand anders bestimmt
effect-takes-it = übernimmt es
effect-took-it-too = wollte es auch; jemand anders hat es
effect-leaves-it = überlässt es den anderen in Rufbereitschaft
effect-begins = die Arbeit begann; das ist noch keine Antwort
effect-proof-counts = ist der Nachweis, der zählt
effect-proof-beside = ist ein Nachweis neben einem früheren
effect-calls-off = sagt es vor dem geschuldeten Termin ab
effect-calls-off-late = sagt es nach dem geschuldeten Termin ab: das Ergebnis bleibt
effect-calls-off-nothing = ändert nichts: schon vorher abgesagt oder erledigt
effect-disputes = wartet auf eine Entscheidung des Büros
effect-dispute-settled = wurde geklärt
effect-decides = entscheidet das Ergebnis
effect-finds-beside = steht neben einer anderen Entscheidung, die gilt oder widerspricht
effect-finding-replaced = wurde durch eine spätere Entscheidung ersetzt oder klärt keine Beanstandung
effect-takes-back = nimmt ein Ereignis zurück
effect-names-customer = nennt den Kunden
effect-customer-replaced = wurde ersetzt: der Kunde wurde später noch einmal genannt

## Zusagen: die Regel, die zutraf

outcome-rule-found = Das Büro hat entschieden.
outcome-rule-not-counted = Die Zusage selbst zählt nicht, denn wer sie schrieb, durfte es nicht; gemessen wird nichts.
outcome-rule-retracted = Die Zusage selbst wurde als Versehen zurückgenommen.
outcome-rule-cancelled-with-customer = Vom Kunden oder mit dem Kunden abgesagt, bevor es erledigt war und bevor der geschuldete Termin verstrich.
outcome-rule-cancelled-by-us = Von uns ohne den Kunden abgesagt, bevor es erledigt war und bevor der geschuldete Termin verstrich.
outcome-rule-done-in-time = Bis zum geschuldeten Termin erledigt.
outcome-rule-done-late = Nach dem geschuldeten Termin erledigt.
outcome-rule-missed = Der geschuldete Termin ist verstrichen, und von allen, die es hätten tun können, ist alles da.
outcome-rule-not-heard = Der geschuldete Termin ist verstrichen, und jemand, der es hätte tun können, hat sich seither nicht gemeldet.
outcome-rule-clock-not-trusted = Es wäre nicht gehalten, beruht aber auf einer Uhr, die nicht mit der des Servers verglichen wurde.
outcome-rule-still-time = Noch ist Zeit: Der geschuldete Termin ist, Kulanz eingerechnet, nicht verstrichen.
work-rule-not-counted = Die Zusage selbst zählt nicht: Wer dazu steht, schreibt sie neu.
work-rule-retracted = Die Zusage selbst wurde zurückgenommen: Es ist nichts zu tun.
work-rule-disputed = Eine Beanstandung wartet auf eine Entscheidung, oder Entscheidungen widersprechen sich.
work-rule-settled = Das Büro hat entschieden, dass nichts mehr zu tun ist.
work-rule-fulfilled = Es wurde erledigt und vorher nicht abgesagt.
work-rule-cancelled = Es wurde abgesagt.
work-rule-word = Wer liefern soll, hat sich dazu geäußert.
work-rule-asked = Wer liefern soll, wurde gefragt und hat nicht geantwortet.
work-rule-not-asked = Zum jetzigen Termin wurde niemand gefragt.

## Stand: was auf diesem Gerät ist

unsent-entries =
    Nur auf diesem Gerät: { ENTRIES($visits, $usages, $promises, $accounts, $others) }. Die nächste Synchronisierung sendet es.{ $drafts ->
        [0] { "" }
        [one] { " " }{ $drafts } Entwurf liegt nur hier.
       *[other] { " " }{ $drafts } Entwürfe liegen nur hier.
    }
unsent-entries-stay =
    Nur auf diesem Gerät: { ENTRIES($visits, $usages, $promises, $accounts, $others) }. Davon wird nichts gesendet, denn dieses Gerät ist abgemeldet.{ $drafts ->
        [0] { "" }
        [one] { " " }{ $drafts } Entwurf liegt nur hier.
       *[other] { " " }{ $drafts } Entwürfe liegen nur hier.
    }
unsent-entries-local =
    Nur auf diesem Gerät: { ENTRIES($visits, $usages, $promises, $accounts, $others) }. Es wird gesendet, sobald Sie einer Firma beigetreten sind.{ $drafts ->
        [0] { "" }
        [one] { " " }{ $drafts } Entwurf liegt nur hier.
       *[other] { " " }{ $drafts } Entwürfe liegen nur hier.
    }
status-held-groups =
    { $count ->
        [one] { $count } Eintrag liegt beim Büro, das entscheidet. Er ist hier sicher.
       *[other] { $count } Einträge liegen beim Büro, das entscheidet. Sie sind hier sicher.
    }
status-refused-groups =
    { $count ->
        [one] Der Server hat { $count } Eintrag nicht angenommen. Er ist hier sicher; der Grund steht unten.
       *[other] Der Server hat { $count } Einträge nicht angenommen. Sie sind hier sicher; die Gründe stehen unten.
    }
status-withdrawn =
    { $count ->
        [one] { $count } Eintrag ist zurückgezogen: Er ist nur auf diesem Gerät.
       *[other] { $count } Einträge sind zurückgezogen: Sie sind nur auf diesem Gerät.
    }
status-unknown-rows =
    { $count ->
        [one] { $count } Nachricht stammt von einer neueren Version von Kept. Aktualisieren Sie Kept auf diesem Gerät.
       *[other] { $count } Nachrichten stammen von einer neueren Version von Kept. Aktualisieren Sie Kept auf diesem Gerät.
    }
status-differs = Was hier ist, ergibt eine andere Summe als auf dem Server. Nichts ist verloren. Zeigen Sie dies Ihrem Büro.

## Warum ein Eintrag beim Büro liegt oder nicht angenommen wird

reason-too-large = er ist größer, als der Server annimmt
reason-malformed = der Server kann ihn nicht lesen
reason-actor = er ist von einem anderen Gerät unterschrieben
reason-sequence = ein anderes Gerät hat an seiner Stelle geschrieben
reason-depends-refused = er baut auf einem Eintrag auf, den der Server nicht angenommen hat
reason-place = der Server kennt dieses Dokument anders
reason-may-not-write = Sie dürfen dort nicht mehr schreiben; das Büro entscheidet
reason-depends-held = er baut auf einem Eintrag auf, der beim Büro liegt
reason-too-many-operations = er ändert mehr auf einmal, als der Server annimmt
reason-too-much-held = von Ihnen liegt schon zu viel beim Büro; es entscheidet zuerst darüber
reason-other = aus einem Grund, den eine neuere Version von Kept kennt

## Warum eine Änderung nicht gezeigt wird

aside-unbounded = sie würde viel größer, als ein Eintrag sein darf
aside-malformed = sie ist nicht lesbar
aside-numbers = sie lässt keinen Platz für das, was nach ihr kommt
aside-document = mit ihr würde der Eintrag größer, als er sein darf
aside-depends-on = sie baut auf einer Änderung auf, die nicht gezeigt wird

## Widersprüche: was zu klären ist

conflict-name = Der Kunde hat zwei Namen
conflict-child-name = Zwei Namen für dasselbe
conflict-phone = Zwei Telefonnummern für dasselbe
conflict-email = Zwei E-Mail-Adressen für dasselbe
conflict-address = Zwei Postadressen für dasselbe
conflict-web = Zwei Webseiten für dasselbe
conflict-need = Zwei Fristen für „{ $kind }“
conflict-site-address = Zwei Adressen für „{ $site }“
conflict-help = Womit wir sonst helfen können
conflict-notes = Ein Satz der Notizen
conflict-notes-was = Ein Satz der Notizen, vorher „{ $was }“
conflict-said = Ein Satz von dem, was gesagt wurde
conflict-said-was = Ein Satz von dem, was gesagt wurde, vorher „{ $was }“
conflict-put-away = Archiviert, während jemand anderes damit weiterarbeitete
conflict-removal = „{ $name }“ wurde entfernt, während jemand anderes es änderte
conflict-dates = Dem Kunden wurden zwei Termine genannt; bis jemand es klärt, bindet der frühere
conflict-dates-passed = Dem Kunden wurden zwei Termine genannt, und beide sind vorbei; nennen Sie ihm einen neuen
conflict-takers = Zwei haben dieselbe Zusage übernommen
conflict-findings = Zur Beanstandung gibt es zwei Entscheidungen
stance-value = „{ $value }“
stance-deleted = hat es gelöscht
stance-need = hat gesagt: Frist { LEAD($need) }
stance-took-away = hat es entfernt
stance-went-on = hat damit weitergearbeitet
stance-told = hat dem Kunden { $due } genannt
stance-took = hat es übernommen
stance-found = hat entschieden: { $finding }
finding-kept = gehalten
finding-broken = nicht gehalten
finding-void = zählt nicht
settle-value = „{ $value }“ gilt
settle-all = Alles bleibt stehen
settle-delete = Es entfällt
settle-need = Die Frist { LEAD($need) } gilt
settle-keep = Es bleibt
settle-remove = Es entfällt
settle-take-out = Es bleibt in Gebrauch
settle-put-away = Es wird archiviert
settle-date = { $due } gilt
settle-performer = { $person } liefert
settle-finding = Entschieden: { $finding }

## Verlauf: ein Dokument, wie es war

past-value = { $value }
past-need = Frist { LEAD($need) }
past-instant = { $when }
past-removed = entfernt
past-event = etwas ist damit geschehen
past-member-removed = { $value }, entfernt
past-pain = { $pain } von 3
past-yes = ja
past-was = Wie es { $when } war
past-known = Wie es der Server { $when } hatte
past-later =
    { $count ->
        [one] { $count } spätere Änderung ist weggelassen.
       *[other] { $count } spätere Änderungen sind weggelassen.
    }
past-nothing-later = Seither wurde nichts geändert.
field-account = Kunde
field-also-called = Auch genannt
field-birthday = Geburtstag
field-fact = { $field }: { $value }
field-title = Funktion
field-event = Was geschah
field-name = Name
field-form = Form
field-source = Quelle
field-notes = Notizen
field-uses = Wofür sie es nutzen
field-must-not-fail = Was nie ausfallen darf
field-need = Braucht { $kind }
field-channel = Wie
field-happened-at = Wann
field-planned-at = Geplant für
field-arrived-at = Gekommen
field-left-at = Gegangen
field-place = Wo es war
field-nothing-promised = Zugesagt
field-said = Was gesagt wurde
field-means = Was es bedeutet
field-help = Wie sonst zu helfen ist
field-product = Produkt
field-drafts = Entwürfe
field-step = Schritt
field-doing = Was sie taten
field-workaround = Wie sie sich behelfen
field-frequency = Wie oft
field-pain = Wie sehr es stört
field-quantity = Wie viel davon
field-quote = Ihre Worte
field-consent = Darf zitiert werden
field-reach = Nummer oder Adresse
field-reach-label = Wofür sie ist
field-contact = Kontakt
field-contact-role = Aufgabe des Kontakts
field-site = Ort
field-site-address = Wo er ist
field-asset = Maschine
field-asset-serial = Seriennummer
field-tag = Schlagwort
field-mark = Markierung
field-theme = Thema
field-file = Datei
field-absent = Tage ohne Arbeit
field-address = Adresse
field-assets = Maschinen
field-closed = Feiertage
field-contacts = Kontakte
field-criterion = Woran man es sieht
field-deliverable = Was zugesagt wird
field-effort = Üblicher Aufwand
field-email = E-Mail
field-evidence = Nachweis
field-files = Dateien
field-grace = Kulanz
field-id = Kennung
field-key = Schlüssel
field-kind = Art
field-kinds = Arten von Zusagen
field-label = Bezeichnung
field-lead = Frist
field-level = Worauf der Termin beruht
field-marks = Markierungen
field-needs = Nötige Fristen
field-phone = Telefon
field-phones = Telefone
field-reaches = Nummern und Adressen
field-reason = Warum
field-role = Aufgabe
field-serial = Seriennummer
field-sites = Standorte
field-tags = Schlagwörter
field-text = Text
field-themes = Themen
field-value = Nummer oder Adresse
field-web = Web
field-wins = Was mir hilft
field-words = Die gesprochenen Worte
field-other = Sonstiges
history-intact =
    { $count ->
        [one] Der Verlauf ist unversehrt: { $count } Änderung
       *[other] Der Verlauf ist unversehrt: { $count } Änderungen
    }, { $receipts } mit Quittung des Servers{ $unsent ->
        [0] { "" }
       *[other] , { $unsent } noch nicht auf dem Server
    }.
history-wrong-actor = Die Änderung { $change } hat jemand anderes geschrieben, als daneben vermerkt ist.
history-wrong-hash = Die Änderung { $change } ist nicht mehr, was sie beim Schreiben war.
history-unreadable = Die Änderung { $change } ist nicht lesbar.
history-missing = Die Änderung { $change } fehlt, und andere bauen darauf auf.
history-two-beginnings = Das Dokument beginnt mehr als einmal.
history-gap = Zwischen den Änderungen eines Geräts fehlen welche ({ $actor }).
history-does-not-fit = Die Änderungen passen nicht zusammen ({ $reason }).

## Command line

cli-waiting = Ein anderes Programm benutzt dieses Notizbuch. Es wird gewartet …
cli-unsaved-line = Nicht gespeichert:
cli-unsaved-command = Nicht gespeichert. Noch einmal versuchen:
cli-line = Zeile { $number }
cli-me = Sie
cli-unsent = nicht gesendet
cli-pain = stört { $pain } von 3
cli-left = nicht mehr hier
cli-given-by = { $name }, { $when }
cli-created = Aufgeschrieben von { $name }, { $when }
cli-settled = Geklärt: { $what }.
cli-drafts-none = Es gibt keine Entwürfe.
cli-draft-logged = Der Entwurf ist festgehalten.
cli-draft-logged-before = Der Entwurf war schon festgehalten.
cli-draft-dropped = Der Entwurf ist weg.
cli-corrected = Berichtigt.
cli-nothing-to-correct = Es wurde nichts zu berichtigen genannt. Es wurde nichts geändert. `kept correct --help` zeigt, was sich berichtigen lässt.
cli-not-corrected-so = So wird das nicht berichtigt: Besuche und Beobachtungen haben eigene Felder, Kunden ändert `kept account edit`, Zusagen `kept promise`. Es wurde nichts geändert. `kept show` sagt, was es ist.
cli-head-withdrawn = Zurückgezogen
cli-unsent-again = Es ist neu geschrieben und wird mit dem nächsten `kept sync` gesendet.
cli-unsent-withdrawn = Es ist zurückgezogen und bleibt auf diesem Gerät.
cli-unsent-back = Es ist wieder da, wo es war.
cli-unsent-exported = Die Datei ist geschrieben.
cli-unsent-ways = Auswege: { $flags }
cli-unsent-hint = `kept unsent` hat die Auswege aus dem, was beim Büro liegt oder abgelehnt wurde.
cli-forked-hint = `kept join --as-new-device` lässt es weitergehen.
cli-undone =
    { $count ->
        [one] Zurückgenommen: { $count } Eintrag.
       *[other] Zurückgenommen: { $count } Einträge.
    }
cli-undone-before = Das wurde schon zurückgenommen.
cli-undone-nothing = Es gibt nichts mehr zurückzunehmen.
cli-undone-left = Bleibt, denn jemand anderes hat es seither geschrieben: { $field }{ GIVEN($value, before: ": ") }
cli-undoable-none = Aus den letzten 24 Stunden lässt sich hier nichts zurücknehmen.
cli-undoable-until = bis { $until }
cli-head-team = Team
cli-head-teams = Teams
cli-head-pools = Rufbereitschaft
cli-head-role = Rolle
cli-head-nothing = { "" }
cli-head-unsent = Nicht auf dem Server
cli-head-devices = Letzter Kontakt je Gerät
cli-head-scopes = Was gelesen wurde
cli-head-clock = Uhr
cli-need-form = „{ $text }“ wird nicht verstanden. Es wurde nichts geändert. Schreiben Sie callback=2h oder delivery=5d.
cli-spoken-too-late = Zuletzt gesagt als „{ $words }“: { $told }. Gemessen wird an einem Termin, der auch genannt wurde und geschuldet bleibt: { $due }.
cli-spoken = Gesagt als „{ $words }“; gemessen wird an { $due }.
cli-criterion = Erledigt, wenn der Kunde sagt: „{ $criterion }“
cli-today-not-counted = Zählt nicht; `kept promise again` schreibt sie neu
cli-today-late = Zu spät, noch zu tun
cli-today-due = Heute fällig
cli-today-asked = Sie sind gefragt
cli-today-tell = Den Kunden sagen
cli-today-later = Später
cli-today-nothing = Nichts ist fällig, und niemand wartet auf Sie. `kept promise make` schreibt die nächste Zusage auf.
cli-mine-nothing = Sie haben keine Zusage. `kept promise make` schreibt eine auf.
cli-mine-counts =
    { $open } offen{ $overdue ->
        [0] { "" }
       *[other] , { $overdue } zu spät
    }{ $today ->
        [0] { "" }
       *[other] , { $today } heute fällig
    }{ $asked ->
        [0] { "" }
       *[other] , { $asked } mit Bitte um Ihr Wort
    }. Sie liefern { $performing }{ $promised ->
        [0] { "" }
       *[other] { " " }und haben Kunden { $promised } zugesagt
    }{ $untold ->
        [0] { "" }
       *[other] ; von { $untold } weiß noch kein Kunde
    }.
cli-mine-due = fällig { $due }
cli-mine-rings = Was als Nächstes klingelt
cli-reminders-none = In dieser Zeit klingelt nichts. `kept reminders --within 30d` schaut weiter voraus.
cli-reminders-none-of = An diese Zusage werden Sie nicht erinnert. Es wurde nichts geändert. `kept reminders` zeigt, was klingelt.
cli-reminders-seen = Gesehen. Ihre anderen Geräte bleiben still.
cli-reminders-watching = Es wird gewartet; Erinnerungen klingeln, wenn sie kommen. Strg-C beendet es.
cli-reminders-why = Was und warum
cli-reminders-rung = Erinnerung
cli-no-accounts = Noch ist kein Kunde hier. `kept account add NAME` schreibt einen auf, `kept account import DATEI` übernimmt eine Datei mit Kontakten.
cli-accounts-elsewhere = Es sind Kunden hier, aber keine in diesem Teil der Liste. `kept account list --archived` zeigt auch die archivierten.
cli-no-promises = Hier ist keine Zusage. `kept promise make KUNDE WAS --due WANN` schreibt eine auf.
cli-no-colleagues = Noch ist niemand hier. `kept join LINK` bringt die Kolleginnen und Kollegen Ihrer Firma.
cli-nothing-found = Nichts enthält alle diese Wörter. Schreiben Sie weniger, oder nur ihren Anfang.
cli-account-added = Kunde angelegt:
cli-put-away = { $name } ist archiviert. `kept account restore` holt den Eintrag zurück.
cli-taken-out = { $name } ist zurückgeholt.
cli-visit-logged = Besuch aufgeschrieben:
cli-observed = Beobachtung aufgeschrieben:
cli-written-again = Neu geschrieben:
cli-written-again-by = Neu geschrieben als
cli-writes-again = Schreibt neu
cli-promise-actions = Möglich: { $actions }
cli-promise-call = Anrufen: { $name }, { $number }
cli-right-how = `kept promise right { $id } --due WANN` sagt zu, es gutzumachen.
cli-right-made = Zugesagt, um es gutzumachen:
cli-promised = Zusage aufgeschrieben:
cli-card = Kontakt { $number }
cli-card-added = angelegt
cli-card-known = ist schon hier
cli-imported = { $added } angelegt, { $known } schon hier, { $refused } nicht übernommen.
cli-imported-differing =
    { $count ->
        [one] { $count } Kontakt sagt etwas, das bei seinem Kunden nicht steht. Nichts davon wurde übernommen; tragen Sie von Hand nach, was stimmt.
       *[other] { $count } Kontakte sagen etwas, das bei ihren Kunden nicht steht. Nichts davon wurde übernommen; tragen Sie von Hand nach, was stimmt.
    }
cli-card-joined = angelegt als Kontakt von { $account }; diesen Kunden gibt es schon
cli-card-founded = angelegt als Kontakt von { $account }, einem neuen Kunden
cli-card-known-at = ist schon hier, als Kontakt von { $account }
cli-imported-contacts =
    { $contacts ->
        [one] Davon ist 1 Kontakt einer Firma
       *[other] Davon sind { $contacts } Kontakte von Firmen
    }; { $accounts ->
        [0] kein Kunde ist neu.
        [one] insgesamt 1 neuer Kunde.
       *[other] insgesamt { $accounts } neue Kunden.
    }
cli-imported-undecoded =
    { $count ->
        [one] 1 Kontakt hat
       *[other] { $count } Kontakte haben
    } Text, der in seinem Zeichensatz nicht lesbar ist; er steht unverändert da.
cli-likely-same = Wahrscheinlich derselbe Kunde wie { $name } ({ $id }), zweimal angelegt. Vergleichen Sie die beiden.
cli-likely-same-as = wahrscheinlich derselbe wie { $ids }
cli-anyway-question = { $reason } Trotzdem? [j/N]
cli-anyway-refused = { $reason } Es wurde nichts geändert. Mit --anyway geschieht es trotzdem.
cli-double-account = { $name } ist schon hier ({ $id }), und nichts hiervon unterscheidet die beiden.
cli-double-promise = Dasselbe ist schon zugesagt ({ $id }): { $promise }
cli-archive-open =
    { $name } hat { $count ->
        [one] 1 offene Zusage.
       *[other] { $count } offene Zusagen.
    }
cli-empty-visit = Dieser Besuch sagt nichts: keine Worte, keine Markierung, nichts beobachtet und nichts zugesagt.
cli-empty-visit-line = Dieser Besuch sagt nichts: keine Worte, keine Markierung, nichts beobachtet und nichts zugesagt. Mit "anyway": true wird er trotzdem festgehalten.
cli-visit-understood = { $channel }: { $names }, { $when }.
cli-telephone-no-country = Telefonnummern ohne Ländervorwahl gehören zu keinem bekannten Land: Die Zeitzone { $zone } liegt in keinem. `kept handbook hours --zone` sagt, wo die Firma ist.
office-likely-same = Wahrscheinlich derselbe Kunde wie { $name }, zweimal angelegt
office-likely-same-short = Wahrscheinlich zweimal angelegt
office-telephone-no-country = Telefonnummern ohne Ländervorwahl gehören zu keinem bekannten Land.
field-author = Geschrieben von
cli-importing = Übernehme
cli-joining = Trete bei
cli-joined = Willkommen, { $name }. Dieses Notizbuch gehört zu { $organisation }. `kept sync` sendet, was Sie vorher geschrieben haben, und holt den Rest.
cli-join-offline = Dieses Notizbuch ist nicht beigetreten, denn der Server ist nicht erreichbar: { $why }{ GIVEN($detail, before: " (", after: ")") }. Alles ist auf diesem Gerät gespeichert. Treten Sie mit demselben Link noch einmal bei, wenn der Server erreichbar ist; ist er dann abgelaufen, bitten Sie Ihr Büro um einen neuen.
cli-exchanging = Synchronisiere
cli-synced = { $sent } gesendet, { $received } empfangen.
cli-lacking =
    { $count ->
        [one] Dem Server fehlt, worauf { $count } Eintrag aufbaut, obwohl es noch einmal gesendet wurde. Er wartet hier auf das nächste Mal.
       *[other] Dem Server fehlt, worauf { $count } Einträge aufbauen, obwohl es noch einmal gesendet wurde. Sie warten hier auf das nächste Mal.
    }
cli-refused-see-status =
    { $count ->
        [one] Der Server hat { $count } Eintrag nicht angenommen. Er ist hier sicher; `kept status` sagt, warum.
       *[other] Der Server hat { $count } Einträge nicht angenommen. Sie sind hier sicher; `kept status` sagt, warum.
    }
cli-local-notebook = Dieses Notizbuch gehört noch zu keiner Firma. `kept join LINK` tritt einer bei.
cli-remedy-begin-anew = `kept doctor --begin-anew` beginnt neu.
cli-remedy-check = `kept doctor` prüft sie.
cli-remedy-folder = „--data“ oder die Variable KEPT_DATA nennt ihn.
cli-begin-anew = Das alte Notizbuch kommt in einen Ordner neben dem neuen, mit allem, was nicht gesendet ist. Was der Server hat, kommt zurück, sobald Sie wieder beitreten.
cli-begun-anew = Das alte Notizbuch ist in { $path }, { SIZE($bytes) }. Der nächste Befehl beginnt ein neues; mit `kept join LINK` treten Sie Ihrer Firma wieder bei.
cli-group-unsent = wartet auf das Senden
cli-group-held = liegt beim Büro
cli-group-refused = nicht angenommen
cli-scope-complete = vollständig
cli-scope-team = Team { $team }
cli-scope-sales = Vertrieb im Team { $team }
cli-scope-pool = Rufbereitschaft { $pool }
cli-scope-company = Die Firma
cli-scope-behind = kommt noch
cli-scope-differs = weicht vom Server ab
cli-clock = Mit dem Server verglichen; sie weicht um { $offset } ab.
cli-clock-unknown = Sie ist seit dem Start dieses Geräts nicht mit dem Server verglichen worden.
cli-checking = Prüfe
cli-rebuilding = Baue neu auf
cli-rebuilt =
    { $count ->
        [one] { $count } Eintrag ist aus seinen Änderungen neu aufgebaut.
       *[other] { $count } Einträge sind aus ihren Änderungen neu aufgebaut.
    }
cli-healthy =
    Alles ist in Ordnung: { $documents ->
        [one] { $documents } Eintrag
       *[other] { $documents } Einträge
    }, { $changes ->
        [one] { $changes } Änderung
       *[other] { $changes } Änderungen
    }.
cli-sick-database = Die Datenbankdatei ist beschädigt ({ $reason }). Kopieren Sie den Ordner, bevor Sie etwas anderes tun.
cli-sick-stale = Was von { $id } gezeigt wird, ist nicht, was die Änderungen sagen. `kept doctor --rebuild` behebt es.
cli-sick-quarantined = Der Eintrag { $id } ist nicht lesbar: { $reason }
cli-history-set-aside = nicht gezeigt: { $reason }
cli-set-aside = Eine Änderung von { $id } wird nicht gezeigt: { $reason } ({ $change })
cli-sick-history = Der Verlauf von { $id } ist nicht unversehrt:
cli-sick-lost = Hier fehlen Änderungen von { $scope }. Zeigen Sie dies Ihrem Büro; der Server hat sie.
cli-file-is-a-folder = Der Pfad { $path } ist ein Ordner und nicht als Datei lesbar. Es wurde nichts geändert. Nennen Sie die Dateien darin.
cli-no-file = Es gibt keine Datei { $path }. Es wurde nichts geändert. Prüfen Sie die Schreibweise.
cli-file-unreadable = Die Datei { $path } ist nicht lesbar ({ $reason }). Es wurde nichts geändert.
cli-file-unwritable = Die Datei { $path } lässt sich nicht schreiben: { $reason }. Es wurde nichts geändert. Wählen Sie mit --to eine andere.
cli-not-one-of = „{ $text }“ ist für „{ $field }“ nicht möglich. Es wurde nichts geändert. Bekannt: { $known }
cli-empty-reach = „{ $field }“ ist leer. Es wurde nichts geändert. `--remove WERT` nimmt eine Nummer oder Adresse weg.
cli-not-here = „{ $text }“ ist nicht hier und kann darum nicht entfernt werden. Es wurde nichts geändert. Hier sind: { $known }
cli-none-here = „{ $text }“ ist nicht hier und kann darum nicht entfernt werden. Es wurde nichts geändert. Nichts dergleichen ist hier.
cli-several-of-a-name = „{ $text }“ passt auf mehrere. Es wurde nichts geändert. Schreiben Sie mehr vom Namen oder die Kennung: { $known }
cli-not-understood = „{ $text }“ ist nicht verständlich. Es wurde nichts geändert. Schreiben Sie etwa { $example }.
cli-head-lead = Frist
cli-head-effort = Aufwand
cli-head-quantile = Gehalten
cli-kind-is-retired = { $name }, nicht mehr angeboten
cli-kind-added = { $name } ist neu im Handbuch.
cli-kind-retired = { $name } wird nicht mehr angeboten. Was zugesagt ist, bleibt.
cli-kind-lead = Frist ohne Erfahrungswerte
cli-kind-quantile = Termine, die gehalten werden sollen
cli-kind-role = Es liefert
cli-kind-grace = Kulanz nach einer fälligen Minute
cli-hours = Arbeitszeiten ({ $zone })
cli-hours-usual = Arbeitszeiten: Montag bis Freitag, 8:00–12:00 und 13:00–17:00, bis das Büro andere schreibt.
cli-hours-changed = Die Arbeitszeiten sind geändert.
cli-hours-unchanged = So ist es schon. Es wurde nichts geändert.
cli-hours-of-the-company = die der Firma
cli-never-quiet = keine; Erinnerungen dürfen immer klingeln
cli-me-changed = Es ist notiert.
cli-me-absent = Abwesend
cli-me-quiet = Ruhezeit
cli-nothing-to-settle = Es gibt nichts zu klären. Es wurde nichts geändert.
cli-no-dispute = Niemand beanstandet diese Zusage. Es wurde nichts geändert.
cli-not-a-visit = Das ist kein Besuch ({ $reason }). Von dieser Zeile wurde nichts geschrieben.
cli-line-too-long = Diese Zeile ist länger als { $limit } MB. Nichts daraus wurde geschrieben.
cli-output-gone =
    Niemand liest mehr, was hier ausgegeben wird. { $count ->
        [one] { $count } Besuch ist aufgeschrieben; die letzte Kennung kann fehlen.
       *[other] { $count } Besuche sind aufgeschrieben; die letzten Kennungen können fehlen.
    }

## Help of the command lines: the frame around it

help-usage = Aufruf:
help-commands = Befehle:
help-arguments = Argumente:
help-options = Optionen:
help-options-name = OPTIONEN
help-command-name = BEFEHL
help-env = Variable: { $name }
help-default = Standard: { $value }
help-values = möglich: { $values }
help-flag = Diese Hilfe zeigen
help-flag-more = Diese Hilfe zeigen (mehr mit --help)
help-flag-summary = Diese Hilfe zeigen (kürzer mit -h)
help-version-flag = Die Version zeigen
help-command = Die Hilfe eines Befehls zeigen

## Usage errors of the command lines

usage-unknown-command = Den Befehl „{ $text }“ gibt es in `{ $program }` nicht. Es wurde nichts getan.
usage-unknown-option = Die Option { $text } gibt es in `{ $program }` nicht. Es wurde nichts getan.
usage-one-too-many = „{ $text }“ hat in `{ $program }` keinen Platz. Es wurde nichts getan.
usage-value = „{ $text }“ passt nicht zu { $option }. Es wurde nichts getan.
usage-value-of = „{ $text }“ passt nicht zu { $option }. Möglich ist: { $values }. Es wurde nichts getan.
usage-no-value = Hinter { $option } fehlt ein Wert. Es wurde nichts getan.
usage-no-value-of = Hinter { $option } fehlt ein Wert. Möglich ist: { $values }. Es wurde nichts getan.
usage-equals = Der Wert von { $option } steht hinter einem Gleichheitszeichen. Es wurde nichts getan.
usage-too-many-values = { $option } nimmt keinen weiteren Wert, und „{ $text }“ ist einer. Es wurde nichts getan.
usage-too-few-values = { $option } braucht mindestens { $least } Werte und hat { $count }. Es wurde nichts getan.
usage-wrong-number = { $option } braucht genau { $wanted } Werte und hat { $count }. Es wurde nichts getan.
usage-twice = { $option } steht zweimal da. Geben Sie es einmal an. Es wurde nichts getan.
usage-conflict = { $option } geht nicht zusammen mit { $others }. Lassen Sie eines weg. Es wurde nichts getan.
usage-missing = Das fehlt: { $missing }. Es wurde nichts getan.
usage-missing-command = Bei `{ $program }` fehlt, was zu tun ist. Es wurde nichts getan.
usage-last-owner = { $name } ist als letzte Person in der Leitung. Es wurde nichts geändert. Geben Sie zuerst jemand anderem diese Rolle, oder sagen Sie --anyway.
usage-last-owner-question = { $name } ist als letzte Person in der Leitung. Trotzdem? [j/N]
usage-nothing-to-change = Sagen Sie, was sich ändern soll, etwa { $such }. Es wurde nichts getan.
usage-not-utf8 = „{ $text }“ ist kein gültiges UTF-8 und deshalb nicht lesbar. Geben Sie es in einem Terminal, das UTF-8 verwendet, noch einmal ein. Es wurde nichts getan.
usage-other = Das ist nicht verständlich: { $reason }. Es wurde nichts getan.
usage-meant = Meinten Sie `{ $suggestion }`?
usage-meant-one-of = Meinten Sie eines davon: { $suggestions }?
usage-commands = Die Befehle sind { $commands }.
usage-quote = Was aus mehreren Wörtern besteht, steht in Anführungszeichen.
usage-begins-with-hyphen = Ein Text, der mit einem Strich beginnt, steht hinter -- oder hinter der Option und einem Gleichheitszeichen.
usage-more = `{ $help }` sagt mehr.
usage-number = { $option } nimmt eine ganze Zahl von { $from } bis { $to }, nicht „{ $text }“. Es wurde nichts getan.
usage-number-from = { $option } nimmt eine ganze Zahl ab { $from }, nicht „{ $text }“. Es wurde nichts getan.
usage-address = { $option } nimmt eine IP-Adresse mit Port wie 127.0.0.1:8787, nicht „{ $text }“. Es wurde nichts getan.
usage-team = { $option } nimmt einen kurzen Namen aus höchstens 32 Kleinbuchstaben, Ziffern und Strichen wie north, nicht „{ $text }“. Es wurde nichts getan.
usage-amount = { $option } nimmt eine Zeitspanne wie 2d, 36h oder 90m, nicht „{ $text }“. Es wurde nichts getan.
usage-as-of = { $option } nimmt `now` oder einen Zeitpunkt wie 2026-11-22T14:30:00Z, nicht „{ $text }“. Es wurde nichts getan.
usage-since = --since nimmt einen Tag wie 2026-03-01, einen Zeitpunkt wie 2026-03-01T12:00:00Z oder wie lange es her ist, etwa 7d oder 12h, nicht „{ $text }“. Es wurde nichts getan.
usage-no-session = Eine Sitzung „{ $text }“ gibt es nicht. Es wurde nichts getan. `kept-server sessions` zählt alle auf, mit ihren Kennungen.
usage-takes-none = { $option } nimmt keinen Wert, und „{ $text }“ ist einer. Es wurde nichts getan.
usage-behind = Schreiben Sie { $options } hinter den ganzen Befehl: `{ $command }`. Es wurde nichts getan.
usage-behind-the-command = { $option } steht hinter dem Befehl.

## Office pages

office-incoming = Eingang
office-promises = Zusagen
office-accounts = Kunden
office-devices = Geräte
office-search = Suchen
office-nav = Seiten
office-skip = Zum Inhalt
office-side = Worauf zu achten ist
office-filter = Anzeigen
office-filter-all = Alles
office-filter-visits = Besuche
office-filter-observations = Beobachtungen
office-more = Mehr anzeigen
office-newest-of = Hier stehen die neuesten { $shown } von { $count }. Die Suche findet die übrigen.
office-first-of = Hier stehen die ersten { $shown } von { $count }. Die Suche findet die übrigen.
office-back = Zum Eingang
office-close = Schließen
office-news = Es ist etwas Neues eingegangen.
office-incoming-empty = Noch ist nichts eingegangen. Laden Sie mit „kept-server invite“ jemanden ein; was unterwegs notiert wird, erscheint hier.
office-needs = Braucht jetzt das Büro
office-needs-pool = Die Rufbereitschaft ist gerufen
office-needs-called = Gerufen:
office-needs-seen = Gesehen
office-no-account = Noch kein Kunde
office-somebody = Jemand, der hier noch nicht bekannt ist
office-writes-again = Sie schreibt eine Zusage neu, die nicht zählt
office-written-again = Sie wurde neu geschrieben
office-promise-arriving = Der Anfang dieser Zusage ist noch unterwegs.
trust-drifting = Uhr seit über einem Tag nicht verglichen
trust-unknown = Uhr nicht vertrauenswürdig
office-help = Womit noch geholfen ist: { $help }
office-workaround = Behelf: { $workaround }
office-pain =
    { $count ->
        [0] stört nicht
       *[other] stört { $count } von 3
    }
office-files =
    { $count ->
        [one] { $count } Foto oder Aufnahme
       *[other] { $count } Fotos oder Aufnahmen
    }
office-criterion = Woran man es sieht: „{ $criterion }“
office-open-promises =
    { $count ->
        [0] Keine offene Zusage
        [one] { $count } offene Zusage
       *[other] { $count } offene Zusagen
    }
office-concern-none = Keine davon braucht Sie jetzt.
office-concern-not-counted = { $count } ohne Geltung
office-concern-no-room = { $count } mit mehr Ereignissen, als zählen
office-concern-late = { $count } zu spät
office-concern-nobody = { $count } ohne jemanden, der liefert
office-concern-not-asked = { $count } nicht gefragt
office-concern-waiting = { $count } ohne Antwort
office-concern-counter-offered = { $count } mit anderem Terminvorschlag
office-concern-not-confirmed = { $count } nicht bestätigt
office-concern-disputed = { $count } beanstandet
office-devices-empty = Noch ist kein Gerät beigetreten. „kept-server invite“ erstellt eine Einladung.
office-set-aside = Gespeichert und nicht gezeigt
office-set-aside-why = Das ist gespeichert und lässt sich nicht zeigen. Der Rest jedes Eintrags ist in Ordnung, und nichts ist verloren.
office-devices-why = Was ein stilles Gerät noch hat, ist noch nicht hier. Nichts davon gilt als versäumt.
office-devices-more =
    { $count ->
        [one] { $count } weiteres Gerät
       *[other] { $count } weitere Geräte
    }
office-device-heard = Letzter Kontakt { $when }
office-device-clear = Vollständig, Stand: { $when }
office-device-lost = Verloren?
office-revoke = Dieses Gerät aussperren
office-revoke-why = Es wird sofort und für immer abgemeldet; was es nicht gesendet hat, bleibt darauf. Andere Geräte von { $person } arbeiten weiter. Mit einer neuen Einladung kann { $person } wieder beitreten.
office-revoke-not = So lassen
office-sessions = Im Büro angemeldet
office-sessions-why = Wer hier abgemeldet wird, braucht einen neuen Link: „kept-server sign-in“ gibt ihn aus.
office-session-since = Seit { $when }
office-session-used = Zuletzt benutzt { $when }
office-session-own = Dieser Browser
office-handbook = Handbuch
office-mirror = Erfahrungswerte
office-mirror-why = Was unsere bisherigen Zusagen sagen: ob Termine gehalten wurden, wo Luft ist, was langsamer wird.
office-dates-shown = Gezeigte Termine
office-loads = Wer was übernommen hat
office-no-loads = Niemand hat in den nächsten 7 Tagen etwas zu liefern.
office-handbook-why = Was die Firma vereinbart hat. Büro und Leitung ändern es auf ihren eigenen Geräten.
office-kind-lead = Frist: { $time }
office-kind-proof = Erledigt mit { $proof }
office-kind-effort = Je { $time } Arbeit
office-kind-share = { $percent } von 100 Terminen sollen gehalten werden
office-kind-retired = Nicht mehr angeboten
office-accounts-search = Kunden finden
office-accounts-empty = Noch gibt es keinen Kunden. Der erste Besuch bringt ihn hierher.
office-account-promises-none = Zurzeit ist nichts zugesagt.
office-account-facts = Was bekannt ist
office-timeline-empty = Noch ist nichts notiert.
office-sites = Standorte und Maschinen
office-act-notes = Notizen bearbeiten
office-due = Fällig
office-owed = Gemessen an
office-said-how = Wie es gesagt wurde
office-events = Was damit geschah
office-promises-empty = Hier gibt es keine offene Zusage.
office-promises-all =
    { $count ->
        [one] Alle anzeigen ({ $count })
       *[other] Alle { $count } anzeigen
    }
office-acts = Was zu tun ist
office-act-busy = Andere schreiben gerade an dieser Zusage. Es wurde nichts geändert. Versuchen Sie es noch einmal.
office-act-held = Das wartet auf eine Entscheidung, denn dort dürfen Sie nicht schreiben. Für andere wurde nichts geändert.
office-act-stumbled = Das ging gerade nicht. Es wurde nichts geändert. Versuchen Sie es noch einmal; bleibt es so, sehen Sie ins Protokoll des Servers.
office-act-choose = Etwas ist nicht ausgewählt. Es wurde nichts geändert. Wählen Sie und senden Sie es noch einmal.
office-act-garbled = Darin waren Zeichen, die sich nicht tippen lassen. Es wurde nichts geändert. Unten fehlen sie jetzt: Sehen Sie es durch und senden Sie es noch einmal.
office-act-no-contact = Wer genannt wurde, ist nicht oder nicht mehr bei diesem Kunden. Es wurde nichts geändert. Wählen Sie und senden Sie es noch einmal.
office-act-when-hint = Fr 12:00, morgen Nachmittag, in 30 Minuten; in { $zone }
office-act-give = Jemandem übergeben
office-act-performer = Wer liefert
office-act-ask-at-once = Gleich fragen
office-act-date = Dem Kunden einen Termin nennen
office-act-again-when-hint = leer: wie bisher
office-act-new-date = Der neue Termin, in den gesprochenen Worten
office-act-contact = Wer es gehört hat
office-act-nobody-named = Niemand Bestimmtes
office-act-nobody-yet = Noch niemand
office-act-loaded = { $who } (für die nächsten 7 Tage zu { $percent } % ausgelastet)
office-act-pool = Wer in der Rufbereitschaft „{ $pool }“ gerade frei ist
office-act-ask = Fragen, wer liefert
office-act-speak = Für jemanden schreiben, der anruft
office-act-word = Was gesagt wird
office-act-accepts = Nimmt an
office-act-declines = Lehnt ab
office-act-proposes = Bietet einen anderen Termin an
office-act-starts = Hat begonnen
office-act-done = Es ist erledigt
office-act-when = Der angebotene Termin
office-act-done-when = Wann es erledigt wurde
office-act-done-when-hint = jetzt, oder: gestern 16:00; in { $zone }
office-act-proof-note = Was der Nachweis sagt
office-proof-said-done = Nur das Wort der Person, die geliefert hat
office-proof-call = Ein Anruf
office-proof-photo = Ein Foto
office-proof-signature = Eine Unterschrift
office-proof-customers-word = Das Wort des Kunden
office-act-by = Durch wen
office-act-agreed = Wer beim Kunden zugestimmt hat
office-act-confirm = Aufschreiben, was der Kunde sagt
office-act-mood = Wie zufrieden der Kunde ist
office-act-dispute = Eine Beanstandung aufschreiben
office-act-their-words = In den Worten des Kunden
office-act-resolve = Die Beanstandung entscheiden
office-act-finding = Die Entscheidung
office-act-retract = Zurücknehmen, was Sie geschrieben haben
office-act-event = Was ein Versehen war; Ihres, aus den letzten 24 Stunden
office-act-new = Eine Zusage aufschreiben
office-act-kind = Welche Art
office-act-told = Der Kunde weiß davon
office-act-right = Zusagen, es gutzumachen
office-act-right-for = Gutmachen: { $what }
office-conflicts = Zu klären
office-conflicts-count =
    { $count ->
        [one] { $count } Sache zu klären
       *[other] { $count } Sachen zu klären
    }
office-history = Verlauf
office-history-at = Wie es war
office-history-hint = 3. Juni 12:00
office-history-known = Nur was der Server bis dahin hatte
office-history-look = Ansehen
office-search-how = Geben Sie Wortanfänge ein: einen Kunden, eine Maschine, etwas Gesagtes.
office-search-nothing = Nichts hier enthält alle Wörter von „{ $text }“. Versuchen Sie weniger Wörter oder nur ihre Anfänge.
office-search-found =
    { $count ->
        [one] { $count } Eintrag
       *[other] { $count } Einträge
    }
office-search-first = Die ersten { $count }; mehr Wörter grenzen es ein.
office-zone-of-company = Zeiten werden in { $zone } gelesen und gezeigt, der Zeitzone, in der die Firma arbeitet.
office-zone-of-reader = Zeiten werden in { $zone } gelesen und gezeigt, der Zeitzone, die Sie gewählt haben.
office-zone-of-server = Zeiten werden in { $zone } gelesen und gezeigt, der Zeitzone des Servers, denn noch hat niemand gesagt, wann die Firma arbeitet.
office-zone-choose = Andere Zeitzone wählen
office-no-such-zone = „{ $zone }“ ist keine Zeitzone. Es wurde nichts geändert. Schreiben Sie sie etwa als Europe/Berlin, oder lassen Sie das Feld leer für die Zeitzone der Firma.
office-signed-in = Angemeldet als { $person }
office-sign-in = Anmelden
office-sign-out = Abmelden
office-sign-in-once = Dieser Link meldet Sie einmal an, in diesem Browser, für 30 Tage.
office-sign-in-how = Sie sind nicht angemeldet. Öffnen Sie den Link, den „kept-server init“ ausgegeben hat, oder bitten Sie um einen neuen: „kept-server sign-in“ gibt ihn aus.
office-sign-in-wrong = Dieser Link passt nicht. Kopieren Sie den ganzen Link noch einmal oder bitten Sie um einen neuen: „kept-server sign-in“ gibt ihn aus.
office-sign-in-expired = Dieser Link ist älter als 24 Stunden. Nichts ist verloren. Bitten Sie um einen neuen: „kept-server sign-in“ gibt ihn aus.
office-sign-in-too-often = Von hier kamen zu viele Versuche. Nichts ist verloren. Versuchen Sie es in einer Minute noch einmal.
office-sign-in-used = Dieser Link wurde schon benutzt. Nichts ist verloren. Bitten Sie um einen neuen: „kept-server sign-in“ gibt ihn aus.
office-sign-in-not-office = Diese Seiten sind für Büro und Leitung. Nichts ist verloren. Fragen Sie die Leitung, wenn Sie sie brauchen.
office-form-too-old = Dieses Formular gilt nicht mehr. Es wurde nichts geändert. Gehen Sie zurück, laden Sie die Seite neu und wiederholen Sie es.
office-form-from-elsewhere = Eine andere Seite hat dieses Formular geschickt. Es wurde nichts geändert. Wollten Sie das nicht, ist alles gut; sonst tun Sie es auf der Seite des Büros selbst.
office-address-garbled = In dieser Adresse stehen Zeichen, die sich nicht tippen lassen. Es wurde nichts geändert. Beginnen Sie mit dem Eingang.
office-fault-disk-full = Die Festplatte des Servers ist voll, und jetzt lässt sich nichts schreiben. Nichts ist verloren, und alles ist weiter zu lesen. Bitten Sie, wer den Server betreibt, Platz zu schaffen; dann senden Sie es noch einmal.
office-fault-read-only = In den Ordner des Servers lässt sich nicht schreiben, und so lässt sich jetzt nichts ändern. Nichts ist verloren, und alles ist weiter zu lesen. Bitten Sie, wer den Server betreibt, das Schreiben dort zu erlauben; dann senden Sie es noch einmal.
office-fault-disk = Der Server kann jetzt nichts speichern. Nichts ist verloren. Bitten Sie, wer den Server betreibt, in sein Protokoll zu sehen; dann senden Sie es noch einmal.
office-fault-log = Das Protokoll der Änderungen auf dem Server lässt sich jetzt nicht benutzen. Es wurde nichts geändert. Bitten Sie, wer den Server betreibt, danach zu sehen.
office-no-such-page = Diese Seite gibt es nicht. Nichts ist verloren. Prüfen Sie die Adresse oder beginnen Sie mit dem Eingang.
office-not-here = Das ist nicht hier. Vielleicht ist es noch auf dem Weg von einem Telefon. Sehen Sie später noch einmal nach.
office-opening = Das Büro öffnet sein Notizbuch noch. Nichts ist verloren. Laden Sie die Seite gleich noch einmal.
office-stumbled = Diese Seite kann jetzt nicht gezeigt werden. Nichts ist verloren. Laden Sie sie neu; bleibt es so, sehen Sie ins Protokoll des Servers.
office-keys = Tasten
office-key-move = Nächste Zeile, Zeile davor
office-key-open = Zeile öffnen
office-key-go = Eingang, Zusagen, Kunden, Geräte, Handbuch, Erfahrungswerte
office-key-filter = Alles, Besuche, Beobachtungen, Zusagen
office-key-more = Neue Zusage, Verlauf, was zu klären ist
office-key-act = Was mit einer Zusage zu tun ist: der Buchstabe daneben
office-key-help = Diese Tasten anzeigen

## Das Handbuch, und was Kolleginnen und Kollegen über sich sagen

kind-callback = Rückruf
kind-quote = Angebot
kind-delivery = Lieferung
kind-replacement = Austausch
kind-set-aside = Zurücklegen
kind-service-visit = Serviceeinsatz
kind-information = Auskunft
kind-fix = Reparatur
kind-credit = Gutschrift
kind-other = Sonstiges
kind-named = { $name }
reach-label-main = Zentrale
reach-label-mobile = mobil
reach-label-office = Büro
reach-label-work = Arbeit
reach-label-home = privat
reach-label-fax = Fax
reach-label-pager = Pager
reach-label-work-mobile = mobil, Arbeit
reach-label-home-mobile = mobil, privat
reach-label-work-fax = Fax, Arbeit
reach-label-home-fax = Fax, privat
reach-label-work-pager = Pager, Arbeit
reach-label-home-pager = Pager, privat
reach-label-own = { $own }, { $standard }
reach-label-other = sonstige
thing-kind = Art von Zusage
proof-call = einem Anruf
proof-photo = einem Foto
proof-signature = einer Unterschrift
proof-customers-word = dem Wort des Kunden
proof-said-done = dem Wort der Person, die geliefert hat
error-unknown-kind = „{ $kind }“ ist keine Art von Zusage im Handbuch. Es wurde nichts geändert. Bekannt: { $known }
error-retired-kind = Ihre Firma bietet „{ $kind }“ nicht mehr an. Es wurde nichts geändert. Wählen Sie eine von: { $known }
error-due-closed = Dann wird nicht gearbeitet ({ $due }), und der letzte Arbeitstag davor ist schon vorbei. Es wurde nichts geändert. Wählen Sie einen späteren Termin, oder nennen Sie eine Uhrzeit.
error-not-before = Es wird nicht vor { $not_before } gebraucht, und das ist nach dem Termin. Es wurde nichts geändert. Berichtigen Sie eines von beiden.
error-colleague-left = { $name } arbeitet nicht mehr in der Firma. Es wurde nichts geändert. Nennen Sie jemand anderen.
error-unserved-pool = Für „{ $pool }“ hat niemand Rufbereitschaft. Es wurde nichts geändert. Bekannt: { $known }
error-suggestion = Der vorgeschlagene Termin ist nicht möglich. Es wurde nichts geändert. Fragen Sie die Erfahrungswerte noch einmal.
notice-nobody-asked = Der Kunde weiß Bescheid, und { $name } wurde nicht gefragt. Fragen Sie bald.
notice-nobody-named = Der Kunde weiß Bescheid, und noch liefert niemand. Nennen Sie bald jemanden.
error-kind-key = „{ $text }“ kann keine Art bezeichnen. Es wurde nichts geändert. Verwenden Sie Buchstaben, Ziffern und Bindestriche, etwa service-visit.
error-quantile = Der Anteil der Termine, die gehalten werden sollen, ist 50 bis 99 Prozent. Es wurde nichts geändert. Wählen Sie einen dazwischen.
error-minutes = „{ $field }“ liegt zwischen { SPAN($least) } und { SPAN($most) }. Es wurde nichts geändert. Berichtigen Sie es und versuchen Sie es noch einmal.
error-handbook-of-the-office = Das Handbuch schreiben nur Büro und Leitung. Es wurde nichts geändert. Bitten Sie dort um die Änderung.
error-not-about-you = Das schreiben nur die Kolleginnen und Kollegen selbst, Büro und Leitung. Es wurde nichts geändert. Bitten Sie dort um den Eintrag.
error-quiet = Eine Ruhezeit beginnt und endet zu verschiedenen Zeiten des Tages. Es wurde nichts geändert. Schreiben Sie sie etwa als 20:00-7:00.
error-week = Eine Woche hat sieben Tage, Montag zuerst. Es wurde nichts geändert. Berichtigen Sie es und versuchen Sie es noch einmal.
error-shift = Die Zeiten von { $from } bis { $to } passen nicht: Zeiten folgen innerhalb eines Tages aufeinander. Es wurde nichts geändert. Berichtigen Sie sie und versuchen Sie es noch einmal.
error-not-a-day = „{ $text }“ ist kein Tag. Es wurde nichts geändert. Schreiben Sie ihn etwa als 2026-11-22.
error-unknown-zone = „{ $text }“ ist keine Zeitzone. Es wurde nichts geändert. Schreiben Sie sie etwa als Europe/Berlin.
error-not-a-minute = { $minute } ist keine Minute des Tages. Es wurde nichts geändert. Ein Tag hat die Minuten 0 bis 1439.

## Die Erfahrungswerte fragen

when-suggested = { LEAD($lead) }: so ein Termin wurde { $percent } von 100 Mal gehalten.
when-ask =
    Meistens genügt: { LEAD($lead) }. Aber { $open } { $open ->
        [one] ist
       *[other] sind
    } noch offen, und die längste Dauer bisher ist { LEAD($longest) }: Fragen Sie { $who }, bevor Sie einen Termin nennen.
when-never-reached =
    Ein ehrlicher Termin ist nicht möglich: { $open } { $open ->
        [one] ist
       *[other] sind
    } noch offen, und die längste Dauer bisher ist { LEAD($longest) }. Fragen Sie { $who }, bevor Sie einen Termin nennen.
when-few = Bisher nur { $closed }, und die längste Dauer ist { LEAD($slowest) }. Fragen Sie { $who }, bevor Sie einen Termin nennen.
when-no-record = Noch ist nichts Vergleichbares bekannt. Fragen Sie { $who }, bevor Sie einen Termin nennen.
when-whoever = die Person, die liefert
when-level-performer = Das beruht auf „{ $kind }“ von { $who }: { $closed } erledigt, { $open } offen.
when-level-team = Das beruht auf „{ $kind }“ in { $team }: { $closed } erledigt, { $open } offen.
when-level-kind = Das beruht auf „{ $kind }“: { $closed } erledigt, { $open } offen.
when-level-company = Über „{ $kind }“ ist zu wenig bekannt; das beruht auf Zusagen aller Arten: { $closed } erledigt, { $open } offen.
when-median = Die Hälfte dauerte nicht länger als { LEAD($lead) }.
when-chance = Höchstens { LEAD($lead) }: { $percent } von 100 Mal, zwischen { $lower } und { $upper }; { $closed } erledigt, { $open } offen.
when-chance-unknown = Es ist zu wenig bekannt, um zu sagen, wie oft.
when-chance-too-short = Höchstens { LEAD($lead) }: keine Erfahrungswerte für so kurze Zeit.
when-chance-none = Höchstens { LEAD($lead) }: keine Erfahrungswerte für so kurze Zeit; von { $count } war keine so früh erledigt.
when-no-quicker = Für alles, was weniger als { LEAD($lead) } dauerte, gibt es keine Erfahrungswerte.
when-file = Die Datei { $file } ist nicht lesbar ({ $reason }). Es wurde nichts geändert.
when-file-lacks = Die Datei { $file } hat keine Spalte „{ $column }“. Es wurde nichts geändert. Ihre erste Zeile muss kind,performer,team,made,closed,cancelled sein.
when-broken-row = Zeile { $line } wurde ausgelassen: { $reason }
when-row-no-kind = die Art ist leer
when-row-not-made = „made“ ist leer
when-row-ends-before = „{ $column }“ liegt vor „made“: { $text }
when-row-not-a-time = „{ $column }“ ist keine Zeit wie 2026-11-22T14:30:00Z: { $text }
when-row-in-the-future = „{ $column }“ liegt in der Zukunft: { $text }
when-row-fields = sie hat { $found } Felder, und die erste Zeile hat { $expected }
when-row-unreadable = es ist keine Zeile dieser Datei ({ $reason })
when-asking = Frage die Erfahrungswerte
when-all = alles
when-part = Teil
when-asked = gefragt
when-dated = mit Termin
when-kept = gehalten
when-lead = mittlere Dauer
when-plain-kept = einfaches Perzentil gehalten
when-plain-lead = seine mittlere Dauer
when-warned = wird langsamer
when-suggested-due = { $due }: { LEAD($lead) } von jetzt an, ein Termin, der { $percent } von 100 Mal gehalten wird.
when-suggested-due-working = { $due }: { LEAD($lead) } Arbeitszeit von jetzt an, ein Termin, der { $percent } von 100 Mal gehalten wird.
when-working-time = Gezählt wird Arbeitszeit.
when-as-of = Gefragt zum Stand { $when }; `--as-of` fragt zu einem anderen Zeitpunkt.
when-due-chance = { $due } wurde { $percent } von 100 Mal gehalten.
when-due-too-short = { $due }: keine Erfahrungswerte für so kurze Zeit.
when-due-none = { $due }: keine Erfahrungswerte für so kurze Zeit; von { $count } war keine so früh erledigt.
when-sooner-than-half = { $due } ist früher, als die Hälfte dauerte: { LEAD($lead) }, aus { $closed } erledigten.
when-slowing = Es wird langsamer: { $slower } der letzten { $latest } dauerten länger als { LEAD($lead) }; von den { $former } davor blieben vier von fünf darunter.
when-delivered = { $who } lieferte { $kept } von { $total } rechtzeitig.
when-customer = Für diesen Kunden gehalten: { $kept } von { $total }, mindestens { $lower } von 100.
when-customer-new = Noch ist nichts entschieden, was diesem Kunden zugesagt wurde.
need-within = Frist, die der Kunde braucht: { LEAD($need) }.
need-several = { $count } Fristen stehen nebeneinander; die kürzeste zählt, bis eine gewählt ist.
need-made = Wir haben das { $percent } von 100 Mal geschafft, zwischen { $lower } und { $upper }; { $closed } erledigt, { $open } offen.
need-too-short = Für so kurze Zeit gibt es keine Erfahrungswerte.
need-none = Für so kurze Zeit gibt es keine Erfahrungswerte; von { $count } war keine so früh erledigt.
need-met = Wir brauchen { LEAD($lead) }: Das genügt.
need-missed = Wir brauchen { LEAD($lead) }: Das genügt nicht.
need-hopeless = Das genügt nicht.
need-open = Es ist zu wenig bekannt, um zu sagen, ob wir das schaffen.
fit-line = Schnell genug dafür: { $met } von { $needed }.
fit-unsettled = Zu { $unsettled } weiteren ist zu wenig bekannt.
error-need = Eine Frist hat mindestens eine Minute und höchstens fünf Jahre. Es wurde nichts geändert. Schreiben Sie etwa 2h, 90m oder 5d.
fit-unknown = Es ist zu wenig bekannt, um zu sagen, ob wir dafür schnell genug sind.

## Auslastung, Verlässlichkeit, Bitten, Berichte

load-line =
    { $who } ist für die nächsten 7 Tage zu { $percent } % ausgelastet: { $promises } zu liefern{ $overdue ->
        [0] { "" }
       *[other] , { $overdue } überfällig
    }{ $unaccepted ->
        [0] { "" }
       *[other] , { $unaccepted } noch nicht angenommen
    }. Stand { $as_of }.
load-line-unheard =
    { $who } ist für die nächsten 7 Tage zu { $percent } % ausgelastet: { $promises } zu liefern{ $overdue ->
        [0] { "" }
       *[other] , { $overdue } überfällig
    }{ $unaccepted ->
        [0] { "" }
       *[other] , { $unaccepted } noch nicht angenommen
    }. Noch ohne Kontakt.
load-line-away =
    { $who } arbeitet in den nächsten 7 Tagen nicht: { $promises } zu liefern{ $overdue ->
        [0] { "" }
       *[other] , { $overdue } überfällig
    }{ $unaccepted ->
        [0] { "" }
       *[other] , { $unaccepted } noch nicht angenommen
    }.
fair-said = Gesagt und getan
fair-delivered = Geliefert
fair-share =
    { $kept } von { $total } gehalten{ $renegotiated ->
        [0] { "" }
       *[other] , { $renegotiated } davon mit rechtzeitig neu vereinbartem Termin
    }.
fair-bound = Mindestens { $lower } von 100; Jüngeres wiegt mehr.
fair-few = Zu wenige, um zu sagen, wie viele von 100.
fair-nothing = Noch ist nichts entschieden.
asks-line = In diesem Monat gebeten: { $asked }. Mit weniger als der üblichen Zeit: { $rushed }. Dafür gedankt: { $thanked }.
asks-none = Sie haben in diesem Monat niemanden gebeten.
asks-head-asked = gebeten
asks-head-what = worum
asks-head-lead = Zeit
asks-head-usual = üblich
asks-head-thanked = Dank
asks-thanked = gesagt
asks-thank-them = steht noch aus
report-calibration = Termine, die { $quantile } von 100 Mal gehalten werden sollen: { $kept } von { $decided } gehalten, { $shown } gezeigt.
report-calibration-undecided = Termine, die { $quantile } von 100 Mal gehalten werden sollen: { $shown } gezeigt, noch keiner davon entschieden.
report-no-dates = Noch wurde kein Termin aus den Erfahrungswerten gezeigt.
report-left = Die Hälfte der { $kept } gehaltenen hatte { $percent } % der Zeit übrig oder mehr.
report-counts = { $closed } erledigt, { $open } offen.
report-kind-undecided = „{ $kind }“: Noch ist nichts entschieden.
report-kind = „{ $kind }“: { $kept } von { $decided } rechtzeitig gehalten.
report-padded = Das ist Polster: Ein früherer Termin würde auch gehalten.
report-nothing = Noch ist nichts zugesagt.
error-not-your-numbers = Zahlen über jemanden sind für die Person selbst, Büro und Leitung. Es wurde nichts geändert. Fragen Sie ohne Namen nach Ihren eigenen.
cli-in-keyring = Schlüssel und Zugang sind jetzt im Schlüsselbund dieses Systems.
cli-no-keyring = Der Schlüsselbund dieses Systems kann nicht verwendet werden ({ $reason }). Nichts ist verloren; Schlüssel und Zugang bleiben, wo sie sind. Starten Sie den Schlüsselbund, oder treten Sie ohne --keyring bei.
cli-without-keyring = Dieses kept wurde ohne den Schlüsselbund gebaut. Es wurde nichts geändert. Bauen Sie es mit der Eigenschaft „keyring“, oder treten Sie ohne --keyring bei.
