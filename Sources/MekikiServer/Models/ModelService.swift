import MekikiKit
import ServiceLifecycle

/// What a server does about models while nobody asks: it notices that another one answers, and goes on
/// filling the space of one that was requested.
struct ModelService: Service {
    /// How often a server that nobody asks looks at the library.
    static let interval: Duration = .seconds(1)

    let served: ServedModel
    let filling: BackgroundFilling?

    func run() async throws {
        await filling?.resume()
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                _ = await served.current()
                try? await Task.sleep(for: Self.interval)
            }
        }
        await filling?.stop()
    }
}
