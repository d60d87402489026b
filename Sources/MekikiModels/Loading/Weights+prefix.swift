import MekikiCore
import MekikiTensor

extension Weights {
    /// What the names of a part's tensors begin with: checkpoints hold the same tower bare or inside of
    /// a larger model.
    ///
    /// - Parameters:
    ///   - name: A tensor that the part has in every checkpoint.
    ///   - known: The beginnings that are known, the likeliest first.
    /// - Returns: The beginning.
    /// - Throws: `MekikiError` with code `badData` when the tensor is there under none of them.
    func prefix(of name: String, among known: [String]) throws -> String {
        guard let prefix = known.first(where: { entry(named: $0 + name) != nil }) else {
            throw MekikiError(
                .badData,
                "The tensor '\(name)' is missing from the weights. The folder holds another kind of "
                    + "model than its config.json says, or an incomplete one.",
                subject: folder.path
            )
        }
        return prefix
    }
}
