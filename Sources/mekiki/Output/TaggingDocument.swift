import MekikiKit

/// What a classification of the library stored, as JSON and as lines.
struct TaggingDocument: Encodable {
    var labelSet: String
    var model: String
    var threshold: Float
    var images, taggedImages, tags, imagesWithoutVector: Int
    /// For how many images each label was the most probable one.
    var first: [LabelCount]

    init(_ report: ClassificationReport, _ rule: TagRule, model: String) {
        labelSet = rule.labelSet
        self.model = model
        threshold = rule.threshold
        images = report.imageCount
        taggedImages = report.taggedImageCount
        tags = report.tagCount
        imagesWithoutVector = report.waitingCount
        first = report.firstCounts.map { LabelCount(label: $0.label, images: $0.imageCount) }
    }

    /// A label and a number of images, as JSON.
    struct LabelCount: Encodable {
        var label: String
        var images: Int
    }

    /// Prints the labels by falling number of images, then a sentence.
    func print(to terminal: Terminal) {
        let width = String(images).count
        for count in first.sorted(by: { $0.images > $1.images }) {
            let number = String(count.images)
            let padding = String(repeating: " ", count: width - number.count)
            terminal.line("\(padding)\(number)  \(PrintableText.of(count.label))")
        }
        terminal.line(
            "Stored \(Count.of(tags, "tag")) of \(Count.of(taggedImages, "image")) "
                + "as the set “\(PrintableText.of(labelSet))”; "
                + "the numbers say how often each label came first."
        )
    }
}
