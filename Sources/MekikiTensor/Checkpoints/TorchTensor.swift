/// A tensor as a checkpoint describes it, or the reason why it can't be read.
enum TorchTensor: Sendable {
    /// Numbers of a storage.
    case view(View)

    /// A tensor of a kind that isn't read; what it is, as it follows "is".
    case unread(String)

    /// Which numbers of a storage a tensor has.
    struct View: Sendable {
        var storage: TorchStorage
        var element: StoredElement
        /// The first number's place in the storage.
        var offset: Int
        var shape: [Int]
        /// How far the neighbours along each extent are apart.
        var strides: [Int]
    }
}

extension TorchTensor.View {
    /// How many numbers the tensor has; `nil` where that overflows.
    var count: Int? {
        var count = 1
        for extent in shape {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: extent)
            guard !isTooLarge else { return nil }
            count = product
        }
        return count
    }

    /// Whether the numbers lie row by row, without holes.
    var isContiguous: Bool {
        guard !shape.contains(0) else { return true }
        var expected = 1
        for (extent, stride) in zip(shape, strides).reversed() where extent != 1 {
            guard stride == expected else { return false }
            // No overflow: `count` was asked before.
            expected &*= extent
        }
        return true
    }
}
