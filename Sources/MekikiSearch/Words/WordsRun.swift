import Foundation
import MekikiCore
import Synchronization

/// One run of a `WordsFilling`.
struct WordsRun {
    let filling: WordsFilling
    let turn: WordsFilling.Turn
    let stop: StopRequest
    let progress: @Sendable (WordsProgress) -> Void
    var report = WordsReport()

    /// What came of one turn.
    struct Outcome: Sendable {
        var done = 0
        var found = 0
        var failed = 0
        var passedOver = 0
        var duration: Duration = .zero
    }

    var catalog: any Catalog { filling.catalog }

    /// Works through images in turns.
    ///
    /// - Parameters:
    ///   - ids: The images.
    ///   - phase: What is being done.
    ///   - pace: How many a turn has.
    ///   - work: Does the work for some images, within a turn.
    /// - Returns: The outcomes of all turns together.
    /// - Throws: What the turn or the work throws.
    func inTurns(
        _ ids: [ImageID],
        _ phase: WordsProgress.Phase,
        _ pace: FillingPace,
        _ work: @escaping @Sendable ([ImageID]) async throws -> Outcome
    ) async throws -> Outcome {
        var pace = pace
        var sum = Outcome()
        var next = 0
        progress(WordsProgress(phase: phase, done: 0, total: ids.count))
        while next < ids.count, !stop.wasMade {
            let part = Array(ids[next..<min(next + pace.count, ids.count)])
            next += part.count
            let outcome = try await take { try await work(part) }
            pace.learn(part.count, took: outcome.duration)
            sum.done += outcome.done
            sum.found += outcome.found
            sum.failed += outcome.failed
            sum.passedOver += outcome.passedOver
            progress(WordsProgress(phase: phase, done: next, total: ids.count))
        }
        return sum
    }

    /// Takes one turn.
    func take(_ work: @escaping @Sendable () async throws -> Outcome) async throws -> Outcome {
        let result = Mutex(Outcome())
        let stop = stop
        try await turn({ stop.wasMade }) {
            let start = ContinuousClock.now
            var outcome = try await work()
            outcome.duration = ContinuousClock.now - start
            result.withLock { $0 = outcome }
        }
        return result.withLock { $0 }
    }

    /// The images for which work is to be done.
    func awaiting(_ work: FinishedWork.Work) async throws -> [ImageID] {
        var all: [ImageID] = []
        while true {
            let part = try await catalog.imagesAwaiting(work, after: all.last, limit: 10_000)
            all += part
            guard part.count == 10_000 else { return all }
        }
    }

    /// Reads the files of images on threads, side by side.
    ///
    /// - Parameters:
    ///   - ids: The images.
    ///   - request: What is wanted of the files.
    /// - Returns: For each image, in order, what was read, or why it can't be; `nil` where no file holds
    ///   the image any more.
    /// - Throws: `MekikiError` when the catalog can't be read.
    func read(
        _ ids: [ImageID],
        _ request: ImageReadRequest
    ) async throws -> [(id: ImageID, reading: Result<ImageReading, MekikiError>?)] {
        let hashes = Dictionary(
            try await catalog.images(ids).map { ($0.id, $0.content.hash) },
            uniquingKeysWith: { first, _ in first }
        )
        let files = try await catalog.files(of: ids)
        let filling = filling
        return try await withThrowingTaskGroup(
            of: (Int, Result<ImageReading, MekikiError>?).self
        ) { tasks in
            for (index, id) in ids.enumerated() {
                let present = (files[id] ?? []).filter { !$0.isMissing }
                guard let hash = hashes[id], !present.isEmpty else { continue }
                tasks.addTask {
                    (
                        index,
                        try await filling.threads.run {
                            filling.reading(of: hash, in: present, request)
                        }
                    )
                }
            }
            var readings: [Int: Result<ImageReading, MekikiError>] = [:]
            for try await (index, reading) in tasks { readings[index] = reading }
            return ids.enumerated().map { ($1, readings[$0]) }
        }
    }
}

extension WordsFilling {
    /// Reads the first file that still holds a content; `nil` when none does.
    fileprivate func reading(
        of hash: ContentHash,
        in files: [FileRecord],
        _ request: ImageReadRequest
    ) -> Result<ImageReading, MekikiError>? {
        for file in files {
            guard
                let content = try? FileContent(
                    at: file.location,
                    maximumSize: options.maximumFileSize
                ),
                content.hash == hash
            else { continue }
            do {
                return .success(try reader.read(content.data, request))
            } catch let error as MekikiError {
                return .failure(error)
            } catch {
                return .failure(MekikiError(.badData, "\(error)", cause: error))
            }
        }
        return nil
    }
}
