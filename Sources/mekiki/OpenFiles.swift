import Foundation

/// How many files and connections the process may have open.
enum OpenFiles {
    /// Raises the limit as far as the system lets it.
    ///
    /// - Parameter wanted: How many are enough.
    /// - Returns: How many there may be now.
    static func raiseLimit(wanting wanted: Int) -> Int {
        var limit = rlimit()
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &limit) == 0 else { return 256 }
        let enough = min(rlim_t(wanted), limit.rlim_max)
        if limit.rlim_cur < enough {
            var raised = limit
            raised.rlim_cur = enough
            if setrlimit(resource, &raised) == 0 { limit = raised }
        }
        return Int(clamping: min(limit.rlim_cur, rlim_t(wanted)))
    }
}
