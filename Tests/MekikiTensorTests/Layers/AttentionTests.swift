import Foundation
import MekikiTensor
import Testing

@Suite struct AttentionTests {
    struct Shape: Sendable {
        var queries: Int
        var keys: Int
        var heads: Int
        var headWidth: Int
    }

    static let shapes = [
        Shape(queries: 1, keys: 1, heads: 1, headWidth: 1),
        Shape(queries: 9, keys: 9, heads: 2, headWidth: 8),
        Shape(queries: 1, keys: 13, heads: 3, headWidth: 5),
        Shape(queries: 35, keys: 35, heads: 1, headWidth: 20),
        Shape(queries: 4, keys: 70, heads: 2, headWidth: 64),
    ]

    @Test(arguments: shapes, [false, true])
    func resultsEqualTheDefinition(_ shape: Shape, _ isCausal: Bool) {
        let width = shape.heads * shape.headWidth
        var random = RandomNumbers(seed: 7)
        let queries = random.floats(shape.queries * width, within: -2...2)
        let keys = random.floats(shape.keys * width, within: -2...2)
        let values = random.floats(shape.keys * width, within: -2...2)
        for element in ElementType.allCases {
            let query = Tensor(queries, as: element, columns: width)
            let key = Tensor(keys, as: element, columns: width)
            let value = Tensor(values, as: element, columns: width)
            let output = Tensor(element, rows: shape.queries, columns: width)
            let attention = Attention(
                heads: shape.heads,
                headWidth: shape.headWidth,
                isCausal: isCausal
            )
            attention.run(
                query: query.all,
                key: key.all,
                value: value.all,
                into: output.all,
                scratch: Tensor(.float32)
            )
            let expected = Self.reference(
                shape,
                isCausal,
                query.values,
                key.values,
                value.values
            )
            let tolerance: Float = element == .float32 ? 1e-5 : 0.01
            for (result, wanted) in zip(output.values, expected) {
                #expect(abs(result - wanted) < tolerance)
            }
        }
    }

