import Foundation
import MekikiCore

/// Runs another program to its end, or ends it when it takes too long.
///
/// It blocks the thread that calls it. What the program writes goes to files, so nobody has to read along.
enum ChildProcess {
    /// How a program ended.
    enum Ending: Sendable, Equatable {
        /// By itself, with this status.
        case exited(Int32)
        /// By this signal: it crashed, or somebody killed it.
        case signalled(Int32)
        /// It took longer than it may, or wrote more.
        case overdue
    }

    /// Runs a program.
    ///
    /// - Parameters:
    ///   - program: Its absolute path.
    ///   - arguments: What stands behind its name.
    ///   - environment: Variables that it gets beside those of this process.
    ///   - output: The file that its standard output goes to.
    ///   - errors: The file that its standard error goes to.
    ///   - limit: How long it may take.
    ///   - outputLimit: The most bytes it may write to standard output.
    /// - Returns: How it ended.
    /// - Throws: `MekikiError` with code `unavailable` when it can't be started.
    static func run(
        _ program: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        output: String,
        errors: String,
        limit: Duration,
        outputLimit: Int = 32 << 20
    ) throws -> Ending {
        var command = [program] + arguments
        #if os(Linux)
        // A program that is killed leaves no children behind: the kernel ends them with it.
        let guardian = "/usr/bin/setpriv"
        if access(guardian, X_OK) == 0 {
            command = [guardian, "--pdeathsig", "KILL", "--"] + command
        }
        #endif
        let process = try start(command, environment, output, errors)
        let deadline = ContinuousClock.now + limit
        var pause: UInt32 = 1000
        while true {
            var status: Int32 = 0
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process { return ending(status) }
            if ended < 0, errno != EINTR { return .signalled(SIGKILL) }
            if ContinuousClock.now > deadline || length(output) > outputLimit {
                // The whole group: it may have started others.
                kill(-process, SIGKILL)
                while waitpid(process, &status, 0) < 0, errno == EINTR {}
                return .overdue
            }
            usleep(pause)
            pause = min(2 * pause, 10_000)
        }
    }

    private static func start(
        _ command: [String],
        _ environment: [String: String],
        _ output: String,
        _ errors: String
    ) throws -> pid_t {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        let writing = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 1, output, writing, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, writing, 0o600)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var flags = Int32(POSIX_SPAWN_SETPGROUP)
        #if canImport(Darwin)
        flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
        #endif
        // On Linux nothing of ours stays open in it: SQLite, NIO and Foundation open everything so that it
        // closes when another program begins.
        // A server blocks signals that a child has to hear.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        flags |= Int32(POSIX_SPAWN_SETSIGMASK)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(flags))

        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let words = command.map { strdup($0) } + [nil]
        let settings = variables.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + settings { free(text) } }
        var process: pid_t = 0
        let fault = posix_spawn(&process, command[0], &actions, &attributes, words, settings)
        guard fault == 0 else {
            throw MekikiError(
                .unavailable,
                "The program can't be started (\(String(cString: strerror(fault)).lowercased())).",
                subject: command[0]
            )
        }
        return process
    }

    private static func ending(_ status: Int32) -> Ending {
        // As the macros of the C header read it, which Swift doesn't see.
        let signal = status & 0x7F
        return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
    }

    private static func length(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
