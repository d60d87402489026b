/// The instructions of a pickle that values are made with.
///
/// The text forms of protocol 0, classes by number (extensions) and buffers outside the pickle are
/// not among them; PyTorch writes none.
enum PickleInstruction: UInt8, CaseIterable {
    case proto = 0x80
    case frame = 0x95
    case stop = 0x2e

    case mark = 0x28
    case pop = 0x30
    case popMark = 0x31
    case dup = 0x32

    case put = 0x71
    case longPut = 0x72
    case memoize = 0x94
    case get = 0x68
    case longGet = 0x6a

    case none = 0x4e
    case newTrue = 0x88
    case newFalse = 0x89
    case int4 = 0x4a
    case int1 = 0x4b
    case int2 = 0x4d
    case long1 = 0x8a
    case long4 = 0x8b
    case float = 0x47
    case unicode1 = 0x8c
    case unicode4 = 0x58
    case unicode8 = 0x8d
    case string1 = 0x55
    case string4 = 0x54
    case bytes1 = 0x43
    case bytes4 = 0x42
    case bytes8 = 0x8e
    case byteArray8 = 0x96

    case emptyTuple = 0x29
    case tuple1 = 0x85
    case tuple2 = 0x86
    case tuple3 = 0x87
    case tuple = 0x74
    case emptyList = 0x5d
    case list = 0x6c
    case append = 0x61
    case appends = 0x65
    case emptyDictionary = 0x7d
    case dictionary = 0x64
    case setItem = 0x73
    case setItems = 0x75
    case emptySet = 0x8f
    case addItems = 0x90
    case frozenSet = 0x91

    case global = 0x63
    case stackGlobal = 0x93
    case reduce = 0x52
    case build = 0x62
    case newObject = 0x81
    case newObjectWithNames = 0x92
    case persistentID = 0x51
}
