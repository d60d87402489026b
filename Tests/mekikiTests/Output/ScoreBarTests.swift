import Testing

@testable import mekiki

@Suite struct ScoreBarTests {
    @Test(arguments: [
        (Float(0), "    "), (1, "████"), (0.5, "██  "), (0.28125, "█▏  "), (2, "████"),
        (-1, "    "),
        (.nan, "    "),
    ])
    func theFilledShareIsDrawn(_ fraction: Float, _ bar: String) {
        #expect(ScoreBar.drawn(fraction, width: 4) == bar)
    }
}
