import MekikiTesting

/// Changes a checkpoint of PyTorch's by its parts: what describes the tensors, the list of files, the
/// archive's own records.
enum CheckpointMutation {
    /// Changes one part; `nil` where the file has none.
    static func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        let files = StoredArchiveParts(input).files
        guard !files.isEmpty else { return nil }
        var writer = StoredArchiveWriter(files.map { .init($0.name, $0.bytes) })
        switch random.below(8) {
        case 0:
            let index = random.below(files.count)
            writer.files[index].bytes.removeLast(random.below(files[index].bytes.count + 1))
        case 1:
            let (from, to) = (random.below(files.count), random.below(files.count))
            writer.files[to].name = files[from].name
        case 2: writer.files.remove(at: random.below(files.count))
        case 3:
            // The list and the records after it.
            var bytes = writer.bytes()
            for _ in 0...random.below(3) {
                let place = bytes.count - 1 - random.below(min(bytes.count, 98 + 100 * files.count))
                bytes[place] = [0, 1, 0x7f, 0x80, 0xff][random.below(5)]
            }
            return bytes
        default:
            let index = files.firstIndex { $0.name.hasSuffix("data.pkl") } ?? 0
            guard let pickle = PickleMutation.mutate(files[index].bytes, using: &random) else {
                return nil
            }
            writer.files[index].bytes = pickle
        }
        writer.isLarge = random.below(8) == 0
        writer.hasLargeEnd = writer.isLarge || random.below(4) != 0
        return writer.bytes()
    }
}
