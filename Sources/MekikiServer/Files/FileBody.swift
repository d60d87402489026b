import Hummingbird
import MekikiKit
import NIOCore
import NIOPosix

/// A file's bytes as a response, read piece by piece as the client takes them.
enum FileBody {
    /// Bytes that are read at once.
    private static let chunk = 256 << 10

    /// Streams a part of a file.
    ///
    /// - Parameters:
    ///   - file: The open file.
    ///   - range: Which bytes.
    /// - Returns: A body of exactly that length.
    static func stream(_ file: OriginalFile, _ range: Range<Int>) -> ResponseBody {
        ResponseBody(contentLength: range.count) { writer in
            var position = range.lowerBound
            while position < range.upperBound {
                let piece = position..<min(position + chunk, range.upperBound)
                let bytes = try await NIOThreadPool.singleton.runIfActive {
                    try file.read(piece)
                }
                // Cut off on the disk while it was sent: better a broken connection than wrong bytes.
                guard bytes.count == piece.count else { throw ShortFile() }
                try await writer.write(ByteBuffer(bytes: bytes))
                position = piece.upperBound
            }
            try await writer.finish(nil)
        }
    }

    private struct ShortFile: Error {}
}
