import Foundation
import MekikiCore
import MekikiSearch

/// Keeps background words and what they found in files of a folder of derived data.
///
/// A file's name is made of all that its content depends on, so that nothing stale is ever read: the words'
/// version, the model's space, and for what was found also the library's file and its number on the disk.
struct RelevanceFolder: RelevanceStore {
    /// The folder, made when something is kept.
    let url: URL
    /// The library's catalog.
    let library: URL

    private struct Vectors: Codable {
        var components: [[Float]]
    }

    func vectors(of space: VectorSpace, _ version: String) -> [Embedding]? {
        guard let kept: Vectors = read(file("words", space, version)),
            kept.components.allSatisfy({ $0.count == space.dimension })
        else { return nil }
        return kept.components.map { Embedding(unit: $0) }
    }

    func keep(_ vectors: [Embedding], of space: VectorSpace, _ version: String) {
        write(Vectors(components: vectors.map(\.values)), file("words", space, version))
    }

    func finding(
        in channel: Hit.Channel,
        of space: VectorSpace,
        _ version: String
    ) -> RelevanceFinding? {
        libraryMark.flatMap { read(file("\(channel.rawValue) in \($0)", space, version)) }
    }

    func keep(
        _ finding: RelevanceFinding,
        in channel: Hit.Channel,
        of space: VectorSpace,
        _ version: String
    ) {
        guard let libraryMark else { return }
        write(finding, file("\(channel.rawValue) in \(libraryMark)", space, version))
    }

    /// What tells the library from others, also from one that was made anew in its place.
    private var libraryMark: String? {
        let values = try? FileManager.default.attributesOfItem(atPath: library.path)
        return (values?[.systemFileNumber] as? NSNumber).map { "\($0) \(library.path)" }
    }

    private func file(_ kind: String, _ space: VectorSpace, _ version: String) -> URL {
        let key = """
            \(kind)\n\(version)\n\(space.role)\n\(space.dimension)\n\(space.revision)\n\(space.model)
            """
        return url.appending(path: "\(ContentHash(of: Data(key.utf8))).plist")
    }

    private func read<Value: Decodable>(_ file: URL) -> Value? {
        guard let data = try? Data(contentsOf: file) else { return nil }
        return try? PropertyListDecoder().decode(Value.self, from: data)
    }

    private func write(_ value: some Encodable, _ file: URL) {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try? encoder.encode(value).write(to: file, options: .atomic)
    }
}
