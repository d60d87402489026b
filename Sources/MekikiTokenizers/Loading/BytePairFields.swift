import MekikiCore

/// What `vocab.json` and the `model` of `tokenizer.json` have in common.
enum BytePairFields {
    /// Reads an object of pieces and their ids.
    static func vocabulary(_ field: JSONField) throws -> Vocabulary {
        let members = try field.members()
        var vocabulary = Vocabulary(capacity: members.count)
        for member in members {
            guard case .number(let number) = member.value, let id = Int32(exactly: number), id >= 0
            else {
                throw MekikiError(
                    .badData,
                    "The id of the piece '\(member.key)' has to be a whole number from 0.",
                    subject: field.file
                )
            }
            vocabulary.insert(member.key, id: id)
        }
        return vocabulary
    }

    /// Appends the merge of two pieces.
    ///
    /// - Returns: The piece that the vocabulary lacks, `nil` when all are there.
    static func append(
        _ left: UnsafeBufferPointer<UInt8>,
        _ right: UnsafeBufferPointer<UInt8>,
        to merges: inout MergeTable,
        vocabulary: Vocabulary
    ) -> String? {
        guard let leftID = vocabulary.id(of: left) else { return text(left) }
        guard let rightID = vocabulary.id(of: right) else { return text(right) }
        let product = withUnsafeTemporaryAllocation(
            of: UInt8.self,
            capacity: left.count + right.count
        ) { buffer -> Int32? in
            let middle = buffer.initialize(fromContentsOf: left)
            _ = buffer[middle...].initialize(fromContentsOf: right)
            return vocabulary.id(of: UnsafeBufferPointer(buffer))
        }
        guard let product else { return text(left) + text(right) }
        merges.append(left: leftID, right: rightID, product: product)
        return nil
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
