import Foundation
import MekikiCore

/// A reader of strangers' files, as the fuzzer sees it.
protocol FuzzedReader {
    /// Reads a file and does what the program would do with it.
    ///
    /// - Returns: `false` where the file was refused with a sentence.
    func accepts(_ data: Data) -> Bool

    /// Changes a file so that it keeps its structure; `nil` where it has none to keep.
    func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]?
}

extension FuzzedReader {
    /// Whether the work succeeds; an error that is no sentence for people is a fault.
    func succeeds(_ codes: [MekikiError.Code], _ work: () throws -> Void) -> Bool {
        do {
            try work()
            return true
        } catch let error as MekikiError {
            guard codes.contains(error.code) else { fatalError("unexpected code: \(error)") }
            guard !error.message.isEmpty, !error.message.contains("\n") else {
                fatalError("not one sentence: \(error)")
            }
            return false
        } catch {
            fatalError("no MekikiError: \(error)")
        }
    }
}

/// The readers by the names that the command line has for them.
enum FuzzedReaderName: String, CaseIterable {
    case safetensors, checkpoint, config, tokenizer, image, query

    /// Makes the reader, with a folder of its own in memory where the code under test wants files.
    func reader() throws -> any FuzzedReader {
        switch self {
        case .safetensors: try SafetensorsReader()
        case .checkpoint: try CheckpointReader()
        case .config: try ConfigurationReader()
        case .tokenizer: try TokenizerReader()
        case .image: ImageFileReader()
        case .query: QueryReader()
        }
    }
}
