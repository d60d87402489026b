/// What a model's preprocessor file asks for.
struct PreprocessorSettings: Sendable, Equatable {
    /// The size that the picture is brought to.
    var resize: ResizeRule

    /// How the resize weighs pixels.
    var filter: ResizeFilter

    /// The sides that are cut from the middle, with black around a smaller picture; `nil` keeps
    /// everything.
    var crop: Sides?

    /// Where the middle is when it lies between two pixels.
    var cropRounding = CropRounding.transformers

    /// What samples are multiplied with; `nil` keeps 0 to 255.
    var rescale: Double?

    /// What is subtracted and divided by; `nil` keeps the samples as they are.
    var normalization: Normalization?

    struct Sides: Sendable, Equatable {
        var width: Int
        var height: Int
    }

    /// One number a channel each, red first.
    struct Normalization: Sendable, Equatable {
        var mean: [Double]
        var deviation: [Double]

        /// Those of OpenAI's CLIP.
        static let clip = Normalization(
            mean: [0.48145466, 0.4578275, 0.40821073],
            deviation: [0.26862954, 0.26130258, 0.27577711]
        )

        /// Those of ImageNet's pictures.
        static let imageNet = Normalization(
            mean: [0.485, 0.456, 0.406],
            deviation: [0.229, 0.224, 0.225]
        )

        /// From -1 to 1.
        static let half = Normalization(mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5])
    }
}
