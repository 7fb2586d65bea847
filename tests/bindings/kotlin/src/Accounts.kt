import app.kept.core.*

fun Trial.accounts(world: World) {
    test("a customer is edited in every field, and every edit is in the history") {
        world.stranger().use {
            val notebook = it.notebook
            val id = notebook.createAccount(customer("Bäckerei Süß", "+49 711 1234567"))
            val edits = listOf(
                AccountEdit.Name("Bäckerei Süß & Sohn"),
                AccountEdit.Form(AccountForm.PERSON),
                AccountEdit.Notes("rings twice"),
                AccountEdit.Uses("weighs dough"),
                AccountEdit.MustNotFail("the scale at four in the morning"),
                AccountEdit.AddTag("baker"),
                AccountEdit.AddTag("early"),
                AccountEdit.RemoveTag("early"),
                AccountEdit.SetContact(ContactDraft(name = "Eva Süß", role = "master")),
                AccountEdit.SetContactPoint(ContactPointDraft(kind = ContactPointKind.EMAIL, value = "eva@example.com")),
                AccountEdit.SetSite(SiteDraft(label = "Bakehouse", address = "Mühlweg 3")),
                AccountEdit.SetAsset(AssetDraft(label = "Dough divider", serial = "DD-17")),
                AccountEdit.RequiredLeadTime("delivery", LeadTime.Days(3)),
                AccountEdit.Birthday("1970-05-01"),
                AccountEdit.Title("Herr"),
                AccountEdit.AlsoCalled(listOf("der Süße")),
                AccountEdit.AddSource("a fair"),
            )
            notebook.editAccount(id, edits)
            val page = notebook.account(id)
            val account = page.account
            same("Bäckerei Süß & Sohn", account.name)
            same(listOf("rings twice", "weighs dough"), listOf(account.notes, account.uses))
            same(listOf("baker"), account.tags)
            same(listOf(1, 1, 1), listOf(account.contacts.size, account.sites.size, account.assets.size))
            same(2, account.contactPoints.size)
            same("delivery", account.needs.single().kind)

            val removals = listOf(
                AccountEdit.RemoveContact(account.contacts[0].id),
                AccountEdit.RemoveSite(account.sites[0].id),
                AccountEdit.RemoveAsset(account.assets[0].id),
                AccountEdit.DropRequiredLeadTime("delivery"),
                AccountEdit.Archive,
            )
            notebook.editAccount(id, removals)
            same(true, notebook.account(id).account.archived)
            same(emptyList<Any>(), notebook.account(id).account.assets)
            holds(notebook.accounts(AccountListQuery()).none { row -> row.id == id }) { "an archived customer is listed" }
            same(id, notebook.accounts(AccountListQuery(archived = true)).single().id)
            notebook.editAccount(id, listOf(AccountEdit.Restore))
            same(id, notebook.accounts(AccountListQuery()).single().id)
            same(4, notebook.history(id).size)
        }
    }

    test("a customer who is there already is shown before it is written twice") {
        world.stranger().use {
            val id = it.notebook.createAccount(customer("Bäckerei Öztürk", "+49 30 1234567"))
            val likely = it.notebook.duplicatesOfAccount(customer("bäckerei  öztürk", "+49 (30) 123 45 67"))
            same(listOf(id), likely.map { row -> row.id })
            same(emptyList<Any>(), it.notebook.duplicatesOfAccount(customer("Gasthof Krone")))
            same(true, isSameName("Bäckerei Öztürk", "backerei ozturk"))
            same(false, isSameName("Bäckerei Öztürk", "Bäckerei Kern"))
        }
    }

    test("a card of an address book becomes a customer, once") {
        world.stranger().use {
            val card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Eva Kern\r\nTEL:+49 711 998877\r\nEND:VCARD\r\n".encodeToByteArray()
            val first = it.notebook.importCards(card)
            same(listOf(1u, 0u), listOf(first.added, first.known))
            val again = it.notebook.importCards(card)
            same(listOf(0u, 1u), listOf(again.added, again.known))
            same("Eva Kern", it.notebook.account(first.cards.single().account!!).account.name)
            refused<KeptException.Invalid> { it.notebook.importCards(byteArrayOf(1, 2, 3)) }
        }
    }

    test("a number is dialled as the telephone network wants it") {
        world.stranger().use {
            same("tel:+49711123456", it.notebook.dialAddress("+49 (711) 12 34 56"))
            same(null, it.notebook.dialAddress("ask Eva"))
        }
    }
}
