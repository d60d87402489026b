/// Bytes that stay in place as long as this object lives.
class SealedMemory: @unchecked Sendable {
    // @unchecked because nobody writes once the vectors in it are sealed.

    /// The first byte, on a boundary of 64 bytes.
    let start: UnsafeMutableRawPointer
    let size: Int

    init(start: UnsafeMutableRawPointer, size: Int) {
        self.start = start
        self.size = size
    }
}

/// Memory of the process's own, which it gives back at the end.
final class AllocatedMemory: SealedMemory, @unchecked Sendable {
    /// Takes memory, filled with zeros.
    ///
    /// - Parameter size: Bytes.
    init(size: Int) {
        let start = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
        start.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        super.init(start: start, size: size)
    }

    deinit { start.deallocate() }
}
