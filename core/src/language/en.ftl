### Every sentence that people read, in English. `de.ftl` has the same keys with the same gaps.
###
### Calm and short, second person, present tense. No codes, no blame, no exclamation marks.
### An error says what happened, that nothing is lost, what to do.
### SPAN($ms) says milliseconds as a duration, SIZE($bytes) bytes as a size, GIVEN($text, before: ": ") what
### may be left out.

## Dates: see dates.rs

weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
date-now = just now
date-in-minutes = in { $count } min
date-ago-minutes = { $count } min ago
date-ago-hours = { $count } h ago
date-ago-days =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
date-span-moment = less than a minute
date-span-minutes = { $count } min
date-span-hours = { $count } h
date-span-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
date-today = today
date-tomorrow = tomorrow
date-yesterday = yesterday
date-near = { $weekday } { $day }
date-this-year = { $day } { $month }
date-far = { $day } { $month } { $year }
date-exact = { $weekday } { $day } { $month } { $year }
date-closes-before = { $day } (by { $end })
date-in-place = { $there } in { $place }
date-elsewhere = { $there } in { $place }, { $here } here
date-elsewhere-until = { $there } in { $place }, until { $here } here
date-clock = { $day }, { $clock }
date-today-morning = this morning
date-today-afternoon = this afternoon
date-word-morning = { $day } morning
date-word-afternoon = { $day } afternoon
date-day-morning = { $day } morning
date-day-afternoon = { $day } afternoon
date-exact-morning = { $day }, morning
date-exact-afternoon = { $day }, afternoon
due-choice = { $due }
due-choice-this-week = This week, by { $due }
due-choice-next-week = Next week, by { $due }

## Things, for the gaps of other sentences

thing-account = customer
thing-colleague = colleague
thing-contact = contact
thing-draft = draft
thing-entry = entry
thing-event = event
thing-promise = promise
thing-somebody = somebody
thing-text = text
thing-usage = observation
thing-visit = visit
thing-person = colleague
count-visits =
    { $count ->
        [one] { $count } visit
       *[other] { $count } visits
    }
count-usages =
    { $count ->
        [one] { $count } observation
       *[other] { $count } observations
    }
count-promises =
    { $count ->
        [one] { $count } promise
       *[other] { $count } promises
    }
count-accounts =
    { $count ->
        [one] { $count } customer
       *[other] { $count } customers
    }
count-others =
    { $count ->
        [one] { $count } other entry
       *[other] { $count } other entries
    }

## Labels, marks and values that the command line and the pages share

account-archived = archived
account-unsettled =
    { $count ->
        [one] { $count } value to settle
       *[other] { $count } values to settle
    }
account-born = born { $day }
account-also-called = also called { $names }
form-organisation = Organisation
form-person = Person
visit-mark-fixed = Fixed
visit-mark-follow-up = To be followed up
visit-mark-good = Good
visit-mark-so-so = Middling
visit-mark-bad = Bad
frequency-choice-each-time = each time
frequency-choice-daily = daily
frequency-choice-weekly = weekly
frequency-choice-monthly = monthly
frequency-choice-seldom = seldom
pain-none = Does not bother them
pain-little = Bothers them a little
pain-much = Bothers them
pain-badly = Bothers them a lot
mood-happy = Happy
mood-so-so = So-so
mood-not-happy = Not happy
cancelled-by-customer = The customer
cancelled-by-us = We ourselves
mark-accepted = Accepted
mark-waiting = Waiting for an answer
mark-counter-offered = Another date offered
mark-late = Late
mark-broken = Broken
mark-not-confirmed = Not confirmed
mark-quiet = No longer counts
level-performer = You deliver
level-promiser = You told the customer
level-pool = You are on call
level-office = The office decides
action-accept = Accept
action-start = Begin
action-fulfil = Done
action-ask = Ask
action-reassign = Ask somebody else
action-name-account = Name the customer
action-communicate = Tell the customer
action-agree = Tell another date
action-propose = Not by then
action-decline = Cannot
action-confirm = Taken care of?
action-resolve = Decide
action-make-right = Make it right
action-write-again = Write it again
action-thank = Thank them
action-dispute = Not as promised
action-cancel = Call it off
action-take-back = Take back
role-owner = owner
role-office = office
role-technician = technician
role-workshop = workshop
role-sales = sales
role-anybody = anybody
usage-use = Observation
usage-need = Need
channel-on-site = On site
channel-call = Call
channel-video = Video call
channel-message = Message
channel-event = Chance meeting
place-fix = { $where }, to about { $accuracy } m, { SPAN($age) } old
place-no-fix = no position found within { $seconds } s
place-not-allowed = not allowed to be found out
visit-nothing-promised = nothing
heading-evidence = Done when there is
heading-hours = Working hours
heading-open-promises = Open promises
heading-reaches = How to reach them
values-unsettled = { $count } values; somebody has to choose
removal-in-question = Removed by one, edited by another
conflicts-none = Nothing waits to be settled.
device-never-heard = Not heard from yet
device-open =
    { $count ->
        [one] { $count } entry waits for the office
       *[other] { $count } entries wait for the office
    }
device-revoked = Shut out
working-time = { $time } of work
telephone-country = Telephone numbers without a country code are read as those of { $country }.
entry-changed = { $name } is changed.
count-more = And { $count } more
quote = “{ $text }”

## Promises: the state

state-kept = Kept
state-open-accepted = Accepted by { $performer }
state-waiting = Waiting for { $performer } since { $since }
state-waiting-pool = Waiting for whoever is free on call for “{ $pool }” since { $since }
state-not-asked = Nobody asked yet
state-counter-offered = { $performer } offers { $due }
state-declined = { $performer } declined
state-fulfilled = Done
state-late-still-to-do = { SPAN($late) } late, still to do
state-late-days =
    { $count ->
        [one] { $count } day late, still to do
       *[other] { $count } days late, still to do
    }
state-late-working-days =
    { $count ->
        [one] { $count } working day late, still to do
       *[other] { $count } working days late, still to do
    }
state-late-no-working-day = Late since the last working day, still to do
state-broken-late = Broken: late
state-broken-missed = Broken: missed
state-broken-found = Broken: the office decided so
state-broken-cancelled = Broken: cancelled by us
state-not-confirmed = Not confirmed: { $owner }’s phone silent since { $since }
state-not-confirmed-never = Not confirmed: { $person }’s phone has not been in contact yet
state-not-confirmed-office = Not confirmed: something from { $person } waits for the office
state-not-confirmed-clock = Not confirmed: clock not trusted
state-disputed = In dispute
state-void = Void
state-not-counted = Does not count. { $why }
parts-here = { $here } of { $of } parts are here; the rest is on its way.
state-retracted = Taken back
state-cancelled = Cancelled

## Promises: the sentence

promise-sentence = { $promiser } promised “{ $deliverable }” to { $account }, due { $due }
performer-line = { $performer } delivers
performer-line-done = { $performer } delivered
performer-line-none = Nobody delivers yet
performer-line-pool = Whoever is free on call for “{ $pool }” delivers

## Reminders: why, and what they are called

remind-no-account = us
remind-nobody = nobody
remind-anybody = whoever is free
remind-half = Half of the time is gone: “{ $deliverable }” for { $account }, due { $due }
remind-still-fine = Still fine? Half of the time is gone: “{ $deliverable }” for { $account }, due { $due }
remind-5-minutes = Five minutes left: “{ $deliverable }” for { $account }, due { $due }
remind-30-minutes = Half an hour left: “{ $deliverable }” for { $account }, due { $due }
remind-2-hours = Two hours left: “{ $deliverable }” for { $account }, due { $due }
remind-start-by = Time to begin: “{ $deliverable }” for { $account }, due { $due }
remind-day-before = One day ahead: “{ $deliverable }” for { $account }, due { $due }
remind-1-day = One day left: “{ $deliverable }” for { $account }, due { $due }
remind-3-days = Three days left: “{ $deliverable }” for { $account }, due { $due }
remind-due = It is time: “{ $deliverable }” for { $account }, due { $due }
remind-late = Late, still to do: “{ $deliverable }” for { $account }, due { $due }
remind-answer = Your answer is missing: “{ $deliverable }” for { $account }, due { $due }
remind-answer-pool = Can you take it? “{ $deliverable }” for { $account }, due { $due }
remind-unassigned = Nobody delivers it yet: “{ $deliverable }” for { $account }, due { $due }
remind-due-with = It is time, and { $performer } delivers: “{ $deliverable }” for { $account }, due { $due }
remind-due-pool = It is time, and whoever is free delivers: “{ $deliverable }” for { $account }, due { $due }
remind-late-with = Late, and { $performer } still has it to do: “{ $deliverable }” for { $account }, due { $due }
remind-late-pool = Late, and nobody on call has taken it: “{ $deliverable }” for { $account }, due { $due }
remind-not-started = Due soon, and { $performer } has not begun: “{ $deliverable }” for { $account }, due { $due }
remind-not-started-pool = Due soon, and nobody on call has begun: “{ $deliverable }” for { $account }, due { $due }
remind-not-sure = Three days left, and { $performer } has neither accepted nor begun: “{ $deliverable }” for { $account }, due { $due }
remind-not-sure-pool = Three days left, and nobody on call has taken it: “{ $deliverable }” for { $account }, due { $due }
remind-not-accepted = No answer from { $performer } yet: “{ $deliverable }” for { $account }, due { $due }
remind-not-accepted-pool = Nobody on call has taken it yet: “{ $deliverable }” for { $account }, due { $due }
remind-declined = { $performer } declined: “{ $deliverable }” for { $account }, due { $due }. Ask somebody else, or tell the customer.
remind-counter-offered = { $performer } offers another date: “{ $deliverable }” for { $account }, due { $due }
remind-pool = Can you take it? “{ $deliverable }” for { $account }, due { $due }; { $performer } has not done it yet
remind-pool-free = Can you take it? “{ $deliverable }” for { $account }, due { $due }, and nobody has done it yet
remind-office = The office decides: “{ $deliverable }” for { $account }, due { $due }; { $performer } has not done it yet
remind-office-pool = The office decides: “{ $deliverable }” for { $account }, due { $due }, and nobody on call has done it yet
remind-office-nobody = The office decides: “{ $deliverable }” for { $account }, due { $due }, and nobody was to deliver it
remind-decide-nobody = Time to decide: nobody is to deliver “{ $deliverable }” for { $account }, due { $due }; half of such promises take as long as is left
remind-decide = Time to decide: { $performer } has not said yes to “{ $deliverable }” for { $account }, due { $due }; half of such promises take as long as is left
remind-decide-pool = Time to decide: nobody on call has taken “{ $deliverable }” for { $account }, due { $due }; half of such promises take as long as is left
remind-renegotiate = Too little time is left for the work: agree on another date.
remind-earlier-passed = An earlier date has passed already and stays owed.
alarm-private = A promise needs you
alarm-private-call = Somebody waits for your call
error-answer-needs-date = Another date needs to be chosen first. Nothing was changed. Open the promise and choose one.
error-answer-needs-proof = The customer is to see more than a call here. Nothing was changed. Open the promise and say how they know that it was done.
error-rung = “{ $rung }” is no reminder of this promise. Nothing was changed. Choose one of those that are listed.
rung-half = half time
rung-still-fine = still fine
rung-5-minutes = 5 minutes before
rung-30-minutes = 30 minutes before
rung-2-hours = 2 hours before
rung-start-by = start by
rung-day-before = the day before
rung-1-day = 1 day before
rung-3-days = 3 days before
rung-due = due
rung-late = late
rung-answer = not accepted
rung-step-in = somebody steps in
rung-decide = decide

