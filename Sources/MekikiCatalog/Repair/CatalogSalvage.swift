/// Finds the rows of a damaged catalog, page by page.
///
/// Every row of our tables stands whole on a page that says what it is, so nothing has to be found from
/// anywhere else: what is lost is what stood on the damaged pages, and no more.
struct CatalogSalvage {
    /// What the pages were like.
    struct Findings {
        /// Pages that hold something which is no part of a catalog, or only partly.
        var damagedPages = 0
        /// Whether texts may have stood on one of them.
        var mayLackTexts = false
        /// Whether tags may have stood on one of them.
        var mayLackTags = false
    }

    private let pages: DatabasePages
    private let freePages: Set<Int>

    /// Prepares to read a file.
    ///
    /// - Parameter pages: The file's pages.
    init(_ pages: DatabasePages) {
        self.pages = pages
        freePages = Self.freePages(pages)
    }

    /// The versions' steps that the catalog's tables had been through, in no order.
    func migrations() -> [String] {
        var names: [String] = []
        forEachPage { page, _ in
            guard page.kind == .tableLeaf, let first = page.cells.first,
                SalvagedTable(first.record, on: page.kind) == .migration
            else { return }
            for case .text(let bytes)? in page.cells.map(\.record.values.first) {
                names.append(String(decoding: bytes, as: UTF8.self))
            }
        }
        return names
    }

    /// Gives all rows to a closure, in the order of their pages.
    ///
    /// - Parameter body: Takes a table, a row's number and its values, and returns whether the row is as
    ///   it was written.
    /// - Returns: What the pages were like.
    /// - Throws: What the closure throws.
    func forEachRow(
        _ body: (SalvagedTable, Int64, [DatabaseRecord.Value]) throws -> Bool
    ) rethrows -> Findings {
        var findings = Findings()
        var overflowPages: Set<Int> = []
        var strangePages: [Int] = []
        try forEachPage { page, _ in
            overflowPages.formUnion(page.overflowPages)
            var table: SalvagedTable?
            var damagedCells = page.damagedCells
            for cell in page.cells {
                guard let own = SalvagedTable(cell.record, on: page.kind) else {
                    // The other tables follow from these, and their rows from rows.
                    if page.kind == .tableLeaf, !cell.record.isOfSchema, !cell.record.isOfChange,
                        !cell.record.isOfFullText
                    {
                        damagedCells += 1
                    }
                    continue
                }
                table = table ?? own
                let isSound = try own == table && body(own, cell.rowID, cell.record.values)
                if !isSound { damagedCells += 1 }
            }
            guard damagedCells > 0 else { return }
            findings.damagedPages += 1
            guard page.kind == .tableLeaf else { return }
            if table == .textField || table == nil { findings.mayLackTexts = true }
            if table == .tag || table == nil { findings.mayLackTags = true }
        } strange: {
            strangePages.append($0)
        }
        for number in strangePages where !overflowPages.contains(number) {
            findings.damagedPages += 1
            findings.mayLackTexts = true
            findings.mayLackTags = true
        }
        return findings
    }

    private func forEachPage(
        _ body: (TreePage, Int) throws -> Void,
        strange: (Int) -> Void = { _ in }
    ) rethrows {
        // SQLite leaves out the page that locks are taken on.
        let lockPage = 0x4000_0000 / pages.size + 1
        guard pages.count > 0 else { return }
        for number in 1...pages.count where number != lockPage && !freePages.contains(number) {
            if let page = TreePage(number, of: pages) {
                try body(page, number)
            } else {
                strange(number)
            }
        }
    }

    /// Pages that hold nothing any more, as far as the list of them is whole.
    private static func freePages(_ pages: DatabasePages) -> Set<Int> {
        guard pages.count > 0 else { return [] }
        var free: Set<Int> = []
        var next = pages.page(1).number(at: 32, 4)
        while pages.holds(next), free.insert(next).inserted {
            let trunk = pages.page(next)
            let count = trunk.number(at: 4, 4)
            guard 8 + 4 * count <= pages.usableSize else { break }
            for index in 0..<count { free.insert(trunk.number(at: 8 + 4 * index, 4)) }
            next = trunk.number(at: 0, 4)
        }
        return free
    }
}

extension DatabaseRecord {
    /// Whether it is a row of SQLite's list of tables.
    fileprivate var isOfSchema: Bool {
        guard values.count == 5, case .text(let type) = values[0] else { return false }
        return type.elementsEqual("table".utf8) || type.elementsEqual("index".utf8)
    }

    /// Whether it is a row of the full-text table, which is made anew: its texts, their lengths, or a piece
    /// of the index.
    fileprivate var isOfFullText: Bool {
        guard values.first == .null else { return false }
        switch values.count {
        case 2:
            if case .blob = values[1] { return true }
            return false
        case 7:
            return values.dropFirst().allSatisfy { if case .text = $0 { true } else { false } }
        default: return false
        }
    }

    /// Whether it is a row of `image_change`, which is written anew.
    fileprivate var isOfChange: Bool {
        guard values.count == 2, values[0] == .null, case .integer = values[1] else { return false }
        return true
    }
}
