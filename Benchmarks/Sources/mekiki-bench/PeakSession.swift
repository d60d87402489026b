import ArgumentParser
import CPeak
import MekikiCore
import Synchronization

/// What the processor reaches on numbers in registers.
///
/// `run THREADS SECONDS` answers with the floating-point operations of all threads.
struct PeakSession: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "peak")

    @Option(help: "float32 or bfloat16.")
    var precision = "float32"

    func run() async throws {
        let kind = precision == "bfloat16" ? MEKIKI_PEAK_BF16 : MEKIKI_PEAK_F32
        await Session.serve { words in
            guard let name = mekiki_peak_instructions(kind) else {
                throw ValidationError("This processor has no loop for \(precision).")
            }
            guard words.count == 3, let threads = Int(words[1]), let seconds = Double(words[2])
            else { throw ValidationError("run THREADS SECONDS") }
            let workers = WorkerThreads(count: threads, name: "mekiki peak")
            let operations = Atomic<Int>(0)
            let watch = Stopwatch()
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<threads {
                    group.addTask {
                        try await workers.run {
                            var done = 0
                            repeat {
                                done += Int(mekiki_peak_run(kind, 100_000))
                            } while watch.wall < seconds
                            return done
                        }
                    }
                }
                for try await done in group { operations.add(done, ordering: .relaxed) }
            }
            var answer = watch.answer(items: operations.load(ordering: .relaxed))
            answer.instructions = String(cString: name)
            return answer
        }
    }
}
