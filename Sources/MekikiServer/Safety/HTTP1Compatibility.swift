import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// What HTTP/1 asks of a server beyond what the framework does (RFC 9110 and 9112).
///
/// - An address that names its host goes before the `Host` header (9112, section 3.2.2); otherwise
///   the check of hosts would look at the wrong one.
/// - A client of HTTP/1.0 waits for the connection's end, and `Connection: Close` is written in any
///   case (9112, section 9.3).
/// - A client that asks whether to send its body is told so (9110, section 10.1.1), unless the body
///   is too long anyway.
final class HTTP1Compatibility: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let uploadBytes: Int

    private init(uploadBytes: Int) {
        self.uploadBytes = uploadBytes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data) else {
            context.fireChannelRead(data)
            return
        }
        if let host = Self.host(in: head.uri) {
            head.headers.replaceOrAdd(name: "Host", value: host)
        }
        let wishes = head.headers[canonicalForm: "Connection"].map { $0.lowercased() }
        let isOld = head.version == .http1_0 && !wishes.contains("keep-alive")
        if isOld || wishes.contains("close") {
            head.headers.replaceOrAdd(name: "Connection", value: "close")
        }
        if wantsPermission(head) {
            let answer = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(answer)), promise: nil)
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    private func wantsPermission(_ head: HTTPRequestHead) -> Bool {
        guard head.headers.first(name: "Expect")?.lowercased() == "100-continue" else {
            return false
        }
        let length = head.headers.first(name: "Content-Length").flatMap { Int($0) }
        return length ?? 0 <= uploadBytes
    }

    /// The host that a whole address names; `nil` for the usual ones, which begin with a slash.
    private static func host(in uri: String) -> String? {
        guard !uri.hasPrefix("/"), let start = uri.range(of: "://")?.upperBound else { return nil }
        return String(uri[start...].prefix { !"/?#".contains($0) })
    }

    /// Puts the handler where it belongs: the framework's own place for handlers is behind the codec
    /// that takes the version and the address apart.
    final class Installer: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = HTTPRequestPart

        private let uploadBytes: Int

        /// Creates an installer for one connection.
        ///
        /// - Parameter uploadBytes: The longest body that is worth sending.
        init(uploadBytes: Int) {
            self.uploadBytes = uploadBytes
        }

        func handlerAdded(context: ChannelHandlerContext) {
            let pipeline = context.pipeline.syncOperations
            do {
                let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
                try pipeline.addHandler(
                    HTTP1Compatibility(uploadBytes: uploadBytes),
                    position: .before(codec)
                )
            } catch {
                // Without it, foreign hosts could be let in: no connection then.
                context.close(promise: nil)
            }
        }
    }
}
