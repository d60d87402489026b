/// The large tables of a model, which a cache keeps.
enum ModelTables: Sendable {
    case pairs(Vocabulary, MergeTable)
    case unigram(PieceTrie, scores: Table<Double>)
    case words(Vocabulary)

    /// One more than the largest id.
    var size: Int {
        switch self {
        case .pairs(let vocabulary, _), .words(let vocabulary): vocabulary.size
        case .unigram(_, let scores): scores.count
        }
    }

    /// The id of a piece.
    func id(of piece: String) -> Int32? {
        switch self {
        case .pairs(let vocabulary, _), .words(let vocabulary): vocabulary.id(of: piece)
        case .unigram(let trie, _): trie.piece(piece)
        }
    }

    /// Writes the tables into a cache.
    func write(to cache: inout CacheWriter) {
        switch self {
        case .pairs(let vocabulary, let merges):
            cache.append([Int64(0)])
            vocabulary.write(to: &cache)
            merges.write(to: &cache)
        case .unigram(let trie, let scores):
            cache.append([Int64(1)])
            trie.write(to: &cache)
            cache.append(scores)
        case .words(let vocabulary):
            cache.append([Int64(2)])
            vocabulary.write(to: &cache)
        }
    }

    /// Reads tables from a cache.
    init(from cache: inout CacheReader) throws(CacheReader.Damage) {
        let kind = try cache.table(of: Int64.self)
        guard kind.count == 1 else { throw CacheReader.Damage() }
        switch kind[0] {
        case 0: self = .pairs(try Vocabulary(from: &cache), try MergeTable(from: &cache))
        case 1: self = .unigram(try PieceTrie(from: &cache), scores: try cache.table())
        case 2: self = .words(try Vocabulary(from: &cache))
        default: throw CacheReader.Damage()
        }
    }
}
