import Foundation
import MekikiCore

/// Writes what the user says about images: a caption and tags, apart from what files and models say.
///
/// Who calls holds the right to index the library: what is there is read first, and written with the change.
public struct WordEditing: Sendable {
    /// The longest caption in characters.
    public static let longestCaption = 100_000

    /// The longest tag in characters.
    public static let longestTag = 200

    /// The most tags of an image.
    public static let mostTags = 1000

    private let catalog: any Catalog

    /// Creates the editing.
    ///
    /// - Parameter catalog: Where images are kept.
    public init(catalog: any Catalog) { self.catalog = catalog }

    /// What the user has written about an image.
    public struct Words: Sendable, Equatable {
        /// The caption; `nil` where there is none.
        public var caption: String?

        /// The tags in their order, each once.
        public var tags: [String]

        /// Creates words.
        ///
        /// - Parameters:
        ///   - caption: The caption.
        ///   - tags: The tags.
        public init(caption: String? = nil, tags: [String] = []) {
            self.caption = caption
            self.tags = tags
        }
    }

    /// What the user has written about an image.
    ///
    /// - Parameter id: The image.
    /// - Returns: The words.
    /// - Throws: `MekikiError`: `noInput` for an unknown image; when the storage can't be read.
    public func words(of id: ImageID) async throws -> Words {
        guard try await !catalog.images([id]).isEmpty else {
            throw MekikiError(.noInput, "The library has no image \(id).")
        }
        let own = (try await catalog.texts(of: [id])[id] ?? [])
            .filter { $0.id.origin == TextOrigin.user.rawValue }
        return Words(
            caption: own.first { $0.key == "caption" }?.text,
            tags: own.filter { $0.key == "tag" }.map(\.text)
        )
    }

    /// Writes or removes the caption of an image.
    ///
    /// - Parameters:
    ///   - caption: The caption; `nil` or only spaces to remove it.
    ///   - id: The image.
    /// - Returns: The words afterwards.
    /// - Throws: `MekikiError`: `noInput` for an unknown image, `usage` for what is no caption; when the
    ///   storage fails.
    @discardableResult
    public func setCaption(_ caption: String?, of id: ImageID) async throws -> Words {
        try await change(id) { $0.caption = caption }
    }

    /// Puts tags in place of those that the user gave an image.
    ///
    /// - Parameters:
    ///   - tags: The tags; none to remove them.
    ///   - id: The image.
    /// - Returns: The words afterwards.
    /// - Throws: As ``setCaption(_:of:)``.
    @discardableResult
    public func setTags(_ tags: [String], of id: ImageID) async throws -> Words {
        try await change(id) { $0.tags = tags }
    }

    /// Gives an image tags, and takes others away.
    ///
    /// - Parameters:
    ///   - added: Tags to add behind the others.
    ///   - removed: Tags to take away.
    ///   - id: The image.
    /// - Returns: The words afterwards.
    /// - Throws: As ``setCaption(_:of:)``.
    @discardableResult
    public func changeTags(
        adding added: [String] = [],
        removing removed: [String] = [],
        of id: ImageID
    ) async throws -> Words {
        let removed = try Set(Self.check(tags: removed).map(Self.fold))
        return try await change(id) { words in
            words.tags = words.tags.filter { !removed.contains(Self.fold($0)) } + added
        }
    }

    private func change(_ id: ImageID, _ edit: (inout Words) -> Void) async throws -> Words {
        let before = try await words(of: id)
        var words = before
        edit(&words)
        words.caption = try words.caption.flatMap(Self.check(caption:))
        words.tags = try Self.check(tags: words.tags)
        guard words != before else { return words }
        var texts = words.tags.map { ImageMetadata.TextChunk(key: "tag", text: $0) }
        if let caption = words.caption {
            texts.insert(ImageMetadata.TextChunk(key: "caption", text: caption), at: 0)
        }
        let change = TextChange(imageID: id, origin: .user, texts: texts)
        try await catalog.apply(CatalogChanges(texts: [change], keepsImagesWithoutFile: true))
        return words
    }

    private static func check(caption: String) throws -> String? {
        let caption = caption.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !caption.utf8.contains(0), caption.count <= longestCaption else {
            throw MekikiError(
                .usage,
                "A caption has at most \(longestCaption) characters and no NUL among them."
            )
        }
        return caption.isEmpty ? nil : caption
    }

    private static func check(tags: [String]) throws -> [String] {
        var seen: Set<String> = []
        let tags = try tags.compactMap { tag -> String? in
            let tag = tag.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !tag.isEmpty, tag.count <= longestTag,
                !tag.contains(where: { $0.isNewline || $0 == "\0" })
            else {
                throw MekikiError(
                    .usage,
                    "A tag is one line of 1 to \(longestTag) characters.",
                    subject: tag.isEmpty ? nil : String(tag.prefix(longestTag))
                )
            }
            return seen.insert(fold(tag)).inserted ? tag : nil
        }
        guard tags.count <= mostTags else {
            throw MekikiError(.usage, "An image has at most \(mostTags) tags.")
        }
        return tags
    }

    private static func fold(_ tag: String) -> String {
        tag.lowercased().precomposedStringWithCompatibilityMapping
    }
}
