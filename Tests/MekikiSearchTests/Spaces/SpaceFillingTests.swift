import Foundation
import MekikiCatalog
import MekikiCore
import MekikiSearch
import MekikiTesting
import Synchronization
import Testing

/// A space is filled in turns, while the catalog may change between them.
@Suite struct SpaceFillingTests {
    private let bench: FlowBench
    private let next = FakeEncoder(model: "next", dimension: 32)

    init() async throws {
        bench = try FlowBench()
        for number in 0..<100 { try bench.put("\(number).png", "picture \(number)") }
        try await bench.index()
        let current = ChosenSpace(space: bench.encoder.space)
        _ = try await bench.catalog.select(.adopt(current), for: .image)
    }

    private func filling(_ encoder: FakeEncoder) -> SpaceFilling {
        SpaceFilling(
            catalog: bench.catalog,
            reader: bench.reader,
            encoder: encoder,
            thumbnails: bench.thumbnails
        )
    }

    private func request(_ encoder: FakeEncoder) async throws {
        let chosen = ChosenSpace(space: encoder.space)
        _ = try await bench.catalog.select(.request(chosen), for: .image)
    }

    /// Counts turns, and does something before each.
    private final class Turns: Sendable {
        let count = Mutex(0)
        let before: @Sendable (Int) async throws -> Void

        init(_ before: @escaping @Sendable (Int) async throws -> Void = { _ in }) {
            self.before = before
        }

        @Sendable func take(
            _ isStopped: @escaping @Sendable () -> Bool,
            _ work: @escaping @Sendable () async throws -> SpaceSelection
        ) async throws -> SpaceSelection {
            let number = count.withLock { count in
                count += 1
                return count
            }
            try await before(number)
            return try await work()
        }
    }

    private func selection() async throws -> SpaceSelection {
        try await bench.catalog.selection(of: .image)
    }

    @Test func aFilledSpaceTakesItsPlace() async throws {
        try await request(next)
        let turns = Turns()
        let log = ProgressLog()
        let outcome = try await filling(next)(turns.take) { log.add($0) }
        #expect(outcome == .switched)
        #expect(try await selection() == SpaceSelection(current: ChosenSpace(space: next.space)))
        #expect(next.encodedCount == 100)
        // More than one turn, and not one for each image.
        #expect((3...8).contains(turns.count.withLock { $0 }))
        #expect(log.states.first?.done == 0)
        #expect(log.states.last?.done == 100)
        #expect(log.states.allSatisfy { $0.total == 100 && $0.phase == .filling("next") })
        // The former vectors are still there.
        #expect(try await bench.catalog.lackingCount(in: bench.encoder.space) == 0)
    }

    @Test func itGoesOnWhereItWasStopped() async throws {
        try await request(next)
        let task = Mutex<Task<FillingOutcome, any Error>?>(nil)
        let turns = Turns { if $0 == 2 { task.withLock { $0?.cancel() } } }
        let filling = filling(next)
        let running = Task { try await filling(turns.take) }
        task.withLock { $0 = running }
        #expect(try await running.value == .stopped)
        let done = next.encodedCount
        #expect((1..<100).contains(done))
        #expect(try await selection().pending?.space == next.space)
        #expect(try await self.filling(next)(Turns().take) == .switched)
        #expect(next.encodedCount == 100)
    }

    /// An image that comes between the turns holds the change up until it has both vectors.
    @Test func whatComesMeanwhileIsNotLost() async throws {
        try await request(next)
        let bench = bench
        let next = next
        let turns = Turns { number in
            guard number == 2 else { return }
            try bench.put("new.png", "picture new")
            try await bench.index()
        }
        #expect(try await filling(next)(turns.take) == .switched)
        #expect(try await bench.catalog.lackingCount(in: next.space) == 0)
        #expect(next.encodedCount == 101)
    }

    /// What somebody else has encoded is not encoded again.
    @Test func twoWhoFillShareTheWork() async throws {
        try await request(next)
        let other = FakeEncoder(model: "next", dimension: 32)
        let lock = Lock()
        let turn: SpaceFilling.Turn = { _, work in try await lock.run(work) }
        async let one = filling(next)(turn)
        async let two = filling(other)(turn)
        #expect(try await [one, two] == [.switched, .switched])
        #expect(next.encodedCount + other.encodedCount == 100)
    }

    @Test func anotherRequestEndsIt() async throws {
        try await request(next)
        let bench = bench
        let turns = Turns { number in
            guard number == 2 else { return }
            let third = ChosenSpace(space: FakeEncoder(model: "third").space)
            _ = try await bench.catalog.select(.request(third), for: .image)
        }
        #expect(try await filling(next)(turns.take) == .superseded)
        #expect(try await selection().pending?.space.model == "third")
        #expect(try await selection().current?.space == bench.encoder.space)
    }

    @Test func imagesWhoseFilesAreGoneHoldItUpUntilTheyAreMissing() async throws {
        try await request(next)
        try bench.delete("7.png")
        try bench.put("8.png", "changed")
        #expect(try await filling(next)(Turns().take) == .incomplete(unreadable: 2))
        #expect(try await selection().pending?.space == next.space)
        // A run over the folder finds out what became of them.
        try await bench.index()
        #expect(try await filling(next)(Turns().take) == .switched)
        #expect(try await bench.catalog.lackingCount(in: next.space) == 0)
    }

    @Test func withoutARequestNothingIsFilled() async throws {
        #expect(try await filling(next)(Turns().take) == .superseded)
        #expect(next.encodedCount == 0)
    }

    @Test func anErrorEndsItAndLeavesTheRequest() async throws {
        let broken = FakeEncoder(model: "next", error: MekikiError(.badData, "It is broken."))
        try await request(broken)
        await #expect(throws: MekikiError.self) { try await filling(broken)(Turns().take) }
        #expect(try await selection().pending?.space == broken.space)
        #expect(try await selection().current?.space == bench.encoder.space)
    }
}

/// One at a time.
private actor Lock {
    private var isTaken = false

    func run(
        _ work: @Sendable () async throws -> SpaceSelection
    ) async throws -> SpaceSelection {
        while isTaken { await Task.yield() }
        isTaken = true
        defer { isTaken = false }
        return try await work()
    }
}
