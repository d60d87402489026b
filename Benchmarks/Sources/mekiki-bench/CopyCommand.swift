import ArgumentParser
import Foundation
import MekikiCore

/// How long all cores take to copy a part of a file from the page cache into new memory: what the
/// loading of weights can't be faster than, if it brings them into another order.
///
/// Prints one JSON object; run it in a fresh process each time.
struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "copy")

    @Argument(help: "The file.")
    var file: String

    @Option(help: "How many of its bytes, from the start.")
    var bytes: Int

    @Option(help: "How many threads share the work.")
    var threads = 2

    struct Report: Encodable {
        /// Seconds, with the mapping of the file and the making of the memory.
        var seconds: Double
    }

    func run() async throws {
        let watch = Stopwatch()
        let data = try Data(contentsOf: URL(filePath: file), options: .alwaysMapped)
        guard bytes > 0, bytes <= data.count, threads > 0 else {
            throw ValidationError("The file has \(data.count) bytes; copy 1 or more of them.")
        }
        // Large pages, as packed weights have.
        let page = 2 << 20
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: page)
        defer { memory.deallocate() }
        _ = madvise(memory.baseAddress, bytes, MADV_HUGEPAGE)
        let workers = WorkerThreads(count: threads, name: "mekiki copy")
        let target = Target(memory: memory)
        // In pieces, so that neither thread waits for long.
        let pieces = Array(stride(from: 0, to: bytes, by: page))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for thread in 0..<threads {
                let own = pieces.enumerated().filter { $0.offset % threads == thread }.map(
                    \.element
                )
                let end = bytes
                group.addTask {
                    try await workers.run {
                        data.withUnsafeBytes { source in
                            for start in own {
                                let range = start..<min(start + page, end)
                                UnsafeMutableRawBufferPointer(rebasing: target.memory[range])
                                    .copyMemory(from: .init(rebasing: source[range]))
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        Session.say(Report(seconds: watch.wall))
    }
}

/// Memory that several threads write, each to pieces of its own.
private struct Target: @unchecked Sendable {
    let memory: UnsafeMutableRawBufferPointer
}
