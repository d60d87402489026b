/// What size a picture is brought to before it is cropped: the `size` of a model's file.
enum ResizeRule: Sendable, Equatable {
    /// The picture keeps its size.
    case unchanged
    /// The picture is stretched to these sides.
    case exact(width: Int, height: Int)
    /// The shorter side becomes this long, the other keeps the aspect.
    case shortestEdge(Int)
    /// The same, but the longer side stays within a bound.
    case bounded(shortest: Int, longest: Int)
    /// The longer side becomes this long, the other keeps the aspect.
    case longestEdge(Int, Scaling)

    /// How a side is scaled, which decides halves.
    enum Scaling: Sendable, Equatable {
        /// Multiplied by the quotient of the new side by the old.
        case byFactor
        /// Divided by the quotient of the old side by the new.
        case byRatio
    }

    /// The size for a picture, with the roundings of transformers, which decide the last pixel.
    ///
    /// - Parameters:
    ///   - width: The original's width, before any reduction while loading.
    ///   - height: The original's height.
    /// - Returns: Sides of 1 or more. Where transformers comes to a side of 0 and fails (a strip
    ///   under a bound), it is 1 here.
    func size(width: Int, height: Int) -> (width: Int, height: Int) {
        switch self {
        case .unchanged: return (width, height)
        case .exact(let width, let height): return (width, height)
        case .shortestEdge(let edge):
            let short = min(width, height)
            let long = Int(Double(edge * max(width, height)) / Double(short))
            return width <= height ? (edge, long) : (long, edge)
        case .bounded(let shortest, let longest):
            return Self.bounded(width, height, shortest: shortest, longest: longest)
        case .longestEdge(let edge, let scaling):
            let longest = Double(max(width, height))
            func scaled(_ side: Int) -> Int {
                let exact =
                    switch scaling {
                    case .byFactor: Double(side) * (Double(edge) / longest)
                    case .byRatio: Double(side) / (longest / Double(edge))
                    }
                return max(1, Int(exact.rounded(.toNearestOrEven)))
            }
            return (scaled(width), scaled(height))
        }
    }

    private static func bounded(
        _ width: Int,
        _ height: Int,
        shortest: Int,
        longest: Int
    ) -> (width: Int, height: Int) {
        let short = Double(min(width, height))
        let long = Double(max(width, height))
        var edge = shortest
        // What the longer side is computed from: the edge before it was rounded.
        var exactEdge = Double(shortest)
        if long / short * Double(shortest) > Double(longest) {
            exactEdge = Double(longest) * short / long
            edge = Int(exactEdge.rounded(.toNearestOrEven))
        }
        if min(width, height) == edge { return (width, height) }
        let other = max(1, Int(exactEdge * long / short))
        edge = max(1, edge)
        return width < height ? (edge, other) : (other, edge)
    }
}
