import MekikiCore

/// What people and programs wrote about a picture, from XMP, IPTC and EXIF together.
///
/// The three say the same more often than not, so each text is kept once; of a field that has one value XMP's
/// comes first, which programs keep up to date.
struct PhotographWords {
    /// The words, under `title`, `description`, `keyword`, `creator` and `place`.
    let words: [ImageMetadata.TextChunk]

    /// The stars, 1 to 5.
    let rating: Int?

    /// Puts the sources together.
    init(_ xmp: XMPPackets, _ iptc: IPTCFields, _ exif: ExifFields) {
        var words: [ImageMetadata.TextChunk] = []
        var seen: Set<ImageMetadata.TextChunk> = []
        func add(_ key: String, _ texts: [String]) {
            for text in texts {
                let chunk = ImageMetadata.TextChunk(key: key, text: text)
                if seen.insert(chunk).inserted { words.append(chunk) }
            }
        }
        func own(_ key: String) -> [String] { exif.words.filter { $0.key == key }.map(\.text) }
        let titles = xmp.all("dc:title").prefix(1) + xmp.all("photoshop:Headline").prefix(1)
        add("title", titles + iptc.titles + own("title"))
        let descriptions = Array(xmp.all("dc:description").prefix(1))
        add("description", descriptions + iptc.descriptions + own("description"))
        // A path of keywords names its parents, too.
        let paths = xmp.all("lr:hierarchicalSubject").flatMap { path in
            path.split(separator: "|").map { String($0).trimmed }.filter { !$0.isEmpty }
        }
        add("keyword", xmp.all("dc:subject") + iptc.keywords + own("keyword") + paths)
        add("keyword", xmp.all("iptcExt:PersonInImage"))
        add("creator", xmp.all("dc:creator") + iptc.creators + own("creator"))
        let places = ["iptc:Location", "photoshop:City", "photoshop:State", "photoshop:Country"]
        add("place", places.flatMap { xmp.all($0) } + iptc.places)
        self.words = words
        rating =
            xmp["xmp:Rating"].flatMap { Double($0) }.flatMap { Int(exactly: $0.rounded()) }
            .flatMap { (1...5).contains($0) ? $0 : nil } ?? exif.rating
    }
}
