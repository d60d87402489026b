import MekikiCore

/// The best few of many neighbours, kept in a heap with the worst of them on top.
///
/// Order is total: greater cosine first, then smaller image id. So the outcome depends neither on
/// the order in which neighbours arrive nor on how the rows were split over threads.
struct NearestHeap {
    private let capacity: Int
    private var heap: [NearestResult.Neighbor] = []

    init(capacity: Int) {
        precondition(capacity >= 0, "A heap's capacity can't be negative.")
        self.capacity = capacity
    }

    /// Below this cosine nothing can get in; at it, only a smaller id can.
    var threshold: Float {
        guard heap.count == capacity else { return -.infinity }
        return heap.first?.cosine ?? .infinity
    }

    /// Offers a neighbour.
    ///
    /// - Complexity: O(log capacity), and O(1) for most rows of a large matrix, which don't get in.
    mutating func offer(_ neighbor: NearestResult.Neighbor) {
        if heap.count < capacity {
            heap.append(neighbor)
            siftUp(heap.count - 1)
        } else if let worst = heap.first, Self.precedes(neighbor, worst) {
            heap[0] = neighbor
            siftDown(0)
        }
    }

    mutating func merge(_ other: NearestHeap) {
        for neighbor in other.heap { offer(neighbor) }
    }

    /// What was kept, best first.
    func sorted() -> [NearestResult.Neighbor] { heap.sorted(by: Self.precedes) }

    static func precedes(_ lhs: NearestResult.Neighbor, _ rhs: NearestResult.Neighbor) -> Bool {
        lhs.cosine != rhs.cosine ? lhs.cosine > rhs.cosine : lhs.id < rhs.id
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard Self.precedes(heap[parent], heap[child]) else { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var parent = start
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && Self.precedes(heap[worst], heap[child]) {
                worst = child
            }
            guard worst != parent else { return }
            heap.swapAt(parent, worst)
            parent = worst
        }
    }
}
