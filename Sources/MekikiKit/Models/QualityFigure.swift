/// A figure that somebody published about a model.
public struct QualityFigure: Sendable, Hashable, Codable {
    /// What was measured.
    public var measure: String

    /// The figure as it was published.
    public var value: String

    /// Who says so.
    public var source: String

    init(_ measure: String, _ value: String, _ source: String) {
        self.measure = measure
        self.value = value
        self.source = source
    }
}
