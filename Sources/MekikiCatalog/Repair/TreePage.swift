/// A page of one of SQLite's trees: the cells that are sound, and how many are not.
struct TreePage {
    /// What a page holds.
    enum Kind: UInt8 {
        case indexInterior = 2
        case tableInterior = 5
        case indexLeaf = 10
        case tableLeaf = 13

        var isInterior: Bool { self == .indexInterior || self == .tableInterior }
        var isOfTable: Bool { self == .tableInterior || self == .tableLeaf }
    }

    /// A row, with its number where the tree counts rows.
    struct Cell {
        var rowID: Int64
        var record: DatabaseRecord
    }

    let kind: Kind
    private(set) var cells: [Cell] = []
    private(set) var children: [Int] = []
    private(set) var damagedCells = 0
    /// Pages that hold what did not fit into this one.
    private(set) var overflowPages: [Int] = []

    /// Reads a page; `nil` when it is no page of a tree.
    init?(_ number: Int, of pages: DatabasePages) {
        let page = pages.page(number)
        let start = number == 1 ? 100 : 0
        guard let kind = Kind(rawValue: page[start]) else { return nil }
        self.kind = kind
        let count = page.number(at: start + 3, 2)
        let pointers = start + (kind.isInterior ? 12 : 8)
        guard pointers + 2 * count <= pages.usableSize else { return nil }
        for index in 0..<count {
            let place = page.number(at: pointers + 2 * index, 2)
            guard place >= pointers + 2 * count, place + 4 <= pages.usableSize,
                read(page, place, pages)
            else {
                damagedCells += 1
                continue
            }
        }
        if kind.isInterior { addChild(page.number(at: start + 8, 4), pages) }
    }

    private mutating func addChild(_ number: Int, _ pages: DatabasePages) {
        if pages.holds(number) {
            children.append(number)
        } else {
            damagedCells += 1
        }
    }

    private mutating func read(_ page: [UInt8], _ start: Int, _ pages: DatabasePages) -> Bool {
        var place = start
        if kind.isInterior {
            addChild(page.number(at: place, 4), pages)
            place += 4
            // Interior pages of tables hold row numbers only; those of indexes hold rows.
            if kind == .tableInterior { return true }
        }
        guard let (length, afterLength) = page.variableNumber(at: place), length > 0,
            length <= Int64(pages.count) * Int64(pages.size)
        else { return false }
        place = afterLength
        var rowID: Int64 = 0
        if kind == .tableLeaf {
            guard let (number, end) = page.variableNumber(at: place) else { return false }
            rowID = number
            place = end
        }
        guard let payload = payload(page, place, Int(length), pages),
            let record = DatabaseRecord(payload)
        else { return false }
        cells.append(Cell(rowID: rowID, record: record))
        return true
    }

    /// A row's bytes, with those on further pages.
    private mutating func payload(
        _ page: [UInt8],
        _ start: Int,
        _ length: Int,
        _ pages: DatabasePages
    ) -> [UInt8]? {
        let usable = pages.usableSize
        let most = kind == .tableLeaf ? usable - 35 : (usable - 12) * 64 / 255 - 23
        let least = (usable - 12) * 32 / 255 - 23
        var local = length
        if length > most {
            let remainder = least + (length - least) % (usable - 4)
            local = remainder <= most ? remainder : least
        }
        guard start + local <= usable else { return nil }
        var bytes = Array(page[start..<start + local])
        guard length > local else { return bytes }
        guard start + local + 4 <= usable else { return nil }
        var next = page.number(at: start + local, 4)
        while bytes.count < length {
            guard pages.holds(next) else { return nil }
            overflowPages.append(next)
            let more = pages.page(next)
            bytes += more[4..<min(usable, 4 + length - bytes.count)]
            next = more.number(at: 0, 4)
        }
        return bytes
    }
}
