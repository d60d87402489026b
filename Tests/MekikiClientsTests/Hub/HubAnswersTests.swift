import Foundation
import NIOHTTP1
import Testing

@testable import MekikiClients

/// What headers and documents of the hub mean.
@Suite struct HubAnswersTests {
    private let commit = String(repeating: "ab", count: 20)

    @Test func aLargeFilesMetadataIsInTheRedirect() throws {
        let metadata = try #require(
            HubFileMetadata(
                status: 302,
                [
                    "X-Repo-Commit": commit, "ETag": "\"other\"", "X-Linked-Etag": "W/\"0a1b\"",
                    "X-Linked-Size": "123", "Content-Length": "9", "Location": "https://cdn/x",
                ]
            )
        )
        #expect(metadata.etag == "0a1b")
        #expect(metadata.size == 123)
        #expect(metadata.location == "https://cdn/x")
    }

    @Test func aSmallFilesMetadataIsItsOwn() throws {
        let metadata = try #require(
            HubFileMetadata(
                status: 200,
                ["X-Repo-Commit": commit, "ETag": "\"0a1b\"", "Content-Length": "9"]
            )
        )
        #expect(metadata.size == 9)
        #expect(metadata.location == nil)
    }

    @Test func aRedirectsOwnLengthIsNoFiles() throws {
        let headers: HTTPHeaders = ["X-Repo-Commit": commit, "ETag": "a", "Content-Length": "9"]
        #expect(HubFileMetadata(status: 302, headers)?.size == nil)
        #expect(HubFileMetadata(status: 200, ["ETag": "a"]) == nil)
        #expect(HubFileMetadata(status: 200, ["X-Repo-Commit": "main", "ETag": "a"]) == nil)
    }

    @Test func theNextPageIsFoundAmongLinks() throws {
        let body = Data("[]".utf8)
        let links: HTTPHeaders = [
            "Link": "<https://h/first>; rel=\"first\", <https://h/n?c=1>; rel=\"next\""
        ]
        #expect(try HubListing(body, links).next == "https://h/n?c=1")
        #expect(try HubListing(body, ["Link": "<https://h/first>; rel=\"first\""]).next == nil)
    }

    @Test func aListingHasLengthsAndHashes() throws {
        let hash = String(repeating: "0f", count: 32)
        let listing = try HubListing(
            Data(
                """
                [{"type": "directory", "path": "d", "size": 0, "oid": "x"},
                 {"type": "file", "path": "a", "size": 5, "oid": "\(commit)"},
                 {"type": "file", "path": "b", "size": 1, "oid": "\(commit)",
                  "lfs": {"oid": "\(hash)", "size": 900, "pointerSize": 134}}]
                """.utf8
            ),
            [:]
        )
        #expect(
            listing.files == [
                HubFile(path: "a", size: 5, hash: .gitBlob(commit)),
                HubFile(path: "b", size: 900, hash: .sha256(hash)),
            ]
        )
    }

    @Test func howLongToWaitIsReadInAllItsForms() {
        let now = Date(timeIntervalSince1970: 1_000_000_000)
        #expect(HubRefusal.wait(["Retry-After": "7"], now: now) == .seconds(7))
        #expect(
            HubRefusal.wait(["Retry-After": "Sun, 09 Sep 2001 01:46:50 GMT"], now: now)
                == .seconds(10)
        )
        #expect(HubRefusal.wait(["RateLimit": "\"api\";r=0;t=55"], now: now) == .seconds(55))
        #expect(HubRefusal.wait(["Retry-After": "soon"], now: now) == nil)
        #expect(HubRefusal.wait([:], now: now) == nil)
    }

    @Test func waitsDoubleAndEnd() {
        var rule = RetryRule(firstDelay: .seconds(1))
        let failure = TransientFailure(reason: "x")
        #expect(
            (0..<5).map { _ in rule.delay(after: failure) } == [
                .seconds(1), .seconds(2), .seconds(4), .seconds(8), nil,
            ]
        )
        rule.reset()
        #expect(rule.delay(after: failure) == .seconds(1))
        #expect(
            rule.delay(after: TransientFailure(reason: "x", wait: .seconds(60))) == .seconds(60)
        )
        #expect(rule.delay(after: TransientFailure(reason: "x", wait: .seconds(900))) == nil)
    }
}
