import MekikiCore

/// Files that show the same, and which of them to keep.
public struct DuplicateGroup: Sendable, Equatable {
    /// How alike the files are.
    public enum Kind: String, Sendable, Codable {
        /// Byte by byte the same.
        case exact
        /// The same picture in other sizes, formats or qualities.
        case near
    }

    /// A file with its image.
    public struct Copy: Sendable, Equatable {
        /// The image.
        public var image: ImageRecord
        /// The file.
        public var file: FileRecord
        /// Whether the user wrote something of the image.
        public var hasUserWords: Bool

        /// Creates a copy.
        ///
        /// - Parameters:
        ///   - image: The image.
        ///   - file: The file.
        ///   - hasUserWords: Whether the user wrote something of it.
        public init(image: ImageRecord, file: FileRecord, hasUserWords: Bool) {
            self.image = image
            self.file = file
            self.hasUserWords = hasUserWords
        }
    }

    /// Why one is proposed to be kept: the first of these in which it is better than the next best.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        /// The user wrote something of it.
        case userWords
        /// It has more pixels.
        case pixels
        /// Nothing is lost in its format.
        case format
        /// It has more bytes, so that less was left out.
        case bytes
        /// It is older.
        case age
        /// Its path is shorter, or comes first: nothing else tells them apart.
        case path
    }

    /// How alike they are.
    public let kind: Kind

    /// The file to keep.
    public let kept: Copy

    /// The files that could go, by path.
    public let others: [Copy]

    /// Why that one.
    public let reason: Reason

    /// Chooses.
    ///
    /// - Parameters:
    ///   - kind: How alike the files are.
    ///   - copies: The files; `nil` comes back for fewer than two.
    public init?(_ kind: Kind, _ copies: [Copy]) {
        let ranked = copies.sorted { Self.better($0, $1) != nil }
        guard ranked.count > 1 else { return nil }
        self.kind = kind
        kept = ranked[0]
        reason = Self.better(ranked[0], ranked[1]) ?? .path
        others = ranked.dropFirst()
            .sorted { $0.file.location.absolutePath < $1.file.location.absolutePath }
    }

    /// In what the first is better; `nil` where the second is.
    static func better(_ first: Copy, _ second: Copy) -> Reason? {
        func value(_ copy: Copy, _ reason: Reason) -> Int64 {
            let content = copy.image.content
            return switch reason {
            case .userWords: copy.hasUserWords ? 1 : 0
            case .pixels: Int64(content.width) * Int64(content.height)
            case .format: [.png, .tiff].contains(content.format) ? 1 : 0
            case .bytes: Int64(content.byteCount)
            case .age: -copy.file.stamp.modifiedAt
            case .path: Int64(-copy.file.location.absolutePath.utf8.count)
            }
        }
        for reason in Reason.allCases {
            let (left, right) = (value(first, reason), value(second, reason))
            if left != right { return left > right ? reason : nil }
        }
        return first.file.location.absolutePath < second.file.location.absolutePath ? .path : nil
    }
}
