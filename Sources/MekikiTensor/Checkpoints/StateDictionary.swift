import MekikiCore

/// The tensors of a checkpoint by name: PyTorch's `state_dict`, wherever in the file's value it is.
enum StateDictionary {
    /// Where training programs put the weights, beside the state of their optimizer.
    private static let usualNames = [
        "state_dict", "model_state_dict", "model_state", "model", "module", "net", "weights",
    ]

    /// What wrappers put before every name: parallel training, and compilation.
    private static let wrappers = ["module.", "_orig_mod."]

    /// How many dictionaries may lie around the weights.
    private static let maximumDepth = 8

    /// Finds the tensors.
    ///
    /// - Parameters:
    ///   - root: The file's value.
    ///   - graph: What it contains.
    /// - Returns: Each tensor with the name that the model has for it.
    /// - Throws: `MekikiError` with code `configuration` when there are none, or several sets.
    static func tensors(
        of root: PickleValue,
        in graph: PickleGraph
    ) throws -> [String: TorchTensor] {
        var value = root
        for _ in 0..<maximumDepth {
            guard case .dictionary(let index) = value else { break }
            let named = graph.named(index)
            let tensors = named.compactMapValues { value -> TorchTensor? in
                if case .tensor(let number) = value { graph.tensors[number] } else { nil }
            }
            guard tensors.isEmpty else { return unwrapped(tensors) }
            value = try next(in: named)
        }
        throw MekikiError.unreadCheckpoint("holds no tensors with names")
    }

    /// The dictionary to look into: by its name, or because there is no other.
    private static func next(in named: [String: PickleValue]) throws -> PickleValue {
        let inner = named.filter { if case .dictionary = $0.value { true } else { false } }
        for name in usualNames {
            if let value = inner[name] { return value }
        }
        guard inner.count <= 1 else {
            let names = inner.keys.sorted().prefix(8).map(\.shortened).joined(separator: ", ")
            throw MekikiError.unreadCheckpoint("holds several sets of weights (\(names))")
        }
        return inner.first?.value ?? .none
    }

    /// The names without what is before all of them.
    private static func unwrapped(_ tensors: [String: TorchTensor]) -> [String: TorchTensor] {
        var tensors = tensors
        while let wrapper = wrappers.first(where: { wrapper in
            tensors.keys.allSatisfy { $0.hasPrefix(wrapper) }
        }) {
            tensors = Dictionary(
                uniqueKeysWithValues: tensors.map {
                    (String($0.key.dropFirst(wrapper.count)), $0.value)
                }
            )
        }
        return tensors
    }
}
