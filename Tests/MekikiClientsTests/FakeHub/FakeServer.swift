import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// An HTTP server on this machine that answers as it is told, and can break off anywhere.
final class FakeServer: Sendable {
    let port: Int
    private let channel: any Channel

    init(_ answer: @escaping @Sendable (FakeRequest) -> FakeReply, _ place: FakeRequest.Place)
        throws
    {
        channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(FakeHandler(answer, place))
                }
            }
            .bind(host: "127.0.0.1", port: 0).wait()
        port = channel.localAddress?.port ?? 0
    }

    func stop() {
        channel.close(promise: nil)
    }
}

/// Answers the requests of one connection.
private final class FakeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let answer: @Sendable (FakeRequest) -> FakeReply
    private let place: FakeRequest.Place
    private var request: FakeRequest?

    init(_ answer: @escaping @Sendable (FakeRequest) -> FakeReply, _ place: FakeRequest.Place) {
        self.answer = answer
        self.place = place
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            var headers: [String: String] = [:]
            for header in head.headers { headers[header.name.lowercased()] = header.value }
            request = FakeRequest(
                place: place,
                method: head.method.rawValue,
                uri: head.uri,
                headers: headers
            )
        case .body: break
        case .end:
            guard let request else { return }
            let reply = answer(request)
            let delay = TimeAmount.nanoseconds(
                Int64(reply.delay / .nanoseconds(1))
            )
            let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: delay) {
                let (handler, context) = loopBound.value
                handler.write(reply, isHead: request.method == "HEAD", context)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func write(_ reply: FakeReply, isHead: Bool, _ context: ChannelHandlerContext) {
        var head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: reply.status))
        for (name, value) in reply.headers { head.headers.replaceOrAdd(name: name, value: value) }
        if reply.isChunked {
            head.headers.replaceOrAdd(name: "Transfer-Encoding", value: "chunked")
        } else if !head.headers.contains(name: "Content-Length") {
            head.headers.add(name: "Content-Length", value: String(reply.body.count))
        }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let body = isHead ? Data() : reply.body.prefix(reply.cutAfter ?? reply.body.count)
        write(body[...], reply, isHead: isHead, context)
    }

    private func write(
        _ rest: Data.SubSequence,
        _ reply: FakeReply,
        isHead: Bool,
        _ context: ChannelHandlerContext
    ) {
        guard context.channel.isActive else { return }
        let part = rest.prefix(reply.trickle ?? rest.count)
        if !part.isEmpty {
            let buffer = context.channel.allocator.buffer(bytes: part)
            context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
        }
        let left = rest.dropFirst(part.count)
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        if !left.isEmpty {
            context.flush()
            context.eventLoop.scheduleTask(in: .milliseconds(20)) {
                let (handler, context) = loopBound.value
                handler.write(left, reply, isHead: isHead, context)
            }
        } else if !isHead, let cut = reply.cutAfter, cut < reply.body.count {
            context.flush()
            // What was written arrives; then nothing more does.
            context.eventLoop.scheduleTask(in: .milliseconds(20)) {
                loopBound.value.1.close(promise: nil)
            }
        } else {
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
