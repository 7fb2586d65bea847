### The German help of `kept-server`: a message for each command, as `kept-help` reads it.
###
### What stands in the first column is the command's path; its attributes are the texts of the page. Options,
### values, variables and calls are the same as in the English help, which stands beside the arguments.

kept-server = Der Server von Kept: was alle zugesagt haben, an einem Ort, der Ihnen gehört.
    .after =
        Beispiele:
          kept-server init --data ./kept --name "Bäckerei Süß" --owner Ann --team north
          kept-server serve --data ./kept
          kept-server invite Sam --role technician --team north --data ./kept
    .arg-json = JSON ausgeben, für Programme, auch bei Fehlern und --help
    .arg-lang = Sprache der Hilfe und der Fehler beim Aufruf [Standard: die von LC_ALL, LC_MESSAGES oder LANG]

shared =
    .arg-data = Der Ordner mit Änderungen und Schlüsseln
    .arg-name = Wie die Person heißt
    .arg-pools = Eine Rufbereitschaft, in der sie ist; kann mehrmals stehen
    .arg-teams = Ein Team, in dem sie arbeitet; kann mehrmals stehen

values =
    .v-ADDRESS = ADRESSE
    .v-DEVICE = GERÄT
    .v-DIR = ORDNER
    .v-FILE = DATEI
    .v-LANG = SPRACHE
    .v-NAME = NAME
    .v-POOL = RUFBEREITSCHAFT
    .v-ROLE = ROLLE
    .v-SESSION = SITZUNG
    .v-TEAM = TEAM
    .v-URL = URL
    .v-WHEN = WANN

audit = Ausgeben, wer was getan hat: Anmeldungen, Beitritte, Änderungen an Personen und Geräten, Entscheidungen, falsche Zugänge
    .after =
        Beispiele:
          kept-server audit --data ./kept
          kept-server audit --since 7d
          kept-server audit --since 2026-03-01 --json     # je Eintrag eine Zeile JSON

        Die Zeilen stehen in der Datei audit.log im Ordner des Servers, nur für dessen Eigentümer. Ein Programm, das Protokolle ablöst, darf sie wegbewegen; der Server beginnt eine neue.
    .arg-since = Von wann an: ein Tag wie 2026-03-01, ein Zeitpunkt wie 2026-03-01T12:00:00Z oder wie lange es her ist: 7d, 12h

devices = Geräte auflisten und wann zuletzt von ihnen zu hören war, oder ein verlorenes aussperren

devices-list = Geräte auflisten und wann zuletzt von ihnen zu hören war

devices-revoke = Ein verlorenes Gerät aussperren, sofort und für immer
    .after =
        Beispiele:
          kept-server devices revoke "Sam's phone" --data ./kept
          kept-server devices revoke 01a22bfc-33f0        # die Kennung aus `kept-server devices`
          kept-server devices revoke Sam                  # wenn Sam nur ein Gerät hat

        Ein Server, der läuft, merkt es sofort. Was das Gerät nicht gesendet hatte, bleibt darauf, und es sagt, dass es abgemeldet ist; andere Geräte derselben Person machen weiter. Mit `kept-server invite` tritt sie neu bei.
    .arg-device = Seine Kennung oder ihr Anfang, sein Name, oder wem es gehört und sein Name

init = Die Firma und ihre Leitung in einem Ordner anlegen
    .arg-name = Wie die Firma heißt
    .arg-owner = Wer sie leitet
    .arg-teams = Ein Team, in dem die Leitung arbeitet; kann mehrmals stehen

invite = Das nächste Gerät einer Person einladen: gibt einen Link und einen QR-Code aus
    .after =
        Beispiele:
          kept-server invite Sam --role technician --team north --data ./kept
          kept-server invite Sam --data ./kept        # das zweite Gerät von Sam
          kept-server invite Kim --role workshop --team north --pool kitchen --url https://kept.example.com
    .arg-role = Was die Person tut; nötig, wenn sie neu ist
    .arg-url = Die Adresse des Servers, wie das Gerät sie aufruft

people = Alle auflisten oder ändern, was jemand tut

people-set = Ändern, was jemand von nun an tut, oder festhalten, dass jemand die Firma verlassen hat oder wieder da ist
    .after =
        Beispiele:
          kept-server people set Sam --role office --data ./kept
          kept-server people set Sam --team north --team south --pool service
          kept-server people set Sam --no-pools
          kept-server people set Sam --left
          kept-server people set Sam --back

        Was nicht dasteht, bleibt, wie es ist; Teams und Rufbereitschaften, die dastehen, ersetzen die bisherigen. Was jemand bis jetzt geschrieben hat, wird nach dem beurteilt, was damals galt.
    .arg-anyway = Es ohne Rückfrage tun, auch wenn niemand in der Leitung bleibt
    .arg-back = Die Person arbeitet wieder hier: Ihre Geräte werden bedient und senden, was dort gewartet hat
    .arg-left = Die Person hat die Firma verlassen: Der Server bedient ihre Geräte nicht
    .arg-no_pools = Sie ist in keiner Rufbereitschaft
    .arg-no_teams = Sie arbeitet in keinem Team
    .arg-role = Was die Person tut

serve = Auf Geräte warten und das Büro zeigen
    .after =
        Beispiele:
          kept-server serve --data ./kept
          kept-server serve --data ./kept --listen 0.0.0.0:443 --tls-cert cert.pem --tls-key key.pem \
              --public-url https://kept.example.com
    .arg-listen = Adresse, auf der der Server antwortet
    .arg-public_url = Die Adresse in Links, wenn Geräte eine andere aufrufen als die, auf der er antwortet
    .arg-push_url = Ein Dienst, der schlafende Telefone weckt: Er bekommt {"{"}"person": …, "addresses": […], "fetch": true{"}"} für jede Person, die gerufen wird, mit den Adressen, die ihre Telefone dafür genannt haben
    .arg-tls_cert = Eine PEM-Datei mit der Zertifikatskette; mit ihr spricht der Server HTTPS. Einladungen nennen den Schlüssel des Servers, wo keine Stelle das Zertifikat unterschrieben hat, die Geräte kennen
    .arg-tls_key = Eine PEM-Datei mit dem Schlüssel des Zertifikats

sessions = Auflisten, wer im Büro angemeldet ist, oder das beenden

sessions-end = Eine Sitzung oder alle beenden; wer angemeldet war, braucht einen neuen Link
    .after =
        Beispiele:
          kept-server sessions                    # die Kennungen
          kept-server sessions end 3f9a0c11d2e4
          kept-server sessions end Ann            # alle von Ann
          kept-server sessions end --all
    .arg-all = Alle Sitzungen von allen
    .arg-session = Die Kennung der Sitzung, oder wessen Sitzungen

sessions-list = Auflisten, wer im Büro angemeldet ist

sign-in = Einen neuen Link zum Anmelden im Büro ausgeben
    .arg-name = Für wen