## Import: files of contacts that cannot be taken

import-error-empty = This file is empty. Nothing was changed. Export the contacts again and choose the new file.
import-error-file-too-large = This file has { SIZE($bytes) }; Kept reads up to { SIZE($limit) }. Nothing was changed. Export the contacts in smaller parts.
import-error-too-many-cards = This file has more than { $limit } contacts. Nothing was changed. Export the contacts in smaller parts.
import-error-other-kind = This is not a file of contacts. Nothing was changed. Choose the vcf file that the contacts app exported.
import-error-no-cards = There is no contact in this file. Nothing was changed. Choose the vcf file that the contacts app exported.

## Import: contacts that cannot be taken

import-refused-empty = This contact has no name, organisation, e-mail address or phone number. The file is unchanged. Name the contact in the other program and import it again.
import-refused-unfinished = This contact ends in the middle. The file is unchanged. Export it again from the other program and import it again.
import-refused-unreadable = Kept cannot read this contact. The file is unchanged. Enter the contact by hand.
import-refused-too-long = This contact has a name or a list longer than { $limit }. The file is unchanged. Shorten it in the other program and import it again.

## Import: what was left out of a contact that was taken

import-left-out-picture = A picture of { SIZE($bytes) } was not taken; it stays in your file.
import-left-out-not-kept = Kept has no place for this; it stays in your file.
import-left-out-unreadable = This part cannot be read; it stays in your file.
import-left-out-too-long = This part is too long for Kept; it stays in your file.
import-left-out-duplicate = This is in Kept already.
import-left-out-known = “{ $value }” was not taken, for the customer is here already without it. If it is right, enter it by hand.
import-undecoded = Some of this is not written in { $charset }, the character set that it names. It stands here as it came, with the bytes that mean nothing as \xE4.
import-undecoded-undeclared = Some of this is written in a character set that nobody can tell, for it names none. It stands here as it came, with the bytes that mean nothing as \xE4.
import-guessed = This names no character set and was read as Western European. Compare it with your file.
import-also-called = “{ $name }” is a further name; it was taken as one.
import-no-end = This contact lacks its END:VCARD; what stands before the next one was taken.

## Errors: what you asked for

error-not-found = There is no { $what } “{ $id }” on this device. Nothing was changed. Check the spelling, or wait until it arrives.
error-not-an-id = “{ $text }” is no id. Nothing was changed. Copy the whole id.
error-half-character = A character of this text is only half there. Nothing was changed. Take it out and type it again.
error-too-long = “{ $field }” is longer than { $limit } characters. Nothing was changed. Shorten it and try again.
error-zone-unknown = { $variable } says “{ $text }”, which is no time zone. Nothing was written; times are shown in UTC. Set KEPT_ZONE to the zone that you are in, such as Europe/Berlin.
error-zone-rule = TZ says “{ $text }”, a rule for clocks that names no place. Nothing was written; times are shown in UTC. Set KEPT_ZONE to the zone that you are in, such as Europe/Berlin.
error-zone-of-device = This device says that it is in the time zone “{ $text }”, which Kept does not know. Nothing was written; times are shown in UTC. Choose another time zone in the settings of the device.
error-zone-not-told = This device does not say in which time zone it is. Nothing was written; times are shown in UTC. Choose the time zone in the settings of the device.
error-zone-nowhere = This system does not say in which time zone it is. Nothing was written; times are shown in UTC. Set KEPT_ZONE to the zone that you are in, such as Europe/Berlin.
error-time-not-understood = “{ $text }” is not a time that Kept understands, because of “{ $word }”. Nothing was changed. Write “in 30 minutes”, “tomorrow 10:00” or “Friday afternoon”.
error-time-vague = “{ $text }” is not a time that Kept understands: “{ $word }” leaves open when. Nothing was changed. Write a day or a time that a promise can be measured by, such as “tomorrow 10:00” or “Friday afternoon”.
error-time-either = Kept understands “{ $word }” as { $one } or as { $other }. Nothing was changed. Write which of the two.
error-time-contradiction = “{ $text }” is not a time that Kept understands: its parts do not go together, or the calendar has no such day. Nothing was changed. Write “in 30 minutes”, “tomorrow 10:00” or “Friday afternoon”.
error-time-unfinished = “{ $text }” is not a time that Kept understands: it names neither a day nor a time. Nothing was changed. Write “in 30 minutes”, “tomorrow 10:00” or “Friday afternoon”.
error-unexpected = Something went wrong that Kept did not expect. What was saved is still here. Try again; if it returns, show this to your office: “{ $reason }”.

## Errors: the notebook on this device

error-busy = Another program uses this notebook. What was saved is still here. Close it and try again.
error-under-way = A synchronisation of this notebook is under way already. Nothing is lost: it sends what is written meanwhile as well.
error-closed = This notebook was closed. What was saved is still here. Open it again.
error-disk-full = This device is full. What was saved is still here. Free some space and try again.
error-file-limit = Files may not grow any further here: a limit of this account or of the file system is reached. What was saved is still here. Raise the limit and try again.
error-disk = The disk of this device is full, or it fails: { $reason }. Free some space and try again. If it stays so, copy the folder of this notebook to another disk.
error-read-only = Kept may not write to { $path }. What was saved is still here. Choose another folder or allow writing there.
error-server-folder = The folder { $path } belongs to a Kept server, and a notebook needs a folder of its own. Nothing was changed. Choose another one.
error-read-only-notebook = Kept may not write to this notebook. What was saved is still here. Allow writing to its folder and to every file in it.
error-newer-database = This notebook was written by a newer version of Kept. Nothing is lost. Update Kept on this device.
error-key-missing = The key to this notebook is not on this device. The notebook is untouched. Restore the key, or begin anew with an invitation: the old notebook stays here.
error-wrong-key = The key to this notebook does not open its file: it is another key, or the file is damaged. Nothing was changed. Restore the one that fits from a copy of the folder, or begin anew with an invitation: the old notebook stays here.
error-database-gone = The file { $path } of this notebook is gone; only its key is still here. Nothing was changed. Restore the file from a copy, or begin anew without it.
error-damaged = The file of this notebook is damaged: { $reason }. Something of it may be lost; what was sent is on the server. Copy its folder before you do anything else, and show it to your office.
error-database = The database of this notebook failed: { $reason }. Try again. If it returns, copy its folder and ask your office, for its file may be damaged.
error-key-locked = The key to this notebook is locked as long as this device is. Nothing was changed. Unlock the device and try again.
error-keystore = This device did not hand out the key to this notebook. Nothing was changed. Try again; if it stays so, unlock or restart the device.
error-notebook-sound = This notebook opens, and its file is in order. Nothing was changed. Go on using it.
remedy-free-space = Free some space
remedy-allow-writing = Allow writing here
remedy-unlock = Unlock this device
remedy-restore-key = Restore the key from a copy
remedy-restore-file = Restore the file from a copy
remedy-begin-anew = Begin anew and keep the old notebook
remedy-update = Update Kept
remedy-try-again = Try again
remedy-choose-folder = Choose another folder
remedy-ask-office = Ask your office
error-needs-join = This notebook belongs to no company yet, and this needs one, as every promise does. Nothing of this was written. Join with an invitation first; visits without a promise can be logged now.

## Errors: the server

error-offline = The server is out of reach: { $why }{ GIVEN($detail, before: " (", after: ")") }. Everything is saved on this device; the next synchronisation sends it.
error-offline-partly =
    { $sent ->
        [one] { $sent } entry was sent
       *[other] { $sent } entries were sent
    }, { $unsent ->
        [one] { $unsent } waits
       *[other] { $unsent } wait
    } on this device for the next synchronisation. The server was out of reach then: { $why }{ GIVEN($detail, before: " (", after: ")") }.
error-proxy = This names no proxy. Nothing was changed. Write it as http://host:port, with name:password@ before the host where it asks for them.
outage-name = its name was not found
outage-unreachable = there is no connection to it
outage-cut = the connection broke off
outage-silent = nothing was heard for too long
outage-untrusted = the certificate that it shows is not trusted; ask your office for the certificate of its server, and give it with --certificate
outage-clock = by the clock of this device the certificate that it shows is not valid; check date and time
outage-foreign = something else answers, such as the sign-in page of a network or a proxy
outage-proxy = the proxy does not let this through
outage-unavailable = it cannot do this now
outage-too-large = something on the way takes no message as large as this
outage-garbled = a message was damaged on the way
outage-unusable = its answer cannot be used
outage-setup = its address, certificate or proxy cannot be used
outage-disk = this device has no room, or may not write
error-signed-out = This device is signed out. Everything is saved here, and is sent when your office lets you in again. With a new invitation you join in another folder.
error-insecure = The connection to this server is not secure, so nothing was sent. Everything is saved on this device. Ask your office to check the server.
error-invite-expired = This invitation has expired. Nothing is lost. Ask your office for a new one.
error-invite-used = This invitation has been used already. Nothing is lost. Ask your office for a new one.
error-invite-wrong = This invitation does not fit. Nothing is lost. Copy it once more, or ask your office for a new one.

