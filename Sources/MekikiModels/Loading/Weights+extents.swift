import MekikiCore
import MekikiTensor

extension Weights {
    /// The extents of a tensor.
    ///
    /// - Parameters:
    ///   - name: The tensor's name.
    ///   - count: How many extents it must have.
    /// - Returns: The extents, each 1 or more.
    /// - Throws: `MekikiError` with code `badData` when the tensor is missing or has another number.
    func extents(_ name: String, count: Int) throws -> [Int] {
        guard let shape = entry(named: name)?.shape else {
            throw MekikiError(
                .badData,
                "The tensor '\(name)' is missing from the weights. The folder holds another kind "
                    + "of model than its configuration says, or an incomplete one.",
                subject: folder.path
            )
        }
        guard shape.count == count, shape.allSatisfy({ (1...10_000_000).contains($0) }) else {
            throw MekikiError(
                .badData,
                "The tensor '\(name)' has the shape \(shape), and \(count) extents are needed. "
                    + "Fetch the model again.",
                subject: folder.path
            )
        }
        return shape
    }

    /// The number of layers: one more than the largest number behind a prefix.
    func layerCount(_ prefix: String) -> Int {
        var count = 0
        for name in names where name.hasPrefix(prefix) {
            guard let number = Int(name.dropFirst(prefix.count).prefix { $0 != "." }),
                (0..<10_000).contains(number)
            else { continue }
            count = max(count, number + 1)
        }
        return count
    }

    /// What precedes an ending in the name of a tensor.
    ///
    /// - Parameter ending: The end of a name.
    /// - Returns: The shortest beginning of a name that ends so; `nil` when none does.
    func prefix(before ending: String) -> String? {
        names.filter { $0.hasSuffix(ending) }
            .map { String($0.dropLast(ending.count)) }
            .min { ($0.count, $0) < ($1.count, $1) }
    }
}
