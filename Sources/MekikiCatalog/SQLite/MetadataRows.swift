import Foundation
import GRDB
import MekikiCore

/// The rows that hold what an image's own bytes say.
enum MetadataRows {
    /// Writes the texts and the typed fields, in place of what was there.
    ///
    /// - Parameters:
    ///   - metadata: What the bytes say.
    ///   - imageID: The image.
    ///   - db: A connection that writes.
    /// - Returns: Whether a text has changed.
    /// - Throws: What the database throws.
    static func write(
        _ metadata: ImageMetadata,
        of imageID: Int64,
        _ db: Database
    ) throws -> Bool {
        var isChanged = false
        for (origin, texts) in metadata.texts {
            if try TextFieldRow.replace(texts, of: origin, imageID, db) { isChanged = true }
        }
        try GenerationRow.write(metadata.generation, of: imageID, db)
        return isChanged
    }

    /// Puts texts and typed fields into records.
    ///
    /// - Parameters:
    ///   - records: The records by number, which have all else.
    ///   - ids: The images.
    ///   - db: A connection.
    /// - Throws: What the database throws.
    static func complete(
        _ records: inout [Int64: ImageRecord],
        _ ids: [Int64],
        _ db: Database
    ) throws {
        for (id, generation) in try GenerationRow.generations(IDList.json(ids), db) {
            records[id]?.content.metadata.generation = generation
        }
        for (id, texts) in try TextFieldRow.texts(of: ids, db) {
            for text in texts {
                let chunk = ImageMetadata.TextChunk(key: text.key, text: text.text)
                switch (TextOrigin(rawValue: text.id.origin), text.key) {
                case (.file, _): records[id.rawValue]?.content.metadata.textChunks.append(chunk)
                case (.photograph, _): records[id.rawValue]?.content.metadata.words.append(chunk)
                case (.generation, "prompt"):
                    records[id.rawValue]?.content.metadata.generation?.prompt = text.text
                case (.generation, "negative"):
                    records[id.rawValue]?.content.metadata.generation?.negativePrompt = text.text
                default: break
                }
            }
        }
    }
}
