import Foundation
import MekikiCore

/// A model of the list, as JSON.
public struct ModelDocument: Sendable, Encodable {
    /// The name that chooses it.
    public var name: String
    /// Its place on the hub.
    public var repository: String?
    /// Whether it is the model that answers: the library's, or where there is no library the one that
    /// is used when a command names none.
    public var isCurrent: Bool
    /// Whether it takes the current one's place when every image has a vector of it.
    public var isPending = false
    /// `here`, `incomplete` or `absent`.
    public var presence: ModelEntry.Presence
    /// Its folder on this machine.
    public var folder: String?
    /// Bytes on the disk, or about how many a download takes.
    public var bytes: Int64?
    /// The fingerprint that its vectors are known by.
    public var revision: String?
    /// Components of its vectors.
    public var dimension: Int?
    /// Vectors that the library has of it.
    public var vectors: Int?
    /// Images of the library that have no vector of it.
    public var lacking: Int?
    /// What it is for.
    public var role: ModelRole?
    /// Its licence.
    public var licence: String?
    /// Whether its terms must be accepted first.
    public var isGated: Bool?
    /// The languages that it is good at.
    public var languages: String?
    /// What it is good for.
    public var purpose: String?
    /// What is published about its quality.
    public var figures: [QualityFigure]?

    /// Describes a model that could be used.
    ///
    /// - Parameter entry: The model.
    public init(_ entry: ModelEntry) {
        name = entry.name
        repository = entry.repository?.description
        isCurrent = entry.isCurrent
        presence = entry.presence
        folder = entry.folder?.path
        bytes = entry.bytes
        revision = entry.revision
        dimension = entry.dimension
        role = entry.role
        licence = entry.preset?.licence
        isGated = entry.preset?.isGated
        languages = entry.preset?.languages
        purpose = entry.preset?.purpose
        figures = entry.preset?.figures
    }

    /// Describes a model that only the library's vectors tell of.
    ///
    /// - Parameter status: The model's space.
    public init(_ status: SpaceStatus) {
        name = status.space.model
        isCurrent = false
        let isHere = status.chosen.folder.map { FileManager.default.fileExists(atPath: $0) }
        presence = isHere == true ? .here : .absent
        folder = isHere == true ? status.chosen.folder : nil
        revision = status.space.revision
        take(status)
    }

    /// Whether a space's vectors are of this model.
    ///
    /// - Parameter space: The space.
    /// - Returns: `false` for other revisions of the model, too.
    public func isOf(_ space: VectorSpace) -> Bool {
        revision == space.revision && (repository ?? name) == space.model
    }

    /// Adds what a library has of the model.
    ///
    /// - Parameter status: The model's space.
    public mutating func take(_ status: SpaceStatus) {
        isCurrent = status.isCurrent
        isPending = status.isPending
        dimension = status.space.dimension
        vectors = status.vectorCount
        lacking = status.lackingCount
    }
}
