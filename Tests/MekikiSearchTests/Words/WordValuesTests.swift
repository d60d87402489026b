import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiSearch

@Suite struct PassagesTests {
    @Test func aShortTextIsOnePassage() {
        #expect(Passages("  a cat \n", tokens: 77).texts == ["a cat"])
        #expect(Passages(" \n", tokens: 77).texts.isEmpty)
    }

    @Test func passagesEndAtSentences() {
        let sentence = "吾輩は猫である名前はまだ無い。"
        let passages = Passages(String(repeating: sentence, count: 10), tokens: 46).texts
        #expect(passages.count == 5)
        #expect(passages.allSatisfy { $0 == sentence + sentence })
    }

    @Test func nothingIsLost() {
        let text = (0..<500).map { $0 % 17 == 0 ? "end.\n" : "word\($0)" }.joined(separator: " ")
        let passages = Passages(text, tokens: 64, count: 1000).texts
        let words = text.split(whereSeparator: \.isWhitespace)
        #expect(passages.flatMap { $0.split(whereSeparator: \.isWhitespace) } == words)
        #expect(passages.count > 10)
    }

    @Test func aTextWithoutMarksIsCutAnywhere() {
        let text = String(repeating: "猫", count: 1000)
        let passages = Passages(text, tokens: 106).texts
        #expect(passages.count == 10 && passages.joined() == text)
        #expect(Passages(text, tokens: 1).texts.joined().count == 64 * 8)
    }

    @Test func picturesTextsAreWholeLines() {
        let lines = (0..<40).map { index in
            TextLine(
                text: "line \(index) of a page in a book",
                confidence: 1,
                x: 0,
                y: 0,
                width: 1,
                height: 1
            )
        }
        let texts = OCRTexts.texts(of: lines).map(\.text)
        #expect(texts.count > 5)
        #expect(texts.allSatisfy { $0.count <= OCRTexts.length + 5 })
        #expect(texts.joined(separator: "\n") == lines.map(\.text).joined(separator: "\n"))
    }

    /// The last passage counts, too: the beginning alone would not find it.
    @Test func theEndOfALongTextIsFound() async throws {
        let encoder = CuttingEncoder()
        let filler = (0..<120).map { "filler\($0 % 5)" }.joined(separator: " ")
        let texts = [filler + ".\n needle haystack", filler]
        let query = try await encoder.encode(["needle haystack"])[0]
        func cosine(_ vector: Embedding) -> Float {
            zip(vector.values, query.values).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let cut = try await encoder.encode(texts)
        #expect(cut[0] == cut[1])
        let vectors = try await PassageEncoding(encoder: encoder)(texts)
        #expect(vectors.allSatisfy { $0.count > 1 })
        let best = vectors.map { $0.map(cosine).max() ?? 0 }
        #expect(best[0] > best[1] + 0.2)
    }
}

/// Reads only the beginning of a text, as models do.
private struct CuttingEncoder: TextEncoder {
    private let fake = FakeEncoder()

    var space: VectorSpace { fake.space }

    func encode(_ texts: [String]) async throws -> [Embedding] {
        try await fake.encode(
            texts.map { $0.split(separator: " ").prefix(30).joined(separator: " ") }
        )
    }
}

@Suite struct SidecarTextTests {
    private func chunks(_ text: String, _ ending: String = "txt") -> [String] {
        SidecarText.chunks(Data(text.utf8), ending: ending).map { "\($0.key)=\($0.text)" }
    }

    @Test func aPlainTextIsACaption() {
        #expect(chunks("\u{FEFF} a cat\n") == ["caption=a cat"])
        #expect(chunks(" \n").isEmpty)
    }

    @Test func whatAGeneratorWroteIsAPrompt() {
        let text = "a cat,\nSteps of stone\nNegative prompt: dog\nSteps: 20, Seed: 1"
        #expect(chunks(text) == ["prompt=a cat,\nSteps of stone", "parameters=\(text)"])
    }

    @Test func anObjectSaysWhatItHas() {
        let text = #"{"caption": "a cat", "prompt": "cat, best", "seed": 3}"#
        #expect(chunks(text, "json") == ["caption=a cat", "prompt=cat, best", "json=\(text)"])
        #expect(chunks("[1, 2", "json") == ["json=[1, 2"])
    }

    @Test func encodingsAreTold() {
        #expect(SidecarText.decode(Data([0x94, 0x4C])) == "猫")
        #expect(SidecarText.decode(Data([0xFF, 0xFE, 0x2B, 0x73])) == "猫")
        #expect(SidecarText.decode(Data([0xFE, 0xFF, 0x73, 0x2B])) == "猫")
        #expect(SidecarText.decode(Data([0, 1, 2])) == nil)
    }

    @Test func longFilesAreSomethingElse() {
        let data = Data(repeating: 0x61, count: SidecarText.longest + 1)
        #expect(SidecarText.chunks(data, ending: "txt").isEmpty)
    }

    @Test func bothNamesBelongToAnImage() {
        #expect(SidecarSurvey.candidates("a.b.png").prefix(2) == ["a.b.txt", "a.b.png.txt"])
    }
}

@Suite struct WordModelChoiceTests {
    private let starter = VectorSpace(model: "starter", revision: "s", dimension: 256)

    @Test func aModelForTextsComesFirst() {
        let own = ChosenSpace(
            space: VectorSpace(model: "ruri", revision: "1", dimension: 256, role: .text)
        )
        let choice = WordModelChoice(SpaceSelection(current: own), starter: starter)
        #expect(choice == .model(own))
        #expect(choice.note == nil)
        #expect(choice.space == own.space)
    }

    @Test func theStarterServesAndSaysSo() {
        let choice = WordModelChoice(SpaceSelection(), starter: starter)
        #expect(
            choice.space
                == VectorSpace(model: "starter", revision: "s", dimension: 256, role: .text)
        )
        #expect(choice.note?.contains("models pull") == true)
        let again = SpaceSelection(current: ChosenSpace(space: choice.space))
        #expect(WordModelChoice(again, starter: starter) == choice)
    }
}