## Status: sending

status-all-sent =
    Everything is sent.{ $drafts ->
        [0] { "" }
        [one] { " " }{ $drafts } draft is only here.
       *[other] { " " }{ $drafts } drafts are only here.
    }
status-nothing-waits =
    Nothing waits to be sent.{ $drafts ->
        [0] { "" }
        [one] { " " }{ $drafts } draft is only here.
       *[other] { " " }{ $drafts } drafts are only here.
    }
status-last-contact = Last contact with the server: { $when }
status-never-in-contact = This device has not been in contact with the server yet.
status-outage = The server is out of reach since { $since }: { $why }{ GIVEN($detail, before: " (", after: ")") }. Each synchronisation tries again.

## Status: what is not in order

status-not-counted =
    { $count ->
        [one] { $count } entry does not count, though everybody who may see it has it.
       *[other] { $count } entries do not count, though everybody who may see them has them.
    }
status-quarantined =
    { $count ->
        [one] { $count } entry cannot be read. It is kept as it is, and the rest is in order.
       *[other] { $count } entries cannot be read. They are kept as they are, and the rest is in order.
    }
status-set-aside =
    { $count ->
        [one] { $count } change is kept and not shown. The rest of its entry is in order.
       *[other] { $count } changes are kept and not shown. The rest of their entries is in order.
    }
status-arriving =
    { $count ->
        [one] { $count } entry is still arriving.
       *[other] { $count } entries are still arriving.
    }
status-forked = This notebook was copied from another device. Nothing is lost. Let it go on as a new device, so that both can be told apart.
status-signed-out = The server does not let this device in any more. What is here stays here; it is sent when your office lets you in again.
status-clock-off = The clock of this device is off by { SPAN($offset) }. Your work is saved; set the clock so that its times count.
status-zone = Times are typed and shown in the zone { $zone }, { $from }.
zone-from-setting = as KEPT_ZONE says
zone-from-variable = as TZ says
zone-from-localtime-link = to which /etc/localtime leads
zone-from-localtime-copy = of which /etc/localtime is a copy
zone-from-timezone-file = as /etc/timezone says
zone-from-system = as the system says
zone-from-host = as this device says
status-clock-unknown = The clock of this device has not been compared with the server since it started. Your work is saved.
status-clock-replaced = This app cannot give Kept a clock or time zone: “{ $reason }”. Your work is saved with those of the system. If this stays, show it to your office.
clock-behind = The clock of this device is at least { SPAN($behind) } behind: { $passed } has passed already. Your work is saved; its times are marked as not trusted. Set date and time of the device.
clock-behind-due = The date rests on a clock that is behind: { $due } has passed already. Name it again once the clock is right.

## Errors: what cannot be entered so

error-empty = “{ $field }” is empty. Nothing was changed. Fill it in and try again.
error-too-many = “{ $field }” has more than { $limit } entries. Nothing was changed. Leave some out and try again.
error-too-many-asked = No more than { $limit } entries can be asked for at once. Nothing was changed. Ask for them in parts.
error-pain = How much it bothers is 0, 1, 2 or 3. Nothing was changed. Choose one of these.
error-place = This position is not on the globe. Nothing was changed. Leave it out, or give degrees from -90 to 90 north and from -180 to 180 east.
error-left-before-arrived = The time of leaving is before the time of coming. Nothing was changed. Correct one of them and try again.
error-promised-something = It says that nothing was promised, and promises something. Nothing was changed. Leave out one of them and try again.
error-empty-observation = This observation says nothing. Nothing was changed. Write what the customer does or needs.
error-too-many-events = No more than { $limit } events fit into one entry. Nothing was changed. Make a new entry and go on there.
error-too-many-events-of-one = One person writes no more than { $limit } events into one entry, so that room is left for the others. Nothing was changed. Make a new entry and go on there, or let a colleague write it.
error-entry-too-large = This is too much for one entry. Nothing was changed. Divide it and try again.
error-too-much-at-once = This changes too much of one entry at once. Nothing was changed. Change its text in several steps.
error-rewritten-too-often = So much of this entry was written and taken away that it cannot grow further. Nothing was changed. Make a new entry and go on there.
error-in-the-future = That lies in the future. Nothing was changed. Check the time.
error-due-passed = The date has passed already: { $due }. Nothing was changed. Choose a later date.
error-nobody-to-ask = Nobody delivers this yet. Nothing was changed. Name who is to be asked.
error-done-already = It is done already. Nothing was changed. Look at it again, or make a new promise.
error-dispute-not-open = Nobody has to decide this dispute any more: it is decided, was taken back, or a later one waits. Nothing was changed. Look at the promise again, and decide what is open there.
error-archive-promise = A promise is not archived: within a day whoever made it takes it back, later it is called off. Nothing was changed. Call it off, with the reason.
undoable = { $kind }{ GIVEN($title, before: " “", after: "”") }{ $more ->
        [0] { "" }
        [one] { " " }and { $more } more entry
       *[other] { " " }and { $more } more entries
    }
error-no-way-out = This cannot be done with what was written: it is still to be sent, the office may still take it, or the server would refuse it again. Nothing was changed. Look at its status again.
error-changed-meanwhile = Somebody else wrote “{ $field }” since it was shown here{ GIVEN($now, before: ": ") }. Nothing was changed, and what you wrote is still on the screen. Look at both, and save what shall stand.
error-undo-at-office = This waits for the office, or the server did not take it. Nothing was changed. The status says what waits, and why.
error-too-late-to-undo = This was written more than 24 hours ago. Nothing was changed. Correct it instead, or archive it.
error-undo-handbook = The company’s agreements are not taken back. Nothing was changed. Change them to what they were.
error-undo-unreadable = Something of this cannot be read here. Nothing was changed. Correct it by hand.
draft-title = { $kind }{ GIVEN($account, before: " “", after: "”") }
draft-unreadable = A draft of a newer version, which can go on with it
error-draft-logged = This is logged already. Nothing was changed. Look at what was logged, and correct it there.
error-draft-too-large = This draft is larger than { SIZE($limit) }. What was saved of it before is still here. Shorten it, or divide it.
error-draft-unreadable = A newer version wrote this draft. It is still here. Update this program to go on with it.
error-two-customers = This names a customer and describes a new one. Nothing was changed, and the draft is still here. Keep one of them.
error-not-counted = This promise does not count. { $why } Nothing was changed. Write it again.
error-counts-already = This promise counts, and so there is nothing to write again. Nothing was changed.
error-written-again = This promise was written again already, as { $id }. Nothing was changed. Look at that one.
error-not-broken = This promise is not broken, and so there is nothing to make right. Nothing was changed. Look at it again.
error-made-right = Another promise makes this one right already, { $id }. Nothing was changed. Go on with that one.
error-not-allowed = { $why } Nothing was changed.
error-not-for-others = This cannot be written for somebody else. Nothing was changed.
error-ambiguous = “{ $text }” fits several: { $known }. Nothing was changed. Write more of the name, or the id.
error-no-such-choice = There is no choice { $choice } here. Nothing was changed. Choose one of those that are listed.
error-conflict-changed = What “{ $id }” names was settled or has changed meanwhile. Nothing was changed. Look at the list again.
error-not-written-yet = Nothing of this was there yet at that moment. It begins { $when }. Choose a later moment.
error-already-joined = This notebook belongs to { $organisation } already. Nothing was changed. Choose another folder to join another company.
error-other-company = This notebook belongs to { $organisation }, and the invitation is for another company. Nothing was changed. Ask your own office for an invitation, or begin a new notebook.
error-other-person = This notebook is the one of { $name }, and the invitation is for somebody else. Nothing was changed. Ask your office for an invitation for { $name }, or begin a new notebook.
error-not-copied = No other copy of this notebook is known. Nothing was changed. It can go on as it is.
error-renewal-stopped = It took too long or was stopped. Nothing is lost. Try again.

## Errors: the invitation and the server

error-invite-link = This is not an invitation of Kept. Nothing was sent. Copy the whole link, which begins with “kept://”.
error-invite-newer = This invitation is made for a newer version of Kept. Nothing was sent. Update Kept on this device.
error-join-stopped = Joining took too long or was stopped. Nothing was changed here. The invitation still works on this device: try again.
error-device-name = The name of a device has 1 to { $limit } characters, on one line and without control characters. Nothing was sent. Choose another name and try again.
error-push-address = The address for waking this device has at most { $limit } bytes and no blanks. Nothing was changed. Ask the push service for it again.
error-version = Kept on this device and Kept on the server are too far apart in age. Everything is saved on this device. Update the older one.
error-server-setup = The server’s address or certificate cannot be used ({ $reason }). Everything is saved on this device. Ask your office for both.

## Promises: what happened

event-made = promised “{ $deliverable }”, due { $due }
event-communicated = told the customer
event-asked = asked { $person }
event-accepted = accepted
event-declined = declined{ GIVEN($reason, before: ": ") }
event-terms-proposed = offered { $due }{ GIVEN($reason, before: ": ") }
event-terms-agreed = told the customer another date: { $due }
event-reassigned = gave it to { $performer }{ GIVEN($reason, before: ": ") }
event-reassigned-pool = gave it to whoever is free on call for “{ $pool }”{ GIVEN($reason, before: ": ") }
event-reassigned-nobody = took it from whoever had it{ GIVEN($reason, before: ": ") }
event-started = began
event-fulfilled = did it ({ $when })
event-customer-confirmed = wrote down what the customer says
event-disputed = wrote down a dispute: “{ $words }”
event-found-kept = decided that it was kept{ GIVEN($reason, before: ": ") }
event-found-broken = decided that it was broken{ GIVEN($reason, before: ": ") }
event-found-void = decided that it does not count{ GIVEN($reason, before: ": ") }
event-cancelled = cancelled{ GIVEN($reason, before: ": ") }
event-retracted = took an event back
event-thanked = thanked { $person }
event-reminder-acked = saw the reminder
event-account-named = named the customer{ GIVEN($account, before: ": ") }
event-archived = archived it
event-restored = brought it back
event-unknown = did something that only a newer version of Kept knows

