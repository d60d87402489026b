import Foundation
import MekikiTesting
import Testing

@testable import MekikiServer

/// The page as it is before, and without, any script.
@Suite struct PageRoutesTests {
    private func bench(_ count: Int) async throws -> ServerBench {
        try await ServerBench(
            (1...count).map { number in
                // Files are indexed in the order of their names.
                let name = String(format: "%02d", number)
                return ("\(name).png", FakeImage("picture \(name)"))
            }
        )
    }

    @Test func theNewestSixteenAreThereWithLinksToTheRest() async throws {
        let bench = try await bench(20)
        let first = try await bench.ask("/", headers: ["Accept-Language": "ja"]).text
        #expect(first.contains("lang=\"ja\""))
        #expect(first.contains("20.png"))
        #expect(!first.contains("04.png"))
        #expect(first.contains("/?page&#x3D;2") || first.contains("/?page=2"))
        let second = try await bench.ask("/?page=2").text
        #expect(second.contains("04.png"))
        #expect(!second.contains("20.png"))
    }

    @Test func aSearchIsAnsweredWithoutScripts() async throws {
        let bench = try await bench(20)
        let reply = try await bench.ask("/?q=picture+07")
        #expect(reply.status == .ok)
        let first = try #require(reply.text.firstMatch(of: /alt="([^"]+)"/)).1
        #expect(first == "07.png")
        #expect(reply.text.contains("value=\"picture 07\""))
        let bars = reply.text.matches(of: /<rect width="([^"]*)"/).compactMap { Double($0.1) }
        #expect(bars.first == 1)
        #expect(bars.count == 16)
        #expect(bars.allSatisfy { (0...1).contains($0) })
    }

    @Test func whatFilesSayStaysText() async throws {
        let name = "<img src=x onerror=alert(1)>&\"'.png"
        let bench = try await ServerBench([(name, FakeImage("cat"))])
        let reply = try await bench.ask("/?q=%3C%2Fscript%3E%3Cscript%3Ealert(1)%3C/script%3E&id=1")
        #expect(reply.status == .ok)
        #expect(!reply.text.contains("<img src=x"))
        #expect(!reply.text.contains("<script>alert"))
        #expect(reply.text.contains("\\u003cimg src=x"))
    }

    /// To Swift, each of these begins with another character than the one that HTML looks for.
    @Test(
        arguments: ["<", ">", "\"", "'", "&"].flatMap { sign in
            ["\(sign)\u{0301}x", "\u{0600}\(sign)x", "\(sign)\u{200D}x", "\(sign)\u{0338}x"]
        }
    )
    func marksOnSignsDoNotHideThem(_ text: String) async throws {
        let bench = try await ServerBench([("a\(text)b.png", FakeImage("cat"))])
        let query = try #require(text.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let reply = try await bench.ask("/?q=\(query)&id=1")
        let raw = Data(text.utf8)
        let inputs = reply.body.ranges(of: Data("value=\"\(text)".utf8))
        #expect(inputs.isEmpty)
        if !text.contains("'"), !text.contains("&") {
            // Not even in the script's data: there it could end the element, or a string.
            let script = try #require(reply.text.range(of: "id=\"first-page\""))
            let markup = Data(reply.text[..<script.lowerBound].utf8)
            #expect(markup.ranges(of: raw).isEmpty)
        }
        #expect(reply.body.ranges(of: Data("\u{0600}<".utf8)).isEmpty)
        #expect(reply.body.ranges(of: Data("<\u{0301}".utf8)).isEmpty)
    }

    @Test func anAddressThatIsNotEncodedIsTakenAsItIs() async throws {
        let reply = try await bench(2).ask("/?q=100%&page=%zz")
        #expect(reply.status == .ok)
        #expect(reply.text.contains("value=\"100%\""))
    }

    @Test func aPageBeyondTheLastLeadsToTheLast() async throws {
        let bench = try await bench(20)
        for (address, last) in [
            ("/?page=9", "/?page=2"), ("/?q=a&page=3&id=1", "/?q=a&page=2&id=1"),
        ] {
            let reply = try await bench.ask(address)
            #expect(reply.status == .seeOther)
            #expect(reply.headers[.location] == last)
        }
        let empty = try await ServerBench().ask("/?page=9")
        #expect(empty.headers[.location] == "/")
    }

    @Test func aPictureIsLeftToTheBrowserThatHasIt() async throws {
        let reply = try await bench(1).ask("/?image=0123456789abcdef")
        #expect(reply.status == .ok)
        #expect(reply.text.contains("\"status\":"))
        #expect(!reply.text.contains("\"page\":"))
    }

    @Test func aProblemIsASentenceOnThePage() async throws {
        let bench = try await bench(1)
        let reply = try await bench.ask("/?like=99")
        #expect(reply.status == .notFound)
        #expect(reply.headers[.contentType]?.hasPrefix("text/html") == true)
        #expect(reply.text.contains("There is no image of this number"))
    }

    @Test func filesOfThePageAreServedByNameOnly() async throws {
        let bench = try await bench(1)
        let icon = try await bench.ask("/favicon.ico")
        #expect(icon.headers[.contentType] == "image/svg+xml")
        let style = try await bench.ask("/style/tokens.css")
        #expect(style.headers[.contentType] == "text/css; charset=utf-8")
        let tag = try #require(style.headers[.eTag])
        let again = try await bench.ask("/style/tokens.css", headers: ["If-None-Match": tag])
        #expect(again.status == .notModified)
        for path in [
            "/index.html", "/../Package.swift", "/style/../openapi.yaml", "/style", "/style/",
            "/%2e%2e/Package.swift", "//etc/passwd", "/style/tokens.css%00.js",
        ] {
            #expect(try await bench.ask(path).status == .notFound, "\(path)")
        }
    }
}
