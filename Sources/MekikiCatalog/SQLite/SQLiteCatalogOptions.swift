import Foundation
import GRDB
import MekikiVectors

/// What the opening of a catalog can vary; tests vary more than applications.
package struct SQLiteCatalogOptions: Sendable {
    /// What the catalog is opened for.
    package enum Access: Sendable {
        /// To write; a new one is made where there is none.
        case writing
        /// Only to read.
        case reading
        /// To write where that is possible, and otherwise to read.
        case readingAtLeast
    }

    /// What the catalog is opened for.
    package var access: Access

    /// How long a process waits for another that is writing, in seconds.
    package var busyTimeout: TimeInterval

    /// How many threads work on one search.
    package var threadCount: Int

    /// How many vectors are read into memory before they are sealed.
    package var sealingCount = VectorMatrix.sealingCount

    /// The most pages that the file may have, which stands in for a disk's end; `nil` for any number.
    package var maximumPageCount: Int?

    /// Ways of reading that are not tried, as if the file system barred them.
    var barredWays: Set<ReadingWay> = []

    /// What the time is, for `ImageRecord.addedAt`.
    package var now: @Sendable () -> Date

    package init(
        access: Access = .writing,
        busyTimeout: TimeInterval = 10,
        threadCount: Int = ProcessInfo.processInfo.activeProcessorCount,
        maximumPageCount: Int? = nil,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.access = access
        self.busyTimeout = busyTimeout
        self.threadCount = threadCount
        self.maximumPageCount = maximumPageCount
        self.now = now
    }

    /// What a connection is set up with.
    ///
    /// - Parameter way: How the catalog is read; `nil` to write.
    /// - Returns: The configuration.
    func configuration(_ way: ReadingWay?) -> Configuration {
        var configuration = Configuration()
        configuration.label = "Mekiki catalog"
        configuration.readonly = way != nil
        configuration.busyMode = .timeout(busyTimeout)
        configuration.prepareDatabase { [maximumPageCount] db in
            try way?.prepare(db)
            // Counts only when the file is made. A vector of 512 components takes 1 KiB: a page of
            // 4 KiB holds three of them and wastes a fifth, one of 8 KiB holds seven. Larger ones
            // save little more, and every commit writes whole pages.
            if !db.configuration.readonly {
                try db.execute(sql: "PRAGMA page_size = \(CatalogSchema.pageSize)")
            }
            // A page that was damaged is noticed when it is read, not when its cells overlap.
            try db.execute(sql: "PRAGMA cell_size_check = ON")
            if let maximumPageCount {
                _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(maximumPageCount)")
            }
            db.add(function: RowChecksum.function)
            db.add(tokenizer: FullTextTokenizer.self)
            for function in FilterSQL.functions { db.add(function: function) }
            try CatalogSchema.checkIdentity(db)
        }
        return configuration
    }
}