## Promises: what to notice, what comes next

event-for = for { $person }
event-recorded = recorded { $when }
event-proof = with { $proof }
event-proof-noted = with { $proof }: “{ $note }”
event-taken-back = taken back
event-not-allowed = does not count: { $why }
flag-conflicting-dates = Two dates were told; the earlier binds until one is agreed
flag-two-took-it = Two people took it
flag-promised-without-asking = Promised without asking first
flag-nobody-asked = The customer was told, and nobody was asked
flag-no-room =
    { $count ->
        [one] { $count } event found no room here and does not count
       *[other] { $count } events found no room here and do not count
    }{ GIVEN($name, before: "; most of them by ") }
flag-performer-left = { $name } does not work here any more: give it to somebody else
flag-without-proof = Said done, without the proof that this kind asks for
flag-corrected = Corrected: { $when }
flag-no-longer-missed = Corrected ({ $when }): { $device } ({ $owner }) spoke after a long silence and may still hold the proof
next-write-again = Next: whoever stands by it writes it again
next-written-again = It was written again; that one counts
next-nobody = Nothing is left to do
next-make-right = Next: { $promiser } makes it right
next-made-right = Another promise makes it right
next-office = The office decides the dispute
next-reassign = Next: { $promiser } finds somebody else or another date
next-agree = Next: { $promiser } asks the customer, then agrees
next-name = Next: { $promiser } names who delivers
next-ask = Next: { $promiser } asks { $performer }
next-ask-pool = Next: { $promiser } asks whoever is free on call for “{ $pool }”
next-deliver = Next: { $performer } does it and says so here
next-answer = Next: { $performer } answers
next-answer-pool = Next: whoever is free on call for “{ $pool }” answers
link-makes-right = Makes right “{ $deliverable }”, due { $due }
link-makes-right-elsewhere = Makes right a promise that is not here
link-made-right-by = Made right by “{ $deliverable }”, due { $due }
tell-stands = { $performer } accepted. Tell { $account } that the date stands: { $due }
tell-offer = { $performer } offers { $due }{ GIVEN($reason, before: " (“", after: "”)") }. Ask the customer, then agree
tell-declined = { $performer } declined{ GIVEN($reason, before: " (“", after: "”)") }. Find somebody else, or tell { $account } another date
tell-customer = the customer

## Promises: what does not count

not-allowed-author-arriving = It is not known here yet who wrote it.
not-allowed-not-a-colleague = Whoever wrote it did not work here then.
not-allowed-out-of-order = It does not fit into the order of what happened.
not-allowed-not-first = A promise begins only once.
not-allowed-promise-unseen = It was written without knowing the promise.
not-allowed-not-involved = Only whoever promised or delivers, the office and the owner may do this.
not-allowed-not-promiser = Only whoever promised, the office and the owner may do this.
not-allowed-not-promiser-or-performer = Only whoever promised or delivers may do this.
not-allowed-not-performer = Only whoever is to deliver may do this.
not-allowed-never-performer = Only whoever promised, delivers or was to deliver may do this.
not-allowed-not-office = Only the office and the owner may do this.
not-allowed-for-somebody-else = Only the office and the owner may write this for somebody else.
not-allowed-not-theirs = The person for whom it was written was not to deliver then.
not-allowed-not-the-author = Only whoever wrote it can take it back.
not-allowed-too-late-to-retract = It can be taken back within 24 hours only.
not-allowed-promise-not-counted = The promise itself does not count.
not-allowed-date-unreadable = Its date cannot be read here.
not-allowed-no-room = There is no room for it: so many events are counted of one entry, and of one person a quarter of them.
not-allowed-nothing-to-retract = What it takes back was not known where it was written.

## Promises: what each event did

effect-taken-back = does not count: its author took it back
effect-unknown = is kept; only a newer version of Kept knows what it means
effect-noted = is noted and changes nothing
effect-date-binds = its date binds
effect-date-steers-work = its date steers the work; an earlier one had passed and stays owed
effect-date-stays-owed = its date passed without being replaced in time and stays owed
effect-date-replaced = its date was replaced by a later one
effect-date-after-deed = was told after it was done: the outcome stays
effect-date-conflicts = its date stands beside an earlier one, told without knowing of this
effect-lead-starts = how long it takes counts from here
effect-asks = waits for an answer
effect-ask-answered = was answered, or is about another date or person
effect-word-counts = is the word that counts
effect-word-replaced = gave way to another word of the same person
effect-word-on-other-date = is about a date that is not the present one
effect-word-of-another = is not of whoever is to deliver, or was said before they were
effect-assigns = names who is to deliver
effect-assignment-replaced = was replaced: somebody else was named later
effect-takes-it = takes it on
effect-took-it-too = took it as well; somebody else has it
effect-leaves-it = leaves it to the others on call
effect-begins = work began; that is no answer yet
effect-proof-counts = is the proof that counts
effect-proof-beside = is a proof beside an earlier one
effect-calls-off = calls it off before the owed date
effect-calls-off-late = calls it off after the owed date: the outcome stays
effect-calls-off-nothing = changes nothing: it was called off or done before
effect-disputes = waits for a decision of the office
effect-dispute-settled = was settled
effect-decides = decides the outcome
effect-finds-beside = stands beside another decision that holds or contradicts
effect-finding-replaced = was replaced by a later decision, or settles no dispute
effect-takes-back = takes an event back
effect-names-customer = names the customer
effect-customer-replaced = was replaced: the customer was named again later

## Promises: the rule that matched

outcome-rule-found = The office decided.
outcome-rule-not-counted = The promise itself does not count, for whoever wrote it was not allowed to; nothing is measured.
outcome-rule-retracted = The promise itself was taken back as a mistake.
outcome-rule-cancelled-with-customer = Called off by the customer or with their agreement, before it was done and before the owed date had passed.
outcome-rule-cancelled-by-us = Called off by us without the customer, before it was done and before the owed date had passed.
outcome-rule-done-in-time = Done by the owed date.
outcome-rule-done-late = Done after the owed date.
outcome-rule-missed = The owed date has passed, and everybody who could have done it was heard from.
outcome-rule-not-heard = The owed date has passed, and somebody who could have done it was not heard from since.
outcome-rule-clock-not-trusted = It would be broken, and rests on a clock that was not compared with the server’s.
outcome-rule-still-time = There is still time: the owed date, grace included, has not passed.
work-rule-not-counted = The promise itself does not count: whoever stands by it writes it again.
work-rule-retracted = The promise itself was taken back: nothing is left to do.
work-rule-disputed = A dispute waits for a decision, or decisions contradict each other.
work-rule-settled = The office decided that nothing is left to do.
work-rule-fulfilled = It was done, and not called off before.
work-rule-cancelled = It was called off.
work-rule-word = Whoever is to deliver has given their word.
work-rule-asked = Whoever is to deliver was asked and has not answered.
work-rule-not-asked = Nobody was asked about the present date.

## Status: what is on this device

unsent-entries =
    Only on this device: { ENTRIES($visits, $usages, $promises, $accounts, $others) }. The next synchronisation sends it.{ $drafts ->
        [0] { "" }
        [one] { " " }{ $drafts } draft is only here.
       *[other] { " " }{ $drafts } drafts are only here.
    }
unsent-entries-stay =
    Only on this device: { ENTRIES($visits, $usages, $promises, $accounts, $others) }. Nothing of it is sent, for this device is signed out.{ $drafts ->
        [0] { "" }
        [one] { " " }{ $drafts } draft is only here.
       *[other] { " " }{ $drafts } drafts are only here.
    }
unsent-entries-local =
    Only on this device: { ENTRIES($visits, $usages, $promises, $accounts, $others) }. It is sent once you have joined a company.{ $drafts ->
        [0] { "" }
        [one] { " " }{ $drafts } draft is only here.
       *[other] { " " }{ $drafts } drafts are only here.
    }
status-held-groups =
    { $count ->
        [one] { $count } entry waits for the office, which decides. It is safe here.
       *[other] { $count } entries wait for the office, which decides. They are safe here.
    }
status-refused-groups =
    { $count ->
        [one] The server did not take { $count } entry. It is safe here; its reason stands below.
       *[other] The server did not take { $count } entries. They are safe here; their reasons stand below.
    }
status-withdrawn =
    { $count ->
        [one] { $count } entry was withdrawn: it is only on this device.
       *[other] { $count } entries were withdrawn: they are only on this device.
    }
status-unknown-rows =
    { $count ->
        [one] { $count } message comes from a newer version of Kept. Update Kept on this device.
       *[other] { $count } messages come from a newer version of Kept. Update Kept on this device.
    }
status-differs = What is here adds up to something else than on the server. Nothing is lost. Show this to your office.

## Why the server holds or refuses an entry

reason-too-large = it is larger than the server takes
reason-malformed = the server cannot read it
reason-actor = it is signed by another device
reason-sequence = another device has written in its place
reason-depends-refused = it builds on an entry that the server did not take
reason-place = the server knows this document otherwise
reason-may-not-write = you may not write there any more; the office decides
reason-depends-held = it builds on an entry that waits for the office
reason-too-many-operations = it changes more at once than the server takes
reason-too-much-held = too much of yours waits for the office already; the office decides about that first
reason-other = for a reason that a newer version of Kept knows

## Why a change is not shown

aside-unbounded = it would grow far larger than an entry may be
aside-malformed = it cannot be read
aside-numbers = it leaves no room for what comes after it
aside-document = with it the entry would grow larger than it may be
aside-depends-on = it builds on a change that is not shown

## Conflicts: what waits to be settled

