/// The greatest few of many numbers, kept in a heap with the least of them on top.
struct GreatestFloats {
    private let capacity: Int
    private var heap: [Float] = []

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The least of them once there are as many as are kept; before that, less than every number.
    var least: Float {
        guard heap.count == capacity else { return -.infinity }
        return heap.first ?? .infinity
    }

    /// Offers a number.
    ///
    /// - Complexity: O(log capacity), and O(1) for most of many numbers.
    mutating func offer(_ value: Float) {
        if heap.count < capacity {
            heap.append(value)
            var child = heap.count - 1
            while child > 0 {
                let parent = (child - 1) / 2
                guard heap[child] < heap[parent] else { return }
                heap.swapAt(parent, child)
                child = parent
            }
        } else if let least = heap.first, value > least {
            heap[0] = value
            var parent = 0
            while true {
                var smallest = parent
                for child in [2 * parent + 1, 2 * parent + 2]
                where child < heap.count && heap[child] < heap[smallest] {
                    smallest = child
                }
                guard smallest != parent else { return }
                heap.swapAt(parent, smallest)
                parent = smallest
            }
        }
    }
}
