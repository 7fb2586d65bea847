// The identifiers of the core as types of their own, so that none is taken for another. They are compiled together with
// the generated file, for which `core/uniffi.toml` names each of them. What is no identifier is refused by the call that
// it is passed to.

/// The author of changes: one installation, or one of the server's.
public struct Actor: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
}

/// A document: a customer, a visit, an observation, a promise.
public struct DocId: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
}

/// An event of a promise.
public struct EventId: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
}

/// A file that was attached, by its content.
public struct FileHash: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
}

/// A group: the changes of one tap, which are sent and undone together.
public struct GroupId: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
}

/// One change of a document.
public struct Hash: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
}

/// One installation of Kept on a device.
public struct InstallationId: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
}

/// One item of a list within a document, as a contact or a number.
public struct ItemId: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
}

/// A company.
public struct OrganisationId: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
}

/// A colleague.
public struct PersonId: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
}

/// A team or a pool, by its name.
public struct Team: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
}
