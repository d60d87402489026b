import Foundation
import MekikiCore
import MekikiTensor

/// What config.json says about a CLIP model, as versions 4 and 5 of transformers write it.
///
/// The architecture is that of Radford and others, "Learning Transferable Visual Models From Natural
/// Language Supervision", 2021.
public struct CLIPConfiguration: Sendable, Equatable {
    /// The tower that reads pictures.
    public var vision: Vision

    /// The tower that reads texts.
    public var text: Text

    /// Components of the vectors that both towers give.
    public var projectionDimension: Int

    /// The vision tower's sizes.
    public struct Vision: Sendable, Equatable {
        var shape: TransformerShape
        /// The side of the square picture, in pixels.
        public var imageSize: Int
        /// The side of the square patches, in pixels.
        public var patchSize: Int

        /// How a picture becomes tokens.
        var grid: PatchGrid { PatchGrid(imageSize: imageSize, patchSize: patchSize) }
    }

    /// The text tower's sizes.
    public struct Text: Sendable, Equatable {
        var shape: TransformerShape
        /// The number of tokens that have an embedding.
        public var vocabularySize: Int
        /// The longest text in tokens, start and end included.
        public var maximumLength: Int
        /// Where a text is read.
        var reading: TextTransformerDescription.Reading
    }

    /// Reads a configuration.
    ///
    /// - Parameter url: The config.json.
    /// - Throws: `MekikiError` with code `noInput` when the file can't be read, `badData` when its
    ///   values make no model, `configuration` when they ask for what is not supported.
    public init(contentsOf url: URL) throws {
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw MekikiError(
                .noInput,
                "The file can't be read.",
                subject: url.path,
                cause: error
            )
        }
        do {
            try self.init(json: data)
        } catch var error as MekikiError {
            error.subject = url.path
            throw error
        }
    }

    /// Reads a configuration.
    ///
    /// - Parameter data: The contents of a config.json.
    /// - Throws: `MekikiError` as `init(contentsOf:)` does.
    public init(json data: Data) throws {
        let file: CLIPConfigurationFile
        do {
            file = try JSONDecoder().decode(CLIPConfigurationFile.self, from: data)
        } catch {
            throw MekikiError(
                .badData,
                "The model's configuration has an unexpected form. Fetch it again.",
                cause: error
            )
        }
        self = try file.configuration()
    }

    init(vision: Vision, text: Text, projectionDimension: Int) {
        self.vision = vision
        self.text = text
        self.projectionDimension = projectionDimension
    }
}
