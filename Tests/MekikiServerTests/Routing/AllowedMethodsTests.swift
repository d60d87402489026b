import Testing

@testable import MekikiServer

@Suite struct AllowedMethodsTests {
    private let methods = AllowedMethods(of: [
        ("/", "GET"), ("/images", "GET"), ("/images", "POST"), ("/images/{id}", "GET"),
        ("/images/{id}/file", "GET"), ("/images/session", "DELETE"),
    ])

    @Test func addressesTakeTheirMethods() {
        #expect(methods.methods(of: "/images") == ["GET", "HEAD", "POST"])
        #expect(methods.methods(of: "/images/12/file") == ["GET", "HEAD"])
        #expect(methods.methods(of: "/") == ["GET", "HEAD"])
    }

    @Test func anAddressThatTwoPatternsMeetTakesBoth() {
        #expect(methods.methods(of: "/images/session") == ["DELETE", "GET", "HEAD"])
    }

    @Test func whatIsNotThereTakesNothing() {
        #expect(methods.methods(of: "/images/12/files").isEmpty)
        #expect(methods.methods(of: "/image").isEmpty)
    }
}
