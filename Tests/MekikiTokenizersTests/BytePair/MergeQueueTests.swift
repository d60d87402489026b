import Testing

@testable import MekikiTokenizers

@Suite("Merge queue")
struct MergeQueueTests {
    @Test("The lowest rank comes first, and of equals the leftmost")
    func order() {
        var queue = MergeQueue(capacity: 0)
        let items: [(UInt32, Int)] = (0..<500).map { (UInt32($0 * 7919 % 50), $0 * 104_729 % 499) }
        for (rank, position) in items { queue.push(rank: rank, position: position) }
        let sorted = items.sorted { $0 < $1 }
        for (rank, position) in sorted {
            let next = queue.pop()
            #expect(next?.rank == rank)
            #expect(next?.position == position)
        }
        #expect(queue.pop() == nil)
    }
}
