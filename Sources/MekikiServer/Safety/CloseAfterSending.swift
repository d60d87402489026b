import NIOCore
import NIOExtras
import NIOHTTPTypes

/// Closes a connection only when what was written to it has been sent.
///
/// To NIO a response is written when it is in the connection's queue; closing then drops what the
/// client has not yet taken: the end of a large file, for a client that was slow or paused. So a
/// close waits for the last write. A client that takes nothing for too long is let go, whether a
/// close waits or not: otherwise a few that never read would take all connections.
final class CloseAfterSending: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let patience: TimeAmount
    private let stopTime: TimeAmount
    private var unsent = 0
    private var sent = 0
    private var waiting: EventLoopPromise<Void>?
    private var watch: Scheduled<Void>?
    private var stop: Scheduled<Void>?

    /// Creates a handler for one connection.
    ///
    /// - Parameters:
    ///   - patience: How long a client may take for one write, a quarter of a megabyte at most.
    ///   - stopTime: How long a connection may last after the server was asked to stop.
    init(patience: TimeAmount, stopTime: TimeAmount) {
        self.patience = patience
        self.stopTime = stopTime
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let promise = promise ?? context.eventLoop.makePromise()
        unsent += 1
        if unsent == 1 { watchProgress(context) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        promise.futureResult.whenComplete { _ in
            let (handler, context) = bound.value
            handler.unsent -= 1
            handler.sent += 1
            guard handler.unsent == 0 else { return }
            handler.watch?.cancel()
            if handler.waiting != nil { handler.closeNow(context) }
        }
        context.write(data, promise: promise)
    }

    func close(
        context: ChannelHandlerContext,
        mode: CloseMode,
        promise: EventLoopPromise<Void>?
    ) {
        guard mode == .all, unsent > 0 else {
            context.close(mode: mode, promise: promise)
            return
        }
        if let waiting {
            waiting.futureResult.cascade(to: promise)
            return
        }
        waiting = promise ?? context.eventLoop.makePromise()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent, stop == nil {
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            stop = context.eventLoop.scheduleTask(in: stopTime) {
                let (handler, context) = bound.value
                handler.closeNow(context)
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        watch?.cancel()
        stop?.cancel()
        waiting?.succeed()
        waiting = nil
        context.fireChannelInactive()
    }

    private func watchProgress(_ context: ChannelHandlerContext) {
        let before = sent
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        watch = context.eventLoop.scheduleTask(in: patience) {
            let (handler, context) = bound.value
            if handler.sent == before {
                handler.closeNow(context)
            } else {
                handler.watchProgress(context)
            }
        }
    }

    private func closeNow(_ context: ChannelHandlerContext) {
        let promise = waiting
        waiting = nil
        watch?.cancel()
        context.close(mode: .all, promise: promise)
    }
}
