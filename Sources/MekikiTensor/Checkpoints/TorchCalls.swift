/// What the functions that stand in PyTorch's checkpoints would give, for the few that describe tensors
/// and plain values.
///
/// A pickle is a program that calls whatever it names. Nothing is called here: a name is compared with
/// this list, and what isn't on it gives an opaque value.
enum TorchCalls {
    /// The extents that a tensor of PyTorch's may have.
    private static let maximumExtents = 64

    /// The value that a call stands for.
    ///
    /// - Parameters:
    ///   - function: What is called.
    ///   - arguments: A tuple.
    ///   - graph: Where the arguments are, and the value will be.
    /// - Returns: The value, opaque where nothing is known.
    static func value(
        of function: PickleValue,
        _ arguments: PickleValue,
        in graph: inout PickleGraph
    ) -> PickleValue {
        guard case .global(let name) = function, let given = graph.elements(arguments) else {
            return .opaque
        }
        switch name {
        case "collections.OrderedDict": return graph.dictionary()
        case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state":
            return given.first ?? .opaque
        case "torch._tensor._rebuild_from_type_v2":
            // (function, class, arguments, state): a tensor with attributes or of a class of its own.
            guard given.count >= 3, given[0] != function else { return .opaque }
            return value(of: given[0], given[2], in: &graph)
        case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2":
            return tensor(given, type: nil, in: &graph)
        case "torch._utils._rebuild_tensor_v3":
            guard given.count >= 7, case .global(let type) = given[6] else { return .opaque }
            return tensor(given, type: type, in: &graph)
        default:
            let path = name.split(separator: ".")
            guard path.first == "torch", let last = path.last, last.hasPrefix("_rebuild_") else {
                return .opaque
            }
            let kind = last.dropFirst("_rebuild_".count)
            return graph.tensor(.unread("of the kind '\(String(kind).shortened)'"))
        }
    }

    /// `(storage, offset, shape, strides, …)`.
    private static func tensor(
        _ arguments: [PickleValue],
        type: String?,
        in graph: inout PickleGraph
    ) -> PickleValue {
        guard arguments.count >= 4, case .integer(let offset) = arguments[1], offset >= 0,
            let shape = graph.integers(arguments[2], limit: maximumExtents),
            let strides = graph.integers(arguments[3], limit: maximumExtents),
            shape.count == strides.count, shape.allSatisfy({ $0 >= 0 })
        else { return graph.tensor(.unread("described in a form that is not known")) }
        guard case .storage(let index) = arguments[0] else {
            return graph.tensor(.unread("of numbers that are not known"))
        }
        let storage = graph.storages[index]
        guard let element = type.map(element(named:)) ?? storage.element else {
            return graph.tensor(.unread("of numbers that are not known"))
        }
        return graph.tensor(
            .view(
                TorchTensor.View(
                    storage: storage,
                    element: element,
                    offset: offset,
                    shape: shape,
                    strides: strides
                )
            )
        )
    }

    /// Element types that have no storage class of their own.
    private static func element(named type: String) -> StoredElement? {
        switch type {
        case "torch.uint16": .uint16
        case "torch.uint32": .uint32
        case "torch.uint64": .uint64
        case "torch.float8_e5m2": .float8E5M2
        case "torch.float8_e4m3fn": .float8E4M3
        case "torch.float8_e8m0fnu": .float8E8M0
        default: nil
        }
    }
}
