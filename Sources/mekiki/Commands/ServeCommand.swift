import ArgumentParser
import Foundation
import Logging
import MekikiKit
import MekikiServer

/// `mekiki serve`: the web page and the HTTP API.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Show the library in a web page, and answer requests over HTTP.",
        discussion: """
            Only this machine can reach the server, unless --host says otherwise; then it wants a \
            token with every request. Stop it with ctrl-C: running requests are completed.

            The API is described at /openapi.yaml.
            """
    )

    @Option(name: .long, help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(name: .long, help: "The port to listen on; 0 takes any that is free.")
    var port = 8899

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A file that holds the token that requests must know.",
            discussion: "Default: $MEKIKI_TOKEN. Needed where other machines can reach the server.",
            valueName: "file"
        ),
        completion: .file()
    )
    var tokenFile: String?

    @Option(
        name: .long,
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A name by which clients call this server, such as a proxy's; may be repeated.",
            valueName: "name"
        )
    )
    var allowHost: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("The largest image to search by, in MiB.", valueName: "size")
    )
    var uploadLimit = 64

    @Flag(name: .long, help: "Open the page in the browser.")
    var open = false

    @Flag(name: .long, help: "Write a line for each request to standard error.")
    var verbose = false

    @OptionGroup var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port must be 0 to 65535.")
        }
        guard (1...1024).contains(uploadLimit) else {
            throw ValidationError("--upload-limit must be 1 to 1024.")
        }
    }

    func run() async throws {
        // Clients that go away are everyday life here, not the end.
        signal(SIGPIPE, SIG_IGN)
        let options = ServerOptions(
            host: host,
            port: port,
            token: try token(),
            allowedHosts: allowHost,
            uploadBytes: uploadLimit << 20,
            // A connection may have a file open beside itself, and the process has some of its own.
            connections: max(16, (OpenFiles.raiseLimit(wanting: 8192) - 128) / 2)
        )
        // First what may be wrong, so that a slip of the pen leaves no empty library behind.
        try options.check()
        // In a new library, the model is checked before anything is made.
        let shelf = ModelShelf()
        if !library.folder.exists { _ = try await standardModel(shelf) }
        // One that can't be written is shown all the same.
        let opened = try Library(library.folder, creating: !library.folder.exists)
        let loaded = try await model.load(for: opened, from: shelf, output)
        let server = try ImageServer(
            library: opened,
            model: loaded,
            // What was named for this server stays; otherwise it goes with the library.
            following: model.model == nil ? shelf : nil,
            page: try DataFolder().webPage,
            options: options,
            logger: logger
        )
        let task = Task {
            try await server.run { port in
                let address = pageAddress(port)
                if output.json {
                    try? JSONOutput.print(["address": address])
                } else if !output.quiet {
                    Terminal.standardOutput.line("Mekiki is at \(address) – ctrl-C ends it.")
                }
                if open { Browser.show(address) }
            }
        }
        let interruption = Interruption("Completing the requests at hand") { task.cancel() }
        try await task.value
        // Not ended: a signal that still comes must not overtake the exit.
        withExtendedLifetime(interruption) {}
    }

    private func standardModel(_ shelf: ModelShelf) async throws -> LoadedModel {
        if let name = model.model { return try await shelf.model(named: name) }
        return try await shelf.standard()
    }

    private func token() throws -> AccessToken? {
        if let tokenFile { return try AccessToken.read(file: tokenFile) }
        guard let secret = ProcessInfo.processInfo.environment["MEKIKI_TOKEN"], !secret.isEmpty
        else { return nil }
        do {
            return try AccessToken(secret)
        } catch var error as MekikiError {
            error.subject = "MEKIKI_TOKEN"
            throw error
        }
    }

    private var logger: Logger {
        var logger = Logger(label: "mekiki") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = verbose ? .info : .error
        return logger
    }

    private func pageAddress(_ port: Int) -> String {
        let everywhere = ["0.0.0.0", "::"].contains(host)
        let name = everywhere ? ProcessInfo.processInfo.hostName : host
        return "http://\(name.contains(":") ? "[\(name)]" : name):\(port)/"
    }
}
