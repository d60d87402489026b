import ArgumentParser

/// Mekiki's parts as resident processes, driven by Benchmarks/bench.py.
@main
struct MekikiBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mekiki-bench",
        abstract: "Runs Mekiki's parts alone, told by lines on standard input what to do.",
        discussion: """
            Each command says "ready" as a JSON line once it is loaded, then answers each line with \
            one JSON line, until "quit" or the end of the input.
            """,
        subcommands: [
            ImageSession.self, TextSession.self, PairsSession.self, ProductSession.self,
            PeakSession.self, NearestSession.self, FullTextSession.self, StagesCommand.self,
            LoadCommand.self, CopyCommand.self,
        ]
    )
}
