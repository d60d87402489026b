import Foundation

/// A model of its own, made of the starter: its vectors end after some components.
enum SecondModel {
    /// Writes the model's files.
    ///
    /// - Parameters:
    ///   - folder: A folder that does not exist.
    ///   - dimension: Components of its vectors, fewer than the starter's.
    /// - Throws: What Foundation throws.
    static func make(in folder: URL, dimension: Int) throws {
        let starter = BuiltProgram.checkout.appending(path: "Models/starter")
        try FileManager.default.copyItem(at: starter, to: folder)
        let file = folder.appending(path: "config.json")
        var config = try object(Data(contentsOf: file))
        config["projection_dim"] = dimension
        for tower in ["text_config", "vision_config"] {
            var part = config[tower] as? [String: Any] ?? [:]
            part["projection_dim"] = dimension
            config[tower] = part
        }
        try JSONSerialization.data(withJSONObject: config).write(to: file)

        let weights = folder.appending(path: "model.safetensors")
        try cut(Data(contentsOf: weights), to: dimension).write(to: weights)
    }

    /// Keeps the first rows of the two projections.
    private static func cut(_ weights: Data, to dimension: Int) throws -> Data {
        let length = weights.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = try object(weights[8..<8 + length])
        var cut: [String: Any] = [:]
        var data = Data()
        for (name, value) in header.sorted(by: { $0.key < $1.key }) {
            guard var tensor = value as? [String: Any], let shape = tensor["shape"] as? [Int],
                let offsets = tensor["data_offsets"] as? [Int]
            else { continue }
            var end = offsets[1]
            if ["text_projection.weight", "visual_projection.weight"].contains(name) {
                end = offsets[0] + (end - offsets[0]) * dimension / shape[0]
                tensor["shape"] = [dimension, shape[1]]
            }
            let start = data.count
            data += weights[(8 + length + offsets[0])..<(8 + length + end)]
            tensor["data_offsets"] = [start, data.count]
            cut[name] = tensor
        }
        var text = try JSONSerialization.data(withJSONObject: cut)
        text += Data(repeating: 0x20, count: (8 - text.count % 8) % 8)
        let count = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) }
        return count + text + data
    }

    private static func object(_ data: Data) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }
}
