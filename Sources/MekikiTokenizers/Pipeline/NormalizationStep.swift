import Foundation

/// One step of preparing text before it is split into words.
///
/// Texts are arrays of scalars here: Swift's characters are grapheme clusters and compare
/// canonically, and the libraries that trained the vocabularies look at scalars.
enum NormalizationStep: Sendable {
    /// Unicode's four normalization forms.
    enum Form: String, Sendable {
        case canonicalComposed = "NFC"
        case canonicalDecomposed = "NFD"
        case compatibleComposed = "NFKC"
        case compatibleDecomposed = "NFKD"
    }

    case form(Form)
    /// Every run of blanks becomes the given text.
    case blanksReplaced([Unicode.Scalar])
    case replaced(TextPattern, [Unicode.Scalar])
    /// Lower case scalar by scalar, as Rust's `char::to_lowercase`: no final sigma.
    case lowercased
    /// All combining marks fall away.
    case marksRemoved
    /// A text is put before every text that isn't empty.
    case prefixed([Unicode.Scalar])
    /// Blanks fall away at the ends.
    case stripped(left: Bool, right: Bool)
    /// SentencePiece's table, the way the `tokenizers` library applies it.
    case precompiled(PrecompiledMap)
    /// The table and the treatment of blanks, the way SentencePiece itself does it.
    case sentencePiece(SentencePieceNormalizer)
    case bert(BERTNormalizer)
    /// SentencePiece's first rules for machine translation.
    case translation

    /// Normalization form C.
    static let composed = NormalizationStep.form(.canonicalComposed)

    func apply(to text: inout [Unicode.Scalar]) {
        switch self {
        case .form(let form): Self.normalize(&text, form)
        case .blanksReplaced(let replacement): Self.replaceBlanks(in: &text, with: replacement)
        case .replaced(let pattern, let replacement):
            Self.replace(pattern, in: &text, with: replacement)
        case .lowercased: Self.lowercase(&text)
        case .marksRemoved: text.removeAll(where: Self.isMark)
        case .prefixed(let prefix): if !text.isEmpty { text.insert(contentsOf: prefix, at: 0) }
        case .stripped(let left, let right): Self.strip(&text, left: left, right: right)
        case .precompiled(let map): map.apply(to: &text)
        case .sentencePiece(let normalizer): normalizer.apply(to: &text)
        case .bert(let normalizer): normalizer.apply(to: &text)
        case .translation: Self.applyTranslationRules(to: &text)
        }
    }

    /// Whether the step takes the first scalar of a text away, so that what it leaves no longer
    /// begins where the text did.
    func removesStart(of text: [Unicode.Scalar]) -> Bool {
        guard let first = text.first else { return false }
        switch self {
        case .stripped(left: true, _): return ScalarClass(first) == .space
        case .marksRemoved: return Self.isMark(first)
        case .translation: return Self.isControl(first.value)
        case .bert(let normalizer): return normalizer.removes(first)
        case .blanksReplaced(let replacement):
            return replacement.isEmpty && ScalarClass(first) == .space
        case .replaced(let pattern, let replacement):
            return replacement.isEmpty
                && pattern.matchEnd(in: text, at: 0, before: text.count) != nil
        default: return false
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x300 else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return false
        }
    }

    static func normalize(_ text: inout [Unicode.Scalar], _ form: Form) {
        // Nothing below U+0300 composes or is composed differently, and nothing of ASCII has a
        // decomposition.
        let least: UInt32 = form == .canonicalComposed ? 0x300 : 0x80
        guard text.contains(where: { $0.value >= least }) else { return }
        guard form == .compatibleComposed || form == .compatibleDecomposed else {
            text = mapped(text[...], form)
            return
        }
        // The library's table of compatible characters is that of Unicode 11: newer ones, such as
        // the square era name 令和, stay as they are.
        var result: [Unicode.Scalar] = []
        var start = 0
        for (index, scalar) in text.enumerated() where staysAsItIs(scalar) {
            result += mapped(text[start..<index], form)
            result.append(scalar)
            start = index + 1
        }
        text = result + mapped(text[start...], form)
    }

    private static func staysAsItIs(_ scalar: Unicode.Scalar) -> Bool {
        // Foundation drops this one, which never composes, after a syllable.
        if scalar.value == 0x11A7 { return true }
        guard scalar.value >= 0x300, let age = scalar.properties.age else { return false }
        return age.major > 11
    }

    private static func mapped(
        _ text: ArraySlice<Unicode.Scalar>,
        _ form: Form
    ) -> [Unicode.Scalar] {
        guard !text.isEmpty else { return [] }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text)
        let string = String(view)
        let result =
            switch form {
            case .canonicalComposed: string.precomposedStringWithCanonicalMapping
            case .canonicalDecomposed: string.decomposedStringWithCanonicalMapping
            // In two steps: Foundation's one step leaves letters of Hangul apart (ㅎㅏㄴ).
            case .compatibleComposed:
                string.decomposedStringWithCompatibilityMapping
                    .precomposedStringWithCanonicalMapping
            case .compatibleDecomposed: string.decomposedStringWithCompatibilityMapping
            }
        return Array(result.unicodeScalars)
    }

    private static func replaceBlanks(
        in text: inout [Unicode.Scalar],
        with replacement: [Unicode.Scalar]
    ) {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(text.count)
        var isWithinRun = false
        for scalar in text {
            let isBlank = ScalarClass(scalar) == .space
            if !isBlank {
                result.append(scalar)
            } else if !isWithinRun {
                result.append(contentsOf: replacement)
            }
            isWithinRun = isBlank
        }
        text = result
    }

    private static func replace(
        _ pattern: TextPattern,
        in text: inout [Unicode.Scalar],
        with replacement: [Unicode.Scalar]
    ) {
        let parts = pattern.parts(of: text, in: 0..<text.count)
        guard parts.contains(where: \.isMatch) else { return }
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(text.count)
        for part in parts { result += part.isMatch ? replacement[...] : text[part.range] }
        text = result
    }

    static func lowercase(_ text: inout [Unicode.Scalar]) {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(text.count)
        for scalar in text {
            switch scalar.value {
            case 0x41...0x5A: result.append(Unicode.Scalar(UInt8(scalar.value + 0x20)))
            case 0...0x7F: result.append(scalar)
            default: result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        text = result
    }

    private static func strip(_ text: inout [Unicode.Scalar], left: Bool, right: Bool) {
        var range = 0..<text.count
        if right {
            while let last = range.last, ScalarClass(text[last]) == .space { range.removeLast() }
        }
        if left {
            while let first = range.first, ScalarClass(text[first]) == .space {
                range.removeFirst()
            }
        }
        if range.count < text.count { text = Array(text[range]) }
    }

    private static func isControl(_ value: UInt32) -> Bool {
        switch value {
        case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: true
        default: false
        }
    }

    private static func applyTranslationRules(to text: inout [Unicode.Scalar]) {
        text = text.compactMap { scalar in
            switch scalar.value {
            case let value where isControl(value): nil
            case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF,
                0xFFFD:
                " "
            default: scalar
            }
        }
    }
}
