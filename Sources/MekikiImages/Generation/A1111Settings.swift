import MekikiCore

/// The settings line of AUTOMATIC1111: `Key: value, Key: "quoted, value", Key: {…}`.
enum A1111Settings {
    /// Settings that nearly every line has.
    static let commonKeys: Set<String> = [
        "Steps", "Sampler", "Schedule type", "CFG scale", "Seed", "Size", "Model", "Model hash",
        "Clip skip", "Denoising strength", "Version",
    ]

    /// The pairs in their order.
    ///
    /// - Parameter text: The line, or several joined by spaces.
    /// - Returns: Keys and values; quotes are taken off.
    /// - Complexity: O(n).
    static func pairs(in text: String) -> [(key: String, value: String)] {
        let characters = Array(text)
        var pairs: [(key: String, value: String)] = []
        var place = 0
        while place < characters.count {
            let start = place
            while place < characters.count, isKey(characters[place]) { place += 1 }
            let key = String(characters[start..<place]).trimmingSpace
            guard place < characters.count, characters[place] == ":", !key.isEmpty else {
                // No key: on to what may be the next.
                while place < characters.count, characters[place] != "," { place += 1 }
                place += 1
                continue
            }
            place += 1
            while place < characters.count, characters[place] == " " { place += 1 }
            pairs.append((key, value(characters, &place)))
            while place < characters.count, characters[place] != "," { place += 1 }
            place += 1
        }
        return pairs
    }

    private static func isKey(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || " _-/".contains(character)
    }

    private static func value(_ characters: [Character], _ place: inout Int) -> String {
        guard place < characters.count else { return "" }
        let start = place
        switch characters[place] {
        case "\"":
            skipString(characters, &place)
            let quoted = String(characters[start..<place])
            return LooseJSON(quoted)?.string ?? quoted.filter { $0 != "\"" }
        case "{", "[":
            var depth = 0
            while place < characters.count {
                switch characters[place] {
                case "\"": skipString(characters, &place)
                case "{", "[":
                    depth += 1
                    place += 1
                case "}", "]":
                    depth -= 1
                    place += 1
                default: place += 1
                }
                if depth == 0 { break }
            }
            return String(characters[start..<place])
        default:
            while place < characters.count, characters[place] != "," { place += 1 }
            return String(characters[start..<place]).trimmingSpace
        }
    }

    private static func skipString(_ characters: [Character], _ place: inout Int) {
        place += 1
        while place < characters.count, characters[place] != "\"" {
            place += characters[place] == "\\" ? 2 : 1
        }
        place = min(place + 1, characters.count)
    }
}

extension Generation {
    /// Takes a setting: into its field, else among the others.
    mutating func take(_ key: String, _ value: String) {
        switch key {
        case "Steps" where Int(value) != nil: steps = Int(value)
        case "Sampler": sampler = value
        case "Schedule type": scheduler = value
        case "CFG scale" where Double(value)?.isFinite == true: cfgScale = Double(value)
        case "Seed": seed = value
        case "Model": model = value
        case "Model hash": modelHash = value
        case "Size":
            let sides = value.split(separator: "x").compactMap { Int($0) }
            guard sides.count == 2 else {
                other.append(.init(key: key, text: value))
                break
            }
            (width, height) = (sides[0], sides[1])
        case "Lora hashes":
            for pair in value.split(separator: ",") {
                let parts = pair.split(separator: ":").map { String($0).trimmingSpace }
                guard parts.count == 2 else { continue }
                loras.append(LoRA(name: parts[0], hash: parts[1]))
            }
        default: other.append(.init(key: key, text: value))
        }
    }
}
