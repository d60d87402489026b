/// A part of a matrix whose rows are not what was sealed: its file was changed, or memory failed.
///
/// Whoever owns the matrix takes the part out and fills its rows in from where they came.
public struct DamagedPart: Error, Hashable {
    /// The part's place in the matrix.
    let index: Int
}
