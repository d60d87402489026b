import Testing

@testable import MekikiServer

@Suite struct ByteRangeTests {
    @Test(arguments: [
        ("bytes=0-0", 0..<1), ("bytes=0-99", 0..<100), ("bytes=10-19", 10..<20),
        ("bytes=90-", 90..<100), ("bytes=90-1000", 90..<100), ("bytes=-1", 99..<100),
        ("bytes=-1000", 0..<100), ("bytes=99-99999999999999999999999", 99..<100),
    ])
    func aPartIsUnderstood(_ header: String, _ range: Range<Int>) {
        #expect(ByteRange(header, of: 100) == .part(range))
    }

    @Test(arguments: [
        nil, "", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=0-1,5-6",
        "items=0-1",
        "bytes=1-2-3", "bytes=+1-2", "bytes=٣-٤", "bytes=0-x",
    ])
    func whatIsNotUnderstoodGivesTheWhole(_ header: String?) {
        #expect(ByteRange(header, of: 100) == .whole)
    }

    @Test(arguments: ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=9999999999999999999999-"])
    func beyondTheEndThereIsNothing(_ header: String) {
        #expect(ByteRange(header, of: 100) == .unsatisfiable)
    }

    @Test func anEmptyFileHasNoPart() {
        #expect(ByteRange("bytes=0-", of: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-1", of: 0) == .unsatisfiable)
    }
}
