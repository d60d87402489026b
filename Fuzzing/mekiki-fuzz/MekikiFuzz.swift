import CLibFuzzer
import Foundation

// `mekiki-fuzz READER SECONDS FLAGS… CORPUS` feeds a reader with mutated files, guided by the code that
// they reach, until it has used so many seconds of the processor.
//
// libFuzzer has the main function, and finds the three functions here by their names. It says what it
// found: a crash, a hang, memory without bound, or an error that is no `MekikiError`. The input is
// saved, and running with that file in place of the corpus shows the fault again.

/// Reads the two arguments that are not libFuzzer's own, and takes them out.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> Int32 {
    let list = arguments.pointee
    let texts = (0..<Int(count.pointee)).map { list[$0].map { String(cString: $0) } ?? "" }
    guard texts.count >= 3, let name = FuzzedReaderName(rawValue: texts[1]),
        let seconds = Double(texts[2])
    else {
        let names = FuzzedReaderName.allCases.map(\.rawValue).joined(separator: ", ")
        FileHandle.standardError.write(
            Data("Usage: mekiki-fuzz READER SECONDS FLAGS… CORPUS; readers: \(names)\n".utf8)
        )
        exit(64)
    }
    do {
        FuzzSession.shared = FuzzSession(reader: try name.reader(), seconds: seconds)
    } catch {
        FileHandle.standardError.write(Data("The fuzzer can't start: \(error)\n".utf8))
        exit(74)
    }
    for index in 1..<texts.count - 2 { list[index] = list[index + 2] }
    list[texts.count - 2] = nil
    count.pointee -= 2
    return 0
}

/// Reads one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    FuzzSession.shared?.test(UnsafeBufferPointer(start: bytes, count: count))
    return 0
}

/// Changes an input.
///
/// Half of all mutations are its own, which know what the code compared; the others keep the
/// file's structure, so that they get past the first check.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(
    _ bytes: UnsafeMutablePointer<UInt8>,
    _ count: Int,
    _ capacity: Int,
    _ seed: UInt32
) -> Int {
    var random = SplitMix64(seed: UInt64(seed))
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    guard count > 4, Bool.random(using: &random), let session = FuzzSession.shared,
        let mutated = session.reader.mutate(input, using: &random)
    else { return LLVMFuzzerMutate(bytes, count, capacity) }
    let kept = mutated.prefix(capacity)
    for (index, byte) in kept.enumerated() { bytes[index] = byte }
    return kept.count
}