conflict-name = The customer has two names
conflict-child-name = Two names for one
conflict-phone = Two telephone numbers for one
conflict-email = Two e-mail addresses for one
conflict-address = Two postal addresses for one
conflict-web = Two web pages for one
conflict-need = Two answers to how soon they need “{ $kind }”
conflict-site-address = Two addresses for “{ $site }”
conflict-help = How else to help
conflict-notes = A sentence of the notes
conflict-notes-was = A sentence of the notes, “{ $was }” before
conflict-said = A sentence of what was said
conflict-said-was = A sentence of what was said, “{ $was }” before
conflict-put-away = Archived while somebody else went on with it
conflict-removal = “{ $name }” was removed while somebody else changed it
conflict-dates = The customer was told two dates; the earlier binds until somebody settles it
conflict-dates-passed = The customer was told two dates and both have passed; tell them a new one
conflict-takers = Two took the same promise
conflict-findings = The dispute has two decisions
stance-value = “{ $value }”
stance-deleted = deleted it
stance-need = said: within { LEAD($need) }
stance-took-away = removed it
stance-went-on = went on with it
stance-told = told the customer { $due }
stance-took = took it
stance-found = decided: { $finding }
finding-kept = kept
finding-broken = broken
finding-void = does not count
settle-value = “{ $value }” holds
settle-all = All of them stand
settle-delete = It goes
settle-need = Within { LEAD($need) } holds
settle-keep = It stays
settle-remove = It goes
settle-take-out = It stays in use
settle-put-away = It is archived
settle-date = { $due } holds
settle-performer = { $person } delivers
settle-finding = Decided: { $finding }

## History: a document as it was

past-value = { $value }
past-need = within { LEAD($need) }
past-instant = { $when }
past-removed = removed
past-event = something happened to it
past-member-removed = { $value }, removed
past-pain = { $pain } of 3
past-yes = yes
past-was = As it was { $when }
past-known = As the server had it { $when }
past-later =
    { $count ->
        [one] { $count } later change is left out.
       *[other] { $count } later changes are left out.
    }
past-nothing-later = Nothing was changed since.
field-account = Customer
field-also-called = Also called
field-birthday = Birthday
field-fact = { $field }: { $value }
field-title = Title
field-event = What happened
field-name = Name
field-form = Form
field-source = Source
field-notes = Notes
field-uses = What they use it for
field-must-not-fail = What must never fail
field-need = Needs { $kind }
field-channel = How
field-happened-at = When
field-planned-at = Planned for
field-arrived-at = Came
field-left-at = Left
field-place = Where it was
field-nothing-promised = Promised
field-said = What was said
field-means = What it means
field-help = How else to help
field-product = Product
field-drafts = Drafts
field-step = Step
field-doing = What they were doing
field-workaround = How they help themselves
field-frequency = How often
field-pain = How much it bothers
field-quantity = How much of it
field-quote = Their words
field-consent = May be quoted
field-reach = Number or address
field-reach-label = What it is for
field-contact = Contact
field-contact-role = What they do
field-site = Place
field-site-address = Where it is
field-asset = Machine
field-asset-serial = Serial number
field-tag = Label
field-mark = Mark
field-theme = Theme
field-file = File
field-absent = Days without work
field-address = Address
field-assets = Machines
field-closed = Holidays
field-contacts = Contacts
field-criterion = What they will see
field-deliverable = What is promised
field-effort = Usual effort
field-email = E-mail
field-evidence = Proof
field-files = Files
field-grace = Grace
field-id = Id
field-key = Key
field-kind = Kind
field-kinds = Kinds of promises
field-label = What it is called
field-lead = Needs within
field-level = What the date rests on
field-marks = Marks
field-needs = How soon they need it
field-phone = Phone
field-phones = Phones
field-reaches = Numbers and addresses
field-reason = Why
field-role = What they do
field-serial = Serial number
field-sites = Sites
field-tags = Labels
field-text = Text
field-themes = Themes
field-value = Number or address
field-web = Web
field-wins = What helps me
field-words = Their words
field-other = Something else
history-intact =
    { $count ->
        [one] The history is intact: { $count } change
       *[other] The history is intact: { $count } changes
    }, { $receipts } with the server’s receipt{ $unsent ->
        [0] { "" }
       *[other] , { $unsent } not on the server yet
    }.
history-wrong-actor = The change { $change } was written by somebody else than is noted beside it.
history-wrong-hash = The change { $change } is not what it was when it was written.
history-unreadable = The change { $change } cannot be read.
history-missing = The change { $change } is missing, and others build upon it.
history-two-beginnings = The document begins more than once.
history-gap = Changes by one device are missing in between ({ $actor }).
history-does-not-fit = The changes do not fit together ({ $reason }).

## Command line

cli-waiting = Another program uses this notebook. Waiting for it …
cli-unsaved-line = Not saved:
cli-unsaved-command = Not saved. To try again:
cli-line = Line { $number }
cli-me = you
cli-unsent = not sent
cli-pain = bothers { $pain } of 3
cli-left = has left
cli-given-by = { $name }, { $when }
cli-created = Written down by { $name }, { $when }
cli-settled = Settled: { $what }.
cli-drafts-none = There are no drafts.
cli-draft-logged = The draft is logged.
cli-draft-logged-before = The draft was logged before.
cli-draft-dropped = The draft is gone.
cli-corrected = Corrected.
cli-nothing-to-correct = Nothing to correct was given. Nothing was changed. `kept correct --help` shows what can be corrected.
cli-not-corrected-so = This is not corrected so: visits and observations have fields of their own, customers are changed with `kept account edit`, promises with `kept promise`. Nothing was changed. `kept show` says what it is.
cli-head-withdrawn = Withdrawn
cli-unsent-again = It was written anew, and is sent by the next `kept sync`.
cli-unsent-withdrawn = It is withdrawn, and stays on this device.
cli-unsent-back = It is back where it was.
cli-unsent-exported = The file is written.
cli-unsent-ways = Ways out: { $flags }
cli-unsent-hint = `kept unsent` has the ways out of what waits for the office or was refused.
cli-forked-hint = `kept join --as-new-device` lets it go on.
cli-undone =
    { $count ->
        [one] Taken back: { $count } entry.
       *[other] Taken back: { $count } entries.
    }
cli-undone-before = This was taken back already.
cli-undone-nothing = There is nothing left to take back.
cli-undone-left = Stays, for somebody else wrote it since: { $field }{ GIVEN($value, before: ": ") }
cli-undoable-none = Nothing of the last 24 hours can be taken back here.
cli-undoable-until = until { $until }
cli-head-team = Team
cli-head-teams = Teams
cli-head-pools = On call for
cli-head-role = Role
cli-head-nothing = { "" }
cli-head-unsent = Not on the server
cli-head-devices = Last contact per device
cli-head-scopes = What was read
cli-head-clock = Clock
cli-need-form = “{ $text }” is not understood. Nothing was changed. Write callback=2h or delivery=5d.
cli-spoken-too-late = Said last as “{ $words }”: { $told }. It is measured against a date that was told as well and stays owed: { $due }.
cli-spoken = Said as “{ $words }”; it is measured against { $due }.
cli-criterion = Done when the customer says: “{ $criterion }”
cli-today-not-counted = Does not count; `kept promise again` writes it again
cli-today-late = Late, still to do
cli-today-due = Due today
cli-today-asked = Asked of you
cli-today-tell = To tell the customer
cli-today-later = Later
cli-today-nothing = Nothing is due, and nobody waits for you. `kept promise make` writes down the next promise.
cli-mine-nothing = You hold no promise. `kept promise make` writes one down.
cli-mine-counts =
    { $open } open{ $overdue ->
        [0] { "" }
       *[other] , { $overdue } late
    }{ $today ->
        [0] { "" }
       *[other] , { $today } due today
    }{ $asked ->
        [0] { "" }
       *[other] , { $asked } waiting for your word
    }. You deliver { $performing }{ $promised ->
        [0] { "" }
       *[other] , and told customers { $promised }
    }{ $untold ->
        [0] { "" }
       *[other] ; { $untold } still to be told
    }.
cli-mine-due = due { $due }
cli-mine-rings = What rings next
cli-reminders-none = Nothing rings in this time. `kept reminders --within 30d` looks further ahead.
cli-reminders-none-of = Nothing of this promise rings you. Nothing was changed. `kept reminders` shows what does.
cli-reminders-seen = Seen. Your other devices stay silent.
cli-reminders-watching = Watching; this rings as reminders come. Ctrl-C ends it.
cli-reminders-why = What and why
cli-reminders-rung = Reminder
cli-no-accounts = No customer is here yet. `kept account add NAME` writes one down, `kept account import FILE` takes a file of contacts.
cli-accounts-elsewhere = Customers are here, and none in this part of the list. `kept account list --archived` shows the archived ones as well.
cli-no-promises = No promise is here. `kept promise make CUSTOMER WHAT --due WHEN` writes one down.
cli-no-colleagues = Nobody is here yet. `kept join LINK` brings the colleagues of your company.
cli-nothing-found = Nothing has all these words. Write fewer, or only how they begin.
cli-account-added = Customer added:
cli-put-away = { $name } is archived. `kept account restore` brings it back.
cli-taken-out = { $name } is back.
cli-visit-logged = Visit logged:
cli-observed = Observation written down:
cli-written-again = Written again:
cli-written-again-by = Written again as
cli-writes-again = Writes again
cli-promise-actions = You can: { $actions }
cli-promise-call = To call: { $name }, { $number }
cli-right-how = `kept promise right { $id } --due WHEN` promises to make it right.
cli-right-made = Promised to make it right:
cli-promised = Promise made:
cli-card = Contact { $number }
cli-card-added = added
cli-card-known = is here already
cli-imported = { $added } added, { $known } here already, { $refused } not taken.
cli-imported-differing =
    { $count ->
        [one] { $count } contact says something that its customer does not. Nothing of it was taken; enter by hand what holds.
       *[other] { $count } contacts say something that their customers do not. Nothing of it was taken; enter by hand what holds.
    }
cli-card-joined = added as a contact of { $account }, which is here
cli-card-founded = added as a contact of { $account }, a new customer
cli-card-known-at = is here already, as a contact of { $account }
cli-imported-contacts =
    { $contacts ->
        [one] 1 of them is a contact of a firm
       *[other] { $contacts } of them are contacts of firms
    }; { $accounts ->
        [0] no customer is new.
        [one] 1 new customer in all.
       *[other] { $accounts } new customers in all.
    }
cli-imported-undecoded =
    { $count ->
        [one] 1 contact has
       *[other] { $count } contacts have
    } text that cannot be read in its character set; it stands as it came.
