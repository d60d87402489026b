import Foundation
import MekikiClients
import MekikiCore
import MekikiTesting
import Synchronization

/// A model hub on this machine, with a store of large files under another name and port, and with
/// whatever faults a test gives it.
final class FakeHub: Sendable {
    /// Answers instead of the hub; `nil` leaves the answer to it.
    typealias Fault = @Sendable (FakeRequest) -> FakeReply?

    static let name: RepositoryName = {
        guard let name = RepositoryName("maker/model") else { fatalError("This is a name.") }
        return name
    }()

    private struct State {
        var repositories: [String: FakeRepository]
        var requests: [FakeRequest] = []
        var fault: Fault?
        var storePort = 0
    }

    private let state: Mutex<State>
    private let pageSize: Int
    private let servers: Mutex<[FakeServer]> = Mutex([])
    let port: Int

    init(
        _ repositories: [String: FakeRepository] = ["maker/model": .model()],
        pageSize: Int = 1000,
        fault: Fault? = nil
    ) throws {
        state = Mutex(State(repositories: repositories, fault: fault))
        self.pageSize = pageSize
        let relay = Relay()
        let store = try FakeServer(relay.answer, .store)
        let hub = try FakeServer(relay.answer, .hub)
        port = hub.port
        state.withLock { $0.storePort = store.port }
        servers.withLock { $0 = [store, hub] }
        relay.hub = self
    }

    deinit { servers.withLock { $0.forEach { $0.stop() } } }

    var endpoint: String { "http://127.0.0.1:\(port)" }

    /// What was asked so far.
    var requests: [FakeRequest] { state.withLock(\.requests) }

    /// What the store was asked so far.
    var storeRequests: [FakeRequest] { requests.filter { $0.place == .store } }

    /// Changes the faults.
    func change(_ fault: Fault?) {
        state.withLock { $0.fault = fault }
    }

    /// Changes a repository.
    func change(_ name: String, _ repository: FakeRepository) {
        state.withLock { $0.repositories[name] = repository }
    }

    /// The environment that leads a client here.
    func environment(cache: URL, token: String? = nil) -> [String: String] {
        var environment = [
            "HF_ENDPOINT": endpoint, "HF_HUB_CACHE": cache.path, "HOME": cache.path,
        ]
        environment["HF_TOKEN"] = token
        return environment
    }

    // MARK: Answers

    private func answer(_ request: FakeRequest) -> FakeReply {
        var request = request
        let (fault, repositories, storePort) = state.withLock { state in
            request.earlier = state.requests.count {
                $0.place == request.place && $0.method == request.method
                    && $0.path == request.path
            }
            state.requests.append(request)
            return (state.fault, state.repositories, state.storePort)
        }
        if let reply = fault?(request) { return reply }
        switch request.place {
        case .store: return FakeStore(repositories).answer(request)
        case .hub:
            return FakeHubRoutes(repositories, pageSize, hubPort: port, storePort: storePort)
                .answer(request)
        }
    }

    /// Lets the servers exist before the hub does.
    private final class Relay: Sendable {
        private let box: Mutex<WeakHub> = Mutex(WeakHub())

        var hub: FakeHub? {
            get { box.withLock { $0.hub } }
            set { box.withLock { [newValue] in $0.hub = newValue } }
        }

        var answer: @Sendable (FakeRequest) -> FakeReply {
            { self.hub?.answer($0) ?? .failure(503) }
        }
    }

    private struct WeakHub {
        weak var hub: FakeHub?
    }
}
