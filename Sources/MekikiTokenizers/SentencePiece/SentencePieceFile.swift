import Foundation
import MekikiCore

/// A model file of SentencePiece (`spiece.model`, `tokenizer.model`), as its `sentencepiece_model.proto`
/// lays it out.
struct SentencePieceFile {
    /// What a piece is to the segmentation.
    enum PieceKind: UInt64 {
        case normal = 1
        case unknown = 2
        case control = 3
        case userDefined = 4
        case unused = 5
        case byte = 6
    }

    enum Algorithm: UInt64 {
        case unigram = 1
        case pairs = 2
        case words = 3
        case characters = 4
    }

    let path: String
    /// All pieces' texts in one, and where each ends.
    private(set) var text: [UInt8] = []
    private(set) var ends: [Int] = []
    private(set) var scores: [Float] = []
    private(set) var kinds: [PieceKind] = []
    private(set) var algorithm = Algorithm.unigram
    private(set) var spellsUnknown = false
    private(set) var normalizer = SentencePieceNormalizer(map: .empty, protected: .init([]))

    init(_ url: URL) throws {
        path = url.path
        let bytes = try FolderFile.bytes(of: url)
        let damage = MekikiError(
            .badData,
            "This is not a SentencePiece model, or it is damaged. Download the file again.",
            subject: path
        )
        do {
            try bytes.withUnsafeBufferPointer { try read($0) }
        } catch is ProtobufReader.Damage {
            throw damage
        }
        guard !kinds.isEmpty, kinds.contains(.unknown) else { throw damage }
        normalizer.protected = ProtectedPieces(
            kinds.indices.filter { kinds[$0] == .userDefined }.map { Array(text[range(of: $0)]) }
        )
    }

    var count: Int { kinds.count }

    func range(of piece: Int) -> Range<Int> { (piece == 0 ? 0 : ends[piece - 1])..<ends[piece] }

    /// The place of a piece of any kind.
    func piece(_ content: String) -> Int? {
        let content = Array(content.utf8)
        return kinds.indices.first { text[range(of: $0)].elementsEqual(content) }
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        var reader = ProtobufReader(bytes, 0..<bytes.count)
        while let (field, value) = try reader.next() {
            guard case .bytes(let range) = value else { continue }
            switch field {
            case 1: try readPiece(ProtobufReader(bytes, range), bytes)
            case 2: try readTraining(ProtobufReader(bytes, range))
            case 3: try readNormalizer(ProtobufReader(bytes, range), bytes)
            default: break
            }
        }
    }

    private mutating func readPiece(
        _ message: ProtobufReader,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        var reader = message
        var score: Float = 0
        var kind = PieceKind.normal
        while let (field, value) = try reader.next() {
            switch (field, value) {
            case (1, .bytes(let range)): text += bytes[range]
            case (2, .single(let number)): score = number
            case (3, .number(let number)):
                guard let known = PieceKind(rawValue: number) else { throw ProtobufReader.Damage() }
                kind = known
            default: break
            }
        }
        guard score.isFinite, text.count < Int32.max else { throw ProtobufReader.Damage() }
        ends.append(text.count)
        scores.append(score)
        kinds.append(kind)
    }

    private mutating func readTraining(_ message: ProtobufReader) throws {
        var reader = message
        while let (field, value) = try reader.next() {
            guard case .number(let number) = value else { continue }
            switch field {
            case 3:
                guard let known = Algorithm(rawValue: number) else { throw ProtobufReader.Damage() }
                algorithm = known
            case 24: normalizer.putsBlankLast = number != 0
            case 35: spellsUnknown = number != 0
            default: break
            }
        }
    }

    private mutating func readNormalizer(
        _ message: ProtobufReader,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        var reader = message
        while let (field, value) = try reader.next() {
            switch (field, value) {
            case (2, .bytes(let range)):
                guard let map = PrecompiledMap(Array(bytes[range])) else {
                    throw ProtobufReader.Damage()
                }
                normalizer.map = map
            case (3, .number(let number)): normalizer.addsBlank = number != 0
            case (4, .number(let number)): normalizer.removesExtraBlanks = number != 0
            case (5, .number(let number)): normalizer.showsBlanks = number != 0
            default: break
            }
        }
    }
}
