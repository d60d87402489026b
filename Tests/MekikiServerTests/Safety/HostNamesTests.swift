import Testing

@testable import MekikiServer

@Suite struct HostNamesTests {
    private let local = HostNames(listeningOn: "127.0.0.1", allowed: [], machine: "studio")
    private let open = HostNames(
        listeningOn: "0.0.0.0",
        allowed: ["Photos.Example", "other.example:8080", "[fd00::1]"],
        machine: "Studio"
    )

    @Test(arguments: ["localhost", "LOCALHOST:8899", "127.0.0.1:1", "[::1]:8899", "[::1]"])
    func thisMachineIsAlwaysMeant(_ host: String) {
        #expect(local.accepts(host))
        #expect(open.accepts(host))
    }

    @Test(arguments: [
        "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.0.9", "studio",
        "", ":8899", "localhost:", "localhost:x", "localhost:99999", "user@localhost", "[::1",
        "local host", "localhost/",
    ])
    func othersAreNotWhileOnlyThisMachineListens(_ host: String) {
        #expect(!local.accepts(host))
    }

    @Test(arguments: [
        "192.168.0.9:8899", "[fe80::1]", "studio:8899", "studio.local", "photos.example",
        "other.example",
    ])
    func anAddressOrAKnownNameIsMeantWhereOthersMayAsk(_ host: String) {
        #expect(open.accepts(host))
    }

    @Test(arguments: ["evil.example", "999.1.1.1", "photos.example.evil.example"])
    func aForeignNameIsNot(_ host: String) {
        #expect(!open.accepts(host))
    }

    @Test func loopbackIsKnownByNameAndNumber() {
        for host in ["localhost", "127.0.0.1", "127.8.9.1", "::1"] {
            #expect(HostNames.isLoopback(host))
        }
        for host in ["0.0.0.0", "::", "127.evil.example", "192.168.0.1", ""] {
            #expect(!HostNames.isLoopback(host))
        }
    }
}
