import MekikiCore
import Testing

/// What becomes of a library's choice of models, as a pure decision.
@Suite struct SpaceSelectionTests {
    private static func chosen(_ model: String, _ revision: String = "1") -> ChosenSpace {
        ChosenSpace(
            space: VectorSpace(model: model, revision: revision, dimension: 4),
            folder: "/models/\(model)"
        )
    }

    private let a = chosen("a")
    private let b = chosen("b")

    private func apply(
        _ change: SpaceSelection.Change,
        to selection: SpaceSelection,
        filled: Set<VectorSpace> = []
    ) -> SpaceSelection {
        selection.applying(change) { filled.contains($0) }
    }

    @Test func theFirstModelIsAdoptedAndLaterOnesAreNot() {
        let first = apply(.adopt(a), to: SpaceSelection())
        #expect(first == SpaceSelection(current: a))
        #expect(apply(.adopt(b), to: first, filled: [b.space]) == first)
    }

    @Test func theFolderOfTheCurrentModelIsNotedAnew() {
        let moved = ChosenSpace(space: a.space, folder: "/elsewhere")
        let selection = SpaceSelection(current: a, pending: b)
        #expect(
            apply(.adopt(moved), to: selection) == SpaceSelection(current: moved, pending: b)
        )
    }

    @Test func aRequestWaitsUntilTheSpaceIsFilled() {
        let selection = SpaceSelection(current: a)
        let requested = apply(.request(b), to: selection)
        #expect(requested == SpaceSelection(current: a, pending: b))
        #expect(apply(.complete(b.space), to: requested) == requested)
        #expect(
            apply(.complete(b.space), to: requested, filled: [b.space])
                == SpaceSelection(current: b)
        )
    }

    @Test func aFilledSpaceAnswersAtOnce() {
        let back = apply(.request(b), to: SpaceSelection(current: a), filled: [b.space])
        #expect(back == SpaceSelection(current: b))
        #expect(apply(.request(b), to: SpaceSelection()) == SpaceSelection(current: b))
    }

    @Test func requestingTheCurrentModelGivesUpTheOther() {
        let selection = SpaceSelection(current: a, pending: b)
        #expect(apply(.request(a), to: selection) == SpaceSelection(current: a))
        #expect(apply(.cancel, to: selection) == SpaceSelection(current: a))
    }

    @Test func anotherRequestTakesThePlaceOfTheFirst() {
        let c = Self.chosen("c")
        let selection = apply(.request(c), to: SpaceSelection(current: a, pending: b))
        #expect(selection == SpaceSelection(current: a, pending: c))
        // Who still fills the former one changes nothing.
        #expect(apply(.complete(b.space), to: selection, filled: [b.space]) == selection)
        #expect(apply(.completeAnyway(b.space), to: selection) == selection)
    }

    @Test func aRequestedSpaceMayAnswerUnfilled() {
        let selection = SpaceSelection(current: a, pending: b)
        #expect(apply(.completeAnyway(b.space), to: selection) == SpaceSelection(current: b))
    }

    @Test func anotherRevisionIsAnotherSpace() {
        let newer = Self.chosen("a", "2")
        let selection = apply(.request(newer), to: SpaceSelection(current: a))
        #expect(selection.pending == newer)
        #expect(selection.current == a)
    }

    @Test func aRoleMakesAnotherSpace() {
        var texts = a.space
        texts.role = .text
        #expect(texts != a.space)
        #expect(texts.description == a.space.description)
    }
}
