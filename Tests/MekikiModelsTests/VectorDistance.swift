/// Distances between vectors, the measure of every parity test.
enum VectorDistance {
    static func between(_ a: [Float], _ b: [Float]) -> Float {
        precondition(a.count == b.count, "Vectors of one space have one dimension.")
        return zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    /// The median distance between different vectors: the scale on which an error is large or small.
    static func median(_ vectors: [[Float]]) -> Float {
        var distances: [Float] = []
        for (index, vector) in vectors.enumerated() {
            for other in vectors[(index + 1)...] { distances.append(between(vector, other)) }
        }
        return distances.sorted()[distances.count / 2]
    }
}
