import Foundation
import MekikiCore

extension CatalogTables {
    /// The texts of an image, by the order of origins, then by place.
    func allTexts(of id: ImageID) -> [ImageText] {
        guard let image = images[id] else { return [] }
        var byOrigin = texts[id] ?? [:]
        for (origin, texts) in image.content.metadata.texts { byOrigin[origin] = texts }
        return TextOrigin.allCases.flatMap { origin in
            (byOrigin[origin] ?? []).enumerated().map { position, text in
                ImageText(
                    id: ImageTextID(imageID: id, origin: origin.rawValue, position: position),
                    key: text.key,
                    text: text.text
                )
            }
        }
    }

    /// The text of a name; `nil` when there is none.
    func text(_ id: ImageTextID) -> ImageText? {
        allTexts(of: id.imageID).first { $0.id == id }
    }

    /// Texts of images with a present file that have no vector in a space yet, in their order.
    func textsWithoutVector(in space: VectorSpace) -> [ImageText] {
        presentImages.sorted().flatMap { imageID -> [ImageText] in
            allTexts(of: imageID)
                .filter { $0.target?.hasVectors == true && textVectors[space]?[$0.id] == nil }
                .sorted { $0.id < $1.id }
        }
    }

    /// Gives what people wrote of a file's former image to the one that it holds now, where both show the
    /// same.
    mutating func carryWords(from former: ImageID, to present: ImageID) {
        guard let old = images[former]?.content, let new = images[present]?.content,
            old.width == new.width, old.height == new.height,
            let color = old.averageColor, color == new.averageColor
        else { return }
        for origin in WrittenWords.origins where texts[present]?[origin] == nil {
            texts[present, default: [:]][origin] = texts[former]?[origin]
        }
    }

    /// What a filter looks at.
    func subject(_ id: ImageID) -> FilterSubject? {
        guard let image = images[id] else { return nil }
        return FilterSubject(
            image: image,
            files: files.values.filter { $0.imageID == id && !$0.isMissing }.map(\.location),
            texts: allTexts(of: id),
            labels: (tags[id] ?? []).map(\.label)
        )
    }

    /// Images with a present file for which work was not done in this version.
    func awaiting(_ work: FinishedWork.Work) -> [ImageID] {
        presentImages.filter { finished[$0]?[work.kind]?.work.version != work.version }.sorted()
    }
}
