import Testing

@testable import MekikiModels

@Suite("The size before the crop")
struct ResizeRuleTests {
    @Test(
        "The longer side is rounded down",
        arguments: [
            (4000, 3000, 298, 224), (3000, 4000, 224, 298), (640, 480, 298, 224),
            (224, 224, 224, 224), (1000, 333, 672, 224), (1, 30_000, 224, 6_720_000),
            (10, 10, 224, 224),
        ]
    )
    func shortestEdge(_ width: Int, _ height: Int, _ newWidth: Int, _ newHeight: Int) {
        let size = ResizeRule.shortestEdge(224).size(width: width, height: height)
        #expect(size == (newWidth, newHeight))
    }

    // Computed with transformers' get_size_with_aspect_ratio and a bound of 1333.
    @Test(
        "A bound on the longer side shortens both",
        arguments: [
            (640, 480, 480, 640, 480), (2000, 1000, 800, 1333, 666), (1000, 2000, 800, 666, 1333),
            (1280, 720, 800, 1333, 750), (600, 500, 480, 576, 480), (480, 4000, 480, 160, 1333),
        ]
    )
    func bounded(
        _ width: Int,
        _ height: Int,
        _ shortest: Int,
        _ newWidth: Int,
        _ newHeight: Int
    ) {
        let rule = ResizeRule.bounded(shortest: shortest, longest: 1333)
        #expect(rule.size(width: width, height: height) == (newWidth, newHeight))
    }

    @Test("A strip keeps at least one pixel")
    func strip() {
        let rule = ResizeRule.bounded(shortest: 16, longest: 24)
        #expect(rule.size(width: 1, height: 30_000) == (1, 24))
    }

    @Test("Stretching ignores the aspect")
    func exact() {
        #expect(ResizeRule.exact(width: 7, height: 9).size(width: 100, height: 1) == (7, 9))
    }

    @Test(
        "The longest side decides, and halves go to the even side",
        arguments: [
            (448, 225, 224, 112), (225, 448, 112, 224), (224, 10, 224, 10), (3000, 4, 224, 1),
            (56, 28, 224, 112),
        ]
    )
    func longest(_ width: Int, _ height: Int, _ newWidth: Int, _ newHeight: Int) {
        for scaling in [ResizeRule.Scaling.byFactor, .byRatio] {
            let rule = ResizeRule.longestEdge(224, scaling)
            #expect(rule.size(width: width, height: height) == (newWidth, newHeight))
        }
    }
}
