import ArgumentParser
import Foundation
import MekikiCatalog
import MekikiCore

/// Captions in a catalog of their own, and searches for words in them.
///
/// The catalog is made before the session says "ready". `run FILE SECONDS` searches the words of a file,
/// one a line, one after the other, whole rounds of them for at least so long; `found FILE OUT` writes a
/// line of JSON for each: how many captions match, and the numbers of the first twenty.
struct FullTextSession: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "fulltext")

    /// As many as the indexer applies in one transaction.
    private static let batch = 256
    private static let first = 20

    @Option(help: "Captions, one a line.")
    var captions: String

    @Option(help: "The catalog's file, which is replaced.")
    var catalog: String

    func run() async throws {
        let lines = try String(contentsOfFile: captions, encoding: .utf8)
            .split(separator: "\n").map(String.init)
        for ending in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: catalog + ending)
        }
        let store = try SQLiteCatalog(path: URL(filePath: catalog))
        let building = Stopwatch()
        for start in stride(from: 0, to: lines.count, by: Self.batch) {
            let end = min(start + Self.batch, lines.count)
            try await store.apply(
                CatalogChanges(additions: (start..<end).map { addition($0, lines[$0]) })
            )
        }
        let built = building.answer(items: lines.count)
        await Session.serve { words in
            if words == ["built"] { return built }
            guard words.count == 3 else {
                throw ValidationError("built; run FILE SECONDS; or found FILE OUT")
            }
            let wanted = try String(contentsOfFile: words[1], encoding: .utf8)
                .split(separator: "\n").map(String.init)
            if words[0] == "found" {
                try await found(wanted, in: store, words[2])
                return Answer()
            }
            return try await times(wanted, in: store, atLeast: Double(words[2]) ?? 0)
        }
    }

    /// A picture whose words are one caption; its number is in its file's name.
    private func addition(_ number: Int, _ caption: String) -> CatalogChanges.Addition {
        CatalogChanges.Addition(
            location: FileLocation(root: "/captions", path: "\(number).png"),
            stamp: FileStamp(byteCount: 1, modifiedAt: 1),
            content: ImageContent(
                hash: ContentHash(of: Data("\(number)".utf8)),
                format: .png,
                width: 1,
                height: 1,
                byteCount: 1,
                metadata: ImageMetadata(words: [.init(key: "description", text: caption)])
            ),
            vector: nil
        )
    }

    private func search(_ word: String, in store: SQLiteCatalog) async throws -> TextSearchResult {
        try await store.matches(
            of: TextQuery(alternatives: [[.init(word)]]),
            TextRequest(targets: [.caption], limit: Self.first)
        )
    }

    private func found(_ wanted: [String], in store: SQLiteCatalog, _ file: String) async throws {
        struct Line: Encodable {
            var total: Int
            var first: [Int64]
        }
        let encoder = JSONEncoder()
        var data = Data()
        for word in wanted {
            let result = try await search(word, in: store)
            // Numbers of images begin with one, and a new catalog gives them in the order of additions.
            data += try encoder.encode(
                Line(total: result.total, first: result.matches.map { $0.id.rawValue - 1 })
            )
            data.append(UInt8(ascii: "\n"))
        }
        try data.write(to: URL(filePath: file))
    }

    private func times(
        _ wanted: [String],
        in store: SQLiteCatalog,
        atLeast seconds: Double
    ) async throws -> Answer {
        let watch = Stopwatch()
        var times: [Double] = []
        repeat {
            for word in wanted {
                let call = Stopwatch()
                _ = try await search(word, in: store)
                times.append(call.wall * 1_000)
            }
        } while watch.wall < seconds
        var answer = watch.answer(items: times.count)
        times.sort()
        answer.median = times[times.count / 2]
        answer.slowest = times[min(times.count - 1, times.count * 99 / 100)]
        return answer
    }
}