cli-likely-same = Likely the same as { $name } ({ $id }), entered twice. Compare the two.
cli-likely-same-as = likely the same as { $ids }
cli-anyway-question = { $reason } Do it anyway? [y/N]
cli-anyway-refused = { $reason } Nothing was changed. Say --anyway to do it nevertheless.
cli-double-account = { $name } is here already ({ $id }), and this says nothing that tells them apart.
cli-double-promise = The same is promised already ({ $id }): { $promise }
cli-archive-open =
    { $name } has { $count ->
        [one] 1 open promise.
       *[other] { $count } open promises.
    }
cli-empty-visit = This visit says nothing: no words, no mark, nothing observed and nothing promised.
cli-empty-visit-line = This visit says nothing: no words, no mark, nothing observed and nothing promised. With "anyway": true it is logged nevertheless.
cli-visit-understood = { $channel }: { $names }, { $when }.
cli-telephone-no-country = Telephone numbers without a country code are of no known country: the zone { $zone } is in none. `kept handbook hours --zone` says where the company is.
office-likely-same = Likely the same as { $name }, entered twice
office-likely-same-short = Likely entered twice
office-telephone-no-country = Telephone numbers without a country code are of no known country.
field-author = Written by
cli-importing = Importing
cli-joining = Joining
cli-joined = Welcome, { $name }. This notebook belongs to { $organisation }. `kept sync` sends what you wrote before and fetches the rest.
cli-join-offline = This notebook has not joined, for the server is out of reach: { $why }{ GIVEN($detail, before: " (", after: ")") }. Everything is saved on this device. Join again with the same link when the server can be reached; if it has expired by then, ask your office for a new one.
cli-exchanging = Synchronising
cli-synced = Sent { $sent }, received { $received }.
cli-lacking =
    { $count ->
        [one] The server lacks what { $count } entry builds on, though it was sent again. It waits here for the next time.
       *[other] The server lacks what { $count } entries build on, though it was sent again. They wait here for the next time.
    }
cli-refused-see-status =
    { $count ->
        [one] The server did not take { $count } entry. It is safe here; `kept status` says why.
       *[other] The server did not take { $count } entries. They are safe here; `kept status` says why.
    }
cli-local-notebook = This notebook belongs to no company yet. `kept join LINK` joins one.
cli-remedy-begin-anew = `kept doctor --begin-anew` begins anew.
cli-remedy-check = `kept doctor` checks it.
cli-remedy-folder = “--data” or the variable KEPT_DATA names it.
cli-begin-anew = The old notebook moves into a folder beside the new one, with what was not sent. What the server has comes back once you join again.
cli-begun-anew = The old notebook is in { $path }, { SIZE($bytes) }. The next command begins a new one; `kept join LINK` joins your company again.
cli-group-unsent = waits to be sent
cli-group-held = waits for the office
cli-group-refused = not taken
cli-scope-complete = complete
cli-scope-team = Team { $team }
cli-scope-sales = Sales of team { $team }
cli-scope-pool = On call for { $pool }
cli-scope-company = The company
cli-scope-behind = still arriving
cli-scope-differs = differs from the server
cli-clock = Compared with the server; it is off by { $offset }.
cli-clock-unknown = It has not been compared with the server since this device started.
cli-checking = Checking
cli-rebuilding = Rebuilding
cli-rebuilt =
    { $count ->
        [one] { $count } entry was made anew from its changes.
       *[other] { $count } entries were made anew from their changes.
    }
cli-healthy =
    Everything is in order: { $documents ->
        [one] { $documents } entry
       *[other] { $documents } entries
    }, { $changes ->
        [one] { $changes } change
       *[other] { $changes } changes
    }.
cli-sick-database = The database file is damaged ({ $reason }). Copy the folder before you do anything else.
cli-sick-stale = What is shown of { $id } is not what its changes say. `kept doctor --rebuild` mends it.
cli-sick-quarantined = The entry { $id } cannot be read: { $reason }
cli-history-set-aside = not shown: { $reason }
cli-set-aside = A change of { $id } is not shown: { $reason } ({ $change })
cli-sick-history = The history of { $id } is not intact:
cli-sick-lost = Changes of { $scope } are missing here. Show this to your office; the server has them.
cli-file-is-a-folder = The path { $path } is a folder, which cannot be read as a file. Nothing was changed. Name the files in it.
cli-no-file = There is no file { $path }. Nothing was changed. Check the spelling.
cli-file-unreadable = The file { $path } cannot be read ({ $reason }). Nothing was changed.
cli-file-unwritable = The file { $path } cannot be written: { $reason }. Nothing was changed. Choose another with --to.
cli-not-one-of = “{ $text }” cannot be used for “{ $field }”. Nothing was changed. Known: { $known }
cli-empty-reach = “{ $field }” is empty. Nothing was changed. `--remove VALUE` takes a number or address away.
cli-not-here = “{ $text }” is not here, and so cannot be removed. Nothing was changed. Here are: { $known }
cli-none-here = “{ $text }” is not here, and so cannot be removed. Nothing was changed. Nothing of the kind is here.
cli-several-of-a-name = “{ $text }” fits several. Nothing was changed. Write more of the name, or the id: { $known }
cli-not-understood = “{ $text }” is not understood. Nothing was changed. Write it such as { $example }.
cli-head-lead = Time
cli-head-effort = Effort
cli-head-quantile = Kept
cli-kind-is-retired = { $name }, offered no more
cli-kind-added = { $name } is new in the handbook.
cli-kind-retired = { $name } is offered no more. What was promised stays.
cli-kind-lead = Date that is offered without a record
cli-kind-quantile = Dates that should be kept
cli-kind-role = Delivered by
cli-kind-grace = Grace beyond a due minute
cli-hours = Working hours ({ $zone })
cli-hours-usual = Working hours: Monday to Friday, 8:00–12:00 and 13:00–17:00, until the office writes others.
cli-hours-changed = The working hours are changed.
cli-hours-unchanged = It is so already. Nothing was changed.
cli-hours-of-the-company = those of the company
cli-never-quiet = none; reminders may always ring
cli-me-changed = It is written down.
cli-me-absent = Absent
cli-me-quiet = Quiet time
cli-nothing-to-settle = There is nothing to settle. Nothing was changed.
cli-no-dispute = Nobody disputes this promise. Nothing was changed.
cli-not-a-visit = This is not a visit ({ $reason }). Nothing of this line was written.
cli-line-too-long = This line is longer than { $limit } MB. Nothing of it was written.
cli-output-gone =
    Nobody reads any more what is printed here. { $count ->
        [one] { $count } visit is logged; the id of the last may be missing.
       *[other] { $count } visits are logged; the ids of the last may be missing.
    }

## Help of the command lines: the frame around it

help-usage = Usage:
help-commands = Commands:
help-arguments = Arguments:
help-options = Options:
help-options-name = OPTIONS
help-command-name = COMMAND
help-env = env: { $name }
help-default = default: { $value }
help-values = possible values: { $values }
help-flag = Print help
help-flag-more = Print help (see more with --help)
help-flag-summary = Print help (see a summary with -h)
help-version-flag = Print the version
help-command = Print the help of a command

## Usage errors of the command lines

usage-unknown-command = There is no command “{ $text }” in `{ $program }`. Nothing was done.
usage-unknown-option = There is no option { $text } in `{ $program }`. Nothing was done.
usage-one-too-many = `{ $program }` has no place for “{ $text }”. Nothing was done.
usage-value = “{ $text }” does not fit { $option }. Nothing was done.
usage-value-of = “{ $text }” does not fit { $option }, which takes one of: { $values }. Nothing was done.
usage-no-value = { $option } needs a value behind it. Nothing was done.
usage-no-value-of = { $option } needs one of these behind it: { $values }. Nothing was done.
usage-equals = The value of { $option } stands behind an equals sign. Nothing was done.
usage-too-many-values = { $option } takes no further value, and “{ $text }” is one. Nothing was done.
usage-too-few-values = { $option } needs { $least } values or more, and has { $count }. Nothing was done.
usage-wrong-number = { $option } needs exactly { $wanted } values, and has { $count }. Nothing was done.
usage-twice = { $option } stands there twice. Say it once. Nothing was done.
usage-conflict = { $option } does not go together with { $others }. Leave one out. Nothing was done.
usage-missing = This is missing: { $missing }. Nothing was done.
usage-missing-command = `{ $program }` needs to know what to do. Nothing was done.
usage-last-owner = { $name } is the last owner. Nothing was changed. Make somebody else owner first, or say --anyway.
usage-last-owner-question = { $name } is the last owner. Do it anyway? [y/N]
usage-nothing-to-change = Say what is to change, such as { $such }. Nothing was done.
usage-not-utf8 = “{ $text }” is not valid UTF-8, and so it cannot be read. Type it again in a terminal that uses UTF-8. Nothing was done.
usage-other = This was not understood: { $reason }. Nothing was done.
usage-meant = Did you mean `{ $suggestion }`?
usage-meant-one-of = Did you mean one of these: { $suggestions }?
usage-commands = The commands are { $commands }.
usage-quote = Put quotes around what consists of several words.
usage-begins-with-hyphen = A text that begins with a hyphen stands behind --, or behind the option and an equals sign.
usage-more = `{ $help }` says more.
usage-number = { $option } takes a whole number from { $from } to { $to }, not “{ $text }”. Nothing was done.
usage-number-from = { $option } takes a whole number from { $from } on, not “{ $text }”. Nothing was done.
usage-address = { $option } takes an IP address with a port, such as 127.0.0.1:8787, not “{ $text }”. Nothing was done.
usage-team = { $option } takes a short name of at most 32 lower-case letters, digits and hyphens, such as north, not “{ $text }”. Nothing was done.
usage-amount = { $option } takes an amount of time such as 2d, 36h or 90m, not “{ $text }”. Nothing was done.
usage-as-of = { $option } takes `now` or an instant such as 2026-11-22T14:30:00Z, not “{ $text }”. Nothing was done.
usage-since = --since takes a day such as 2026-03-01, an instant such as 2026-03-01T12:00:00Z, or how long ago, such as 7d or 12h, not “{ $text }”. Nothing was done.
usage-no-session = There is no session “{ $text }”. Nothing was done. `kept-server sessions` lists all of them, with their ids.
usage-takes-none = { $option } takes no value, and “{ $text }” is one. Nothing was done.
usage-behind = Write { $options } behind the whole command: `{ $command }`. Nothing was done.
usage-behind-the-command = { $option } stands behind the command.

