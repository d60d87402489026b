import Foundation
import MekikiCore
import Testing

@Suite struct ContentHashTests {
    /// FIPS 180-4's own examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func isTheSHA256OfTheBytes(_ text: String, _ digits: String) {
        #expect(ContentHash(of: Data(text.utf8)).description == digits)
    }

    @Test func comesBackFromItsBytes() throws {
        let hash = ContentHash(of: Data("abc".utf8))
        #expect(try ContentHash(bytes: hash.bytes) == hash)
    }

    @Test(arguments: [0, 31, 33])
    func refusesAnotherNumberOfBytes(_ count: Int) {
        let error = #expect(throws: MekikiError.self) {
            try ContentHash(bytes: [UInt8](repeating: 0, count: count))
        }
        #expect(error?.code == .badData)
        #expect(error?.message.contains("\(count)") == true)
    }
}
