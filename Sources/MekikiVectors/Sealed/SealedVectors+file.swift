import Foundation
import MekikiCore

extension SealedVectors {
    /// Opens sealed vectors that a file holds.
    ///
    /// - Parameter file: The file, which stays mapped as long as the vectors live.
    /// - Throws: `MekikiError` with code `badData` when the file isn't one, is cut, or differs from
    ///   what was written in anything but the rows, which are checked when they are used.
    convenience init(mapping file: URL) throws {
        let memory = try MappedMemory(file)
        let bytes = UnsafeRawBufferPointer(start: memory.start, count: memory.size)
        guard let header = SealedHeader(reading: bytes) else {
            throw MekikiError(
                .badData,
                "This file of vectors is damaged or of another version; it is made anew.",
                subject: file.path
            )
        }
        let layout = header.layout
        let centre = (0..<layout.dimension).map { place in
            let offset = layout.centreOffset + place * 4
            return Float(
                bitPattern: UInt32(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                )
            )
        }
        self.init(memory, layout, CodeSpace(centre: centre), file: file)
    }
}
