/// A repository of the model hub, such as `openai/clip-vit-base-patch32`.
///
/// The oldest repositories have no organisation and are named by one word.
public struct RepositoryName: Sendable, Hashable, CustomStringConvertible {
    /// The name as the hub writes it.
    public let description: String

    /// Reads a name.
    ///
    /// Returns `nil` for what the hub allows as no name: it becomes a folder's name and part of an
    /// address.
    ///
    /// - Parameter text: `organisation/name`, or a name alone.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), text.utf8.count <= 96,
            !text.contains("--"), !text.contains(".."), !text.hasSuffix(".git"),
            parts.allSatisfy(Self.isPart)
        else { return nil }
        description = text
    }

    /// Reads the name of a repository's folder in the hub's cache: `models--organisation--name`.
    ///
    /// Returns `nil` when the folder is none of a model.
    ///
    /// - Parameter cacheFolder: The folder's name.
    public init?(cacheFolder: String) {
        guard cacheFolder.hasPrefix(Self.folderStart) else { return nil }
        let parts = String(cacheFolder.dropFirst(Self.folderStart.count))
        self.init(parts.replacing("--", with: "/"))
    }

    /// The name of its folder in the hub's cache.
    public var cacheFolder: String {
        Self.folderStart + description.replacing("/", with: "--")
    }

    private static let folderStart = "models--"

    private static func isPart(_ part: Substring) -> Bool {
        guard let first = part.utf8.first, let last = part.utf8.last else { return false }
        let edges = [UInt8(ascii: "-"), UInt8(ascii: ".")]
        return !edges.contains(first) && !edges.contains(last)
            && part.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
