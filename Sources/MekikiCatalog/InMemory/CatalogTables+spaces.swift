import MekikiCore
import MekikiVectors

extension CatalogTables {
    /// The text of a name; `nil` when there is none.
    func text(_ id: ImageTextID) -> ImageMetadata.TextChunk? {
        guard id.origin == "file", let chunks = images[id.imageID]?.content.metadata.textChunks,
            chunks.indices.contains(id.position)
        else { return nil }
        return chunks[id.position]
    }

    /// Texts of images with a present file that have no vector in a space yet, in their order.
    func textsWithoutVector(in space: VectorSpace) -> [ImageText] {
        presentImages.sorted().flatMap { imageID -> [ImageText] in
            let chunks = images[imageID]?.content.metadata.textChunks ?? []
            return chunks.enumerated().compactMap { position, chunk in
                let id = ImageTextID(imageID: imageID, position: position)
                guard textVectors[space]?[id] == nil else { return nil }
                return ImageText(id: id, key: chunk.key, text: chunk.text)
            }
        }
    }

    /// How many images, or texts, with a present file have no vector in a space.
    func lackingCount(in space: VectorSpace) -> Int {
        switch space.role {
        case .image: presentImages.count { vectors[space]?.contains($0) != true }
        case .text: textsWithoutVector(in: space).count
        }
    }
}
