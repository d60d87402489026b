import MekikiCore

/// What has to be decoded to show a HEIF file's picture: the picture itself or the tiles of a grid,
/// and the same for its opacity.
///
/// libheif believes a file about the number and the sides of tiles, and gives a file of a few
/// kilobytes gigabytes; so they are counted here first.
struct HEIFOutline {
    /// The kinds of coded pictures.
    private static let coded: Set<String> = ["hvc1", "av01"]

    private let items: HEIFItems
    private let bytes: FileBytes
    private let format: ImageFormat

    /// Reads the boxes.
    init(_ bytes: FileBytes, _ format: ImageFormat) throws {
        self.format = format
        guard let items = HEIFItems(bytes) else {
            throw format.endsTooEarly(bytes)
                ? MekikiError.cutOff(format)
                : Self.failure(format, "holds no still picture, only a film or nothing")
        }
        self.items = items
        self.bytes = bytes
    }

    /// Refuses what would cost more than the picture's own pixels, or isn't known here.
    func check(_ limits: ImageLimits) throws {
        guard items.claimedCount <= HEIFItems.mostItems else {
            throw failure(
                "claims to be made of \(items.claimedCount) parts; at most \(HEIFItems.mostItems)"
                    + " are read"
            )
        }
        guard let primary = items.primary, items.kinds[primary] != nil else {
            throw failure("doesn't say which of its pictures is shown")
        }
        try check(primary, limits)
        for reference in items.references where reference.type == "auxl" {
            guard reference.to.contains(primary), isOpacity(reference.from) else { continue }
            try check(reference.from, limits)
        }
    }

    /// The picture's opacity, rather than its depth or its gain.
    private func isOpacity(_ item: Int) -> Bool {
        let box = items.properties[item]?.first { $0.type == "auxC" }
        let name = box?.content.dropping(4)?.text ?? ""
        return name.hasPrefix("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha")
            || name.hasPrefix("urn:mpeg:hevc:2015:auxid:1")
    }

    private func check(_ item: Int, _ limits: ImageLimits) throws {
        let kind = items.kinds[item] ?? ""
        guard let sides = items.sides(of: item) else {
            throw failure("doesn't say how large its picture is")
        }
        // What is cut off afterwards makes up whole blocks; the picture itself is checked again.
        let cut = items.properties[item]?.contains { $0.type == "clap" } == true ? 63 : 0
        try limits.check(
            width: sides.width > cut ? sides.width - cut : sides.width,
            height: sides.height > cut ? sides.height - cut : sides.height
        )
        if Self.coded.contains(kind) {
            try checkStream(of: item, sides)
        } else if kind == "grid" {
            try checkGrid(item, sides, limits)
        } else {
            throw failure("holds a picture of the kind '\(kind.trimmed)', which isn't read")
        }
    }

    /// A grid: version, flags, rows - 1, columns - 1, width, height in 16 or 32 bits (6.6.2.3).
    private func checkGrid(
        _ item: Int,
        _ sides: (width: Int, height: Int),
        _ limits: ImageLimits
    ) throws {
        guard let grid = items.pieces(of: item, in: bytes).first, let flags = grid.byte(at: 1),
            let rows = grid.byte(at: 2), let columns = grid.byte(at: 3),
            let width = flags & 1 == 0 ? grid.uint16(at: 4, .big) : grid.uint32(at: 4, .big),
            let height = flags & 1 == 0 ? grid.uint16(at: 6, .big) : grid.uint32(at: 8, .big)
        else { throw failure("doesn't say how its tiles lie") }
        guard width == sides.width, height == sides.height else {
            throw failure("contradicts itself about its picture's sides")
        }
        let tiles = items.references.first { $0.type == "dimg" && $0.from == item }?.to ?? []
        guard tiles.count == (Int(rows) + 1) * (Int(columns) + 1) else {
            throw failure("lacks tiles of its picture, or has too many")
        }
        var pixels = 0
        for tile in tiles {
            guard let kind = items.kinds[tile], Self.coded.contains(kind),
                let tileSides = items.sides(of: tile)
            else { throw failure("has a tile that is no picture") }
            try limits.check(width: tileSides.width, height: tileSides.height)
            try checkStream(of: tile, tileSides)
            pixels += tileSides.width * tileSides.height
        }
        // The last row and column may stick out, by less than a tile each.
        guard pixels <= 4 * max(sides.width * sides.height, 1 << 20) else {
            throw failure("has tiles that are far larger than its picture")
        }
    }

    /// Refuses a coded picture whose own header says something else than its box: the box is what was
    /// checked, and the header what decoders reserve memory by.
    private func checkStream(of item: Int, _ sides: (width: Int, height: Int)) throws {
        let coded = items.kinds[item] == "av01" ? av1Sides(of: item) : hevcSides(of: item)
        guard let coded else { throw failure("has a picture without a readable header") }
        // Decoders work in blocks of up to 128 pixels, and some encoders round up to them.
        guard coded.width <= sides.width + 128, coded.height <= sides.height + 128 else {
            throw failure(
                "says that its picture is \(sides.width) x \(sides.height) pixels, and then that it "
                    + "is \(coded.width) x \(coded.height)"
            )
        }
    }

    /// The sides in the picture's bytes, and in its configuration, which decoders read as well.
    private func av1Sides(of item: Int) -> (width: Int, height: Int)? {
        var pieces = items.pieces(of: item, in: bytes)
        let box = items.properties[item]?.first { $0.type == "av1C" }
        if let configuration = box?.content.dropping(4) { pieces.append(configuration) }
        let found = pieces.compactMap { AV1Sequence($0)?.sides }
        guard let width = found.map(\.width).max(), let height = found.map(\.height).max() else {
            return nil
        }
        return (width, height)
    }

    private func hevcSides(of item: Int) -> (width: Int, height: Int)? {
        guard let box = items.properties[item]?.first(where: { $0.type == "hvcC" }),
            var sequence = HEVCSequence(configuration: box.content)
        else { return nil }
        for piece in items.pieces(of: item, in: bytes) {
            sequence.add(stream: piece, configuration: box.content)
        }
        return sequence.sides
    }

    /// A contradiction is most likely a file that was cut off.
    private func failure(_ what: String) -> MekikiError {
        format.endsTooEarly(bytes) ? .cutOff(format) : Self.failure(format, what)
    }

    private static func failure(_ format: ImageFormat, _ what: String) -> MekikiError {
        MekikiError(
            .badData,
            "The \(format.name) \(what). Get the file again, or export it once more."
        )
    }
}
