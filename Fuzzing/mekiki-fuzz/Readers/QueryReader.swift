import Foundation
import MekikiSearch

/// Texts of queries: nothing is refused, and the one spelling means the same.
struct QueryReader: FuzzedReader {
    private let parser = QueryParser(
        now: Date(timeIntervalSince1970: 1_796_094_000),
        timeZone: .gmt
    )

    func accepts(_ data: Data) -> Bool {
        let input = String(decoding: data, as: UTF8.self)
        let parsed = parser.parse(input)
        let length = input.utf16.count
        for chip in parsed.chips where chip.range.upperBound > length || chip.range.isEmpty {
            fatalError("a chip outside the query")
        }
        guard parsed.description.utf16.count <= 10_000 else { return true }
        let again = parser.parse(parsed.description)
        guard again.words == parsed.words, again.text == parsed.text,
            again.exclusions == parsed.exclusions, again.filter == parsed.filter
        else { fatalError("another meaning: \(parsed.description)") }
        return true
    }

    func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        LineMutation.mutate(input, using: &random)
    }
}
