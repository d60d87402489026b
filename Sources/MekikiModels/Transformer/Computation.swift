import MekikiTensor

/// How a model computes.
struct Computation: Sendable {
    /// What matrix products take.
    var element: ElementType
    /// Where weights are packed to.
    var memory = WeightMemory()
}
