/// Where the middle of a picture is when it lies between two pixels.
enum CropRounding: Sendable, Equatable {
    /// A crop starts at the pixel before; of an odd padding, the larger half comes first.
    case transformers
    /// A crop starts at the even one of the two; of an odd padding, the smaller half comes first.
    case torchvision
}
