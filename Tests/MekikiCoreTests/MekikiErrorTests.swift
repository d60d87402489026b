import MekikiCore
import Testing

@Suite struct MekikiErrorTests {
    /// The statuses of BSD's `sysexits.h` that the documentation promises.
    @Test(arguments: [
        (MekikiError.Code.usage, Int32(64), "usage"), (.badData, 65, "badData"),
        (.noInput, 66, "noInput"), (.unavailable, 69, "unavailable"),
        (.cannotCreate, 73, "cannotCreate"), (.inputOutput, 74, "inputOutput"),
        (.configuration, 78, "configuration"), (.cancelled, 130, "cancelled"),
    ])
    func everyCodeHasItsExitStatus(_ code: MekikiError.Code, _ status: Int32, _ name: String) {
        #expect(code.exitStatus == status)
        #expect(code.description == name)
    }

    @Test func theDescriptionNamesTheSubjectFirst() {
        let error = MekikiError(.noInput, "It does not exist.", subject: "/photos")
        #expect(String(describing: error) == "/photos: It does not exist.")
    }

    @Test func withoutASubjectTheMessageStandsAlone() {
        #expect(String(describing: MekikiError(.usage, "No words.")) == "No words.")
    }

    @Test func theCauseStaysOutOfTheDescription() {
        let cause = MekikiError(.inputOutput, "SECRET")
        let error = MekikiError(.badData, "It is damaged.", cause: cause)
        #expect(String(describing: error) == "It is damaged.")
        #expect((error.cause as? MekikiError)?.code == .inputOutput)
    }
}
