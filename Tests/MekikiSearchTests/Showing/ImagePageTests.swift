import MekikiCore
import MekikiSearch
import MekikiTesting
import Testing

@Suite struct ImagePageTests {
    @Test func aPageHoldsItsImagesWithTheirFilesAndTheNumberOfAll() async throws {
        let bench = try FlowBench()
        for name in ["a", "b", "c"] { try bench.put("\(name).png", name) }
        try await bench.index()
        try bench.delete("b.png")
        try await bench.index(prune: false)
        let page = try await ImagePage(of: bench.catalog, limit: 10, offset: 0)
        // One of three is more than a fifth: nothing is taken for gone without being asked.
        #expect(page.total == 3)
        try await bench.index(prune: true)
        let pruned = try await ImagePage(of: bench.catalog, limit: 1, offset: 1)
        #expect(pruned.total == 2)
        #expect(pruned.offset == 1)
        #expect(pruned.images.map { $0.files.map(\.location.name) } == [["a.png"]])
    }

    @Test func otherNumbersAreRefused() async throws {
        let bench = try FlowBench()
        for (limit, offset) in [(0, 0), (-1, 0), (1, -1)] {
            let error = await #expect(throws: MekikiError.self) {
                try await ImagePage(of: bench.catalog, limit: limit, offset: offset)
            }
            #expect(error?.code == .usage)
        }
    }
}
