import MekikiCore

/// Reads a pickle of the protocols 2 to 5 as data.
///
/// A pickle is a program for a machine with a stack. This one has the instructions that make values; what
/// would import or call something gives a name or an opaque value, except for the few calls that
/// `TorchCalls` knows the meaning of. Every instruction costs at most what it is long, or a little, and
/// their number is bounded, so that a file can't claim more memory or time than it has bytes.
struct PickleReader {
    /// The instructions that a pickle may have: about 40 describe a tensor.
    static let maximumInstructions = 2_000_000

    private var reader: LittleEndianReader
    private var graph = PickleGraph()
    private var stack: [PickleValue] = []
    /// How much of the stack lies below each mark.
    private var marks: [Int] = []
    private var memo: [Int: PickleValue] = [:]

    /// Reads a pickle.
    ///
    /// - Parameter bytes: The pickle; what follows its end is ignored.
    /// - Returns: Its value, and what that contains.
    /// - Throws: `MekikiError` with code `badData` or `configuration`.
    static func read(
        _ bytes: UnsafeRawBufferPointer
    ) throws -> (value: PickleValue, graph: PickleGraph) {
        var reader = PickleReader(reader: try LittleEndianReader(bytes))
        for _ in 0..<maximumInstructions {
            let code = try reader.reader.integer(UInt8.self)
            guard let instruction = PickleInstruction(rawValue: code) else {
                throw MekikiError.damagedCheckpoint(
                    "has the instruction \(code) in its data.pkl, which is not known"
                )
            }
            if instruction == .stop { return (try reader.pop(), reader.graph) }
            try reader.run(instruction)
        }
        throw MekikiError.unreadCheckpoint(
            "has more than \(maximumInstructions) instructions in its data.pkl, more than weights "
                + "need"
        )
    }

    private init(reader: LittleEndianReader) { self.reader = reader }

    private mutating func run(_ instruction: PickleInstruction) throws {
        switch instruction {
        case .proto: try checkProtocol()
        case .frame: _ = try reader.integer(UInt64.self)
        case .stop: break
        case .mark, .pop, .popMark, .dup: try rearrange(instruction)
        case .put, .longPut, .memoize, .get, .longGet: try remember(instruction)
        case .global, .stackGlobal, .reduce, .build, .newObject, .newObjectWithNames, .persistentID:
            try refer(instruction)
        case .emptyTuple, .tuple1, .tuple2, .tuple3, .tuple, .emptyList, .list, .append, .appends,
            .emptyDictionary, .dictionary, .setItem, .setItems, .emptySet, .addItems, .frozenSet:
            try contain(instruction)
        default: stack.append(try plainValue(instruction))
        }
    }

    private mutating func checkProtocol() throws {
        let number = try reader.integer(UInt8.self)
        guard (2...5).contains(number) else {
            throw MekikiError.unreadCheckpoint("is a pickle of the protocol \(number)")
        }
    }

    /// A value that contains no others.
    private mutating func plainValue(_ instruction: PickleInstruction) throws -> PickleValue {
        switch instruction {
        case .none: return .none
        case .newTrue: return .bool(true)
        case .newFalse: return .bool(false)
        case .int4: return .integer(Int(try reader.integer(Int32.self)))
        case .int1: return .integer(Int(try reader.integer(UInt8.self)))
        case .int2: return .integer(Int(try reader.integer(UInt16.self)))
        case .long1: return long(try reader.take(try reader.count(UInt8.self)))
        case .long4: return long(try reader.take(try reader.count(Int32.self)))
        case .float:
            let bits = UInt64(bigEndian: UInt64(littleEndian: try reader.integer(UInt64.self)))
            return .float(Double(bitPattern: bits))
        case .unicode1: return .string(try reader.text(try reader.count(UInt8.self)))
        case .unicode4: return .string(try reader.text(try reader.count(UInt32.self)))
        case .unicode8: return .string(try reader.text(try reader.count(UInt64.self)))
        case .string1, .bytes1: return try bytes(try reader.count(UInt8.self))
        case .string4: return try bytes(try reader.count(Int32.self))
        case .bytes4: return try bytes(try reader.count(UInt32.self))
        case .bytes8, .byteArray8: return try bytes(try reader.count(UInt64.self))
        default: preconditionFailure("Every other instruction is run elsewhere.")
        }
    }

    private mutating func bytes(_ count: Int) throws -> PickleValue {
        _ = try reader.take(count)
        return .opaque
    }

    /// An integer of any length, the lowest byte first, in two's complement.
    private func long(_ bytes: UnsafeRawBufferPointer) -> PickleValue {
        guard bytes.count <= 8 else { return .opaque }
        guard let highest = bytes.last else { return .integer(0) }
        var value = highest >= 0x80 ? -1 : 0
        for byte in bytes.reversed() { value = value << 8 | Int(byte) }
        return .integer(value)
    }

