/// A value of a pickle: the plain ones, and descriptions of tensors.
///
/// What contains others, or is long, is kept in a `PickleGraph` and is a number here: values refer to
/// themselves and nest as deep as a stranger likes, and neither must cost memory or the stack.
enum PickleValue: Sendable, Equatable {
    case none
    case bool(Bool)
    case integer(Int)
    case float(Double)
    case string(String)
    /// The name of a class or function, which is never more than a name.
    case global(String)
    case list(Int)
    case tuple(Int)
    case dictionary(Int)
    case storage(Int)
    case tensor(Int)
    /// What nothing of ours reads: bytes, sets, long integers, and objects of all other classes.
    case opaque
}
