import Foundation

/// A conversation: requests are lines on standard input, answers JSON lines on standard output.
enum Session {
    /// Says that everything is loaded, then answers requests until "quit" or the end of the input.
    ///
    /// A request that can't be answered gets `{"error": …}` and the next one is read.
    static func serve(_ answer: ([String]) async throws -> Answer) async {
        say(Answer())
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            guard let verb = words.first, verb != "quit" else { return }
            do {
                say(try await answer(words))
            } catch {
                say(Answer(error: "\(error)"))
            }
        }
    }

    /// Writes one document on one line.
    static func say(_ document: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard var line = try? encoder.encode(document) else { return }
        line.append(UInt8(ascii: "\n"))
        FileHandle.standardOutput.write(line)
    }
}

/// What a request came to.
struct Answer: Codable {
    /// Images, texts or floating-point operations done.
    var items: Int?
    /// Seconds on the wall's clock.
    var wall: Double?
    /// Seconds of processor time of all threads of the process.
    var cpu: Double?
    /// Milliseconds that half of the calls took at most, and that 99 of 100 did.
    var median: Double?
    var slowest: Double?
    /// The instructions that a peak loop uses.
    var instructions: String?
    /// What went wrong.
    var error: String?
}
