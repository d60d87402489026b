import Foundation
import MekikiKit

/// What the page shows, as its address says.
///
/// Unlike the API it takes any address: a person may have shortened it by hand, or another program
/// added something to it.
struct PageAddress: Sendable, Equatable {
    /// The words that are searched for; empty for none.
    var words = ""

    /// Images that the wanted ones resemble.
    var like: [ImageID] = []

    /// A picture that only the browser has.
    var picture: String?

    /// The page, 1 for the first.
    var page = 1

    /// The image that is looked at.
    var id: ImageID?

    /// Images on a page, as in the original application.
    static let pageSize = 16

    /// The most pages that an address can name.
    private static let lastPage = 10_000_000

    /// Reads an address.
    init(_ parameters: QueryParameters) {
        let words = parameters.text("q") ?? ""
        self.words = String(words.unicodeScalars.prefix(QueryRequest.longestQuery))
            .trimmingCharacters(in: .whitespacesAndNewlines)
        like = Array(
            parameters.texts("like").compactMap(ImageID.init(decimal:))
                .prefix(QueryRequest.mostLike)
        )
        picture = parameters.text("image").flatMap { $0.isEmpty ? nil : $0 }
        page = parameters.text("page").flatMap { Int($0) } ?? 1
        if !(1...Self.lastPage).contains(page) { page = 1 }
        id = parameters.text("id").flatMap(ImageID.init(decimal:))
    }

    /// Whether something is searched for.
    var isSearch: Bool { !words.isEmpty || !like.isEmpty || picture != nil }

    /// How many images come before this page.
    var offset: Int { (page - 1) * Self.pageSize }

    /// The address below this server.
    var href: String {
        var fields: [(String, String)] = []
        if !words.isEmpty { fields.append(("q", words)) }
        fields += like.map { ("like", $0.description) }
        if let picture { fields.append(("image", picture)) }
        if page > 1 { fields.append(("page", String(page))) }
        if let id { fields.append(("id", id.description)) }
        let query = fields.map { "\($0)=\(Self.encode($1))" }.joined(separator: "&")
        return query.isEmpty ? "/" : "/?" + query
    }

    /// The same address with something changed.
    func with(_ change: (inout PageAddress) -> Void) -> PageAddress {
        var address = self
        change(&address)
        return address
    }

    private static func encode(_ text: String) -> String {
        let plain = CharacterSet(
            charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"
        )
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}
