/// What a model's preprocessor file asks for.
struct PreprocessorSettings: Sendable, Equatable {
    /// The size that the picture is brought to.
    var resize: ResizeRule

    /// How the resize weighs pixels.
    var filter: ResizeFilter

    /// The sides that are cut from the middle; `nil` keeps everything.
    var crop: Sides?

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
    }
}
