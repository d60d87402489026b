import NIOCore
import ServiceLifecycle
import Synchronization

/// Answers who has already knocked before the server closes its door.
///
/// The system completes connections before the server takes them. Closing the listening socket would
/// cut those, requests and all; and a connection that is being set up at that moment makes NIO trap
/// ("Deinited NIOAsyncWriter without calling finish()"). So, when the server is asked to stop, first
/// the system makes no more connections, then those that are there are taken, then taking ends, and
/// only then the server closes.
///
/// It stands last in the service group, which stops its services from the last to the first.
final class LastConnections: Service {
    private let listener = Mutex<(any Channel)?>(nil)

    /// How long taking the waiting connections, and then setting them up, may last.
    private static let pause: Duration = .milliseconds(150)

    /// Learns the listening socket.
    func watch(_ channel: any Channel) {
        listener.withLock { $0 = channel }
    }

    func run() async throws {
        try? await gracefulShutdown()
        guard let channel = listener.withLock({ $0 }) else { return }
        await refuseHandshakes(channel)
        try? await Task.sleep(for: Self.pause)
        try? await channel.setOption(ChannelOptions.autoRead, value: false).get()
        try? await Task.sleep(for: Self.pause)
    }

    /// Lets the system drop whatever arrives for the listening socket itself.
    ///
    /// A filter on it (Linux's SO_ATTACH_FILTER) that accepts no byte. Connections that exist have
    /// sockets of their own; a client that comes now tries again, and finds the door closed.
    private func refuseHandshakes(_ channel: any Channel) async {
        #if os(Linux)
        guard let socket = channel as? any SocketOptionProvider else { return }
        // One instruction of 8 bytes, "return 0": code 6 in its first two, all others zero.
        let program = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
        program.initialize(to: UInt64(6).littleEndian)
        defer { program.deallocate() }
        // `struct sock_fprog`: the number of instructions, and where they are.
        let filter = (UInt64(1).littleEndian, UInt64(UInt(bitPattern: program)))
        let attach = NIOBSDSocket.Option(rawValue: 26)
        _ = try? await socket.unsafeSetSocketOption(level: .socket, name: attach, value: filter)
            .get()
        #endif
    }
}
