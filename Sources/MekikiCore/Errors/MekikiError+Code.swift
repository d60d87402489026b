extension MekikiError {
    /// The kind of a failure: a struct around a private enumeration, so that kinds can be added
    /// without breaking anyone's `switch`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case usage, badData, noInput, unavailable, cannotCreate, inputOutput, configuration
            case cancelled
        }

        private var kind: Kind

        /// The request itself is malformed: an unknown option, a value out of range.
        public static let usage = Code(kind: .usage)
        /// The input was found and is not what it claims to be: a truncated image, a corrupt file.
        public static let badData = Code(kind: .badData)
        /// The input does not exist or can't be read.
        public static let noInput = Code(kind: .noInput)
        /// Something Mekiki relies on is not available: a library held by another indexer.
        public static let unavailable = Code(kind: .unavailable)
        /// An output can't be created.
        public static let cannotCreate = Code(kind: .cannotCreate)
        /// Reading or writing failed on the way: a full disk, a broken device.
        public static let inputOutput = Code(kind: .inputOutput)
        /// A setting, model or library is of a kind this version doesn't understand.
        public static let configuration = Code(kind: .configuration)
        /// The work was stopped on request before it was complete.
        public static let cancelled = Code(kind: .cancelled)

        /// The status a command exits with, after BSD's `sysexits.h` (130 for an interruption).
        public var exitStatus: Int32 {
            switch kind {
            case .usage: 64
            case .badData: 65
            case .noInput: 66
            case .unavailable: 69
            case .cannotCreate: 73
            case .inputOutput: 74
            case .configuration: 78
            case .cancelled: 130
            }
        }

        /// The code's name.
        public var description: String { kind.rawValue }
    }
}
