import Foundation
import MekikiCore
import MekikiTensor
import Synchronization
import Testing

@Suite struct ThreadTeamTests {
    private struct Failure: Error {}

    private final class Flag: Sendable {
        private let value = Atomic<Bool>(false)
        var isUp: Bool { value.load(ordering: .acquiring) }
        func raise() { value.store(true, ordering: .releasing) }
    }

    @Test func aLeaderAloneDoesEverything() {
        var done: [Int] = []
        ThreadTeam.alone.forEach(5) { unit, member in
            done.append(unit)
            #expect(member == 0)
        }
        #expect(done == [0, 1, 2, 3, 4])
    }

    /// Steps build on each other: a unit of one must see what all units of the one before wrote.
    @Test(arguments: [2, 3, 8]) func everyUnitRunsOnceAndStepsFollowEachOther(
        _ threads: Int
    ) async throws {
        let workers = WorkerThreads(count: threads, name: "team")
        let isRight = try await workers.runTogether { team in
            #expect(team.size == threads)
            let count = 37
            let values = UnsafeMutableBufferPointer<Int>.allocate(capacity: count)
            defer { values.deallocate() }
            values.initialize(repeating: 0)
            for step in 0..<2_000 {
                team.forEach(count) { unit, member in
                    precondition(member < team.size)
                    values[unit] += 1
                }
                let sum = values.reduce(0, +)
                if sum != count * (step + 1) { return false }
            }
            return true
        }
        #expect(isRight)
    }

    /// A thread that is busy with something else must not hold the team up.
    @Test func aMemberThatNeverComesIsNotWaitedFor() async throws {
        let workers = WorkerThreads(count: 2, name: "team")
        let isDone = Flag()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await workers.run {
                    while !isDone.isUp { usleep(200) }
                }
            }
            group.addTask {
                let sum = try await workers.runTogether { team in
                    let sum = Atomic<Int>(0)
                    for _ in 0..<50 {
                        team.forEach(8) { unit, _ in sum.wrappingAdd(unit, ordering: .relaxed) }
                    }
                    return sum.load(ordering: .relaxed)
                }
                isDone.raise()
                #expect(sum == 50 * 28)
            }
            try await group.waitForAll()
        }
    }

    @Test func anErrorOfAUnitReachesTheLeader() async throws {
        let workers = WorkerThreads(count: 3, name: "team")
        let ran = try await workers.runTogether { team in
            let ran = Atomic<Int>(0)
            #expect(throws: Failure.self) {
                try team.tryForEach(20) { unit, _ in
                    ran.wrappingAdd(1, ordering: .relaxed)
                    if unit == 7 { throw Failure() }
                }
            }
            // The team works on after it.
            team.forEach(5) { _, _ in ran.wrappingAdd(1, ordering: .relaxed) }
            return ran.load(ordering: .relaxed)
        }
        #expect(ran == 25)
    }

    @Test func teamsShareThreads() async throws {
        let workers = WorkerThreads(count: 3, name: "team")
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    try await workers.runTogether { team in
                        let sum = Atomic<Int>(0)
                        for _ in 0..<20 {
                            team.forEach(9) { unit, _ in
                                sum.wrappingAdd(unit, ordering: .relaxed)
                            }
                        }
                        return sum.load(ordering: .relaxed)
                    }
                }
            }
            for try await sum in group { #expect(sum == 20 * 36) }
        }
    }
}
