import Foundation
import HTTPTypes
import Hummingbird
import MekikiKit
import NIOCore

/// The web page: its files, and its frame with the first images already in it.
struct PageRoutes: Sendable {
    let files: PageFiles
    let template: PageTemplate
    let library: Library
    let served: ServedModel
    let status: LibraryStatus
    let wantsToken: Bool

    func add(to router: Router<ServerContext>) {
        router.get("/") { request, context in try await page(request, context) }
        for file in files.served {
            router.get(RouterPath(file.path)) { request, _ in file.response(to: request) }
        }
    }

    private func page(_ request: Request, _ context: ServerContext) async throws -> Response {
        let parameters = QueryParameters(lenient: request.uri.query)
        let address = PageAddress(parameters)
        var page = FirstPage(
            address: address,
            language: PageLanguage(
                chosen: request.cookies["mekiki_lang"]?.value,
                accepted: request.headers[.acceptLanguage]
            )
        )
        var code = HTTPResponse.Status.ok
        if context.isSignedIn {
            page.hasSession = wantsToken
            do {
                try await answer(&page)
                // There were more images when somebody noted this address.
                if let last = page.lastPage, address.page > last {
                    return .redirect(to: address.with { $0.page = last }.href)
                }
            } catch {
                let problem = Problem(error)
                problem.logFault(error, of: request, to: context.logger)
                page.problem = problem.detail
                code = problem.status
            }
        } else {
            page.needsSignIn = true
            page.signInFailed = parameters.text("signin") == "failed"
            code = .unauthorized
        }
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8",
            .cacheControl: "no-store",
            .contentLanguage: page.language.rawValue,
            .vary: "Accept-Language, Cookie",
        ]
        if page.needsSignIn { headers.append(contentsOf: TokenMiddleware.challenge) }
        return Response(
            status: code,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: try template.render(page)))
        )
    }

    private func answer(_ page: inout FirstPage) async throws {
        page.status = try await status.current()
        let address = page.address
        // The browser has the picture, and asks itself.
        if address.picture == nil {
            if address.isSearch {
                let words = address.words
                let parsed =
                    words.isEmpty
                    ? nil : QueryParser(now: Date(), timeZone: .current).parse(words)
                var query = Query(parsed, limit: PageAddress.pageSize, offset: address.offset)
                query.terms += address.like.map { .init(.like($0)) }
                let result = try await served.search(query)
                page.answer = .found(SearchDocument(result, limit: query.limit, understood: parsed))
            } else {
                let newest = try await library.newest(
                    limit: PageAddress.pageSize,
                    offset: address.offset
                )
                page.answer = .newest(ImagePageDocument(newest, limit: PageAddress.pageSize))
            }
        }
        if let id = address.id {
            let (image, files) = try await library.image(id)
            page.detail = ImageDocument(image, files)
        }
    }
}
