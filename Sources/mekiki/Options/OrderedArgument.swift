import ArgumentParser
import Synchronization

/// An argument that remembers where it stood: options of two names lose their common order otherwise.
struct OrderedArgument: ExpressibleByArgument {
    private static let counter = Atomic<Int>(0)

    let value: String
    let position: Int

    init?(argument: String) {
        value = argument
        position = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
    }
}