## Office pages

office-incoming = Incoming
office-promises = Promises
office-accounts = Customers
office-devices = Devices
office-search = Search
office-nav = Pages
office-skip = To the content
office-side = What to look at
office-filter = Show
office-filter-all = All
office-filter-visits = Visits
office-filter-observations = Observations
office-more = Show more
office-newest-of = The newest { $shown } of { $count } are shown here. Search finds the others.
office-first-of = The first { $shown } of { $count } are shown here. Search finds the others.
office-back = To what came in
office-close = Close
office-news = Something new has come in.
office-incoming-empty = Nothing has come in yet. Invite a colleague with “kept-server invite”; what they write in the field appears here.
office-needs = Needs the office now
office-needs-pool = Whoever is on call is called
office-needs-called = Called:
office-needs-seen = Seen
office-no-account = No customer yet
office-somebody = Somebody not known here yet
office-writes-again = It writes another promise again that does not count
office-written-again = It was written again
office-promise-arriving = The beginning of this promise is still on its way.
trust-drifting = clock not compared for more than a day
trust-unknown = clock not trusted
office-help = How else to help: { $help }
office-workaround = Workaround: { $workaround }
office-pain =
    { $count ->
        [0] does not bother
       *[other] bothers { $count } of 3
    }
office-files =
    { $count ->
        [one] { $count } photo or recording
       *[other] { $count } photos or recordings
    }
office-criterion = They will see: “{ $criterion }”
office-open-promises =
    { $count ->
        [0] No open promise
        [one] { $count } open promise
       *[other] { $count } open promises
    }
office-concern-none = None of them needs you now.
office-concern-not-counted = { $count } that do not count
office-concern-no-room = { $count } with more events than count
office-concern-late = { $count } late
office-concern-nobody = { $count } without anybody to deliver
office-concern-not-asked = { $count } not asked
office-concern-waiting = { $count } waiting for an answer
office-concern-counter-offered = { $count } with another date offered
office-concern-not-confirmed = { $count } not confirmed
office-concern-disputed = { $count } in dispute
office-devices-empty = No device has joined yet. “kept-server invite” makes an invitation.
office-set-aside = Kept and not shown
office-set-aside-why = This is stored and cannot be shown. The rest of each entry is in order, and nothing is lost.
office-devices-why = What a silent device still holds is not here yet. Nothing of it counts as missed.
office-devices-more =
    { $count ->
        [one] { $count } more device
       *[other] { $count } more devices
    }
office-device-heard = Last heard { $when }
office-device-clear = Complete as of { $when }
office-device-lost = Lost?
office-revoke = Shut this device out
office-revoke-why = It is signed out at once and for good; what it had not sent stays on it. Other devices of { $person } go on. With a new invitation { $person } can join again.
office-revoke-not = Leave it as it is
office-sessions = Signed in at the office
office-sessions-why = Whoever is signed out here needs a new link: “kept-server sign-in” prints it.
office-session-since = Since { $when }
office-session-used = Last used { $when }
office-session-own = This browser
office-handbook = Handbook
office-mirror = Our record
office-mirror-why = What the history of our promises says: whether dates were kept, where there is slack, what slows down.
office-dates-shown = Dates that were shown
office-loads = Who has taken on what
office-no-loads = Nobody has anything to deliver in the next 7 days.
office-handbook-why = What the company agreed on. The office and the owner change it on their own devices.
office-kind-lead = Promised within { $time }
office-kind-proof = Done when there is { $proof }
office-kind-effort = { $time } of work each
office-kind-share = { $percent } of 100 dates should be kept
office-kind-retired = Offered no more
office-accounts-search = Find a customer
office-accounts-empty = There is no customer yet. The first visit to one brings it here.
office-account-promises-none = Nothing is promised now.
office-account-facts = What is known
office-timeline-empty = Nothing is written down yet.
office-sites = Sites and machines
office-act-notes = Edit the notes
office-due = Due
office-owed = Measured against
office-said-how = How it was said
office-events = What happened to it
office-promises-empty = There is no open promise here.
office-promises-all =
    { $count ->
        [one] Show all ({ $count })
       *[other] Show all { $count }
    }
office-acts = What to do
office-act-busy = Others write to this promise just now. Nothing was changed. Try again.
office-act-held = This waits for a decision, for you may not write there. Nothing was changed for others.
office-act-stumbled = This could not be done now. Nothing was changed. Try again; if it stays so, look into the server’s log.
office-act-choose = Something is not chosen. Nothing was changed. Choose, and send it again.
office-act-garbled = There were characters in it that cannot be typed. Nothing was changed. They are taken out below: look through it, and send it again.
office-act-no-contact = Whoever was named is not at this customer’s, or no longer. Nothing was changed. Choose, and send it again.
office-act-when-hint = Fri 12:00, tomorrow afternoon, in 30 minutes; in { $zone }
office-act-give = Give it to somebody
office-act-performer = Who delivers
office-act-ask-at-once = Ask them at once
office-act-date = Tell the customer a date
office-act-again-when-hint = empty: as it was
office-act-new-date = The new date, in the words that were spoken
office-act-contact = Who heard it
office-act-nobody-named = Nobody in particular
office-act-nobody-yet = Nobody yet
office-act-loaded = { $who } ({ $percent } % full for the next 7 days)
office-act-pool = Whoever is free on call for “{ $pool }”
office-act-ask = Ask whoever delivers
office-act-speak = Write for somebody who phones in
office-act-word = What is said
office-act-accepts = Accepts
office-act-declines = Declines
office-act-proposes = Offers another date
office-act-starts = Has begun
office-act-done = It is done
office-act-when = The date that is offered
office-act-done-when = When it was done
office-act-done-when-hint = now, or: yesterday 16:00; in { $zone }
office-act-proof-note = What the proof says
office-proof-said-done = Nothing but the word of whoever delivered
office-proof-call = A call
office-proof-photo = A photo
office-proof-signature = A signature
office-proof-customers-word = The customer’s word
office-act-by = By whom
office-act-agreed = Who at the customer’s agreed
office-act-confirm = Write down what the customer says
office-act-mood = How the customer finds it
office-act-dispute = Write down a dispute
office-act-their-words = In the customer’s own words
office-act-resolve = Decide the dispute
office-act-finding = The decision
office-act-retract = Take back what you wrote
office-act-event = What was a mistake; yours, of the last 24 hours
office-act-new = Write down a promise
office-act-kind = What kind
office-act-told = The customer was told
office-act-right = Promise to make it right
office-act-right-for = Make right: { $what }
office-conflicts = To settle
office-conflicts-count =
    { $count ->
        [one] { $count } thing to settle
       *[other] { $count } things to settle
    }
office-history = History
office-history-at = As it was
office-history-hint = 3 June 12:00
office-history-known = Only what the server had by then
office-history-look = Look
office-search-how = Type the beginnings of words: a customer, a machine, what was said.
office-search-nothing = Nothing here has all words of “{ $text }”. Try fewer words, or only their beginnings.
office-search-found =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    }
office-search-first = The first { $count }; more words narrow it down.
office-zone-of-company = Times are typed and shown in { $zone }, the zone in which the company works.
office-zone-of-reader = Times are typed and shown in { $zone }, the zone that you chose.
office-zone-of-server = Times are typed and shown in { $zone }, the zone of the server, for nobody has said yet when the company works.
office-zone-choose = Choose another zone
office-no-such-zone = “{ $zone }” is not a time zone. Nothing was changed. Write it such as Europe/Berlin, or leave it empty for the zone of the company.
office-signed-in = Signed in as { $person }
office-sign-in = Sign in
office-sign-out = Sign out
office-sign-in-once = This link signs you in once, in this browser, for 30 days.
office-sign-in-how = You are not signed in. Open the link that “kept-server init” printed, or ask whoever runs the server for a new one: “kept-server sign-in” prints it.
office-sign-in-wrong = This link does not fit. Copy the whole link once more, or ask for a new one: “kept-server sign-in” prints it.
office-sign-in-expired = This link is older than 24 hours. Nothing is lost. Ask for a new one: “kept-server sign-in” prints it.
office-sign-in-too-often = There were too many tries from here. Nothing is lost. Try again in a minute.
office-sign-in-used = This link has been used already. Nothing is lost. Ask for a new one: “kept-server sign-in” prints it.
office-sign-in-not-office = These pages are for the office and the owner. Nothing is lost. Ask the owner if you need them.
office-form-too-old = This form is no longer valid. Nothing was changed. Go back, load the page again and repeat it.
office-form-from-elsewhere = Another site sent this form. Nothing was changed. If you did not mean to, all is well; if you did, do it on the office’s own page.
office-address-garbled = There are characters in this address that cannot be typed. Nothing was changed. Begin with what came in.
office-fault-disk-full = The server’s disk is full, and nothing can be written now. Nothing is lost, and everything can still be read. Ask whoever runs the server to free some space; then send it again.
office-fault-read-only = The server’s folder cannot be written, and so nothing can be changed now. Nothing is lost, and everything can still be read. Ask whoever runs the server to allow writing there; then send it again.
office-fault-disk = The server cannot store anything now. Nothing is lost. Ask whoever runs the server to look into its log; then send it again.
office-fault-log = The server’s log cannot be used now. Nothing was changed. Ask whoever runs the server to look into its log.
office-no-such-page = There is no such page. Nothing is lost. Check the address, or begin with what came in.
office-not-here = This is not here. It may still be on its way from somebody’s phone. Look again later.
office-opening = The office is still opening its notebook. Nothing is lost. Load the page again in a moment.
office-stumbled = This page cannot be shown now. Nothing is lost. Load it again; if it stays so, look into the server’s log.
office-keys = Keys
office-key-move = Next line, line before
office-key-open = Open the line
office-key-go = Incoming, promises, customers, devices, handbook, our record
office-key-filter = All, visits, observations, promises
office-key-more = New promise, history, what is to be settled
office-key-act = What to do with a promise: the letter beside it
office-key-help = Show these keys

## The handbook, and what colleagues say about themselves

