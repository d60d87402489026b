import MekikiCore
import MekikiTesting
import MekikiVectors
import Testing

@Suite struct VectorMatrixTests {
    private static func id(_ number: Int) -> ImageID { ImageID(rawValue: Int64(number)) }

    private static func vector(_ values: [Float]) -> HalfVector {
        HalfVector(Embedding(unit: values))
    }

    @Test func aRowComesBack() {
        var matrix = VectorMatrix(dimension: 3)
        matrix.set(Self.id(7), Self.vector([1, 2, 3]))
        #expect(matrix[Self.id(7)] == Self.vector([1, 2, 3]))
        #expect(matrix[Self.id(8)] == nil)
        #expect(matrix.contains(Self.id(7)))
        #expect(matrix.count == 1)
    }

    @Test func aSecondRowOfAnImageReplacesTheFirst() {
        var matrix = VectorMatrix(dimension: 1)
        matrix.set(Self.id(1), Self.vector([1]))
        matrix.set(Self.id(1), Self.vector([2]), isHidden: true)
        #expect(matrix.count == 1)
        #expect(matrix[Self.id(1)] == Self.vector([2]))
        #expect(matrix.visibleCount == 0)
        matrix.set(Self.id(1), Self.vector([3]))
        #expect(matrix.visibleCount == 1)
    }

    @Test func hiddenRowsCountAndDontTakePart() throws {
        var matrix = VectorMatrix(dimension: 1)
        matrix.set(Self.id(1), Self.vector([1]))
        matrix.set(Self.id(2), Self.vector([1]))
        for _ in 0..<2 { matrix.setHidden(true, Self.id(1)) }
        matrix.setHidden(true, Self.id(9))
        #expect(matrix.count == 2)
        #expect(matrix.hiddenCount == 1)
        #expect(!matrix.isVisible(Self.id(1)))
        let result = try matrix.nearest(to: Embedding(unit: [1]), NearestRequest(limit: 5))
        #expect(result.neighbors.map(\.id) == [Self.id(2)])
        #expect(result.total == 1)
        matrix.remove(Self.id(1))
        #expect(matrix.hiddenCount == 0)
    }

    /// Removals at the ends, in the middle and across blocks of rows keep every other row.
    @Test(arguments: [1, 2, 1023, 1024, 1025, 2050])
    func removalKeepsTheOthers(_ count: Int) {
        var matrix = VectorMatrix(dimension: 2)
        var expected: [ImageID: HalfVector] = [:]
        for number in 0..<count {
            let vector = HalfVector(bits: [UInt16(number), UInt16(number / 2)])
            matrix.set(Self.id(number), vector, isHidden: number.isMultiple(of: 3))
            expected[Self.id(number)] = vector
        }
        var random = SplitMix64(seed: UInt64(count))
        for number in [0, count - 1, count / 2] + (0..<count).shuffled(using: &random) {
            matrix.remove(Self.id(number))
            expected[Self.id(number)] = nil
            #expect(matrix.count == expected.count)
            if number % 50 == 0 {
                let wrong = expected.filter { matrix[$0.key] != $0.value }
                #expect(wrong.isEmpty)
                let hidden = expected.keys.count { $0.rawValue.isMultiple(of: 3) }
                #expect(matrix.hiddenCount == hidden)
            }
        }
        #expect(matrix.count == 0)
        matrix.set(Self.id(1), HalfVector(bits: [1, 2]))
        #expect(matrix[Self.id(1)] == HalfVector(bits: [1, 2]))
    }

    @Test func aCopyStaysAsItIs() {
        var matrix = VectorMatrix(dimension: 1)
        for number in 0..<1500 { matrix.set(Self.id(number), Self.vector([Float(number)])) }
        let copy = matrix
        matrix.set(Self.id(3), Self.vector([-1]))
        matrix.setHidden(true, Self.id(4))
        matrix.remove(Self.id(5))
        matrix.set(Self.id(5000), Self.vector([-2]))
        #expect(copy.count == 1500)
        #expect(copy.hiddenCount == 0)
        for number in 0..<1500 {
            #expect(copy[Self.id(number)] == Self.vector([Float(number)]))
            #expect(copy.isVisible(Self.id(number)))
        }
        #expect(matrix[Self.id(3)] == Self.vector([-1]))
        #expect(matrix[Self.id(5)] == nil)
        #expect(matrix[Self.id(1499)] == Self.vector([1499]))
    }
}
