import ArgumentParser
import Foundation
import MekikiCore
import MekikiVectors

/// A matrix of vectors whose sealed parts are mapped files, as a library's are.
///
/// `built` says how long making the files took, whenever that was; `opened` how long it took to open them
/// and to answer one query of each kind. `run KIND K SECONDS` finds the K nearest of each query, one after
/// the other on one thread, whole rounds of them for at least so long; `found KIND K FILE` writes the
/// numbers of the rows found, K int32 a query, -1 where there are fewer; `add COUNT` sets so many new
/// rows, each followed by a search that must find it.
struct NearestSession: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "nearest")

    @Option(help: "Rows: float16, row by row, no header.")
    var vectors: String

    @Option(help: "Components of each row.")
    var dimension: Int

    @Option(help: "How many of the rows; all when it isn't given.")
    var rows: Int?

    @Option(help: "A file of queries, float32, for each kind: KIND=FILE.")
    var queries: [String]

    @Option(help: "The folder of mapped files: made when it isn't there.")
    var kept: String

    func run() async throws {
        var kinds: [String: [Embedding]] = [:]
        for query in queries {
            let parts = query.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("queries are KIND=FILE") }
            kinds[parts[0]] = try VectorFile.read(parts[1], columns: dimension)
                .map { Embedding(unit: $0) }
        }
        let files = KeptRows(folder: kept, vectors: vectors, dimension: dimension)
        let built = try files.make(rows)
        let opening = Stopwatch()
        var matrix = try files.open()
        for queries in kinds.values {
            _ = try matrix.nearest(to: queries[0], NearestRequest(limit: 10))
        }
        let opened = opening.answer(items: matrix.count)
        await Session.serve { words in
            if words == ["built"] { return built }
            if words == ["opened"] { return opened }
            if words.count == 2, words[0] == "add", let count = Int(words[1]) {
                return try add(count, to: &matrix, kinds.values.first ?? [])
            }
            guard words.count == 4, let queries = kinds[words[1]], let count = Int(words[2]) else {
                throw ValidationError("run or found; then KIND; then K; then SECONDS or FILE")
            }
            let request = NearestRequest(limit: count)
            if words[0] == "found" {
                var rows: [Int32] = []
                for query in queries {
                    let found = try matrix.nearest(to: query, request).neighbors
                    rows += found.map { Int32($0.id.rawValue) }
                    rows += [Int32](repeating: -1, count: count - found.count)
                }
                let data = rows.withUnsafeBytes { Data($0) }
                try data.write(to: URL(filePath: words[3]))
                return Answer()
            }
            let seconds = Double(words[3]) ?? 0
            let watch = Stopwatch()
            var times: [Double] = []
            repeat {
                for query in queries {
                    let call = Stopwatch()
                    _ = try matrix.nearest(to: query, request)
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

    /// Sets rows that are queries themselves, and finds each at once.
    private func add(
        _ count: Int,
        to matrix: inout VectorMatrix,
        _ queries: [Embedding]
    ) throws -> Answer {
        var times: [Double] = []
        let watch = Stopwatch()
        for place in 0..<count {
            let query = queries[place % queries.count]
            let id = ImageID(rawValue: Int64(matrix.count))
            let call = Stopwatch()
            matrix.set(id, HalfVector(query))
            times.append(call.wall * 1_000)
            let found = try matrix.nearest(to: query, NearestRequest(limit: count + 1))
            guard found.neighbors.contains(where: { $0.id == id }) else {
                throw ValidationError("a row that was just set was not found")
            }
        }
        var answer = watch.answer(items: count)
        times.sort()
        answer.median = times[times.count / 2]
        answer.slowest = times.last
        return answer
    }
}
