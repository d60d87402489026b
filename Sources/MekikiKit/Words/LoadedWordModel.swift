import MekikiCore
import MekikiSearch

/// What compares words with the texts of images.
public struct LoadedWordModel: Sendable {
    /// What makes vectors of words, in a space of texts.
    public let encoder: any TextEncoder

    /// What to tell people where a small model stands in; `nil` where a model for texts is at work.
    public let note: String?

    /// Whether its ranking may take part in a query's.
    ///
    /// A model that only stands in ranks texts well enough to search them apart. Beside pictures it would
    /// push images up for having any prompt at all, which was seen on the samples.
    ///
    /// - Parameter query: The query.
    /// - Returns: Whether it is fit for it.
    public func isFit(for query: Query) -> Bool { note == nil || query.target != .all }

    /// The same for many askers at once.
    public var forManyAskers: LoadedWordModel {
        LoadedWordModel(encoder: BatchingTextEncoder(encoder), note: note)
    }

    init(encoder: any TextEncoder, note: String?) {
        self.encoder = encoder
        self.note = note
    }
}
