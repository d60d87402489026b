import MekikiKit

/// Whether a library is being indexed, as JSON and as a sentence.
struct IndexerDocument: Encodable {
    var process: Int32?
    var isRunning: Bool

    init(_ state: IndexerState) {
        switch state {
        case .held(let number):
            process = number
            isRunning = true
        case .leftBehind(let number):
            process = number
            isRunning = false
        }
    }

    /// What a person should know.
    var sentence: String {
        let who = process.map { "process \($0)" } ?? "a process"
        return isRunning
            ? "The library is being indexed by \(who)."
            : "The last run (\(who)) was ended by force. Nothing is locked; `mekiki index` on its "
                + "folders goes on where it ended."
    }
}
