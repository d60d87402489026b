/// The version of Unicode that BERT's stages in the `tokenizers` library know.
///
/// The crate it asks about categories there was made when Unicode 8 was new, and never since.
enum OldUnicode {
    /// Whether a scalar had been assigned by then.
    static func knows(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return true }
        guard let age = scalar.properties.age else { return false }
        return age.major <= 8
    }
}
