import MekikiCore
import MekikiTensor

/// Checks of single values of a `config.json`.
enum ConfigurationValue {
    /// No model is a million wide: what is larger is damage, and would exhaust the memory.
    static func check(_ value: Int, _ name: String) throws {
        guard (1...10_000_000).contains(value) else {
            throw MekikiError(.badData, "\(name) is \(value), which no model has. Fetch it again.")
        }
    }

    /// Layers are units of one step of a thread team, of which there may not be many more.
    static func check(layers: Int) throws {
        guard (1...10_000).contains(layers) else {
            throw MekikiError(
                .badData,
                "num_hidden_layers is \(layers), which no model has. Fetch it again."
            )
        }
    }

    /// Heads share the width evenly.
    static func check(_ width: Int, dividedBy heads: Int) throws {
        guard width.isMultiple(of: heads) else {
            throw MekikiError(
                .badData,
                "hidden_size (\(width)) can't be divided among \(heads) attention heads. Fetch it "
                    + "again."
            )
        }
    }

    static func epsilon(_ value: Float, _ name: String) throws -> Float {
        guard value.isFinite, value >= 0 else {
            throw MekikiError(.badData, "\(name) is not a small positive number. Fetch it again.")
        }
        return value
    }

    static func activation(_ name: String, _ key: String) throws -> Activation {
        switch name {
        case "gelu": return .gelu
        case "quick_gelu": return .quickGELU
        case "gelu_pytorch_tanh", "gelu_new": return .geluTanh
        default:
            throw MekikiError(
                .configuration,
                "\(key) '\(name)' is not supported. Supported: gelu, quick_gelu, "
                    + "gelu_pytorch_tanh, gelu_new."
            )
        }
    }
}
