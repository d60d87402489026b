import MekikiCore

/// Puts pictures that look the same into groups, as a pure value.
///
/// Every two of a group look alike, not only each and the next: pictures of a series, each a little unlike
/// the one before, would otherwise become one group whose ends have nothing in common.
struct PictureGroups {
    /// Two pictures that are near in a space of pictures.
    struct Pair {
        var first: ImageID
        var second: ImageID
        var cosine: Float
    }

    /// The groups, each in the order of its images.
    let groups: [[ImageID]]

    /// Groups.
    ///
    /// - Parameters:
    ///   - pairs: Pairs that are near.
    ///   - hashes: What the pictures look like; those without a hash stay alone.
    ///   - distance: In how many bits two of a group differ at most.
    init(_ pairs: [Pair], _ hashes: [ImageID: PerceptualHash], distance: Int) {
        var groupOf: [ImageID: Int] = [:]
        var members: [Int: [ImageID]] = [:]
        func group(of id: ImageID) -> Int {
            if let group = groupOf[id] { return group }
            let group = groupOf.count
            groupOf[id] = group
            members[group] = [id]
            return group
        }
        func areAlike(_ first: ImageID, _ second: ImageID) -> Bool {
            guard let left = hashes[first], let right = hashes[second] else { return false }
            return left.distance(to: right) <= distance
        }
        // The nearest first; equals by number, so that the same library gives the same groups.
        let ordered = pairs.sorted {
            ($1.cosine, $0.first, $0.second) < ($0.cosine, $1.first, $1.second)
        }
        for pair in ordered {
            let (first, second) = (group(of: pair.first), group(of: pair.second))
            guard first != second, let left = members[first], let right = members[second],
                left.allSatisfy({ one in right.allSatisfy { areAlike(one, $0) } })
            else { continue }
            for id in right { groupOf[id] = first }
            members[first] = left + right
            members[second] = nil
        }
        groups = members.values.filter { $0.count > 1 }.map { $0.sorted() }
            .sorted { $0[0] < $1[0] }
    }
}
