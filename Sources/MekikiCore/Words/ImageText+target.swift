extension ImageText {
    /// The kind of words that the text is found as; `nil` for an origin that this version doesn't know.
    public var target: TextTarget? {
        TextOrigin(rawValue: id.origin).map { TextTarget.of($0, key: key) }
    }
}
