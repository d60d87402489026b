import MekikiCore

extension MekikiError {
    /// What is said about a file whose own structure says that its end is missing.
    static func cutOff(_ format: ImageFormat, cause: (any Error)? = nil) -> MekikiError {
        MekikiError(
            .badData,
            """
            The \(format.name) ends too early: it was cut off while being written, copied or \
            downloaded. Get the file again.
            """,
            cause: cause
        )
    }
}
