import app.kept.core.*

/** The place Customers: the list, the search, a customer, and a word spoken there. */
fun Screens.customers() {
    screen("customers", "sam", "a few letters find a customer with place and what is open; all stand by name") {
        val all = it.notebook.accounts(AccountListQuery())
        holds(all.size >= 20) { "${all.size} customers" }
        val page = it.notebook.accounts(AccountListQuery(limit = 5u, offset = 5u))
        same(all.drop(5).take(5), page)
        val letters = all.first().name.take(3)
        val found = it.notebook.findAccounts(letters, 10u)
        holds(found.any { match -> match.summary.id == all.first().id }) { "$letters: $found" }
        val busy = it.openPromises().mapNotNull { row -> row.account }.first()
        val name = it.notebook.account(busy).account.name
        val row = it.notebook.findAccounts(name, 5u).first { match -> match.summary.id == busy }
        holds(row.openPromises > 0u) { "$row" }
        holds(it.notebook.latestEntries(20u, null, listOf(EntryKind.ACCOUNT, EntryKind.VISIT)).isNotEmpty()) { "nothing recent" }
    }

    screen("search", "sam", "customers come first, then promises, visits and observations, with the words that matched") {
        val promise = it.openPromises().first { row -> row.accountName.isNotBlank() }
        val word = promise.deliverable.split(' ').maxBy(String::length)
        val page = it.notebook.searchPage(SearchQuery(word))
        holds(page.total > 0u && page.entries.any { entry -> entry.matches.isNotEmpty() }) { "$word: $page" }
        same(page.total.toInt(), page.kinds.sumOf { kind -> kind.count.toInt() })
        val promises = it.notebook.searchPage(SearchQuery(word, kinds = listOf(EntryKind.PROMISE)))
        holds(promises.entries.all { entry -> entry.kind == EntryKind.PROMISE }) { "$promises" }
        same(0u, it.notebook.searchPage(SearchQuery("zzzzqqq")).total)
        holds(it.notebook.counts().toString().isNotBlank()) { "counts" }
    }

    screen("customer", "sam", "what is owed, what happened, how to reach them; notes are edited in place and put back") {
        val promise = it.openPromises(mine = true).first { row -> row.account != null }
        val id = promise.account!!
        val page = it.notebook.account(id)
        holds(page.promises.any { row -> row.id == promise.id }) { "its promise is missing" }
        val first = it.notebook.timeline(TimelineQuery(id, limit = 3u))
        same(page.timeline.take(first.entries.size), first.entries)
        first.more?.let { more ->
            val next = it.notebook.timeline(TimelineQuery(id, before = more, limit = 3u))
            holds(next.entries.none { entry -> entry in first.entries }) { "a row twice" }
        }
        page.account.contactPoints.firstOrNull { point -> point.kind == ContactPointKind.PHONE }?.let { phone ->
            holds(it.notebook.dialAddress(phone.values.first().value)?.startsWith("tel:") == true) { "$phone" }
        }
        it.notebook.leadTimeFit(id)
        it.notebook.conflictsOf(id)
        val was = page.account.notes
        it.notebook.editAccount(id, listOf(AccountEdit.Notes("$was\nKey at the gate.", was)))
        holds("Key at the gate." in it.notebook.account(id).account.notes) { "the note is lost" }
        val write = it.notebook.undoableOf(id)!!
        it.notebook.undo(write.group)
        same(was, it.notebook.account(id).account.notes)
        it.notebook.archiveEntry(id, "moved away")
        same(true, it.notebook.account(id).account.archived)
        it.notebook.restoreEntry(id, "")
    }

    screen("speak", "ingrid", "one dictated line with a mark, and nothing promised, is a visit") {
        val id = it.notebook.accounts(AccountListQuery(limit = 1u)).single().id
        val choices = it.notebook.visitChoices(id, Lang.EN)
        holds(choices.marks.isNotEmpty() && choices.channels.isNotEmpty()) { "$choices" }
        val draft = VisitDraft(
            account = id, channel = Channel.ON_SITE, said = "They are happy with the new line.",
            marks = listOf(choices.marks.first().mark), nothingPromised = true,
        )
        val visit = it.notebook.visit(it.notebook.logVisit(VisitEntry(draft)).visit)
        same(listOf(true, draft.said), listOf(visit.nothingPromised, visit.said))
        same(draft.marks, visit.marks)
    }
}
