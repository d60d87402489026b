/// One axis of a centre crop, with transformers' roundings.
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
    init(length: Int, crop: Int) {
        if crop <= length {
            let start = (length - crop) / 2
            kept = start..<(start + crop)
            padding = 0
        } else {
            kept = 0..<length
            // The larger half comes first.
            padding = (crop - length + 1) / 2
        }
    }
}
