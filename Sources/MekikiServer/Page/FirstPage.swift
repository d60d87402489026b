import Foundation
import MekikiKit

/// What the first page is made of: what its address asked for, and how it was answered.
struct FirstPage: Sendable {
    var address: PageAddress
    var language: PageLanguage
    /// Whether the token is needed and was not given; then nothing of the library is in here.
    var needsSignIn = false
    var signInFailed = false
    var hasSession = false
    var answer: Answer?
    var status: StatusDocument?
    /// The image that is looked at.
    var detail: ImageDocument?
    /// Why there is no answer, in a sentence.
    var problem: String?

    /// The two kinds of page.
    enum Answer: Sendable {
        case newest(ImagePageDocument)
        case found(SearchDocument)

        /// The images with their scores, in order.
        var images: [(image: ImageDocument, score: Float?)] {
            switch self {
            case .newest(let page): page.images.map { ($0, nil) }
            case .found(let page):
                // How much a picture looks like what was asked; without that, how well its words fit.
                page.hits.map { hit in
                    let reason =
                        hit.reasons.first { $0.channel == Hit.Channel.image.rawValue }
                        ?? hit.reasons.first
                    return (hit.image, reason?.score)
                }
            }
        }

        /// The key of the sentence that says how many there are.
        ///
        /// - Parameter address: The page's address.
        /// - Returns: The key, without its ending for one and for others.
        func totalKey(_ address: PageAddress) -> String {
            if case .found(let page) = self, page.nothingRelevant { return "nothingRelevant" }
            return address.isSearch ? "totalResults" : "totalImages"
        }

        /// How many there are in all.
        var total: Int {
            switch self {
            case .newest(let page): page.total
            case .found(let page): page.total
            }
        }
    }
}

extension FirstPage {
    /// The last page that has images, 1 when there are none; `nil` without an answer.
    var lastPage: Int? {
        answer.map { max(1, ($0.total + PageAddress.pageSize - 1) / PageAddress.pageSize) }
    }

    /// The answer and the status as JSON that can stand inside a script element, so that the page's
    /// script need not ask for them again; `null` for whoever is not signed in.
    func script() throws -> String {
        guard !needsSignIn else { return "null" }
        let page: (any Encodable)? =
            switch answer {
            case .newest(let page): page
            case .found(let page): page
            case nil: nil
            }
        let start = ScriptStart(page: page.map(AnyDocument.init), status: status)
        // Within JSON a "<" only stands in texts; escaped, it can end no element. By bytes: with a
        // combining mark behind it, it is another character to Swift, and the same to a browser.
        let escaped = try JSONResponse.data(start).flatMap { byte in
            byte == UInt8(ascii: "<") ? Array("\\u003c".utf8) : [byte]
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private struct ScriptStart: Encodable {
        var page: AnyDocument?
        var status: StatusDocument?
    }

    private struct AnyDocument: Encodable {
        var document: any Encodable

        func encode(to encoder: any Encoder) throws { try document.encode(to: encoder) }
    }
}
