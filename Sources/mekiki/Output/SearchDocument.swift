import Foundation
import MekikiKit

/// Search results as JSON.
struct SearchDocument: Encodable {
    var total: Int
    var offset: Int
    var hits: [HitDocument]

    init(_ result: SearchResult) {
        total = result.total
        offset = result.offset
        hits = result.hits.map(HitDocument.init)
    }

    /// One hit as JSON.
    struct HitDocument: Encodable {
        var rank: Int
        var image: ImageDocument
        var reasons: [ReasonDocument]

        init(_ hit: Hit) {
            rank = hit.rank
            image = ImageDocument(hit.image, hit.files)
            reasons = hit.reasons.map(ReasonDocument.init)
        }
    }

    /// One reason as JSON.
    struct ReasonDocument: Encodable {
        var channel: String
        var rank: Int
        var score: Float
        var scoreKind: String

        init(_ reason: Hit.Reason) {
            channel = reason.channel.rawValue
            rank = reason.rank
            switch reason.score {
            case .cosine(let value):
                score = value
                scoreKind = "cosine"
            }
        }
    }
}
