import HTTPTypes
import HummingbirdCore
import NIOCore
import Synchronization

/// Gathers what a response writes.
final class BodyCollector: ResponseBodyWriter, Sendable {
    let buffer = Mutex(ByteBuffer())

    func write(_ bytes: ByteBuffer) async throws {
        buffer.withLock { whole in
            var bytes = bytes
            whole.writeBuffer(&bytes)
        }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
