/// Sealed vectors whose rows are not what was sealed: their file was changed, or memory failed.
///
/// Whoever owns the matrix takes them out and fills the rows in from where they came.
public struct DamagedPart: Error {
    /// The vectors that are not to be trusted.
    let vectors: SealedVectors
}