    private mutating func rearrange(_ instruction: PickleInstruction) throws {
        switch instruction {
        case .mark: marks.append(stack.count)
        case .dup:
            let top = try pop()
            stack += [top, top]
        case .popMark: _ = try popMarked()
        default:
            // Takes what was put there last, be it a mark.
            if marks.last == stack.count { marks.removeLast() } else { _ = try pop() }
        }
    }

    private mutating func remember(_ instruction: PickleInstruction) throws {
        switch instruction {
        case .put: memo[try reader.count(UInt8.self)] = try top()
        case .longPut: memo[try reader.count(UInt32.self)] = try top()
        case .memoize: memo[memo.count] = try top()
        case .get: stack.append(try remembered(try reader.count(UInt8.self)))
        default: stack.append(try remembered(try reader.count(UInt32.self)))
        }
    }

    private func remembered(_ number: Int) throws -> PickleValue {
        guard let value = memo[number] else {
            throw MekikiError.damagedCheckpoint("uses a value before it makes it")
        }
        return value
    }

    /// Names, calls and objects.
    private mutating func refer(_ instruction: PickleInstruction) throws {
        switch instruction {
        case .global:
            let module = try reader.line()
            stack.append(.global(module + "." + (try reader.line())))
        case .stackGlobal:
            guard case .string(let name) = try pop(), case .string(let module) = try pop() else {
                throw MekikiError.damagedCheckpoint("names something by what is no text")
            }
            // Each could be as long as the file, and be joined again and again.
            guard name.utf8.count + module.utf8.count <= 1000 else { return stack.append(.opaque) }
            stack.append(.global(module + "." + name))
        case .reduce, .newObject:
            let arguments = try pop()
            stack.append(TorchCalls.value(of: try pop(), arguments, in: &graph))
        case .newObjectWithNames:
            _ = (try pop(), try pop(), try pop())
            stack.append(.opaque)
        // What an object's attributes are set to changes no value of ours: a dictionary of tensors has
        // its version there.
        case .build: _ = try pop()
        default:
            let id = try pop()
            stack.append(TorchStorage(id, in: graph).map { graph.storage($0) } ?? .opaque)
        }
    }

    private mutating func contain(_ instruction: PickleInstruction) throws {
        switch instruction {
        case .emptyTuple: stack.append(graph.tuple([]))
        case .tuple1: stack.append(graph.tuple([try pop()]))
        case .tuple2:
            let second = try pop()
            stack.append(graph.tuple([try pop(), second]))
        case .tuple3:
            let (third, second) = (try pop(), try pop())
            stack.append(graph.tuple([try pop(), second, third]))
        case .tuple: stack.append(graph.tuple(try popMarked()))
        case .emptyList: stack.append(graph.list())
        case .list: stack.append(graph.list(try popMarked()))
        case .append: try append([try pop()])
        case .appends: try append(try popMarked())
        case .emptyDictionary: stack.append(graph.dictionary())
        case .dictionary:
            let values = try popMarked()
            stack.append(graph.dictionary())
            try set(values)
        case .setItem:
            let value = try pop()
            try set([try pop(), value])
        case .setItems: try set(try popMarked())
        case .emptySet: stack.append(.opaque)
        case .addItems: _ = try popMarked()
        default:
            _ = try popMarked()
            stack.append(.opaque)
        }
    }

    /// Adds to the list on top of the stack; a class that is like a list stays opaque.
    private mutating func append(_ values: [PickleValue]) throws {
        if case .list(let index) = try top() { graph.append(values, toList: index) }
    }

    /// Sets pairs in the dictionary on top of the stack; a class that is like one stays opaque.
    private mutating func set(_ values: [PickleValue]) throws {
        guard values.count.isMultiple(of: 2) else {
            throw MekikiError.damagedCheckpoint("has a key without a value")
        }
        guard case .dictionary(let index) = try top() else { return }
        for pair in stride(from: 0, to: values.count, by: 2) {
            graph.set(values[pair + 1], for: values[pair], inDictionary: index)
        }
    }

    private func top() throws -> PickleValue {
        guard let value = stack.last, stack.count > (marks.last ?? 0) else {
            throw MekikiError.damagedCheckpoint("takes a value where it has none")
        }
        return value
    }

    private mutating func pop() throws -> PickleValue {
        let value = try top()
        stack.removeLast()
        return value
    }

    /// Takes everything above the last mark.
    private mutating func popMarked() throws -> [PickleValue] {
        guard let mark = marks.popLast() else {
            throw MekikiError.damagedCheckpoint("takes values where it has none")
        }
        let values = Array(stack[mark...])
        stack.removeSubrange(mark...)
        return values
    }
}
