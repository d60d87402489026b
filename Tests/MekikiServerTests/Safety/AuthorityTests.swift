import Testing

@testable import MekikiServer

@Suite struct AuthorityTests {
    @Test func hostAndPortAreTakenApart() {
        #expect(Authority("Example.COM")?.host == "example.com")
        #expect(Authority("example.com")?.port == nil)
        #expect(Authority("example.com:81")?.port == 81)
        #expect(Authority("[2001:DB8::1]:81")?.host == "2001:db8::1")
        #expect(Authority("[2001:db8::1]:81")?.port == 81)
    }

    @Test func originsDropTheirSchemesOwnPort() {
        #expect(Authority(origin: "http://localhost:80")?.port == nil)
        #expect(Authority(origin: "https://localhost:443")?.port == nil)
        #expect(Authority(origin: "http://localhost:443")?.port == 443)
    }

    @Test(arguments: [
        "null", "", "localhost", "file://", "ftp://localhost", "http://", "http://a b",
    ])
    func otherThingsAreNoOrigin(_ text: String) {
        #expect(Authority(origin: text) == nil)
    }

    @Test func theSameHostIsTheSameHoweverItsPortIsWritten() throws {
        let plain = try #require(Authority("localhost"))
        let written = try #require(Authority("localhost:80"))
        let other = try #require(Authority("localhost:8899"))
        #expect(plain.isSame(as: written))
        #expect(!plain.isSame(as: other))
    }
}
