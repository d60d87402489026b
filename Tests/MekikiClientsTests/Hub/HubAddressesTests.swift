import Foundation
import MekikiCore
import Testing

@testable import MekikiClients

@Suite struct HubAddressesTests {
    private let addresses: HubAddresses
    private let name: RepositoryName

    init() throws {
        addresses = HubAddresses(try #require(URL(string: "https://hub.example/mirror")))
        name = try #require(RepositoryName("maker/model"))
    }

    @Test func partsOfAnAddressAreEscaped() {
        #expect(
            addresses.revision("refs/pr/1", of: name)
                == "https://hub.example/mirror/api/models/maker/model/revision/refs%2Fpr%2F1"
        )
        #expect(
            addresses.file("1_Pooling/a b%.json", "c0", of: name)
                == "https://hub.example/mirror/maker/model/resolve/c0/1_Pooling/a%20b%25.json"
        )
    }

    @Test(arguments: [
        ("https://hub.example/x", true), ("https://HUB.example/x", true),
        ("https://huggingface.co/x", true), ("http://hub.example/x", false),
        ("https://hub.example:8443/x", false), ("https://cdn.hub.example/x", false),
        ("https://hub.example.evil.example/x", false), ("http://huggingface.co/x", false),
        ("https://hub.example@evil.example/x", false), ("/x", false),
    ])
    func onlyTheHubItselfIsTheHub(address: String, isHub: Bool) {
        #expect(addresses.isHub(address) == isHub)
    }

    @Test func aSignedAddressStaysAsItIs() {
        let signed = "https://cdn.example/a?X-Sig=a%2Bb%3D&f=%E7%8C%AB;x=1"
        #expect(addresses.target(of: signed, from: "https://hub.example/a/b") == signed)
    }

    @Test func aRelativeOneIsResolved() {
        let base = "https://hub.example/a/b"
        #expect(addresses.target(of: "/api/x?y=1", from: base) == "https://hub.example/api/x?y=1")
        #expect(addresses.target(of: "c", from: base) == "https://hub.example/a/c")
    }

    @Test(arguments: ["http://cdn.example/a", "file:///etc/passwd", "ftp://x/y", "https://"])
    func whatIsNotEncryptedOrNoWebAddressIsNotFollowed(location: String) {
        #expect(addresses.target(of: location, from: "https://hub.example/a") == nil)
    }
}