    @Test(arguments: [1, 4, 20, 200])
    func aWindowIsSeenAndNoMore(_ window: Int) {
        let shape = Shape(queries: 97, keys: 97, heads: 2, headWidth: 8)
        let width = shape.heads * shape.headWidth
        var random = RandomNumbers(seed: 9)
        let numbers = (0..<3).map { _ in random.floats(shape.keys * width, within: -2...2) }
        for element in ElementType.allCases {
            let tensors = numbers.map { Tensor($0, as: element, columns: width) }
            let values = tensors.map(\.values)
            let output = Tensor(element, rows: shape.queries, columns: width)
            let attention = Attention(heads: 2, headWidth: 8, isCausal: false, window: window)
            attention.run(
                query: tensors[0].all,
                key: tensors[1].all,
                value: tensors[2].all,
                into: output.all,
                scratch: Tensor(.float32)
            )
            let tolerance: Float = element == .float32 ? 1e-5 : 0.01
            for query in 0..<shape.queries {
                // One query over the keys that it may see, without any mask.
                let seen = max(0, query - window)..<min(shape.keys, query + window + 1)
                let wanted = Self.reference(
                    Shape(queries: 1, keys: seen.count, heads: 2, headWidth: 8),
                    false,
                    Array(values[0][query * width..<(query + 1) * width]),
                    Array(values[1][seen.lowerBound * width..<seen.upperBound * width]),
                    Array(values[2][seen.lowerBound * width..<seen.upperBound * width])
                )
                let found = output.values[query * width..<(query + 1) * width]
                for (a, b) in zip(found, wanted) { #expect(abs(a - b) < tolerance) }
            }
        }
    }

    @Test func aWindowLiesAroundTheQuerysPlace() {
        var random = RandomNumbers(seed: 10)
        let width = 8
        let query = Tensor(random.floats(width, within: -2...2), columns: width)
        let keys = Tensor(random.floats(30 * width, within: -2...2), columns: width)
        let values = Tensor(random.floats(30 * width, within: -2...2), columns: width)
        let output = Tensor(.float32, rows: 1, columns: width)
        let part = Tensor(.float32, rows: 1, columns: width)
        Attention(heads: 1, headWidth: width, isCausal: false, window: 3).run(
            [0..<30],
            query: query.all,
            key: keys.all,
            value: values.all,
            into: output.all,
            queryRows: [0..<1],
            queryPlaces: [10],
            scratch: [Tensor(.float32)]
        )
        Attention(heads: 1, headWidth: width, isCausal: false).run(
            query: query.all,
            key: keys.rows(7..<14),
            value: values.rows(7..<14),
            into: part.all,
            scratch: Tensor(.float32)
        )
        for (a, b) in zip(output.values, part.values) { #expect(abs(a - b) < 1e-5) }
    }

    @Test func columnsOfOneArraySuffice() {
        var random = RandomNumbers(seed: 8)
        let joined = Tensor(random.floats(6 * 24), columns: 24)
        let parts = (0..<3).map { part in
            let copy = Tensor(.float32, rows: 6, columns: 8)
            for row in 0..<6 {
                let values = joined.values[row * 24 + part * 8..<row * 24 + part * 8 + 8]
                _ = copy.rows(row..<row + 1).floats.update(fromContentsOf: values)
            }
            return copy
        }
        let attention = Attention(heads: 2, headWidth: 4, isCausal: true)
        let apart = Tensor(.float32, rows: 6, columns: 8)
        attention.run(
            query: parts[0].all,
            key: parts[1].all,
            value: parts[2].all,
            into: apart.all,
            scratch: Tensor(.float32)
        )
        let together = Tensor(.float32, rows: 6, columns: 8)
        attention.run(
            query: joined.slice(rows: 0..<6, columns: 0..<8),
            key: joined.slice(rows: 0..<6, columns: 8..<16),
            value: joined.slice(rows: 0..<6, columns: 16..<24),
            into: together.all,
            scratch: Tensor(.float32)
        )
        #expect(together.values == apart.values)
    }

    @Test func hugeScoresDoNotOverflow() {
        let query = Tensor([1e4, 1e4], columns: 2)
        let key = Tensor([1e4, 1e4, -1e4, -1e4], columns: 2)
        let value = Tensor([1, 2, 3, 4], columns: 2)
        let output = Tensor(.float32, rows: 1, columns: 2)
        Attention(heads: 1, headWidth: 2, isCausal: false).run(
            query: query.all,
            key: key.all,
            value: value.all,
            into: output.all,
            scratch: Tensor(.float32)
        )
        #expect(output.values == [1, 2])
    }

    private static func reference(
        _ shape: Shape,
        _ isCausal: Bool,
        _ query: [Float],
        _ key: [Float],
        _ value: [Float]
    ) -> [Float] {
        let width = shape.heads * shape.headWidth
        var output = [Float](repeating: 0, count: shape.queries * width)
        for head in 0..<shape.heads {
            let columns = head * shape.headWidth..<(head + 1) * shape.headWidth
            for q in 0..<shape.queries {
                let visible = isCausal ? shape.keys - shape.queries + q + 1 : shape.keys
                let scores = (0..<visible).map { k in
                    columns.reduce(0.0) {
                        $0 + Double(query[q * width + $1]) * Double(key[k * width + $1])
                    } / Double(shape.headWidth).squareRoot()
                }
                let largest = scores.max() ?? 0
                let weights = scores.map { exp($0 - largest) }
                let sum = weights.reduce(0, +)
                for column in columns {
                    let mixed = (0..<visible).reduce(0.0) {
                        $0 + weights[$1] * Double(value[$1 * width + column])
                    }
                    output[q * width + column] = Float(mixed / sum)
                }
            }
        }
        return output
    }
}
