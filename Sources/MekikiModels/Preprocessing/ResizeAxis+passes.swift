import CMekikiKernels

/// The two passes of a resize over samples of three interleaved channels.
extension ResizeAxis {
    /// Resizes every row.
    ///
    /// - Parameters:
    ///   - source: The first row's first sample and everything behind it.
    ///   - stride: Samples from one row to the next, all of which belong to the row.
    ///   - rows: How many rows.
    /// - Returns: Samples, shape `[rows, outputs, 3]`.
    func horizontalPass(_ source: ArraySlice<UInt8>, stride: Int, rows: Int) -> [UInt8] {
        precondition(
            source.count >= rows * stride && inputs.upperBound * 3 <= stride,
            "The rows have to hold every input."
        )
        return pass(source, count: rows * starts.count * 3) { axis, source, result in
            mekiki_resize_horizontal_rgb_u8(source, stride, stride / 3, rows, axis, result)
        }
    }

    /// Resizes every column.
    ///
    /// - Parameters:
    ///   - source: The first row's first sample that is wanted and everything behind it.
    ///   - stride: Samples from one row to the next.
    ///   - length: Samples of each row that are wanted.
    /// - Returns: Samples, shape `[outputs, length]`.
    func verticalPass(_ source: ArraySlice<UInt8>, stride: Int, length: Int) -> [UInt8] {
        precondition(
            source.count >= (inputs.upperBound - 1) * stride + length,
            "The rows have to hold every input."
        )
        return pass(source, count: starts.count * length) { axis, source, result in
            mekiki_resize_vertical_u8(source, stride, length, axis, result)
        }
    }

    private func pass(
        _ source: ArraySlice<UInt8>,
        count: Int,
        _ kernel: (
            UnsafePointer<mekiki_resize_axis_t>, UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>
        ) -> Void
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { result, initialized in
            withKernelAxis { axis in
                source.withUnsafeBufferPointer { source in
                    guard let source = source.baseAddress, let result = result.baseAddress
                    else { return }
                    kernel(axis, source, result)
                    initialized = count
                }
            }
        }
    }

    /// Calls a closure with the weights as the kernels take them.
    private func withKernelAxis(_ body: (UnsafePointer<mekiki_resize_axis_t>) -> Void) {
        starts.withUnsafeBufferPointer { starts in
            counts.withUnsafeBufferPointer { counts in
                weights.withUnsafeBufferPointer { weights in
                    var axis = mekiki_resize_axis_t(
                        outputs: starts.count,
                        taps: taps,
                        starts: starts.baseAddress,
                        counts: counts.baseAddress,
                        weights: weights.baseAddress
                    )
                    body(&axis)
                }
            }
        }
    }
}
