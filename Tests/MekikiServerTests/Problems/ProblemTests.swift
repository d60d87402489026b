import MekikiKit
import Testing

@testable import MekikiServer

@Suite struct ProblemTests {
    private struct Unknown: Error {}

    @Test(arguments: [
        (MekikiError.Code.usage, 400), (.badData, 422), (.noInput, 404), (.unavailable, 503),
        (.inputOutput, 500), (.configuration, 500), (.cannotCreate, 500), (.cancelled, 500),
    ])
    func errorsHaveTheirStatus(_ code: MekikiError.Code, _ status: Int) {
        let problem = Problem(MekikiError(code, "What happened.", subject: "/home/me/catalog"))
        #expect(problem.status.code == status)
        #expect(problem.code == code.description)
        #expect(problem.detail.contains("What happened."))
        // Whose fault it is decides who learns where.
        #expect(problem.detail.contains("/home/me") == (status < 500))
    }

    @Test func whatIsUnknownIsToldWithoutItsInsides() {
        let problem = Problem(Unknown())
        #expect(problem.status == .internalServerError)
        #expect(!problem.detail.contains("Unknown"))
    }
}
