/// A text with the class of each scalar, looked up once for all the patterns that ask.
struct ClassifiedText {
    let scalars: [Unicode.Scalar]
    let classes: [ScalarClass]

    init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
        classes = scalars.map { ScalarClass($0) }
    }

    /// The end of the run of one class that begins at a position.
    func runEnd(from start: Int, before limit: Int) -> Int {
        var end = start + 1
        while end < limit, classes[end] == classes[start] { end += 1 }
        return end
    }

    /// Whether a text stands at a position.
    func contains(_ part: [Unicode.Scalar], at start: Int, before limit: Int) -> Bool {
        guard scalars[start] == part[0], start + part.count <= limit else { return false }
        return scalars[start..<(start + part.count)] == part[...]
    }
}
