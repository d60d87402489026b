/// One axis of a centre crop.
struct CropSpan: Sendable, Equatable {
    /// The part of the picture that stays.
    let kept: Range<Int>

    /// Zeros before that part, where the crop is larger than the picture.
    let padding: Int

    /// Places a crop.
    ///
    /// - Parameters:
    ///   - length: The picture's length along the axis.
    ///   - crop: The crop's length.
    ///   - rounding: Where the middle is.
    init(length: Int, crop: Int, rounding: CropRounding = .transformers) {
        if crop <= length {
            let middle = Double(length - crop) / 2
            let start =
                rounding == .transformers
                ? Int(middle) : Int(middle.rounded(.toNearestOrEven))
            kept = start..<(start + crop)
            padding = 0
        } else {
            kept = 0..<length
            padding = (crop - length + (rounding == .transformers ? 1 : 0)) / 2
        }
    }
}
