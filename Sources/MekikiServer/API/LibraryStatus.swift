import MekikiKit

/// A server's status, counted at most once a second however many pages ask for it.
actor LibraryStatus {
    private static let lifetime: Duration = .seconds(1)

    private let library: Library
    private let served: ServedModel
    private let options: ServerOptions
    private var last: (status: StatusDocument, time: ContinuousClock.Instant)?
    private var running: Task<StatusDocument, any Error>?

    init(library: Library, served: ServedModel, options: ServerOptions) {
        self.library = library
        self.served = served
        self.options = options
    }

    /// The counts, a second old at most.
    func current() async throws -> StatusDocument {
        if let last, ContinuousClock.now - last.time < Self.lifetime { return last.status }
        if let running { return try await running.value }
        let task = Task { [library, served, options] in
            try await StatusDocument(
                of: library,
                model: await served.current(),
                options: options
            )
        }
        running = task
        defer { running = nil }
        let status = try await task.value
        last = (status, .now)
        return status
    }
}
