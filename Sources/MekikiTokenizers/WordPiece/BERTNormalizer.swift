/// BERT's preparation of text, in its order: clean, set CJK apart, strip accents, lower case.
struct BERTNormalizer: Sendable, Equatable {
    /// Whether control characters fall away and every blank becomes a space.
    var cleans = true
    /// Whether every ideograph becomes a word of its own.
    var separatesIdeographs = true
    var stripsAccents = true
    var lowercases = true

    func apply(to text: inout [Unicode.Scalar]) {
        if cleans {
            text = text.compactMap { scalar in
                if removes(scalar) { return nil }
                return ScalarClass(scalar) == .space ? " " : scalar
            }
        }
        if separatesIdeographs, text.contains(where: Self.isIdeograph) {
            var result: [Unicode.Scalar] = []
            result.reserveCapacity(text.count * 3)
            for scalar in text {
                if Self.isIdeograph(scalar) {
                    result += [" ", scalar, " "]
                } else {
                    result.append(scalar)
                }
            }
            text = result
        }
        if stripsAccents {
            NormalizationStep.normalize(&text, .canonicalDecomposed)
            text.removeAll { scalar in
                scalar.value >= 0x300 && OldUnicode.knows(scalar)
                    && scalar.properties.generalCategory == .nonspacingMark
            }
        }
        if lowercases { NormalizationStep.lowercase(&text) }
    }

    /// Whether cleaning takes a scalar away.
    func removes(_ scalar: Unicode.Scalar) -> Bool {
        guard cleans else { return false }
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: return false
        case 0x20...0x7E: return false
        case 0, 0xFFFD: return true
        default: break
        }
        guard OldUnicode.knows(scalar) else { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse: return true
        default: return false
        }
    }

    /// The blocks that BERT's authors chose.
    private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
            0x2B740...0x2B81F, 0x2B820...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}
