import Foundation
import MekikiKit

/// All files of the web page, read once when the server starts.
///
/// So no request can name a file of the disk, and an update under a running server changes nothing.
struct PageFiles: Sendable {
    /// What the browser loads by itself, by address.
    let served: [PageFile]

    /// The frame that the first page is put into.
    let frame: String

    /// The API's description.
    let description: PageFile

    /// The page's words by language.
    let words: [PageLanguage: PageWords]

    /// Reads a folder.
    ///
    /// - Parameter folder: The page's files.
    /// - Throws: `MekikiError` with code `configuration` when something is missing or damaged.
    init(folder: URL) throws {
        var files: [PageFile] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() {
            let file = folder.appending(path: path)
            let isHidden = path.split(separator: "/").contains { $0.hasPrefix(".") }
            let isFile = try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile
            guard !isHidden, isFile == true else { continue }
            files.append(PageFile(path: "/" + path, data: try Data(contentsOf: file)))
        }
        func file(_ path: String) throws -> PageFile {
            guard let file = files.first(where: { $0.path == path }) else {
                throw MekikiError(
                    .configuration,
                    "A file of the web page is missing: \(path). Install Mekiki again.",
                    subject: folder.path
                )
            }
            return file
        }
        frame = String(decoding: try file("/index.html").data, as: UTF8.self)
        description = try file("/openapi.yaml")
        var words: [PageLanguage: PageWords] = [:]
        for language in PageLanguage.allCases {
            words[language] = try PageWords(file("/words/\(language.rawValue).json").data)
        }
        self.words = words
        // Where nothing names an icon, as beside a picture that is looked at by itself, browsers ask
        // for this one.
        let icon = try file("/favicon.svg").also(at: "/favicon.ico")
        served = files.filter { !["/index.html", "/openapi.yaml"].contains($0.path) } + [icon]
    }
}
