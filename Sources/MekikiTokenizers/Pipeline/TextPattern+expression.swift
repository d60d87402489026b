/// Reading of regular expressions.
extension TextPattern {
    /// Reads an expression, `nil` when it needs more than this type knows.
    init?(expression: String) {
        var reader = ExpressionReader(expression)
        guard let alternatives = reader.alternatives() else { return nil }
        self.init(alternatives: alternatives)
    }
}

/// Reads the scalars of an expression one after another.
private struct ExpressionReader {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ expression: String) {
        scalars = Array(expression.unicodeScalars)
    }

    mutating func alternatives() -> [[TextPattern.Item]]? {
        var result: [[TextPattern.Item]] = [[]]
        while let scalar = next() {
            if scalar == "|" {
                result.append([])
                continue
            }
            guard let set = set(startingWith: scalar), let (least, most) = repetition() else {
                return nil
            }
            // What a repetition took, the item after it must not need.
            if let last = result.last?.last, last.least != last.most, !last.set.isDisjoint(set) {
                return nil
            }
            result[result.count - 1].append(.init(set: set, least: least, most: most))
        }
        return result.contains { $0.isEmpty } ? nil : result
    }

    private mutating func next() -> Unicode.Scalar? {
        guard position < scalars.count else { return nil }
        defer { position += 1 }
        return scalars[position]
    }

    private mutating func set(startingWith scalar: Unicode.Scalar) -> ScalarSet? {
        switch scalar {
        case "\\": return escape()
        case "[": return bracket()
        case ".": return .complement(.one("\n"))
        case "(", ")", "]", "{", "}", "*", "+", "?", "^", "$": return nil
        default: return .one(scalar)
        }
    }

    private mutating func escape() -> ScalarSet? {
        guard let scalar = next() else { return nil }
        switch scalar {
        case "s": return .whitespace
        case "S": return .complement(.whitespace)
        case "d": return .decimalDigit
        case "D": return .complement(.decimalDigit)
        case "w": return .word
        case "W": return .complement(.word)
        case "n": return .one("\n")
        case "r": return .one("\r")
        case "t": return .one("\t")
        case "p", "P":
            guard let property = property() else { return nil }
            return scalar == "p" ? property : .complement(property)
        default:
            // Letters and digits mean something else in every dialect; the rest means itself.
            return ScalarSet.word.contains(scalar) ? nil : .one(scalar)
        }
    }

    private mutating func property() -> ScalarSet? {
        guard next() == "{" else { return nil }
        var name = ""
        while true {
            guard let scalar = next() else { return nil }
            if scalar == "}" { break }
            name.unicodeScalars.append(scalar)
        }
        switch name {
        case "L": return .letter
        case "N": return .number
        case "Nd": return .decimalDigit
        case "P": return .unicodePunctuation
        default: return nil
        }
    }

    private mutating func bracket() -> ScalarSet? {
        var isComplement = false
        if position < scalars.count, scalars[position] == "^" {
            isComplement = true
            position += 1
        }
        var sets: [ScalarSet] = []
        while let scalar = next() {
            if scalar == "]" {
                guard !sets.isEmpty else { return nil }
                return isComplement ? .complement(.union(sets)) : .union(sets)
            }
            // Nested sets and intersections are the dialects' own.
            guard scalar != "[", scalar != "&" || !isNext("&") else { return nil }
            guard let set = scalar == "\\" ? escape() : .one(scalar) else { return nil }
            guard isNext("-"), position + 1 < scalars.count, scalars[position + 1] != "]" else {
                sets.append(set)
                continue
            }
            position += 1
            guard case .ranges(let low) = set, let first = low.first, let scalar = next(),
                case .ranges(let high)? = scalar == "\\" ? escape() : .one(scalar),
                let last = high.first, first.lowerBound <= last.upperBound
            else { return nil }
            sets.append(.ranges([first.lowerBound...last.upperBound]))
        }
        return nil
    }

    private func isNext(_ scalar: Unicode.Scalar) -> Bool {
        position < scalars.count && scalars[position] == scalar
    }

    private mutating func repetition() -> (Int, Int)? {
        let bounds: (Int, Int)
        if isNext("+") {
            bounds = (1, .max)
        } else if isNext("*") {
            bounds = (0, .max)
        } else if isNext("?") {
            bounds = (0, 1)
        } else if isNext("{") {
            position += 1
            guard let counts = counts() else { return nil }
            bounds = counts
        } else {
            return (1, 1)
        }
        position += 1
        // Lazy and possessive repetitions.
        return isNext("?") || isNext("+") || isNext("*") ? nil : bounds
    }

    /// The counts of `{2}`, `{2,}` or `{1,3}`, up to the closing brace.
    private mutating func counts() -> (Int, Int)? {
        var numbers: [String] = [""]
        while let scalar = next() {
            switch scalar {
            case "0"..."9": numbers[numbers.count - 1].unicodeScalars.append(scalar)
            case "," where numbers.count == 1: numbers.append("")
            case "}":
                position -= 1
                guard let least = Int(numbers[0]) else { return nil }
                guard numbers.count == 2 else { return (least, least) }
                if numbers[1].isEmpty { return (least, .max) }
                guard let most = Int(numbers[1]), most >= least else { return nil }
                return (least, most)
            default: return nil
            }
        }
        return nil
    }
}

extension ScalarSet {
    /// Whether two sets are known to share no scalar; unsure is no.
    fileprivate func isDisjoint(_ other: ScalarSet) -> Bool {
        switch (self, other) {
        case (.ranges(let ranges), _):
            // Long ranges are not worth the walk.
            guard ranges.allSatisfy({ $0.count <= 512 }) else { return false }
            return ranges.allSatisfy { range in
                range.allSatisfy { Unicode.Scalar($0).map { !other.contains($0) } ?? true }
            }
        case (_, .ranges): return other.isDisjoint(self)
        case (.complement(let set), _) where set == other: return true
        case (_, .complement(let set)) where set == self: return true
        case (.letter, .number), (.number, .letter), (.whitespace, .letter), (.letter, .whitespace),
            (.whitespace, .number), (.number, .whitespace):
            return true
        default: return false
        }
    }
}
