/// The role that keeps a library's settings: texts under names.
public protocol SettingStore: Sendable {
    /// The value of a setting.
    ///
    /// - Parameter key: The setting's name.
    /// - Returns: The value; `nil` where none was set.
    /// - Throws: `MekikiError` when the storage can't be read.
    func setting(_ key: String) async throws -> String?

    /// Sets a setting.
    ///
    /// - Parameters:
    ///   - key: The setting's name.
    ///   - value: The value; `nil` removes the setting.
    /// - Throws: `MekikiError` when the storage can't be written.
    func set(_ key: String, to value: String?) async throws
}
