### The German help of `kept-demo`, as `kept-help` reads it.
###
### Options, values, variables and calls are the same as in the English help, which stands beside the arguments.

kept-demo = Ausprobieren: eine Firma mit Vergangenheit, ein Server und Telefone, die ohne Netz sind und wiederkommen
    .after =
        Beispiele:
          kept-demo                       # bis Strg-C; gibt den Link aus, den Sie öffnen
          kept-demo --once                # die Geschichte bis zum Ende, geprüft
          kept-demo --once --size small --json
          kept-demo --keep ./demo --seed 7
    .arg-json = Jedes Ereignis als eine Zeile JSON ausgeben, auch Fehler und --help
    .arg-keep = Alles in diesem Ordner behalten, der leer oder neu sein muss; sonst wird es am Ende entfernt
    .arg-lang = Sprache der Hilfe und der Fehler beim Aufruf [Standard: die von LC_ALL, LC_MESSAGES oder LANG]
    .arg-listen = Adresse, auf der der Server antwortet; Port 0 nimmt einen freien
    .arg-once = Die Geschichte einmal ohne Pausen erzählen, alles prüfen und mit 0 oder 1 enden
    .arg-seed = Woraus die Firma gemacht wird: Dieselbe Saat macht dieselbe Firma
    .arg-size = Wie groß die Firma ist
    .arg-size-is-full = 22 Personen und 640 Kunden
    .arg-size-is-small = 6 Personen und 40 Kunden

values =
    .v-ADDRESS = ADRESSE
    .v-DIR = ORDNER
    .v-LANG = SPRACHE
    .v-SEED = SAAT
    .v-SIZE = GRÖSSE
