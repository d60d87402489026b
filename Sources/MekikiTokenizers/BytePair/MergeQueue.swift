/// Candidate merges, the lowest rank first and of equal ranks the leftmost: a binary heap of
/// rank and position packed into one number.
struct MergeQueue {
    private var items: [UInt64] = []

    /// Makes room for a number of candidates.
    init(capacity: Int) {
        items.reserveCapacity(capacity)
    }

    mutating func push(rank: UInt32, position: Int) {
        items.append(UInt64(rank) << 32 | UInt64(position))
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            if items[parent] <= items[child] { break }
            items.swapAt(parent, child)
            child = parent
        }
    }

    mutating func pop() -> (rank: UInt32, position: Int)? {
        guard let least = items.first, let last = items.popLast() else { return nil }
        if !items.isEmpty {
            items[0] = last
            var parent = 0
            while true {
                var child = parent * 2 + 1
                if child >= items.count { break }
                if child + 1 < items.count, items[child + 1] < items[child] { child += 1 }
                if items[parent] <= items[child] { break }
                items.swapAt(parent, child)
                parent = child
            }
        }
        return (UInt32(least >> 32), Int(least & 0xFFFF_FFFF))
    }
}
