import Foundation
import MekikiKit
import MekikiTesting
import Testing

@testable import MekikiServer

@Suite struct ImageRoutesTests {
    private func bench(_ count: Int = 3) async throws -> ServerBench {
        try await ServerBench((1...count).map { ("\($0).png", FakeImage("picture \($0)")) })
    }

    @Test func theNewestComeFirstPageByPage() async throws {
        let bench = try await bench(5)
        func page(_ query: String) async throws -> [Int] {
            let reply = try await bench.ask("/api/v1/images" + query)
            #expect(reply.json["total"] as? Int == 5)
            let images = reply.json["images"] as? [[String: Any]] ?? []
            return images.compactMap { $0["id"] as? Int }
        }
        #expect(try await page("") == [5, 4, 3, 2, 1])
        #expect(try await page("?limit=2") == [5, 4])
        #expect(try await page("?limit=2&offset=4") == [1])
        #expect(try await page("?offset=9").isEmpty)
    }

    @Test func detailsHoldTheTextsInsideTheFile() async throws {
        let chunk = ImageMetadata.TextChunk(key: "parameters", text: "<script>alert(1)</script>")
        let image = FakeImage("cat", metadata: ImageMetadata(textChunks: [chunk]))
        let reply = try await ServerBench([("cat.png", image)]).ask("/api/v1/images/1")
        let chunks = try #require(reply.json["textChunks"] as? [[String: String]])
        #expect(chunks == [["key": chunk.key, "text": chunk.text]])
        #expect((reply.json["image"] as? [String: Any])?["name"] as? String == "cat.png")
        #expect(reply.headers[.contentType] == "application/json")
    }

    @Test func detailsHoldTheTags() async throws {
        let bench = try await bench(1)
        #expect((try await bench.ask("/api/v1/images/1").json["tags"] as? [Any])?.isEmpty == true)
        let labels = [LabelProbability(label: "猫", probability: 0.75)]
        try await bench.catalog.setTags(
            [TagAssignment(imageID: ImageID(rawValue: 1), labels: labels)],
            of: "pets",
            in: bench.encoder.space
        )
        let reply = try await bench.ask("/api/v1/images/1")
        let tag = try #require((reply.json["tags"] as? [[String: Any]])?.first)
        #expect(tag["label"] as? String == "猫")
        #expect(tag["probability"] as? Double == 0.75)
        #expect(tag["labelSet"] as? String == "pets")
        #expect(tag["model"] as? String == "fake")
    }

    @Test func anUnknownImageIsNotFound() async throws {
        let bench = try await bench()
        for path in ["", "/thumbnail", "/file"] {
            #expect(try await bench.ask("/api/v1/images/99\(path)").status == .notFound)
            #expect(try await bench.ask("/api/v1/images/..\(path)").status == .badRequest)
        }
    }

    @Test func aFileComesAsItIs() async throws {
        let bench = try await bench()
        let data = FakeImage("picture 1").data
        let whole = try await bench.ask("/api/v1/images/1/file")
        #expect(whole.status == .ok)
        #expect(whole.body == data)
        #expect(whole.headers[.contentType] == "image/png")
        #expect(whole.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
        #expect(whole.headers[.contentSecurityPolicy]?.contains("script-src") == false)
        #expect(whole.headers[.xContentTypeOptions] == "nosniff")
        #expect(whole.headers[.contentDisposition]?.contains("1.png") == true)
        let tag = try #require(whole.headers[.eTag])

        let part = try await bench.ask("/api/v1/images/1/file", headers: ["Range": "bytes=2-5"])
        #expect(part.status == .partialContent)
        #expect(part.body == data[2...5])
        #expect(part.headers[.contentRange] == "bytes 2-5/\(data.count)")

        let head = try await bench.ask(
            "/api/v1/images/1/file",
            method: .head,
            headers: ["Range": "bytes=2-5"]
        )
        #expect(head.status == .ok)

        let beyond = try await bench.ask(
            "/api/v1/images/1/file",
            headers: ["Range": "bytes=\(data.count)-"]
        )
        #expect(beyond.status == .rangeNotSatisfiable)
        #expect(beyond.headers[.contentRange] == "bytes */\(data.count)")

        let same = try await bench.ask("/api/v1/images/1/file", headers: ["If-None-Match": tag])
        #expect(same.status == .notModified)
        #expect(same.body.isEmpty)

        let other = try await bench.ask(
            "/api/v1/images/1/file",
            headers: ["Range": "bytes=2-5", "If-Range": "\"other\""]
        )
        #expect(other.status == .ok)
    }

    @Test func aFileThatChangedIsNotGivenOut() async throws {
        let bench = try await bench()
        let file = bench.folder.file("images/1.png")
        try FileManager.default.removeItem(at: file)
        try FileManager.default.createSymbolicLink(
            at: file,
            withDestinationURL: URL(filePath: "/etc/passwd")
        )
        #expect(try await bench.ask("/api/v1/images/1/file").status == .notFound)
        try FileManager.default.removeItem(at: file)
        #expect(try await bench.ask("/api/v1/images/1/file").status == .notFound)
        #expect(try await bench.ask("/api/v1/images/1/thumbnail").status == .ok)
    }

    @Test func aThumbnailIsKeptForEverOnlyUnderItsHash() async throws {
        let bench = try await bench()
        let image = try #require(
            try await bench.ask("/api/v1/images/1").json["image"] as? [String: Any]
        )
        let hash = try #require(image["hash"] as? String)
        let path = "/api/v1/images/1/thumbnail?size=512"
        let plain = try await bench.ask(path)
        #expect(plain.headers[.cacheControl] == "private, no-cache")
        #expect(plain.headers[.contentType] == "image/webp")
        let named = try await bench.ask(path + "&v=\(hash.prefix(16))")
        #expect(named.headers[.cacheControl]?.contains("immutable") == true)
        let stale = try await bench.ask(path + "&v=0123456789abcdef")
        #expect(stale.headers[.cacheControl] == "private, no-cache")
        let tag = try #require(plain.headers[.eTag])
        let again = try await bench.ask(path, headers: ["If-None-Match": tag])
        #expect(again.status == .notModified)
    }

    @Test(arguments: ["size=0", "size=513", "size=-256", "size=x", "v=xyz", "v=0123", "w=1"])
    func otherSizesAreRefused(_ query: String) async throws {
        let reply = try await bench().ask("/api/v1/images/1/thumbnail?\(query)")
        #expect(reply.status == .badRequest)
    }
}
