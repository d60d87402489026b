import MekikiCore

/// A tag as JSON, the same for the command line and the HTTP API.
public struct TagDocument: Encodable, Sendable {
    /// The label.
    public var label: String
    /// How probable it is, 0 to 1.
    public var probability: Float
    /// The name of the labels that were tried together.
    public var labelSet: String
    /// The model that compared picture and label.
    public var model: String

    /// Describes a tag.
    ///
    /// - Parameter tag: The tag.
    public init(_ tag: ImageTag) {
        label = tag.label
        probability = tag.probability
        labelSet = tag.labelSet
        model = tag.space.model
    }
}
