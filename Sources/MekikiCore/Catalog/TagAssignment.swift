/// The labels of one set that an image is to have.
public struct TagAssignment: Sendable, Equatable {
    /// The image.
    public var imageID: ImageID

    /// The labels with their probabilities, in any order; none to take the image's tags away.
    public var labels: [LabelProbability]

    /// Creates an assignment.
    ///
    /// - Parameters:
    ///   - imageID: The image.
    ///   - labels: The labels with their probabilities.
    public init(imageID: ImageID, labels: [LabelProbability]) {
        self.imageID = imageID
        self.labels = labels
    }

    /// Checks what every storage would have to check.
    ///
    /// - Parameters:
    ///   - assignments: What is to be stored.
    ///   - labelSet: The name of the labels' set.
    /// - Throws: `MekikiError` with code `badData` for an empty name or label or one with a NUL, a
    ///   label that stands twice, or a probability outside 0 to 1.
    package static func check(_ assignments: [TagAssignment], of labelSet: String) throws {
        guard isStorable(labelSet) else {
            throw MekikiError(.badData, "The name of a set of labels is empty or contains a NUL.")
        }
        for assignment in assignments { try assignment.check() }
    }

    private func check() throws {
        // Compared by bytes, as a database does: Swift takes differently composed accents for equal.
        var seen: Set<[UInt8]> = []
        for label in labels {
            guard Self.isStorable(label.label) else {
                throw MekikiError(.badData, "A label is empty or contains a NUL.")
            }
            guard seen.insert(Array(label.label.utf8)).inserted else {
                throw MekikiError(.badData, "The label “\(label.label)” stands twice.")
            }
            guard (0...1).contains(label.probability) else {
                throw MekikiError(
                    .badData,
                    "The label “\(label.label)” has the probability \(label.probability)."
                )
            }
        }
    }

    private static func isStorable(_ text: String) -> Bool {
        !text.isEmpty && !text.utf8.contains(0)
    }
}
