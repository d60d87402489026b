import Foundation
import MekikiSearch

extension Wiring {
    /// What keeps background words and what they found between runs; `nil` where there is nowhere to keep
    /// it.
    ///
    /// - Parameter library: The library.
    /// - Returns: The store.
    static func relevanceStore(_ library: LibraryFolder) -> (any RelevanceStore)? {
        let environment = ProcessInfo.processInfo.environment
        let cache: URL
        if let path = environment["XDG_CACHE_HOME"], path.hasPrefix("/") {
            cache = URL(filePath: path)
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            cache = URL(filePath: home).appending(path: ".cache")
        } else {
            return nil
        }
        return RelevanceFolder(
            url: cache.appending(path: "mekiki/relevance"),
            library: library.catalog
        )
    }
}
