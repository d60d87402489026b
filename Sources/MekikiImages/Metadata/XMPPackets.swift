/// The properties of all packets of a file: the first packet that has a property is right.
struct XMPPackets {
    private let packets: [XMPPacket]

    init(_ packets: [XMPPacket]) { self.packets = packets }

    /// The first value of a property.
    subscript(_ name: String) -> String? { packets.lazy.compactMap { $0[name] }.first }

    /// All values of a property.
    func all(_ name: String) -> [String] {
        packets.lazy.map { $0.all(name) }.first { !$0.isEmpty } ?? []
    }
}
