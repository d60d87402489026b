import Testing

@testable import MekikiTokenizers

@Suite("Merge table")
struct MergeTableTests {
    @Test("Pairs have the rank of their place")
    func ranks() {
        var table = MergeTable(capacity: 3000)
        for index in Int32(0)..<3000 {
            table.append(left: index % 60, right: index / 60, product: 100 + index)
        }
        for index in Int32(0)..<3000 {
            #expect(table.rank(index % 60, index / 60) == UInt32(index))
        }
        #expect(table.rank(61, 0) == .max)
        #expect(table.products[7] == 107)
    }

    @Test("A pair that stands twice has the later rank")
    func later() {
        var table = MergeTable(capacity: 2)
        table.append(left: 1, right: 2, product: 3)
        table.append(left: 1, right: 2, product: 3)
        #expect(table.rank(1, 2) == 1)
    }
}
