import Foundation
import MekikiCore

/// An image file in a trivial text format, which `FakeImageReader` decodes.
///
/// ```
/// fake image
/// format png
/// size 640 480
/// words red cat
/// taken 2024-06-30T18:05:09
/// make ACME
/// model One
/// chunk parameters=a red cat, steps: 20
/// ```
///
/// Only the first line is needed. A line `fail …` makes reading fail with that reason. A value
/// ends with its line.
public struct FakeImage: Sendable {
    /// What the picture shows; `FakeEncoder` turns it into a direction.
    public var words: String

    /// The format that the reader reports.
    public var format: ImageFormat

    /// The width that the reader reports.
    public var width: Int

    /// The height that the reader reports.
    public var height: Int

    /// The metadata that the reader reports.
    public var metadata: ImageMetadata

    /// Why reading fails; `nil` when it succeeds.
    public var failure: String?

    /// Creates an image.
    ///
    /// - Parameters:
    ///   - words: What the picture shows.
    ///   - format: The format that the reader reports.
    ///   - width: The width that the reader reports.
    ///   - height: The height that the reader reports.
    ///   - metadata: The metadata that the reader reports.
    ///   - failure: Why reading fails.
    public init(
        _ words: String,
        format: ImageFormat = .png,
        width: Int = 640,
        height: Int = 480,
        metadata: ImageMetadata = ImageMetadata(),
        failure: String? = nil
    ) {
        self.words = words
        self.format = format
        self.width = width
        self.height = height
        self.metadata = metadata
        self.failure = failure
    }

    /// The file's bytes.
    public var data: Data {
        var lines = [
            "fake image", "format \(format.rawValue)", "size \(width) \(height)", "words \(words)",
        ]
        if let takenAt = metadata.takenAt { lines.append("taken \(takenAt)") }
        if let make = metadata.cameraMake { lines.append("make \(make)") }
        if let model = metadata.cameraModel { lines.append("model \(model)") }
        for chunk in metadata.textChunks { lines.append("chunk \(chunk.key)=\(chunk.text)") }
        if let failure { lines.append("fail \(failure)") }
        return Data(lines.joined(separator: "\n").utf8)
    }

    /// Decodes a file.
    ///
    /// - Parameter data: The file's bytes.
    /// - Throws: `MekikiError` with code `badData` when the bytes are something else.
    public init(data: Data) throws {
        var lines = String(decoding: data, as: UTF8.self).split(separator: "\n")[...]
        guard lines.popFirst() == "fake image" else {
            throw MekikiError(.badData, "This is not an image.")
        }
        self.init("")
        for line in lines {
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? String(parts[1]) : ""
            try set(String(parts[0]), value)
        }
    }

    private mutating func set(_ field: String, _ value: String) throws {
        switch field {
        case "words": words = value
        case "taken": metadata.takenAt = value
        case "make": metadata.cameraMake = value
        case "model": metadata.cameraModel = value
        case "fail": failure = value
        case "format": format = ImageFormat(rawValue: value) ?? format
        case "size":
            let sides = value.split(separator: " ").compactMap { Int($0) }
            guard sides.count == 2 else {
                throw MekikiError(.badData, "A fake image's size is two numbers, not \(value).")
            }
            (width, height) = (sides[0], sides[1])
        case "chunk":
            let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
            metadata.textChunks.append(
                ImageMetadata.TextChunk(key: parts.first ?? "", text: parts.dropFirst().first ?? "")
            )
        default:
            throw MekikiError(.badData, "A fake image has no field \(field).")
        }
    }
}
