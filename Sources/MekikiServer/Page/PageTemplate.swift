import Foundation
import MekikiKit
import Mustache

/// The frame of the page, filled: what is seen before, and without, any script.
struct PageTemplate: Sendable {
    private let frame: MustacheTemplate
    private let words: [PageLanguage: PageWords]

    /// Reads the frame.
    ///
    /// - Parameter files: The page's files.
    /// - Throws: `MekikiError` with code `configuration` when it is no template.
    init(_ files: PageFiles) throws {
        do {
            MustacheContentTypes.register(ScalarEscaping(), named: ScalarEscaping.name)
            frame = try MustacheTemplate(
                string: "{{% CONTENT_TYPE:\(ScalarEscaping.name)}}" + files.frame
            )
        } catch {
            throw MekikiError(
                .configuration,
                "The web page's frame is damaged. Install Mekiki again.",
                cause: error
            )
        }
        words = files.words
    }

    /// Fills the frame.
    ///
    /// - Parameter page: What is shown.
    /// - Returns: HTML; every text in it is escaped by the template.
    /// - Throws: What the JSON encoder throws.
    func render(_ page: FirstPage) throws -> String {
        guard let words = words[page.language] else {
            preconditionFailure("The page has words for each of its languages.")
        }
        var values: [String: Any] = [
            "lang": page.language.rawValue,
            "words": words.all,
            "query": page.address.words,
            "searching": page.address.isSearch,
            "signIn": page.needsSignIn,
            "signInFailed": page.signInFailed,
            "hasSession": page.hasSession,
            "isStarter": page.status?.model.isStarter ?? false,
            "firstPage": try page.script(),
        ]
        values["problem"] = page.problem
        if let answer = page.answer {
            values.merge(fields(of: answer, page.lastPage ?? 1, page.address, words)) { $1 }
        }
        if let detail = page.detail { values["detail"] = fields(of: detail, page.address) }
        return frame.render(values)
    }

    private func fields(
        of answer: FirstPage.Answer,
        _ pages: Int,
        _ address: PageAddress,
        _ words: PageWords
    ) -> [String: Any] {
        let images = answer.images.map { image, score in
            var fields: [String: Any] = [
                "id": image.id.rawValue,
                "href": address.with { $0.id = image.id }.href,
                "name": image.name,
                "width": image.width,
                "height": image.height,
                "thumbnail": Self.thumbnail(image, .medium),
                "srcset": Self.sourceSet(image),
            ]
            if let score {
                fields["score"] = String(format: "%.3f", Double(score))
                fields["bar"] = String(format: "%.3f", Self.bar(score, address))
            }
            return fields
        }
        var fields: [String: Any] = [
            "images": images,
            "hasImages": !images.isEmpty,
            "pageText": words.sentence(
                "pageOf",
                ["page": String(address.page), "pages": String(pages)]
            ),
            "totalText": words.count(answer.totalKey(address), answer.total),
        ]
        let plain = address.with { $0.id = nil }
        if address.page > 1 {
            fields["previousHref"] = plain.with { $0.page = address.page - 1 }.href
        }
        if address.page < pages { fields["nextHref"] = plain.with { $0.page += 1 }.href }
        return fields
    }

    private func fields(of image: ImageDocument, _ address: PageAddress) -> [String: Any] {
        let path = image.files.first { !$0.isMissing }?.path ?? image.files.first?.path ?? ""
        return [
            "name": image.name,
            "folder": URL(filePath: path).deletingLastPathComponent().path,
            "large": Self.thumbnail(image, .full),
            "file": "/api/v1/images/\(image.id)/file",
            "backHref": address.with { $0.id = nil }.href,
        ]
    }

    /// How far a score's bar is filled, 0 to 1, on the scale that the page's script uses: words
    /// and pictures seldom come closer to each other than 0.5.
    private static func bar(_ score: Float, _ address: PageAddress) -> Double {
        let scale = address.like.isEmpty && address.picture == nil ? 0.5 : 1
        return min(1, max(0, Double(score) / scale))
    }

    private static func thumbnail(_ image: ImageDocument, _ size: ThumbnailSize) -> String {
        "/api/v1/images/\(image.id)/thumbnail?size=\(size.side)&v=\(image.hash.prefix(16))"
    }

    /// The sizes to choose from, each with the width that it really has for this image.
    private static func sourceSet(_ image: ImageDocument) -> String {
        let longer = Double(max(image.width, image.height))
        return [ThumbnailSize.small, .medium, .large].map { size in
            let scale = min(1, Double(size.side) / longer)
            let width = max(1, Int((Double(image.width) * scale).rounded()))
            return "\(thumbnail(image, size)) \(width)w"
        }.joined(separator: ", ")
    }
}
