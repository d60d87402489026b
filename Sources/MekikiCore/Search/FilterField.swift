/// The fields that a filter can speak of; raw values are the words of the query language.
public enum FilterField: String, Sendable, Hashable, Codable, CaseIterable {
    /// The seed, digit by digit: a text.
    case seed
    /// Steps of denoising: a number.
    case steps
    /// The scale of guidance: a number.
    case cfg
    /// The generating model's name or hash: a text.
    case model
    /// The name of an additional small model: a text.
    case lora
    /// The sampler's name: a text.
    case sampler
    /// The program that generated the picture: a text.
    case generator
    /// The camera's maker and model: a text.
    case camera
    /// The lens: a text.
    case lens
    /// When the picture was taken: a moment.
    case taken
    /// When the image came into the library, in UTC: a moment.
    case added
    /// The file's format, such as `png`: a text.
    case type
    /// The picture's width in pixels: a number.
    case width
    /// The picture's height in pixels: a number.
    case height
    /// A folder in which one of the image's files lies: a text.
    case folder
    /// The name of one of the image's files: a text.
    case name
    /// A label that a model or the user gave: a text.
    case tag
    /// The stars: a number.
    case rating
    /// What an image has: one of the texts `caption`, `prompt`, `text`, `generation`, `camera`, `place`,
    /// `tag`, `keywords`, `provenance`.
    case has
    /// The image's number: a number.
    case id

    /// The kind of a field's values.
    public var kind: Kind {
        switch self {
        case .steps, .cfg, .width, .height, .rating, .id: .number
        case .taken, .added: .moment
        default: .text
        }
    }

    /// The kinds of values.
    public enum Kind: Sendable {
        /// Texts, compared apart from case and width.
        case text
        /// Numbers.
        case number
        /// Moments.
        case moment
    }
}
