/// The role that keeps the labels which models found to fit images.
///
/// Tags go with their image when that is forgotten.
public protocol TagStore: Sendable {
    /// Gives images the tags of one set of labels, in place of those that they had of this set, from
    /// whichever model: all of them, or none.
    ///
    /// - Parameters:
    ///   - assignments: Images with their labels; an image that is not named keeps its tags.
    ///   - labelSet: The set's name, not empty.
    ///   - space: The space in which pictures and labels were compared.
    /// - Throws: `MekikiError`: `badData` for an unknown image and for labels that no storage takes
    ///   (empty, twice, with a probability outside 0 to 1); `unavailable` when another process holds
    ///   the library for too long; `inputOutput` when the disk fails.
    func setTags(
        _ assignments: [TagAssignment],
        of labelSet: String,
        in space: VectorSpace
    ) async throws

    /// The tags of images, by image: ordered by the bytes of their sets' names, then by falling
    /// probability, equals by the bytes of the label.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The tags; images without any are left out.
    /// - Throws: `MekikiError` when the storage can't be read.
    func tags(of ids: [ImageID]) async throws -> [ImageID: [ImageTag]]

    /// The sets of labels that have given tags, ordered by the bytes of their names.
    ///
    /// - Returns: The sets with their counts.
    /// - Throws: `MekikiError` when the storage can't be read.
    func labelSets() async throws -> [LabelSetCount]

    /// Forgets all tags of a set of labels.
    ///
    /// - Parameter labelSet: The set's name.
    /// - Returns: How many tags were forgotten.
    /// - Throws: `MekikiError` when the storage can't be written.
    func removeTags(of labelSet: String) async throws -> Int
}
