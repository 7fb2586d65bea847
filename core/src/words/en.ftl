### Every sentence that people read, in English. `de.ftl` has the same keys with the same gaps.
###
### Calm and short, second person, present tense. No codes, no blame, no exclamation marks.
### An error says what happened, that nothing is lost, what to do.
### SPAN($ms) says milliseconds as a duration, SIZE($bytes) bytes as a size.

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
date-clock = { $day }, { $clock }
date-today-morning = this morning
date-today-afternoon = this afternoon
date-word-morning = { $day } morning
date-word-afternoon = { $day } afternoon
date-day-morning = { $day } morning
date-day-afternoon = { $day } afternoon
date-exact-morning = { $day }, morning
date-exact-afternoon = { $day }, afternoon

## Things, for the gaps of other sentences

thing-account = account
thing-case = case
thing-colleague = colleague
thing-contact = contact
thing-event = event
thing-file = file
thing-opportunity = opportunity
thing-photo = photo
thing-promise = promise
thing-usage = observation
thing-visit = visit

## Promises: the state

state-kept = Kept
state-open-accepted = Accepted by { $performer }
state-waiting = Waiting for { $performer } since { $since }
state-not-asked = Nobody asked yet
state-counter-offered = { $performer } offers { $due }
state-declined = { $performer } declined
state-fulfilled = Done
state-late-still-to-do = { SPAN($late) } late, still to do
state-broken-late = Broken: late
state-broken-missed = Broken: missed
state-broken-cancelled = Broken: cancelled by us
state-not-confirmed = Not confirmed: { $owner }’s phone silent since { $since }
state-not-confirmed-never = Not confirmed: { $person }’s phone has not been in contact yet
state-not-confirmed-clock = Not confirmed: clock not trusted
state-disputed = In dispute
state-void = Void
state-retracted = Taken back
state-cancelled = Cancelled

## Promises: the sentence

promise-sentence = { $promiser } promised “{ $deliverable }” to { $account }, due { $due }
performer-line = { $performer } delivers
performer-line-none = Nobody delivers yet

## Import: files of contacts that cannot be taken

import-error-empty = This file is empty. Nothing was changed. Export the contacts again and choose the new file.
import-error-file-too-large = This file has { SIZE($bytes) }; Kept reads up to { SIZE($limit) }. Nothing was changed. Export the contacts in smaller groups.
import-error-too-many-cards = This file has more than { $limit } contacts. Nothing was changed. Export the contacts in smaller groups.
import-error-other-kind = This is not a file of contacts. Nothing was changed. Choose the .vcf file that the contacts app exported.
import-error-no-cards = There is no contact in this file. Nothing was changed. Choose the .vcf file that the contacts app exported.

## Import: contacts that cannot be taken

import-refused-empty = This contact has no name, organisation, e-mail address or phone number. The file is unchanged. Name the contact in the other program and import it again.
import-refused-unfinished = This contact ends in the middle. The file is unchanged. Export it again from the other program and import it again.
import-refused-unreadable = Kept cannot read this contact. The file is unchanged. Enter the contact by hand.
import-refused-too-long = This contact has a name or a list longer than { $limit }. The file is unchanged. Shorten it in the other program and import it again.

## Import: what was left out of a contact that was taken

import-left-out-picture = A picture of { SIZE($bytes) } is set aside.
import-left-out-not-kept = Kept has no place for this; it stays in your file.
import-left-out-unreadable = This part cannot be read; it stays in your file.
import-left-out-too-long = This part is too long for Kept; it stays in your file.
import-left-out-duplicate = This is in Kept already.

## Errors: what you asked for

error-not-found = There is no { $what } “{ $id }” on this device. Nothing was changed. Check the spelling, or wait until it arrives.
error-invalid = “{ $field }” cannot be used: { $reason }. Nothing was changed. Correct it and try again.
error-too-long = “{ $field }” is longer than { $limit } characters. Nothing was changed. Shorten it and try again.
error-time-not-understood = “{ $text }” is not a time that Kept understands. Nothing was changed. Write “in 30 minutes”, “tomorrow 10:00” or “Friday afternoon”.
error-unexpected = Something went wrong: { $reason }. What was saved is still here. Try again; if it returns, show this to your office.

## Errors: the notebook on this device

error-busy = Another program uses this notebook. Nothing is lost. Close it and try again.
error-disk-full = This device is full. What was saved is still here. Free some space and try again.
error-read-only = Kept may not write to { $path }. Nothing is lost. Choose another folder or allow writing there.
error-newer-database = This notebook was written by a newer version of Kept. Nothing is lost. Update Kept on this device.
error-key-missing = The key to this notebook is not on this device. The notebook is untouched. Restore the key, or join again with an invitation.
error-needs-join = This notebook belongs to no company yet. What you write is kept here. Join with an invitation to share it.

## Errors: the server

error-offline = The server is out of reach: { $reason }. Everything is saved on this device and sends by itself later.
error-signed-out = This device is signed out. Everything is saved here. Ask your office for a new invitation.
error-not-kept-server = There is no Kept server at this address. Nothing was sent. Check the address in your invitation.
error-insecure = The connection to this server is not secure, so nothing was sent. Everything is saved on this device. Ask your office to check the server.
error-invite-expired = This invitation has expired. Nothing is lost. Ask your office for a new one.
error-invite-used = This invitation has been used already. Nothing is lost. Ask your office for a new one.
error-invite-wrong = This invitation does not fit. Nothing is lost. Copy it once more, or ask your office for a new one.

## Status: sending

unsent-line =
    On this phone: { $visits ->
        [one] { $visits } visit
       *[other] { $visits } visits
    }, { $photos ->
        [one] { $photos } photo
       *[other] { $photos } photos
    }. Sends by itself.
status-unsent =
    { $count ->
        [one] { $count } entry is only on this device. It sends by itself.
       *[other] { $count } entries are only on this device. They send by themselves.
    }
status-all-sent = Everything is sent.
status-last-contact = Last contact with the server: { $when }
status-never-in-contact = This device has not been in contact with the server yet.

## Status: what is not in order

status-held =
    { $count ->
        [one] { $count } entry is held back: { $reason }. It is safe here.
       *[other] { $count } entries are held back: { $reason }. They are safe here.
    }
status-refused =
    { $count ->
        [one] The server did not take { $count } entry: { $reason }. It is safe here.
       *[other] The server did not take { $count } entries: { $reason }. They are safe here.
    }
status-quarantined =
    { $count ->
        [one] { $count } entry cannot be read and is set aside. The rest is in order.
       *[other] { $count } entries cannot be read and are set aside. The rest is in order.
    }
status-arriving =
    { $count ->
        [one] { $count } entry is still arriving.
       *[other] { $count } entries are still arriving.
    }
status-forked = This notebook was copied from another device. Nothing is lost. Join again so that both can be told apart.
status-clock-off = The clock of this device is off by { SPAN($offset) }. Your work is saved; set the clock so that its times count.
status-clock-unknown = The clock of this device has not been compared with the server since it started. Your work is saved.
