import MekikiCore

extension ImageLimits {
    /// The passes over a whole picture that a progressive JPEG of any size may ask for: encoders
    /// write about ten; a file made to keep a decoder busy, thousands.
    private static let usualScans = 20

    /// The most passes that a small picture may ask for.
    private static let mostScans = 1000

    /// Refuses a file that is too large to be read.
    func check(byteCount: Int) throws {
        guard byteCount > bytes else { return }
        throw MekikiError(
            .badData,
            """
            The file has \(byteCount.grouped) bytes; at most \(bytes.grouped) are read. \
            Save the picture smaller, or raise the limit.
            """
        )
    }

    /// Refuses a picture that is too large to be decoded.
    func check(width: Int, height: Int) throws {
        guard width > 0 && height > 0 else {
            throw MekikiError(.badData, "The picture has no pixels. Export it once more.")
        }
        if max(width, height) > side {
            throw MekikiError(
                .badData,
                """
                The picture is \(width.grouped) x \(height.grouped) pixels; a side may have at \
                most \(side.grouped). Scale it down first.
                """
            )
        }
        // libvips' sides are below 10 million, so that this can't overflow.
        if width * height > pixels {
            throw MekikiError(
                .badData,
                """
                The picture has \(width.grouped) x \(height.grouped) = \
                \((width * height).grouped) pixels; at most \(pixels.grouped) are decoded. \
                Scale it down first, or raise the limit.
                """
            )
        }
    }

    /// Refuses a JPEG whose many passes would keep a decoder busy for minutes.
    func check(scans: Int, width: Int, height: Int) throws {
        // In floating point, because a limit may be any number.
        let passes = Double(scans) * Double(width) * Double(height)
        let isAffordable = passes <= Double(Self.usualScans) * Double(pixels)
        guard scans > Self.usualScans && (scans > Self.mostScans || !isAffordable) else { return }
        throw MekikiError(
            .badData,
            """
            The JPEG asks for \(scans.grouped) passes over \(width.grouped) x \(height.grouped) \
            pixels, which no camera writes. Export it once more.
            """
        )
    }
}

extension Int {
    /// The number with a comma after each three digits.
    fileprivate var grouped: String {
        var digits = String(magnitude)
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.append(digits.suffix(3))
            digits = String(digits.dropLast(3))
        }
        return (self < 0 ? "-" : "")
            + ([Substring(digits)] + groups.reversed()).joined(separator: ",")
    }
}
