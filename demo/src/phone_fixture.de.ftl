### The German help of `phone-fixture`, as `kept-help` reads it.
###
### Options, values, variables and calls are the same as in the English help, which stands beside the arguments.

phone-fixture = Das Notizbuch einer Person der Demo-Firma zu einem Zeitpunkt schreiben, für Bilder und Tests der Apps
    .after =
        In DIR stehen danach `notebook`, dessen `secrets`, und `fixture.json` mit Uhren und Zeitzone zum Öffnen.
        Dieselben Angaben schreiben, was dasselbe zeigt, wann immer man fragt; Kennungen von Personen und Geräten sind neu.

        Beispiele:
          phone-fixture --person sam --at 2026-11-27T10:12+01:00 ./sam
          phone-fixture --person ingrid --at 2026-11-27T10:12+01:00 --size full ./ingrid
    .arg-at = Der Zeitpunkt, mit seinem Abstand von UTC
    .arg-folder = Wohin geschrieben wird; der Ordner muss leer oder neu sein
    .arg-lang = Sprache der Hilfe und der Fehler beim Aufruf [Standard: die von LC_ALL, LC_MESSAGES oder LANG]
    .arg-person = Die Person, mit ganzem Namen oder Vornamen
    .arg-seed = Woraus die Firma gemacht wird: Dieselbe Saat macht dieselbe Firma
    .arg-size = Wie groß die Firma ist
    .arg-size-is-full = 22 Personen und 640 Kunden
    .arg-size-is-small = 6 Personen und 40 Kunden
    .arg-zone = Zeitzone der Firma und des Telefons

values =
    .v-DIR = ORDNER
    .v-INSTANT = ZEITPUNKT
    .v-LANG = SPRACHE
    .v-NAME = NAME
    .v-SEED = SAAT
    .v-SIZE = GRÖSSE
    .v-ZONE = ZEITZONE
