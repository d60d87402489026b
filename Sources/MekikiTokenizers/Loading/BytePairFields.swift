import MekikiCore

/// What `vocab.json` and the `model` of `tokenizer.json` have in common.
enum BytePairFields {
    /// Reads an object of pieces and their ids.
    static func vocabulary(_ field: JSONField) throws -> Vocabulary {
        var vocabulary = Vocabulary(capacity: field.roughCount)
        var wrong: String?
        try field.forEachMember { member in
            guard case .number(let number) = member.value, let id = Int32(exactly: number), id >= 0
            else {
                wrong = wrong ?? member.key
                return
            }
            vocabulary.insert(member.key, id: id)
        }
        if let wrong {
            throw field.failure("The id of the piece '\(wrong)' has to be a whole number from 0.")
        }
        return vocabulary
    }

    /// Reads a list of merges, written as "a b" or, since 2024, as ["a", "b"].
    static func merges(_ field: JSONField, vocabulary: Vocabulary) throws -> MergeTable {
        var table = MergeTable(capacity: 0)
        var entry = 0
        var wrong: String?
        try field.forEachElement { element in
            guard wrong == nil else { return }
            guard var (left, right) = pair(element) else {
                wrong = "a list of pairs; entry \(entry) is none"
                return
            }
            entry += 1
            let missing = left.withUTF8 { left in
                right.withUTF8 { append(left, $0, to: &table, vocabulary: vocabulary) }
            }
            if let missing { wrong = "made of pieces; '\(missing)' is not in the vocabulary" }
        }
        if let wrong { throw field.mismatch(wrong) }
        return table
    }

    private static func pair(_ element: JSONValue) -> (String, String)? {
        switch element {
        case .array(let pieces):
            guard pieces.count == 2, case .string(let left) = pieces[0],
                case .string(let right) = pieces[1]
            else { return nil }
            return (left, right)
        case .string(let line):
            let pieces = line.utf8.split(separator: UInt8(ascii: " "))
            guard pieces.count == 2 else { return nil }
            return (String(pieces[0]) ?? "", String(pieces[1]) ?? "")
        default: return nil
        }
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
