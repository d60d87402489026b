import MekikiKit

/// Which labels fit one image, as JSON.
struct ImageClassificationDocument: Encodable {
    /// The image's number, where it is in the library.
    var image: ImageID?
    /// A file that holds it.
    var file: String?
    /// Every label, most probable first.
    var labels: [LabelDocument]

    init(_ classification: ImageClassification, file: String?) {
        self.init(classification.labels, file: file)
        image = classification.imageID
    }

    init(_ labels: [LabelProbability], file: String?) {
        self.file = file
        self.labels = labels.map { LabelDocument(label: $0.label, probability: $0.probability) }
    }

    /// A label as JSON.
    struct LabelDocument: Encodable {
        var label: String
        var probability: Float
    }
}
