/// What the values of one pickle contain.
struct PickleGraph: Sendable {
    /// The items of lists and tuples.
    private(set) var items: [[PickleValue]] = []

    /// Keys and values of dictionaries, in the order in which they were set.
    private(set) var pairs: [[(key: PickleValue, value: PickleValue)]] = []

    /// Runs of numbers in files of the archive.
    private(set) var storages: [TorchStorage] = []

    /// Views of them.
    private(set) var tensors: [TorchTensor] = []

    mutating func list(_ items: [PickleValue] = []) -> PickleValue {
        self.items.append(items)
        return .list(self.items.count - 1)
    }

    mutating func tuple(_ items: [PickleValue]) -> PickleValue {
        self.items.append(items)
        return .tuple(self.items.count - 1)
    }

    mutating func dictionary() -> PickleValue {
        pairs.append([])
        return .dictionary(pairs.count - 1)
    }

    mutating func storage(_ storage: TorchStorage) -> PickleValue {
        storages.append(storage)
        return .storage(storages.count - 1)
    }

    mutating func tensor(_ tensor: TorchTensor) -> PickleValue {
        tensors.append(tensor)
        return .tensor(tensors.count - 1)
    }

    /// Adds items to a list.
    mutating func append(_ values: some Sequence<PickleValue>, toList index: Int) {
        items[index].append(contentsOf: values)
    }

    /// Sets a value of a dictionary; of equal keys the last counts.
    mutating func set(_ value: PickleValue, for key: PickleValue, inDictionary index: Int) {
        pairs[index].append((key, value))
    }

    /// The items of a tuple; `nil` for all other values.
    func elements(_ value: PickleValue) -> [PickleValue]? {
        if case .tuple(let index) = value { items[index] } else { nil }
    }

    /// The values of a tuple of integers; `nil` for a longer one, as one tuple may be asked for
    /// again and again.
    func integers(_ value: PickleValue, limit: Int) -> [Int]? {
        guard let elements = elements(value), elements.count <= limit else { return nil }
        var result: [Int] = []
        for element in elements {
            guard case .integer(let number) = element else { return nil }
            result.append(number)
        }
        return result
    }

    /// The values of a dictionary that have names; of equal names the last.
    func named(_ index: Int) -> [String: PickleValue] {
        var result: [String: PickleValue] = [:]
        for (key, value) in pairs[index] {
            if case .string(let name) = key { result[name] = value }
        }
        return result
    }
}
