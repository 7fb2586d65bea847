/*
 * The identifiers of the core as types of their own, so that none is taken for another. They are compiled together with
 * the generated file, for which `core/uniffi.toml` names each of them. What is no identifier is refused by the call that
 * it is passed to.
 */
package app.kept.core

/** The author of changes: one installation, or one of the server's. */
@JvmInline
public value class Actor(public val text: String) {
    override fun toString(): String = text
}

/** A document: a customer, a visit, an observation, a promise. */
@JvmInline
public value class DocId(public val text: String) {
    override fun toString(): String = text
}

/** An event of a promise. */
@JvmInline
public value class EventId(public val text: String) {
    override fun toString(): String = text
}

/** A file that was attached, by its content. */
@JvmInline
public value class FileHash(public val text: String) {
    override fun toString(): String = text
}

/** A group: the changes of one tap, which are sent and undone together. */
@JvmInline
public value class GroupId(public val text: String) {
    override fun toString(): String = text
}

/** One change of a document. */
@JvmInline
public value class Hash(public val text: String) {
    override fun toString(): String = text
}

/** One installation of Kept on a device. */
@JvmInline
public value class InstallationId(public val text: String) {
    override fun toString(): String = text
}

/** One item of a list within a document, as a contact or a number. */
@JvmInline
public value class ItemId(public val text: String) {
    override fun toString(): String = text
}

/** A company. */
@JvmInline
public value class OrganisationId(public val text: String) {
    override fun toString(): String = text
}

/** A colleague. */
@JvmInline
public value class PersonId(public val text: String) {
    override fun toString(): String = text
}

/** A team or a pool, by its name. */
@JvmInline
public value class Team(public val text: String) {
    override fun toString(): String = text
}
