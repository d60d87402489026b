import Testing

@testable import MekikiServer

@Suite struct ContentDispositionTests {
    @Test func namesInAnyScriptBecomePlainText() {
        #expect(
            ContentDisposition.inline("猫 1.jpg") == "inline; filename*=UTF-8''%E7%8C%AB%201.jpg"
        )
    }

    @Test func nothingInANameEndsTheHeader() {
        let value = ContentDisposition.inline("a\"\r\nSet-Cookie: x;'%.png")
        #expect(value == "inline; filename*=UTF-8''a%22%0D%0ASet-Cookie%3A%20x%3B%27%25.png")
    }
}
