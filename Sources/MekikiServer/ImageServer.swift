import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import MekikiKit
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The HTTP API and the web page of one library.
///
/// ```swift
/// let server = try ImageServer(library: library, model: model, page: DataFolder().webPage)
/// try await server.run { print("http://127.0.0.1:\($0)/") }
/// ```
public struct ImageServer: Sendable {
    private let library: Library
    private let served: ServedModel
    /// `nil` where the server stays with the model that it was started with.
    private let shelf: ModelShelf?
    private let filling: BackgroundFilling?
    private let options: ServerOptions
    private let files: PageFiles
    private let template: PageTemplate
    private let logger: Logger

    /// Prepares a server.
    ///
    /// - Parameters:
    ///   - library: What it answers from.
    ///   - model: What makes the queries' vectors.
    ///   - shelf: Where other models are found, to go with the library when it answers with another;
    ///     `nil` to stay with this one.
    ///   - page: The folder of the web page's files.
    ///   - options: Where it listens, and what it accepts.
    ///   - logger: Where its own faults are written.
    /// - Throws: `MekikiError` with code `configuration`: when the page's files are damaged, or when
    ///   other machines could reach it without a token.
    public init(
        library: Library,
        model: LoadedModel,
        following shelf: ModelShelf? = nil,
        page: URL,
        options: ServerOptions = ServerOptions(),
        logger: Logger = Logger(label: "mekiki")
    ) throws {
        try options.check()
        self.library = library
        self.shelf = shelf
        served = ServedModel(model, of: library, following: shelf, logger: logger)
        filling = shelf.map { BackgroundFilling(library, $0, logger: logger) }
        self.options = options
        self.logger = logger
        files = try PageFiles(folder: page)
        template = try PageTemplate(files)
    }

    /// Answers requests until the task is cancelled; running requests are then completed.
    ///
    /// - Parameter onStart: Is told the port when the server listens.
    /// - Throws: `MekikiError` with code `unavailable` when it can't listen there.
    public func run(_ onStart: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
        let lastConnections = LastConnections()
        let application = application { channel in
            lastConnections.watch(channel)
            onStart(channel.localAddress?.port ?? options.port)
            await warmUp()
        }
        var configuration = ServiceGroupConfiguration(
            services: [
                ModelService(served: served, filling: filling), application, lastConnections,
            ],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = options.stopTime
        let group = ServiceGroup(configuration: configuration)
        do {
            // A task of its own: in a cancelled one, requests would be given up instead of completed.
            try await withTaskCancellationHandler {
                try await Task { try await group.run() }.value
            } onCancel: {
                Task { await group.triggerGracefulShutdown() }
            }
        } catch let error as IOError {
            throw MekikiError(
                .unavailable,
                error.errnoCode == EADDRINUSE
                    ? "The port is taken by another program. Choose one with --port."
                    : "The server can't listen here (\(String(cString: strerror(error.errnoCode)))).",
                subject: "\(options.host):\(options.port)",
                cause: error
            )
        }
    }

    /// Loads what the first query needs, so that nobody waits for it.
    private func warmUp() async {
        let query = Query(terms: [.init(.words("猫"))], limit: 1)
        do {
            _ = try await served.search(query)
        } catch {
            logger.error("The model can't answer", metadata: ["error": "\(error)"])
        }
    }

    /// The application, for a socket or for tests without one.
    func application(
        _ onStart: @escaping @Sendable (any Channel) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        // Bodies that a route waits for have their own, shorter limit.
        let bodyLimit = TimeAmount(options.uploadTime + .seconds(5))
        let stopTime = TimeAmount(options.stopTime)
        return Application(
            router: router(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        HTTP1Compatibility.Installer(uploadBytes: options.uploadBytes),
                        BodyDeadline(bodyLimit), LastCall(.milliseconds(500)),
                        CloseAfterSending(patience: .seconds(60), stopTime: stopTime),
                    ],
                    idleTimeout: .seconds(15),
                    httpDecoderConfiguration: .init(
                        // The longest words, percent-encoded, have 24 KB.
                        maxHeaderFieldSize: 32 << 10,
                        maxHeaderListSize: 64 << 10,
                        maxHeaderFieldCount: 100
                    )
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port),
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(options.connections)
            ),
            onServerRunning: onStart,
            logger: logger
        )
    }

    /// The routes with what stands before them, outermost first.
    func router() -> Router<ServerContext> {
        let routes = Router(context: ServerContext.self)
        addRoutes(to: routes)
        let methods = AllowedMethods(
            of: routes.routes.map { ($0.path.description, $0.method.rawValue) }
        )

        let router = Router(
            context: ServerContext.self,
            options: .autoGenerateHeadEndpoints
        )
        router.addMiddleware {
            RequestLog()
            SafetyHeaders()
            ProblemMiddleware(methods: methods)
            SameSiteMiddleware(
                hosts: HostNames(
                    listeningOn: options.host,
                    allowed: options.allowedHosts,
                    machine: ProcessInfo.processInfo.hostName
                )
            )
        }
        if let token = options.token {
            let open = ["/", "/healthz", "/openapi.yaml", SessionRoutes.path]
            let all = Set(open + files.served.map(\.path))
            router.add(middleware: TokenMiddleware(token, except: all))
        }
        addRoutes(to: router)
        return router
    }

    /// The addresses of the API alone, for comparison with its description.
    var apiRoutes: [(path: String, method: String)] {
        let page = Set(files.served.map(\.path) + ["/"])
        return router().routes
            .map { ($0.path.description, $0.method.rawValue) }
            .filter { !page.contains($0.0) }
    }

    private func addRoutes(to router: Router<ServerContext>) {
        let status = LibraryStatus(library: library, served: served, options: options)
        StatusRoutes(library: library, status: status, description: files.description)
            .add(to: router)
        SessionRoutes(token: options.token, options: options).add(to: router)
        ImageRoutes(library: library).add(to: router)
        let requests = QueryRequest(
            library: library,
            options: options,
            gate: UploadGate(places: 4, queue: 64)
        )
        SearchRoutes(served: served, requests: requests).add(to: router)
        CompareRoutes(
            library: library,
            served: served,
            compared: ComparedModels(library, shelf ?? ModelShelf()),
            requests: requests
        ).add(to: router)
        ModelRoutes(
            library: library,
            served: served,
            filling: filling,
            shelf: shelf,
            options: options
        ).add(to: router)
        PageRoutes(
            files: files,
            template: template,
            library: library,
            served: served,
            status: status,
            wantsToken: options.token != nil
        ).add(to: router)
    }
}
