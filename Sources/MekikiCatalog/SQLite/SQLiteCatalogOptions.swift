import Foundation
import GRDB

/// What the opening of a catalog can vary; tests vary more than applications.
package struct SQLiteCatalogOptions: Sendable {
    /// Whether the catalog is only read.
    package var isReadOnly: Bool

    /// How long a process waits for another that is writing, in seconds.
    package var busyTimeout: TimeInterval

    /// How many threads work on one search.
    package var threadCount: Int

    /// What the time is, for `ImageRecord.addedAt`.
    package var now: @Sendable () -> Date

    package init(
        isReadOnly: Bool = false,
        busyTimeout: TimeInterval = 10,
        threadCount: Int = ProcessInfo.processInfo.activeProcessorCount,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.isReadOnly = isReadOnly
        self.busyTimeout = busyTimeout
        self.threadCount = threadCount
        self.now = now
    }

    var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "Mekiki catalog"
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(busyTimeout)
        configuration.prepareDatabase { db in
            // Counts only when the file is made. A vector of 512 components takes 1 KiB: a page of
            // 4 KiB holds three of them and wastes a fifth, one of 8 KiB holds seven. Larger ones
            // save little more, and every commit writes whole pages.
            if !db.configuration.readonly { try db.execute(sql: "PRAGMA page_size = 8192") }
            try CatalogSchema.checkIdentity(db)
        }
        return configuration
    }
}
