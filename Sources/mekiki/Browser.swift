import Foundation

/// The person's web browser.
enum Browser {
    /// Asks the system to show a page; without a browser nothing happens.
    ///
    /// - Parameter address: The page.
    static func show(_ address: String) {
        #if os(Linux)
        let opener = "xdg-open"
        #else
        let opener = "open"
        #endif
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [opener, address]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try? process.run()
    }
}
