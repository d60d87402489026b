import Foundation
import MekikiCore

/// A temporary folder that only this user can open, removed with everything in it.
struct PrivateFolder: ~Copyable {
    /// The folder's absolute path.
    let path: String

    /// Makes one.
    ///
    /// - Throws: `MekikiError` with code `cannotCreate`.
    init() throws {
        let base = FileManager.default.temporaryDirectory.path
        var template = Array((base + "/\(Self.prefix)\(getpid())-XXXXXX").utf8CString)
        // With rights for its owner alone.
        guard mkdtemp(&template) != nil else {
            throw MekikiError(
                .cannotCreate,
                "No temporary folder can be made (\(String(cString: strerror(errno)).lowercased())). "
                    + "Make room there, or name another place in TMPDIR.",
                subject: base
            )
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private static let prefix = "mekiki-ocr-"

    /// Removes the folders of programs that were killed before they could.
    ///
    /// Folders of other users stay: they can't be opened, nor removed.
    static func removeAbandoned() {
        let base = FileManager.default.temporaryDirectory
        let names = (try? FileManager.default.contentsOfDirectory(atPath: base.path)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let number = name.dropFirst(prefix.count).prefix { $0 != "-" }
            // Whoever has the number now may be somebody else; then the folder stays a while longer.
            guard let process = pid_t(number), process > 0, kill(process, 0) != 0, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(at: base.appending(path: name))
        }
    }

    /// The path of a file in it.
    ///
    /// - Parameter name: The file's name.
    /// - Returns: An absolute path.
    func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file.
    ///
    /// - Parameters:
    ///   - parts: What it holds, one after the other.
    ///   - name: Its name.
    /// - Throws: `MekikiError` with code `inputOutput`.
    func write(_ parts: [[UInt8]], to name: String) throws {
        let path = file(name)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { close(descriptor) }
        for part in parts {
            var done = 0
            while done < part.count {
                let step = part.withUnsafeBytes { bytes in
                    Foundation.write(
                        descriptor,
                        bytes.baseAddress.map { $0 + done },
                        part.count - done
                    )
                }
                if step < 0, errno == EINTR { continue }
                guard step > 0 else { throw Self.failure(path) }
                done += step
            }
        }
    }

    private static func failure(_ path: String) -> MekikiError {
        MekikiError(
            .inputOutput,
            "A temporary file can't be written (\(String(cString: strerror(errno)).lowercased())). "
                + "Make room there, or name another place in TMPDIR.",
            subject: path
        )
    }
}
