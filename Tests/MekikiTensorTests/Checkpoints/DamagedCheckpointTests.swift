import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiTensor

/// Checkpoints that lie about themselves: each is refused with a sentence, and none is read beyond its end.
@Suite struct DamagedCheckpointTests {
    struct Damage: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]

        init(_ description: String, _ bytes: [UInt8]) {
            testDescription = description
            self.bytes = bytes
        }

        init(_ description: String, tensor change: (inout PickledTensor) -> Void) {
            self.init(description, CheckpointSample.bytes(change))
        }

        /// A pickle of protocol 2 with these instructions.
        init(_ description: String, pickle: [UInt8]) {
            self.init(description, CheckpointSample.bytes(pickle: [0x80, 2] + pickle))
        }

        /// An archive with a field overwritten, counted from the end of the file.
        init(_ description: String, end: Int, _ field: [UInt8]) {
            var bytes = CheckpointSample.bytes()
            bytes.replaceSubrange(bytes.count - end..<bytes.count - end + field.count, with: field)
            self.init(description, bytes)
        }
    }

    static let damages = [
        Damage("empty", []),
        Damage("only the first letters", Array("PK".utf8)),
        Damage(
            "a tensor beyond its storage",
            tensor: {
                $0.shape = [2, 3]; $0.strides = [3, 1]
            }
        ),
        Damage("an offset beyond the storage", tensor: { $0.offset = 1 }),
        Damage("an offset beyond any file", tensor: { $0.offset = .max }),
        Damage("a storage beyond its file", tensor: { $0.storageCount = 5 }),
        Damage("a storage beyond any file", tensor: { $0.storageCount = .max }),
        Damage("a storage that is missing", tensor: { $0.key = "1" }),
        Damage("a storage outside its folder", tensor: { $0.key = "../data.pkl" }),
        Damage(
            "a shape that overflows",
            tensor: {
                $0.shape = [1 << 62, 4]; $0.strides = [4, 1]
            }
        ),
        Damage(
            "a shape that overflows to the right size",
            tensor: {
                $0.shape = [1 << 32, 1 << 32, 1]; $0.strides = [1 << 32, 1, 1]
            }
        ),
        Damage("nothing", pickle: []),
        Damage("no value", pickle: Array(".".utf8)),
        Damage("an unknown instruction", pickle: [0xff]),
        Damage("a text form of protocol 0", pickle: Array("I1\n.".utf8)),
        Damage("a text beyond the end", pickle: [0x58, 0xff, 0xff, 0xff, 0x7f, 0x41]),
        Damage("a text of 2^64 bytes", pickle: [0x8d] + [UInt8](repeating: 0xff, count: 8)),
        Damage("bytes of 2^63", pickle: [0x8e, 0, 0, 0, 0, 0, 0, 0, 0x80]),
        Damage("a negative length", pickle: [0x8b, 0xff, 0xff, 0xff, 0xff]),
        Damage("text that is not UTF-8", pickle: [0x58, 1, 0, 0, 0, 0xff]),
        Damage("a name without end", pickle: Array("ctorch".utf8)),
        Damage("a value from nowhere", pickle: Array("h\u{7}.".utf8)),
        Damage("a call of nothing", pickle: Array("R.".utf8)),
        Damage("a mark as a value", pickle: Array("(q\u{0}.".utf8)),
        Damage("items without a mark", pickle: Array("]Ne.".utf8)),
        Damage("a key without a value", pickle: Array("}(Nu.".utf8)),
        Damage("names that are no texts", pickle: [0x4e, 0x4e, 0x93]),
        Damage("an archive's end beyond the file", end: 22 + 20 - 8, [0xff, 0xff, 0xff, 0xff]),
        Damage("more files than it lists", end: 22 + 20 + 56 - 32, [9]),
        Damage("2^63 files", end: 22 + 20 + 56 - 39, [0x80]),
        Damage("a list beyond the file", end: 22 + 20 + 56 - 50, [0xff, 0xff]),
        Damage("a list in the wrong place", end: 22 + 20 + 56 - 48, [7]),
    ]

    @Test(arguments: damages)
    func itIsRefused(_ damage: Damage) throws {
        let error = try #require(throws: MekikiError.self) {
            try CheckpointSample.read(damage.bytes)
        }
        #expect(error.code == .badData)
        #expect(error.message.contains("fetch it again"))
        #expect(!error.message.contains("\n"))
    }

    @Test func aSoundOneIsRead() throws {
        let (entries, refusals) = try CheckpointSample.read(CheckpointSample.bytes())
        #expect(entries["a"]?.shape == [2, 2] && refusals.isEmpty)
    }

    /// Archives beyond 4 GiB write their numbers elsewhere; small ones may do so too.
    @Test func largeFieldsAreRead() throws {
        let tensor = PickledTensor("FloatStorage", key: "0", shape: [2, 2])
        var archive = CheckpointSample.archive(pickle: PickleWriter.dictionary([("a", tensor)]))
        let small = try CheckpointSample.read(archive.bytes()).entries
        archive.isLarge = true
        #expect(try CheckpointSample.read(archive.bytes()).entries == small)
        archive.isLarge = false
        archive.hasLargeEnd = false
        archive.comment = Array("a comment".utf8)
        #expect(try CheckpointSample.read(archive.bytes()).entries == small)
    }

    @Test func compressionAndEncryptionAreToldApart() throws {
        var archive = CheckpointSample.archive(pickle: [0x80, 2])
        archive.method = 8
        #expect(try message(archive.bytes()).contains("compressed"))
        archive.method = 0
        archive.flags = 1
        #expect(try message(archive.bytes()).contains("encrypted"))
    }

    @Test func numbersOfAnotherProcessorAreRefused() throws {
        let order = StoredArchiveWriter.File("sample/byteorder", Array("big".utf8))
        #expect(try message(CheckpointSample.bytes(files: [order])).contains("order"))
    }

    @Test func twoDescriptionsAreRefused() throws {
        let other = StoredArchiveWriter.File("other/data.pkl", [0x80, 2, 0x4e, 0x2e])
        #expect(try message(CheckpointSample.bytes(files: [other])).contains("more than one"))
        let same = StoredArchiveWriter.File("sample/data.pkl", [0x80, 2, 0x4e, 0x2e])
        #expect(try message(CheckpointSample.bytes(files: [same])).contains("twice"))
    }

    private func message(_ bytes: [UInt8]) throws -> String {
        try #require(throws: MekikiError.self) { try CheckpointSample.read(bytes) }.message
    }

    /// Deep nesting and values that contain themselves cost neither the stack nor memory.
    static let deepValues = [
        Damage(
            "lists within lists",
            pickle: [UInt8](repeating: 0x5d, count: 100_000)
                + [UInt8](repeating: 0x61, count: 99_999) + [0x2e]
        ),
        Damage(
            "a dictionary that is its own only value",
            pickle: Array("}q\u{0}X\u{1}\u{0}\u{0}\u{0}ah\u{0}s.".utf8)
        ),
        Damage(
            "tuples with twice the one before",
            pickle: [0x4e] + (0..<10_000).flatMap { _ in [0x32, 0x86] as [UInt8] } + [0x2e]
        ),
    ]

    @Test(arguments: deepValues)
    func deepValuesAreHarmless(_ value: Damage) throws {
        #expect(try message(value.bytes).contains("no tensors with names"))
    }

    @Test func instructionsAreCounted() throws {
        let many = [UInt8](repeating: 0x4e, count: PickleReader.maximumInstructions + 1)
        #expect(
            try message(CheckpointSample.bytes(pickle: [0x80, 2] + many)).contains("more than")
        )
    }

    @Test(arguments: ["training.bin", "protocol4.bin"])
    func everyShorterFileIsRefused(_ name: String) throws {
        let whole = try Data(contentsOf: CheckpointSample.folder.appending(path: name))
        let bytes = [UInt8](whole)
        for length in 0..<bytes.count {
            let error = #expect(throws: MekikiError.self) {
                try CheckpointSample.read(Array(bytes[..<length]))
            }
            #expect(error?.code == .badData, "\(length) bytes")
        }
    }

    /// Whatever some changed bytes say, the answer is an error or tensors inside the file.
    @Test(arguments: ["training.bin", "types.bin", "views.bin", "protocol4.bin"])
    func changedBytesNeverLeadOutOfTheFile(_ name: String) throws {
        let whole = try Data(contentsOf: CheckpointSample.folder.appending(path: name))
        var random = RandomNumbers(seed: 21)
        var (refused, accepted) = (0, 0)
        for _ in 0..<4000 {
            var bytes = [UInt8](whole)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = [0, 0xff, 0x7f, 0x80].randomElement(using: &random) ?? 0
                case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2:
                    let from = Int.random(in: 0..<bytes.count - 8, using: &random)
                    let part = Array(bytes[from..<from + 8])
                    let end = min(bytes.count, place + 8)
                    bytes.replaceSubrange(place..<end, with: part.prefix(end - place))
                default: bytes[place] = UInt8.random(in: 0...255, using: &random)
                }
            }
            do {
                let (entries, _) = try CheckpointSample.read(bytes)
                accepted += 1
                for entry in entries.values {
                    #expect(entry.bytes.lowerBound >= 0 && entry.bytes.upperBound <= bytes.count)
                    let elements = entry.shape.reduce(1, *)
                    #expect(elements * entry.element.byteCount == entry.bytes.count)
                }
            } catch let error as MekikiError {
                #expect([.badData, .configuration].contains(error.code))
                refused += 1
            }
        }
        #expect(refused > 500 && accepted > 100)
    }
}