kind-callback = callback
kind-quote = quote
kind-delivery = delivery
kind-replacement = replacement
kind-set-aside = set aside
kind-service-visit = service visit
kind-information = information
kind-fix = fix
kind-credit = credit
kind-other = other
kind-named = { $name }
reach-label-main = main
reach-label-mobile = mobile
reach-label-office = office
reach-label-work = work
reach-label-home = home
reach-label-fax = fax
reach-label-pager = pager
reach-label-work-mobile = mobile, work
reach-label-home-mobile = mobile, home
reach-label-work-fax = fax, work
reach-label-home-fax = fax, home
reach-label-work-pager = pager, work
reach-label-home-pager = pager, home
reach-label-own = { $own }, { $standard }
reach-label-other = other
thing-kind = kind of promise
proof-call = a call
proof-photo = a photo
proof-signature = a signature
proof-customers-word = the customer’s word
proof-said-done = the word of whoever delivered
error-unknown-kind = “{ $kind }” is no kind of promise in the handbook. Nothing was changed. Known: { $known }
error-retired-kind = Your company offers “{ $kind }” no more. Nothing was changed. Choose one of: { $known }
error-due-closed = Nobody works then ({ $due }), and the last working day before it is over. Nothing was changed. Choose a later date, or name a time of the day.
error-not-before = It is not wanted before { $not_before }, and that is after the date. Nothing was changed. Correct one of them.
error-colleague-left = { $name } has left the company. Nothing was changed. Name somebody else.
error-unserved-pool = Nobody is on call for “{ $pool }”. Nothing was changed. Known: { $known }
error-suggestion = The suggested date cannot be used. Nothing was changed. Ask our record again.
notice-nobody-asked = The customer has been told, and { $name } was not asked. Ask soon.
notice-nobody-named = The customer has been told, and nobody delivers yet. Name somebody soon.
error-kind-key = “{ $text }” cannot be the key of a kind. Nothing was changed. Use letters, digits and hyphens, such as service-visit.
error-quantile = The share of dates that should be kept is 50 to 99 percent. Nothing was changed. Choose one between.
error-minutes = “{ $field }” is between { SPAN($least) } and { SPAN($most) }. Nothing was changed. Correct it and try again.
error-handbook-of-the-office = Only the office and the owner write the handbook. Nothing was changed. Ask them to change it.
error-not-about-you = Only your colleagues themselves, the office and the owner write this. Nothing was changed. Ask them to enter it.
error-quiet = A quiet time begins and ends at different times of the day. Nothing was changed. Write it such as 20:00-7:00.
error-week = A week has seven days, Monday first. Nothing was changed. Correct it and try again.
error-shift = The hours from { $from } to { $to } do not fit: hours follow each other within one day. Nothing was changed. Correct them and try again.
error-not-a-day = “{ $text }” is not a day. Nothing was changed. Write it such as 2026-11-22.
error-unknown-zone = “{ $text }” is not a time zone. Nothing was changed. Write it such as Europe/Berlin.
error-not-a-minute = { $minute } is not a minute of the day. Nothing was changed. A day has the minutes 0 to 1439.

## Asking our record

when-suggested = { LEAD($lead) }: such a date was kept { $percent } times in 100.
when-ask =
    { LEAD($lead) } would fit most. But { $open } { $open ->
        [one] is
       *[other] are
    } still open, and the longest so far is { LEAD($longest) }: ask { $who } before you give a date.
when-never-reached =
    No honest date can be given: { $open } { $open ->
        [one] is
       *[other] are
    } still open, and the longest so far is { LEAD($longest) }. Ask { $who } before you give a date.
when-few = Only { $closed } so far, and the slowest took { LEAD($slowest) }. Ask { $who } before you give a date.
when-no-record = Nothing like it is known yet. Ask { $who } before you give a date.
when-whoever = whoever delivers
when-level-performer = This rests on “{ $kind }” by { $who }: { $closed } done, { $open } open.
when-level-team = This rests on “{ $kind }” in { $team }: { $closed } done, { $open } open.
when-level-kind = This rests on “{ $kind }”: { $closed } done, { $open } open.
when-level-company = Too little is known of “{ $kind }”; this rests on promises of every kind: { $closed } done, { $open } open.
when-median = Half took no longer than { LEAD($lead) }.
when-chance = Within { LEAD($lead) }: { $percent } times in 100, between { $lower } and { $upper }; { $closed } done, { $open } open.
when-chance-unknown = Too little is known to say how often.
when-chance-too-short = Within { LEAD($lead) }: no record for so short a time.
when-chance-none = Within { LEAD($lead) }: no record for so short a time; none of { $count } was done so soon.
when-no-quicker = Of what took less than { LEAD($lead) } there is no record.
when-file = The file { $file } cannot be read ({ $reason }). Nothing was changed.
when-file-lacks = The file { $file } has no column “{ $column }”. Nothing was changed. Its first line must be kind,performer,team,made,closed,cancelled.
when-broken-row = Line { $line } was left out: { $reason }
when-row-no-kind = the kind is empty
when-row-not-made = “made” is empty
when-row-ends-before = “{ $column }” is before “made”: { $text }
when-row-not-a-time = “{ $column }” is not a time like 2026-11-22T14:30:00Z: { $text }
when-row-in-the-future = “{ $column }” is in the future: { $text }
when-row-fields = it has { $found } fields, and the first line has { $expected }
when-row-unreadable = it is no row of this file ({ $reason })
when-asking = Asking our record
when-all = all
when-part = part
when-asked = asked
when-dated = dated
when-kept = kept
when-lead = median time
when-plain-kept = plain percentile kept
when-plain-lead = its median time
when-warned = slowing down
when-suggested-due = { $due }: { LEAD($lead) } from now, a date that is kept { $percent } times in 100.
when-suggested-due-working = { $due }: { LEAD($lead) } of work from now, a date that is kept { $percent } times in 100.
when-working-time = Counted in working time.
when-as-of = Asked as of { $when }; `--as-of` asks as of another time.
when-due-chance = { $due } was kept { $percent } times in 100.
when-due-too-short = { $due }: no record for so short a time.
when-due-none = { $due }: no record for so short a time; none of { $count } was done so soon.
when-sooner-than-half = { $due } is sooner than half of them took: { LEAD($lead) }, from { $closed } done.
when-slowing = It is slowing down: { $slower } of the last { $latest } took longer than { LEAD($lead) }, which four in five of the { $former } before did not.
when-delivered = { $who } delivered { $kept } of { $total } in time.
when-customer = Kept for this customer: { $kept } of { $total }, at least { $lower } in 100.
when-customer-new = Nothing that this customer was promised is decided yet.
need-within = The customer needs it within { LEAD($need) }.
need-several = { $count } times stand side by side; the shortest counts until one is chosen.
need-made = We made that { $percent } times in 100, between { $lower } and { $upper }; { $closed } done, { $open } open.
need-too-short = There is no record for so short a time.
need-none = There is no record for so short a time; none of { $count } was done so soon.
need-met = We need { LEAD($lead) }: that is soon enough.
need-missed = We need { LEAD($lead) }: that is not soon enough.
need-hopeless = That is not soon enough.
need-open = Too little is known to say whether we meet it.
fit-line = Soon enough for them: { $met } of { $needed }.
fit-unsettled = Too little is known to say so of { $unsettled } more.
error-need = How soon somebody needs it is at least a minute and at most five years. Nothing was changed. Write it such as 2h, 90m or 5d.
fit-unknown = Too little is known to say whether we are soon enough for them.

## Load, reliability, asks, reports

load-line =
    { $who } is { $percent } % full for the next 7 days: { $promises } to deliver{ $overdue ->
        [0] { "" }
       *[other] , { $overdue } overdue
    }{ $unaccepted ->
        [0] { "" }
       *[other] , { $unaccepted } not accepted yet
    }. As of { $as_of }.
load-line-unheard =
    { $who } is { $percent } % full for the next 7 days: { $promises } to deliver{ $overdue ->
        [0] { "" }
       *[other] , { $overdue } overdue
    }{ $unaccepted ->
        [0] { "" }
       *[other] , { $unaccepted } not accepted yet
    }. Not heard from yet.
load-line-away =
    { $who } does not work in the next 7 days: { $promises } to deliver{ $overdue ->
        [0] { "" }
       *[other] , { $overdue } overdue
    }{ $unaccepted ->
        [0] { "" }
       *[other] , { $unaccepted } not accepted yet
    }.
fair-said = Said and done
fair-delivered = Delivered
fair-share =
    { $kept } of { $total } kept{ $renegotiated ->
        [0] { "" }
       *[other] , { $renegotiated } of them with another date agreed in time
    }.
fair-bound = At least { $lower } in 100, recent ones weighing more.
fair-few = Too few to say how many in 100.
fair-nothing = Nothing is decided yet.
asks-line = Asked this month: { $asked }. With less than the usual time: { $rushed }. Thanked for those: { $thanked }.
asks-none = You asked nobody this month.
asks-head-asked = asked of
asks-head-what = what
asks-head-lead = time
asks-head-usual = usual
asks-head-thanked = thanks
asks-thanked = given
asks-thank-them = still to give
report-calibration = Dates that should be kept { $quantile } times in 100: { $kept } of { $decided } kept, { $shown } shown.
report-calibration-undecided = Dates to be kept { $quantile } times in 100: { $shown } shown, none of them decided yet.
report-no-dates = No date of our record was shown yet.
report-left = Half of the { $kept } that were kept had { $percent } % of their time left, or more.
report-counts = { $closed } done, { $open } open.
report-kind-undecided = “{ $kind }”: nothing is decided yet.
report-kind = “{ $kind }”: { $kept } of { $decided } kept on time.
report-padded = That is padding: a sooner date would be kept as well.
report-nothing = Nothing is promised yet.
error-not-your-numbers = Numbers about a colleague are for themselves, the office and the owner. Nothing was changed. Ask without a name for your own.
cli-in-keyring = Key and token are in the keyring of this system now.
cli-no-keyring = The keyring of this system cannot be used ({ $reason }). Nothing is lost; key and token stay where they are. Start the keyring, or join without --keyring.
cli-without-keyring = This kept was built without the keyring. Nothing was changed. Build it with the feature “keyring”, or join without --keyring.
