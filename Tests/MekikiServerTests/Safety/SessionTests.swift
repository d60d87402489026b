import Foundation
import MekikiTesting
import Testing

@testable import MekikiServer

@Suite struct SessionTests {
    private let clock = FakeClock()

    private func session(_ secret: String = "correct horse battery") throws -> Session {
        Session(try AccessToken(secret), now: { [clock] in clock.now })
    }

    @Test func whatWasMadeIsAccepted() throws {
        #expect(try session().accepts(session().make()))
    }

    @Test func itEndsAfterItsTime() throws {
        let value = try session().make()
        clock.advance(by: Session.lifetime - 1)
        #expect(try session().accepts(value))
        clock.advance(by: 2)
        #expect(try !session().accepts(value))
    }

    @Test func anotherTokenEndsIt() throws {
        let value = try session().make()
        #expect(try !session("another battery staple").accepts(value))
    }

    @Test func tamperingIsSeen() throws {
        let value = try session().make()
        let parts = value.split(separator: ".").map(String.init)
        let later = "\((Int(parts[0]) ?? 0) + 1).\(parts[1])"
        let flipped = String(value.dropLast()) + (value.hasSuffix("0") ? "1" : "0")
        let others = [
            "", ".", parts[0], "\(parts[0]).", later, flipped, value + "0", "x." + parts[1],
        ]
        for other in others { #expect(try !session().accepts(other), "\(other)") }
    }

    @Test func scriptsCannotReadTheCookieAndAnEmptyOneRemovesIt() {
        let set = Session.cookie("value")
        for part in ["mekiki_session=value;", "HttpOnly", "SameSite=Lax", "Path=/"] {
            #expect(set.contains(part))
        }
        #expect(Session.cookie(nil).contains("Max-Age=0"))
    }
}
