/// Whether a file lies in a folder that somebody named.
public enum FolderMatch {
    /// The folder that a file lies in, as an absolute path.
    ///
    /// - Parameter file: The file.
    /// - Returns: The path without a slash at its end.
    public static func folder(_ file: FileLocation) -> String {
        let path = file.absolutePath
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return String(path[..<slash])
    }

    /// Whether a file lies in a folder or below it.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - name: A folded absolute path, or one or several names of folders in a row (`2024/夏`).
    /// - Returns: Whether it does.
    public static func holds(_ file: FileLocation, in name: String) -> Bool {
        holds(folder: FoldedText.of(folder(file)), in: name)
    }

    /// Whether a folder is another or below it.
    ///
    /// - Parameters:
    ///   - folder: The folded absolute path of the folder.
    ///   - name: A folded absolute path, or names of folders in a row.
    /// - Returns: Whether it is.
    public static func holds(folder: String, in name: String) -> Bool {
        let wanted = name.split(separator: "/")
        let parts = folder.split(separator: "/")
        guard !wanted.isEmpty else { return name.hasPrefix("/") }
        guard parts.count >= wanted.count else { return false }
        let starts = name.hasPrefix("/") ? 0...0 : 0...parts.count - wanted.count
        return starts.contains { start in
            parts[start..<start + wanted.count].elementsEqual(wanted) {
                $0.utf8.elementsEqual($1.utf8)
            }
        }
    }
}
