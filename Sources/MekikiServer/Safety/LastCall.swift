import HTTPTypes
import NIOCore
import NIOExtras
import NIOHTTPTypes

/// Lets no request fall between a connection and its end when the server is asked to stop.
///
/// A client may send its next request on an open connection at the very moment at which the server
/// closes it; what already lies in the system's buffer would be lost. So an idle connection stays
/// open for a moment longer, a request that still arrives is answered, and the answer says that
/// the connection ends.
final class LastCall: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let linger: TimeAmount
    private var requests = 0
    private var isStopping = false
    private var pending: Scheduled<Void>?
    private var wasPassedOn = false

    /// Creates a handler for one connection.
    ///
    /// - Parameter linger: How long an idle connection stays open.
    init(_ linger: TimeAmount) {
        self.linger = linger
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        isStopping = true
        guard requests == 0 else {
            passOn(context)
            return
        }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        pending = context.eventLoop.scheduleTask(in: linger) {
            let (handler, context) = bound.value
            handler.passOn(context)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) {
            requests += 1
            // The request first: whoever counts them then knows that one is to be answered.
            context.fireChannelRead(data)
            if isStopping { passOn(context) }
            return
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var part = unwrapOutboundIn(data)
        switch part {
        case .head(var head):
            if isStopping {
                head.headerFields[.connection] = "close"
                part = .head(head)
            }
        case .body:
            break
        case .end:
            requests -= 1
        }
        context.write(wrapOutboundOut(part), promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        pending?.cancel()
        context.fireChannelInactive()
    }

    private func passOn(_ context: ChannelHandlerContext) {
        guard !wasPassedOn else { return }
        wasPassedOn = true
        pending?.cancel()
        context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
}
