import Foundation

/// Memory for packed weights, in large pages where the system has them.
///
/// A pass reads every weight once; in pages of 4 KiB it would spend a part of its time on finding
/// them. Memory is handed out in order and freed as a whole, with the last layer that keeps this
/// object.
public final class WeightMemory {
    private static let chunkBytes = 32 << 20
    private static let largePage = 2 << 20
    private static let alignment = 64

    private let lock = NSLock()
    private var chunks: [UnsafeMutableRawBufferPointer] = []
    private var used = 0

    /// Makes an empty memory.
    public init() {}

    deinit {
        for chunk in chunks { free(chunk.baseAddress) }
    }

    /// Memory for a number of bytes, aligned to 64; `nil` when there is none.
    func allocate(_ bytes: Int) -> UnsafeMutableRawPointer? {
        lock.withLock {
            let rounded = (bytes + Self.alignment - 1) / Self.alignment * Self.alignment
            if let chunk = chunks.last, used + rounded <= chunk.count {
                defer { used += rounded }
                return chunk.baseAddress.map { $0 + used }
            }
            let size = max(Self.chunkBytes, rounded)
            var memory: UnsafeMutableRawPointer?
            guard posix_memalign(&memory, Self.largePage, size) == 0, let memory else { return nil }
            #if os(Linux)
            // Advice: without large pages everything works, more slowly.
            _ = madvise(memory, size, MADV_HUGEPAGE)
            #endif
            chunks.append(UnsafeMutableRawBufferPointer(start: memory, count: size))
            used = rounded
            return memory
        }
    }
}

// @unchecked because `lock` guards the list; what was handed out is one owner's.
extension WeightMemory: @unchecked Sendable {}
