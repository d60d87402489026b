/// Changes text by its lines: one is doubled, moved, taken out, or loses or gains a blank.
enum LineMutation {
    /// Changes one to four lines; `nil` for an empty text.
    static func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        let newline = UInt8(ascii: "\n")
        var lines = input.split(separator: newline, omittingEmptySubsequences: false)
            .map(Array.init)
        for _ in 0...random.below(4) {
            guard !lines.isEmpty else { return nil }
            let index = random.below(lines.count)
            switch random.below(6) {
            case 0: lines.insert(lines[index], at: random.below(lines.count))
            case 1: lines.remove(at: index)
            case 2: lines.swapAt(index, random.below(lines.count))
            case 3: lines[index] += [UInt8(ascii: " ")] + lines[random.below(lines.count)]
            case 4: lines[index].removeAll { $0 == UInt8(ascii: " ") }
            default:
                guard !lines[index].isEmpty else { continue }
                let place = random.below(lines[index].count)
                lines[index][place] = UInt8(truncatingIfNeeded: random.next())
            }
        }
        return Array(lines.joined(separator: [newline]))
    }
}
