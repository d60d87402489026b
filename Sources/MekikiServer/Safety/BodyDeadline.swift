import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request takes too long to arrive.
///
/// A client that sends a byte now and then is never idle. Headers are bounded by the idle timeout,
/// which counts whole parts of a request; this bounds bodies, also those that nobody reads any more
/// because the request was refused.
final class BodyDeadline: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let limit: TimeAmount
    private var timeout: Scheduled<Void>?

    /// Creates a handler for one connection.
    ///
    /// - Parameter limit: How long a body may take.
    init(_ limit: TimeAmount) {
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            let channel = context.channel
            timeout = context.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
        case .body:
            break
        case .end:
            timeout?.cancel()
            timeout = nil
        }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timeout?.cancel()
        timeout = nil
        context.fireChannelInactive()
    }
}
