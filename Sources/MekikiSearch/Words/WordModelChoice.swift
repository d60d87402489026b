import MekikiCore

/// Decides which model makes the vectors of captions, prompts and text in pictures.
public enum WordModelChoice: Sendable, Equatable {
    /// The model of the library's current space of texts.
    case model(ChosenSpace)
    /// The text side of the model that Mekiki ships, because the library has no space of texts of its
    /// own; whoever shows results says so.
    case starter(VectorSpace)

    /// Decides.
    ///
    /// - Parameters:
    ///   - selection: The library's selection of spaces of texts.
    ///   - starter: The space of the starter model, of whichever role.
    public init(_ selection: SpaceSelection, starter: VectorSpace) {
        var substitute = starter
        substitute.role = .text
        // A library may have been filled with the starter before: it is a substitute all the same.
        if let current = selection.current, current.space.model != starter.model {
            self = .model(current)
        } else {
            self = .starter(substitute)
        }
    }

    /// The space of the vectors.
    public var space: VectorSpace {
        switch self {
        case .model(let chosen): chosen.space
        case .starter(let space): space
        }
    }

    /// What to tell people; `nil` where a model for texts is at work.
    public var note: String? {
        switch self {
        case .model: nil
        case .starter:
            "Words are compared by the small model that Mekiki ships. "
                + "`mekiki models pull` gets one that was made for texts."
        }
    }
}

/// The text side of a model of images and texts, as an encoder of the texts of images.
///
/// Its vectors live in a space of their own role, because texts are looked for among texts there.
public struct WordEncoder: TextEncoder {
    /// The space of the vectors: that of the model, with the role of texts.
    public let space: VectorSpace

    private let tower: any TextEncoder

    /// Wraps an encoder.
    ///
    /// - Parameter tower: The model's text side.
    public init(_ tower: any TextEncoder) {
        self.tower = tower
        var space = tower.space
        space.role = .text
        self.space = space
    }

    /// The longest text that is read whole, in tokens.
    public var maximumLength: Int { tower.maximumLength }

    /// Encodes queries, in the order given.
    ///
    /// - Parameter texts: Texts in any language the model knows.
    /// - Returns: One unit vector a text.
    /// - Throws: What the tower throws.
    public func encode(_ texts: [String]) async throws -> [Embedding] {
        try await tower.encode(texts)
    }

    /// Encodes texts, in the order given, as what they are used for.
    ///
    /// - Parameters:
    ///   - texts: Texts in any language the model knows.
    ///   - use: Whether they are queries or documents.
    /// - Returns: One unit vector a text.
    /// - Throws: What the tower throws.
    public func encode(_ texts: [String], as use: TextUse) async throws -> [Embedding] {
        try await tower.encode(texts, as: use)
    }
}
