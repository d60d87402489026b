import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// Runs work as a user whom permissions keep out: tests run as root in some places, and root may
/// look everywhere.
///
/// Linux keeps the user for files by thread, so the work gets a thread of its own and the process
/// stays what it is.
func withoutPrivileges<Result: Sendable>(
    _ work: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread {
            #if canImport(Glibc)
            if geteuid() == 0 {
                typealias SetUser = @convention(c) (UInt32) -> Int32
                guard let symbol = dlsym(nil, "setfsuid") else {
                    preconditionFailure("The C library knows no setfsuid.")
                }
                _ = unsafeBitCast(symbol, to: SetUser.self)(65_534)
            }
            #endif
            continuation.resume(with: Swift.Result(catching: work))
        }
        thread.start()
    }
}
