import MekikiCore

extension CatalogTables {
    /// Gives images the tags of one set of labels, in place of those that they had of it.
    mutating func setTags(
        _ assignments: [TagAssignment],
        of labelSet: String,
        in space: VectorSpace
    ) throws {
        try TagAssignment.check(assignments, of: labelSet)
        for assignment in assignments { try checkExists(assignment.imageID) }
        guard !assignments.isEmpty else { return }
        note(space)
        for assignment in assignments {
            var list = tags[assignment.imageID] ?? []
            list.removeAll { $0.labelSet.utf8.elementsEqual(labelSet.utf8) }
            list += assignment.labels.map { label in
                ImageTag(
                    label: label.label,
                    probability: label.probability,
                    labelSet: labelSet,
                    space: space
                )
            }
            tags[assignment.imageID] = list.isEmpty ? nil : list.sorted { $0.precedes($1) }
        }
    }

    /// Forgets all tags of a set of labels.
    mutating func removeTags(of labelSet: String) -> Int {
        var count = 0
        for (id, list) in tags {
            let left = list.filter { !$0.labelSet.utf8.elementsEqual(labelSet.utf8) }
            count += list.count - left.count
            tags[id] = left.isEmpty ? nil : left
        }
        return count
    }
}

extension ImageTag {
    /// The order in which tags are given: texts by their bytes, as SQLite compares them.
    fileprivate func precedes(_ other: ImageTag) -> Bool {
        if !labelSet.utf8.elementsEqual(other.labelSet.utf8) {
            return labelSet.utf8.lexicographicallyPrecedes(other.labelSet.utf8)
        }
        if probability != other.probability { return probability > other.probability }
        return label.utf8.lexicographicallyPrecedes(other.label.utf8)
    }
}
