import Foundation
import MekikiKit

/// Where a server listens, who may ask it, and how much it accepts.
public struct ServerOptions: Sendable {
    /// The address to listen on: a name or a number, of this machine.
    public var host: String

    /// The port to listen on; 0 takes any that is free.
    public var port: Int

    /// What a request must know; `nil` lets everyone on this machine ask.
    public var token: AccessToken?

    /// Names, beside the obvious ones, by which clients may call this server.
    public var allowedHosts: [String]

    /// The longest body of a request in bytes.
    public var uploadBytes: Int

    /// The most pixels of a picture in a body.
    public var uploadPixels: Int

    /// How long a body may take to arrive.
    public var uploadTime: Duration

    /// The most connections at once; others wait in the system's queue.
    public var connections: Int

    /// How long running requests have to end after the server was asked to stop.
    public var stopTime: Duration

    /// Creates options.
    ///
    /// - Parameters:
    ///   - host: The address to listen on.
    ///   - port: The port to listen on.
    ///   - token: What a request must know.
    ///   - allowedHosts: Names by which clients may call this server.
    ///   - uploadBytes: The longest body in bytes.
    ///   - uploadPixels: The most pixels of a picture in a body.
    ///   - uploadTime: How long a body may take to arrive.
    ///   - connections: The most connections at once.
    ///   - stopTime: How long running requests have to end.
    public init(
        host: String = "127.0.0.1",
        port: Int = 8899,
        token: AccessToken? = nil,
        allowedHosts: [String] = [],
        uploadBytes: Int = 64 << 20,
        uploadPixels: Int = 100_000_000,
        uploadTime: Duration = .seconds(60),
        connections: Int = 2048,
        stopTime: Duration = .seconds(30)
    ) {
        self.host = host
        self.port = port
        self.token = token
        self.allowedHosts = allowedHosts
        self.uploadBytes = uploadBytes
        self.uploadPixels = uploadPixels
        self.uploadTime = uploadTime
        self.connections = connections
        self.stopTime = stopTime
    }

    /// Checks that the options fit together.
    ///
    /// - Throws: `MekikiError` with code `configuration` when other machines could reach the server
    ///   without a token.
    public func check() throws {
        guard token != nil || HostNames.isLoopback(host) else {
            throw MekikiError(
                .configuration,
                "Other machines could reach this server, so it needs a token. "
                    + "Give one with --token-file or MEKIKI_TOKEN, or listen on 127.0.0.1.",
                subject: host
            )
        }
    }
}
