import Foundation
import Testing

@testable import MekikiServer

@Suite struct EntityTagTests {
    private let tag = EntityTag("abc")

    @Test(arguments: ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", " * ", "\"x\",W/\"abc\" "])
    func aClientThatHasItNeedsNothing(_ header: String) { #expect(tag.isIn(header)) }

    @Test(arguments: [nil, "", "abc", "\"ab\"", "\"abcd\"", "\"x\", \"y\""])
    func othersNeedTheBytes(_ header: String?) { #expect(!tag.isIn(header)) }

    @Test func otherBytesHaveAnotherTag() {
        #expect(EntityTag(of: Data([1])) == EntityTag(of: Data([1])))
        #expect(EntityTag(of: Data([1])) != EntityTag(of: Data([2])))
        #expect(EntityTag(of: Data()).description.count == 34)
    }
}
