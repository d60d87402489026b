import Foundation
import MekikiCore
import NIOHTTP1

/// Brings the files of one repository into the cache.
struct RepositoryPull: Sendable {
    /// Which files are wanted.
    enum Part: Sendable {
        case model
        case tokenizer
    }

    private static let mostPages = 1000
    /// What the file system should still have afterwards.
    private static let reserve: Int64 = 64 << 20

    let connection: HubConnection
    let cache: HubCache
    let repository: RepositoryName
    let revision: String
    var part = Part.model
    let freeSpace: @Sendable (URL) -> Int64?
    /// Looks at the folder before the weights are fetched.
    let check: @Sendable (URL) throws -> Void
    let progress: @Sendable (PullProgress) -> Void

    private var settings: HubSettings { connection.settings }

    private var refusal: HubRefusal {
        HubRefusal(repository: repository, revision: revision, settings: settings)
    }

    /// Fetches small files first: they show at once whether access is granted, and say what else is
    /// needed.
    ///
    /// - Returns: What was done.
    /// - Throws: `MekikiError`; `CancellationError`.
    func run() async throws -> PulledModel {
        let meter = PullMeter(repository, progress)
        let commit = try await commit(meter)
        let listed = try await files(of: commit, meter)
        try cache.prepare(repository, commit)
        let selection = FileSelection(listed.keys)
        let folder = cache.snapshot(commit, of: repository)

        var wanted = try choose(selection, listed)
        meter.expect(total(wanted))
        try checkSpace(for: wanted, in: folder)
        try await fetch(wanted.filter { $0.path != selection.weights }, commit, meter)
        try check(folder)
        if part == .model, let weights = listed[selection.weights ?? ""] {
            if selection.weightsAreListed {
                try await fetch([weights], commit, meter)
                let parts = try parts(in: folder.appending(path: weights.path), listed)
                wanted += parts
                meter.expect(total(wanted))
                try checkSpace(for: wanted, in: folder)
                try await lender(for: folder)
                try await fetch(parts, commit, meter)
            } else {
                try await lender(for: folder)
                try await fetch([weights], commit, meter)
            }
        }
        if part == .model {
            for path in FileSelection.absent(from: listed.keys) {
                cache.noteAbsence(of: path, commit, in: repository)
            }
        }
        try cache.note(revision, at: commit, of: repository)
        return PulledModel(
            repository: repository,
            commit: commit,
            folder: folder,
            files: wanted.count,
            bytes: total(wanted),
            fetchedBytes: meter.fetched
        )
    }

    // MARK: What there is

    /// Asks for the commit that the revision is at.
    private func commit(_ meter: PullMeter) async throws -> String {
        let address = connection.addresses.revision(revision, of: repository)
        let (body, _) = try await document(address, meter)
        guard let info = try? JSONDecoder().decode(RevisionInfo.self, from: body),
            HexadecimalDigits.isCommit(info.sha)
        else { throw notAHub }
        return info.sha
    }

    /// Asks for all files, page by page.
    private func files(of commit: String, _ meter: PullMeter) async throws -> [String: HubFile] {
        var files: [String: HubFile] = [:]
        var address = connection.addresses.listing(commit, of: repository)
        for _ in 0..<Self.mostPages {
            let (body, headers) = try await document(address, meter)
            guard let page = try? HubListing(body, headers) else { throw notAHub }
            for file in page.files { files[file.path] = file }
            guard let next = page.next else { return files }
            guard let target = connection.addresses.target(of: next, from: address),
                connection.addresses.isHub(target)
            else { throw notAHub }
            address = target
        }
        throw notAHub
    }

    private func document(
        _ address: String,
        _ meter: PullMeter
    ) async throws -> (Data, HTTPHeaders) {
        let delay: @Sendable (String?) -> Void = { meter.delay("", $0) }
        return try await connection.retrying(repository.description, delay: delay) {
            try await connection.document(address, refusal)
        }
    }

