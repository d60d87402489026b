import Foundation
import MekikiCore

/// A `preprocessor_config.json`, or the `image_processor` of a `processor_config.json`.
///
/// Missing and `null` keys have the defaults of the processor that the file names, as in transformers;
/// CLIP's where it names none.
struct PreprocessorFile {
    private let object: [String: JSONValue]
    private let path: String

    /// The processors whose steps are known.
    private enum Kind: String, CaseIterable {
        case clip = "CLIP"
        case siglip = "Siglip"
        case vit = "ViT"

        /// The rule for a missing size.
        var resize: ResizeRule {
            self == .clip ? .shortestEdge(224) : .exact(width: 224, height: 224)
        }

        var filter: ResizeFilter { self == .vit ? .bilinear : .bicubic }

        var normalization: PreprocessorSettings.Normalization { self == .clip ? .clip : .half }
    }

    /// Reads the file of a model's folder.
    init(folder: URL) throws {
        let own = folder.appendingPathComponent("preprocessor_config.json")
        let shared = folder.appendingPathComponent("processor_config.json")
        if FileManager.default.fileExists(atPath: own.path) {
            object = try Self.read(own)
            path = own.path
        } else if FileManager.default.fileExists(atPath: shared.path),
            case .object(let object) = try Self.read(shared)["image_processor"]
        {
            self.object = object
            path = shared.path
        } else {
            throw MekikiError(
                .noInput,
                "The folder doesn't say how pictures are prepared: neither "
                    + "preprocessor_config.json nor processor_config.json was found. Download the "
                    + "model again.",
                subject: folder.path
            )
        }
    }

    /// What the file asks for.
    func settings() throws -> PreprocessorSettings {
        let kind = try kind()
        try refuseUnsupported()
        var settings = PreprocessorSettings(
            resize: .unchanged,
            filter: try filter() ?? kind.filter
        )
        if try flag("do_resize") ?? true { settings.resize = try resizeRule(kind) }
        if try flag("do_center_crop") ?? (kind == .clip) { settings.crop = try cropSides() }
        if try flag("do_rescale") ?? true {
            settings.rescale = try number("rescale_factor") ?? 1 / 255
        }
        if try flag("do_normalize") ?? true {
            settings.normalization = PreprocessorSettings.Normalization(
                mean: try channels("image_mean") ?? kind.normalization.mean,
                deviation: try channels("image_std") ?? kind.normalization.deviation
            )
        }
        return settings
    }

    // MARK: Fields

    /// Other processors have other defaults and other steps, which would go unnoticed.
    private func kind() throws -> Kind {
        var result = Kind.clip
        for key in ["feature_extractor_type", "image_processor_type"] {
            guard let value = self[key] else { continue }
            let endings = [
                "ImageProcessor", "ImageProcessorFast", "ImageProcessorPil", "FeatureExtractor",
            ]
            guard case .string(let name) = value,
                let kind = Kind.allCases.first(where: { kind in
                    endings.contains { name == kind.rawValue + $0 }
                })
            else { throw failure(key, "names \(value), which this version doesn't know") }
            result = kind
        }
        return result
    }

    private func refuseUnsupported() throws {
        for key in ["do_pad", "use_square_size"] {
            if try flag(key) ?? false {
                throw failure(key, "asks for a step that this version doesn't know")
            }
        }
    }

    private func filter() throws -> ResizeFilter? {
        guard let value = self["resample"] else { return nil }
        guard case .number(let number) = value, let raw = Int(exactly: number),
            let filter = ResizeFilter(rawValue: raw)
        else { throw failure("resample", "is \(value); known are the numbers 0 to 5") }
        return filter
    }

    private func resizeRule(_ kind: Kind) throws -> ResizeRule {
        guard let value = self["size"] else { return kind.resize }
        switch value {
        case .number:
            let side = try self.side(value, "size")
            let isSquare = try flag("default_to_square") ?? (kind != .clip)
            return isSquare ? .exact(width: side, height: side) : .shortestEdge(side)
        case .array(let sides) where sides.count == 2:
            return .exact(
                width: try side(sides[1], "size"),
                height: try side(sides[0], "size")
            )
        case .object(let object):
            let sides = try object.filter { $0.value != .null }
                .map { ($0.key, try side($0.value, "size.\($0.key)")) }
            let named = Dictionary(uniqueKeysWithValues: sides)
            switch (named.count, named["shortest_edge"], named["longest_edge"]) {
            case (1, let shortest?, _): return .shortestEdge(shortest)
            case (2, let shortest?, let longest?):
                return .bounded(shortest: shortest, longest: longest)
            default: break
            }
            if named.count == 2, let width = named["width"], let height = named["height"] {
                return .exact(width: width, height: height)
            }
        default: break
        }
        throw failure(
            "size",
            "is \(value); known are a number, {height, width}, {shortest_edge} and {shortest_edge, "
                + "longest_edge}"
        )
    }

    private func cropSides() throws -> PreprocessorSettings.Sides {
        switch self["crop_size"] {
        case nil: return .init(width: 224, height: 224)
        case .number(let number)?:
            let side = try self.side(.number(number), "crop_size")
            return .init(width: side, height: side)
        case .array(let sides)? where sides.count == 2:
            return .init(
                width: try side(sides[1], "crop_size"),
                height: try side(sides[0], "crop_size")
            )
        case .object(let object)?:
            guard let width = object["width"], let height = object["height"] else { break }
            return .init(
                width: try side(width, "crop_size.width"),
                height: try side(height, "crop_size.height")
            )
        default: break
        }
        throw failure("crop_size", "has to be a number or {height, width}")
    }

    // MARK: Values

    /// A value; `nil` when it is missing or `null`.
    private subscript(key: String) -> JSONValue? {
        object[key] == .null ? nil : object[key]
    }

    private func flag(_ key: String) throws -> Bool? {
        guard let value = self[key] else { return nil }
        guard case .bool(let flag) = value else { throw failure(key, "has to be true or false") }
        return flag
    }

    private func number(_ key: String) throws -> Double? {
        guard let value = self[key] else { return nil }
        guard case .number(let number) = value else { throw failure(key, "has to be a number") }
        return number
    }

    /// A side of a picture.
    ///
    /// The bound keeps products of sides within range.
    private func side(_ value: JSONValue, _ key: String) throws -> Int {
        guard case .number(let number) = value, let side = Int(exactly: number),
            (1...16_384).contains(side)
        else { throw failure(key, "has to be a whole number of pixels from 1 to 16384") }
        return side
    }

    /// One number a channel; a single one counts for all three.
    private func channels(_ key: String) throws -> [Double]? {
        switch self[key] {
        case nil: return nil
        case .number(let number)?: return [number, number, number]
        case .array(let values)? where values.count == 3:
            return try values.map { value in
                guard case .number(let number) = value else {
                    throw failure(key, "has to hold numbers")
                }
                return number
            }
        default: throw failure(key, "has to hold three numbers, one a channel")
        }
    }

    private func failure(_ key: String, _ what: String) -> MekikiError {
        MekikiError(
            .configuration,
            "The field '\(key)' \(what). Choose another model, or update Mekiki.",
            subject: path
        )
    }

    private static func read(_ url: URL) throws -> [String: JSONValue] {
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw MekikiError(
                .noInput,
                "The file can't be read. Check that you may read it.",
                subject: url.path,
                cause: error
            )
        }
        do {
            return try JSONDecoder().decode([String: JSONValue].self, from: data)
        } catch {
            throw MekikiError(
                .badData,
                "This is not a valid JSON object. Download the file again.",
                subject: url.path,
                cause: error
            )
        }
    }
}
