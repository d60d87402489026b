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
            case .found(let page): page.hits.map { ($0.image, $0.reasons.first?.score) }
            }
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

extension FirstPage: Encodable {
    private enum Key: String, CodingKey { case state, page, status, hasSession }
    private enum StateKey: String, CodingKey { case q, like, image, page, id }

    /// Writes what the page's script starts from.
    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        var state = fields.nestedContainer(keyedBy: StateKey.self, forKey: .state)
        if !address.words.isEmpty { try state.encode(address.words, forKey: .q) }
        try state.encodeIfPresent(address.like?.description, forKey: .like)
        try state.encodeIfPresent(address.picture, forKey: .image)
        if address.page > 1 { try state.encode(String(address.page), forKey: .page) }
        try state.encodeIfPresent(address.id?.description, forKey: .id)
        switch answer {
        case .newest(let page): try fields.encode(page, forKey: .page)
        case .found(let page): try fields.encode(page, forKey: .page)
        case nil: try fields.encodeNil(forKey: .page)
        }
        try fields.encodeIfPresent(status, forKey: .status)
        try fields.encode(hasSession, forKey: .hasSession)
    }

    /// The page as JSON that can stand inside a script element.
    func script() throws -> String {
        guard !needsSignIn else { return "null" }
        // Within JSON a "<" only stands in texts; escaped, it can end no element.
        return String(decoding: try JSONResponse.data(self), as: UTF8.self)
            .replacing("<", with: "\\u003c")
    }
}
