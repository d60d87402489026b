import Foundation
import MekikiCore
import NIOHTTP1

/// Brings one file of a repository into the cache.
struct FileDownload: Sendable {
    let connection: HubConnection
    let cache: HubCache
    let repository: RepositoryName
    let commit: String
    let file: HubFile
    let refusal: HubRefusal
    let meter: PullMeter
    /// Read, hash and wait for the disk, so that the connections of other files don't.
    let threads: WorkerThreads

    private var subject: String { "\(repository)/\(file.path)" }

    /// Fetches the file where it isn't there yet.
    ///
    /// - Throws: `MekikiError`; `CancellationError`.
    func run() async throws {
        let pointer = cache.snapshot(commit, of: repository).appending(path: file.path)
        if FileLength.of(pointer) == file.size {
            meter.complete(file.path, file.size)
            return
        }
        let metadata = try await connection.retrying(subject, delay: delay) {
            try await self.metadata()
        }
        let blob = cache.blob(metadata.etag, of: repository)
        let length = metadata.size ?? file.size
        if FileLength.of(blob) != length {
            let place = cache.locks(of: repository).appending(path: "\(metadata.etag).lock")
            let lock = try await BlobLock.take(place) {
                delay("Another program is fetching it")
            }
            delay(nil)
            defer { lock.release() }
            // Whoever had the lock before may have brought it.
            if FileLength.of(blob) != length {
                try await fetch(metadata, length, to: blob)
            }
        }
        try cache.link(file.path, to: metadata.etag, commit, of: repository)
        meter.complete(file.path, length)
    }

    /// Asks what the file is and where.
    private func metadata() async throws -> HubFileMetadata {
        let address = connection.addresses.file(file.path, commit, of: repository)
        let answer = try await connection.answer(
            .HEAD,
            address,
            // Compressed on the way, it would have another length.
            ["Accept-Encoding": "identity"],
            following: .withinHub
        )
        guard answer.isSuccess || answer.isRedirect else {
            throw refusal.judge(status: answer.status, answer.headers)
        }
        guard let metadata = HubFileMetadata(status: answer.status, answer.headers) else {
            throw MekikiError(
                .unavailable,
                "\(connection.settings.hubName) does not answer as a model hub does (no "
                    + "X-Repo-Commit or no ETag). Check HF_ENDPOINT, and whether a proxy is in "
                    + "between.",
                subject: subject
            )
        }
        guard metadata.commit == commit else {
            throw MekikiError(
                .badData,
                "The hub answered with a file of another commit. Try again later.",
                subject: subject
            )
        }
        return metadata
    }

    /// Fetches the content, and checks it before it gets its name.
    private func fetch(
        _ metadata: HubFileMetadata,
        _ length: Int64,
        to blob: URL
    ) async throws {
        let unfinished = blob.appendingPathExtension("incomplete")
        // The tag is the hash on the hub itself; a mirror may have tags of its own.
        let check = ContentCheck(metadata.etag) ?? file.hash
        for isLastTry in [false, true] {
            let incomplete = try IncompleteBlob(unfinished)
            try await fill(incomplete, length, metadata)
            let isSound = try await threads.run {
                try check.map { try IncompleteBlob.matches(unfinished, $0) } ?? true
            }
            if isSound {
                try incomplete.complete(as: blob)
                return
            }
            // What an earlier run left may have been of no use: once more, from the start.
            try incomplete.restart()
            meter.file(file.path, has: 0)
            if isLastTry { try? FileManager.default.removeItem(at: unfinished) }
        }
        throw MekikiError(
            .badData,
            "The file arrived damaged twice: its content does not have the hash that the hub tells. "
                + "Nothing of it was kept. Try again later, or through another network.",
            subject: subject
        )
    }

    /// Fetches what is missing at the end of a content.
    private func fill(
        _ incomplete: IncompleteBlob,
        _ length: Int64,
        _ metadata: HubFileMetadata
    ) async throws {
        var rule = RetryRule(firstDelay: connection.settings.firstDelay)
        var metadata = metadata
        while true {
            if incomplete.count > length { try incomplete.restart() }
            meter.file(file.path, has: incomplete.count)
            if incomplete.count == length { return }
            let before = incomplete.count
            do {
                try await receive(incomplete, length, metadata)
            } catch let failure as TransientFailure {
                if incomplete.count > before { rule.reset() }
                guard let wait = rule.delay(after: failure) else { throw failure.final(subject) }
                delay(failure.reason)
                try await Task.sleep(for: wait)
                delay(nil)
                guard metadata.location != nil else { continue }
                // A signed address holds for a while only.
                let fresh = try await connection.retrying(subject, delay: delay) {
                    try await self.metadata()
                }
                metadata.location = fresh.location
            }
        }
    }

    /// Asks once for what is missing, and takes what comes.
    private func receive(
        _ incomplete: IncompleteBlob,
        _ length: Int64,
        _ metadata: HubFileMetadata
    ) async throws {
        let address = connection.addresses.file(file.path, commit, of: repository)
        let target = metadata.location.flatMap {
            connection.addresses.target(of: $0, from: address)
        }
        var headers: HTTPHeaders = ["Accept-Encoding": "identity"]
        if incomplete.count > 0 { headers.add(name: "Range", value: "bytes=\(incomplete.count)-") }
        let answer = try await connection.answer(
            .GET,
            target ?? address,
            headers,
            following: .everywhere
        )
        switch answer.status {
        case 206 where continues(answer.headers, at: incomplete.count): break
        case 206, 416:
            try incomplete.restart()
            throw TransientFailure(
                reason: "The hub sent another part than was asked for",
                wait: .zero
            )
        // All of it, whatever was asked for.
        case 200..<300: try incomplete.restart()
        case 400..<500 where isRefusedByStore(answer):
            throw TransientFailure(reason: "The file's store refuses it (\(answer.status))")
        default: throw refusal.judge(status: answer.status, answer.headers)
        }
        do {
            for try await chunk in answer.response.body {
                guard incomplete.count + Int64(chunk.readableBytes) <= length else {
                    try incomplete.restart()
                    throw TransientFailure(reason: "The hub sent more than the file has")
                }
                try chunk.withUnsafeReadableBytes { try incomplete.append($0) }
                meter.file(file.path, has: incomplete.count, came: chunk.readableBytes)
            }
        } catch {
            throw connection.failure(error, at: answer.address)
        }
        guard incomplete.count == length else {
            throw TransientFailure(reason: "The hub ended the file too early")
        }
    }

    /// Whether a store refuses an address that the hub gave: it may have been valid too briefly.
    private func isRefusedByStore(_ answer: HubConnection.Answer) -> Bool {
        !connection.addresses.isHub(answer.address) && ![408, 429].contains(answer.status)
    }

    /// Whether an answer to a range goes on where asked, byte by byte.
    private func continues(_ headers: HTTPHeaders, at start: Int64) -> Bool {
        // A part of a compressed file continues nothing.
        let encoding = headers.first(name: "content-encoding")?.lowercased() ?? "identity"
        guard encoding == "identity", let range = headers.first(name: "content-range") else {
            return false
        }
        return range.lowercased().replacing(" ", with: "").hasPrefix("bytes\(start)-")
    }

    private var delay: @Sendable (String?) -> Void {
        { [meter, path = file.path] reason in meter.delay(path, reason) }
    }
}
