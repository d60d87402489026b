import Foundation
import MekikiCore

/// Decides which images the names in a file of captions mean.
///
/// Names are compared by the last part of their path, without regard to case and to how accents and
/// voicing marks are composed. Where several images have one name, the rest of the path decides as far as
/// it goes.
struct CaptionMatching {
    private struct Place {
        let id: ImageID
        let parts: [String]
        let path: String
    }

    private var byName: [String: [Place]] = [:]

    /// What became of a name.
    enum Match: Equatable {
        /// It means this image.
        case image(ImageID)
        /// No file of the library has it.
        case none
        /// Several images have it, in these files.
        case several([String])
    }

    /// Prepares to look names up.
    ///
    /// - Parameter files: The library's files; missing ones count where no present one fits.
    init(_ files: [FileRecord]) {
        for file in files.filter({ !$0.isMissing }) + files.filter(\.isMissing) {
            let parts = Self.parts(file.location.absolutePath)
            guard let name = parts.last else { continue }
            if file.isMissing, byName[name] != nil { continue }
            byName[name, default: []].append(
                Place(id: file.imageID, parts: parts, path: file.location.absolutePath)
            )
        }
    }

    /// The image that a name means.
    ///
    /// - Parameter name: A file name or path.
    /// - Returns: What became of it.
    func match(_ name: String) -> Match {
        let parts = Self.parts(name)
        guard let last = parts.last, let places = byName[last] else { return .none }
        if Set(places.map(\.id)).count == 1 { return .image(places[0].id) }
        // As long as the ends of paths agree: the folder may have been moved since.
        func common(_ place: Place) -> Int {
            zip(place.parts.reversed(), parts.reversed()).prefix { $0 == $1 }.count
        }
        let longest = places.map(common).max() ?? 0
        let best = places.filter { common($0) == longest }
        guard Set(best.map(\.id)).count == 1, longest > 1 else {
            return .several(best.map(\.path).sorted())
        }
        return .image(best[0].id)
    }

    /// The parts of a path, folded; the other system's separators count as well.
    private static func parts(_ path: String) -> [String] {
        path.split { $0 == "/" || $0 == "\\" }.map {
            $0.lowercased().precomposedStringWithCanonicalMapping
        }
    }
}
