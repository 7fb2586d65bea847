import app.kept.core.*

// Ids of two kinds are not taken for each other, nor texts for ids: the compiler refuses each line that says so, and no
// other.

fun mixed(notebook: Notebook, account: DocId, person: PersonId, team: Team) {
    notebook.account(account)
    notebook.account(person) // refused
    notebook.account("01a2") // refused
    notebook.reliability(person)
    notebook.reliability(account) // refused
    Performer.Pool(team)
    Performer.Pool(person) // refused
    val words: String = account // refused
    check(words == account.text)
}
