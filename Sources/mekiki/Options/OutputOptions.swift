import ArgumentParser

/// How a command prints.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON, one document a line.")
    var json = false

    @Flag(name: [.long, .customShort("q")], help: "Print results and errors, nothing else.")
    var quiet = false
}