    private var notAHub: MekikiError {
        MekikiError(
            .unavailable,
            "\(settings.hubName) does not answer as a model hub does. Check HF_ENDPOINT, and whether "
                + "a proxy is in between.",
            subject: repository.description
        )
    }

    private struct RevisionInfo: Decodable {
        var sha: String
    }

    // MARK: What is wanted

    private func choose(
        _ selection: FileSelection,
        _ listed: [String: HubFile]
    ) throws -> [HubFile] {
        switch part {
        case .tokenizer:
            let files = FileSelection.tokenizerFiles.compactMap { listed[$0] }
            guard selection.hasVocabulary else {
                throw MekikiError(
                    .badData,
                    "The repository has no tokenizer, which another model takes from it.",
                    subject: repository.description
                )
            }
            return files
        case .model:
            guard selection.weights != nil, !selection.small.isEmpty else {
                throw MekikiError(
                    .badData,
                    "This is no model that Mekiki can use: it has no config.json or no weights "
                        + "(safetensors, or PyTorch's). See \(settings.page(of: repository)).",
                    subject: repository.description
                )
            }
            return selection.all.compactMap { listed[$0] }
        }
    }

    private func parts(in index: URL, _ listed: [String: HubFile]) throws -> [HubFile] {
        try WeightParts.names(in: index).map { name in
            guard let file = listed[name] else {
                throw MekikiError(
                    .badData,
                    "The weights' part \(name) is missing from the repository. Choose another "
                        + "revision.",
                    subject: repository.description
                )
            }
            return file
        }
    }

    /// Fetches the tokenizer of a model that brings none.
    private func lender(for folder: URL) async throws {
        guard !FileSelection(SnapshotFiles(folder).paths).hasVocabulary else { return }
        guard let lender = TokenizerOrigin.repository(for: folder), lender != repository else {
            throw MekikiError(
                .badData,
                "The model has no tokenizer that Mekiki can read (tokenizer.json, vocab.json, "
                    + "vocab.txt, or SentencePiece's), and does not say whose it uses. "
                    + "See \(settings.page(of: repository)).",
                subject: repository.description
            )
        }
        let pull = RepositoryPull(
            connection: connection,
            cache: cache,
            repository: lender,
            revision: "main",
            part: .tokenizer,
            freeSpace: freeSpace,
            check: { _ in },
            progress: progress
        )
        _ = try await pull.run()
    }

    // MARK: Fetching

    private func fetch(_ files: [HubFile], _ commit: String, _ meter: PullMeter) async throws {
        let threads = WorkerThreads(count: 2, name: "mekiki download")
        let downloads = files.map { file in
            FileDownload(
                connection: connection,
                cache: cache,
                repository: repository,
                commit: commit,
                file: file,
                refusal: refusal,
                meter: meter,
                threads: threads
            )
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, download) in downloads.enumerated() {
                if index >= settings.connections { try await group.next() }
                group.addTask { try await download.run() }
            }
            try await group.waitForAll()
        }
    }

    /// Sees that there is room, before hours are spent.
    private func checkSpace(for files: [HubFile], in folder: URL) throws {
        let missing = files.reduce(Int64(0)) { sum, file in
            if FileLength.of(folder.appending(path: file.path)) == file.size { return sum }
            let name = file.hash?.digits ?? ""
            let begun = cache.blob("\(name).incomplete", of: repository)
            let there = FileLength.of(cache.blob(name, of: repository)) ?? FileLength.of(begun) ?? 0
            return sum + max(0, file.size - there)
        }
        guard missing > 0, let free = freeSpace(folder), free < missing + Self.reserve else {
            return
        }
        throw CacheFailure.tooSmall(at: cache.folder, needed: missing + Self.reserve, free: free)
    }

    private func total(_ files: [HubFile]) -> Int64 {
        files.reduce(0) { $0 + $1.size }
    }
}
