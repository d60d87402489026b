import Foundation
import MekikiCore
import NIOHTTP1

/// One page of the list of a repository's files.
struct HubListing: Sendable {
    /// The files of the page.
    var files: [HubFile]

    /// Where the next page is, as the hub wrote it; `nil` for the last.
    var next: String?

    /// Reads an answer.
    ///
    /// - Parameters:
    ///   - body: The JSON array.
    ///   - headers: The answer's headers; `Link` names the next page.
    /// - Throws: What the decoder throws.
    init(_ body: Data, _ headers: HTTPHeaders) throws {
        files = try JSONDecoder().decode([Entry].self, from: body)
            .filter { $0.type == "file" }
            .map { entry in
                HubFile(
                    path: entry.path,
                    size: entry.lfs?.size ?? entry.size,
                    hash: (entry.lfs?.oid ?? entry.oid).flatMap(ContentCheck.init)
                )
            }
        next = Self.nextPage(headers[canonicalForm: "link"])
    }

    private struct Entry: Decodable {
        var type: String
        var path: String
        var size: Int64
        var oid: String?
        var lfs: LargeFile?
    }

    private struct LargeFile: Decodable {
        var oid: String?
        var size: Int64?
    }

    /// The address between the angle brackets of the link whose relation is `next` (RFC 8288).
    private static func nextPage(_ links: [Substring]) -> String? {
        for link in links {
            guard let close = link.firstIndex(of: ">"), link.first == "<" else { continue }
            let relation = link[close...].lowercased().replacing(" ", with: "")
            guard relation.contains("rel=\"next\"") || relation.contains("rel=next") else {
                continue
            }
            return String(link[link.index(after: link.startIndex)..<close])
        }
        return nil
    }
}
