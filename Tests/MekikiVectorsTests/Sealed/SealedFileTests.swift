import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiVectors

@Suite struct SealedFileTests {
    private let folder: TemporaryFolder
    private let file: URL
    private let vectors: SealedVectors

    init() throws {
        folder = try TemporaryFolder()
        file = folder.file("1.vectors")
        var random = SplitMix64(seed: 2)
        let rows = (0..<70).flatMap { _ in
            HalfVector(Embedding(unit: random.unitVector(65))).bits
        }
        vectors = rows.withUnsafeBufferPointer { rows in
            SealedVectors.sealed(
                (0..<70).map { ImageID(rawValue: Int64($0 * 3)) },
                dimension: 65,
                like: nil
            ) { UnsafeBufferPointer(rebasing: rows[$0 * 65..<($0 + 1) * 65]) }
        }
        try Data(vectors.bytes).write(to: file)
    }

    @Test func comesBackAsItWas() throws {
        let mapped = try SealedVectors(mapping: file)
        #expect(mapped.layout == vectors.layout)
        #expect(mapped.space == vectors.space)
        #expect(mapped.bytes.elementsEqual(vectors.bytes))
        #expect((0..<70).allSatisfy(mapped.isIntact))
        #expect(mapped.row(of: ImageID(rawValue: 9)) == 3)
        #expect(mapped.row(of: ImageID(rawValue: 10)) == nil)
    }

    /// Whatever bit of the file is another: either it is refused, or the row that it is in.
    @Test func everyChangeIsNoticed() throws {
        let whole = Data(vectors.bytes)
        let gap = vectors.layout.codesEnd..<vectors.layout.rowsOffset
        for place in stride(from: 0, to: whole.count, by: 37) where !gap.contains(place) {
            var changed = whole
            changed[place] ^= 1 << UInt8(place % 8)
            try changed.write(to: file)
            if place < vectors.layout.codesEnd {
                #expect(throws: MekikiError.self) { try SealedVectors(mapping: file) }
            } else {
                let mapped = try SealedVectors(mapping: file)
                let row = (place - vectors.layout.rowsOffset) / (vectors.layout.stride * 2)
                #expect((0..<70).filter { !mapped.isIntact($0) } == [row])
            }
        }
    }

    @Test func anotherLengthIsRefused() throws {
        let whole = Data(vectors.bytes)
        for count in [0, 1, 63, 64, 500, whole.count - 1] {
            try whole.prefix(count).write(to: file)
            #expect(throws: MekikiError.self) { try SealedVectors(mapping: file) }
        }
        try (whole + [0]).write(to: file)
        #expect(throws: MekikiError.self) { try SealedVectors(mapping: file) }
        #expect(throws: MekikiError.self) { try SealedVectors(mapping: folder.url) }
        #expect(throws: MekikiError.self) {
            try SealedVectors(mapping: folder.file("missing.vectors"))
        }
    }

    /// Nonsense of every length ends in a refusal, not in a crash.
    @Test func hugeNumbersAreRefused() throws {
        let whole = Data(vectors.bytes)
        for place in [16, 24] {
            for value in [UInt64.max, 1 << 62, 1 << 40, 0] {
                var changed = whole
                withUnsafeBytes(of: value.littleEndian) {
                    changed.replaceSubrange(place..<place + 8, with: $0)
                }
                try changed.write(to: file)
                #expect(throws: MekikiError.self) { try SealedVectors(mapping: file) }
            }
        }
    }
}
