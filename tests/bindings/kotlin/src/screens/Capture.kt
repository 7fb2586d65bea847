import app.kept.core.*

/** The sheet ＋: drafts are kept while they are entered, and logged at once. */
fun Screens.capture() {
    screen("capture", "sam", "unfinished ones stand first") {
        val before = it.notebook.drafts().size
        val id = it.notebook.saveDraft(null, DraftContent.Visit(VisitEntry(VisitDraft(channel = Channel.ON_SITE, said = "The"))), "said")
        val drafts = it.notebook.drafts()
        same(before + 1, drafts.size)
        same("said", drafts.first { draft -> draft.id == id }.step)
        same(drafts.map { draft -> draft.id }, it.notebook.myOverview().drafts.map { draft -> draft.id })
    }

    screen("capture-visit", "sam", "chips instead of typing, a draft that survives, one transaction at the end") {
        val account = it.notebook.findAccounts(it.openPromises().first { row -> row.account != null }.accountName, 1u).single().summary
        val choices = it.notebook.visitChoices(account.id, Lang.EN)
        holds(choices.kinds.isNotEmpty() && choices.frequencies.isNotEmpty()) { "$choices" }
        val visit = VisitDraft(account = account.id, channel = Channel.ON_SITE, said = "The feeder jams.", arrivedAt = it.now - 600_000, leftAt = it.now)
        val usage = UsageDraft(kind = UsageKind.USE, account = account.id, product = "feeder", doing = "taps it", frequency = choices.frequencies.first(), pain = 2u)
        val promise = promiseOf("a new feeder plate", Performer.Person(it.notebook.me().person), account.id, choices.kinds.first().key, it.notebook.dueIn(60u))
        val entry = VisitEntry(visit, listOf(usage), listOf(promise))
        val id = it.notebook.saveDraft(null, DraftContent.Visit(entry), "promise")
        same(entry, (it.notebook.draft(id).content as DraftContent.Visit).entry)
        val logged = it.notebook.logDraft(id)
        same(listOf(1, 1), listOf(logged.usages.size, logged.promises.size))
        same(true, it.notebook.logDraft(id).again)
        same(logged.visit, it.notebook.account(account.id).timeline.first { row -> row.kind == EntryKind.VISIT }.id)
        val dropped = it.notebook.saveDraft(null, DraftContent.Visit(entry), "said")
        it.notebook.dropDraft(dropped)
        holds(it.notebook.drafts().none { draft -> draft.id == dropped }) { "it is there" }
    }

    screen("capture-callback", "sam", "in half an hour, by me or whoever is free, with a customer or later") {
        val due = it.notebook.dueIn(30u)
        val choices = it.notebook.performers("callback")
        holds(choices.any { choice -> choice.performer is Performer.Pool } || choices.isNotEmpty()) { "$choices" }
        val promise = promiseOf("call back", Performer.Person(it.notebook.me().person), null, "callback", due)
        val logged = it.notebook.logDraft(it.notebook.saveDraft(null, DraftContent.Promise(promise), "saved"))
        val made = it.notebook.promise(logged.promises.single())
        same(it.now + 30 * 60_000, made.summary.dueAt)
        val customer = it.notebook.accounts(AccountListQuery(limit = 1u)).single().id
        it.notebook.changePromise(made.summary.id, listOf(PromiseEdit.NameAccount(customer)))
        same(customer, it.notebook.promise(made.summary.id).summary.account)
        holds(it.notebook.dueReminders(3_600_000).any { reminder -> reminder.promise == made.summary.id }) { "it does not ring" }
    }

    screen("capture-promise", "ingrid", "the record before a date, the chance beside it, whoever delivers with their load") {
        val kind = it.notebook.handbook().kinds.first { one -> one.kind.key == "delivery" || one.kind.key == "repair" }.kind.key
        val performers = it.notebook.performers(kind)
        val chosen = performers.first { choice -> choice.performer is Performer.Person }
        val person = (chosen.performer as Performer.Person).person
        holds(chosen.load == null || it.say(chosen.load!!.words).isNotBlank()) { "$chosen" }
        holds(it.say(it.notebook.loadOfColleague(person).words).isNotBlank()) { "no load" }
        val advice = it.notebook.adviseDate(DateQuestion(kind, person))
        holds(advice.sentences.isNotEmpty() && advice.sentences.all { words -> it.say(words).isNotBlank() }) { "$advice" }
        val chips = it.notebook.dueChoices(kind)
        val beside = it.notebook.adviseDate(DateQuestion(kind, person, due = chips.last().due))
        holds(beside.dueChance != null || beside.answer != advice.answer || beside.warnings.isNotEmpty() || beside.closed == 0u) { "$beside" }
        val account = it.notebook.accounts(AccountListQuery(limit = 1u)).single().id
        val draft = promiseOf("a new hopper", chosen.performer, account, kind, chips.last().due).copy(ask = true, told = false)
        it.notebook.promiseNotice(draft)
        same(emptyList<Any>(), it.notebook.duplicatesOfPromise(draft))
        val made = it.notebook.promise(it.notebook.makePromise(draft))
        holds(it.say(made.summary.sentence).contains("a new hopper")) { it.say(made.summary.sentence) }
        same(1, it.notebook.duplicatesOfPromise(draft).size)
    }

    screen("capture-observation", "sam", "the product, how often, how much it hurts, their words") {
        val choices = it.notebook.visitChoices(null, Lang.DE)
        val draft = UsageDraft(kind = UsageKind.USE, product = choices.products.firstOrNull() ?: "feeder", doing = "kicks it", pain = 2u, quote = "always on Mondays")
        same("always on Mondays", it.notebook.usage(it.notebook.logUsage(draft)).quote)
    }

    screen("capture-need", "sam", "one dictated line, no customer asked, found again") {
        val id = it.notebook.logUsage(UsageDraft(kind = UsageKind.NEED, quote = "a lid that does not drip"))
        same(UsageKind.NEED, it.notebook.usage(id).kind)
        same(id, it.notebook.searchPage(SearchQuery("drip lid")).entries.first().id)
    }

    screen("capture-customer", "sam", "just the name, unless somebody like it is there") {
        val known = it.notebook.accounts(AccountListQuery()).first { one -> one.phone.isNotBlank() }
        val alike = it.notebook.duplicatesOfAccount(customer(known.name, known.phone))
        holds(alike.any { one -> one.id == known.id }) { "${known.name}: $alike" }
        val id = it.notebook.createAccount(customer("Mühle Quast"))
        same("Mühle Quast", it.notebook.account(id).account.name)
        val cards = it.notebook.importCards("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Rita Quell\r\nTEL:+49 30 99\r\nEND:VCARD\r\n".toByteArray())
        holds(cards.toString().isNotBlank()) { "nothing" }
        holds(it.notebook.findAccounts("quell", 5u).isNotEmpty()) { "not imported" }
    }
}
