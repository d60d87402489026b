extension TextChange {
    /// Checks what every storage would have to check.
    ///
    /// - Throws: `MekikiError` with code `badData` for the texts of the image's own bytes, which come with
    ///   its metadata, and for lines that don't belong to texts of the picture.
    package func check() throws {
        guard ![.file, .generation, .photograph].contains(origin) else {
            throw MekikiError(
                .badData,
                "The texts of origin \(origin.rawValue) come with an image's metadata."
            )
        }
        guard lines.isEmpty || origin == .ocr else {
            throw MekikiError(.badData, "Only texts of the picture stand at places in it.")
        }
        let numbers = lines.flatMap { [$0.confidence, $0.x, $0.y, $0.width, $0.height] }
        guard numbers.allSatisfy(\.isFinite) else {
            throw MekikiError(.badData, "A line of text has a place that is no number.")
        }
    }
}
