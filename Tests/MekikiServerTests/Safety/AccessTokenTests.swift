import Foundation
import MekikiKit
import MekikiTesting
import Testing

@testable import MekikiServer

@Suite struct AccessTokenTests {
    private static let secret = "correct horse battery"

    @Test func onlyTheSecretMatches() throws {
        let token = try AccessToken(Self.secret)
        #expect(token.matches(Self.secret))
        let others = [
            "", "correct horse batter", "correct horse battery ", "Correct horse battery",
        ]
        for other in others { #expect(!token.matches(other)) }
    }

    @Test func aShortSecretIsRefusedWithASentence() {
        let error = #expect(throws: MekikiError.self) { try AccessToken("  fifteen letters  ") }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains("this one has 15") == true)
    }

    @Test func aFileHoldsTheSecretUpToItsLineEnd() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Data((Self.secret + "\n").utf8), to: "token")
        #expect(try AccessToken.read(file: file.path).matches(Self.secret))
    }

    @Test func anAbsentFileIsNamed() {
        let error = #expect(throws: MekikiError.self) {
            try AccessToken.read(file: "/nowhere/token")
        }
        #expect(error?.code == .noInput)
        #expect(error?.subject == "/nowhere/token")
    }

    @Test func itsDescriptionHidesIt() throws {
        let token = try AccessToken(Self.secret)
        #expect(!"\(token)".contains("horse"))
        #expect(!String(describing: [token]).contains("horse"))
    }
}
