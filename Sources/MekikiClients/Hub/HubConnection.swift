import AsyncHTTPClient
import Foundation
import MekikiCore
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOPosix

/// Sends requests to the hub and to those who store its files.
struct HubConnection: Sendable {
    /// Which redirects are followed.
    enum Redirects {
        /// Those that stay with the hub: what leads elsewhere is the answer.
        case withinHub
        /// All.
        case everywhere
    }

    /// An answer, and the address that gave it.
    struct Answer {
        var response: HTTPClientResponse
        var address: String

        var status: UInt { response.status.code }
        var headers: HTTPHeaders { response.headers }
        var isSuccess: Bool { (200..<300).contains(status) }
        var isRedirect: Bool { [301, 302, 303, 307, 308].contains(status) }
    }

    private static let mostRedirects = 10
    /// Far more than the list of any model's files.
    private static let longestDocument = 64 << 20

    let settings: HubSettings
    let addresses: HubAddresses
    private let client: HTTPClient

    /// Does work with a connection that ends with it.
    ///
    /// - Parameters:
    ///   - settings: Which hub.
    ///   - work: What to do.
    /// - Returns: What the work returned.
    /// - Throws: What the work threw.
    static func whileOpen<Result: Sendable>(
        _ settings: HubSettings,
        _ work: (HubConnection) async throws -> Result
    ) async throws -> Result {
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: configuration(settings)
        )
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(
                try await work(
                    HubConnection(
                        settings: settings,
                        addresses: HubAddresses(settings.endpoint),
                        client: client
                    )
                )
            )
        } catch {
            result = .failure(error)
        }
        try? await client.shutdown()
        return try result.get()
    }

    /// Asks once.
    ///
    /// - Parameters:
    ///   - method: `GET` or `HEAD`.
    ///   - address: An absolute address.
    ///   - headers: What is sent beside the token.
    ///   - redirects: Which redirects are followed.
    /// - Returns: The answer, whatever its status is.
    /// - Throws: `TransientFailure` when nobody answers; `CancellationError`; `MekikiError` when it is
    ///   led in circles.
    func answer(
        _ method: HTTPMethod,
        _ address: String,
        _ headers: HTTPHeaders = [:],
        following redirects: Redirects
    ) async throws -> Answer {
        var address = address
        for _ in 0...Self.mostRedirects {
            var request = HTTPClientRequest(url: address)
            request.method = method
            request.headers = headers
            request.headers.add(name: "User-Agent", value: "mekiki")
            if let token = settings.token, addresses.isHub(address) {
                request.headers.add(name: "Authorization", value: "Bearer \(token.secret)")
            }
            let answer = Answer(response: try await send(request), address: address)
            guard answer.isRedirect, let location = answer.headers.first(name: "location") else {
                return answer
            }
            guard let target = addresses.target(of: location, from: address) else {
                throw MekikiError(
                    .unavailable,
                    "The hub leads to an address that is not to be trusted. Try again later.",
                    subject: settings.hubName
                )
            }
            if redirects == .withinHub {
                // An answer about a stored file is the one that is wanted, wherever it leads.
                let isAboutAFile = answer.headers.contains(name: "x-linked-etag")
                guard addresses.isHub(target), !isAboutAFile else { return answer }
            }
            address = target
        }
        throw MekikiError(
            .unavailable,
            "The hub leads in circles. Check HF_ENDPOINT, or try again later.",
            subject: settings.hubName
        )
    }

    /// Fetches a JSON document.
    ///
    /// - Parameters:
    ///   - address: An absolute address.
    ///   - refusal: Says what other answers mean.
    /// - Returns: The document and the answer's headers.
    /// - Throws: `TransientFailure` and `MekikiError`, as the refusal says.
    func document(
        _ address: String,
        _ refusal: HubRefusal
    ) async throws -> (Data, HTTPHeaders) {
        let headers: HTTPHeaders = ["Accept": "application/json", "Accept-Encoding": "gzip"]
        let answer = try await answer(.GET, address, headers, following: .withinHub)
        guard answer.isSuccess else {
            throw refusal.judge(status: answer.status, answer.headers)
        }
        do {
            let body = try await answer.response.body.collect(upTo: Self.longestDocument)
            return (Data(buffer: body), answer.headers)
        } catch {
            throw failure(error, at: answer.address)
        }
    }

    /// Does something until it works, or until it failed too often.
    ///
    /// - Parameters:
    ///   - subject: What is asked for, for the error.
    ///   - delay: Is told what is waited for, and `nil` when the wait is over.
    ///   - work: What to do.
    /// - Returns: What the work returned.
    /// - Throws: `MekikiError`; `CancellationError`.
    func retrying<Result: Sendable>(
        _ subject: String,
        delay: @Sendable (String?) -> Void,
        _ work: () async throws -> Result
    ) async throws -> Result {
        var rule = RetryRule(firstDelay: settings.firstDelay)
        while true {
            do {
                return try await work()
            } catch let failure as TransientFailure {
                guard let wait = rule.delay(after: failure) else { throw failure.final(subject) }
                delay(failure.reason)
                try await Task.sleep(for: wait)
                delay(nil)
            }
        }
    }

    /// What an error of the network means.
    ///
    /// - Parameters:
    ///   - error: What the HTTP client threw.
    ///   - address: Who was asked: the hub, or where it led to.
    /// - Returns: A `TransientFailure`; the error itself where it is one of ours or a cancellation.
    func failure(_ error: any Error, at address: String) -> any Error {
        if Task.isCancelled || error is CancellationError { return CancellationError() }
        if error is TransientFailure || error is MekikiError { return error }
        let host = URL(string: address)?.host() ?? settings.hubName
        return TransientFailure(reason: Self.reason(of: error, host))
    }

    private static func reason(of error: any Error, _ name: String) -> String {
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .readTimeout, .deadlineExceeded: return "\(name) did not answer in time"
            case .connectTimeout, .tlsHandshakeTimeout: return "\(name) can't be reached"
            case .remoteConnectionClosed: return "The connection to \(name) broke off"
            default: return "The connection to \(name) failed (\(error.shortDescription))"
            }
        case let error as NIOConnectionError:
            return error.connectionErrors.isEmpty
                ? "The host \(error.host) is not known"
                : "\(error.host) can't be reached at port \(error.port)"
        case let error as IOError:
            let reason = String(cString: strerror(error.errnoCode))
            let isUnreachable = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT]
                .contains(error.errnoCode)
            return isUnreachable
                ? "\(name) can't be reached (\(reason))"
                : "The connection to \(name) broke off (\(reason))"
        default: return "The connection to \(name) failed (\(error))"
        }
    }

    private func send(_ request: HTTPClientRequest) async throws -> HTTPClientResponse {
        do {
            // The time without an answer is bounded by the client; that of a download by nothing.
            return try await client.execute(request, deadline: .distantFuture)
        } catch {
            throw failure(error, at: request.url)
        }
    }

    private static func configuration(_ settings: HubSettings) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10), read: timeAmount(settings.timeout)),
            decompression: .enabled(limit: .none)
        )
        // One connection a file: over HTTP/2 they would share one, and its window.
        configuration.httpVersion = .http1Only
        // Otherwise a host that refuses connections is asked for ever.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let proxy = settings.proxy, let host = proxy.host() {
            let authorization = proxy.user().map { user in
                HTTPClient.Authorization.basic(username: user, password: proxy.password() ?? "")
            }
            configuration.proxy = .server(
                host: host,
                port: proxy.port ?? 80,
                authorization: authorization
            )
        }
        return configuration
    }

    private static func timeAmount(_ duration: Duration) -> TimeAmount {
        let (seconds, attoseconds) = duration.components
        return .seconds(seconds) + .nanoseconds(attoseconds / 1_000_000_000)
    }
}
