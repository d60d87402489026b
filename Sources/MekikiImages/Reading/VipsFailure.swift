import CVips

/// What libvips said when something failed, kept for diagnosis.
///
/// libvips has one buffer for all threads, so a line may be about another thread's file.
struct VipsFailure: Error, CustomStringConvertible {
    /// The lines, as libvips wrote them.
    let description: String

    /// Takes the messages, and leaves none behind.
    init() {
        guard let messages = mekiki_vips_take_messages() else {
            description = ""
            return
        }
        description =
            FileBytes(UnsafeRawBufferPointer(start: messages, count: messages.length))
            .text.trimmed
        mekiki_vips_free(messages)
    }
}

extension UnsafeMutablePointer where Pointee == CChar {
    /// The bytes before the NUL.
    fileprivate var length: Int {
        var count = 0
        while self[count] != 0 { count += 1 }
        return count
    }
}
