/// The version of Mekiki, in one place.
public enum ProgramVersion {
    /// After semantic versioning.
    public static let current = "0.1.0"
}
