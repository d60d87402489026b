import MekikiCore

extension FailureRecord {
    /// Writes down why a file could not be indexed.
    ///
    /// - Parameters:
    ///   - location: Where the file is.
    ///   - stamp: What it looked like when it was tried.
    ///   - error: What went wrong.
    init(_ location: FileLocation, _ stamp: FileStamp, _ error: MekikiError) {
        // Permissions change without a trace in the stamp, and memory is there another time: the next
        // run tries again.
        let isPassing = error.code == .noInput || error.code == .unavailable
        self.init(
            location: location,
            stamp: isPassing ? .none : stamp,
            reason: error.message
        )
    }
}
