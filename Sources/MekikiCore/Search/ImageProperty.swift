/// What an image can have, as the filter field `has` names it.
public enum ImageProperty: String, Sendable, Hashable, CaseIterable {
    /// A caption, whoever wrote it.
    case caption
    /// A prompt.
    case prompt
    /// Text in the picture.
    case text
    /// What it was generated from.
    case generation
    /// A camera.
    case camera
    /// A place.
    case place
    /// A label.
    case tag
    /// Keywords of a photograph.
    case keywords
    /// A declaration of where it comes from.
    case provenance
}
