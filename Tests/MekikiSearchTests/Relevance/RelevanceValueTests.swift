import MekikiCore
import Testing

@testable import MekikiSearch

@Suite struct ScoreCalibrationTests {
    private let scores = (0..<64).map { Float($0 % 8) / 10 }

    @Test func aScoreStandsSoManyDeviationsAboveTheMean() throws {
        let calibration = ScoreCalibration(scores)
        #expect(calibration.count == 64)
        #expect(abs(calibration.mean - 0.35) < 0.0001)
        let one = calibration.mean + calibration.deviation
        #expect(abs(try #require(calibration.standing(of: one)) - 1) < 0.0001)
    }

    /// Models differ in where their cosines lie and how wide: what they mean does not.
    @Test(arguments: [(Float(0.3), Float(0.2)), (-0.1, 1), (0, 0.05)])
    func standingsDontDependOnTheScale(_ shift: Float, _ scale: Float) throws {
        let moved = ScoreCalibration(scores.map { shift + scale * $0 })
        let own = try #require(ScoreCalibration(scores).standing(of: 0.9))
        #expect(abs(try #require(moved.standing(of: shift + scale * 0.9)) - own) < 0.01)
    }

    @Test func fewOrEqualScoresSayNothing() {
        #expect(ScoreCalibration(scores.prefix(23)).standing(of: 0.9) == nil)
        #expect(ScoreCalibration(Array(repeating: 0.3, count: 64)).standing(of: 0.9) == nil)
        #expect(ScoreCalibration([]).standing(of: 0.9) == nil)
        #expect(ScoreCalibration(scores).standing(of: .nan) == nil)
        #expect(ScoreCalibration(scores + [.nan, .infinity]) == ScoreCalibration(scores))
    }
}

@Suite struct RelevanceRuleTests {
    private let rule = RelevanceRule()
    private let usual = ScoreCalibration((0..<64).map { 0.2 + Float($0 % 8) / 100 })

    @Test func bandsGoUpWithTheCosine() {
        let bands = stride(from: Float(0), through: 0.5, by: 0.005)
            .compactMap { rule.relevance(of: $0, among: usual) }
        #expect(bands == bands.sorted())
        #expect(Set(bands) == Set(Relevance.allCases))
    }

    @Test func whatIsLessThanBackgroundWordsFindIsWeak() {
        #expect(rule.relevance(of: usual.mean - usual.deviation, among: usual) == .weak)
        #expect(rule.relevance(of: usual.mean, among: usual) == .likely)
        #expect(rule.relevance(of: 0.9, among: ScoreCalibration([])) == nil)
    }

    @Test func wordsOfThePictureCountMoreThanThoseOfItsFile() {
        func band(_ target: TextTarget?, _ matches: Int, _ images: Int = 1000) -> Relevance {
            rule.relevance(ofWordsIn: target, matchCount: matches, imageCount: images)
        }
        for target in [TextTarget.caption, .prompt, .ocr, .keywords] {
            #expect(band(target, 3) == .strong)
            #expect(band(target, 900) == .likely)
        }
        for target in [TextTarget.name, .raw, nil] {
            #expect(band(target, 3) == .likely)
            #expect(band(target, 900) == .weak)
        }
        // In a handful of images, one word may well be true of most.
        #expect(band(.caption, 5, 6) == .strong)
    }

    @Test func aFindingHoldsWhileALibraryIsMuchTheSame() {
        let scores = ScoreCalibration([0.1, 0.2])
        let large = RelevanceFinding(imageCount: 10_000, scores: scores)
        #expect(large.holds(for: nil) && large.holds(for: 10_900) && large.holds(for: 9_100))
        #expect(!large.holds(for: 11_100) && !large.holds(for: 10))
        let small = RelevanceFinding(imageCount: 10, scores: scores)
        #expect(small.holds(for: 10) && !small.holds(for: 11))
        // Of an empty library nothing was learned.
        #expect(!RelevanceFinding(imageCount: 0, scores: ScoreCalibration([])).holds(for: nil))
    }

    @Test func backgroundWordsAreManyAndDifferent() {
        #expect(BackgroundWords.all.count == 64 && Set(BackgroundWords.all).count == 64)
        // Every second one is asked among texts: in both languages.
        let half = BackgroundWords.all.enumerated().filter { $0.offset.isMultiple(of: 2) }
        #expect(half.count >= ScoreCalibration.fewest)
        #expect(half.contains { $0.element.utf8.count == $0.element.count })
        #expect(half.contains { $0.element.utf8.count > $0.element.count })
    }
}
