import Foundation
import MekikiCore

/// A model that could be used: the starter, a preset, or one of the hub's cache.
public struct ModelEntry: Sendable, Hashable {
    /// How much of a model is on this machine.
    public enum Presence: String, Sendable, Hashable, Codable {
        /// All that it needs.
        case here
        /// Something, which `mekiki models pull` completes.
        case incomplete
        /// Nothing.
        case absent
    }

    /// The name that chooses it.
    public var name: String

    /// Where it is on the hub; `nil` for the starter and for folders of the user's.
    public var repository: RepositoryName?

    /// What is known of it, where it is a preset.
    public var preset: ModelPreset?

    /// How much of it is on this machine.
    public var presence: Presence

    /// Its folder, where anything of it is here.
    public var folder: URL?

    /// Bytes on the disk; about how many a download takes, where it isn't here.
    public var bytes: Int64?

    /// The fingerprint that its vectors are known by, where it is here and can be loaded.
    public var revision: String?

    /// Components of its vectors, as far as it is known.
    public var dimension: Int?

    /// Whether it is used when a command names none.
    public var isCurrent = false

    /// What it is for, as far as it is known.
    public var role: ModelRole?
}
