import Foundation
import MekikiCore

#if canImport(FoundationXML)
import FoundationXML
#endif

/// The properties of an XMP packet (ISO 16684-1): what programs and people write about a picture as XML.
///
/// Only properties of the namespaces below are kept, each under its usual prefix, whichever the packet
/// uses. Of a list every item counts; of a text in several languages the first, which is the default.
struct XMPPacket {
    /// The name of the text under which a PNG keeps its packet.
    static let pngKey = "XML:com.adobe.xmp"

    /// The names under which a generator's comment and the program are kept as texts.
    static let commentKey = "exif:UserComment"
    static let toolKey = "xmp:CreatorTool"

    /// The largest packet that is read.
    private static let largest = 16 * 1024 * 1024

    /// The values of each property, in the packet's order.
    private let values: [String: [String]]

    /// Reads a packet; one that is no XML gives what stood before the fault.
    ///
    /// - Parameter bytes: The packet, in UTF-8 or UTF-16, with what stands around it.
    init(_ bytes: FileBytes?) {
        guard let bytes, bytes.count <= Self.largest else {
            values = [:]
            return
        }
        // A packet in a file may be followed by NULs, which XML can't have.
        var data = Data(bytes.array)
        while data.last == 0 { data.removeLast() }
        let reading = Reading()
        let parser = XMLParser(data: data)
        parser.shouldProcessNamespaces = true
        parser.shouldReportNamespacePrefixes = true
        parser.shouldResolveExternalEntities = false
        parser.delegate = reading
        _ = parser.parse()
        values = reading.values
    }

    /// The first value of a property, such as `xmp:Rating`.
    subscript(_ name: String) -> String? { values[name]?.first }

    /// All values of a property.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// The namespaces that are read, with the prefixes that the specifications give them.
    private static let prefixes = [
        "http://purl.org/dc/elements/1.1/": "dc",
        "http://ns.adobe.com/xap/1.0/": "xmp",
        "http://ns.adobe.com/photoshop/1.0/": "photoshop",
        "http://ns.adobe.com/exif/1.0/": "exif",
        "http://cipa.jp/exif/1.0/": "exifEX",
        "http://ns.adobe.com/exif/1.0/aux/": "aux",
        "http://ns.adobe.com/tiff/1.0/": "tiff",
        "http://ns.adobe.com/lightroom/1.0/": "lr",
        "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "iptc",
        "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "iptcExt",
        "http://ns.microsoft.com/photo/1.0/": "microsoft",
    ]

    /// The usual prefix of a namespace.
    ///
    /// ComfyUI's has a prefix that is agreed on, and no address yet.
    private static func prefix(of uri: String, _ own: String?) -> String? {
        prefixes[uri] ?? (own == "comfy" ? own : nil)
    }

    private static let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    private static let mostValues = 10_000

    /// Follows the parser.
    ///
    /// A property is an element or an attribute of a description; its text stands in it, or in the items of a
    /// list in it. What a structure holds counts as the property's, too.
    private final class Reading: NSObject, XMLParserDelegate {
        private(set) var values: [String: [String]] = [:]
        private var count = 0
        private var path: [String?] = []
        private var text = ""
        /// The packet's own prefixes, for attributes, whose namespaces the parser doesn't tell.
        private var namespaces: [String: String] = [:]

        func parser(
            _ parser: XMLParser,
            didStartMappingPrefix prefix: String,
            toURI uri: String
        ) { namespaces[prefix] = uri }

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            let local = name.split(separator: ":").last.map(String.init) ?? name
            let own = qualifiedName?.split(separator: ":").first.map(String.init)
            let property = namespaceURI.flatMap { XMPPacket.prefix(of: $0, own) }
                .map { "\($0):\(local)" }
            for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
                let parts = key.split(separator: ":", maxSplits: 1).map(String.init)
                guard parts.count == 2, let uri = namespaces[parts[0]] else { continue }
                if let prefix = XMPPacket.prefix(of: uri, parts[0]) {
                    add(value, to: "\(prefix):\(parts[1])")
                } else if uri == XMPPacket.rdf, parts[1] == "resource", let property {
                    add(value, to: property)
                }
            }
            path.append(property)
            text = ""
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

        func parser(_ parser: XMLParser, foundCDATA block: Data) {
            text += String(decoding: block, as: UTF8.self)
        }

        func parser(
            _ parser: XMLParser,
            didEndElement name: String,
            namespaceURI: String?,
            qualifiedName: String?
        ) {
            // An item of a list belongs to the nearest property around it.
            if let property = path.last(where: { $0 != nil }) ?? nil { add(text, to: property) }
            text = ""
            path.removeLast()
        }

        private func add(_ value: String, to property: String) {
            let value = value.trimmed
            guard !value.isEmpty, count < XMPPacket.mostValues else { return }
            values[property, default: []].append(value)
            count += 1
        }
    }
}
